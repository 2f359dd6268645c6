//! One row: the values that a file holds for one record, each with its place.

use std::fmt::Write as _;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::mend::mended;
use crate::names::{FieldId, Names};

/// What a value was in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Text, or anything that is not told apart further: a cell, a line, an element's text.
    Text,
    /// A number as written; it stays text until a field needs it.
    Number,
    /// `true` or `false`.
    Bool,
    /// An explicit nothing (`null`).
    Null,
}

impl ValueKind {
    /// Its number when packed.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Number => 1,
            Self::Bool => 2,
            Self::Null => 3,
        }
    }

    pub(crate) fn of_code(code: u8) -> Option<Self> {
        [Self::Text, Self::Number, Self::Bool, Self::Null].into_iter().find(|k| k.code() == code)
    }
}

/// How the place of a value is written behind the place of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Notation {
    /// JSON pointer (RFC 6901): `/invoices/3` + `/total`. Also behind a line: `line=12/total`.
    #[default]
    Pointer,
    /// A table: `row=17` + `,col=ip`.
    Column,
    /// XML: `/feed/entry[3]` + `/title`, attributes as `/@id`.
    Xml,
    /// A mail: the row is empty; `header=Subject`, `part=1.2`.
    Mail,
    /// A block of lines: `card=3` + `,field=ADR/city`; inner blocks are counted from 1: `event=2,field=VALARM/1/TRIGGER`.
    Field,
    /// A text: the row's own place, and `line=12` for a value that has an index (the number of its first line).
    Whole,
    /// A sheet of a workbook: the row is `sheet=Ventes,row=17`, a value `sheet=Ventes,cell=C17`; its index is the number
    /// of its column from 0.
    Cell,
    /// A document of pages: the row is empty; `page=3` for a value with that index and `page=3,link=1` for one with two,
    /// else `info=Author`.
    Page,
    /// A document of paragraphs: the row is empty; `paragraph=12` for a value with that index, else `info=Author`.
    Paragraph,
}

/// What is to be remembered of a row to read it again from its own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Where the row starts in the entry, in bytes.
    pub start: u64,
    /// How many bytes it covers.
    pub len: u32,
    /// Which list of the file it belongs to (the n-th of [`crate::Layout::lists`]).
    pub list: u16,
    /// Its number there: index in a JSON list, data row of a table from 1, first line of a text from 1;
    /// [`Span::ALONE`] where the list is this one thing.
    pub number: u32,
    /// Whether it is the file's heading (what stands outside the records) and not a record.
    pub heading: bool,
    /// Whether the row cannot be had again from these bytes, so that whoever wants it again keeps it.
    pub kept: bool,
}

impl Span {
    /// The number of a record that stands for itself, in no list: a whole file, one object.
    pub const ALONE: u32 = u32::MAX;

    /// The number of a heading that is text as written, of no structure.
    pub(crate) const AS_WRITTEN: u32 = u32::MAX;

    /// The bytes that it covers.
    pub fn bytes(&self) -> Range<u64> {
        self.start..self.start + u64::from(self.len)
    }
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    pub(crate) field: FieldId,
    pub(crate) kind: ValueKind,
    pub(crate) text: Range<u32>,
    pub(crate) indexes: Range<u32>,
    pub(crate) bytes: Option<Range<u64>>,
}

/// The values of one record, in the order of the file. Made to be filled again and again without allocating.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Where the row stands, to read it again.
    pub span: Span,
    /// The row's own place in the notation of a locator: `/invoices/3`, `row=17`, `line=12`; empty for a whole file.
    pub at: String,
    /// How the places of its values are written.
    pub notation: Notation,
    pub(crate) text: String,
    pub(crate) indexes: Vec<u32>,
    pub(crate) slots: Vec<Slot>,
}

/// A value as seen through its row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value<'a> {
    /// Its field.
    pub field: FieldId,
    /// What it was in the file.
    pub kind: ValueKind,
    /// Its text, decoded: escapes and entities resolved, quotes taken off, not trimmed.
    pub text: &'a str,
    /// The positions that stand for the `*` of its field's path.
    pub indexes: &'a [u32],
    /// The bytes of the entry that hold it as written, with quotes; none where the format does not allow.
    pub bytes: Option<(u64, u64)>,
}

