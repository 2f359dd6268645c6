//! A document of paragraphs becomes rows: the text is one record, however long, and tables that name their columns are
//! lists of their own.

use std::collections::HashMap;

use crate::limits;
use crate::names::{Column, FieldId, Namer};
use crate::out::{Out, cut};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::sheet::{SheetRow, names_columns};

/// A document that is being read.
pub(crate) struct Document<'a, 'o> {
    pub(crate) out: &'a mut Out<'o>,
    row: Row,
    list: Option<u16>,
    /// Paragraphs so far, from 1; all pieces of text are counted, wherever they stand.
    paragraphs: u32,
    tables: u32,
    /// Before the place of each paragraph: `slide=3`.
    page: String,
    /// The heading above, which tells what a table is of.
    heading: String,
    recorded: bool,
}

/// A table, row by row, each cell as text.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    rows: Vec<SheetRow>,
    /// Where links in the cells lead, with the row and the column that they stand in.
    links: Vec<(u32, u32, String)>,
    bytes: usize,
}

impl Cells {
    /// A row begins.
    pub(crate) fn row(&mut self) {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.rows.push(SheetRow { number, ..SheetRow::default() });
    }

    /// A cell of the last row, at a column from 0.
    pub(crate) fn cell(&mut self, column: u32, text: &str) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            self.bytes += text.len() + size_of::<SheetRow>();
            row.push(column, ValueKind::Text, text.trim(), false);
        }
    }

    /// A link in a cell of the last row, at a column from 0.
    pub(crate) fn link(&mut self, column: u32, target: String) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last() {
            self.bytes += target.len() + size_of::<SheetRow>();
            self.links.push((row.number, column, target));
        }
    }

    /// Where its links lead, for one inside another: they belong to the cell that it stands in.
    pub(crate) fn take_links(&mut self) -> impl Iterator<Item = String> {
        std::mem::take(&mut self.links).into_iter().map(|(_, _, target)| target)
    }

    /// Its rows as lines of text.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter(|r| !r.cells.is_empty()).map(|row| {
            let line: Vec<&str> = row.cells.iter().map(|c| row.text_of(c)).collect();
            line.join("\t")
        })
    }

    /// Whether it is too large to be held any longer.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes > limits::RECORD / 4
    }
}

impl<'a, 'o> Document<'a, 'o> {
    /// A document that says this of itself.
    pub(crate) fn new(properties: &[(String, String)], out: &'a mut Out<'o>) -> Self {
        let mut document = Self {
            out,
            row: Row::default(),
            list: None,
            paragraphs: 0,
            tables: 0,
            page: String::new(),
            heading: String::new(),
            recorded: false,
        };
        let mut seen: HashMap<&str, u32> = HashMap::new();
        for (name, value) in properties {
            let count = seen.entry(name).or_insert(0);
            *count += 1;
            let name = if *count > 1 { format!("{name} {count}") } else { name.clone() };
            let field = Namer::Grow(&mut document.out.layout.names).path(&[&name]);
            document.row.push(field, ValueKind::Text, value, &[], None);
        }
        document
    }

    /// A page or slide begins: what follows has its place on it.
    pub(crate) fn page(&mut self, page: String) {
        self.flush();
        self.page = page;
        self.paragraphs = 0;
    }

    /// Adds a paragraph: `text`, `heading`, `footnote`, `comment`.
    pub(crate) fn paragraph(&mut self, name: &str, text: &str) {
        if name == "heading" {
            text.trim().clone_into(&mut self.heading);
        }
        let field = Namer::Grow(&mut self.out.layout.names).path(&[name]);
        let mut at = 0;
        while at < text.len() {
            let end = cut(text, at, text.len(), limits::TEXT_ROW);
            let part = text[at..end].trim();
            at = end;
            if part.is_empty() {
                continue;
            }
            self.paragraphs = self.paragraphs.saturating_add(1);
            if self.row.text_len() + part.len() > limits::TEXT_ROW {
                self.flush();
            }
            self.row.push(field, ValueKind::Text, part, &[self.paragraphs], None);
        }
    }

