//! The directory held against the files themselves: local headers, overlaps, bytes that nothing accounts for.

use std::io;
use std::ops::Range;

use super::central::{Directory, Header};
use super::end::{CENTRAL, End, LOCAL};
use super::fields::UnicodePath;
use super::salvage::{self, Heads, Local};
use super::{Item, Listing, Room, u32_at, u64_at};
use crate::source::{Source, Window};
use crate::{Oddity, Refusal, limits, shown};

/// Where an entry stands in the file, from its local header to the end of its data descriptor.
struct Place {
    item: usize,
    span: Range<u64>,
    descriptor: u64,
}

/// Looks at the local header of every entry and at what is between them.
pub(super) fn check(
    source: &Source,
    end: End,
    directory: Directory,
    name: &str,
    room: Room,
) -> Result<Listing, Refusal> {
    let unreadable = |e: io::Error| Refusal::Unreadable { name: name.to_owned(), why: e.to_string() };
    let headers = directory.headers;
    let mut order: Vec<usize> = (0..headers.len()).collect();
    order.sort_by_key(|&at| headers[at].sizes.offset);

    let mut window = Window::new(source, limits::HEADER_WINDOW);
    let mut items: Vec<Option<Item>> = Vec::new();
    items.resize_with(headers.len(), || None);
    let mut places = Vec::new();
    let mut lost = Vec::new();
    for at in order {
        let header = &headers[at];
        let start = header.sizes.offset.saturating_add(end.shift);
        let local = if start < end.directory {
            salvage::local_at(&mut window, start).map_err(unreadable)?
        } else {
            None
        };
        let (item, place) = match local {
            Some(local) => hold(header, local, start, at, &mut window, end.directory).map_err(unreadable)?,
            None => (without_local(header, start), None),
        };
        match place {
            Some(place) => places.push(place),
            None => lost.push(start),
        }
        items[at] = Some(item);
    }
    let mut items: Vec<Item> = items.into_iter().flatten().collect();
    let mut oddities = directory.oddities;

    // Sorted by their beginning already: neighbours are enough to find any overlap.
    for pair in places.windows(2) {
        if pair[1].span.start < pair[0].span.end {
            let called = |place: &Place| {
                let name = String::from_utf8_lossy(&items[place.item].raw_name).into_owned();
                shown::shortened(&shown::escape(&name).text, limits::NAME_CHARS_IN_MESSAGE)
            };
            let (first, second) = (called(&pair[0]), called(&pair[1]));
            return Err(Refusal::Overlap { name: name.to_owned(), first, second });
        }
    }

    let mut unlisted = Unlisted::default();
    let mut cursor = 0;
    let spans = places.iter().map(|place| (place.span.clone(), place.descriptor));
    for (span, descriptor) in spans.chain([(end.directory..end.directory, 0)]) {
        let gap = cursor..span.start;
        cursor = span.end.saturating_add(descriptor);
        if gap.start >= gap.end {
            continue;
        }
        if directory.broken || room.unlisted {
            let most = room.entries.saturating_sub(items.len());
            items.extend(salvage::scan(source, gap.start, gap.end, most).map_err(unreadable)?.items);
        } else {
            unlisted.look(source, gap, end.shift > 0, &lost).map_err(unreadable)?;
        }
    }
    oddities.extend(unlisted.oddities());
    if end.after > 0 {
        let message = format!("the file has {} bytes of extra data after the end of the archive", end.after);
        oddities.push(Oddity::new("data_after", message).with("bytes", end.after));
    }
    Ok(Listing { items, oddities })
}

/// An entry whose local header is not where the directory says.
fn without_local(header: &Header, start: u64) -> Item {
    let quoted = quoted(header);
    let message = format!(
        "{quoted} could not be read: the directory of the archive says that it begins at byte {start}, \
         but no file begins there"
    );
    let oddity = Oddity::new("local_header_missing", message)
        .with("entry", shown::bare(&quoted))
        .with("offset", start);
    Item { method: Err(oddity), ..item(header, &quoted, 0..0) }
}

