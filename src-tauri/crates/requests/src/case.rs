//! The case: what a person keeps of their exports. Today that is which exports they were and which kinds were put right.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What is kept, as plain data. What is in it may say who the person is, so that it never shows itself in a log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
// A field that this version does not know would be lost when the case is saved again: better not opened than that.
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The exports, in the order in which they were taken in.
    pub exports: Vec<KeptExport>,
}

/// An export as a case knows it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptExport {
    /// Its fingerprint in hexadecimal: whichever name it has today, it is the same export.
    pub sha256: String,
    /// The name that it had, for people.
    pub name: String,
    /// Bytes of all its parts.
    pub bytes: u64,
    /// The kinds that the person said files are of: entry to kind. Entries stand under the names that locators use: no
    /// two of an export are the same, for the second of two equal ones is numbered.
    pub kinds: BTreeMap<String, String>,
}

impl Case {
    /// The export of a fingerprint.
    pub fn export(&self, sha256: &str) -> Option<&KeptExport> {
        self.exports.iter().find(|export| export.sha256 == sha256)
    }

    /// Takes an export in, in place of what was kept of the same one. The others stay.
    pub fn keep(&mut self, export: KeptExport) {
        match self.exports.iter_mut().find(|kept| kept.sha256 == export.sha256) {
            Some(kept) => *kept = export,
            None => self.exports.push(export),
        }
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("exports", &self.exports).finish()
    }
}

impl fmt::Debug for KeptExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptExport").field("kinds", &self.kinds.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(sha256: &str, kinds: &[(&str, &str)]) -> KeptExport {
        KeptExport {
            sha256: sha256.to_owned(),
            name: "camille.zip".to_owned(),
            bytes: 12,
            kinds: kinds.iter().map(|(entry, kind)| ((*entry).to_owned(), (*kind).to_owned())).collect(),
        }
    }

    #[test]
    fn an_export_is_taken_in_once_and_the_others_stay() {
        let mut case = Case::default();
        case.keep(export("aa", &[("a.csv", "ticket")]));
        case.keep(export("bb", &[("b.csv", "billing")]));
        case.keep(export("aa", &[("a.csv", "message"), ("a (2).csv", "ticket")]));
        assert_eq!(case.exports.len(), 2);
        let kinds = &case.export("aa").expect("it was kept").kinds;
        assert_eq!((kinds["a.csv"].as_str(), kinds["a (2).csv"].as_str()), ("message", "ticket"));
        assert_eq!(case.export("bb"), Some(&export("bb", &[("b.csv", "billing")])));
        assert_eq!(case.export("cc"), None);
    }

    #[test]
    fn nothing_of_it_is_seen_in_a_log() {
        let mut case = Case::default();
        case.keep(export("aa", &[("secret-entry.csv", "ticket")]));
        let shown = format!("{case:?}");
        assert!(!shown.contains("camille") && !shown.contains("secret") && !shown.contains("aa"), "{shown}");
    }
}
