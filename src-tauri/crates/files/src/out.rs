//! Where the readers put what they read: rows go to the caller as they are met, oddities are gathered.

use std::cell::Cell;
use std::rc::Rc;

use archive::Password;

use crate::decode::Piece;
use crate::layout::{Layout, List};
use crate::limits;
use crate::names::{Namer, TOP};
use crate::oddities::{Oddities, say};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;

/// Takes each row as it is met; false to stop.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(&Layout, &Row) -> bool;

/// The last list that there may be.
const LAST: u16 = limits::LISTS - 1;

/// What to say of a document that only a password opens.
const LOCKED: &str = "the document is encrypted, and no password that was given opens it";

/// What to say of a document that is locked in a way that no password opens here.
const SEALED: &str = "the document is encrypted with a password in a way that this version cannot undo: open it with the \
                      program that it was made for, and save it without the password";

/// What all readers write to.
pub(crate) struct Out<'a> {
    pub(crate) layout: Layout,
    /// The row that is being filled.
    pub(crate) row: Row,
    pub(crate) odd: Oddities,
    /// How many records were met.
    pub(crate) records: u64,
    /// Whether something of the entry could not be read.
    pub(crate) partly: bool,
    /// Whether nothing of the entry could be read.
    pub(crate) nothing: bool,
    /// Whether that is so because no password opens it.
    pub(crate) locked: bool,
    /// Whether the places of values in bytes say nothing: they are read from something that is not in the file.
    pub(crate) unplaced: bool,
    /// What to try where something is locked.
    pub(crate) passwords: &'a [Password],
    /// Whether the entry is itself a file in another one: what is attached to it in turn is named, not read.
    pub(crate) inner: bool,
    /// What may still be unpacked for the files that are attached to it; for one of those itself, what is left of that.
    pub(crate) work: Rc<Cell<u64>>,
    /// How many values were repaired, and the place of the first.
    mended: (u64, String),
    sink: Sink<'a>,
    stopped: bool,
}

impl<'a> Out<'a> {
    pub(crate) fn new(layout: Layout, sink: Sink<'a>) -> Self {
        Self {
            layout,
            row: Row::default(),
            odd: Oddities::default(),
            records: 0,
            partly: false,
            nothing: false,
            locked: false,
            unplaced: false,
            passwords: &[],
            inner: false,
            work: Rc::new(Cell::new(limits::ATTACHED_WORK)),
            mended: (0, String::new()),
            sink,
            stopped: false,
        }
    }

    /// Hands the row over and empties it. False if the caller wants no more.
    pub(crate) fn emit(&mut self) -> bool {
        if !self.stopped {
            if self.unplaced {
                self.row.unplace();
            }
            if self.layout.names.mends() {
                let (count, first) = self.row.mend();
                if self.mended.0 == 0 && count > 0 {
                    self.mended.1 = self.row.place(self.row.value(first), &self.layout.names);
                }
                self.mended.0 += count;
            }
            self.row.span.kept |= self.layout.format.is_kept();
            if !self.row.span.heading {
                self.records += 1;
            }
            self.stopped = !(self.sink)(&self.layout, &self.row);
        }
        self.row.clear();
        !self.stopped
    }

    /// Hands over a row that was filled beside the usual one.
    pub(crate) fn emit_other(&mut self, row: &mut Row) -> bool {
        std::mem::swap(&mut self.row, row);
        let more = self.emit();
        std::mem::swap(&mut self.row, row);
        more
    }

    /// Tells that the entry is locked, and that no password opens it.
    pub(crate) fn tell_locked(&mut self) {
        self.nothing = true;
        self.locked = true;
        self.odd.add("encrypted_document", say(LOCKED));
    }

    /// Tells that the entry is locked, in a way that no password opens here: nobody is asked for one.
    pub(crate) fn tell_sealed(&mut self) {
        self.nothing = true;
        self.locked = true;
        self.odd.add("document_sealed", say(SEALED));
    }

