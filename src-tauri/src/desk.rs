//! What lies on the desk: the export that is open, if any, and the page that is told about it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use session::wire::{CaseState, Event, Head, Start, Trouble};
use session::{Case, Corrections, Passphrase, Session, case_bytes};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

use crate::save;

/// The sample exports that ship with the program.
const SAMPLES: [&str; 2] = ["sellsy", "shop"];

/// The export that is open and the page that is told about it. Clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    network: &'static str,
    samples: Vec<PathBuf>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Where the page hears what goes on.
    page: Option<Channel<Event>>,
    /// Paths from the command line, until there is a page to tell about them.
    waiting: Vec<PathBuf>,
    open: Option<Open>,
    /// The case that is open: it stays while exports come and go.
    case: Option<OpenCase>,
    /// A case that was chosen, until its passphrase is there.
    chosen: Option<PathBuf>,
    /// Files that were dropped, until the page says that the present export may go.
    dropped: Vec<PathBuf>,
    /// Whether the page was asked if the window may close, and said nothing so far.
    closing: bool,
    /// Counts what was opened, so that the last words of an export closed meanwhile go unheard.
    turn: u64,
}

struct Open {
    paths: Vec<PathBuf>,
    passwords: Vec<String>,
    session: Session,
}

#[derive(Clone)]
struct OpenCase {
    path: PathBuf,
    case: Case,
    /// Its file as it was last read or written: if it is another one by now, somebody else wrote there.
    bytes: Vec<u8>,
}

impl Desk {
    /// An empty desk that will open `waiting` once the page listens. Samples are looked for in `folders`.
    pub(crate) fn new(network: &'static str, waiting: Vec<PathBuf>, folders: Vec<PathBuf>) -> Desk {
        let sample = |id: &str| folders.iter().map(|folder| folder.join(id)).find(|path| path.is_dir());
        let samples = SAMPLES.into_iter().filter_map(sample).collect();
        let state = Mutex::new(State { waiting, ..State::default() });
        Desk(Arc::new(Inner { network, samples, state }))
    }

    /// What the page learns first.
    pub(crate) fn start(&self) -> Start {
        Start {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            language: language().to_owned(),
            network: self.0.network.to_owned(),
            samples: self.0.samples.iter().map(|path| name(path)).collect(),
        }
    }

    /// From now on `page` hears what goes on, instead of whoever listened before.
    pub(crate) fn subscribe(&self, page: Channel<Event>) {
        let mut state = self.state();
        state.page = Some(page);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        if !waiting.is_empty() {
            self.open(waiting, Vec::new());
        }
    }

    /// Tells the page whether files are being dragged over the window.
    pub(crate) fn dragging(&self, over: bool) {
        tell(&self.state(), Event::Dragging { over });
    }

    /// Asks the page whether dropped files may be opened in place of the present export.
    pub(crate) fn dropped(&self, paths: Vec<PathBuf>) {
        let mut state = self.state();
        if state.page.is_none() {
            // Nobody is there to ask yet, and nothing is open.
            state.waiting = paths;
            return;
        }
        state.dropped = paths;
        tell(&state, Event::Dropped {});
    }

    /// Opens what was dropped last.
    pub(crate) fn open_dropped(&self) {
        let paths = std::mem::take(&mut self.state().dropped);
        if !paths.is_empty() {
            self.open(paths, Vec::new());
        }
    }

    /// Whether the window must wait for the page to say that it may close: something may not be saved yet. A page that
    /// did not answer before is not asked twice.
    pub(crate) fn asks_before_closing(&self) -> bool {
        let mut state = self.state();
        let asks = state.open.is_some() && state.page.is_some() && !state.closing;
        state.closing = asks;
        if asks {
            tell(&state, Event::Closing {});
        }
        asks
    }

    /// The page answered; if the window closes once more, it is asked again.
    pub(crate) fn closing_answered(&self) {
        self.state().closing = false;
    }

