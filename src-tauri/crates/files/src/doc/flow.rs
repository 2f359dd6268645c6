//! Letters become paragraphs and tables.

use super::fields::{Fields, Letter};
use super::marks::{Mark, Marks};
use super::stories::Story;
use crate::document::{Cells, Document};
use crate::limits;

/// A document that is being put together.
pub(super) struct Flow<'a, 'o> {
    stories: std::vec::IntoIter<Story>,
    story: Option<Story>,
    marks: Marks,
    document: Document<'a, 'o>,
    /// Letters so far.
    count: u64,
    paragraph: Vec<u16>,
    links: Vec<String>,
    fields: Fields,
    /// What the cell holds so far, and the table that it stands in.
    cell: String,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    cells: Cells,
    column: u32,
}

impl<'a, 'o> Flow<'a, 'o> {
    pub(super) fn new(stories: Vec<Story>, marks: Marks, document: Document<'a, 'o>) -> Self {
        let mut stories = stories.into_iter();
        Self {
            story: stories.next(),
            stories,
            marks,
            document,
            count: 0,
            paragraph: Vec::new(),
            links: Vec::new(),
            fields: Fields::default(),
            cell: String::new(),
            table: None,
        }
    }

    /// Takes the next letter, which stands at this place. False if no more are wanted.
    pub(super) fn letter(&mut self, place: u64, letter: u16) -> bool {
        while self.story.as_ref().is_some_and(|story| self.count >= story.end) {
            self.end_story();
            self.story = self.stories.next();
        }
        if self.story.is_none() || self.document.out.stopped() {
            return false;
        }
        self.count += 1;
        match self.fields.take(letter, &mut self.links) {
            Letter::Hidden => return true,
            Letter::Lost(code) => {
                // Its last letter is the one that was taken.
                self.paragraph.extend(&code[..code.len().saturating_sub(1)]);
            }
            Letter::Shown => {}
        }
        match letter {
            0x07 => self.end_cell(place),
            0x0C | 0x0D => {
                let mark = self.marks.at(place);
                self.end_paragraph(mark);
            }
            0x0B | 0x0E => self.paragraph.push(u16::from(b'\n')),
            0x1E => self.paragraph.push(0x2011),
            // Marks for notes, pictures and the like.
            0x09 | 0x20.. => self.paragraph.push(letter),
            _ => {}
        }
        if self.paragraph.len() > limits::TEXT_ROW {
            self.end_paragraph(Mark::default());
        }
        true
    }

    fn end_cell(&mut self, place: u64) {
        let mark = self.marks.at(place);
        let text = self.take_text();
        // Without marks an empty cell behind another is the end of a row.
        let guessed = self.marks.is_empty() && text.is_empty() && self.cell.is_empty();
        let table = self.table.get_or_insert_default();
        if mark.row || guessed && table.column > 0 {
            table.column = 0;
            table.cells.row();
            if table.cells.is_full() {
                self.end_table();
            }
            return;
        }
        append(&mut self.cell, &text);
        table.cells.cell(table.column, &self.cell);
        table.column = table.column.saturating_add(1);
        self.cell.clear();
        self.give_links();
    }

    fn end_paragraph(&mut self, mark: Mark) {
        let text = self.take_text();
        if mark.cell || mark.inner {
            append(&mut self.cell, &text);
            return;
        }
        self.end_table();
        let Some(story) = &self.story else { return };
        let name = if mark.heading && story.name == "text" { "heading" } else { story.name };
        if !text.trim().is_empty() {
            if story.by.is_empty() {
                self.document.paragraph(name, &text);
            } else {
                let text = format!("{} {}", story.by, text.trim_start());
                self.document.paragraph(name, &text);
            }
        }
        self.give_links();
    }

    fn end_table(&mut self) {
        if let Some(mut table) = self.table.take() {
            if !self.cell.trim().is_empty() {
                table.cells.cell(table.column, &self.cell);
            }
            self.cell.clear();
            self.document.table(table.cells);
            self.give_links();
        } else if !self.cell.is_empty() {
            let text = std::mem::take(&mut self.cell);
            self.document.paragraph("text", &text);
        }
    }

    fn end_story(&mut self) {
        self.fields.clear();
        self.end_paragraph(Mark::default());
        self.end_table();
    }

    fn take_text(&mut self) -> String {
        let text = String::from_utf16_lossy(&self.paragraph);
        self.paragraph.clear();
        text
    }

    fn give_links(&mut self) {
        for link in std::mem::take(&mut self.links) {
            self.document.paragraph("link", &link);
        }
    }

    /// The document is over. Tells how many letters it had.
    pub(super) fn finish(mut self) -> u64 {
        self.end_story();
        self.document.finish();
        self.count
    }
}

fn append(cell: &mut String, text: &str) {
    if !text.trim().is_empty() && cell.len() < limits::TEXT_ROW {
        if !cell.is_empty() {
            cell.push('\n');
        }
        cell.push_str(text.trim());
    }
}
