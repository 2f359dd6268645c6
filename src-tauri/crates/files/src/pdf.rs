//! A PDF document: the text of each page with its number, what the document says of itself, and the files in it. Nothing
//! that it asks to be run, opened or fetched is: it is told of.
//!
//! ISO 32000-2. The structure is read by our own reader: it reads an object only when it is asked for, bounds all the work
//! that a file may cost, and searches a damaged file for its objects, as its text may be all that somebody has left.

mod bidi;

mod cff;
mod cmap;
mod content;
mod crypt;
mod encodings;
mod file;
mod filters;
mod font;
mod info;
mod lexer;
mod lines;
mod matrix;
mod metrics;
mod object;
mod order;
mod pages;
mod tables;

use std::cell::Cell;
use std::rc::Rc;

use self::content::Painter;
use self::file::File;
use self::object::{Dict, Object};
use crate::attached;
use crate::limits;
use crate::named::Places;
use crate::names::Namer;
use crate::oddities::{quoted, say};
use crate::out::{Out, cut};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::xmp;

/// Reads a document.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    let work = || Rc::new(Cell::new(limits::PDF_WORK + 64 * bytes.len() as u64));
    let file = File::open(bytes, out.passwords, if out.inner { Rc::clone(&out.work) } else { work() });
    if file.locked {
        return if file.sealed { out.tell_sealed() } else { out.tell_locked() };
    }
    out.list("", "");
    let mut document = Document { row: Row::default(), places: Places::default(), active: Vec::new() };
    document.begin(false);
    let found = pages::pages(&file);
    if found.pages.is_empty() {
        out.nothing = true;
        let said = "the document begins as a PDF, but no page of it can be found";
        return out.odd.add("pdf_damaged", say(said));
    }
    document.pages(&file, &found.pages, out);
    document.about(&file, out);
    let cut_off = memchr::memmem::rfind(bytes, b"%%EOF").is_none() || file.is_short();
    out.partly |= cut_off;
    let ends = if cut_off { ", and its end is missing" } else { "" };
    let count = found.pages.len();
    if file.repaired.get() {
        let said = "the table of the document's parts is damaged";
        out.odd.add("pdf_repaired", |o| {
            say(format!("{said}{ends}: {count} pages were found by searching for them"))(o)
                .with("pages", count)
        });
    } else if cut_off {
        out.odd.add("pdf_cut_off", |o| {
            say(format!("the end of the document is missing; {count} pages are there"))(o)
                .with("pages", count)
        });
    }
    if found.damaged {
        out.partly = true;
        let said = "the list of pages is damaged: it leads back to itself, or to something that is no page";
        out.odd.add("pdf_pages_damaged", say(said));
    }
    if let Some(joined) = joined(bytes).filter(|_| !file.repaired.get()) {
        let size = bytes.len() - joined;
        out.partly = true;
        out.odd.add("pdf_joined", |o| {
            say(format!(
                "another document of {size} bytes stands behind the end of this one, and was not read"
            ))(o)
            .with("bytes", size)
        });
    }
    trouble(&file, out);
    document.tell_active(out);
    document.emit(out);
}

/// Where another document begins behind the end of one, if the places in its table are counted from there.
fn joined(bytes: &[u8]) -> Option<usize> {
    let begins = |end: usize| {
        let gap = bytes[end..].iter().take(80).take_while(|b| b.is_ascii_whitespace()).count();
        Some(end + gap).filter(|at| bytes[*at..].starts_with(b"%PDF-"))
    };
    let at = memchr::memmem::rfind_iter(bytes, b"%%EOF").find_map(|n| begins(n + 5))?;
    let last = memchr::memmem::rfind(bytes, b"startxref").filter(|last| *last > at)?;
    let told = bytes[last + 9..].trim_ascii_start();
    let digits = told.iter().take_while(|b| b.is_ascii_digit()).count();
    let told: usize = std::str::from_utf8(&told[..digits]).ok()?.parse().ok()?;
    (told < at).then_some(at)
}

