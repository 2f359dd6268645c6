//! The cells of one sheet of an old workbook.

use std::collections::BTreeSet;

use super::strings::Chunks;
use super::{Book, Records, Sheet, kind};
use crate::limits;
use crate::oddities::{quoted, say};
use crate::out::Out;
use crate::row::ValueKind;
use crate::sheet::{Grid, SheetRow, error, float, heading, packed_number, shown};

/// Reads a sheet. False if the caller wants no more.
pub(super) fn read(stream: &[u8], sheet: &Sheet, book: &mut Book, out: &mut Out<'_>) -> bool {
    let mut records = Records::new(stream, sheet.at);
    let mut grid = Grid::new(&sheet.name, BTreeSet::new(), out);
    let (at, list) = (grid.at.clone(), grid.list());
    let mut reader = Reader { row: SheetRow::default(), awaits: None, hidden: 0, missing: 0, spent: false };
    let mut texts: Vec<String> = Vec::new();
    let (mut depth, mut ended, mut more) = (0_u32, false, true);
    while more && let Some((kind, data)) = records.next() {
        match kind {
            kind::BEGIN => depth = depth.saturating_add(1),
            kind::EOF => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    ended = true;
                    break;
                }
            }
            // A chart inside the sheet has cells of its own that repeat those of the sheet.
            _ if depth > 1 => {}
            kind::ROW => reader.hidden += u64::from(data.get(12).is_some_and(|b| b & 0x20 != 0)),
            kind::TEXT_OBJECT => {
                let letters = data.get(10..12).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
                let mut rest = records.with_rest(&[]);
                if let Some(text) = rest.text_of(usize::from(letters)).filter(|_| letters > 0)
                    && texts.len() < limits::SHEET_NOTES
                {
                    texts.push(text);
                }
            }
            _ => more = reader.record(kind, data, &mut records, book, &mut grid),
        }
    }
    more = more && grid.push(std::mem::take(&mut reader.row));
    more = grid.finish() && more;
    reader.tell(&sheet.name, &at, out);
    if !ended || records.cut {
        out.partly = true;
        out.odd.add("part_damaged", |o| {
            say(format!("the sheet {} ends in the middle", quoted(&sheet.name)))(o)
                .with("part", &sheet.name)
                .at(at.as_str())
        });
    }
    more && (1..)
        .zip(&texts)
        .all(|(n, text): (u32, _)| heading(&format!("{at},note={n}"), "note", text, list, out))
}

struct Reader {
    row: SheetRow,
    /// The cell whose formula gave a text, which comes in a record of its own.
    awaits: Option<u32>,
    hidden: u64,
    missing: u64,
    spent: bool,
}

