//! Reading an export: threads take entries, rows go to the index as they are met, and every entry gets its book.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use archive::{EntryId, EntryState, Nature, Oddity, Password};
use files::{Layout, Row};
use index::{Doc, Writer};
use records::{Part, RecordId, SAMPLE_ROWS};
use rust_decimal::prelude::ToPrimitive;

use crate::book::{Book, Fate, Line};
use crate::export::Export;
use crate::{to_wire, wire};

/// Rows wait for their sample no longer than until they hold this much.
const SAMPLE_BYTES: u64 = 4 << 20;

/// Between two reports of progress: often enough to look alive, seldom enough to cost nothing.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// How far reading is. Shared by the threads that read and whoever looks on.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    pub(crate) entries: AtomicU32,
    pub(crate) bytes: AtomicU64,
    pub(crate) records: AtomicU64,
    pub(crate) stop: AtomicBool,
    state: AtomicU8,
    now: Mutex<(Option<Instant>, Option<String>)>,
}

/// Whether reading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Reading,
    Done,
    Stopped,
}

impl State {
    /// The word of the contract.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }
}

impl Progress {
    pub(crate) fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            0 => State::Reading,
            1 => State::Done,
            _ => State::Stopped,
        }
    }

    /// Reading is over: to its end, or before.
    pub(crate) fn end(&self, before: bool) {
        self.state.store(if before { 2 } else { 1 }, Ordering::Release);
    }

    /// Whether a report is due; takes note of the entry that is being read.
    fn due(&self, entry: &str) -> bool {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.0.is_some_and(|at| at.elapsed() < REPORT_EVERY) {
            return false;
        }
        *now = (Some(Instant::now()), Some(entry.to_owned()));
        true
    }

    pub(crate) fn reading(&self) -> Option<String> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

/// Reads every entry of the export; returns when all are read or reading was stopped.
pub(crate) fn read_all(export: &Export, passwords: &[Password], say: &(dyn Fn(wire::Event) + Sync)) {
    // One thread begins with the largest entries, the others with the smallest: the first hits come at once, and no
    // thread is left alone with a large entry at the end. What is packed as one stream stays together.
    let bytes = |id: &EntryId| export.archive.entry(*id).map_or(0, |e| e.size.unwrap_or(e.packed));
    let mut runs = export.archive.runs();
    runs.sort_by_cached_key(|run| (run.iter().map(bytes).fold(0, u64::saturating_add), run.first().copied()));
    let queue = Mutex::new(VecDeque::from(runs));
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 8);
    std::thread::scope(|scope| {
        for n in 0..threads {
            let queue = &queue;
            scope.spawn(move || {
                let mut writer = export.index.writer();
                let mut worker = worker::Reader::new(passwords.to_vec());
                loop {
                    if export.progress.stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let next = {
                        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                        if n == 0 { queue.pop_back() } else { queue.pop_front() }
                    };
                    let Some(run) = next else { break };
                    for id in run {
                        if export.progress.stop.load(Ordering::Relaxed) {
                            break;
                        }
                        read_guarded(export, id, &mut writer, &mut worker, say);
                        export.progress.entries.fetch_add(1, Ordering::Relaxed);
                    }
                }
                if let Some(why) = worker.refused() {
                    let said = format!("entries were read without a process of their own: {why}");
                    export.note(Oddity::new("no_worker", said).with("reason", why));
                }
                writer.finish();
            });
        }
    });
    export.progress.end(export.progress.stop.load(Ordering::Relaxed));
}

/// Reads one entry. If a reader breaks, that costs this entry alone.
fn read_guarded(
    export: &Export,
    id: EntryId,
    writer: &mut Writer,
    worker: &mut worker::Reader,
    say: &(dyn Fn(wire::Event) + Sync),
) {
    let done = catch_unwind(AssertUnwindSafe(|| read_entry(export, id, writer, worker, say)));
    if done.is_err() {
        let mut book = export.book(id);
        book.fate = Fate::Partly;
        book.oddities.push(Oddity::new(
            "reader_broke",
            "the reader broke in this entry; what it had read before stays",
        ));
    }
}

