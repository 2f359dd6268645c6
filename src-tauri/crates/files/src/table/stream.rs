//! A table, row by row.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::around::{Valued, filled, header_below_gap, header_follows, is_title};
use super::cells::{Cell, End, Marks, plain, split, unquote};
use super::dialect::{Dialect, empty, find, is_header};
use crate::decode::Piece;
use crate::layout::{Format, Layout, Table};
use crate::limits;
use crate::names::{Column, Namer};
use crate::oddities::{quoted, say};
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;

/// Where the reader is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No header has been met yet.
    Before,
    Rows,
}

struct Reader<'a, 'r, 'o> {
    window: Window<'r>,
    out: &'a mut Out<'o>,
    dialect: Dialect,
    /// A quote was left open up to the end of the file: from there on quotes do not reach beyond their lines.
    one_line: bool,
    phase: Phase,
    list: u16,
    /// How many columns the header names.
    columns: usize,
    /// Data rows so far.
    rows: u32,
    /// Lines so far, for what stands outside the rows.
    line: u32,
    /// The row before was an empty line.
    after_gap: bool,
    /// The text of the row before, if it stood alone behind a gap: the title of another table, perhaps.
    title: Option<String>,
    header: Vec<String>,
    /// Lines above the table go up to here, in the text in memory when reading began.
    above: u64,
    /// A title has come, and no header behind it: what follows may be sums.
    below: bool,
    /// That title ends in a colon, as that of a summary does.
    remark: bool,
    valued: Valued,
}

/// Reads a table.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>, delimiter: Option<u8>) {
    let head = window.piece().text;
    if head.len() < limits::HEAD && !window.ended() {
        window.fill(limits::CHUNK);
    }
    let dialect = find(&window.piece().text[window.start..], window.ended(), delimiter);
    window.start += dialect.start;
    out.layout.format = if dialect.marks.delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let list = out.list("", "");
    // Lines may stand before the header, and are read again with these marks.
    let Marks { delimiter, quote } = dialect.marks;
    out.layout.table = Some(Table { delimiter, quote, columns: Vec::new(), has_header: false });
    let piece = window.piece();
    let above = header_below_gap(piece.text, window.start, dialect.marks, window.ended())
        .map_or(0, |at| piece.base + at as u64);
    let mut reader = Reader {
        window,
        out,
        line: u32::from(dialect.start > 0),
        dialect,
        one_line: false,
        phase: Phase::Before,
        list,
        columns: 0,
        rows: 0,
        after_gap: false,
        title: None,
        header: Vec::new(),
        above,
        below: false,
        remark: false,
        valued: Valued::default(),
    };
    reader.all();
    let Reader { window, out, .. } = reader;
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

