//! A JSON file, record by record: the plan of its outline is followed while the text streams past.

use std::collections::HashMap;
use std::fmt::Write as _;

use archive::Oddity;

use super::lines::line_row;
use super::outline::{Plan, plan};
use super::prefix::prefix;
use super::value::{self, NeedMore, Odd, Scratch, member_key, skip, skip_space};
use crate::decode::Piece;
use crate::layout::Layout;
use crate::limits;
use crate::names::{NOWHERE, Namer, TOP};
use crate::oddities::{Oddities, quoted, say};
use crate::out::Out;
use crate::row::{Notation, Row, Span};
use crate::window::Window;

/// The field of an item that is no object and no list.
const VALUE: &str = "value";

/// The field of the key under which an item stands.
const KEY: &str = "key";

/// What stands around the records is handed over once it has grown to this many bytes of text.
const HEADING: usize = 256 << 10;

/// Where the reader is, from the outside in.
struct Level {
    /// JSON pointer.
    at: String,
    depth: u32,
    kind: Kind,
}

enum Kind {
    Wrapper(Plan),
    List {
        list: u16,
        next: u32,
    },
    Map {
        list: u16,
        next: u32,
    },
    /// Values one after another, up to the end of the file.
    Sequence {
        list: u16,
        next: u32,
    },
}

struct Reader<'a, 'r, 'o> {
    window: Window<'r>,
    out: &'a mut Out<'o>,
    scratch: Scratch,
    /// What stands around the records, gathered until the next of them.
    heading: Row,
    heading_end: u64,
    /// The keys that are in it, with how often.
    heading_keys: Keys,
    key: String,
    /// Items so far of the lists that have no name.
    items: u32,
    /// Whether the values are a sequence (RFC 7464).
    sequence: bool,
    /// Places of lists and records that were given out, with how often.
    places: HashMap<String, u32>,
}

/// How often each key of an object was met.
type Keys = HashMap<u32, u32>;

