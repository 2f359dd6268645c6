//! Texts of old workbooks: one or two bytes a letter, and cut in two where a record is full.

use encoding_rs::Encoding;

/// The bytes of a record and of those that continue it.
pub(super) struct Chunks<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Chunks<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    /// The bytes left in the part that is being read; goes on to the next one if there are none.
    fn rest(&mut self) -> Option<&'a [u8]> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.parts.get(self.part).and_then(|part| part.get(self.at..))
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn pass(&mut self, mut n: usize) {
        while n > 0 {
            let Some(rest) = self.rest() else { return };
            let step = rest.len().min(n);
            self.at += step;
            n -= step;
        }
    }

    /// A text with its marks: how many letters, how wide, with fonts or pronunciation.
    pub(super) fn text(&mut self) -> Option<String> {
        let letters = usize::from(self.u16()?);
        self.text_of(letters)
    }

    /// A text of so many letters, with its marks.
    pub(super) fn text_of(&mut self, letters: usize) -> Option<String> {
        let marks = self.byte()?;
        let runs = if marks & 8 == 0 { 0 } else { usize::from(self.u16()?) };
        let spoken = if marks & 4 == 0 { 0 } else { self.u32()? as usize };
        let text = self.letters(letters, marks & 1 != 0);
        self.pass(4 * runs);
        self.pass(spoken);
        Some(text)
    }

    /// Letters of one or two bytes. Where a record ends between two, the next one says anew how wide they are.
    pub(super) fn letters(&mut self, mut letters: usize, mut wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while letters > 0 {
            if self.parts.get(self.part).is_some_and(|part| self.at >= part.len()) && self.at > 0 {
                self.part += 1;
                self.at = 0;
                match self.byte() {
                    Some(marks) => wide = marks & 1 != 0,
                    None => break,
                }
            }
            let Some(rest) = self.rest() else { break };
            let size = if wide { 2 } else { 1 };
            let here = (rest.len() / size).min(letters);
            if here == 0 {
                // Half a letter at the end of a record.
                self.at += rest.len();
                letters -= 1;
                continue;
            }
            if wide {
                units.extend(rest[..2 * here].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])));
            } else {
                units.extend(rest[..here].iter().map(|b| u16::from(*b)));
            }
            self.at += here * size;
            letters -= here;
        }
        String::from_utf16_lossy(&units)
    }
}

/// The encoding of a code page, as workbooks of Excel 95 are written in.
pub(super) fn code_page(number: u16) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 | 32_768 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}
