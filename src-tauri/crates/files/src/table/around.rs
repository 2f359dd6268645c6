//! What stands around a table: lines above it, names of further tables, sums below.

use super::cells::{Cell, End, Marks, split};
use super::dialect::{empty, is_header, is_value_at};

/// So many rows may stand above a table.
const ABOVE: usize = 20;

/// Where the header of the table stands if names and values stand above it, an empty line between: banks write the
/// account's number and the period so.
pub(super) fn header_below_gap(text: &str, from: usize, marks: Marks, ended: bool) -> Option<usize> {
    let mut cells = Vec::new();
    let mut at = from;
    let (mut most, mut widest, mut gap) = (0, 0, false);
    // What stands above may be a table of its own: names, and values under them.
    let (mut named, mut valued, mut others) = (false, 0, 0);
    for _ in 0..ABOVE {
        let start = at;
        at = match split(text, at, marks, ended, false, &mut cells) {
            End::Line(next) => next,
            _ => return None,
        };
        let filled = filled(&cells);
        if filled == 0 {
            gap = most > 0;
            continue;
        }
        if gap {
            let padded = cells.len() == widest && widest >= 3;
            let table = named && others >= 2 && valued == others && !padded;
            let above = filled > most && !table && (padded || most <= 2 && filled >= 3);
            return (above && is_header(text, &cells, None, marks)).then_some(start);
        }
        if most == 0 {
            named = filled >= 2 && is_header(text, &cells, None, marks);
        } else {
            others += 1;
            valued += usize::from(cells.get(1).is_some_and(|c| is_value_at(text, *c, marks)));
        }
        most = most.max(filled);
        widest = widest.max(cells.len());
    }
    None
}

/// How many cells have something in them.
pub(super) fn filled(cells: &[Cell]) -> usize {
    cells.iter().filter(|c| c.to > c.from + 2 * usize::from(c.quoted)).count()
}

/// Whether a text is a title: capitals and no number.
pub(super) fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-' | '\'' | '’' | '&'));
    letters >= 3 && plain && !text.chars().any(char::is_lowercase)
}

/// Whether the next row that is not empty names columns.
pub(super) fn header_follows(text: &str, from: usize, marks: Marks, ended: bool) -> bool {
    let mut cells = Vec::new();
    let mut at = from;
    while at < text.len() {
        let end = split(text, at, marks, ended, false, &mut cells);
        match end {
            End::Line(next) if empty(text, &cells) => at = next,
            End::Line(_) | End::Text => return cells.len() >= 2 && is_header(text, &cells, None, marks),
            End::Open | End::Broken => return false,
        }
    }
    false
}

/// Which columns of a table hold values (numbers, dates), told from its first rows.
#[derive(Debug, Default)]
pub(super) struct Valued {
    rows: usize,
    columns: Vec<usize>,
}

/// So many rows tell what the columns hold.
const ROWS: usize = 20;

impl Valued {
    /// Learns from a row.
    pub(super) fn learn(&mut self, text: &str, cells: &[Cell], marks: Marks) {
        if self.rows >= ROWS {
            return;
        }
        self.rows += 1;
        if self.columns.len() < cells.len() {
            self.columns.resize(cells.len(), 0);
        }
        for (cell, count) in cells.iter().zip(&mut self.columns) {
            *count += usize::from(is_value_at(text, *cell, marks));
        }
    }

    /// Whether a row has words where all rows so far have values.
    pub(super) fn breaks(&self, text: &str, cells: &[Cell], marks: Marks) -> bool {
        self.rows > 0
            && cells.iter().zip(&self.columns).any(|(cell, count)| {
                *count == self.rows && cell.to > cell.from && !is_value_at(text, *cell, marks)
            })
    }
}
