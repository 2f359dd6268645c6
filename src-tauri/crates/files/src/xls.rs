//! Old workbooks (XLS, Excel 95 to 2003): records in a stream, read one after the other.
//!
//! File format: <https://learn.microsoft.com/openspecs/office_file_formats/ms-xls>.

mod sheet;
mod strings;
mod written;

use std::collections::{HashMap, HashSet};

use encoding_rs::Encoding;

use self::strings::{Chunks, code_page};
pub(crate) use self::written::{is_written, read as read_written};
use crate::attached::Attached;
use crate::compound::{Compound, ROOT};
use crate::limits;
use crate::locked::StreamKey;
use crate::oddities::{quoted, say};
use crate::office;
use crate::out::Out;
use crate::sheet::{Form, place};
use crate::summary;

/// What a record is.
mod kind {
    pub(super) const FORMULA: u16 = 0x06;
    pub(super) const EOF: u16 = 0x0A;
    pub(super) const DATE_MODE: u16 = 0x22;
    pub(super) const FILE_PASS: u16 = 0x2F;
    pub(super) const CONTINUE: u16 = 0x3C;
    pub(super) const CODE_PAGE: u16 = 0x42;
    pub(super) const SHEET: u16 = 0x85;
    pub(super) const MANY_RK: u16 = 0xBD;
    pub(super) const RICH_LABEL: u16 = 0xD6;
    pub(super) const STYLE: u16 = 0xE0;
    pub(super) const STRINGS: u16 = 0xFC;
    pub(super) const SHARED_LABEL: u16 = 0xFD;
    pub(super) const TEXT_OBJECT: u16 = 0x1B6;
    pub(super) const NUMBER: u16 = 0x203;
    pub(super) const LABEL: u16 = 0x204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x205;
    pub(super) const STRING: u16 = 0x207;
    pub(super) const ROW: u16 = 0x208;
    pub(super) const RK: u16 = 0x27E;
    pub(super) const FORMAT: u16 = 0x41E;
    pub(super) const BEGIN: u16 = 0x809;
    /// What is never locked: where parts begin, who has the file open.
    pub(super) const OPEN: [u16; 7] = [BEGIN, FILE_PASS, 0xE1, 0x138, 0x194, 0x195, 0x196];
}

/// A piece of a locked stream has a key of its own.
const PIECE: usize = 1024;

/// Records of a stream from somewhere on.
struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the stream ends inside a record.
    cut: bool,
}

impl<'a> Records<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, cut: false }
    }

    fn head(&self) -> Option<(u16, usize)> {
        let head = self.bytes.get(self.at..self.at.checked_add(4)?)?;
        Some((u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]]))))
    }

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = self.head()?;
        let from = self.at + 4;
        self.cut |= from + length > self.bytes.len();
        let to = (from + length).min(self.bytes.len());
        self.at = to;
        Some((kind, &self.bytes[from..to]))
    }

    /// The record that was read last, with those that continue it.
    fn with_rest(&mut self, first: &'a [u8]) -> Chunks<'a> {
        let mut parts = vec![first];
        while matches!(self.head(), Some((kind::CONTINUE, _))) {
            if let Some((_, part)) = self.next() {
                parts.push(part);
            }
        }
        Chunks::new(parts)
    }
}

/// What all sheets share.
struct Book {
    /// Excel 97 and later.
    unicode: bool,
    encoding: &'static Encoding,
    from_1904: bool,
    strings: Vec<String>,
    styles: Vec<Form>,
    budget: u64,
}

/// A sheet, by where it starts.
struct Sheet {
    name: String,
    at: usize,
    hidden: bool,
}

/// The record that says how the workbook is locked, if it is.
fn lock(stream: &[u8]) -> Option<&[u8]> {
    let mut records = Records::new(stream, 0);
    // It stands in front of everything that can be locked.
    while let Some((kind, data)) = records.next() {
        match kind {
            kind::FILE_PASS => return Some(data),
            kind::EOF => return None,
            _ => {}
        }
    }
    None
}

/// The stream as it was before it was locked.
fn opened(stream: &[u8], key: &StreamKey) -> Vec<u8> {
    let mut plain = key.open(stream, PIECE);
    let mut records = Records::new(stream, 0);
    while let Some((kind, data)) = records.next() {
        let start = records.at - data.len();
        // The place of a sheet is needed before anything is opened.
        let open = match kind {
            kind if kind::OPEN.contains(&kind) => data.len(),
            kind::SHEET => data.len().min(4),
            _ => 0,
        };
        for range in [start - 4..start, start..start + open] {
            plain[range.clone()].copy_from_slice(&stream[range]);
        }
    }
    plain
}

