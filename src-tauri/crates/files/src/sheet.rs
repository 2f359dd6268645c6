//! Sheets of workbooks, whatever the format: rows of cells become tables with their headers.

mod dates;
mod grid;
mod heading;
mod numbers;
mod shape;

pub(crate) use dates::{Form, shown};
pub(crate) use grid::{Grid, SheetRow, place};
pub(crate) use heading::heading;
pub(crate) use numbers::{error, float, number, number_kind, packed_number};
pub(crate) use shape::names_columns;

use crate::limits;

/// Column (from 0) and row (from 1) of a cell that is called by its letters and number: `C17`, `$C$17`. None for what no
/// sheet has.
pub(crate) fn reference(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.trim().trim_start_matches('$');
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let (letters, number) = cell.split_at(letters);
    let column =
        letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
    let number = number.trim_start_matches('$').parse().ok()?;
    let inside = column < limits::SHEET_COLUMNS && (1..=limits::SHEET_ROWS).contains(&number);
    inside.then_some((column, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        let check = |cell: &str, wanted: Option<(u32, u32)>| assert_eq!(reference(cell), wanted, "{cell}");
        check("A1", Some((0, 1)));
        check("$aa$10", Some((26, 10)));
        check("XFD1048576", Some((16_383, 1_048_576)));
        for outside in ["XFE1", "A0", "A1048577", "ZZZZ1", "17", "A", "", "A-1"] {
            check(outside, None);
        }
    }
}
