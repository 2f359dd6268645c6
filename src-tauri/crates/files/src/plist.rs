//! Property lists of Apple, binary and XML. Both hold what JSON can hold, and are read as if they were written so: the
//! same lists, records and names.

mod binary;
mod markup;

use crate::charset;
use crate::json;
use crate::limits;
use crate::oddities::say;
use crate::out::Out;
use crate::window::{Feed, Window};

/// What a property list is as JSON.
#[derive(Debug, Default)]
struct Written {
    text: String,
    /// Something is missing: the file ends early, or points to what is not there.
    cut: bool,
    /// It would be far larger than the file: its parts stand in many places.
    grown: bool,
    /// Values that are bytes and no text.
    binary: u64,
}

/// Bytes that are no text are shown up to this length: they may be a key. Longer, they are a picture or the like.
const BINARY: usize = 200;

/// What a binary property list starts with.
pub(crate) const MARK: &[u8] = b"bplist0";

/// Reads a property list.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    let written = if bytes.starts_with(MARK) {
        binary::written(bytes)
    } else {
        markup::written(&String::from_utf8_lossy(bytes))
    };
    let Written { text, cut, grown, binary } = written;
    if cut {
        out.partly = true;
        out.odd.add("document_damaged", |o| {
            say("the property list ends early, or points to values that are not there")(o)
                .with("reason", "damaged")
        });
    }
    if grown {
        out.partly = true;
        out.odd.add("record_too_large", |o| {
            let most = limits::PLIST_TEXT >> 20;
            say(format!("the property list is larger than {most} MiB when written out; the rest is not read"))(o)
                .with("limit_mib", most)
        });
    }
    if binary > 0 {
        out.odd.add("binary_left_out", |o| {
            say(format!("{binary} values are bytes and no text, and are not shown"))(o).with("count", binary)
        });
    }
    if text.is_empty() {
        out.nothing = true;
        return;
    }
    // Nothing stands in the file as it is shown.
    out.unplaced = true;
    let charset = charset::tell(b"{}", true);
    let mut nothing = std::io::empty();
    json::read(Window::new(Feed::new(&mut nothing), text.into_bytes(), &charset), out);
}

/// Appends a text as JSON.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether a text can stand as a number in JSON.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
}
