//! What to highlight: the places in a text that a query found, by the same tokens by which it found them.

use std::collections::HashMap;

use crate::query::{Leaf, Query};
use crate::tokens::{Cutter, GAP};

/// A part of a record's text with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The text, on one line; pieces are parted by ` · `, and `…` stands where something was left out.
    pub text: String,
    /// What was found, in characters of `text` from and up to, in order and apart.
    pub marks: Vec<(usize, usize)>,
}

/// So much text is looked at in one go, and no more once something was found.
const LOOK_BYTES: usize = 64 << 10;

impl Query {
    /// The places in `text` that this query finds, in characters from and up to, in order and apart.
    pub fn marks(&self, text: &str) -> Vec<(usize, usize)> {
        let spans = Marker::new(self).spans(text).into_iter().map(|s| (s.from, s.to)).collect();
        in_characters(text, joined(spans))
    }

    /// The part of a record's text that shows best why it was found, at most `chars_max` characters long.
    pub fn snippet<'t>(&self, pieces: impl IntoIterator<Item = &'t str>, chars_max: usize) -> Snippet {
        let marker = Marker::new(self);
        let mut head = None;
        let mut line = String::new();
        let mut found = |line: &mut String| {
            let spans = marker.spans(line);
            let text = std::mem::take(line);
            if spans.is_empty() {
                head.get_or_insert(text);
                return None;
            }
            Some(cut(&text, spans, chars_max))
        };
        // A piece that shows nothing needs no seam.
        for piece in pieces.into_iter().filter(|piece| !piece.chars().all(is_space)) {
            if !line.is_empty() {
                line.push_str(SEAM);
            }
            for part in parts(piece) {
                push(&mut line, part);
                if line.len() >= LOOK_BYTES
                    && let Some(snippet) = found(&mut line)
                {
                    return snippet;
                }
            }
        }
        found(&mut line).unwrap_or_else(|| cut(&head.unwrap_or_default(), Vec::new(), chars_max))
    }
}

/// Between two pieces; the gap is shown as a point, so that both have as many characters.
const SEAM: &str = " \u{1f} ";

/// A long piece in parts that end between words where they can.
fn parts(mut piece: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if piece.is_empty() {
            return None;
        }
        let mut end = piece.len();
        if end > LOOK_BYTES {
            end = piece.floor_char_boundary(LOOK_BYTES);
            end = piece[..end].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(end);
        }
        let (part, rest) = piece.split_at(end);
        piece = rest;
        Some(part)
    })
}

/// Appends `piece` on one line: spaces and control characters of any number become one space.
fn push(line: &mut String, piece: &str) {
    for c in piece.chars() {
        if !is_space(c) {
            line.push(c);
        } else if !line.ends_with(' ') && !line.is_empty() {
            line.push(' ');
        }
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The part of `line` with the most different things found in it.
fn cut(line: &str, spans: Vec<Span>, chars_max: usize) -> Snippet {
    let marks = joined(spans.iter().map(|s| (s.from, s.to)).collect());
    let from = best(&spans, chars_max * 3 / 4);
    // A quarter of the room goes to what stands before, and more if what stands behind does not fill the rest.
    let behind = line[from..].chars().take(chars_max).count();
    let lead = (chars_max / 4).max(chars_max.saturating_sub(behind + 1));
    let before = line[..from].char_indices().rev().take(lead).last().map_or(from, |(at, _)| at);
    let before = if line.chars().take(chars_max + 1).count() <= chars_max { 0 } else { before };
    let mut start = before;
    if start > 0 {
        start = line[before..from].find(' ').map_or(from, |at| before + at + 1);
    }
    let room = chars_max.saturating_sub(usize::from(start > 0));
    let fits = line[start..].chars().take(room + 1).count() <= room;
    let room = if fits { room } else { room.saturating_sub(1) };
    let mut end = line[start..].char_indices().nth(room).map_or(line.len(), |(at, _)| start + at);
    if end < line.len() {
        // Not in the middle of a word, unless the word fills the room.
        let word = line[start..end].rfind(' ').map_or(end, |at| start + at);
        if word > from {
            end = word;
        }
    }
    let mut text = String::new();
    if start > 0 {
        text.push('…');
    }
    let shift = text.chars().count();
    text.extend(line[start..end].chars().map(|c| if c == GAP { '·' } else { c }));
    if end < line.len() {
        text.push('…');
    }
    let inside = marks.into_iter().map(|(a, b)| (a.max(start), b.min(end))).filter(|(a, b)| a < b);
    let inside = inside.map(|(a, b)| (a - start, b - start)).collect();
    let marks =
        in_characters(&line[start..end], inside).into_iter().map(|(a, b)| (a + shift, b + shift)).collect();
    Snippet { text, marks }
}

/// Where the span begins from which most different leaves are found within `room` bytes.
fn best(spans: &[Span], room: usize) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let (mut end, mut most, mut from) = (0, 0, 0);
    for (first, span) in spans.iter().enumerate() {
        while end < spans.len() && spans[end].to <= span.from.saturating_add(room) {
            *counts.entry(spans[end].leaf).or_default() += 1;
            end += 1;
        }
        if counts.len() > most || first == 0 {
            (most, from) = (counts.len(), span.from);
        }
        if let Some(count) = counts.get_mut(&span.leaf).filter(|_| first < end) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&span.leaf);
            }
        }
        end = end.max(first + 1);
    }
    from
}

