//! Files made of blocks of lines: cards, calendar entries, messages of a chat, lines of a bank statement, rows
//! of a dump. Each block
//! is a record with its own bytes; what stands between them is kept in headings.

use std::collections::HashMap;
use std::fmt::Write as _;

use archive::Oddity;

use crate::decode::Piece;
use crate::layout::{Format, Layout};
use crate::limits;
use crate::names::{FieldId, Namer};
use crate::oddities::say;
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;
use crate::{bank, cards, catalog, chat, cues, settings, sql, xml};

/// A block of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// From here to `to` it says something.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The next one is looked for from here on.
    pub(crate) next: usize,
    /// What it is: `card`, `event`, `message`; none for what stands between.
    pub(crate) sort: Option<&'static str>,
    /// What does not end, where it should have: the name of the block and whether the file ended first.
    pub(crate) open: Option<(&'static str, bool)>,
}

impl Block {
    /// What stands between the records.
    pub(crate) fn between(from: usize, to: usize) -> Self {
        Self { from, to, next: to, sort: None, open: None }
    }

    /// A record.
    pub(crate) fn record(sort: &'static str, from: usize, to: usize) -> Self {
        Self { sort: Some(sort), ..Self::between(from, to) }
    }
}

/// Cuts a text into blocks.
pub(crate) trait Cut {
    /// The next block of `text` from `at` on, where a line starts that is not empty; none if more of the text must be
    /// known. At the end of the file there is always one.
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block>;

    /// Takes note of a block when its row was made.
    fn passed(&mut self, _text: &str, _block: &Block) {}

    /// What holds for the records that follow: a currency, an account. It is kept beside them.
    fn context(&self) -> &str {
        ""
    }
}

/// Reads a file of blocks.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>, cut: &mut dyn Cut) {
    // How many records of each sort there were, and how many lines.
    let mut counts: HashMap<&'static str, u32> = HashMap::new();
    let mut line = 1_u32;
    out.list("", "");
    loop {
        let text = window.piece().text;
        let at = window.start + blank(&text[window.start..]);
        line = line.saturating_add(lines(&text[window.start..at]));
        let nothing = at >= text.len();
        window.start = at;
        if nothing {
            if window.more() {
                continue;
            }
            break;
        }
        let piece = window.piece();
        let Some(block) = cut.next(piece.text, at, window.ended()) else {
            if window.full() {
                too_large(out);
                out.rest_as_written(&mut window);
                break;
            }
            window.more();
            continue;
        };
        let list = out.list(cut.context(), block.sort.unwrap_or_default());
        // Too many lists share the last one, and what that one says holds.
        let context = out.layout.lists.get(usize::from(list)).map_or_else(String::new, |l| l.at.clone());
        let number = match block.sort {
            None => line,
            // Counted over all lists, so that no two have the same place.
            Some(sort) => {
                let count = counts.entry(sort).or_insert(0);
                *count = count.saturating_add(1);
                *count
            }
        };
        let heading = block.sort.is_none();
        let mut row = std::mem::take(&mut out.row);
        row.span = Span { list, number, heading, ..span(piece.bytes(block.from, block.to)) };
        let format = out.layout.format;
        let (odd, partly) = (&mut out.odd, &mut out.partly);
        fill_block(
            window.namer(&mut out.layout),
            format,
            block.sort.unwrap_or_default(),
            &context,
            piece,
            block.from..block.to,
            line,
            &mut row,
            &mut |oddity| {
                *partly |= oddity.code == "attachment_unread";
                odd.add(oddity.code, |_| oddity);
            },
        );
        if let Some((name, at_end)) = block.open {
            out.partly |= at_end;
            let at = &row.at;
            out.odd.add("end_missing", |o| {
                say(format!("the {name} that starts in line {line} has no end"))(o)
                    .with("name", name)
                    .with("line", line)
                    .at(at)
            });
        }
        line = line.saturating_add(lines(&piece.text[at..block.next]));
        cut.passed(piece.text, &block);
        out.layout.decoding = window.decoding();
        window.start = block.next;
        let empty = heading && row.is_empty();
        out.row = row;
        if empty {
            out.row.clear();
        } else if !out.emit() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// Reads a block again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    row.span = *span;
    let Some(list) = layout.lists.get(usize::from(span.list)) else { return };
    let all = 0..piece.text.len();
    let namer = Namer::Find(&layout.names);
    fill_block(namer, layout.format, &list.name, &list.at, piece, all, 1, row, &mut |_| {});
}

