//! Whatever the text: nothing breaks, and what is indexed is found by each of its words.

use index::{Doc, EntrySet, Index, Page, Query, Typing};
use proptest::prelude::*;
use records::{EntryId, Kind, RecordId};

fn holding(text: &str) -> Index {
    let index = Index::new();
    let mut writer = index.writer();
    let id = RecordId { entry: EntryId(0), number: 0 };
    writer.add(&Doc { id, kind: Kind::Other, day: None, amounts: &[] }, |w| w.text(text));
    writer.finish();
    index
}

/// Text as it stands in exports: words, numbers, separators, and characters of every kind.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zéèœß]{1,6}",
        4 => "[0-9]{1,4}",
        3 => "[-./_,:' \u{a0}\u{202f}’+()]",
        2 => Just(" ".to_owned()),
        1 => "FR76|GB29|\\+33|0033|01|T10:22|Z|l'|d’|aujourd'hui|東京|ค่า|e\u{301}|\u{ad}|\u{200b}|\u{1f}|😀|'s",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The same with the signs of the query language.
fn query() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        Just(" AND ".to_owned()),
        Just(" OU ".to_owned()),
        Just(" -".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just("*".to_owned()),
        Just(" kind:".to_owned()),
        Just(" date:".to_owned()),
        Just(" amount:".to_owned()),
        Just(">=".to_owned()),
        Just("..".to_owned()),
        Just(" from:".to_owned()),
        Just(" file:".to_owned()),
        Just("2024".to_owned()),
        Just(" NOT ".to_owned()),
    ];
    prop::collection::vec(prop_oneof![text(), sign], 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_query_is_read_and_answered(query in query(), text in text(), typing in any::<bool>()) {
        let typing = if typing { Typing::StillTyping } else { Typing::Done };
        match Query::parse(&query, typing, |_| EntrySet::default()) {
            Ok(parsed) => {
                let answer = holding(&text).search(&parsed, Page::default());
                prop_assert!(answer.total <= 1);
                let chars = text.chars().count();
                let mut last = 0;
                for (from, to) in parsed.marks(&text) {
                    prop_assert!(last <= from && from < to && to <= chars);
                    last = to;
                }
                let snippet = parsed.snippet([text.as_str(), &query], 30);
                prop_assert!(snippet.text.chars().count() <= 30);
                prop_assert!(snippet.marks.iter().all(|m| m.0 < m.1 && m.1 <= snippet.text.chars().count()));
            }
            Err(trouble) => {
                prop_assert!(trouble.at.0 <= trouble.at.1 && trouble.at.1 <= query.chars().count());
            }
        }
    }

    #[test]
    fn a_text_is_found_by_itself_and_by_what_is_marked_in_it(text in text()) {
        let index = holding(&text);
        let quoted = format!("\"{}\"", text.replace(['"', '“', '”', '„', '«', '»', '\u{1f}', '*'], " "));
        if text.contains('\u{1f}') {
            return Ok(());
        }
        let Ok(whole) = Query::parse(&quoted, Typing::Done, |_| EntrySet::default()) else { return Ok(()) };
        prop_assert_eq!(index.search(&whole, Page::default()).total, 1, "{}", quoted);
        // Each word that stands between spaces finds the text, and is marked in it.
        for word in text.split_whitespace() {
            let quoted = format!("\"{}\"", word.replace(['"', '“', '”', '„', '«', '»', '*'], " "));
            let Ok(query) = Query::parse(&quoted, Typing::Done, |_| EntrySet::default()) else { continue };
            prop_assert_eq!(index.search(&query, Page::default()).total, 1, "{} in {:?}", quoted, text);
            prop_assert!(!query.marks(&text).is_empty(), "{} in {:?}", quoted, text);
        }
    }
}