/// Something found: the bytes of it, and the leaf that it was found by.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
    leaf: usize,
}

/// Finds the leaves of a query in texts.
struct Marker<'q> {
    leaves: Vec<&'q Leaf>,
    /// By word: the leaves that hold it, and where in them.
    whole: HashMap<&'q str, Vec<(usize, usize)>>,
    prefixes: Vec<(&'q str, usize, usize)>,
}

impl<'q> Marker<'q> {
    fn new(query: &'q Query) -> Self {
        let leaves = query.leaves();
        let mut whole: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        let mut prefixes = Vec::new();
        for (number, leaf) in leaves.iter().enumerate() {
            for (at, word) in leaf.words.iter().enumerate() {
                if leaf.prefix && at + 1 == leaf.words.len() {
                    prefixes.push((word.as_str(), number, at));
                } else {
                    whole.entry(word).or_default().push((number, at));
                }
            }
        }
        Self { leaves, whole, prefixes }
    }

    /// What is found in `text`, by rising begin.
    fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        // Phrases that have begun: leaf, how far, the position of their last word, where they began.
        let mut begun: Vec<(usize, usize, u32, usize)> = Vec::new();
        Cutter::default().cut(text, 0, &mut |token| {
            // A joined form that a phrase goes on with ends farther on.
            begun.retain(|(_, _, position, _)| position + 1 >= token.position);
            let whole = self.whole.get(token.text.as_str()).into_iter().flatten().copied();
            let prefixes =
                self.prefixes.iter().filter(|(p, ..)| token.text.starts_with(p)).map(|(_, n, at)| (*n, *at));
            for (leaf, at) in whole.chain(prefixes) {
                let from = if at == 0 {
                    Some(token.from)
                } else {
                    let before = begun
                        .iter()
                        .find(|(l, a, p, _)| *l == leaf && a + 1 == at && p + 1 == token.position);
                    before.map(|(.., from)| *from)
                };
                let Some(from) = from else { continue };
                // What begins a phrase is taken where it ends.
                if at == 0 && token.begins() {
                    continue;
                }
                if at + 1 == self.leaves[leaf].words.len() {
                    spans.push(Span { from, to: token.to, leaf });
                } else {
                    begun.push((leaf, at, token.last, from));
                }
            }
        });
        spans.sort_by_key(|s| (s.from, s.to));
        spans
    }
}

/// Sorted ranges with those that overlap made one.
fn joined(ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in ranges {
        match apart.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// Ranges of bytes, in order, as ranges of characters.
fn in_characters(text: &str, ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let (mut bytes, mut chars) = (0, 0);
    let mut to_chars = |at: usize| {
        chars += text[bytes..at].chars().count();
        bytes = at;
        chars
    };
    ranges.into_iter().map(|(from, to)| (to_chars(from), to_chars(to))).collect()
}
