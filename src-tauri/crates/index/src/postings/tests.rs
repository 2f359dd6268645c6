//! Whatever was given is read back: words in their order, documents, counts and positions, however it is walked.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Collector, END, Postings};

/// Words with where they stand: documents with rising positions.
type Model = BTreeMap<String, BTreeMap<u32, Vec<u32>>>;

/// Documents as lists of words with the distance of each from the one before; a document without words is none.
fn collected(documents: &[Vec<(String, u32)>]) -> (Postings, Model) {
    let (mut collector, mut model) = (Collector::default(), Model::new());
    for (doc, words) in (0..).zip(documents) {
        let mut position = 0;
        for (word, step) in words {
            position += step;
            collector.add(word, position);
            model.entry(word.clone()).or_default().entry(doc).or_default().push(position);
        }
        assert_eq!(collector.end(doc), u32::try_from(words.len()).expect("few"));
    }
    (collector.close(), model)
}

/// Every document of a word with its positions.
fn walked(postings: &Postings, word: &str) -> BTreeMap<u32, Vec<u32>> {
    let mut found = BTreeMap::new();
    let Some(term) = postings.term(word) else { return found };
    let mut cursor = postings.cursor(term);
    while cursor.doc() != END {
        let mut positions = Vec::new();
        cursor.positions(&mut positions);
        // Asked twice it says the same.
        cursor.positions(&mut positions);
        assert_eq!(positions.len(), cursor.freq() as usize);
        found.insert(cursor.doc(), positions);
        cursor.advance();
    }
    assert_eq!(found.len(), term.doc_freq as usize);
    found
}

fn check(documents: &[Vec<(String, u32)>], steps: &[u32]) {
    let (postings, model) = collected(documents);
    let all: u64 = documents.iter().map(|d| d.len() as u64).sum();
    assert_eq!(postings.tokens(), all);
    for (word, places) in &model {
        assert_eq!(&walked(&postings, word), places, "{word}");
        // Jumping ahead, with and without a look at the positions.
        for read in [true, false] {
            let mut cursor = postings.cursor(postings.term(word).expect("it is there"));
            let mut wanted = 0u32;
            for step in steps.iter().cycle().take(12) {
                wanted += step;
                let expected = places.range(wanted..).next();
                assert_eq!(cursor.seek(wanted), expected.map_or(END, |(doc, _)| *doc), "{word} {wanted}");
                if let (true, Some((_, expected))) = (read, expected) {
                    let mut positions = Vec::new();
                    cursor.positions(&mut positions);
                    assert_eq!(&positions, expected, "{word} {wanted}");
                }
            }
        }
    }
    // Every prefix gives the words that begin so, in their order.
    let prefixes = model.keys().flat_map(|w| w.char_indices().map(|(at, _)| &w[..at]).chain([w.as_str()]));
    for prefix in prefixes.chain(["", "zzz", "\u{10ffff}"]).collect::<BTreeSet<_>>() {
        let mut found = Vec::new();
        postings.each_term(prefix, |term| found.push(postings.cursor(term).doc()));
        let expected: Vec<u32> = model
            .iter()
            .filter(|(word, _)| word.starts_with(prefix))
            .filter_map(|(_, places)| places.keys().next().copied())
            .collect();
        assert_eq!(found, expected, "{prefix}");
        assert_eq!(postings.term(prefix).is_some(), model.contains_key(prefix), "{prefix}");
    }
}

#[test]
fn nothing_is_in_nothing() {
    check(&[], &[1]);
    check(&[Vec::new(), Vec::new()], &[1]);
    assert!(Postings::default().term("word").is_none());
}

#[test]
fn common_words_are_skipped_through() {
    // One word in every document, one in every third, often; and a number of its own in each.
    let documents: Vec<Vec<(String, u32)>> = (0..600u32)
        .map(|doc| {
            let mut words = vec![("de".to_owned(), 1), (format!("{}", 100_000 + doc), 1)];
            if doc % 3 == 0 {
                words.extend((0..doc % 7 + 1).map(|step| ("facture".to_owned(), step * 200)));
            }
            words
        })
        .collect();
    check(&documents, &[1, 127, 128, 129, 5, 300]);
    for exactly in [127, 128, 129, 256, 257] {
        check(&documents[..exactly], &[1, 64, 128]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_read_back(
        documents in prop::collection::vec(prop::collection::vec(("[a-c]{0,3}|[0-9]{1,4}|\\PC{1,3}", 0u32..6), 0..8), 0..160),
        steps in prop::collection::vec(0u32..200, 1..6),
    ) {
        check(&documents, &steps);
    }
}
