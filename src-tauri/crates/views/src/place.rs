//! Places and moments, and how a view finds a record's own fields among those of its nested lists.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use records::{Day, Field, Locator, Money, Reading, Record, RecordId, Role};

/// Where something stands: the record, and the place in its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The record.
    pub record: RecordId,
    /// The place.
    pub locator: Locator,
}

/// A day, with the time of day where the export gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Time and zone as ISO 8601 behind the `T`: `10:22:33Z`.
    pub time: Option<String>,
    /// Whether day and month could be swapped.
    pub ambiguous: bool,
}

impl Moment {
    /// The day and time that a field was read as.
    pub(crate) fn of(field: &Field) -> Option<Self> {
        match &field.reading {
            Reading::Date { day, time, ambiguous } => {
                Some(Self { day: *day, time: time.clone(), ambiguous: *ambiguous })
            }
            _ => None,
        }
    }

    /// The place on the time line, in seconds and nanoseconds. A time without a zone counts as UTC, a day without a
    /// time as its beginning.
    pub(crate) fn order(&self) -> (i64, u32) {
        let day = self.day;
        let Some(time) = self.time.as_deref().map(str::trim) else {
            return (day.and_time(NaiveTime::MIN).and_utc().timestamp(), 0);
        };
        let text = format!("{day}T{time}");
        // RFC 3339 asks for seconds; `10:22Z` goes without.
        let zoned = DateTime::parse_from_rfc3339(&text)
            .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M%#z"));
        if let Ok(at) = zoned {
            return (at.timestamp(), at.timestamp_subsec_nanos());
        }
        let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
            .unwrap_or_else(|| day.and_time(NaiveTime::MIN));
        (local.and_utc().timestamp(), local.and_utc().timestamp_subsec_nanos())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.time {
            Some(time) => write!(f, "{}T{time}", self.day),
            None => write!(f, "{}", self.day),
        }
    }
}

/// An amount with two decimals where it has one: JSON writes 118.8 for 118.80.
pub(crate) fn cents(mut amount: Decimal) -> Decimal {
    if amount.scale() == 1 {
        amount.rescale(2);
    }
    amount
}

/// Whether a name goes through a list: `lines/0/total`. A record's own total is never taken from one of its lines.
pub(crate) fn in_list(name: &str) -> bool {
    name.split('/').any(is_index)
}

/// Whether a step of a name is a position in a list.
pub(crate) fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit())
}

/// The list that a name goes through, the position in it, and the rest: `messages`, `0`, `body`.
pub(crate) fn list_step(name: &str) -> Option<(&str, &str, &str)> {
    let mut start = 0;
    for step in name.split('/') {
        let end = start + step.len();
        if is_index(step) {
            let list = name[..start].trim_end_matches('/');
            return Some((list, step, name[end..].trim_start_matches('/')));
        }
        start = end + 1;
    }
    None
}

/// The place of an item of a list, from that of one of its fields: `/3/payments/0` of `/3/payments/0/amount`, where
/// `path` is `payments/0`. The record's own place may hold the like of that path.
pub(crate) fn item_place(record: &Record, field: &Field, path: &str) -> Locator {
    let at = &field.locator.at;
    let from = if at.starts_with(&record.locator.at) { record.locator.at.len() } else { 0 };
    let end = at[from..].find(path).map_or(at.len(), |start| from + start + path.len());
    Locator { entry: field.locator.entry.clone(), at: at[..end].to_owned() }
}

/// The last step of a name.
pub(crate) fn last_step(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The fields of a role that belong to the record itself and are not empty.
pub(crate) fn own(record: &Record, role: Role) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(move |f| f.role == role && !f.value.is_empty() && !in_list(&f.name))
}

/// The first own value of a role.
pub(crate) fn own_value(record: &Record, role: Role) -> Option<&str> {
    own(record, role).map(|f| f.value.as_str()).next()
}

/// The first own amount of a role, with the record's own currency where the amount has none.
pub(crate) fn own_money(record: &Record, role: Role) -> Option<Money> {
    own(record, role).find_map(|f| match &f.reading {
        Reading::Money(money) => Some(with_currency(record, money)),
        _ => None,
    })
}

/// The first own day of a role.
pub(crate) fn own_day(record: &Record, role: Role) -> Option<Day> {
    own(record, role).find_map(Moment::of).map(|m| m.day)
}

/// The amount with the record's currency code where it has none of its own.
pub(crate) fn with_currency(record: &Record, money: &Money) -> Money {
    if money.currency.is_some() {
        return money.clone();
    }
    let code = own_value(record, Role::Currency)
        .filter(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_alphabetic()))
        .map(str::to_ascii_uppercase);
    Money { amount: money.amount, currency: code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_through_lists_are_cut_at_the_first_position() {
        for (name, wanted) in [
            ("messages/0/body", Some(("messages", "0", "body"))),
            ("a/b/12/c/3/d", Some(("a/b", "12", "c/3/d"))),
            ("0/x", Some(("", "0", "x"))),
            ("tags/1", Some(("tags", "1", ""))),
            ("address/line1", None),
            ("", None),
        ] {
            assert_eq!(list_step(name), wanted, "{name}");
        }
    }

    #[test]
    fn moments_stand_in_time_whatever_their_zone() {
        let at = |time: &str| {
            let day = Day::from_ymd_opt(2024, 2, 1).expect("a day");
            let time = (!time.is_empty()).then(|| time.to_owned());
            Moment { day, time, ambiguous: false }.order()
        };
        assert!(at("10:00:00Z") > at("11:30:00+02:00"));
        assert!(at("10:00") < at("10:00:01"));
        assert!(at("10:00Z") > at("09:59:59Z"));
        assert!(at("10:00+02:00") < at("08:00:01"));
        assert!(at("") < at("00:00:00.5"));
        assert_eq!(at("not a time"), at(""));
    }
}
