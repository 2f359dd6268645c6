//! Which container a file is, told from its first bytes, and what is in it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::content::Content;
use crate::found::{self, Found, Locked, add_twins, file};
use crate::means::Means;
use crate::packed::Packed;
use crate::reader::Checked;
use crate::source::Source;
use crate::tar::{self, Tar};
use crate::unlock::Opened;
use crate::zip::{self, Item, Listing, Room};
use crate::{Nature, Oddity, Refusal, limits, names, seven, shown, whole};

/// A kind of container. What is packed as a whole (`x.tar.gz`, `x.json.gz`) is known by how it is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the formats' own")]
pub enum Container {
    Zip,
    Tar,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    Lzma,
    SevenZip,
}

/// Bytes that are enough to tell a container.
pub(crate) const HEAD_BYTES: u64 = tar::BLOCK as u64;

impl Container {
    /// Tells what a file is; its name only helps where nothing in the bytes does.
    pub(crate) fn tell(head: &[u8], lower_name: &str) -> Option<Self> {
        let bzip2 = |head: &[u8]| {
            matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..])
                || matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..])
        };
        match head {
            _ if signed(head) => Some(Self::Zip),
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            _ if bzip2(head) => Some(Self::Bzip2),
            _ if head.starts_with(b"\xfd7zXZ\0") => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // A frame to be left out may come first.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] if ends(lower_name, &[".zst", ".tzst"]) => Some(Self::Zstd),
            _ if head.starts_with(b"7z\xbc\xaf\x27\x1c") => Some(Self::SevenZip),
            _ if tar::begins(head) => Some(Self::Tar),
            // Properties below 225, and a dictionary of whole KiB: there is nothing else to tell it by.
            [0..=224, 0, _, _, _, ..] if ends(lower_name, &[".lzma", ".tlz"]) => Some(Self::Lzma),
            _ => None,
        }
    }

    /// Whether a file of this name says that it is such a container.
    pub(crate) fn named(self, lower_name: &str) -> bool {
        let endings: &[&str] = match self {
            Self::Zip => &[".zip"],
            Self::Tar => &[".tar"],
            Self::Gzip => &[".gz", ".tgz", ".gzip"],
            Self::Bzip2 => &[".bz2", ".tbz", ".tbz2", ".bz"],
            Self::Xz => &[".xz", ".txz"],
            Self::Zstd => &[".zst", ".tzst", ".zstd"],
            Self::Lzma => &[".lzma", ".tlz"],
            Self::SevenZip => &[".7z"],
        };
        ends(lower_name, endings)
    }
}

fn ends(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Begins as a ZIP does, an empty one too.
fn signed(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// What a container turned out to hold.
pub(crate) enum Inside {
    /// These entries; and what is odd about the container as a whole.
    Entries(Vec<Found>, Vec<Oddity>),
    /// It is one thing to its reader: an office document, an e-book.
    Document,
    /// Even its names are encrypted, and no password fits.
    Locked,
}

/// Lists a container. `name` is its own, as it is called in messages.
pub(crate) fn list(
    means: &mut Means,
    container: Container,
    source: &Source,
    name: &str,
    room: Room,
) -> Result<Inside, Refusal> {
    let called = shown::shortened(&shown::escape(name).text, limits::NAME_CHARS_IN_MESSAGE);
    let too_many = || Refusal::TooManyEntries { name: called.clone(), max: room.entries };
    match container {
        Container::Zip => {
            let listing = zip::list(source, name, room)?;
            if document(&listing, &name.to_lowercase()) {
                return Ok(Inside::Document);
            }
            let (found, used) = found::prepare(listing.items, source, means.chosen_page);
            means.used_page = means.used_page.or(used);
            Ok(Inside::Entries(found, listing.oddities))
        }
        Container::Tar => {
            let tar = tar::list(source, room.entries)
                .map_err(|e| Refusal::Unreadable { name: called.clone(), why: e.to_string() })?;
            if tar.too_many {
                return Err(too_many());
            }
            Ok(of_tar(means, tar, source, Vec::new()))
        }
        Container::SevenZip => of_seven(means, source, &called, room),
        Container::Gzip | Container::Bzip2 | Container::Xz | Container::Zstd | Container::Lzma => {
            let unpacked = whole::open(means, container, source, &called, room.entries)?;
            if let Some(tar) = unpacked.tar {
                if tar.too_many {
                    return Err(too_many());
                }
                return Ok(of_tar(means, tar, &unpacked.source, unpacked.oddities));
            }
            if says_tar(&name.to_lowercase()) && nothing(&unpacked.source) {
                return Ok(Inside::Entries(Vec::new(), unpacked.oddities));
            }
            let raw_name = unpacked.name.as_deref().map(last_part).filter(|name| !name.is_empty());
            let raw_name = raw_name.map_or_else(|| without_ending(name, container), <[u8]>::to_vec);
            let mut only = file(raw_name, unpacked.source.clone());
            only.packed_len = source.len();
            let mut packed = Packed::plain(unpacked.source);
            if !unpacked.oddities.is_empty() {
                packed.damage = Some(Arc::new(unpacked.oddities));
            }
            only.bytes = Locked::Plain(packed);
            Ok(Inside::Entries(vec![only], Vec::new()))
        }
    }
}

/// An office document or e-book: a ZIP inside, but one thing to its reader. What is named `.zip` is none of them.
fn document(listing: &Listing, lower_name: &str) -> bool {
    let marks = |item: &Item| matches!(item.raw_name.as_slice(), b"[Content_Types].xml" | b"mimetype");
    !lower_name.ends_with(".zip") && listing.items.iter().any(marks)
}

/// Whether a file of this name is expected to hold a tar file, or some other archive.
fn says_tar(lower_name: &str) -> bool {
    [".tar.", ".tgz", ".tbz", ".txz", ".tzst", ".tlz", ".zip"].iter().any(|part| lower_name.contains(part))
}

/// Nothing but some blocks of zeros: a tar file without files.
fn nothing(source: &Source) -> bool {
    let most = limits::READ_BYTES;
    let small = source.len() >= HEAD_BYTES && source.len() <= most as u64;
    small && source.read(0, most).is_ok_and(|bytes| bytes.iter().all(|b| *b == 0))
}

fn last_part(name: &[u8]) -> &[u8] {
    name.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or(name)
}

/// `données.json.gz` holds `données.json`; `x.tgz` holds `x.tar`.
fn without_ending(name: &str, container: Container) -> Vec<u8> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => {
            let lower = format!(".{}", ending.to_lowercase());
            if lower.starts_with(".t") && container.named(&lower) {
                return format!("{stem}.tar").into_bytes();
            }
            if container.named(&lower) {
                return stem.as_bytes().to_vec();
            }
            name.as_bytes().to_vec()
        }
        _ => name.as_bytes().to_vec(),
    }
}

