//! Letters with places become lines in the order of reading.

use super::{bidi, order};

/// Where one letter stands: along its line, and across it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// The direction of its line.
    along: [f64; 2],
    start: f64,
    /// Where what is drawn ends.
    end: f64,
    /// Where the next one is expected.
    next: f64,
    /// How far up the line stands.
    level: f64,
    size: f64,
}

/// A piece of a line that was drawn in one go.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) along: [f64; 2],
    pub(super) start: f64,
    pub(super) end: f64,
    next: f64,
    /// Where its last letter stands.
    last: (f64, f64),
    /// Whether it is one of those that were drawn from right to left.
    backward: bool,
    pub(super) level: f64,
    pub(super) size: f64,
}

/// The lines of a page, gathered letter by letter.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pieces: Vec<Piece>,
    open: Option<Piece>,
}

/// A gap of this part of the size of the letters is between two words.
const WORD_GAP: f64 = 0.15;

/// A gap of so many sizes is between two columns.
const COLUMN_GAP: f64 = 1.2;

/// Letters whose level differs by less than this part of their size stand in one line; what is set higher or lower does.
pub(super) const SAME_LEVEL: f64 = 0.45;

/// A mark that stands over the edge of a letter is off by this part of its size at most.
const MARK_EDGE: f64 = 0.06;

impl Glyph {
    /// A letter at the origin of `whole`, which goes on `along` in the space of the text.
    pub(super) fn new(whole: &[f64; 6], along: [f64; 2], drawn: f64, advance: f64, size: f64) -> Self {
        let turn = if size < 0.0 { -1.0 } else { 1.0 };
        let x = turn * (along[0] * whole[0] + along[1] * whole[2]);
        let y = turn * (along[0] * whole[1] + along[1] * whole[3]);
        let length = x.hypot(y);
        let fine = length.is_normal();
        let along = if fine { [x / length, y / length] } else { [1.0, 0.0] };
        let finite = |n: f64| if n.is_finite() { n } else { 0.0 };
        let start = finite(whole[4] * along[0] + whole[5] * along[1]);
        let level = finite(whole[5] * along[0] - whole[4] * along[1]);
        let height = finite(whole[2].hypot(whole[3]) * size.abs());
        let reach = |by: f64| start + finite(by * turn * length);
        Self { along, start, end: reach(drawn), next: reach(advance), level, size: height.max(0.01) }
    }

    /// Makes it end where another one does.
    pub(super) fn reach(&mut self, other: &Self) {
        self.end = self.end.max(other.end);
        self.next = self.next.max(other.next);
    }
}

impl Lines {
    /// Adds a letter, or what stands for several.
    pub(super) fn add(&mut self, glyph: Glyph, text: &str) {
        let goes_on = self.open.as_ref().is_some_and(|piece| piece.goes_on(&glyph, text));
        let back = !goes_on && self.open.as_ref().is_some_and(|piece| piece.goes_back(&glyph));
        if !goes_on {
            if let Some(piece) = self.open.as_mut() {
                piece.backward |= back;
            }
            self.close();
            if text.trim().is_empty() {
                return;
            }
        }
        let piece = self.open.get_or_insert_with(|| Piece {
            text: String::new(),
            along: glyph.along,
            start: glyph.start,
            end: glyph.start,
            next: glyph.start,
            last: (glyph.start, glyph.start),
            backward: back,
            level: glyph.level,
            size: glyph.size,
        });
        piece.take(&glyph, text);
    }

    fn close(&mut self) {
        let Some(mut piece) = self.open.take() else { return };
        piece.text.truncate(piece.text.trim_end().len());
        if piece.backward && piece.text.contains(bidi::is_mark) {
            // Marks follow their letter where it is drawn as it is read, and precede it in a line that is seen.
            piece.text = piece.text.chars().rev().collect();
        }
        // Bold letters are made by drawing them twice, and shadows too.
        let again = |other: &Piece| {
            let near = |a: f64, b: f64| (a - b).abs() < 0.2 * piece.size;
            other.text == piece.text && near(other.start, piece.start) && near(other.level, piece.level)
        };
        if !piece.text.is_empty() && !self.pieces.iter().rev().take(8).any(again) {
            self.pieces.push(piece);
        }
    }

    /// The text of the page.
    pub(super) fn text(mut self) -> String {
        self.close();
        order::text(self.pieces)
    }
}

