//! Windows and macOS: what is not needed there, or not to be had.

use std::io;
use std::path::Path;

/// Nothing: no filter for sockets can be put on from inside a program here, which the window says.
pub(crate) fn harden() {}

/// Always: these systems are never without one.
pub(crate) fn has_screen() -> bool {
    true
}

/// Nothing: what the window needs no more is switched off when it is built.
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
pub(crate) fn calm(_: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Nothing: a rename is durable here without it.
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
