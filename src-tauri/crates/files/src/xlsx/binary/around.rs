//! What belongs to a sheet and stands in parts of its own: tables with their headers, notes.

use super::{Records, kind};
use crate::limits;
use crate::office::Package;
use crate::out::Out;
use crate::row::column_letters;
use crate::sheet::heading;

/// The row that names the columns of a table, if one does.
pub(in super::super) fn header(package: &Package, part: &str, out: &mut Out<'_>) -> Option<u32> {
    let mut part = Records::open(package, part)?;
    let mut row = None;
    while let Some((kind, mut data)) = part.next() {
        if kind == kind::TABLE {
            let first = data.range().map(|(_, row)| row);
            let headed = data.pass(8).and_then(|()| data.u32()).is_none_or(|rows| rows > 0);
            row = first.filter(|_| headed).map(|row| row.saturating_add(1));
            break;
        }
    }
    part.tell(out);
    row
}

/// Hands over the notes on cells, each with who wrote it.
pub(in super::super) fn notes(
    package: &Package,
    part: &str,
    sheet: &str,
    list: u16,
    out: &mut Out<'_>,
) -> bool {
    let Some(mut part) = Records::open(package, part) else { return true };
    let mut authors: Vec<String> = Vec::new();
    let (mut author, mut cell) = (None, String::new());
    let mut told = 0;
    let mut more = true;
    while more
        && told < limits::SHEET_NOTES
        && let Some((kind, mut data)) = part.next()
    {
        match kind {
            kind::AUTHOR if authors.len() < limits::SHEET_NOTES => {
                authors.push(data.text().unwrap_or_default());
            }
            kind::NOTE => {
                author = data.u32().map(|n| n as usize);
                cell = data.range().map_or_else(String::new, |(column, row)| {
                    format!("{}{}", column_letters(column), row.saturating_add(1))
                });
            }
            kind::NOTE_TEXT => {
                let text = data.rich_text().unwrap_or_default();
                let author = author.take().and_then(|n| authors.get(n));
                // Most programs write the author into the text as well.
                let text = match author.filter(|a| !a.is_empty() && !text.starts_with(a.as_str())) {
                    Some(author) => format!("{author}: {}", text.trim()),
                    None => text.trim().to_owned(),
                };
                told += 1;
                more = heading(&format!("{sheet},note={cell}"), "note", &text, list, out);
            }
            _ => {}
        }
    }
    part.tell(out);
    more
}
