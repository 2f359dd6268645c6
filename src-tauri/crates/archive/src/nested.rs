//! Archives inside archives: which entries are opened, and how far that may go.

use std::sync::Arc;

use crate::container::{self, Container, HEAD_BYTES, Inside};
use crate::content::Content;
use crate::crypt::Cipher;
use crate::found::Found;
use crate::means::Means;
use crate::packed::{Method, Packed};
use crate::reader::Checked;
use crate::source::Source;
use crate::zip::Room;
use crate::{Oddity, limits, shown};

/// What nested archives have used up of what all of them may use together.
pub(crate) struct Nesting {
    archives: usize,
    entries: usize,
    name_bytes: u64,
}

/// What opening a nested archive came to.
pub(crate) enum Nested {
    /// It is one, and holds these.
    Open(Container, Vec<Found>),
    /// It is one, and even its names are encrypted.
    Locked,
    /// It is none, or could not be opened.
    File,
}

impl Nesting {
    pub(crate) fn new() -> Self {
        Self { archives: 0, entries: 0, name_bytes: 0 }
    }

    /// Opens an entry as an archive, if it is one and the limits allow it; else says why not.
    pub(crate) fn open(
        &mut self,
        means: &mut Means,
        content: &Arc<Content>,
        name: &str,
        depth: usize,
        entries_so_far: usize,
        oddities: &mut Vec<Oddity>,
    ) -> Nested {
        let packed = &content.packed;
        if packed.size.is_some_and(|size| size < 13) || !may_be_archive(name, packed) {
            return Nested::File;
        }
        let lower = name.to_lowercase();
        let head = Checked::new(packed, name).read_to(HEAD_BYTES);
        let Some(container) = Container::tell(&head, &lower) else { return Nested::File };
        let quoted = shown::quoted(name);
        let mut note = |code, message: String| {
            oddities.push(Oddity::new(code, message).with("entry", shown::bare(&quoted)));
        };
        if depth >= limits::NESTED_DEPTH_MAX {
            let most = limits::NESTED_DEPTH_MAX;
            note(
                "nested_too_deep",
                format!("{quoted} was not opened: archives may be nested {most} levels deep, not more"),
            );
            return Nested::File;
        }
        if self.archives >= limits::NESTED_ARCHIVES_MAX || self.entries >= limits::NESTED_ENTRIES_MAX {
            let message = format!(
                "{quoted} was not opened: the limit of {} nested archives with {} entries is reached",
                limits::NESTED_ARCHIVES_MAX,
                limits::NESTED_ENTRIES_MAX
            );
            note("nested_too_many", message);
            return Nested::File;
        }
        self.archives += 1;
        let source = source(means, content, name, oddities);
        let room = Room {
            entries: (limits::NESTED_ENTRIES_MAX - self.entries)
                .min(limits::ENTRIES_MAX.saturating_sub(entries_so_far)),
            directory_bytes: limits::NESTED_DIRECTORY_BYTES_MAX.saturating_sub(self.name_bytes),
            unlisted: means.unlisted,
        };
        match container::list(means, container, &source, name, room) {
            Ok(Inside::Document) => Nested::File,
            Ok(Inside::Locked) => Nested::Locked,
            Ok(Inside::Entries(found, mut odd)) => {
                self.entries += found.len();
                self.name_bytes += found.iter().map(|entry| entry.raw_name.len() as u64).sum::<u64>();
                oddities.append(&mut odd);
                Nested::Open(container, found)
            }
            Err(refusal) => {
                let message = format!("{quoted} is an archive that could not be opened: {refusal}");
                let oddity = Oddity::new("nested_unreadable", message).with("entry", shown::bare(&quoted));
                oddities.push(oddity.with("reason", refusal.code()));
                Nested::File
            }
        }
    }
}

/// The bytes of a nested archive: in place if they are stored, in memory if small, else decoded as needed.
fn source(means: &mut Means, content: &Arc<Content>, name: &str, oddities: &mut Vec<Oddity>) -> Source {
    let packed = &content.packed;
    let most = packed.most();
    if packed.method == Method::Stored && matches!(packed.cipher, Cipher::None) {
        return packed.source.slice(0, most);
    }
    if most <= means.memory_left(&Method::Deflate) {
        means.keep_in_memory(most);
        let mut reader = Checked::new(packed, name);
        let bytes = reader.read_to(most);
        oddities.extend(reader.finish());
        return Source::memory(bytes);
    }
    Source::entry(Arc::clone(content), most)
}

/// Named like an archive, or not named like anything known. Other entries are not worth unpacking their beginning,
/// unless it costs little: an archive under the name of a table or a text hardly packs any more.
fn may_be_archive(name: &str, packed: &Packed) -> bool {
    /// Often archives inside, and one thing to their readers.
    const DOCUMENTS: &[&str] = &[
        "doc", "docm", "docx", "epub", "odp", "ods", "odt", "ppt", "pptm", "pptx", "rar", "xls", "xlsb",
        "xlsm", "xlsx",
    ];
    const KNOWN: &[&str] = &[
        "avi", "bmp", "css", "csv", "db", "eml", "gif", "gpx", "heic", "htm", "html", "ics", "jpeg", "jpg",
        "js", "json", "jsonl", "kml", "log", "m4a", "mbox", "md", "mov", "mp3", "mp4", "ndjson", "ogg",
        "pdf", "png", "rtf", "sqlite", "svg", "tif", "tiff", "tsv", "txt", "vcf", "wav", "webm", "webp",
        "xml", "yaml", "yml",
    ];
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((_, extension)) = file.rsplit_once('.') else { return true };
    let extension = extension.to_ascii_lowercase();
    if DOCUMENTS.contains(&extension.as_str()) {
        return false;
    }
    !KNOWN.contains(&extension.as_str()) || hardly_packed(packed)
}

/// Not packed, or hardly any smaller for it.
fn hardly_packed(packed: &Packed) -> bool {
    let size = packed.size.unwrap_or(u64::MAX);
    packed.method == Method::Stored || packed.source.len() >= size - size / 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Cache;
    use crate::tests::forge::{file, zip};

    #[test]
    fn odd_long_names_are_counted_over_all_nested_archives() {
        let source = Source::memory(zip([file("n".repeat(1000), "")]));
        let content = Arc::new(Content::new(Packed::plain(source), 0, Arc::new(Cache::new())));
        let (mut nesting, mut means) = (Nesting::new(), Means::new(&crate::Opening::default()));
        let mut open = |name_bytes: u64| {
            nesting.name_bytes += name_bytes;
            let mut oddities = Vec::new();
            let opened = nesting.open(&mut means, &content, "in.zip", 0, 0, &mut oddities);
            let opened = matches!(opened, Nested::Open(..));
            (opened, oddities.iter().map(|oddity| oddity.code).collect::<Vec<_>>())
        };
        assert_eq!(open(limits::NESTED_DIRECTORY_BYTES_MAX - 3000), (true, vec![]));
        assert_eq!(open(0), (true, vec![]));
        assert_eq!(open(0), (false, vec!["nested_unreadable"]));
    }
}
