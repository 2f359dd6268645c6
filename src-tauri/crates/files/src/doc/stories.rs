//! Whose text is whose: behind that of the document stand its notes, its margins, its comments.

use std::ops::Range;

use super::head::{Head, word};

/// A stretch of text, up to a number of letters from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) end: u64,
    /// What its paragraphs are called.
    pub(super) name: &'static str,
    /// Who wrote it.
    pub(super) by: String,
}

/// Notes at the foot begin with marks for the line above them, six in all.
const SEPARATORS: usize = 6;

/// What stands behind one another in the margins of each section.
const MARGINS: [&str; 6] = ["header", "header", "footer", "footer", "header", "footer"];

/// The most notes and margins that are told apart.
const STORIES: usize = 100_000;

/// The stories of a document in their order.
pub(super) fn read(tables: &[u8], head: &Head) -> Vec<Story> {
    let mut stories = Stories { all: Vec::new(), end: 0 };
    let lengths = head.lengths;
    stories.add(lengths.text, "text");
    stories.add(lengths.footnotes, "footnote");
    let margins = places(tables, &head.margins, 0);
    let name = |n: usize| n.checked_sub(SEPARATORS).map_or("header", |n| MARGINS[n % MARGINS.len()]);
    stories.divide(&margins, lengths.margins, "header", |n| (name(n), String::new()));
    stories.add(lengths.macros, "text");
    let by = commenters(tables, head);
    let comments = places(tables, &head.comment_texts, 0);
    stories.divide(&comments, lengths.comments, "comment", |n| {
        ("comment", by.get(n).cloned().unwrap_or_default())
    });
    stories.add(lengths.endnotes, "footnote");
    stories.add(lengths.boxes, "text");
    stories.add(lengths.margin_boxes, "header");
    stories.all
}

struct Stories {
    all: Vec<Story>,
    end: u64,
}

impl Stories {
    fn add(&mut self, length: u32, name: &'static str) {
        self.end += u64::from(length);
        self.all.push(Story { end: self.end, name, by: String::new() });
    }

    /// Divides a story at places counted from its beginning.
    fn divide(
        &mut self,
        places: &[u32],
        length: u32,
        rest: &'static str,
        named: impl Fn(usize) -> (&'static str, String),
    ) {
        let start = self.end;
        let mut last = 0;
        for (n, place) in places.iter().enumerate().skip(1).take(STORIES) {
            if *place > last && *place <= length {
                last = *place;
                let (name, by) = named(n - 1);
                self.all.push(Story { end: start + u64::from(*place), name, by });
            }
        }
        self.add(length, rest);
    }
}

/// The places of a list; behind them it has things of a size.
fn places(tables: &[u8], at: &Range<usize>, size: usize) -> Vec<u32> {
    let list = tables.get(at.clone()).unwrap_or(&[]);
    let count = list.len().saturating_sub(4) / (4 + size) + 1;
    (0..count).map_while(|n| word(list, 4 * n)).collect()
}

/// Who wrote each comment, in their order.
fn commenters(tables: &[u8], head: &Head) -> Vec<String> {
    /// Initials in ten letters, then the number of the author.
    const COMMENT: usize = 30;
    let mut authors = Vec::new();
    let mut names = tables.get(head.authors.clone()).unwrap_or(&[]);
    while let Some((length, rest)) = names.split_first_chunk::<2>()
        && let Some(name) = rest.get(..2 * usize::from(u16::from_le_bytes(*length)))
    {
        let units: Vec<u16> = name.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        authors.push(String::from_utf16_lossy(&units));
        names = &rest[name.len()..];
    }
    let list = tables.get(head.comment_places.clone()).unwrap_or(&[]);
    let count = list.len().saturating_sub(4) / (4 + COMMENT);
    let comments = list.get(4 * (count + 1)..).unwrap_or(&[]).chunks_exact(COMMENT);
    comments
        .map(|c| authors.get(usize::from(u16::from_le_bytes([c[20], c[21]]))).cloned().unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_divided_where_its_list_says() {
        let mut stories = Stories { all: Vec::new(), end: 10 };
        stories.divide(&[0, 3, 3, 8, 50], 9, "header", |n| (MARGINS[n], n.to_string()));
        let told: Vec<_> = stories.all.iter().map(|s| (s.end, s.name, s.by.as_str())).collect();
        assert_eq!(told, [(13, "header", "0"), (18, "footer", "2"), (19, "header", "")]);
    }
}
