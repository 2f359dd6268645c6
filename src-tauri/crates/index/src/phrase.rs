//! Finds words that follow one another.

use crate::bits::Bits;
use crate::document::Place;
use crate::postings::{Cursor, END, Term};
use crate::run::GROUPS_MAX;
use crate::segment::Segment;

/// The documents in which a phrase ends, and the positions of its last word.
pub(crate) struct Ends {
    docs: Vec<u32>,
    /// Where the positions of each document begin in `positions`; one more at the end.
    starts: Vec<usize>,
    positions: Vec<u32>,
}

/// Inside of a phrase, a word that may be written in parts: it is in the postings where its first part stands, and
/// where its last does.
pub(crate) fn may_have_parts(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = word.len() == 4 && digits == 4 && matches!(&word[..2], "19" | "20");
    digits > 0 && word.len() >= PARTS_BYTES_MIN && !year
}

/// A shorter number is not written in groups.
const PARTS_BYTES_MIN: usize = 4;

/// The documents that hold `terms` one right after the other, and the positions of the last; those of `parted` may
/// be written in parts, the first of them is at `first`.
pub(crate) fn ends_parted(
    segment: &Segment,
    place: Place,
    terms: &[Term],
    first: usize,
    parted: impl Fn(usize) -> bool,
) -> Ends {
    let heads = ends(segment, place, &terms[..=first]);
    let mut found = Ends { docs: Vec::new(), starts: vec![0], positions: Vec::new() };
    let mut cursors: Vec<Cursor<'_>> = terms[first..].iter().map(|t| segment.cursor(place, *t)).collect();
    let mut here = Vec::new();
    for (n, doc) in heads.docs.iter().enumerate() {
        // A word that is at hand in both ways ends at either.
        let mut at: Vec<u32> = heads.positions[heads.starts[n]..heads.starts[n + 1]].to_vec();
        for (i, cursor) in cursors.iter_mut().enumerate() {
            let there = if cursor.doc() < *doc { cursor.seek(*doc) } else { cursor.doc() };
            if there != *doc {
                at.clear();
                break;
            }
            cursor.positions(&mut here);
            if i > 0 {
                at.iter_mut().for_each(|p| *p = p.saturating_add(1));
                at.retain(|p| here.binary_search(p).is_ok());
            }
            if parted(first + i) {
                spread(&mut at, &here);
            }
        }
        if !at.is_empty() {
            found.docs.push(*doc);
            found.positions.extend(at);
            found.starts.push(found.positions.len());
        }
    }
    found
}

/// Adds to where a word begins where it ends if it is written in parts: where it stands next, close by.
fn spread(at: &mut Vec<u32>, here: &[u32]) {
    let far = u32::try_from(GROUPS_MAX).unwrap_or(u32::MAX);
    let next = |p: &u32| {
        let behind = here.get(here.partition_point(|h| h <= p)).copied()?;
        (behind - p < far).then_some(behind)
    };
    let mut ends: Vec<u32> = at.iter().filter_map(next).collect();
    at.append(&mut ends);
    at.sort_unstable();
    at.dedup();
}

/// The documents that hold `terms` one right after the other.
pub(crate) fn find(segment: &Segment, place: Place, terms: &[Term]) -> Bits {
    let mut found = Bits::none(segment.len());
    walk(segment, place, terms, |doc, _| found.insert(doc));
    found
}

/// The same with the positions.
pub(crate) fn ends(segment: &Segment, place: Place, terms: &[Term]) -> Ends {
    let mut ends = Ends { docs: Vec::new(), starts: vec![0], positions: Vec::new() };
    let last = u32::try_from(terms.len().saturating_sub(1)).unwrap_or(u32::MAX);
    walk(segment, place, terms, |doc, starts| {
        ends.docs.push(doc);
        ends.positions.extend(starts.iter().map(|p| p.saturating_add(last)));
        ends.starts.push(ends.positions.len());
    });
    ends
}

impl Ends {
    /// Adds the documents to `found`.
    pub(crate) fn into(self, found: &mut Bits) {
        self.docs.into_iter().for_each(|doc| found.insert(doc));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// Adds the documents in which `term` stands right behind the phrase to `found`.
    pub(crate) fn before(&self, segment: &Segment, place: Place, term: Term, found: &mut Bits) {
        let mut postings = segment.cursor(place, term);
        let mut here = Vec::new();
        let mut at = 0;
        let mut doc = postings.doc();
        while doc != END && at < self.docs.len() {
            let wanted = self.docs[at];
            if doc < wanted {
                doc = postings.seek(wanted);
            } else if doc > wanted {
                at += self.docs[at..].partition_point(|d| *d < doc);
            } else {
                if !found.contains(doc) {
                    postings.positions(&mut here);
                    let ends = &self.positions[self.starts[at]..self.starts[at + 1]];
                    if meets(ends, &here, 1) {
                        found.insert(doc);
                    }
                }
                at += 1;
                doc = postings.advance();
            }
        }
    }
}

/// Calls `act` with each document that holds the phrase and the positions of the first word of it.
fn walk(segment: &Segment, place: Place, terms: &[Term], mut act: impl FnMut(u32, &[u32])) {
    // The rarest word leads; the others are asked for its documents only.
    let mut order: Vec<(u32, usize)> = terms.iter().map(|t| t.doc_freq).zip(0..).collect();
    order.sort_unstable();
    let mut all: Vec<(Cursor<'_>, u32)> = order
        .iter()
        .map(|(_, i)| (segment.cursor(place, terms[*i]), u32::try_from(*i).unwrap_or(u32::MAX)))
        .collect();
    let (mut starts, mut here, mut both) = (Vec::new(), Vec::new(), Vec::new());
    let Some(((leader, lead_offset), others)) = all.split_first_mut() else { return };
    let mut doc = leader.doc();
    'documents: while doc != END {
        for (other, _) in others.iter_mut() {
            let there = if other.doc() < doc { other.seek(doc) } else { other.doc() };
            if there != doc {
                // END is greater than every document, so this also ends the walk.
                doc = if there == END { END } else { leader.seek(there) };
                continue 'documents;
            }
        }
        starts_of(leader, *lead_offset, &mut starts);
        for (other, offset) in others.iter_mut() {
            if starts.is_empty() {
                break;
            }
            starts_of(other, *offset, &mut here);
            common(&starts, &here, &mut both);
            std::mem::swap(&mut starts, &mut both);
        }
        if !starts.is_empty() {
            act(doc, &starts);
        }
        doc = leader.advance();
    }
}

/// Where the phrase would begin if the word at `offset` in it is where these postings have it.
fn starts_of(postings: &mut Cursor<'_>, offset: u32, out: &mut Vec<u32>) {
    postings.positions(out);
    if offset > 0 {
        out.retain(|p| *p >= offset);
        out.iter_mut().for_each(|p| *p -= offset);
    }
}

/// What two sorted lists have in common.
fn common(a: &[u32], b: &[u32], out: &mut Vec<u32>) {
    out.clear();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                out.push(a[i]);
                i += 1;
                j += 1;
            }
        }
    }
}

/// Whether something in `b` stands `step` behind something in `a`; both are sorted.
fn meets(a: &[u32], b: &[u32], step: u32) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let wanted = a[i].saturating_add(step);
        match b[j].cmp(&wanted) {
            std::cmp::Ordering::Less => j += 1,
            std::cmp::Ordering::Greater => i += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}
