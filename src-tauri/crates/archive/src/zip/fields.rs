//! The extra fields of a ZIP header that matter here: zip64 sizes, AES, the Unicode name.

use super::{u16_at, u32_at, u64_at};

/// One extra field: its kind and its bytes.
pub(super) struct Field<'a> {
    pub(super) id: u16,
    pub(super) body: &'a [u8],
}

/// The extra fields, in order; a field that claims to reach beyond the end ends them.
pub(super) fn each(mut extra: &[u8]) -> impl Iterator<Item = Field<'_>> {
    std::iter::from_fn(move || {
        let (head, rest) = extra.split_at_checked(4)?;
        let (body, rest) = rest.split_at_checked(usize::from(u16_at(head, 2)))?;
        extra = rest;
        Some(Field { id: u16_at(head, 0), body })
    })
}

/// The numbers that zip64 replaces, as far as they are all ones in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    pub(super) size: u64,
    pub(super) packed: u64,
    pub(super) offset: u64,
}

impl Sizes {
    /// Puts the large numbers in the place of the marks; false if one is marked but not there.
    pub(super) fn widen(&mut self, extra: &[u8]) -> bool {
        const MARK: u64 = 0xFFFF_FFFF;
        let mut body = each(extra).find(|field| field.id == 1).map_or(&[][..], |field| field.body);
        let mut complete = true;
        for number in [&mut self.size, &mut self.packed, &mut self.offset] {
            if *number == MARK {
                match body.split_at_checked(8) {
                    Some((eight, rest)) => {
                        *number = u64_at(eight, 0);
                        body = rest;
                    }
                    None => complete = false,
                }
            }
        }
        complete
    }
}

/// What the AES field of WinZip says: version, strength, and the real method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aes {
    pub(super) version: u16,
    pub(super) strength: u8,
    pub(super) method: u16,
}

pub(super) fn aes(extra: &[u8]) -> Option<Aes> {
    let field = each(extra).find(|field| field.id == 0x9901 && field.body.len() >= 7)?;
    Some(Aes { version: u16_at(field.body, 0), strength: field.body[4], method: u16_at(field.body, 5) })
}

/// The Unicode Path field of Info-ZIP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UnicodePath {
    /// There is none.
    None,
    /// Its checksum fits the plain name: it was made together with it.
    Fits(String),
    /// It belongs to another name, or makes no sense.
    Stale,
}

pub(super) fn unicode_path(extra: &[u8], raw_name: &[u8]) -> UnicodePath {
    let Some(field) = each(extra).find(|field| field.id == 0x7075) else { return UnicodePath::None };
    match (field.body.first(), field.body.get(5..).map(std::str::from_utf8)) {
        (Some(1), Some(Ok(name))) if u32_at(field.body, 1) == crc32fast::hash(raw_name) => {
            UnicodePath::Fits(name.to_owned())
        }
        _ => UnicodePath::Stale,
    }
}
