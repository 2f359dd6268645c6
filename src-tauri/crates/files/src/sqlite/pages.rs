//! The pages of a database: trees are walked without recursion, no page twice, damage costs the page alone.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::row::ValueKind;

/// How text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// What a tree is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tree {
    Table,
    /// An index, or a table without row ids, which is stored as one.
    Index,
}

/// A database in memory.
#[derive(Debug)]
pub(super) struct Database<'a> {
    bytes: &'a [u8],
    pub(super) page_size: usize,
    usable: usize,
    /// As the header says.
    pub(super) page_count: u32,
    pub(super) text: Text,
}

impl<'a> Database<'a> {
    /// None if the header is not that of a database.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.get(..100)?;
        let page_size = match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            n if n >= 512 && n.is_power_of_two() => usize::from(n),
            _ => return None,
        };
        let usable = page_size - usize::from(header[20]);
        // SQLite looks at two bits of it.
        let text = match number(bytes, 56)? & 3 {
            2 => Text::Utf16Le,
            3 => Text::Utf16Be,
            _ => Text::Utf8,
        };
        // The count in the header holds only where it was written together with the last change.
        let counted = number(bytes, 24)? == number(bytes, 92)?;
        let page_count = if counted { number(bytes, 28)? } else { 0 };
        (usable >= 480).then_some(Self { bytes, page_size, usable, page_count, text })
    }

    /// The place of a page in the file, and its bytes; the last one may be cut.
    fn page(&self, number: u32) -> Option<(usize, &'a [u8])> {
        let start = (number as usize).checked_sub(1)?.checked_mul(self.page_size)?;
        let end = (start + self.usable).min(self.bytes.len());
        self.bytes.get(start..end).filter(|page| !page.is_empty()).map(|page| (start, page))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_be_bytes([two[0], two[1]])))
}

/// A number of one to nine bytes, and how many it took.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut n = 0_u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some(((n << 8) | u64::from(*byte), 9));
        }
        n = (n << 7) | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((n, at + 1));
        }
    }
    None
}

/// One cell: the record of a row.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    pub(super) tree: Tree,
    pub(super) rowid: i64,
    payload: Cow<'a, [u8]>,
    /// Where the part of it that lies on the page itself starts in the file, and how long it is.
    at: usize,
    local: usize,
}

/// A page that is being walked.
struct Open {
    page: u32,
    next: usize,
    /// Whether the child left of the next cell was gone into.
    inside: bool,
}

/// Walks a tree in its order.
pub(super) struct Walk<'d, 'a> {
    database: &'d Database<'a>,
    open: Vec<Open>,
    met: HashSet<u32>,
    /// Pages that could not be read.
    pub(super) bad: Vec<u32>,
    /// What may still be taken from overflow pages: cells may share them.
    budget: &'d mut u64,
    /// Whether that was not enough.
    pub(super) spent: bool,
}

/// So many bad pages of a table are told.
const BAD_MAX: usize = 100;

impl<'d, 'a> Walk<'d, 'a> {
    pub(super) fn new(database: &'d Database<'a>, root: u32, budget: &'d mut u64) -> Self {
        let mut walk =
            Self { database, open: Vec::new(), met: HashSet::new(), bad: Vec::new(), budget, spent: false };
        walk.enter(root);
        walk
    }

    fn enter(&mut self, page: u32) {
        if self.met.insert(page) {
            self.open.push(Open { page, next: 0, inside: false });
        } else {
            self.broken(page);
        }
    }

    fn broken(&mut self, page: u32) {
        if self.bad.len() < BAD_MAX && !self.bad.contains(&page) {
            self.bad.push(page);
        }
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Option<Cell<'a>> {
        while let Some(open) = self.open.last_mut() {
            let number = open.page;
            match step(self.database, open) {
                Step::Cell(cell) => match self.fetch(cell, number) {
                    Some(cell) => return Some(cell),
                    None if self.spent => return None,
                    None => self.broken(number),
                },
                Step::Child(page) => self.enter(page),
                Step::Leave => {
                    self.open.pop();
                }
                Step::Broken => self.broken(number),
                Step::Lost => {
                    self.open.pop();
                    self.broken(number);
                }
            }
        }
        None
    }

