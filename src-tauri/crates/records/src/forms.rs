//! Values told by their form alone: e-mail and IP addresses, IBAN, web addresses, yes and no, choices, sentences.

/// One e-mail address, nothing around it.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// An IPv4 or IPv6 address.
pub(crate) fn is_ip(text: &str) -> bool {
    text.trim().parse::<std::net::IpAddr>().is_ok()
}

/// An IBAN with a right checksum (ISO 13616), with or without spaces.
pub(crate) fn is_iban(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !(15..=34).contains(&packed.len()) || !packed.is_ascii() {
        return false;
    }
    let (head, tail) = packed.split_at(4);
    if !head[..2].bytes().all(|b| b.is_ascii_uppercase()) || !head[2..].bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut rest: u32 = 0;
    for b in tail.bytes().chain(head.bytes()) {
        rest = match b {
            b'0'..=b'9' => rest * 10 + u32::from(b - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(b - b'A') + 10,
            _ => return false,
        } % 97;
    }
    rest == 1
}

/// A web address.
pub(crate) fn is_url(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(' ')
}

/// Yes or no, in the five languages.
pub(crate) fn flag(text: &str) -> Option<bool> {
    // Long texts are not folded to find out that they are no answer.
    let text = Some(text.trim()).filter(|t| t.len() <= 8)?;
    match crate::words::fold(text.trim()).as_str() {
        "true" | "yes" | "oui" | "ja" | "si" | "sim" | "y" | "o" | "1" | "vrai" | "on" | "x" => Some(true),
        "false" | "no" | "non" | "nein" | "nao" | "nee" | "n" | "0" | "faux" | "off" => Some(false),
        _ => None,
    }
}

/// A text as browsers and apps name themselves.
pub(crate) fn is_user_agent(text: &str) -> bool {
    let text = text.trim();
    ["Mozilla/", "Opera/", "okhttp/", "Dalvik/", "CFNetwork/"].iter().any(|s| text.starts_with(s))
        || (text.contains("AppleWebKit/") || text.contains(" CFNetwork/"))
}

/// A telephone number as people write it, with the sign of its country or cut into groups.
pub(crate) fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = |c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}')
    };
    let grouped = text.starts_with(['0', '(']) && text.matches([' ', '\u{a0}', '\u{202f}']).count() >= 2;
    (8..=15).contains(&digits)
        && (text.starts_with('+') || grouped)
        && text.strip_prefix('+').unwrap_or(text).chars().all(plain)
}

/// A form of the values of a field that speaks of a kind, whatever the field is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Consent strings of the Transparency and Consent Framework.
    ConsentString,
    /// `subscribed`, `opted out`, `refusé`: answers to a question for consent.
    Answers,
    /// `**** 4242`.
    MaskedCard,
    /// `customer`, `agent`: who of two sides speaks.
    Sides,
    /// Yes and no.
    YesNo,
    /// Numbers with two decimals.
    Cents,
    /// Times of day alone.
    Clocks,
    /// `45.76404, 4.83566`.
    Coordinates,
    /// `login`, `logout`, `échec`.
    LogIns,
    /// Sentences.
    Prose,
}

/// Answers that nothing but a question for consent has.
const ANSWERS: &[&str] = &[
    "opted in",
    "opted out",
    "opt in",
    "opt out",
    "opt-in",
    "opt-out",
    "optin",
    "optout",
    "opted_in",
    "opted_out",
    "subscribed",
    "unsubscribed",
    "granted",
    "denied",
    "withdrawn",
    "revoked",
    "consented",
    "not consented",
    "consent given",
    "no_consent",
    "consent_given",
    "accepted",
    "refused",
    "accepte",
    "acceptee",
    "refuse",
    "refusee",
    "retire",
    "abonne",
    "desabonne",
    "inscrit",
    "desinscrit",
    "erteilt",
    "widerrufen",
    "zugestimmt",
    "abgelehnt",
    "eingewilligt",
    "widersprochen",
    "aceptado",
    "rechazado",
    "concedido",
    "revocado",
    "accettato",
    "rifiutato",
    "concesso",
    "revocato",
    "toegestaan",
    "geweigerd",
    "ingetrokken",
];

