//! The query language: every text is read as a query or refused with a place, and what it marks lies in the text.

use index::{Doc, EntrySet, Index, Page, Query, Typing};
use records::{EntryId, Kind, RecordId};

/// The first line is a query, the rest a text that it is asked of.
pub(crate) fn any(data: &[u8]) {
    let all = String::from_utf8_lossy(data);
    let (query, text) = all.split_once('\n').unwrap_or((&all, &all));
    for typing in [Typing::Done, Typing::StillTyping] {
        match Query::parse(query, typing, |_| EntrySet::default()) {
            Ok(parsed) => answered(&parsed, query, text),
            Err(trouble) => {
                assert!(trouble.at.0 <= trouble.at.1 && trouble.at.1 <= query.chars().count(), "{trouble:?}");
            }
        }
    }
}

fn answered(parsed: &Query, query: &str, text: &str) {
    let index = Index::new();
    let mut writer = index.writer();
    let id = RecordId { entry: EntryId(0), number: 0 };
    let doc = Doc { id, kind: Kind::Other, day: None, amounts: &[] };
    writer.add(&doc, |words| words.text(text));
    writer.finish();
    assert!(index.search(parsed, Page::default()).total <= 1);
    let chars = text.chars().count();
    let mut last = 0;
    for (from, to) in parsed.marks(text) {
        assert!(last <= from && from < to && to <= chars, "marks follow each other inside the text");
        last = to;
    }
    let snippet = parsed.snippet([text, query], 30);
    let length = snippet.text.chars().count();
    assert!(length <= 30 && snippet.marks.iter().all(|m| m.0 < m.1 && m.1 <= length));
}
