//! An XML file, record by record.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::element::{Extent, Odd, Scratch, fill, gather};
use super::outline::{Role, roles};
use super::tokens::{Tokens, What, name};
use crate::decode::Piece;
use crate::json::NeedMore;
use crate::layout::{Format, Layout};
use crate::limits;
use crate::names::Namer;
use crate::oddities::{Oddities, say};
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span};
use crate::window::Window;

/// What stands around the records is handed over once it has grown to this many bytes.
const HEADING: usize = 256 << 10;

/// How much of the file shows its shape.
const SHAPE: usize = 1 << 20;

struct Reader<'a, 'r, 'o> {
    window: Window<'r>,
    out: &'a mut Out<'o>,
    scratch: Scratch,
    drop_code: bool,
    roles: HashMap<String, Role>,
    /// The elements that are open around the records.
    open: Vec<String>,
    /// How many records of each list there were.
    numbers: HashMap<u16, u32>,
    /// Where the text around the records that was not handed over yet starts, and in how many elements.
    run: Option<(usize, usize)>,
}

/// Reads an XML file.
pub(crate) fn read(window: Window<'_>, out: &mut Out<'_>) {
    let drop_code = out.layout.format == Format::Svg;
    let mut reader = Reader {
        window,
        out,
        scratch: Scratch::default(),
        drop_code,
        roles: HashMap::new(),
        open: Vec::new(),
        numbers: HashMap::new(),
        run: None,
    };
    if reader.window.piece().text.len() < SHAPE {
        reader.window.fill(SHAPE);
    }
    reader.roles = roles(reader.window.piece().text, reader.window.start, reader.window.ended());
    if reader.roles.is_empty() {
        reader.whole();
    } else {
        reader.all();
    }
    let Reader { window, out, .. } = reader;
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

impl Reader<'_, '_, '_> {
    /// The file is one record.
    fn whole(&mut self) {
        while !self.window.ended() && !self.window.full() && self.window.more() {}
        let list = self.out.list("", "");
        if !self.window.ended() {
            self.too_large();
            return;
        }
        let piece = self.window.piece();
        let from = self.window.start;
        // At the end of the text nothing can be missing.
        let _ = gather(piece.text, from, true, Extent::All, &[], &mut self.scratch);
        let row = &mut self.out.row;
        row.span = Span { list, number: Span::ALONE, ..span(piece.bytes(from, piece.text.len())) };
        row.notation = Notation::Xml;
        let mut namer = self.window.namer(&mut self.out.layout);
        fill(piece, Extent::All, &[], self.drop_code, &mut namer, row, &mut self.scratch);
        tell(&mut self.out.odd, &mut self.out.partly, piece, &self.scratch.odd, "");
        self.out.layout.decoding = self.window.decoding();
        if !self.out.row.is_empty() {
            self.out.emit();
        }
    }

    fn all(&mut self) {
        // Elements that stand in no other: a file should be one.
        let mut roots = 0_u32;
        loop {
            if self.out.stopped() {
                return;
            }
            let piece = self.window.piece();
            let at = self.window.start;
            let token = Tokens::new(piece.text, at, self.window.ended()).next();
            let token = match token {
                Ok(Some(token)) => token,
                Ok(None) => break,
                Err(NeedMore) => {
                    if !self.grow() {
                        return;
                    }
                    continue;
                }
            };
            match token.what {
                What::Start | What::Empty => {
                    if self.open.is_empty() {
                        roots += 1;
                        if roots == 2 {
                            self.scratch.odd = vec![Odd::Beside(token.from)];
                            tell(&mut self.out.odd, &mut self.out.partly, piece, &self.scratch.odd, "");
                        }
                    }
                    let tag = name(piece.text, &token).to_owned();
                    let mut path = String::new();
                    for step in self.open.iter().chain([&tag]) {
                        path.push('/');
                        path.push_str(step);
                    }
                    match self.roles.get(&path).copied() {
                        Some(Role::Enter) if token.what == What::Start => {
                            let structured = super::tokens::attributes(piece.text, &token).next().is_some();
                            if self.run.is_none() && structured {
                                self.run = Some((at, self.open.len()));
                            }
                            self.window.start = token.to;
                            if self.run.is_some() {
                                self.flush();
                            }
                            self.open.push(tag);
                        }
                        Some(role @ (Role::Record | Role::Alone)) => {
                            self.flush();
                            self.element(role, &path, &tag);
                        }
                        _ => self.around(),
                    }
                }
                What::End => {
                    let tag = name(piece.text, &token);
                    match self.open.iter().rposition(|o| o == tag) {
                        Some(n) => {
                            let to = token.to;
                            self.flush();
                            self.open.truncate(n);
                            self.window.start = to;
                        }
                        None => self.window.start = token.to,
                    }
                }
                What::Text | What::CData | What::Reference => {
                    let blank = piece.text[token.from..token.to].trim().is_empty();
                    if !blank && self.run.is_none() {
                        self.run = Some((at, self.open.len()));
                    }
                    self.window.start = token.to;
                }
                What::DocType(declares) => {
                    if declares {
                        self.scratch.odd = vec![Odd::EntityDeclared(token.from)];
                        tell(&mut self.out.odd, &mut self.out.partly, piece, &self.scratch.odd, "");
                    }
                    self.window.start = token.to;
                }
                What::Skip => self.window.start = token.to,
            }
            if self.run.is_some_and(|(from, _)| self.window.start - from > HEADING) {
                self.flush();
            }
        }
        self.flush();
        if !self.open.is_empty() {
            let bytes = self.window.feed.total();
            self.out.partly = true;
            self.out.odd.add("truncated", |o| {
                say(format!("the file ends in the middle, after {bytes} bytes"))(o).with("bytes", bytes)
            });
        }
    }

    /// Fetches more; what stands around the records is handed over first, so that its place stays in memory. False
    /// if no more can be held.
    fn grow(&mut self) -> bool {
        let here = self.window.start;
        if self.window.full() {
            self.too_large();
            return false;
        }
        self.flush();
        self.window.start = here;
        self.window.more() || self.window.ended()
    }

    /// A record.
    fn element(&mut self, role: Role, path: &str, tag: &str) {
        loop {
            let piece = self.window.piece();
            let from = self.window.start;
            let ended = self.window.ended();
            match gather(piece.text, from, ended, Extent::Element, &self.open, &mut self.scratch) {
                Ok(end) => {
                    let parent = &path[..path.len() - tag.len() - 1];
                    let (list, number) = if role == Role::Alone {
                        (self.out.list(path, tag), Span::ALONE)
                    } else {
                        let list = self.out.list(parent, tag);
                        let next = self.numbers.entry(list).or_insert(0);
                        *next += 1;
                        (list, *next - 1)
                    };
                    let row = &mut self.out.row;
                    row.span = Span { list, number, ..span(piece.bytes(from, end)) };
                    place(&mut row.at, parent, tag, number);
                    row.notation = Notation::Xml;
                    let mut namer = self.window.namer(&mut self.out.layout);
                    fill(piece, Extent::Element, &[], self.drop_code, &mut namer, row, &mut self.scratch);
                    let at = self.out.row.at.clone();
                    tell(&mut self.out.odd, &mut self.out.partly, piece, &self.scratch.odd, &at);
                    self.window.start = end.max(from + 1);
                    self.out.layout.decoding = self.window.decoding();
                    self.out.emit();
                    return;
                }
                Err(NeedMore) => {
                    if !self.grow() {
                        return;
                    }
                }
            }
        }
    }

    /// An element that is no record: it belongs to what stands around them.
    fn around(&mut self) {
        loop {
            let piece = self.window.piece();
            let from = self.window.start;
            match gather(
                piece.text,
                from,
                self.window.ended(),
                Extent::Element,
                &self.open,
                &mut self.scratch,
            ) {
                Ok(end) => {
                    if self.run.is_none() {
                        self.run = Some((from, self.open.len()));
                    }
                    self.window.start = end.max(from + 1);
                    return;
                }
                Err(NeedMore) => {
                    if !self.grow() {
                        return;
                    }
                }
            }
        }
    }

    /// Hands over what stands around the records, up to here.
    fn flush(&mut self) {
        let Some((from, depth)) = self.run.take() else { return };
        let piece = self.window.piece();
        let to = self.window.start;
        let run = Piece { text: &piece.text[..to], ..piece };
        let at = self.open[..depth.min(self.open.len())].iter().fold(String::new(), |at, o| at + "/" + o);
        let known = self.out.layout.lists.iter().rposition(|l| inside(&l.at, &at));
        let list = match known {
            Some(n) => u16::try_from(n).unwrap_or(u16::MAX),
            None => {
                // The first in order, so that the same file always gives the same lists.
                let first = self
                    .roles
                    .iter()
                    .filter(|(path, role)| **role == Role::Record && inside(path, &at))
                    .map(|(path, _)| path)
                    .min();
                let (parent, tag) = first.and_then(|path| path.rsplit_once('/')).unwrap_or((&at, ""));
                self.out.list(parent, tag)
            }
        };
        let around: Vec<&str> = self.open[..depth.min(self.open.len())].iter().map(String::as_str).collect();
        let outer: Vec<String> = around.iter().map(|s| (*s).to_owned()).collect();
        let _ = gather(run.text, from, true, Extent::All, &outer, &mut self.scratch);
        // A run need not be whole: the element around it goes on.
        self.scratch.odd.retain(|o| !matches!(o, Odd::CutOff(_)));
        let row = &mut self.out.row;
        row.clear();
        row.span = Span {
            list,
            number: u32::try_from(depth).unwrap_or(0),
            heading: true,
            ..span(piece.bytes(from, to))
        };
        row.notation = Notation::Xml;
        let mut namer = self.window.namer(&mut self.out.layout);
        fill(run, Extent::All, &around, self.drop_code, &mut namer, row, &mut self.scratch);
        tell(&mut self.out.odd, &mut self.out.partly, piece, &self.scratch.odd, &at);
        self.out.layout.decoding = self.window.decoding();
        if self.out.row.is_empty() {
            self.out.row.clear();
        } else {
            self.out.emit();
        }
    }

    fn too_large(&mut self) {
        self.out.partly = true;
        self.out.odd.add("record_too_large", |o| {
            let most = limits::RECORD >> 20;
            say(format!("an element is larger than {most} MiB and the rest is kept as text"))(o)
                .with("limit_mib", most)
        });
        self.run = None;
        self.out.rest_as_written(&mut self.window);
    }
}

