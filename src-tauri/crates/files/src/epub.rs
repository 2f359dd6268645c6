//! Books (EPUB): what a book says of itself, and the text of its chapters in the order of reading.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use crate::document::Document;
use crate::oddities::{quoted, say};
use crate::office::{self, Decoded, Event, Package, Source};
use crate::out::Out;
use crate::{html, limits};

/// The longest text that may stand in a table of contents as well.
const TITLE: usize = 200;

/// A file of the book, as its list of files says.
struct File {
    part: String,
    kind: String,
    /// What it is for: `nav` is a table of contents.
    properties: String,
}

/// What a book says of itself.
#[derive(Default)]
struct Book {
    properties: Vec<(String, String)>,
    files: HashMap<String, File>,
    /// The ids of the files in the order of reading.
    order: Vec<String>,
    /// The ids of tables of contents.
    contents: Vec<String>,
}

/// Reads a book.
pub(crate) fn read(bytes: Vec<u8>, out: &mut Out<'_>) {
    let Some(package) = Package::open(bytes, out) else { return };
    let book = Book::read(&package, out);
    let locked = locked(&package, out);
    let mut chapters: Vec<String> =
        book.order.iter().filter_map(|id| book.files.get(id)).map(|f| f.part.clone()).collect();
    let mut beside: Vec<&str> = book
        .files
        .values()
        .filter(|f| f.properties.split_whitespace().any(|p| p == "nav") || f.kind.contains("dtbncx"))
        .map(|f| f.part.as_str())
        .collect();
    beside.extend(book.contents.iter().filter_map(|id| book.files.get(id)).map(|f| f.part.as_str()));
    beside.sort_unstable();
    beside.dedup();
    // Pages that no order of reading names are read behind those that one does.
    let mut known: HashSet<String> = chapters.iter().map(|p| p.to_lowercase()).collect();
    known.extend(beside.iter().map(|p| p.to_lowercase()));
    let mut others: Vec<&str> =
        package.names().filter(|name| is_page(name) && !known.contains(&name.to_lowercase())).collect();
    others.sort_by_key(|name| (name.len(), name.to_lowercase()));
    chapters.extend(others.into_iter().map(str::to_owned));

    let mut document = Document::new(&book.properties, out);
    let (mut read, mut said) = (HashSet::new(), HashSet::new());
    let mut encrypted = 0_u64;
    let mut number = 0_u32;
    for part in &chapters {
        if document.out.stopped() {
            return;
        }
        if !read.insert(part.to_lowercase()) {
            continue;
        }
        number = number.saturating_add(1);
        if locked.contains(&part.to_lowercase()) {
            encrypted += 1;
            continue;
        }
        document.page(format!("chapter={number}"));
        let Some(text) = text(&package, part, document.out) else {
            document.out.partly = true;
            document.out.odd.add("document_part_missing", |o| {
                say("a part that holds text of the document is missing")(o).with("part", part)
            });
            continue;
        };
        html::each_block(&text, |name, text| {
            if name != "link" && said.len() < limits::SHEET_NOTES && text.len() <= TITLE {
                said.insert(text.trim().to_owned());
            }
            // Links inside the book lead nowhere else.
            if name != "link" || text.contains(':') {
                document.paragraph(name, text);
            }
        });
    }
    // What a table of contents says that no chapter does.
    document.page("contents".to_owned());
    for part in beside.into_iter().filter(|part| !read.contains(&part.to_lowercase())) {
        let Some(text) = text(&package, part, document.out) else { continue };
        html::each_block(&text, |name, text| {
            if name != "link" && !said.contains(text.trim()) {
                document.paragraph("text", text);
            }
        });
    }
    document.finish();
    if encrypted > 0 {
        out.partly = true;
        out.nothing = encrypted == u64::from(number);
        out.odd.add("chapters_locked", |o| {
            say(format!(
                "chapters locked by the seller of the book, which only its own programs open: {encrypted}"
            ))(o)
            .with("count", encrypted)
        });
    }
}

