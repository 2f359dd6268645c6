//! Encoded words in headers: `=?utf-8?Q?re=C3=A7u?=` (RFC 2047), as they are written and not only as they should be.

use super::parts::Transfer;

/// An encoded word should be no longer than 75 letters, and seldom is much longer; beyond this it is none.
const WORD: usize = 4000;

/// A text with its encoded words decoded. Space between two of them is not part of the text, and a letter may be cut
/// in two by them.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut bytes: Vec<u8> = Vec::new();
    let mut charset = "";
    let mut done = 0;
    let mut at = 0;
    while let Some(n) = memchr::memmem::find(&text.as_bytes()[at..], b"=?") {
        let start = at + n;
        let Some((label, word, end)) = word(text, start) else {
            at = start + 2;
            continue;
        };
        let gap = &text[done..start];
        let goes_on = done > 0 && gap.trim().is_empty();
        if !goes_on || !label.eq_ignore_ascii_case(charset) {
            out.push_str(&super::charset_text(&bytes, charset));
            bytes.clear();
        }
        if !goes_on {
            out.push_str(gap);
        }
        bytes.extend(word);
        charset = label;
        done = end;
        at = end;
    }
    out.push_str(&super::charset_text(&bytes, charset));
    out.push_str(&text[done..]);
    out
}

/// The character set and the bytes of the word that starts at `at`, and the place behind it.
fn word(text: &str, at: usize) -> Option<(&str, Vec<u8>, usize)> {
    let rest = &text[at + 2..crate::out::floor(text, at + WORD)];
    let (label, rest) = rest.split_once('?')?;
    let (way, rest) = rest.split_once('?')?;
    let length = rest.find("?=")?;
    let written = &rest[..length];
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'*');
    if label.is_empty() || !label.bytes().all(fits) {
        return None;
    }
    let bytes = match way {
        "Q" | "q" => {
            let spaced = written.replace('_', " ");
            Transfer::QuotedPrintable.decode(spaced.as_bytes()).0.into_owned()
        }
        "B" | "b" => match Transfer::Base64.decode(written.as_bytes()) {
            (bytes, None) => bytes.into_owned(),
            _ => return None,
        },
        _ => return None,
    };
    let end = at + 2 + label.len() + 1 + way.len() + 1 + length + 2;
    // A language may stand behind the character set.
    let label = label.split('*').next().unwrap_or(label);
    // What is in no known character set is shown as it is written (RFC 2047, 6.2).
    let known = encoding_rs::Encoding::for_label(label.as_bytes()).is_some();
    (known || std::str::from_utf8(&bytes).is_ok()).then_some((label, bytes, end))
}
