//! A letter as a PDF: A4, tagged (PDF/UA-1), fonts embedded, typeset by typst in a world without files, clock or network.

use std::sync::LazyLock;

use chrono::Datelike;
use serde_json::{Value, json};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use records::Day;

use crate::draft::Language;
use crate::letter::{Block, Letter, Who};
use crate::words::words;

/// Why a letter could not be made a PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfTrouble {
    /// The page could not be laid out.
    #[error("the letter could not be laid out: {0}")]
    Layout(String),
    /// The pages could not be written as an accessible PDF.
    #[error("the letter could not be written as an accessible pdf: {0}")]
    Export(String),
}

/// The letter as a PDF, dated with the given day. The same letter and day give the same bytes.
///
/// # Errors
/// When typst refuses the page; with the template that ships with the program, no text should make it.
pub fn pdf(letter: &Letter, today: Day) -> Result<Vec<u8>, PdfTrouble> {
    let world = Page::new(letter, today);
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|e| PdfTrouble::Layout(told(&e)));
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).expect("one standard alone cannot conflict");
    let options = PdfOptions {
        creator: Smart::Custom(Some("Portolan".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = document.and_then(|d| typst_pdf::pdf(&d, &options).map_err(|e| PdfTrouble::Export(told(&e))));
    // typst remembers what it laid out; a letter must not outlive the wish to save it.
    typst::comemo::evict(0);
    bytes
}

fn told(errors: &[SourceDiagnostic]) -> String {
    let errors: Vec<&str> = errors.iter().map(|e| e.message.as_str()).take(3).collect();
    errors.join("; ")
}

/// The world that typst sees: one template, the letter as data, our fonts.
struct Page {
    library: LazyHash<Library>,
    main: Source,
}

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&[u8]; 4] = [
        include_bytes!("../assets/fonts/LibertinusSerif-Regular.otf"),
        include_bytes!("../assets/fonts/LibertinusSerif-Bold.otf"),
        include_bytes!("../assets/fonts/LibertinusSerif-Italic.otf"),
        include_bytes!("../assets/fonts/DejaVuSans.ttf"),
    ];
    files.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static MAIN: LazyLock<FileId> = LazyLock::new(|| {
    let path = VirtualPath::new("letter.typ").expect("a plain name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
});

impl Page {
    fn new(letter: &Letter, today: Day) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("letter".into(), data(letter, today).to_string().into_value());
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            main: Source::new(*MAIN, include_str!("../assets/letter.typ").to_owned()),
        }
    }
}