/// Reads a JSON file.
pub(crate) fn read(window: Window<'_>, out: &mut Out<'_>) {
    let mut reader = Reader {
        window,
        out,
        scratch: Scratch::default(),
        heading: Row::default(),
        heading_end: 0,
        heading_keys: Keys::new(),
        key: String::new(),
        items: 0,
        sequence: false,
        places: HashMap::new(),
    };
    reader.all();
    let Reader { window, out, .. } = reader;
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// The step of a whole record: the top for what has members, `value` for what has none.
pub(super) fn top_step(text: &str, at: usize, namer: &mut Namer<'_>) -> u32 {
    match text.as_bytes().get(at) {
        Some(b'{' | b'[') => TOP,
        _ => namer.step(NOWHERE, TOP, VALUE),
    }
}

impl Reader<'_, '_, '_> {
    fn all(&mut self) {
        let first = self.window.piece().text;
        // The values of a sequence (RFC 7464) are meant to be several.
        self.sequence = first.as_bytes().get(self.window.start) == Some(&value::RECORD);
        let at = skip_space(first, self.window.start);
        if first.len() < limits::OUTLINE && !self.window.ended() && !first[at..].starts_with('[') {
            self.window.fill(limits::OUTLINE);
        }
        let mut values = 0;
        let mut name = String::new();
        // One value is the rule; scripts, and files that were put together, have more.
        while !self.out.stopped() && self.peek().is_some() {
            let text = &self.window.piece().text[self.window.start..];
            let found = prefix(text);
            if values > 0 && found.is_none() && !text.starts_with(['{', '[']) {
                break;
            }
            name.clear();
            let len = found.map_or(0, |p| {
                name.push_str(p.name.unwrap_or(""));
                p.len
            });
            self.window.start += len;
            self.peek();
            values += 1;
            let script = !name.is_empty();
            if values == 2 && !script && !self.sequence {
                self.out.odd.add("several_values", say("the file holds several values one after another"));
            }
            // The first value is the file; others that have a name stand under it.
            let mut at = String::new();
            if values > 1 && !name.is_empty() {
                push_step(&mut at, &name);
                at = self.unused(at);
            }
            self.value(at, &name);
            self.separator();
        }
        self.tail();
    }

    /// One value that stands for itself.
    fn value(&mut self, at: String, name: &str) {
        let depth = u32::from(!at.is_empty());
        let name = if depth == 0 { "" } else { name };
        let from = self.window.start;
        match self.window.piece().text.as_bytes().get(from) {
            None => {}
            Some(b'[') => {
                let list = self.out.list(&at, name);
                self.window.start += 1;
                // Lists with no names are one list, in parts.
                let next = if depth == 0 { self.items } else { 0 };
                let end = self.levels(Level { at, depth, kind: Kind::List { list, next } });
                if depth == 0 {
                    self.items = end;
                }
            }
            Some(b'{') if depth == 0 && (self.items > 0 || self.several(from)) => {
                let list = self.out.list("", "");
                if !self.sequence {
                    self.out
                        .odd
                        .add("several_values", say("the file holds several values one after another"));
                }
                self.items =
                    self.levels(Level { at, depth, kind: Kind::Sequence { list, next: self.items } });
            }
            Some(b'{') => match plan(self.window.piece().text, from) {
                Plan::Record | Plan::Heading | Plan::List => {
                    self.alone(&at, name);
                }
                Plan::Map => {
                    let list = self.out.list(&at, name);
                    self.window.start += 1;
                    self.levels(Level { at, depth, kind: Kind::Map { list, next: 0 } });
                }
                wrapper @ Plan::Wrapper(_) => {
                    self.window.start += 1;
                    self.levels(Level { at, depth, kind: Kind::Wrapper(wrapper) });
                }
            },
            Some(_) => {
                self.alone(&at, name);
            }
        }
    }

    /// Goes past what may stand behind a value: the end of a statement or of a call.
    fn separator(&mut self) {
        while matches!(self.peek(), Some(b';' | b')')) {
            self.window.start += 1;
        }
    }

    /// This place, or one like it if it was given out already: keys repeat.
    fn unused(&mut self, at: String) -> String {
        match self.places.get_mut(&at) {
            None => {
                if self.places.len() < usize::from(limits::LISTS) {
                    self.places.insert(at.clone(), 1);
                }
                at
            }
            Some(count) => {
                *count += 1;
                format!("{at}~{}", *count)
            }
        }
    }

    /// Whether another object follows the one that starts here.
    fn several(&self, at: usize) -> bool {
        let text = self.window.piece().text;
        skip(text, at).is_some_and(|end| {
            // A list may have lost its brackets, and not its commas.
            let next = skip_space(text, end);
            let next = if text[next..].starts_with(',') { skip_space(text, next + 1) } else { next };
            text[next..].starts_with('{')
        })
    }

    /// Goes through wrappers and lists until the outermost is closed or the text ends.
    fn levels(&mut self, outermost: Level) -> u32 {
        let mut levels = vec![outermost];
        let mut comma = false;
        // Something stands before in this level, and no comma behind it.
        let mut open = false;
        let mut reached = 0;
        while let Some(level) = levels.last_mut() {
            if self.out.stopped() {
                return reached;
            }
            let Some(b) = self.peek() else {
                if !self.out.stopped() && !matches!(level.kind, Kind::Sequence { .. }) {
                    self.cut_off();
                }
                break;
            };
            let closes = match level.kind {
                Kind::List { .. } => Some(b']'),
                Kind::Wrapper(_) | Kind::Map { .. } => Some(b'}'),
                Kind::Sequence { .. } => None,
            };
            if Some(b) == closes {
                if comma {
                    let byte = self.window.piece().raw(self.window.start);
                    self.out.odd.add("loose_json", |o| {
                        say(format!("a comma has nothing behind it, before byte {byte}"))(o)
                            .with("byte", byte)
                    });
                }
                comma = false;
                open = true;
                self.window.start += 1;
                if let Kind::List { next, .. } = level.kind {
                    reached = next;
                }
                if matches!(level.kind, Kind::Wrapper(_)) {
                    self.flush(&levels);
                }
                levels.pop();
                continue;
            }
            if b == b',' {
                self.window.start += 1;
                comma = true;
                open = false;
                continue;
            }
            comma = false;
            let sequence = matches!(level.kind, Kind::Sequence { .. });
            if sequence && !matches!(b, b'{' | b'[') {
                // What follows is no value any more, or a value of another sort.
                break;
            }
            if open && !sequence {
                let byte = self.window.piece().raw(self.window.start);
                self.out.odd.add("loose_json", |o| {
                    say(format!("a comma is missing, before byte {byte}"))(o).with("byte", byte)
                });
            }
            open = true;
            match &mut level.kind {
                Kind::List { list, next } | Kind::Sequence { list, next } => {
                    let (list, number) = (*list, *next);
                    *next = next.saturating_add(1);
                    reached = *next;
                    self.item(list, number, &level.at);
                }
                Kind::Map { list, next } => {
                    let (list, number) = (*list, *next);
                    *next = next.saturating_add(1);
                    self.keyed(list, number, &level.at);
                }
                Kind::Wrapper(_) => {
                    if let Some(inner) = self.member(&levels) {
                        open = false;
                        levels.push(inner);
                    }
                }
            }
        }
        self.flush(&levels);
        reached
    }

    /// The next byte that is not space; none at the end.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let piece = self.window.piece();
            let text = piece.text;
            let at = skip_space(text, self.window.start);
            if value::comment(&text[self.window.start..at]) {
                let byte = piece.raw(self.window.start);
                self.out.odd.add("loose_json", |o| {
                    say(format!("a comment stands in the file, behind byte {byte}"))(o).with("byte", byte)
                });
            }
            // A comment may go on in what is still to come.
            if at < text.len()
                && !(text.as_bytes()[at] == b'/' && !self.window.ended() && at + 1 == text.len())
            {
                let byte = text.as_bytes().get(at).copied();
                self.window.start = at;
                return byte;
            }
            if !self.window.more() {
                self.window.start = self.window.piece().text.len();
                return None;
            }
        }
    }

    /// Makes sure that the value (and its key, if `keyed`) that starts here is in memory. False if the text ended or
    /// the value is larger than may be held.
    fn whole(&mut self, keyed: bool) -> bool {
        loop {
            let text = self.window.piece().text;
            let mut at = Some(self.window.start);
            if keyed {
                at = match member_key(text, self.window.start, self.window.ended(), &mut self.key) {
                    Ok(Some(behind)) => Some(skip_space(text, behind)),
                    Ok(None) => return true,
                    Err(NeedMore) => None,
                };
            }
            // What ends with the memory may go on behind it.
            if at.and_then(|at| skip(text, at)).is_some_and(|end| end < text.len()) {
                return true;
            }
            if self.window.full() || !self.window.more() {
                return !self.window.full();
            }
        }
    }

    /// One record that starts here, read as `read` says; grows the memory until it fits.
    fn record(
        &mut self,
        read: impl Fn(Piece<'_>, usize, bool, &mut Namer<'_>, &mut Row, &mut Scratch) -> Result<usize, NeedMore>,
        span: Span,
        at: &dyn Fn(&mut String),
    ) {
        loop {
            let piece = self.window.piece();
            let from = self.window.start;
            let row = &mut self.out.row;
            row.clear();
            self.scratch.odd.clear();
            let mut namer = self.window.namer(&mut self.out.layout);
            let ended = self.window.ended();
            match read(piece, from, ended, &mut namer, row, &mut self.scratch) {
                Ok(end) => {
                    // Always a step ahead, whatever the text.
                    let end =
                        if end > from { end } else { crate::out::cut(piece.text, from, piece.text.len(), 1) };
                    row.span = Span { ..span };
                    let bytes = piece.bytes(from, end);
                    row.span.start = bytes.start;
                    row.span.len = u32::try_from(bytes.end - bytes.start).unwrap_or(u32::MAX);
                    row.at.clear();
                    at(&mut row.at);
                    row.notation = Notation::Pointer;
                    if !self.scratch.odd.is_empty() {
                        let place = row.at.clone();
                        tell(&mut self.out.odd, piece, &self.scratch.odd, |o| o.at(place.as_str()));
                        self.out.partly |= self.scratch.odd.iter().any(|o| matches!(o, Odd::CutOff(_)));
                    }
                    self.out.layout.decoding = self.window.decoding();
                    self.window.start = end;
                    self.out.emit();
                    return;
                }
                Err(NeedMore) => {
                    if self.window.full() {
                        self.too_large(at);
                        return;
                    }
                    self.window.more();
                }
            }
        }
    }

    /// An item of an array.
    fn item(&mut self, list: u16, number: u32, parent: &str) {
        let span = Span { list, number, ..Span::default() };
        self.record(item, span, &|at| {
            let _ = write!(at, "{parent}/{number}");
        });
    }

    /// A record that is in no list.
    fn alone(&mut self, at: &str, name: &str) {
        let list = self.out.list(at, name);
        let b = self.peek();
        let text = self.window.piece().text;
        let from = self.window.start;
        // Nothing is no record.
        let empty = match b {
            Some(b'{') => text[skip_space(text, from + 1).min(text.len())..].starts_with('}'),
            Some(b'n') => text[from..].trim_end() == "null",
            _ => false,
        };
        if empty {
            self.window.start = skip(text, from).unwrap_or(text.len());
            return;
        }
        let span = Span { list, number: Span::ALONE, ..Span::default() };
        self.record(item, span, &|out| out.push_str(at));
    }

    /// A member of an object whose members are records.
    fn keyed(&mut self, list: u16, number: u32, parent: &str) {
        if !self.whole(true) {
            let place = parent.to_owned();
            self.too_large(&|out| out.push_str(&place));
            return;
        }
        let mut name = String::new();
        let text = self.window.piece().text;
        match member_key(text, self.window.start, true, &mut name) {
            Ok(Some(_)) => {
                let span = Span { list, number, ..Span::default() };
                self.record(keyed_item, span, &|at| {
                    at.push_str(parent);
                    push_step(at, &name);
                });
            }
            _ => self.junk(),
        }
    }

    /// A member of a wrapper: goes to the heading, is a record, or opens a level.
    fn member(&mut self, levels: &[Level]) -> Option<Level> {
        let level = levels.last()?;
        let Kind::Wrapper(Plan::Wrapper(plans)) = &level.kind else { return None };
        let behind = loop {
            let text = self.window.piece().text;
            if let Ok(behind) = member_key(text, self.window.start, self.window.ended(), &mut self.key) {
                let value = behind.map(|b| skip_space(text, b));
                if value.is_none_or(|v| v < text.len()) || self.window.ended() {
                    break value;
                }
            }
            if self.window.full() || !self.window.more() {
                break None;
            }
        };
        let Some(value) = behind else {
            // What is gathered must be members and nothing else, to be read again.
            self.flush(levels);
            self.junk();
            return None;
        };
        let text = self.window.piece().text;
        let b = text.as_bytes().get(value).copied().unwrap_or(0);
        let decided = match (b, plans.get(&self.key)) {
            (b'{', Some(plan @ (Plan::Record | Plan::Map | Plan::Wrapper(_) | Plan::Heading))) => {
                plan.clone()
            }
            (b'{', _) => Plan::Record,
            (b'[', Some(plan @ (Plan::List | Plan::Record))) => plan.clone(),
            (b'[', Some(_)) => Plan::Heading,
            // Not in the outline: a list if its first item is more than a word.
            (b'[', None) => {
                if text[skip_space(text, value + 1).min(text.len())..].starts_with(['{', '[']) {
                    Plan::List
                } else {
                    Plan::Heading
                }
            }
            _ => Plan::Heading,
        };
        let name = self.key.clone();
        let mut at = level.at.clone();
        push_step(&mut at, &name);
        if decided != Plan::Heading {
            let unused = self.unused(at.clone());
            if unused != at {
                let byte = self.window.piece().raw(self.window.start);
                self.out.odd.add("duplicate_key", |o| {
                    say(format!("an object has the same key twice; both are kept, at byte {byte}"))(o)
                        .with("byte", byte)
                        .at(at.as_str())
                });
                at = unused;
            }
        }
        let depth = level.depth + 1;
        match decided {
            Plan::Heading => {
                self.heading_member(level);
                None
            }
            Plan::Record => {
                self.out.list(&at, &name);
                self.flush(levels);
                self.window.start = value;
                self.alone(&at, &name);
                None
            }
            Plan::List => {
                let list = self.out.list(&at, &name);
                self.flush(levels);
                self.window.start = value + 1;
                Some(Level { at, depth, kind: Kind::List { list, next: 0 } })
            }
            Plan::Map => {
                let list = self.out.list(&at, &name);
                self.flush(levels);
                self.window.start = value + 1;
                Some(Level { at, depth, kind: Kind::Map { list, next: 0 } })
            }
            wrapper @ Plan::Wrapper(_) => {
                self.flush(levels);
                self.window.start = value + 1;
                Some(Level { at, depth, kind: Kind::Wrapper(wrapper) })
            }
        }
    }

    /// Adds the member that starts here to the heading.
    fn heading_member(&mut self, level: &Level) {
        if !self.whole(true) {
            self.too_large(&|out| out.push_str(&level.at));
            return;
        }
        let piece = self.window.piece();
        let from = self.window.start;
        self.scratch.odd.clear();
        let mut namer = self.window.namer(&mut self.out.layout);
        if self.heading.is_empty() {
            self.heading.clear();
            self.heading_keys.clear();
            self.heading.span.start = piece.raw(from);
        }
        let end = members(
            piece,
            from,
            true,
            Some(&mut self.heading_keys),
            &mut namer,
            &mut self.heading,
            &mut self.scratch,
        );
        let end = if end > from { end } else { crate::out::cut(piece.text, from, piece.text.len(), 1) };
        self.heading_end = piece.raw(end);
        tell(&mut self.out.odd, piece, &self.scratch.odd, |o| o.at(level.at.as_str()));
        self.out.partly |= self.scratch.odd.iter().any(|o| matches!(o, Odd::CutOff(_)));
        self.window.start = end;
        if self.heading.text_len() > HEADING {
            self.flush_at(level);
        }
    }

    /// Hands over what stands around the records, if there is any.
    fn flush(&mut self, levels: &[Level]) {
        if let Some(level) = levels.iter().rev().find(|l| matches!(l.kind, Kind::Wrapper(_))) {
            self.flush_at(level);
        }
    }

    fn flush_at(&mut self, level: &Level) {
        let (at, depth) = (level.at.as_str(), level.depth);
        if self.heading.is_empty() {
            return;
        }
        // Any list inside the wrapper tells where the heading stands, together with its depth.
        let known = self.out.layout.lists.iter().rposition(|l| inside(&l.at, at));
        let list = match known {
            Some(n) => u16::try_from(n).unwrap_or(u16::MAX),
            None => {
                let Kind::Wrapper(plan) = &level.kind else { return };
                let mut below = at.to_owned();
                let steps = plan.first_list().unwrap_or_default();
                for step in &steps {
                    push_step(&mut below, step);
                }
                self.out.list(&below, steps.last().copied().unwrap_or(""))
            }
        };
        let mut row = std::mem::take(&mut self.heading);
        row.at.push_str(at);
        row.notation = Notation::Pointer;
        row.span.list = list;
        row.span.number = depth;
        row.span.heading = true;
        row.span.len = u32::try_from(self.heading_end - row.span.start).unwrap_or(u32::MAX);
        self.out.layout.decoding = self.window.decoding();
        self.out.emit_other(&mut row);
        row.clear();
        self.heading = row;
    }

    /// Something that fits nowhere: kept as text up to the end of its line or the next mark.
    fn junk(&mut self) {
        let piece = self.window.piece();
        let from = self.window.start;
        let bytes = piece.text.as_bytes();
        let end = value::bare_end(bytes, from).max(crate::out::cut(piece.text, from, bytes.len(), 1));
        let byte = piece.raw(from);
        self.out.odd.add("unexpected_text", |o| {
            say(format!(
                "{} stands where no value is expected, at byte {byte}",
                quoted(&piece.text[from..end])
            ))(o)
            .with("byte", byte)
        });
        self.out.as_written(piece, from, end);
        self.window.start = end;
    }

    fn cut_off(&mut self) {
        let bytes = self.window.feed.total();
        self.out.partly = true;
        self.out.odd.add("truncated", |o| {
            say(format!("the file ends in the middle, after {bytes} bytes"))(o).with("bytes", bytes)
        });
    }

    /// A record that is larger than may be held is kept as text.
    fn too_large(&mut self, at: &dyn Fn(&mut String)) {
        let mut place = String::new();
        at(&mut place);
        self.out.partly = true;
        self.out.odd.add("record_too_large", |o| {
            let most = limits::RECORD >> 20;
            say(format!("a record is larger than {most} MiB and the rest is kept as text"))(o)
                .with("limit_mib", most)
                .at(place)
        });
        self.out.rest_as_written(&mut self.window);
        self.window.start = self.window.piece().text.len();
    }

    /// What stands behind the value that the file is.
    fn tail(&mut self) {
        if self.out.stopped() {
            return;
        }
        if self.peek().is_none() {
            return;
        }
        let piece = self.window.piece();
        let byte = piece.raw(self.window.start);
        let text = quoted(&piece.text[self.window.start..]);
        self.out.odd.add("text_after_end", |o| {
            say(format!("the value ends at byte {byte}, and {text} follows"))(o).with("byte", byte)
        });
        self.out.layout.decoding = self.window.decoding();
        self.out.rest_as_written(&mut self.window);
    }
}