fn read_entry(
    export: &Export,
    id: EntryId,
    writer: &mut Writer,
    worker: &mut worker::Reader,
    say: &(dyn Fn(wire::Event) + Sync),
) {
    let Some(entry) = export.archive.entry(id) else { return };
    export.book(id).bytes = entry.size;
    match (&entry.nature, entry.state) {
        (_, EntryState::NeedsPassword) => return export.book(id).fate = Fate::Encrypted,
        (_, EntryState::Refused) => return export.book(id).fate = Fate::Refused,
        // What it holds stands in entries of its own.
        (Nature::Container(container), _) => {
            let mut book = export.book(id);
            book.format = Some(to_wire::container(*container));
            book.fate = Fate::Read;
            return;
        }
        (Nature::Special, _) => return export.book(id).fate = Fate::Unread,
        _ if entry.litter => return export.book(id).fate = Fate::Unread,
        (Nature::File | Nature::Link { .. }, EntryState::Readable) => {}
    }
    let mut reader = match export.archive.reader(id) {
        Ok(reader) => reader,
        Err(oddity) => {
            let mut book = export.book(id);
            book.fate = Fate::Refused;
            book.oddities.push(oddity);
            return;
        }
    };
    let mut intake =
        Intake { export, id, writer, waiting: Vec::new(), waiting_bytes: 0, waited: false, seen: 0 };
    let progress = &export.progress;
    let reading = worker.read(&entry.name, &mut reader, entry.size, &mut |layout, row| {
        intake.row(layout, row);
        let behind = row.span.start.saturating_sub(intake.seen);
        if behind > 1 << 18 {
            intake.seen = row.span.start;
            progress.bytes.fetch_add(behind, Ordering::Relaxed);
            if progress.due(&entry.name) {
                say(wire::Event::Progress { progress: export.progress_line() });
            }
        }
        !progress.stop.load(Ordering::Relaxed)
    });
    intake.settle(&reading.layout);
    intake.export.book(id).plan.learn_rest(&reading.layout);
    let seen = intake.seen;
    let (position, ended) = (reader.position(), reader.ended());
    let damage = reader.finish();
    progress.bytes.fetch_add(entry.size.unwrap_or(position).saturating_sub(seen), Ordering::Relaxed);

    let mut book = export.book(id);
    book.format = Some(reading.layout.format);
    book.fate = Fate::from(reading.status);
    let whole = ended && damage.is_empty();
    book.bytes = Some(position.max(if whole { 0 } else { entry.size.unwrap_or(0) }));
    if book.fate == Fate::Read && (!damage.is_empty() || progress.stop.load(Ordering::Relaxed)) {
        book.fate = Fate::Partly;
    }
    if book.fate == Fate::Empty && !damage.is_empty() {
        book.fate = Fate::Partly;
    }
    book.records = reading.records;
    book.layout = Some(Arc::new(reading.layout));
    book.oddities.extend(damage);
    book.oddities.extend(reading.oddities);
    let met = book.lines.iter().filter(|l| !l.span.heading).count() as u64;
    if met != book.records {
        let said = format!("{} records were counted in this entry and {met} were taken in", book.records);
        let oddity = Oddity::new("records_differ", said).with("counted", book.records).with("met", met);
        book.oddities.push(oddity);
    }
    if is_round(book.records) {
        let said =
            format!("exactly {met} records: a count as round as this is often where an export was cut");
        book.oddities.push(Oddity::new("round_count", said).with("count", met));
    }
    book.lines.shrink_to_fit();
    drop(book);
    if progress.due(&entry.name) {
        say(wire::Event::Progress { progress: export.progress_line() });
    }
}

/// Whether a count is one at which programs that export like to stop: 1,000, 2,000, 5,000 and so on, and what a sheet or
/// two bytes can count to.
fn is_round(count: u64) -> bool {
    let ten = 10_u64.pow(count.checked_ilog10().unwrap_or(0));
    count >= 1000 && count.is_multiple_of(ten) && matches!(count / ten, 1 | 2 | 5)
        || matches!(count, 65_535 | 65_536 | 1_048_575 | 1_048_576)
}

