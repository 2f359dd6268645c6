//! OFX: elements that close only where they hold others (OFX 1), or always (OFX 2); a record a transaction.

use std::borrow::Cow;
use std::collections::HashSet;

use super::TRANSACTION;
use crate::blocks::{Block, Cut, Filling};
use crate::limits;

const OPEN: &str = "<STMTTRN>";
const CLOSE: &str = "</STMTTRN>";

/// Cuts what a bank answers into transactions and what stands around them.
#[derive(Debug, Default)]
pub(crate) struct Responses {
    /// The currency of the account.
    currency: String,
}

impl Cut for Responses {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let from = at + text[at..].len() - text[at..].trim_start().len();
        let record = starts(&text[from..], OPEN);
        if record {
            let inner = from + OPEN.len();
            let close = find(&text[inner..], CLOSE).map(|n| inner + n);
            let other = find(&text[inner..], OPEN).map(|n| inner + n);
            return match (close, other) {
                (Some(close), other) if other.is_none_or(|o| close < o) => {
                    Some(Block::record(TRANSACTION, from, close + CLOSE.len()))
                }
                (_, Some(other)) => Some(Block {
                    open: Some((TRANSACTION, false)),
                    next: other,
                    ..Block::record(TRANSACTION, from, text[..other].trim_end().len())
                }),
                _ if !ended => None,
                _ => Some(Block {
                    open: Some((TRANSACTION, true)),
                    next: text.len(),
                    ..Block::record(TRANSACTION, from, text.trim_end().len())
                }),
            };
        }
        let end = match find(&text[from..], OPEN) {
            Some(n) => from + n,
            None if ended => text.len(),
            None => return None,
        };
        let end =
            if end - at > limits::TEXT_ROW { crate::out::cut(text, at, end, limits::TEXT_ROW) } else { end };
        if let Some(n) = find(&text[at..end], "<CURDEF>") {
            let code = text[at + n + "<CURDEF>".len()..end].trim_start();
            self.currency = code.chars().take_while(char::is_ascii_uppercase).take(3).collect();
        }
        Some(Block { next: end, ..Block::between(from, text[..end].trim_end().len().max(from)) })
    }

    fn context(&self) -> &str {
        &self.currency
    }
}

fn starts(text: &str, tag: &str) -> bool {
    text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

/// The place of a tag, in capitals or not.
fn find(text: &str, tag: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes()).find(|at| starts(&text[*at..], tag))
}

/// Fills a row with the elements of a block.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    let bytes = text.as_bytes();
    let first = memchr::memchr(b'<', bytes).unwrap_or(text.len());
    // The header of OFX 1: a name and a value in each line.
    for line in text[..first].lines() {
        if let Some((name, value)) = line.split_once(':').filter(|(n, _)| !n.trim().is_empty()) {
            block.push_counted(&[name.trim()], value);
        } else {
            block.push_counted(&["text"], line);
        }
    }
    // Only elements that are closed somewhere hold others.
    let closed: HashSet<&str> =
        memchr::memmem::find_iter(bytes, b"</").map(|at| name(&text[at + 2..])).collect();
    let mut path: Vec<&str> = Vec::new();
    let mut at = first;
    while at < text.len() {
        let end = memchr::memchr(b'>', &bytes[at..]).map_or(text.len(), |n| at + n + 1);
        let next = memchr::memchr(b'<', &bytes[end..]).map_or(text.len(), |n| end + n);
        let value = text[end..next].trim();
        let tag = &text[at + 1..end];
        if tag.starts_with(['?', '!']) {
            block.push_counted(&["declaration"], tag.trim_end_matches('>'));
        } else if let Some(closing) = tag.strip_prefix('/') {
            if let Some(n) = path.iter().rposition(|open| *open == name(closing)) {
                path.truncate(n);
            }
            if !value.is_empty() {
                block.push_counted(&["text"], value);
            }
        } else {
            let name = name(tag);
            let record = block.sort == TRANSACTION && starts(&text[at..], OPEN);
            if !value.is_empty() {
                path.push(name);
                let shown = entities(value);
                block.push_as_counted(&path, shown.trim(), value);
                path.pop();
            }
            if !record && closed.contains(name) && !tag.ends_with("/>") && path.len() < DEPTH {
                path.push(name);
            }
        }
        at = next;
    }
    if block.sort == TRANSACTION && find(text, "<CURRENCY>").is_none() {
        let currency = block.context;
        block.push_context(&["CURDEF"], currency);
    }
}

/// Elements hold others no deeper than this.
const DEPTH: usize = 16;

/// The name of an element, up to its end.
fn name(tag: &str) -> &str {
    &tag[..tag.find(|c: char| c == '>' || c == '/' || c.is_whitespace()).unwrap_or(tag.len())]
}

fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    Cow::Owned(plain.replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&"))
}

/// Whether a text is OFX, old or new.
pub(crate) fn looks_like_ofx(start: &str) -> bool {
    let head = &start[..crate::out::floor(start, 4096)];
    starts(head, "OFXHEADER")
        || head.starts_with('<') && (head.contains("<?OFX ") || find(head, "<OFX>").is_some())
}
