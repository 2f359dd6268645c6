//! Files that a tar file holds without their empty parts: where the rest belongs.

use super::BLOCK;
use super::fields::number;
use crate::limits;
use crate::source::Source;

/// The parts that are there, and how large the file is with those that are not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sparse {
    pub(super) size: u64,
    /// Where each part begins, and how long it is.
    pub(super) parts: Vec<(u64, u64)>,
    /// The list stands in front of the data, in decimal numbers.
    pub(super) in_data: bool,
    /// There are more parts than are read.
    pub(super) too_many: bool,
}

impl Sparse {
    /// Reads what old GNU headers say, and whether more follows in the next block.
    pub(super) fn old(&mut self, block: &[u8], first: bool) -> bool {
        let (from, count, more) = if first { (386, 4, 482) } else { (0, 21, 504) };
        if first {
            self.size = block.get(483..495).and_then(number).unwrap_or(0);
        }
        for part in block.get(from..from + 24 * count).unwrap_or(&[]).chunks_exact(24) {
            // An empty field ends the list.
            if part[0] == 0 && part[12] == 0 {
                break;
            }
            match (number(&part[..12]), number(&part[12..])) {
                (Some(at), Some(len)) => self.push(at, len),
                _ => self.too_many = true,
            }
        }
        block.get(more).is_some_and(|more| *more != 0) && !self.too_many
    }

    pub(super) fn push(&mut self, at: u64, len: u64) {
        self.too_many |= self.parts.len() >= limits::SPARSE_PARTS_MAX;
        if !self.too_many {
            self.parts.push((at, len));
        }
    }

    /// The whole file, put together from the data that are there; none if the list makes no sense.
    pub(crate) fn whole(mut self, data: &Source) -> Option<Source> {
        let mut from = 0;
        if self.in_data {
            from = self.read_list(data)?;
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for (start, len) in self.parts.iter().copied().filter(|_| !self.too_many) {
            let end = start.checked_add(len).filter(|end| *end <= self.size)?;
            pieces.push(Source::zeros(start.checked_sub(at)?));
            let piece = data.slice(from, len);
            // What is cut off is cut off at its end.
            let there = piece.len();
            pieces.push(piece);
            if there < len {
                return Some(Source::joined(pieces));
            }
            from += len;
            at = end;
        }
        pieces.push(Source::zeros(self.size.checked_sub(at)?));
        pieces.retain(|piece| piece.len() > 0);
        // Data that belong nowhere must not be lost in silence.
        (!self.too_many && from == data.len()).then(|| Source::joined(pieces))
    }

    /// Reads the list in front of the data: how many parts, then two numbers each, a line a number. Gives its length.
    fn read_list(&mut self, data: &Source) -> Option<u64> {
        let bytes = data.read(0, limits::SPARSE_LIST_BYTES_MAX).ok()?;
        let mut at = 0;
        let mut next = || -> Option<u64> {
            let rest = bytes.get(at..)?;
            let end = rest.iter().take(24).position(|b| *b == b'\n')?;
            at += end + 1;
            std::str::from_utf8(&rest[..end]).ok()?.parse().ok()
        };
        let count = next()?;
        for _ in 0..count {
            let (start, len) = (next()?, next()?);
            self.push(start, len);
            if self.too_many {
                return None;
            }
        }
        Some((at as u64).next_multiple_of(BLOCK as u64))
    }
}
