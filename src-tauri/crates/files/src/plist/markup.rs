//! Property lists as XML: `<key>` and value in turn.

use super::{Written, is_number, quoted};
use crate::limits;
use crate::xml::{Tokens, What, name, resolve};

/// What is open.
struct Open {
    dictionary: bool,
    /// Whether something stands in it already.
    filled: bool,
    /// Whether the value of a key is due.
    due: bool,
}

/// Writes a property list as JSON.
pub(super) fn written(text: &str) -> Written {
    let mut out = Written::default();
    let mut open: Vec<Open> = Vec::new();
    // The element whose text is being gathered.
    let mut inside: Option<&str> = None;
    let mut said = String::new();
    // What is nested too deep is skipped.
    let mut skipped = 0_usize;
    let mut tokens = Tokens::new(text, 0, true);
    while let Ok(Some(token)) = tokens.next() {
        match token.what {
            What::Start | What::Empty => {
                let tag = name(text, &token);
                let empty = token.what == What::Empty;
                match tag {
                    "plist" => {}
                    "dict" | "array" if skipped > 0 || open.len() >= limits::DEPTH => {
                        skipped += usize::from(!empty);
                        out.grown = true;
                    }
                    "dict" | "array" => {
                        let dictionary = tag == "dict";
                        begin(&mut open, &mut out, false);
                        out.text.push(if dictionary { '{' } else { '[' });
                        if empty {
                            out.text.push(if dictionary { '}' } else { ']' });
                        } else {
                            open.push(Open { dictionary, filled: false, due: false });
                        }
                    }
                    _ => {
                        inside = Some(tag);
                        said.clear();
                        if empty {
                            scalar(tag, "", &mut open, &mut out, skipped);
                            inside = None;
                        }
                    }
                }
            }
            What::End => match name(text, &token) {
                "plist" => {}
                "dict" | "array" if skipped > 0 => skipped -= 1,
                "dict" | "array" => match open.pop() {
                    Some(last) => close(&last, &mut out),
                    None => out.cut = true,
                },
                tag if inside == Some(tag) => {
                    scalar(tag, &said, &mut open, &mut out, skipped);
                    inside = None;
                }
                _ => out.cut = true,
            },
            What::Text | What::Reference if inside.is_some() => {
                resolve(&text[token.from..token.to], &mut said);
            }
            What::CData if inside.is_some() => said.push_str(&text[token.inner.0..token.inner.1]),
            _ => {}
        }
    }
    out.cut |= tokens.cut || !open.is_empty() || inside.is_some();
    if let Some(tag) = inside {
        scalar(tag, &said, &mut open, &mut out, skipped);
    }
    while let Some(last) = open.pop() {
        close(&last, &mut out);
    }
    out
}

/// Writes what must stand in front of a key or a value.
fn begin(open: &mut [Open], out: &mut Written, key: bool) {
    let Some(last) = open.last_mut() else {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        return;
    };
    if last.due && key {
        out.text.push_str("null");
    }
    if last.filled && (!last.due || key) {
        out.text.push(',');
    }
    if last.dictionary && !last.due && !key {
        // A value without a key.
        out.cut = true;
        out.text.push_str("\"\":");
    }
    last.filled = true;
    last.due = key;
}

fn close(last: &Open, out: &mut Written) {
    if last.due {
        out.text.push_str("null");
    }
    out.text.push(if last.dictionary { '}' } else { ']' });
}

fn scalar(tag: &str, said: &str, open: &mut [Open], out: &mut Written, skipped: usize) {
    if skipped > 0 {
        return;
    }
    if tag == "key" && open.last().is_some_and(|o| o.dictionary) {
        begin(open, out, true);
        quoted(said, &mut out.text);
        out.text.push(':');
        return;
    }
    begin(open, out, false);
    match tag {
        "true" | "false" => out.text.push_str(tag),
        "integer" | "real" if is_number(said.trim()) => out.text.push_str(said.trim()),
        "data" => {
            let bare: String = said.split_ascii_whitespace().collect();
            if bare.len() > super::BINARY * 4 / 3 + 4 {
                out.binary += 1;
                out.text.push_str("null");
            } else {
                quoted(&bare, &mut out.text);
            }
        }
        _ => quoted(said, &mut out.text),
    }
}
