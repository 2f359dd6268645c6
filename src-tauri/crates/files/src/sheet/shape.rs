//! Where the table of a sheet starts: titles and remarks above it, and whether it names its columns.

use super::grid::SheetRow;
use crate::row::ValueKind;
use crate::table::is_value;

/// Rows above a table that may be no part of it. Reports have a title, a customer, a day; not a page of them.
const ABOVE: usize = 20;

/// Where the table starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// How many rows stand above it.
    pub(super) above: usize,
    /// Whether its first row names the columns.
    pub(super) header: bool,
}

/// Finds the start of the table in the first rows of a sheet. `header` tells rows that the workbook itself calls
/// headers.
pub(super) fn start<'r>(rows: &[&'r SheetRow], header: impl Fn(&'r SheetRow) -> bool) -> Start {
    if let Some(above) = rows.iter().position(|r| header(r)) {
        return Start { above, header: true };
    }
    let width = width(rows);
    let mut at = 0;
    while at < rows.len() {
        let (row, below) = (rows[at], rows.get(at + 1).copied());
        let filled = row.cells.len();
        let alone = width >= 2 && filled <= 1 || width >= 4 && filled * 2 < width;
        if alone && below.is_some() {
            at += 1;
            continue;
        }
        if at < ABOVE
            && let Some(table) = below_pairs(rows, at, width)
        {
            at = table;
        }
        let below = rows.get(at + 1).copied();
        return Start { above: at, header: names_columns(rows[at], below) };
    }
    Start { above: 0, header: false }
}

/// The header below rows of names with their values (`Client`, `Camille Martin`), if the rows from `at` on are such.
fn below_pairs(rows: &[&SheetRow], at: usize, width: usize) -> Option<usize> {
    // What stands first is a name, never a value: a table of two columns has some of those there.
    let named = |row: &SheetRow| {
        row.cells.first().is_some_and(|c| c.kind == ValueKind::Text && !c.dated && !is_value(row.text_of(c)))
    };
    let pairs = rows[at..].iter().take(ABOVE).take_while(|r| r.cells.len() <= 2).count();
    if !rows[at..at + pairs].iter().all(|row| named(row)) {
        return None;
    }
    // A title of its own behind a gap says that what stands above is a table, too.
    let titled = pairs.checked_sub(2).is_some_and(|n| {
        let (before, last) = (rows[at + n], rows[at + n + 1]);
        last.cells.len() == 1 && last.number > before.number + 1 && before.cells.len() == 2
    });
    if titled {
        return None;
    }
    let table = at + pairs;
    let (header, below) = (rows.get(table)?, rows.get(table + 1)?);
    // A gap between them is a sign; without one the table must be what most of the sheet is.
    let gap = header.number > rows[table.checked_sub(1)?].number + 1;
    let fits = pairs > 0 && header.cells.len() >= 3 && below.cells.len() * 2 > header.cells.len();
    (fits && (gap || width >= 3) && names_columns(header, Some(below))).then_some(table)
}

/// How many cells most rows have; of two numbers, the larger.
fn width(rows: &[&SheetRow]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        let n = row.cells.len();
        match counts.iter_mut().find(|(width, _)| *width == n) {
            Some((_, count)) => *count += 1,
            None => counts.push((n, 1)),
        }
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(1, |(width, _)| width)
}

/// Whether a row names its columns: nothing in it looks like a value, unless the values below do not look like it.
pub(crate) fn names_columns(row: &SheetRow, below: Option<&SheetRow>) -> bool {
    for cell in &row.cells {
        let text = row.text_of(cell);
        if cell.kind == ValueKind::Text && !cell.dated && !is_value(text) {
            continue;
        }
        // A year as the name of a column stands over numbers that are no years; an id over ids is a row.
        let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && row.cells.len() >= 2;
        let under =
            below.and_then(|b| b.cells.iter().find(|c| c.column == cell.column).map(|c| b.text_of(c)));
        if !year || below.is_none() || under.is_some_and(|under| under.len() == 4) {
            return false;
        }
    }
    row.cells.iter().any(|c| c.kind == ValueKind::Text)
}
