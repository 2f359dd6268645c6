//! Adds records to the index: one writer a thread, with no queue between the reader of a file and the index.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::document::{Doc, Words};
use crate::segment::{Segment, Table};
use crate::{Index, Shared};

/// The first part of what a thread reads becomes searchable after this long, so that hits come within a second.
const FIRST_AFTER: Duration = Duration::from_millis(300);
/// A slow input shows what it has after this long.
const NEXT_AFTER: Duration = Duration::from_secs(5);
/// A part is closed when it needs this much; two threads and their closed parts stay far below 450 MB.
const OPEN_BYTES_MAX: usize = 64 << 20;
/// How many documents go by between two looks at the clock and the memory.
const LOOK_EVERY: u32 = 64;

/// Adds records. Each thread has its own; what it added is searchable after `publish`, which also happens by itself
/// by time and by memory, and when the writer is dropped.
pub struct Writer {
    shared: Arc<Shared>,
    open: Option<Open>,
    published: bool,
}

/// A segment that is being written.
struct Open {
    words: Words,
    table: Table,
    since: Instant,
    look_in: u32,
}

impl Writer {
    pub(crate) fn new(index: &Index) -> Self {
        Self { shared: Arc::clone(&index.shared), open: None, published: false }
    }

    /// Adds a record; `say` gives its words.
    pub fn add(&mut self, doc: &Doc<'_>, say: impl FnOnce(&mut Words)) {
        let open = self.open.get_or_insert_with(Open::new);
        say(&mut open.words);
        let measure = open.words.end(open.table.len());
        open.table.add(doc, measure);

        open.look_in -= 1;
        let large = measure.length > 1 << 16;
        if open.look_in == 0 || large {
            open.look_in = LOOK_EVERY;
            let patience = if self.published { NEXT_AFTER } else { FIRST_AFTER };
            if open.since.elapsed() >= patience || open.bytes() >= OPEN_BYTES_MAX {
                self.publish();
            }
        }
    }

    /// Makes everything added so far searchable.
    pub fn publish(&mut self) {
        let Some(Open { words, table, .. }) = self.open.take() else { return };
        self.shared.publish(Segment::new(words.close(), table, self.shared.next_segment()));
        self.published = true;
    }

    /// Makes everything searchable and ends the writer.
    pub fn finish(self) {
        drop(self);
    }
}

impl Drop for Writer {
    /// A thread that ends early still shows what it read.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.publish();
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
    fn new() -> Self {
        Self { words: Words::default(), table: Table::default(), since: Instant::now(), look_in: LOOK_EVERY }
    }

    fn bytes(&self) -> usize {
        self.words.bytes() + self.table.bytes()
    }
}
