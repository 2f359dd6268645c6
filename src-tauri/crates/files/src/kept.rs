//! Rows of formats that cannot be read in parts: kept as they were read, packed and compressed.

use crate::layout::Format;
use crate::row::Row;

/// Rows are compressed in blocks of about this size: small enough that one row is had back at once, large enough that
/// what repeats in them is found.
const BLOCK: usize = 64 << 10;

/// The rows of one entry, by their number in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Compressed, with its size before.
    blocks: Vec<(Box<[u8]>, usize)>,
    open: Vec<u8>,
    /// The block of each row, and where in it the row starts.
    rows: Vec<(u32, u32)>,
}

impl Format {
    /// Whether rows of this format can only be had by reading the whole entry again, so that whoever wants them again
    /// keeps them: documents in which nothing stands as it is shown.
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
    /// Keeps one more row.
    pub fn push(&mut self, row: &Row) {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.rows.push((short(self.blocks.len()), short(self.open.len())));
        row.pack(&mut self.open);
        if self.open.len() >= BLOCK {
            self.blocks.push((lz4_flex::block::compress(&self.open).into_boxed_slice(), self.open.len()));
            self.open.clear();
        }
    }

    /// How many rows are kept.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row is kept.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of this number; none beyond the last.
    pub fn row(&self, number: usize) -> Option<Row> {
        let mut found = None;
        self.each(number..number + 1, |_, row| found = Some(row.clone()));
        found
    }

    /// Every row of a range of numbers, in order.
    pub fn each(&self, numbers: std::ops::Range<usize>, mut each: impl FnMut(usize, &Row)) {
        let mut unpacked: Option<(u32, Vec<u8>)> = None;
        let mut row = Row::default();
        for number in numbers {
            let Some((block, at)) = self.rows.get(number).copied() else { return };
            let bytes = match self.blocks.get(block as usize) {
                None => &self.open,
                Some((packed, size)) => {
                    if unpacked.as_ref().is_none_or(|(n, _)| *n != block) {
                        unpacked =
                            Some((block, lz4_flex::block::decompress(packed, *size).unwrap_or_default()));
                    }
                    unpacked.as_ref().map_or(&self.open, |(_, bytes)| bytes)
                }
            };
            if bytes.get(at as usize..).and_then(|b| row.unpack(b)).is_some() {
                each(number, &row);
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
        for n in 0..3000 {
            kept.push(&make(n));
        }
        assert!(kept.blocks.len() > 5);
        assert_eq!(kept.len(), 3000);
        for n in [0, 1, 299, 300, 1777, 2999] {
            assert_eq!(kept.row(n as usize), Some(make(n)));
        }
        assert_eq!(kept.row(3000), None);
        let mut met = 0;
        kept.each(0..kept.len(), |number, row| {
            assert_eq!(row.span.number as usize, number);
            met += 1;
        });
        assert_eq!(met, 3000);
    }
}