impl World for Page {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The letter as the template reads it.
fn data(letter: &Letter, today: Day) -> Value {
    let w = words(letter.language);
    let (lang, region) = w.tag();
    let mut annex = false;
    let mut blocks: Vec<Value> =
        letter.blocks.iter().map(|b| block(b, letter.language, &mut annex)).collect();
    // What leads to a table or to the signature stays on its page.
    for (i, pair) in letter.blocks.windows(2).enumerate() {
        if let [Block::Paragraph { .. }, Block::Table { .. } | Block::List { .. } | Block::Signature { .. }] =
            pair
        {
            blocks[i]["keep"] = json!(true);
        }
    }
    json!({
        "title": shown(&letter.subject),
        "author": shown(&letter.sender),
        "lang": lang,
        "region": region,
        "year": today.year(),
        "month": today.month(),
        "day": today.day(),
        "page": w.page_of(),
        "blocks": blocks,
    })
}

fn block(block: &Block, language: Language, annex: &mut bool) -> Value {
    let all = |texts: &[String], room: usize| texts.iter().map(|t| breakable(t, room)).collect::<Vec<_>>();
    match block {
        Block::Date { text } => json!({"type": "date", "text": breakable(text, PAGE)}),
        Block::Address { who, lines } => {
            // A French letter has its recipient on the right, where envelopes have their window; a British one its sender.
            let right = match language {
                Language::Fr => *who == Who::Recipient,
                Language::En => *who == Who::Sender,
            };
            json!({"type": "address", "right": right, "lines": all(lines, HALF)})
        }
        Block::Subject { text } => json!({"type": "subject", "text": breakable(text, PAGE)}),
        Block::Heading { text } => json!({"type": "heading", "text": breakable(text, PAGE)}),
        Block::Paragraph { text, own: _ } => {
            json!({"type": "paragraph", "text": breakable(text, PAGE), "keep": false})
        }
        Block::Table { header, rows } => {
            let weights: &[f64] = match (header.len(), *annex) {
                (4, false) => &[1.4, 1.0, 1.0, 0.8],
                (3, false) => &[1.3, 1.0, 1.0],
                (2, false) => &[1.0, 1.1],
                (3, true) => &[1.0, 1.6, 0.9],
                (columns, _) => &[1.0; 8][..columns.min(8)],
            };
            // A short table is not torn over two pages.
            let chars: usize = rows.iter().flatten().map(|cell| cell.chars().count()).sum();
            let whole = rows.len() <= 8 && chars < 900 && !rows.iter().any(|row| is_tall(row));
            let rows: Vec<Value> =
                rows.iter().map(|r| json!({"cells": all(r, CELL), "split": is_tall(r)})).collect();
            let header = all(header, CELL);
            json!({"type": "table", "header": header, "rows": rows, "weights": weights, "whole": whole})
        }
        Block::List { items } => json!({"type": "list", "items": all(items, PAGE)}),
        Block::Signature { lines } => json!({"type": "signature", "lines": all(lines, PAGE)}),
        Block::Annex { title } => {
            *annex = true;
            json!({"type": "annex", "title": breakable(title, PAGE)})
        }
    }
}

/// Whether a row may be too tall for a page, so that it must be allowed to go on on the next one.
fn is_tall(row: &[String]) -> bool {
    row.iter().any(|cell| cell.chars().count() > 500 || cell.split('\n').count() > 15)
}

/// Characters without a space that surely fit into a line across the page, into half of it, into a narrow column.
const PAGE: usize = 55;
const HALF: usize = 26;
const CELL: usize = 16;

/// In a run that must break where no sign parts it, how many characters stay together.
const TOGETHER: usize = 5;

/// Where a run may break. The template takes it out again and leaves room for a break, so that what is copied from the
/// PDF, such as a locator, is what stands in the letter.
const BREAK: char = '\u{200b}';

/// The text with marks inside runs that may not fit: after signs that part names and paths, else every few characters.
fn breakable(text: &str, room: usize) -> String {
    let text = shown(text);
    let mut out = String::with_capacity(text.len());
    for run in text.split_inclusive([' ', '\n']) {
        if run.chars().count() <= room {
            out.push_str(run);
            continue;
        }
        // Pieces between signs stay whole where they fit.
        for piece in run.split_inclusive(|c| "/\\._-,;:#=&?@>|~+".contains(c)) {
            let long = piece.chars().count() > room;
            let mut since = 0;
            for c in piece.chars() {
                if long && since >= TOGETHER && !is_mark(c) {
                    out.push(BREAK);
                    since = 0;
                }
                out.push(c);
                since += 1;
            }
            out.push(BREAK);
        }
    }
    out
}

/// Marks that belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{202f}' | '\u{a0}' | '»' | '”')
}

/// The text as our fonts can show it: a character that none of them has is named instead of lost.
fn shown(text: &str) -> String {
    let has = |c: char| FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | ' ' => out.push(c),
            // They only shape their neighbours.
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => {}
            c if has(c) => out.push(c),
            c => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_may_break_and_short_ones_stay() {
        for (text, room, marked) in [
            ("8 quai Valin, 17000 La Rochelle", CELL, "8 quai Valin, 17000 La Rochelle"),
            ("billing/invoices.json#/3/total", PAGE, "billing/invoices.json#/3/total"),
            ("billing/invoices.json#/3/total", CELL, "billing/|invoices.|json#|/|3/|total|"),
            ("a abcdefghijklmnopq z", CELL, "a abcde|fghij|klmno|pq |z"),
        ] {
            assert_eq!(breakable(text, room).replace(BREAK, "|"), marked, "{text}");
        }
    }

    #[test]
    fn only_tall_rows_may_be_split() {
        let row = |cell: String| vec!["a".to_owned(), cell];
        assert!(!is_tall(&row("x".repeat(500))));
        assert!(is_tall(&row("x".repeat(501))));
        assert!(is_tall(&row("\n".repeat(20))));
    }

    #[test]
    fn what_no_font_has_is_named() {
        assert_eq!(shown("Aubépin Ωмя 漢"), "Aubépin Ωмя [U+6F22]");
        assert_eq!(shown("e\u{301} \u{1f9ff}"), "e\u{301} [U+1F9FF]");
    }
}
