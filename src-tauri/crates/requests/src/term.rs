//! Ends of terms: months added to a day, and the ten years of accounting documents.

use chrono::{Datelike, Months};

use records::{Day, Record, What};

/// Years for which France has accounting documents kept (Code de commerce, art. L123-22).
pub(crate) const ACCOUNTING_YEARS: i32 = 10;

/// Whether a record is an accounting document, as far as its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accounting {
    /// An invoice or a credit note.
    Document,
    /// A payment, refund or order: perhaps a voucher.
    Perhaps,
    /// Neither.
    No,
}

pub(crate) fn accounting(record: &Record) -> Accounting {
    match record.what {
        What::Invoice | What::CreditNote => Accounting::Document,
        What::Payment | What::Refund | What::Order => Accounting::Perhaps,
        _ => Accounting::No,
    }
}

/// The last day on which an accounting document of that day must be kept, if the financial year is the calendar year.
pub(crate) fn kept_until(day: Day) -> Option<Day> {
    Day::from_ymd_opt(day.year().checked_add(ACCOUNTING_YEARS)?, 12, 31)
}

/// The day some months later, at the end of the month where that day does not exist. A term that the controller chose
/// itself is not moved to a working day.
pub(crate) fn months_later(day: Day, months: u32) -> Option<Day> {
    day.checked_add_months(Months::new(months))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("the test's days are days")
    }

    #[test]
    fn months_end_where_the_rules_of_terms_say() {
        for (from, months, to) in [
            ("2016-02-29", 120, "2026-02-28"),
            ("2021-12-10", 13, "2023-01-10"),
            ("2021-12-10", 6, "2022-06-10"),
            ("2025-08-31", 6, "2026-02-28"),
        ] {
            assert_eq!(months_later(day(from), months), Some(day(to)), "{from} and {months} months");
        }
    }

    #[test]
    fn accounting_documents_are_kept_ten_years_from_the_end_of_the_year() {
        assert_eq!(kept_until(day("2024-02-05")), Some(day("2034-12-31")));
        assert_eq!(kept_until(day("2016-12-31")), Some(day("2026-12-31")));
        assert_eq!(kept_until(Day::MAX), None);
    }
}