impl Row {
    /// Empties the row for the next record; keeps its memory.
    pub fn clear(&mut self) {
        self.span = Span::default();
        self.at.clear();
        self.text.clear();
        self.indexes.clear();
        self.slots.clear();
    }

    /// How many bytes of text it holds.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Adds a value. `bytes` is where it stands in the entry, as written.
    pub fn push(
        &mut self,
        field: FieldId,
        kind: ValueKind,
        text: &str,
        indexes: &[u32],
        bytes: Option<Range<u64>>,
    ) {
        self.push_with(field, kind, indexes, bytes, |out| out.push_str(text));
    }

    /// Adds a value whose text is written by `write`, to spare a copy when escapes are resolved on the way.
    pub fn push_with(
        &mut self,
        field: FieldId,
        kind: ValueKind,
        indexes: &[u32],
        bytes: Option<Range<u64>>,
        write: impl FnOnce(&mut String),
    ) {
        let from = short(self.text.len());
        write(&mut self.text);
        let first = short(self.indexes.len());
        self.indexes.extend_from_slice(indexes);
        self.slots.push(Slot {
            field,
            kind,
            text: from..short(self.text.len()),
            indexes: first..short(self.indexes.len()),
            bytes,
        });
    }

    /// Forgets where in the entry its values stand.
    pub(crate) fn unplace(&mut self) {
        (self.span.start, self.span.len) = (0, 0);
        self.slots.iter_mut().for_each(|slot| slot.bytes = None);
    }

    /// Repairs the values that were encoded twice; gives how many, and the first of them.
    pub(crate) fn mend(&mut self) -> (u64, usize) {
        let (mut count, mut first) = (0, 0);
        if self.text.is_ascii() {
            return (count, first);
        }
        let old = std::mem::take(&mut self.text);
        for (n, slot) in self.slots.iter_mut().enumerate() {
            let text = &old[slot.text.start as usize..slot.text.end as usize];
            let meant = mended(text);
            if meant.is_some() {
                first = if count == 0 { n } else { first };
                count += 1;
            }
            let from = short(self.text.len());
            self.text.push_str(meant.as_deref().unwrap_or(text));
            slot.text = from..short(self.text.len());
        }
        (count, first)
    }

