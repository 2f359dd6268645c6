//! What fields say together: a choice for something, a text with a time, money with a date, several people.

use super::{Signs, Sum, tells};
use crate::forms::Form;
use crate::record::{Kind, Role};
use crate::vocabulary::VOCABULARY;
use crate::words::{fold, words};

/// From here on, a consent has been told by more than one sign.
const CONSENT_SURE: i32 = 4;

/// What fields say together.
pub(super) fn together(signs: &Signs<'_>, sum: &mut Sum) {
    let has = |role: Role| signs.outer.iter().any(|(r, name)| *r == role && tells(*r, name));
    let any = |roles: &[Role]| roles.iter().any(|r| has(*r));
    let inner = |role: Role| signs.inner.iter().find(|(r, _)| *r == role).map(|(_, name)| *name);
    let said =
        [Role::Author, Role::AuthorRole, Role::Date, Role::From, Role::CreatedOn].into_iter().find_map(inner);
    if let (Some(body), Some(_)) = (inner(Role::Body), said) {
        // A conversation with a state, a priority or two sides is a support request; others are chats.
        let ticket = any(&[Role::Status, Role::TicketNumber, Role::Priority]);
        let sides = inner(Role::AuthorRole).is_some() || inner(Role::Internal).is_some();
        let kind = if ticket || sides { Kind::Ticket } else { Kind::Message };
        sum.add(kind, if ticket && sides { 8 } else { 5 }, format!("“{body}”"));
    }
    if inner(Role::UnitPrice).is_some() || inner(Role::TaxRate).is_some() {
        sum.add(Kind::Billing, 2, "lines with prices".to_owned());
    }
    if has(Role::Choice) && any(&[Role::Channel, Role::Purpose, Role::LegalBasis, Role::WithdrawnOn]) {
        sum.add(Kind::Consent, 2, "a choice for something".to_owned());
    }
    let timed = any(&[Role::Date, Role::CreatedOn]);
    if has(Role::Body) && timed {
        sum.add(Kind::Message, 2, "a text with a time".to_owned());
    }
    if has(Role::Url) && has(Role::Date) && !has(Role::Title) && !has(Role::Body) {
        sum.add(Kind::Activity, 2, "a page with a time".to_owned());
    }
    // A latitude with a longitude; other kinds say where, too, and have more signs of their own.
    let coordinate = |stem: &str| {
        signs.outer.iter().any(|(_, name)| words(name).last().is_some_and(|word| word.starts_with(stem)))
    };
    if coordinate("lat") && (coordinate("lng") || coordinate("lon")) {
        sum.add(Kind::Place, 3, "a latitude and a longitude".to_owned());
    }
    if signs.outer.iter().any(|(_, name)| words(name).iter().any(|w| w == "coordinates")) {
        sum.add(Kind::Place, 3, "coordinates".to_owned());
    }
    // A feature of GeoJSON (RFC 7946).
    let geometry = |name: &str| {
        let steps = name.split('/').map(fold);
        steps.clone().any(|s| s == "geometry") && steps.into_iter().any(|s| s == "coordinates")
    };
    if signs.outer.iter().chain(&signs.inner).any(|(_, name)| geometry(name)) {
        sum.add(Kind::Place, 5, "a geometry".to_owned());
    }
    if has(Role::TextVersion) && timed && sum.of(Kind::Consent) >= TERMS_LIKELY {
        sum.add(Kind::Consent, 3, "a version that was accepted".to_owned());
    }
    if has(Role::Ip) && timed {
        if sum.of(Kind::Consent) >= CONSENT_SURE || (has(Role::Choice) && !has(Role::Action)) {
            // The address at which a choice was made is its proof and no log-in.
            sum.less(Kind::Activity, 3);
        } else {
            sum.add(Kind::Activity, 2, "an address with a time".to_owned());
        }
    }
    asked(signs, sum);
    let measured = |name: &str| words(name).iter().any(|w| UNITS.contains(&w.as_str()));
    // What was measured from when to when was done, and is no appointment.
    if has(Role::StartsOn) && signs.outer.iter().any(|(role, name)| *role != Role::StartsOn && measured(name))
    {
        sum.add(Kind::Activity, 3, "a measure with a time".to_owned());
    }
    let count = |form: Form| signs.forms.iter().filter(|(f, name)| *f == form && !measured(name)).count();
    if count(Form::Cents) >= 2 && (timed || any(&[Role::PaidOn, Role::DueOn, Role::StartsOn])) {
        sum.add(Kind::Billing, 3, "amounts with a date".to_owned());
    }
    // A yes or no for several of e-mail, text, post, partners … is what somebody agreed to.
    let asked_for = signs.forms.iter().filter(|(form, _)| matches!(form, Form::YesNo | Form::Answers));
    let topics: Vec<String> = asked_for
        .filter_map(|(_, name)| words(name).into_iter().find(|w| TOPICS.contains(&w.as_str())))
        .collect();
    if topics.iter().any(|topic| *topic != topics[0]) {
        sum.add(Kind::Consent, 4, "a yes or no for several channels".to_owned());
    }
    // A parking ticket and the ticket of a till are paid and not answered.
    let money =
        any(&[Role::Gross, Role::Net, Role::Amount, Role::Tax, Role::UnitPrice]) || count(Form::Cents) > 0;
    if money && count(Form::Prose) == 0 && !has(Role::Body) && inner(Role::Body).is_none() {
        sum.less(Kind::Ticket, 4);
    }
    // Money without a date, a number or a currency is a price tag, not a bill.
    let booked = timed
        || any(&[
            Role::PaidOn,
            Role::DueOn,
            Role::StartsOn,
            Role::InvoiceNumber,
            Role::Number,
            Role::PaymentNumber,
            Role::Currency,
        ]);
    if money && !booked {
        sum.less(Kind::Billing, 3);
    }
    // One person is an account, a list of people are contacts.
    let person = [Role::FirstName, Role::LastName, Role::FullName, Role::Email, Role::Phone, Role::Username];
    let people = signs.outer.iter().filter(|(r, _)| person.contains(r)).count();
    // Who is reached at home, at work and on the way stands in somebody's address book.
    let numbers = signs.outer.iter().filter(|(r, _)| *r == Role::Phone).count();
    if people >= 2 && (numbers >= 2 || has(Role::Note)) && !has(Role::CustomerNumber) && !has(Role::CreatedOn)
    {
        sum.add(Kind::Contact, 2, "people with notes or several numbers".to_owned());
    }
    if people >= 2 && named_contacts(signs) {
        sum.add(Kind::Contact, 2, "people in a list of contacts".to_owned());
    }
    if people >= 2 || (people == 1 && signs.rows > 3 && has(Role::FullName) && has(Role::BirthDate)) {
        if signs.rows > 3 {
            sum.add(Kind::Contact, 2, "several people".to_owned());
            // Who is listed with several ways to reach them is somebody else.
            sum.less(Kind::Account, if people >= 4 { 3 } else { 1 });
        } else {
            sum.add(Kind::Account, 1, "a person".to_owned());
        }
    }
}

