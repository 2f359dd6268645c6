//! On which side the author of a message stands, and whether it was meant for staff only.

use records::{Field, Reading, Role};

use crate::fold::{has_phrase, has_stem, has_word, name_words, words};
use crate::place::last_step;
use crate::subject::Is;
use crate::threads::Sides;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorRole {
    /// The person.
    Customer,
    /// The company's staff.
    Agent,
    /// A machine.
    System,
    /// Not told.
    Unknown,
}

impl AuthorRole {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::System => "system",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the words for a role, or a name such as `Support Sellsy`.
    pub fn read(raw: &str) -> Self {
        let words = words(raw);
        // `Service client` and `customer support` are the company, though they name the customer.
        if has_stem(&words, AGENT) || has_word(&words, AGENT_WORDS) {
            return Self::Agent;
        }
        let told = [
            (has_stem(&words, SYSTEM) || has_word(&words, SYSTEM_WORDS), Self::System),
            (has_stem(&words, CUSTOMER) || has_word(&words, CUSTOMER_WORDS), Self::Customer),
            (has_phrase(&words, "end user"), Self::Customer),
        ];
        told.into_iter().find_map(|(says, role)| says.then_some(role)).unwrap_or(Self::Unknown)
    }
}

/// Who wrote, from the fields of one message: what the role says, then the direction, then the author's address and
/// name, then how the author's field is called.
pub(super) fn author_role(fields: &[&Field], sides: Sides<'_>) -> AuthorRole {
    let known = |role: AuthorRole| (role != AuthorRole::Unknown).then_some(role);
    let of = |role: Role| fields.iter().filter(move |f| f.role == role && !f.value.is_empty());
    let told = of(Role::AuthorRole).find_map(|f| known(role_or_flag(f)));
    told.or_else(|| of(Role::Direction).find_map(|f| known(direction(f))))
        .or_else(|| authors(fields).find_map(|f| known(by_identity(&f.value, sides))))
        .or_else(|| authors(fields).find_map(|f| known(AuthorRole::read(&f.value))))
        .or_else(|| {
            authors(fields).find_map(|f| known(AuthorRole::read(&name_words(last_step(&f.name)).join(" "))))
        })
        .or_else(|| of(Role::AuthorRole).find_map(|f| known(by_identity(&f.value, sides))))
        .or_else(|| fields.iter().filter(|f| names_side(f)).find_map(|f| known(AuthorRole::read(&f.value))))
        .unwrap_or(AuthorRole::Unknown)
}

/// `side: shop`, whatever the field was taken for.
fn names_side(field: &Field) -> bool {
    has_word(
        &name_words(last_step(&field.name)),
        &["side", "party", "cote", "sender", "who", "seite", "parte"],
    )
}