fn of_tar(means: &mut Means, tar: Tar, source: &Source, mut oddities: Vec<Oddity>) -> Inside {
    let raw: Vec<_> = tar.things.iter().map(tar::Thing::raw).collect();
    let (names, used) = names::decode_all(&raw, means.chosen_page);
    means.used_page = means.used_page.or(used);
    let mut found: Vec<Found> = tar
        .things
        .into_iter()
        .zip(names)
        .map(|(mut thing, (name, odd))| {
            thing.oddities.extend(odd);
            let len = thing.data.end - thing.data.start;
            let mut entry = file(thing.raw_name, source.slice(thing.data.start, len));
            (entry.name, entry.nature) = (name, thing.nature);
            (entry.size, entry.packed_len) = (Some(len), len);
            if let Locked::Plain(packed) = &mut entry.bytes {
                packed.size = Some(len);
            }
            if matches!(entry.nature, Nature::Link { .. }) && len == 0 {
                entry.size = Some(thing.target.len() as u64);
                entry.bytes = Locked::Plain(Packed::plain(Source::memory(thing.target)));
            }
            if let Some(sparse) = thing.sparse {
                // What is said of it holds only if it cannot be put together.
                let why = thing.oddities.iter().position(|oddity| oddity.code == "tar_sparse");
                let why = why.map(|at| thing.oddities.remove(at));
                let whole = sparse.whole(&source.slice(thing.data.start, len));
                match whole.filter(|whole| means.ratio_allowed(len.max(1), whole.len())) {
                    Some(whole) => {
                        entry.size = Some(whole.len());
                        entry.bytes = Locked::Plain(Packed::plain(whole));
                    }
                    None => entry.bytes = why.map_or(entry.bytes, Locked::None),
                }
            }
            entry.oddities = thing.oddities;
            entry
        })
        .collect();
    add_twins(&mut found);
    oddities.extend(tar.oddities);
    Inside::Entries(found, oddities)
}