/// Holds a directory header against the local one; no place if the data cannot be where they should.
fn hold(
    header: &Header,
    local: Local,
    start: u64,
    at: usize,
    window: &mut Window<'_>,
    limit: u64,
) -> io::Result<(Item, Option<Place>)> {
    let quoted = quoted(header);
    let fits =
        |sizes: &super::fields::Sizes| local.data.checked_add(sizes.packed).filter(|&end| end <= limit);
    let mut header = header.clone();
    let mut notes = Vec::new();
    let mut ends = if header.size_missing { None } else { fits(&header.sizes) };
    if ends.is_none() && !local.header.size_missing && local.header.flags & 8 == 0 {
        ends = fits(&local.header.sizes);
        if ends.is_some() {
            let (says, used) = (header.sizes.packed, local.header.sizes.packed);
            let message = format!(
                "{quoted}: the directory of the archive declares {says} packed bytes, which is not possible; \
                 its own header says {used} and was used"
            );
            let oddity = Oddity::new("size_impossible", message).with("entry", shown::bare(&quoted));
            notes.push(oddity.with("declared", says).with("used", used));
            (header.sizes.packed, header.sizes.size) = (used, local.header.sizes.size);
        }
    }
    let Some(ends) = ends else {
        let packed = header.sizes.packed;
        let message = format!(
            "{quoted} could not be read: its {packed} packed bytes would reach beyond the end of the archive"
        );
        let oddity =
            Oddity::new("data_outside", message).with("entry", shown::bare(&quoted)).with("packed", packed);
        return Ok((Item { method: Err(oddity), ..item(&header, &quoted, 0..0) }, None));
    };
    differences(&header, &local.header, &quoted, &mut notes);
    let mut descriptor = 0;
    if (header.flags | local.header.flags) & 8 != 0 {
        match descriptor_at(&header, window.get(ends, 24)?) {
            Ok(len) => descriptor = len,
            Err((len, declared)) => {
                descriptor = len;
                let message = format!(
                    "{quoted}: the record after its data says {declared} bytes, the directory says {}; \
                     the directory was used",
                    header.sizes.size
                );
                let oddity = Oddity::new("descriptor_differs", message).with("entry", shown::bare(&quoted));
                notes.push(oddity.with("descriptor", declared).with("directory", header.sizes.size));
            }
        }
    }
    let mut item = item(&header, &quoted, local.data..ends);
    item.oddities.append(&mut notes);
    Ok((item, Some(Place { item: at, span: start..ends, descriptor })))
}

fn quoted(header: &Header) -> String {
    shown::quoted(&String::from_utf8_lossy(&header.raw_name))
}

fn item(header: &Header, quoted: &str, data: Range<u64>) -> Item {
    let (lock, method) = header.packing(quoted);
    let mut oddities = Vec::new();
    let unicode_path = match &header.unicode_path {
        UnicodePath::Fits(name) => Some(name.clone()),
        UnicodePath::None => None,
        UnicodePath::Stale => {
            let message =
                format!("{quoted} has a second, Unicode name that does not belong to it; it was not used");
            oddities.push(Oddity::new("unicode_name_stale", message).with("entry", shown::bare(quoted)));
            None
        }
    };
    Item {
        raw_name: header.raw_name.clone(),
        utf8: header.flags & 0x800 != 0,
        unicode_path,
        mode: header.mode,
        size: Some(header.sizes.size),
        packed: header.sizes.packed,
        crc: header.checksum(),
        data,
        lock,
        method,
        oddities,
    }
}

/// Tells where the local header disagrees with the directory. Dates do not matter here.
fn differences(header: &Header, local: &Header, quoted: &str, notes: &mut Vec<Oddity>) {
    let mut note = |code, what: &str, central: String, local: String| {
        let message = format!(
            "{quoted}: {what} differ between the directory of the archive ({central}) and its own header ({local}); \
             the directory was used"
        );
        let oddity = Oddity::new(code, message).with("entry", shown::bare(quoted));
        notes.push(oddity.with("directory", central).with("local", local));
    };
    if header.raw_name != local.raw_name {
        let name = |header: &Header| self::quoted(header);
        note("name_differs", "the two names", name(header), name(local));
    }
    if header.method != local.method {
        note(
            "method_differs",
            "the compression methods",
            header.method.to_string(),
            local.method.to_string(),
        );
    }
    if (header.flags ^ local.flags) & 1 != 0 {
        let word = |flags: u16| if flags & 1 == 1 { "encrypted" } else { "not encrypted" }.to_owned();
        note("encryption_differs", "the encryption marks", word(header.flags), word(local.flags));
    }
    // A streamed entry has zeros in its local header, because nothing was known yet.
    let streamed = local.flags & 8 != 0;
    let differ = |central: u64, local: u64| central != local && !(streamed && local == 0);
    if !local.size_missing {
        let (c, l) = (header.sizes, local.sizes);
        // A streamed zip64 entry has its marks without the field.
        if differ(c.size, l.size) || differ(c.packed, l.packed) {
            let sizes = |size: u64, packed: u64| format!("{size} bytes, {packed} packed");
            note("size_differs", "the sizes", sizes(c.size, c.packed), sizes(l.size, l.packed));
        }
    }
    // Streamed and encrypted: some programs check the password by the time of the entry, which stands in for the checksum.
    let stands_in = streamed && local.flags & 1 != 0 && local.crc >> 16 == u32::from(local.time);
    if differ(header.crc.into(), local.crc.into()) && !stands_in {
        note("crc_differs", "the checksums", format!("{:08x}", header.crc), format!("{:08x}", local.crc));
    }
    if let UnicodePath::Fits(name) = &local.unicode_path
        && header.unicode_path != local.unicode_path
    {
        let central = match &header.unicode_path {
            UnicodePath::Fits(name) => shown::quoted(name),
            UnicodePath::None | UnicodePath::Stale => self::quoted(header),
        };
        note("name_differs", "the two names", central, shown::quoted(name));
    }
}

