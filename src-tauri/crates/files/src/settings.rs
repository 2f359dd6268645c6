//! Settings as text (INI, TOML, `.properties`, `.env`): one record, a field a key, under the names of its section.

use std::fmt::Write as _;

use crate::blocks::{Block, Cut, Filling};

/// What the record is called in places.
pub(crate) const SETTINGS: &str = "settings";

/// The whole file is one record.
#[derive(Debug, Default)]
pub(crate) struct Settings;

impl Cut for Settings {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        ended
            .then(|| Block { next: text.len(), ..Block::record(SETTINGS, at, text.trim_end().len().max(at)) })
    }
}

/// Fills the row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    let mut section: Vec<String> = Vec::new();
    // How often `[[name]]` was met.
    let mut tables = std::collections::HashMap::<String, u32>::new();
    let mut unclosed = 0;
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let line = text[at..end].trim();
        let start = at;
        at = end;
        let path = |names: &[String], last: &'static str| -> Vec<String> {
            names.iter().cloned().chain([last.to_owned()]).collect()
        };
        if line.is_empty() {
            continue;
        }
        if let Some(comment) = line.strip_prefix(['#', ';', '!']) {
            push(block, &path(&section, "comment"), comment.trim(), comment);
            continue;
        }
        if let Some(name) =
            line.strip_prefix('[').and_then(|l| l.split(" #").next()?.trim_end().strip_suffix(']'))
        {
            let many = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
            section = names(many.unwrap_or(name));
            if let Some(name) = many {
                let count = tables.entry(name.to_owned()).or_insert(0);
                *count += 1;
                if *count > 1
                    && let Some(last) = section.last_mut()
                {
                    let _ = write!(last, " {count}");
                }
            }
            continue;
        }
        let Some((key, mut value)) = pair(line) else {
            push(block, &path(&section, "text"), line, line);
            continue;
        };
        // A list or a text of several lines, or one that a backslash continues.
        let value_at = start
            + (text[start..end].len() - text[start..end].trim_start().len())
            + (line.len() - value.len());
        if unclosed < UNCLOSED
            && let Some(mut rest) = Rest::of(value)
        {
            let mut end = at;
            let mut open = true;
            while open && end < text.len() {
                let next = memchr::memchr(b'\n', &text.as_bytes()[end..]).map_or(text.len(), |n| end + n + 1);
                open = rest.goes_on(&text[end..next]);
                end = next;
            }
            if open {
                unclosed += 1;
            } else {
                at = end;
                value = text[value_at..at].trim();
            }
        }
        let path: Vec<String> = section.iter().cloned().chain(names(key)).collect();
        push(block, &path, &read(value), value);
    }
}

fn push(block: &mut Filling<'_>, path: &[String], value: &str, part: &str) {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    if part.is_empty() || path.is_empty() {
        return;
    }
    block.push_as_counted(&path, value, part);
}

/// The parts of a name: `a."b.c".d`.
fn names(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in name.trim().chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            (None, '.') => parts.push(String::new()),
            _ => {
                if let Some(last) = parts.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    parts.iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// Key and value of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (n, mark) =
        line.char_indices().find(|(n, c)| matches!(c, '=' | ':') && !line[..*n].ends_with('\\'))?;
    let key = line[..n].trim();
    (!key.is_empty()).then(|| (key, line[n + mark.len_utf8()..].trim()))
}

/// So many values that do not close are looked at to the end of the file; then no more, or a file full of them would be
/// gone through for each.
const UNCLOSED: u32 = 3;

/// What a value that is not over at the end of its line waits for.
enum Rest {
    Quotes(&'static str),
    /// A line that does not end in a backslash.
    Slash,
    /// So many brackets, inside this quote.
    Brackets(i32, Option<char>),
}

impl Rest {
    /// None for a value that is over.
    fn of(value: &str) -> Option<Self> {
        for quotes in ["\"\"\"", "'''"] {
            if let Some(rest) = value.strip_prefix(quotes) {
                return (!rest.contains(quotes)).then_some(Self::Quotes(quotes));
            }
        }
        if continued(value) {
            return Some(Self::Slash);
        }
        let mut brackets = Self::Brackets(0, None);
        (value.starts_with('[') && brackets.goes_on(value)).then_some(brackets)
    }

    /// Takes one more line; whether the value is still not over.
    fn goes_on(&mut self, line: &str) -> bool {
        match self {
            Self::Quotes(quotes) => !line.contains(*quotes),
            Self::Slash => continued(line),
            Self::Brackets(depth, quote) => {
                for c in line.chars() {
                    match (*quote, c) {
                        (None, '"' | '\'') => *quote = Some(c),
                        (Some(q), c) if c == q => *quote = None,
                        (None, '[') => *depth += 1,
                        (None, ']') => *depth -= 1,
                        _ => {}
                    }
                }
                *depth > 0
            }
        }
    }
}

/// Whether a line ends in a backslash that is not one of two.
fn continued(line: &str) -> bool {
    line.trim_end().bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// A value without its quotes, escapes resolved.
fn read(value: &str) -> String {
    for quotes in ["\"\"\"", "'''", "\"", "'"] {
        if let Some(inner) = value.strip_prefix(quotes)
            && let Some(n) = inner.rfind(quotes)
        {
            let behind = inner[n + quotes.len()..].trim_start();
            if behind.is_empty() || behind.starts_with(['#', ';']) {
                let inner = inner[..n].trim_start_matches(['\r', '\n']);
                return if quotes.starts_with('"') { unescaped(inner) } else { inner.to_owned() };
            }
        }
    }
    if value.contains("\\u") || value.contains("\\\n") || value.contains("\\\r\n") {
        return unescaped(value);
    }
    value.to_owned()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(n) = rest.find('\\') {
        out.push_str(&rest[..n]);
        rest = &rest[n + 1..];
        let Some(c) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => {}
            'u' | 'U' => {
                let digits = if c == 'u' { 4 } else { 8 };
                let code =
                    rest.get(..digits).and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32);
                match code {
                    Some(code) => {
                        out.push(code);
                        rest = &rest[digits..];
                    }
                    None => out.extend(['\\', c]),
                }
            }
            // The line goes on.
            '\r' | '\n' => rest = rest.trim_start(),
            '"' | '\\' | '\'' | ':' | '=' | '#' | '!' | ' ' => out.push(c),
            c => out.extend(['\\', c]),
        }
    }
    out.push_str(rest);
    out
}

/// Whether most lines of a text are keys with values.
pub(crate) fn looks_like_settings(start: &str) -> bool {
    let (mut all, mut fit) = (0_u32, 0_u32);
    for line in start.lines().map(str::trim).filter(|l| !l.is_empty()).take(200) {
        all += 1;
        let section = line.starts_with('[') && line.ends_with(']');
        fit += u32::from(section || line.starts_with(['#', ';', '!']) || pair(line).is_some());
    }
    all > 0 && fit * 10 >= all * 6
}
