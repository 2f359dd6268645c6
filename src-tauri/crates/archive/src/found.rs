//! Entries on their way in: what a container says of them, before passwords and limits.

use crate::names::RawName;
use crate::packed::Packed;
use crate::source::Source;
use crate::zip::{Item, Lock};
use crate::{CodePage, Nature, Oddity, names, paths};

/// An entry on its way in.
pub(crate) struct Found {
    pub(crate) raw_name: Vec<u8>,
    pub(crate) name: String,
    pub(crate) nature: Nature,
    pub(crate) size: Option<u64>,
    pub(crate) packed_len: u64,
    pub(crate) bytes: Locked,
    pub(crate) oddities: Vec<Oddity>,
}

/// The bytes of an entry before its password was looked for.
pub(crate) enum Locked {
    Plain(Packed),
    Item(Box<Item>, Source),
    /// Encrypted, and no password fits.
    Closed,
    None(Oddity),
}

/// Makes the entries of a ZIP ready: names decoded, plain folders left out, twins told.
pub(crate) fn prepare(
    mut items: Vec<Item>,
    source: &Source,
    chosen: Option<CodePage>,
) -> (Vec<Found>, Option<CodePage>) {
    let raw: Vec<RawName<'_>> = items.iter().map(Item::raw).collect();
    let (names, used) = names::decode_all(&raw, chosen);
    let named = names.into_iter().zip(&mut items).map(|((name, odd), item)| {
        item.oddities.extend(odd);
        name
    });
    let names: Vec<String> = named.collect();
    let mut found: Vec<Found> = items
        .into_iter()
        .zip(names)
        .filter(|(item, name)| !plain_folder(item, name))
        .map(|(mut item, name)| Found {
            raw_name: std::mem::take(&mut item.raw_name),
            name,
            nature: nature(item.mode.unwrap_or(0), item.size),
            size: item.size,
            packed_len: item.packed,
            oddities: std::mem::take(&mut item.oddities),
            bytes: Locked::Item(Box::new(item), source.clone()),
        })
        .collect();
    add_twins(&mut found);
    (found, used)
}

pub(crate) fn add_twins(found: &mut [Found]) {
    let names: Vec<String> = found.iter().map(|entry| entry.name.clone()).collect();
    for (at, oddity) in paths::twins(&names) {
        found[at].oddities.push(oddity);
    }
}

/// A folder that holds nothing and about which nothing is odd.
fn plain_folder(item: &Item, name: &str) -> bool {
    // Two bytes are what deflate needs to say nothing; salt, check and code are what encryption adds to that.
    let nothing = if item.lock == Lock::Open { 2 } else { 32 };
    let honest = item.oddities.is_empty() && item.method.is_ok();
    name.ends_with('/') && item.size == Some(0) && item.packed <= nothing && honest
}

/// What a file is by its mode on Unix. A pipe that holds something is what was written into the archive from a pipe, as
/// `zip` keeps its mode.
pub(crate) fn nature(mode: u32, size: Option<u64>) -> Nature {
    match mode & 0o170_000 {
        0o120_000 => Nature::Link { target: String::new() },
        0o010_000 if size != Some(0) => Nature::File,
        0o010_000 | 0o020_000 | 0o060_000 | 0o140_000 => Nature::Special,
        _ => Nature::File,
    }
}

/// A file that is in no archive.
pub(crate) fn file(raw_name: Vec<u8>, source: Source) -> Found {
    Found {
        name: String::from_utf8_lossy(&raw_name).into_owned(),
        raw_name,
        nature: Nature::File,
        size: Some(source.len()),
        packed_len: source.len(),
        bytes: Locked::Plain(Packed::plain(source)),
        oddities: Vec::new(),
    }
}
