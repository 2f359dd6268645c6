//! The account of every entry: read, partly, unread, empty, refused, encrypted, with the reason. It sums to all.

use std::collections::BTreeMap;

use archive::{Entry, EntryState, Nature};

use crate::book::{Book, Fate};
use crate::export::Export;
use crate::to_wire;
use crate::wire;

impl Export {
    /// What `open --json` prints.
    pub(crate) fn opened(&self, name: &str) -> wire::Opened {
        let entries: Vec<wire::EntryLine> =
            self.books().map(|(entry, book)| entry_line(entry, &book)).collect();
        let notes: Vec<wire::Note> = self.notes().iter().map(to_wire::note).collect();
        wire::Opened {
            outcome: outcome(&entries, &notes),
            error: None,
            export: Some(wire::ExportLine {
                name: self.shown_name(name),
                sha256: self.sha256().unwrap_or_default(),
                bytes: self.archive.parts.iter().map(|p| p.bytes).sum(),
                service: self.service_line(),
            }),
            entries,
            notes,
            kinds: self.kinds(),
            case: None,
            took_ms: self.took_ms.get().copied().unwrap_or_default(),
        }
    }

    /// A page of the account, only the entries of a status if one is given.
    pub(crate) fn entries(
        &self,
        offset: u64,
        limit: u32,
        status: Option<&str>,
    ) -> wire::Page<wire::EntryLine> {
        let offset_usize = usize::try_from(offset).unwrap_or(usize::MAX);
        let mut total = 0;
        let mut rows = Vec::new();
        for (entry, book) in self.books() {
            if status.is_some_and(|s| s != book.fate.word()) {
                continue;
            }
            if total >= offset_usize && rows.len() < limit.min(500) as usize {
                rows.push(entry_line(entry, &book));
            }
            total += 1;
        }
        wire::Page { total: total as u64, offset, rows }
    }

    /// The export in one glance.
    pub(crate) fn head(&self, name: &str) -> wire::Head {
        let mut statuses: BTreeMap<String, u64> = BTreeMap::new();
        let (mut records, mut odd, mut span): (u64, bool, Option<[records::Day; 2]>) = (0, false, None);
        let mut wants_password = false;
        for (_, book) in self.books() {
            *statuses.entry(book.fate.word().to_owned()).or_default() += 1;
            records += book.kinds.values().sum::<u64>();
            odd |= book.oddities.iter().any(|o| warns(o.code));
            wants_password |=
                book.fate == Fate::Encrypted && !book.oddities.iter().any(|o| is_hopeless(o.code));
            for day in book.lines.iter().filter_map(|l| l.day) {
                span = Some(span.map_or([day, day], |[first, last]| [first.min(day), last.max(day)]));
            }
        }
        let notes: Vec<wire::Note> = self.notes().iter().map(to_wire::note).collect();
        let count = |status: &str| statuses.get(status).copied().unwrap_or_default();
        let read = count("read") + count("empty");
        let entries = self.archive.entries.len();
        let litter = self.archive.entries.iter().filter(|e| e.litter).count() as u64;
        let outcome = if wants_password {
            "needs_password"
        } else if odd || !notes.is_empty() || read + litter < entries as u64 {
            "open_with_warning"
        } else {
            "open"
        };
        let facts = self.facts();
        wire::Head {
            name: self.shown_name(name),
            sha256: self.sha256(),
            bytes: self.archive.parts.iter().map(|p| p.bytes).sum(),
            outcome: outcome.to_owned(),
            service: self.service_line(),
            controller: self.told_service().and_then(|(s, _)| {
                s.controller.as_ref().map(|id| wire::Named { id: id.clone(), name: s.name.clone() })
            }),
            subject: facts.subject,
            exported: facts.exported,
            span: span.map(|days| days.map(|d| d.to_string())),
            entries: u32::try_from(entries).unwrap_or(u32::MAX),
            entries_read: u32::try_from(read).unwrap_or(u32::MAX),
            statuses,
            records,
            kinds: self.kinds(),
            notes,
            took_ms: self.took_ms.get().copied().unwrap_or_default(),
            state: self.progress.state().word().to_owned(),
        }
    }

