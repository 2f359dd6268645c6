//! Answers a query: counts, facets and the first hits, in one order for every way the records were added.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::Datelike;
use records::{Day, EntryId, Kind, RecordId};

use crate::Shared;
use crate::bits::Bits;
use crate::find::{Finder, Hurry};
use crate::query::{Filters, Query};
use crate::score::Scores;
use crate::segment::{DayNumber, NO_DAY, Segment};

/// The order of the hits. Equal ones stand in the order of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The best first.
    #[default]
    Score,
    /// The newest day first, then those without a day.
    Newest,
    /// The oldest day first, then those without a day.
    Oldest,
    /// As in the export.
    Export,
}

/// Which hits to give. The counts are of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give at most; `usize::MAX` for all.
    pub top: usize,
    /// Their order.
    pub order: Order,
}

impl Default for Page {
    fn default() -> Self {
        Self { offset: 0, top: 20, order: Order::default() }
    }
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How many records the query means, exactly.
    pub total: u64,
    /// The hits of the page.
    pub hits: Vec<Hit>,
    /// How many there are of each kind, year and entry.
    pub facets: Facets,
    /// How long it took.
    pub took: Duration,
}

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its position.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// The day it is about.
    pub day: Option<Day>,
    /// How well it fits, 0 if the query has nothing to measure by.
    pub score: f32,
}

/// Counts by kind, year and entry. Each counts as if nothing had been chosen in its own filter, so that the other
/// values of a filter show what choosing them would give.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// The kinds that occur, in their order.
    pub kinds: Vec<(Kind, u64)>,
    /// The years that occur, in their order.
    pub years: Vec<(i32, u64)>,
    /// How many records have no day.
    pub undated: u64,
    /// The entries with the most records, first the largest.
    pub entries: Vec<(EntryId, u64)>,
    /// How many more entries there are.
    pub more_entries: u64,
}

/// How many entries a facet lists.
const ENTRIES_MAX: usize = 50;

pub(crate) fn search(shared: &Shared, query: &Query, page: Page) -> Answer {
    let start = Instant::now();
    let segments = shared.segments();
    let scores = (page.order == Order::Score).then(|| Scores::new(&segments, query));
    let hurry = Hurry::new(&segments);
    let mut count = Count::default();
    let mut best = Best::new(page);
    let mut total = 0;
    for segment in segments.iter() {
        let finder = Finder { segment, prefixes: &shared.prefixes, hurry: &hurry };
        let found = finder.find(&query.root);
        let within = Within::new(&finder, &query.filters);
        let hits = within.keep(segment, &found, None);
        total += hits.count();
        let without = |facet: Facet| match within.has(facet) {
            true => within.keep(segment, &found, Some(facet)),
            false => hits.clone(),
        };
        count.kinds(segment, &without(Facet::Kind));
        count.entries(segment, &without(Facet::Entry));
        count.years(segment, &without(Facet::Day));
        best.take(segment, &hits, scores.as_ref().map(|s| s.of(&finder, &hits)));
    }
    Answer { total, hits: best.hits(), facets: count.facets(), took: start.elapsed() }
}

/// A filter that has a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Kind,
    Entry,
    Day,
}

/// The filters, as far as one segment is concerned.
struct Within {
    kinds: Option<Bits>,
    entries: Option<Bits>,
    days: Option<(DayNumber, DayNumber)>,
}

impl Within {
    fn new(finder: &Finder<'_>, filters: &Filters) -> Self {
        let number = |day: Option<Day>| day.map(|d| d.num_days_from_ce());
        let dated = filters.from.is_some() || filters.to.is_some();
        Self {
            kinds: filters.kinds.as_ref().map(|kinds| finder.kinds(kinds)),
            entries: filters.entries.as_ref().map(|entries| finder.entries(entries)),
            // The greatest number stands for records without a day.
            days: dated.then(|| {
                (number(filters.from).unwrap_or(DayNumber::MIN), number(filters.to).unwrap_or(NO_DAY - 1))
            }),
        }
    }

    fn has(&self, facet: Facet) -> bool {
        match facet {
            Facet::Kind => self.kinds.is_some(),
            Facet::Entry => self.entries.is_some(),
            Facet::Day => self.days.is_some(),
        }
    }

    /// What is left of `found`, with one of the filters left out.
    fn keep(&self, segment: &Segment, found: &Bits, but: Option<Facet>) -> Bits {
        let mut bits = found.clone();
        for (facet, some) in [(Facet::Kind, &self.kinds), (Facet::Entry, &self.entries)] {
            if let Some(some) = some
                && but != Some(facet)
            {
                bits.and(some);
            }
        }
        if let Some((from, to)) = self.days
            && but != Some(Facet::Day)
        {
            bits.retain(|doc| (from..=to).contains(&segment.day(doc)));
        }
        bits
    }
}

/// Counts for the facets, over all segments.
#[derive(Default)]
struct Count {
    kinds: BTreeMap<Kind, u64>,
    entries: BTreeMap<EntryId, u64>,
    years: Years,
    undated: u64,
}

impl Count {
    fn kinds(&mut self, segment: &Segment, bits: &Bits) {
        for (stretch, docs) in segment.stretches() {
            let count = bits.count_range(docs.start, docs.end);
            if count > 0 {
                *self.kinds.entry(stretch.kind).or_default() += count;
            }
        }
    }

    fn entries(&mut self, segment: &Segment, bits: &Bits) {
        for (stretch, docs) in segment.stretches() {
            let count = bits.count_range(docs.start, docs.end);
            if count > 0 {
                *self.entries.entry(stretch.entry).or_default() += count;
            }
        }
    }

