//! OpenDocument: spreadsheets (ODS), texts (ODT), presentations (ODP), packed or as one flat XML file.

mod parts;
mod sheets;
mod text;

use self::parts::{Opening, Parts};
use crate::layout::Format;
use crate::oddities::say;
use crate::office::{self, Event, Package, Pull, Source};
use crate::out::Out;

/// Reads a packed document, which may be locked as a whole.
pub(crate) fn read(bytes: Vec<u8>, out: &mut Out<'_>) {
    let Some(outer) = Package::open(bytes, out) else { return };
    let parts = match Parts::open(outer, out) {
        Some(Opening::Parts(parts)) => parts,
        Some(Opening::Whole(inner)) => {
            let Some(inner) = Package::open(inner, out) else { return };
            match Parts::open(inner, out) {
                Some(Opening::Parts(parts)) => parts,
                // No program locks a package in a package that is locked.
                Some(Opening::Whole(_)) => return out.tell_sealed(),
                None => return,
            }
        }
        None => return,
    };
    let properties = properties(parts.part("meta.xml"), out);
    let Some(part) = parts.part("content.xml") else {
        out.partly = true;
        return out.odd.add("document_part_missing", |o| {
            say("the part that holds the text of the document is missing")(o).with("part", "content.xml")
        });
    };
    if out.layout.format == Format::Ods {
        office::hand_over_properties(&properties, out);
        sheets::read(part, out);
    } else {
        text::read(part, parts.part("styles.xml"), &properties, out);
    }
}

/// Reads a document that is one XML file.
pub(crate) fn read_flat(bytes: &[u8], out: &mut Out<'_>) {
    let open = || Pull::new("document", Source::Bytes(bytes));
    let properties = properties(Some(open()), out);
    if out.layout.format == Format::Ods {
        office::hand_over_properties(&properties, out);
        sheets::read(open(), out);
    } else {
        text::read(open(), None, &properties, out);
    }
}

/// What the document says of itself.
fn properties(part: Option<Pull<'_>>, out: &mut Out<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let Some(mut part) = part else { return all };
    let mut inside = None;
    loop {
        let depth = part.depth();
        match part.next() {
            Event::Open(tag) if tag.name() == "meta" && inside.is_none() => inside = Some(depth + 1),
            Event::Open(tag) if inside == Some(depth) => {
                let name = tag.attr("name").unwrap_or_else(|| tag.name().into()).into_owned();
                let mut text = String::new();
                part.text(&mut text);
                let technical =
                    matches!(name.as_str(), "document-statistic" | "generator" | "editing-cycles");
                if !technical && !text.trim().is_empty() && all.len() < crate::limits::TABLE_SAMPLE_ROWS {
                    all.push((name, text.trim().to_owned()));
                }
            }
            Event::Close("meta") | Event::End => break,
            Event::Open(tag) if matches!(tag.name(), "body" | "automatic-styles" | "styles") => break,
            _ => {}
        }
    }
    // A flat document is read again for its text, which tells what is odd.
    if part.name == "meta.xml" {
        out.tell_part(part);
    }
    all
}

/// Text of a paragraph that is written as an element: spaces, tabs, line ends. None for other elements.
fn white_space(tag: &office::Tag<'_>) -> Option<String> {
    Some(match tag.name() {
        "s" => " ".repeat(tag.number("c").unwrap_or(1).min(1000) as usize),
        "tab" => "\t".to_owned(),
        "line-break" => "\n".to_owned(),
        _ => return None,
    })
}

/// Appends text as a paragraph shows it: spaces and line ends of the file are one space, and none at its start.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        if !matches!(c, ' ' | '\t' | '\r' | '\n') {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n', '\t']) {
            out.push(' ');
        }
    }
}
