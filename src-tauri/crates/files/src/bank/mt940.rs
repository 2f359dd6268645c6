//! MT940: fields that start with their number, `:61:`; a transaction is a `:61:` with the `:86:` that explains it.

use super::TRANSACTION;
use crate::blocks::{Block, Cut, Filling, line};

/// Cuts statements into transactions and what is said of the account around them.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    /// The currency that the opening balance names.
    currency: String,
}

impl Cut for Statements {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        let record = tag(&text[at..end]) == Some("61");
        loop {
            if matches!(tag(&text[at..end]), Some("60F" | "60M")) {
                self.currency = currency(&text[at..end]);
            }
            if next >= text.len() {
                return ended.then(|| done(record, at, end, next));
            }
            let (line_end, after) = line(text, next, ended)?;
            let this = &text[next..line_end];
            let over = match tag(this) {
                Some("61") => true,
                Some("86") => false,
                Some(found) => {
                    if matches!(found, "60F" | "60M") {
                        self.currency = currency(this);
                    }
                    record
                }
                None => record && (this.trim() == "-" || this.starts_with("-}")),
            };
            if over {
                return Some(done(record, at, end, next));
            }
            (end, next) = (line_end, after);
        }
    }

    fn context(&self) -> &str {
        &self.currency
    }
}

fn done(record: bool, from: usize, to: usize, next: usize) -> Block {
    let block = if record { Block::record(TRANSACTION, from, to) } else { Block::between(from, to) };
    Block { next, ..block }
}

/// The number of the field that a line starts: `60F` in `:60F:C240101EUR1,00`.
fn tag(line: &str) -> Option<&str> {
    let (tag, _) = line.strip_prefix(':')?.split_once(':')?;
    let fits = matches!(tag.len(), 2 | 3)
        && tag.bytes().take(2).all(|b| b.is_ascii_digit())
        && tag.bytes().skip(2).all(|b| b.is_ascii_uppercase());
    fits.then_some(tag)
}

/// The currency in `:60F:C240101EUR1,00`.
fn currency(line: &str) -> String {
    let code = line.get(12..15).unwrap_or_default();
    let fits = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if fits { code.to_owned() } else { String::new() }
}

/// Names of the fields around the transactions.
const NAMES: &[(&str, &str)] = &[
    ("20", "reference"),
    ("21", "related reference"),
    ("25", "account"),
    ("28", "statement number"),
    ("28C", "statement number"),
    ("60F", "opening balance"),
    ("60M", "opening balance"),
    ("62F", "closing balance"),
    ("62M", "closing balance"),
    ("64", "available balance"),
    ("65", "forward balance"),
    ("86", "details"),
];

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    // The block of the network's own stands in front, in braces.
    let mut at = 0;
    while at < text.len() {
        let (mut end, mut next) = line(text, at, true).unwrap_or((text.len(), text.len()));
        let found = tag(&text[at..end]);
        // Lines without a number go on with the field above them.
        while found.is_some() && next < text.len() {
            let (line_end, after) = line(text, next, true).unwrap_or((text.len(), text.len()));
            let this = &text[next..line_end];
            if tag(this).is_some() || this.trim() == "-" || this.starts_with("-}") {
                break;
            }
            (end, next) = (line_end, after);
        }
        match found {
            None => {
                let other = text[at..end].trim();
                if !matches!(other, "-" | "-}" | "") {
                    block.push_counted(&["text"], other);
                }
            }
            Some(found) => {
                let value = &text[at + found.len() + 2..end];
                match found {
                    "61" if block.sort == TRANSACTION => transaction(value, block),
                    "86" if block.sort == TRANSACTION => details(value, block),
                    _ => {
                        let name = NAMES.iter().find(|(n, _)| *n == found).map_or(found, |(_, name)| name);
                        block.push_counted(&[name], value);
                    }
                }
            }
        }
        at = next;
    }
    let currency = block.context;
    if block.sort == TRANSACTION {
        block.push_context(&["currency"], currency);
    }
}

/// `2401020102D12,34NTRFREF//BANKREF` and, in a line of its own, more words.
fn transaction(value: &str, block: &mut Filling<'_>) {
    let (first, more) = value.split_once('\n').unwrap_or((value, ""));
    let first = first.trim_end();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let days = digits(first);
    if !matches!(days, 6 | 10) {
        block.push(&["text"], value);
        return;
    }
    block.push(&["date"], &first[..6]);
    block.push(&["entry date"], &first[6..days]);
    let rest = &first[days..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    block.push(&["debit or credit"], &rest[..letters]);
    let rest = &rest[letters..];
    let sum = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
    block.push(&["amount"], &rest[..sum]);
    let rest = &rest[sum..];
    let code = rest.char_indices().nth(4).map_or(rest.len(), |(at, _)| at);
    block.push(&["transaction type"], &rest[..code]);
    let (reference, bank) = rest[code..].split_once("//").unwrap_or((&rest[code..], ""));
    block.push(&["reference"], reference);
    block.push(&["bank reference"], bank);
    block.push(&["more"], more);
}

/// `166?00BOOKING?20what it is for?32Ada`: parts behind numbers; or plain text in lines.
fn details(value: &str, block: &mut Filling<'_>) {
    let mark = value.as_bytes().get(3).copied().filter(|b| b"?>@^!".contains(b));
    let coded = value.bytes().take(3).all(|b| b.is_ascii_digit());
    let Some(mark) = mark.filter(|_| coded) else {
        block.push(&["details"], value);
        return;
    };
    block.push(&["booking code"], &value[..3]);
    for part in value[4..].split(char::from(mark)) {
        let number = part.get(..2).filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
        let Some(number) = number else {
            block.push_counted(&["details"], part);
            continue;
        };
        let name = match number {
            "00" => "booking text",
            "10" => "batch",
            "20" | "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "29" | "60" | "61" | "62"
            | "63" => "memo",
            "30" => "counterparty bank",
            "31" => "counterparty account",
            "32" | "33" => "counterparty name",
            _ => number,
        };
        block.push_counted(&[name], &part[2..]);
    }
}

/// Whether a text is an MT940 statement.
pub(crate) fn looks_like_mt940(start: &str) -> bool {
    let framed = start.starts_with("{1:") || start.starts_with("{4:") || start.starts_with(":20:");
    let has = |tag: &str| start.lines().take(200).any(|line| line.starts_with(tag));
    framed && has(":25:") && (has(":60") || has(":61:") || has(":28"))
}
