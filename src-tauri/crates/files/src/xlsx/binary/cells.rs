//! The cells of one sheet, in the order of the file.

use super::records::Fields;
use super::{Records, kind};
use crate::limits;
use crate::row::{ValueKind, column_letters};
use crate::sheet::{Grid, error, float, packed_number};
use crate::xlsx::cells::{Around, Link, Reader, Shared, margin};

/// Reads the rows of a sheet. False if the caller wants no more.
pub(in super::super) fn read(
    part: &mut Records<'_>,
    grid: &mut Grid<'_, '_>,
    shared: &mut Shared,
) -> (Around, bool) {
    let mut reader = Reader::default();
    let mut around = Around::default();
    let mut more = true;
    while more && let Some((kind, mut data)) = part.next() {
        match kind {
            kind::ROW => {
                let number = data.u32().map(|n| n.saturating_add(1));
                let marks = data.pass(7).and_then(|()| data.u8()).unwrap_or(0);
                reader.told.hidden += u64::from(marks & 0x10 != 0);
                more = reader.begin(number, grid);
            }
            kind::COLUMNS => {
                let marks = data.pass(16).and_then(|()| data.u16()).unwrap_or(0);
                reader.told.hidden_columns += u64::from(marks & 1 != 0);
            }
            kind::BLANK..=kind::SHORT_SHARED | kind::RICH_CELL => {
                more = cell(kind, data, &mut reader, grid, shared);
            }
            kind::LINK if around.links.len() < limits::SHEET_NOTES => around.links.extend(link(data)),
            kind::MARGINS => {
                data.u16();
                let texts = std::iter::from_fn(|| data.text()).take(6);
                around.margins.extend(texts.filter(|text| !text.is_empty()).map(|text| margin(&text)));
            }
            _ => {}
        }
    }
    more = reader.end(grid) && more;
    (around, more)
}

/// Takes a cell. False if the caller wants no more.
fn cell(
    kind: u32,
    mut data: Fields<'_>,
    reader: &mut Reader,
    grid: &mut Grid<'_, '_>,
    shared: &mut Shared,
) -> bool {
    // A short cell follows the one before it, and does not say where it stands.
    let short = (kind::SHORT_BLANK..=kind::SHORT_SHARED).contains(&kind);
    let column = if short { Some(reader.next_column) } else { data.u32() };
    let (Some(column), Some([s0, s1, s2, _])) = (column, data.bytes()) else { return true };
    let style = u32::from_le_bytes([s0, s1, s2, 0]) as usize;
    let place = (column < limits::SHEET_COLUMNS).then_some((column, reader.row.number));
    let (column, more) = reader.place(Some(place), grid);
    let kind = if short { kind - (kind::SHORT_BLANK - kind::BLANK) } else { kind };
    let _ = value(kind, data, column, style, reader, shared);
    more
}

/// Adds the value of a cell to its row; none where the record ends too early for it.
fn value(
    kind: u32,
    mut data: Fields<'_>,
    column: u32,
    style: usize,
    reader: &mut Reader,
    shared: &mut Shared,
) -> Option<()> {
    match kind {
        2 => {
            let number = packed_number(data.bytes()?);
            reader.number(column, &float(number), Some(style), shared);
        }
        5 | 9 => reader.number(column, &float(data.f64()?), Some(style), shared),
        3 | kind::FORMULA_ERROR => reader.row.push(column, ValueKind::Text, error(data.u8()?), false),
        4 | 10 => {
            let text = if data.u8()? == 0 { "false" } else { "true" };
            reader.row.push(column, ValueKind::Bool, text, false);
        }
        6 | 8 => reader.row.push(column, ValueKind::Text, &data.text()?, false),
        7 => reader.shared(column, Some(data.u32()? as usize), shared),
        kind::RICH_CELL => reader.row.push(column, ValueKind::Text, &data.rich_text()?, false),
        _ => {}
    }
    Some(())
}

/// A link of a cell.
fn link(mut data: Fields<'_>) -> Option<Link> {
    let (column, row) = data.range()?;
    let cell = format!("{}{}", column_letters(column), row.saturating_add(1));
    let some = |text: Option<String>| text.filter(|text| !text.is_empty());
    Some(Link { cell, relation: some(data.text()), place: some(data.text()) })
}
