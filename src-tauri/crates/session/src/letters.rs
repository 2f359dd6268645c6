//! Letters: drafts begun from records, resolved against the export, previewed and rendered.

use records::Day;

use crate::export::Export;
use crate::wire;

/// A letter as a file.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// A name made from safe letters.
    pub suggested_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

/// A file of a letter, for the command line.
#[derive(Debug, Clone)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of a letter, and what to know about them.
#[derive(Debug, Clone)]
pub struct LetterFiles {
    /// PDF, mail draft and text.
    pub files: Vec<LetterFile>,
    /// What is missing, and what to expect.
    pub remarks: Vec<wire::Note>,
}

/// Today, by the clock of this computer: the only place that asks it.
pub fn today() -> Day {
    chrono::Local::now().date_naive()
}

/// Controllers with a profile.
pub fn controllers() -> Vec<wire::Named> {
    Vec::new()
}

pub(crate) fn company_domains(_export: &Export) -> Vec<String> {
    vec!["sellsy.com".to_owned()]
}

pub(crate) fn terms(_export: &Export) -> Vec<views::Term> {
    Vec::new()
}

impl crate::Session {
    /// x
    pub fn request(&self, _text: &str, _today: Option<&str>) -> Result<LetterFiles, wire::Trouble> {
        Err(crate::to_wire::trouble("x", "", ""))
    }
}
