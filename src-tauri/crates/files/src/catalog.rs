//! Catalogues of messages (gettext `.po`): a record a message, with its translations.

use crate::blocks::{Block, Cut, Filling, line};

/// Cuts messages: lines up to an empty one, or to the next `msgid` behind a translation.
#[derive(Debug, Default)]
pub(crate) struct Messages;

impl Cut for Messages {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        let mut said = text[at..end].starts_with("msgstr");
        while next < text.len() {
            let (line_end, after) = line(text, next, ended)?;
            let this = text[next..line_end].trim();
            let begins = this.starts_with("msgid ") || this.starts_with("msgctxt") || this.starts_with("#");
            if this.is_empty() || said && begins {
                break;
            }
            said |= this.starts_with("msgstr");
            (end, next) = (line_end, after);
        }
        if next >= text.len() && !ended {
            return None;
        }
        // The first message has no text: it says something of the file.
        let block = &text[at..end];
        let id = values(block).find(|(key, ..)| key == "msgid").map(|(_, value, _)| value);
        let record = id.is_some_and(|id| !id.is_empty());
        let block = if record { Block::record("entry", at, end) } else { Block::between(at, end) };
        Some(Block { next, ..block })
    }
}

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    for (key, value, part) in values(text) {
        if block.sort.is_empty() && key == "msgstr" {
            for line in value.lines() {
                if let Some((name, said)) = line.split_once(':') {
                    block.push_as_counted(&[name.trim()], said.trim(), part);
                }
            }
            continue;
        }
        block.push_as_counted(&[&key], &value, part);
    }
}

/// The keys of a message, their texts, and where these stand.
fn values(text: &str) -> impl Iterator<Item = (String, String, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (line, start, next) = line_at(text, at)?;
        at = next;
        if let Some(comment) = line.strip_prefix('#') {
            let key = match comment.chars().next() {
                Some(':') => "reference",
                Some(',') => "flags",
                Some('|') => "previous",
                _ => "comment",
            };
            let said = comment.trim_start_matches([':', ',', '|', '.', '~']).trim();
            return Some((key.to_owned(), said.to_owned(), said));
        }
        if line.starts_with('"') {
            return Some(("text".to_owned(), unquoted(line), line));
        }
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut value = unquoted(rest);
        let from = start + line.len() - rest.len();
        let mut to = start + line.len();
        // The text goes on in lines of its own.
        while let Some((more, start, next)) = line_at(text, at).filter(|(l, ..)| l.starts_with('"')) {
            value.push_str(&unquoted(more));
            (at, to) = (next, start + more.len());
        }
        Some((key.to_owned(), value, &text[from..to]))
    })
}

/// The line at `at` without white space around it, where it starts, and the start of the next one.
fn line_at(text: &str, at: usize) -> Option<(&str, usize, usize)> {
    if at >= text.len() {
        return None;
    }
    let next = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
    let line = &text[at..next];
    Some((line.trim(), at + line.len() - line.trim_start().len(), next))
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('"').unwrap_or(text);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => {}
            Some(c) => out.push(c),
            None => out.push('\\'),
        }
    }
    out
}

/// Whether a text is a catalogue.
pub(crate) fn looks_like_catalog(start: &str) -> bool {
    let mut lines = start.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|l| l.starts_with("msgid \"") || l.starts_with("msgctxt \""))
        && start.contains("\nmsgstr")
}
