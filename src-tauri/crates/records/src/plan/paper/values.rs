//! Values as they stand behind or below a name on a paper, each cut where it ends: a date, a number, somebody's name.

use super::super::fields::is_date;
use super::amounts;
use super::labels::NUMBERS;
use super::lines::said;
use crate::dates::{self, Order};
use crate::forms;
use crate::money::{self, Point};
use crate::record::Role;

/// A value that is a text has no more bytes.
pub(super) const LONG: usize = 160;

/// The value of a role at the beginning of a text, and what stands behind it.
pub(super) fn taken(role: Role, text: &str, colon: bool) -> Option<(&str, &str)> {
    let text = text.trim_start();
    match role {
        _ if is_date(role) => date_at(text).map(|end| text.split_at(end)),
        _ if is_number(role) => number_at(text),
        // Totals are read by themselves.
        Role::Net
        | Role::Tax
        | Role::Gross
        | Role::Amount
        | Role::UnitPrice
        | Role::TaxRate
        | Role::Quantity => None,
        Role::Email => {
            let (token, rest) = first(text);
            forms::is_email(token.trim_end_matches(['.', ',', ';'])).then_some((token, rest))
        }
        Role::Phone => text.bytes().any(|b| b.is_ascii_digit()).then(|| to_gap(text)).flatten(),
        Role::Currency => {
            let (token, rest) = first(text);
            (token.len() == 3 && money::currency(token).is_some()).then_some((token, rest))
        }
        Role::Ip => {
            let (token, rest) = first(text);
            forms::is_ip(token).then_some((token, rest))
        }
        // A name without a colon before it is that of somebody only if it is written like one.
        _ if !colon => text
            .starts_with(char::is_uppercase)
            .then(|| to_gap(text))
            .flatten()
            .filter(|(v, _)| v.split_whitespace().count() <= 6),
        _ => to_gap(text),
    }
}

fn first(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}

/// The text up to the next wide gap.
fn to_gap(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find('\t')
        .into_iter()
        .chain(text.find("  "))
        .chain(text.find(" | "))
        .min()
        .unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    let value = value.trim_end();
    (!value.is_empty() && value.len() <= LONG).then_some((value, rest))
}

/// Where the date ends that a text begins with: as soon as it is one, with the time of day behind it.
pub(super) fn date_at(text: &str) -> Option<usize> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()) {
        return None;
    }
    let mut found = None;
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at).chain([text.len()]);
    for end in ends.take(DATE_WORDS).take_while(|end| *end <= DATE_LONG) {
        let part = text[..end].trim_end_matches([',', ';', ')', '.']);
        // Digits alone are a number.
        let plain = part.bytes().all(|b| b.is_ascii_digit());
        let clock = || {
            part.rsplit(char::is_whitespace).next().is_some_and(|w| w.contains([':', 'h']) || w.len() == 2)
        };
        let more = found.is_none() || clock();
        if !plain && more && dates::date(part, Order::Unknown).is_some() {
            found = Some(part.len());
        } else if found.is_some() {
            break;
        }
    }
    found
}

/// A date with its time of day has no more words and bytes.
const DATE_WORDS: usize = 7;
const DATE_LONG: usize = 44;

/// The number that a text begins with: one word with a digit, or a short mark before it: `FT 2024/331`.
fn number_at(text: &str) -> Option<(&str, &str)> {
    let lead = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (mut token, mut rest) = first(lead);
    if NUMBERS.contains(&said(token).join("").as_str()) {
        (token, rest) = first(rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
    }
    let digit = |t: &str| t.bytes().any(|b| b.is_ascii_digit());
    if !digit(token) {
        let mark = token.len() <= 4 && !token.is_empty() && token.bytes().all(|b| b.is_ascii_uppercase());
        let (second, behind) = first(rest.trim_start());
        if !mark || !digit(second) {
            return None;
        }
        let length = token.len() + (rest.len() - rest.trim_start().len()) + second.len();
        let from = lead.len() - rest.len() - token.len();
        (token, rest) = (&lead[from..from + length], behind);
    }
    let number = token.trim_end_matches([',', ';', '.', ')', ':']);
    let is_money = amounts::is_amount(number)
        || money::amount(number, Point::Unknown).is_some_and(|w| w.currency.is_some());
    (number.len() <= 40 && !is_money && !number.contains('@')).then_some((number, rest))
}

pub(super) fn is_number(role: Role) -> bool {
    matches!(
        role,
        Role::Number
            | Role::InvoiceNumber
            | Role::PaymentNumber
            | Role::TicketNumber
            | Role::CustomerNumber
            | Role::Id
            | Role::VatNumber
    )
}

/// What says who somebody is.
pub(super) fn is_person(role: Role) -> bool {
    matches!(
        role,
        Role::FullName
            | Role::FirstName
            | Role::LastName
            | Role::Email
            | Role::Phone
            | Role::BirthDate
            | Role::Street
            | Role::Address
            | Role::PostalCode
            | Role::City
            | Role::Username
    )
}
