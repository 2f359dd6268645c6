//! The case beside the export: what it remembers is made good when its export is read, and what the person put right is
//! taken into it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Arc, MutexGuard, PoisonError};

use records::Kind;
use requests::{CASE_BYTES_MAX, CaseTrouble, KeptExport, Key, Passphrase, is_case};

use crate::export::Export;
use crate::to_wire::trouble;
use crate::{Inner, Session, wire};

/// Names of exports that are shown of a case.
const NAMES_MAX: usize = 20;

/// A case as it lies open: what it holds, and the key that seals it again. Clones share the key, which is wiped from
/// memory with the last of them.
#[derive(Debug, Clone)]
pub struct Case {
    held: requests::Case,
    key: Arc<Key>,
}

/// What a case says about exports, without what opens it.
#[derive(Debug, Clone, Default)]
pub struct Corrections(Option<requests::Case>);

/// What waits for the export to be read, and what became of it.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Whether the export is read and its fingerprint known, so that corrections can be made.
    ready: bool,
    given: Option<requests::Case>,
    /// What a case says about entries that have no records here, or by a word that is not known: it is kept as it is.
    left_out: BTreeMap<String, String>,
}

impl Kept {
    pub(crate) fn waiting(corrections: Corrections) -> Self {
        Self { given: corrections.0, ..Self::default() }
    }
}

impl Case {
    /// A new and empty case. Takes about a second: its key is made to be slow to guess.
    ///
    /// # Errors
    ///
    /// The passphrase is too short, or the system gives no memory or no random numbers.
    pub fn new(passphrase: &Passphrase) -> Result<Self, wire::Trouble> {
        let key = Key::new(passphrase).map_err(|e| in_words(&e))?;
        Ok(Self { held: requests::Case::default(), key: Arc::new(key) })
    }

    /// Opens the bytes of a case file. Takes about a second.
    ///
    /// # Errors
    ///
    /// It is no case, a newer one, a hostile one, or the passphrase does not open it.
    pub fn open(bytes: &[u8], passphrase: &Passphrase) -> Result<Self, wire::Trouble> {
        let (held, key) = requests::open(bytes, passphrase).map_err(|e| in_words(&e))?;
        Ok(Self { held, key: Arc::new(key) })
    }

    /// The bytes of its file.
    ///
    /// # Errors
    ///
    /// It holds more than a case may, or the system gives no random numbers.
    pub fn seal(&self) -> Result<Vec<u8>, wire::Trouble> {
        requests::seal(&self.held, &self.key).map_err(|e| in_words(&e))
    }

    /// What it says about exports.
    pub fn corrections(&self) -> Corrections {
        Corrections(Some(self.held.clone()))
    }

    /// How it lies open under a name, with no export beside it.
    pub fn state(&self, name: &str) -> wire::CaseState {
        let names = self.held.exports.iter().map(|export| export.name.clone());
        wire::CaseState {
            name: Some(name.to_owned()),
            exports: names.take(NAMES_MAX).collect(),
            exports_total: count(self.held.exports.len()),
            export: "none".to_owned(),
            ..wire::CaseState::default()
        }
    }
}

/// The bytes of a case file.
///
/// # Errors
///
/// There is no such file, it cannot be read, or it is no case.
pub fn case_bytes(path: &Path) -> Result<Vec<u8>, wire::Trouble> {
    let unread = |error: &io::Error| {
        let reason = error.kind().to_string();
        let said = format!("could not read the case: {reason}");
        with(trouble("case_unread", said, "choose another file"), &[("reason", reason)])
    };
    // What is no file, a pipe for one, would be waited for.
    if !fs::metadata(path).map_err(|e| unread(&e))?.is_file() {
        return Err(not_a_case(path));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| unread(&e))?;
    file.take(CASE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|e| unread(&e))?;
    if is_case(&bytes) { Ok(bytes) } else { Err(not_a_case(path)) }
}

fn not_a_case(path: &Path) -> wire::Trouble {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let said = format!("{name} is not a case of Portolan");
    let hint = "choose a file that Portolan saved as a case";
    with(trouble("case_not_one", said, hint), &[("name", name)])
}

impl Session {
    /// Makes the corrections that are known for this export: at once if it is read, else as soon as it is.
    pub fn apply(&self, corrections: &Corrections) {
        let ready = {
            let mut kept = self.0.kept();
            kept.given = corrections.0.clone();
            kept.ready
        };
        if let Some(export) = self.export().filter(|_| ready) {
            self.0.make_corrections(export);
        }
    }

    /// What the given case says about all exports, with what was put right in this one.
    pub fn corrections(&self, case: Option<&Case>) -> Corrections {
        let mut all = case.map(|case| case.held.clone()).unwrap_or_default();
        if let Some(own) = self.0.to_keep() {
            all.keep(own);
        }
        Corrections(Some(all))
    }

    /// The case with what was put right in this export, ready to be saved; what it says of others stays. The case must
    /// have been applied before, else what it says of this export would count as taken back.
    ///
    /// # Errors
    ///
    /// The export is still being read, or it has no fingerprint to be known by.
    pub fn keep_in(&self, case: &Case) -> Result<Case, wire::Trouble> {
        let own = self.0.to_keep().ok_or_else(|| {
            let read = self.0.kept().ready;
            if read {
                let said = "the export cannot be told from others: its files could not be read to the end";
                trouble("no_fingerprint", said, "open the export anew, then save again")
            } else {
                trouble(
                    "still_reading",
                    "the export is still being read",
                    "wait until it is read, then try again",
                )
            }
        })?;
        let mut case = case.clone();
        case.held.keep(own);
        Ok(case)
    }

