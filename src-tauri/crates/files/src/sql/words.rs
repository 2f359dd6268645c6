//! Words, names and lists of names in a statement.

use super::COLUMNS;
use super::values::quote_end;

/// Words of a statement.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Words<'_> {
    pub(super) fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    pub(super) fn peek(&mut self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn eat(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(mark);
        self.at += if found { mark.len_utf8() } else { 0 };
        found
    }

    /// A word of letters.
    pub(super) fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        self.at += end;
        word
    }

    pub(super) fn skip_words(&mut self, words: &[&str]) {
        for word in words {
            let before = self.at;
            if !self.word().eq_ignore_ascii_case(word) {
                self.at = before;
            }
        }
    }

    pub(super) fn rest_is(&mut self, words: &[&str]) -> bool {
        words.iter().all(|word| self.word().eq_ignore_ascii_case(word))
    }

    /// A name, its last part: `"public"."clients"`.
    pub(super) fn name(&mut self) -> String {
        loop {
            let name = match self.peek() {
                Some(open @ ('`' | '"' | '[')) => {
                    let close = if open == '[' { ']' } else { open };
                    let inner = &self.text[self.at + 1..];
                    let Some(end) = inner.find(close) else { return String::new() };
                    let name = inner[..end].to_owned();
                    self.at += end + 2;
                    name
                }
                _ => self.word(),
            };
            if !self.text[self.at..].starts_with('.') {
                return name;
            }
            self.at += 1;
        }
    }

    /// `(a, b, c)`, if it is there.
    pub(super) fn columns(&mut self) -> Vec<String> {
        let mut columns = Vec::new();
        if !self.eat('(') {
            return columns;
        }
        while columns.len() < COLUMNS {
            let name = self.name();
            if name.is_empty() {
                break;
            }
            columns.push(name);
            if !self.eat(',') {
                break;
            }
        }
        if self.eat(')') { columns } else { Vec::new() }
    }

    /// What stands behind `INSERT`, up to its first row: the table, and its columns if they are named.
    pub(super) fn insert(&mut self) -> Option<(String, Vec<String>)> {
        self.skip_words(&["OR", "REPLACE", "IGNORE", "DELAYED", "LOW_PRIORITY", "INTO"]);
        let table = self.name();
        let columns = self.columns();
        // `OVERRIDING SYSTEM VALUE` may stand between.
        for _ in 0..4 {
            let word = self.word();
            if word.eq_ignore_ascii_case("VALUES")
                || word.eq_ignore_ascii_case("VALUE") && self.peek() == Some('(')
            {
                self.rest();
                return (!table.is_empty()).then_some((table, columns));
            }
        }
        None
    }

    /// Goes behind the next comma outside of brackets and quotes; false if the bracket around closes first.
    pub(super) fn pass_comma(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while let Some(b) = bytes.get(self.at) {
            match b {
                b'(' => depth += 1,
                b')' if depth == 0 => return false,
                b')' => depth -= 1,
                b',' if depth == 0 => {
                    self.at += 1;
                    return true;
                }
                b'\'' | b'"' | b'`' => match quote_end(bytes, self.at, true) {
                    Some(end) => {
                        self.at = end;
                        continue;
                    }
                    None => return false,
                },
                _ => {}
            }
            self.at += 1;
        }
        false
    }
}
