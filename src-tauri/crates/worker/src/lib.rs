//! Entries are read in a process that can do nothing else: what breaks there costs one entry, what takes it over finds
//! no file, no network and no other program.
//!
//! The program starts itself as its own worker: [`serve_if_asked`] stands first in every `main`. The worker reads an
//! entry's bytes from its standard input and writes messages of [`files::wire`] to its standard output: rows, or the
//! picture that an image is.
//!
//! This crate deliberately does not know archives, what rows mean, or where they go.

mod child;
mod frames;
mod parent;
#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "elsewhere.rs")]
mod platform;

use std::path::PathBuf;
use std::sync::OnceLock;

pub use parent::Reader;

/// What the program is told to serve as a worker by.
const ASKED: &str = "--read-for-portolan";

/// The program that is started as a worker.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Serves as a worker, and never returns, if the program was started as one. Otherwise takes note that it can be.
pub fn serve_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|word| word == ASKED) {
        child::serve();
    }
    if let Ok(program) = std::env::current_exe() {
        use_program(program);
    }
}

/// Names the program to start as a worker: one whose `main` begins with [`serve_if_asked`]. Without one, entries are
/// read in the process itself.
pub fn use_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}
