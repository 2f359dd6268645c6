//! Workbooks (XLSX, XLSM, XLSB): sheet by sheet, cell by cell. A cell costs what is in it, wherever it stands; what a
//! workbook says of its own sizes is not asked. Nothing in it is run or followed.

mod around;
mod binary;
mod book;
mod cells;
mod strings;
mod styles;

use std::collections::{BTreeSet, HashSet};

use self::around::SheetParts;
use self::binary::Records;
use self::book::{Book, Sheet};
use self::cells::Shared;
use self::strings::Strings;
use self::styles::Styles;
use crate::layout::Format;
use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::{Package, Pull};
use crate::out::Out;
use crate::sheet::Grid;

/// Reads a workbook.
pub(crate) fn read(bytes: Vec<u8>, out: &mut Out<'_>) {
    let Some(package) = Package::open(bytes, out) else { return };
    let book = Book::read(&package, out);
    let macros = package.names().any(|n| n.eq_ignore_ascii_case("xl/vbaProject.bin"));
    let sheets = book.sheets.iter().map(|sheet| sheet.part.as_str());
    let written_as_records = sheets.chain(book.main.as_deref()).any(binary::is);
    out.layout.format = match written_as_records {
        true => Format::Xlsb,
        false if macros => Format::Xlsm,
        false => Format::Xlsx,
    };
    if macros {
        out.odd.add("macros_not_run", say("the workbook holds macros, which are never run"));
    }
    let ending = if written_as_records { "bin" } else { "xml" };
    let part = |kind: &str| book.related(kind).unwrap_or_else(|| format!("xl/{kind}.{ending}"));
    let mut shared = Shared {
        strings: Strings::read(&package, &part("sharedStrings"), out),
        styles: Styles::read(&package, &part("styles"), out),
        from_1904: book.from_1904,
        budget: limits::SHARED_TEXT,
    };
    around::properties(&package, &book, out);
    let mut read = HashSet::new();
    for sheet in &book.sheets {
        // Several sheets that share a part would repeat it without end.
        if !read.insert(sheet.part.to_lowercase()) {
            continue;
        }
        if out.stopped() || !one(&package, sheet, &mut shared, out) {
            return;
        }
    }
    around::unused(&shared.strings, out);
}

/// The part of a sheet.
enum Part<'a> {
    Xml(Box<Pull<'a>>),
    Records(Box<Records<'a>>),
}

impl<'a> Part<'a> {
    fn open(package: &'a Package, name: &str) -> Option<Self> {
        Some(if binary::is(name) {
            Self::Records(Box::new(Records::open(package, name)?))
        } else {
            Self::Xml(Box::new(package.part(name)?))
        })
    }
}

/// Reads one sheet. False if the caller wants no more.
fn one(package: &Package, sheet: &Sheet, shared: &mut Shared, out: &mut Out<'_>) -> bool {
    let name = sheet.name.as_str();
    let at = crate::sheet::place(name);
    let Some(mut part) = Part::open(package, &sheet.part) else {
        out.partly = true;
        out.odd.add("document_part_missing", |o| {
            let (called, part) = (quoted(name), quoted(&sheet.part));
            say(format!("the sheet {called} is not in the workbook: its part {part} is missing"))(o)
                .with("part", &sheet.part)
                .at(at)
        });
        return true;
    };
    if sheet.hidden {
        out.odd.add("hidden_sheet", |o| {
            say(format!("the sheet {} is hidden; it is read like the others", quoted(name)))(o)
                .with("sheet", name)
                .at(at.as_str())
        });
    }
    let parts = SheetParts::find(package, &sheet.part, out);
    let headers: BTreeSet<u32> = sheet.headers.iter().chain(&parts.headers).copied().collect();
    let mut grid = Grid::new(name, headers, out);
    let list = grid.list();
    let (around, more) = match &mut part {
        Part::Xml(part) => cells::read(part, &mut grid, shared),
        Part::Records(part) => binary::read(part, &mut grid, shared),
    };
    let more = grid.finish() && more;
    match part {
        Part::Xml(part) => out.tell_part(*part),
        Part::Records(part) => part.tell(out),
    }
    more && parts.hand_over(package, &at, list, around, out)
}