#[expect(clippy::too_many_arguments, reason = "a block and where it stands; both readings call it")]
fn fill_block(
    namer: Namer<'_>,
    format: Format,
    sort: &str,
    context: &str,
    piece: Piece<'_>,
    range: std::ops::Range<usize>,
    line: u32,
    row: &mut Row,
    odd: &mut dyn FnMut(Oddity),
) {
    row.notation = Notation::Field;
    row.at.clear();
    let number = row.span.number;
    let heading = row.span.heading;
    let _ = write!(row.at, "{}={number}", if heading { "line" } else { sort });
    let (from, to) = (range.start, range.end);
    let sort = if heading { "" } else { sort };
    let mut block = Filling {
        namer,
        piece,
        from,
        to,
        sort,
        context,
        line,
        row,
        noted: Vec::new(),
        counts: HashMap::new(),
        odd,
    };
    match format {
        Format::Vcard | Format::Jcard | Format::Icalendar => cards::fill(format, &mut block),
        Format::Chat => chat::fill(&mut block),
        Format::Sql => sql::fill(&mut block),
        Format::Subtitles => cues::fill(&mut block),
        Format::Settings => settings::fill(&mut block),
        Format::Gettext => catalog::fill(&mut block),
        Format::Opml if !sort.is_empty() => xml::fill_outline(&mut block),
        _ => bank::fill(format, &mut block),
    }
}

/// A block that becomes a row.
pub(crate) struct Filling<'a> {
    namer: Namer<'a>,
    pub(crate) piece: Piece<'a>,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// What it is; empty for what stands between the records.
    pub(crate) sort: &'a str,
    pub(crate) context: &'a str,
    /// The number of its first line, at the first reading.
    line: u32,
    row: &'a mut Row,
    /// How many oddities of each kind there were.
    noted: Vec<(&'static str, usize)>,
    /// How many values each field has had.
    counts: HashMap<FieldId, u32>,
    odd: &'a mut dyn FnMut(Oddity),
}

