//! Packs a folder into a ZIP, the same bytes each time.
//!
//! `cargo run -p portolan-tests --bin pack -- sample-exports/sellsy sellsy.zip`

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use portolan_tests::pack;

#[expect(clippy::print_stderr, reason = "a program for the command line says what is wrong there")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = &arguments[..] else {
        eprintln!("usage: pack FOLDER OUT.zip");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not pack {folder}: {error}");
            ExitCode::from(3)
        }
    }
}

fn write(folder: &Path, out: &Path) -> io::Result<()> {
    fs::write(out, pack::pack(folder)?)
}
