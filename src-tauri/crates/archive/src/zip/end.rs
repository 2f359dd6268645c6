//! The end record: which of those that a file seems to hold is the real one, and where its directory is.

use std::io;

use memchr::memmem;

use super::{salvage, u16_at, u32_at, u64_at};
use crate::source::{Source, Window};
use crate::{Oddity, Refusal, limits};

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: u64 = 22;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_BYTES: u64 = 20;
pub(super) const END64: &[u8] = b"PK\x06\x06";
const END64_BYTES: u64 = 56;
pub(super) const CENTRAL: &[u8] = b"PK\x01\x02";
pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
/// Stands before the first local header of a split archive, and before data descriptors.
const SPLIT: &[u8] = b"PK\x07\x08";

/// What looking for the end record came to.
pub(super) enum Found {
    End(End),
    /// It begins like a ZIP and has no end: something may be saved.
    Cut,
    Refused(Refusal),
}

/// The end record and what it says.
#[derive(Debug, Clone)]
pub(super) struct End {
    /// Where the record itself begins, the zip64 one too if there is one.
    pub(super) at: u64,
    /// Where the directory begins, in the file.
    pub(super) directory: u64,
    /// What to add to the offsets that the archive holds: something stands before it.
    pub(super) shift: u64,
    pub(super) count: u64,
    pub(super) directory_bytes: u64,
    /// Bytes after the record and its comment.
    pub(super) after: u64,
    pub(super) oddities: Vec<Oddity>,
}

/// Looks for the end record of a file.
pub(super) fn find(source: &Source, name: &str) -> io::Result<Found> {
    let len = source.len();
    let head = source.read(0, 512)?;
    if len == 0 {
        return Ok(Found::Refused(Refusal::Empty { name: name.to_owned() }));
    }
    let tail_at = len.saturating_sub(limits::END_SEARCH_BYTES);
    let tail = source.read(tail_at, usize::try_from(limits::END_SEARCH_BYTES).unwrap_or(usize::MAX))?;
    let begins_like_zip = head.starts_with(LOCAL) || head.starts_with(END);

    let mut window = Window::new(source, limits::HEADER_WINDOW);
    let (mut exact, mut loose, mut split, mut outside) = (Vec::new(), None, false, None);
    for at in memmem::rfind_iter(&tail, END).take(limits::END_RECORDS_MAX) {
        let record = &tail[at..];
        if record.len() < 22 {
            continue;
        }
        let at = tail_at + at as u64;
        let comment_end = at + END_BYTES + u64::from(u16_at(record, 20));
        if comment_end > len {
            continue;
        }
        match judge(record, at, &mut window, len, |disk| source.piece_start(disk))? {
            Verdict::Fits(mut end) => {
                end.after = len - comment_end;
                if end.after == 0 {
                    exact.push(end);
                } else if loose.is_none() {
                    loose = Some(end);
                }
            }
            Verdict::Split => split |= comment_end == len,
            Verdict::Outside(says) if comment_end == len => outside = Some(says),
            Verdict::Outside(_) | Verdict::No => {}
        }
    }

    // Found from the end backwards. The real record is the one whose comment holds the others, so the earliest;
    // but one that needs no shift is better than one that does.
    let several = exact.len() > 1;
    let plain = exact.iter().rposition(|end| end.shift == 0);
    let best = plain.or(exact.len().checked_sub(1)).map(|at| exact.swap_remove(at));
    if let Some(mut end) = best {
        if several {
            let message = "the archive has more than one end record that fits, one inside the comment of another; \
                           what the other one lists is not shown";
            end.oddities.push(Oddity::new("end_record_ambiguous", message));
        }
        if end.shift > 0 && inside_an_entry(&mut window, end.at)? {
            return Ok(Found::Cut);
        }
        return Ok(Found::End(end));
    }
    if split || head.starts_with(SPLIT) {
        return Ok(Found::Refused(Refusal::Split { name: name.to_owned() }));
    }
    if let Some(says) = outside {
        let why =
            format!("its directory should be at byte {says}, but the file has {len} bytes; it is incomplete");
        return Ok(Found::Refused(Refusal::Damaged { name: name.to_owned(), why }));
    }
    match loose {
        // In a file that was cut off, the end record of a stored inner archive may be the last one left.
        Some(end) if !(begins_like_zip && end.shift > 0) => Ok(Found::End(end)),
        _ if head.starts_with(LOCAL) || (len < 4 && LOCAL.starts_with(&head)) => Ok(Found::Cut),
        _ if head.starts_with(END) => {
            let why = "it has end records, but none of them leads to a directory".to_owned();
            Ok(Found::Refused(Refusal::Damaged { name: name.to_owned(), why }))
        }
        _ => {
            let what = crate::kind::of(&head, len);
            Ok(Found::Refused(Refusal::NotZip { name: name.to_owned(), what }))
        }
    }
}

/// Says whether a place is inside the data of an entry that the file begins with: an end record there belongs to a
/// stored inner archive, and the file was cut off right behind it.
fn inside_an_entry(window: &mut Window<'_>, place: u64) -> io::Result<bool> {
    let mut at = 0;
    while at < place
        && let Some(local) = salvage::local_at(window, at)?
    {
        at = local.data.saturating_add(local.header.sizes.packed);
    }
    Ok(at > place)
}

