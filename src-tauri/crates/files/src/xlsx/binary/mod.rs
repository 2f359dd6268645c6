//! Binary workbooks (XLSB): the same package as XLSX, its sheets, texts and styles written as records instead of XML.
//!
//! File format: <https://learn.microsoft.com/openspecs/office_file_formats/ms-xlsb>.

mod around;
mod book;
mod cells;
mod records;

pub(super) use around::{header, notes};
pub(super) use book::{sheets, strings, styles};
pub(super) use cells::read;
pub(super) use records::Records;

/// Whether a part of a workbook is written as records.
pub(super) fn is(part: &str) -> bool {
    part.get(part.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".bin"))
}

/// What a record is.
mod kind {
    pub(super) const ROW: u32 = 0;
    pub(super) const BLANK: u32 = 1;
    pub(super) const FORMULA_ERROR: u32 = 11;
    pub(super) const SHORT_BLANK: u32 = 12;
    pub(super) const SHORT_SHARED: u32 = 18;
    pub(super) const STRING: u32 = 19;
    pub(super) const NAME: u32 = 39;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const STYLE: u32 = 47;
    pub(super) const COLUMNS: u32 = 60;
    pub(super) const RICH_CELL: u32 = 62;
    pub(super) const BOOK: u32 = 153;
    pub(super) const SHEET: u32 = 156;
    pub(super) const TABLE: u32 = 343;
    pub(super) const MARGINS: u32 = 479;
    pub(super) const LINK: u32 = 494;
    pub(super) const CELL_STYLES: u32 = 617;
    pub(super) const CELL_STYLES_END: u32 = 618;
    pub(super) const AUTHOR: u32 = 632;
    pub(super) const NOTE: u32 = 635;
    pub(super) const NOTE_TEXT: u32 = 637;
}
