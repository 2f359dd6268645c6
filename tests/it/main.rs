//! Journeys through a session, over both samples and over hostile archives; and the rules that the repository keeps.

mod contract;
mod correcting;
mod journey;
mod keeping;
mod layering;
mod letters;
mod mails;
mod opening;
mod pictures;
mod samples;
mod searching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use session::Session;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Opens what was given, as the program does: entries are read by a worker.
pub(crate) fn open(path: PathBuf, say: impl Fn(session::wire::Event) + Send + Sync + 'static) -> Session {
    session::use_program(PathBuf::from(env!("CARGO_BIN_EXE_bench")));
    Session::open(vec![path], Vec::new(), say)
}

/// A sample export, opened as a folder and read to the end; once for all tests that ask.
pub(crate) fn sample(name: &'static str) -> Session {
    static OPEN: Mutex<BTreeMap<&str, Session>> = Mutex::new(BTreeMap::new());
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let session = open.entry(name).or_insert_with(|| {
        let session = crate::open(root().join("sample-exports").join(name), |_| {});
        session.wait();
        session
    });
    session.clone()
}
