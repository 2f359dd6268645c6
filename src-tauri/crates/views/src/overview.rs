//! The numbers of the first screen: records by month, by kind, and by what they are.

use std::collections::BTreeMap;

use chrono::Datelike;
use records::{Day, Kind, What};

/// One month of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// Records by kind.
    pub kinds: BTreeMap<Kind, u64>,
}

/// Counts of records, gathered one at a time; nothing of a record is held.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    months: BTreeMap<(i32, u32), BTreeMap<Kind, u64>>,
    kinds: BTreeMap<Kind, u64>,
    whats: BTreeMap<What, u64>,
    undated: u64,
    days: Option<(Day, Day)>,
}

impl Tally {
    /// Counts one record.
    pub fn add(&mut self, kind: Kind, what: What, day: Option<Day>) {
        self.add_many(kind, what, day, 1);
    }

    /// Counts records of one kind and day at once, for logs of a million rows.
    pub fn add_many(&mut self, kind: Kind, what: What, day: Option<Day>, count: u64) {
        if count == 0 {
            return;
        }
        *self.kinds.entry(kind).or_default() += count;
        *self.whats.entry(what).or_default() += count;
        let Some(day) = day else {
            self.undated += count;
            return;
        };
        *self.months.entry((day.year(), day.month())).or_default().entry(kind).or_default() += count;
        self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }

    /// Months with records, oldest first; months without any are left out.
    pub fn months(&self) -> Vec<Month> {
        let month = |(&(year, month), kinds): (&(i32, u32), &BTreeMap<Kind, u64>)| Month {
            year,
            month,
            kinds: kinds.clone(),
        };
        self.months.iter().map(month).collect()
    }

    /// Records by kind.
    pub fn kinds(&self) -> &BTreeMap<Kind, u64> {
        &self.kinds
    }

    /// Records by what they are.
    pub fn whats(&self) -> &BTreeMap<What, u64> {
        &self.whats
    }

    /// Records without a day, which stand in no month.
    pub fn undated(&self) -> u64 {
        self.undated
    }

    /// The first and the last day that any record is about.
    pub fn days(&self) -> Option<(Day, Day)> {
        self.days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::day;

    #[test]
    fn months_and_what_has_no_day_make_up_all_records() {
        let mut tally = Tally::default();
        tally.add(Kind::Billing, What::Invoice, Some(day("2024-02-29")));
        tally.add(Kind::Billing, What::Payment, Some(day("2024-02-01")));
        tally.add(Kind::Account, What::Profile, None);
        tally.add_many(Kind::Activity, What::Login, Some(day("2021-12-31")), 4_000);
        tally.add_many(Kind::Activity, What::Login, Some(day("1999-12-31")), 0);

        let months = tally.months();
        assert_eq!(months.iter().map(|m| (m.year, m.month)).collect::<Vec<_>>(), [(2021, 12), (2024, 2)]);
        assert_eq!(months[1].kinds, BTreeMap::from([(Kind::Billing, 2)]));
        let dated: u64 = months.iter().flat_map(|m| m.kinds.values()).sum();
        assert_eq!(dated + tally.undated(), tally.kinds().values().sum::<u64>());
        assert_eq!(tally.whats()[&What::Login], 4_000);
        assert_eq!(tally.days(), Some((day("2021-12-31"), day("2024-02-29"))));
    }
}
