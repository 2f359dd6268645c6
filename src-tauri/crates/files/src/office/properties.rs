//! What a document says of itself: title, who made it, when. A heading of the file.

use super::{Event, Package};
use crate::limits;
use crate::names::Namer;
use crate::out::Out;
use crate::row::{Notation, Span, ValueKind};

/// The parts that hold properties.
const PARTS: [&str; 3] = ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"];

/// Properties that say nothing of anybody.
const TECHNICAL: &[&str] = &[
    "DocSecurity",
    "ScaleCrop",
    "LinksUpToDate",
    "SharedDoc",
    "HyperlinksChanged",
    "AppVersion",
    "TitlesOfParts",
    "HeadingPairs",
    "HLinks",
];

/// The properties of a document, by their names.
pub(crate) fn properties(package: &Package, out: &mut Out<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for part in PARTS {
        let Some(mut part) = package.part(part) else { continue };
        loop {
            // Below the root every element is a property; custom ones have their name in an attribute.
            let depth = part.depth();
            match part.next() {
                Event::Open(tag) if depth == 1 => {
                    let name = tag.attr("name").unwrap_or_else(|| tag.name().into()).into_owned();
                    let mut text = String::new();
                    part.text(&mut text);
                    let known = TECHNICAL.contains(&name.as_str()) || text.trim().is_empty();
                    if !known && all.len() < limits::TABLE_SAMPLE_ROWS {
                        all.push((name, text.trim().to_owned()));
                    }
                }
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
    }
    all
}

/// Hands over properties as one heading. False if the caller wants no more.
pub(crate) fn hand_over_properties(properties: &[(String, String)], out: &mut Out<'_>) -> bool {
    if properties.is_empty() {
        return true;
    }
    let list = out.list("", "");
    out.row.span = Span { list, number: 0, heading: true, ..Span::default() };
    out.row.notation = Notation::Paragraph;
    let mut seen: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (name, value) in properties {
        let count = seen.entry(name).or_insert(0);
        *count += 1;
        let name = if *count > 1 { format!("{name} {count}") } else { name.clone() };
        let field = Namer::Grow(&mut out.layout.names).path(&[&name]);
        out.row.push(field, ValueKind::Text, value, &[], None);
    }
    out.emit()
}