impl Reader<'_, '_, '_> {
    fn all(&mut self) {
        let mut cells: Vec<Cell> = Vec::new();
        let mut below: Vec<Cell> = Vec::new();
        loop {
            let piece = self.window.piece();
            let ended = self.window.ended();
            let at = self.window.start;
            if at >= piece.text.len() && ended {
                break;
            }
            let marks = self.dialect.marks;
            let mut end = split(piece.text, at, marks, ended, self.one_line, &mut cells);
            let long = piece.text.len() - at > limits::CELL;
            if end == End::Open && !long && !ended {
                self.window.more();
                continue;
            }
            // A quote that runs to the end of the file, or whose end does not fit, was never meant to be closed.
            let unclosed = end == End::Broken
                || end == End::Open
                || end == End::Text
                    && cells.last().is_some_and(|c| c.quoted && c.odd && closes_not(piece.text, *c, marks));
            if unclosed && !self.one_line {
                let line = self.line + 1;
                self.out.odd.add("unclosed_quote", |o| {
                    say(format!(
                        "a quote that opens in line {line} does not close; lines are read one by one"
                    ))(o)
                    .with("line", line)
                    .at(format!("line={line}"))
                });
                if end != End::Broken {
                    self.one_line = true;
                }
                end = split(piece.text, at, marks, ended, true, &mut cells);
            }
            let next = match end {
                End::Line(next) => next,
                End::Text => piece.text.len(),
                // A line longer than any cell may be: cut where the memory ends.
                End::Open | End::Broken => {
                    if !self.window.full() && !ended {
                        self.window.more();
                        continue;
                    }
                    let rest = Cell {
                        from: cells.last().map_or(at, |c| c.to + 1),
                        to: piece.text.len(),
                        quoted: false,
                        odd: false,
                    };
                    if rest.from <= rest.to {
                        cells.push(rest);
                    }
                    let line = self.line + 1;
                    self.out.odd.add("row_cut", |o| {
                        say(format!("line {line} is longer than can be held and is cut"))(o)
                            .with("line", line)
                    });
                    piece.text.len()
                }
            };
            let text = piece.text;
            let first_line = self.line + 1;
            self.line = self.line.saturating_add(lines(&text[at..next]).max(1));
            if empty(text, &cells) {
                self.after_gap = true;
                self.window.start = next;
                continue;
            }
            if self.phase == Phase::Before {
                // The row below tells whether this one is a header; it may be empty lines away.
                let peeked = peek(text, next, marks, ended, &mut below);
                if !peeked && !ended && !long && self.window.more() {
                    self.line = first_line - 1;
                    continue;
                }
                self.first(&cells, peeked.then_some(below.as_slice()), first_line);
            } else {
                self.row(&cells, next, first_line);
            }
            self.window.start = next;
            self.after_gap = false;
            if self.out.stopped() {
                break;
            }
        }
    }

    /// A row before the header: text around the table, the header, or the first row where there is none.
    fn first(&mut self, cells: &[Cell], below: Option<&[Cell]>, line: u32) {
        let text = self.window.piece().text;
        let width = self.dialect.width;
        let filled = cells.iter().filter(|c| c.to > c.from).count();
        let here = self.window.piece().base + self.window.start as u64;
        let preamble = here < self.above
            || width >= 2 && filled <= 1 && below.is_some() && cells.len() != width
            || width >= 3 && filled <= 1 && below.is_some()
            // Banks write `account;number` and the like above their tables, padded or not.
            || width >= 4 && (cells.len() * 2 <= width || filled * 2 < width) && below.is_some();
        // A small table may stand above a wide one: its names fit the row below, or a title says so.
        let marks = self.dialect.marks;
        let fits = below.is_some_and(|b| b.len() == cells.len()) && is_header(text, cells, below, marks);
        let small = fits && (filled == cells.len() && filled >= 3 || self.below && filled >= 2);
        if preamble && (!small || here < self.above) {
            if cells.len() == 1 {
                let mut title = String::new();
                unquote(text, cells[0], marks, &mut title);
                self.below = is_title(&title);
            }
            self.outside(cells, line);
            return;
        }
        self.phase = Phase::Rows;
        self.below = false;
        let has_header = is_header(text, cells, below, marks);
        let columns: Vec<String> = if has_header {
            names(text, cells, marks)
        } else {
            (1..=cells.len()).map(|n| format!("column {n}")).collect()
        };
        self.out.layout.table = Some(Table {
            delimiter: marks.delimiter,
            quote: marks.quote,
            columns: columns.clone(),
            has_header,
        });
        self.set_columns(columns);
        if has_header {
            self.emit_header(cells);
        } else {
            self.data(cells, line);
        }
    }

    fn set_columns(&mut self, columns: Vec<String>) {
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let mut table: Vec<Column> = Vec::with_capacity(columns.len());
        for name in &columns {
            let count = seen.entry(name).or_insert(0);
            *count += 1;
            let field = self.window.namer(&mut self.out.layout).path(&[name]);
            table.push((field, (*count > 1).then_some(*count)));
        }
        *self.out.layout.names.table_mut(self.list) = table;
        self.columns = columns.len();
        self.header = columns;
    }

    /// A row behind the header.
    fn row(&mut self, cells: &[Cell], next: usize, line: u32) {
        let text = self.window.piece().text;
        let marks = self.dialect.marks;
        if self.columns >= 2 && cells.len() == 1 {
            let mut title = String::new();
            unquote(text, cells[0], marks, &mut title);
            let apart = self.after_gap || self.title.is_some() || self.below;
            // A remark below the table may have several lines. A title in capitals needs no gap.
            if apart || is_title(&title) && header_follows(text, next, marks, self.window.ended()) {
                self.outside(cells, line);
                self.remark = title.trim_end().ends_with(':');
                self.title = Some(title);
                self.below = true;
                return;
            }
        }
        let title = self.title.take();
        let apart = title.is_some() || self.after_gap;
        if cells.len() >= 2 && apart && is_header(text, cells, None, marks) {
            let columns = names(text, cells, marks);
            let another = columns != self.header
                && (title.is_some()
                    || columns.len() != self.columns
                    || self.valued.breaks(text, cells, marks));
            let name = title.unwrap_or_else(|| format!("table {}", self.out.layout.lists.len() + 1));
            // Each table has a list of its own, for its columns hang on it, even where names repeat.
            if another && let Some(list) = self.out.new_list("", &name) {
                self.list = list;
                self.below = false;
                self.valued = Valued::default();
                self.set_columns(columns);
                self.emit_header(cells);
                return;
            }
        }
        if cells.len() == self.columns && cells.len() >= 2 && self.repeats(text, cells) {
            self.out.odd.add("header_repeated", |o| {
                say(format!("line {line} is the header again"))(o)
                    .with("line", line)
                    .at(format!("line={line}"))
            });
            self.emit_header(cells);
            return;
        }
        // Sums below the table: `Total orders:;2`.
        let few = filled(cells);
        let narrow = few < self.columns && (cells.len() < self.columns || self.columns >= 4);
        if self.below && few <= 2 && (narrow || self.remark) {
            self.outside(cells, line);
            return;
        }
        self.data(cells, line);
    }

    /// Whether a row is the header once more.
    fn repeats(&self, text: &str, cells: &[Cell]) -> bool {
        let marks = self.dialect.marks;
        self.out.layout.table.as_ref().is_some_and(|t| t.has_header)
            && self
                .header
                .first()
                .is_some_and(|h| plain(text, cells[0], marks).is_some_and(|c| c.trim() == h))
            && names(text, cells, marks) == self.header
    }

    fn data(&mut self, cells: &[Cell], line: u32) {
        let piece = self.window.piece();
        self.rows = self.rows.saturating_add(1);
        let number = self.rows;
        let last = cells[cells.len() - 1];
        let out = &mut *self.out;
        out.row.span = Span { list: self.list, number, ..span(piece.bytes(cells[0].from, last.to)) };
        fill(piece, cells, self.dialect.marks, &mut self.window.namer(&mut out.layout), &mut out.row);
        self.valued.learn(piece.text, cells, self.dialect.marks);
        // A mark at the end of each line is a habit of some programs and no cell.
        if cells.len() < self.columns || filled(cells.get(self.columns..).unwrap_or(&[])) > 0 {
            let (has, wants) = (cells.len(), self.columns);
            out.odd.add("ragged_row", |o| {
                say(format!("row {number} has {has} cells, the table has {wants} columns"))(o)
                    .with("row", number)
                    .with("cells", has)
                    .with("columns", wants)
                    .at(format!("row={number}"))
            });
        }
        if let Some(cell) = cells.iter().find(|c| c.quoted && c.odd) {
            let cell = quoted(&piece.text[cell.from..cell.to]);
            out.odd.add("odd_quotes", |o| {
                say(format!("the quotes of {cell} in line {line} do not fit"))(o)
                    .with("line", line)
                    .at(format!("row={number}"))
            });
        }
        out.layout.decoding = self.window.decoding();
        out.emit();
    }

    fn emit_header(&mut self, cells: &[Cell]) {
        let piece = self.window.piece();
        let last = cells[cells.len() - 1];
        let out = &mut *self.out;
        out.row.span = Span { list: self.list, heading: true, ..span(piece.bytes(cells[0].from, last.to)) };
        fill(piece, cells, self.dialect.marks, &mut self.window.namer(&mut out.layout), &mut out.row);
        out.layout.decoding = self.window.decoding();
        out.emit();
    }

    /// A line that is no row: a title, a remark, a sum below.
    fn outside(&mut self, cells: &[Cell], line: u32) {
        let piece = self.window.piece();
        let last = cells[cells.len() - 1];
        let out = &mut *self.out;
        out.row.span = Span {
            list: self.list,
            number: line,
            heading: true,
            ..span(piece.bytes(cells[0].from, last.to))
        };
        fill_outside(piece, cells, self.dialect.marks, &mut self.window.namer(&mut out.layout), &mut out.row);
        out.odd.add("text_outside_table", |o| {
            say(format!("line {line} stands outside the table"))(o)
                .with("line", line)
                .at(format!("line={line}"))
        });
        out.layout.decoding = self.window.decoding();
        out.emit();
    }
}

