//! Bytes become text, and every place in the text can be led back to the bytes that it came from.

pub(crate) mod dos;
mod map;

use std::borrow::Cow;

use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use self::map::{How, Segment};
pub(crate) use self::map::{Map, Piece};
use crate::layout::{Decoding, Encoding, Layout};

/// The way bytes are read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// UTF-8; what is not becomes U+FFFD.
    Utf8,
    /// UTF-8 with single bytes of an older encoding between: files that were glued together.
    Mixed(&'static encoding_rs::Encoding),
    /// One of the older encodings, in which ASCII is ASCII.
    Legacy(&'static encoding_rs::Encoding),
    /// The Japanese encoding that switches by escape sequences.
    Escaped,
    /// A code page of DOS: what stands for the bytes from 0x80 on.
    Dos(&'static [char; 128]),
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Way {
    /// The way that a layout's decoding means.
    pub(crate) fn of(decoding: Decoding) -> Self {
        match decoding.encoding {
            Encoding::Standard(e) if e == UTF_8 => Self::Utf8,
            Encoding::Standard(e) if e == UTF_16LE => Self::Utf16Le,
            Encoding::Standard(e) if e == UTF_16BE => Self::Utf16Be,
            Encoding::Standard(e) if e == ISO_2022_JP => Self::Escaped,
            Encoding::Standard(e) => Self::Legacy(e),
            Encoding::Mixed(e) => Self::Mixed(e),
            Encoding::Ibm850 => Self::Dos(&dos::IBM850),
            Encoding::Ibm437 => Self::Dos(&dos::IBM437),
            Encoding::Utf32Le => Self::Utf32Le,
            Encoding::Utf32Be => Self::Utf32Be,
        }
    }
}

/// So much is decoded between two segments: leading a place back counts at most so many bytes.
const STRIDE: usize = 256;

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
        Way::Utf8 | Way::Mixed(_) => {
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
                if let Way::Mixed(other) = way {
                    trouble.strays += 1;
                    map.add(here, raw_at + done as u64, How::Chars(1));
                    text.push_str(&other.decode_without_bom_handling(&raw[done..done + bad]).0);
                } else {
                    trouble.invalid += 1;
                    map.add(here, raw_at + done as u64, How::Lump(bad as u64));
                    text.push('\u{FFFD}');
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
                    let mut decoder = encoding.new_decoder_without_bom_handling();
                    // No character of these encodings takes more than three bytes of UTF-8.
                    text.reserve(bytes.len() * 3 + 8);
                    let (_, _, malformed) = decoder.decode_to_string(bytes, text, true);
                    trouble.invalid += u64::from(malformed);
                    if malformed {
                        trouble.first.get_or_insert(at);
                    }
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
        Way::Dos(table) => {
            for (n, bytes) in raw.chunks(STRIDE).enumerate() {
                let how = if bytes.is_ascii() { How::Same } else { How::Chars(1) };
                map.add(text_base + text.len() as u64, raw_at + (n * STRIDE) as u64, how);
                text.extend(bytes.iter().map(|b| match b.checked_sub(0x80) {
                    None => char::from(*b),
                    Some(high) => table[usize::from(high)],
                }));
            }
            raw.len()
        }
        Way::Escaped => escaped(raw, raw_at, last, text, text_base, map, trouble),
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
        Way::Utf32Le | Way::Utf32Be => {
            let whole = raw.len() / 4 * 4;
            for (n, bytes) in raw[..whole].chunks_exact(4).enumerate() {
                if n % (STRIDE / 4) == 0 {
                    map.add(text_base + text.len() as u64, raw_at + 4 * n as u64, How::Chars(4));
                }
                let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
                let little = way == Way::Utf32Le;
                let c = if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
                let c = char::from_u32(c);
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

/// Decodes text with escape sequences: each run of the other set of characters is one lump, with the marks around it.
fn escaped(
    raw: &[u8],
    raw_at: u64,
    last: bool,
    text: &mut String,
    text_base: u64,
    map: &mut Map,
    trouble: &mut Trouble,
) -> usize {
    let mut done = 0;
    while done < raw.len() {
        let here = text_base + text.len() as u64;
        let at = raw_at + done as u64;
        let plain = memchr::memchr(ESCAPE, &raw[done..]).unwrap_or(raw.len() - done);
        if plain > 0 {
            map.add(here, at, How::Same);
            text.extend(
                raw[done..done + plain]
                    .iter()
                    .map(|b| if b.is_ascii() { char::from(*b) } else { '\u{FFFD}' }),
            );
            done += plain;
            continue;
        }
        // A run ends where the text goes back to ASCII, or with its line.
        let rest = &raw[done..raw.len().min(done + FAR)];
        let back = memchr::memmem::find(&rest[1..], BACK).map(|n| n + 1 + BACK.len());
        let line = memchr::memchr2(b'\n', b'\r', rest);
        let end = match (back, line) {
            (Some(back), Some(line)) => Some(back.min(line)),
            (back, line) => back.or(line),
        };
        let Some(end) = end.or((last || rest.len() == FAR).then_some(rest.len())) else { break };
        let (decoded, malformed) = ISO_2022_JP.decode_without_bom_handling(&rest[..end]);
        if malformed {
            trouble.invalid += 1;
            trouble.first.get_or_insert(at);
        }
        map.add(here, at, How::Lump(end as u64));
        text.push_str(&decoded);
        done += end;
        map.add(text_base + text.len() as u64, raw_at + done as u64, How::Same);
    }
    done
}

/// What starts an escape sequence, and the sequence that goes back to ASCII.
const ESCAPE: u8 = 0x1B;
const BACK: &[u8] = b"\x1B(B";

/// The end of the next bytes that can be decoded on their own; none if more must be known.
fn safe_end(encoding: &'static encoding_rs::Encoding, raw: &[u8], done: usize, last: bool) -> Option<usize> {
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
fn written_back<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (*encoding.encode(&decoded).0 == *bytes).then_some(decoded)
}

/// How far a safe place to cut is looked for.
const FAR: usize = 64 << 10;

/// Decodes bytes that are damaged, or written in an unusual way: one character after the other, so that the same bytes always give the same text, wherever the reading starts.
fn damaged(
    encoding: &'static encoding_rs::Encoding,
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
    if matches!(way, Way::Utf8 | Way::Mixed(_))
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
