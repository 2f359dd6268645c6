//! What all sheets share: their list, the names, the texts, the styles.

use std::collections::HashMap;

use super::{Records, kind};
use crate::limits;
use crate::office::Package;
use crate::out::Out;
use crate::sheet::Form;
use crate::xlsx::book::{Book, Sheet};
use crate::xlsx::strings::Strings;

/// A formula that is nothing but a range of cells of a sheet.
const RANGES: [u8; 3] = [0x3B, 0x5B, 0x7B];

/// Fills a workbook with its sheets and names.
pub(in super::super) fn sheets(book: &mut Book, package: &Package, main: &str, out: &mut Out<'_>) {
    let Some(mut part) = Records::open(package, main) else { return };
    while let Some((kind, mut data)) = part.next() {
        match kind {
            kind::BOOK => book.from_1904 |= data.u32().is_some_and(|marks| marks & 1 != 0),
            kind::SHEET => {
                let (hidden, _) = (data.u32().unwrap_or(0), data.u32());
                let id = data.text().unwrap_or_default();
                let known = book.relations.iter().find(|r| r.id == id && !r.external);
                let part = known.map(|r| r.target.clone()).unwrap_or_default();
                let name = data.text().unwrap_or_default();
                book.sheets.push(Sheet { name, part, hidden: hidden != 0, headers: Vec::new() });
            }
            kind::NAME => {
                let (_, _, sheet) = (data.u32(), data.u8(), data.u32());
                let name = data.text().unwrap_or_default();
                // A filter stands on the row that names the columns.
                if name.ends_with("_FilterDatabase") {
                    let range = data.u32().and_then(|_| data.bytes::<3>());
                    let first = range.filter(|b| RANGES.contains(&b[0])).and_then(|_| data.u32());
                    let sheet = sheet.and_then(|n| book.sheets.get_mut(n as usize));
                    if let (Some(first), Some(sheet)) = (first, sheet) {
                        sheet.headers.push(first.saturating_add(1));
                    }
                }
            }
            _ => {}
        }
    }
    part.tell(out);
}

/// The texts that the cells share.
pub(in super::super) fn strings(package: &Package, part: &str, out: &mut Out<'_>) -> Strings {
    let mut strings = Strings::default();
    let Some(mut part) = Records::open(package, part) else { return strings };
    while let Some((kind, mut data)) = part.next() {
        if kind == kind::STRING && !strings.push(&data.rich_text().unwrap_or_default()) {
            out.partly = true;
            break;
        }
    }
    part.tell(out);
    strings
}

/// What each style of cells makes of a number.
pub(in super::super) fn styles(package: &Package, part: &str, out: &mut Out<'_>) -> Vec<Form> {
    let mut styles = Vec::new();
    let mut codes: HashMap<u16, Form> = HashMap::new();
    let Some(mut part) = Records::open(package, part) else { return styles };
    let mut cells = false;
    while let Some((kind, mut data)) = part.next() {
        match kind {
            kind::FORMAT => {
                if let (Some(id), Some(code)) = (data.u16(), data.text()) {
                    codes.insert(id, Form::of_code(&code));
                }
            }
            kind::CELL_STYLES => cells = true,
            kind::CELL_STYLES_END => cells = false,
            kind::STYLE if cells && styles.len() <= limits::HEAD => {
                let id = data.u16().and_then(|_| data.u16()).unwrap_or(0);
                styles.push(codes.get(&id).copied().unwrap_or_else(|| Form::built_in(id.into())));
            }
            _ => {}
        }
    }
    part.tell(out);
    styles
}
