//! Keys and scalars.

use crate::row::ValueKind;

/// The key that a text starts with, without quotes, and where its value starts: behind `: `, or a colon at the end.
pub(super) fn key(text: &str) -> Option<(String, usize)> {
    let text = text.trim_end();
    let (name, end) = match text.as_bytes().first()? {
        b'"' | b'\'' => {
            let end = quoted_end(text, 0)?;
            let mut name = String::new();
            unquote(&text[..end], &mut name);
            (name, end)
        }
        b'[' | b'{' | b'#' | b'|' | b'>' | b'@' | b'`' | b'%' => return None,
        // A key of several lines.
        b'?' if text[1..].starts_with(' ') => return None,
        _ => {
            let bytes = text.as_bytes();
            let end = memchr::memchr_iter(b':', bytes)
                .find(|n| bytes.get(n + 1).is_none_or(|b| matches!(b, b' ' | b'\t')))?;
            if text[..end].contains(" #") {
                return None;
            }
            (text[..end].trim_end().to_owned(), end)
        }
    };
    let rest = &text[end..];
    let colon = rest.len() - rest.trim_start().len();
    let behind = rest[colon..].strip_prefix(':')?;
    let fits = behind.is_empty() || behind.starts_with([' ', '\t']);
    (fits && !name.is_empty() && name.len() <= KEY).then_some((name, end + colon + 1))
}

/// Keys are no longer than this; longer lines with a colon are text.
const KEY: usize = 1024;

/// Behind the quote that closes the one at `at`.
pub(super) fn quoted_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.get(at)?;
    let mut at = at + 1;
    loop {
        let n = at + memchr::memchr2(quote, b'\\', &bytes[at..])?;
        if bytes[n] == b'\\' {
            at = (n + if quote == b'"' { 2 } else { 1 }).min(bytes.len());
        } else if quote == b'\'' && bytes.get(n + 1) == Some(&b'\'') {
            at = n + 2;
        } else {
            return Some(n + 1);
        }
    }
}

/// What quotes stand around; lines that it is broken into become one.
pub(super) fn unquote(text: &str, out: &mut String) {
    let inner = &text[1..text.len().max(2) - 1];
    let inner = joined(inner);
    if text.starts_with('\'') {
        out.push_str(&inner.replace("''", "'"));
        return;
    }
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(escape) = letters.next() else { break };
        let digits = match escape {
            'n' => {
                out.push('\n');
                continue;
            }
            't' => {
                out.push('\t');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'N' => {
                out.push('\u{85}');
                continue;
            }
            '_' => {
                out.push('\u{A0}');
                continue;
            }
            '0' | 'a' | 'b' | 'e' | 'v' | 'f' => continue,
            // The line goes on without a space.
            '\n' => continue,
            other => {
                out.push(other);
                continue;
            }
        };
        let code: String = letters.clone().take(digits).collect();
        match u32::from_str_radix(&code, 16) {
            Ok(mut n) if code.len() == digits => {
                letters.by_ref().take(digits).for_each(drop);
                // JSON written as YAML has its letters in halves.
                let mut ahead = letters.clone();
                if (0xD800..0xDC00).contains(&n) && ahead.next() == Some('\\') && ahead.next() == Some('u') {
                    let low: String = ahead.take(4).collect();
                    if let Ok(low @ 0xDC00..0xE000) = u32::from_str_radix(&low, 16) {
                        n = 0x10000 + ((n - 0xD800) << 10) + (low - 0xDC00);
                        letters.by_ref().take(6).for_each(drop);
                    }
                }
                out.push(char::from_u32(n).unwrap_or('\u{FFFD}'));
            }
            _ => {
                out.push('\\');
                out.push(escape);
            }
        }
    }
}

/// A scalar of several lines as one: an empty line is a line end, a mere line end is a space.
pub(super) fn joined(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('\n') {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut gap = false;
    for (n, line) in text.lines().enumerate() {
        let line = if n == 0 { line.trim_end() } else { line.trim() };
        if line.is_empty() && n > 0 {
            out.push('\n');
            gap = true;
            continue;
        }
        if n > 0 && !gap {
            if out.ends_with('\\') {
                out.pop();
            } else {
                out.push(' ');
            }
        }
        gap = false;
        out.push_str(line);
    }
    std::borrow::Cow::Owned(out)
}

/// What a scalar without quotes is.
pub(super) fn kind(text: &str) -> ValueKind {
    match text {
        "null" | "Null" | "NULL" | "~" => return ValueKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return ValueKind::Bool,
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    let number = text.len() - digits.len() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        // `0612` is no number but a part of a telephone number, or octal.
        && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."))
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1;
    if number { ValueKind::Number } else { ValueKind::Text }
}

/// A scalar without the comment behind it.
pub(super) fn uncommented(text: &str) -> &str {
    let end = text.find(" #").or_else(|| text.find("\t#")).unwrap_or(text.len());
    text[..end].trim_end()
}
