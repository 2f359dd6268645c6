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

/// Asks for a case that was saved before.
pub(crate) async fn case(window: &WebviewWindow) -> Option<PathBuf> {
    let title = in_words("Ouvrir un dossier de suivi", "Open a case");
    Some(path(&cases(dialog(window, title)).pick_file().await?))
}

/// Asks where to save a new case.
pub(crate) async fn new_case(window: &WebviewWindow) -> Option<PathBuf> {
    let title = in_words("Enregistrer le dossier de suivi", "Save the case");
    let name = in_words("mon-dossier.portolan", "my-case.portolan");
    Some(path(&cases(dialog(window, title)).set_file_name(name).save_file().await?))
}

fn cases(dialog: AsyncFileDialog) -> AsyncFileDialog {
    let (own, all) =
        (in_words("Dossiers de suivi", "Cases of Portolan"), in_words("Tous les fichiers", "All files"));
    dialog.add_filter(own, &["portolan"]).add_filter(all, &["*"])
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
