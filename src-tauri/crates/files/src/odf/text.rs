//! The paragraphs and tables of a text or presentation.

use super::{push_text, white_space};
use crate::document::{Cells, Document};
use crate::office::{Event, Pull};
use crate::out::Out;

/// A piece of text that is being read: inside a paragraph there may be notes with paragraphs of their own.
struct Open {
    /// How many elements were open before it.
    depth: usize,
    name: &'static str,
    text: String,
    /// Who wrote it and when, where that is said.
    by: String,
}

/// A table that is being read.
struct Table {
    depth: usize,
    cells: Cells,
    column: u32,
    /// The columns that the cell takes.
    wide: u32,
    text: String,
}

/// Reads the text, then what stands at the top and foot of its pages.
pub(super) fn read(
    part: Pull<'_>,
    styles: Option<Pull<'_>>,
    properties: &[(String, String)],
    out: &mut Out<'_>,
) {
    let mut document = Document::new(properties, out);
    story(part, &mut document);
    if let Some(styles) = styles {
        story(styles, &mut document);
    }
    document.finish();
}

/// What stands around paragraphs tells what they are.
fn around(name: &str) -> Option<&'static str> {
    Some(match name {
        "note-body" => "footnote",
        "annotation" => "comment",
        "deletion" => "deleted",
        "header" | "header-left" | "header-first" => "header",
        "footer" | "footer-left" | "footer-first" => "footer",
        "notes" => "notes",
        _ => return None,
    })
}

fn story(mut part: Pull<'_>, document: &mut Document<'_, '_>) {
    let mut open: Vec<Open> = Vec::new();
    let mut zones: Vec<(usize, &'static str, String)> = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    let mut slides = 0_u32;
    while !document.out.stopped() {
        let depth = part.depth();
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "p" | "h" => {
                    let name = match zones.last() {
                        Some((_, name, _)) => name,
                        None if tag.name() == "h" => "heading",
                        None => "text",
                    };
                    open.push(Open { depth, name, text: String::new(), by: String::new() });
                }
                "a" => {
                    if let Some(target) = tag.attr("href").filter(|t| !t.starts_with('#')) {
                        match tables.last_mut().filter(|_| zones.is_empty()) {
                            Some(table) => table.cells.link(table.column, target.into_owned()),
                            None => document.paragraph("link", &target),
                        }
                    }
                }
                "page" if tag.attr("master-page-name").is_some() => {
                    slides = slides.saturating_add(1);
                    document.page(format!("slide={slides}"));
                }
                "creator" | "date" if zones.last().is_some_and(|(_, name, _)| *name == "comment") => {
                    let mut text = String::new();
                    part.text(&mut text);
                    if let Some((_, _, by)) = zones.last_mut() {
                        by.push_str(&text);
                        by.push(' ');
                    }
                }
                // The mark of a note, its number or sign, is no text of the paragraph.
                "note-citation" => part.skip(),
                "table" => tables.push(Table {
                    depth,
                    cells: Cells::default(),
                    column: 0,
                    wide: 1,
                    text: String::new(),
                }),
                "table-row" => {
                    if let Some(table) = tables.last_mut() {
                        table.column = 0;
                        table.cells.row();
                    }
                }
                "table-cell" | "covered-table-cell" => {
                    if let Some(table) = tables.last_mut() {
                        table.wide = tag.number("number-columns-repeated").unwrap_or(1).clamp(1, 1000);
                        table.text.clear();
                    }
                }
                name => {
                    if let Some(zone) = around(name) {
                        zones.push((depth, zone, String::new()));
                    } else if let (Some(space), Some(open)) = (white_space(&tag), open.last_mut()) {
                        open.text.push_str(&space);
                    }
                }
            },
            Event::Text(text) => {
                if let Some(open) = open.last_mut() {
                    push_text(&mut open.text, text);
                }
            }
            Event::Close(name) => {
                let cell = matches!(name, "table-cell" | "covered-table-cell");
                let depth = part.depth();
                if open.last().is_some_and(|o| o.depth >= depth)
                    && let Some(done) = open.pop()
                {
                    paragraph(done, &mut zones, tables.last_mut(), document);
                }
                if zones.last().is_some_and(|(from, ..)| *from >= depth) {
                    zones.pop();
                }
                if cell && let Some(table) = tables.last_mut() {
                    let text = std::mem::take(&mut table.text);
                    table.cells.cell(table.column, &text);
                    table.column = table.column.saturating_add(table.wide);
                }
                if tables.last().is_some_and(|t| t.depth >= depth || t.cells.is_full()) {
                    let ended = tables.last().is_some_and(|t| t.depth >= depth);
                    finish_table(&mut tables, ended, document);
                }
            }
            Event::End => break,
        }
    }
    while let Some(done) = open.pop() {
        paragraph(done, &mut zones, tables.last_mut(), document);
    }
    while !tables.is_empty() {
        finish_table(&mut tables, true, document);
    }
    document.out.tell_part(part);
}

/// Puts a paragraph where it belongs: into the cell that it stands in, or into the document.
fn paragraph(
    done: Open,
    zones: &mut [(usize, &'static str, String)],
    table: Option<&mut Table>,
    document: &mut Document<'_, '_>,
) {
    let Open { name, text, mut by, .. } = done;
    if text.trim().is_empty() {
        return;
    }
    if let Some((_, _, who)) = zones.last_mut() {
        by = std::mem::take(who);
    }
    match table {
        Some(table) if zones.is_empty() => {
            if !table.text.is_empty() {
                table.text.push('\n');
            }
            table.text.push_str(&text);
        }
        _ => document.paragraph(name, &(by + &text)),
    }
}

/// A table is over, or too large to be held. One inside another is text of the cell that it stands in.
fn finish_table(tables: &mut Vec<Table>, ended: bool, document: &mut Document<'_, '_>) {
    let cells = if ended {
        tables.pop().map(|t| t.cells)
    } else {
        tables.last_mut().map(|t| std::mem::take(&mut t.cells))
    };
    let Some(mut cells) = cells else { return };
    match tables.last_mut().filter(|_| ended) {
        Some(outer) => {
            for link in cells.take_links() {
                outer.cells.link(outer.column, link);
            }
            for line in cells.lines() {
                if !outer.text.is_empty() {
                    outer.text.push('\n');
                }
                outer.text.push_str(&line);
            }
        }
        None => document.table(cells),
    }
}
