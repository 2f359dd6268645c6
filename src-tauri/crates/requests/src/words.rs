//! The words of letters: one trait, one file a language, so that a sentence missing in one of them does not compile.

mod en;
mod fr;

use records::{Day, Field, Record};

use crate::clean;
use crate::controller::{Document, Retention};
use crate::draft::{Language, Right};

/// A ground for erasure as a letter argues it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    NoLongerNecessary,
    ConsentWithdrawn,
    /// Art. 21(2): direct marketing, no reason needed.
    ObjectionMarketing,
    /// Art. 21(1): grounds relating to the particular situation.
    Objection,
    Unlawful,
    LegalObligation,
    Child,
    /// None chosen yet.
    Missing,
}

impl Claim {
    pub(crate) const ALL: [Self; 8] = [
        Self::NoLongerNecessary,
        Self::ConsentWithdrawn,
        Self::ObjectionMarketing,
        Self::Objection,
        Self::Unlawful,
        Self::LegalObligation,
        Self::Child,
        Self::Missing,
    ];
}

/// Every sentence of a letter. Statements of law carry their article; statements of fact are the person's own.
pub(crate) trait Words: Sync {
    /// The language and the region, for the document's own language.
    fn tag(&self) -> (&'static str, &'static str);
    fn date(&self, day: Day) -> String;
    fn place_and_date(&self, place: &str, day: Day) -> String;

    // the frame
    /// Whether the date stands above the recipient.
    fn date_first(&self) -> bool;
    fn to_officer(&self) -> &'static str;
    fn subject(&self, right: Right, reference: &str) -> String;
    fn subject_line(&self, subject: &str) -> String;
    fn salutation(&self) -> &'static str;
    fn opening(&self, export: &str, received: Option<Day>) -> String;
    fn justification(&self, right: Right) -> &'static str;
    fn identity(&self, number: &str, email: &str, id_copy: bool, company_asks_id: bool) -> String;
    fn deadline(&self, email: Option<&str>) -> String;
    fn refusal(&self, authority: Option<&str>) -> String;
    fn closing(&self) -> String;
    fn enclosures(&self, annex: bool, id_copy: bool) -> String;

    // Art. 16
    fn rectify(&self, wrong: usize, incomplete: usize) -> String;
    fn rectification_header(&self, proofs: bool) -> Vec<String>;
    fn place(&self, number: usize, name: &str, locator: &str) -> String;
    fn reasons_intro(&self) -> String;
    fn item_says(&self, number: usize, text: &str) -> String;
    fn accuracy(&self, wrong: bool) -> String;
    fn rectification_told(&self) -> String;

    // Art. 17
    fn erase(&self, items: usize, grounds: usize) -> String;
    fn ground_heading(&self, claim: Claim) -> String;
    fn ground(&self, claim: Claim) -> String;
    fn erasure_header(&self, reasons: bool) -> Vec<String>;
    fn restriction_while_weighed(&self) -> String;
    fn terms_intro(&self) -> String;
    fn declared_term(
        &self,
        items: &[usize],
        rule: &Retention,
        document: &Document,
        ended: &[(usize, Day, Day)],
    ) -> String;
    fn alternative_heading(&self) -> &'static str;
    fn accounting_alternative(&self, items: &[usize], french: bool) -> String;
    fn accounting_demands(&self, ends: &[(usize, Day)]) -> Vec<String>;
    fn accounting_over(&self, ends: &[(usize, Day)]) -> String;
    fn claims_alternative(&self, items: &[usize]) -> String;
    fn scope_heading(&self) -> &'static str;
    fn copies(&self) -> String;
    fn erasure_told(&self) -> String;

    // records
    fn kind(&self, record: &Record) -> &'static str;
    /// `Facture « F-2024-0312 »`.
    fn record(&self, record: &Record) -> String;
    /// A name for the field where one is commonly known; none leaves the file's own.
    fn field(&self, field: &Field) -> Option<&'static str>;
    fn quoted(&self, text: &str) -> String;
    fn field_of(&self, field: &str, record: &str) -> String;
    fn empty_value(&self) -> &'static str;
    fn not_found(&self) -> &'static str;

    // the annex
    fn annex_title(&self) -> &'static str;
    fn annex_intro(&self, export: &str, sha256: Option<&str>) -> String;
    fn annex_heading(&self, numbers: &[usize], record: &str) -> String;
    fn annex_header(&self) -> Vec<String>;
    fn record_facts(&self, record: &Record, place: &str) -> String;
    fn stands_at(&self, place: &str) -> String;
    fn cited_field(&self, name: &str, number: usize) -> String;
    fn more_fields(&self, count: usize) -> String;
    fn more_records(&self, count: usize) -> String;

    // paper
    /// The words of `page 1 of 3` around its two numbers.
    fn page_of(&self) -> [&'static str; 2];

    /// `1. …`.
    fn numbered(&self, number: usize, text: &str) -> String {
        format!("{number}. {text}")
    }

    /// The name of an item in a table that gives its value as well: the field's, else the record's.
    fn item_name(&self, record: Option<&Record>, field: Option<&Field>) -> String {
        match (field, record) {
            (Some(field), _) => self.field(field).map_or_else(|| clean::line(&field.name), str::to_owned),
            (None, Some(record)) => self.record(record),
            (None, None) => self.not_found().to_owned(),
        }
    }

    /// The name of an item in a table that gives no value: the record, and which field of it.
    fn item_in_full(&self, record: Option<&Record>, field: Option<&Field>) -> String {
        match (field, record) {
            (Some(field), Some(record)) => {
                self.field_of(&self.item_name(Some(record), Some(field)), &self.record(record))
            }
            _ => self.item_name(record, field),
        }
    }
}

/// The words of that language.
pub(crate) fn words(language: Language) -> &'static dyn Words {
    match language {
        Language::Fr => &fr::French,
        Language::En => &en::English,
    }
}

/// `1, 2 and 5`.
fn list(numbers: &[usize], and: &str) -> String {
    let texts: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match texts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// A record's title, cut where a file gave it a whole text.
fn title(record: &Record) -> String {
    clean::short(&clean::line(&record.title), 120)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
