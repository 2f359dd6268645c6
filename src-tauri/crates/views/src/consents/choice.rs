//! What a choice says, read from yes and no and from the words of five languages.

use records::{Field, Reading, Role};

use crate::fold::{has_phrase, has_stem, has_word, name_words, words};

/// What a record says about consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// Consent was given.
    Given,
    /// Consent was refused.
    Refused,
    /// Consent was taken back.
    Withdrawn,
    /// Not told, or in words not known.
    Unknown,
}

impl Choice {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the words of a choice.
    pub fn read(raw: &str) -> Self {
        let words = words(raw);
        if has_stem(&words, WITHDRAWN) || has_phrase(&words, "opted out") {
            return Self::Withdrawn;
        }
        let negated = has_word(&words, NOT) || has_phrase(&words, "opt out") || *words == ["0"];
        let refused = has_stem(&words, REFUSED) || has_word(&words, REFUSED_WORDS);
        // `consent denied` names what was denied; `consented` alone is a yes.
        let named = !refused && has_stem(&words, &["consent"]);
        let given =
            named || has_stem(&words, GIVEN) || has_word(&words, GIVEN_WORDS) || has_phrase(&words, "opt in");
        match (refused, negated, given) {
            // `accept_all_refuse_none` and the like say both.
            (true, _, true) => Self::Unknown,
            // `not refused` says nothing about having accepted.
            (true, true, false) if words.len() > 1 && !has_phrase(&words, "opt out") => Self::Unknown,
            (true, ..) | (_, true, _) => Self::Refused,
            (false, false, true) => Self::Given,
            (false, false, false) => Self::Unknown,
        }
    }

    /// Reads a field. A flag means what its name says: `opt_out: true` refuses, `withdrawn: true` takes back.
    pub(crate) fn of(field: &Field) -> Self {
        let name = name_words(&field.name);
        let yes = match field.reading {
            Reading::Flag(yes) => yes,
            _ => match (Self::read(&field.value), plain_answer(&field.value)) {
                (_, Some(yes)) => yes,
                (choice, None) => return choice,
            },
        };
        if has_stem(&name, WITHDRAWN) {
            return if yes { Self::Withdrawn } else { Self::Unknown };
        }
        let against = has_phrase(&name, "opt out")
            || has_phrase(&name, "do not")
            || has_phrase(&name, "ne pas")
            || has_stem(&name, REFUSED)
            || has_word(&name, &["optout", "no", "unsubscribed"]);
        if yes == against { Self::Refused } else { Self::Given }
    }
}

/// Whether a text says that a consent has run out: the status `EXPIRED` of consent platforms.
pub(super) fn says_expired(raw: &str) -> bool {
    let words = words(raw);
    has_word(
        &words,
        &["expired", "expire", "expiree", "abgelaufen", "caducado", "caducada", "scaduto", "scaduta"],
    )
}

/// Whether a field can be a choice: a choice by its role, or a purpose or setting that is answered by yes or no.
pub(super) fn is_choice(field: &Field) -> bool {
    match field.role {
        Role::Choice => true,
        Role::Flag | Role::Purpose | Role::Channel => answers(field),
        _ => false,
    }
}

/// Whether a field's value is an answer rather than a name.
pub(super) fn answers(field: &Field) -> bool {
    matches!(field.reading, Reading::Flag(_)) || plain_answer(&field.value).is_some()
}

fn plain_answer(value: &str) -> Option<bool> {
    let words = words(value);
    let [word] = &words[..] else { return None };
    match word.as_str() {
        "oui" | "yes" | "true" | "ja" | "si" | "1" | "on" | "vrai" | "wahr" | "y" | "o" => Some(true),
        "non" | "no" | "false" | "nein" | "0" | "off" | "faux" | "falsch" | "n" => Some(false),
        _ => None,
    }
}

const WITHDRAWN: &[&str] = &[
    "withdr",
    "retir",
    "retrait",
    "revoq",
    "revok",
    "revoc",
    "widerruf",
    "ritirat",
    "desabonn",
    "unsubscri",
    "desinscri",
    "abgemeldet",
    "resilie",
    "recall",
];
const REFUSED: &[&str] = &[
    "refus",
    "deni",
    "deny",
    "reject",
    "rejet",
    "declin",
    "abgelehnt",
    "verweigert",
    "rechaz",
    "deneg",
    "rifiut",
    "negat",
    "disallow",
    "oppos",
    "object",
    "desactiv",
    "disabl",
    "disagree",
];
const REFUSED_WORDS: &[&str] = &["optout", "optedout", "inactive", "inactif", "nein", "off", "false"];
const GIVEN: &[&str] = &[
    "accept",
    "grant",
    "accord",
    "agree",
    "allow",
    "autoris",
    "zugestimmt",
    "erteilt",
    "akzeptiert",
    "acept",
    "otorg",
    "accett",
    "conces",
    "subscrib",
    "abonn",
    "inscri",
    "enabl",
    "activ",
    "aktiv",
];
const GIVEN_WORDS: &[&str] =
    &["given", "donne", "donnee", "optin", "oui", "yes", "true", "ja", "si", "on", "dato"];
const NOT: &[&str] =
    &["non", "not", "no", "pas", "nicht", "kein", "keine", "never", "jamais", "ohne", "sans"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_five_languages_have_one_choice() {
        for (raw, wanted) in [
            ("accepted", Choice::Given),
            ("Accepté", Choice::Given),
            ("granted", Choice::Given),
            ("opt-in", Choice::Given),
            ("oui", Choice::Given),
            ("ACTIVE", Choice::Given),
            ("zugestimmt", Choice::Given),
            ("aceptado", Choice::Given),
            ("accettata", Choice::Given),
            ("refusé", Choice::Refused),
            ("denied", Choice::Refused),
            ("opt-out", Choice::Refused),
            ("non", Choice::Refused),
            ("NO_CONSENT", Choice::Refused),
            ("CONSENT_DENIED", Choice::Refused),
            ("Consentement refusé", Choice::Refused),
            ("consented", Choice::Given),
            ("consent not refused", Choice::Unknown),
            ("not accepted", Choice::Refused),
            ("non accepté", Choice::Refused),
            ("abgelehnt", Choice::Refused),
            ("rechazado", Choice::Refused),
            ("objected", Choice::Refused),
            ("disagreed", Choice::Refused),
            ("withdrawn", Choice::Withdrawn),
            ("retiré", Choice::Withdrawn),
            ("Retrait du consentement", Choice::Withdrawn),
            ("unsubscribed", Choice::Withdrawn),
            ("désabonné", Choice::Withdrawn),
            ("widerrufen", Choice::Withdrawn),
            ("", Choice::Unknown),
            ("pending", Choice::Unknown),
            ("not refused", Choice::Unknown),
            ("v3.2", Choice::Unknown),
            ("v3.0", Choice::Unknown),
            ("accepted, terms v2.0", Choice::Given),
            ("0", Choice::Refused),
        ] {
            assert_eq!(Choice::read(raw), wanted, "{raw}");
        }
    }
}
