//! The vocabulary: words by which fields, files and lists are recognised, in five languages and a little in more.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::{Kind, Role, What};
use crate::words::words;

/// The vocabulary that ships with the program.
pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    Vocabulary::parse(&[
        include_str!("vocabulary/roles.toml"),
        include_str!("vocabulary/kinds.toml"),
        include_str!("vocabulary/signs.toml"),
        include_str!("vocabulary/languages.toml"),
        include_str!("vocabulary/stems.toml"),
    ])
    .expect("a test parses the vocabulary that ships")
});

/// Letters that the last part of a compound has at least: `Verarbeitungszweck`, `Kundenanfragen`.
const COMPOUND_END: usize = 5;

/// Letters that it has at most. A name of half a megabyte has as many ends, and each costs its length.
const COMPOUND_END_MAX: usize = 40;

/// Letters that are before it at least.
const COMPOUND_BEGIN: usize = 3;

/// Letters by which stems are looked up; none is shorter.
const STEM_KEY: usize = 4;

/// Words and what they stand for.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    roles: HashMap<Vec<String>, Role>,
    kinds: HashMap<Vec<String>, Kind>,
    /// Single words, for the ends of compounds.
    word_roles: HashMap<String, Role>,
    word_kinds: HashMap<String, Kind>,
    signs: HashMap<Vec<String>, Vec<Kind>>,
    whats: HashMap<Vec<String>, What>,
    /// Beginnings of words, by their first letters.
    stems: HashMap<String, Vec<(String, Kind)>>,
}

/// How well a name fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// A part of the name: `email` in `work_email`.
    Part,
    /// The whole name.
    Whole,
}

/// A table as it is written: what is meant, and the words for it.
type Table = BTreeMap<String, Vec<String>>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    roles: Table,
    kinds: Table,
    signs: Table,
    whats: Table,
    stems: Table,
}

impl Written {
    /// The tables of several files as one.
    fn read(texts: &[&str]) -> Result<Self, String> {
        let mut all = Self::default();
        for text in texts {
            let part: Self = toml::from_str(text).map_err(|e| e.to_string())?;
            let Self { roles, kinds, signs, whats, stems } = part;
            let tables = [
                (&mut all.roles, roles),
                (&mut all.kinds, kinds),
                (&mut all.signs, signs),
                (&mut all.whats, whats),
                (&mut all.stems, stems),
            ];
            for (known, more) in tables {
                for (name, phrases) in more {
                    known.entry(name).or_default().extend(phrases);
                }
            }
        }
        Ok(all)
    }
}