    /// Tells what was repaired.
    pub(crate) fn tell_mended(&mut self) {
        let (count, at) = &self.mended;
        if *count > 0 {
            self.odd.add("mojibake_repaired", |o| {
                say(format!(
                    "{count} values were UTF-8 written twice over (\"Ã©\" for \"é\") and are repaired"
                ))(o)
                .with("count", *count)
                .at(at.as_str())
            });
        }
    }

    /// Whether the caller wants no more.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped
    }

    /// The number of the list at this place, made if it is new. Too many lists share the last one.
    pub(crate) fn list(&mut self, at: &str, name: &str) -> u16 {
        // Lists are met in order, so a known one is near the end; files with very many lists must not cost a search.
        let known =
            self.layout.lists.iter().enumerate().rev().take(64).find(|(_, l)| l.at == at && l.name == name);
        let n = match known {
            Some((n, _)) => n,
            None => return self.new_list(at, name).unwrap_or(LAST),
        };
        u16::try_from(n).unwrap_or(LAST)
    }

    /// A list of its own; none if there are too many.
    pub(crate) fn new_list(&mut self, at: &str, name: &str) -> Option<u16> {
        let n = u16::try_from(self.layout.lists.len()).ok().filter(|n| *n <= LAST)?;
        self.layout.lists.push(List { at: at.to_owned(), name: name.to_owned() });
        Some(n)
    }

    /// Hands over text that has no structure, as written, in rows beside the records. `to` must not cut a character.
    pub(crate) fn as_written(&mut self, piece: Piece<'_>, from: usize, to: usize) -> bool {
        if self.layout.lists.is_empty() {
            self.list("", "");
        }
        let mut at = from;
        while at < to && !self.stopped {
            let end = cut(piece.text, at, to, limits::TEXT_ROW);
            let bytes = piece.bytes(at, end);
            self.row.clear();
            self.row.span = Span { heading: true, number: Span::AS_WRITTEN, ..span(bytes) };
            as_written(piece, at, end, &mut Namer::Grow(&mut self.layout.names), &mut self.row);
            if !self.row.is_empty() {
                self.emit();
            }
            at = end;
        }
        !self.stopped
    }

    /// Hands over the rest of the entry as written, with what was already fetched of it.
    pub(crate) fn rest_as_written(&mut self, window: &mut Window<'_>) {
        loop {
            let piece = window.piece();
            let end = piece.text.len();
            if !self.as_written(piece, window.start, end) {
                return;
            }
            window.start = end;
            if !window.more() {
                return;
            }
        }
    }
}

/// Fills a row with text that has no structure.
pub(crate) fn as_written(piece: Piece<'_>, from: usize, to: usize, namer: &mut Namer<'_>, row: &mut Row) {
    row.at.clear();
    row.notation = Notation::Whole;
    let step = namer.step(crate::names::NOWHERE, TOP, "text");
    let field = namer.field(step);
    let mut at = from;
    while at < to {
        let end = cut(piece.text, at, to, limits::TEXT_VALUE);
        let text = &piece.text[at..end];
        let skipped = text.len() - text.trim_start().len();
        let text = text.trim();
        if !text.is_empty() {
            let start = at + skipped;
            row.push(field, ValueKind::Text, text, &[], Some(piece.bytes(start, start + text.len())));
        }
        at = end;
    }
}

/// The end of the next part of `text[from..to]` that is at most `most` bytes long: behind a line if there is one, else
/// behind a word, else between two characters.
pub(crate) fn cut(text: &str, from: usize, to: usize, most: usize) -> usize {
    if to - from <= most {
        return to;
    }
    let end = floor(text, from + most);
    let bytes = &text.as_bytes()[from..end];
    if let Some(n) = memchr::memrchr(b'\n', bytes).or_else(|| memchr::memrchr(b' ', bytes)) {
        return from + n + 1;
    }
    if end > from { end } else { to }
}

/// The last place between two characters that is not behind `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A span of these bytes. Rows are far smaller than 4 GiB.
pub(crate) fn span(bytes: std::ops::Range<u64>) -> Span {
    Span {
        start: bytes.start,
        len: u32::try_from(bytes.end - bytes.start).unwrap_or(u32::MAX),
        ..Span::default()
    }
}
