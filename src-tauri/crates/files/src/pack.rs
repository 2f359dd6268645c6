//! Rows as bytes: small, checked when they are read back, the same in memory and between processes.

use std::ops::Range;

use crate::names::FieldId;
use crate::row::{Notation, Row, Slot, Span, ValueKind};

/// Writes numbers and texts one after the other.
#[derive(Debug)]
pub(crate) struct Packer<'a>(pub(crate) &'a mut Vec<u8>);

impl Packer<'_> {
    /// A number, seven bits a byte (LEB128).
    pub(crate) fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push((n & 0x7F) as u8 | 0x80);
            n >>= 7;
        }
        self.0.push((n & 0x7F) as u8);
    }

    /// A difference, which may be negative (zigzag).
    pub(crate) fn step(&mut self, from: u64, to: u64) {
        let step = to.wrapping_sub(from).cast_signed();
        self.number(((step << 1) ^ (step >> 63)).cast_unsigned());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Reads them back; none where the bytes are not what was written.
#[derive(Debug)]
pub(crate) struct Unpacker<'a>(pub(crate) &'a [u8]);

impl<'a> Unpacker<'a> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    pub(crate) fn short(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(crate) fn step(&mut self, from: u64) -> Option<u64> {
        let zigzag = self.number()?;
        let step = (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
        Some(from.wrapping_add(step.cast_unsigned()))
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let len = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

/// Whether a value's bytes are known, and its kind, in one byte.
const WITH_BYTES: u8 = 0x10;

impl Row {
    /// Appends the row as bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        let mut out = Packer(out);
        let Span { start, len, list, number, heading, kept } = self.span;
        out.number(start);
        out.number(u64::from(len));
        out.number(u64::from(list));
        out.number(u64::from(number));
        out.number(u64::from(heading) | u64::from(kept) << 1);
        out.0.push(self.notation as u8);
        out.text(&self.at);
        out.text(&self.text);
        out.number(self.slots.len() as u64);
        // Values stand one behind the other: a place is told by its distance from the one before.
        let mut place = start;
        for slot in &self.slots {
            let kind = slot.kind.code();
            out.0.push(if slot.bytes.is_some() { kind | WITH_BYTES } else { kind });
            out.number(u64::from(slot.field.0));
            out.number(u64::from(slot.text.end - slot.text.start));
            out.number(u64::from(slot.indexes.end - slot.indexes.start));
            for n in &self.indexes[slot.indexes.start as usize..slot.indexes.end as usize] {
                out.number(u64::from(*n));
            }
            if let Some(Range { start, end }) = slot.bytes {
                out.step(place, start);
                out.step(start, end);
                place = end;
            }
        }
    }

    /// Reads a row back from the beginning of `bytes`, and says how many of them it took; none if they are no row.
    pub fn unpack(&mut self, bytes: &[u8]) -> Option<usize> {
        self.clear();
        let mut from = Unpacker(bytes);
        let done = self.unpack_from(&mut from).map(|()| bytes.len() - from.0.len());
        if done.is_none() {
            self.clear();
        }
        done
    }

    fn unpack_from(&mut self, from: &mut Unpacker<'_>) -> Option<()> {
        self.span = Span {
            start: from.number()?,
            len: from.short()?,
            list: u16::try_from(from.number()?).ok()?,
            number: from.short()?,
            ..Span::default()
        };
        let marks = from.number()?;
        (self.span.heading, self.span.kept) = (marks & 1 != 0, marks & 2 != 0);
        // A variant without values is written as its number.
        self.notation = postcard::from_bytes::<Notation>(&[from.byte()?]).ok()?;
        self.at.push_str(from.text()?);
        self.text.push_str(from.text()?);
        let mut place = self.span.start;
        let mut text = 0_u32;
        for _ in 0..from.number()? {
            let code = from.byte()?;
            let kind = ValueKind::of_code(code & !WITH_BYTES)?;
            let field = FieldId(from.short()?);
            let end = text.checked_add(from.short()?)?;
            if !self.text.is_char_boundary(end as usize) {
                return None;
            }
            let first = u32::try_from(self.indexes.len()).ok()?;
            for _ in 0..from.number()? {
                self.indexes.push(from.short()?);
            }
            let last = u32::try_from(self.indexes.len()).ok()?;
            let bytes = if code & WITH_BYTES == 0 {
                None
            } else {
                let start = from.step(place)?;
                place = from.step(start)?;
                Some(start..place)
            };
            self.slots.push(Slot { field, kind, text: text..end, indexes: first..last, bytes });
            text = end;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(texts: &[String], places: &[Option<(u64, u64)>], indexes: &[u32]) -> Row {
        let mut row = Row {
            span: Span { start: 7, len: 900, list: 3, number: Span::ALONE, heading: true, kept: true },
            at: "sheet=Ventes,row=4".to_owned(),
            notation: Notation::Cell,
            ..Row::default()
        };
        for (n, text) in texts.iter().enumerate() {
            let bytes = places.get(n).copied().flatten().map(|(a, b)| a.min(b)..a.max(b));
            let kind = if n % 2 == 0 { ValueKind::Text } else { ValueKind::Number };
            row.push(FieldId(u32::try_from(n).unwrap_or(0)), kind, text, indexes, bytes);
        }
        row
    }

    proptest! {
        #[test]
        fn comes_back_as_it_was(
            texts in prop::collection::vec(".{0,20}", 0..8),
            places in prop::collection::vec(prop::option::of((0_u64..1 << 40, 0_u64..1 << 40)), 0..8),
            indexes in prop::collection::vec(any::<u32>(), 0..3),
        ) {
            let row = row(&texts, &places, &indexes);
            let mut bytes = Vec::new();
            row.pack(&mut bytes);
            let mut back = Row::default();
            prop_assert_eq!(back.unpack(&bytes), Some(bytes.len()));
            prop_assert_eq!(back, row);
        }

        #[test]
        fn bytes_of_an_enemy_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut row = Row::default();
            let _ = row.unpack(&bytes);
            for value in row.values() {
                let _ = value.text;
            }
        }

        #[test]
        fn cut_bytes_are_no_row(at in 0_usize..60) {
            let mut bytes = Vec::new();
            row(&["a".to_owned(), "é".to_owned()], &[Some((1, 2))], &[4]).pack(&mut bytes);
            if at < bytes.len() {
                prop_assert_eq!(Row::default().unpack(&bytes[..at]), None);
            }
        }
    }
}
