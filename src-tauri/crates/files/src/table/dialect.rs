//! How a table is written: told from its first rows.

use super::cells::{Cell, End, Marks, split, unquote};
use crate::limits;

/// How a table is written, and where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) marks: Marks,
    /// Behind a line that names the delimiter (`sep=;`).
    pub(crate) start: usize,
    /// How many cells most rows have.
    pub(crate) width: usize,
}

/// Whether text that nobody calls a table is one: several rows, all of the same width.
pub(crate) fn looks_like_table(head: &str, ended: bool) -> bool {
    let dialect = find(head, ended, None);
    let (rows, _) = widths(head, dialect.start, dialect.marks, ended);
    let same = rows.iter().filter(|n| **n == dialect.width).count();
    // Sentences have commas too, but seldom the same number in each line.
    let prose = dialect.marks.delimiter == b',' && is_prose(head);
    // Lines with one comma each are a table only if none of the commas is one of a sentence.
    let enough =
        dialect.width >= 3 || dialect.width == 2 && (dialect.marks.delimiter != b',' || !head.contains(", "));
    // A few lines may stand alone above or below, if the mark is one that sentences do not have.
    let alone = rows.iter().filter(|n| **n == 1).count();
    let marked = dialect.marks.delimiter != b',' && alone <= AROUND && same >= 3;
    // Nobody writes tabs in sentences: a second table may follow the first.
    let tabs = dialect.marks.delimiter == b'\t';
    let wide: Vec<usize> = rows.iter().copied().filter(|n| *n > 1).collect();
    let changes = wide.windows(2).filter(|w| w[0] != w[1]).count();
    let tables = tabs && alone <= AROUND && changes <= 1;
    let fewest = if tabs && dialect.width >= 3 { 2 } else { 3 };
    let fits = same == rows.len() || marked && same + alone == rows.len() || tables;
    enough && !prose && rows.len() >= fewest && fits
}

/// Whether commas have a space behind them, as in sentences.
fn is_prose(head: &str) -> bool {
    head.matches(", ").count() * 2 > head.matches(',').count()
}

/// So many lines around a table do not keep it from being one.
const AROUND: usize = 4;

/// Tells how a table is written. `delimiter` is what the name of the file suggests.
pub(crate) fn find(head: &str, ended: bool, delimiter: Option<u8>) -> Dialect {
    let quote = Some(quote(head));
    if let Some((delimiter, start)) = named(head) {
        let marks = Marks { delimiter, quote };
        return Dialect { marks, start, width: width(&widths(head, start, marks, ended).0, false) };
    }
    let mut best: Option<(f64, Dialect)> = None;
    for candidate in [b',', b';', b'\t', b'|'] {
        let marks = Marks { delimiter: candidate, quote };
        let (rows, odd) = widths(head, 0, marks, ended);
        let width = width(&rows, candidate == b',' && is_prose(head));
        let same = rows.iter().filter(|n| **n == width).count();
        let share = ratio(same, rows.len().max(1));
        let wide = if width > 1 { 1.0 + ratio(width.min(20), 20) } else { 0.1 };
        let hint = if delimiter == Some(candidate) { 1.2 } else { 1.0 };
        // With the wrong mark, text follows the quotes of cells.
        let clean = 1.0 - ratio(odd, rows.len().max(1)) / 2.0;
        let score = share * wide * hint * clean;
        if best.as_ref().is_none_or(|(b, _)| score > *b) {
            best = Some((score, Dialect { marks, start: 0, width }));
        }
    }
    let comma = Marks { delimiter: b',', quote };
    best.map_or(Dialect { marks: comma, start: 0, width: 1 }, |(_, dialect)| dialect)
}

fn ratio(a: usize, b: usize) -> f64 {
    f64::from(u32::try_from(a).unwrap_or(u32::MAX)) / f64::from(u32::try_from(b).unwrap_or(u32::MAX))
}

