//! A kind that was told wrongly is put right by hand, everywhere at once, and can be had back.

use session::{SearchOptions, Session};

use crate::{open, root};

fn shop() -> Session {
    let session = open(root().join("sample-exports/shop"), |_| {});
    session.wait();
    session
}

fn total(session: &Session, query: &str) -> u64 {
    session.find(query, &SearchOptions::default()).total
}

#[test]
fn a_corrected_kind_holds_everywhere_and_can_be_taken_back() {
    let session = shop();
    let before = session.opened();
    let orders = before.entries.iter().find(|e| e.kinds.keys().eq(["billing"])).expect("the shop has bills");
    let (id, count) = (orders.id, orders.records);
    let tickets = total(&session, "kind:ticket");
    let bills = total(&session, "kind:billing");

    session.correct_kind(id, Some("ticket")).expect("it is read");
    let opened = session.opened();
    let entry = opened.entries.iter().find(|e| e.id == id).expect("it is still there");
    assert_eq!(entry.kinds.iter().collect::<Vec<_>>(), [(&"ticket".to_owned(), &count)]);
    assert_eq!(entry.corrected.as_deref(), Some("ticket"));
    assert_eq!(total(&session, "kind:ticket"), tickets + count);
    assert_eq!(total(&session, "kind:billing"), bills - count);
    let mut said = Vec::new();
    session.each_record(Some("ticket"), |r| {
        if r.locator.entry == entry.path {
            said.push((r.certainty, r.reason));
        }
    });
    assert_eq!(said.len() as u64, count);
    assert!(said.iter().all(|(certainty, _)| *certainty == "certain"), "{:?}", said.first());

    session.correct_kind(id, None).expect("it is read");
    assert_eq!(session.opened(), before);
    assert_eq!(total(&session, "kind:ticket"), tickets);
}

#[test]
fn what_cannot_be_corrected_is_said() {
    let session = shop();
    let code = |entry, kind| session.correct_kind(entry, kind).expect_err("it cannot be").code;
    assert_eq!(code(0, Some("nonsense")), "unknown_kind");
    assert_eq!(code(9999, Some("ticket")), "no_records");
}
