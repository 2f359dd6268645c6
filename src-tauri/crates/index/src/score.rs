//! How well a hit fits: BM25 over all segments, and more for a word in the title.

use std::sync::Arc;

use crate::bits::Bits;
use crate::document::Place;
use crate::find::Finder;
use crate::postings::{END, Term};
use crate::query::Query;
use crate::segment::Segment;

/// How soon more of the same word stops to count, and how much long texts are held back: the usual values.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What a word in the title counts, as a share of what its rarity is worth.
const TITLE: f32 = 0.6;
/// What a title counts that has a word beginning with the one being typed.
const TITLE_PREFIX: f32 = 1.0;

/// What is needed to score any hit of a query. The counts are of all segments, so the score of a record does not
/// depend on the one that it lies in; and the words are added up in the order of the query, so neither does its last bit.
pub(crate) struct Scores {
    words: Vec<(String, f32)>,
    prefixes: Vec<String>,
    /// How many words a text has on average.
    average: f32,
}

impl Scores {
    pub(crate) fn new(segments: &[Arc<Segment>], query: &Query) -> Self {
        let documents: u64 = segments.iter().map(|s| u64::from(s.len())).sum();
        let words: u64 = segments.iter().map(|s| s.words()).sum();
        let average = (words as f32 / documents.max(1) as f32).max(1.0);
        let rarity = |word: &str| {
            let with: u64 = segments
                .iter()
                .filter_map(|s| s.term(Place::Text, word))
                .map(|t| u64::from(t.doc_freq))
                .sum();
            let (all, with) = (documents as f32, with as f32);
            (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
        };
        let prefixes =
            query.leaves().into_iter().filter(|l| l.prefix && l.words.len() == 1 && l.place == Place::Text);
        Self {
            words: query.scored().into_iter().map(|word| (word.to_owned(), rarity(word))).collect(),
            prefixes: prefixes.map(|l| l.words[0].clone()).collect(),
            average,
        }
    }

    /// The score of each of `hits`, in their order.
    pub(crate) fn of(&self, finder: &Finder<'_>, hits: &Bits) -> Vec<f32> {
        let segment = finder.segment;
        let mut docs = Vec::with_capacity(usize::try_from(hits.count()).unwrap_or_default());
        docs.extend(hits.iter());
        let mut scores = vec![0.0; docs.len()];
        if docs.is_empty() {
            return scores;
        }
        for (word, rarity) in &self.words {
            if let Some(term) = segment.term(Place::Text, word) {
                let worth = rarity * (K1 + 1.0);
                each(segment, Place::Text, term, &docs, |i, freq| {
                    let freq = freq as f32;
                    let length = f32::from(segment.length(docs[i])) / self.average;
                    scores[i] += worth * freq / (freq + K1 * (1.0 - B + B * length));
                });
            }
            if let Some(term) = segment.term(Place::Title, word) {
                each(segment, Place::Title, term, &docs, |i, _| scores[i] += rarity * TITLE);
            }
        }
        for prefix in &self.prefixes {
            let titles = finder.prefix(Place::Title, prefix);
            for (score, doc) in scores.iter_mut().zip(&docs) {
                if titles.contains(*doc) {
                    *score += TITLE_PREFIX;
                }
            }
        }
        scores
    }
}

/// Calls `act` for each of `docs` that holds the term, with its index and how often.
fn each(segment: &Segment, place: Place, term: Term, docs: &[u32], mut act: impl FnMut(usize, u32)) {
    let mut cursor = segment.cursor(place, term);
    if docs.len() < term.doc_freq as usize / 8 {
        // Few hits of a common word: jump from one to the next.
        for (i, doc) in docs.iter().enumerate() {
            if cursor.seek(*doc) == *doc {
                act(i, cursor.freq());
            }
        }
        return;
    }
    let mut i = 0;
    while cursor.doc() != END {
        while docs.get(i).is_some_and(|doc| *doc < cursor.doc()) {
            i += 1;
        }
        match docs.get(i) {
            None => return,
            Some(doc) if *doc == cursor.doc() => act(i, cursor.freq()),
            Some(_) => {}
        }
        cursor.advance();
    }
}
