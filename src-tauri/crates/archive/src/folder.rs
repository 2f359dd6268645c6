//! The files of a folder, found without following links and without recursion.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Oddity, limits, platform, shown};

/// One thing found in a folder.
pub(crate) struct Found {
    /// The name relative to the folder, `/` between folders.
    pub(crate) raw_name: Vec<u8>,
    pub(crate) path: PathBuf,
    pub(crate) what: What,
}

/// What a thing in a folder is.
pub(crate) enum What {
    File(fs::Metadata),
    /// A link, with the bytes of its target.
    Link(Vec<u8>),
    /// A pipe, socket or device.
    Special,
    /// Something that could not even be looked at.
    Unreadable(String),
}

/// Everything in a folder and below, sorted by name. Folders themselves are not listed.
pub(crate) fn walk(root: &Path, oddities: &mut Vec<Oddity>) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_path_buf(), Vec::new(), 0)];
    let mut first = true;
    while let Some((folder, prefix, depth)) = folders.pop() {
        let quoted = shown::quoted(&String::from_utf8_lossy(&prefix));
        let listing = match fs::read_dir(&folder) {
            Ok(listing) => listing,
            Err(e) if first => return Err(e),
            Err(e) => {
                let message = format!("the folder {quoted} could not be read: {e}");
                oddities.push(Oddity::new("folder_unreadable", message).with("entry", shown::bare(&quoted)));
                continue;
            }
        };
        first = false;
        for item in listing {
            let item = match item {
                Ok(item) => item,
                Err(e) => {
                    let message = format!("the folder {quoted} could not be read to its end: {e}");
                    oddities
                        .push(Oddity::new("folder_unreadable", message).with("entry", shown::bare(&quoted)));
                    break;
                }
            };
            let mut raw_name = prefix.clone();
            if !raw_name.is_empty() {
                raw_name.push(b'/');
            }
            raw_name.extend(platform::name_bytes(&item.file_name()));
            let path = item.path();
            let what = match fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_dir() && depth >= limits::FOLDER_DEPTH_MAX => {
                    let quoted = shown::quoted(&String::from_utf8_lossy(&raw_name));
                    let message = format!("the folder {quoted} is too deep and was not entered");
                    oddities
                        .push(Oddity::new("folder_too_deep", message).with("entry", shown::bare(&quoted)));
                    continue;
                }
                Ok(meta) if meta.is_dir() => {
                    folders.push((path, raw_name, depth + 1));
                    continue;
                }
                Ok(meta) if meta.is_file() => What::File(meta),
                Ok(meta) if meta.is_symlink() => {
                    let target = fs::read_link(&path).map(|target| platform::name_bytes(target.as_os_str()));
                    What::Link(target.unwrap_or_default())
                }
                Ok(_) => What::Special,
                Err(e) => What::Unreadable(e.to_string()),
            };
            found.push(Found { raw_name, path, what });
            if found.len() > limits::ENTRIES_MAX {
                return Ok(found);
            }
        }
    }
    found.sort_by(|a, b| a.raw_name.cmp(&b.raw_name));
    Ok(found)
}
