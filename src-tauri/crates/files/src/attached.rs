//! Files that somebody put into a document or a mail: their names, their sizes, and the text of those that are text or
//! documents.
//!
//! File format: [MS-OLEDS] 2.3.6 and what the program for packages writes into it; [MS-OLEDS] 2.3.8 for what they are called.

use std::cell::Cell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use archive::{Oddity, Password};

use encoding_rs::{UTF_16LE, WINDOWS_1252};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use crate::compound::{self, Compound, ROOT};
use crate::html;
use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::Package;
use crate::out::Out;
use crate::read::{Status, read_inner};
use crate::rtf;

/// A file that was dragged into a document, with what it was called.
const PACKAGE: &str = "\u{1}Ole10Native";

/// What an object is, in words.
const KIND: &str = "\u{1}CompObj";

/// Streams that are a file each, as the program that made it would save it.
const FILES: [&str; 4] = ["Package", "CONTENTS", "Contents", "EmbeddedOdf"];

/// Of macros, which are no attached files.
const MACROS: [&str; 2] = ["VBA", "_VBA_PROJECT"];

/// The files in a document.
pub(crate) struct Attached {
    /// Their names, sizes and texts, as properties of the document.
    said: Vec<(String, String)>,
    count: usize,
    /// Streams that may still be looked through, and bytes that may still be read.
    streams: usize,
    bytes: usize,
    text: usize,
}

impl Attached {
    pub(crate) fn new() -> Self {
        Self {
            said: Vec::new(),
            count: 0,
            streams: limits::OBJECT_STREAMS,
            bytes: limits::OBJECT_BYTES,
            text: limits::OBJECT_TEXT,
        }
    }

    /// What is said of them.
    pub(crate) fn properties(self) -> Vec<(String, String)> {
        self.said
    }

    /// A file of this size; its bytes if they were read, all of them.
    fn add(&mut self, name: &str, size: u64, data: Option<&[u8]>, out: &mut Out<'_>) {
        self.count += 1;
        let name = match name.trim_matches(|c: char| c == '\0' || c.is_whitespace()) {
            "" => "unnamed",
            name => name,
        };
        if self.count <= limits::OBJECTS {
            self.said.push(("attachment".to_owned(), name.to_owned()));
            self.said.push(("attachment size".to_owned(), size.to_string()));
        }
        let text = data.and_then(|data| said(name, "", data, out));
        let text = text.filter(|(text, _)| text.len() <= self.text && self.count <= limits::OBJECTS);
        let Some((text, links)) = text else {
            return out.odd.add("attachment_unread", |o| {
                say(format!(
                    "the file {} in the document, of {size} bytes, is named and not read",
                    quoted(name)
                ))(o)
                .with("name", name)
                .with("bytes", size)
            });
        };
        self.text -= text.len();
        self.said.push(("attachment text".to_owned(), text));
        let links = links.into_iter().take(limits::TABLE_SAMPLE_ROWS);
        self.said.extend(links.map(|link| ("attachment link".to_owned(), link)));
    }

    /// An object, as a storage of a container holds it. `called` is for those that have no name of their own.
    pub(crate) fn storage(&mut self, file: &Compound<'_>, storage: usize, called: &str, out: &mut Out<'_>) {
        let children = if self.streams > 0 { file.children(storage) } else { Vec::new() };
        self.streams = self.streams.saturating_sub(children.len() + 1);
        if children.iter().any(|(_, e)| MACROS.contains(&e.name.as_str())) {
            return out.odd.add("macros_not_run", say("the document holds macros, which are never run"));
        }
        let find = |name: &str| children.iter().find(|(_, e)| !e.is_storage && e.name == name);
        let mut content = |at: &(usize, &crate::compound::Entry)| {
            let size = usize::try_from(at.1.size).ok()?;
            self.bytes = self.bytes.checked_sub(size)?;
            Some(file.content(at.0))
        };
        let kind = find(KIND).and_then(&mut content).and_then(|bytes| kind(&bytes)).unwrap_or_default();
        let called = if called.is_empty() { &kind } else { called };
        if let Some(package) = find(PACKAGE) {
            let bytes = content(package);
            return match bytes.as_deref().and_then(Packed::read) {
                Some(packed) => self.add(&packed.name, packed.data.len() as u64, Some(packed.data), out),
                None => self.add(called, package.1.size, None, out),
            };
        }
        if let Some(one) = FILES.iter().find_map(|name| find(name)) {
            return self.add(called, one.1.size, None, out);
        }
        // A document in the streams that it would have if it stood alone.
        let own = children.iter().filter(|(_, e)| !e.is_storage && !e.name.starts_with(['\u{1}', '\u{3}']));
        let size = own.map(|(_, e)| e.size).fold(0, u64::saturating_add);
        self.add(called, size, None, out);
    }

