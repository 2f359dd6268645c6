//! Old presentations (PPT, PowerPoint 97 to 2003): the text of each slide, its notes and its comments.
//!
//! File format: <https://learn.microsoft.com/openspecs/office_file_formats/ms-ppt>.

mod places;
mod records;

use std::collections::{HashMap, HashSet};

use archive::Password;

use self::places::Places;
use self::records::{All, Record, kind, wide, word};
use crate::attached::Attached;
use crate::compound::{Compound, ROOT};
use crate::document::Document;
use crate::locked::StreamKey;
use crate::oddities::say;
use crate::out::Out;
use crate::summary;

/// With this one PowerPoint locks presentations that are only protected against changes; every program opens them.
const KNOWN_TO_ALL: &str = "/01Hannes Ruescher/01";

/// What the list of slides is, and that of notes.
const SLIDES: u16 = 0;
const NOTES: u16 = 2;

/// A slide as a list names it.
struct Listed<'a> {
    /// The number of its record.
    place: u32,
    /// The number that others call it by.
    id: u32,
    /// Its text, as the outline has it.
    texts: Vec<Record<'a>>,
}

/// Reads a presentation.
pub(crate) fn read(file: &Compound<'_>, out: &mut Out<'_>) {
    let mut stream = file.named(ROOT, "PowerPoint Document").unwrap_or_default();
    let user = file.named(ROOT, "Current User").unwrap_or_default();
    let places = Places::read(&stream, &user);
    let mut key = None;
    if places.locked {
        let lock = places.lock.and_then(|n| places.record(&stream, n)).filter(|r| r.kind == kind::LOCK);
        let Some(lock) = lock.filter(|lock| StreamKey::is_known(lock.content)) else {
            return out.tell_sealed();
        };
        let given = [&[Password::from(KNOWN_TO_ALL)], out.passwords].concat();
        let Some(found) = StreamKey::find(lock.content, &given) else { return out.tell_locked() };
        stream = places.opened(&stream, &found);
        key = Some(found);
    }
    let main = places.document.and_then(|n| places.record(&stream, n)).filter(|r| r.kind == kind::DOCUMENT);
    let mut properties = summary::read(file, key.as_ref());
    properties.extend(objects(&stream, &places, main, out));
    let mut document = Document::new(&properties, out);
    let mut cut = false;
    let whole = match main {
        Some(main) => {
            cut |= main.cut;
            listed(&stream, &places, main, &mut cut, &mut document)
        }
        None => {
            loose(&stream, &mut document);
            false
        }
    };
    document.finish();
    if file.damaged.get() || !whole || cut {
        out.partly = true;
        out.odd.add("document_damaged", |o| {
            say("the presentation is damaged; it is read as far as it goes")(o).with("reason", "container")
        });
    }
}

/// The files in a presentation, whether the document lists them or not.
fn objects(
    stream: &[u8],
    places: &Places,
    main: Option<Record<'_>>,
    out: &mut Out<'_>,
) -> Vec<(String, String)> {
    let mut called: HashMap<u32, String> = HashMap::new();
    for object in All::of(main.map_or(&[], |main| main.content), &[kind::LIST, kind::OBJECT]) {
        if object.kind != kind::OBJECT {
            continue;
        }
        let mut names = ["", "", "", ""].map(String::from);
        let mut place = None;
        for record in All::of(object.content, &[]) {
            match (record.kind, names.get_mut(usize::from(record.instance))) {
                (kind::OBJECT_ATOM, _) => place = word(record.content, 16),
                (kind::STRING, Some(name)) => *name = wide(record.content),
                _ => {}
            }
        }
        // What it is to people, else to programs.
        let [_, menu, program, clipboard] = names;
        let name = [clipboard, menu, program].into_iter().find(|name| !name.is_empty());
        if let (Some(place), Some(name)) = (place, name) {
            called.entry(place).or_insert(name);
        }
    }
    let mut attached = Attached::new();
    for (number, record) in places.all(stream).filter(|(_, record)| record.kind == kind::OBJECT_DATA) {
        let called = called.get(&number).map_or("", String::as_str);
        match (record.instance, record.content.split_first_chunk::<4>()) {
            (0, _) | (_, None) => attached.container(record.content, called, out),
            (_, Some((_, packed))) => attached.packed(packed, called, out),
        }
    }
    attached.properties()
}

