//! What can be saved from a ZIP file whose directory is missing or broken: entries found by their local headers.

use std::io;

use memchr::memmem;

use super::end::{CENTRAL, LOCAL};
use super::fields::{self, Sizes, UnicodePath};
use super::{Item, Listing, Room, central, u16_at, u32_at, u64_at};
use crate::source::{Source, Window};
use crate::{Oddity, Refusal, limits, shown};

const HEADER_BYTES: usize = 30;
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// A local header.
pub(super) struct Local {
    pub(super) header: central::Header,
    /// Where the data begin.
    pub(super) data: u64,
}

/// Reads the local header at a place, if there is one.
pub(super) fn local_at(window: &mut Window<'_>, at: u64) -> io::Result<Option<Local>> {
    let fixed = window.get(at, HEADER_BYTES)?;
    if fixed.len() < HEADER_BYTES || !fixed.starts_with(LOCAL) {
        return Ok(None);
    }
    let (name, extra) = (usize::from(u16_at(fixed, 26)), usize::from(u16_at(fixed, 28)));
    let whole = HEADER_BYTES + name + extra;
    let bytes = window.get(at, whole)?;
    if bytes.len() < whole {
        return Ok(None);
    }
    let raw_name = bytes[HEADER_BYTES..HEADER_BYTES + name].to_vec();
    let extra = &bytes[HEADER_BYTES + name..];
    let mut sizes = Sizes { size: u32_at(bytes, 22).into(), packed: u32_at(bytes, 18).into(), offset: 0 };
    let size_missing = !sizes.widen(extra);
    let header = central::Header {
        flags: u16_at(bytes, 6),
        method: u16_at(bytes, 8),
        time: u16_at(bytes, 10),
        crc: u32_at(bytes, 14),
        sizes,
        size_missing,
        disk: 0,
        mode: None,
        aes: fields::aes(extra),
        unicode_path: fields::unicode_path(extra, &raw_name),
        raw_name,
    };
    Ok(Some(Local { header, data: at + whole as u64 }))
}

/// Opens a file that was cut off by its local headers; refused if not one whole entry is left.
pub(super) fn rescue(source: &Source, name: &str, room: Room) -> Result<Listing, Refusal> {
    let unreadable = |e: io::Error| Refusal::Unreadable { name: name.to_owned(), why: e.to_string() };
    let scan = scan(source, 0, source.len(), room.entries).map_err(unreadable)?;
    if scan.whole == 0 {
        return Err(Refusal::Incomplete { name: name.to_owned() });
    }
    let (whole, cut) = (scan.whole, scan.items.len() - scan.whole);
    let message = format!(
        "the archive is incomplete: it ends before its directory, as a download does that was cut off; \
         {} and {cut} cut off were found all the same, others may be missing",
        shown::count(whole as u64, "whole entry", "whole entries")
    );
    let oddity = Oddity::new("incomplete_download", message).with("whole", whole).with("cut", cut);
    Ok(Listing { items: scan.items, oddities: vec![oddity] })
}

/// Entries found by their local headers.
pub(super) struct Scan {
    pub(super) items: Vec<Item>,
    /// How many of them are there from beginning to end.
    pub(super) whole: usize,
}

/// Walks from local header to local header.
pub(super) fn scan(source: &Source, from: u64, to: u64, most: usize) -> io::Result<Scan> {
    let mut heads = Heads::new(source, to);
    let mut found = Scan { items: Vec::new(), whole: 0 };
    let mut at = from;
    let mut descriptors_ahead = true;
    while found.items.len() < most {
        let Some((start, local)) = heads.next(at)? else { break };
        let mut header = local.header;
        let (mut end, mut known) = (local.data.saturating_add(header.sizes.packed), !header.size_missing);
        if header.size_missing || (header.flags & 8 != 0 && header.sizes.packed == 0) {
            let descriptor = if descriptors_ahead { descriptor(source, local.data, to)? } else { None };
            match descriptor {
                Some(found) => {
                    (end, known) = (found.at, true);
                    (header.crc, header.sizes.size) = (found.crc, found.size);
                }
                None => {
                    // Looking again from every later header would take forever on a file made of headers.
                    descriptors_ahead = false;
                    known = false;
                    end = find(source, local.data, to, LOCAL)?.unwrap_or(to);
                }
            }
        }
        let whole = known && end <= to;
        let end = end.clamp(local.data, to);
        header.sizes.packed = end - local.data;
        found.whole += usize::from(whole);
        found.items.push(item(header, local.data..end, known, whole));
        at = end.max(start + 4);
    }
    Ok(found)
}

fn item(header: central::Header, data: std::ops::Range<u64>, known: bool, whole: bool) -> Item {
    let quoted = shown::quoted(&String::from_utf8_lossy(&header.raw_name));
    let (lock, method) = header.packing(&quoted);
    let mut oddities = Vec::new();
    let code = if whole { "from_local_header" } else { "cut_off" };
    let message = if whole {
        format!(
            "{quoted} was found without the directory of the archive, which is missing or damaged; it may be an older version"
        )
    } else {
        format!("{quoted} is cut off: the archive ends in the middle of it")
    };
    oddities.push(Oddity::new(code, message).with("entry", shown::bare(&quoted)));
    Item {
        utf8: header.flags & 0x800 != 0,
        unicode_path: match &header.unicode_path {
            UnicodePath::Fits(name) => Some(name.clone()),
            UnicodePath::None | UnicodePath::Stale => None,
        },
        mode: None,
        size: known.then_some(header.sizes.size),
        packed: header.sizes.packed,
        // A descriptor that was not found leaves a checksum of zero, which is none.
        crc: header.checksum().filter(|_| known),
        data,
        lock,
        method,
        oddities,
        raw_name: header.raw_name,
    }
}

