//! Where decoded text came from: every place in it can be led back to the bytes of the entry.

use encoding_rs::Encoding;
use std::cell::Cell;

/// Where text came from: without segments, every place is its own place in the entry.
#[derive(Debug, Default, Clone)]
pub(crate) struct Map {
    pub(super) segments: Vec<Segment>,
    /// The place that was led back last: places are asked for in their order, so the next is not far.
    last: Cell<Last>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Last {
    /// The segment behind the one it lies in; 0 for none.
    next: usize,
    text: u64,
    raw: u64,
}

/// From this place in the text on, up to the next segment, places are led back in this way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) text: u64,
    pub(super) raw: u64,
    pub(super) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Byte for byte.
    Same,
    /// So many bytes for each UTF-16 unit.
    Units(u64),
    /// So many bytes for each character.
    Chars(u64),
    /// As many bytes as the encoding takes to write it.
    Written(&'static Encoding),
    /// All of it stands for so many bytes.
    Lump(u64),
}

impl Map {
    pub(super) fn add(&mut self, text: u64, raw: u64, how: How) {
        match self.segments.last() {
            // What goes on as before needs no new segment.
            Some(Segment { text: t, raw: r, how: How::Same }) if how == How::Same && text - t == raw - r => {}
            None if how == How::Same && text == raw => {}
            _ => {
                self.last.set(Last::default());
                self.segments.push(Segment { text, raw, how });
            }
        }
    }

    /// Forgets what lies before `piece.text[start]`.
    pub(crate) fn forget(&mut self, piece_text: &str, base: u64, start: usize) {
        if self.segments.is_empty() {
            return;
        }
        let at = base + start as u64;
        let raw = Piece { text: piece_text, base, map: self }.raw(start);
        let keep = self.segments.partition_point(|s| s.text <= at);
        if keep == 0 {
            return;
        }
        let mut first = self.segments[keep - 1];
        if first.text < at && matches!(first.how, How::Lump(_)) {
            first.how = How::Same;
        }
        (first.text, first.raw) = (at, raw);
        self.last.set(Last::default());
        self.segments.drain(..keep - 1);
        self.segments[0] = first;
    }
}

/// Decoded text of an entry, from somewhere in its middle.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    /// The place of its first byte in the whole text.
    pub(crate) base: u64,
    pub(crate) map: &'a Map,
}

impl Piece<'_> {
    /// The place in the entry's own bytes of `text[at]`.
    pub(crate) fn raw(&self, at: usize) -> u64 {
        let place = self.base + at as u64;
        let segments = &self.map.segments;
        if segments.is_empty() {
            return place;
        }
        let last = self.map.last.get();
        let near = last.next > 0
            && last.text <= place
            && segments.get(last.next).is_none_or(|next| place < next.text)
            && last.next <= segments.len();
        let n = if near { last.next } else { segments.partition_point(|s| s.text <= place) };
        if n == 0 {
            return place;
        }
        let Segment { text: start, raw: start_raw, how } = segments[n - 1];
        let (text, raw) = if near { (last.text, last.raw) } else { (start, start_raw) };
        let most = segments.get(n).map_or(u64::MAX, |next| next.raw);
        let since = || {
            let from = usize::try_from(text.saturating_sub(self.base)).unwrap_or(0);
            self.text.get(from.min(at)..at).unwrap_or("")
        };
        let found = match how {
            How::Same => start_raw + (place - start),
            How::Units(n) => raw + n * since().encode_utf16().count() as u64,
            How::Chars(n) => raw + n * since().chars().count() as u64,
            How::Written(encoding) => raw + encoding.encode(since()).0.len() as u64,
            How::Lump(n) => start_raw + if place == start { 0 } else { n },
        };
        let found = found.min(most);
        self.map.last.set(Last { next: n, text: place, raw: found });
        found
    }

    /// The bytes of the entry behind `text[from..to]`.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> std::ops::Range<u64> {
        if self.map.segments.is_empty() {
            return self.base + from as u64..self.base + to as u64;
        }
        let start = self.raw(from);
        start..self.raw(to).max(start)
    }
}