/// The text of a part, whatever it is written in.
fn text(package: &Package, part: &str, out: &mut Out<'_>) -> Option<String> {
    let mut decoded = Decoded::new(Source::Part(Box::new(package.stream(part)?)));
    let mut bytes = Vec::new();
    let whole = decoded.read_to_end(&mut bytes).is_ok() && !decoded.exhausted();
    if !whole {
        out.partly = true;
        out.odd.add("record_too_large", |o| {
            let most = limits::CELL >> 20;
            say(format!("a chapter is longer than {most} MiB and is read up to there"))(o)
                .with("limit_mib", most)
        });
    }
    out.tell_source(part, decoded.reader);
    let has = |mark: &[u8]| memchr::memmem::find(&bytes, mark).is_some();
    if whole && has(b"<html") && !has(b"</html") {
        out.partly = true;
        out.odd.add("part_damaged", |o| {
            say(format!("the part {} ends in the middle", quoted(part)))(o).with("part", part)
        });
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn is_page(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".xhtml", ".html", ".htm"].iter().any(|end| lower.ends_with(end))
}

/// The parts that the seller of the book has encrypted, in lower case. Fonts that are only scrambled hold no text.
fn locked(package: &Package, out: &mut Out<'_>) -> HashSet<String> {
    let mut found = HashSet::new();
    let Some(mut part) = package.part("META-INF/encryption.xml") else { return found };
    loop {
        match part.next() {
            Event::Open(tag) if tag.name() == "CipherReference" => {
                let uri = tag.attr("URI").unwrap_or_default().into_owned();
                found.insert(office::resolved("", &unescaped(&uri)).to_lowercase());
            }
            Event::End => break,
            _ => {}
        }
    }
    out.tell_part(part);
    found
}

impl Book {
    fn read(package: &Package, out: &mut Out<'_>) -> Self {
        let mut book = Self::default();
        let main = main(package, out);
        let Some((main, mut part)) = main.and_then(|main| Some((main.clone(), package.part(&main)?))) else {
            out.partly = true;
            out.odd.add("document_part_missing", |o| {
                say("the part of the book that names its chapters is missing; they are read by their names")(
                    o,
                )
                .with("part", "package.opf")
            });
            return book;
        };
        let mut described = false;
        loop {
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    "metadata" => described = true,
                    "item" => {
                        let text = |name: &str| tag.attr(name).unwrap_or_default().into_owned();
                        let part = office::resolved(&main, &unescaped(&text("href")));
                        let file = File { part, kind: text("media-type"), properties: text("properties") };
                        book.files.insert(text("id"), file);
                    }
                    "itemref" => book.order.extend(tag.attr("idref").map(|id| id.into_owned())),
                    "spine" => book.contents.extend(tag.attr("toc").map(|id| id.into_owned())),
                    "dc-metadata" | "x-metadata" => {}
                    name if described => {
                        // Newer books say what a value is beside it, older ones keep both in attributes.
                        let name = match name {
                            "meta" => tag.attr("property").or_else(|| tag.attr("name")),
                            name => Some(name.to_owned().into()),
                        };
                        let name = name.map(|n| n.rsplit(':').next().unwrap_or_default().to_owned());
                        let mut text = tag.attr("content").unwrap_or_default().into_owned();
                        part.text(&mut text);
                        let told = book.properties.len() < limits::TABLE_SAMPLE_ROWS;
                        if let Some(name) = name.filter(|n| told && !n.is_empty() && !text.trim().is_empty())
                            && !TECHNICAL.contains(&name.as_str())
                        {
                            book.properties.push((name, text.trim().to_owned()));
                        }
                    }
                    _ => {}
                },
                Event::Close("metadata") => described = false,
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
        book
    }
}

/// What a book says of its making and of its cover.
const TECHNICAL: &[&str] =
    &["cover", "file-as", "role", "generator", "layout", "orientation", "spread", "viewport"];

/// The part that lists all others, as the container says or as it is usually called.
fn main(package: &Package, out: &mut Out<'_>) -> Option<String> {
    let mut found = None;
    if let Some(mut part) = package.part("META-INF/container.xml") {
        loop {
            match part.next() {
                Event::Open(tag) if tag.name() == "rootfile" && found.is_none() => {
                    found = tag.attr("full-path").map(|path| office::resolved("", &path));
                }
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
    }
    let listed = found.filter(|name| package.has(name));
    listed.or_else(|| package.names().find(|n| n.to_lowercase().ends_with(".opf")).map(str::to_owned))
}

/// Names of files as links write them: without `%20`, and without a place in the file.
fn unescaped(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_links_write_them() {
        let check = |link: &str, wanted: &str| assert_eq!(unescaped(link), wanted);
        check("Text/ch%201.xhtml#top", "Text/ch 1.xhtml");
        check("caf%C3%A9.html", "café.html");
        check("100%.html", "100%.html");
        check("%zz%4", "%zz%4");
    }
}