    /// How this export stands to the case that is open under a name, or to none.
    pub fn case_state(&self, case: Option<(&str, &Case)>) -> wire::CaseState {
        let mut state = case.map(|(name, case)| case.state(name)).unwrap_or_default();
        let Some(own) = self.0.to_keep() else {
            return wire::CaseState { export: "none".to_owned(), ..state };
        };
        let held = case.and_then(|(_, case)| case.held.export(&own.sha256));
        let nothing = BTreeMap::new();
        let before = held.map_or(&nothing, |held| &held.kinds);
        let changed: BTreeSet<&String> = own.kinds.keys().chain(before.keys()).collect();
        state.unkept = count(changed.iter().filter(|e| own.kinds.get(**e) != before.get(**e)).count());
        state.export = if held.is_some() { "held" } else { "new" }.to_owned();
        state.kinds = count(before.len());
        let left_out = &self.0.kept().left_out;
        state.left_out = count(before.keys().filter(|entry| left_out.contains_key(*entry)).count());
        state
    }

    /// What became of the case that was given with the export, for the command line.
    pub(crate) fn case_use(&self) -> Option<wire::CaseUse> {
        let sha256 = self.export().and_then(Export::sha256);
        let kept = self.0.kept();
        let held = kept.given.as_ref()?.export(&sha256.unwrap_or_default());
        Some(wire::CaseUse {
            matches: held.is_some(),
            corrected: count(held.map_or(0, |held| held.kinds.len().saturating_sub(kept.left_out.len()))),
            left_out: count(kept.left_out.len()),
        })
    }
}

impl Inner {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes what is known about an export that is read. Whoever asks what to keep meanwhile waits: half of it would
    /// pass for the rest taken back.
    pub(crate) fn make_corrections(&self, export: &Export) {
        let mut kept = self.kept();
        let held = kept.given.as_ref().zip(export.sha256()).and_then(|(given, sha256)| given.export(&sha256));
        let kinds = held.map(|held| held.kinds.clone()).unwrap_or_default();
        kept.left_out.clear();
        for (name, word) in kinds {
            let made = export.entry_named(&name).is_some_and(|entry| {
                let kind: Option<Kind> = word.parse().ok();
                let as_it_is = |kind| export.book(entry.id).plan.correction() == Some(kind);
                kind.is_some_and(|kind| as_it_is(kind) || export.correct(entry, Some(kind)))
            });
            if !made {
                kept.left_out.insert(name, word);
            }
        }
        kept.ready = true;
        self.forget_screens();
    }

    /// What a case should hold of this export; none before it is read and its fingerprint known.
    fn to_keep(&self) -> Option<KeptExport> {
        let export = self.opened.get()?.as_ref().ok()?;
        let left_out = {
            let kept = self.kept();
            kept.ready.then(|| kept.left_out.clone())?
        };
        let mut kinds = left_out;
        for (entry, book) in export.books() {
            if let Some(kind) = book.plan.correction() {
                kinds.insert(entry.name.clone(), kind.word().to_owned());
            }
        }
        Some(KeptExport {
            sha256: export.sha256()?,
            name: export.shown_name(&self.name),
            bytes: export.archive.parts.iter().map(|part| part.bytes).sum(),
            kinds,
        })
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn with(mut trouble: wire::Trouble, args: &[(&str, String)]) -> wire::Trouble {
    trouble.args.extend(args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    trouble
}

/// Why a case could not be sealed or opened, as the window and the command line say it.
fn in_words(error: &CaseTrouble) -> wire::Trouble {
    let said = error.to_string();
    match *error {
        CaseTrouble::NotACase => trouble("case_not_one", said, "choose a file that Portolan saved as a case"),
        CaseTrouble::CutOff { bytes, least } => with(
            trouble("case_cut_off", said, "take the file from a backup"),
            &[("bytes", bytes.to_string()), ("least", least.to_string())],
        ),
        CaseTrouble::Newer { found, known } => with(
            trouble("case_newer", said, "open it with the version of Portolan that saved it, or a newer one"),
            &[("found", found.to_string()), ("known", known.to_string())],
        ),
        CaseTrouble::Costly { memory_mib, passes, lanes } => with(
            trouble("case_costly", said, "no Portolan saves such a file: do not trust where it comes from"),
            &[
                ("memory", memory_mib.to_string()),
                ("passes", passes.to_string()),
                ("lanes", lanes.to_string()),
            ],
        ),
        CaseTrouble::Locked => trouble(
            "case_locked",
            said,
            "check capitals and the language of the keyboard: without the passphrase there is no way in",
        ),
        CaseTrouble::Odd => {
            trouble("case_odd", said, "open it with the version of Portolan that saved it, or a newer one")
        }
        CaseTrouble::TooLarge { bytes, most } => with(
            trouble("case_too_large", said, "choose a file that Portolan saved as a case"),
            &[("bytes", bytes.to_string()), ("most", most.to_string())],
        ),
        CaseTrouble::Short { chars, least } => with(
            trouble("passphrase_short", said, "take several words"),
            &[("chars", chars.to_string()), ("least", least.to_string())],
        ),
        CaseTrouble::Memory { memory_mib } => with(
            trouble("case_memory", said, "close other programs, then try again"),
            &[("memory", memory_mib.to_string())],
        ),
        CaseTrouble::NoRandom => trouble("no_random", said, "restart the computer, then try again"),
    }
}