    /// Every object in a storage.
    pub(crate) fn pool(
        &mut self,
        file: &Compound<'_>,
        pool: usize,
        named: impl Fn(&str) -> bool,
        out: &mut Out<'_>,
    ) {
        for (storage, entry) in file.children(pool) {
            if entry.is_storage && named(&entry.name) {
                self.storage(file, storage, "", out);
            }
        }
    }

    /// An object, as a container of its own.
    pub(crate) fn container(&mut self, bytes: &[u8], called: &str, out: &mut Out<'_>) {
        match Compound::open(bytes) {
            Some(file) => self.storage(&file, ROOT, called, out),
            None => self.add(called, bytes.len() as u64, Some(bytes), out),
        }
    }

    /// The same, packed.
    pub(crate) fn packed(&mut self, bytes: &[u8], called: &str, out: &mut Out<'_>) {
        let plain = match decompress_to_vec_zlib_with_limit(bytes, self.bytes) {
            Ok(plain) => plain,
            Err(broken) => broken.output,
        };
        self.bytes -= plain.len().min(self.bytes);
        self.container(&plain, called, out);
    }

    /// The objects of a package of parts.
    pub(crate) fn parts(&mut self, package: &Package, out: &mut Out<'_>) {
        for name in package.names() {
            let Some((folder, file)) = name.rsplit_once('/') else { continue };
            if !folder.to_lowercase().ends_with("embeddings") || file.is_empty() {
                continue;
            }
            let mut bytes = Vec::new();
            let most = self.bytes as u64 + 1;
            let read = package.stream(name).map(|part| part.take(most).read_to_end(&mut bytes));
            let left = self.bytes.checked_sub(bytes.len());
            self.bytes = left.unwrap_or(0);
            match left.filter(|_| matches!(read, Some(Ok(_)))) {
                Some(_) if bytes.starts_with(crate::compound::BEGINNING) => {
                    self.container(&bytes, "", out);
                }
                Some(_) => self.add(file, bytes.len() as u64, Some(&bytes), out),
                None => self.add(file, bytes.len() as u64, None, out),
            }
        }
    }
}

/// A text, and where its links lead.
pub(crate) type Said = (String, Vec<String>);

/// The text of an attached file that is text or a document. What is attached to what is attached is not looked into: that
/// may hold another one, and so on.
pub(crate) fn said(name: &str, kind: &str, data: &[u8], out: &mut Out<'_>) -> Option<Said> {
    if let Some(said) = text_of(name, kind, data) {
        return Some(said);
    }
    if out.inner || !is_document(data) {
        return None;
    }
    let document = Document::read(name, data, out.passwords, limits::CELL, &out.work)?;
    out.partly |= !document.whole;
    for odd in document.oddities {
        out.odd.add(odd.code, |_| odd);
    }
    Some((document.text, Vec::new()))
}

/// Whether bytes may be a document, of those that are looked into.
pub(crate) fn is_document(data: &[u8]) -> bool {
    data.starts_with(b"PK\x03\x04") || data.starts_with(b"%PDF-") || data.starts_with(compound::BEGINNING)
}

/// An attached file that is a document.
pub(crate) struct Document {
    /// Its text, value by value.
    pub(crate) text: String,
    /// Whether that is all of it.
    pub(crate) whole: bool,
    /// What was odd in it, and that not all of it was read; their places would be none of what it is attached to.
    pub(crate) oddities: Vec<Oddity>,
}

impl Document {
    /// Reads it; none if nothing of it can be read. Text beyond `most` is left out, and what is beyond the work that may
    /// be done.
    pub(crate) fn read(
        name: &str,
        mut data: &[u8],
        passwords: &[Password],
        most: usize,
        work: &Rc<Cell<u64>>,
    ) -> Option<Self> {
        work.set(work.get().saturating_sub(data.len() as u64));
        if most == 0 || work.get() == 0 {
            return None;
        }
        let mut text = String::new();
        // What is attached to a mail may come from anybody: where a reader breaks on it, the mail must not be lost with it.
        let reading = catch_unwind(AssertUnwindSafe(|| {
            read_inner(name, &mut data, passwords, Rc::clone(work), &mut |_, row| {
                for value in row.values() {
                    text.push_str(value.text);
                    text.push('\t');
                }
                text.truncate(text.trim_end_matches('\t').len());
                text.push('\n');
                text.len() < most
            })
        }));
        let fits = text.len() < most;
        text.truncate(text.floor_char_boundary(most));
        let (status, mut oddities) = reading.map_or((Status::Partly, Vec::new()), |r| (r.status, r.oddities));
        let whole = fits && status == Status::Read && !oddities.iter().any(|o| o.code == "attachment_unread");
        if text.is_empty() && !whole {
            return None;
        }
        if !whole {
            let message = format!("the attachment {} is read only in part", quoted(name));
            oddities.insert(0, Oddity::new("attachment_partly", message).with("name", name));
        }
        oddities.iter_mut().for_each(|odd| odd.at = None);
        Some(Self { text, whole, oddities })
    }
}

