//! Untrusted container bytes become entries: a ZIP, a folder, a single file, or several of them given together.
//!
//! Everything that a container can lie about is checked here, once: names, counts, sizes, checksums, overlaps,
//! nesting, passwords. Nothing is extracted to disk and no name is ever used as a path.
//!
//! This crate deliberately does not know what is inside an entry: no formats, no records, no search.

pub mod limits;
mod oddity;

pub use oddity::Oddity;

/// The position of an entry in the export; every entry has its own, nested ones too.
///
/// Two entries of one name are two entries: the position is the identity, the name is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);
