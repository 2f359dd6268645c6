//! The sheets of a spreadsheet: one cell may stand for many, one row for a million.

use std::collections::{BTreeSet, HashSet};

use super::{push_text, white_space};
use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::{Event, Pull, Tag};
use crate::out::Out;
use crate::row::{ValueKind, column_letters};
use crate::sheet::{Grid, SheetRow, heading, number, place};

/// What may still be repeated in the document.
struct Budget {
    cells: u64,
    text: u64,
    /// Cells that may still be allowed besides.
    rest: u64,
}

impl Budget {
    fn new() -> Self {
        let cells = limits::REPEATED_CELLS_FREE;
        Self { cells, text: limits::SHARED_TEXT, rest: limits::REPEATED_CELLS - cells }
    }

    /// A cell was written out.
    fn earn(&mut self) {
        let more = self.rest.min(limits::REPEATED_CELLS_EACH);
        self.rest -= more;
        self.cells += more;
    }
}

/// A text that stands in no cell: its place, what it is, the text.
type Note = (String, &'static str, String);

/// Reads every sheet.
pub(super) fn read(mut part: Pull<'_>, out: &mut Out<'_>) {
    let mut budget = Budget::new();
    let mut hidden: HashSet<String> = HashSet::new();
    let mut style = String::new();
    let mut more = true;
    let mut changes = Vec::new();
    while more {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "style" => style = tag.attr("name").unwrap_or_default().into_owned(),
                "table-properties" if tag.attr("display").as_deref() == Some("false") => {
                    hidden.insert(std::mem::take(&mut style));
                }
                "tracked-changes" => {
                    let mut text = String::new();
                    part.text(&mut text);
                    changes.push((format!("change={}", changes.len() + 1), "change", text.trim().to_owned()));
                }
                "table" => {
                    let name = tag.attr("name").unwrap_or_default().into_owned();
                    let is_hidden = tag.attr("style-name").is_some_and(|s| hidden.contains(&*s));
                    more = sheet(&mut part, &name, is_hidden, &mut budget, out);
                }
                "named-range" => {
                    let text = tag.attr("cell-range-address").unwrap_or_default().into_owned();
                    changes.push((format!("name={}", changes.len() + 1), "name", text));
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    out.tell_part(part);
    hand_over(&changes, 0, out);
}

fn hand_over(notes: &[Note], list: u16, out: &mut Out<'_>) -> bool {
    if out.layout.lists.is_empty() {
        out.list("", "");
    }
    notes.iter().all(|(at, name, text)| heading(at, name, text, list, out))
}

/// Reads one sheet. False if the caller wants no more.
fn sheet(part: &mut Pull<'_>, name: &str, hidden: bool, budget: &mut Budget, out: &mut Out<'_>) -> bool {
    let at = place(name);
    if hidden {
        out.odd.add("hidden_sheet", |o| {
            say(format!("the sheet {} is hidden; it is read like the others", quoted(name)))(o)
                .with("sheet", name)
                .at(at.as_str())
        });
    }
    let inside = part.depth();
    let mut grid = Grid::new(name, BTreeSet::new(), out);
    let list = grid.list();
    let mut notes: Vec<Note> = Vec::new();
    let (mut number, mut cut, mut hidden_rows) = (1_u32, 0_u64, 0_u64);
    let mut shape = String::new();
    let mut more = true;
    while more && part.depth() >= inside {
        match part.next() {
            Event::Open(tag) if tag.name() == "table-row" => {
                let times = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                let is_hidden = tag.attr("visibility").is_some_and(|v| v != "visible");
                let row = row(part, number, &at, budget, &mut notes, &mut cut);
                if !row.cells.is_empty() {
                    hidden_rows += u64::from(is_hidden) * u64::from(times);
                    more = repeat(row, times, &mut grid, budget, &mut cut);
                }
                number = number.saturating_add(times);
            }
            // Shapes that lie on the sheet.
            Event::Open(tag) => {
                if let Some(space) = white_space(&tag) {
                    shape.push_str(&space);
                }
            }
            Event::Text(text) => push_text(&mut shape, text),
            Event::Close("p") => {
                let text = std::mem::take(&mut shape);
                if notes.len() < limits::SHEET_NOTES && !text.trim().is_empty() {
                    notes.push((format!("{at},shape={}", notes.len() + 1), "shape", text.trim().to_owned()));
                }
            }
            Event::Close(_) => {}
            Event::End => break,
        }
    }
    more = grid.finish() && more;
    for (code, count, message) in [
        ("hidden_rows", hidden_rows, "hidden rows of the sheet"),
        ("repeated_cells_cut", cut, "cells that stand for many others are shown once in the sheet"),
    ] {
        if count > 0 {
            out.odd.add(code, |o| {
                say(format!("{message} {}: {count}", quoted(name)))(o)
                    .with("sheet", name)
                    .with("count", count)
                    .at(at.as_str())
            });
        }
    }
    out.partly |= cut > 0;
    more && hand_over(&notes, list, out)
}

/// Hands over a row as often as it stands there. False if the caller wants no more.
fn repeat(row: SheetRow, times: u32, grid: &mut Grid<'_, '_>, budget: &mut Budget, cut: &mut u64) -> bool {
    let (cells, text) = (row.cells.len() as u64, row.text.len() as u64);
    let mut written = 0;
    for n in 1..times {
        if budget.cells < cells || budget.text < text {
            *cut += 1;
            break;
        }
        budget.cells -= cells;
        budget.text -= text;
        let number = row.number.saturating_add(n - 1);
        if !grid.push(SheetRow { number, ..row.clone() }) {
            return false;
        }
        written = n;
    }
    grid.push(SheetRow { number: row.number.saturating_add(written), ..row })
}

/// The cells of the row that was opened last.
fn row(
    part: &mut Pull<'_>,
    number: u32,
    at: &str,
    budget: &mut Budget,
    notes: &mut Vec<Note>,
    cut: &mut u64,
) -> SheetRow {
    let inside = part.depth();
    let mut row = SheetRow { number, ..SheetRow::default() };
    let mut column = 0_u32;
    while part.depth() >= inside {
        match part.next() {
            Event::Open(tag) if matches!(tag.name(), "table-cell" | "covered-table-cell") => {
                budget.earn();
                let mut cell = Cell::new(&tag);
                cell.fill(part);
                let (kind, text, dated) = cell.value();
                let times = cell.times.min(limits::SHEET_COLUMNS.saturating_sub(column).max(1));
                for n in 0..times {
                    if text.is_empty() {
                        break;
                    }
                    let full = row.text.len() + text.len() > limits::RECORD;
                    if full || n > 0 && (budget.cells == 0 || budget.text < text.len() as u64) {
                        *cut += 1;
                        break;
                    }
                    if n > 0 {
                        budget.cells -= 1;
                        budget.text -= text.len() as u64;
                    }
                    row.push(column.saturating_add(n), kind, &text, dated);
                }
                let called = format!("{}{number}", column_letters(column));
                for (kind, text) in cell.beside {
                    if notes.len() < limits::SHEET_NOTES {
                        notes.push((format!("{at},{kind}={called}"), kind, text));
                    }
                }
                column = column.saturating_add(cell.times);
            }
            Event::End => break,
            _ => {}
        }
    }
    row
}

/// A cell, or many that hold the same.
#[derive(Debug, Default)]
struct Cell {
    times: u32,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    text: String,
    /// Notes and shapes that hang on it, and where its links lead.
    beside: Vec<(&'static str, String)>,
}

impl Cell {
    fn new(tag: &Tag<'_>) -> Self {
        let mut cell = Self { times: 1, ..Self::default() };
        tag.each(|name, value| match name {
            "number-columns-repeated" => cell.times = value.parse().unwrap_or(1).max(1),
            // LibreOffice says it twice, and the second time more exactly.
            "value-type" if cell.kind.is_empty() => value.clone_into(&mut cell.kind),
            "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                cell.value = Some(value.to_owned());
            }
            "formula" => cell.formula = Some(value.to_owned()),
            _ => {}
        });
        cell
    }

    fn fill(&mut self, part: &mut Pull<'_>) {
        let inside = part.depth();
        // The note or shape that is being read, by the depth where it started.
        let mut apart: Option<(usize, &'static str, String)> = None;
        let mut paragraphs = 0;
        while part.depth() >= inside {
            let depth = part.depth();
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    "annotation" if apart.is_none() => apart = Some((depth, "note", String::new())),
                    "frame" | "custom-shape" | "rect" | "ellipse" if apart.is_none() => {
                        apart = Some((depth, "shape", String::new()));
                    }
                    "p" => match &mut apart {
                        Some((_, _, text)) if !text.is_empty() => text.push('\n'),
                        None if paragraphs > 0 => self.text.push('\n'),
                        _ => {}
                    },
                    "a" => {
                        let target = tag.attr("href").unwrap_or_default().into_owned();
                        self.beside.push(("link", target));
                    }
                    _ => {
                        if let Some(space) = white_space(&tag) {
                            apart.as_mut().map_or(&mut self.text, |(_, _, text)| text).push_str(&space);
                        }
                    }
                },
                Event::Text(text) => match &mut apart {
                    Some((_, _, note)) => push_text(note, text),
                    // Between paragraphs there is only what makes the file readable.
                    None if depth > inside => push_text(&mut self.text, text),
                    None => {}
                },
                Event::Close(name) => {
                    paragraphs += usize::from(name == "p" && apart.is_none());
                    // Who wrote a note, and when, stands before it.
                    if let (Some((_, _, text)), "creator" | "date") = (&mut apart, name) {
                        text.push(' ');
                    }
                    if apart.as_ref().is_some_and(|(from, ..)| *from >= part.depth()) {
                        self.beside
                            .extend(apart.take().map(|(_, kind, text)| (kind, text.trim().to_owned())));
                    }
                }
                Event::End => return,
            }
        }
    }

    /// What the cell holds: its value in a form that does not depend on the language, else its text.
    fn value(&self) -> (ValueKind, String, bool) {
        let value = self.value.as_deref().filter(|v| !v.is_empty());
        match (self.kind.as_str(), value) {
            ("float" | "percentage" | "currency", Some(value)) => (ValueKind::Number, number(value), false),
            ("date", Some(value)) => {
                let short = value.trim_end_matches('0').strip_suffix('.').unwrap_or(value);
                (ValueKind::Text, short.to_owned(), true)
            }
            ("time", Some(value)) => {
                (ValueKind::Text, clock(value).unwrap_or_else(|| value.to_owned()), true)
            }
            ("boolean", Some(value)) => (ValueKind::Bool, value.to_owned(), false),
            ("string", Some(value)) if self.text.is_empty() => (ValueKind::Text, value.to_owned(), false),
            _ => match &self.formula {
                Some(formula) if self.text.is_empty() && value.is_none() && self.kind.is_empty() => {
                    (ValueKind::Text, formula.clone(), false)
                }
                _ => (ValueKind::Text, self.text.clone(), false),
            },
        }
    }
}

/// `PT14H30M05.5S` as `14:30:05.5`.
fn clock(written: &str) -> Option<String> {
    let rest = written.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H').unwrap_or(("0", rest));
    let (minutes, rest) = rest.split_once('M').unwrap_or(("0", rest));
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    let (whole, part) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
    let number = |text: &str| text.parse::<u32>().ok();
    let part = part.trim_end_matches('0');
    let dot = if part.is_empty() { "" } else { "." };
    Some(format!("{:02}:{:02}:{:02}{dot}{part}", number(hours)?, number(minutes)?, number(whole)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time_as_clocks() {
        let check = |written: &str, wanted: Option<&str>| assert_eq!(clock(written).as_deref(), wanted);
        check("PT14H30M00S", Some("14:30:00"));
        check("PT37H05M09.500000S", Some("37:05:09.5"));
        check("P1D", None);
        check("PTxHyMzS", None);
    }
}
