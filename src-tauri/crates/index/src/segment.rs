//! One closed part of the index: postings, and beside them what each document is.

use std::ops::Range;
use std::sync::Arc;

use records::{EntryId, Kind, RecordId};

use crate::bits::Bits;
use crate::document::{ByPlace, Doc, LETTERS, Measure, Place};
use crate::postings::{Cursor, Postings, Term};

/// A day as a number; the greatest stands for none.
pub(crate) type DayNumber = i32;
pub(crate) const NO_DAY: DayNumber = DayNumber::MAX;

/// Documents that follow one another as the rows of an entry do, so that most entries need one of these.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) first: u32,
    pub(crate) entry: EntryId,
    pub(crate) number: u32,
    pub(crate) kind: Kind,
}

/// What each document of a segment is. Entries and numbers come in rows and fold to nearly nothing, amounts are few,
/// and reading a day is one load.
#[derive(Debug, Default)]
pub(crate) struct Table {
    stretches: Vec<Stretch>,
    days: Vec<DayNumber>,
    /// Documents and their amounts, in the order of the documents.
    amounts: Vec<(u32, i64)>,
    /// How many words each document's text has; a text so long that two bytes do not count it is long enough.
    lengths: Vec<u16>,
    /// The classes of first letters in each document; moved into `letters` when the segment closes.
    masks: Vec<u64>,
    letters: Vec<Bits>,
}

impl Table {
    pub(crate) fn add(&mut self, doc: &Doc<'_>, measure: Measure) {
        let at = self.len();
        let RecordId { entry, number } = doc.id;
        let goes_on = self.stretches.last().is_some_and(|s| {
            s.entry == entry && s.kind == doc.kind && s.number.checked_add(at - s.first) == Some(number)
        });
        if !goes_on {
            self.stretches.push(Stretch { first: at, entry, number, kind: doc.kind });
        }
        self.days.push(doc.day.map_or(NO_DAY, |day| chrono::Datelike::num_days_from_ce(&day)));
        self.amounts.extend(doc.amounts.iter().map(|amount| (at, *amount)));
        self.lengths.push(u16::try_from(measure.length).unwrap_or(u16::MAX));
        self.masks.push(measure.letters);
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.days.len()).expect("a segment is closed long before it has 2^32 documents")
    }

    fn close(&mut self) {
        self.letters = vec![Bits::none(self.len()); LETTERS as usize];
        for (doc, mask) in (0u32..).zip(std::mem::take(&mut self.masks)) {
            let mut rest = mask;
            while rest != 0 {
                let class = rest.trailing_zeros();
                rest &= rest - 1;
                self.letters[class as usize].insert(doc);
            }
        }
        self.stretches.shrink_to_fit();
        self.days.shrink_to_fit();
        self.amounts.shrink_to_fit();
        self.lengths.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.stretches.capacity() * size_of::<Stretch>()
            + self.days.capacity() * size_of::<DayNumber>()
            + self.amounts.capacity() * size_of::<(u32, i64)>()
            + self.lengths.capacity() * size_of::<u16>()
            + self.masks.capacity() * size_of::<u64>()
            + self.letters.iter().map(Bits::bytes).sum::<usize>()
    }
}

/// A closed segment. It never changes.
#[derive(Clone)]
pub(crate) struct Segment {
    table: Arc<Table>,
    stretches: Vec<Stretch>,
    postings: Arc<ByPlace<Postings>>,
    /// Tells segments apart in the cache of prefixes.
    pub(crate) number: u64,
}

impl Segment {
    pub(crate) fn new(postings: ByPlace<Postings>, mut table: Table, number: u64) -> Self {
        table.close();
        Self {
            stretches: std::mem::take(&mut table.stretches),
            table: Arc::new(table),
            postings: Arc::new(postings),
            number,
        }
    }

    /// The same segment, with records of an entry taken for another kind; none if it has no record of that entry.
    pub(crate) fn corrected(&self, entry: EntryId, kind: &impl Fn(u32) -> Option<Kind>) -> Option<Self> {
        if self.stretches.iter().all(|s| s.entry != entry) {
            return None;
        }
        let mut stretches: Vec<Stretch> = Vec::with_capacity(self.stretches.len());
        for (stretch, docs) in self.stretches() {
            if stretch.entry != entry {
                stretches.push(*stretch);
                continue;
            }
            for first in docs {
                let number = stretch.number + (first - stretch.first);
                let kind = kind(number).unwrap_or(stretch.kind);
                if stretches
                    .last()
                    .is_none_or(|s| s.entry != entry || s.kind != kind || first == stretch.first)
                {
                    stretches.push(Stretch { first, entry, number, kind });
                }
            }
        }
        Some(Self { stretches, ..self.clone() })
    }

    pub(crate) fn len(&self) -> u32 {
        self.table.len()
    }

    /// The memory that it holds, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.stretches.capacity() * size_of::<Stretch>()
            + self.table.bytes()
            + self.postings.iter().map(Postings::bytes).sum::<usize>()
    }

    /// How many words the texts hold.
    pub(crate) fn words(&self) -> u64 {
        self.postings.of(Place::Text).tokens()
    }

    /// How many words a document's text has.
    pub(crate) fn length(&self, doc: u32) -> u16 {
        self.table.lengths[doc as usize]
    }

    pub(crate) fn term(&self, place: Place, word: &str) -> Option<Term> {
        self.postings.of(place).term(word)
    }

    /// Calls `act` for each word that begins with `prefix`, in their order.
    pub(crate) fn each_term(&self, place: Place, prefix: &str, act: impl FnMut(Term)) {
        self.postings.of(place).each_term(prefix, act);
    }

    /// The documents of a term.
    pub(crate) fn cursor(&self, place: Place, term: Term) -> Cursor<'_> {
        self.postings.of(place).cursor(term)
    }

    /// The documents with a word that begins with a letter or digit of this class.
    pub(crate) fn letter(&self, class: u32) -> &Bits {
        &self.table.letters[class as usize]
    }

    pub(crate) fn day(&self, doc: u32) -> DayNumber {
        self.table.days[doc as usize]
    }

    pub(crate) fn days(&self) -> &[DayNumber] {
        &self.table.days
    }

    pub(crate) fn amounts(&self) -> &[(u32, i64)] {
        &self.table.amounts
    }

    /// The stretches and the documents that each of them covers.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (&Stretch, Range<u32>)> {
        let next = self.stretches.iter().skip(1).map(|s| s.first).chain([self.len()]);
        self.stretches.iter().zip(next).map(|(s, end)| (s, s.first..end))
    }

    /// The stretch of a document; `hint` is where to look first and is left where it was found.
    pub(crate) fn stretch(&self, doc: u32, hint: &mut usize) -> &Stretch {
        let all = &self.stretches;
        let fits = |i: usize| all[i].first <= doc && all.get(i + 1).is_none_or(|next| doc < next.first);
        if !fits(*hint) {
            *hint = match *hint + 1 < all.len() && fits(*hint + 1) {
                true => *hint + 1,
                false => all.partition_point(|s| s.first <= doc).saturating_sub(1),
            };
        }
        &all[*hint]
    }
}
