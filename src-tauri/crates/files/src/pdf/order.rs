//! Pieces of lines in the order of reading.
//!
//! Nearly all programs write a page in that order, so it is kept where it can be: pieces of one level are one line, and
//! what goes down belongs together. Where the writing jumps up again, what was written is set beside (a table written
//! column by column), before (a heading written last) or behind (the next column).

use super::bidi;
use super::lines::{Piece, SAME_LEVEL};

/// A line: its pieces, not yet in order.
#[derive(Debug)]
struct Line {
    pieces: Vec<Piece>,
    level: f64,
    size: f64,
}

/// Lines that were written going down.
#[derive(Debug)]
struct Flow {
    lines: Vec<Line>,
    start: f64,
    end: f64,
}

/// With more than these a page is no text but a drawing, and is read from top to bottom.
const FLOWS: usize = 300;
const LINES: usize = 3000;

/// The text of a page. Each direction of writing is read for itself.
pub(super) fn text(pieces: Vec<Piece>) -> String {
    let mut ways: [Vec<Piece>; 4] = Default::default();
    for piece in pieces {
        let [x, y] = piece.along;
        let way = match (x.abs() >= y.abs(), x > 0.0, y > 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        ways[way].push(piece);
    }
    let mut texts: Vec<String> = ways.into_iter().filter(|w| !w.is_empty()).map(one_way).collect();
    // A page that lies on its side has its numbers upright.
    texts.sort_by_key(|t| std::cmp::Reverse(t.len()));
    texts.join("\n\n")
}

fn one_way(pieces: Vec<Piece>) -> String {
    let turned = bidi::is_turned(pieces.iter().map(|p| p.text.as_str()));
    let flows = flows(pieces);
    let lines: usize = flows.iter().map(|f| f.lines.len()).sum();
    let flows = if flows.len() > FLOWS || lines > LINES { vec![sorted(flows)] } else { arranged(flows) };
    let mut out = String::new();
    for flow in flows {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        write(flow, turned, &mut out);
    }
    out
}

fn flows(pieces: Vec<Piece>) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    for piece in pieces {
        let last = flows.last_mut().and_then(|f| f.lines.last_mut().map(|l| (l.level, l.size)));
        let (level, size) = (piece.level, piece.size);
        let up = last.is_none_or(|(l, s)| level > l + SAME_LEVEL * s.max(size));
        let same = last.is_some_and(|(l, s)| (level - l).abs() < SAME_LEVEL * s.max(size));
        if up {
            flows.push(Flow { lines: Vec::new(), start: piece.start, end: piece.end });
        }
        let Some(flow) = flows.last_mut() else { continue };
        flow.start = flow.start.min(piece.start);
        flow.end = flow.end.max(piece.end);
        match flow.lines.last_mut().filter(|_| same) {
            Some(line) => line.add(piece),
            None => flow.lines.push(Line { pieces: vec![piece], level, size }),
        }
    }
    flows
}

impl Line {
    fn add(&mut self, piece: Piece) {
        if piece.size > self.size {
            (self.level, self.size) = (piece.level, piece.size);
        }
        self.pieces.push(piece);
    }

    fn is_level_with(&self, other: &Self) -> bool {
        (self.level - other.level).abs() < SAME_LEVEL * self.size.max(other.size)
    }

    fn letters(&self) -> usize {
        self.pieces.iter().map(|p| p.text.len()).sum()
    }
}

impl Flow {
    fn top(&self) -> f64 {
        self.lines.first().map_or(0.0, |l| l.level)
    }

    fn bottom(&self) -> f64 {
        self.lines.last().map_or(0.0, |l| l.level)
    }

    /// Whether it reads as running text: a column of it must not be mixed with the one beside it.
    fn is_prose(&self) -> bool {
        let letters: usize = self.lines.iter().map(Line::letters).sum();
        self.lines.len() >= 3 && letters >= 28 * self.lines.len()
    }

    fn is_above(&self, other: &Self) -> bool {
        self.bottom() > other.top()
    }

    fn is_beside(&self, other: &Self) -> bool {
        self.end <= other.start || other.end <= self.start
    }