impl<'a> Filling<'a> {
    /// Its text.
    pub(crate) fn text(&self) -> &'a str {
        &self.piece.text[self.from..self.to]
    }

    /// The field of this path.
    pub(crate) fn field(&mut self, path: &[&str]) -> FieldId {
        self.namer.path(path)
    }

    /// Where a part of the text stands in it.
    pub(crate) fn place(&self, part: &str) -> std::ops::Range<usize> {
        let start = part.as_ptr().addr().saturating_sub(self.piece.text.as_ptr().addr());
        start..start + part.len()
    }

    /// Adds a value that stands as it is in the text; `part` must be a part of it.
    pub(crate) fn push(&mut self, path: &[&str], part: &str) {
        let part = part.trim();
        self.push_as(path, part, part);
    }

    /// Adds a value written as `part` of the text.
    pub(crate) fn push_as(&mut self, path: &[&str], value: &str, part: &str) {
        if value.is_empty() {
            return;
        }
        let place = self.place(part);
        let place = self.piece.bytes(place.start, place.end);
        let field = self.field(path);
        self.row.push(field, ValueKind::Text, value, &[], Some(place));
    }

    /// Adds a value of a field that may be there more than once.
    pub(crate) fn push_counted(&mut self, path: &[&str], part: &str) {
        let part = part.trim();
        self.push_as_counted(path, part, part);
    }

    /// Adds a value written as `part` of the text, of a field that may be there more than once.
    pub(crate) fn push_as_counted(&mut self, path: &[&str], value: &str, part: &str) {
        if value.is_empty() {
            return;
        }
        let place = self.place(part);
        let field = self.field(path);
        let count = self.counts.entry(field).or_insert(0);
        *count += 1;
        let nth = [*count];
        let nth = if nth[0] > 1 { &nth[..] } else { &[] };
        self.push_at(field, value, nth, place.start, place.end);
    }

    /// Adds a value of a field with positions, from these places of the text.
    pub(crate) fn push_at(&mut self, field: FieldId, value: &str, indexes: &[u32], from: usize, to: usize) {
        let place = self.piece.bytes(from, to);
        self.row.push(field, ValueKind::Text, value, indexes, Some(place));
    }

    /// Adds a value that stands outside the block.
    pub(crate) fn push_context(&mut self, path: &[&str], value: &str) {
        if !value.is_empty() {
            let field = self.field(path);
            self.row.push(field, ValueKind::Text, value, &[], None);
        }
    }

    /// Adds text that may be long, as written; marks of direction around it say nothing.
    pub(crate) fn push_text(&mut self, path: &[&str], from: usize, to: usize) {
        let field = self.field(path);
        let mut at = from;
        let mut count = 0;
        while at < to {
            let end = crate::out::cut(self.piece.text, at, to, limits::TEXT_VALUE);
            let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{FEFF}');
            let text = &self.piece.text[at..end];
            let start = at + text.len() - text.trim_start_matches(unseen).len();
            let text = text.trim_matches(unseen);
            if !text.is_empty() {
                count += 1;
                let nth = [count];
                let nth = if count > 1 { &nth[..] } else { &[] };
                self.push_at(field, text, nth, start, start + text.len());
            }
            at = end;
        }
    }

    /// Notes an oddity at a place of the text; `make` is given its line.
    pub(crate) fn note(&mut self, code: &'static str, at: usize, make: impl FnOnce(Oddity, u32) -> Oddity) {
        let known = self.noted.iter().position(|(c, _)| *c == code).unwrap_or_else(|| {
            self.noted.push((code, 0));
            self.noted.len() - 1
        });
        self.noted[known].1 += 1;
        let mut oddity = Oddity::new(code, "");
        // Further ones are only counted; finding their lines would cost the square of their number.
        if self.noted[known].1 <= limits::ODDITIES_OF_A_KIND {
            let line = self.line.saturating_add(lines(&self.piece.text[self.from..at.max(self.from)]));
            oddity = make(oddity, line).at(&self.row.at);
        }
        (self.odd)(oddity);
    }
}

fn too_large(out: &mut Out<'_>) {
    out.partly = true;
    out.odd.add("record_too_large", |o| {
        let most = limits::RECORD >> 20;
        say(format!("a record is larger than {most} MiB and the rest is kept as text"))(o)
            .with("limit_mib", most)
    });
}

/// How many bytes of white space a text starts with, up to the start of the first line that has more: the white space
/// in front of a line belongs to it.
fn blank(text: &str) -> usize {
    let solid = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n', '\u{FEFF}']).len();
    match memchr::memrchr(b'\n', &text.as_bytes()[..solid]) {
        Some(n) if solid < text.len() => n + 1,
        None if solid < text.len() => 0,
        _ => solid,
    }
}

/// The end of the line at `at`, before its line end, and the start of the next one; none if the line may go on.
pub(crate) fn line(text: &str, at: usize, ended: bool) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    match memchr::memchr(b'\n', &bytes[at..]) {
        Some(n) => {
            let end = at + n;
            let bare = if end > at && bytes[end - 1] == b'\r' { end - 1 } else { end };
            Some((bare, end + 1))
        }
        None if ended => Some((bytes.len(), bytes.len())),
        None => None,
    }
}

pub(crate) fn lines(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}