/// Whether a quoted cell at the end of the text has no closing quote.
fn closes_not(text: &str, cell: Cell, marks: Marks) -> bool {
    let Some(quote) = marks.quote else { return false };
    let inner = &text.as_bytes()[cell.from + 1..cell.to];
    // With doubled quotes taken in pairs, a closing one makes the count odd.
    memchr::memchr_iter(quote, inner).count().is_multiple_of(2)
}

/// How many lines a row takes.
fn lines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let returns = memchr::memchr_iter(b'\r', bytes).count();
    u32::try_from(feeds.max(returns)).unwrap_or(u32::MAX)
}

/// Cuts the next row that is not empty.
fn peek(text: &str, from: usize, marks: Marks, ended: bool, cells: &mut Vec<Cell>) -> bool {
    let mut at = from;
    while at < text.len() {
        match split(text, at, marks, ended, false, cells) {
            End::Line(next) if empty(text, cells) => at = next,
            End::Line(_) => return true,
            End::Text => return !empty(text, cells),
            End::Open | End::Broken => {
                return split(text, at, marks, true, true, cells) != End::Open && ended;
            }
        }
    }
    false
}

/// The names of a header's columns.
fn names(text: &str, cells: &[Cell], marks: Marks) -> Vec<String> {
    let mut columns = Vec::with_capacity(cells.len());
    for (n, cell) in cells.iter().enumerate() {
        let mut name = String::new();
        unquote(text, *cell, marks, &mut name);
        let name = name.trim();
        columns.push(if name.is_empty() { format!("column {}", n + 1) } else { name.to_owned() });
    }
    columns
}

