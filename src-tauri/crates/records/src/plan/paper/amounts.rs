//! Amounts under a name, as the totals of a bill are written: `Total TTC : 50,64 €`, `VAT (20%) £7.00`.

use super::lines::Line;
use super::phrases::{PHRASES, Says};
use crate::money::{self, Point};
use crate::record::Role;

/// An amount with its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total<'a> {
    pub(super) role: Role,
    /// How sure its name says that it is the amount of the whole; the highest holds.
    pub(super) rank: u8,
    pub(super) label: &'a str,
    pub(super) raw: &'a str,
    /// The line that the amount stands in.
    pub(super) line: usize,
}

/// What is one amount has fewer bytes.
const AMOUNT_LONG: usize = 32;

/// A name of an amount has no more bytes.
const LABEL_LONG: usize = 80;

/// And no more words.
const LABEL_WORDS: usize = 9;

/// Lines of names that stand above as many lines of amounts, as tables are read that were written column by column.
const COLUMN_MAX: usize = 12;

/// The lines of a paper, and of each where the amount begins that it ends in.
pub(super) struct Amounts<'l, 'a> {
    lines: &'l [Line<'a>],
    starts: Vec<Option<usize>>,
}

impl<'l, 'a> Amounts<'l, 'a> {
    pub(super) fn of(lines: &'l [Line<'a>]) -> Self {
        Self { lines, starts: lines.iter().map(|line| amount_start(line.text)).collect() }
    }

    /// How many lines end in an amount.
    pub(super) fn count(&self) -> usize {
        (0..self.lines.len()).filter(|at| self.is_amount(*at) || self.labelled(*at).is_some()).count()
    }

    /// All amounts with a name that says what they are.
    pub(super) fn totals(&self) -> Vec<Total<'a>> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            if let Some((label, raw)) = self.labelled(at) {
                if let Some((role, rank)) = self.told(at, label) {
                    out.push(Total { role, rank, label, raw, line: at });
                }
                at += 1;
                continue;
            }
            // Names below one another, and as many amounts below them.
            let all = at..self.lines.len();
            let names: Vec<(Role, u8)> =
                all.take(COLUMN_MAX).map_while(|at| self.told(at, self.lines[at].text)).collect();
            let below = at + names.len();
            let end = self.lines.len().min(below + names.len());
            if end == below + names.len() && (below..end).all(|at| self.is_amount(at)) {
                for (n, (role, rank)) in names.iter().enumerate() {
                    let (label, raw) = (self.lines[at + n].text, self.lines[below + n].text);
                    out.push(Total { role: *role, rank: *rank, label, raw, line: below + n });
                }
                at += names.len();
            }
            at += names.len().max(1);
        }
        out
    }

    /// The name and the amount of a line that ends in one.
    fn labelled(&self, at: usize) -> Option<(&'a str, &'a str)> {
        let (start, text) = (self.starts[at]?, self.lines[at].text);
        let label = text[..start]
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '=' | '…' | '_'));
        let has_letters = label.chars().any(char::is_alphabetic);
        (has_letters && label.split_whitespace().count() <= LABEL_WORDS)
            .then(|| (label, text[start..].trim()))
    }

    /// Whether a line is one amount of money.
    fn is_amount(&self, at: usize) -> bool {
        self.lines[at].text.len() < AMOUNT_LONG && self.starts[at] == Some(0)
    }

    /// What the name of an amount says that it is.
    fn told(&self, at: usize, label: &str) -> Option<(Role, u8)> {
        if label.len() > LABEL_LONG { None } else { told(self.lines[at].said(label)) }
    }
}

/// Whether a text is one amount of money.
pub(super) fn is_amount(text: &str) -> bool {
    text.len() < AMOUNT_LONG && amount_start(text) == Some(0)
}

