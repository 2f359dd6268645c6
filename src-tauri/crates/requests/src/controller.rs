//! Profiles of controllers: what a company's own documents say, as data, each statement with its source.

use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use records::{Day, Record};

use crate::draft::Language;

/// A company with a profile: who it is, what it promises, and what it asks of those who write to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The word by which a request names it: `sellsy`.
    pub id: String,
    /// The name as its documents write it.
    pub name: String,
    /// The name as people write it.
    pub shown: String,
    /// ISO 3166 code of the country whose accounting law it is under.
    pub country: String,
    /// Its postal address, line by line.
    pub address: Stated<Vec<String>>,
    /// The e-mail address of its Data Protection Officer.
    pub officer: Stated<String>,
    /// Its e-mail address for other questions.
    pub contact: Stated<String>,
    /// Its site.
    pub site: Stated<String>,
    /// What it says that it is: controller or processor, and for what.
    pub role: Stated<String>,
    /// The supervisory authority that it names.
    pub authority: Stated<String>,
    /// The documents read.
    #[serde(rename = "document")]
    pub documents: Vec<Document>,
    /// What it says that it holds.
    #[serde(rename = "category")]
    pub categories: Vec<Category>,
    /// How long it says that it keeps what it holds.
    #[serde(rename = "retention")]
    pub retention: Vec<Retention>,
    /// Codes of the categories for which it states no term.
    pub no_term: Stated<Vec<String>>,
    /// What it asks of requesters, beside what the law requires.
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// A value with the place that states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The id of the document.
    pub document: String,
    /// Its section.
    pub section: String,
    /// Whether it was concluded from the document rather than read in it.
    #[serde(default)]
    pub inferred: bool,
}

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// In English.
    pub en: String,
    /// In French.
    pub fr: String,
}

impl Bilingual {
    /// The text in that language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }
}

/// A document that the controller published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// By what the profile's other values name it.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// The language in which it was read.
    pub language: Language,
    /// The day that it bears; none where it bears none.
    #[serde(default, deserialize_with = "day")]
    pub date: Option<Day>,
}

/// A category of data that the controller says it holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// `C01`.
    pub code: String,
    /// A word for it: `billing_payment`.
    pub id: String,
    /// What it holds.
    pub content: Bilingual,
    /// `given`, `observed` or `collected`.
    pub obtained: Vec<String>,
    /// Whether it is about other people than the account's owner.
    #[serde(default)]
    pub others: bool,
    /// The id of the document.
    pub document: String,
    /// Its section.
    pub section: String,
    /// Whether it was concluded from the document rather than read in it.
    #[serde(default)]
    pub inferred: bool,
}

/// How long the controller says that it keeps something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// `R4`.
    pub id: String,
    /// Codes of the categories that it covers; all data or none of the export's when empty.
    pub covers: Vec<String>,
    /// The term in months; none where the rule states no length.
    #[serde(default)]
    pub months: Option<u32>,
    /// What starts the term. Several where the document says "or".
    pub triggers: Vec<String>,
    /// From what the end of the term can be computed; none where an export does not show it.
    #[serde(default)]
    pub runs_from: Option<RunsFrom>,
    /// The kinds of record that it is about; any when empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// What it is about within the kinds; any when empty.
    #[serde(default)]
    pub whats: Vec<String>,
    /// Words of which the entry's name must hold one; any name when empty.
    #[serde(default)]
    pub entry_words: Vec<String>,
    /// What the document says, in a sentence without full stop.
    pub says: Bilingual,
    /// The id of the document.
    pub document: String,
    /// Its section.
    pub section: String,
    /// Whether it was concluded from the document rather than read in it.
    #[serde(default)]
    pub inferred: bool,
}

/// From what the end of a term can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunsFrom {
    /// From the day of the record itself.
    Record,
}

