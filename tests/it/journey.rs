//! From a folder on disk to what the screens show: the stories planted in the sample come out.

use session::wire::{LedgerQuery, ListQuery, SearchQuery};

use crate::sample;

#[test]
fn the_planted_stories_come_out() {
    let overview = sample("sellsy").overview().expect("the sample opens");
    let codes: Vec<&str> = overview.findings.iter().map(|f| f.code.as_str()).collect();
    for story in [
        "paid_twice",
        "addresses_differ",
        "names_differ",
        "other_customer",
        "mailing_after_withdrawal",
        "older_than_term",
        "overdue",
    ] {
        assert!(codes.contains(&story), "{story} is not among {codes:?}");
    }
    let twice = overview.findings.iter().find(|f| f.code == "paid_twice").expect("seen just above");
    assert!(twice.args.values().any(|v| v.contains("F-2024-0207")), "{twice:?}");
}

#[test]
fn the_head_says_whose_export_it_is() {
    let head = sample("sellsy").head().expect("the sample opens");
    assert_eq!(head.subject.as_deref(), Some("Camille Aubépin"));
    assert_eq!(head.exported.as_deref(), Some("2026-11-02"));
    assert_eq!(head.service.map(|s| s.id).as_deref(), Some("sellsy"));
    assert_eq!(head.statuses.values().sum::<u64>(), u64::from(head.entries));
}

#[test]
fn money_is_counted_once_although_it_stands_in_two_files() {
    let ledger =
        sample("sellsy").ledger(&LedgerQuery { tab: "documents".into(), limit: 500, ..Default::default() });
    let invoices = ledger.page.rows.iter().filter(|l| l.what == "invoice").count();
    assert_eq!(invoices, 94);
    let twice =
        ledger.page.rows.iter().find(|l| l.number == "F-2024-0207").expect("the invoice is in the ledger");
    assert_eq!(twice.payments.len(), 2);
    assert!(twice.findings.contains(&"paid_twice".to_owned()), "{:?}", twice.findings);
}

#[test]
fn a_conversation_reads_in_time_with_its_internal_note_marked() {
    let session = sample("sellsy");
    let threads = session.threads(0, 100);
    assert_eq!(threads.total, 31);
    let line = threads.rows.iter().find(|t| t.number == "9120").expect("the ticket is listed");
    let thread = session.thread(&line.id).expect("a listed ticket opens");
    assert!(
        thread.messages[1].internal && thread.messages[1].text.contains("Vernier"),
        "{:?}",
        thread.messages[1]
    );
    assert_eq!(thread.messages[0].role, "customer");
    assert_eq!(thread.messages[2].role, "agent");
}

#[test]
fn long_lists_come_in_pages_that_fit_together() {
    let session = sample("sellsy");
    let page = |offset| {
        session.list(&ListQuery { kinds: vec!["activity".into()], offset, limit: 500, ..Default::default() })
    };
    let mut all = Vec::new();
    while (all.len() as u64) < page(0).total {
        let rows = page(u32::try_from(all.len()).expect("a few thousand")).rows;
        assert!(!rows.is_empty());
        all.extend(rows.into_iter().map(|r| r.id));
    }
    let mut unique = all.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), all.len());
}

#[test]
fn a_hit_opens_as_a_record_with_its_source() {
    let session = sample("sellsy");
    let found = session.search(&SearchQuery {
        query: "F-2024-02".into(),
        typing: true,
        limit: 10,
        ..Default::default()
    });
    let hit =
        found.hits.iter().find(|h| h.locator.entry == "billing/invoices.json").expect("found while typing");
    let card = session.record(&hit.id, Some("/invoices/61/total")).expect("a hit opens");
    let [from, to] = card.source.mark.map(|n| n as usize);
    let marked: String = card.source.text.chars().skip(from).take(to - from).collect();
    assert_eq!(marked, "\"118.80\"");
    assert!(card.related.iter().filter(|r| r.what == "payment").count() >= 2, "{:?}", card.related);
}