/// Fills a row with its cells; empty ones say nothing and are left out.
fn fill(piece: Piece<'_>, cells: &[Cell], marks: Marks, namer: &mut Namer<'_>, row: &mut Row) {
    row.notation = Notation::Column;
    row.at.clear();
    if !row.span.heading {
        let _ = write!(row.at, "row={}", row.span.number);
    }
    let list = row.span.list;
    for (n, cell) in cells.iter().enumerate() {
        if cell.to - cell.from <= 2 * usize::from(cell.quoted) && !cell.odd {
            continue;
        }
        let (field, which) = namer.column(list, n);
        let one = [which.unwrap_or(0)];
        let which: &[u32] = if which.is_some() { &one } else { &[] };
        let bytes = Some(piece.bytes(cell.from, cell.to));
        match plain(piece.text, *cell, marks) {
            Some(text) => row.push(field, ValueKind::Text, text, which, bytes),
            None => row.push_with(field, ValueKind::Text, which, bytes, |out| {
                unquote(piece.text, *cell, marks, out);
            }),
        }
    }
}

/// Fills a row with a line that stands outside the table.
fn fill_outside(piece: Piece<'_>, cells: &[Cell], marks: Marks, namer: &mut Namer<'_>, row: &mut Row) {
    row.notation = Notation::Whole;
    row.at.clear();
    let _ = write!(row.at, "line={}", row.span.number);
    let field = namer.path(&["text"]);
    for (n, cell) in cells.iter().filter(|c| c.to > c.from).enumerate() {
        let bytes = piece.bytes(cell.from, cell.to);
        // What is not the first in its line is told by where it starts.
        let place = [row.span.number, u32::try_from(bytes.start).unwrap_or(u32::MAX)];
        let place = if n > 0 { &place[..] } else { &[] };
        row.push_with(field, ValueKind::Text, place, Some(bytes), |out| {
            unquote(piece.text, *cell, marks, out);
        });
    }
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    let Some(table) = &layout.table else { return };
    let marks = Marks { delimiter: table.delimiter, quote: table.quote };
    let mut cells = Vec::new();
    // A row that was read as one line has no line end in it, so both ways give the same.
    split(piece.text, 0, marks, true, false, &mut cells);
    row.span = *span;
    let mut namer = Namer::Find(&layout.names);
    if span.heading && span.number > 0 {
        fill_outside(piece, &cells, marks, &mut namer, row);
    } else {
        fill(piece, &cells, marks, &mut namer, row);
    }
}
