//! From a locator back to the record, the field, and the bytes that they came from.

use std::ops::Range;

use archive::{Entry, EntryId};
use files::{Layout, Row};
use records::{Record, RecordId};

use crate::export::Export;
use crate::to_wire::{self, trouble};
use crate::wire;

/// Bytes shown before and behind a place.
const AROUND: u64 = 1200;

/// Bytes of a place that are shown; the rest of a very long one is cut.
const MARK_MAX: u64 = 64 * 1024;

/// Lines are numbered in the first part of an entry only: farther in, counting them costs more than it tells.
const COUNTED_MAX: u64 = 4 << 20;

/// A place found again.
pub(crate) struct Found {
    pub(crate) id: RecordId,
    /// Where it is in the entry, if the format allows to tell.
    pub(crate) bytes: Range<u64>,
    pub(crate) at: String,
}

impl Export {
    /// The entry and the place that a written locator may mean: an entry's name may hold a `#` itself.
    pub(crate) fn split<'a>(&'a self, locator: &'a str) -> Option<(&'a Entry, &'a str)> {
        let cuts = locator.match_indices('#').map(|(at, _)| (&locator[..at], &locator[at + 1..]));
        cuts.chain(std::iter::once((locator, "")))
            .find_map(|(name, at)| self.entry_named(name).map(|e| (e, at)))
    }

    /// Finds a place in an entry: a field, else the record that it lies in.
    pub(crate) fn locate(&self, entry: EntryId, at: &str) -> Option<Found> {
        if let Some(found) = self.locate_fast(entry, at) {
            return Some(found);
        }
        let mut best = Best { entry, at, found: None };
        let layout = self.book(entry).layout.clone()?;
        self.each_row(entry, |_| true, |number, row| best.look(&layout, row, number));
        best.found.map(|(_, found)| found)
    }

    /// Rows of lists and tables are numbered: the record is looked at directly instead of reading the entry again.
    fn locate_fast(&self, entry: EntryId, at: &str) -> Option<Found> {
        let wanted: Vec<u32> = at
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .filter_map(|digits| digits.parse().ok())
            .collect();
        let candidates: Vec<u32> = {
            let book = self.book(entry);
            (0..)
                .zip(&book.lines)
                .filter(|(_, l)| wanted.contains(&l.span.number))
                .map(|(n, _)| n)
                .take(64)
                .collect()
        };
        candidates.into_iter().find_map(|number| {
            let id = RecordId { entry, number };
            let (layout, _, row) = self.row(id)?;
            place_in(&layout, &row, id, at)
        })
    }

    /// The source of a place, as `show` and the record's pane show it.
    pub(crate) fn source(&self, found: &Found) -> Option<wire::Source> {
        let entry = found.id.entry;
        let span = self.book(entry).lines.get(found.id.number as usize)?.span;
        // Of a row that is kept, only what has a place of its own stands somewhere as it is shown.
        if !span.kept || found.bytes != span.bytes() {
            return self.source_bytes(entry, found.bytes.clone(), &found.at);
        }
        let (layout, _, row) = self.row(found.id)?;
        let source = files::shown_row(&layout, &row, &found.at);
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(wire::Source {
            mark: [short(source.from), short(source.to)],
            text: source.text,
            first_line: None,
            decoded: source.note,
            entry: self.archive.entry(entry)?.name.clone(),
            at: found.at.clone(),
        })
    }

    /// The raw source around some bytes of an entry.
    fn source_bytes(&self, entry: EntryId, bytes: Range<u64>, at: &str) -> Option<wire::Source> {
        let layout = self.book(entry).layout.clone()?;
        let mark = bytes.start..bytes.end.min(bytes.start + MARK_MAX);
        let from = mark.start.saturating_sub(AROUND);
        let window = self.archive.bytes(entry, from..mark.end + AROUND).ok()?;
        let source = files::source(&layout, &window, from, mark);
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (text, cut) = whole_lines(&source, from > 0, window.len() as u64 >= AROUND);
        let first_line = self.line_at(entry, from).map(|line| line + lines(&source.text, cut));
        Some(wire::Source {
            text,
            mark: [short(source.from - cut), short(source.to - cut)],
            first_line: first_line.filter(|_| source.note.is_none()),
            decoded: source.note,
            entry: self.archive.entry(entry)?.name.clone(),
            at: at.to_owned(),
        })
    }

    /// The number of the line in which a byte of an entry lies, from 1; none far inside a large one.
    fn line_at(&self, entry: EntryId, byte: u64) -> Option<u32> {
        if byte > COUNTED_MAX {
            return None;
        }
        let before = self.archive.bytes(entry, 0..byte).ok()?;
        let breaks = before.iter().filter(|b| **b == b'\n').count();
        u32::try_from(breaks).ok().map(|n| n + 1)
    }

    /// The source of a record, or of one of its fields.
    pub(crate) fn source_of(&self, record: &Record, at: Option<&str>) -> Option<wire::Source> {
        let field = at.and_then(|at| record.fields.iter().find(|f| f.locator.at == at));
        let bytes = field.and_then(|f| f.bytes).unwrap_or(record.bytes);
        let at = field.map_or(record.locator.at.as_str(), |f| f.locator.at.as_str());
        self.source(&Found { id: record.id, bytes: bytes.0..bytes.1, at: at.to_owned() })
    }
}

