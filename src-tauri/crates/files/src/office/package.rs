//! The parts of an office document: found by name, related to one another.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use archive::{Archive, EntryId, EntryReader, EntryState, Nature};

use super::{Event, Pull, Source};
use crate::oddities::{quoted, say};
use crate::out::Out;

/// An opened package.
pub(crate) struct Package {
    archive: Archive,
    /// By name in lower case, as programs differ there.
    parts: HashMap<String, EntryId>,
    /// Names as written, in the order of the package.
    names: Vec<String>,
    /// How many bytes of parts may still be read, where the document is attached to something.
    work: Option<Rc<Cell<u64>>>,
}

/// What one part says of another.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of its type: `worksheet`, `comments`.
    pub(crate) kind: String,
    /// The name of the other part; what lies outside the package, as written.
    pub(crate) target: String,
    /// Whether it lies outside the package. Such a target is text and never followed.
    pub(crate) external: bool,
}

impl Package {
    /// Opens a package; none if it is none, which is told.
    pub(crate) fn open(bytes: Vec<u8>, out: &mut Out<'_>) -> Option<Self> {
        // By this name it is a container, whatever is in it.
        let archive = match Archive::from_bytes("document.zip", bytes, &[]) {
            Ok(archive) => archive,
            Err(refusal) => {
                out.partly = true;
                out.nothing = true;
                out.odd.add("document_damaged", |o| {
                    let code = refusal.code();
                    say(format!("the parts of the document cannot be reached: {refusal}"))(o)
                        .with("reason", code)
                });
                return None;
            }
        };
        for odd in &archive.oddities {
            out.partly = true;
            out.odd.add("document_damaged", |o| {
                say(format!("the document is damaged: {}", odd.message))(o).with("reason", odd.code)
            });
        }
        let mut parts = HashMap::new();
        let mut names = Vec::new();
        for entry in archive.entries.iter().filter(|e| e.parent.is_none() && e.nature == Nature::File) {
            let name = String::from_utf8_lossy(&entry.raw_name).replace('\\', "/");
            let name = name.trim_start_matches('/').to_owned();
            if entry.state != EntryState::Readable {
                out.partly = true;
                out.odd.add("part_damaged", |o| {
                    let part = quoted(&name);
                    let why = entry.oddities.first().map_or("it is encrypted", |o| o.message.as_str());
                    say(format!("the part {part} cannot be read: {why}"))(o).with("part", &name)
                });
                continue;
            }
            // Of two parts with one name, the first counts; programs agree on that as little as on anything.
            parts.entry(name.to_lowercase()).or_insert(entry.id);
            names.push(name);
        }
        let work = out.inner.then(|| Rc::clone(&out.work));
        Some(Self { archive, parts, names, work })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The bytes of a part; none either of one that is larger than what may still be read.
    pub(crate) fn stream(&self, name: &str) -> Option<EntryReader<'_>> {
        let id = self.parts.get(&name.to_lowercase())?;
        if let Some(work) = &self.work {
            // More than it says that it holds does not come out of it.
            let size = self.archive.entry(*id)?.size.unwrap_or(u64::MAX);
            work.set(work.get().checked_sub(size)?);
        }
        self.archive.reader(*id).ok()
    }

    /// A part that is read as XML.
    pub(crate) fn part(&self, name: &str) -> Option<Pull<'_>> {
        Some(Pull::new(name, Source::Part(Box::new(self.stream(name)?))))
    }

    /// The relations of a part; those of the package itself for an empty name.
    pub(crate) fn relations(&self, name: &str) -> Vec<Relation> {
        let mut found = Vec::new();
        let Some(mut part) = self.part(&beside(name)) else { return found };
        loop {
            match part.next() {
                Event::Open(tag) if tag.name() == "Relationship" => {
                    let text = |name: &str| tag.attr(name).map(|v| v.into_owned()).unwrap_or_default();
                    let external = text("TargetMode").eq_ignore_ascii_case("external");
                    let target = text("Target");
                    let target = if external { target } else { resolved(name, &target) };
                    let kind = text("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    found.push(Relation { id: text("Id"), kind, target, external });
                }
                Event::End => return found,
                _ => {}
            }
        }
    }

    /// The part that the package is about.
    pub(crate) fn main(&self) -> Option<String> {
        let main = self.relations("").into_iter().find(|r| r.kind == "officeDocument" && !r.external)?;
        self.has(&main.target).then_some(main.target)
    }
}

impl Out<'_> {
    /// Tells what was odd in the bytes of a part.
    pub(crate) fn tell_source(&mut self, name: &str, source: Source<'_>) {
        for odd in source.finish() {
            self.partly = true;
            self.odd.add("part_damaged", |o| {
                say(format!("the part {} is damaged: {}", quoted(name), odd.message))(o).with("part", name)
            });
        }
    }

    /// Tells what was odd in a part that was read.
    pub(crate) fn tell_part(&mut self, part: Pull<'_>) {
        let (odd, partly) = part.finish();
        self.partly |= partly;
        for odd in odd {
            self.odd.add(odd.code, |_| odd);
        }
    }
}

/// The name of the part that holds the relations of another.
fn beside(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{name}.rels"),
    }
}

/// The name of a part from where it is named.
pub(crate) fn resolved(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(from.split('/'));
        steps.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        let check = |from: &str, target: &str, wanted: &str| assert_eq!(resolved(from, target), wanted);
        check("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml");
        check("", "word/document.xml", "word/document.xml");
        check("a.xml", "../../../b.xml", "b.xml");
        assert_eq!(beside("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(beside(""), "_rels/.rels");
    }
}
