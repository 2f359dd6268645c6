//! The header of a 7z archive, read strictly: every number in it may be a lie.

use super::coders::Plan;
use super::cursor::{Cursor, Read, damaged};
use super::{File, Folder, Seven, Trouble};
use crate::source::Source;

const SIGNATURE: &[u8] = b"7z\xbc\xaf\x27\x1c";
const START_BYTES: u64 = 32;
/// A packed header holds a header, which may be packed; more than this is no honest archive.
const PACKED_HEADERS_MAX: usize = 4;

/// Lists an archive. `unpack` undoes a packed header: the bytes of a folder, if it can be opened.
pub(crate) fn list(
    source: &Source,
    entries_max: usize,
    header_bytes_max: u64,
    mut unpack: impl FnMut(&Folder) -> Read<Vec<u8>>,
) -> Read<Seven> {
    let disk = |e: std::io::Error| Trouble::Unreadable(e.to_string());
    let start = source.read(0, 32).map_err(disk)?;
    let Some((head, rest)) = start.split_at_checked(12).filter(|(_, rest)| rest.len() == 20) else {
        return Err(Trouble::Cut);
    };
    if !head.starts_with(SIGNATURE) || crc32fast::hash(rest).to_le_bytes() != head[8..] {
        return Err(damaged("the checksum of its beginning is wrong"));
    }
    let mut rest = Cursor { bytes: rest };
    let (at, len, crc) = (rest.u64()?, rest.u64()?, rest.u32()?);
    if len == 0 {
        return Ok(Seven::default());
    }
    if len > header_bytes_max {
        return Err(Trouble::TooLarge);
    }
    let at = START_BYTES.saturating_add(at);
    let mut header = source.read(at, usize::try_from(len).unwrap_or(usize::MAX)).map_err(disk)?;
    if (header.len() as u64) < len {
        return Err(Trouble::Cut);
    }
    if crc32fast::hash(&header) != crc {
        return Err(damaged("the checksum of its header is wrong"));
    }
    for _ in 0..PACKED_HEADERS_MAX {
        let mut cursor = Cursor { bytes: &header };
        match cursor.byte()? {
            0x01 => return read(&mut cursor, entries_max),
            0x17 => {
                let mut streams = Streams::default();
                streams.read(&mut cursor, entries_max)?;
                let Some(folder) = streams.folders.first() else { return Ok(Seven::default()) };
                if folder.size > header_bytes_max {
                    return Err(Trouble::TooLarge);
                }
                header = unpack(folder)?;
            }
            _ => break,
        }
    }
    Err(damaged("its header makes no sense"))
}

/// The packed streams, the folders that they make, and the files in those.
#[derive(Default)]
struct Streams {
    folders: Vec<Folder>,
    /// For each folder the sizes and checksums of its files.
    files: Vec<Vec<(u64, Option<u32>)>>,
}

impl Streams {
    fn read(&mut self, cursor: &mut Cursor<'_>, most: usize) -> Read<()> {
        let (mut packed_at, mut packed) = (START_BYTES, Vec::new());
        let mut split = false;
        loop {
            match cursor.byte()? {
                0x00 => break,
                0x06 => {
                    packed_at = START_BYTES.saturating_add(cursor.number()?);
                    let count = cursor.count(most)?;
                    loop {
                        match cursor.byte()? {
                            0x00 => break,
                            0x09 => packed = (0..count).map(|_| cursor.number()).collect::<Read<_>>()?,
                            0x0A => drop(cursor.digests(count)?),
                            _ => return Err(damaged("its header makes no sense")),
                        }
                    }
                }
                0x07 => self.folders(cursor, packed_at, &packed, most)?,
                0x08 => {
                    self.split(cursor, most)?;
                    split = true;
                }
                _ => return Err(damaged("its header makes no sense")),
            }
        }
        if !split {
            self.files = self.folders.iter().map(|folder| vec![(folder.size, folder.crc)]).collect();
        }
        Ok(())
    }

    fn folders(&mut self, cursor: &mut Cursor<'_>, packed_at: u64, packed: &[u64], most: usize) -> Read<()> {
        if cursor.byte()? != 0x0B {
            return Err(damaged("its header makes no sense"));
        }
        let count = cursor.count(most)?;
        if cursor.byte()? != 0 {
            return Err(damaged("its folders are described elsewhere"));
        }
        let plans = (0..count).map(|_| Plan::read(cursor)).collect::<Read<Vec<_>>>()?;
        if cursor.byte()? != 0x0C {
            return Err(damaged("its header makes no sense"));
        }
        let (mut at, mut packed) = (packed_at, packed.iter());
        for plan in plans {
            let sizes = (0..plan.coders.len()).map(|_| cursor.number()).collect::<Read<Vec<u64>>>()?;
            let mut streams = Vec::new();
            for _ in &plan.packed {
                let start = at;
                at = at.saturating_add(*packed.next().ok_or_else(|| damaged("packed data are missing"))?);
                streams.push(start..at);
            }
            self.folders.push(plan.folder(&streams, &sizes));
        }
        loop {
            match cursor.byte()? {
                0x00 => break,
                0x0A => {
                    let digests = cursor.digests(count)?;
                    for (folder, crc) in self.folders.iter_mut().zip(digests) {
                        folder.crc = crc;
                    }
                }
                _ => return Err(damaged("its header makes no sense")),
            }
        }
        Ok(())
    }

