//! What is highlighted: this is asked, this is shown, with what was found in square brackets.

use index::{EntrySet, Query, Typing};

fn parse(query: &str) -> Query {
    Query::parse(query, Typing::Done, |_| EntrySet::default()).expect("a query")
}

fn bracketed(text: &str, marks: &[(usize, usize)]) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        out.extend(marks.iter().filter(|m| m.0 == i).map(|_| '['));
        out.push(c);
        out.extend(marks.iter().filter(|m| m.1 == i + 1).map(|_| ']'));
    }
    out
}

#[track_caller]
fn marks(query: &str, text: &str, expect: &str) {
    assert_eq!(bracketed(text, &parse(query).marks(text)), expect, "{query}");
}

#[track_caller]
fn snippet(query: &str, pieces: &[&str], chars_max: usize, expect: &str) {
    let snippet = parse(query).snippet(pieces.iter().copied(), chars_max);
    assert!(
        snippet.text.chars().count() <= chars_max,
        "{} characters: {}",
        snippet.text.chars().count(),
        snippet.text
    );
    assert_eq!(bracketed(&snippet.text, &snippet.marks), expect, "{query}");
}

#[test]
fn what_was_found_is_marked() {
    marks("apple", "An Apple, an apple and a pineapple.", "An [Apple], an [apple] and a pineapple.");
    marks("resilier", "À résilier : l’abonnement", "À [résilier] : l’abonnement");
    marks("abonnement", "À résilier : l’abonnement", "À résilier : l’[abonnement]");
    marks("\"red apple\"", "red apple, apple red, red red apple", "[red apple], apple red, red [red apple]");
    marks("rembours*", "Le remboursement, à rembourser", "Le [remboursement], à [rembourser]");
    marks("f20240207", "Facture F-2024-0207 payée", "Facture [F-2024-0207] payée");
    marks("F-2024-0207", "Facture F20240207 payée", "Facture [F20240207] payée");
    marks("+33 1 99 00 12 34", "tél. 01.99.00.12.34", "tél. [01.99.00.12.34]");
    marks("0199001234", "tél. +33 1 99 00 12 34", "tél. +[33 1 99 00 12 34]");
    marks("1234,56", "soit 1 234,56 €", "soit [1 234,56] €");
    marks("apple -red", "red apple", "red [apple]");
    marks("apple OR pear", "pear apple", "[pear] [apple]");
    marks("kind:billing apple", "billing apple", "billing [apple]");
    marks("\"a b\" \"b c\"", "a b c", "[a b c]");
    marks("東京", "これは東京都", "これは[東京]都");
    marks("plum", "red apple", "red apple");
    marks("*", "red apple", "red apple");
}

#[test]
fn a_snippet_shows_the_best_part_on_one_line() {
    snippet("apple", &["An apple."], 40, "An [apple].");
    snippet("apple", &["Fruit", "An  apple\r\n\tand more"], 40, "Fruit · An [apple] and more");
    snippet("apple", &["", "Fruit", "", " \n", "An apple", ""], 40, "Fruit · An [apple]");
    // A phrase does not reach across pieces, and is not marked so.
    snippet("\"fruit an\" OR apple", &["Fruit", "An apple"], 40, "Fruit · An [apple]");
    snippet("plum", &["red apple and more of it"], 12, "red apple…");
    snippet("plum", &[], 12, "");
    let long = format!("{} the red apple fell {}", "so it was ".repeat(30), "and so on ".repeat(30));
    snippet("apple", &[&long], 40, "…the red [apple] fell and so on and so…");
    // Where both words are beats where one is.
    let long = format!("apple {} pear apple {}", "x ".repeat(60), "y ".repeat(60));
    snippet("apple pear", &[&long], 30, "…x x x [pear] [apple] y y y y y…");
    let far = format!("{} needle", "straw ".repeat(200_000));
    snippet("needle", &[&far], 30, "…straw straw straw [needle]");
    snippet("a*", &[&"a".repeat(100)], 20, &format!("[{}]…", "a".repeat(19)));
}
