//! Known services: declarative descriptions of which entries and fields mean what.
//!
//! A service is recognised by the names of entries: one that no other export has (`surely`), or several that others
//! may have one of (`telling`). Standards and single files are recognised by their keys while they are read.

mod descriptions;
mod pattern;
mod recognise;

use std::collections::{BTreeMap, HashSet};

use files::Layout;
use serde::Deserialize;

pub use pattern::Pattern;

use crate::record::{Certainty, Kind, Role, What};
use descriptions::SERVICES;

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
    /// Names that no other export has: one of them is enough.
    #[serde(default, deserialize_with = "patterns")]
    pub surely: Vec<Pattern>,
    /// Names that others may have one of, each with its variants in other languages: two make it likely, three certain.
    /// Without these and without `surely`, most of the files must be met.
    #[serde(default, deserialize_with = "groups")]
    pub telling: Vec<Vec<Pattern>>,
    /// Names of fields and lists that an entry of it holds, whatever it is called: all of one group are enough. Folded.
    #[serde(default)]
    pub holds: Vec<Vec<String>>,
    /// How every list at the top of an entry of it is called, and of no other's: `*:*`.
    #[serde(default)]
    pub lists_like: Option<String>,
    /// Its files, the first that fits counts.
    #[serde(rename = "file", default)]
    pub files: Vec<ServiceFile>,
}

/// What one entry, or entries of one pattern, means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// The entry's name, or its names in several languages. May be absent where `keys` tell the file.
    #[serde(default, deserialize_with = "patterns")]
    pub entry: Vec<Pattern>,
    /// The lists inside the file, where only some of several are meant.
    #[serde(default, deserialize_with = "texts")]
    pub list: Vec<String>,
    /// Keys that all must be met in it, at any depth. With no `entry`, they tell the file in any export.
    #[serde(default, deserialize_with = "texts")]
    pub keys: Vec<String>,
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

/// One text or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Several(Vec<String>),
}

fn texts<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    Ok(match Texts::deserialize(d)? {
        Texts::One(text) => vec![text],
        Texts::Several(texts) => texts,
    })
}

fn patterns<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<Pattern>, D::Error> {
    Ok(texts(d)?.iter().map(|t| Pattern::new(t)).collect())
}

fn groups<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<Vec<Pattern>>, D::Error> {
    let groups = Vec::<Texts>::deserialize(d)?;
    Ok(groups
        .into_iter()
        .map(|group| match group {
            Texts::One(text) => vec![Pattern::new(&text)],
            Texts::Several(texts) => texts.iter().map(|t| Pattern::new(t)).collect(),
        })
        .collect())
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

    /// Every service that is known.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SERVICES.iter()
    }

    /// The service whose layout the names of the entries fit, and how certain that is.
    pub fn recognise<'a>(names: impl Iterator<Item = &'a str>) -> Option<(&'static Self, Certainty)> {
        recognise::by_names(names)
    }

    /// The service that most entries of an export tell by what they hold ([`crate::Plan::told`]), where their names
    /// tell none. A receipt or two of another company's system in an export do not make it theirs.
    pub fn of_entries(
        told: impl Iterator<Item = Option<&'static Self>>,
    ) -> Option<(&'static Self, Certainty)> {
        let (mut entries, mut votes) = (0usize, BTreeMap::new());
        for service in told {
            entries += 1;
            if let Some(service) = service {
                votes.entry(service.id.as_str()).or_insert((service, 0usize)).1 += 1;
            }
        }
        let alone = votes.len() == 1;
        let (service, most) = votes.into_values().max_by_key(|(_, n)| *n)?;
        // Half is enough where no other service is told: data and a page that shows the same.
        (most * 2 > entries || (alone && most * 2 == entries)).then_some((service, Certainty::Likely))
    }

    /// The service that an entry tells by the names of its fields and lists together, wherever it stands.
    pub(crate) fn holding(layout: &Layout) -> Option<&'static Self> {
        recognise::holding(layout)
    }

    /// What is known of this list of this entry, whose keys are these.
    pub(crate) fn file(&self, entry: &str, list: &str, keys: &HashSet<String>) -> Option<&ServiceFile> {
        let name = pattern::plain(entry);
        self.files.iter().find(|f| f.is_named(&name) && f.holds(list, keys))
    }

    /// The service that knows a list by its keys alone, wherever it stands.
    pub(crate) fn by_keys(
        list: &str,
        keys: &HashSet<String>,
    ) -> Option<(&'static Self, &'static ServiceFile)> {
        recognise::keyed(keys).find(|(_, file)| file.holds(list, keys))
    }
}

impl ServiceFile {
    /// How the description calls it.
    pub(crate) fn called(&self) -> String {
        match self.entry.first() {
            Some(pattern) => pattern.written().to_owned(),
            None => self.keys.join(", "),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        self.entry.iter().any(|p| p.fits(name))
    }

    fn holds(&self, list: &str, keys: &HashSet<String>) -> bool {
        (self.list.is_empty() || self.list.iter().any(|l| l == list))
            && self.keys.iter().all(|k| keys.contains(k))
    }
}
