//! What a workbook says of itself: its sheets, its names, where its days start.

use std::collections::HashSet;

use super::binary;
use crate::oddities::say;
use crate::office::{Event, Package, Relation};
use crate::out::Out;
use crate::sheet::reference;

/// Whether a part of a binary workbook is one of its sheets; beside them stand indexes of their rows.
fn is_sheet(lower: &str) -> bool {
    binary::is(lower) && !lower.contains("binaryindex")
}

/// A sheet, by its part.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) part: String,
    pub(super) hidden: bool,
    /// Rows that carry a filter, which stands on headers.
    pub(super) headers: Vec<u32>,
}

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The part of the workbook itself.
    pub(super) main: Option<String>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) from_1904: bool,
    /// Names and what they stand for.
    pub(super) names: Vec<(String, String)>,
    pub(super) relations: Vec<Relation>,
}

impl Book {
    pub(super) fn read(package: &Package, out: &mut Out<'_>) -> Self {
        let usual = ["xl/workbook.xml", "xl/workbook.bin"];
        let found = || usual.into_iter().find(|name| package.has(name)).map(str::to_owned);
        let main = package.main().or_else(found);
        let mut book = Self { main, ..Self::default() };
        if let Some(main) = book.main.clone() {
            book.relations = package.relations(&main);
            if binary::is(&main) {
                binary::sheets(&mut book, package, &main, out);
            } else {
                book.sheets(package, &main, out);
            }
        } else {
            out.partly = true;
            out.odd.add("document_part_missing", |o| {
                say("the part of the workbook that names its sheets is missing; they are read without names")(
                    o,
                )
                .with("part", usual[0])
            });
        }
        book.unlisted(package, out);
        book
    }

    /// The part that the workbook calls its `kind`.
    pub(super) fn related(&self, kind: &str) -> Option<String> {
        self.relations.iter().find(|r| r.kind == kind && !r.external).map(|r| r.target.clone())
    }

    fn sheets(&mut self, package: &Package, main: &str, out: &mut Out<'_>) {
        let Some(mut part) = package.part(main) else { return };
        let mut name = None;
        let mut text = String::new();
        loop {
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    "workbookPr" => self.from_1904 |= tag.is("date1904"),
                    "sheet" => {
                        let id = tag.attr("id").unwrap_or_default();
                        let known = self.relations.iter().find(|r| r.id == *id && !r.external);
                        self.sheets.push(Sheet {
                            name: tag.attr("name").map(|n| n.into_owned()).unwrap_or_default(),
                            part: known.map(|r| r.target.clone()).unwrap_or_default(),
                            hidden: tag.attr("state").is_some_and(|s| s.to_lowercase().contains("hidden")),
                            headers: Vec::new(),
                        });
                    }
                    "definedName" => {
                        let called = tag.attr("name").map(|n| n.into_owned()).unwrap_or_default();
                        name = Some((called, tag.number("localSheetId")));
                        text.clear();
                    }
                    _ => {}
                },
                Event::Text(piece) if name.is_some() => text.push_str(piece),
                Event::Close("definedName") => {
                    if let Some((name, sheet)) = name.take() {
                        self.name(name, sheet, std::mem::take(&mut text));
                    }
                }
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
    }

    fn name(&mut self, name: String, sheet: Option<u32>, place: String) {
        if !name.starts_with("_xlnm.") {
            return self.names.push((name, place));
        }
        // A filter stands on the row that names the columns.
        let cells = place.rsplit_once('!').map_or("", |(_, cells)| cells);
        let first = cells.split(':').next().and_then(reference);
        let sheet = sheet.and_then(|n| self.sheets.get_mut(n as usize));
        if let (Some((_, row)), Some(sheet), "_xlnm._FilterDatabase") = (first, sheet, name.as_str()) {
            sheet.headers.push(row);
        }
    }

    /// Sheets that are in the package and that the workbook does not name.
    fn unlisted(&mut self, package: &Package, out: &mut Out<'_>) {
        let listed: HashSet<String> = self.sheets.iter().map(|s| s.part.to_lowercase()).collect();
        let mut parts: Vec<&str> = package
            .names()
            .filter(|name| {
                let lower = name.to_lowercase();
                lower.starts_with("xl/worksheets/")
                    && (lower.ends_with(".xml") || is_sheet(&lower))
                    && !lower["xl/worksheets/".len()..].contains('/')
                    && !listed.contains(&lower)
            })
            .collect();
        // `sheet2` comes before `sheet10`.
        parts.sort_by_key(|name| (name.len(), name.to_lowercase()));
        parts.dedup();
        for part in parts {
            let file = part.rsplit('/').next().unwrap_or(part);
            let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
            if self.main.is_some() {
                out.odd.add("unlisted_sheet", |o| {
                    let message = "a sheet is in the file that the workbook does not name; it is read, too";
                    say(message)(o).with("part", part).at(crate::sheet::place(&name))
                });
            }
            self.sheets.push(Sheet { name, part: part.to_owned(), ..Sheet::default() });
        }
    }
}
