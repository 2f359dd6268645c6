//! Dumps of databases as SQL: a record a row, from `INSERT` and from `COPY … FROM stdin`. No statement ever runs; what
//! is no row is kept as text.

mod values;
mod words;

use std::collections::HashMap;

pub(crate) use self::values::fill;
use self::values::{row_end, statement_end};
use self::words::Words;
use crate::blocks::{Block, Cut, line};

/// What a row is called in places.
pub(crate) const ROW: &str = "row";

/// Between the name of a table and its columns, and between these, in what holds for its rows.
const SEPARATOR: char = '\u{1F}';

/// How rows are written: in brackets with escapes (MySQL quotes names in a way of its own, and its texts have them), or
/// as lines.
const ESCAPES: &str = "`";
const LINES: &str = "\t";

/// Names of columns of one table; more than any database allows.
const COLUMNS: usize = 4096;

/// The names of a table and of its columns together; what is beyond is told by its number.
const CONTEXT: usize = 16 << 10;

/// What comes next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A statement.
    #[default]
    Statement,
    /// Rows in brackets.
    Values,
    /// Rows as lines, values parted by tabs.
    Lines,
}

/// Cuts rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    state: State,
    /// The columns of the tables that the dump makes.
    tables: HashMap<String, Vec<String>>,
    context: String,
}

impl Cut for Rows {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        match self.state {
            State::Statement => self.statement(text, at, ended),
            State::Values => self.values(text, at, ended),
            State::Lines => {
                let (end, next) = line(text, at, ended)?;
                if &text[at..end] == "\\." {
                    self.state = State::Statement;
                    return Some(Block { next, ..Block::between(at, at) });
                }
                Some(Block { next, ..Block::record(ROW, at, end) })
            }
        }
    }

    fn context(&self) -> &str {
        &self.context
    }
}

impl Rows {
    fn statement(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let from = at + (text[at..].len() - text[at..].trim_start().len());
        let rest = &text[from..];
        let word = rest.get(..2).filter(|w| w.eq_ignore_ascii_case("go"));
        let go = word.is_some() && rest[2..].split('\n').next().is_some_and(|l| l.trim().is_empty());
        if go || rest.starts_with("--") || rest.starts_with('#') {
            let (end, next) = line(text, from, ended)?;
            return Some(Block { next, ..Block::between(from, end) });
        }
        self.context.clear();
        let mut words = Words { text, at: from };
        let first = words.word().to_ascii_uppercase();
        if matches!(first.as_str(), "INSERT" | "REPLACE") {
            if let Some((table, columns)) = words.insert() {
                let columns = if columns.is_empty() {
                    self.tables.get(&table).cloned().unwrap_or_default()
                } else {
                    columns
                };
                let from = words.at;
                if text[from..].starts_with('(') {
                    self.context =
                        context(&table, &columns, if text[at..from].contains('`') { ESCAPES } else { "" });
                    self.state = State::Values;
                    return match self.values(text, from, ended) {
                        None => {
                            self.state = State::Statement;
                            None
                        }
                        block => block,
                    };
                }
            }
            if words.at >= text.len() && !ended {
                return None;
            }
        }
        let (end, next) = statement_end(text, from, ended)?;
        match first.as_str() {
            "CREATE" => self.create(&text[..end], from),
            "COPY" => {
                let mut words = Words { text: &text[..end], at: from };
                words.word();
                let table = words.name();
                let columns = words.columns();
                if words.rest_is(&["FROM", "STDIN"]) {
                    self.context = context(&table, &columns, LINES);
                    self.state = State::Lines;
                }
            }
            _ => {}
        }
        Some(Block { next, ..Block::between(from, end) })
    }

