//! Bytes become text, and every place in the text can be led back to the bytes that it came from.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::cell::Cell;

use crate::layout::{Decoding, Layout, ToldBy};

/// The way bytes are read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// UTF-8; what is not becomes U+FFFD.
    Utf8,
    /// UTF-8 with single bytes of Windows-1252 between: files that were glued together.
    Mixed,
    /// One of the older encodings, in which ASCII is ASCII.
    Legacy(&'static Encoding),
    Utf16Le,
    Utf16Be,
    /// Little endian, with its mark.
    Utf32,
}

/// What stands for UTF-32, which the Encoding Standard does not have.
pub(crate) const UTF_32: &Encoding = encoding_rs::REPLACEMENT;

impl Way {
    /// The way that a layout's decoding means.
    pub(crate) fn of(decoding: Decoding) -> Self {
        let Decoding { encoding, told_by } = decoding;
        if encoding == UTF_8 {
            if told_by == ToldBy::Detected { Self::Mixed } else { Self::Utf8 }
        } else if encoding == UTF_16LE {
            Self::Utf16Le
        } else if encoding == UTF_16BE {
            Self::Utf16Be
        } else if encoding == UTF_32 {
            Self::Utf32
        } else {
            Self::Legacy(encoding)
        }
    }
}

/// Where text came from: without segments, every place is its own place in the entry.
#[derive(Debug, Default, Clone)]
pub(crate) struct Map {
    segments: Vec<Segment>,
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
struct Segment {
    text: u64,
    raw: u64,
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
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

/// So much is decoded between two segments: leading a place back counts at most so many bytes.
const STRIDE: usize = 256;

impl Map {
    fn add(&mut self, text: u64, raw: u64, how: How) {
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

/// What decoding met on its way.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    /// Sequences that are no text in the encoding.
    pub(crate) invalid: u64,
    /// Bytes that had to be read as Windows-1252 between UTF-8.
    pub(crate) strays: u64,
    /// The place of the first of either.
    pub(crate) first: Option<u64>,
}

/// Appends `raw` as text and says how many bytes it took: less than all where a character is still incomplete and
/// more bytes will follow (`!last`). `text_base` is the place of `text[0]`, `raw_at` that of `raw[0]`.
///
/// In [`Way::Utf8`] it stops at the first invalid sequence if `settled` is not set, so that the caller can think again.
#[expect(clippy::too_many_arguments, reason = "one pass over bytes: every value is a cursor of it")]
pub(crate) fn decode(
    way: Way,
    raw: &[u8],
    raw_at: u64,
    last: bool,
    settled: bool,
    text: &mut String,
    text_base: u64,
    map: &mut Map,
    trouble: &mut Trouble,
) -> usize {
    match way {
        Way::Utf8 | Way::Mixed => {
            let mut done = 0;
            while done < raw.len() {
                let (good, bad) = match std::str::from_utf8(&raw[done..]) {
                    Ok(good) => (good, None),
                    Err(e) => {
                        let good =
                            std::str::from_utf8(&raw[done..done + e.valid_up_to()]).unwrap_or_default();
                        (good, Some(e.error_len()))
                    }
                };
                if !good.is_empty() {
                    map.add(text_base + text.len() as u64, raw_at + done as u64, How::Same);
                    text.push_str(good);
                    done += good.len();
                }
                let Some(bad) = bad else { break };
                let left = raw.len() - done;
                let bad = match bad {
                    None if !last => return done,
                    None => left,
                    Some(n) => n,
                };
                if way == Way::Utf8 && !settled {
                    return done;
                }
                trouble.first.get_or_insert(raw_at + done as u64);
                let here = text_base + text.len() as u64;
                if way == Way::Utf8 {
                    trouble.invalid += 1;
                    map.add(here, raw_at + done as u64, How::Lump(bad as u64));
                    text.push('\u{FFFD}');
                } else {
                    trouble.strays += 1;
                    map.add(here, raw_at + done as u64, How::Chars(1));
                    text.push_str(&WINDOWS_1252.decode_without_bom_handling(&raw[done..done + bad]).0);
                }
                done += bad;
                map.add(text_base + text.len() as u64, raw_at + done as u64, How::Same);
            }
            done
        }
        Way::Legacy(encoding) => {
            let mut done = 0;
            while done < raw.len() {
                let Some(end) = safe_end(encoding, raw, done, last) else { break };
                let bytes = &raw[done..end];
                let here = text_base + text.len() as u64;
                let at = raw_at + done as u64;
                if bytes.is_ascii() {
                    map.add(here, at, How::Same);
                    text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
                } else if encoding.is_single_byte() {
                    map.add(here, at, How::Chars(1));
                    let (decoded, malformed) = encoding.decode_without_bom_handling(bytes);
                    trouble.invalid += u64::from(malformed);
                    if malformed {
                        trouble.first.get_or_insert(at);
                    }
                    text.push_str(&decoded);
                } else if let Some(decoded) = written_back(encoding, bytes) {
                    map.add(here, at, How::Written(encoding));
                    text.push_str(&decoded);
                } else {
                    damaged(encoding, bytes, at, text, text_base, map, trouble);
                }
                done = end;
            }
            done
        }
        Way::Utf16Le | Way::Utf16Be => {
            let unit = |pair: &[u8]| {
                if way == Way::Utf16Le {
                    u16::from_le_bytes([pair[0], pair[1]])
                } else {
                    u16::from_be_bytes([pair[0], pair[1]])
                }
            };
            let mut whole = raw.len() / 2 * 2;
            if !last && whole >= 2 && (0xD800..0xDC00).contains(&unit(&raw[whole - 2..])) {
                whole -= 2;
            }
            let mut done = 0;
            while done < whole {
                let mut end = (done + STRIDE).min(whole);
                if end < whole && (0xD800..0xDC00).contains(&unit(&raw[end - 2..])) {
                    end += 2;
                }
                map.add(text_base + text.len() as u64, raw_at + done as u64, How::Units(2));
                for c in char::decode_utf16(raw[done..end].chunks_exact(2).map(unit)) {
                    text.push(c.unwrap_or_else(|_| {
                        trouble.invalid += 1;
                        trouble.first.get_or_insert(raw_at + done as u64);
                        '\u{FFFD}'
                    }));
                }
                done = end;
            }
            odd_end(raw, whole, raw_at, last, text, text_base, map, trouble)
        }
        Way::Utf32 => {
            let whole = raw.len() / 4 * 4;
            for (n, bytes) in raw[..whole].chunks_exact(4).enumerate() {
                if n % (STRIDE / 4) == 0 {
                    map.add(text_base + text.len() as u64, raw_at + 4 * n as u64, How::Chars(4));
                }
                let c = char::from_u32(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
                text.push(c.unwrap_or_else(|| {
                    trouble.invalid += 1;
                    trouble.first.get_or_insert(raw_at + 4 * n as u64);
                    '\u{FFFD}'
                }));
            }
            odd_end(raw, whole, raw_at, last, text, text_base, map, trouble)
        }
    }
}

/// The end of the next bytes that can be decoded on their own; none if more must be known.
fn safe_end(encoding: &'static Encoding, raw: &[u8], done: usize, last: bool) -> Option<usize> {
    let end = (done + STRIDE).min(raw.len());
    if encoding.is_single_byte() || last && end == raw.len() {
        return Some(end);
    }
    // Bytes below 0x30 are never the second half of a character in any of these encodings.
    let low = |b: &u8| *b < 0x30;
    let far = (end + FAR).min(raw.len());
    let next = raw[end - 1..far].iter().position(low).map(|n| end + n);
    let before = || raw[done..end].iter().rposition(low).map(|n| done + n + 1);
    let found = next.or_else(before);
    if found.is_some() || (!last && far == raw.len()) { found } else { Some(far) }
}

/// Decodes bytes that would be written just so again, so that places can be counted by writing.
fn written_back<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (*encoding.encode(&decoded).0 == *bytes).then_some(decoded)
}

/// How far a safe place to cut is looked for.
const FAR: usize = 64 << 10;

/// Decodes bytes that are damaged, or written in an unusual way: one character after the other, so that the same bytes always give the same text, wherever the reading starts.
fn damaged(
    encoding: &'static Encoding,
    bytes: &[u8],
    at: u64,
    text: &mut String,
    text_base: u64,
    map: &mut Map,
    trouble: &mut Trouble,
) {
    let mut done = 0;
    while done < bytes.len() {
        let here = text_base + text.len() as u64;
        let place = at + done as u64;
        let whole = (1..=4.min(bytes.len() - done)).find_map(|n| {
            let one = encoding.decode_without_bom_handling_and_without_replacement(&bytes[done..done + n])?;
            Some((n, one))
        });
        match whole {
            Some((n, one)) => {
                map.add(here, place, if n == 1 && one.is_ascii() { How::Same } else { How::Lump(n as u64) });
                text.push_str(&one);
                done += n;
            }
            None => {
                trouble.invalid += 1;
                trouble.first.get_or_insert(place);
                map.add(here, place, How::Lump(1));
                text.push('\u{FFFD}');
                done += 1;
            }
        }
    }
    map.add(text_base + text.len() as u64, at + bytes.len() as u64, How::Same);
}

/// What is left of a file whose length does not fit its encoding.
#[expect(clippy::too_many_arguments, reason = "the end of the pass over bytes above")]
fn odd_end(
    raw: &[u8],
    whole: usize,
    raw_at: u64,
    last: bool,
    text: &mut String,
    text_base: u64,
    map: &mut Map,
    trouble: &mut Trouble,
) -> usize {
    let left = raw.len() - whole;
    if !last || left == 0 {
        return whole;
    }
    trouble.invalid += 1;
    trouble.first.get_or_insert(raw_at + whole as u64);
    map.add(text_base + text.len() as u64, raw_at + whole as u64, How::Lump(left as u64));
    text.push('\u{FFFD}');
    raw.len()
}

/// Bytes from the middle of an entry as text, in the way of its layout.
pub(crate) fn decode_slice<'a>(layout: &Layout, bytes: &'a [u8], at: u64) -> Decoded<'a> {
    let way = Way::of(layout.decoding);
    if matches!(way, Way::Utf8 | Way::Mixed)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: Cow::Borrowed(text), base: at, map: Map::default() };
    }
    let mut text = String::new();
    let mut map = Map::default();
    map.segments.push(Segment { text: 0, raw: at, how: How::Same });
    decode(way, bytes, at, true, true, &mut text, 0, &mut map, &mut Trouble::default());
    Decoded { text: Cow::Owned(text), base: 0, map }
}

/// Text of its own.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    base: u64,
    map: Map,
}

impl Decoded<'_> {
    pub(crate) fn piece(&self) -> Piece<'_> {
        Piece { text: &self.text, base: self.base, map: &self.map }
    }
}
