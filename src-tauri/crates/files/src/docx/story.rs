//! One flow of text: the body, a header, the notes, the comments.

use std::collections::{HashMap, HashSet};

use crate::document::{Cells, Document};
use crate::office::{Event, Pull, Tag};

/// A paragraph that is being read. Text boxes hold paragraphs inside a paragraph.
#[derive(Default)]
struct Paragraph {
    text: String,
    deleted: String,
    heading: bool,
    links: Vec<String>,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: Cells,
    column: u32,
    wide: u32,
    text: String,
}

/// A flow of text that is being read.
pub(super) struct Story<'s> {
    /// What its paragraphs are called.
    name: &'static str,
    headings: &'s HashSet<String>,
    links: &'s HashMap<String, String>,
    open: Vec<Paragraph>,
    tables: Vec<Table>,
    /// How many elements of deleted or moved text are open.
    deleted: u32,
    /// Who wrote the comment that is being read, and when.
    by: String,
}

impl<'s> Story<'s> {
    pub(super) fn new(
        name: &'static str,
        headings: &'s HashSet<String>,
        links: &'s HashMap<String, String>,
    ) -> Self {
        Self { name, headings, links, open: Vec::new(), tables: Vec::new(), deleted: 0, by: String::new() }
    }

    /// Reads a part to its end.
    pub(super) fn read(mut self, mut part: Pull<'_>, document: &mut Document<'_, '_>) {
        let mut text = false;
        while !document.out.stopped() {
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    // The same text once more, for older programs.
                    "Fallback" => part.skip(),
                    "t" | "delText" => text = true,
                    "instrText" | "delInstrText" => {
                        let mut code = String::new();
                        part.text(&mut code);
                        self.field(&code);
                    }
                    _ => self.open(&tag),
                },
                Event::Text(piece) if text => self.text(piece),
                Event::Text(_) => {}
                Event::Close(name) => {
                    text = false;
                    match name {
                        "p" => self.close_paragraph(document),
                        "tc" => self.close_cell(),
                        "tbl" => self.close_table(document),
                        "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
                        _ => {}
                    }
                }
                Event::End => break,
            }
        }
        while !self.open.is_empty() {
            self.close_paragraph(document);
        }
        while !self.tables.is_empty() {
            self.close_cell();
            self.close_table(document);
        }
        document.out.tell_part(part);
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => self.open.push(Paragraph::default()),
            "pStyle" => {
                let heading = tag.attr("val").is_some_and(|style| self.headings.contains(&*style));
                if let Some(open) = self.open.last_mut() {
                    open.heading |= heading;
                }
            }
            "tab" | "ptab" => self.text("\t"),
            "br" | "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("\u{2011}"),
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_add(1),
            "hyperlink" => {
                let target = tag.attr("id").and_then(|id| self.links.get(&*id));
                if let (Some(target), Some(open)) = (target, self.open.last_mut()) {
                    open.links.push(target.clone());
                }
            }
            "fldSimple" => {
                let code = tag.attr("instr").unwrap_or_default().into_owned();
                self.field(&code);
            }
            "comment" => {
                self.by.clear();
                for name in ["author", "date"] {
                    if let Some(value) = tag.attr(name).filter(|v| !v.is_empty()) {
                        self.by.push_str(&value);
                        self.by.push(' ');
                    }
                }
            }
            "tbl" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = 0;
                    table.cells.row();
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.wide = 1;
                    table.text.clear();
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.wide = tag.number("val").unwrap_or(1).clamp(1, 1000);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, piece: &str) {
        let deleted = self.deleted > 0;
        // Tabs are also what a paragraph's layout is made of, outside of any text.
        let Some(open) = self.open.last_mut() else { return };
        if deleted {
            open.deleted.push_str(piece);
        } else {
            open.text.push_str(piece);
        }
    }

    /// What a field does is text only where it leads somewhere.
    fn field(&mut self, code: &str) {
        let Some(rest) = code.trim_start().strip_prefix("HYPERLINK") else { return };
        let target = rest.split('"').nth(1).unwrap_or("");
        if let Some(open) = self.open.last_mut().filter(|_| !target.is_empty()) {
            open.links.push(target.to_owned());
        }
    }

    fn close_paragraph(&mut self, document: &mut Document<'_, '_>) {
        let Some(Paragraph { text, deleted, heading, links }) = self.open.pop() else { return };
        let name = if heading && self.name == "text" { "heading" } else { self.name };
        if !text.trim().is_empty() {
            match self.tables.last_mut() {
                Some(table) => {
                    if !table.text.is_empty() {
                        table.text.push('\n');
                    }
                    table.text.push_str(&text);
                }
                None if self.by.is_empty() => document.paragraph(name, &text),
                None => document.paragraph(name, &(std::mem::take(&mut self.by) + &text)),
            }
        }
        if !deleted.trim().is_empty() {
            document.paragraph("deleted", &deleted);
        }
        for link in links {
            match self.tables.last_mut() {
                Some(table) => table.cells.link(table.column, link),
                None => document.paragraph("link", &link),
            }
        }
    }

    fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let text = std::mem::take(&mut table.text);
        table.cells.cell(table.column, &text);
        table.column = table.column.saturating_add(table.wide.max(1));
    }

    fn close_table(&mut self, document: &mut Document<'_, '_>) {
        let Some(mut table) = self.tables.pop() else { return };
        let Some(outer) = self.tables.last_mut() else { return document.table(table.cells) };
        for link in table.cells.take_links() {
            outer.cells.link(outer.column, link);
        }
        // One inside another is text of the cell that it stands in.
        for line in table.cells.lines() {
            if !outer.text.is_empty() {
                outer.text.push('\n');
            }
            outer.text.push_str(&line);
        }
    }
}
