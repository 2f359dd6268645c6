//! Untrusted container bytes become entries: a ZIP, a folder, a single file, or several of them given together.
//!
//! Everything that a container can lie about is checked here, once: names, counts, sizes, checksums, overlaps,
//! nesting, passwords. Nothing is extracted to disk and no name is ever used as a path.
//!
//! This crate deliberately does not know what is inside an entry: no formats, no records, no search.

mod cache;
mod chain;
mod codepage;
mod container;
mod content;
mod crypt;
mod decode;
mod entry;
mod fingerprint;
mod folder;
mod found;
mod gather;
mod kind;
pub mod limits;
mod litter;
mod means;
mod names;
mod nested;
mod oddity;
mod packed;
mod parts;
mod password;
mod paths;
mod platform;
mod reader;
mod refusal;
mod runs;
mod seven;
mod shown;
mod source;
mod tar;
#[cfg(test)]
mod tests;
mod unlock;
mod whole;
mod zip;

use std::ops::Range;
use std::path::PathBuf;

pub use container::Container;
pub use entry::{Entry, EntryState, Nature, Part};
pub use names::CodePage;
pub use oddity::Oddity;
pub use password::Password;
pub use reader::EntryReader;
pub use refusal::Refusal;

use content::Content;
use fingerprint::PartFiles;

/// The position of an entry in the export; every entry has its own, nested ones too.
///
/// Two entries of one name are two entries: the position is the identity, the name is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// How to open an export, where the usual way does not show everything.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Tried on every encrypted entry.
    pub passwords: Vec<Password>,
    /// The code page of names that do not say their own, instead of the likeliest.
    pub code_page: Option<CodePage>,
    /// Lists files, too, that are in a ZIP but not in its directory: hidden, deleted or older ones.
    pub unlisted: bool,
}

/// An opened export: what was given, and all entries in it. Several threads may read entries at once.
pub struct Archive {
    /// The names of what was given, for display.
    pub name: String,
    /// What was given: files, folders.
    pub parts: Vec<Part>,
    /// Every entry; its position is its [`EntryId`]. Empty folders are not listed.
    pub entries: Vec<Entry>,
    /// The code page that names were read with which do not say their own; none if all of them do.
    pub code_page: Option<CodePage>,
    /// What is odd about the export as a whole.
    pub oddities: Vec<Oddity>,
    /// The bytes of each entry, where they can be read.
    contents: Vec<gather::Bytes>,
    /// The files of each part, for its hash.
    files: Vec<PartFiles>,
}

impl Archive {
    /// Opens what was given as one export. Each encrypted entry is tried with every password.
    ///
    /// When several paths are given, the entries of each follow each other. An entry keeps its own name; only where
    /// two parts hold the same name, both get the name of their part in front: `part-1.zip > profile.json`.
    ///
    /// # Errors
    ///
    /// Refuses what is no container, is cut off or cannot be made sense of, and what is made to harm.
    pub fn open(paths: &[PathBuf], passwords: &[Password]) -> Result<Self, Refusal> {
        Self::open_as(paths, &Opening { passwords: passwords.to_vec(), ..Opening::default() })
    }

    /// Opens an export in another way than the usual one.
    ///
    /// # Errors
    ///
    /// As for [`Archive::open`].
    pub fn open_as(paths: &[PathBuf], how: &Opening) -> Result<Self, Refusal> {
        gather::open(paths, how)
    }

    /// Opens a file that is in memory, such as a sample.
    ///
    /// # Errors
    ///
    /// As for [`Archive::open`].
    pub fn from_bytes(name: &str, bytes: Vec<u8>, passwords: &[Password]) -> Result<Self, Refusal> {
        gather::open_bytes(name, bytes, &Opening { passwords: passwords.to_vec(), ..Opening::default() })
    }

    /// The entry at a position.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(usize::try_from(id.0).unwrap_or(usize::MAX))
    }

    /// The bytes of an entry from its beginning.
    ///
    /// # Errors
    ///
    /// Says why the entry cannot be read at all: encrypted, an unknown method, a file that changed meanwhile.
    pub fn reader(&self, id: EntryId) -> Result<EntryReader<'_>, Oddity> {
        let (entry, content) = self.content(id)?;
        Ok(EntryReader::new(&content.packed, &entry.name))
    }

    /// Bytes of an entry from any place: fewer than asked for at the end of what can be read, at most
    /// [`limits::RANGE_BYTES_MAX`]. Cheap to repeat, also near the end of a large packed entry.
    ///
    /// # Errors
    ///
    /// Says why the entry cannot be read at all.
    pub fn bytes(&self, id: EntryId, range: Range<u64>) -> Result<Vec<u8>, Oddity> {
        let (entry, content) = self.content(id)?;
        let want =
            range.end.min(content.packed.most()).saturating_sub(range.start).min(limits::RANGE_BYTES_MAX);
        let mut all = Vec::new();
        let mut buf = [0; 16 * 1024];
        while (all.len() as u64) < want {
            let at = range.start + all.len() as u64;
            let room = usize::try_from(want - all.len() as u64).unwrap_or(usize::MAX).min(buf.len());
            match content.read_at(&mut buf[..room], at) {
                Ok(0) => break,
                Ok(n) => all.extend_from_slice(&buf[..n]),
                Err(e) => return Err(reader::disk(&shown::quoted(&entry.name), &e)),
            }
        }
        Ok(all)
    }

    fn content(&self, id: EntryId) -> Result<(&Entry, &Content), Oddity> {
        let at = usize::try_from(id.0).unwrap_or(usize::MAX);
        let (Some(entry), Some(content)) = (self.entries.get(at), self.contents.get(at)) else {
            return Err(Oddity::new("no_such_entry", format!("the export has no entry number {}", id.0)));
        };
        let content = content.as_ref().map_err(|why| (**why).clone())?;
        let quoted = shown::quoted(&entry.name);
        content.unchanged().map_err(|e| reader::disk(&quoted, &e))?;
        Ok((entry, content))
    }
}

impl std::fmt::Debug for Archive {
    /// Counts only: the names and contents of an export do not belong into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (parts, entries) = (self.parts.len(), self.entries.len());
        write!(f, "Archive({parts} parts, {entries} entries, {} oddities)", self.oddities.len())
    }
}
