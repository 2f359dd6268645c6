//! QIF: a letter and a value in each line, `^` behind each entry, `!Type:` in front of those of one sort.

use super::TRANSACTION;
use crate::blocks::{Block, Cut, Filling, line};

/// Cuts entries. What is said of accounts stands between the transactions.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// Whether the entries that follow say something of the transactions and are none.
    about: bool,
    /// Whether they are lists of categories and the like.
    listed: bool,
}

impl Cut for Entries {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        if let Some(header) = text[at..end].trim().strip_prefix('!') {
            let header = header.to_ascii_lowercase();
            if !header.starts_with("option") && !header.starts_with("clear") {
                self.about = header.starts_with("account");
                let sort = header.strip_prefix("type:").unwrap_or("");
                self.listed = ["cat", "class", "security", "prices", "tag", "budget"].contains(&sort.trim());
            }
            return Some(Block { next, ..Block::between(at, end) });
        }
        let sort = match (self.about, self.listed) {
            (true, _) => None,
            (_, true) => Some("entry"),
            _ => Some(TRANSACTION),
        };
        let block = |end, next, at_end| Block {
            from: at,
            to: end,
            next,
            sort,
            open: (at_end && sort.is_some()).then_some((TRANSACTION, true)),
        };
        loop {
            if text[at..end].ends_with('^')
                && text[..end].lines().next_back().is_some_and(|l| l.trim() == "^")
            {
                return Some(block(end, next, false));
            }
            if next >= text.len() {
                return ended.then(|| block(end, next, true));
            }
            let (line_end, after) = line(text, next, ended)?;
            if text[next..line_end].starts_with('!') {
                return Some(block(end, next, false));
            }
            (end, next) = (line_end, after);
        }
    }
}

/// Fills a row: letters have names.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let mut splits = 0_u32;
    let listed = block.sort != TRANSACTION;
    for line in block.text().lines() {
        let line = line.trim();
        let Some(letter) = line.chars().next() else { continue };
        let value = &line[letter.len_utf8()..];
        let name = match (letter, listed) {
            ('^', _) if value.is_empty() => continue,
            ('!', _) => {
                block.push(&["header"], value);
                continue;
            }
            // Part of the sum, each with a category of its own.
            ('S' | 'E' | '$' | '%', false) => {
                splits += u32::from(letter == 'S' || splits == 0);
                let name = match letter {
                    'S' => "category",
                    'E' => "memo",
                    '$' => "amount",
                    _ => "percentage",
                };
                let value = value.trim();
                if !value.is_empty() {
                    let field = block.field(&["splits", "*", name]);
                    let place = block.place(value);
                    block.push_at(field, value, &[splits - 1], place.start, place.end);
                }
                continue;
            }
            ('N', true) => "name",
            ('D', true) => "description",
            ('T', true) => "type",
            ('D', _) => "date",
            ('T', _) => "amount",
            ('U', _) => "amount in full",
            ('P', _) => "payee",
            ('M', _) => "memo",
            ('L', _) => "category",
            ('N', _) => "number",
            ('C', _) => "cleared",
            ('A', _) => "address",
            ('Y', _) => "security",
            ('I', _) => "price",
            ('Q', _) => "quantity",
            ('O', _) => "commission",
            _ => {
                let letter = letter.to_string();
                block.push_counted(&[&letter], value);
                continue;
            }
        };
        block.push_counted(&[name], value);
    }
}

/// Whether a text is QIF.
pub(crate) fn looks_like_qif(start: &str) -> bool {
    let first = start.lines().next().unwrap_or("").trim().to_ascii_lowercase();
    ["!type:", "!account", "!option:", "!clear:"].iter().any(|word| first.starts_with(word))
}