fn inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn place(at: &mut String, parent: &str, tag: &str, number: u32) {
    at.clear();
    at.push_str(parent);
    at.push('/');
    at.push_str(tag);
    if number != Span::ALONE {
        let _ = write!(at, "[{}]", number + 1);
    }
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    let drop_code = layout.format == Format::Svg;
    let mut scratch = Scratch::default();
    let mut namer = Namer::Find(&layout.names);
    let Some(list) = layout.lists.get(usize::from(span.list)) else { return };
    row.notation = Notation::Xml;
    let whole = span.number == Span::ALONE && list.at.is_empty();
    if span.heading || whole {
        let depth = if whole { 0 } else { span.number as usize };
        let around: Vec<&str> = list.at.split('/').skip(1).take(depth).collect();
        let outer: Vec<String> = around.iter().map(|s| (*s).to_owned()).collect();
        let _ = gather(piece.text, 0, true, Extent::All, &outer, &mut scratch);
        fill(piece, Extent::All, &around, drop_code, &mut namer, row, &mut scratch);
    } else {
        let _ = gather(piece.text, 0, true, Extent::Element, &[], &mut scratch);
        if span.number == Span::ALONE {
            row.at.push_str(&list.at);
        } else {
            place(&mut row.at, &list.at, &list.name, span.number);
        }
        fill(piece, Extent::Element, &[], drop_code, &mut namer, row, &mut scratch);
    }
}

