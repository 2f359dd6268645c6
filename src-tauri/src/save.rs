//! Writing what a person saves: whole or not at all, readable by its owner alone, never over the export.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use session::wire::{Saved, Trouble};
use tempfile::Builder;

use crate::desk::trouble;
use crate::platform;

/// The longest name that is suggested, in characters.
const NAME_LENGTH_MAX: usize = 80;

/// Writes `bytes` to `target`, which `export` must not hold.
///
/// They go to a file beside it that ends in `.part` and is renamed once its bytes are on the disk, so that the name
/// never stands for half a letter, and what it stood for before is there until then.
pub(crate) fn write(target: &Path, bytes: &[u8], export: &[PathBuf]) -> Result<Saved, Trouble> {
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(not_saved(&io::ErrorKind::IsADirectory.into()));
    };
    let name = name.to_string_lossy().into_owned();
    if is_in(target, folder, export) {
        return Err(trouble(
            "inside_export",
            "the chosen place belongs to the export itself",
            "choose another folder: the export stays as it was received",
        ));
    }
    // A file of its own name, which only this user can read, and which is gone if anything fails below.
    let mut part = Builder::new()
        .prefix(&format!("{name}."))
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(|error| not_saved(&error))?;
    part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(|error| not_saved(&error))?;
    part.persist(target).map_err(|failed| not_saved(&failed.error))?;
    platform::sync_folder(folder).map_err(|error| not_saved(&error))?;
    Ok(Saved { files: vec![name] })
}

/// A name that is safe on every system and shows nothing but what it is: letters, digits, dots, dashes, underscores.
pub(crate) fn safe_name(suggested: &str) -> String {
    let is_ending =
        |end: &str| (1..=8).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let parts = suggested.rsplit_once('.').filter(|(_, end)| is_ending(end));
    let (stem, ending) = parts.map_or((suggested, None), |(stem, end)| (stem, Some(end)));
    let kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let words =
        stem.split(|c: char| !kept(c)).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(NAME_LENGTH_MAX).collect();
    let stem = if stem.is_empty() { "portolan" } else { &stem };
    ending.map_or_else(|| stem.to_owned(), |end| format!("{stem}.{end}"))
}

/// Whether a target is a part of the export or lies in its folder, by whatever way it is reached.
fn is_in(target: &Path, folder: &Path, export: &[PathBuf]) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let (target, folder) = (real(target), real(folder));
    export.iter().filter_map(|path| real(path)).any(|part| {
        target.as_ref() == Some(&part) || folder.as_ref().is_some_and(|folder| folder.starts_with(&part))
    })
}

fn not_saved(error: &io::Error) -> Trouble {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let (code, hint) = match error.kind() {
        PermissionDenied | ReadOnlyFilesystem => ("not_saved_denied", "choose a folder that is yours"),
        StorageFull | QuotaExceeded => ("not_saved_full", "make room on the disk, or choose another one"),
        _ => ("not_saved", "choose another name or folder"),
    };
    let reason = error.kind().to_string();
    let mut trouble = trouble(code, &format!("could not save the file: {reason}"), hint);
    trouble.args.insert("reason".to_owned(), reason);
    trouble
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn names_are_safe() {
        let check = |suggested: &str, name: &str| assert_eq!(safe_name(suggested), name, "{suggested:?}");
        check("rectification-sellsy-2026-11-23.pdf", "rectification-sellsy-2026-11-23.pdf");
        check("../../etc/passwd", "etc-passwd");
        check("C:\\Users\\x.pdf", "C-Users-x.pdf");
        check("Société d'Été.eml", "Soci-t-d-t.eml");
        check(".bashrc", "portolan.bashrc");
        check("", "portolan");
        check("...", "portolan");
        check("a\u{202e}fdp.exe", "a-fdp.exe");
        check("one\ntwo\0.txt", "one-two.txt");
        assert_eq!(safe_name(&"x".repeat(300)).len(), NAME_LENGTH_MAX);
    }

    #[test]
    fn writes_all_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("letter.txt");
        let saved = write(&target, b"Madame, Monsieur", &[]).unwrap();
        assert_eq!(saved.files, ["letter.txt"]);
        assert_eq!(fs::read(&target).unwrap(), b"Madame, Monsieur");
        write(&target, b"again", &[]).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"again");
        assert_eq!(names(folder.path()), ["letter.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("letter.txt");
        write(&target, b"x", &[]).unwrap();
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn never_touches_the_export() {
        let folder = tempfile::tempdir().unwrap();
        let zip = folder.path().join("export.zip");
        let unpacked = folder.path().join("export");
        fs::write(&zip, "PK").unwrap();
        fs::create_dir_all(unpacked.join("sub")).unwrap();
        let export = [zip.clone(), unpacked.clone()];
        let check =
            |target: PathBuf| assert_eq!(write(&target, b"x", &export).unwrap_err().code, "inside_export");
        check(zip.clone());
        check(unpacked.join("letter.txt"));
        check(unpacked.join("sub").join("letter.txt"));
        check(folder.path().join("export").join("..").join("export.zip"));
        assert_eq!(fs::read(&zip).unwrap(), b"PK");
        write(&folder.path().join("letter.txt"), b"x", &export).unwrap();
    }

    #[test]
    fn says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let trouble = write(&folder.path().join("no").join("letter.txt"), b"x", &[]).unwrap_err();
        assert_eq!(
            (trouble.code.as_str(), trouble.args["reason"].as_str()),
            ("not_saved", "entity not found")
        );
        let trouble = write(Path::new("/"), b"x", &[]).unwrap_err();
        assert_eq!(trouble.code, "not_saved");
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert_eq!(write(&taken, b"x", &[]).unwrap_err().code, "not_saved");
        assert_eq!(names(folder.path()), ["taken"]);
    }
}