/// The delimiter that the first line names, and the place behind that line.
fn named(head: &str) -> Option<(u8, usize)> {
    let line = head.split_inclusive(['\n', '\r']).next()?;
    let rest = line.get(..4).filter(|s| s.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let delimiter = *rest.as_bytes().first()?;
    if !matches!(delimiter, b',' | b';' | b'\t' | b'|' | b':') || !rest[1..].trim().is_empty() {
        return None;
    }
    let behind = if head[line.len()..].starts_with('\n') && line.ends_with('\r') { 1 } else { 0 };
    Some((delimiter, line.len() + behind))
}

/// Double quotes, unless cells are plainly held in single ones.
fn quote(head: &str) -> u8 {
    let cells = |quote: &str| {
        [",", ";", "\t", "|"]
            .iter()
            .map(|d| head.matches(&format!("{quote}{d}{quote}")).count())
            .max()
            .unwrap_or(0)
    };
    if !head.contains('"') && cells("'") >= 2 { b'\'' } else { b'"' }
}

/// The widths of the first rows that are not empty, and how many of them have quotes that do not fit.
fn widths(head: &str, start: usize, marks: Marks, ended: bool) -> (Vec<usize>, usize) {
    let mut rows = Vec::new();
    let mut odd = 0;
    let mut cells = Vec::new();
    let mut at = start;
    while rows.len() < limits::TABLE_SAMPLE_ROWS && at < head.len() {
        let mut end = split(head, at, marks, ended, false, &mut cells);
        if matches!(end, End::Open | End::Broken) || cells.iter().any(|c| c.quoted && c.odd) {
            odd += 1;
            end = split(head, at, marks, ended, true, &mut cells);
        }
        if !empty(head, &cells) {
            rows.push(cells.len());
        }
        match end {
            End::Line(next) => at = next,
            End::Text => break,
            End::Open | End::Broken => {
                rows.pop();
                break;
            }
        }
    }
    (rows, odd)
}

/// Whether a line has nothing in it.
pub(crate) fn empty(text: &str, cells: &[Cell]) -> bool {
    cells.len() == 1 && text[cells[0].from..cells[0].to].trim().is_empty()
}

/// The width that most rows have; of two, the larger. Titles and remarks stand alone in their lines, and do not make a
/// table of one column.
fn width(rows: &[usize], prose: bool) -> usize {
    let single = rows.iter().filter(|n| **n == 1).count();
    let others = rows.len() - single;
    let wide = if prose { single * 2 <= others } else { single <= others * 2 };
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for n in rows.iter().filter(|n| !wide || **n > 1) {
        match counts.iter_mut().find(|(w, _)| w == n) {
            Some((_, count)) => *count += 1,
            None => counts.push((*n, 1)),
        }
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(1, |(width, _)| width)
}

/// Whether a row names its columns: nothing in it looks like a value, unless the values below do not look like it.
pub(crate) fn is_header(text: &str, cells: &[Cell], below: Option<&[Cell]>, marks: Marks) -> bool {
    let mut buffer = String::new();
    let mut below_buffer = String::new();
    for (n, cell) in cells.iter().enumerate() {
        buffer.clear();
        unquote(text, *cell, marks, &mut buffer);
        if !is_value(&buffer) {
            continue;
        }
        let Some(below) = below else { return false };
        below_buffer.clear();
        if let Some(cell) = below.get(n) {
            unquote(text, *cell, marks, &mut below_buffer);
        }
        // A year or a day as the name of a column stands over numbers that are none; an id over ids is a row.
        let (name, value) = (form(&buffer), form(&below_buffer));
        if !matches!(name.as_str(), "9999" | "9999-99-99" | "99/99/9999") || name == value || cells.len() < 2
        {
            return false;
        }
    }
    cells.iter().any(|c| c.to > c.from + 2 * usize::from(c.quoted))
}

/// What a text looks like: 9 for each digit.
fn form(text: &str) -> String {
    text.trim().chars().take(12).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect()
}

/// Whether a cell has the form of a value.
pub(crate) fn is_value_at(text: &str, cell: Cell, marks: Marks) -> bool {
    let mut buffer = String::new();
    unquote(text, cell, marks, &mut buffer);
    is_value(&buffer)
}

/// Whether text has the form of a value and not of a name: a number, a date, an address.
pub(crate) fn is_value(text: &str) -> bool {
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return false;
    }
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let mail =
        text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !text.contains(' '));
    let link = text.starts_with("http://") || text.starts_with("https://");
    mail || link || (digits > 0 && letters == 0) || (digits >= 6 && digits * 2 > bytes.len() && letters <= 4)
}
