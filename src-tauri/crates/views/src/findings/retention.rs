//! `older_than_term`: records that the controller said it would have deleted by now.

use std::collections::BTreeMap;

use chrono::Months;
use records::{Day, Kind, RecordId, What};

use crate::findings::{Code, Finding, Right, Weight, few};
use crate::limits::FINDING_RECORDS_MAX;

/// A term that the controller declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its name in the profile: `R4`.
    pub id: String,
    /// The kinds that it covers; all when empty.
    pub kinds: Vec<Kind>,
    /// What it covers within them; all when empty.
    pub whats: Vec<What>,
    /// The entries that it covers, by their positions; all when empty. A policy speaks of a prospecting file, which
    /// no kind tells.
    pub entries: Vec<u32>,
    /// How long such records are kept.
    pub months: u32,
    /// From when the term runs.
    pub start: TermStart,
}

/// From when a term runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermStart {
    /// From the day of each record.
    Record,
    /// From one day for all, such as the end of the contract; records younger than that day start by themselves.
    Day(Day),
}

/// Gathers what is older than its term, one record at a time; only counts and a few records are held.
///
/// Source: Art. 5(1)(e) GDPR (storage limitation), Art. 13(2)(a) (the term declared), Art. 17(1)(a) (erasure of what
/// is no longer necessary); the terms themselves come from the controller's own policy and are handed in.
///
/// Fires when the day of a record plus the term lies before `today`. Left alone: records without a day, the last day
/// of the term, kinds for which nothing was declared, days in the future.
#[derive(Debug, Clone)]
pub struct Retention {
    today: Day,
    terms: Vec<(Term, Old)>,
}

#[derive(Debug, Clone, Default)]
struct Old {
    count: u64,
    oldest: Option<Day>,
    kinds: BTreeMap<Kind, u64>,
    /// The oldest ones, oldest first.
    records: Vec<(Day, RecordId)>,
}

impl Retention {
    /// Terms, and the day on which they are looked at: the export's own.
    pub fn new(terms: Vec<Term>, today: Day) -> Self {
        Self { today, terms: terms.into_iter().map(|term| (term, Old::default())).collect() }
    }

    /// Looks at one record.
    pub fn add(&mut self, id: RecordId, kind: Kind, what: What, day: Day) {
        for (term, old) in &mut self.terms {
            if term.covers(id, kind, what) && term.ended(day).is_some_and(|end| end < self.today) {
                old.add(id, kind, day);
            }
        }
    }

    /// One finding for each term that was not kept.
    pub fn findings(&self) -> Vec<Finding> {
        self.terms
            .iter()
            .filter(|(_, old)| old.count > 0)
            .map(|(term, old)| self.finding(term, old))
            .collect()
    }

    fn finding(&self, term: &Term, old: &Old) -> Finding {
        let kind =
            old.kinds.iter().max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind))).map(|(kind, _)| *kind);
        let args = BTreeMap::from([
            ("term", term.id.clone()),
            ("months", term.months.to_string()),
            ("count", old.count.to_string()),
            ("oldest", old.oldest.map(|d| d.to_string()).unwrap_or_default()),
            ("day", self.today.to_string()),
        ]);
        Finding {
            code: Code::OlderThanTerm,
            weight: Weight::Warn,
            kind: kind.unwrap_or(Kind::Other),
            args,
            records: few(old.records.iter().map(|(_, id)| *id)),
            right: Some(Right::Erasure),
        }
    }
}

impl Term {
    fn covers(&self, id: RecordId, kind: Kind, what: What) -> bool {
        (self.entries.is_empty() || self.entries.contains(&id.entry.0))
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.whats.is_empty() || self.whats.contains(&what))
    }

    /// The last day on which a record of that day may be kept.
    fn ended(&self, day: Day) -> Option<Day> {
        let start = match self.start {
            TermStart::Record => day,
            TermStart::Day(start) => start.max(day),
        };
        start.checked_add_months(Months::new(self.months))
    }
}

impl Old {
    fn add(&mut self, id: RecordId, kind: Kind, day: Day) {
        self.count += 1;
        *self.kinds.entry(kind).or_default() += 1;
        self.oldest = Some(self.oldest.map_or(day, |oldest| oldest.min(day)));
        let at = self.records.partition_point(|known| *known <= (day, id));
        if at < FINDING_RECORDS_MAX {
            self.records.insert(at, (day, id));
            self.records.truncate(FINDING_RECORDS_MAX);
        }
    }
}
