//! The words of a place, sorted, each with where its postings lie.
//!
//! Words stand in blocks of sixteen. The first of a block is whole; each other one says how much of the word before it
//! it shares, so that numbers and ids, which are most of the words of an export, need a few bytes each.

use super::varint::{pass, put, take};
use super::{SKIP_DOCS, Term};

const BLOCK_WORDS: usize = 16;

/// A closed dictionary.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    /// Where each block begins.
    blocks: Vec<u32>,
}

/// How much a word's postings take.
pub(super) struct Extent {
    pub(super) doc_freq: u32,
    pub(super) docs: u32,
    pub(super) positions: u32,
}

/// Takes words in their order.
#[derive(Default)]
pub(super) struct Builder {
    dictionary: Dictionary,
    last: Vec<u8>,
    count: usize,
    next: Term,
}

impl Builder {
    pub(super) fn push(&mut self, word: &[u8], extent: &Extent) {
        let Dictionary { bytes, blocks } = &mut self.dictionary;
        let shared = if self.count.is_multiple_of(BLOCK_WORDS) {
            blocks.push(length(bytes.len()));
            put(bytes, self.next.docs);
            put(bytes, self.next.positions);
            put(bytes, self.next.skips);
            0
        } else {
            let shared = self.last.iter().zip(word).take_while(|(a, b)| a == b).count();
            put(bytes, length(shared));
            shared
        };
        put(bytes, length(word.len() - shared));
        bytes.extend_from_slice(&word[shared..]);
        put(bytes, extent.doc_freq);
        put(bytes, extent.docs);
        put(bytes, extent.positions);
        self.next.go_on(extent);
        self.last.clear();
        self.last.extend_from_slice(word);
        self.count += 1;
    }

    pub(super) fn close(mut self) -> Dictionary {
        self.dictionary.bytes.shrink_to_fit();
        self.dictionary.blocks.shrink_to_fit();
        self.dictionary
    }
}

impl Term {
    /// Moves on to where the next word's postings begin.
    fn go_on(&mut self, extent: &Extent) {
        self.docs += extent.docs;
        self.positions += extent.positions;
        self.skips += extent.doc_freq.saturating_sub(1) / SKIP_DOCS;
    }
}

impl Dictionary {
    pub(super) fn get(&self, word: &[u8]) -> Option<Term> {
        let mut walk = self.walk(word);
        while let Some(term) = walk.next() {
            match walk.word.as_slice().cmp(word) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => return Some(term),
                std::cmp::Ordering::Greater => return None,
            }
        }
        None
    }

    /// Calls `act` for each word that begins with `prefix`, in their order.
    pub(super) fn each(&self, prefix: &[u8], mut act: impl FnMut(Term)) {
        let mut walk = self.walk(prefix);
        while let Some(term) = walk.next() {
            if walk.word.starts_with(prefix) {
                act(term);
            } else if walk.word.as_slice() > prefix {
                return;
            }
        }
    }

    /// The words from the block on that may hold `word`.
    fn walk(&self, word: &[u8]) -> Walk<'_> {
        let block = self.blocks.partition_point(|at| self.first(*at) <= word).saturating_sub(1);
        Walk {
            bytes: &self.bytes,
            at: self.blocks.get(block).map_or(self.bytes.len(), |at| *at as usize),
            in_block: 0,
            word: Vec::new(),
            next: Term::default(),
        }
    }

    /// The first word of the block at `at`.
    fn first(&self, at: u32) -> &[u8] {
        let mut at = at as usize;
        pass(&self.bytes, &mut at, 3);
        let len = take(&self.bytes, &mut at) as usize;
        &self.bytes[at..at + len]
    }

    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + self.blocks.capacity() * size_of::<u32>()
    }
}

/// Walks over words.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    in_block: usize,
    word: Vec<u8>,
    next: Term,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<Term> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let (bytes, at) = (self.bytes, &mut self.at);
        let shared = if self.in_block == 0 {
            self.next.docs = take(bytes, at);
            self.next.positions = take(bytes, at);
            self.next.skips = take(bytes, at);
            0
        } else {
            take(bytes, at) as usize
        };
        let len = take(bytes, at) as usize;
        self.word.truncate(shared);
        self.word.extend_from_slice(&bytes[*at..*at + len]);
        *at += len;
        let extent = Extent { doc_freq: take(bytes, at), docs: take(bytes, at), positions: take(bytes, at) };
        let term = Term { doc_freq: extent.doc_freq, ..self.next };
        self.next.go_on(&extent);
        self.in_block = (self.in_block + 1) % BLOCK_WORDS;
        Some(term)
    }
}

fn length(len: usize) -> u32 {
    u32::try_from(len).expect("a segment is closed long before it holds 4 GB")
}
