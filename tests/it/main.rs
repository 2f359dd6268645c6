//! Journeys through a session, over both samples and over hostile archives; and the rules that the repository keeps.

mod contract;
mod journey;
mod layering;
mod letters;
mod samples;
mod searching;

use std::path::{Path, PathBuf};

use session::Session;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A sample export, opened as a folder and read to the end.
pub(crate) fn sample(name: &str) -> Session {
    let session = Session::open(vec![root().join("sample-exports").join(name)], Vec::new(), |_| {});
    session.wait();
    session
}