fn of_seven(means: &mut Means, source: &Source, called: &str, room: Room) -> Result<Inside, Refusal> {
    let name = || called.to_owned();
    let listed = seven::list(source, room.entries, room.directory_bytes, |folder| {
        let packed = folder.packed(source).map_err(seven::Trouble::Damaged)?;
        let whole = (folder.size, folder.crc);
        // A header begins with its own mark, or with that of a packed one.
        let begins = |first| matches!(first, 0x01 | 0x17);
        match means.keyring.unlock_seven(packed, folder.aes.as_ref(), whole, begins) {
            Ok(Opened::Open(packed)) => Ok(Checked::new(&packed, called).read_to(folder.size)),
            Ok(Opened::Closed) => Err(seven::Trouble::Locked),
            Err(e) => Err(seven::Trouble::Unreadable(e.to_string())),
        }
    });
    let archive = match listed {
        Ok(archive) => archive,
        Err(seven::Trouble::Locked) => return Ok(Inside::Locked),
        Err(seven::Trouble::Cut) => return Err(Refusal::Incomplete { name: name() }),
        Err(seven::Trouble::TooMany) => {
            return Err(Refusal::TooManyEntries { name: name(), max: room.entries });
        }
        Err(seven::Trouble::TooLarge) => {
            return Err(Refusal::DirectoryTooLarge { name: name(), max: room.directory_bytes });
        }
        Err(seven::Trouble::Damaged(why)) => return Err(Refusal::Damaged { name: name(), why }),
        Err(seven::Trouble::Unreadable(why)) => return Err(Refusal::Unreadable { name: name(), why }),
    };
    let mut first_files = vec![None; archive.folders.len()];
    for file in &archive.files {
        if let Some((folder, range)) = &file.place
            && let Some(first) = first_files.get_mut(*folder)
            && first.is_none()
        {
            *first = Some((range.end - range.start, file.crc));
        }
    }
    let mut folders: Vec<Result<Source, Lost>> = Vec::new();
    for (folder, first) in archive.folders.iter().zip(first_files) {
        folders.push(open_folder(means, source, folder, first));
    }
    let mut found: Vec<Found> = archive
        .files
        .into_iter()
        .filter(|file| !file.is_folder)
        .map(|listed| {
            let mut entry = file(listed.name.clone().into_bytes(), Source::memory(Vec::new()));
            let len = listed.place.as_ref().map_or(0, |(_, range)| range.end - range.start);
            entry.nature = found::nature(listed.mode, Some(len));
            let Some((folder, range)) = listed.place else { return entry };
            (entry.size, entry.packed_len) = (Some(len), len);
            if len == 0 {
                return entry;
            }
            let quoted = shown::quoted(&listed.name);
            let note = |code, message: String| {
                Locked::None(Oddity::new(code, message).with("entry", shown::bare(&quoted)))
            };
            entry.bytes = match folders.get(folder) {
                Some(Ok(source)) => {
                    let mut packed = Packed::plain(source.slice(range.start, len));
                    (packed.size, packed.crc) = (Some(len), listed.crc);
                    Locked::Plain(packed)
                }
                Some(Err(Lost::Closed)) => Locked::Closed,
                Some(Err(Lost::Method(called))) => {
                    let message = format!(
                        "{quoted} was not read: it is packed with {called}, which this program cannot undo; \
                         unpack the archive with another program and open the folder"
                    );
                    Locked::None(
                        Oddity::new("method_unsupported", message)
                            .with("entry", shown::bare(&quoted))
                            .with("method", called)
                            .with("called", called),
                    )
                }
                Some(Err(Lost::Ratio(size, packed))) => {
                    let message = format!(
                        "{quoted} was not read: it is packed with others from {size} bytes to {packed}, and entries \
                         like it have used up the {} bytes that a ZIP bomb may take",
                        limits::RATIO_BUDGET_BYTES
                    );
                    note("ratio_budget", message)
                }
                Some(Err(Lost::Disk(why))) => note("read_failed", format!("{quoted} could not be read: {why}")),
                None => note("data_outside", format!("{quoted} could not be read: its data are missing")),
            };
            entry
        })
        .collect();
    add_twins(&mut found);
    Ok(Inside::Entries(found, Vec::new()))
}

/// Why the files of a folder cannot be read.
enum Lost {
    Closed,
    Method(String),
    Ratio(u64, u64),
    Disk(String),
}

/// The bytes of a folder of a 7z archive, decoded as needed. `first` is its first file: its size, its checksum.
fn open_folder(
    means: &mut Means,
    source: &Source,
    folder: &seven::Folder,
    first: Option<(u64, Option<u32>)>,
) -> Result<Source, Lost> {
    let packed = folder.packed(source).map_err(Lost::Method)?;
    let trial = first.unwrap_or((folder.size, folder.crc));
    let packed = match means.keyring.unlock_seven(packed, folder.aes.as_ref(), trial, |_| true) {
        Ok(Opened::Open(packed)) => *packed,
        Ok(Opened::Closed) => return Err(Lost::Closed),
        Err(e) => return Err(Lost::Disk(e.to_string())),
    };
    let (len, out) = (packed.source.len(), packed.most());
    if !means.ratio_allowed(len, out) {
        return Err(Lost::Ratio(out, len));
    }
    if out <= means.memory_left(&packed.method) {
        // Decoding cannot begin in the middle of a folder, so a small one is decoded once. What is wrong with it is
        // told by its files, which have checksums of their own.
        let read = catch_unwind(AssertUnwindSafe(|| Checked::new(&packed, "").read_to(out)));
        if let Ok(bytes) = read {
            means.keep_in_memory(bytes.len() as u64);
            return Ok(Source::memory(bytes));
        }
    }
    let key = means.next_key();
    let content = Arc::new(Content::new(packed, key, Arc::clone(&means.cache)));
    // What lies beyond the ratio stays beyond the end.
    Ok(Source::entry(content, out))
}