/// The fields that name the author, the surest first.
pub(super) fn authors<'a>(fields: &'a [&'a Field]) -> impl Iterator<Item = &'a Field> {
    const ROLES: [Role; 6] =
        [Role::Author, Role::From, Role::FullName, Role::FirstName, Role::Email, Role::Username];
    ROLES
        .into_iter()
        .flat_map(move |role| fields.iter().copied().filter(move |f| f.role == role && !f.value.is_empty()))
}

/// `Jane Porter <jane@example.org>` gives the role of whoever has that name or address.
fn by_identity(value: &str, sides: Sides<'_>) -> AuthorRole {
    for address in addresses_in(value) {
        if sides.subject.has_email(address) {
            return AuthorRole::Customer;
        }
        if is_of(address, sides.company_domains) {
            return AuthorRole::Agent;
        }
    }
    let name = value.split('<').next().unwrap_or(value).trim();
    let person = sides.subject.is_named(name) || sides.subject.has(Is::Username, name);
    if person { AuthorRole::Customer } else { AuthorRole::Unknown }
}

/// The parts of a text that have the form of an e-mail address.
pub(crate) fn addresses_in(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() || "<>()[]{},;:\"'«»|\\/=?!&".contains(c);
    text.split(parts).map(|part| part.trim_matches(['.', '-', '_'])).filter(|part| {
        matches!(part.split_once('@'), Some((local, domain))
            if !local.is_empty() && !domain.contains('@') && domain.contains('.') && !domain.starts_with('.'))
    })
}

/// Whether an address belongs to one of those domains, or to a part of one.
pub(crate) fn is_of(address: &str, domains: &[String]) -> bool {
    let Some((_, domain)) = address.rsplit_once('@') else { return false };
    let domain = domain.to_lowercase();
    domains.iter().map(|d| d.to_lowercase()).any(|own| {
        !own.is_empty()
            && (domain == own || domain.strip_suffix(&own).is_some_and(|rest| rest.ends_with('.')))
    })
}

/// `is_agent: true`, `from_customer: false`, or words.
fn role_or_flag(field: &Field) -> AuthorRole {
    let Reading::Flag(yes) = field.reading else { return AuthorRole::read(&field.value) };
    match (AuthorRole::read(&name_words(last_step(&field.name)).join(" ")), yes) {
        (role, true) => role,
        (AuthorRole::Customer, false) => AuthorRole::Agent,
        (AuthorRole::Agent, false) => AuthorRole::Customer,
        _ => AuthorRole::Unknown,
    }
}

/// Directions are told from where the company sits: what comes in was written by the customer.
fn direction(field: &Field) -> AuthorRole {
    let told = role_or_flag(field);
    if told != AuthorRole::Unknown {
        return told;
    }
    let words = match field.reading {
        Reading::Flag(true) => name_words(last_step(&field.name)),
        _ => words(&field.value),
    };
    if has_word(&words, &["in", "recu", "recue", "received", "eingang", "entrada", "entrata"])
        || has_stem(&words, &["inbound", "incoming", "entrant", "eingehend"])
    {
        return AuthorRole::Customer;
    }
    if has_word(&words, &["out", "sent", "envoye", "envoyee", "ausgang", "salida", "uscita"])
        || has_stem(&words, &["outbound", "outgoing", "sortant", "ausgehend", "salient"])
    {
        return AuthorRole::Agent;
    }
    AuthorRole::Unknown
}

/// Whether a message is a note between agents: a flag (`public: false` says so too), a visibility, or a heading.
pub(super) fn internal(fields: &[&Field], text: &str) -> bool {
    let flagged = fields.iter().filter(|f| f.role == Role::Internal).any(|f| {
        let name = name_words(&f.name);
        let open = has_stem(&name, &["public", "visible", "offentlich"]);
        match f.reading {
            Reading::Flag(yes) => yes != open,
            _ => {
                let words = words(&f.value);
                let yes = has_word(&words, &["1", "oui", "yes", "true", "ja", "si", "x"]);
                let no = has_word(&words, &["0", "non", "no", "false", "nein", "n"]);
                has_stem(&words, STAFF) || (yes && !open) || (no && open)
            }
        }
    });
    // `type: note interne`, `visibility: private`, whatever the field was taken for.
    let told = || {
        fields.iter().any(|f| {
            has_word(
                &name_words(last_step(&f.name)),
                &["type", "kind", "visibility", "visibilite", "nature", "typ", "tipo"],
            ) && has_stem(&words(&f.value), STAFF)
        })
    };
    let headed = || {
        let head = words(&text.chars().take(40).collect::<String>()).join(" ");
        NOTE_HEADS.iter().any(|phrase| head.starts_with(phrase))
    };
    flagged || told() || headed()
}

const STAFF: &[&str] = &["intern", "privat", "prive", "privad", "staff"];
const NOTE_HEADS: &[&str] = &["note interne", "internal note", "interne notiz", "nota interna"];
const AGENT: &[&str] = &[
    "agent",
    "support",
    "conseill",
    "operat",
    "technici",
    "advis",
    "mitarbeiter",
    "staff",
    "admin",
    "kundendienst",
    "soporte",
    "supporto",
    "asistenc",
    "assistenz",
    "helpdesk",
    "employe",
    "csm",
];
const AGENT_WORDS: &[&str] = &[
    "equipe",
    "team",
    "shop",
    "store",
    "boutique",
    "seller",
    "vendeur",
    "merchant",
    "company",
    "service",
    "sav",
    "relation",
    "care",
    "success",
    "assistance",
    "assignee",
    "sales",
];
const SYSTEM: &[&str] = &["system", "systeme", "automat", "robot", "sistem", "noreply"];
const SYSTEM_WORDS: &[&str] = &["bot", "trigger", "auto", "mailer", "daemon"];
const CUSTOMER: &[&str] = &[
    "customer",
    "client",
    "requester",
    "demandeu",
    "kunde",
    "consumer",
    "usager",
    "utilisat",
    "usuario",
    "utente",
];
const CUSTOMER_WORDS: &[&str] =
    &["user", "member", "membre", "visitor", "visiteur", "me", "moi", "you", "buyer", "guest"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_sides_of_a_conversation() {
        for (raw, wanted) in [
            ("client", AuthorRole::Customer),
            ("Customer", AuthorRole::Customer),
            ("requester", AuthorRole::Customer),
            ("end-user", AuthorRole::Customer),
            ("Demandeuse", AuthorRole::Customer),
            ("agent", AuthorRole::Agent),
            ("Service client", AuthorRole::Agent),
            ("customer support", AuthorRole::Agent),
            ("Conseillère", AuthorRole::Agent),
            ("Équipe Sellsy", AuthorRole::Agent),
            ("système", AuthorRole::System),
            ("Automatic reply", AuthorRole::System),
            ("bot", AuthorRole::System),
            ("Jane Porter", AuthorRole::Unknown),
            ("", AuthorRole::Unknown),
        ] {
            assert_eq!(AuthorRole::read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn addresses_stand_in_texts() {
        let found = |text| addresses_in(text).collect::<Vec<_>>();
        assert_eq!(
            found("Jane <jane@example.org>, paul.m@shop.example."),
            ["jane@example.org", "paul.m@shop.example"]
        );
        assert_eq!(found("@ a@b a@@b.c see http://x.example/@me"), Vec::<&str>::new());
        let domains = ["shop.example".to_owned()];
        assert!(is_of("a@mail.Shop.example", &domains));
        assert!(!is_of("a@workshop.example", &domains));
    }
}
