//! Adds records to the index: one writer a thread, with no queue between the reader of a file and the index.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tantivy::directory::RamDirectory;
use tantivy::index::SegmentReader;
use tantivy::store::Compressor;
use tantivy::{IndexSettings, SingleSegmentIndexWriter, TantivyError};

use crate::document::{Doc, Row, Words, schema, tokenizers};
use crate::segment::{Segment, Table};
use crate::{Index, Shared};

/// The first part of what a thread reads becomes searchable after this long, so that hits come within a second.
const FIRST_AFTER: Duration = Duration::from_millis(300);
/// A slow input shows what it has after this long.
const NEXT_AFTER: Duration = Duration::from_secs(5);
/// A part is closed when it needs this much; two threads and their closed parts stay far below 500 MB.
const ARENA_BYTES_MAX: usize = 64 << 20;
/// What tantivy sizes its first table of words by; the table grows. Small exports need no more, and pay for no more.
const TABLE_FROM_BYTES: usize = 8 << 20;
/// How many documents go by between two looks at the clock and the memory.
const LOOK_EVERY: u32 = 64;

/// Why a record could not be indexed.
#[derive(Debug, thiserror::Error)]
#[error("could not index: {0}")]
pub struct IndexError(#[from] TantivyError);

/// Adds records. Each thread has its own; what it added is searchable after `publish`, which also happens by itself
/// by time and by memory, and when the writer is dropped.
pub struct Writer {
    shared: Arc<Shared>,
    open: Option<Open>,
    words: Arc<Words>,
    letters: Arc<AtomicU64>,
    published: bool,
}

/// A segment that is being written.
struct Open {
    writer: SingleSegmentIndexWriter<Row>,
    directory: RamDirectory,
    table: Table,
    since: Instant,
    look_in: u32,
}

impl Writer {
    pub(crate) fn new(index: &Index) -> Self {
        Self {
            shared: Arc::clone(&index.shared),
            open: None,
            words: Arc::default(),
            letters: Arc::default(),
            published: false,
        }
    }

    /// Adds a record; `say` gives its words.
    pub fn add(&mut self, doc: &Doc<'_>, say: impl FnOnce(&mut Words)) -> Result<(), IndexError> {
        // tantivy drops its copy before `add_document` returns; were it ever kept, a new one is made.
        if Arc::get_mut(&mut self.words).is_none() {
            self.words = Arc::default();
        }
        let words = Arc::get_mut(&mut self.words).expect("made just above, and nobody else has it yet");
        words.clear();
        say(words);

        let open = match &mut self.open {
            Some(open) => open,
            None => self.open.insert(Open::new(&self.letters)?),
        };
        open.writer.add_document(Row(Arc::clone(&self.words)))?;
        open.table.add(doc, self.letters.swap(0, Ordering::Relaxed));

        open.look_in -= 1;
        let large = self.words.text.len() > 1 << 20;
        if open.look_in == 0 || large {
            open.look_in = LOOK_EVERY;
            let patience = if self.published { NEXT_AFTER } else { FIRST_AFTER };
            if open.since.elapsed() >= patience || open.bytes() >= ARENA_BYTES_MAX {
                self.publish()?;
            }
        }
        Ok(())
    }

    /// Makes everything added so far searchable.
    pub fn publish(&mut self) -> Result<(), IndexError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let segment = open.close(self.shared.next_segment())?;
        self.published = true;
        self.shared.publish(segment);
        Ok(())
    }

    /// Makes everything searchable and ends the writer.
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.publish()
    }
}

impl Drop for Writer {
    /// A thread that ends early still shows what it read; where it failed before it fails again, and nothing is shown.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.publish().ok();
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.open.as_ref().map_or(0, |open| open.table.len());
        write!(f, "Writer({waiting} records waiting)")
    }
}

impl Open {
    fn new(letters: &Arc<AtomicU64>) -> Result<Self, IndexError> {
        // Each segment has a directory of its own, so that no writer ever waits for another.
        let directory = RamDirectory::create();
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            // Nothing is stored; a thread to compress it would be one too many.
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let writer = tantivy::Index::builder()
            .schema(schema())
            .settings(settings)
            .tokenizers(tokenizers(Arc::clone(letters)))
            .single_segment_index_writer(directory.clone(), TABLE_FROM_BYTES)?;
        Ok(Self { writer, directory, table: Table::default(), since: Instant::now(), look_in: LOOK_EVERY })
    }

    fn bytes(&self) -> usize {
        self.writer.mem_usage() + self.table.bytes()
    }

    fn close(self, number: u64) -> Result<Segment, IndexError> {
        let index = self.writer.finalize()?;
        let segments = index.searchable_segments()?;
        let segment =
            segments.first().ok_or_else(|| TantivyError::InternalError("no segment was written".into()))?;
        let reader = SegmentReader::open(segment)?;
        Ok(Segment::open(&reader, self.table, self.directory.total_mem_usage(), number)?)
    }
}