/// What the controller asks of requesters, beside the law.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// `id_copy`, `reasons` or `channel`.
    pub id: String,
    /// What it asks.
    pub asks: Bilingual,
    /// What the law says.
    pub law: Bilingual,
    /// The articles of the GDPR that say it.
    pub article: String,
    /// The id of the document that asks.
    pub document: String,
    /// Its section.
    pub section: String,
}

/// The controller with that id.
pub fn controller(id: &str) -> Option<&'static Controller> {
    CONTROLLERS.iter().find(|c| c.id == id)
}

/// Every controller with a profile, by name.
pub fn controllers() -> &'static [Controller] {
    &CONTROLLERS
}

impl Controller {
    /// The document with that id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|d| d.id == id)
    }

    /// What it asks under that word.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|r| r.id == id)
    }

    /// The rules that speak of that record. A rule that names neither kinds nor words speaks of none.
    pub fn terms_of<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Retention> {
        self.retention.iter().filter(|rule| rule.speaks_of(record))
    }

    /// The day of the youngest dated document.
    pub fn as_of(&self) -> Option<Day> {
        self.documents.iter().filter_map(|d| d.date).max()
    }
}

impl Retention {
    /// Whether the rule speaks of that record.
    pub fn speaks_of(&self, record: &Record) -> bool {
        let entry = record.locator.entry.to_lowercase();
        let names_something =
            !(self.kinds.is_empty() && self.whats.is_empty() && self.entry_words.is_empty());
        let one_of = |words: &[String], word: &str| words.is_empty() || words.iter().any(|w| w == word);
        names_something
            && one_of(&self.kinds, record.kind.word())
            && one_of(&self.whats, record.what.word())
            && (self.entry_words.is_empty() || self.entry_words.iter().any(|w| entry.contains(w.as_str())))
    }
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("{text:?} is not a day")))
}

static CONTROLLERS: LazyLock<Vec<Controller>> = LazyLock::new(|| {
    [include_str!("../controllers/sellsy.toml")]
        .iter()
        .map(|text| {
            toml::from_str(text).expect("the profiles are part of the program, and a test reads them")
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sellsy_says_what_its_documents_say() {
        let sellsy = controller("sellsy").expect("sellsy has a profile");
        assert_eq!(sellsy.address.value, ["50 avenue du Lazaret", "17000 La Rochelle"]);
        assert_eq!(sellsy.officer.value, "dpo@sellsy.com");
        let codes: Vec<&str> = sellsy.categories.iter().map(|c| c.code.as_str()).collect();
        let expected: Vec<String> = (1..=14).map(|n| format!("C{n:02}")).collect();
        assert_eq!(codes, expected);
        let rules: Vec<&str> = sellsy.retention.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(rules, ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"]);
        assert_eq!(sellsy.as_of(), Day::from_ymd_opt(2021, 12, 10));
    }

    #[test]
    fn every_statement_names_a_document_and_a_known_category() {
        for c in controllers() {
            let sources = [&c.officer, &c.contact, &c.site, &c.role, &c.authority]
                .map(|s| s.document.as_str())
                .into_iter()
                .chain([c.address.document.as_str(), c.no_term.document.as_str()])
                .chain(c.categories.iter().map(|x| x.document.as_str()))
                .chain(c.retention.iter().map(|x| x.document.as_str()))
                .chain(c.requirements.iter().map(|x| x.document.as_str()));
            for source in sources {
                assert!(c.document(source).is_some(), "{}: no document {source}", c.id);
            }
            let known = |code: &String| c.categories.iter().any(|x| x.code == *code);
            assert!(c.retention.iter().flat_map(|r| &r.covers).chain(&c.no_term.value).all(known));
            for rule in &c.retention {
                assert!(rule.kinds.iter().all(|k| k.parse::<records::Kind>().is_ok()), "{}", rule.id);
                let known = |what: &String| records::What::ALL.iter().any(|w| w.word() == what);
                assert!(rule.whats.iter().all(known), "{}", rule.id);
            }
        }
    }

    #[test]
    fn an_unknown_controller_is_none() {
        assert!(controller("nobody").is_none());
    }
}
