//! An opened export: reading, searching, showing, drafting. The window and the command line are two faces on it.
//!
//! This crate deliberately does not know Tauri, a terminal, or how anything is drawn.

mod book;
mod case;
pub mod contract;
mod correct;
mod coverage;
mod export;
mod findings;
mod letters;
mod lists;
mod picture;
mod place;
mod reading;
mod screens;
mod search;
mod to_wire;
pub mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use archive::{Archive, Password};
use records::Kind;

use case::Kept;
use export::Export;
use screens::Screens;

pub use case::{Case, Corrections, case_bytes};
pub use coverage::refused;
pub use files::Picture;
pub use letters::{LetterFiles, Rendered, controllers, today};
pub use requests::{CASE_BYTES_MAX, Passphrase};
pub use search::SearchOptions;
pub use worker::{serve_if_asked, use_program};

/// An export being read or read. Clones are the same session.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    name: String,
    /// Set once the container is opened or refused.
    opened: OnceLock<Result<Export, wire::Trouble>>,
    screens: Mutex<Option<Arc<Screens>>>,
    stop_early: std::sync::atomic::AtomicBool,
    kept: Mutex<Kept>,
    done: (Mutex<bool>, Condvar),
}

impl Session {
    /// Opens what was given as one export. Returns at once; `say` hears how it goes, on other threads.
    pub fn open(
        paths: Vec<PathBuf>,
        passwords: Vec<String>,
        say: impl Fn(wire::Event) + Send + Sync + 'static,
    ) -> Self {
        Self::open_with(paths, passwords, Corrections::default(), say)
    }

    /// Opens an export of which a case may know what was put right; that is made before its end is said.
    pub fn open_with(
        paths: Vec<PathBuf>,
        passwords: Vec<String>,
        corrections: Corrections,
        say: impl Fn(wire::Event) + Send + Sync + 'static,
    ) -> Self {
        let name = paths
            .iter()
            .filter_map(|p| p.file_name())
            .map(|n| n.to_string_lossy())
            .collect::<Vec<_>>()
            .join(", ");
        let session = Self(Arc::new(Inner {
            name,
            opened: OnceLock::new(),
            screens: Mutex::new(None),
            stop_early: Default::default(),
            kept: Mutex::new(Kept::waiting(corrections)),
            done: (Mutex::new(false), Condvar::new()),
        }));
        let inner = Arc::clone(&session.0);
        std::thread::spawn(move || {
            // Whatever happens in there, nobody may wait for ever.
            let _finally = Finally(Arc::clone(&inner));
            let read = catch_unwind(AssertUnwindSafe(|| inner.read(&paths, &passwords, &say)));
            if read.is_err() {
                inner.broke(&say);
            }
        });
        session
    }

    /// Waits until everything is read, or reading was stopped, or the export was refused.
    pub fn wait(&self) {
        let (done, changed) = &self.0.done;
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        while !*done {
            done = changed.wait(done).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Stops reading; what was read so far stays.
    pub fn stop(&self) {
        self.0.stop_early.store(true, std::sync::atomic::Ordering::Relaxed);
        if let Some(export) = self.export() {
            export.progress.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// The export's account of itself, as `open --json` prints it.
    pub fn opened(&self) -> wire::Opened {
        match self.0.opened.get() {
            Some(Ok(export)) => wire::Opened { case: self.case_use(), ..export.opened(&self.0.name) },
            Some(Err(trouble)) => coverage::refused(trouble),
            None => coverage::refused(&to_wire::trouble(
                "not_opened",
                "the export is still being opened",
                "wait a moment",
            )),
        }
    }

    /// Answers a query of the command line.
    pub fn find(&self, query: &str, options: &SearchOptions) -> wire::Found {
        self.export().map_or_else(|| search::empty(query), |e| e.find(query, options))
    }

    /// Answers a query of the window.
    pub fn search(&self, asked: &wire::SearchQuery) -> wire::Found {
        self.export().map_or_else(|| search::empty(&asked.query), |e| e.search(asked))
    }

    /// Shows a record or a field with the raw source around it.
    ///
    /// # Errors
    ///
    /// There is nothing at that place.
    pub fn show(&self, locator: &str) -> Result<wire::Shown, wire::Trouble> {
        self.export()
            .and_then(|export| {
                let (entry, at) = export.split(locator)?;
                let found = export.locate(entry.id, at)?;
                place::shown(export, &found)
            })
            .ok_or_else(|| place::nowhere(locator))
    }

    /// Every record of a kind, or all, in the order of the export.
    pub fn each_record(&self, kind: Option<&str>, mut each: impl FnMut(wire::RecordLine)) {
        let Some(export) = self.export() else { return };
        let kind: Option<Option<Kind>> = kind.map(|word| word.parse().ok());
        export.each_record(
            |line| !line.span.heading && kind.is_none_or(|k| k == Some(line.kind)),
            |record| each(to_wire::record_line(&record)),
        );
    }

    /// Memory that the index holds, in bytes.
    pub fn index_bytes(&self) -> usize {
        self.export().map_or(0, |e| e.index.bytes())
    }

    fn export(&self) -> Option<&Export> {
        self.0.opened.get().and_then(|opened| opened.as_ref().ok())
    }
}

impl Inner {
    /// Says how it ended where reading broke: with what was read so far, or with nothing.
    fn broke(&self, say: &(dyn Fn(wire::Event) + Send + Sync)) {
        let _ = self.opened.set(Err(fault()));
        match self.opened.get() {
            Some(Ok(export)) => {
                export
                    .note(archive::Oddity::new("broke", "something in the program broke; not all was read"));
                export.progress.end(true);
                say(wire::Event::Done { head: Box::new(export.head(&self.name)) });
            }
            _ => say(wire::Event::Refused { trouble: fault() }),
        }
    }

    fn read(&self, paths: &[PathBuf], passwords: &[String], say: &(dyn Fn(wire::Event) + Send + Sync)) {
        say(wire::Event::Opening { name: self.name.clone() });
        let passwords: Vec<Password> = passwords.iter().map(|p| Password::new(p.as_bytes())).collect();
        let archive = match Archive::open(paths, &passwords) {
            Ok(archive) => archive,
            Err(refusal) => {
                let mut trouble = to_wire::trouble(refusal.code(), refusal.to_string(), refusal.hint());
                trouble.args =
                    refusal.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                let _ = self.opened.set(Err(trouble.clone()));
                return say(wire::Event::Refused { trouble });
            }
        };
        let _ = self.opened.set(Ok(Export::new(archive)));
        let Some(Ok(export)) = self.opened.get() else { return };
        if self.stop_early.load(std::sync::atomic::Ordering::Relaxed) {
            export.progress.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _ = export.fingerprint.set(export.archive.fingerprint().map_err(|e| e.to_string()));
            });
            reading::read_all(export, &passwords, say);
        });
        self.make_corrections(export);
        let _ = export.took_ms.set(u64::try_from(export.since.elapsed().as_millis()).unwrap_or(u64::MAX));
        say(wire::Event::Done { head: Box::new(export.head(&self.name)) });
    }
}

/// What is said where the program itself is at fault.
fn fault() -> wire::Trouble {
    to_wire::trouble(
        "broke",
        "something in the program broke while it opened this export",
        "please report which kind of file it was, without the export",
    )
}

/// Tells those who wait that it is over, also when the reading thread broke.
struct Finally(Arc<Inner>);

impl Drop for Finally {
    fn drop(&mut self) {
        let _ = self.0.opened.set(Err(fault()));
        let (done, changed) = &self.0.done;
        *done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
    }
}
