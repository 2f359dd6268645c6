//! Putting an export together: every part that was given, every entry in it, and what is nested in those.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::Cache;
use crate::content::Content;
use crate::crypt::Cipher;
use crate::fingerprint::PartFiles;
use crate::folder::{self, What};
use crate::found::{Found, Locked, add_twins, file, prepare};
use crate::nested::{self, Nesting};
use crate::packed::{Method, Packed};
use crate::reader::{self, Checked};
use crate::source::Source;
use crate::unlock::{Keyring, Unlocked};
use crate::zip::{self, Item, Lock, Room};
use crate::{
    Archive, CodePage, Entry, EntryId, EntryState, Nature, Oddity, Opening, Part, Refusal, chain, limits,
    paths, platform, shown,
};

/// Opens everything that was given as one export.
pub(crate) fn open(given: &[PathBuf], how: &Opening) -> Result<Archive, Refusal> {
    if given.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    let mut gather = Gather::new(how);
    let (mut parts, mut files) = (Vec::new(), Vec::new());
    for (at, path) in given.iter().enumerate() {
        gather.part = at;
        let (part, file) = gather.add(path)?;
        parts.push(part);
        files.push(file);
    }
    Ok(gather.done(parts, files))
}

/// Opens a file that is in memory.
pub(crate) fn open_bytes(name: &str, bytes: Vec<u8>, how: &Opening) -> Result<Archive, Refusal> {
    let mut gather = Gather::new(how);
    let shown = shown::escape(name).text;
    let (part, file) = gather.add_file(shown, name.as_bytes().to_vec(), Source::memory(bytes))?;
    Ok(gather.done(vec![part], vec![file]))
}

/// The bytes of an entry, or the reason why there are none.
pub(crate) type Bytes = Result<Arc<Content>, Box<Oddity>>;

struct Gather {
    entries: Vec<Entry>,
    contents: Vec<Bytes>,
    /// The name of each entry in its container, escaped.
    own_names: Vec<String>,
    oddities: Vec<Oddity>,
    keyring: Keyring,
    cache: Arc<Cache>,
    nesting: Nesting,
    /// Bytes that entries with a high ratio will unpack to, as far as they were let in.
    high_ratio: u64,
    part: usize,
    unlisted: bool,
    chosen_page: Option<CodePage>,
    used_page: Option<CodePage>,
}

/// The entries of one container that are still to be looked at.
struct Frame {
    found: std::vec::IntoIter<Found>,
    parent: Option<EntryId>,
    depth: usize,
}

impl Gather {
    fn new(how: &Opening) -> Self {
        let passwords = how.passwords.as_slice();
        let mut oddities = Vec::new();
        if passwords.len() > limits::PASSWORDS_MAX {
            let (given, most) = (passwords.len(), limits::PASSWORDS_MAX);
            let message = format!("of the {given} passwords given, only the first {most} were tried");
            oddities
                .push(Oddity::new("passwords_too_many", message).with("given", given).with("tried", most));
        }
        Self {
            entries: Vec::new(),
            contents: Vec::new(),
            own_names: Vec::new(),
            oddities,
            keyring: Keyring::new(passwords),
            cache: Arc::new(Cache::new()),
            nesting: Nesting::new(how.unlisted),
            unlisted: how.unlisted,
            chosen_page: how.code_page,
            used_page: None,
            high_ratio: 0,
            part: 0,
        }
    }

    fn done(mut self, parts: Vec<Part>, files: Vec<PartFiles>) -> Archive {
        chain::name_all(&mut self.entries, &self.own_names, &parts);
        let name = parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ");
        Archive {
            name,
            parts,
            code_page: self.used_page,
            entries: self.entries,
            oddities: self.oddities,
            contents: self.contents,
            files,
        }
    }