    /// How folders are made up of files.
    fn split(&mut self, cursor: &mut Cursor<'_>, most: usize) -> Read<()> {
        let mut counts = vec![1; self.folders.len()];
        let mut next = cursor.byte()?;
        if next == 0x0D {
            let mut left = most;
            for count in &mut counts {
                *count = cursor.count(left)?;
                left -= *count;
            }
            next = cursor.byte()?;
        }
        let wide = next == 0x09;
        for (folder, count) in self.folders.iter().zip(&counts) {
            let (mut sizes, mut left) = (Vec::new(), folder.size);
            for _ in 1..*count {
                let size = if wide { cursor.number()? } else { 0 };
                left = left
                    .checked_sub(size)
                    .ok_or_else(|| damaged("its files are larger than their folder"))?;
                sizes.push((size, None));
            }
            if *count > 0 {
                sizes.push((left, None));
            }
            self.files.push(sizes);
        }
        if wide {
            next = cursor.byte()?;
        }
        let mut unknown = Vec::new();
        for (at, folder) in self.folders.iter().enumerate() {
            match (folder.crc, self.files[at].as_mut_slice()) {
                (Some(crc), [(_, only)]) => *only = Some(crc),
                (_, files) => unknown.extend((0..files.len()).map(|file| (at, file))),
            }
        }
        loop {
            match next {
                0x00 => return Ok(()),
                0x0A => {
                    for ((folder, file), crc) in unknown.iter().zip(cursor.digests(unknown.len())?) {
                        self.files[*folder][*file].1 = crc;
                    }
                }
                _ => return Err(damaged("its header makes no sense")),
            }
            next = cursor.byte()?;
        }
    }
}

/// The header itself: streams first, then what files they are.
fn read(cursor: &mut Cursor<'_>, most: usize) -> Read<Seven> {
    let mut streams = Streams::default();
    let mut files = Files::default();
    loop {
        match cursor.byte()? {
            0x00 => break,
            0x02 => loop {
                if cursor.byte()? == 0 {
                    break;
                }
                let len = cursor.number()?;
                cursor.take(len)?;
            },
            // More streams for nothing but the archive itself.
            0x03 => Streams::default().read(cursor, most)?,
            0x04 => streams.read(cursor, most)?,
            0x05 => files.read(cursor, most)?,
            _ => return Err(damaged("its header makes no sense")),
        }
    }
    files.place(streams)
}

#[derive(Default)]
struct Files {
    count: usize,
    names: Vec<String>,
    attributes: Vec<Option<u32>>,
    no_stream: Vec<bool>,
    /// Of those without a stream, those that are files all the same.
    empty_file: Vec<bool>,
}

impl Files {
    fn read(&mut self, cursor: &mut Cursor<'_>, most: usize) -> Read<()> {
        self.count = cursor.count(most)?;
        loop {
            let kind = cursor.byte()?;
            if kind == 0 {
                return Ok(());
            }
            let len = cursor.number()?;
            let mut body = Cursor { bytes: cursor.take(len)? };
            match kind {
                0x0E => self.no_stream = body.bits(self.count)?,
                0x0F => {
                    let empty = self.no_stream.iter().filter(|empty| **empty).count();
                    self.empty_file = body.bits(empty)?;
                }
                0x11 if body.byte()? == 0 => self.names = names(body.bytes),
                0x15 => {
                    let defined = body.defined(self.count)?;
                    if body.byte()? == 0 {
                        self.attributes = defined
                            .into_iter()
                            .map(|there| there.then(|| body.u32()).transpose())
                            .collect::<Read<_>>()?;
                    }
                }
                _ => {}
            }
        }
    }

    /// Gives every file with bytes its place in a folder, in order.
    fn place(self, streams: Streams) -> Read<Seven> {
        let mut places = streams.files.iter().enumerate().flat_map(|(folder, files)| {
            files.iter().scan(0u64, move |at, (size, crc)| {
                let start = *at;
                *at = at.saturating_add(*size);
                Some((folder, start..*at, *crc))
            })
        });
        let mut empty = 0;
        let mut files = Vec::new();
        for at in 0..self.count {
            let attribute = self.attributes.get(at).copied().flatten().unwrap_or(0);
            let no_stream = self.no_stream.get(at).copied().unwrap_or(false);
            let (mut is_folder, mut place, mut crc) = (false, None, None);
            if no_stream {
                is_folder = !self.empty_file.get(empty).copied().unwrap_or(false);
                empty += 1;
            } else {
                let (folder, range, sum) =
                    places.next().ok_or_else(|| damaged("it lists more files than it holds"))?;
                (place, crc) = (Some((folder, range)), sum);
            }
            let name = self.names.get(at).cloned().unwrap_or_default();
            let mode = if attribute & 0x8000 != 0 { attribute >> 16 } else { 0 };
            files.push(File { name, mode, is_folder, place, crc });
        }
        Ok(Seven { folders: streams.folders, files })
    }
}

/// Names in UTF-16, each ended by a zero.
fn names(bytes: &[u8]) -> Vec<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let mut names: Vec<String> = units.split(|unit| *unit == 0).map(String::from_utf16_lossy).collect();
    // Behind the last zero is no name.
    names.pop();
    names
}