/// What log-ins end in.
const LOG_INS: &[&str] = &[
    "login",
    "logout",
    "log in",
    "log out",
    "logged in",
    "logged out",
    "sign in",
    "sign out",
    "signin",
    "signout",
    "success",
    "successful",
    "failure",
    "failed",
    "succes",
    "echec",
    "connexion",
    "deconnexion",
    "reussie",
    "echouee",
    "anmeldung",
    "abmeldung",
    "erfolgreich",
    "fehlgeschlagen",
    "correcto",
    "fallido",
    "inicio de sesion",
    "accesso",
    "riuscito",
    "fallito",
    "uscita",
    "password_change",
    "login_failed",
    "mfa",
    "logincheckpoint",
];

/// Who speaks for a company.
const STAFF: &[&str] = &[
    "agent",
    "advisor",
    "adviser",
    "admin",
    "support",
    "staff",
    "operator",
    "bot",
    "representative",
    "conseiller",
    "conseillere",
    "service client",
    "assistance",
    "mitarbeiter",
    "kundendienst",
    "berater",
    "agente",
    "operador",
    "soporte",
    "operatore",
    "assistenza",
    "medewerker",
    "csr",
    "employee",
    "helpdesk",
    "sav",
];

/// Who speaks to it.
const CUSTOMERS: &[&str] = &[
    "client",
    "cliente",
    "customer",
    "user",
    "you",
    "vous",
    "kunde",
    "kundin",
    "usuario",
    "utente",
    "klant",
    "requester",
    "end-user",
    "end_user",
    "contact",
    "demandeur",
    "moi",
    "me",
];

/// Whether a name is that of somebody who speaks for a company (true) or to it; none for other names.
pub(crate) fn side(name: &str) -> Option<bool> {
    let name = Some(name).filter(|n| n.len() < 40)?;
    let folded = crate::words::fold(name);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let among = |known: &[&str]| known.contains(&folded.as_str()) || known.contains(&last);
    if among(STAFF) {
        return Some(true);
    }
    among(CUSTOMERS).then_some(false)
}

/// Whether a text is an answer to a question for consent.
pub(crate) fn is_answer(text: &str) -> bool {
    text.len() < 24 && ANSWERS.contains(&crate::words::fold(text.trim()).as_str())
}

/// Letters and spaces that a sentence has at least.
const PROSE_LETTERS: usize = 30;
const PROSE_SPACES: usize = 4;

/// The telling form that the values of a field have, if most of them have one.
pub(crate) fn form(texts: &[&str]) -> Option<Form> {
    if texts.is_empty() {
        return None;
    }
    // One in ten may differ; the first one too many ends the look.
    let most =
        |fits: &dyn Fn(&str) -> bool| texts.iter().filter(|t| !fits(t)).nth(texts.len() / 10).is_none();
    let among = |known: &[&str], text: &str| {
        text.len() < 24 && known.contains(&crate::words::fold(text.trim()).as_str())
    };
    if most(&|t| crate::tcf::read(t).is_some()) {
        return Some(Form::ConsentString);
    }
    if most(&is_answer) {
        return Some(Form::Answers);
    }
    if most(&|t| among(LOG_INS, t)) {
        return Some(Form::LogIns);
    }
    let staff = |t: &str| among(STAFF, t);
    if texts.iter().any(|t| staff(t)) && most(&|t| staff(t) || among(CUSTOMERS, t)) {
        return Some(Form::Sides);
    }
    if most(&is_masked_card) {
        return Some(Form::MaskedCard);
    }
    if most(&|t| flag(t).is_some() && !matches!(t.trim(), "0" | "1" | "x" | "X")) {
        return Some(Form::YesNo);
    }
    if most(&is_cents) {
        return Some(Form::Cents);
    }
    if most(&are_coordinates) {
        return Some(Form::Coordinates);
    }
    if most(&is_clock) {
        return Some(Form::Clocks);
    }
    let sentences = |t: &&&str| t.len() >= PROSE_LETTERS && t.matches(' ').nth(PROSE_SPACES - 1).is_some();
    (texts.iter().filter(sentences).count() * 2 > texts.len()).then_some(Form::Prose)
}

