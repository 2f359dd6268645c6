//! A letter as plain text, 72 columns wide, its tables as blocks that can be read aloud.

use crate::draft::Language;
use crate::letter::{Block, Letter};

/// Columns of a line. Only a word that is longer by itself goes beyond: a locator that is cut cannot be pasted.
const COLUMNS: usize = 72;

/// The letter as plain text; lines end with a line feed.
pub fn text(letter: &Letter) -> String {
    let mut page = Page { out: String::new(), colon: colon(letter.language) };
    for block in &letter.blocks {
        page.block(block);
    }
    page.out
}

fn colon(language: Language) -> &'static str {
    match language {
        Language::Fr => "\u{202f}:",
        Language::En => ":",
    }
}

struct Page {
    out: String,
    colon: &'static str,
}

impl Page {
    fn block(&mut self, block: &Block) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        match block {
            Block::Date { text } | Block::Subject { text } | Block::Paragraph { text, .. } => {
                self.write(text, "", "");
            }
            Block::Address { lines, .. } => lines.iter().for_each(|line| self.write(line, "", "    ")),
            Block::Heading { text } => {
                self.out.push('\n');
                self.write(text, "", "");
            }
            Block::Table { header, rows } => {
                for (i, row) in rows.iter().enumerate() {
                    if i > 0 {
                        self.out.push('\n');
                    }
                    self.row(header, row);
                }
            }
            Block::List { items } => items.iter().for_each(|item| self.write(item, "  - ", "    ")),
            Block::Signature { lines } => {
                for (i, line) in lines.iter().enumerate() {
                    if i > 0 {
                        self.out.push('\n');
                    }
                    self.write(line, "", "");
                }
            }
            Block::Annex { title } => {
                self.out.push_str(&"-".repeat(COLUMNS));
                self.out.push_str("\n\n");
                self.write(title, "", "");
            }
        }
    }

    /// The first cell names the row; each other one follows its column's name. Empty cells are left out.
    fn row(&mut self, header: &[String], row: &[String]) {
        let Some((first, rest)) = row.split_first() else { return };
        self.write(first, "  ", "     ");
        for (name, cell) in header.iter().skip(1).zip(rest) {
            if !cell.is_empty() {
                self.write(&format!("{name}{} {cell}", self.colon), "     ", "       ");
            }
        }
    }

    /// Wraps at spaces that may break; line breaks in the text stay.
    fn write(&mut self, text: &str, first: &str, next: &str) {
        for (i, line) in text.split('\n').enumerate() {
            let mut indent = if i == 0 { first } else { next };
            let mut column = 0;
            for word in line.split(' ').filter(|w| !w.is_empty()) {
                let width = word.chars().count();
                if column > 0 && column + 1 + width > COLUMNS {
                    self.out.push('\n');
                    column = 0;
                    indent = next;
                }
                if column == 0 {
                    self.out.push_str(indent);
                    column = indent.chars().count();
                } else {
                    self.out.push(' ');
                    column += 1;
                }
                self.out.push_str(word);
                column += width;
            }
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_at_72_columns_but_never_inside_a_word() {
        let mut page = Page { out: String::new(), colon: ":" };
        let long = "x".repeat(90);
        page.write(&format!("{} {long} end\nnew line", "word ".repeat(20)), "- ", "  ");
        let lines: Vec<&str> = page.out.lines().collect();
        assert!(lines.iter().all(|l| l.chars().count() <= COLUMNS || l.trim() == long), "{lines:#?}");
        assert_eq!(lines.last(), Some(&"  new line"));
    }

    #[test]
    fn a_table_reads_row_by_row() {
        let mut page = Page { out: String::new(), colon: ":" };
        let header = ["Place", "It reads", "Proof"].map(str::to_owned);
        page.row(&header, &["1. Town: a.json#/city", "Nice\nor not", ""].map(str::to_owned));
        assert_eq!(page.out, "  1. Town: a.json#/city\n     It reads: Nice\n       or not\n");
    }
}
