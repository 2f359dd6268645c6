//! One JSON value becomes the values of a row, without recursion. The same code reads a record the first time and
//! again later.

use crate::decode::Piece;
use crate::limits;
use crate::names::{NOWHERE, Namer, Step};
use crate::row::{Row, ValueKind};

/// The text ended inside a value, and there is more to come.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NeedMore;

/// Something odd in a value: what, and the place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Odd {
    Unexpected(usize),
    CutOff(usize),
    Control(usize),
    NotANumber(usize),
    Loose(usize),
    Duplicate(usize),
    Surrogate(usize),
    TooDeep(usize),
}

/// What reading a value needs beside it; kept from value to value to spare memory.
#[derive(Default)]
pub(crate) struct Scratch {
    frames: Vec<Frame>,
    indexes: Vec<u32>,
    key: String,
    /// By step: the object in which it was last seen, and how often.
    seen: Vec<(u32, u32)>,
    objects: u32,
    /// The how-many-eth of its key the value is that comes next.
    pub(crate) times: u32,
    pub(crate) odd: Vec<Odd>,
}

struct Frame {
    step: Step,
    /// The key before, or the step of the items.
    last: Step,
    array: bool,
    /// A comma stands before this place, and nothing behind it yet.
    comma: bool,
    object: u32,
}

/// How many oddities of one value are told.
const ODD: usize = 100;

impl Scratch {
    fn odd(&mut self, odd: Odd) {
        if self.odd.len() < ODD {
            self.odd.push(odd);
        }
    }

    /// Whether the value was broken, and not only careless.
    pub(crate) fn unexpected(&self) -> bool {
        self.odd.iter().any(|o| matches!(o, Odd::Unexpected(_)))
    }

    /// How often this key was there in this object, with this time.
    fn times(&mut self, step: Step, object: u32) -> u32 {
        if step == NOWHERE {
            return 1;
        }
        let n = step as usize;
        if self.seen.len() <= n {
            self.seen.resize(n + 1, (0, 0));
        }
        let (last, times) = &mut self.seen[n];
        *times = if *last == object { times.saturating_add(1) } else { 1 };
        *last = object;
        *times
    }
}

/// The mark in front of each value of a sequence (RFC 7464).
pub(crate) const RECORD: u8 = 0x1E;

/// Whether a comment stands in what was skipped. An empty one is the guard in front of a script.
pub(super) fn comment(skipped: &str) -> bool {
    memchr::memchr(b'/', skipped.as_bytes()).is_some() && skipped.trim() != "/**/"
}

/// Skips white space and comments, and what RFC 7464 puts in front of each value of a sequence.
pub(crate) fn skip_space(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') | Some(&RECORD) => at += 1,
            Some(b'/') if bytes.get(at + 1) == Some(&b'/') => {
                at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            }
            Some(b'/') if bytes.get(at + 1) == Some(&b'*') => {
                at = memchr::memmem::find(&bytes[at + 2..], b"*/").map_or(bytes.len(), |n| at + 2 + n + 2);
            }
            Some(0xC2) if bytes.get(at + 1) == Some(&0xA0) => at += 2,
            Some(0xEF) if bytes[at..].starts_with("\u{FEFF}".as_bytes()) => at += 3,
            _ => return at,
        }
    }
}

/// The inner end of the string whose first character is at `at`, and whether it needs a second look (escapes).
/// None if the quote does not close.
pub(crate) fn string_end(
    bytes: &[u8],
    mut at: usize,
    quote: u8,
    control: &mut Option<usize>,
) -> Option<(usize, bool)> {
    let mut escaped = false;
    loop {
        while let Some(b) = bytes.get(at)
            && *b >= 0x20
            && *b != quote
            && *b != b'\\'
        {
            at += 1;
        }
        match bytes.get(at) {
            None => return None,
            Some(b'\\') => {
                escaped = true;
                at += 2;
            }
            Some(b) if *b == quote => return Some((at, escaped)),
            Some(_) => {
                control.get_or_insert(at);
                at += 1;
            }
        }
    }
}