/// Whether the pointer `inner` is `outer` or below it.
fn inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn push_step(at: &mut String, step: &str) {
    at.push('/');
    at.push_str(&step.replace('~', "~0").replace('/', "~1"));
}

/// Reads an item on its own.
fn item(
    piece: Piece<'_>,
    at: usize,
    ended: bool,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) -> Result<usize, NeedMore> {
    let step = top_step(piece.text, at, namer);
    value::read(piece, at, ended, step, namer, row, scratch)
}

/// Reads an item with the key under which it stands.
fn keyed_item(
    piece: Piece<'_>,
    at: usize,
    ended: bool,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) -> Result<usize, NeedMore> {
    let mut name = String::new();
    let Some(behind) = member_key(piece.text, at, ended, &mut name)? else { return Ok(at) };
    let from = skip_space(piece.text, behind);
    if from >= piece.text.len() && !ended {
        return Err(NeedMore);
    }
    let colon = piece.text[at..behind].trim_end_matches(':').trim_end().len();
    let field = namer.path(&[KEY]);
    row.push(field, crate::row::ValueKind::Text, &name, &[], Some(piece.bytes(at, at + colon)));
    item(piece, from, ended, namer, row, scratch)
}

/// Reads members of an object that is open: one, or all that are there. Gives the place behind the last.
fn members(
    piece: Piece<'_>,
    from: usize,
    ended: bool,
    one: Option<&mut Keys>,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) -> usize {
    let mut name = String::new();
    let mut own = Keys::new();
    let (one, keys) = match one {
        Some(keys) => (true, keys),
        None => (false, &mut own),
    };
    let mut at = skip_space(piece.text, from);
    while at < piece.text.len() {
        if piece.text.as_bytes()[at] == b',' {
            at = skip_space(piece.text, at + 1);
            continue;
        }
        let Ok(Some(behind)) = member_key(piece.text, at, ended, &mut name) else { break };
        let step = namer.step(NOWHERE, TOP, &name);
        let count = keys.entry(step).and_modify(|n| *n += 1).or_insert(1);
        if *count > 1 {
            scratch.odd.push(Odd::Duplicate(at));
            scratch.times = *count;
        }
        let value = skip_space(piece.text, behind);
        let Ok(end) = value::read(piece, value, ended, step, namer, row, scratch) else { break };
        at = end;
        if one {
            break;
        }
        at = skip_space(piece.text, at);
    }
    at
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, lines: bool, row: &mut Row) {
    let mut scratch = Scratch::default();
    let mut namer = Namer::Find(&layout.names);
    let list = layout.lists.get(usize::from(span.list)).map_or("", |l| l.at.as_str());
    let text = piece.text;
    row.notation = Notation::Pointer;
    if lines {
        line_row(piece, 0, text.len(), span.number, &mut namer, row, &mut scratch);
    } else if span.heading {
        let steps = list.match_indices('/').nth(span.number as usize).map_or(list.len(), |(n, _)| n);
        row.at.push_str(&list[..steps]);
        members(piece, 0, true, None, &mut namer, row, &mut scratch);
    } else if span.number == Span::ALONE {
        row.at.push_str(list);
        let _ = item(piece, 0, true, &mut namer, row, &mut scratch);
    } else {
        let mut name = String::new();
        row.at.push_str(list);
        let from = skip_space(text, 0);
        let keyed = matches!(text.as_bytes().get(from), Some(b) if !matches!(b, b'{' | b'['))
            && matches!(member_key(text, from, true, &mut name), Ok(Some(_)));
        if keyed {
            push_step(&mut row.at, &name);
            let _ = keyed_item(piece, 0, true, &mut namer, row, &mut scratch);
        } else {
            let _ = write!(row.at, "/{}", span.number);
            let _ = item(piece, 0, true, &mut namer, row, &mut scratch);
        }
    }
}

