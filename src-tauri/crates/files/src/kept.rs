//! Rows of formats that cannot be read in parts: kept as they were read, packed and compressed.

use crate::layout::Format;
use crate::row::Row;

/// Rows are compressed in blocks of about this size: small enough that one row is had back at once, large enough that
/// what repeats in them is found.
const BLOCK: usize = 64 << 10;

/// Rows of one entry that are kept, by their number among all its rows in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Compressed, with its size before.
    blocks: Vec<(Box<[u8]>, usize)>,
    open: Vec<u8>,
    rows: Vec<At>,
}

/// Where a row is kept.
#[derive(Debug, Clone, Copy)]
struct At {
    number: u32,
    block: u32,
    /// Where in the block it starts.
    start: u32,
}

impl Format {
    /// Whether rows of this format can only be had by reading the whole entry again: documents in which nothing stands
    /// as it is shown.
    pub fn is_kept(self) -> bool {
        matches!(
            self,
            Self::Pdf
                | Self::Plist
                | Self::Sqlite
                | Self::Xlsx
                | Self::Xlsm
                | Self::Xlsb
                | Self::Xls
                | Self::Doc
                | Self::Ppt
                | Self::Ods
                | Self::Docx
                | Self::Odt
                | Self::Pptx
                | Self::Odp
                | Self::Epub
                | Self::Msg
                | Self::Rtf
                | Self::Png
                | Self::Jpeg
                | Self::Gif
                | Self::Webp
                | Self::Heic
                | Self::Avif
                | Self::Bmp
                | Self::Mp4
                | Self::Mov
                | Self::M4a
                | Self::Mp3
                | Self::Wav
                | Self::Ogg
                | Self::Flac
                | Self::Tiff
        )
    }
}

impl Kept {
    /// Keeps the row of this number; numbers rise.
    pub fn push(&mut self, number: u32, row: &Row) {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.rows.push(At { number, block: short(self.blocks.len()), start: short(self.open.len()) });
        row.pack(&mut self.open);
        if self.open.len() >= BLOCK {
            self.blocks.push((lz4_flex::block::compress(&self.open).into_boxed_slice(), self.open.len()));
            self.open.clear();
        }
    }

    /// The row of this number, if it is kept.
    pub fn row(&self, number: u32) -> Option<Row> {
        let mut found = None;
        self.each(number..number.saturating_add(1), |_, row| found = Some(row.clone()));
        found
    }

    /// Every row that is kept of a range of numbers, in order.
    pub fn each(&self, numbers: std::ops::Range<u32>, mut each: impl FnMut(u32, &Row)) {
        let mut unpacked: Option<(u32, Vec<u8>)> = None;
        let mut row = Row::default();
        let from = self.rows.partition_point(|at| at.number < numbers.start);
        for At { number, block, start } in self.rows[from..].iter().take_while(|at| at.number < numbers.end) {
            let bytes = match self.blocks.get(*block as usize) {
                None => &self.open,
                Some((packed, size)) => {
                    if unpacked.as_ref().is_none_or(|(n, _)| n != block) {
                        unpacked =
                            Some((*block, lz4_flex::block::decompress(packed, *size).unwrap_or_default()));
                    }
                    unpacked.as_ref().map_or(&self.open, |(_, bytes)| bytes)
                }
            };
            if bytes.get(*start as usize..).and_then(|b| row.unpack(b)).is_some() {
                each(*number, &row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::FieldId;
    use crate::row::{Span, ValueKind};

    #[test]
    fn every_row_comes_back_over_many_blocks() {
        let mut kept = Kept::default();
        let make = |n: u32| {
            let mut row = Row { span: Span { number: n, ..Span::default() }, ..Row::default() };
            row.at = format!("row={n}");
            row.push(FieldId(0), ValueKind::Text, &format!("facture {n} ").repeat(20), &[], None);
            row
        };
        // Every third row is not kept.
        let wanted: Vec<u32> = (0..4500).filter(|n| n % 3 != 1).collect();
        for n in &wanted {
            kept.push(*n, &make(*n));
        }
        assert!(kept.blocks.len() > 5);
        for n in [0, 2, 299, 300, 2999, 4499] {
            assert_eq!(kept.row(n), Some(make(n)), "{n}");
        }
        for n in [1, 301, 4500, u32::MAX] {
            assert_eq!(kept.row(n), None, "{n}");
        }
        let mut met = Vec::new();
        kept.each(0..u32::MAX, |number, row| {
            assert_eq!(row.span.number, number);
            met.push(number);
        });
        assert_eq!(met, wanted);
        met.clear();
        kept.each(299..303, |number, _| met.push(number));
        assert_eq!(met, [299, 300, 302]);
    }
}
