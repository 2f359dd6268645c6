//! Where the records of a presentation stand: each time it was saved, what changed was written behind the rest.

use std::collections::HashMap;

use super::records::{Record, at, kind, word};
use crate::locked::StreamKey;

/// What the stream of the user begins with in a presentation that is locked.
const LOCKED: u32 = 0xF3D1_C4DF;

/// More saves than a presentation has seen.
const EDITS: usize = 10_000;

/// The place of each record that is called by a number.
pub(super) struct Places {
    places: HashMap<u32, u32>,
    /// The number of the record that is the document.
    pub(super) document: Option<u32>,
    /// Whether the presentation is locked, and the number of the record that says how.
    pub(super) locked: bool,
    pub(super) lock: Option<u32>,
}

impl Places {
    /// Reads the places, which are never locked themselves.
    pub(super) fn read(stream: &[u8], user: &[u8]) -> Self {
        let locked = word(user, 12) == Some(LOCKED);
        let mut made = Self { places: HashMap::new(), document: None, locked, lock: None };
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
            made.lock = made.lock.or(word(edit.content, 28).filter(|n| *n > 0));
            made.locked |= made.lock.is_some();
            made.document = made.document.or(word(edit.content, 16));
            if let Some(list) = word(edit.content, 12).and_then(|place| at(stream, place as usize)) {
                made.list(list);
            }
            let before = word(edit.content, 8);
            // Going back is the only way that ends.
            next = before.filter(|before| next.is_some_and(|next| *before < next));
        }
        made
    }

    /// The stream as it was before it was locked: each record was locked for itself, by its number.
    pub(super) fn opened(&self, stream: &[u8], key: &StreamKey) -> Vec<u8> {
        let mut plain = stream.to_vec();
        let mut starts: Vec<(usize, u32)> =
            self.places.iter().map(|(number, place)| (*place as usize, *number)).collect();
        starts.sort_unstable();
        for (n, (start, number)) in starts.iter().enumerate() {
            // Records that claim to stand in one another must not cost their length each time.
            let next = starts.get(n + 1).map_or(stream.len(), |(next, _)| (*next).min(stream.len()));
            let open =
                at(stream, *start).is_some_and(|r| matches!(r.kind, kind::LOCK | kind::EDIT | kind::PLACES));
            let Some(locked) = stream.get(*start..next).filter(|_| !open) else { continue };
            let head = key.open_piece(*number, &locked[..locked.len().min(8)]);
            let length = word(&head, 4).map_or(0, |n| n as usize).saturating_add(8).min(locked.len());
            plain[*start..start + length].copy_from_slice(&key.open_piece(*number, &locked[..length]));
        }
        plain
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

    /// All records that have a number, in the order of the stream, each once.
    pub(super) fn all<'a>(&self, stream: &'a [u8]) -> impl Iterator<Item = (u32, Record<'a>)> {
        let mut starts: Vec<(u32, u32)> =
            self.places.iter().map(|(number, place)| (*place, *number)).collect();
        starts.sort_unstable();
        starts.dedup_by_key(|(place, _)| *place);
        starts.into_iter().filter_map(|(place, number)| Some((number, at(stream, place as usize)?)))
    }

    /// The record of a number.
    pub(super) fn record<'a>(&self, stream: &'a [u8], number: u32) -> Option<Record<'a>> {
        at(stream, *self.places.get(&number)? as usize)
    }
}
