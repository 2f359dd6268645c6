//! The beginning of a document: where its parts are, and how long.

use std::ops::Range;

use encoding_rs::Encoding;

use crate::msg::of_code_page;

/// What a document is to Word 97 and later, and to what was before.
const WORD_97: u16 = 0xA5EC;
const WORD_6: u16 = 0xA5DC;

/// How long each story is, in letters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub(super) text: u32,
    pub(super) footnotes: u32,
    pub(super) margins: u32,
    pub(super) macros: u32,
    pub(super) comments: u32,
    pub(super) endnotes: u32,
    pub(super) boxes: u32,
    pub(super) margin_boxes: u32,
}

/// The beginning of a document.
#[derive(Debug)]
pub(super) struct Head {
    /// Word 6 and 95.
    pub(super) old: bool,
    pub(super) encrypted: bool,
    /// Encrypted in the way of before Word 97.
    pub(super) obfuscated: bool,
    /// How long the lock is, at the beginning of the tables.
    pub(super) lock: usize,
    /// Whether the text is in pieces; before Word 97 it may be one.
    pub(super) complex: bool,
    /// The stream that holds the tables.
    pub(super) tables: &'static str,
    pub(super) lengths: Lengths,
    /// Of letters of one byte.
    pub(super) page: &'static Encoding,
    /// Where the text of an old document stands.
    pub(super) plain: Range<usize>,
    pub(super) pieces: Range<usize>,
    /// Where the marks of paragraphs are listed.
    pub(super) paragraphs: Range<usize>,
    /// Which note of a margin stands where.
    pub(super) margins: Range<usize>,
    pub(super) comment_places: Range<usize>,
    pub(super) comment_texts: Range<usize>,
    pub(super) authors: Range<usize>,
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl Head {
    /// Reads the beginning of the main stream; none if it is none.
    pub(super) fn read(main: &[u8]) -> Option<Self> {
        let old = match short(main, 0)? {
            WORD_97 => false,
            WORD_6 => true,
            // Word 97 and later by its number alone, whatever wrote it.
            _ if short(main, 2)? >= 0xC0 => false,
            _ => return None,
        };
        let marks = short(main, 10)?;
        // Lengths and places stand where they do since Word 97 unless the beginning says that it is laid out otherwise.
        let (lengths, table) = if old {
            (52, 88)
        } else {
            let numbers = 34 + 2 * usize::from(short(main, 32)?);
            let lengths = numbers + 2;
            (lengths + 12, lengths + 4 * usize::from(short(main, numbers)?) + 2)
        };
        let length = |n: usize| word(main, lengths + 4 * n).unwrap_or(0).min(0x7FFF_FFFF);
        let place = |n: usize| {
            let at = |n: usize| word(main, table + 4 * n).unwrap_or(0) as usize;
            let start = at(2 * n);
            start..start.saturating_add(at(2 * n + 1))
        };
        let none = 0..0;
        let plain = word(main, 24)? as usize..word(main, 28)? as usize;
        Some(Self {
            old,
            encrypted: marks & 0x0100 != 0,
            obfuscated: old || marks & 0x8000 != 0,
            lock: word(main, 14)? as usize,
            complex: marks & 0x0004 != 0,
            tables: if marks & 0x0200 != 0 { "1Table" } else { "0Table" },
            lengths: Lengths {
                text: length(0),
                footnotes: length(1),
                margins: length(2),
                macros: length(3),
                comments: length(4),
                endnotes: length(5),
                boxes: length(6),
                margin_boxes: length(7),
            },
            page: if old { of_language(short(main, 6)?) } else { encoding_rs::WINDOWS_1252 },
            plain,
            pieces: place(33),
            paragraphs: if old { none.clone() } else { place(13) },
            margins: place(11),
            comment_places: place(4),
            comment_texts: place(5),
            authors: if old { none } else { place(36) },
        })
    }

    /// How many letters all stories have together.
    pub(super) fn letters(&self) -> u64 {
        let Lengths { text, footnotes, margins, macros, comments, endnotes, boxes, margin_boxes } =
            self.lengths;
        [text, footnotes, margins, macros, comments, endnotes, boxes, margin_boxes]
            .into_iter()
            .map(u64::from)
            .sum()
    }
}

/// The code page that letters of a language had before there was one for all.
fn of_language(id: u16) -> &'static Encoding {
    let page = match id & 0x3FF {
        0x05 | 0x0E | 0x15 | 0x18 | 0x1A | 0x1B | 0x1C | 0x24 => 1250,
        0x02 | 0x19 | 0x22 | 0x23 | 0x2F => 1251,
        0x08 => 1253,
        0x1F => 1254,
        0x0D => 1255,
        0x01 | 0x20 | 0x29 => 1256,
        0x25..=0x27 => 1257,
        0x2A => 1258,
        0x1E => 874,
        0x11 => 932,
        0x04 => 936,
        0x12 => 949,
        _ => 1252,
    };
    of_code_page(page).unwrap_or(encoding_rs::WINDOWS_1252)
}
