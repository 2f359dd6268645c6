//! The program that is started as a worker: a small script that becomes another one, as each test wants it. A process
//! can name but one program.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use session::Session;

/// The real worker.
pub(crate) const REAL: &str = concat!("exec ", env!("CARGO_BIN_EXE_bench"), " \"$@\"");

/// One that says other things than it should.
pub(crate) const LIAR: &str = concat!("exec ", env!("CARGO_BIN_EXE_liar"));

/// Where the script stands; it does what stands beside it.
fn script() -> &'static Path {
    static SCRIPT: OnceLock<PathBuf> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join("worker/program");
        std::fs::create_dir_all(script.with_file_name("")).expect("tests may write");
        let text = "#!/bin/sh\n. \"${0%/*}/becomes\"\n";
        std::fs::write(&script, text).expect("tests may write");
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).expect("it is ours");
        session::use_program(script.clone());
        script
    })
}

/// Opens a folder as the program does, with this for a worker.
pub(crate) fn open_with(becomes: &str, folder: &Path) -> Session {
    std::fs::write(script().with_file_name("becomes"), becomes).expect("tests may write");
    Session::open(vec![folder.to_owned()], Vec::new(), |_| {})
}
