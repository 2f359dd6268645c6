//! The desktop program. Everything stands in the library beside this file.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    session::serve_if_asked();
    portolan_desktop::run()
}