enum Verdict {
    Fits(End),
    Split,
    /// Leads to a directory beyond the end of the file, at this place.
    Outside(u64),
    No,
}

/// Follows one end record to its directory.
fn judge(
    record: &[u8],
    at: u64,
    window: &mut Window<'_>,
    len: u64,
    piece_start: impl Fn(u64) -> Option<u64>,
) -> io::Result<Verdict> {
    let mut end = End {
        at,
        directory: 0,
        shift: 0,
        count: u64::from(u16_at(record, 10)),
        directory_bytes: u64::from(u32_at(record, 12)),
        after: 0,
        oddities: Vec::new(),
    };
    let mut offset = u64::from(u32_at(record, 16));
    let disks = [u16_at(record, 4), u16_at(record, 6)];
    let mut disk = u64::from(disks[1]);
    let wants64 = end.count == 0xFFFF || end.directory_bytes == 0xFFFF_FFFF || offset == 0xFFFF_FFFF;
    if wants64 {
        match end64(&mut end, &mut offset, &mut disk, window, &piece_start)? {
            Zip64::Read => {}
            // 65,535 entries exactly, counted without zip64.
            Zip64::Missing if end.directory_bytes != 0xFFFF_FFFF && offset != 0xFFFF_FFFF => {}
            Zip64::Missing => return Ok(Verdict::No),
        }
    }
    if disks.iter().any(|&disk| disk != 0 && disk != 0xFFFF) || (disk != 0 && disk != 0xFFFF) {
        // Places are counted from the beginning of a disk, of which all may have been given.
        match piece_start(disk) {
            Some(start) => offset = offset.saturating_add(start),
            None => return Ok(Verdict::Split),
        }
    }
    if offset < end.at && window.get(offset, 4)? == CENTRAL {
        end.directory = offset;
        return Ok(Verdict::Fits(end));
    }
    if end.count == 0 && end.directory_bytes == 0 {
        // No entries. Whatever stands before it is told as unlisted data.
        end.directory = end.at;
        let fits = offset == end.at || (offset == 0 && at == 0);
        end.shift = if fits { 0 } else { end.at.saturating_sub(offset) };
        return Ok(if offset <= end.at { Verdict::Fits(end) } else { Verdict::No });
    }
    if offset > len {
        return Ok(Verdict::Outside(offset));
    }
    // The directory ends where the end record begins: something was put before the archive, or the offset is wrong.
    let Some(directory) = end.at.checked_sub(end.directory_bytes) else { return Ok(Verdict::No) };
    if window.get(directory, 4)? != CENTRAL {
        return Ok(Verdict::No);
    }
    end.directory = directory;
    let first = u64::from(u32_at(window.get(directory, 46)?, 42));
    let shift = directory.checked_sub(offset);
    let is_local = |window: &mut Window<'_>, at: u64| window.get(at, 4).map(|b| b == LOCAL);
    match shift {
        Some(shift) if is_local(window, first.saturating_add(shift))? => end.shift = shift,
        _ => {
            let message = format!(
                "the directory of the archive is at byte {directory}, but its end record says {offset}; \
                 the offset was repaired"
            );
            let oddity = Oddity::new("directory_offset", message);
            end.oddities.push(oddity.with("declared", offset).with("found", directory));
        }
    }
    Ok(Verdict::Fits(end))
}

enum Zip64 {
    Read,
    Missing,
}

/// Reads the larger end record of zip64 into `end`, if it is there.
fn end64(
    end: &mut End,
    offset: &mut u64,
    disk: &mut u64,
    window: &mut Window<'_>,
    piece_start: &impl Fn(u64) -> Option<u64>,
) -> io::Result<Zip64> {
    let Some(locator_at) = end.at.checked_sub(LOCATOR_BYTES) else { return Ok(Zip64::Missing) };
    let locator = window.get(locator_at, 20)?;
    if !locator.starts_with(LOCATOR) {
        return Ok(Zip64::Missing);
    }
    let before = piece_start(u32_at(locator, 4).into()).unwrap_or(0);
    let says = u64_at(locator, 8).saturating_add(before);
    // Something may stand before the archive, and the locator may lie; the record is right before it anyway.
    let near = locator_at.checked_sub(END64_BYTES);
    for at in [Some(says), near].into_iter().flatten() {
        let record = window.get(at, 56)?;
        if at < locator_at && record.len() == 56 && record.starts_with(END64) {
            end.count = u64_at(record, 32);
            end.directory_bytes = u64_at(record, 40);
            *offset = u64_at(record, 48);
            *disk = u32_at(record, 20).into();
            if says > at {
                let message = format!(
                    "the zip64 end record of the archive is at byte {at}, but its locator says {says}; it was found"
                );
                end.oddities
                    .push(Oddity::new("zip64_locator", message).with("declared", says).with("found", at));
            }
            end.at = at;
            return Ok(Zip64::Read);
        }
    }
    Ok(Zip64::Missing)
}