impl Piece {
    fn goes_on(&self, glyph: &Glyph, text: &str) -> bool {
        let size = self.size.max(glyph.size);
        if self.is_marked(glyph, text) {
            return true;
        }
        let turned = self.along[0] * glyph.along[0] + self.along[1] * glyph.along[1] < 0.98;
        let gap = glyph.start - self.next;
        !turned
            && !self.goes_back(glyph)
            && (glyph.level - self.level).abs() < SAME_LEVEL * size
            && gap < COLUMN_GAP * size
            && (gap > -0.6 * size || glyph.start >= self.start && glyph.end > self.end)
    }

    /// Whether a letter and its mark follow each other, in whatever order they are drawn.
    fn is_marked(&self, glyph: &Glyph, text: &str) -> bool {
        let edge = MARK_EDGE * self.size;
        let (start, end) = self.last;
        let over =
            text.chars().all(bidi::is_mark) && start - edge <= glyph.start && glyph.start <= end + edge;
        let under = self.text.ends_with(bidi::is_mark)
            && !self.backward
            && glyph.start <= start
            && start + edge < glyph.end;
        let level = (glyph.level - self.level).abs() < SAME_LEVEL * self.size.max(glyph.size);
        level && self.text.ends_with(bidi::is_right_to_left) && (over || under)
    }

    /// Whether a letter stands before the last one, which is read from right to left: some programs draw such letters in
    /// the order in which they are read. Each is then a piece of its own.
    fn goes_back(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        self.last.0 > glyph.start
            && glyph.end <= self.last.0 + 0.3 * size
            && (glyph.level - self.level).abs() < SAME_LEVEL * size
            && self.text.ends_with(bidi::is_right_to_left)
    }

    fn take(&mut self, glyph: &Glyph, text: &str) {
        let size = self.size.min(glyph.size);
        let gap = glyph.start - self.next;
        if text.trim().is_empty() {
            if !self.text.ends_with(char::is_whitespace) {
                // A space that does not break stays one.
                self.text.push(if text.contains('\u{A0}') { '\u{A0}' } else { ' ' });
            }
        } else if !self.compose(glyph, text) {
            if gap > WORD_GAP * size && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
            match bidi::as_seen(text) {
                Some(seen) => seen.chars().for_each(|c| push(&mut self.text, c)),
                None => text.chars().for_each(|c| push(&mut self.text, c)),
            }
            self.end = self.end.max(glyph.end);
        }
        self.next = glyph.next;
        self.last = (glyph.start, glyph.end);
        if glyph.size > self.size {
            // What is larger says where the line is; marks are set higher or lower.
            (self.size, self.level) = (glyph.size, glyph.level);
        }
    }

    /// Puts an accent and the letter that it is drawn over together: old typesetting draws the two apart.
    fn compose(&mut self, glyph: &Glyph, text: &str) -> bool {
        let mut chars = text.chars();
        let (Some(last), Some(new), None) = (self.text.chars().next_back(), chars.next(), chars.next())
        else {
            return false;
        };
        let over = |accent: (f64, f64), letter: (f64, f64)| {
            let middle = f64::midpoint(accent.0, accent.1);
            letter.0 < middle && middle < letter.1
        };
        let (before, now) = (self.last, (glyph.start, glyph.end));
        let (letter, accent) = match (combining(last), combining(new)) {
            (Some(accent), None) if over(before, now) => (new, accent),
            (None, Some(accent)) if over(now, before) => (last, accent),
            _ => return false,
        };
        // The letter without its dot carries accents.
        let letter = if letter == 'ı' { 'i' } else { letter };
        let Some(made) = unicode_normalization::char::compose(letter, accent) else { return false };
        self.text.pop();
        self.text.push(made);
        true
    }
}

fn combining(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        '˝' => '\u{30B}',
        'ˇ' => '\u{30C}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// Adds a character as it is to be searched for: letters that were joined to look well are taken apart again.
fn push(text: &mut String, c: char) {
    match c {
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        'ﬅ' | 'ﬆ' => text.push_str("st"),
        '\t' | '\n' | '\r' => text.push(' '),
        // Symbols of one font alone say nothing without it.
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{200B}' | '\u{FEFF}' => {}
        c if c.is_control() => {}
        c => text.push(c),
    }
}