/// Resolves escapes. Lone surrogates become U+FFFD, unknown escapes stay as written. True if there was such a
/// surrogate.
pub(crate) fn unescape(text: &str, out: &mut String) -> bool {
    let mut lone = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(n) = memchr::memchr(b'\\', &bytes[at..]) {
        out.push_str(&text[at..at + n]);
        at += n + 1;
        let plain = match bytes.get(at) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b @ (b'"' | b'\\' | b'/' | b'\'')) => char::from(*b),
            Some(b'u') => {
                if let Some(unit) = unit(bytes, at + 1) {
                    at += 5;
                    let low = (bytes.get(at) == Some(&b'\\') && bytes.get(at + 1) == Some(&b'u'))
                        .then(|| self::unit(bytes, at + 2))
                        .flatten();
                    let c = match (unit, low) {
                        (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
                            at += 6;
                            char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
                        }
                        _ => char::from_u32(unit),
                    };
                    lone |= c.is_none();
                    out.push(c.unwrap_or('\u{FFFD}'));
                } else {
                    out.push('\\');
                }
                continue;
            }
            _ => {
                out.push('\\');
                continue;
            }
        };
        out.push(plain);
        at += 1;
    }
    out.push_str(&text[at..]);
    lone
}

/// The number that four hexadecimal digits stand for.
pub(crate) fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 4)?;
    digits.iter().try_fold(0, |n, b| Some(n * 16 + char::from(*b).to_digit(16)?))
}

/// The end of a bare word or number.
pub(crate) fn bare_end(bytes: &[u8], at: usize) -> usize {
    let stop =
        |b: &u8| matches!(b, b',' | b']' | b'}' | b':' | b' ' | b'\n' | b'\r' | b'\t' | b'"' | b'[' | b'{');
    bytes[at..].iter().position(stop).map_or(bytes.len(), |n| at + n)
}

/// Reads the key that starts at `at` into `key`: where its text starts and ends as written, and what comes behind it.
fn key(
    text: &str,
    at: usize,
    ended: bool,
    key: &mut String,
    scratch_odd: &mut Vec<Odd>,
) -> Result<(usize, usize), NeedMore> {
    let bytes = text.as_bytes();
    key.clear();
    let quote = bytes[at];
    if quote == b'"' || quote == b'\'' {
        if quote == b'\'' {
            scratch_odd.push(Odd::Loose(at));
        }
        let mut control = None;
        match string_end(bytes, at + 1, quote, &mut control) {
            Some((end, escaped)) => {
                if let Some(c) = control {
                    scratch_odd.push(Odd::Control(c));
                }
                if escaped {
                    if unescape(&text[at + 1..end], key) {
                        scratch_odd.push(Odd::Surrogate(at));
                    }
                } else {
                    key.push_str(&text[at + 1..end]);
                }
                Ok((end + 1, at + 1))
            }
            None if !ended => Err(NeedMore),
            None => {
                scratch_odd.push(Odd::CutOff(at));
                key.push_str(&text[at + 1..]);
                Ok((text.len(), at + 1))
            }
        }
    } else {
        let end = bare_end(bytes, at);
        if end == bytes.len() && !ended {
            return Err(NeedMore);
        }
        scratch_odd.push(Odd::Loose(at));
        key.push_str(&text[at..end]);
        Ok((end.max(at), at))
    }
}

/// The step of an object or a list whose key its object has already: each place leads to one value.
fn again(step: Step, times: u32, namer: &mut Namer<'_>) -> Step {
    namer.step(NOWHERE, step, &format!("~{times}"))
}

/// The key at `at` on its own: its text and the place behind the colon. None if there is no key.
pub(crate) fn member_key(
    text: &str,
    at: usize,
    ended: bool,
    out: &mut String,
) -> Result<Option<usize>, NeedMore> {
    let mut odd = Vec::new();
    if at >= text.len() {
        return if ended { Ok(None) } else { Err(NeedMore) };
    }
    let (end, _) = key(text, at, ended, out, &mut odd)?;
    if end == at {
        return Ok(None);
    }
    let colon = skip_space(text, end);
    match text.as_bytes().get(colon) {
        Some(b':') => Ok(Some(colon + 1)),
        None if !ended => Err(NeedMore),
        _ => Ok(None),
    }
}

