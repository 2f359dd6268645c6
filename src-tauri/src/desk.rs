//! What lies on the desk: the export that is open, if any, and the page that is told about it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use session::Session;
use session::wire::{Event, Head, Start, Trouble};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

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
    /// Counts what was opened, so that the last words of an export closed meanwhile go unheard.
    turn: u64,
}

struct Open {
    paths: Vec<PathBuf>,
    passwords: Vec<String>,
    session: Session,
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

    /// Opens an export in place of the present one. Returns at once; the page hears how it goes.
    pub(crate) fn open(&self, paths: Vec<PathBuf>, passwords: Vec<String>) {
        self.close();
        let turn = self.state().turn;
        let desk = self.clone();
        let session = Session::open(paths.clone(), passwords.clone(), move |event| {
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
        let (paths, mut all) = {
            let state = self.state();
            let open = state.open.as_ref().ok_or_else(nothing_open)?;
            (open.paths.clone(), open.passwords.clone())
        };
        all.extend(passwords);
        self.open(paths, all);
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

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn tell(state: &State, event: Event) {
    if let Some(page) = &state.page {
        // It fails when the page is gone, and then nobody is left to tell.
        let _ = page.send(event);
    }
}
