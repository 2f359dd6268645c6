//! Where the records of a presentation stand: each time it was saved, what changed was written behind the rest.

use std::collections::HashMap;

use super::records::{Record, at, kind, word};

/// What the stream of the user begins with in a presentation that is locked.
const LOCKED: u32 = 0xF3D1_C4DF;

/// More saves than a presentation has seen.
const EDITS: usize = 10_000;

/// The place of each record that is called by a number.
pub(super) struct Places {
    places: HashMap<u32, u32>,
    /// The number of the record that is the document.
    pub(super) document: Option<u32>,
}

impl Places {
    /// Reads the places; none if the presentation is locked.
    pub(super) fn read(stream: &[u8], user: &[u8]) -> Option<Self> {
        let mut made = Self { places: HashMap::new(), document: None };
        if word(user, 12) == Some(LOCKED) {
            return None;
        }
        // What was saved last comes first, and leads to what was saved before.
        let mut next = word(user, 16);
        for _ in 0..EDITS {
            let Some(edit) = next.filter(|place| *place > 0).and_then(|place| at(stream, place as usize))
            else {
                break;
            };
            if edit.kind != kind::EDIT {
                break;
            }
            if edit.content.len() >= 32 && word(edit.content, 28).is_some_and(|n| n > 0) {
                return None;
            }
            made.document = made.document.or(word(edit.content, 16));
            if let Some(list) = word(edit.content, 12).and_then(|place| at(stream, place as usize)) {
                made.list(list);
            }
            let before = word(edit.content, 8);
            // Going back is the only way that ends.
            next = before.filter(|before| next.is_some_and(|next| *before < next));
        }
        Some(made)
    }

    fn list(&mut self, list: Record<'_>) {
        if list.kind != kind::PLACES {
            return;
        }
        let mut words = list.content.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        while let Some(head) = words.next() {
            let (first, count) = (head & 0xF_FFFF, head >> 20);
            for (number, place) in (first..).zip(words.by_ref().take(count as usize)) {
                self.places.entry(number).or_insert(place);
            }
        }
    }

    /// The record of a number.
    pub(super) fn record<'a>(&self, stream: &'a [u8], number: u32) -> Option<Record<'a>> {
        at(stream, *self.places.get(&number)? as usize)
    }
}