/// Reads the value at `at` into the row, as the field that `step` stands for and those below it. Gives the place
/// behind it.
///
/// A value that is cut off gives what there is of it if `ended`.
pub(crate) fn read(
    piece: Piece<'_>,
    at: usize,
    ended: bool,
    step: Step,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) -> Result<usize, NeedMore> {
    let text = piece.text;
    let bytes = text.as_bytes();
    let mut at = at;
    // Whether a value is due, and of which step; else a key, a comma or an end.
    let mut due = Some(step);
    let mut times_due = std::mem::take(&mut scratch.times);
    let top = step;
    scratch.frames.clear();
    scratch.indexes.clear();
    loop {
        let space = at;
        at = skip_space(text, at);
        if comment(&text[space..at]) {
            scratch.odd(Odd::Loose(space));
        }
        let Some(b) = bytes.get(at).copied() else {
            if !ended {
                return Err(NeedMore);
            }
            scratch.odd(Odd::CutOff(at));
            return Ok(at);
        };
        if b == b'/' && at + 1 == bytes.len() && !ended {
            return Err(NeedMore);
        }
        if let Some(mut step) = due.take() {
            let times = std::mem::take(&mut times_due);
            let repeated = times > 1;
            if repeated && matches!(b, b'{' | b'[') {
                step = again(step, times, namer);
            } else if repeated {
                scratch.indexes.push(times);
            }
            match b {
                b'{' | b'[' => {
                    if scratch.frames.len() >= limits::DEPTH {
                        let end = skip(text, at).unwrap_or(text.len());
                        if end == text.len() && !ended {
                            return Err(NeedMore);
                        }
                        scratch.odd(Odd::TooDeep(at));
                        let field = namer.field(step);
                        let bytes = Some(piece.bytes(at, end));
                        row.push(field, ValueKind::Text, &text[at..end], &scratch.indexes, bytes);
                        at = end;
                    } else {
                        scratch.objects = scratch.objects.wrapping_add(1).max(1);
                        let array = b == b'[';
                        let last = if array { namer.step(NOWHERE, step, "*") } else { NOWHERE };
                        if array {
                            scratch.indexes.push(0);
                        }
                        scratch.frames.push(Frame {
                            step,
                            last,
                            array,
                            comma: false,
                            object: scratch.objects,
                        });
                        at += 1;
                        if array {
                            let inner = skip_space(text, at);
                            if inner < bytes.len() && bytes[inner] != b']' {
                                due = Some(last);
                            } else if inner >= bytes.len() && !ended {
                                return Err(NeedMore);
                            }
                        }
                        continue;
                    }
                }
                b'"' | b'\'' => {
                    let mut control = None;
                    let inner = at + 1;
                    let (end, behind, escaped) = match string_end(bytes, inner, b, &mut control) {
                        Some((end, escaped)) => (end, end + 1, escaped),
                        None if !ended => return Err(NeedMore),
                        None => {
                            scratch.odd(Odd::CutOff(at));
                            (text.len(), text.len(), true)
                        }
                    };
                    if let Some(c) = control {
                        scratch.odd(Odd::Control(c));
                    }
                    if b == b'\'' {
                        scratch.odd(Odd::Loose(at));
                    }
                    let field = namer.field(step);
                    let place = Some(piece.bytes(at, behind));
                    let inner = &text[inner..end];
                    if escaped {
                        let mut lone = false;
                        row.push_with(field, ValueKind::Text, &scratch.indexes, place, |out| {
                            lone = unescape(inner, out);
                        });
                        if lone {
                            scratch.odd(Odd::Surrogate(at));
                        }
                    } else {
                        row.push(field, ValueKind::Text, inner, &scratch.indexes, place);
                    }
                    at = behind;
                }
                b'}' | b']' | b',' if !scratch.frames.is_empty() => {
                    // No value where one was due: a trailing comma, or nothing behind a colon.
                    scratch.odd(Odd::Loose(at));
                }
                _ => {
                    let mut end = bare_end(bytes, at);
                    if end == bytes.len() && !ended {
                        return Err(NeedMore);
                    }
                    if end == at {
                        // A stray mark where a value is due.
                        end = at + 1;
                    }
                    let word = &text[at..end];
                    let kind = match word {
                        "true" | "false" => ValueKind::Bool,
                        "null" => ValueKind::Null,
                        "NaN" | "Infinity" | "-Infinity" => {
                            scratch.odd(Odd::NotANumber(at));
                            ValueKind::Number
                        }
                        _ if is_number(word) => ValueKind::Number,
                        _ => {
                            scratch.odd(Odd::Unexpected(at));
                            ValueKind::Text
                        }
                    };
                    let field = namer.field(step);
                    row.push(field, kind, word, &scratch.indexes, Some(piece.bytes(at, end)));
                    at = end;
                }
            }
            if repeated && !matches!(b, b'{' | b'[') {
                scratch.indexes.pop();
            }
            if scratch.frames.is_empty() {
                return Ok(at);
            }
            continue;
        }
        let Some(frame) = scratch.frames.last_mut() else { return Ok(at) };
        match b {
            b'}' | b']' => {
                let array = b == b']';
                if frame.comma {
                    scratch.odd(Odd::Loose(at));
                }
                // An end that does not fit closes what it fits, if anything is open that it fits.
                let fits = scratch.frames.iter().rposition(|f| f.array == array);
                at += 1;
                let Some(fits) = fits else {
                    scratch.odd(Odd::Unexpected(at - 1));
                    continue;
                };
                if fits + 1 < scratch.frames.len() {
                    scratch.odd(Odd::Unexpected(at - 1));
                }
                for frame in scratch.frames.drain(fits..) {
                    if frame.array {
                        scratch.indexes.pop();
                    }
                }
                if scratch.frames.is_empty() {
                    return Ok(at);
                }
            }
            b',' if frame.array => {
                at += 1;
                if let Some(n) = scratch.indexes.last_mut() {
                    *n = n.saturating_add(1);
                }
                due = Some(frame.last);
            }
            b',' => {
                frame.comma = true;
                at += 1;
            }
            _ if frame.array => {
                // A value with no comma before it.
                let last = frame.last;
                if let Some(n) = scratch.indexes.last_mut() {
                    *n = n.saturating_add(1);
                }
                scratch.odd(Odd::Unexpected(at));
                due = Some(last);
            }
            _ => {
                let mut name = std::mem::take(&mut scratch.key);
                let read = key(text, at, ended, &mut name, &mut scratch.odd);
                let (end, inner) = match read {
                    Ok(found) => found,
                    Err(NeedMore) => {
                        scratch.key = name;
                        return Err(NeedMore);
                    }
                };
                let colon = skip_space(text, end);
                let marked = match bytes.get(colon) {
                    Some(b':') => true,
                    None if !ended => {
                        scratch.key = name;
                        return Err(NeedMore);
                    }
                    _ => false,
                };
                let frame = scratch.frames.last().expect("an object is open, or no key would be looked for");
                if marked && frame.last != NOWHERE && !frame.comma {
                    scratch.odd(Odd::Loose(at));
                }
                let frame =
                    scratch.frames.last_mut().expect("an object is open, or no key would be looked for");
                frame.comma = false;
                let (parent, object) = (frame.step, frame.object);
                if marked {
                    let step = namer.step(frame.last, parent, &name);
                    frame.last = step;
                    if step == NOWHERE {
                        // Its name finds no room, so it is kept as text.
                        let field = namer.field(NOWHERE);
                        row.push(
                            field,
                            ValueKind::Text,
                            &name,
                            &scratch.indexes,
                            Some(piece.bytes(inner, end)),
                        );
                    }
                    let times = scratch.times(step, object);
                    if times > 1 {
                        scratch.odd(Odd::Duplicate(at));
                    }
                    times_due = times;
                    due = Some(step);
                    at = colon + 1;
                } else {
                    // A word where a key was due: kept, as text of the object.
                    let end = end.max(at + 1);
                    scratch.odd(Odd::Unexpected(at));
                    let field = namer.step(NOWHERE, if parent == NOWHERE { top } else { parent }, "text");
                    let times = scratch.times(field, object);
                    if times > 1 {
                        scratch.indexes.push(times);
                    }
                    let field = namer.field(field);
                    let end = crate::out::floor(text, end);
                    row.push(
                        field,
                        ValueKind::Text,
                        &text[at..end],
                        &scratch.indexes,
                        Some(piece.bytes(at, end)),
                    );
                    if times > 1 {
                        scratch.indexes.pop();
                    }
                    at = end;
                }
                scratch.key = name;
            }
        }
    }
}

/// Whether a bare word is a number as JSON, or nearly (a plus sign, a bare point, hexadecimal digits).
fn is_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digits = match bytes {
        [b'-' | b'+', rest @ ..] => rest,
        all => all,
    };
    digits.iter().any(u8::is_ascii_digit)
        && digits.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
        && digits.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.')
}

/// The place behind the value at `at`, found by its brackets and quotes alone. None if it does not end.
pub(crate) fn skip(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = at;
    loop {
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, at + 1, b'"', &mut None)?.0 + 1,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ => {
                at += 1;
                if depth > 0 {
                    // Inside, nothing but brackets and quotes matters.
                    while let Some(b) = bytes.get(at)
                        && !matches!(b, b'"' | b'{' | b'[' | b'}' | b']')
                    {
                        at += 1;
                    }
                } else {
                    at = bare_end(bytes, at);
                }
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