/// Reads the slides that the document lists. False if some are not there.
fn listed<'a>(
    stream: &'a [u8],
    places: &Places,
    main: Record<'a>,
    cut: &mut bool,
    document: &mut Document<'_, '_>,
) -> bool {
    let slides = list(main, SLIDES);
    let notes: HashMap<u32, u32> = list(main, NOTES).iter().map(|n| (n.id, n.place)).collect();
    let mut links = Vec::new();
    let mut whole = true;
    let mut read = HashSet::new();
    for (n, slide) in (1_u32..).zip(&slides) {
        if document.out.stopped() {
            return true;
        }
        document.page(format!("slide={n}"));
        texts(slide.texts.iter().copied(), "text", document);
        let Some(record) = places.record(stream, slide.place).filter(|r| r.kind == kind::SLIDE) else {
            whole = false;
            continue;
        };
        // Slides that share a record would repeat it without end.
        if !read.insert(slide.place) {
            continue;
        }
        *cut |= record.cut;
        texts(All::of(record.content, &[]), "text", document);
        let own = All::of(record.content, &[]).find(|r| r.kind == kind::SLIDE_ATOM);
        let notes = own.and_then(|atom| word(atom.content, 16)).and_then(|id| notes.get(&id));
        if let Some(notes) = notes.filter(|n| read.insert(**n)).and_then(|n| places.record(stream, *n)) {
            texts(All::of(notes.content, &[]), "notes", document);
        }
    }
    document.page(String::new());
    for record in All::of(main.content, &[kind::LIST]) {
        match record.kind {
            kind::LINK => {
                // What it is called comes first, where it leads second.
                let strings = All::of(record.content, &[]).filter(|r| r.kind == kind::STRING);
                links.extend(strings.filter(|r| r.instance == 1).map(|r| wide(r.content)));
            }
            kind::MARGINS => texts(std::iter::once(record), "text", document),
            _ => {}
        }
    }
    for link in links.iter().filter(|link| link.contains(':')) {
        document.paragraph("link", link);
    }
    whole
}

/// What a list of the document names.
fn list<'a>(main: Record<'a>, instance: u16) -> Vec<Listed<'a>> {
    let mut found: Vec<Listed<'a>> = Vec::new();
    let lists = All::of(main.content, &[kind::LIST]).filter(|r| r.kind == kind::LIST);
    for list in lists.filter(|r| r.instance == instance) {
        for record in All::of(list.content, &[]) {
            match record.kind {
                kind::LISTED => found.push(Listed {
                    place: word(record.content, 0).unwrap_or(0),
                    id: word(record.content, 12).unwrap_or(0),
                    texts: Vec::new(),
                }),
                _ => {
                    if let Some(last) = found.last_mut() {
                        last.texts.push(record);
                    }
                }
            }
        }
    }
    found
}

/// Reads every text there is, in the order of the file, where nothing says which slides there are.
fn loose(stream: &[u8], document: &mut Document<'_, '_>) {
    let mut slides = 0;
    for record in All::of(stream, &[kind::SLIDE, kind::NOTES]) {
        if document.out.stopped() {
            return;
        }
        let name = match record.kind {
            kind::SLIDE => {
                slides += 1;
                document.page(format!("slide={slides}"));
                "text"
            }
            kind::NOTES => "notes",
            kind::TEXT | kind::NARROW_TEXT => {
                texts(std::iter::once(record), "text", document);
                continue;
            }
            _ => continue,
        };
        texts(All::of(record.content, &[]), name, document);
    }
}

/// Hands over the paragraphs of records.
fn texts<'a>(records: impl Iterator<Item = Record<'a>>, name: &str, document: &mut Document<'_, '_>) {
    let mut title = false;
    let mut by = String::new();
    for record in records {
        let text = match record.kind {
            kind::TEXT_KIND => {
                title = matches!(word(record.content, 0), Some(0 | 6));
                continue;
            }
            kind::COMMENT => {
                by.clear();
                for string in All::of(record.content, &[]).filter(|r| r.kind == kind::STRING) {
                    match string.instance {
                        0 => by = wide(string.content),
                        1 => {
                            let text = format!("{by} {}", wide(string.content));
                            document.paragraph("comment", text.trim());
                        }
                        _ => {}
                    }
                }
                continue;
            }
            kind::MARGINS => {
                for text in All::of(record.content, &[]).filter(|r| r.kind == kind::STRING) {
                    document.paragraph("footer", &wide(text.content));
                }
                continue;
            }
            kind::TEXT => wide(record.content),
            kind::NARROW_TEXT => record.content.iter().map(|b| char::from(*b)).collect(),
            _ => continue,
        };
        let name = if title && name == "text" { "heading" } else { name };
        for paragraph in text.split('\r') {
            // Numbers and days of slides are filled in by the program.
            let shown =
                paragraph.replace('\u{B}', "\n").replace(|c: char| c < ' ' && c != '\n' && c != '\t', "");
            if shown.trim() != "*" {
                document.paragraph(name, &shown);
            }
        }
    }
}
