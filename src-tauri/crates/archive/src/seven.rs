//! What a 7z archive holds: its header says it all, and is most often packed itself.
//!
//! The files of a folder are packed behind one another as one stream; they become ranges of that stream.

mod coders;
mod cursor;
mod header;

use std::ops::Range;

use crate::packed::{Method, Packed};
use crate::source::Source;

pub(crate) use header::list;

/// One step from the packed bytes to the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coder {
    pub(crate) coding: Coding,
    /// The bytes that come out of it.
    pub(crate) size: u64,
}

/// What a coder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Copy,
    Lzma { props: u8, window: u32 },
    Lzma2 { bits: u8 },
    Ppmd { order: u32, memory: u32 },
    Bzip2,
    Deflate,
    Deflate64,
    Zstd,
    Delta { distance: usize },
    Bcj(Machine),
}

/// The processor whose programs a filter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    X86,
    Ppc,
    Ia64,
    Arm,
    ArmThumb,
    Arm64,
    Sparc,
    Riscv,
}

/// How a folder is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aes {
    pub(crate) rounds_power: u8,
    pub(crate) salt: Vec<u8>,
    pub(crate) start: [u8; 16],
}

impl Aes {
    /// Whether a password makes the same key for both.
    fn same_key(&self, other: &Self) -> bool {
        (self.rounds_power, &self.salt) == (other.rounds_power, &other.salt)
    }
}

/// Files that are packed as one stream.
pub(crate) struct Folder {
    /// Where its packed bytes are in the file.
    pub(crate) data: Range<u64>,
    /// How its bytes are packed; or what is in the way of undoing that.
    pub(crate) method: Result<Method, String>,
    pub(crate) aes: Option<Aes>,
    pub(crate) size: u64,
    pub(crate) crc: Option<u32>,
}

impl Folder {
    /// Its bytes, still encrypted if they are.
    pub(crate) fn packed(&self, source: &Source) -> Result<Packed, String> {
        let method = self.method.clone()?;
        let source = source.slice(self.data.start, self.data.end.saturating_sub(self.data.start));
        Ok(Packed { method, size: Some(self.size), crc: self.crc, ..Packed::plain(source) })
    }
}

/// One file.
pub(crate) struct File {
    pub(crate) name: String,
    /// The mode on Unix, if the archive was made there.
    pub(crate) mode: u32,
    pub(crate) is_folder: bool,
    /// Which folder it is in, and where; none if it is empty.
    pub(crate) place: Option<(usize, Range<u64>)>,
    pub(crate) crc: Option<u32>,
}

/// What a 7z archive says of itself.
#[derive(Default)]
pub(crate) struct Seven {
    pub(crate) folders: Vec<Folder>,
    pub(crate) files: Vec<File>,
}

/// Why a 7z archive could not be listed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It ends before what its beginning promises.
    Cut,
    /// The header is encrypted, names and all.
    Locked,
    TooMany,
    TooLarge,
    Damaged(String),
    Unreadable(String),
}