    /// `CREATE TABLE name (column type, …)`.
    fn create(&mut self, text: &str, from: usize) {
        let mut words = Words { text, at: from };
        words.word();
        let mut word = words.word().to_ascii_uppercase();
        while matches!(word.as_str(), "TEMPORARY" | "TEMP" | "UNLOGGED" | "GLOBAL" | "LOCAL") {
            word = words.word().to_ascii_uppercase();
        }
        if word != "TABLE" {
            return;
        }
        words.skip_words(&["IF", "NOT", "EXISTS"]);
        let table = words.name();
        if table.is_empty() || !words.eat('(') {
            return;
        }
        let mut columns = Vec::new();
        loop {
            let quoted = words.peek().is_some_and(|c| matches!(c, '`' | '"' | '['));
            let name = words.name();
            let about = [
                "primary",
                "key",
                "unique",
                "constraint",
                "foreign",
                "index",
                "check",
                "fulltext",
                "spatial",
                "like",
            ];
            if name.is_empty() || columns.len() >= COLUMNS {
                break;
            }
            if quoted || !about.contains(&name.to_ascii_lowercase().as_str()) {
                columns.push(name);
            }
            if !words.pass_comma() {
                break;
            }
        }
        self.tables.insert(table, columns);
    }

    /// The row in brackets at `at`.
    fn values(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let start = at + (text[at..].len() - text[at..].trim_start().len());
        if !text[start..].starts_with('(') {
            // What comes behind the rows: `ON DUPLICATE KEY …`, `;`. Else nothing ended the statement.
            let mut words = Words { text, at: start };
            let word = words.word().to_ascii_uppercase();
            if words.at >= text.len() && !ended {
                return None;
            }
            if !word.is_empty() && !["ON", "AS", "RETURNING", "SELECT"].contains(&word.as_str()) {
                self.state = State::Statement;
                return self.statement(text, start, ended);
            }
            let (end, next) = statement_end(text, start, ended)?;
            self.state = State::Statement;
            return Some(Block { next, ..Block::between(start, end.max(start)) });
        }
        let escapes = self.context.split(SEPARATOR).nth(1) == Some(ESCAPES);
        match row_end(text, start, escapes) {
            Some(end) => {
                let rest = text[end..].trim_start();
                let next = text.len() - rest.len();
                if rest.is_empty() && !ended {
                    return None;
                }
                let next = match rest.as_bytes().first() {
                    Some(b',') => next + 1,
                    Some(b';') => {
                        self.state = State::Statement;
                        next + 1
                    }
                    Some(_) => next,
                    None => {
                        self.state = State::Statement;
                        next
                    }
                };
                Some(Block { next, ..Block::record(ROW, start, end) })
            }
            None if ended => {
                self.state = State::Statement;
                let block = Block::record(ROW, start, text.trim_end().len().max(start));
                Some(Block { next: text.len(), open: Some((ROW, true)), ..block })
            }
            None => None,
        }
    }
}

/// What holds for the rows of a table: its name, how they are written, its columns. It is held for every row, so it is
/// short.
fn context(table: &str, columns: &[String], written: &str) -> String {
    let mut out = table.to_owned();
    for part in [written].into_iter().chain(columns.iter().map(String::as_str)) {
        if out.len() + part.len() > CONTEXT {
            break;
        }
        out.push(SEPARATOR);
        out.push_str(part);
    }
    out
}

/// Whether a text is a dump with rows, or with the tables for them. `called`: its name says that it is SQL.
pub(crate) fn looks_like_sql(start: &str, called: bool) -> bool {
    let mut rows = false;
    for line in start.lines().map(str::trim_start).filter(|l| !l.is_empty()) {
        let head: String = line.chars().take(24).flat_map(char::to_uppercase).collect();
        let starts = |words: &[&str]| words.iter().any(|w| head.starts_with(w));
        rows |= starts(&[
            "INSERT INTO ",
            "INSERT [",
            "INSERT IGNORE INTO ",
            "INSERT OR ",
            "REPLACE INTO ",
            "CREATE TABLE ",
        ]) || head.starts_with("COPY ") && line.trim_end().ends_with("FROM stdin;");
        let sql = rows
            || starts(&[
                "--", "/*", "SET ", "DROP ", "BEGIN", "GO", "START ", "USE ", "CREATE ", "LOCK ", "PRAGMA ",
                "SELECT ", "ALTER ", "\\",
            ]);
        if rows && (called || line.contains(['(', '`', '"']) || line.ends_with("stdin;")) {
            return true;
        }
        if !sql && !called {
            return false;
        }
    }
    false
}
