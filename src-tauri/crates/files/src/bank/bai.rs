//! BAI2, the statements of banks in America: a record a transaction (`16,…`), with what its next lines add (`88,…`).

use super::TRANSACTION;
use crate::blocks::{Block, Cut, Filling, line};

/// Amounts are written in cents, without a point.
const AMOUNT: &str = "amount in cents";

/// Cuts transactions. The currency of their account holds for them.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    currency: String,
}

impl Cut for Accounts {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        let first = text[at..end].trim();
        let record = first.starts_with("16,");
        while next < text.len() {
            let (line_end, after) = line(text, next, ended)?;
            if !text[next..line_end].starts_with("88,") {
                break;
            }
            (end, next) = (line_end, after);
        }
        if next >= text.len() && !ended {
            return None;
        }
        let nth = match first.get(..3) {
            Some("02,") => Some(6),
            Some("03,") => Some(2),
            _ => None,
        };
        let code = nth.and_then(|n| first.trim_end_matches('/').split(',').nth(n)).map(str::trim);
        if let Some(code) = code.filter(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase())) {
            code.clone_into(&mut self.currency);
        }
        let block = if record { Block::record(TRANSACTION, at, end) } else { Block::between(at, end) };
        Some(Block { next, ..block })
    }

    fn context(&self) -> &str {
        &self.currency
    }
}

/// Fills a row.
pub(super) fn fill(block: &mut Filling<'_>) {
    let (from, to) = (block.from, block.to);
    if block.sort.is_empty() {
        block.push_text(&["record"], from, to);
        return;
    }
    let text = block.text();
    let first = text.lines().next().unwrap_or("");
    let mut fields = first.splitn(4, ',');
    let (_, code, amount, rest) = (fields.next(), fields.next(), fields.next(), fields.next().unwrap_or(""));
    if let Some(code) = code {
        block.push(&["type code"], code);
    }
    if let Some(amount) = amount {
        block.push(&[AMOUNT], amount);
        let currency = block.context;
        block.push_context(&["currency"], currency);
    }
    // How the money is available takes one field or several, by its letter.
    let mut rest = rest;
    let taken = match rest.split(',').next().map(str::trim) {
        Some("S") => 4,
        Some("V") => 3,
        _ => 1,
    };
    for _ in 0..taken {
        rest = rest.split_once(',').map_or("", |(_, r)| r);
    }
    for name in ["bank reference", "customer reference"] {
        let (value, behind) = rest.split_once(',').unwrap_or((rest.trim_end_matches('/'), ""));
        block.push(&[name], value);
        rest = behind;
    }
    block.push_counted(&["details"], rest.trim().trim_end_matches('/'));
    for more in text.lines().skip(1) {
        block.push_counted(&["details"], more.trim_start_matches("88,").trim().trim_end_matches('/'));
    }
}

/// Whether a text is BAI2: a file and a group of accounts open it.
pub(crate) fn looks_like_bai(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim).filter(|l| !l.is_empty());
    let opens = |line: Option<&str>, code: &str| {
        line.is_some_and(|l| l.starts_with(code) && l.matches(',').count() >= 4)
    };
    opens(lines.next(), "01,") && opens(lines.next(), "02,")
}
