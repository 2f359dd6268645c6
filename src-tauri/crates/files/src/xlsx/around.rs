//! What a workbook holds besides its cells: properties, names, notes, links, texts in drawings. All of it is kept as
//! headings, so that it can be found.

use std::collections::HashMap;

use super::binary;
use super::book::Book;
use super::cells::{Around, Link};
use super::strings::{Strings, rich_text};
use crate::attached::Attached;
use crate::limits;
use crate::oddities::say;
use crate::office::{self, Event, Package, Relation};
use crate::out::Out;
use crate::sheet::{heading, reference};

/// Hands over what the workbook says of itself.
pub(super) fn properties(package: &Package, book: &Book, out: &mut Out<'_>) {
    let mut told = office::properties(package, out);
    for (name, place) in &book.names {
        told.push((format!("name {name}"), place.clone()));
    }
    let mut links: Vec<String> = Vec::new();
    let parts = book.relations.iter().filter(|r| r.kind == "externalLink" && !r.external);
    let mut parts: Vec<String> = parts.map(|r| r.target.clone()).collect();
    let strays = package.names().filter(|n| n.to_lowercase().starts_with("xl/externallinks/external"));
    parts.extend(strays.map(str::to_owned));
    parts.sort();
    parts.dedup();
    for part in parts {
        links.extend(package.relations(&part).into_iter().filter(|r| r.external).map(|r| r.target));
    }
    if !links.is_empty() {
        let count = links.len();
        out.odd.add("external_links", |o| {
            say(format!("links of the workbook to other files, which are never followed: {count}"))(o)
                .with("count", count)
        });
        told.extend(links.into_iter().map(|link| ("external link".to_owned(), link)));
    }
    let mut attached = Attached::new();
    attached.parts(package, out);
    told.extend(attached.properties());
    office::hand_over_properties(&told, out);
}

/// Hands over the shared texts that no cell shows: they were deleted, and are still there.
pub(super) fn unused(strings: &Strings, out: &mut Out<'_>) {
    let mut count = 0_u64;
    for (number, text) in strings.unused() {
        count += 1;
        if !heading(&format!("string={number}"), "unused text", text, out.list("", ""), out) {
            return;
        }
    }
    if count > 0 {
        out.odd.add("unused_texts", |o| {
            say(format!("texts in the workbook that no cell shows, perhaps deleted ones: {count}"))(o)
                .with("count", count)
        });
    }
}

/// The parts that belong to a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetParts {
    relations: Vec<Relation>,
    /// The header rows of its tables.
    pub(super) headers: Vec<u32>,
}

impl SheetParts {
    pub(super) fn find(package: &Package, sheet: &str, out: &mut Out<'_>) -> Self {
        let mut parts = Self { relations: package.relations(sheet), headers: Vec::new() };
        for table in parts.relations.iter().filter(|r| r.kind == "table" && !r.external) {
            if binary::is(&table.target) {
                parts.headers.extend(binary::header(package, &table.target, out));
                continue;
            }
            let Some(mut part) = package.part(&table.target) else { continue };
            loop {
                match part.next() {
                    Event::Open(tag) if tag.name() == "table" => {
                        let headed = tag.attr("headerRowCount").is_none_or(|n| n.trim() != "0");
                        let place = tag.attr("ref").unwrap_or_default();
                        let first = place.split(':').next().and_then(reference);
                        parts.headers.extend(first.filter(|_| headed).map(|(_, row)| row));
                    }
                    Event::End => break,
                    _ => {}
                }
            }
            out.tell_part(part);
        }
        parts
    }

    /// Hands over what stands around the cells. False if the caller wants no more.
    pub(super) fn hand_over(
        &self,
        package: &Package,
        sheet: &str,
        list: u16,
        around: Around,
        out: &mut Out<'_>,
    ) -> bool {
        for (n, text) in around.margins.iter().enumerate() {
            if !heading(&format!("{sheet},margin={}", n + 1), "margin", text, list, out) {
                return false;
            }
        }
        let targets: HashMap<&str, &str> = self
            .relations
            .iter()
            .filter(|r| r.external)
            .map(|r| (r.id.as_str(), r.target.as_str()))
            .collect();
        for Link { cell, relation, place } in &around.links {
            let target = relation.as_deref().and_then(|id| targets.get(id)).copied();
            let text = match (target, place) {
                (Some(target), Some(place)) => format!("{target}#{place}"),
                (Some(target), None) => target.to_owned(),
                (None, Some(place)) => place.clone(),
                (None, None) => continue,
            };
            if !heading(&format!("{sheet},link={}", place_in(cell)), "link", &text, list, out) {
                return false;
            }
        }
        for relation in self.relations.iter().filter(|r| !r.external) {
            let more = match relation.kind.as_str() {
                "comments" if binary::is(&relation.target) => {
                    binary::notes(package, &relation.target, sheet, list, out)
                }
                "comments" | "threadedComment" => notes(package, &relation.target, sheet, list, out),
                "drawing" => drawing(package, &relation.target, sheet, list, out),
                _ => true,
            };
            if !more {
                return false;
            }
        }
        true
    }
}

/// A cell as part of a place, whatever was written for it.
fn place_in(cell: &str) -> String {
    let mut place = String::new();
    crate::row::escape_into(&mut place, cell);
    place
}

/// Hands over the notes on cells, each with who wrote it.
fn notes(package: &Package, part: &str, sheet: &str, list: u16, out: &mut Out<'_>) -> bool {
    let Some(mut part) = package.part(part) else { return true };
    let mut authors: Vec<String> = Vec::new();
    let mut told = 0;
    let mut more = true;
    while more && told < limits::SHEET_NOTES {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "author" => {
                    let mut author = String::new();
                    part.text(&mut author);
                    authors.push(author);
                }
                name @ ("comment" | "threadedComment") => {
                    let threaded = name == "threadedComment";
                    let cell = tag.attr("ref").map(|c| place_in(&c)).unwrap_or_default();
                    let author = tag.number("authorId").and_then(|n| authors.get(n as usize).cloned());
                    let day = tag.attr("dT").map(|d| d.into_owned());
                    let mut text = String::new();
                    if threaded {
                        part.text(&mut text);
                    } else {
                        rich_text(&mut part, &mut text);
                    }
                    // Most programs write the author into the text as well.
                    let text = match author.filter(|a| !a.is_empty() && !text.starts_with(a.as_str())) {
                        Some(author) => format!("{author}: {}", text.trim()),
                        None => text.trim().to_owned(),
                    };
                    let text = day.map_or_else(|| text.clone(), |day| format!("{day} {text}"));
                    let kind = if threaded { "comment" } else { "note" };
                    told += 1;
                    more = heading(&format!("{sheet},{kind}={cell}"), kind, &text, list, out);
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    out.tell_part(part);
    more
}

/// Hands over the texts of shapes that lie on a sheet.
fn drawing(package: &Package, part: &str, sheet: &str, list: u16, out: &mut Out<'_>) -> bool {
    let Some(mut part) = package.part(part) else { return true };
    let mut text = String::new();
    let mut told = 0;
    let mut more = true;
    while more && told < limits::SHEET_NOTES {
        match part.next() {
            Event::Open(tag) if tag.name() == "t" => part.text(&mut text),
            Event::Close("p") => text.push('\n'),
            Event::Close("txBody") => {
                told += 1;
                more = heading(&format!("{sheet},shape={told}"), "shape", text.trim(), list, out);
                text.clear();
            }
            Event::End => break,
            _ => {}
        }
    }
    out.tell_part(part);
    more
}
