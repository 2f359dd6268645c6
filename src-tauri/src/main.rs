//! The desktop program. Everything stands in the library beside this file.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    portolan_desktop::run()
}
