//! The lines of one record become the values of a row: paths grow and shrink with the indentation.

use super::flow::{Token, tokens};
use super::scalar::{joined, key, kind, quoted_end, uncommented, unquote};
use super::{Line, alone, is_item, is_mark, next_line};
use crate::decode::Piece;
use crate::limits;
use crate::names::Namer;
use crate::row::{Row, ValueKind};

/// A mapping or a list that is open.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// The column in which its keys or items stand; none for those in brackets.
    indent: usize,
    list: bool,
    /// How long the path was outside it, and how many positions it had.
    path: usize,
    indexes: usize,
}

struct Reader<'a, 'b> {
    piece: Piece<'a>,
    to: usize,
    namer: &'a mut Namer<'b>,
    row: &'a mut Row,
    levels: Vec<Level>,
    path: Vec<String>,
    indexes: Vec<u32>,
    /// The first places that are not valid.
    broken: Vec<usize>,
    /// How many brackets did not close.
    unclosed: u32,
}

/// So many brackets that do not close are looked at to the end of their record; then no more, or a record full of
/// them would be gone through for each.
const UNCLOSED: u32 = 3;

/// How many places of one record are told.
const BROKEN: usize = limits::ODDITIES_OF_A_KIND;

/// Fills a row and gives the places that are no valid YAML. `item`: the text may start with the `-` of the record that
/// it is.
pub(super) fn fill(
    piece: Piece<'_>,
    from: usize,
    to: usize,
    item: bool,
    namer: &mut Namer<'_>,
    row: &mut Row,
) -> Vec<usize> {
    let mut reader = Reader {
        piece,
        to,
        namer,
        row,
        levels: Vec::new(),
        path: Vec::new(),
        indexes: Vec::new(),
        broken: Vec::new(),
        unclosed: 0,
    };
    let mut at = from;
    let mut first = true;
    let item = item && alone(piece.text, from, to);
    while let Some(line) = next_line(piece.text, at, to) {
        at = reader.line(&line, first && item);
        first = false;
    }
    reader.broken
}