    /// Adds a table: rows if it names its columns, else its cells as paragraphs.
    pub(crate) fn table(&mut self, cells: Cells) {
        let mut cells = cells;
        cells.rows.retain(|r| !r.cells.is_empty());
        let links = std::mem::take(&mut cells.links);
        let rows = &cells.rows;
        self.tables = self.tables.saturating_add(1);
        let headed = rows.len() >= 3
            && rows[0].cells.len() >= 2
            && rows[1..]
                .iter()
                .all(|r| r.cells.iter().all(|c| rows[0].cells.iter().any(|h| h.column == c.column)))
            && names_columns(&rows[0], rows.get(1));
        let list =
            if headed { self.out.new_list(&format!("table={}", self.tables), &self.heading) } else { None };
        let Some(list) = list else {
            for line in cells.lines() {
                self.paragraph("text", &line);
            }
            for (_, _, target) in &links {
                self.paragraph("link", target);
            }
            return;
        };
        let mut links = links.into_iter().peekable();
        let mut columns: HashMap<u32, Column> = HashMap::new();
        let mut seen: HashMap<String, u32> = HashMap::new();
        for cell in &rows[0].cells {
            let name = rows[0].text_of(cell).split_whitespace().collect::<Vec<_>>().join(" ");
            let field = Namer::Grow(&mut self.out.layout.names).path(&[&name]);
            let count = seen.entry(name).or_insert(0);
            *count += 1;
            columns.insert(cell.column, (field, (*count > 1).then_some(*count)));
        }
        let mut filled = Row::default();
        for (n, row) in (0..).zip(rows) {
            let mut met: HashMap<FieldId, u32> = HashMap::new();
            filled.span = Span { list, number: n, heading: n == 0, ..Span::default() };
            filled.notation = Notation::Column;
            filled.at =
                format!("table={}{}", self.tables, if n == 0 { String::new() } else { format!(",row={n}") });
            for cell in &row.cells {
                if let Some((field, which)) = columns.get(&cell.column) {
                    let which: &[u32] = which.as_ref().map_or(&[], std::slice::from_ref);
                    filled.push(*field, ValueKind::Text, row.text_of(cell), which, None);
                }
            }
            // Rows with nothing but links were left out: theirs go to the next one.
            while let Some((_, column, target)) = links.next_if(|(number, ..)| *number <= row.number) {
                let mut namer = Namer::Grow(&mut self.out.layout.names);
                let field = match columns.get(&column) {
                    Some((field, _)) => namer.below(*field, "link"),
                    None => namer.path(&["link"]),
                };
                let count = met.entry(field).and_modify(|n| *n += 1).or_insert(1);
                let which = if *count > 1 { std::slice::from_ref(count) } else { &[] };
                filled.push(field, ValueKind::Text, &target, which, None);
            }
            if !self.out.emit_other(&mut filled) {
                return;
            }
        }
        for (_, _, target) in links {
            self.paragraph("link", &target);
        }
    }

    /// Hands over what was read so far. The first row is the record; what follows belongs to it.
    fn flush(&mut self) {
        if self.row.is_empty() {
            return;
        }
        let list = *self.list.get_or_insert_with(|| self.out.new_list("", "").unwrap_or_default());
        let first = self.row.values().find_map(|v| v.indexes.first().copied()).unwrap_or(0);
        let number = if self.recorded { first } else { Span::ALONE };
        self.row.span = Span { list, number, heading: self.recorded, ..Span::default() };
        self.row.notation = Notation::Paragraph;
        self.row.at.clone_from(&self.page);
        self.recorded = true;
        self.out.emit_other(&mut self.row);
    }

    /// The document is over.
    pub(crate) fn finish(mut self) {
        self.flush();
    }
}