    /// Opens an export in place of the present one. Returns at once; the page hears how it goes.
    pub(crate) fn open(&self, paths: Vec<PathBuf>, passwords: Vec<String>) {
        let corrections = self.state().case.as_ref().map(|open| open.case.corrections());
        self.open_with(paths, passwords, corrections.unwrap_or_default());
    }

    fn open_with(&self, paths: Vec<PathBuf>, passwords: Vec<String>, corrections: Corrections) {
        self.close();
        let turn = self.state().turn;
        let desk = self.clone();
        let session = Session::open_with(paths.clone(), passwords.clone(), corrections, move |event| {
            let state = desk.state();
            if state.turn == turn {
                tell(&state, event);
            }
        });
        let mut state = self.state();
        if state.turn == turn {
            state.open = Some(Open { paths, passwords, session });
        }
    }

    /// Opens a sample that ships with the program.
    pub(crate) fn open_sample(&self, id: &str) -> Result<(), Trouble> {
        let sample = self.0.samples.iter().find(|path| name(path) == id).ok_or_else(|| {
            trouble(
                "no_such_sample",
                "there is no sample export of that name",
                "install the program again: its samples belong to it",
            )
        })?;
        self.open(vec![sample.clone()], Vec::new());
        Ok(())
    }

    /// Opens the present export once more, with these passwords beside those tried before.
    pub(crate) fn unlock(&self, passwords: Vec<String>) -> Result<(), Trouble> {
        let (paths, mut all, session, case) = {
            let state = self.state();
            let open = state.open.as_ref().ok_or_else(nothing_open)?;
            (open.paths.clone(), open.passwords.clone(), open.session.clone(), state.case.clone())
        };
        all.extend(passwords);
        // It is the same export: what was put right in it stays.
        let corrections = session.corrections(case.as_ref().map(|open| &open.case));
        self.open_with(paths, all, corrections);
        Ok(())
    }

    /// Stops reading. What is read so far stays.
    pub(crate) fn stop(&self) {
        if let Ok(session) = self.session() {
            session.stop();
        }
    }