/// Whether the file or the list is called after other people.
fn named_contacts(signs: &Signs<'_>) -> bool {
    let file = signs.entry.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let kinds = [stem, signs.list].into_iter().flat_map(|name| VOCABULARY.kinds(&words(name)));
    let mut kinds = kinds.map(|(kind, _)| kind).peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == Kind::Contact)
}

/// Something that was asked, by whom it is handled and how far it is: a request and not a message.
fn asked(signs: &Signs<'_>, sum: &mut Sum) {
    let has = |role: Role| signs.outer.iter().any(|(r, name)| *r == role && tells(*r, name));
    let any = |roles: &[Role]| roles.iter().any(|r| has(*r));
    let prose = signs.forms.iter().any(|(form, _)| *form == Form::Prose);
    if has(Role::TicketNumber) && (prose || any(&[Role::Body, Role::Note, Role::Title])) {
        sum.add(Kind::Ticket, 2, "a number with what was said".to_owned());
    }
    if prose && has(Role::Status) && any(&[Role::Title, Role::TicketNumber, Role::Author, Role::Number]) {
        sum.add(Kind::Ticket, 3, "a text with a state".to_owned());
    }
    let texts = signs.forms.iter().filter(|(form, _)| *form == Form::Prose).count();
    let handled =
        [Role::Author, Role::Number, Role::TicketNumber, Role::Status, Role::UpdatedOn, Role::EndsOn];
    if texts >= 2 && any(&handled) && !has(Role::Url) {
        sum.add(Kind::Ticket, 3, "a text with its answer".to_owned());
    }
    let times = [Role::Date, Role::CreatedOn, Role::UpdatedOn, Role::EndsOn, Role::StartsOn];
    let times = signs.outer.iter().filter(|(r, _)| times.contains(r)).count();
    if prose && has(Role::Number) && times > 0 {
        sum.add(Kind::Ticket, 2, "a numbered text".to_owned());
    }
    if prose && times >= 2 && !any(&[Role::From, Role::To, Role::Url]) {
        sum.add(Kind::Ticket, 2, "a text that was closed".to_owned());
    }
}

/// So much speaks for a consent where a version and a time mean terms that were accepted.
const TERMS_LIKELY: i32 = 3;

/// Units in the names of columns that hold no money.
const UNITS: &[&str] = &[
    "kg",
    "g",
    "km",
    "m",
    "cm",
    "mm",
    "mi",
    "miles",
    "kwh",
    "kw",
    "bpm",
    "min",
    "mins",
    "minutes",
    "h",
    "hours",
    "heures",
    "stunden",
    "sec",
    "ms",
    "percent",
    "ml",
    "l",
    "kcal",
    "weight",
    "distance",
    "duration",
    "pace",
    "speed",
    "lat",
    "lng",
    "lon",
    "latitude",
    "longitude",
    "score",
    "rating",
    "temperature",
    "rate",
    "ratio",
];

/// Channels and purposes that people are asked about, folded.
const TOPICS: &[&str] = &[
    "email",
    "mail",
    "emails",
    "sms",
    "text",
    "phone",
    "call",
    "calls",
    "post",
    "push",
    "promo",
    "offers",
    "partners",
    "third",
    "parties",
    "marketing",
    "ads",
    "stats",
    "statistics",
    "necessary",
    "functional",
    "essential",
    "advertising",
    "analytics",
    "personalised",
    "personalized",
    "newsletter",
    "profiling",
    "tracking",
    "sharing",
    "courrier",
    "courriel",
    "appel",
    "appels",
    "telephone",
    "offres",
    "partenaires",
    "publicite",
    "publicitaire",
    "mesure",
    "audience",
    "statistiques",
    "tiers",
    "prospection",
    "accepter",
    "statistik",
    "werbung",
    "telefon",
    "brief",
    "dritte",
    "partner",
    "publicidad",
    "correo",
    "llamadas",
    "estadisticas",
    "terceros",
    "socios",
    "pubblicita",
    "profilazione",
    "statistiche",
    "terzi",
    "telefono",
    "statistici",
    "analitici",
    "reclame",
    "derden",
];
