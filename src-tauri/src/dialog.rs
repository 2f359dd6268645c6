//! The dialogs in which a person says what to open and where to save. The system draws them; the page has no part in it.

use std::path::PathBuf;

use rfd::{AsyncFileDialog, FileHandle};
use tauri::WebviewWindow;

use crate::desk::language;

/// Asks for an archive, its parts, or a single file. None when the person thinks better of it.
pub(crate) async fn files(window: &WebviewWindow) -> Option<Vec<PathBuf>> {
    let title = in_words("Ouvrir un export", "Open an export");
    let chosen = dialog(window, title).pick_files().await?;
    Some(chosen.iter().map(path).collect())
}

/// Asks for the folder of an unpacked export.
pub(crate) async fn folder(window: &WebviewWindow) -> Option<Vec<PathBuf>> {
    let title = in_words("Ouvrir le dossier d’un export", "Open the folder of an export");
    Some(vec![path(&dialog(window, title).pick_folder().await?)])
}

/// Asks where to save, and under which name; `suggested` stands there already.
pub(crate) async fn target(window: &WebviewWindow, suggested: &str) -> Option<PathBuf> {
    let title = in_words("Enregistrer le courrier", "Save the letter");
    Some(path(&dialog(window, title).set_file_name(suggested).save_file().await?))
}

fn dialog(window: &WebviewWindow, title: &str) -> AsyncFileDialog {
    AsyncFileDialog::new().set_parent(window).set_title(title)
}

fn in_words(french: &'static str, english: &'static str) -> &'static str {
    if language() == "fr" { french } else { english }
}

fn path(handle: &FileHandle) -> PathBuf {
    handle.path().to_owned()
}