impl<'a> Reader<'a, '_> {
    /// Reads a line and what belongs to it; gives the place of the next one.
    fn line(&mut self, line: &Line<'_>, record: bool) -> usize {
        let text = self.piece.text;
        if is_mark(line) {
            return line.next;
        }
        let end = line.next.min(self.to);
        let mut at = end - text[line.from..end].trim_start_matches(['\u{FEFF}', ' ']).len();
        let mut column = line.indent;
        let mut record = record;
        let content_end = line.from + text[line.from..end].trim_end().len();
        loop {
            let content = &text[at..content_end.max(at)];
            if content.is_empty() || content.starts_with('#') {
                return line.next;
            }
            if is_item(content) {
                if !record {
                    self.close(column, true);
                    if !self.item(column) {
                        break;
                    }
                }
                record = false;
                let rest = content[1..].trim_start();
                column += content.len() - rest.len();
                at += content.len() - rest.len();
                continue;
            }
            record = false;
            // Anchors and tags say nothing that is kept, but the text behind them is.
            if content.starts_with(['&', '!']) {
                let word = content.find([' ', '\t']).unwrap_or(content.len());
                let rest = content[word..].trim_start();
                at += content.len() - rest.len();
                continue;
            }
            let content = content.strip_prefix("--- ").unwrap_or(content);
            let content = content.strip_prefix("? ").unwrap_or(content);
            let at_key = content_end - content.len();
            self.close(column, false);
            let Some((name, value)) = key(content) else {
                // A scalar alone.
                let parent = self.levels.last().map_or(0, |l| l.indent + 1);
                return self.value(at_key, content_end, line.next, parent);
            };
            if !self.key(column, name) {
                break;
            }
            let rest = content[value..].trim_start();
            let at_value = content_end - rest.len();
            return self.value(at_value, content_end, line.next, column + 1);
        }
        // Deeper than is told apart.
        self.text(at, content_end);
        line.next
    }

    /// Closes what does not go on in this column.
    fn close(&mut self, column: usize, item: bool) {
        while let Some(top) = self.levels.last() {
            if top.indent < column || top.indent == column && (top.list == item || item) {
                break;
            }
            let top = *top;
            self.path.truncate(top.path);
            self.indexes.truncate(top.indexes);
            self.levels.pop();
        }
    }

    fn open(&mut self, indent: usize, list: bool) -> bool {
        if self.levels.len() >= limits::DEPTH {
            return false;
        }
        let (path, indexes) = (self.path.len(), self.indexes.len());
        self.levels.push(Level { indent, list, path, indexes });
        true
    }

    /// The next item of the list in this column.
    fn item(&mut self, column: usize) -> bool {
        match self.levels.last().copied() {
            Some(top) if top.list && top.indent == column => {
                self.path.truncate(top.path + 1);
                self.indexes.truncate(top.indexes + 1);
                if let Some(n) = self.indexes.last_mut() {
                    *n += 1;
                }
            }
            _ => {
                if !self.open(column, true) {
                    return false;
                }
                self.path.push("*".to_owned());
                self.indexes.push(0);
            }
        }
        true
    }

    /// The next key of the mapping in this column.
    fn key(&mut self, column: usize, name: String) -> bool {
        match self.levels.last().copied() {
            Some(top) if !top.list && top.indent == column => {
                self.path.truncate(top.path);
                self.indexes.truncate(top.indexes);
            }
            _ => {
                if !self.open(column, false) {
                    return false;
                }
            }
        }
        self.path.push(name);
        true
    }

    /// Reads the value that starts at `at` in a line that ends at `end`; it may go on in lines indented by at least
    /// `indent`. Gives the place of the next line.
    fn value(&mut self, at: usize, end: usize, next: usize, indent: usize) -> usize {
        let text = self.piece.text;
        let mut at = at;
        while text[at..end].starts_with(['&', '!']) {
            let word = text[at..end].find([' ', '\t']).unwrap_or(end - at);
            at += text[at..end].len() - text[at + word..end].trim_start().len();
        }
        let content = &text[at..end];
        match content.as_bytes().first() {
            None | Some(b'#') => next,
            Some(mark @ (b'|' | b'>')) if content[1..].split('#').next().is_some_and(is_header) => {
                self.block(next, indent, *mark == b'>')
            }
            Some(b'"' | b'\'') => match quoted_end(&text[..self.to], at) {
                Some(close) => {
                    let mut value = String::new();
                    unquote(&text[at..close], &mut value);
                    self.push(&value, ValueKind::Text, at, close);
                    self.behind(close)
                }
                None => {
                    self.odd(at);
                    self.text(at, end);
                    next
                }
            },
            Some(b'[' | b'{') if self.unclosed < UNCLOSED => match tokens(text, at, self.to) {
                Some((tokens, close)) => {
                    self.flow(&tokens);
                    self.behind(close)
                }
                None => {
                    self.unclosed += 1;
                    self.odd(at);
                    self.text(at, end);
                    next
                }
            },
            Some(_) => self.plain(at, end, next, indent),
        }
    }

    /// What stands in the line behind a value, besides a comment, is no valid YAML.
    fn behind(&mut self, close: usize) -> usize {
        let text = &self.piece.text[..self.to];
        let end = memchr::memchr(b'\n', &text.as_bytes()[close..]).map_or(self.to, |n| close + n + 1);
        let rest = text[close..end].trim();
        if !rest.is_empty() && !rest.starts_with('#') {
            self.odd(close);
            self.text(close, end);
        }
        end
    }

    /// Text in lines, with its line ends or folded.
    fn block(&mut self, from: usize, indent: usize, folded: bool) -> usize {
        let text = &self.piece.text[..self.to];
        let mut lines: Vec<(usize, usize)> = Vec::new();
        let mut at = from;
        let mut margin = None;
        while at < self.to {
            let next = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(self.to, |n| at + n + 1);
            let line = text[at..next].trim_end();
            let spaces = line.len() - line.trim_start_matches(' ').len();
            if !line.is_empty() {
                if spaces < indent {
                    break;
                }
                let margin = *margin.get_or_insert(spaces);
                lines.push((at + spaces.min(margin), at + line.len()));
            } else {
                lines.push((at, at));
            }
            at = next;
        }
        let Some(first) = lines.iter().position(|(a, b)| b > a) else { return at };
        let last = lines.iter().rposition(|(a, b)| b > a).unwrap_or(first);
        let mut value = String::new();
        for (a, b) in &lines[first..=last] {
            if !value.is_empty() {
                value.push(if folded && a < b && !value.ends_with('\n') { ' ' } else { '\n' });
            }
            value.push_str(&text[*a..*b]);
        }
        self.push(&value, ValueKind::Text, lines[first].0, lines[last].1);
        at
    }

    /// A scalar without quotes, which may go on in the lines below.
    fn plain(&mut self, at: usize, end: usize, next: usize, indent: usize) -> usize {
        let text = &self.piece.text[..self.to];
        let bare = uncommented(&text[at..end]);
        let mut to = at + bare.len();
        let mut next = next;
        if to == end {
            while let Some(line) = next_line(text, next, self.to) {
                let goes_on = line.from == next && line.indent >= indent && indent > 0;
                // What has a text for its value has no keys below it.
                if goes_on && !is_item(line.content) && key(line.content).is_some() {
                    self.odd(line.from);
                }
                if !goes_on || is_item(line.content) || key(line.content).is_some() {
                    break;
                }
                to = line.from + text[line.from..line.next].trim_end().len();
                next = line.next;
            }
        }
        let value = joined(&text[at..to]);
        let kind = kind(&value);
        self.push(&value, kind, at, to);
        next
    }

    /// A list or mapping in brackets.
    fn flow(&mut self, tokens: &[Token]) {
        let text = self.piece.text;
        let (path, indexes) = (self.path.len(), self.indexes.len());
        let outside = self.levels.len();
        // Whether the next scalar of a mapping is a key.
        let mut wants_key = false;
        let mut skipped = 0_usize;
        for (n, token) in tokens.iter().enumerate() {
            match token {
                Token::Open(_) if skipped > 0 || self.levels.len() >= limits::DEPTH => skipped += 1,
                Token::Open(list) => {
                    self.open(usize::MAX, *list);
                    if *list {
                        self.path.push("*".to_owned());
                        self.indexes.push(0);
                    }
                    wants_key = !list;
                }
                Token::Close if skipped > 0 => skipped -= 1,
                Token::Close => {
                    if let Some(top) = self.levels.pop() {
                        self.path.truncate(top.path);
                        self.indexes.truncate(top.indexes);
                    }
                    wants_key = false;
                }
                Token::Comma if skipped > 0 => {}
                Token::Comma => {
                    let Some(top) = self.levels.last().copied() else { continue };
                    if top.list {
                        self.path.truncate(top.path + 1);
                        self.indexes.truncate(top.indexes + 1);
                        if let Some(n) = self.indexes.last_mut() {
                            *n += 1;
                        }
                    } else {
                        self.path.truncate(top.path);
                        wants_key = true;
                    }
                }
                Token::Colon => wants_key = false,
                Token::Scalar(from, to, quoted) => {
                    let mut value = String::new();
                    if *quoted {
                        unquote(&text[*from..*to], &mut value);
                    } else {
                        value.push_str(&joined(&text[*from..*to]));
                    }
                    let is_key = tokens.get(n + 1) == Some(&Token::Colon);
                    let in_list = self.levels.last().is_some_and(|l| l.list);
                    if skipped == 0 && is_key && (wants_key || in_list) {
                        self.path.push(value);
                    } else {
                        let kind = if *quoted { ValueKind::Text } else { kind(&value) };
                        self.push(&value, kind, *from, *to);
                    }
                }
            }
        }
        self.levels.truncate(outside);
        self.path.truncate(path);
        self.indexes.truncate(indexes);
    }

    fn odd(&mut self, at: usize) {
        if self.broken.len() < BROKEN {
            self.broken.push(at);
        }
    }

    /// Adds text as written.
    fn text(&mut self, from: usize, to: usize) {
        let text = self.piece.text[from..to].trim();
        let from = from + self.piece.text[from..to].len() - self.piece.text[from..to].trim_start().len();
        self.push(text, ValueKind::Text, from, from + text.len());
    }

    fn push(&mut self, value: &str, kind: ValueKind, from: usize, to: usize) {
        let shown = value.trim();
        if shown.is_empty() {
            return;
        }
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let field = self.namer.path(&path);
        self.row.push(field, kind, shown, &self.indexes, Some(self.piece.bytes(from, to)));
    }
}

/// Whether what stands behind `|` or `>` says only how to read the text below.
fn is_header(text: &str) -> bool {
    text.trim().bytes().all(|b| matches!(b, b'+' | b'-' | b'0'..=b'9'))
}
