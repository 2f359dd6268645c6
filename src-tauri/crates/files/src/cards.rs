//! Cards and calendars: components between `BEGIN:` and `END:`, made of properties (RFC 6350, RFC 5545, vCard 2.1).

mod fill;
mod jcard;
mod property;

pub(crate) use jcard::{Jcards, looks_like_jcard};
pub(crate) use property::shown;

use crate::blocks::{Block, Cut, Filling, line};
use crate::layout::Format;
use crate::limits;

/// Fills a row.
pub(crate) fn fill(format: Format, block: &mut Filling<'_>) {
    match format {
        Format::Jcard => jcard::fill(block),
        _ => fill::fill(block),
    }
}

/// Cuts vCards: a record a card. A card inside another belongs to it only where a property announces it; else the end
/// of the first one is missing.
#[derive(Debug, Default)]
pub(crate) struct Vcards;

impl Cut for Vcards {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        component(text, at, ended, &[("VCARD", "card", "card")])
    }
}

/// Cuts calendars: a record an event, a task, a note, a span of time taken. Time zones and what is said of the calendar
/// itself stand between.
#[derive(Debug, Default)]
pub(crate) struct Calendars;

impl Cut for Calendars {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        const SORTS: &[Sort] = &[
            ("VEVENT", "event", "event"),
            ("VTODO", "todo", "task"),
            ("VJOURNAL", "journal", "note"),
            ("VFREEBUSY", "freebusy", "span of time"),
        ];
        component(text, at, ended, SORTS)
    }
}

/// The component that is a record, its word in places, and what it is called.
type Sort = (&'static str, &'static str, &'static str);

/// The name behind `BEGIN:` or `END:`, if a line is one, and whether it begins.
fn mark(line: &str) -> Option<(bool, &str)> {
    let (word, name) = line.split_once(':')?;
    let begins = word.eq_ignore_ascii_case("BEGIN");
    (begins || word.eq_ignore_ascii_case("END")).then(|| (begins, name.trim()))
}

fn component(text: &str, at: usize, ended: bool, sorts: &'static [Sort]) -> Option<Block> {
    let sort_of = |name: &str| sorts.iter().find(|(n, _, _)| n.eq_ignore_ascii_case(name));
    let (mut end, mut next) = line(text, at, ended)?;
    let sort = mark(&text[at..end]).filter(|(begins, _)| *begins).and_then(|(_, name)| sort_of(name));
    let mut inner: Vec<&str> = Vec::new();
    // Whether the last property was empty, as `AGENT:` is in front of a card inside a card.
    let mut announced = false;
    loop {
        if next >= text.len() {
            if !ended {
                return None;
            }
            let open = sort.map(|(_, _, called)| (*called, true));
            return Some(Block { open, next, ..block(sort, at, end) });
        }
        let start = next;
        let (line_end, after) = line(text, start, ended)?;
        let this = &text[start..line_end];
        let Some(sort) = sort else {
            // Between the records, up to the next one.
            let record = mark(this).is_some_and(|(begins, name)| begins && sort_of(name).is_some());
            if record || start - at > limits::TEXT_ROW {
                return Some(Block { next: start, ..Block::between(at, end) });
            }
            (end, next) = (line_end, after);
            continue;
        };
        match mark(this) {
            Some((true, name)) => {
                if sort_of(name).is_some() && !announced && inner.is_empty() {
                    return Some(unclosed(sort, at, end, start));
                }
                if inner.len() < limits::DEPTH {
                    inner.push(name);
                }
            }
            Some((false, name)) => {
                if let Some(n) = inner.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
                    inner.truncate(n);
                } else if name.eq_ignore_ascii_case(sort.0) {
                    return Some(Block { next: after, ..block(Some(sort), at, line_end) });
                } else if name.eq_ignore_ascii_case("VCALENDAR") {
                    return Some(unclosed(sort, at, end, start));
                }
            }
            None => {}
        }
        announced = this.ends_with(':') && !this.contains(' ');
        (end, next) = (line_end, after);
    }
}

fn block(sort: Option<&'static Sort>, from: usize, to: usize) -> Block {
    sort.map_or(Block::between(from, to), |(_, word, _)| Block::record(word, from, to))
}

/// A record whose end is missing: what comes next cannot be inside it.
fn unclosed(sort: &'static Sort, from: usize, to: usize, next: usize) -> Block {
    Block { open: Some((sort.2, false)), next, ..block(Some(sort), from, to) }
}
