//! The pages of a document in their order, with what stands on them beside their content: links and notes.

use std::collections::HashSet;

use super::encodings;
use super::file::File;
use super::object::{Dict, Object};
use crate::limits;

/// A page as it is told of.
pub(super) struct Page {
    pub(super) dict: Dict,
    pub(super) resources: Dict,
}

/// All pages, and whether the tree of them is damaged.
pub(super) struct Pages {
    pub(super) pages: Vec<Page>,
    /// Whether the tree comes back to itself, or has more in it than may be.
    pub(super) damaged: bool,
}

/// Finds the pages.
pub(super) fn pages(file: &File<'_>) -> Pages {
    let mut found = Pages { pages: Vec::new(), damaged: false };
    let root = file.catalog().get("Pages").clone();
    let mut seen = HashSet::new();
    let mut left = vec![(root, Dict::default())];
    while let Some((object, inherited)) = left.pop() {
        if let Object::Ref(number) = object
            && !seen.insert(number)
        {
            found.damaged = true;
            continue;
        }
        if found.pages.len() >= limits::PDF_PAGES || !file.spend(64) {
            found.damaged = true;
            break;
        }
        let node = file.follow(&object).into_owned();
        let Some(dict) = node.dict() else {
            found.damaged = true;
            continue;
        };
        let resources = file.entry(dict, "Resources").dict().cloned().unwrap_or(inherited);
        let kids = file.entry(dict, "Kids").into_owned();
        match kids.array() {
            Some(kids) if !dict.get("Type").is_name("Page") => {
                left.extend(kids.iter().rev().map(|kid| (kid.clone(), resources.clone())));
            }
            _ => found.pages.push(Page { dict: dict.clone(), resources }),
        }
    }
    if found.pages.is_empty() {
        // No tree leads to them, but they may be there all the same.
        found.damaged = true;
        for number in file.numbers() {
            let object = file.get(number);
            if let Some(dict) = object.dict().filter(|d| d.get("Type").is_name("Page")) {
                let resources = file.entry(dict, "Resources").dict().cloned().unwrap_or_default();
                found.pages.push(Page { dict: dict.clone(), resources });
            }
            if found.pages.len() >= limits::PDF_PAGES || file.is_spent() {
                break;
            }
        }
    }
    found
}

/// What a page draws: all its parts, one after the other.
pub(super) fn content(file: &File<'_>, page: &Page) -> Vec<u8> {
    let contents = file.entry(&page.dict, "Contents").into_owned();
    let parts = match contents {
        Object::Array(parts) => parts,
        one => vec![one],
    };
    let mut all = Vec::new();
    for part in parts {
        if all.len() >= limits::PDF_STREAM {
            break;
        }
        if let Object::Stream(stream) = file.follow(&part).as_ref() {
            let mut data = file.data(stream, limits::PDF_STREAM - all.len());
            if all.is_empty() {
                all = data;
            } else {
                all.push(b'\n');
                all.append(&mut data);
            }
        }
    }
    all
}

/// What stands beside the content of a page.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Where links lead, as text.
    pub(super) links: Vec<String>,
    /// Notes that somebody wrote on it.
    pub(super) notes: Vec<String>,
    /// Files that somebody attached to it.
    pub(super) files: Vec<Dict>,
}

/// The links and notes of a page. What would be run, opened or fetched is counted by `active`.
pub(super) fn beside(file: &File<'_>, page: &Page, active: &mut dyn FnMut(&Dict)) -> Beside {
    let mut found = Beside::default();
    let annotations = file.entry(&page.dict, "Annots").into_owned();
    for annotation in annotations.array().unwrap_or(&[]).iter().take(limits::PDF_NOTES) {
        if !file.spend(64) {
            break;
        }
        let annotation = file.follow(annotation);
        let Some(dict) = annotation.dict() else { continue };
        let action = file.entry(dict, "A").into_owned();
        if let Some(action) = action.dict() {
            active(action);
            if let Some(target) = file.entry(action, "URI").text() {
                let target = encodings::text(target);
                if !target.is_empty() && !found.links.contains(&target) {
                    found.links.push(target);
                }
            }
        }
        if let Some(file) = file.entry(dict, "FS").dict() {
            found.files.push(file.clone());
        }
        // What a field of a form says stands with the fields.
        if dict.get("Subtype").is_name("Widget") {
            continue;
        }
        if let Some(text) = file.entry(dict, "Contents").text().map(encodings::text).filter(|t| !t.is_empty())
        {
            let author = file.entry(dict, "T").text().map(encodings::text).filter(|t| !t.is_empty());
            found.notes.push(match author {
                Some(author) => format!("{author}: {text}"),
                None => text,
            });
        }
    }
    found
}
