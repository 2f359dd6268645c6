//! Word documents (DOCX): paragraphs with their headings, tables, notes, comments, what was deleted and is still there.

mod story;

use std::collections::{HashMap, HashSet};

use self::story::Story;
use crate::attached::Attached;
use crate::document::Document;
use crate::oddities::say;
use crate::office::{self, Event, Package};
use crate::out::Out;

/// Reads a document.
pub(crate) fn read(bytes: Vec<u8>, out: &mut Out<'_>) {
    let Some(package) = Package::open(bytes, out) else { return };
    let mut properties = office::properties(&package, out);
    let usual = "word/document.xml";
    let main = package.main().unwrap_or_else(|| usual.to_owned());
    let relations = package.relations(&main);
    if package.names().any(|n| n.to_lowercase().ends_with("vbaproject.bin")) {
        out.odd.add("macros_not_run", say("the document holds macros, which are never run"));
    }
    // A picture or template from elsewhere would be fetched by other programs.
    let fetched = relations.iter().filter(|r| r.external && r.kind != "hyperlink");
    let links: Vec<String> = fetched.map(|r| r.target.clone()).collect();
    if !links.is_empty() {
        let count = links.len();
        out.odd.add("external_links", |o| {
            say(format!("links of the document to other files, which are never followed: {count}"))(o)
                .with("count", count)
        });
        properties.extend(links.into_iter().map(|link| ("external link".to_owned(), link)));
    }
    let mut attached = Attached::new();
    attached.parts(&package, out);
    properties.extend(attached.properties());
    let headings = headings(&package, out);
    let mut document = Document::new(&properties, out);
    let mut read = HashSet::new();
    let mut parts = vec![(main, "text")];
    for relation in relations.iter().filter(|r| !r.external) {
        let name = match relation.kind.as_str() {
            "footnotes" | "endnotes" => "footnote",
            "comments" => "comment",
            "header" => "header",
            "footer" => "footer",
            _ => continue,
        };
        parts.push((relation.target.clone(), name));
    }
    for (name, kind) in parts {
        if !read.insert(name.to_lowercase()) {
            continue;
        }
        let Some(part) = package.part(&name) else {
            document.out.partly = true;
            document.out.odd.add("document_part_missing", |o| {
                say("a part that holds text of the document is missing")(o).with("part", &name)
            });
            continue;
        };
        let links: HashMap<String, String> = package
            .relations(&name)
            .into_iter()
            .filter(|r| r.external && r.kind == "hyperlink")
            .map(|r| (r.id, r.target))
            .collect();
        Story::new(kind, &headings, &links).read(part, &mut document);
    }
    document.finish();
}

/// The styles that are headings, by their ids.
fn headings(package: &Package, out: &mut Out<'_>) -> HashSet<String> {
    let mut found = HashSet::new();
    let Some(mut part) = package.part("word/styles.xml") else { return found };
    let mut style = String::new();
    loop {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "style" => style = tag.attr("styleId").unwrap_or_default().into_owned(),
                "name" => {
                    let name = tag.attr("val").unwrap_or_default().to_lowercase();
                    if name.starts_with("heading") || name == "title" {
                        found.insert(style.clone());
                    }
                }
                "outlineLvl" if tag.number("val").is_some_and(|n| n < 9) => {
                    found.insert(style.clone());
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    out.tell_part(part);
    found
}
