//! The lines of a paper, each with the value that it stands in.

use std::ops::Range;

use files::{FieldId, Row, Value};

use crate::words::words_of_text;

/// So many lines are looked at: the totals of a long bill stand on its last page.
pub(super) const MAX: usize = 3_000;

/// A longer line is running text; only so much of it is looked at, in bytes.
pub(super) const LONG: usize = 400;

/// One line of a paper.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its text, trimmed and cut.
    pub(super) text: &'a str,
    /// The row and the value that it stands in.
    pub(super) row: &'a Row,
    pub(super) value: Value<'a>,
    /// Its words, folded: most of what is asked of a line is asked of them.
    said: Vec<String>,
    /// Where in the text each starts.
    starts: Vec<usize>,
}

/// The words of a text, folded. Papers write `MwSt` and mean one word.
pub(super) fn said(text: &str) -> Vec<String> {
    words_of_text(text).map(|(_, word)| word).collect()
}

impl<'a> Line<'a> {
    fn new(text: &'a str, row: &'a Row, value: Value<'a>) -> Self {
        let (starts, said) = words_of_text(text).unzip();
        Self { text, row, value, said, starts }
    }

    /// The words of a part of its text.
    pub(super) fn said(&self, part: &str) -> &[String] {
        &self.said[self.words_of(part)]
    }

    /// Which of its words stand in a part of its text.
    pub(super) fn words_of(&self, part: &str) -> Range<usize> {
        let from = part.as_ptr().addr() - self.text.as_ptr().addr();
        let first = self.starts.partition_point(|at| *at < from);
        let end = self.starts.partition_point(|at| *at < from + part.len());
        first..end.max(first)
    }

    /// All its words.
    pub(super) fn words(&self) -> &[String] {
        &self.said
    }
}

/// The lines of the running text of a row.
pub(super) fn of_row<'a>(row: &'a Row, is_text: &impl Fn(FieldId) -> bool) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    for value in row.values().filter(|v| is_text(v.field)) {
        for line in value.text.lines() {
            let text = cut(line.trim());
            if !text.is_empty() {
                out.push(Line::new(text, row, value));
            }
            if out.len() >= MAX {
                return out;
            }
        }
    }
    out
}

/// The cells of a row of a table, each a line of its own.
pub(super) fn of_table_row(row: &Row) -> Vec<Line<'_>> {
    let cells = row.values().map(|value| Line::new(cut(value.text.trim()), row, value));
    cells.filter(|line| !line.text.is_empty()).take(MAX).collect()
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONG)]
}

#[cfg(test)]
impl<'a> Line<'a> {
    /// A line of nothing but text.
    pub(super) fn plain(text: &'a str, row: &'a Row) -> Self {
        let value =
            Value { field: FieldId(0), kind: files::ValueKind::Text, text, indexes: &[], bytes: None };
        Self::new(text.trim(), row, value)
    }
}