/// Reads a workbook.
pub(crate) fn read(file: &Compound<'_>, out: &mut Out<'_>) {
    let stream = file.named(ROOT, "Workbook").or_else(|| file.named(ROOT, "Book")).unwrap_or_default();
    let mut book = Book {
        unicode: true,
        encoding: encoding_rs::WINDOWS_1252,
        from_1904: false,
        strings: Vec::new(),
        styles: Vec::new(),
        budget: limits::SHARED_TEXT,
    };
    let mut key = None;
    let stream = match lock(&stream) {
        None => stream,
        Some(lock) => match lock.strip_prefix(&[1, 0]).filter(|lock| StreamKey::is_known(lock)) {
            Some(lock) => match StreamKey::find(lock, out.passwords) {
                Some(found) => opened(&stream, key.insert(found)),
                None => return out.tell_locked(),
            },
            None => return out.tell_sealed(),
        },
    };
    let sheets = globals(&stream, &mut book);
    if sheets.is_empty() {
        out.partly = true;
        out.odd.add("document_damaged", |o| {
            say("no sheet can be found in the workbook")(o).with("reason", "no_sheet")
        });
    }
    if file.children(ROOT).iter().any(|(_, entry)| entry.name == "_VBA_PROJECT_CUR") {
        out.odd.add("macros_not_run", say("the workbook holds macros, which are never run"));
    }
    let mut properties = summary::read(file, key.as_ref());
    let mut attached = Attached::new();
    attached.pool(file, ROOT, |name| name.starts_with("MBD"), out);
    properties.extend(attached.properties());
    office::hand_over_properties(&properties, out);
    if file.damaged.get() {
        out.partly = true;
        out.odd.add("document_damaged", |o| {
            say("the container of the workbook is damaged; it is read as far as it goes")(o)
                .with("reason", "container")
        });
    }
    let mut read = HashSet::new();
    for sheet in &sheets {
        // Several sheets that start at one place would repeat it without end.
        if !read.insert(sheet.at) {
            continue;
        }
        let at = place(&sheet.name);
        if sheet.hidden {
            let name = &sheet.name;
            out.odd.add("hidden_sheet", |o| {
                say(format!("the sheet {} is hidden; it is read like the others", quoted(name)))(o)
                    .with("sheet", name)
                    .at(at)
            });
        }
        if out.stopped() || !sheet::read(&stream, sheet, &mut book, out) {
            return;
        }
    }
}

/// Reads what stands before the sheets; none if it is encrypted.
fn globals(stream: &[u8], book: &mut Book) -> Vec<Sheet> {
    let mut records = Records::new(stream, 0);
    let mut sheets = Vec::new();
    let mut formats: HashMap<u16, Form> = HashMap::new();
    let mut styles = Vec::new();
    let number =
        |data: &[u8], at: usize| data.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
    while let Some((kind, data)) = records.next() {
        match kind {
            kind::BEGIN => book.unicode = number(data, 0) >= 0x600,
            kind::CODE_PAGE => book.encoding = code_page(number(data, 0)),
            kind::DATE_MODE => book.from_1904 = number(data, 0) == 1,
            kind::FORMAT => {
                let mut text = Chunks::new(vec![data.get(2..).unwrap_or(&[])]);
                let code = if book.unicode {
                    text.text()
                } else {
                    text.byte().map(|n| {
                        book.encoding.decode(data.get(3..).unwrap_or(&[])).0.chars().take(n.into()).collect()
                    })
                };
                formats.insert(number(data, 0), Form::of_code(&code.unwrap_or_default()));
            }
            kind::STYLE => styles.push(number(data, 2)),
            kind::STRINGS => {
                let mut chunks = records.with_rest(data);
                let _ = (chunks.u32(), chunks.u32());
                while let Some(text) = chunks.text() {
                    book.strings.push(text);
                }
            }
            kind::SHEET => {
                let at = data.get(..4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                let name = match (data.get(6), book.unicode) {
                    (Some(n), true) => Chunks::new(vec![data.get(7..).unwrap_or(&[])])
                        .text_of(usize::from(*n))
                        .unwrap_or_default(),
                    (Some(_), false) => book.encoding.decode(data.get(7..).unwrap_or(&[])).0.into_owned(),
                    (None, _) => String::new(),
                };
                // Modules of macros are sheets, too, in a way; charts have no cells.
                if data.get(5).is_some_and(|kind| *kind <= 1) {
                    let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    sheets.push(Sheet { name, at: at as usize, hidden });
                }
            }
            kind::EOF => break,
            _ => {}
        }
    }
    book.styles = styles
        .into_iter()
        .map(|id| formats.get(&id).copied().unwrap_or_else(|| Form::built_in(id.into())))
        .collect();
    sheets
}