    /// The whole payload of a cell of this page, with what lies on overflow pages.
    fn fetch(&mut self, start: Start<'a>, on: u32) -> Option<Cell<'a>> {
        let Start { tree, rowid, size, rest, at } = start;
        let usable = self.database.usable;
        let most = match tree {
            Tree::Table => usable - 35,
            Tree::Index => (usable - 12) * 64 / 255 - 23,
        };
        let size = usize::try_from(size).ok()?;
        if size <= most {
            let payload = rest.get(..size)?;
            return Some(Cell { tree, rowid, payload: Cow::Borrowed(payload), at, local: size });
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let fitting = least + (size - least) % (usable - 4);
        let local = if fitting <= most { fitting } else { least };
        // More than the file has bytes cannot be true.
        if size > self.database.bytes.len() {
            return None;
        }
        if size as u64 > *self.budget {
            self.spent = true;
            return None;
        }
        *self.budget -= size as u64;
        let mut payload = rest.get(..local)?.to_vec();
        let mut next = number(rest, local)?;
        while payload.len() < size {
            let (_, page) = self.database.page(next)?;
            next = number(page, 0)?;
            let part = page.get(4..)?;
            payload.extend_from_slice(&part[..part.len().min(size - payload.len())]);
            if part.is_empty() {
                return None;
            }
        }
        // A chain that goes on has led elsewhere, or back.
        if next != 0 {
            self.broken(on);
        }
        Some(Cell { tree, rowid, payload: Cow::Owned(payload), at, local })
    }
}

/// A cell as it begins on its page.
struct Start<'a> {
    tree: Tree,
    rowid: i64,
    size: u64,
    rest: &'a [u8],
    at: usize,
}

enum Step<'a> {
    Cell(Start<'a>),
    Child(u32),
    /// The page is done.
    Leave,
    /// A cell cannot be read.
    Broken,
    /// The page cannot be read.
    Lost,
}

/// What comes next on a page.
fn step<'a>(database: &Database<'a>, open: &mut Open) -> Step<'a> {
    let header = if open.page == 1 { 100 } else { 0 };
    let Some((start, page)) = database.page(open.page) else { return Step::Lost };
    let (tree, leaf) = match page.get(header) {
        Some(0x0D) => (Tree::Table, true),
        Some(0x05) => (Tree::Table, false),
        Some(0x0A) => (Tree::Index, true),
        Some(0x02) => (Tree::Index, false),
        _ => return Step::Lost,
    };
    let Some(count) = short(page, header + 3) else { return Step::Lost };
    if open.next >= count {
        let beyond = open.next > count;
        open.next = count + 1;
        return match number(page, header + 8) {
            _ if leaf || beyond => Step::Leave,
            Some(child) => Step::Child(child),
            None => Step::Lost,
        };
    }
    let pointers = header + if leaf { 8 } else { 12 };
    let cell = short(page, pointers + 2 * open.next);
    let Some((mut at, mut rest)) = cell.and_then(|at| Some((at, page.get(at..)?))) else {
        open.next += 1;
        return Step::Broken;
    };
    if !leaf {
        let child = number(rest, 0);
        if !open.inside || tree == Tree::Table {
            open.inside = tree == Tree::Index;
            open.next += usize::from(tree == Tree::Table);
            return child.map_or(Step::Broken, Step::Child);
        }
        open.inside = false;
        (at, rest) = (at + 4, rest.get(4..).unwrap_or(&[]));
    }
    open.next += 1;
    let Some((size, took)) = varint(rest) else { return Step::Broken };
    (at, rest) = (at + took, &rest[took..]);
    let mut rowid = 0;
    if tree == Tree::Table {
        let Some((id, took)) = varint(rest) else { return Step::Broken };
        rowid = id.cast_signed();
        (at, rest) = (at + took, &rest[took..]);
    }
    Step::Cell(Start { tree, rowid, size, rest, at: start + at })
}

/// The values of a record.
pub(super) struct Payload<'c> {
    cell: &'c Cell<'c>,
    /// The type of each value and where it starts.
    values: Vec<(u64, usize)>,
    /// Whether the record holds all that its header says.
    pub(super) whole: bool,
}

