//! The container of old Office documents and of Outlook's messages: storages and streams in chains of sectors.
//!
//! File format: [MS-CFB]. What it claims is bounded by the file's own size: a chain is followed no further than there are
//! sectors.

/// A container.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    /// Streams below this size stand in small sectors.
    small_below: u64,
    entries: Vec<Entry>,
    /// Whether a chain leads out of the file or back to itself.
    pub(crate) damaged: std::cell::Cell<bool>,
}

/// A storage or a stream.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) is_storage: bool,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    pub(crate) size: u64,
}

/// How every container begins.
pub(crate) const BEGINNING: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The number of the storage that holds all others.
pub(crate) const ROOT: usize = 0;

const SMALL_SECTOR: usize = 64;

/// Numbers from here on are no sectors.
const LAST: u32 = 0xFFFF_FFFA;

fn number(bytes: &[u8], at: usize, count: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    number(bytes, at, 4).and_then(|n| u32::try_from(n).ok())
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes(b.try_into().unwrap_or_default()))
}

impl<'a> Compound<'a> {
    /// Reads the directory of a container; none if it is none.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match number(bytes, 30, 2)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            small_below: number(bytes, 56, 4)?,
            entries: Vec::new(),
            damaged: std::cell::Cell::new(false),
        };
        let sectors = bytes.len() / sector + 1;
        let mut tables: Vec<u32> = words(bytes.get(76..512)?).filter(|n| *n < LAST).collect();
        // More tables are listed in a chain of their own, whose last word is the next link.
        let mut more = word(bytes, 68)?;
        for _ in 0..sectors {
            let Some(list) = file.at(more).filter(|_| more < LAST) else { break };
            let list: Vec<u32> = words(list).collect();
            let Some((link, listed)) = list.split_last() else { break };
            tables.extend(listed.iter().filter(|n| **n < LAST));
            more = *link;
        }
        for table in tables.into_iter().take(sectors) {
            let Some(content) = file.at(table) else {
                file.damaged.set(true);
                break;
            };
            let content: Vec<u32> = words(content).collect();
            file.next.extend(content);
        }
        let small_tables = file.chain(word(bytes, 60)?, u64::MAX);
        file.next_small = words(&small_tables).collect();
        let directory = file.chain(word(bytes, 48)?, u64::MAX);
        file.entries = directory.chunks_exact(128).map(|entry| Entry::read(entry, sector)).collect();
        let root = file.entries.first()?;
        file.small = file.chain(root.start, root.size);
        Some(file)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|r| !r.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The content of a chain of sectors.
    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let mut made = Vec::new();
        let mut at = start;
        for _ in 0..=self.next.len() {
            if at >= LAST || made.len() as u64 >= size {
                break;
            }
            let Some(content) = self.at(at) else {
                self.damaged.set(true);
                break;
            };
            made.extend_from_slice(content);
            at = self.next.get(at as usize).copied().unwrap_or(u32::MAX);
        }
        made.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        made
    }

    fn small_chain(&self, start: u32, size: u64) -> Vec<u8> {
        let mut made = Vec::new();
        let mut at = start;
        for _ in 0..=self.next_small.len() {
            if at >= LAST || made.len() as u64 >= size {
                break;
            }
            let from = (at as usize).saturating_mul(SMALL_SECTOR);
            let Some(content) =
                self.small.get(from..(from.saturating_add(SMALL_SECTOR)).min(self.small.len()))
            else {
                self.damaged.set(true);
                break;
            };
            made.extend_from_slice(content);
            at = self.next_small.get(at as usize).copied().unwrap_or(u32::MAX);
        }
        made.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        made
    }

    /// What a storage holds, in the order of its names.
    pub(crate) fn children(&self, storage: usize) -> Vec<(usize, &Entry)> {
        let mut found = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut left = vec![self.entries.get(storage).map_or(u32::MAX, |e| e.child)];
        while let Some(at) = left.pop() {
            let Some(entry) = self.entries.get(at as usize) else { continue };
            if !seen.insert(at) {
                self.damaged.set(true);
                continue;
            }
            found.push((at as usize, entry));
            left.extend([entry.left, entry.right]);
        }
        found.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        found
    }

    /// The content of a stream.
    pub(crate) fn content(&self, stream: usize) -> Vec<u8> {
        let Some(entry) = self.entries.get(stream) else { return Vec::new() };
        let made = if entry.size < self.small_below {
            self.small_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        };
        if (made.len() as u64) < entry.size {
            self.damaged.set(true);
        }
        made
    }

    /// The content of a stream of this name in a storage.
    pub(crate) fn named(&self, storage: usize, name: &str) -> Option<Vec<u8>> {
        let (stream, _) =
            self.children(storage).into_iter().find(|(_, e)| !e.is_storage && e.name == name)?;
        Some(self.content(stream))
    }
}

impl Entry {
    fn read(bytes: &[u8], sector: usize) -> Self {
        let length = number(bytes, 64, 2).and_then(|n| usize::try_from(n).ok()).unwrap_or(0).clamp(2, 64);
        let units: Vec<u16> =
            bytes[..length - 2].chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
        let link = |at: usize| word(bytes, at).unwrap_or(u32::MAX);
        // The upper half of the size may hold anything in files of small sectors.
        let count = if sector == 512 { 4 } else { 8 };
        Self {
            name: String::from_utf16_lossy(&units),
            is_storage: matches!(bytes.get(66), Some(1 | 5)),
            left: link(68),
            right: link(72),
            child: link(76),
            start: link(116),
            size: number(bytes, 120, count).unwrap_or(0),
        }
    }
}