/// A latitude and a longitude, with decimals enough to stand for a place.
fn are_coordinates(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let text = text.trim().trim_start_matches("geo:");
    let parts: Vec<&str> = text.split([',', ';']).map(|p| p.trim().trim_end_matches('°')).collect();
    let degrees = |part: &&str| {
        let (whole, decimals) = part.trim_start_matches('-').split_once('.').unwrap_or((part, ""));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        whole.len() <= 3 && digits(whole) && decimals.len() >= 3 && digits(decimals)
    };
    parts.len() == 2 && parts.iter().all(degrees)
}

/// `10:22`, `9:05:11`.
fn is_clock(text: &str) -> bool {
    if text.len() > 10 {
        return false;
    }
    let parts: Vec<&str> = text.trim().split(':').collect();
    let two = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(two)
}

/// `12.50`, `-1 234,50 €`: two digits behind a point or a comma.
fn is_cents(text: &str) -> bool {
    if text.len() >= 24 {
        return false;
    }
    let text = text.trim().trim_end_matches(['€', '£', '$', ' ', '\u{a0}']);
    let text = text.trim_start_matches(['€', '£', '$', '-', '+', ' ', '−']);
    let tail = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ' | b'\'') || !b.is_ascii();
    text.len() < 20
        && tail == 2
        && text.bytes().rev().nth(2).is_some_and(|b| b == b'.' || b == b',')
        && text.bytes().all(plain)
}

/// `**** **** **** 4242`, `XXXX-1234`, `Visa ending 4242`.
fn is_masked_card(text: &str) -> bool {
    let text = text.trim();
    if text.len() >= 64 {
        return false;
    }
    let tail = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let hidden = text.matches(['*', '•', 'X', 'x']).count();
    tail == 4 && (hidden >= 3 || text.contains("ending "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_look_alikes() {
        assert!(is_email("camille@atelier-aubepin.example"));
        assert!(!is_email("camille@localhost"));
        assert!(!is_email("see camille@example.org"));
        assert!(is_ip("192.0.2.17") && is_ip("2001:db8::1") && !is_ip("1.2.3"));
        assert!(is_iban("FR14 2004 1010 0505 0001 3M02 606"));
        assert!(!is_iban("FR15 2004 1010 0505 0001 3M02 606"));
        assert!(is_phone("+33 6 39 98 01 02") && is_phone("01 99 00 12 34") && !is_phone("0012345678"));
        assert!(is_user_agent("Mozilla/5.0 (X11; Linux x86_64)") && !is_user_agent("Firefox"));
        assert_eq!((flag("Oui"), flag("non"), flag("peut-être")), (Some(true), Some(false), None));
    }

    #[test]
    fn the_form_of_most_values_is_that_of_their_field() {
        for (values, wanted) in [
            (["**** 4242", "**** 1881"].as_slice(), Some(Form::MaskedCard)),
            (&["Subscribed", "unsubscribed"], Some(Form::Answers)),
            (&["Succès", "Échec", "Succès"], Some(Form::LogIns)),
            (&["the parcel that came was not mine", "ok"], None),
            (&["the parcel that came was not mine", "thank you for the help with it"], Some(Form::Prose)),
            (&["F-2024-0012", "F-2024-0013"], None),
            (&["client", "Conseiller", "client"], Some(Form::Sides)),
            (&["client", "client"], None),
            (&["Oui", "non", "OUI"], Some(Form::YesNo)),
            (&["1", "0"], None),
            (&["12.50", "1 234,50 €"], Some(Form::Cents)),
            (&["12.505", "1.5"], None),
            (&["10:22", "9:05:11"], Some(Form::Clocks)),
            (&["45.76404, 4.83566", "geo:-45.764,4.835"], Some(Form::Coordinates)),
            (&["45.76, 4.83", "1,234"], None),
            (&["2024-02-01"], None),
            (&[], None),
        ] {
            assert_eq!(form(values), wanted, "{values:?}");
        }
    }
}
