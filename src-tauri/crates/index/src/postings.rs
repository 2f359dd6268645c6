//! Where each word stands: which documents hold it, how often, and at which positions.
//!
//! A [`Collector`] takes words as they come and closes into [`Postings`], which lie in memory as three streams of small
//! numbers: documents, positions, and the places to skip to. It is made for what an export is: written once, by several
//! threads, as fast as it can be read, and with more numbers and ids, which stand in one document each, than words.

mod collect;
mod dictionary;
#[cfg(test)]
mod tests;
mod varint;

use dictionary::Dictionary;
use varint::{pass, take};

pub(crate) use collect::Collector;

/// What `Cursor::doc` says behind the last document: greater than any.
pub(crate) const END: u32 = u32::MAX;

/// How many documents lie between two places to skip to.
const SKIP_DOCS: u32 = 128;

/// The postings of one place, closed.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    dictionary: Dictionary,
    /// For each document of a word the distance from the one before, doubled, plus one if the word stands there once;
    /// if it does not, how often.
    docs: Vec<u8>,
    /// For each document of a word the distances of its positions, the first one from 0.
    positions: Vec<u8>,
    skips: Vec<Skip>,
    tokens: u64,
}

/// The state behind every 128 documents of a word.
#[derive(Debug, Clone, Copy)]
struct Skip {
    /// The last document before.
    doc: u32,
    docs: u32,
    positions: u32,
}

/// A word of a dictionary.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Term {
    /// How many documents hold it.
    pub(crate) doc_freq: u32,
    /// Where its documents, positions and places to skip to begin.
    docs: u32,
    positions: u32,
    skips: u32,
}

impl Postings {
    pub(crate) fn term(&self, word: &str) -> Option<Term> {
        self.dictionary.get(word.as_bytes())
    }

    /// Calls `act` for each word that begins with `prefix`, in their order.
    pub(crate) fn each_term(&self, prefix: &str, act: impl FnMut(Term)) {
        self.dictionary.each(prefix.as_bytes(), act);
    }

    /// The documents of a term, from the first one on.
    pub(crate) fn cursor(&self, term: Term) -> Cursor<'_> {
        let skips = term.skips as usize;
        let mut cursor = Cursor {
            postings: self,
            skips: &self.skips[skips..skips + (term.doc_freq.saturating_sub(1) / SKIP_DOCS) as usize],
            doc_freq: term.doc_freq,
            read: 0,
            doc: 0,
            freq: 0,
            docs_at: term.docs as usize,
            positions_at: term.positions as usize,
            unread: 0,
        };
        cursor.advance();
        cursor
    }

    /// How many words there are, each as often as it stands.
    pub(crate) fn tokens(&self) -> u64 {
        self.tokens
    }

    /// The memory that they hold, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.dictionary.size()
            + self.docs.capacity()
            + self.positions.capacity()
            + self.skips.capacity() * size_of::<Skip>()
    }
}

/// Walks over the documents of a word.
pub(crate) struct Cursor<'a> {
    postings: &'a Postings,
    skips: &'a [Skip],
    doc_freq: u32,
    /// How many documents were read, with the present one.
    read: u32,
    doc: u32,
    freq: u32,
    docs_at: usize,
    positions_at: usize,
    /// How many positions lie between `positions_at` and the end of the present document's.
    unread: u32,
}

impl Cursor<'_> {
    /// The present document, or `END`.
    pub(crate) fn doc(&self) -> u32 {
        self.doc
    }

    /// How often the word stands in the present document.
    pub(crate) fn freq(&self) -> u32 {
        self.freq
    }

    /// Goes to the next document.
    pub(crate) fn advance(&mut self) -> u32 {
        if self.read == self.doc_freq {
            self.doc = END;
            return END;
        }
        let value = take(&self.postings.docs, &mut self.docs_at);
        self.doc += value >> 1;
        self.freq = if value & 1 == 1 { 1 } else { take(&self.postings.docs, &mut self.docs_at) };
        self.unread += self.freq;
        self.read += 1;
        self.doc
    }

    /// Goes to the first document that is `wanted` or behind it. It never goes back.
    pub(crate) fn seek(&mut self, wanted: u32) -> u32 {
        if self.doc >= wanted {
            return self.doc;
        }
        let passed = (self.read / SKIP_DOCS) as usize;
        let ahead = self.skips.get(passed..).unwrap_or_default();
        if let Some(more) = ahead.partition_point(|skip| skip.doc < wanted).checked_sub(1) {
            let skip = ahead[more];
            self.doc = skip.doc;
            self.docs_at = skip.docs as usize;
            self.positions_at = skip.positions as usize;
            self.unread = 0;
            self.read = u32::try_from(passed + more + 1).expect("fewer than documents") * SKIP_DOCS;
            self.advance();
        }
        while self.doc < wanted {
            self.advance();
        }
        self.doc
    }

    /// Puts the positions of the word in the present document into `out`.
    pub(crate) fn positions(&mut self, out: &mut Vec<u32>) {
        let bytes = &self.postings.positions;
        pass(bytes, &mut self.positions_at, self.unread - self.freq);
        self.unread = self.freq;
        out.clear();
        let (mut at, mut position) = (self.positions_at, 0);
        for _ in 0..self.freq {
            position += take(bytes, &mut at);
            out.push(position);
        }
    }
}