fn tell(odd: &mut Oddities, partly: &mut bool, piece: Piece<'_>, found: &[Odd], at: &str) {
    for one in found {
        let (code, place, sentence) = match *one {
            Odd::MisNested(p) => ("mis_nested", p, "an end tag does not fit the element that is open"),
            Odd::CutOff(p) => ("truncated", p, "the file ends in the middle of an element"),
            Odd::Entity(p) => ("entity_not_expanded", p, "an entity is shown as written"),
            Odd::EntityDeclared(p) => {
                ("entities_declared", p, "the file declares entities of its own, which are not expanded")
            }
            Odd::Binary(p) => ("attachment_unread", p, "an attachment written in base64 is not read"),
            Odd::Ampersand(p) => ("bad_xml", p, "an & or < stands as it is, which XML does not allow"),
            Odd::Character(p) => ("bad_xml", p, "a character stands in the text that XML does not allow"),
            Odd::Beside(p) => ("bad_xml", p, "more than one element stands at the top of the file"),
            Odd::TooDeep(p) => ("too_deep", p, "elements are nested too deep; the text of the rest is kept"),
        };
        *partly |= matches!(code, "truncated" | "attachment_unread");
        let byte = piece.raw(place.min(piece.text.len()));
        odd.add(code, |o| {
            let o = say(format!("{sentence}, at byte {byte}"))(o).with("byte", byte);
            if at.is_empty() { o } else { o.at(at) }
        });
    }
}
