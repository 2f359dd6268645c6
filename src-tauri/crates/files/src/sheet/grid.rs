//! The rows of a sheet become records: title, header, rows, another table below, each with its place.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;
use std::ops::Range;

use super::shape::{self, names_columns};
use crate::limits;
use crate::names::{FieldId, Namer};
use crate::oddities::say;
use crate::out::Out;
use crate::row::{Notation, Span, ValueKind, column_letters, escape_into};

/// A cell that holds something.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Its column from 0.
    pub(crate) column: u32,
    pub(crate) kind: ValueKind,
    /// Its text in that of its row.
    pub(crate) text: Range<usize>,
    /// Whether its number is shown as a date.
    pub(crate) dated: bool,
}

/// A row with the cells that hold something.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetRow {
    /// Its number in the sheet, from 1.
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) cells: Vec<Cell>,
}

impl SheetRow {
    /// Adds a cell, if there is anything in it.
    pub(crate) fn push(&mut self, column: u32, kind: ValueKind, text: &str, dated: bool) {
        if !text.is_empty() {
            let from = self.text.len();
            self.text.push_str(text);
            self.cells.push(Cell { column, kind, text: from..self.text.len(), dated });
        }
    }

    /// The text of one of its cells.
    pub(crate) fn text_of(&self, cell: &Cell) -> &str {
        &self.text[cell.text.clone()]
    }
}

/// A sheet that is being read.
pub(crate) struct Grid<'a, 'o> {
    pub(crate) out: &'a mut Out<'o>,
    /// Its place: `sheet=Ventes`.
    pub(crate) at: String,
    pub(crate) name: String,
    /// Rows that the workbook itself calls headers.
    headers: BTreeSet<u32>,
    /// Rows that were read and wait for those below them.
    waiting: VecDeque<SheetRow>,
    waiting_bytes: usize,
    started: bool,
    list: u16,
    /// The names of the header's columns, as written.
    header: Vec<(u32, String)>,
    fields: HashMap<u32, FieldId>,
    last: u32,
    title: Option<String>,
    tables: u32,
}

/// The place of a sheet.
pub(crate) fn place(name: &str) -> String {
    let mut at = String::from("sheet=");
    escape_into(&mut at, name);
    at
}

impl<'a, 'o> Grid<'a, 'o> {
    /// A sheet of this name; `headers` are rows that the workbook itself calls headers.
    pub(crate) fn new(name: &str, headers: BTreeSet<u32>, out: &'a mut Out<'o>) -> Self {
        let at = place(name);
        let list = out.list(&at, name);
        Self {
            out,
            at,
            name: name.to_owned(),
            headers,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            started: false,
            list,
            header: Vec::new(),
            fields: HashMap::new(),
            last: 0,
            title: None,
            tables: 1,
        }
    }

    /// The list of its first table.
    pub(crate) fn list(&self) -> u16 {
        self.list
    }

    /// Takes the next row. False if the caller wants no more.
    pub(crate) fn push(&mut self, row: SheetRow) -> bool {
        if row.cells.is_empty() {
            return true;
        }
        self.waiting_bytes += row.text.len();
        self.waiting.push_back(row);
        let enough = self.waiting.len() >= limits::TABLE_SAMPLE_ROWS || self.waiting_bytes > limits::OUTLINE;
        if !self.started && enough {
            self.start();
        }
        while self.started && self.waiting.len() > 1 && !self.out.stopped() {
            self.take();
        }
        !self.out.stopped()
    }

    /// The sheet is over. False if the caller wants no more.
    pub(crate) fn finish(mut self) -> bool {
        if !self.started && !self.waiting.is_empty() {
            self.start();
        }
        while !self.waiting.is_empty() && !self.out.stopped() {
            self.take();
        }
        !self.out.stopped()
    }

    fn start(&mut self) {
        self.started = true;
        let rows: Vec<&SheetRow> = self.waiting.iter().collect();
        let start = shape::start(&rows, |row| self.headers.contains(&row.number));
        for _ in 0..start.above {
            if let Some(row) = self.waiting.pop_front() {
                self.outside(&row);
            }
        }
        if start.header
            && let Some(row) = self.waiting.pop_front()
        {
            self.set_header(&row);
        }
    }

