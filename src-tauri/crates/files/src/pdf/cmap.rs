//! Character maps: how long codes are, what characters they stand for, what number a glyph has.

use super::lexer::{Lexer, Token};

/// More ranges than any font has characters.
const RANGES: usize = 200_000;

/// A map from codes to something, in ranges that are never written out.
#[derive(Debug, Default)]
pub(super) struct Cmap {
    /// How many bytes a code has, by ranges of codes of that length.
    spaces: Vec<(usize, u32, u32)>,
    /// First and last code, and the characters of the first one (UTF-16).
    texts: Vec<(u32, u32, Vec<u16>)>,
    /// First and last code, and the number of the first glyph.
    glyphs: Vec<(u32, u32, u32)>,
}

impl Cmap {
    pub(super) fn read(data: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data, 0);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"begincodespacerange") => map.codespaces(&mut lexer),
                Token::Word(b"beginbfchar") => map.chars(&mut lexer, false),
                Token::Word(b"beginbfrange") => map.chars(&mut lexer, true),
                Token::Word(b"begincidchar") => map.cids(&mut lexer, false),
                Token::Word(b"begincidrange") => map.cids(&mut lexer, true),
                _ => {}
            }
            if map.texts.len() + map.glyphs.len() > RANGES {
                break;
            }
        }
        // Stable, so that of two entries for one code the last one is found.
        map.texts.sort_by_key(|(first, _, _)| *first);
        map.glyphs.sort_by_key(|(first, _, _)| *first);
        map
    }

    fn codespaces(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Text(low)), Some(Token::Text(high))) = (lexer.next(), lexer.next()) {
            if !low.is_empty() && low.len() <= 4 && self.spaces.len() < 256 {
                self.spaces.push((low.len(), code(&low), code(&high)));
            }
        }
    }

    fn chars(&mut self, lexer: &mut Lexer<'_>, range: bool) {
        while let Some(Token::Text(low)) = lexer.next() {
            let first = code(&low);
            let last = match range.then(|| lexer.next()) {
                None => first,
                Some(Some(Token::Text(high))) => code(&high),
                Some(_) => return,
            };
            if self.texts.len() > RANGES {
                return;
            }
            match lexer.next() {
                Some(Token::Text(text)) => self.texts.push((first, last.max(first), units(&text))),
                Some(Token::ArrayOpen) => {
                    let mut at = first;
                    while let Some(Token::Text(text)) = lexer.next() {
                        if at <= last && self.texts.len() <= RANGES {
                            self.texts.push((at, at, units(&text)));
                        }
                        at = at.saturating_add(1);
                    }
                }
                // A glyph's name instead of its characters is rare enough to go without.
                Some(Token::Name(_)) => {}
                _ => return,
            }
        }
    }

    fn cids(&mut self, lexer: &mut Lexer<'_>, range: bool) {
        while let Some(Token::Text(low)) = lexer.next() {
            let first = code(&low);
            let last = match range.then(|| lexer.next()) {
                None => first,
                Some(Some(Token::Text(high))) => code(&high),
                Some(_) => return,
            };
            let Some(Token::Int(glyph)) = lexer.next() else { return };
            if self.glyphs.len() > RANGES {
                return;
            }
            self.glyphs.push((first, last.max(first), u32::try_from(glyph).unwrap_or(0)));
        }
    }

    /// Whether it says what any code means.
    pub(super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let n = self.texts.partition_point(|(first, _, _)| *first <= code);
        // Ranges may lie in one another; the nearest few decide.
        let (first, _, units) = self.texts[..n].iter().rev().take(8).find(|(_, last, _)| code <= *last)?;
        let mut units = units.clone();
        let more = code - first;
        if more > 0
            && let Some(last) = units.last_mut()
        {
            *last = last.wrapping_add(u16::try_from(more & 0xFFFF).unwrap_or(0));
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// The number of the glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let n = self.glyphs.partition_point(|(first, _, _)| *first <= code);
        let (first, _, glyph) = self.glyphs[..n].iter().rev().take(8).find(|(_, last, _)| code <= *last)?;
        Some(glyph.saturating_add(code - first))
    }

    /// The length of the code at the start of `bytes`.
    pub(super) fn length(&self, bytes: &[u8]) -> usize {
        for length in 1..=4.min(bytes.len()) {
            let code = code(&bytes[..length]);
            if self.spaces.iter().any(|(n, low, high)| *n == length && inside(code, *low, *high, length)) {
                return length;
            }
        }
        self.spaces.first().map_or(2, |(n, _, _)| *n).min(bytes.len()).max(1)
    }
}

/// Whether every byte of a code lies between those of the two ends.
fn inside(code: u32, low: u32, high: u32, length: usize) -> bool {
    (0..length).all(|n| {
        let byte = |code: u32| code >> (8 * n) & 0xFF;
        (byte(low)..=byte(high)).contains(&byte(code))
    })
}

/// A code as a number.
pub(super) fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    if let [one] = bytes {
        return vec![u16::from(*one)];
    }
    bytes.chunks_exact(2).take(64).map(|p| u16::from_be_bytes([p[0], p[1]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_characters() {
        let map = Cmap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar
              2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<00E9> <D83DDE00>] endbfrange
              1 begincidrange <0100> <01FF> 7 endcidrange",
        );
        for (code, text) in
            [(3, " "), (0x10, "fi"), (0x24, "A"), (0x26, "C"), (0x30, "é"), (0x31, "\u{1F600}")]
        {
            assert_eq!(map.text(code).as_deref(), Some(text));
        }
        assert_eq!(map.text(0x27), None);
        assert_eq!(map.glyph(0x102), Some(9));
        assert_eq!(map.length(&[0, 1, 2]), 2);
    }

    #[test]
    fn a_range_of_all_codes_costs_nothing() {
        let map = Cmap::read(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.text(1).as_deref(), Some("B"));
    }
}
