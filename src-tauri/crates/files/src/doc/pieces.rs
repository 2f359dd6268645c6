//! The text in its pieces: what was typed later stands behind, and a list says in which order all of it is read.

use super::head::{Head, word};

/// A piece of text.
#[derive(Debug)]
struct Piece {
    /// How many letters it has.
    letters: u32,
    from: usize,
    /// Two bytes a letter.
    wide: bool,
}

/// All pieces, in the order of reading.
#[derive(Debug)]
pub(super) struct Pieces {
    all: Vec<Piece>,
    /// What each byte of a narrow piece stands for.
    letters: Vec<u16>,
}

impl Pieces {
    pub(super) fn read(main: &[u8], tables: &[u8], head: &Head) -> Self {
        let listed = tables.get(head.pieces.clone()).filter(|_| head.complex || !head.old);
        let mut all = listed.and_then(list).unwrap_or_default();
        if head.old {
            all.iter_mut().for_each(|piece| piece.wide = false);
        }
        // Without a list the text is one piece.
        if all.is_empty() {
            let from = head.plain.start;
            let bytes = head.plain.end.min(main.len()).saturating_sub(from);
            let letters = u32::try_from(head.letters()).unwrap_or(u32::MAX);
            let wide = !head.old && bytes as u64 >= 2 * u64::from(letters) && letters > 0;
            all.push(Piece { letters, from, wide });
        }
        // In a code page of two bytes a letter, one byte alone is none.
        let letter = |byte: u8| {
            let byte = [byte];
            let text = head.page.decode_without_bom_handling(&byte).0;
            text.encode_utf16().next().unwrap_or(0xFFFD)
        };
        Self { all, letters: (0..=u8::MAX).map(letter).collect() }
    }

    /// Hands over each letter with its place in the stream, until that wants no more. False if some are not there.
    pub(super) fn each(&self, main: &[u8], mut each: impl FnMut(u64, u16) -> bool) -> bool {
        // Pieces that stand in one another would repeat the text without end.
        let mut left = 4 * main.len() as u64 + 4096;
        for piece in &self.all {
            let size = if piece.wide { 2 } else { 1 };
            let length = (piece.letters as usize).saturating_mul(size);
            let rest = main.get(piece.from..).unwrap_or(&[]);
            let bytes = &rest[..length.min(rest.len())];
            let Some(after) = left.checked_sub(bytes.len() as u64) else { return false };
            left = after;
            for (n, letter) in bytes.chunks_exact(size).enumerate() {
                let unit = match letter {
                    [low, high] => u16::from_le_bytes([*low, *high]),
                    [byte] => self.letters[usize::from(*byte)],
                    _ => 0xFFFD,
                };
                if !each((piece.from + n * size) as u64, unit) {
                    return true;
                }
            }
            if bytes.len() < length {
                return false;
            }
        }
        true
    }
}

/// The pieces of a list, which may have changes of the layout in front of it.
fn list(mut bytes: &[u8]) -> Option<Vec<Piece>> {
    while let [1, low, high, rest @ ..] = bytes {
        bytes = rest.get(usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    let (2, list) = (*bytes.first()?, bytes.get(5..)?) else { return None };
    let length = (word(bytes, 1)? as usize).min(list.len());
    let list = &list[..length];
    let count = length.checked_sub(4)? / 12;
    let mut pieces = Vec::new();
    for n in 0..count {
        let (from, to) = (word(list, 4 * n)?, word(list, 4 * n + 4)?);
        let place = word(list, 4 * (count + 1) + 8 * n + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let place = (place & 0x3FFF_FFFF) as usize;
        pieces.push(Piece {
            letters: to.saturating_sub(from),
            from: if narrow { place / 2 } else { place },
            wide: !narrow,
        });
    }
    Some(pieces)
}