/// Tells of streams that could not be unpacked.
fn trouble(file: &File<'_>, out: &mut Out<'_>) {
    let undone = file.undone.borrow();
    let count = |word: &str| undone.get(word).copied().unwrap_or(0);
    let (large, damaged) = (count("too_large"), count("damaged") + count("unknown"));
    if large > 0 || file.is_spent() {
        out.partly = true;
        out.odd.add("pdf_too_large", |o| {
            let most = limits::PDF_STREAM >> 20;
            say(format!(
                "parts of the document unpack to more than {most} MiB, or are packed too often: {large}"
            ))(o)
            .with("count", large)
            .with("limit_mib", most)
        });
    }
    if damaged > 0 {
        out.partly = true;
        out.odd.add("pdf_part_damaged", |o| {
            say(format!("parts of the document that are damaged, and were read as far as they go: {damaged}"))(o)
                .with("count", damaged)
        });
    }
}

/// The record of a document while it is filled.
struct Document {
    row: Row,
    places: Places,
    /// What the document would have done, by what it is called.
    active: Vec<(String, u32)>,
}

impl Document {
    fn begin(&mut self, heading: bool) {
        self.row.clear();
        self.row.span = Span { number: Span::ALONE, heading, ..Span::default() };
        self.row.notation = Notation::Page;
    }

    fn emit(&mut self, out: &mut Out<'_>) -> bool {
        let more = out.emit_other(&mut self.row);
        self.begin(true);
        more
    }

    /// The text of each page, with its links and notes.
    fn pages(&mut self, file: &File<'_>, pages: &[pages::Page], out: &mut Out<'_>) {
        let mut painter = Painter::new(file);
        let (mut silent, mut first_silent, mut unknown, mut first_unknown) = (0_u64, 0, 0_u64, 0);
        let mut guessed = 0;
        for (number, page) in (1_u32..).zip(pages) {
            let read = painter.page(pages::content(file, page), page.resources.clone());
            self.text("text", number, &read.text, out);
            if read.text.is_empty() && read.images && read.unknown == 0 {
                silent += 1;
                first_silent = if first_silent == 0 { number } else { first_silent };
            }
            guessed += read.guessed;
            if read.unknown > 0 {
                unknown += read.unknown;
                first_unknown = if first_unknown == 0 { number } else { first_unknown };
            }
            let active = &mut self.active;
            let beside = pages::beside(file, page, &mut |action| note_action(action, active));
            for (name, texts) in [("link", &beside.links), ("note", &beside.notes)] {
                for (n, text) in (1_u32..).zip(texts) {
                    let field = Namer::Grow(&mut out.layout.names).path(&[name]);
                    self.row.push(field, ValueKind::Text, text, &[number, n], None);
                }
            }
            for spec in &beside.files {
                self.attached(file, &info::attachment(file, spec), out);
            }
            // What does not fit into one row follows in headings, so that the document counts once.
            if self.row.text_len() > limits::PDF_ROW && !self.emit(out) {
                return;
            }
        }
        if silent > 0 {
            out.partly = true;
            out.odd.add("no_text", |o| {
                let all = pages.len();
                say(format!(
                    "{silent} of {all} pages are images with no text: what is written on them cannot be searched"
                ))(o)
                .with("count", silent)
                .with("pages", all)
                .at(format!("page={first_silent}"))
            });
        }
        if guessed > 0 {
            out.odd.add("text_guessed", |o| {
                say(format!(
                    "{guessed} letters are drawn in fonts that do not say which letters they are: they were taken for \
                     the usual ones, and may be others"
                ))(o)
                .with("count", guessed)
            });
        }
        if unknown > 0 {
            out.partly = true;
            out.odd.add("text_unreadable", |o| {
                say(format!(
                    "{unknown} letters are drawn in fonts that do not say which letters they are: they cannot be searched"
                ))(o)
                .with("count", unknown)
                .at(format!("page={first_unknown}"))
            });
        }
    }

    /// Adds a text of a page, in parts if it is long.
    fn text(&mut self, name: &str, page: u32, text: &str, out: &mut Out<'_>) {
        let (mut at, mut part) = (0, 1_u32);
        while at < text.len() {
            let end = cut(text, at, text.len(), limits::PDF_TEXT);
            let place = [page, part];
            let name = if part == 1 { name } else { "part" };
            let field = Namer::Grow(&mut out.layout.names).path(&[name]);
            let place = if part == 1 { &place[..1] } else { &place[..] };
            self.row.push(field, ValueKind::Text, text[at..end].trim(), place, None);
            at = end;
            part += 1;
        }
    }