    /// How many of its lines stand level with one of another flow.
    fn level_lines(&self, other: &Self) -> usize {
        // Both go down, so one look at each is enough.
        let mut others = other.lines.iter().peekable();
        let mut level = 0;
        for line in &self.lines {
            while others.next_if(|o| !line.is_level_with(o) && o.level > line.level).is_some() {}
            level += usize::from(others.peek().is_some_and(|o| line.is_level_with(o)));
        }
        level
    }

    /// Takes in the lines of another flow where they stand.
    fn merge(&mut self, other: Flow) {
        self.start = self.start.min(other.start);
        self.end = self.end.max(other.end);
        let mut lines: Vec<Line> = Vec::with_capacity(self.lines.len() + other.lines.len());
        let mut all: Vec<Line> = std::mem::take(&mut self.lines);
        all.extend(other.lines);
        all.sort_by(|a, b| b.level.total_cmp(&a.level));
        for line in all {
            match lines.last_mut().filter(|l| l.is_level_with(&line)) {
                Some(last) => line.pieces.into_iter().for_each(|p| last.add(p)),
                None => lines.push(line),
            }
        }
        self.lines = lines;
    }
}

/// All lines from top to bottom.
fn sorted(flows: Vec<Flow>) -> Flow {
    let mut flows = flows.into_iter();
    let mut first = flows.next().unwrap_or(Flow { lines: Vec::new(), start: 0.0, end: 0.0 });
    let mut rest = Flow { lines: Vec::new(), start: first.start, end: first.end };
    rest.lines.extend(flows.flat_map(|f| f.lines));
    first.merge(rest);
    first
}

fn arranged(flows: Vec<Flow>) -> Vec<Flow> {
    let mut arranged: Vec<Flow> = Vec::new();
    for flow in flows {
        let beside = arranged.iter().rposition(|other| {
            let level = flow.level_lines(other);
            let most = level * 5 >= flow.lines.len().min(other.lines.len()) * 3;
            level > 0 && most && flow.is_beside(other) && !(flow.is_prose() && other.is_prose())
        });
        if let Some(n) = beside {
            arranged[n].merge(flow);
            continue;
        }
        let n = arranged.iter().position(|other| flow.is_above(other)).unwrap_or(arranged.len());
        arranged.insert(n, flow);
    }
    arranged
}

fn write(flow: Flow, turned: bool, out: &mut String) {
    let count = flow.lines.len();
    let texts: Vec<(String, f64, f64)> = flow.lines.into_iter().map(|l| joined(l, turned)).collect();
    let broken = texts.iter().filter(|(t, _, _)| ends_broken(t)).count();
    // Where words are divided at all they are divided often; else the sign belongs to the word.
    let divides = broken >= 3 && broken * 16 >= count;
    let mut above: Option<(f64, f64)> = None;
    for (text, level, size) in texts {
        if let Some((before, large)) = above {
            let goes_on = text.starts_with(char::is_lowercase);
            if out.ends_with('\u{AD}') {
                out.pop();
            } else if goes_on && ends_broken(out) {
                if divides {
                    out.pop();
                }
            } else if before - level > 2.2 * size.max(large) {
                out.push_str("\n\n");
            } else {
                out.push('\n');
            }
        }
        out.push_str(&text);
        above = Some((level, size));
    }
}

/// Whether a line ends in a letter and a sign of division.
fn ends_broken(text: &str) -> bool {
    let mut chars = text.chars().rev();
    matches!(chars.next(), Some('-' | '\u{2010}')) && chars.next().is_some_and(char::is_alphabetic)
}

fn joined(mut line: Line, turned: bool) -> (String, f64, f64) {
    let (level, size) = (line.level, line.size);
    line.pieces.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut text = String::new();
    let mut end = f64::NEG_INFINITY;
    for piece in &line.pieces {
        let gap = piece.start - end;
        if !text.is_empty() && (gap > 0.15 * piece.size.min(size) || gap < -0.6 * piece.size) {
            text.push(' ');
        }
        text.push_str(&piece.text);
        end = end.max(piece.end);
    }
    if turned || text.contains(bidi::is_right_to_left) {
        text = bidi::as_read(&text, turned);
    }
    // A sign that only says where a word may be divided is no letter of it.
    let shy = text.ends_with('\u{AD}');
    let mut text = text.replace('\u{AD}', "");
    if shy {
        text.push('\u{AD}');
    }
    (text, level, size)
}
