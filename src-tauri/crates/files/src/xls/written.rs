//! Workbooks that Excel 2003 and many programs of shops wrote as one XML file, most often under the name of an old one.

use std::collections::BTreeSet;

use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::{Event, Pull, Source};
use crate::out::Out;
use crate::row::{ValueKind, column_letters};
use crate::sheet::{Grid, SheetRow, heading, number, number_kind, place};

/// Whether these are the bytes of such a workbook, and not of one in an old container.
pub(crate) fn is_written(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let wide = rest.starts_with(b"\xFF\xFE") || rest.starts_with(b"\xFE\xFF");
    wide || rest.trim_ascii_start().starts_with(b"<")
}

/// Reads every sheet.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut part = Pull::new("workbook", Source::Bytes(bytes));
    let mut sheets = 0_u32;
    loop {
        match part.next() {
            Event::Open(tag) if tag.name() == "Worksheet" => {
                sheets = sheets.saturating_add(1);
                let name =
                    tag.attr("Name").map_or_else(|| format!("Sheet{sheets}"), |name| name.into_owned());
                if !sheet(&mut part, &name, out) {
                    return;
                }
            }
            Event::End => break,
            _ => {}
        }
    }
    if out.layout.lists.is_empty() {
        out.list("", "");
    }
    out.tell_part(part);
}

/// A note on a cell: its place and its text.
type Note = (String, String);

/// Reads one sheet. False if the caller wants no more.
fn sheet(part: &mut Pull<'_>, name: &str, out: &mut Out<'_>) -> bool {
    let inside = part.depth();
    let at = place(name);
    let mut grid = Grid::new(name, BTreeSet::new(), out);
    let list = grid.list();
    let mut notes: Vec<Note> = Vec::new();
    let (mut last, mut hidden_rows, mut hidden) = (0_u32, 0_u64, false);
    let mut more = true;
    while more && part.depth() >= inside {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "Row" => {
                    let said = tag.number("Index").filter(|n| (1..=limits::SHEET_ROWS).contains(n));
                    last = said.unwrap_or(last.saturating_add(1));
                    hidden_rows += u64::from(tag.is("Hidden"));
                    let row = row(part, last, &at, &mut notes);
                    more = grid.push(row);
                }
                "Visible" => {
                    let mut text = String::new();
                    part.text(&mut text);
                    hidden |= text.contains("Hidden");
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    more = grid.finish() && more;
    if hidden {
        out.odd.add("hidden_sheet", |o| {
            say(format!("the sheet {} is hidden; it is read like the others", quoted(name)))(o)
                .with("sheet", name)
                .at(at.as_str())
        });
    }
    if hidden_rows > 0 {
        out.odd.add("hidden_rows", |o| {
            let called = quoted(name);
            say(format!("hidden rows of the sheet {called}, which are read: {hidden_rows}"))(o)
                .with("sheet", name)
                .with("count", hidden_rows)
                .at(at.as_str())
        });
    }
    more && notes.iter().all(|(at, text)| heading(at, "note", text, list, out))
}

fn row(part: &mut Pull<'_>, number: u32, at: &str, notes: &mut Vec<Note>) -> SheetRow {
    let inside = part.depth();
    let mut row = SheetRow { number, ..SheetRow::default() };
    let mut next = 0_u32;
    while part.depth() >= inside {
        match part.next() {
            Event::Open(tag) if tag.name() == "Cell" => {
                let said = tag.number("Index").and_then(|n| n.checked_sub(1));
                let column = said.filter(|n| *n < limits::SHEET_COLUMNS).unwrap_or(next);
                let across = tag.number("MergeAcross").unwrap_or(0);
                next = column.saturating_add(1).saturating_add(across).min(limits::SHEET_COLUMNS);
                let full = row.cells.len() >= limits::SHEET_COLUMNS as usize
                    || row.text.len() > limits::RECORD - limits::CELL;
                if full {
                    part.skip();
                } else if let Some(note) = cell(part, column, &mut row)
                    && notes.len() < limits::SHEET_NOTES
                {
                    notes.push((format!("{at},note={}{number}", column_letters(column)), note));
                }
            }
            Event::End => break,
            _ => {}
        }
    }
    row
}

/// Takes a cell; gives the note on it.
fn cell(part: &mut Pull<'_>, column: u32, row: &mut SheetRow) -> Option<String> {
    let inside = part.depth();
    let mut note = None;
    while part.depth() >= inside {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "Data" => {
                    let kind = tag.attr("Type").unwrap_or_default().into_owned();
                    let mut text = String::new();
                    part.text(&mut text);
                    value(&kind, &text, column, row);
                }
                "Comment" => {
                    let mut text = String::new();
                    part.text(&mut text);
                    note = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    note
}

fn value(kind: &str, text: &str, column: u32, row: &mut SheetRow) {
    match kind {
        "Number" => row.push(column, number_kind(text.trim()), &number(text.trim()), false),
        "Boolean" => {
            let said = match text.trim() {
                "1" => "true",
                "0" => "false",
                other => other,
            };
            row.push(column, ValueKind::Bool, said, false);
        }
        // A day is written with its midnight, and every time with its thousandths.
        "DateTime" => {
            let text = text.trim();
            let text = text.strip_suffix(".000").unwrap_or(text);
            row.push(column, ValueKind::Text, text.strip_suffix("T00:00:00").unwrap_or(text), true);
        }
        _ => row.push(column, ValueKind::Text, text, false),
    }
}
