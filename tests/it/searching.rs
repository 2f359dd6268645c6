//! Searching the sample as a person would.

use expect_test::{Expect, expect};
use session::SearchOptions;

fn check(query: &str, expected: &Expect) {
    let session = crate::sample("sellsy");
    let found = session.find(query, &SearchOptions { limit: 3, ..SearchOptions::default() });
    let mut told = format!("{}", found.total);
    if let Some(trouble) = &found.trouble {
        told.push_str(&format!(" ({}: {})", trouble.code, trouble.message));
    }
    told.push('\n');
    for hit in &found.hits {
        told.push_str(&format!("{} {}#{}\n", hit.kind, hit.locator.entry, hit.locator.at));
    }
    expected.assert_eq(&told);
}

#[test]
fn an_invoice_is_found_by_its_number() {
    check(
        "F-2024-0207",
        &expect![[r#"
            8
            billing billing/payments.json#/payments/68
            billing billing/payments.json#/payments/69
            billing billing/ecritures-comptables.csv#row=65
        "#]],
    );
}

#[test]
fn filters_and_words_work_together() {
    check(
        "remboursement kind:ticket date:2024",
        &expect![[r#"
        1
        ticket support/tickets.json#/tickets/21
    "#]],
    );
    check(
        "kind:billing amount:>130 date:2026",
        &expect![[r#"
            30
            billing billing/ecritures-comptables.csv#row=88
            billing billing/ecritures-comptables.csv#row=89
            billing billing/ecritures-comptables.csv#row=90
        "#]],
    );
}

#[test]
fn a_query_that_means_nothing_says_why() {
    check(
        "amount:>abc",
        &expect![[r#"
        0 (bad_amount: “abc” is no amount)
    "#]],
    );
    check(
        "kind:nonsense",
        &expect![[r#"
        0 (unknown_kind: there is no kind “nonsense”)
    "#]],
    );
}
