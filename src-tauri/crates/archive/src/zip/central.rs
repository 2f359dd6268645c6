//! The directory of a ZIP file, walked until it ends, whatever the end record says about its length.

use super::end::{CENTRAL, END64, End};
use super::fields::{self, Sizes, UnicodePath};
use super::{Lock, Room, u16_at, u32_at};
use crate::crypt::Strength;
use crate::packed::Method;
use crate::source::{Source, Window};
use crate::{Oddity, Refusal, shown};

const HEADER_BYTES: usize = 46;
/// What may follow the last header: a signature over the directory, which nobody checks today; and the end record of
/// zip64 where the plain one does not ask for it, as programs write it that do not know the sizes beforehand.
const AFTER: [&[u8]; 2] = [b"PK\x05\x05", END64];

/// The directory as it stands in the file.
pub(super) struct Directory {
    pub(super) headers: Vec<Header>,
    pub(super) oddities: Vec<Oddity>,
    /// It could not be read to its end, so that entries may be missing from it.
    pub(super) broken: bool,
}

/// One header of the directory.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) raw_name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) sizes: Sizes,
    /// A size is marked as being in the zip64 field, and is not there.
    pub(super) size_missing: bool,
    pub(super) disk: u16,
    pub(super) mode: Option<u32>,
    pub(super) time: u16,
    pub(super) aes: Option<fields::Aes>,
    pub(super) unicode_path: UnicodePath,
}

/// Walks the directory.
pub(super) fn read(source: &Source, end: &End, name: &str, room: Room) -> Result<Directory, Refusal> {
    let unreadable = |e: std::io::Error| Refusal::Unreadable { name: name.to_owned(), why: e.to_string() };
    if end.at - end.directory > room.directory_bytes {
        return Err(Refusal::DirectoryTooLarge { name: name.to_owned(), max: room.directory_bytes });
    }
    let mut window = Window::new(source, 64 * 1024);
    let mut found = Directory { headers: Vec::new(), oddities: end.oddities.clone(), broken: false };
    let mut at = end.directory;
    while at < end.at {
        let fixed = window.get(at, HEADER_BYTES).map_err(unreadable)?;
        if AFTER.iter().any(|after| fixed.starts_with(after)) {
            break;
        }
        let lengths = [u16_at(fixed, 28), u16_at(fixed, 30), u16_at(fixed, 32)].map(usize::from);
        let whole = HEADER_BYTES + lengths.iter().sum::<usize>();
        if !fixed.starts_with(CENTRAL) || fixed.len() < HEADER_BYTES || at + whole as u64 > end.at {
            found.broken = true;
            break;
        }
        if found.headers.len() >= room.entries {
            return Err(Refusal::TooManyEntries { name: name.to_owned(), max: room.entries });
        }
        let bytes = window.get(at, whole).map_err(unreadable)?;
        if bytes.len() < whole {
            found.broken = true;
            break;
        }
        let mut header = header(bytes, lengths);
        if let Some(start) = source.piece_start(header.disk.into()) {
            // All disks are there, one behind the other.
            header.sizes.offset = header.sizes.offset.saturating_add(start);
            header.disk = 0;
        }
        found.headers.push(header);
        at += whole as u64;
    }
    note_counts(&mut found, end, at);
    Ok(found)
}

fn header(bytes: &[u8], [name, extra, _]: [usize; 3]) -> Header {
    let raw_name = bytes[HEADER_BYTES..HEADER_BYTES + name].to_vec();
    let extra = &bytes[HEADER_BYTES + name..HEADER_BYTES + name + extra];
    let mut sizes = Sizes {
        size: u64::from(u32_at(bytes, 24)),
        packed: u64::from(u32_at(bytes, 20)),
        offset: u64::from(u32_at(bytes, 42)),
    };
    let size_missing = !sizes.widen(extra);
    // Unix (3) and macOS (19) keep the file type in the upper half of the attributes.
    let unix = matches!(bytes[5], 3 | 19);
    Header {
        flags: u16_at(bytes, 8),
        method: u16_at(bytes, 10),
        time: u16_at(bytes, 12),
        crc: u32_at(bytes, 16),
        sizes,
        size_missing,
        disk: u16_at(bytes, 34),
        mode: unix.then(|| u32_at(bytes, 38) >> 16),
        aes: fields::aes(extra),
        unicode_path: fields::unicode_path(extra, &raw_name),
        raw_name,
    }
}