/// The text of an attached file that is text.
fn text_of(name: &str, kind: &str, data: &[u8]) -> Option<Said> {
    const TEXTS: &[&str] = &[
        "txt", "csv", "tsv", "json", "xml", "html", "htm", "md", "log", "ics", "vcf", "eml", "yaml", "yml",
        "rtf",
    ];
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
    let called_text = kind.starts_with("text/") || TEXTS.contains(&extension.as_str());
    if !called_text || data.is_empty() || data.contains(&0) {
        return None;
    }
    if data.starts_with(b"{\\rtf") {
        return Some(rtf::text_and_links(data));
    }
    let text = match std::str::from_utf8(data) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(data).0.into_owned(),
    };
    let is_page = kind == "text/html" || matches!(extension.as_str(), "html" | "htm");
    Some(if is_page { html::plain_and_links(&text) } else { (text, Vec::new()) })
}

/// What an object is called by the program that made it.
fn kind(bytes: &[u8]) -> Option<String> {
    let length = word(bytes, 28)? as usize;
    let text = bytes.get(32..)?.get(..length)?;
    Some(WINDOWS_1252.decode(text).0.trim_end_matches('\0').to_owned())
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A file as the program for packages keeps it.
struct Packed<'a> {
    name: String,
    data: &'a [u8],
}

impl<'a> Packed<'a> {
    fn read(stream: &'a [u8]) -> Option<Self> {
        // The size of what follows, then marks: a file that is here, not a link.
        let mut rest = stream.get(6..)?;
        let label = text(&mut rest)?;
        let path = text(&mut rest)?;
        rest = rest.get(4..)?;
        let temporary = word(rest, 0)? as usize;
        rest = rest.get(4..)?.get(temporary..)?;
        let size = word(rest, 0)? as usize;
        let (data, rest) = rest.get(4..)?.split_at_checked(size)?;
        let name = names(rest).unwrap_or_else(|| WINDOWS_1252.decode(label).0.into_owned());
        let name = if name.is_empty() { WINDOWS_1252.decode(path).0.into_owned() } else { name };
        // Of a path only the last step is a name.
        let name = name.rsplit(['\\', '/']).next().unwrap_or_default().to_owned();
        Some(Self { name, data })
    }
}

/// A text that ends with a zero.
fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = memchr::memchr(0, rest)?;
    let found = &rest[..end];
    *rest = &rest[end + 1..];
    Some(found)
}

/// The label once more behind the data, in letters of all languages: it stands behind the path.
fn names(rest: &[u8]) -> Option<String> {
    let path = word(rest, 0)? as usize;
    let rest = rest.get(4..)?.get(path.checked_mul(2)?..)?;
    let length = word(rest, 0)? as usize;
    let label = rest.get(4..)?.get(..length.checked_mul(2)?)?;
    let label = UTF_16LE.decode_without_bom_handling(label).0;
    let label = label.trim_end_matches('\0');
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stream: &[u8], wanted: Option<(&str, &[u8])>) {
        let found = Packed::read(stream);
        assert_eq!(found.as_ref().map(|p| (p.name.as_str(), p.data)), wanted);
    }

    #[test]
    fn packages_give_their_name_and_their_data() {
        let begin = b"\x20\0\0\0\x02\0note.txt\0C:\\a\\note.txt\0\0\0\x03\0\x05\0\0\0C:\\a\0\x03\0\0\0abc";
        check(begin, Some(("note.txt", b"abc")));
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let names = [&[1, 0, 0, 0][..], &wide("x"), &[5, 0, 0, 0], &wide("é.txt")].concat();
        check(&[&begin[..], &names].concat(), Some(("é.txt", b"abc")));
        check(&begin[..begin.len() - 1], None);
        check(b"\x03\0\0\0abc", None);
        check(b"\xFF\xFF\xFF\xFF\x02\0a\0b\0\0\0\x03\0\xFF\xFF\xFF\xFF", None);
    }
}