/// Finds local headers one after the other.
pub(super) struct Heads<'a> {
    source: &'a Source,
    window: Window<'a>,
    to: u64,
    misses: usize,
}

impl<'a> Heads<'a> {
    pub(super) fn new(source: &'a Source, to: u64) -> Self {
        Self { source, window: Window::new(source, limits::HEADER_WINDOW), to, misses: 0 }
    }

    /// The next local header from a place on. Gives up on a file that is full of signatures without headers.
    pub(super) fn next(&mut self, mut at: u64) -> io::Result<Option<(u64, Local)>> {
        while at < self.to && self.misses < limits::HEADER_MISSES_MAX {
            // Most often one entry follows the other directly.
            let start = match self.window.get(at, 4)? == LOCAL {
                true => at,
                false => match find(self.source, at, self.to, LOCAL)? {
                    Some(start) => start,
                    None => return Ok(None),
                },
            };
            match local_at(&mut self.window, start)?.filter(|local| plausible(local, self.to)) {
                Some(local) => return Ok(Some((start, local))),
                None => self.misses += 1,
            }
            at = start + 4;
        }
        Ok(None)
    }
}

/// A header among foreign bytes is rarely real: it must have a name, and a method that may exist.
fn plausible(local: &Local, to: u64) -> bool {
    !local.header.raw_name.is_empty() && local.data <= to && local.header.method < 100
}

struct Descriptor {
    at: u64,
    crc: u32,
    size: u64,
}

/// Looks for the data descriptor of data that begin at `data`: it holds their length, so it can be told.
fn descriptor(source: &Source, data: u64, to: u64) -> io::Result<Option<Descriptor>> {
    each_hit(source, data, to, b"PK", |at, before, from| {
        let packed = at - data;
        if from.starts_with(DESCRIPTOR) {
            let fits32 = u64::from(u32_at(from, 8)) == packed && from.len() >= 16;
            let fits64 = u64_at(from, 8) == packed && from.len() >= 24;
            let crc = u32_at(from, 4);
            // A small record of nothing begins as a wide one does; but only nothing has no checksum.
            let size = if fits64 && crc != 0 { u64_at(from, 16) } else { u32_at(from, 12).into() };
            return (fits32 || fits64).then_some(Descriptor { at, crc, size });
        }
        if !from.starts_with(LOCAL) && !from.starts_with(CENTRAL) {
            return None;
        }
        if let Some(record) = before.len().checked_sub(12).map(|n| &before[n..])
            && packed >= 12
            && u64::from(u32_at(record, 4)) == packed - 12
        {
            return Some(Descriptor { at: at - 12, crc: u32_at(record, 0), size: u32_at(record, 8).into() });
        }
        let record = before.len().checked_sub(20).map(|n| &before[n..])?;
        (packed >= 20 && u64_at(record, 4) == packed - 20).then(|| Descriptor {
            at: at - 20,
            crc: u32_at(record, 0),
            size: u64_at(record, 12),
        })
    })
}

/// The first place of a signature in a range.
fn find(source: &Source, from: u64, to: u64, signature: &[u8]) -> io::Result<Option<u64>> {
    each_hit(source, from, to, signature, |at, _, _| Some(at))
}

/// Looks at every place of a pattern, with the bytes before and from it, until `judge` is content.
fn each_hit<T>(
    source: &Source,
    from: u64,
    to: u64,
    pattern: &[u8],
    mut judge: impl FnMut(u64, &[u8], &[u8]) -> Option<T>,
) -> io::Result<Option<T>> {
    /// Most hits are near, and whoever looks for the next one begins anew, so the steps grow from this …
    const STEP: usize = 1024;
    /// … to this.
    const STEP_MAX: usize = 64 * 1024;
    /// Bytes around a hit that `judge` may want to see.
    const AROUND: usize = 32;
    let (mut at, mut step) = (from, STEP);
    while at < to {
        let before = usize::try_from(at - from).unwrap_or(AROUND).min(AROUND);
        let start = at - before as u64;
        let room = usize::try_from(to - start).unwrap_or(usize::MAX).min(before + step + AROUND);
        let bytes = source.read(start, room)?;
        if bytes.len() <= before {
            break;
        }
        let hits = memmem::find_iter(&bytes[before..], pattern).map(|hit| before + hit);
        for hit in hits.take_while(|&hit| hit < before + step) {
            if let Some(found) = judge(start + hit as u64, &bytes[..hit], &bytes[hit..]) {
                return Ok(Some(found));
            }
        }
        at += step as u64;
        step = (2 * step).min(STEP_MAX);
    }
    Ok(None)
}