impl Reader {
    /// Takes a record. False if the caller wants no more.
    fn record<'a>(
        &mut self,
        kind: u16,
        data: &'a [u8],
        records: &mut Records<'a>,
        book: &mut Book,
        grid: &mut Grid<'_, '_>,
    ) -> bool {
        if kind == kind::STRING {
            if let Some(column) = self.awaits.take() {
                let text = text(records, data, book);
                self.row.push(column, ValueKind::Text, &text, false);
            }
            return true;
        }
        if !matches!(
            kind,
            kind::FORMULA
                | kind::MANY_RK
                | kind::RICH_LABEL
                | kind::SHARED_LABEL
                | kind::NUMBER
                | kind::LABEL
                | kind::BOOL_OR_ERROR
                | kind::RK
        ) {
            return true;
        }
        let Some(([r0, r1, c0, c1, s0, s1], rest)) = data.split_first_chunk::<6>() else { return true };
        let number = u32::from(u16::from_le_bytes([*r0, *r1])) + 1;
        let column = u32::from(u16::from_le_bytes([*c0, *c1]));
        let style = usize::from(u16::from_le_bytes([*s0, *s1]));
        let mut more = true;
        let full = self.row.cells.len() >= limits::SHEET_COLUMNS as usize
            || self.row.text.len() > limits::RECORD - limits::CELL;
        if number != self.row.number || full {
            more = grid.push(std::mem::take(&mut self.row));
            self.row.number = number;
        }
        self.awaits = None;
        match kind {
            kind::MANY_RK => {
                // The first style stands where a single cell has its own.
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]);
                for (column, cell) in (column..).zip(cells.chunks_exact(6)) {
                    let style = usize::from(u16::from_le_bytes([cell[0], cell[1]]));
                    let value = packed_number([cell[2], cell[3], cell[4], cell[5]]);
                    self.number(column, value, style, book);
                }
            }
            kind::RK => {
                if let Some(value) = rest.first_chunk::<4>() {
                    self.number(column, packed_number(*value), style, book);
                }
            }
            kind::NUMBER => {
                if let Some(value) = rest.first_chunk::<8>() {
                    self.number(column, f64::from_le_bytes(*value), style, book);
                }
            }
            kind::SHARED_LABEL => {
                let n = rest.first_chunk::<4>().map_or(usize::MAX, |b| u32::from_le_bytes(*b) as usize);
                match book.strings.get(n) {
                    Some(text) if text.len() as u64 <= book.budget => {
                        book.budget -= text.len() as u64;
                        self.row.push(column, ValueKind::Text, text, false);
                    }
                    Some(_) => self.spent = true,
                    None => self.missing += 1,
                }
            }
            kind::LABEL | kind::RICH_LABEL => {
                let text = text(records, rest, book);
                self.row.push(column, ValueKind::Text, &text, false);
            }
            kind::BOOL_OR_ERROR => self.special(column, rest.first().copied(), rest.get(1) == Some(&1)),
            _ => {
                let Some(value) = rest.first_chunk::<8>() else { return more };
                if value[6..] != [0xFF, 0xFF] {
                    self.number(column, f64::from_le_bytes(*value), style, book);
                } else if value[0] == 0 {
                    self.awaits = Some(column);
                } else if value[0] < 3 {
                    self.special(column, Some(value[2]), value[0] == 2);
                }
            }
        }
        more
    }

    fn number(&mut self, column: u32, value: f64, style: usize, book: &Book) {
        let text = float(value);
        let form = book.styles.get(style).copied().unwrap_or_default();
        match shown(&text, form, book.from_1904) {
            Some(date) => self.row.push(column, ValueKind::Text, &date, true),
            None => self.row.push(column, ValueKind::Number, &text, false),
        }
    }

    fn special(&mut self, column: u32, value: Option<u8>, is_error: bool) {
        match value {
            Some(code) if is_error => self.row.push(column, ValueKind::Text, error(code), false),
            Some(value) => {
                self.row.push(column, ValueKind::Bool, if value == 0 { "false" } else { "true" }, false);
            }
            None => {}
        }
    }

    fn tell(&self, name: &str, at: &str, out: &mut Out<'_>) {
        let called = quoted(name);
        let told = [
            (
                "hidden_rows",
                self.hidden,
                format!("hidden rows of the sheet {called}, which are read: {}", self.hidden),
            ),
            (
                "shared_text_missing",
                self.missing,
                format!(
                    "cells of the sheet {called} that point to a text which is not there: {}",
                    self.missing
                ),
            ),
        ];
        for (code, count, message) in told {
            if count > 0 {
                out.odd.add(code, |o| say(message)(o).with("sheet", name).with("count", count).at(at));
            }
        }
        out.partly |= self.spent || self.missing > 0;
        if self.spent {
            let most = limits::SHARED_TEXT >> 20;
            out.odd.add("record_too_large", |o| {
                say(format!("the cells repeat more than {most} MiB of text; the rest is left out"))(o)
                    .with("limit_mib", most)
                    .at(at)
            });
        }
    }
}

/// The text of a record, which may go on in those behind it.
fn text<'a>(records: &mut Records<'a>, data: &'a [u8], book: &Book) -> String {
    let mut chunks: Chunks<'a> = records.with_rest(data);
    if book.unicode {
        return chunks.text().unwrap_or_default();
    }
    let letters = usize::from(chunks.u16().unwrap_or(0));
    let bytes: Vec<u8> = (0..letters).map_while(|_| chunks.byte()).collect();
    book.encoding.decode(&bytes).0.into_owned()
}