    /// Clears the desk; the export's index goes with it.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.turn += 1;
        let open = state.open.take();
        drop(state);
        if let Some(open) = open {
            open.session.stop();
        }
    }

    /// The export in one glance; none when nothing is open, or its container is still being looked at.
    pub(crate) fn head(&self) -> Option<Head> {
        self.session().ok()?.head()
    }

    /// Paths of the open export.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.state().open.as_ref().map(|open| open.paths.clone()).unwrap_or_default()
    }

    /// The case that is open, and how the open export stands to it.
    pub(crate) fn case_state(&self) -> CaseState {
        let (case, session) = {
            let state = self.state();
            (state.case.clone(), state.open.as_ref().map(|open| open.session.clone()))
        };
        let named = case.as_ref().map(|open| (name(&open.path), &open.case));
        let named = named.as_ref().map(|(name, case)| (name.as_str(), *case));
        match (session, named) {
            (Some(session), named) => session.case_state(named),
            (None, Some((name, case))) => case.state(name),
            (None, None) => CaseState { export: "none".to_owned(), ..CaseState::default() },
        }
    }

    /// Takes a file for the case to be opened next, if it is one. Its name.
    pub(crate) fn choose_case(&self, path: PathBuf) -> Result<String, Trouble> {
        // Whatever it is called, it is saved again where it really lies: a link there would be replaced otherwise.
        let path = path.canonicalize().unwrap_or(path);
        case_bytes(&path)?;
        let chosen = name(&path);
        self.state().chosen = Some(path);
        Ok(chosen)
    }

    /// Opens the case that was chosen. What it says of the open export is made at once.
    pub(crate) fn open_case(&self, passphrase: &Passphrase) -> Result<CaseState, Trouble> {
        let path = self.state().chosen.clone().ok_or_else(no_case)?;
        let bytes = case_bytes(&path)?;
        let case = Case::open(&bytes, passphrase)?;
        let corrections = case.corrections();
        let session = {
            let mut state = self.state();
            state.chosen = None;
            state.case = Some(OpenCase { path, case, bytes });
            state.open.as_ref().map(|open| open.session.clone())
        };
        if let Some(session) = session {
            session.apply(&corrections);
        }
        Ok(self.case_state())
    }

    /// Saves what was put right in the open export in a new case.
    pub(crate) fn keep_in_new_case(&self, path: PathBuf, passphrase: &Passphrase) -> Result<(), Trouble> {
        let session = self.session()?;
        if case_bytes(&path).is_ok() {
            return Err(trouble(
                "case_exists",
                "this file is a case already, and what it holds would be lost",
                "open it first: this export is added to it then; or choose another name",
            ));
        }
        self.save_case(path, session.keep_in(&Case::new(passphrase)?)?)
    }

    /// Saves what was put right in the open export in the case that is open.
    pub(crate) fn keep_in_open_case(&self) -> Result<(), Trouble> {
        let session = self.session()?;
        let open = self.state().case.clone().ok_or_else(no_case)?;
        // A file that is gone is written anew; one that somebody else wrote is not written over.
        let changed = match case_bytes(&open.path) {
            Ok(bytes) => bytes != open.bytes,
            // Whatever stands there now, it was not ours.
            Err(trouble) if trouble.code == "case_not_one" => true,
            Err(_) if !open.path.exists() => false,
            Err(trouble) => return Err(trouble),
        };
        if changed {
            return Err(trouble(
                "case_changed",
                "the file of the case was changed since it was opened",
                "open it again: what it holds now would be lost otherwise",
            ));
        }
        self.save_case(open.path, session.keep_in(&open.case)?)
    }

    fn save_case(&self, path: PathBuf, case: Case) -> Result<(), Trouble> {
        let bytes = case.seal()?;
        save::write(&path, &bytes, &self.paths())?;
        let path = path.canonicalize().unwrap_or(path);
        self.state().case = Some(OpenCase { path, case, bytes });
        Ok(())
    }

    /// Closes the case; its key is wiped. What it corrected stays corrected while the export is open.
    pub(crate) fn close_case(&self) {
        let mut state = self.state();
        state.case = None;
        state.chosen = None;
    }

    /// Asks the open export something on a thread of its own, so that the window never waits.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        let session = self.session()?;
        aside(move || question(&session)).await
    }

    fn session(&self) -> Result<Session, Trouble> {
        self.state().open.as_ref().map(|open| open.session.clone()).ok_or_else(nothing_open)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change of the state is complete at any point where something could break.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does work that may take long on a thread of its own. If it breaks, that costs this one question.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    tauri::async_runtime::spawn_blocking(work).await.map_err(|_| {
        trouble(
            "question_failed",
            "something in the program broke while it worked on this",
            "the rest goes on; please report what you were doing, without the export",
        )
    })
}

/// A trouble with no values to name.
pub(crate) fn trouble(code: &str, message: &str, hint: &str) -> Trouble {
    Trouble {
        code: code.to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
        args: Default::default(),
    }
}

/// Where the samples may lie: with what is installed, or beside the program where it was just built.
pub(crate) fn sample_folders(app: &AppHandle) -> Vec<PathBuf> {
    let installed = app.path().resource_dir().ok();
    let built = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned));
    installed.into_iter().chain(built).map(|folder| folder.join("sample-exports")).collect()
}

/// The language of the system, as far as there are words for it: `fr` or `en`.
pub(crate) fn language() -> &'static str {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_ascii_lowercase().starts_with("fr") => "fr",
        _ => "en",
    }
}

/// The trouble of a question that came too early or too late.
pub(crate) fn nothing_open() -> Trouble {
    trouble("nothing_open", "no export is open", "open one first")
}

fn no_case() -> Trouble {
    trouble("no_case", "no case was chosen", "choose one first")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn tell(state: &State, event: Event) {
    if let Some(page) = &state.page {
        // It fails when the page is gone, and then nobody is left to tell.
        let _ = page.send(event);
    }
}

#[cfg(test)]
mod tests;
