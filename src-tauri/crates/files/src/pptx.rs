//! Presentations (PPTX): the text of each slide, its notes and its comments.

use std::collections::HashSet;

use crate::attached::Attached;
use crate::document::Document;
use crate::oddities::say;
use crate::office::{self, Event, Package};
use crate::out::Out;

/// Reads a presentation.
pub(crate) fn read(bytes: Vec<u8>, out: &mut Out<'_>) {
    let Some(package) = Package::open(bytes, out) else { return };
    let mut properties = office::properties(&package, out);
    let mut attached = Attached::new();
    attached.parts(&package, out);
    properties.extend(attached.properties());
    let main = package.main().unwrap_or_else(|| "ppt/presentation.xml".to_owned());
    let slides = slides(&package, &main, out);
    let mut document = Document::new(&properties, out);
    let mut read = HashSet::new();
    for (n, slide) in (1_u32..).zip(&slides) {
        if document.out.stopped() {
            return;
        }
        document.page(format!("slide={n}"));
        text(&package, slide, "text", &mut read, &mut document);
        for relation in package.relations(slide).into_iter().filter(|r| !r.external || r.kind == "hyperlink")
        {
            match relation.kind.as_str() {
                "notesSlide" => text(&package, &relation.target, "notes", &mut read, &mut document),
                "comments" => text(&package, &relation.target, "comment", &mut read, &mut document),
                "hyperlink" => document.paragraph("link", &relation.target),
                _ => {}
            }
        }
    }
    document.finish();
}

/// The parts of the slides in their order; then those that no order names.
fn slides(package: &Package, main: &str, out: &mut Out<'_>) -> Vec<String> {
    let relations = package.relations(main);
    let mut found = Vec::new();
    if let Some(mut part) = package.part(main) {
        loop {
            match part.next() {
                Event::Open(tag) if tag.name() == "sldId" => {
                    // Its own number has the same name as that of the relation.
                    let mut ids = Vec::new();
                    tag.each(|name, value| {
                        if name == "id" {
                            ids.push(value.to_owned());
                        }
                    });
                    let known = relations.iter().find(|r| ids.contains(&r.id) && r.kind == "slide");
                    found.extend(known.map(|r| r.target.clone()));
                }
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
    } else {
        out.partly = true;
        out.odd.add("document_part_missing", |o| {
            say("the part that names the slides is missing; they are read in the order of their numbers")(o)
                .with("part", main)
        });
    }
    let listed: HashSet<String> = found.iter().map(|name| name.to_lowercase()).collect();
    let mut others: Vec<&str> = package
        .names()
        .filter(|name| {
            let lower = name.to_lowercase();
            let file = lower.strip_prefix("ppt/slides/");
            file.is_some_and(|f| !f.contains('/') && f.ends_with(".xml")) && !listed.contains(&lower)
        })
        .collect();
    others.sort_by_key(|name| (name.len(), name.to_lowercase()));
    found.extend(others.into_iter().map(str::to_owned));
    found
}

/// Hands over the paragraphs of a part that was not read yet.
fn text(
    package: &Package,
    name: &str,
    kind: &str,
    read: &mut HashSet<String>,
    document: &mut Document<'_, '_>,
) {
    if !read.insert(name.to_lowercase()) {
        return;
    }
    let Some(mut part) = package.part(name) else { return };
    let mut text = String::new();
    let mut title = false;
    while !document.out.stopped() {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "Fallback" => part.skip(),
                "ph" => title = tag.attr("type").is_some_and(|t| t.to_lowercase().ends_with("title")),
                // Numbers and days of slides are filled in by the program.
                "fld" => part.skip(),
                "t" | "text" => part.text(&mut text),
                "br" => text.push('\n'),
                _ => {}
            },
            Event::Close("p" | "cm") => {
                let name = if title && kind == "text" { "heading" } else { kind };
                document.paragraph(name, &text);
                text.clear();
            }
            Event::Close("sp") => title = false,
            Event::End => break,
            _ => {}
        }
    }
    document.paragraph(kind, &text);
    document.out.tell_part(part);
}