/// Where the amount begins that a line ends in. Money has two decimals or a currency beside it.
fn amount_start(text: &str) -> Option<usize> {
    let mut start = text.len();
    let (mut number, mut currency) = (false, false);
    let mut wants_thousands = false;
    loop {
        let rest = text[..start].trim_end();
        let from = rest
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        let token = &rest[from..];
        if token.is_empty() {
            break;
        }
        let digits = token.bytes().any(|b| b.is_ascii_digit());
        if !digits && matches!(token, "-" | "−" | "–" | "+") && number {
            start = from;
            continue;
        }
        if !digits && money::is_currency_sign(token) {
            // One sign on either side.
            if currency {
                break;
            }
            currency = true;
            start = from;
            if number {
                break;
            }
            continue;
        }
        if number {
            // `1 204,33`: the thousands stand before a group of three digits.
            let group = (1..=3).contains(&token.trim_start_matches(['-', '−', '+']).len())
                && token.trim_start_matches(['-', '−', '+']).bytes().all(|b| b.is_ascii_digit());
            if wants_thousands && group {
                start = from;
                wants_thousands = token.len() == 3;
                continue;
            }
            break;
        }
        if !digits || money::amount(token, Point::Unknown).is_none() || token.ends_with('%') {
            break;
        }
        number = true;
        currency |=
            money::amount(token, Point::Unknown).is_some_and(|w| w.currency.is_some()) || token.contains('$');
        start = from;
        wants_thousands = token.bytes().take_while(u8::is_ascii_digit).count() == 3;
    }
    let raw = text.get(start..)?.trim();
    let cents = raw.trim_end_matches(|c: char| !c.is_ascii_digit());
    let cents = cents.len() >= 4 && {
        let tail = cents.as_bytes();
        matches!(tail[tail.len() - 3], b'.' | b',') && tail[tail.len() - 2].is_ascii_digit()
    };
    (number && (cents || currency)).then_some(start)
}

/// What the words before an amount say that it is.
fn told(said: &[String]) -> Option<(Role, u8)> {
    let said = said.iter().filter(|w| w.chars().any(char::is_alphabetic));
    let count = said.clone().count();
    if count == 0 || count > LABEL_WORDS {
        return None;
    }
    let told = PHRASES.of_amount(said.map(String::as_str));
    let says = |one: Says| told.contains(&one);
    let (tax, total, due) = (says(Says::Tax), says(Says::Total), says(Says::Due));
    Some(match () {
        () if says(Says::WithTax) && !says(Says::OfIt) && (total || !tax || says(Says::Amount)) => {
            (Role::Gross, 5)
        }
        () if says(Says::Subtotal) || (says(Says::Net) && !due && !says(Says::Paid) && !tax) => {
            (Role::Net, 2)
        }
        () if says(Says::WithoutTax) && (total || says(Says::Amount) || tax) => (Role::Net, 2),
        () if tax && !(total && (due || count > 4)) => (Role::Tax, if total { 3 } else { 2 }),
        () if due && total => (Role::Gross, 4),
        () if says(Says::GrandTotal) || (total && says(Says::OfTheBill)) => (Role::Gross, 5),
        () if total && !says(Says::Part) => (Role::Gross, 3),
        () if due || (says(Says::Paid) && says(Says::Net)) => (Role::Gross, 2),
        () if says(Says::Amount) => (Role::Amount, 1),
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(Role, &str)>) {
        let row = files::Row::default();
        let lines = [Line::plain(text, &row)];
        let amounts = Amounts::of(&lines);
        let got =
            amounts.labelled(0).and_then(|(label, raw)| amounts.told(0, label).map(|(role, _)| (role, raw)));
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn totals_are_told_by_their_names() {
        check("Total TTC : 180,00 €", Some((Role::Gross, "180,00 €")));
        check("TVA 20 % : 30,00 €", Some((Role::Tax, "30,00 €")));
        check("Total HT : -49,50 €", Some((Role::Net, "-49,50 €")));
        check("VAT (20%) £7.00", Some((Role::Tax, "£7.00")));
        check("Total ex. tax 400.00 USD", Some((Role::Net, "400.00 USD")));
        check("Totaal incl. btw € 15,85", Some((Role::Gross, "€ 15,85")));
        check("Subtotaal excl. btw\t€ 57,85", Some((Role::Net, "€ 57,85")));
        check("Gesamtbetrag: 1 081,20 €", Some((Role::Gross, "1 081,20 €")));
        check("Net à payer ...... 10,00 €", Some((Role::Gross, "10,00 €")));
        check("dont TVA 5,5% 0,49", Some((Role::Tax, "0,49")));
        check("zzgl. 7 % MwSt.: 5,31 €", Some((Role::Tax, "5,31 €")));
        check("VAT included 5.99", Some((Role::Tax, "5.99")));
        check("Total cream 12.5", None);
        check("Chambre 204", None);
        check("La réunion aura lieu à 12.30", None);
        check("TVA 20 %", None);
    }
}
