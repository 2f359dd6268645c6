//! Full-text search over records: words, phrases, prefixes and filters in, hits with exact counts out.
//!
//! Reading threads add records, each through a [`Writer`] of its own; every so often a writer closes what it has into
//! a segment, which [`Index::search`] sees at once. A search looks at all segments and scores with the counts of all
//! of them, so the answer does not depend on how the records were spread over threads.
//!
//! It deliberately does not know archives, files or the fields of a record, and it does not keep the text: whoever
//! shows a hit reads it again, and asks [`Query::marks`] what to highlight.

mod bits;
mod document;
mod files;
mod find;
mod fold;
mod lexemes;
mod marks;
mod parse;
mod phrase;
mod postings;
mod query;
mod run;
mod score;
mod search;
mod segment;
mod tokens;
mod trouble;
mod values;
mod writer;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use find::Prefixes;
use segment::Segment;

pub use document::{Doc, Words};
pub use files::{EntrySet, FilePattern};
pub use marks::Snippet;
pub use query::{Filters, Query, Typing};
pub use search::{Answer, Facets, Hit, Order, Page};
pub use trouble::{QueryTrouble, TroubleCode};
pub use writer::Writer;

/// The index of an export. It lives in memory; cloning it shares it.
#[derive(Clone, Default)]
pub struct Index {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    segments: RwLock<Arc<Vec<Arc<Segment>>>>,
    count: AtomicU64,
    prefixes: Prefixes,
}

impl Index {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer for one thread.
    pub fn writer(&self) -> Writer {
        Writer::new(self)
    }

    /// Answers a query from everything published so far.
    pub fn search(&self, query: &Query, page: Page) -> Answer {
        search::search(&self.shared, query, page)
    }

    /// Takes records of an entry for another kind from here on: `kind` tells it by the record's number.
    pub fn correct(&self, entry: records::EntryId, kind: impl Fn(u32) -> Option<records::Kind>) {
        let mut segments = self.shared.segments.write().unwrap_or_else(PoisonError::into_inner);
        let corrected =
            segments.iter().map(|s| s.corrected(entry, &kind).map_or_else(|| Arc::clone(s), Arc::new));
        *segments = Arc::new(corrected.collect());
    }

    /// How many records can be found.
    pub fn len(&self) -> u64 {
        self.shared.segments().iter().map(|s| u64::from(s.len())).sum()
    }

    /// Whether no record can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The memory that the searchable part holds, in bytes.
    pub fn bytes(&self) -> usize {
        self.shared.segments().iter().map(|s| s.bytes()).sum()
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} records, {} bytes)", self.len(), self.bytes())
    }
}

impl Shared {
    fn segments(&self) -> Arc<Vec<Arc<Segment>>> {
        Arc::clone(&self.segments.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn publish(&self, segment: Segment) {
        let mut segments = self.segments.write().unwrap_or_else(PoisonError::into_inner);
        let mut longer = Vec::clone(&segments);
        longer.push(Arc::new(segment));
        *segments = Arc::new(longer);
    }

    fn next_segment(&self) -> u64 {
        self.count.fetch_add(1, Ordering::Relaxed)
    }
}