/// The entries are believed, not the counts; but that they differ is told.
fn note_counts(found: &mut Directory, end: &End, stopped_at: u64) {
    let (count, met) = (end.count, found.headers.len() as u64);
    if count != met {
        let fate = if met > count { "all that exist are shown" } else { "the others are missing" };
        let message = format!(
            "the end record of the archive counts {}, but its directory holds {met}; {fate}",
            shown::count(count, "entry", "entries")
        );
        found.oddities.push(Oddity::new("entry_count", message).with("declared", count).with("found", met));
    }
    let (declared, real) = (end.directory_bytes, stopped_at - end.directory);
    if found.broken {
        let message = format!(
            "the directory of the archive is damaged after {}; others may be missing",
            shown::count(met, "entry", "entries")
        );
        found.oddities.push(Oddity::new("directory_damaged", message).with("found", met));
    } else if declared != real && end.at - end.directory != declared {
        let message =
            format!("the directory of the archive has {real} bytes, but its end record says {declared}");
        found
            .oddities
            .push(Oddity::new("directory_size", message).with("declared", declared).with("found", real));
    }
}

impl Header {
    /// How the entry is locked and packed; or why it cannot be read.
    pub(super) fn packing(&self, quoted: &str) -> (Lock, Result<Method, Oddity>) {
        let refused = |code, message: String| {
            (Lock::Open, Err(Oddity::new(code, message).with("entry", shown::bare(quoted))))
        };
        if self.flags & 0x2040 != 0 {
            let message = format!(
                "{quoted} is encrypted in PKWARE's own way (strong encryption), which only their program can open"
            );
            return refused("strong_encryption", message);
        }
        if self.flags & 0x20 != 0 {
            let message =
                format!("{quoted} holds only the changes to another file (patched data) and cannot be read");
            return refused("patched_data", message);
        }
        if self.disk != 0 && self.disk != 0xFFFF {
            let message = format!("{quoted} is in another part of a split archive (disk {})", self.disk + 1);
            return refused("other_part", message);
        }
        let encrypted = self.flags & 1 != 0;
        let (lock, method) = match (encrypted, self.method, self.aes) {
            (true, 99, Some(aes)) => match (aes.version, Strength::from_field(aes.strength)) {
                (1 | 2, Some(strength)) => (Lock::Aes(strength), aes.method),
                _ => {
                    let message = format!(
                        "{quoted} is encrypted in an unknown way (AES version {}, strength {})",
                        aes.version, aes.strength
                    );
                    return refused("encryption_unknown", message);
                }
            },
            (_, 99, _) => {
                return refused("encryption_unknown", format!("{quoted} is encrypted, but does not say how"));
            }
            (true, method, _) => {
                let crc = self.crc.to_be_bytes()[0];
                // With a data descriptor the checksum was not known yet, and the time stood in for it.
                let time = self.time.to_be_bytes()[0];
                (Lock::ZipCrypto([crc, if self.flags & 8 != 0 { time } else { crc }]), method)
            }
            (false, method, _) => (Lock::Open, method),
        };
        (lock, method_of(method, self.flags, quoted))
    }

    /// The checksum, unless the entry has none: AE-2 leaves it out because it would tell about short contents.
    pub(super) fn checksum(&self) -> Option<u32> {
        let ae2 = self.flags & 1 != 0 && self.method == 99 && self.aes.is_some_and(|aes| aes.version == 2);
        (!ae2).then_some(self.crc)
    }
}

/// The compression, or what it is called if we cannot undo it.
fn method_of(method: u16, flags: u16, quoted: &str) -> Result<Method, Oddity> {
    let called = match method {
        0 => return Ok(Method::Stored),
        8 => return Ok(Method::Deflate),
        9 => return Ok(Method::Deflate64),
        12 => return Ok(Method::Bzip2),
        14 => return Ok(Method::Lzma { marked: flags & 2 != 0 }),
        20 | 93 => return Ok(Method::Zstd),
        95 => return Ok(Method::Xz),
        98 => return Ok(Method::Ppmd),
        1 => "Shrink",
        2..=5 => "Reduce",
        6 => "Implode",
        10 => "IBM TERSE",
        94 => "MP3",
        96 => "JPEG",
        97 => "WavPack",
        _ => "unknown",
    };
    let message = format!(
        "{quoted} was not read: it is packed with method {method} ({called}), which this program cannot undo; \
         unpack the archive with another program and open the folder"
    );
    let oddity = Oddity::new("method_unsupported", message).with("entry", shown::bare(quoted));
    Err(oddity.with("method", method).with("called", called))
}
