//! Putting an export together: every part that was given, every entry in it, and what is nested in those.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::container::{self, Container, HEAD_BYTES, Inside};
use crate::content::Content;
use crate::fingerprint::PartFiles;
use crate::folder::{self, What};
use crate::found::{Found, Locked, add_twins, file};
use crate::means::Means;
use crate::nested::{Nested, Nesting};
use crate::packed::{Method, Packed};
use crate::parts::{self, Unit};
use crate::reader::{self, Checked};
use crate::source::Source;
use crate::unlock::Unlocked;
use crate::zip::{Lock, Room};
use crate::{
    Archive, Entry, EntryId, EntryState, Nature, Oddity, Opening, Part, Refusal, chain, limits, litter,
    paths, platform, shown,
};

/// Opens everything that was given as one export.
pub(crate) fn open(given: &[PathBuf], how: &Opening) -> Result<Archive, Refusal> {
    if given.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    let mut gather = Gather::new(how);
    let (mut parts, mut files) = (Vec::new(), Vec::new());
    gather.several = given.len() > 1;
    for unit in parts::group(given)? {
        gather.part = parts.len();
        match unit {
            Unit::One(path) => {
                if let Some((part, file)) = gather.add(&path, &files)? {
                    parts.push(part);
                    files.push(file);
                }
            }
            Unit::Joined(whole, pieces) => {
                for (part, file) in gather.add_joined(&whole, &pieces)? {
                    parts.push(part);
                    files.push(file);
                }
            }
        }
    }
    let names: Vec<&str> = parts.iter().map(|part: &Part| part.name.as_str()).collect();
    gather.oddities.extend(parts::missing(&names));
    Ok(gather.done(parts, files))
}

/// Opens a file that is in memory.
pub(crate) fn open_bytes(name: &str, bytes: Vec<u8>, how: &Opening) -> Result<Archive, Refusal> {
    let mut gather = Gather::new(how);
    let shown = shown::escape(name).text;
    let (part, file) = gather.add_file(shown, name.as_bytes().to_vec(), Source::memory(bytes))?;
    Ok(gather.done(vec![part], vec![file]))
}

/// Whether a part that is refused so may be one file among the others: a web page that was saved as an archive, one that
/// was cut off.
fn costs_one_part(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NotZip { .. } | Refusal::Incomplete { .. } | Refusal::Damaged { .. } | Refusal::Empty { .. }
    )
}

/// The bytes of an entry, or the reason why there are none.
pub(crate) type Bytes = Result<Arc<Content>, Box<Oddity>>;

