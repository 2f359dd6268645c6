//! Tells Tauri which commands there are, so that each one needs a permission; without this list all of them would be
//! open to the window. `capabilities/main.json` grants them one by one.

/// Every command of the program, as in `src/commands.rs`.
const COMMANDS: &[&str] = &[
    "start",
    "subscribe",
    "open_sample",
    "choose_files",
    "choose_folder",
    "unlock",
    "stop",
    "close",
    "head",
    "overview",
    "entries",
    "correct_kind",
    "list",
    "search",
    "record",
    "picture",
    "source",
    "ledger",
    "threads",
    "thread",
    "consents",
    "accounts",
    "controllers",
    "new_draft",
    "letter",
    "save_letter",
    "open_dropped",
    "leave_program",
    "case_state",
    "choose_case",
    "open_case",
    "keep_case",
    "close_case",
];

fn main() {
    // The page is part of the program.
    println!("cargo::rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("the configuration beside this file is complete");
}