    fn years(&mut self, segment: &Segment, bits: &Bits) {
        for doc in bits.iter() {
            match segment.day(doc) {
                NO_DAY => self.undated += 1,
                day => self.years.add(day),
            }
        }
    }

    fn facets(self) -> Facets {
        let mut entries: Vec<(EntryId, u64)> = self.entries.into_iter().collect();
        entries.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
        let more_entries = entries.len().saturating_sub(ENTRIES_MAX) as u64;
        entries.truncate(ENTRIES_MAX);
        let kinds = self.kinds.into_iter().collect();
        Facets { kinds, years: self.years.counts(), undated: self.undated, entries, more_entries }
    }
}

/// Counts by year. Dates of an export lie close together, so the years of this age have a place each, found without a
/// division into a calendar; all others go the long way.
struct Years {
    near: [u64; NEAR_YEARS],
    far: BTreeMap<i32, u64>,
}

/// 1970 to 2099: every fourth year of them is a leap year.
const NEAR_FROM: i32 = 1970;
const NEAR_YEARS: usize = 130;
/// 1 January 1970 in days since year 1.
const NEAR_FROM_DAY: DayNumber = 719_163;
/// The days from 1 January 1970 to that of each year.
static NEAR_STARTS: [u32; NEAR_YEARS + 1] = {
    let mut starts = [0; NEAR_YEARS + 1];
    let (mut i, mut day) = (0, 0);
    while i <= NEAR_YEARS {
        starts[i] = day;
        day += if i % 4 == 2 { 366 } else { 365 };
        i += 1;
    }
    starts
};

impl Default for Years {
    fn default() -> Self {
        Self { near: [0; NEAR_YEARS], far: BTreeMap::new() }
    }
}

impl Years {
    fn add(&mut self, day: DayNumber) {
        match near(day) {
            Some(year) => self.near[year] += 1,
            None => {
                if let Some(day) = Day::from_num_days_from_ce_opt(day) {
                    *self.far.entry(day.year()).or_default() += 1;
                }
            }
        }
    }

    fn counts(mut self) -> Vec<(i32, u64)> {
        self.far.extend((NEAR_FROM..).zip(self.near).filter(|(_, count)| *count > 0));
        self.far.into_iter().collect()
    }
}

/// The year of a day, counted from 1970, if it has a place.
fn near(day: DayNumber) -> Option<usize> {
    let since =
        u32::try_from(day.checked_sub(NEAR_FROM_DAY)?).ok().filter(|d| *d < NEAR_STARTS[NEAR_YEARS])?;
    // Right or one too few: the leap day comes in the third year of four.
    let year = (since * 4 / 1461) as usize;
    Some(if since < NEAR_STARTS[year + 1] { year } else { year + 1 })
}

/// The best hits so far: sorted by a key whose smallest value comes first.
struct Best {
    page: Page,
    wanted: usize,
    kept: Vec<(Key, Hit)>,
    /// No key above this one is among the wanted.
    bar: Option<Key>,
}

/// What the order says, then the position in the export: no two records have the same.
type Key = (u32, RecordId);

impl Best {
    fn new(page: Page) -> Self {
        Self { page, wanted: page.offset.saturating_add(page.top), kept: Vec::new(), bar: None }
    }

    fn take(&mut self, segment: &Segment, hits: &Bits, scores: Option<Vec<f32>>) {
        if self.wanted == 0 {
            return;
        }
        let scores = scores.unwrap_or_default();
        let mut hint = 0;
        for (i, doc) in hits.iter().enumerate() {
            let score = scores.get(i).copied().unwrap_or_default();
            let day = segment.day(doc);
            let first = match self.page.order {
                // The bits of floats that are not negative are ordered as they are.
                Order::Score => !score.max(0.0).to_bits(),
                Order::Newest if day == NO_DAY => u32::MAX,
                Order::Newest => !day.cast_unsigned().wrapping_add(1 << 31),
                Order::Oldest => day.cast_unsigned().wrapping_add(1 << 31),
                Order::Export => 0,
            };
            if self.bar.is_some_and(|(bar, _)| first > bar) {
                continue;
            }
            let stretch = segment.stretch(doc, &mut hint);
            let id = RecordId { entry: stretch.entry, number: stretch.number + (doc - stretch.first) };
            if self.bar.is_some_and(|bar| (first, id) > bar) {
                continue;
            }
            let day = if day == NO_DAY { None } else { Day::from_num_days_from_ce_opt(day) };
            self.kept.push(((first, id), Hit { id, kind: stretch.kind, day, score }));
            if self.kept.len() >= self.wanted.saturating_mul(2).max(64) {
                self.cut();
            }
        }
    }

    /// Drops all but the wanted.
    fn cut(&mut self) {
        if self.wanted < self.kept.len() {
            self.kept.select_nth_unstable_by_key(self.wanted - 1, |(key, _)| *key);
            self.kept.truncate(self.wanted);
            self.bar = self.kept.last().map(|(key, _)| *key);
        }
    }

    fn hits(mut self) -> Vec<Hit> {
        self.kept.sort_unstable_by_key(|(key, _)| *key);
        self.kept.into_iter().map(|(_, hit)| hit).skip(self.page.offset).take(self.page.top).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_of_the_calendar() {
        for year in NEAR_FROM..2100 {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let number = Day::from_ymd_opt(year, month, day).map_or(NO_DAY, |d| d.num_days_from_ce());
                assert_eq!(
                    near(number).map(|y| y + 1970),
                    usize::try_from(year).ok(),
                    "{year}-{month}-{day}"
                );
            }
        }
        assert_eq!(near(NEAR_FROM_DAY - 1), None);
        assert_eq!(near(Day::from_ymd_opt(2100, 1, 1).map_or(0, |d| d.num_days_from_ce())), None);
        assert_eq!(near(NO_DAY), None);
    }
}