struct Gather {
    entries: Vec<Entry>,
    contents: Vec<Bytes>,
    /// The name of each entry in its container, escaped.
    own_names: Vec<String>,
    oddities: Vec<Oddity>,
    means: Means,
    nesting: Nesting,
    part: usize,
    /// More than one part was given: one that is no archive does not hide the others.
    several: bool,
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
            means: Means::new(how),
            nesting: Nesting::new(),
            part: 0,
            several: false,
        }
    }

    fn done(mut self, parts: Vec<Part>, files: Vec<PartFiles>) -> Archive {
        chain::name_all(&mut self.entries, &self.own_names, &parts);
        let name = parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ");
        Archive {
            name,
            parts,
            code_page: self.means.used_page,
            entries: self.entries,
            oddities: self.oddities,
            contents: self.contents,
            files,
        }
    }

    /// Adds one path, unless it is the same as one of those before it.
    fn add(&mut self, path: &Path, before: &[PartFiles]) -> Result<Option<(Part, PartFiles)>, Refusal> {
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
            return self.add_folder(path, name.clone()).map_err(refused)?.map(Some);
        }
        if !meta.is_file() {
            return Err(Refusal::Unreadable { name, why: "it is neither a file nor a folder".to_owned() });
        }
        let source = Source::open(path).map_err(refused)?;
        if before.iter().any(|file| file.same_as(&source)) {
            let quoted = format!("“{name}”");
            let message = format!("{quoted} was given twice, or is a copy of another part; it was read once");
            self.oddities.push(Oddity::new("part_twice", message).with("entry", name));
            return Ok(None);
        }
        let raw = platform::name_bytes(raw);
        match self.add_file(name.clone(), raw.clone(), source.clone()) {
            Err(refusal) if self.several && costs_one_part(&refusal) => {
                let quoted = shown::quoted(&name);
                let message = format!("{quoted} is a part that could not be opened as an archive: {refusal}");
                let oddity = Oddity::new("part_unreadable", message).with("entry", shown::bare(&quoted));
                let part = Part { name, bytes: source.len() };
                let mut entry = file(raw, source.clone());
                entry.oddities.push(oddity.with("reason", refusal.code()));
                self.take_in(vec![entry]);
                Ok(Some((part, PartFiles::One(source))))
            }
            added => added.map(Some),
        }
    }

    /// Adds the pieces of one archive.
    fn add_joined(&mut self, whole: &str, paths: &[PathBuf]) -> Result<Vec<(Part, PartFiles)>, Refusal> {
        let mut added = Vec::new();
        let mut sources = Vec::new();
        for path in paths {
            let raw = platform::name_bytes(path.file_name().unwrap_or(path.as_os_str()));
            let name = shown::escape(&String::from_utf8_lossy(&raw)).text;
            let source = Source::open(path).map_err(|e| match e.kind() {
                io::ErrorKind::NotFound => Refusal::NotFound { name: name.clone() },
                _ => Refusal::Unreadable { name: name.clone(), why: e.to_string() },
            })?;
            added.push((Part { name, bytes: source.len() }, PartFiles::One(source.clone())));
            sources.push(source);
        }
        let name = shown::escape(whole).text;
        let alone = sources.len() == 1;
        let opened = self.add_file(name.clone(), whole.as_bytes().to_vec(), Source::joined(sources));
        // A single piece may be all that there is: the archive was smaller than the pieces were to be.
        let cut = |oddity: &Oddity| matches!(oddity.code, "incomplete_download" | "archive_cut" | "data_cut");
        if alone && (opened.is_err() || self.oddities.iter().any(cut)) {
            let first = added.first().map_or_else(String::new, |(part, _)| part.name.clone());
            return Err(Refusal::PieceMissing { name: first, missing: format!("{name}.002") });
        }
        opened?;
        Ok(added)
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
        if parts::is_piece(&name) {
            return Err(Refusal::Split { name });
        }
        self.means.given(source.len());
        let head = source
            .read(0, usize::try_from(HEAD_BYTES).unwrap_or(usize::MAX))
            .map_err(|e| Refusal::Unreadable { name: name.clone(), why: e.to_string() })?;
        let room = Room {
            entries: limits::ENTRIES_MAX.saturating_sub(self.entries.len()),
            directory_bytes: limits::DIRECTORY_BYTES_MAX,
            unlisted: self.means.unlisted,
        };
        let called_zip = Container::Zip.named(&lower);
        let told = Container::tell(&head, &lower);
        let found = match told {
            Some(container) if container != Container::Zip => {
                let inside = container::list(&mut self.means, container, &source, &name, room);
                match inside {
                    Ok(Inside::Entries(found, oddities)) if !(called_zip && found.is_empty()) => {
                        self.oddities.extend(oddities);
                        Some(found)
                    }
                    Ok(Inside::Locked) => {
                        let bytes = Locked::Closed;
                        Some(vec![Found { bytes, ..file(raw_name.clone(), source.clone()) }])
                    }
                    // Called something that it is not, and of no use as what it is.
                    _ if called_zip => {
                        return Err(Refusal::NotZip { name, what: crate::kind::of(&head, source.len()) });
                    }
                    Err(refusal) if container.named(&lower) => return Err(refusal),
                    Ok(_) | Err(_) => None,
                }
            }
            _ if called_zip || told.is_some() => {
                match container::list(&mut self.means, Container::Zip, &source, &name, room) {
                    Ok(Inside::Entries(found, oddities)) => {
                        self.oddities.extend(oddities);
                        Some(found)
                    }
                    // Not named like an archive: a document that is a ZIP inside stays one file.
                    Err(refusal) if called_zip || matches!(refusal, Refusal::Overlap { .. }) => {
                        return Err(refusal);
                    }
                    Ok(_) | Err(_) => None,
                }
            }
            _ => None,
        };
        self.take_in(found.unwrap_or_else(|| vec![file(raw_name, source.clone())]));
        Ok((part, PartFiles::One(source)))
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
        let (mut state, mut bytes) = match self.unlock(found.bytes, &quoted) {
            Ok(packed) => {
                let content = Content::new(packed, id.0, Arc::clone(&self.means.cache));
                (EntryState::Readable, Ok(Arc::new(content)))
            }
            Err((state, oddity)) => {
                oddities.push(oddity.clone());
                (state, Err(Box::new(oddity)))
            }
        };
        let mut nature = found.nature;
        let (mut inner, mut litter) = (None, false);
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
                if let Some(system) = litter::left_by(&found.name, &content.packed) {
                    litter = true;
                    let message = format!("{quoted} was not read: {system} put it there for itself");
                    let oddity = Oddity::new("litter", message).with("entry", shown::bare(&quoted));
                    oddities.push(oddity.with("system", system));
                }
                let so_far = self.entries.len();
                match self.nesting.open(&mut self.means, content, &found.name, depth, so_far, &mut oddities) {
                    Nested::Open(container, found) => inner = Some((container, found)),
                    Nested::Locked => {
                        let oddity = self.locked(&quoted);
                        oddities.push(oddity.clone());
                        (state, bytes) = (EntryState::NeedsPassword, Err(Box::new(oddity)));
                    }
                    Nested::File => {}
                }
            }
            _ => {}
        }
        if let Some((container, _)) = &inner {
            nature = Nature::Container(*container);
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
            litter,
            state,
            oddities,
        });
        inner.map(|(_, found)| Frame { found: found.into_iter(), parent: Some(id), depth: depth + 1 })
    }

    /// What is said of an entry that no password opens.
    fn locked(&self, quoted: &str) -> Oddity {
        let (code, message) = if self.means.keyring.is_empty() {
            ("needs_password", format!("{quoted} is encrypted and needs a password"))
        } else {
            ("wrong_password", format!("{quoted} is encrypted, and none of the passwords given opens it"))
        };
        Oddity::new(code, message).with("entry", shown::bare(quoted))
    }

    /// Finds out whether and how an entry can be read.
    fn unlock(&mut self, bytes: Locked, quoted: &str) -> Result<Packed, (EntryState, Oddity)> {
        let refused = |oddity| Err((EntryState::Refused, oddity));
        let (item, source) = match bytes {
            Locked::Plain(packed) => return Ok(packed),
            Locked::None(oddity) => return refused(oddity),
            Locked::Closed => return Err((EntryState::NeedsPassword, self.locked(quoted))),
            Locked::Item(item, source) => (item, source),
        };
        let method = match &item.method {
            Ok(method) => method.clone(),
            Err(oddity) => return refused(oddity.clone()),
        };
        let data = source.slice(item.data.start, item.data.end - item.data.start);
        let bare = Packed { method, size: item.size, crc: item.crc, ..Packed::plain(data) };
        let encrypted = item.lock != Lock::Open;
        let packed = match self.means.keyring.unlock(&item, bare) {
            Ok(Unlocked::Open(packed)) => *packed,
            Ok(Unlocked::Closed) => {
                return Err((EntryState::NeedsPassword, self.locked(quoted)));
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

    /// Whether an entry may be read, as far as its ratio goes.
    fn ratio_allowed(&mut self, packed: &Packed) -> bool {
        let len = packed.source.len();
        let ceiling = match packed.method {
            Method::Stored => len,
            // A size beyond what deflate can do is a lie that costs nothing.
            Method::Deflate => len.saturating_mul(limits::DEFLATE_RATIO_CEILING),
            _ => u64::MAX,
        };
        self.means.ratio_allowed(len, packed.most().min(ceiling))
    }
}
