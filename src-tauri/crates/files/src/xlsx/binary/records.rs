//! The records of a part, one after the other, and the values in them.

use std::io::{BufReader, Read};

use archive::EntryReader;

use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::Package;
use crate::out::Out;

/// A part that is being read.
pub(in super::super) struct Records<'a> {
    name: String,
    reader: BufReader<EntryReader<'a>>,
    data: Vec<u8>,
    cut: bool,
    too_long: u64,
}

impl<'a> Records<'a> {
    /// A part of this name, if there is one.
    pub(in super::super) fn open(package: &'a Package, name: &str) -> Option<Self> {
        let reader = BufReader::with_capacity(limits::HEAD, package.stream(name)?);
        Some(Self { name: name.to_owned(), reader, data: Vec::new(), cut: false, too_long: 0 })
    }

    /// The next record: what it is, and its content.
    pub(super) fn next(&mut self) -> Option<(u32, Fields<'_>)> {
        loop {
            let kind = self.packed(2)?;
            let length = self.packed(4);
            self.cut |= length.is_none();
            let length = u64::from(length?);
            self.data.clear();
            let most = length.min(limits::CELL as u64);
            let read = self.reader.by_ref().take(most).read_to_end(&mut self.data).unwrap_or(0) as u64;
            if read < most {
                self.cut = true;
            }
            if length > most {
                // No cell holds as much; the rest is passed over, and so is its beginning.
                self.too_long += 1;
                let rest = length - most;
                let passed = std::io::copy(&mut self.reader.by_ref().take(rest), &mut std::io::sink());
                self.cut |= passed.unwrap_or(0) < rest;
                continue;
            }
            return Some((kind, Fields { bytes: &self.data }));
        }
    }

    /// A number in groups of seven bits, the last of which has no mark.
    fn packed(&mut self, groups: u32) -> Option<u32> {
        let mut number = 0;
        for n in 0..groups {
            let mut byte = [0];
            if self.reader.read(&mut byte).unwrap_or(0) == 0 {
                self.cut |= n > 0;
                return None;
            }
            number |= u32::from(byte[0] & 0x7F) << (7 * n);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }

    /// Tells what was odd in the part.
    pub(in super::super) fn tell(self, out: &mut Out<'_>) {
        let Self { name, reader, cut, too_long, .. } = self;
        let called = quoted(&name);
        let odd = reader.into_inner().finish();
        out.partly |= cut || too_long > 0 || !odd.is_empty();
        let mut add = |message: String| {
            out.odd.add("part_damaged", |o| say(message)(o).with("part", &name));
        };
        if cut && odd.is_empty() {
            add(format!("the part {called} ends in the middle"));
        }
        for odd in odd {
            add(format!("the part {called} is damaged: {}", odd.message));
        }
        if too_long > 0 {
            add(format!("the part {called} has more text in one place than can be held"));
        }
    }
}

/// The content of a record, taken from its front.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    bytes: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.bytes().map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.bytes().map(f64::from_le_bytes)
    }

    pub(super) fn pass(&mut self, count: usize) -> Option<()> {
        self.bytes = self.bytes.get(count..)?;
        Some(())
    }

    /// A text behind the number of its letters; none where a mark says that there is none.
    pub(super) fn text(&mut self) -> Option<String> {
        let letters = self.u32()?;
        if letters == u32::MAX {
            return Some(String::new());
        }
        let bytes = (letters as usize).checked_mul(2)?;
        // What claims to be longer than its record is taken as far as it goes.
        let (text, rest) = self.bytes.split_at(bytes.min(self.bytes.len()));
        self.bytes = rest;
        let units = text.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    /// A text with marks for its fonts and pronunciation, which follow it.
    pub(super) fn rich_text(&mut self) -> Option<String> {
        self.u8()?;
        self.text()
    }

    /// The first column and row of a range of cells.
    pub(super) fn range(&mut self) -> Option<(u32, u32)> {
        let (row, _, column, _) = (self.u32()?, self.u32()?, self.u32()?, self.u32()?);
        Some((column, row))
    }
}
