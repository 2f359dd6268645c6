//! The window: a thin face on a session. It gives up every right that it does not need before anything else happens,
//! then shows one page, answers its questions, and pushes it what goes on.
//!
//! This package deliberately does not know how an export is read, searched or drawn. It is the only one that names
//! Tauri. No question from the page holds a path: files are chosen in dialogs that the system draws, or dropped.

mod commands;
mod desk;
mod dialog;
mod platform;
mod save;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

/// Runs the program until its window is closed. Paths on the command line are opened at once.
pub fn run() -> ExitCode {
    platform::harden();
    keep_panics_quiet();
    if !platform::has_screen() {
        return complain("there is no screen to show the window on");
    }
    let network = platform::network();
    let paths: Vec<PathBuf> =
        std::env::args_os().skip(1).filter_map(|arg| std::path::absolute(arg).ok()).collect();
    let outcome = tauri::Builder::default()
        .setup(move |app| {
            window::open(app.handle(), desk::Desk::new(network, paths, desk::sample_folders(app.handle())))?;
            Ok(())
        })
        .invoke_handler(commands::all())
        .run(tauri::generate_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("could not open the window: {error}")),
    }
}

/// A panic costs one question and is shown in the window. What it says may hold text of the export, so that only its
/// place is printed.
fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            complain(&format!("something broke at {}:{}", place.file(), place.line()));
        }
    }));
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn complain(message: &str) -> ExitCode {
    eprintln!("portolan: {message}");
    ExitCode::FAILURE
}
