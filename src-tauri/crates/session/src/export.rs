//! The export as it lies open: the archive, the books of its entries, the index, and the way back to any record.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use archive::{Archive, EntryId, Oddity};
use files::{Layout, Row};
use index::Index;
use records::{Certainty, Plan, Record, RecordId, Service};

use crate::book::{Book, Line};
use crate::reading::Progress;
use crate::wire;

/// How much of an entry is read at once when many of its records are wanted.
const RUN_BYTES: u64 = 1 << 20;

/// Fields of a record that are looked at for a line in a list.
const GLIMPSE_FIELDS: usize = 64;

/// An open export.
pub(crate) struct Export {
    pub(crate) archive: Archive,
    pub(crate) index: Index,
    pub(crate) service: Option<(&'static Service, Certainty)>,
    pub(crate) progress: Progress,
    pub(crate) fingerprint: OnceLock<Result<String, String>>,
    pub(crate) took_ms: OnceLock<u64>,
    pub(crate) facts: Mutex<Option<crate::screens::Facts>>,
    pub(crate) since: Instant,
    books: Vec<Mutex<Book>>,
    notes: Mutex<Vec<Oddity>>,
}

impl Export {
    pub(crate) fn new(archive: Archive) -> Self {
        let service = Service::recognise(archive.entries.iter().map(|e| e.name.as_str()));
        let books = archive
            .entries
            .iter()
            .map(|e| {
                let mut book = Book::new(Plan::new(&e.name, service.map(|(s, _)| s)));
                book.oddities.clone_from(&e.oddities);
                Mutex::new(book)
            })
            .collect();
        let notes = Mutex::new(archive.oddities.clone());
        Self {
            archive,
            index: Index::new(),
            service,
            progress: Progress::default(),
            fingerprint: OnceLock::new(),
            took_ms: OnceLock::new(),
            facts: Mutex::default(),
            since: Instant::now(),
            books,
            notes,
        }
    }

    /// The service whose export it is: told by the names of the entries, else by what most of them hold.
    pub(crate) fn told_service(&self) -> Option<(&'static Service, Certainty)> {
        // Only entries with records have something to tell.
        let told = || {
            let books = self.books().filter(|(_, book)| book.records > 0);
            Service::of_entries(books.map(|(_, book)| book.plan.told()))
        };
        self.service.or_else(told)
    }

    /// The book of an entry. Held shortly: the thread that reads the entry waits for it.
    pub(crate) fn book(&self, id: EntryId) -> MutexGuard<'_, Book> {
        self.books[id.0 as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every entry with its book.
    pub(crate) fn books(&self) -> impl Iterator<Item = (&archive::Entry, MutexGuard<'_, Book>)> {
        self.archive.entries.iter().map(|e| (e, self.book(e.id)))
    }

    /// Adds a note on the export as a whole, once.
    pub(crate) fn note(&self, oddity: Oddity) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.contains(&oddity) {
            notes.push(oddity);
        }
    }

    /// Bytes of an entry read again; that they cannot be, because the file changed or went away, is noted.
    fn again(&self, entry: EntryId, range: Range<u64>) -> Option<Vec<u8>> {
        self.archive.bytes(entry, range).map_err(|oddity| self.note(oddity)).ok()
    }

    /// Notes on the export as a whole.
    pub(crate) fn notes(&self) -> Vec<Oddity> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Entries by their shown name.
    pub(crate) fn entry_named(&self, name: &str) -> Option<&archive::Entry> {
        self.archive.entries.iter().find(|e| e.name == name)
    }

    /// A row read again from the archive, with the layout it is understood by.
    pub(crate) fn row(&self, id: RecordId) -> Option<(Arc<Layout>, Line, Row)> {
        let (layout, line, kept) = {
            let book = self.books.get(id.entry.0 as usize)?.lock().unwrap_or_else(PoisonError::into_inner);
            let layout = Arc::clone(book.layout.as_ref()?);
            let line = *book.lines.get(id.number as usize)?;
            (layout, line, line.span.kept.then(|| book.kept.row(id.number)))
        };
        if let Some(kept) = kept {
            return Some((layout, line, kept?));
        }
        let bytes = self.again(id.entry, line.span.bytes())?;
        let mut row = Row::default();
        files::read_again(&layout, &line.span, &bytes, &mut row);
        Some((layout, line, row))
    }

