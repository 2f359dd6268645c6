//! What an export is made of: parts that were given, and entries that are in them.

use crate::{Container, EntryId, Oddity};

/// One file or folder that was given.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name without the folders that it is in, escaped for display.
    pub name: String,
    /// Its size; of a folder, the sum of its files.
    pub bytes: u64,
}

/// One file of the export, nested ones too.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its position in the export.
    pub id: EntryId,
    /// The name as shown: escaped, unique in the export, `outer.zip > inner.zip > a.json` when nested. The second of
    /// two equal names is numbered: `a (2).json`.
    pub name: String,
    /// The bytes of its own name in its container, as the container holds them.
    pub raw_name: Vec<u8>,
    /// The position of the part that it came with.
    pub part: usize,
    /// The nested archive that it is in; none at the top.
    pub parent: Option<EntryId>,
    /// What kind of thing it is.
    pub nature: Nature,
    /// The size that the container declares. Reading may find another one, which is told then.
    pub size: Option<u64>,
    /// The bytes that it takes in its container.
    pub packed: u64,
    /// Something that a system put there for itself, which says nothing about anybody: `.DS_Store`, `Thumbs.db`.
    pub litter: bool,
    /// Whether it can be read.
    pub state: EntryState,
    /// What is odd about it, as far as it shows without reading it.
    pub oddities: Vec<Oddity>,
}

/// What kind of thing an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A file.
    File,
    /// A symbolic link. It is never followed; its target is text.
    Link {
        /// Where it points, escaped for display; empty if that could not be read.
        target: String,
    },
    /// A pipe, socket or device. It has no content.
    Special,
    /// A nested archive that was opened: what it holds stands in the entries after it.
    Container(Container),
}

/// Whether an entry can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// It can be read; whether it is whole shows only then.
    Readable,
    /// It is encrypted, and no password that was given fits.
    NeedsPassword,
    /// It cannot be read; its oddities say why.
    Refused,
}
