//! Postal addresses compared on street, postal code and city; abbreviations, case and accents aside.

use crate::fold;
use crate::limits::WORDS_MAX;
use crate::place::Spot;

/// An address as it stands, and what is compared of it.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) shown: String,
    /// The fields that say it, street first.
    pub(super) spots: Vec<Spot>,
    /// Whether it is where the person lives or is billed, and not a place of delivery or a former one.
    pub(super) main: bool,
    /// Whether the export marks it as the one of several that counts.
    pub(super) default: bool,
    street: Vec<String>,
    code: String,
    city: Vec<String>,
    /// All words, where the address stands in one field.
    whole: Vec<String>,
}

impl Address {
    /// An address from its parts; none where neither a street nor the whole address is told.
    pub(super) fn new(parts: Parts<'_>, main: bool, spots: Vec<Spot>) -> Option<Self> {
        let Parts { street, code, city, whole } = parts;
        let shown: Vec<&str> = match whole {
            "" => {
                let town = [code, city].map(str::trim);
                vec![street.trim(), town[0], town[1]]
            }
            _ => vec![whole.trim()],
        };
        let shown: Vec<&str> = shown.into_iter().filter(|p| !p.is_empty()).collect();
        let address = Self {
            shown: shown.join(", ").replace('\n', ", "),
            spots,
            main,
            default: false,
            street: street_words(street),
            code: fold::number(code),
            city: city_words(city),
            whole: street_words(whole),
        };
        (!address.street.is_empty() || address.whole.len() > 2).then_some(address)
    }

    /// The form under which one spelling is listed once.
    pub(super) fn key(&self) -> String {
        fold::words(&self.shown).join(" ")
    }

    /// Whether both can be the same address; what one of them leaves out is no difference.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self.whole.is_empty(), other.whole.is_empty()) {
            (true, true) => {
                let same = |a: &[String], b: &[String]| a.is_empty() || b.is_empty() || a == b;
                let code =
                    self.code.is_empty() || other.code.is_empty() || same_code(&self.code, &other.code);
                same(&self.street, &other.street) && code && same(&self.city, &other.city)
            }
            (false, true) => self.holds(other),
            (true, false) => other.holds(self),
            (false, false) => {
                let within = |a: &Self, b: &Self| a.whole.iter().all(|w| b.whole.contains(w));
                within(self, other) || within(other, self)
            }
        }
    }

    /// Whether all parts of another stand in this whole one.
    fn holds(&self, parts: &Self) -> bool {
        let code = fold::words(&parts.code);
        parts.street.iter().chain(&parts.city).chain(&code).all(|w| self.whole.contains(w))
    }
}

/// The parts of an address as they stand; empty where they are not told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts<'a> {
    pub(super) street: &'a str,
    pub(super) code: &'a str,
    pub(super) city: &'a str,
    pub(super) whole: &'a str,
}

/// Spreadsheets drop the leading zero of `01000`.
fn same_code(a: &str, b: &str) -> bool {
    let bare = |code: &str| code.strip_prefix('F').unwrap_or(code).trim_start_matches('0').to_owned();
    bare(a) == bare(b)
}

fn city_words(text: &str) -> Vec<String> {
    // `La Rochelle CEDEX 1` is the same town.
    street_words(text).into_iter().take_while(|w| w != "cedex").collect()
}

/// Words of a street, in their short forms, digits parted from letters: `12bis` is `12 bis`.
fn street_words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in fold::words(text) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = word.split_at(digits);
        for part in [number, rest].into_iter().filter(|p| !p.is_empty()) {
            if out.len() < WORDS_MAX {
                out.push(shortened(part).to_owned());
            }
        }
    }
    out
}

/// The short form of a word: `st` is a saint in France and a street in Britain, so nothing can be written out.
fn shortened(word: &str) -> &str {
    SHORT.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

const SHORT: &[(&str, &str)] = &[
    ("avenue", "av"),
    ("ave", "av"),
    ("boulevard", "bd"),
    ("blvd", "bd"),
    ("boul", "bd"),
    ("rue", "r"),
    ("place", "pl"),
    ("chemin", "ch"),
    ("chem", "ch"),
    ("impasse", "imp"),
    ("allee", "all"),
    ("route", "rte"),
    ("square", "sq"),
    ("faubourg", "fg"),
    ("fbg", "fg"),
    ("saint", "st"),
    ("street", "st"),
    ("sainte", "ste"),
    ("road", "rd"),
    ("lane", "ln"),
    ("strasse", "str"),
    ("quai", "q"),
    ("appartement", "apt"),
    ("appt", "apt"),
    ("batiment", "bat"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: [&str; 3], b: [&str; 3]) -> bool {
        let address = |[street, code, city]: [&str; 3]| {
            let parts = match code {
                "" => Parts { whole: street, ..Parts::default() },
                _ => Parts { street, code, city, whole: "" },
            };
            Address::new(parts, true, Vec::new()).expect("an address")
        };
        address(a).agrees(&address(b)) && address(b).agrees(&address(a))
    }

    #[test]
    fn addresses_agree_or_differ() {
        let home = ["12 bis, avenue du Lazaret", "17000", "La Rochelle"];
        for other in [
            ["12BIS Av. du Lazaret", "17000", "LA ROCHELLE"],
            ["12 bis avenue du Lazaret", "F-17000", "La Rochelle Cedex 1"],
            ["12 bis avenue du Lazaret\n17000 La Rochelle\nFrance", "", ""],
        ] {
            assert!(agree(home, other), "{other:?}");
        }
        for other in [
            ["21 bis avenue du Lazaret", "17000", "La Rochelle"],
            ["12 avenue du Lazaret", "17000", "La Rochelle"],
            ["12 bis avenue du Lazaret", "17100", "La Rochelle"],
            ["12 bis avenue du Lazaret", "17000", "Rochefort"],
            ["3 rue Neuve, 17000 La Rochelle", "", ""],
        ] {
            assert!(!agree(home, other), "{other:?}");
        }
        assert!(agree(["1 Low Street", "1000", "Leeds"], ["1 Low St.", "01000", "leeds"]));
    }
}