    /// How many values it has.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The n-th value.
    pub fn value(&self, n: usize) -> Value<'_> {
        let slot = &self.slots[n];
        Value {
            field: slot.field,
            kind: slot.kind,
            text: &self.text[slot.text.start as usize..slot.text.end as usize],
            indexes: &self.indexes[slot.indexes.start as usize..slot.indexes.end as usize],
            bytes: slot.bytes.as_ref().map(|b| (b.start, b.end)),
        }
    }

    /// All values, in the order of the file.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.slots.len()).map(|n| self.value(n))
    }

    /// The place of a value in the notation of a locator: `/invoices/3/total`, `row=17,col=ip`, `header=Subject`.
    pub fn place(&self, value: Value<'_>, names: &Names) -> String {
        let mut at = self.at.clone();
        let mut positions = value.indexes.iter();
        let path = names.path(value.field);
        match self.notation {
            Notation::Whole => {
                if let Some(n) = positions.next() {
                    at.clear();
                    let _ = write!(at, "line={n}");
                }
                if let Some(n) = positions.next() {
                    // Whole pages stand in one line: what is not its first text is told by where it starts.
                    let _ = write!(at, ",byte={n}");
                }
            }
            Notation::Column => {
                let name = path.join("/");
                at.push_str(if at.is_empty() { "col=" } else { ",col=" });
                escape_into(&mut at, &name);
                if let Some(n) = positions.next() {
                    // The n-th column of that name, from 2 on: names repeat in real tables.
                    let _ = write!(at, "~{n}");
                }
            }
            Notation::Field => {
                at.push_str(",field=");
                for (n, step) in path.iter().enumerate() {
                    if n > 0 {
                        at.push('/');
                    }
                    if step == "*" {
                        let _ = write!(at, "{}", positions.next().map_or(1, |n| n + 1));
                    } else {
                        escape_into(&mut at, step);
                    }
                }
                if let Some(n) = positions.next() {
                    // The n-th field of that name, from 2 on.
                    let _ = write!(at, "~{n}");
                }
            }
            Notation::Mail => {
                if !at.is_empty() {
                    at.push(',');
                }
                at.push_str(path.first().map_or("part", String::as_str));
                at.push('=');
                for (n, step) in path.iter().skip(1).enumerate() {
                    if n > 0 {
                        at.push('.');
                    }
                    escape_into(&mut at, step);
                }
                if let Some(n) = positions.next() {
                    let _ = write!(at, "~{n}");
                }
            }
            Notation::Cell => {
                // The row says `sheet=Ventes,row=17`; a cell is called by its letters and that number.
                if let (Some((sheet, row)), Some(n)) = (at.rsplit_once(",row="), positions.next()) {
                    let row = row.to_owned();
                    at.truncate(sheet.len());
                    let _ = write!(at, ",cell={}{row}", column_letters(*n));
                }
            }
            Notation::Page | Notation::Paragraph => {
                if !at.is_empty() {
                    at.push(',');
                }
                let word = if self.notation == Notation::Page { "page" } else { "paragraph" };
                let listed = path.iter().any(|step| step == "*");
                if let Some(n) = positions.next().filter(|_| !listed) {
                    let _ = write!(at, "{word}={n}");
                    // What stands on a page beside its text has a name and a number there.
                    if let (Some(m), Some(name)) = (positions.next(), path.last()) {
                        let _ = write!(at, ",{name}={m}");
                    }
                } else {
                    let mut positions = value.indexes.iter();
                    at.push_str("info=");
                    for (n, step) in path.iter().enumerate() {
                        if n > 0 {
                            at.push('/');
                        }
                        if step == "*" {
                            let _ = write!(at, "{}", positions.next().map_or(1, |n| n + 1));
                        } else {
                            escape_into(&mut at, step);
                        }
                    }
                }
            }
            Notation::Xml => {
                for step in path {
                    if step == "*" {
                        // XPath counts from 1.
                        let _ = write!(at, "[{}]", positions.next().map_or(1, |n| n + 1));
                    } else {
                        at.push('/');
                        escape_into(&mut at, step);
                    }
                }
            }
            Notation::Pointer => {
                for step in path {
                    if is_again(step) {
                        // The n-th member of that name, from 2 on; no other step has this mark unescaped.
                        at.push_str(step);
                        continue;
                    }
                    at.push('/');
                    if step == "*" {
                        let _ = write!(at, "{}", positions.next().copied().unwrap_or(0));
                    } else {
                        at.push_str(&step.replace('~', "~0").replace('/', "~1"));
                    }
                }
                if let Some(n) = positions.next() {
                    let _ = write!(at, "~{n}");
                }
            }
        }
        at
    }
}

/// The letters of a sheet's column, counted from 0: `A`, `Z`, `AA`.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether a step says which of several members of the same name is meant.
fn is_again(step: &str) -> bool {
    step.strip_prefix('~').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Escapes what would end a place early or could not be shown, as percent and two hexadecimal digits.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, ',' | '=' | '#' | '%' | '~') || c.is_control() {
            let mut bytes = [0; 4];
            for b in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{b:02X}");
            }
        } else {
            out.push(c);
        }
    }
}

/// A row is bounded far below 4 GiB by the readers' limits.
fn short(n: usize) -> u32 {
    u32::try_from(n).expect("a row's text is bounded by the limits of its reader")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_by_letters() {
        for (n, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(n), letters);
        }
    }

    #[test]
    fn a_cell_is_called_by_sheet_letters_and_number() {
        let mut names = Names::default();
        let field = names.intern(&["Total TTC".to_owned()]);
        let mut row =
            Row { at: "sheet=Ventes,row=17".to_owned(), notation: Notation::Cell, ..Row::default() };
        row.push(field, ValueKind::Number, "120", &[2], None);
        assert_eq!(row.place(row.value(0), &names), "sheet=Ventes,cell=C17");
    }
}
