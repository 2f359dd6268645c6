//! Queries that cannot mean anything: this is asked, this is said.

use index::{EntrySet, Query, Typing};

#[track_caller]
fn check(query: &str, expect: &str) {
    let said = match Query::parse(query, Typing::Done, |_| EntrySet::default()) {
        Ok(_) => "fine".to_owned(),
        Err(t) => {
            let at: String = query.chars().skip(t.at.0).take(t.at.1 - t.at.0).collect();
            format!("{}: {} at [{at}]; {}", t.code.word(), t.message, t.hint.unwrap_or_default())
        }
    };
    assert_eq!(said, expect, "{query}");
}

#[test]
fn what_cannot_be_meant_is_said() {
    check("", "empty_query: the query is empty at []; type a word");
    check("  \t", "empty_query: the query is empty at [  \t]; type a word");
    check("?! —", "nothing_to_search: the query has no letter or digit at [?! —]; type a word or a number");
    check("()", "nothing_to_search: the query has no letter or digit at [()]; type a word or a number");
    check("\"\"", "nothing_to_search: the query has no letter or digit at [\"\"]; type a word or a number");
    check(
        "-été",
        "only_not: the query only says what must not occur at [-été]; add a word, or a field such as kind:billing",
    );
    check(
        "NOT a -b",
        "only_not: the query only says what must not occur at [NOT a -b]; add a word, or a field such as kind:billing",
    );
    check(
        "été OR",
        "missing_word: OR has nothing beside it at [OR]; to search the word itself, write \"OR\"",
    );
    check(
        "OU été",
        "missing_word: OU has nothing beside it at [OU]; to search the word itself, write \"OU\"",
    );
    check(
        "a AND AND b",
        "missing_word: AND has nothing beside it at [AND]; to search the word itself, write \"AND\"",
    );
    check(
        "(a OR) b",
        "missing_word: OR has nothing beside it at [OR]; to search the word itself, write \"OR\"",
    );
    check(
        "a NOT",
        "missing_word: NOT has nothing beside it at [NOT]; to search the word itself, write \"NOT\"",
    );
    check("a kind:", "missing_value: kind: has nothing behind it at [kind:]; ");
    check("montant:>", "missing_value: amount: has nothing behind it at [montant:>]; ");
    check("date:..", "missing_value: date: has nothing behind it at [date:..]; ");
    check(
        "é kind:xyz",
        "unknown_kind: there is no kind “xyz” at [kind:xyz]; the kinds are account, billing, ticket, consent, activity, \
         message, contact, event, place, document, other",
    );
    let dates = "write 2024, 2024-02, 2024-01-15, 15/01/2024, a range 2021..2023, or >2024-01-15";
    check("date:foo", &format!("bad_date: “foo” is no day, month or year at [date:foo]; {dates}"));
    check(
        "date:2023-02-29",
        &format!("bad_date: “2023-02-29” is no day, month or year at [date:2023-02-29]; {dates}"),
    );
    check("date:99999", &format!("bad_date: “99999” is no day, month or year at [date:99999]; {dates}"));
    check("date:2021..x", &format!("bad_date: “x” is no day, month or year at [date:2021..x]; {dates}"));
    check(
        "date:2023..2021",
        "empty_range: the range from 2023 to 2021 ends before it begins at [date:2023..2021]; write 2021..2023",
    );
    let amounts = "write 49.90 or 49,90, a range 10..20, or >100";
    check("amount:>abc", &format!("bad_amount: “abc” is no amount at [amount:>abc]; {amounts}"));
    check("amount:1.23456", &format!("bad_amount: “1.23456” is no amount at [amount:1.23456]; {amounts}"));
    check(
        "amount:99999999999999999999",
        &format!(
            "bad_amount: “99999999999999999999” is no amount at [amount:99999999999999999999]; {amounts}"
        ),
    );
    check(
        "amount:20..10",
        "empty_range: the range from 20 to 10 ends before it begins at [amount:20..10]; write 10..20",
    );
    let deep = "(".repeat(40) + "a";
    check(&deep, "too_deep: the query has brackets deeper than 32 at [(]; ");
    let long = "a ".repeat(1_001);
    check(&long, &format!("too_long: the query has 2002 characters, at most 2000 can be read at [{long}]; "));
}

#[test]
fn what_looks_odd_but_means_something_is_fine() {
    for query in [
        "\"open quote",
        "(open",
        "close)",
        "a )) b",
        "-kind:billing",
        "a OR -b",
        "foo:bar",
        "http://example.org",
        "-",
        "a - b",
        "*",
        "a*b",
        "OR*",
        "date:2024 amount:0,5",
        "amount:1.234,56€",
        "amount:'",
        "+33 (0)1 99 00 12 34",
    ] {
        if query == "-" || query == "amount:'" {
            assert!(Query::parse(query, Typing::Done, |_| EntrySet::default()).is_err(), "{query}");
        } else {
            check(query, "fine");
        }
    }
}