/// Takes the rows of one entry: the first ones wait until enough are there to tell what they are.
struct Intake<'a> {
    export: &'a Export,
    id: EntryId,
    writer: &'a mut Writer,
    waiting: Vec<Row>,
    waiting_bytes: u64,
    waited: bool,
    /// Bytes of the entry that progress knows of.
    seen: u64,
}

impl Intake<'_> {
    fn row(&mut self, layout: &Layout, row: &Row) {
        if self.waited {
            self.take(layout, row);
            return;
        }
        self.waiting_bytes += u64::from(row.span.len);
        self.waiting.push(row.clone());
        if self.waiting.len() >= SAMPLE_ROWS || self.waiting_bytes >= SAMPLE_BYTES {
            self.settle(layout);
        }
    }

    /// Learns from the rows that waited, and takes them.
    fn settle(&mut self, layout: &Layout) {
        if self.waited {
            return;
        }
        self.waited = true;
        let rows = std::mem::take(&mut self.waiting);
        self.export.book(self.id).plan.learn(layout, &rows);
        for row in &rows {
            self.take(layout, row);
        }
    }

    fn take(&mut self, layout: &Layout, row: &Row) {
        let mut book = self.export.book(self.id);
        let Book { plan, lines, kept, layout: known, kinds, .. } = &mut *book;
        if !plan.knows(layout, row) {
            plan.learn(layout, std::slice::from_ref(row));
        }
        // The layout grows while rows are met. A copy is made now and then, so that hits can be shown meanwhile; the
        // last one, with everything in it, when the entry is read.
        if known
            .as_ref()
            .is_none_or(|k| k.names.len() != layout.names.len() || k.lists.len() != layout.lists.len())
        {
            *known = Some(Arc::new(layout.clone()));
        }
        let glance = plan.glance(row);
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        if row.span.kept {
            Arc::make_mut(kept).push(number, row);
        }
        lines.push(Line { span: row.span, kind: glance.kind, what: glance.what, day: glance.day });
        if !row.span.heading {
            *kinds.entry(glance.kind).or_default() += 1;
            self.export.progress.records.fetch_add(1, Ordering::Relaxed);
        }
        let amount =
            glance.money.as_ref().and_then(|m| (m.amount * rust_decimal::Decimal::from(10_000)).to_i64());
        let doc = Doc {
            id: RecordId { entry: self.id, number },
            kind: glance.kind,
            day: glance.day,
            amounts: amount.as_slice(),
        };
        let plan = &*plan;
        self.writer.add(&doc, |words| {
            for value in row.values() {
                match value.kind {
                    files::ValueKind::Null => continue,
                    files::ValueKind::Bool => {
                        // `marketing_email: true` says its word in the key.
                        if value.text.eq_ignore_ascii_case("true") {
                            layout.names.path(value.field).iter().for_each(|step| words.text(step));
                        }
                        continue;
                    }
                    files::ValueKind::Text | files::ValueKind::Number => {}
                }
                match plan.part(row, value.field) {
                    Part::Title => words.title(value.text),
                    Part::From => {
                        words.from(value.text);
                        words.text(value.text);
                    }
                    Part::To => {
                        words.to(value.text);
                        words.text(value.text);
                    }
                    Part::Text => words.text(value.text),
                }
            }
            // The key of a member is often its only id: `{"u1": {…}}`.
            let key = row.at.rsplit('/').next().filter(|k| k.parse::<u32>().is_err());
            if let (Some(key), files::Notation::Pointer, false) = (key, row.notation, row.span.heading) {
                words.text(key);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_at_which_exports_are_cut_are_told_from_others() {
        for count in [1000, 2000, 5000, 10_000, 50_000, 1_000_000, 65_535, 65_536, 1_048_575, 1_048_576] {
            assert!(is_round(count), "{count}");
        }
        for count in [0, 1, 10, 100, 500, 999, 1001, 1500, 3000, 5001, 65_534, 10_001, u64::MAX] {
            assert!(!is_round(count), "{count}");
        }
    }
}