    /// What is said of the document as a whole.
    fn about(&mut self, file: &File<'_>, out: &mut Out<'_>) {
        let mut named = info::info(file);
        named.extend(info::form(file));
        // What the description says once more is not said twice.
        let said: Vec<String> = named.iter().map(|(_, text)| text.clone()).collect();
        named.extend(info::metadata(file).into_iter().filter(|(_, text)| !said.contains(text)));
        for (path, text) in named {
            self.named(&path, &text, out);
        }
        for attached in info::attached(file) {
            self.attached(file, &attached, out);
        }
        let catalog = file.catalog();
        if let Some(action) = file.entry(&catalog, "OpenAction").dict() {
            note_action(action, &mut self.active);
        }
        for actions in [file.entry(&catalog, "AA")] {
            for action in actions.dict().iter().flat_map(|d| d.0.values()) {
                if let Some(action) = file.follow(action).dict() {
                    note_action(action, &mut self.active);
                }
            }
        }
        let names = file.entry(&catalog, "Names").into_owned();
        if names.dict().is_some_and(|d| !matches!(d.get("JavaScript"), Object::Null)) {
            note("JavaScript", &mut self.active);
        }
    }

    fn named(&mut self, path: &[String], text: &str, out: &mut Out<'_>) {
        self.places.push(&mut out.layout, &mut self.row, path, text);
    }

    /// A file in the document: its name, and what it says if it is text.
    fn attached(&mut self, file: &File<'_>, attached: &info::Attached, out: &mut Out<'_>) {
        let name = if attached.name.is_empty() { "unnamed" } else { &attached.name };
        self.named(&["attachment".to_owned()], name, out);
        let Some(stream) = &attached.data else {
            return out.odd.add("attachment_outside", |o| {
                say(format!("the document points to the file {}, which is not in it", quoted(name)))(o)
                    .with("name", name)
            });
        };
        let data = file.data(stream, limits::PDF_STREAM);
        let top = vec!["attachment".to_owned(), name.to_owned()];
        let start = data.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
        let is_xml = data[start..].starts_with(b"<") || data.starts_with(b"\xEF\xBB\xBF<");
        if is_xml {
            let found = xmp::leaves(&data, limits::XMP_VALUES);
            for (path, text) in found {
                let path: Vec<String> = top.iter().cloned().chain(path).collect();
                self.named(&path, &text, out);
            }
        } else if let Ok(text) = std::str::from_utf8(&data)
            && !text.contains('\0')
        {
            self.in_pieces(&top, text, out);
        } else if let Some((text, _)) = attached::said(name, "", &data, out) {
            self.in_pieces(&top, &text, out);
        } else {
            let size = data.len();
            out.odd.add("attachment_unread", |o| {
                say(format!(
                    "the file {} in the document, of {size} bytes, is named and not read",
                    quoted(name)
                ))(o)
                .with("name", name)
                .with("bytes", size)
            });
        }
    }

    /// A long text as values that each can be shown.
    fn in_pieces(&mut self, path: &[String], text: &str, out: &mut Out<'_>) {
        let mut at = 0;
        while at < text.len() {
            let end = cut(text, at, text.len(), limits::PDF_TEXT);
            self.named(path, text[at..end].trim(), out);
            at = end;
        }
    }

    fn tell_active(&self, out: &mut Out<'_>) {
        for (what, count) in &self.active {
            out.odd.add("active_content", |o| {
                say(format!("the document would run or open something ({what}): {count}; this is never done"))(o)
                    .with("what", what)
                    .with("count", count)
            });
        }
    }
}

/// Notes what an action would do, if it is more than going to a page or showing an address.
fn note_action(action: &Dict, active: &mut Vec<(String, u32)>) {
    if let Some(
        name @ (b"JavaScript" | b"Launch" | b"SubmitForm" | b"ImportData" | b"GoToR" | b"GoToE"
        | b"Rendition"),
    ) = action.get("S").name()
    {
        note(&String::from_utf8_lossy(name), active);
    }
}

fn note(what: &str, active: &mut Vec<(String, u32)>) {
    match active.iter_mut().find(|(name, _)| name == what) {
        Some((_, count)) => *count += 1,
        None => active.push((what.to_owned(), 1)),
    }
}
