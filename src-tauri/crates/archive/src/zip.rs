//! What a ZIP file holds, read strictly and by our own hand, because the libraries lose entries: those with equal
//! names, those beyond a wrong count, those behind a second end record.
//!
//! The way: find the end record, walk the directory until it ends, look at the local header of every entry, refuse
//! overlaps, report what no entry accounts for. The directory is believed where the two differ, and both are told.

mod central;
mod end;
mod fields;
mod local;
mod salvage;

use crate::crypt::Strength;
use crate::names::RawName;
use crate::packed::Method;
use crate::source::Source;
use crate::{Oddity, Refusal, limits, shown};

/// What one ZIP file holds.
pub(crate) struct Listing {
    /// All entries, in the order of the directory, plain folders too.
    pub(crate) items: Vec<Item>,
    pub(crate) oddities: Vec<Oddity>,
}

/// One entry as the archive describes it, nothing decoded yet.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) raw_name: Vec<u8>,
    /// The archive says that the name is UTF-8.
    pub(crate) utf8: bool,
    /// The name of a Unicode Path field whose checksum fits the plain name.
    pub(crate) unicode_path: Option<String>,
    /// Unix file type and rights, if the entry was made on a Unix system.
    pub(crate) mode: Option<u32>,
    pub(crate) size: Option<u64>,
    pub(crate) packed: u64,
    pub(crate) crc: Option<u32>,
    /// Where the packed bytes are, encryption header included.
    pub(crate) data: std::ops::Range<u64>,
    pub(crate) lock: Lock,
    /// How the bytes are packed, or why they cannot be read.
    pub(crate) method: Result<Method, Oddity>,
    pub(crate) oddities: Vec<Oddity>,
}

impl Item {
    /// The name, to be decoded.
    pub(crate) fn raw(&self) -> RawName<'_> {
        RawName { bytes: &self.raw_name, utf8: self.utf8, unicode: self.unicode_path.as_deref() }
    }
}

/// How an entry is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    Open,
    /// With the bytes that the last byte of the header may be.
    ZipCrypto([u8; 2]),
    Aes(Strength),
}

/// Limits that differ between a given file and a nested archive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) entries: usize,
    pub(crate) directory_bytes: u64,
    /// Lists files, too, that the directory leaves out.
    pub(crate) unlisted: bool,
}

/// Lists a ZIP file. `name` is the file as it is called in messages.
pub(crate) fn list(source: &Source, name: &str, room: Room) -> Result<Listing, Refusal> {
    let called = shown::shortened(&shown::escape(name).text, limits::NAME_CHARS_IN_MESSAGE);
    let unreadable = |e: std::io::Error| Refusal::Unreadable { name: called.clone(), why: e.to_string() };
    let found = match end::find(source, &called).map_err(unreadable)? {
        end::Found::End(end) => end,
        end::Found::Cut => return salvage::rescue(source, &called, room),
        end::Found::Refused(refusal) => return Err(refusal),
    };
    let directory = central::read(source, &found, &called, room)?;
    local::check(source, found, directory, &called, room)
}

/// The number that two bytes are.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

/// The number that four bytes are.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// The number that eight bytes are.
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
