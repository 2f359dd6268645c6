//! Values as they are read and shown, and what their fields are called.

use files::{Value, ValueKind};

use super::fields::FieldPlan;
use crate::dates;
use crate::forms::{self, Form};
use crate::money;
use crate::record::{Money, Reading, Role};
use crate::tcf;

pub(super) fn read_date(value: Value<'_>, plan: &FieldPlan) -> Option<dates::Date> {
    read_text_date(value.text, plan)
}

pub(super) fn read_text_date(text: &str, plan: &FieldPlan) -> Option<dates::Date> {
    let text = text.trim();
    // A column of times as numbers is told by its digits, before anything else is tried.
    if matches!(text.len(), 9 | 10 | 13 | 16 | 17) && text.bytes().all(|b| b.is_ascii_digit()) {
        return dates::epoch(text, plan.epoch);
    }
    dates::date(text, plan.order).or_else(|| dates::epoch(text, plan.epoch))
}

pub(super) fn read_money(value: Value<'_>, plan: &FieldPlan, currency: Option<&str>) -> Option<Money> {
    let written = money::amount(value.text, plan.point)?;
    let mut amount = written.amount;
    if plan.minor {
        amount = (amount / rust_decimal::Decimal::ONE_HUNDRED).normalize();
    }
    let currency = written.currency.map(str::to_owned).or_else(|| currency.map(str::to_owned));
    Some(Money { amount, currency: currency.or_else(|| plan.currency.map(str::to_owned)) })
}

/// A value as read, and as it is shown.
pub(super) fn read(value: Value<'_>, plan: &FieldPlan, currency: Option<&str>) -> (Reading, String) {
    let plain = value.text.trim().to_owned();
    if let Some(date) = read_date(value, plan).filter(|_| plan.is_date()) {
        let shown = match &date.time {
            Some(time) => format!("{}T{time}", date.day),
            None => date.day.to_string(),
        };
        return (Reading::Date { day: date.day, time: date.time, ambiguous: date.ambiguous }, shown);
    }
    if let Some(money) = read_money(value, plan, currency).filter(|_| plan.is_money()) {
        let shown = money.amount.to_string();
        return (Reading::Money(money), shown);
    }
    if plan.form == Some(Form::ConsentString)
        && let Some(consent) = tcf::read(&plain)
    {
        let shown = consent.shown();
        return (Reading::Consent(Box::new(consent)), shown);
    }
    let may_be_flag = value.kind == ValueKind::Bool
        || matches!(plan.role, Some(Role::Flag | Role::Internal | Role::Choice));
    match forms::flag(&plain).filter(|_| may_be_flag) {
        Some(flag) => (Reading::Flag(flag), plain),
        None => (Reading::Text, plain),
    }
}

/// The name of a field in the file, positions put in.
pub(super) fn field_name(path: &[String], indexes: &[u32]) -> String {
    let mut positions = indexes.iter();
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step.as_str() {
            "*" => positions.next().map_or_else(|| "*".to_owned(), u32::to_string),
            step => step.to_owned(),
        })
        .collect();
    steps.join("/")
}

/// A label for people: the name cut into words, positions counted from 1.
pub(super) fn label(path: &[String], indexes: &[u32]) -> String {
    let mut positions = indexes.iter();
    let mut out = String::new();
    for step in path {
        if step == "*" {
            let n = positions.next().copied().unwrap_or(0) + 1;
            out.push_str(&format!(" {n}"));
            continue;
        }
        if !out.is_empty() {
            out.push_str(" · ");
        }
        let spaced = spaced(step);
        let mut letters = spaced.chars();
        if let Some(first) = letters.next() {
            out.extend(first.to_uppercase());
            out.push_str(letters.as_str());
        }
    }
    out
}

/// `issuedAt` and `issued_at` give `issued at`; what has spaces already stays.
pub(super) fn spaced(step: &str) -> String {
    if step.contains(' ') {
        return step.to_owned();
    }
    let mut out = String::with_capacity(step.len() + 4);
    let mut before = ' ';
    for c in step.trim_start_matches('@').chars() {
        match c {
            '_' => out.push(' '),
            c if c.is_uppercase() && before.is_lowercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            c => out.push(c),
        }
        before = c;
    }
    out.trim().to_owned()
}

/// Text on one line of at most so many characters, cut at a word with an ellipsis.
pub fn one_line(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if chars + len + 1 > chars_max {
            if out.is_empty() {
                out.extend(word.chars().take(chars_max.saturating_sub(1)));
            }
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        chars += len + 1;
    }
    out
}