/// Tells what was odd in a value.
pub(super) fn tell(odd: &mut Oddities, piece: Piece<'_>, found: &[Odd], at: impl Fn(Oddity) -> Oddity) {
    for one in found {
        let (code, place, sentence) = match *one {
            Odd::Unexpected(p) => ("unexpected_text", p, "text stands where no value is expected"),
            Odd::CutOff(p) => ("truncated", p, "the file ends in the middle of a value"),
            Odd::Control(p) => ("control_in_string", p, "a string has a control character as it is"),
            Odd::NotANumber(p) => ("not_a_number", p, "a number is not a number or infinite"),
            Odd::Loose(p) => ("loose_json", p, "the file is not strict JSON"),
            Odd::Duplicate(p) => ("duplicate_key", p, "an object has the same key twice; both are kept"),
            Odd::Surrogate(p) => ("lone_surrogate", p, "half of a surrogate pair is no character"),
            Odd::TooDeep(p) => ("too_deep", p, "values are nested too deep; the rest is kept as text"),
        };
        let byte = piece.raw(place.min(piece.text.len()));
        odd.add(code, |o| {
            let o = if code == "too_deep" {
                let most = limits::DEPTH;
                let sentence = format!(
                    "values are nested deeper than {most} levels, at byte {byte}; the rest is kept as text"
                );
                say(sentence)(o).with("limit", most)
            } else {
                say(format!("{sentence}, at byte {byte}"))(o)
            };
            let o = at(o.with("byte", byte));
            // The place of a whole file is no place.
            Oddity { at: o.at.filter(|at| !at.is_empty()), ..o }
        });
    }
}
