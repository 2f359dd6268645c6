//! Values of a row, and where rows and statements end: quotes, escapes, brackets.

use super::{ESCAPES, LINES, SEPARATOR};
use crate::blocks::{Filling, line};

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    if block.sort.is_empty() {
        block.push_text(&["statement"], block.from, block.to);
        return;
    }
    let mut columns = block.context.split(SEPARATOR).skip(1);
    let written = columns.next().unwrap_or("");
    let (escapes, lines) = (written == ESCAPES, written == LINES);
    let mut number = 0;
    let mut each = |block: &mut Filling<'_>, value: Option<String>, part: &str| {
        number += 1;
        let unnamed = format!("column {number}");
        let name = columns.next().unwrap_or(&unnamed);
        if let Some(value) = value {
            block.push_as_counted(&[name], &value, part);
        }
    };
    if lines {
        for part in text.split('\t') {
            each(block, (part != "\\N").then(|| unescaped(part, None)), part);
        }
        return;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let inner = inner.strip_suffix(')').unwrap_or(inner);
    let mut rest = inner;
    loop {
        let end = value_end(rest, escapes);
        let part = rest[..end].trim();
        each(block, value(part, escapes), part);
        match rest.get(end + 1..) {
            Some(next) => rest = next,
            None => break,
        }
    }
}

/// The place of the comma behind the value that a text starts with.
fn value_end(text: &str, escapes: bool) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            b'\'' | b'"' | b'`' => {
                let escapes = escapes || escape_string(bytes, at);
                at = quote_end(bytes, at, escapes).unwrap_or(bytes.len());
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// A value; none for `NULL`.
fn value(part: &str, escapes: bool) -> Option<String> {
    if part.eq_ignore_ascii_case("null") {
        return None;
    }
    // `CAST(N'2024-01-01' AS Date)`.
    let cast = part.get(..5).filter(|w| w.eq_ignore_ascii_case("cast("));
    if let Some((inner, _)) = cast.and_then(|_| part[5..].rsplit_once(" AS ")) {
        return value(inner.trim(), escapes);
    }
    // `N'text'`, `E'text'`, `_utf8mb4'text'`, `'text'::date`.
    let quote = part
        .find(['\'', '"'])
        .filter(|n| part[..*n].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b' ')));
    let Some(open) = quote else { return Some(part.to_owned()) };
    let escapes = escapes || escape_string(part.as_bytes(), open);
    let end = quote_end(part.as_bytes(), open, escapes).unwrap_or(part.len() + 1);
    // Bytes (`X'…'`, `_binary '…'`) and calls stay as written.
    let lead = part[..open].trim();
    let behind = part.get(end..).unwrap_or("");
    if matches!(lead, "X" | "x" | "B" | "b") || !behind.is_empty() && !behind.starts_with("::") {
        return Some(part.to_owned());
    }
    let mark = &part[open..=open];
    let inner = part.get(open + 1..end - 1).unwrap_or("");
    Some(if escapes { unescaped(inner, mark.chars().next()) } else { inner.replace(&mark.repeat(2), mark) })
}

/// A text with its escapes resolved, and with one of two of the quotes that it stands in: `it\'s`, `it''s`.
fn unescaped(text: &str, quote: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            if Some(c) == quote {
                chars.next_if_eq(&c);
            }
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('0') => out.push('\0'),
            Some('b') => out.push('\u{8}'),
            Some('Z') => out.push('\u{1A}'),
            // Patterns keep theirs.
            Some(c @ ('%' | '_')) => out.extend(['\\', c]),
            Some(c) => out.push(c),
            None => out.push('\\'),
        }
    }
    out
}

/// The end of the row that opens at `at`.
pub(super) fn row_end(text: &str, at: usize, escapes: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = at;
    loop {
        match bytes.get(at)? {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            quote @ (b'\'' | b'"' | b'`') => {
                let escapes = escapes || *quote == b'\'' && escape_string(bytes, at);
                at = quote_end(bytes, at, escapes)?;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether an `E` stands in front of a text: in PostgreSQL it then has escapes.
fn escape_string(bytes: &[u8], quote: usize) -> bool {
    let mark = quote.checked_sub(1).is_some_and(|n| matches!(bytes[n], b'E' | b'e'));
    mark && quote.checked_sub(2).is_none_or(|n| !bytes[n].is_ascii_alphanumeric())
}

/// The place behind the quote that closes what opens at `at`.
pub(super) fn quote_end(bytes: &[u8], at: usize, escapes: bool) -> Option<usize> {
    let quote = bytes[at];
    let mut at = at + 1;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'\\' && quote != b'`' {
            at += if escapes { 2 } else { 1 };
            continue;
        }
        at += 1;
        if bytes[at - 1] == quote {
            if bytes.get(at) == Some(&quote) {
                at += 1;
            } else {
                return Some(at);
            }
        }
    }
}

/// The end of a statement and the start of the next one.
pub(super) fn statement_end(text: &str, from: usize, ended: bool) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(b) = bytes.get(at) {
        match b {
            b';' => return Some((at, at + 1)),
            // A line of its own ends a statement for SQL Server.
            b'\n' if bytes.get(at + 1).is_some_and(|b| matches!(b, b'g' | b'G')) => {
                let (end, next) = line(text, at + 1, ended)?;
                if text[at + 1..end].trim_end().eq_ignore_ascii_case("go") {
                    return Some((at, next));
                }
                at += 1;
            }
            b'\'' | b'"' | b'`' => match quote_end(bytes, at, true) {
                Some(end) => at = end,
                None => at += 1,
            },
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = memchr::memmem::find(&bytes[at..], b"*/").map_or(bytes.len(), |n| at + n + 2);
            }
            _ => at += 1,
        }
    }
    ended.then(|| (text.trim_end().len().max(from), text.len()))
}
