//! The invented exports of `sample-exports/`, made from a fixed seed, with the exact account of what is in them.
//!
//! `cargo run -p portolan-tests --bin make-samples` writes them; a test proves that the files in the repository are
//! the ones that a fresh run makes. What the readers must find in them is said here and nowhere derived from the
//! readers, so that the two can disagree.

mod doc;
mod mail;
mod out;
mod sellsy;
mod shop;

use std::collections::BTreeMap;

pub use doc::{expected, markdown};
pub(crate) use mail::{lines_of_base64, quoted_printable, word};
pub(crate) use out::windows_1252;
pub use sellsy::sellsy;
pub use shop::shop;

/// An export with the account of what it holds.
#[derive(Debug, Default)]
pub struct Sample {
    /// The folder's name.
    pub name: &'static str,
    /// Its files by name, `/` between folders.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every entry that a reader has to account for, nested ones too.
    pub entries: Vec<Entry>,
    /// Words that a search must find, each in its place.
    pub needles: Vec<Needle>,
    /// What a person would want to be told.
    pub stories: Vec<Story>,
}

/// What is to be found in one entry.
#[derive(Debug)]
pub struct Entry {
    /// Its path as the program shows it.
    pub path: String,
    /// Its format, in the word of the command line.
    pub format: &'static str,
    /// How many records the file itself holds.
    pub records: usize,
    /// Their kind; nothing where there is none.
    pub kind: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
}

/// A word to be found.
#[derive(Debug)]
pub struct Needle {
    /// What to search for.
    pub query: &'static str,
    /// The entry that must be among the hits.
    pub entry: String,
    /// The field that holds it, where its place can be said without naming a reader's choices.
    pub at: Option<String>,
    /// Why it is hard.
    pub coding: &'static str,
}

/// Something that the export tells about how the controller keeps its promises.
#[derive(Debug)]
pub struct Story {
    /// In a sentence.
    pub told: String,
    /// Where it stands.
    pub places: Vec<String>,
}

impl Sample {
    /// A table or list of so many records of one kind.
    fn add(
        &mut self,
        path: &str,
        format: &'static str,
        bytes: Vec<u8>,
        holds: (usize, &'static str),
        about: &'static str,
    ) {
        self.account(path, format, holds, about);
        let before = self.files.insert(path.to_owned(), bytes);
        assert!(before.is_none(), "{path} is made twice");
    }

    /// An entry whose bytes are inside another one, or have been added.
    fn account(
        &mut self,
        path: &str,
        format: &'static str,
        (records, kind): (usize, &'static str),
        about: &'static str,
    ) {
        self.entries.push(Entry { path: path.to_owned(), format, records, kind, about });
    }

    fn needle(&mut self, query: &'static str, entry: &str, at: &str, coding: &'static str) {
        let at = (!at.is_empty()).then(|| at.to_owned());
        self.needles.push(Needle { query, entry: entry.to_owned(), at, coding });
    }

    fn story(&mut self, told: impl Into<String>, places: &[&str]) {
        self.stories
            .push(Story { told: told.into(), places: places.iter().map(|&p| p.to_owned()).collect() });
    }

    /// How many records there are of each kind.
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for entry in self.entries.iter().filter(|e| e.records > 0) {
            *kinds.entry(entry.kind).or_default() += entry.records;
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::pack;

    fn committed(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample-exports").join(name)
    }

    fn check(sample: &Sample) {
        let hint = "run `cargo run -p portolan-tests --bin make-samples`";
        let files: BTreeMap<_, _> = pack::folder_files(&committed(sample.name))
            .expect("the samples are in the repository")
            .into_iter()
            .collect();
        let names = |f: &BTreeMap<String, Vec<u8>>| f.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&files), names(&sample.files), "{hint}");
        for (name, bytes) in &sample.files {
            assert!(files[name] == *bytes, "{name} differs from a fresh run: {hint}");
        }
        for (file, bytes) in [
            (format!("{}.md", sample.name), markdown(sample)),
            (format!("{}.expected.json", sample.name), expected(sample)),
        ] {
            let there = std::fs::read(committed(&file)).expect("the account is in the repository");
            assert!(there == bytes, "{file} differs from a fresh run: {hint}");
        }
    }

    #[test]
    fn the_committed_sellsy_sample_is_a_fresh_one() {
        check(&sellsy());
    }

    #[test]
    fn the_committed_shop_sample_is_a_fresh_one() {
        check(&shop());
    }

    #[test]
    fn every_needle_and_every_file_is_accounted_for() {
        for sample in [sellsy(), shop()] {
            let accounted: Vec<&str> = sample.entries.iter().map(|e| e.path.as_str()).collect();
            for needle in &sample.needles {
                assert!(accounted.contains(&needle.entry.as_str()), "{} is nowhere", needle.entry);
            }
            for name in sample.files.keys() {
                assert!(accounted.contains(&name.as_str()), "{name} is not accounted for");
            }
        }
    }
}