impl Vocabulary {
    fn parse(texts: &[&str]) -> Result<Self, String> {
        let written = Written::read(texts)?;
        fn table<T: Copy + PartialEq + std::fmt::Debug>(
            written: &BTreeMap<String, Vec<String>>,
            read: impl Fn(&str) -> Option<T>,
        ) -> Result<HashMap<Vec<String>, T>, String> {
            let mut out = HashMap::new();
            for (name, phrases) in written {
                let meaning = read(name).ok_or_else(|| format!("nothing is called {name}"))?;
                for phrase in phrases.iter().flat_map(|p| spellings(p)) {
                    // A word with two meanings would be read by chance.
                    if let Some(other) = out.insert(words(&phrase), meaning).filter(|m| *m != meaning) {
                        return Err(format!("“{phrase}” stands for {other:?} and for {meaning:?}"));
                    }
                }
            }
            Ok(out)
        }
        let mut signs: HashMap<Vec<String>, Vec<Kind>> = HashMap::new();
        for (name, phrases) in &written.signs {
            let kind = name.parse().map_err(|()| format!("no kind is called {name}"))?;
            for phrase in phrases.iter().flat_map(|p| spellings(p)) {
                let kinds = signs.entry(words(&phrase)).or_default();
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        let mut stems: HashMap<String, Vec<(String, Kind)>> = HashMap::new();
        for (name, beginnings) in &written.stems {
            let kind = name.parse().map_err(|()| format!("no kind is called {name}"))?;
            for stem in beginnings {
                let first = stem.get(..STEM_KEY).ok_or_else(|| format!("too short for a stem: {stem}"))?;
                stems.entry(first.to_owned()).or_default().push((stem.clone(), kind));
            }
        }
        fn single<T: Copy>(table: &HashMap<Vec<String>, T>) -> HashMap<String, T> {
            let words = table.iter().filter(|(phrase, _)| phrase.len() == 1);
            words.map(|(phrase, meaning)| (phrase[0].clone(), *meaning)).collect()
        }
        let roles = table(&written.roles, |n| Role::ALL.into_iter().find(|r| r.word() == n))?;
        let kinds = table(&written.kinds, |n| n.parse().ok())?;
        Ok(Self {
            word_roles: single(&roles),
            word_kinds: single(&kinds),
            roles,
            kinds,
            signs,
            stems,
            whats: table(&written.whats, |n| What::ALL.into_iter().find(|w| w.word() == n))?,
        })
    }

    /// What a field of exactly this name is for.
    pub(crate) fn role(&self, name: &[String]) -> Option<Role> {
        self.roles.get(name).copied()
    }

    /// The first words of the names of fields.
    pub(crate) fn role_begins(&self) -> impl Iterator<Item = &String> {
        self.roles.keys().filter_map(|name| name.first())
    }

    /// What a field of this name may be for, the likeliest first: its whole name, else its longest known end, its longest
    /// known beginning, the end of a compound.
    pub(crate) fn roles(&self, name: &[String]) -> Vec<(Role, Fit)> {
        if let Some(role) = self.role(name) {
            return vec![(role, Fit::Whole)];
        }
        // Tiny words mean something only as a whole name: `a`, `le`, `on`, `at`.
        let telling = |part: &&[String]| part.len() > 1 || part[0].len() > 2;
        let known = |part: &[String]| self.roles.get(part).map(|role| (*role, Fit::Part));
        let n = name.len();
        // One word less each time; ends before beginnings: `billing_email` is an e-mail address, not a billing.
        let end = (1..n.min(6)).rev().map(|len| &name[n - len..]).filter(telling).find_map(known);
        let begin = (1..n.min(6)).rev().map(|len| &name[..len]).filter(telling).find_map(known);
        let mut ends = compound_ends(name.last().map_or("", String::as_str));
        let compound = || ends.find_map(|end| self.word_roles.get(end)).map(|role| (*role, Fit::Part));
        end.or_else(compound).into_iter().chain(begin).collect()
    }

    /// The kinds that a name speaks of, with the words that say so. Words of a longer phrase say nothing alone:
    /// `terms of use` is no `terms`.
    pub(crate) fn kinds(&self, name: &[String]) -> Vec<(Kind, String)> {
        let mut taken = vec![false; name.len()];
        let mut out = Vec::new();
        for len in (1..=3.min(name.len())).rev() {
            for (at, part) in name.windows(len).enumerate() {
                if let Some(kind) = self.kinds.get(part).filter(|_| taken[at..at + len].iter().all(|t| !t)) {
                    taken[at..at + len].fill(true);
                    out.push((*kind, part.join(" ")));
                }
            }
        }
        for (word, _) in name.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            let end = compound_ends(word).find_map(|end| self.word_kinds.get(end)).copied();
            out.extend(end.or_else(|| self.stem(word)).map(|kind| (kind, word.clone())));
        }
        out
    }

    /// The kinds that a field's name speaks of: by the whole name, else by its longest known end or beginning.
    pub(crate) fn signs(&self, name: &[String]) -> &[Kind] {
        let n = name.len();
        let telling = |part: &&[String]| part.len() == n || part.len() > 1 || part[0].len() > 3;
        let ends = (1..=n.min(4)).rev().map(|len| &name[n - len..]);
        let begins = (1..n.min(5)).rev().map(|len| &name[..len]);
        ends.chain(begins).filter(telling).find_map(|part| self.signs.get(part)).map_or(&[], Vec::as_slice)
    }

    /// The kinds that the words of a field's name speak of by their beginnings: asked where no sign is known.
    pub(crate) fn stems(&self, name: &[String]) -> Option<Kind> {
        name.iter().rev().find_map(|word| self.stem(word))
    }

    /// The kind that the beginning of a word speaks of.
    fn stem(&self, word: &str) -> Option<Kind> {
        let known = self.stems.get(word.get(..STEM_KEY)?)?;
        known.iter().find(|(stem, _)| word.starts_with(stem.as_str())).map(|(_, kind)| *kind)
    }

    /// What a name speaks of within a kind.
    pub(crate) fn whats(&self, name: &[String]) -> Vec<What> {
        spans(name).filter_map(|part| self.whats.get(part).copied()).collect()
    }
}

/// Every run of one to three words, the longest first.
fn spans(name: &[String]) -> impl Iterator<Item = &[String]> {
    (1..=3.min(name.len())).rev().flat_map(move |len| name.windows(len))
}

/// The ends of a word that may be a compound, the longest first.
fn compound_ends(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.chars().count();
    word.char_indices()
        .enumerate()
        .skip(letters.saturating_sub(COMPOUND_END_MAX))
        .filter(move |(n, _)| *n >= COMPOUND_BEGIN && n + COMPOUND_END <= letters)
        .map(|(_, (at, _))| &word[at..])
}

/// A phrase as it is written, and with its umlauts as two letters.
fn spellings(phrase: &str) -> impl Iterator<Item = String> {
    let two = phrase.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    let other = (two != phrase).then_some(two);
    [phrase.to_owned()].into_iter().chain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Option<Role> {
        VOCABULARY.roles(&words(name)).first().map(|(r, _)| *r)
    }

    #[test]
    fn names_in_several_languages_have_one_role() {
        for (name, wanted) in [
            ("Numéro", Some(Role::Number)),
            ("Montant TTC", Some(Role::Gross)),
            ("total_ttc", Some(Role::Gross)),
            ("amountNet", Some(Role::Net)),
            ("Date d'émission", Some(Role::Date)),
            ("Rechnungsnummer", Some(Role::InvoiceNumber)),
            ("billing_email", Some(Role::Email)),
            ("Adresse e-mail", Some(Role::Email)),
            ("prénom", Some(Role::FirstName)),
            ("base_legale", Some(Role::LegalBasis)),
            ("IP", Some(Role::Ip)),
            ("zzz", None),
        ] {
            assert_eq!(role(name), wanted, "{name}");
        }
    }

    #[test]
    fn a_name_without_an_end_is_no_work() {
        let name = format!("{}nummer", "x".repeat(1_000_000));
        let begun = std::time::Instant::now();
        assert_eq!(role(&name), Some(Role::Number));
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