    /// Takes the first of the waiting rows.
    fn take(&mut self) {
        let Some(row) = self.waiting.pop_front() else { return };
        let gap = row.number > self.last.saturating_add(1);
        let title = self.title.take();
        // A remark below the table may have several lines.
        if self.header.len() >= 2 && row.cells.len() == 1 && (gap || title.is_some()) {
            self.title = Some(row.text_of(&row.cells[0]).to_owned());
            self.outside(&row);
            return;
        }
        if self.headers.contains(&row.number) || self.is_another(&row, gap, title.is_some()) {
            self.tables = self.tables.saturating_add(1);
            let name = title.unwrap_or_else(|| format!("{} {}", self.name, self.tables));
            // Each table has a list of its own, for its columns hang on it, even where names repeat.
            if let Some(list) = self.out.new_list(&self.at, &name) {
                self.list = list;
                self.set_header(&row);
                return;
            }
        }
        if row.cells.len() >= 2 && self.names(&row) == self.header {
            let (number, at) = (row.number, format!("{},row={}", self.at, row.number));
            self.out.odd.add("header_repeated", |o| {
                say(format!("row {number} is the header again"))(o).with("line", number).at(at)
            });
            self.set_header(&row);
            return;
        }
        self.emit(&row, false);
    }

    /// Whether a row is the header of another table.
    fn is_another(&self, row: &SheetRow, gap: bool, titled: bool) -> bool {
        let Some(below) = self.waiting.front() else { return false };
        let (Some(first), Some(last)) = (row.cells.first(), row.cells.last()) else { return false };
        let wide = row.cells.len();
        let close = u64::from(last.column - first.column.min(last.column)) < wide as u64;
        let fits = wide >= 2
            && close
            && (gap || titled)
            && below.number == row.number + 1
            && below.cells.len() * 2 >= wide
            && names_columns(row, Some(below));
        // Below a table whose rows are all words, a row of words is one of them.
        fits && (titled || wide != self.header.len() && !names_columns(below, None))
            && self.names(row) != self.header
    }

    fn names(&self, row: &SheetRow) -> Vec<(u32, String)> {
        let name = |c: &Cell| row.text_of(c).split_whitespace().collect::<Vec<_>>().join(" ");
        row.cells.iter().map(|c| (c.column, name(c))).filter(|(_, name)| !name.is_empty()).collect()
    }

    fn set_header(&mut self, row: &SheetRow) {
        self.header = self.names(row);
        self.fields.clear();
        for (column, name) in &self.header {
            let field = Namer::Grow(&mut self.out.layout.names).path(&[name]);
            self.fields.insert(*column, field);
        }
        self.emit(row, true);
    }

    /// A row that is no record: a title, a remark.
    fn outside(&mut self, row: &SheetRow) {
        let field = Namer::Grow(&mut self.out.layout.names).path(&["text"]);
        self.hand_over(row, true, |_, _| field);
    }

    fn emit(&mut self, row: &SheetRow, heading: bool) {
        let mut fields = std::mem::take(&mut self.fields);
        self.hand_over(row, heading, |out, column| {
            *fields.entry(column).or_insert_with(|| {
                let name = format!("column {}", column_letters(column));
                Namer::Grow(&mut out.layout.names).path(&[&name])
            })
        });
        self.fields = fields;
    }

    fn hand_over(
        &mut self,
        row: &SheetRow,
        heading: bool,
        mut field: impl FnMut(&mut Out<'_>, u32) -> FieldId,
    ) {
        self.last = row.number;
        let mut filled = std::mem::take(&mut self.out.row);
        filled.span = Span { list: self.list, number: row.number, heading, ..Span::default() };
        filled.notation = Notation::Cell;
        let _ = write!(filled.at, "{},row={}", self.at, row.number);
        for cell in &row.cells {
            let field = field(self.out, cell.column);
            filled.push(field, cell.kind, row.text_of(cell), &[cell.column], None);
        }
        self.out.row = filled;
        self.out.emit();
    }
}