/// One value.
pub(super) struct Value<'c> {
    kind: u64,
    body: &'c [u8],
    /// Where it stands in the file, if in one piece.
    pub(super) bytes: Option<Range<u64>>,
}

impl<'c> Payload<'c> {
    pub(super) fn new(cell: &'c Cell<'c>) -> Self {
        let mut values = Vec::new();
        let payload = &cell.payload;
        let mut whole = false;
        if let Some((said, mut at)) = varint(payload) {
            let header = usize::try_from(said).unwrap_or(usize::MAX).min(payload.len());
            let mut body = header;
            while at < header {
                let Some((kind, took)) = varint(&payload[at..header]) else { break };
                at += took;
                values.push((kind, body));
                body = body.saturating_add(length(kind));
            }
            whole = said == header as u64 && at == header && body <= payload.len();
        }
        Self { cell, values, whole }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn value(&self, n: usize) -> Option<Value<'c>> {
        let (kind, from) = *self.values.get(n)?;
        let payload: &'c [u8] = &self.cell.payload;
        let end = from.saturating_add(length(kind)).min(payload.len());
        let from = from.min(end);
        let bytes = (end <= self.cell.local && from < end)
            .then(|| (self.cell.at + from) as u64..(self.cell.at + end) as u64);
        Some(Value { kind, body: &payload[from..end], bytes })
    }
}

/// How many bytes a value of this type takes.
fn length(kind: u64) -> usize {
    match kind {
        0 | 8..=11 => 0,
        1..=4 => usize::try_from(kind).unwrap_or(0),
        5 => 6,
        6 | 7 => 8,
        n => usize::try_from((n - 12) / 2).unwrap_or(usize::MAX),
    }
}

impl Value<'_> {
    pub(super) fn is_null(&self) -> bool {
        matches!(self.kind, 0 | 10 | 11)
    }

    fn is_blob(&self) -> bool {
        self.kind >= 12 && self.kind.is_multiple_of(2)
    }

    /// The size of binary data that is no text.
    pub(super) fn unreadable_blob(&self) -> Option<usize> {
        let readable = self.body.is_empty() || as_text(self.body).is_some();
        (self.is_blob() && !readable).then_some(self.body.len())
    }

    pub(super) fn kind(&self) -> ValueKind {
        match self.kind {
            0 | 10 | 11 => ValueKind::Null,
            1..=9 => ValueKind::Number,
            _ => ValueKind::Text,
        }
    }

    /// Its text, and whether that is all of it.
    pub(super) fn text(&self, text: Text) -> (String, bool) {
        match self.kind {
            0 | 10 | 11 => (String::new(), true),
            8 => ("0".to_owned(), true),
            9 => ("1".to_owned(), true),
            1..=6 => {
                let negative = self.body.first().is_some_and(|b| b & 0x80 != 0);
                let start = if negative { -1_i64 } else { 0 };
                let n = self.body.iter().fold(start, |n, b| (n << 8) | i64::from(*b));
                (n.to_string(), true)
            }
            7 => {
                let bytes = self.body.try_into().map(f64::from_be_bytes);
                (bytes.map(|n| n.to_string()).unwrap_or_default(), true)
            }
            _ if self.is_blob() => match as_text(self.body) {
                Some(text) => (text.to_owned(), true),
                None => (format!("({} bytes)", self.body.len()), true),
            },
            _ => decoded(self.body, text),
        }
    }
}

/// Binary data that is text all the same.
fn as_text(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    (!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))).then_some(text)
}

fn decoded(body: &[u8], text: Text) -> (String, bool) {
    let units = |pair: fn([u8; 2]) -> u16| {
        let units = body.chunks(2).map(move |two| pair([two[0], two.get(1).copied().unwrap_or(0)]));
        let mut whole = true;
        let text = char::decode_utf16(units)
            .map(|c| {
                c.unwrap_or_else(|_| {
                    whole = false;
                    '\u{FFFD}'
                })
            })
            .collect();
        (text, whole)
    };
    match text {
        Text::Utf16Le => units(u16::from_le_bytes),
        Text::Utf16Be => units(u16::from_be_bytes),
        Text::Utf8 => {
            let text = String::from_utf8_lossy(body);
            let whole = matches!(text, Cow::Borrowed(_));
            (text.into_owned(), whole)
        }
    }
}
