//! The records of a presentation: those that hold others are gone into, never by recursion.

/// What a record is.
pub(super) mod kind {
    pub(crate) const DOCUMENT: u16 = 0x03E8;
    pub(crate) const SLIDE: u16 = 0x03EE;
    pub(crate) const SLIDE_ATOM: u16 = 0x03EF;
    pub(crate) const NOTES: u16 = 0x03F0;
    pub(crate) const LISTED: u16 = 0x03F3;
    pub(crate) const TEXT_KIND: u16 = 0x0F9F;
    pub(crate) const TEXT: u16 = 0x0FA0;
    pub(crate) const NARROW_TEXT: u16 = 0x0FA8;
    pub(crate) const STRING: u16 = 0x0FBA;
    pub(crate) const MARGINS: u16 = 0x0FD9;
    pub(crate) const LINK: u16 = 0x0FD7;
    pub(crate) const LIST: u16 = 0x0FF0;
    pub(crate) const EDIT: u16 = 0x0FF5;
    pub(crate) const PLACES: u16 = 0x1772;
    /// A file in the presentation: what it is called, and its data.
    pub(crate) const OBJECT: u16 = 0x0FCC;
    pub(crate) const OBJECT_ATOM: u16 = 0x0FC3;
    pub(crate) const OBJECT_DATA: u16 = 0x1011;
    pub(crate) const LOCK: u16 = 0x2F14;
    pub(crate) const COMMENT: u16 = 0x2EE0;
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// Which of several of its kind it is, or what it is for.
    pub(super) instance: u16,
    /// It holds others.
    pub(super) holds: bool,
    pub(super) content: &'a [u8],
    /// The rest of its content is not there.
    pub(super) cut: bool,
}

/// How deep records are gone into.
const DEPTH: usize = 64;

/// A record with its length in front, at a place.
pub(super) fn at(stream: &[u8], place: usize) -> Option<Record<'_>> {
    let (head, rest) = stream.get(place..)?.split_first_chunk::<8>()?;
    let marks = u16::from_le_bytes([head[0], head[1]]);
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
    Some(Record {
        kind: u16::from_le_bytes([head[2], head[3]]),
        instance: marks >> 4,
        holds: marks & 0xF == 0xF,
        content: &rest[..length.min(rest.len())],
        cut: length > rest.len(),
    })
}

/// All records of some content, with those that they hold, in their order.
pub(super) struct All<'a> {
    /// What is left of each level.
    left: Vec<&'a [u8]>,
    /// Kinds that are not gone into.
    closed: &'static [u16],
}

impl<'a> All<'a> {
    pub(super) fn of(content: &'a [u8], closed: &'static [u16]) -> Self {
        Self { left: vec![content], closed }
    }
}

impl<'a> Iterator for All<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            let level = self.left.last_mut()?;
            let Some(record) = at(level, 0) else {
                self.left.pop();
                continue;
            };
            *level = &level[(8 + record.content.len()).min(level.len())..];
            if record.holds && self.left.len() < DEPTH && !self.closed.contains(&record.kind) {
                self.left.push(record.content);
            }
            return Some(record);
        }
    }
}

/// A number of four bytes at a place.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A text of two bytes a letter.
pub(super) fn wide(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
