//! Known services: declarative descriptions of which entries and fields mean what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::{Certainty, Kind, Role, What};

/// The descriptions that ship with the program.
pub(crate) static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    [include_str!("services/sellsy.toml")]
        .into_iter()
        .map(|text| Service::parse(text).expect("a test parses every description that ships"))
        .collect()
});

/// A service whose exports are known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// A short word, `sellsy`.
    pub id: String,
    /// Its name, `Sellsy`.
    pub name: String,
    /// The id of the controller's profile, if there is one.
    pub controller: Option<String>,
    /// Where the layout is known from.
    pub known_from: String,
    /// Its files, the first that fits counts.
    #[serde(rename = "file")]
    pub files: Vec<ServiceFile>,
}

/// What one entry, or entries of one pattern, means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// The entry's name; `*` stands for anything but a slash. Compared to the end of the name.
    pub entry: String,
    /// The list inside the file, where only one of several is meant.
    pub list: Option<String>,
    /// The kind of its records.
    #[serde(deserialize_with = "kind")]
    pub kind: Kind,
    /// What they are within the kind.
    #[serde(default, deserialize_with = "what")]
    pub what: Option<What>,
    /// What its fields are for, by the path pattern of the field: `lines/*/description`.
    #[serde(default, deserialize_with = "roles")]
    pub roles: BTreeMap<String, Role>,
}

fn kind<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Kind, D::Error> {
    let word = String::deserialize(d)?;
    word.parse().map_err(|()| serde::de::Error::custom(format!("no kind is called {word}")))
}

fn what<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<What>, D::Error> {
    let word = String::deserialize(d)?;
    What::ALL
        .into_iter()
        .find(|w| w.word() == word)
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom(format!("nothing is called {word}")))
}

fn roles<'de, D: serde::Deserializer<'de>>(d: D) -> Result<BTreeMap<String, Role>, D::Error> {
    BTreeMap::<String, String>::deserialize(d)?
        .into_iter()
        .map(|(field, word)| {
            let role = Role::ALL.into_iter().find(|r| r.word() == word);
            role.map(|r| (field, r))
                .ok_or_else(|| serde::de::Error::custom(format!("no role is called {word}")))
        })
        .collect()
}

impl Service {
    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }

    /// The service whose layout the names of the entries fit, and how certain that is.
    pub fn recognise<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<(&'static Self, Certainty)> {
        SERVICES
            .iter()
            .filter_map(|service| {
                let met = service.files.iter().filter(|f| names.clone().any(|n| f.fits(n))).count();
                let share = met * 100 / service.files.len().max(1);
                // A handful of generic names can stand in any export; most of a description cannot.
                let certainty = match share {
                    80.. => Certainty::Certain,
                    50..80 => Certainty::Likely,
                    _ => return None,
                };
                Some((service, certainty, share))
            })
            .max_by_key(|(_, _, share)| *share)
            .map(|(service, certainty, _)| (service, certainty))
    }

    /// What is known of this list of this entry.
    pub fn file(&self, entry: &str, list: &str) -> Option<&ServiceFile> {
        self.files.iter().find(|f| f.fits(entry) && f.list.as_deref().is_none_or(|l| l == list))
    }
}

impl ServiceFile {
    fn fits(&self, name: &str) -> bool {
        // Exports are often wrapped in one more folder, and lists repacked inside other archives.
        let inner = name.rsplit(" > ").next().unwrap_or(name);
        let depth = self.entry.matches('/').count();
        let start = inner.rmatch_indices('/').nth(depth).map_or(0, |(at, _)| at + 1);
        glob(&self.entry, &inner[start..])
    }
}

/// Whether `*`, anything but a slash, makes the pattern fit the whole text.
fn glob(pattern: &str, text: &str) -> bool {
    let (mut p, mut t) = (pattern.as_bytes(), text.as_bytes());
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        match (p.first(), t.first()) {
            (Some(b'*'), _) => {
                p = &p[1..];
                again = Some((p, t));
            }
            (Some(a), Some(b)) if a == b => {
                p = &p[1..];
                t = &t[1..];
            }
            (None, None) => return true,
            _ => match again {
                Some((after, from)) if from.first().is_some_and(|b| *b != b'/') => {
                    p = after;
                    t = &from[1..];
                    again = Some((p, t));
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_that_ships_is_read() {
        for service in SERVICES.iter() {
            assert!(!service.files.is_empty(), "{}", service.id);
        }
    }

    #[test]
    fn a_star_stops_at_a_slash() {
        assert!(glob("mails/*.eml", "mails/2024-01.eml"));
        assert!(glob("*.csv", "a.csv"));
        assert!(!glob("mails/*.eml", "mails/old/2024.eml"));
        assert!(!glob("a*b", "ac"));
    }
}