/// The length of the data descriptor if it agrees with the directory; else a likely length, and the size it says.
fn descriptor_at(header: &Header, bytes: &[u8]) -> Result<u64, (u64, u64)> {
    if bytes.starts_with(LOCAL) || bytes.starts_with(CENTRAL) {
        // The mark without the record: some programs forget it, and nothing is lost by that.
        return Ok(0);
    }
    let signed = bytes.starts_with(b"PK\x07\x08");
    let wide = |at: usize| (u32_at(bytes, at), u64_at(bytes, at + 4), u64_at(bytes, at + 12));
    let small = |at: usize| (u32_at(bytes, at), u32_at(bytes, at + 4).into(), u32_at(bytes, at + 8).into());
    let truth = (header.crc, header.sizes.packed, header.sizes.size);
    let fits = |len: u64, says: (u32, u64, u64)| says == truth && bytes.len() as u64 >= len;
    for (len, says) in [(24, wide(4)), (16, small(4)), (20, wide(0)), (12, small(0))] {
        // The signature is optional, and a checksum may look like one.
        if fits(len, says) && (signed || len == 20 || len == 12) {
            return Ok(len);
        }
    }
    if signed { Err((16, small(4).2)) } else { Err((12, small(0).2)) }
}

/// Bytes of the file that no entry accounts for.
#[derive(Default)]
struct Unlisted {
    /// Bytes before the first entry, and a file that begins among them.
    before: Option<(u64, Option<String>)>,
    names: Vec<String>,
    entries: u64,
    bytes: u64,
}

impl Unlisted {
    /// Looks into a gap. Entries that the directory lists but that cannot be read explain what they begin in.
    fn look(&mut self, source: &Source, gap: Range<u64>, shifted: bool, lost: &[u64]) -> io::Result<()> {
        let mut names = Vec::new();
        // Both are sorted.
        let explained =
            lost.get(lost.partition_point(|&at| at < gap.start)).is_some_and(|at| gap.contains(at));
        let mut heads = Heads::new(source, gap.end);
        let mut at = gap.start;
        let mut entries = 0;
        while let Some((start, local)) = heads.next(at)? {
            let listed = lost.binary_search(&start).is_ok();
            entries += u64::from(!listed);
            if !listed && names.len() < limits::SAME_ODDITY_MAX {
                names.push(quoted(&local.header));
            }
            // What is inside the data of an unlisted file is not another file.
            at = local.data.saturating_add(local.header.sizes.packed).min(gap.end);
        }
        let len = gap.end - gap.start;
        if gap.start == 0 && (shifted || entries == 0) {
            let head = source.read(0, 4)?;
            // The program in front of a self-extracting archive belongs there.
            let program = head.starts_with(b"MZ") || head.starts_with(b"\x7fELF") || head.starts_with(b"#!");
            // So does the mark in front of an archive that was written on several disks.
            let mark = head.starts_with(b"PK\x07\x08") && len == 4;
            if entries > 0 || !(program || mark || explained || blank(source, &gap)?) {
                self.before = Some((len, names.into_iter().next()));
            }
            return Ok(());
        }
        if entries > 0 {
            self.entries += entries;
            let room = limits::SAME_ODDITY_MAX - self.names.len();
            self.names.extend(names.into_iter().take(room));
        } else if !explained && !blank(source, &gap)? {
            self.bytes += len;
        }
        Ok(())
    }

    fn oddities(self) -> Vec<Oddity> {
        let mut oddities = Vec::new();
        if let Some((bytes, name)) = self.before {
            let what = name.map_or_else(String::new, |name| {
                format!(
                    ", in which {name} begins, as if a second archive had been put before it; it is not shown"
                )
            });
            let message = format!("the file has {bytes} bytes of extra data before the archive{what}");
            oddities.push(Oddity::new("data_before", message).with("bytes", bytes));
        }
        if self.entries > 0 {
            let more = self.entries - self.names.len() as u64;
            let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names = self.names.join(", ");
            let message = format!(
                "the archive holds {} that its directory does not list, hidden from most programs and not shown \
                 here: {names}{and_more}",
                shown::count(self.entries, "file", "files")
            );
            let oddity = Oddity::new("unlisted_entries", message).with("count", self.entries);
            oddities.push(oddity.with("names", names));
        }
        if self.bytes > 0 {
            let message =
                format!("the archive holds {} bytes between its entries that belong to none", self.bytes);
            oddities.push(Oddity::new("unlisted_data", message).with("bytes", self.bytes));
        }
        oddities
    }
}

/// Nothing but zeros: padding, as some programs write to align their files.
fn blank(source: &Source, gap: &Range<u64>) -> io::Result<bool> {
    let mut at = gap.start;
    while at < gap.end {
        let room = usize::try_from(gap.end - at).unwrap_or(usize::MAX).min(limits::READ_BYTES);
        let bytes = source.read(at, room)?;
        if bytes.is_empty() {
            break;
        }
        if bytes.iter().any(|&b| b != 0) {
            return Ok(false);
        }
        at += bytes.len() as u64;
    }
    Ok(true)
}
