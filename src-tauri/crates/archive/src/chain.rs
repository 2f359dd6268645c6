//! The names of entries as shown: with the chain of archives that they are in, and different from all others.

use std::collections::HashMap;

use crate::{Entry, Part, limits, paths, shown};

/// Gives every entry its name. Parents stand before what is in them; `own_names` are escaped already.
pub(crate) fn name_all(entries: &mut [Entry], own_names: &[String], parts: &[Part]) {
    let mut owners: HashMap<&str, Option<usize>> = HashMap::new();
    for (entry, own) in entries.iter().zip(own_names).filter(|(entry, _)| entry.parent.is_none()) {
        let owner = owners.entry(own).or_insert(Some(entry.part));
        *owner = owner.filter(|&part| part == entry.part);
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    for at in 0..entries.len() {
        let own = &own_names[at];
        let parent = entries[at].parent.and_then(|id| entries.get(usize::try_from(id.0).ok()?));
        let before = match parent {
            // A name of 64 KiB in front of many others would be a bomb of its own.
            Some(parent) => Some(shown::shortened(&parent.name, limits::CHAIN_CHARS_MAX)),
            None if owners.get(own.as_str()) == Some(&None) => Some(parts[entries[at].part].name.clone()),
            None => None,
        };
        let chained = |own: &str| match &before {
            Some(before) => format!("{before} > {own}"),
            None => own.to_owned(),
        };
        let first = chained(own);
        let mut name = first.clone();
        let mut number = taken.get(&first).copied().unwrap_or(0);
        while taken.contains_key(&name) {
            number += 1;
            name = chained(&paths::numbered(own, number.max(2)));
        }
        taken.insert(first, number.max(1));
        taken.entry(name.clone()).or_insert(1);
        entries[at].name = name;
    }
}