/// The search for a place among the rows of an entry.
struct Best<'a> {
    entry: EntryId,
    at: &'a str,
    /// What was found so far, and how much of the place it is sure of.
    found: Option<(usize, Found)>,
}

impl Best<'_> {
    /// Looks at one row, unless the exact place is found.
    fn look(&mut self, layout: &Layout, row: &Row, number: u32) {
        let id = RecordId { entry: self.entry, number };
        if self.found.as_ref().is_some_and(|(length, _)| *length == usize::MAX) {
            return;
        }
        if let Some(found) = place_in(layout, row, id, self.at) {
            self.found = Some((usize::MAX, found));
            return;
        }
        let better = self.found.as_ref().is_none_or(|(length, _)| row.at.len() > *length);
        if holds(&row.at, self.at) && better && !row.span.heading {
            let at = row.at.clone();
            self.found = Some((row.at.len(), Found { id, bytes: row.span.bytes(), at }));
        }
    }
}

/// The exact place, if it is this row or one of its values.
fn place_in(layout: &Layout, row: &Row, id: RecordId, at: &str) -> Option<Found> {
    if row.at == at && !at.is_empty() {
        return Some(Found { id, bytes: row.span.bytes(), at: at.to_owned() });
    }
    // A row of a text goes on in lines that are not its first one.
    let may = match row.notation {
        files::Notation::Whole => at.starts_with("line=") || holds(&row.at, at),
        files::Notation::Cell => row.at.split_once(",row=").is_some_and(|(sheet, _)| holds(sheet, at)),
        _ => holds(&row.at, at),
    };
    if !may {
        return None;
    }
    let value = row.values().find(|v| row.place(*v, &layout.names) == at)?;
    let bytes = value.bytes.map_or(row.span.bytes(), |(from, to)| from..to);
    Some(Found { id, bytes, at: at.to_owned() })
}

/// Whether a place may lie inside a row.
fn holds(row: &str, at: &str) -> bool {
    at.strip_prefix(row).is_some_and(|rest| {
        row.is_empty() || rest.is_empty() || rest.starts_with(['/', ',', '[']) || row.ends_with('/')
    })
}

/// Why a locator leads nowhere.
pub(crate) fn nowhere(locator: &str) -> wire::Trouble {
    trouble(
        "no_such_place",
        format!("there is no {locator} in this export"),
        "a locator is written ENTRY#AT; `portolan records PATH --format ndjson` lists those of every record and field",
    )
}

/// Turns a found place into what `show` prints.
pub(crate) fn shown(export: &Export, found: &Found) -> Option<wire::Shown> {
    let record = export.record(found.id)?;
    let source = export.source(found)?;
    Some(wire::Shown { record: to_wire::record_line(&record), source })
}

/// The text without the broken lines at its ends, and how many characters were cut off its beginning.
fn whole_lines(source: &files::Source, cut_before: bool, cut_behind: bool) -> (String, usize) {
    let chars: Vec<char> = source.text.chars().collect();
    let from = source.from.min(chars.len());
    let to = source.to.clamp(from, chars.len());
    let begin =
        if cut_before { chars[..from].iter().position(|c| *c == '\n').map_or(0, |at| at + 1) } else { 0 };
    let end = if cut_behind {
        chars[to..].iter().rposition(|c| *c == '\n').map_or(chars.len(), |at| to + at)
    } else {
        chars.len()
    };
    (chars[begin..end].iter().collect(), begin)
}

/// Line breaks among the first characters of a text.
fn lines(text: &str, chars: usize) -> u32 {
    u32::try_from(text.chars().take(chars).filter(|c| *c == '\n').count()).unwrap_or(u32::MAX)
}
