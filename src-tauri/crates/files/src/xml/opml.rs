//! OPML: subscriptions and outlines. Each `outline` is a record, however deep it stands; the one around it is named.

use crate::blocks::{Block, Cut, Filling};
use crate::limits;

const OPEN: &str = "<outline";

/// Cuts outlines.
#[derive(Debug, Default)]
pub(crate) struct Outlines {
    /// What the open outlines are called.
    open: Vec<String>,
}

impl Cut for Outlines {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let from = at + text[at..].len() - text[at..].trim_start().len();
        if starts(&text[from..]) {
            let end = match tag_end(text, from) {
                Some(end) => end,
                None if ended => text.len(),
                None => return None,
            };
            return Some(Block::record("outline", from, end));
        }
        let next = memchr::memmem::find_iter(&text.as_bytes()[from..], OPEN).map(|n| from + n);
        let end = match next.into_iter().find(|n| starts(&text[*n..])) {
            Some(n) => n,
            None if ended => text.len(),
            None => return None,
        };
        let end = if end - from > limits::TEXT_ROW {
            crate::out::cut(text, from, end, limits::TEXT_ROW)
        } else {
            end
        };
        Some(Block { next: end, ..Block::between(from, text[..end].trim_end().len().max(from)) })
    }

    fn passed(&mut self, text: &str, block: &Block) {
        let text = &text[block.from..block.to];
        if block.sort.is_none() {
            let closed = memchr::memmem::find_iter(text.as_bytes(), "</outline").count();
            self.open.truncate(self.open.len().saturating_sub(closed));
        } else if !text.ends_with("/>") {
            let called = attributes(text).find(|(name, _)| matches!(*name, "text" | "title"));
            let mut name = String::new();
            super::tokens::resolve(called.map_or("", |(_, value)| value), &mut name);
            self.open.push(name);
        }
    }

    fn context(&self) -> &str {
        self.open.last().map_or("", String::as_str)
    }
}

fn starts(text: &str) -> bool {
    text.strip_prefix(OPEN).is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n', '/', '>']))
}

/// Behind the `>` that ends a tag, which is not one inside quotes.
fn tag_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        at += bytes[at..].iter().position(|b| matches!(b, b'>' | b'"' | b'\''))?;
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote => at += memchr::memchr(quote, &bytes[at + 1..])? + 2,
        }
    }
}

/// Names and values of a tag, as written.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag.trim_start_matches(OPEN);
    std::iter::from_fn(move || {
        let (name, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, more) = behind[1..].split_once(quote).unwrap_or((&behind[1..], ""));
        rest = more;
        Some((name.trim(), value))
    })
}

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    for (name, value) in attributes(text) {
        let mut plain = String::new();
        super::tokens::resolve(value, &mut plain);
        block.push_as_counted(&[name], plain.trim(), value);
    }
    let folder = block.context;
    block.push_context(&["folder"], folder);
}