    /// Adds one path.
    fn add(&mut self, path: &Path) -> Result<(Part, PartFiles), Refusal> {
        // `.` and `..` have a name only once it is known where they lead.
        let real = if path.file_name().is_none() { path.canonicalize().ok() } else { None };
        let path = real.as_deref().unwrap_or(path);
        let raw = path.file_name().unwrap_or(path.as_os_str());
        let name = shown::escape(&String::from_utf8_lossy(&platform::name_bytes(raw))).text;
        let refused = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => Refusal::NotFound { name: name.clone() },
            _ => Refusal::Unreadable { name: name.clone(), why: e.to_string() },
        };
        let meta = fs::metadata(path).map_err(refused)?;
        if meta.is_dir() {
            return self.add_folder(path, name.clone()).map_err(refused)?;
        }
        if !meta.is_file() {
            return Err(Refusal::Unreadable { name, why: "it is neither a file nor a folder".to_owned() });
        }
        let source = Source::open(path).map_err(refused)?;
        self.add_file(name.clone(), platform::name_bytes(raw), source)
    }

    /// Adds one file: a ZIP, or an export of a single entry.
    fn add_file(
        &mut self,
        name: String,
        raw_name: Vec<u8>,
        source: Source,
    ) -> Result<(Part, PartFiles), Refusal> {
        let part = Part { name: name.clone(), bytes: source.len() };
        let lower = name.to_lowercase();
        if piece_of_split(&lower) {
            return Err(Refusal::Split { name });
        }
        let head =
            source.read(0, 8).map_err(|e| Refusal::Unreadable { name: name.clone(), why: e.to_string() })?;
        let room = Room {
            entries: limits::ENTRIES_MAX.saturating_sub(self.entries.len()),
            directory_bytes: limits::DIRECTORY_BYTES_MAX,
            unlisted: self.unlisted,
        };
        let listing = if lower.ends_with(".zip") {
            Some(zip::list(&source, &name, room)?)
        } else if nested::signed(&head) {
            // Not named like an archive: a document that is a ZIP inside stays one file.
            match zip::list(&source, &name, room) {
                Ok(listing) if !nested::document(&listing, &lower) => Some(listing),
                Err(refusal @ Refusal::Overlap { .. }) => return Err(refusal),
                Ok(_) | Err(_) => None,
            }
        } else {
            None
        };
        match listing {
            Some(listing) => {
                self.oddities.extend(listing.oddities);
                let found = self.prepare(listing.items, &source);
                self.take_in(found);
            }
            None => self.take_in(vec![file(raw_name, source.clone())]),
        }
        Ok((part, PartFiles::One(source)))
    }

    fn prepare(&mut self, items: Vec<Item>, source: &Source) -> Vec<Found> {
        let (found, used) = prepare(items, source, self.chosen_page);
        self.used_page = self.used_page.or(used);
        found
    }

    /// Adds all files of a folder.
    fn add_folder(&mut self, path: &Path, name: String) -> io::Result<Result<(Part, PartFiles), Refusal>> {
        let listed = folder::walk(path, &mut self.oddities)?;
        if self.entries.len() + listed.len() > limits::ENTRIES_MAX {
            return Ok(Err(Refusal::TooManyEntries { name, max: limits::ENTRIES_MAX }));
        }
        let (mut found, mut files, mut bytes) = (Vec::new(), Vec::new(), 0);
        for thing in listed {
            let quoted = shown::quoted(&String::from_utf8_lossy(&thing.raw_name));
            let mut entry = file(thing.raw_name, Source::memory(Vec::new()));
            match thing.what {
                What::File(meta) => {
                    let source = Source::closed(thing.path, &meta);
                    bytes += source.len();
                    files.push((entry.raw_name.clone(), source.clone()));
                    (entry.size, entry.packed_len) = (Some(source.len()), source.len());
                    entry.bytes = Locked::Plain(Packed::plain(source));
                }
                What::Link(target) => {
                    let source = Source::memory(target);
                    entry.nature = Nature::Link { target: String::new() };
                    (entry.size, entry.packed_len) = (Some(source.len()), source.len());
                    entry.bytes = Locked::Plain(Packed::plain(source));
                }
                What::Special => entry.nature = Nature::Special,
                What::Unreadable(why) => {
                    let message = format!("{quoted} could not be read: {why}");
                    let oddity = Oddity::new("read_failed", message).with("entry", shown::bare(&quoted));
                    entry.bytes = Locked::None(oddity.with("why", why));
                }
            }
            found.push(entry);
        }
        add_twins(&mut found);
        self.take_in(found);
        Ok(Ok((Part { name, bytes }, PartFiles::Folder(files))))
    }

    /// Takes in entries and, right after each nested archive, what is in it. Never recurses: depth is input.
    fn take_in(&mut self, found: Vec<Found>) {
        let mut frames = vec![Frame { found: found.into_iter(), parent: None, depth: 0 }];
        while let Some(frame) = frames.last_mut() {
            let (parent, depth) = (frame.parent, frame.depth);
            match frame.found.next() {
                Some(found) => {
                    if let Some(inner) = self.push(found, parent, depth) {
                        frames.push(inner);
                    }
                }
                None => {
                    frames.pop();
                }
            }
        }
    }

    /// Adds one entry; gives what is nested in it.
    fn push(&mut self, found: Found, parent: Option<EntryId>, depth: usize) -> Option<Frame> {
        // The limit on entries is far below what a u32 holds.
        let id = EntryId(u32::try_from(self.entries.len()).ok()?);
        let quoted = shown::quoted(&found.name);
        let mut oddities = found.oddities;
        oddities.extend(paths::oddities(&found.name));
        if found.name.ends_with('/') && found.size != Some(0) {
            let message = format!("{quoted} is named like a folder but holds data; it is read as a file");
            oddities.push(Oddity::new("folder_with_data", message).with("entry", shown::bare(&quoted)));
        }
        let (state, mut bytes) = match self.unlock(found.bytes, &quoted) {
            Ok(packed) => {
                let content = Content::new(packed, id.0, Arc::clone(&self.cache));
                (EntryState::Readable, Ok(Arc::new(content)))
            }
            Err((state, oddity)) => {
                oddities.push(oddity.clone());
                (state, Err(Box::new(oddity)))
            }
        };
        let mut nature = found.nature;
        let mut inner = None;
        match (&mut nature, &bytes) {
            (Nature::Link { target }, content) => {
                if let Ok(content) = content {
                    let read =
                        Checked::new(&content.packed, &found.name).read_to(limits::LINK_TARGET_BYTES_MAX);
                    *target = shown::escape(&String::from_utf8_lossy(&read)).text;
                }
                let to = shown::quoted(target);
                let message = format!("{quoted} is a link to {to}; it is shown, never followed");
                let oddity = Oddity::new("link", message).with("entry", shown::bare(&quoted));
                oddities.push(oddity.with("target", shown::bare(&to)));
            }
            (Nature::Special, _) => {
                let message =
                    format!("{quoted} is not a file but a pipe, socket or device; it has no content");
                let oddity = Oddity::new("special_file", message).with("entry", shown::bare(&quoted));
                oddities.push(oddity.clone());
                bytes = Err(Box::new(oddity));
            }
            (Nature::File, Ok(content)) => {
                inner = self.nesting.open(content, &found.name, depth, self.entries.len(), &mut oddities);
            }
            _ => {}
        }
        if inner.is_some() {
            nature = Nature::Container;
        }
        let state = if nature == Nature::Special { EntryState::Refused } else { state };
        let own_name = match shown::escape(&found.name).text {
            name if name.is_empty() => "(no name)".to_owned(),
            name => name,
        };
        self.own_names.push(own_name);
        self.contents.push(bytes);
        self.entries.push(Entry {
            id,
            name: String::new(),
            raw_name: found.raw_name,
            part: self.part,
            parent,
            nature,
            size: found.size,
            packed: found.packed_len,
            state,
            oddities,
        });
        inner.map(|(items, source)| {
            let found = self.prepare(items, &source).into_iter();
            Frame { found, parent: Some(id), depth: depth + 1 }
        })
    }

    /// Finds out whether and how an entry can be read.
    fn unlock(&mut self, bytes: Locked, quoted: &str) -> Result<Packed, (EntryState, Oddity)> {
        let refused = |oddity| Err((EntryState::Refused, oddity));
        let (item, source) = match bytes {
            Locked::Plain(packed) => return Ok(packed),
            Locked::None(oddity) => return refused(oddity),
            Locked::Item(item, source) => (item, source),
        };
        let method = match &item.method {
            Ok(method) => *method,
            Err(oddity) => return refused(oddity.clone()),
        };
        let data = source.slice(item.data.start, item.data.end - item.data.start);
        let bare =
            Packed { source: data, cipher: Cipher::None, mac: None, method, size: item.size, crc: item.crc };
        let encrypted = item.lock != Lock::Open;
        let packed = match self.keyring.unlock(&item, bare) {
            Ok(Unlocked::Open(packed)) => *packed,
            Ok(Unlocked::Closed) => {
                let (code, message) = if self.keyring.is_empty() {
                    ("needs_password", format!("{quoted} is encrypted and needs a password"))
                } else {
                    (
                        "wrong_password",
                        format!("{quoted} is encrypted, and none of the passwords given opens it"),
                    )
                };
                let oddity = Oddity::new(code, message).with("entry", shown::bare(quoted));
                return Err((EntryState::NeedsPassword, oddity));
            }
            Ok(Unlocked::TooShort) => {
                let message = format!(
                    "{quoted} is said to be encrypted, but its {} bytes are too few for that",
                    item.packed
                );
                let oddity = Oddity::new("encryption_damaged", message).with("entry", shown::bare(quoted));
                return refused(oddity.with("packed", item.packed));
            }
            Err(e) => return refused(reader::disk(quoted, &e)),
        };
        // Salt and code are no packed data: without them, the ratio would look better than it is.
        debug_assert!(encrypted || packed.source.len() == item.packed);
        if !self.ratio_allowed(&packed) {
            let size = packed.most();
            let message = format!(
                "{quoted} was not read: it would unpack {} bytes to {size}, and entries like it have used up the \
                 {} bytes that a ZIP bomb may take",
                item.packed,
                limits::RATIO_BUDGET_BYTES
            );
            let oddity = Oddity::new("ratio_budget", message).with("entry", shown::bare(quoted));
            return refused(oddity.with("packed", item.packed).with("size", size));
        }
        Ok(packed)
    }

    /// Counts an entry of a high ratio towards the budget of the whole export; false once that is used up.
    ///
    /// Nothing beyond the declared size is ever unpacked, so this is decided once, here, whoever reads the entry later,
    /// how often, and in how many threads.
    fn ratio_allowed(&mut self, packed: &Packed) -> bool {
        let len = packed.source.len();
        let ceiling = match packed.method {
            Method::Stored => len,
            // A size beyond what deflate can do is a lie that costs nothing.
            Method::Deflate => len.saturating_mul(limits::DEFLATE_RATIO_CEILING),
            Method::Deflate64 | Method::Bzip2 | Method::Lzma { .. } => u64::MAX,
        };
        let out = packed.most().min(ceiling);
        if out <= limits::RATIO_FREE_BYTES || out <= len.saturating_mul(limits::RATIO_HIGH) {
            return true;
        }
        if self.high_ratio >= limits::RATIO_BUDGET_BYTES {
            return false;
        }
        self.high_ratio = self.high_ratio.saturating_add(out);
        true
    }
}

/// `x.z01`, `x.zip.001`: pieces that only make sense together.
fn piece_of_split(lower: &str) -> bool {
    let Some((stem, end)) = lower.rsplit_once('.') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    end.strip_prefix('z').is_some_and(|n| n.len() == 2 && digits(n))
        || (stem.ends_with(".zip") && end.len() == 3 && digits(end))
}
