//! What an old Office document says of itself: title, who made it, when.
//!
//! File format: [MS-OLEPS].

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::compound::{Compound, ROOT};
use crate::locked::StreamKey;
use crate::msg;

/// The streams that hold properties, and which of them say something, by the names that newer documents have for them.
const STREAMS: [(&str, &[(u32, &str)]); 2] = [
    (
        "\u{5}SummaryInformation",
        &[
            (2, "title"),
            (3, "subject"),
            (4, "creator"),
            (5, "keywords"),
            (6, "description"),
            (8, "lastModifiedBy"),
            (11, "lastPrinted"),
            (12, "created"),
            (13, "modified"),
        ],
    ),
    ("\u{5}DocumentSummaryInformation", &[(2, "category"), (14, "Manager"), (15, "Company")]),
];

/// Kinds of value.
const NUMBER: u32 = 0x02;
const TEXT_OF_PAGE: u32 = 0x1E;
const TEXT: u32 = 0x1F;
const TIME: u32 = 0x40;

/// More streams than stand in a locked one.
const LISTED: u32 = 16;

/// More properties than any document has.
const PROPERTIES: usize = 1000;

/// Locked streams that hold the others, of documents and of presentations.
const LOCKED: [&str; 2] = ["encryption", "EncryptedSummary"];

/// The properties of a document, by their names. The key is that of a document that is locked.
pub(crate) fn read(file: &Compound<'_>, key: Option<&StreamKey>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let locked = key.and_then(|key| {
        let stream = LOCKED.into_iter().find_map(|name| file.named(ROOT, name))?;
        Some(opened(&stream, key))
    });
    let locked = locked.unwrap_or_default();
    for (stream, names) in STREAMS {
        let inside = locked.iter().find(|(name, _)| name == stream).map(|(_, bytes)| bytes.clone());
        let Some(bytes) = inside.or_else(|| file.named(ROOT, stream)) else { continue };
        let values = Set::of(&bytes).map(|set| set.values(names)).unwrap_or_default();
        all.extend(names.iter().filter_map(|(id, name)| Some(((*name).to_owned(), values.get(id)?.clone()))));
    }
    all
}

/// The streams that stand in a locked one: each is locked for itself, and so is the list of them ([MS-OFFCRYPTO], 2.3.5.4).
fn opened(stream: &[u8], key: &StreamKey) -> Vec<(String, Vec<u8>)> {
    let place = word(&key.open_piece(0, &stream[..stream.len().min(8)]), 0).unwrap_or(0);
    let list = key.open_piece(0, stream.get(place as usize..).unwrap_or(&[]));
    let count = word(&list, 0).unwrap_or(0);
    let mut at = 4;
    let mut found = Vec::new();
    for _ in 0..count.min(LISTED) {
        let (Some(place), Some(size), Some(more)) =
            (word(&list, at), word(&list, at + 4), word(&list, at + 8))
        else {
            break;
        };
        let letters = (more >> 16 & 0xFF) as usize;
        let Some(name) = list.get(at + 16..).and_then(|rest| rest.get(..2 * letters)) else { break };
        let name = encoding_rs::UTF_16LE.decode_without_bom_handling(name).0.into_owned();
        let bytes = stream.get(place as usize..).and_then(|rest| rest.get(..size as usize));
        if let Some(bytes) = bytes.filter(|_| STREAMS.iter().any(|(known, _)| *known == name)) {
            found.push((name, key.open_piece(more & 0xFFFF, bytes)));
        }
        // The name ends with a zero.
        at += 16 + 2 * letters + 2;
    }
    found
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The first set of properties of a stream.
struct Set<'a> {
    bytes: &'a [u8],
    /// Where the value of each property begins.
    places: Vec<(u32, usize)>,
}

impl<'a> Set<'a> {
    fn of(stream: &'a [u8]) -> Option<Self> {
        let bytes = stream.get(word(stream, 44)? as usize..)?;
        let count = (word(bytes, 4)? as usize).min(PROPERTIES);
        let places = (0..count)
            .map_while(|n| Some((word(bytes, 8 + 8 * n)?, word(bytes, 12 + 8 * n)? as usize)))
            .collect();
        Some(Self { bytes, places })
    }

    /// The values of the properties that have names.
    fn values(&self, names: &[(u32, &str)]) -> HashMap<u32, String> {
        let page = self.places.iter().find(|(id, _)| *id == 1).and_then(|(_, at)| {
            word(self.bytes, *at).filter(|kind| kind & 0xFFFF == NUMBER)?;
            msg::of_code_page(word(self.bytes, at.checked_add(4)?)? & 0xFFFF)
        });
        let page = page.unwrap_or(encoding_rs::WINDOWS_1252);
        let mut found = HashMap::new();
        for (id, at) in self.places.iter().filter(|(id, _)| names.iter().any(|(known, _)| known == id)) {
            let text = self.value(*at, page).unwrap_or_default();
            let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
            if !text.is_empty() {
                found.entry(*id).or_insert_with(|| text.to_owned());
            }
        }
        found
    }

    fn value(&self, at: usize, page: &'static Encoding) -> Option<String> {
        let length = word(self.bytes, at.checked_add(4)?)? as usize;
        let from = at.checked_add(8)?;
        let rest = self.bytes.get(from..)?;
        match word(self.bytes, at)? & 0xFFFF {
            TEXT_OF_PAGE => Some(page.decode_without_bom_handling(rest.get(..length)?).0.into_owned()),
            TEXT => {
                let bytes = rest.get(..length.checked_mul(2)?)?;
                Some(encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned())
            }
            TIME => {
                let bytes = self.bytes.get(at + 4..)?.first_chunk::<8>()?;
                msg::written(u64::from_le_bytes(*bytes))
            }
            _ => None,
        }
    }
}