    /// A record read again from the archive.
    pub(crate) fn record(&self, id: RecordId) -> Option<Record> {
        let (layout, _, row) = self.row(id)?;
        Some(self.book(id.entry).plan.record(&layout, &row, id))
    }

    /// A record's first fields, for a line in a list, and the row with all its values.
    pub(crate) fn glimpse(&self, id: RecordId) -> Option<(Record, Row)> {
        let (layout, _, row) = self.row(id)?;
        Some((self.book(id.entry).plan.record_of(&layout, &row, id, GLIMPSE_FIELDS), row))
    }

    /// Every record that `wanted` picks, in the order of the export, read again from the archive in long runs.
    pub(crate) fn each_record(&self, wanted: impl Fn(&Line) -> bool, mut each: impl FnMut(Record)) {
        for entry in &self.archive.entries {
            let (plan, layout) = {
                let book = self.book(entry.id);
                let Some(layout) = book.layout.clone() else { continue };
                (book.plan.clone(), layout)
            };
            self.each_row(entry.id, &wanted, |number, row| {
                each(plan.record(&layout, row, RecordId { entry: entry.id, number }));
            });
        }
    }

    /// Every row of an entry that `wanted` picks, with its number.
    pub(crate) fn each_row(
        &self,
        entry: EntryId,
        wanted: impl Fn(&Line) -> bool,
        mut each: impl FnMut(u32, &Row),
    ) {
        let (layout, kept, lines) = {
            let book = self.book(entry);
            let Some(layout) = book.layout.clone() else { return };
            let lines: Vec<(u32, Line)> =
                (0..).zip(&book.lines).filter(|(_, l)| wanted(l)).map(|(n, l)| (n, *l)).collect();
            (layout, Arc::clone(&book.kept), lines)
        };
        let mut row = Row::default();
        let mut rest = lines.as_slice();
        while let Some((number, first)) = rest.first() {
            if first.span.kept {
                let (run, after) = rest.split_at(rest.iter().take_while(|(_, l)| l.span.kept).count());
                rest = after;
                let mut wanted = run.iter().map(|(number, _)| *number).peekable();
                let end = run.last().map_or(*number, |(last, _)| last.saturating_add(1));
                kept.each(*number..end, |number, row| {
                    if wanted.next_if_eq(&number).is_some() {
                        each(number, row);
                    }
                });
                continue;
            }
            let start = first.span.start;
            let last = rest
                .partition_point(|(_, l)| l.span.bytes().end <= start + RUN_BYTES && l.span.start >= start);
            let near = &rest[..last.max(1)];
            let (run, after) = rest.split_at(near.iter().take_while(|(_, l)| !l.span.kept).count());
            rest = after;
            let end = run.iter().map(|(_, l)| l.span.bytes().end).max().unwrap_or(start);
            let Some(bytes) = self.again(entry, start..end) else { continue };
            for (number, line) in run {
                let within = line.span.bytes();
                let from = usize::try_from(within.start - start).unwrap_or(usize::MAX).min(bytes.len());
                let to = usize::try_from(within.end - start).unwrap_or(usize::MAX).min(bytes.len());
                files::read_again(&layout, &line.span, &bytes[from..to], &mut row);
                each(*number, &row);
            }
        }
    }

    /// Every heading: what files say besides their records.
    pub(crate) fn each_heading(&self, each: impl FnMut(Record)) {
        self.each_record(|line| line.span.heading, each);
    }

    /// How far reading is, for whoever looks on.
    pub(crate) fn progress_line(&self) -> wire::Progress {
        let total = self.archive.entries.iter().map(|e| e.size.unwrap_or(e.packed)).sum();
        wire::Progress {
            entries_done: self.progress.entries.load(Ordering::Relaxed),
            entries_total: u32::try_from(self.archive.entries.len()).unwrap_or(u32::MAX),
            bytes_done: self.progress.bytes.load(Ordering::Relaxed).min(total),
            bytes_total: total,
            records: self.progress.records.load(Ordering::Relaxed),
            reading: self.progress.reading(),
            state: self.progress.state().word().to_owned(),
        }
    }

    /// Records by kind, over all entries.
    pub(crate) fn kinds(&self) -> BTreeMap<String, u64> {
        let mut kinds = BTreeMap::new();
        for (_, book) in self.books() {
            for (kind, n) in &book.kinds {
                *kinds.entry(kind.word().to_owned()).or_default() += n;
            }
        }
        kinds
    }
}
