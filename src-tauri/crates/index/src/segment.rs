//! One closed part of the index: tantivy's postings, and beside them what each document is.

use std::ops::Range;
use std::sync::Arc;

use records::{EntryId, Kind, RecordId};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, TantivyError};

use crate::bits::Bits;
use crate::document::{Doc, LETTERS, Place};

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

/// What each document of a segment is. Own columns rather than tantivy's: entries and numbers come in rows and fold
/// to nearly nothing, amounts are few, and reading a day is one load.
#[derive(Debug, Default)]
pub(crate) struct Table {
    stretches: Vec<Stretch>,
    days: Vec<DayNumber>,
    /// Documents and their amounts, in the order of the documents.
    amounts: Vec<(u32, i64)>,
    /// The classes of first letters in each document; moved into `letters` when the segment closes.
    masks: Vec<u64>,
    letters: Vec<Bits>,
}

impl Table {
    pub(crate) fn add(&mut self, doc: &Doc<'_>, letters: u64) {
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
        self.masks.push(letters);
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
    }

    pub(crate) fn bytes(&self) -> usize {
        self.stretches.capacity() * size_of::<Stretch>()
            + self.days.capacity() * size_of::<DayNumber>()
            + self.amounts.capacity() * size_of::<(u32, i64)>()
            + self.masks.capacity() * 8
            + self.letters.iter().map(Bits::bytes).sum::<usize>()
    }
}

/// A closed segment. It never changes.
#[derive(Clone)]
pub(crate) struct Segment {
    table: Arc<Table>,
    stretches: Vec<Stretch>,
    text: Arc<InvertedIndexReader>,
    title: Arc<InvertedIndexReader>,
    from: Arc<InvertedIndexReader>,
    to: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
    bytes: usize,
    /// Tells segments apart in the cache of prefixes.
    pub(crate) number: u64,
}

impl Segment {
    pub(crate) fn open(
        reader: &SegmentReader,
        mut table: Table,
        bytes: usize,
        number: u64,
    ) -> Result<Self, TantivyError> {
        table.close();
        let index = |place: Place| reader.inverted_index(place.field());
        Ok(Self {
            bytes: bytes + table.bytes(),
            stretches: std::mem::take(&mut table.stretches),
            table: Arc::new(table),
            text: index(Place::Text)?,
            title: index(Place::Title)?,
            from: index(Place::From)?,
            to: index(Place::To)?,
            norms: reader.get_fieldnorms_reader(Place::Text.field())?,
            number,
        })
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

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn index(&self, place: Place) -> &InvertedIndexReader {
        match place {
            Place::Text => &self.text,
            Place::Title => &self.title,
            Place::From => &self.from,
            Place::To => &self.to,
        }
    }

    /// How many words the texts hold.
    pub(crate) fn words(&self) -> u64 {
        self.text.total_num_tokens()
    }

    /// The class of the length of a document's text.
    pub(crate) fn norm(&self, doc: u32) -> u8 {
        self.norms.fieldnorm_id(doc)
    }

    pub(crate) fn term(&self, place: Place, word: &str) -> Option<TermInfo> {
        // The segment lies in memory, so reading it does not fail; if it ever does, the word is not there.
        self.index(place).terms().get(word.as_bytes()).ok().flatten()
    }

    /// The documents of a term, block by block; a term given by a prefix range reuses `block`.
    pub(crate) fn block(
        &self,
        place: Place,
        term: &TermInfo,
        option: IndexRecordOption,
    ) -> BlockSegmentPostings {
        self.index(place)
            .read_block_postings_from_terminfo(term, option)
            .unwrap_or_else(|_| BlockSegmentPostings::empty())
    }

    /// The documents of a term with the positions of the word in them.
    pub(crate) fn positions(&self, place: Place, term: &TermInfo) -> SegmentPostings {
        let option = IndexRecordOption::WithFreqsAndPositions;
        self.index(place)
            .read_postings_from_terminfo(term, option)
            .unwrap_or_else(|_| SegmentPostings::empty())
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
