//! Telling the kind of a list of rows: evidence is summed from names and from the roles of its fields.

use files::Format;

use crate::record::{Certainty, Kind, Role, What};
use crate::vocabulary::VOCABULARY;
use crate::words::words;

/// What a list is taken for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) what: What,
    pub(crate) certainty: Certainty,
    pub(crate) reason: String,
}

/// What is known of a list before its kind.
#[derive(Debug)]
pub(crate) struct Signs<'a> {
    /// The entry's name, folders and all.
    pub(crate) entry: &'a str,
    /// The name of the list in its file.
    pub(crate) list: &'a str,
    /// Where the list stands in its file.
    pub(crate) at: &'a str,
    pub(crate) format: Format,
    /// Fields outside inner lists: role and name.
    pub(crate) outer: Vec<(Role, &'a str)>,
    /// Fields of inner lists: role and name.
    pub(crate) inner: Vec<(Role, &'a str)>,
    /// How many rows were seen, at most the size of the sample.
    pub(crate) rows: usize,
}

/// How much a role says for a kind, when it stands outside inner lists.
const ROLES: &[(Role, Kind, i32)] = &[
    (Role::InvoiceNumber, Kind::Billing, 3),
    (Role::PaymentNumber, Kind::Billing, 3),
    (Role::Gross, Kind::Billing, 3),
    (Role::Net, Kind::Billing, 3),
    (Role::Tax, Kind::Billing, 3),
    (Role::TaxRate, Kind::Billing, 1),
    (Role::Amount, Kind::Billing, 3),
    (Role::Currency, Kind::Billing, 2),
    (Role::DueOn, Kind::Billing, 2),
    (Role::PaidOn, Kind::Billing, 3),
    (Role::Method, Kind::Billing, 1),
    (Role::Iban, Kind::Billing, 1),
    (Role::UnitPrice, Kind::Billing, 1),
    (Role::TicketNumber, Kind::Ticket, 3),
    (Role::AuthorRole, Kind::Ticket, 2),
    (Role::Internal, Kind::Ticket, 2),
    (Role::Priority, Kind::Ticket, 2),
    (Role::Title, Kind::Ticket, 1),
    (Role::Body, Kind::Ticket, 1),
    (Role::Author, Kind::Ticket, 1),
    (Role::Purpose, Kind::Consent, 3),
    (Role::Choice, Kind::Consent, 3),
    (Role::LegalBasis, Kind::Consent, 3),
    (Role::WithdrawnOn, Kind::Consent, 3),
    (Role::TextVersion, Kind::Consent, 1),
    (Role::Channel, Kind::Consent, 1),
    (Role::ExpiresOn, Kind::Consent, 1),
    (Role::FirstName, Kind::Account, 1),
    (Role::LastName, Kind::Account, 1),
    (Role::FullName, Kind::Account, 1),
    (Role::Email, Kind::Account, 1),
    (Role::Phone, Kind::Account, 1),
    (Role::Street, Kind::Account, 1),
    (Role::Address, Kind::Account, 1),
    (Role::PostalCode, Kind::Account, 1),
    (Role::City, Kind::Account, 1),
    (Role::BirthDate, Kind::Account, 2),
    (Role::Username, Kind::Account, 2),
    (Role::Language, Kind::Account, 1),
    (Role::CreatedOn, Kind::Account, 1),
    (Role::CustomerNumber, Kind::Account, 1),
    (Role::Product, Kind::Account, 1),
    (Role::StartsOn, Kind::Account, 1),
    (Role::Ip, Kind::Activity, 3),
    (Role::UserAgent, Kind::Activity, 3),
    (Role::Device, Kind::Activity, 2),
    (Role::Action, Kind::Activity, 2),
    (Role::Url, Kind::Activity, 1),
    (Role::From, Kind::Message, 3),
    (Role::To, Kind::Message, 3),
    (Role::Body, Kind::Message, 2),
    (Role::Title, Kind::Message, 1),
    (Role::FirstName, Kind::Contact, 1),
    (Role::LastName, Kind::Contact, 1),
    (Role::FullName, Kind::Contact, 1),
    (Role::Email, Kind::Contact, 1),
    (Role::Phone, Kind::Contact, 1),
    (Role::Company, Kind::Contact, 1),
    (Role::StartsOn, Kind::Event, 2),
    (Role::EndsOn, Kind::Event, 1),
];

/// Roles that speak for a consent in inner lists too.
const CONSENT_ROLES: &[Role] = &[Role::Purpose, Role::Choice, Role::LegalBasis, Role::WithdrawnOn];

/// Below this, nothing is claimed: the record is `other`.
const CLAIM_MIN: i32 = 3;

pub(crate) fn weigh(signs: &Signs<'_>) -> Verdict {
    if let Some((kind, what, reason)) = by_format(signs.format, signs.list) {
        return verdict(kind, what, Certainty::Certain, reason.to_owned());
    }
    let mut scores = [0i32; Kind::ALL.len()];
    let mut told: Vec<(Kind, String)> = Vec::new();
    let mut add = |kind: Kind, weight: i32, sign: String| {
        scores[kind as usize] += weight;
        told.push((kind, sign));
    };

    let components: Vec<&str> =
        signs.entry.rsplit(['/', '\\', '>']).map(str::trim).filter(|c| !c.is_empty()).collect();
    let stem = components.first().map_or("", |f| f.rsplit_once('.').map_or(*f, |(stem, _)| stem));
    let folders = components.iter().skip(1).take(2).copied();
    let named = [(signs.list, 4, "list"), (stem, 3, "file name")]
        .into_iter()
        .chain(folders.map(|f| (f, 2, "folder")))
        // `/Activity/Login History/LoginHistoryList`: what is around a list speaks of it, too.
        .chain(
            signs.at.rsplit('/').skip(1).filter(|step| !step.is_empty()).take(2).map(|s| (s, 2, "list in")),
        );
    for (name, weight, sort) in named {
        let mut claimed: Vec<Kind> = Vec::new();
        for (kind, word) in VOCABULARY.kinds(&words(name)) {
            if !claimed.contains(&kind) {
                claimed.push(kind);
                add(kind, weight, format!("{sort} “{word}”"));
            }
        }
    }

    let mut counted: Vec<(Role, Kind)> = Vec::new();
    for (role, name) in &signs.outer {
        if !tells(*role, name) {
            continue;
        }
        for (_, kind, weight) in ROLES.iter().filter(|(r, _, _)| r == role) {
            if !counted.contains(&(*role, *kind)) {
                counted.push((*role, *kind));
                add(*kind, *weight, format!("“{name}”"));
            }
        }
    }
    // Choices by purpose stand in an inner list of a consent record.
    for (role, name) in signs.inner.iter().filter(|(r, _)| CONSENT_ROLES.contains(r)) {
        if !counted.contains(&(*role, Kind::Consent)) {
            counted.push((*role, Kind::Consent));
            add(Kind::Consent, 3, format!("“{name}”"));
        }
    }
    // `consentTimestamp` is a time and `purposes` a list, yet both speak of a consent.
    let speaking = signs.outer.iter().chain(&signs.inner).filter(|(_, name)| speaks_of_consent(name)).take(2);
    for (n, (_, name)) in speaking.enumerate() {
        add(Kind::Consent, if n == 0 { 3 } else { 2 }, format!("“{name}”"));
    }
    let has = |role: Role| signs.outer.iter().any(|(r, name)| *r == role && tells(*r, name));
    let inner = |role: Role| signs.inner.iter().find(|(r, _)| *r == role).map(|(_, name)| *name);
    let said =
        [Role::Author, Role::AuthorRole, Role::Date, Role::From, Role::CreatedOn].into_iter().find_map(inner);
    if let (Some(body), Some(_)) = (inner(Role::Body), said) {
        // A conversation with a state, a priority or two sides is a support request; others are chats.
        let ticket = has(Role::Status) || has(Role::TicketNumber) || has(Role::Priority);
        let sides = inner(Role::AuthorRole).is_some() || inner(Role::Internal).is_some();
        let kind = if ticket || sides { Kind::Ticket } else { Kind::Message };
        add(kind, if ticket && sides { 8 } else { 5 }, format!("“{body}”"));
    }
    if inner(Role::UnitPrice).is_some() || inner(Role::TaxRate).is_some() {
        add(Kind::Billing, 2, "lines with prices".to_owned());
    }
    if has(Role::Choice)
        && [Role::Channel, Role::Purpose, Role::LegalBasis, Role::WithdrawnOn].into_iter().any(has)
    {
        add(Kind::Consent, 2, "a choice for something".to_owned());
    }
    if has(Role::Body) && (has(Role::Date) || has(Role::CreatedOn)) {
        add(Kind::Message, 2, "a text with a time".to_owned());
    }
    if has(Role::Url) && has(Role::Date) && !has(Role::Title) && !has(Role::Body) {
        add(Kind::Activity, 2, "a page with a time".to_owned());
    }
    // A latitude with a longitude; other kinds say where, too, and have more signs of their own.
    let coordinate = |stem: &str| {
        signs.outer.iter().any(|(_, name)| words(name).last().is_some_and(|word| word.starts_with(stem)))
    };
    if coordinate("lat") && (coordinate("lng") || coordinate("lon")) {
        add(Kind::Place, 3, "a latitude and a longitude".to_owned());
    }
    if has(Role::Ip) && (has(Role::Date) || has(Role::CreatedOn)) {
        add(Kind::Activity, 2, "an address with a time".to_owned());
    }
    // Money without a date, a number or a currency is a price tag, not a bill.
    let money = [Role::Gross, Role::Net, Role::Amount, Role::Tax, Role::UnitPrice].into_iter().any(has);
    if money
        && !(has(Role::Date)
            || has(Role::CreatedOn)
            || has(Role::PaidOn)
            || has(Role::DueOn)
            || has(Role::InvoiceNumber)
            || has(Role::Number)
            || has(Role::PaymentNumber)
            || has(Role::Currency))
    {
        scores[Kind::Billing as usize] -= 3;
    }
    // One person is an account, a list of people are contacts.
    let people = signs
        .outer
        .iter()
        .filter(|(r, _)| {
            matches!(r, Role::FirstName | Role::LastName | Role::FullName | Role::Email | Role::Phone)
        })
        .count();
    if people >= 2 {
        if signs.rows > 3 {
            scores[Kind::Contact as usize] += 2;
            scores[Kind::Account as usize] -= 1;
        } else {
            scores[Kind::Account as usize] += 1;
        }
    }

    let is_text = matches!(signs.format, Format::Text | Format::Html)
        && signs.outer.iter().all(|(r, _)| matches!(r, Role::Body | Role::Title | Role::Other));
    if is_text {
        return verdict(Kind::Document, What::Other, Certainty::Likely, "a file with text".to_owned());
    }

    let mut order: Vec<Kind> = Kind::ALL.to_vec();
    order.sort_by_key(|k| -scores[*k as usize]);
    let (best, second) = (order[0], order[1]);
    let (score, margin) = (scores[best as usize], scores[best as usize] - scores[second as usize]);
    if score < CLAIM_MIN {
        return verdict(Kind::Other, What::Other, Certainty::Guess, "no sign of a kind".to_owned());
    }
    let certainty = if score >= 9 && margin >= 4 {
        Certainty::Certain
    } else if score >= 5 && margin >= 2 {
        Certainty::Likely
    } else {
        Certainty::Guess
    };
    let mut reasons: Vec<String> = Vec::new();
    for (_, sign) in told.iter().filter(|(k, _)| *k == best) {
        if !reasons.contains(sign) && reasons.len() < 5 {
            reasons.push(sign.clone());
        }
    }
    verdict(
        best,
        what(best, signs.entry, signs.list, &signs.outer, &signs.inner),
        certainty,
        reasons.join(", "),
    )
}

/// What a list of this format holds, and why; none where only its content tells.
fn by_format(format: Format, list: &str) -> Option<(Kind, What, &'static str)> {
    Some(match (format, list) {
        (Format::Eml | Format::Mbox, _) => (Kind::Message, What::Mail, "a mail (RFC 5322)"),
        (Format::Vcard, "card") => (Kind::Contact, What::Contact, "a card (vCard)"),
        (Format::Icalendar, "event" | "todo" | "journal" | "freebusy") => {
            (Kind::Event, What::Other, "an entry of a calendar (iCalendar)")
        }
        (Format::Chat, "message") => (Kind::Message, What::Other, "a message of a chat"),
        (Format::Qif, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (QIF)"),
        (Format::Ofx, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (OFX)"),
        (Format::Mt940, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (MT940)"),
        _ => return None,
    })
}

/// Whether a field says what its role says for a kind. The number of a conversation is not that of a support request,
/// and the address at which an account was registered is no visit.
fn tells(role: Role, name: &str) -> bool {
    let among = |known: &[&str]| words(name).iter().any(|w| known.contains(&w.as_str()));
    match role {
        Role::TicketNumber => !among(&["conversation", "thread"]),
        Role::Ip => !among(&["registration", "signup", "inscription", "registrierung", "registro"]),
        _ => true,
    }
}

/// Whether a step of a field's path names a consent or the purposes that it is for.
fn speaks_of_consent(path: &str) -> bool {
    words(path).iter().any(|word| {
        word == "purposes" || ["consent", "einwillig", "consens"].iter().any(|stem| word.starts_with(stem))
    })
}

fn verdict(kind: Kind, what: What, certainty: Certainty, reason: String) -> Verdict {
    Verdict { kind, what, certainty, reason }
}

/// A field's role, and its name.
type Told<'a> = (Role, &'a str);

/// What the records are within their kind: by name, else by what they hold.
pub(crate) fn what(kind: Kind, entry: &str, list: &str, outer: &[Told<'_>], inner: &[Told<'_>]) -> What {
    let mut steps = entry.rsplit('/');
    let file = steps.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = steps.next().unwrap_or_default();
    let flat = is_flat_message(outer, inner);
    for name in [list, stem, folder] {
        if let Some(what) = VOCABULARY.whats(&words(name)).into_iter().find(|w| w.kind() == Some(kind)) {
            return if what == What::Ticket && flat { What::TicketMessage } else { what };
        }
    }
    let has = |role: Role| outer.iter().any(|(r, _)| *r == role);
    match kind {
        Kind::Billing if has(Role::PaidOn) || (has(Role::PaymentNumber) && !has(Role::Net)) => What::Payment,
        Kind::Billing if has(Role::Net) || has(Role::Tax) || has(Role::DueOn) => What::Invoice,
        Kind::Billing if has(Role::Iban) && !has(Role::Gross) => What::PaymentMeans,
        Kind::Billing if has(Role::InvoiceNumber) => What::Invoice,
        Kind::Ticket if flat => What::TicketMessage,
        Kind::Ticket => What::Ticket,
        Kind::Consent => What::ConsentChoice,
        Kind::Account if has(Role::Email) || has(Role::LastName) || has(Role::FullName) => What::Profile,
        Kind::Account if has(Role::Product) => What::Subscription,
        Kind::Account => What::Settings,
        Kind::Contact => What::Contact,
        Kind::Activity if has(Role::Ip) => What::Login,
        _ => What::Other,
    }
}

/// Rows that are one message each of a support request, and not the request with its messages inside.
fn is_flat_message(outer: &[Told<'_>], inner: &[Told<'_>]) -> bool {
    let has = |role: Role| outer.iter().any(|(r, _)| *r == role);
    has(Role::Body)
        && has(Role::TicketNumber)
        && (has(Role::Author) || has(Role::AuthorRole) || has(Role::Direction) || has(Role::From))
        && !inner.iter().any(|(r, _)| *r == Role::Body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::VOCABULARY;

    /// The kind of a list whose fields are these paths; `*` stands for inner lists.
    #[track_caller]
    fn check(entry: &str, list: &str, paths: &[&str], wanted: Kind) {
        let role = |path: &str| {
            let steps: Vec<&str> = path.split('/').filter(|s| *s != "*").collect();
            let last = steps.last().copied().unwrap_or_default();
            VOCABULARY.roles(&words(last)).first().map_or(Role::Other, |(role, _)| *role)
        };
        let fields = |inner: bool| -> Vec<(Role, &str)> {
            paths.iter().filter(|p| p.contains('*') == inner).map(|p| (role(p), *p)).collect()
        };
        let signs = Signs {
            entry,
            list,
            at: "",
            format: Format::Json,
            outer: fields(false),
            inner: fields(true),
            rows: 2,
        };
        let verdict = weigh(&signs);
        assert_eq!(verdict.kind, wanted, "{entry}: {}", verdict.reason);
    }

    #[test]
    fn lists_are_told_by_what_they_hold() {
        check(
            "data.json",
            "content",
            &[
                "Id",
                "Identifier",
                "Language",
                "CreatedDate",
                "Purposes/*/Name",
                "Purposes/*/Status",
                "Purposes/*/WithdrawalDate",
            ],
            Kind::Consent,
        );
        check(
            "part-0.ndjson",
            "",
            &[
                "id",
                "created_at",
                "user/id",
                "consents/purposes/*/id",
                "consents/purposes/*/enabled",
                "regulation",
            ],
            Kind::Consent,
        );
        check("TermsOfUse.csv", "", &["Tou Accepted Date", "Country"], Kind::Consent);
        check("Preferences.csv", "", &["Topic", "Subscribed", "Channel", "Last Updated"], Kind::Consent);
        check("payment_methods.json", "", &["brand", "last4", "holder"], Kind::Billing);
        check("mandats.csv", "", &["Référence mandat", "IBAN", "Titulaire"], Kind::Billing);
        check("user_archive.csv", "", &["topic_title", "post", "url", "created_at"], Kind::Message);
        check("visits.csv", "", &["timestamp", "page", "referrer"], Kind::Activity);
        check("data.csv", "", &["timestamp", "page", "referrer"], Kind::Activity);
        check("data.json", "", &["name", "lat", "lng", "visited_at"], Kind::Place);
        check("Registration.csv", "", &["Registered At", "Registration Ip"], Kind::Account);
        check("Logins.csv", "", &["Login Date", "IP Address", "User Agent"], Kind::Activity);
        check(
            "direct-messages.js",
            "direct_messages",
            &["dm/conversationId", "dm/messages/*/text", "dm/messages/*/createdAt"],
            Kind::Message,
        );
        check(
            "data.json",
            "tickets",
            &["ticket_id", "subject", "status", "comments/*/body", "comments/*/author"],
            Kind::Ticket,
        );
        check(
            "customers.json",
            "customer",
            &["id", "email", "first_name", "last_name", "phone", "email_marketing_consent/state"],
            Kind::Account,
        );
    }
}