    pub(crate) fn shown_name(&self, given: &str) -> String {
        if self.archive.name.is_empty() { given.to_owned() } else { self.archive.name.clone() }
    }

    /// The fingerprint, once it is computed.
    pub(crate) fn sha256(&self) -> Option<String> {
        self.fingerprint.get().and_then(|f| f.as_ref().ok()).cloned()
    }

    fn service_line(&self) -> Option<wire::ServiceLine> {
        self.told_service().map(|(service, certainty)| wire::ServiceLine {
            id: service.id.clone(),
            name: service.name.clone(),
            certainty: certainty.word().to_owned(),
        })
    }
}

/// What `open --json` prints when nothing could be opened.
pub fn refused(trouble: &wire::Trouble) -> wire::Opened {
    wire::Opened {
        outcome: "error",
        error: Some(trouble.clone()),
        export: None,
        entries: Vec::new(),
        notes: Vec::new(),
        kinds: BTreeMap::new(),
        case: None,
        took_ms: 0,
    }
}

fn outcome(entries: &[wire::EntryLine], notes: &[wire::Note]) -> &'static str {
    let wants_password = |e: &wire::EntryLine| {
        e.status == Fate::Encrypted.word() && !e.notes.iter().any(|n| is_hopeless(&n.code))
    };
    if entries.iter().any(wants_password) {
        return "needs_password";
    }
    // What a system put there for itself was never to be read.
    let litter = |e: &wire::EntryLine| e.notes.iter().any(|n| n.code == "litter");
    let whole = |e: &wire::EntryLine| matches!(e.status.as_str(), "read" | "empty") || litter(e);
    if !notes.is_empty() || entries.iter().any(|e| !whole(e) || e.notes.iter().any(|n| warns(&n.code))) {
        return "open_with_warning";
    }
    "open"
}

/// Whether a note says that an entry is locked in a way that no password opens here, so that none is asked for.
fn is_hopeless(code: &str) -> bool {
    matches!(code, "encrypted_content" | "document_sealed")
}

/// Whether a note is a warning. What was repaired whole, or is only less visible in its own program than here, is told,
/// and nothing is left to be careful about.
fn warns(code: &str) -> bool {
    !matches!(
        code,
        "mojibake_repaired"
            | "round_count"
            | "views_not_run"
            | "hidden_sheet"
            | "hidden_rows"
            | "hidden_columns"
            | "formula_without_value"
            | "external_links"
            | "macros_not_run"
            | "unused_texts"
            | "litter"
    )
}

fn entry_line(entry: &Entry, book: &Book) -> wire::EntryLine {
    let Book { fate, format, layout: _, plan, lines: _, kept: _, bytes, records, kinds, oddities } = book;
    let format = match (format, &entry.nature, entry.state) {
        (Some(format), _, _) => format.word(),
        (None, Nature::Container(container), _) => to_wire::container(*container).word(),
        (None, Nature::Link { .. }, _) => "link",
        (None, Nature::Special, _) => "special",
        (None, _, EntryState::NeedsPassword) => "encrypted",
        (None, ..) => "unknown",
    };
    wire::EntryLine {
        id: entry.id.0,
        path: entry.name.clone(),
        format: format.to_owned(),
        status: fate.word().to_owned(),
        bytes: bytes.or(entry.size).unwrap_or_default(),
        records: *records,
        kinds: kinds.iter().map(|(kind, n)| (kind.word().to_owned(), *n)).collect(),
        image: book.format.is_some_and(files::Format::is_image),
        corrected: plan.correction().map(|kind| kind.word().to_owned()),
        notes: oddities.iter().map(to_wire::note).collect(),
    }
}
