//! What paragraphs are: headings, cells of tables, ends of their rows.

use super::head::{Head, word};

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) heading: bool,
    /// It stands in a table.
    pub(super) cell: bool,
    /// It ends a row of a table, and holds nothing.
    pub(super) row: bool,
    /// It ends a cell of a table that stands in a cell.
    pub(super) inner: bool,
}

/// The paragraphs of the whole stream, by the place behind each.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(u32, Mark)>);

/// A page of marks.
const PAGE: usize = 512;

/// What changes a paragraph, by its number.
mod change {
    pub(super) const CELL: u16 = 0x2416;
    pub(super) const ROW: u16 = 0x2417;
    pub(super) const INNER_CELL: u16 = 0x244B;
    pub(super) const INNER_ROW: u16 = 0x244C;
    pub(super) const OUTLINE: u16 = 0x2640;
    pub(super) const ELSEWHERE: [u16; 2] = [0x6645, 0x6646];
    pub(super) const TABLE: [u16; 2] = [0xD606, 0xD608];
    pub(super) const TABS: u16 = 0xC615;
}

impl Marks {
    pub(super) fn read(main: &[u8], tables: &[u8], head: &Head) -> Self {
        let mut found = Vec::new();
        let list = tables.get(head.paragraphs.clone()).unwrap_or(&[]);
        let count = list.len().saturating_sub(4) / 8;
        // Every page stands in the stream once.
        for n in 0..count.min(main.len() / PAGE + 1) {
            let Some(number) = word(list, 4 * (count + 1) + 4 * n) else { break };
            let at = (number & 0x3F_FFFF) as usize * PAGE;
            if let Some(page) = main.get(at..at + PAGE) {
                read_page(page, &mut found);
            }
        }
        found.sort_by_key(|(end, _)| *end);
        Self(found)
    }

    /// Whether there are any.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the paragraph is whose last letter stands at this place.
    pub(super) fn at(&self, place: u64) -> Mark {
        let n = self.0.partition_point(|(end, _)| u64::from(*end) <= place);
        self.0.get(n).map(|(_, mark)| *mark).unwrap_or_default()
    }
}

/// A page: the places between paragraphs, then for each where its marks stand in the page.
fn read_page(page: &[u8], found: &mut Vec<(u32, Mark)>) {
    let count = usize::from(page.last().copied().unwrap_or(0));
    for n in 0..count {
        let end = word(page, 4 * (n + 1));
        let offset = page.get(4 * (count + 1) + 13 * n).map(|b| 2 * usize::from(*b));
        let (Some(end), Some(offset)) = (end, offset) else { return };
        found.push((
            end,
            if offset == 0 { Mark::default() } else { mark(&page[offset..]).unwrap_or_default() },
        ));
    }
}

/// The style of a paragraph and what changes it.
fn mark(bytes: &[u8]) -> Option<Mark> {
    let (length, from) = match bytes.first()? {
        0 => (2 * usize::from(*bytes.get(1)?), 2),
        half => (2 * usize::from(*half) - 1, 1),
    };
    let bytes = bytes.get(from..)?;
    let bytes = &bytes[..length.min(bytes.len())];
    let (style, mut changes) = bytes.split_first_chunk::<2>()?;
    // The first styles are the same in every document: nine headings behind the usual one.
    let mut mark = Mark { heading: (1..=9).contains(&u16::from_le_bytes(*style)), ..Mark::default() };
    while let Some((number, rest)) = changes.split_first_chunk::<2>() {
        let number = u16::from_le_bytes(*number);
        let first = rest.first().copied().unwrap_or(0);
        match number {
            change::CELL => mark.cell = first != 0,
            change::ROW => mark.row = first != 0,
            change::INNER_CELL | change::INNER_ROW => mark.inner |= first != 0,
            change::OUTLINE => mark.heading |= first < 9,
            // Too much to stand here, as only rows of many cells have.
            n if change::ELSEWHERE.contains(&n) => mark.row = true,
            _ => {}
        }
        let size = match number >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if change::TABLE.contains(&number) => {
                1 + usize::from(u16::from_le_bytes([first, rest.get(1).copied().unwrap_or(0)]))
            }
            _ if number == change::TABS && first == u8::MAX => return Some(mark),
            _ => 1 + usize::from(first),
        };
        let Some(rest) = rest.get(size..) else { break };
        changes = rest;
    }
    Some(mark)
}
