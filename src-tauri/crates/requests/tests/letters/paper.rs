//! Letters on paper: a tagged, titled PDF with its fonts inside, whatever the names are; the same bytes for the same day.

use requests::{Draft, Item, Place, Right};

use crate::book::{book, day, letter, letter_over, read, record, today};
use records::{Kind, Role, What};

const FRENCH: &str = include_str!("../requests/erasure-fr.json");

fn has(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|w| w == needle.as_bytes())
}

#[test]
fn a_letter_is_a_tagged_pdf_with_language_title_and_fonts() {
    let pdf = requests::pdf(&letter(&read(FRENCH)), today()).expect("a letter becomes a pdf");
    for part in [
        "%PDF-1.7",
        "/MarkInfo<</Marked true",
        "/StructTreeRoot",
        "/Lang(fr-FR)",
        "/DisplayDocTitle true",
        "<pdfuaid:part>1</pdfuaid:part>",
        "Demande d\u{2019}effacement de donn\u{e9}es",
        "LibertinusSerif-Regular",
        "/FontFile3",
        "2026-11-23",
    ] {
        assert!(has(&pdf, part), "{part} is missing");
    }
    let again = requests::pdf(&letter(&read(FRENCH)), today());
    assert!(again.is_ok_and(|again| again == pdf), "the same letter and day must give the same bytes");
}

#[test]
fn hostile_names_stay_text_and_stay_on_the_page() {
    let mut draft = read(FRENCH);
    let evil = "#import \"x\"; $a$ *b* _c_ = d // [e] `f` \\ <g> @h ~ \u{202e}i \u{1f9ff} 漢字 \u{0}";
    draft.requester.name = format!("{evil} {}", "Ñ".repeat(300));
    draft.requester.address = "Ж".repeat(400);
    draft.own_words = evil.repeat(20);
    let entry = format!("{} > {}.json", "outer/".repeat(60), "y".repeat(300));
    let at = format!("/{}", "très_long_champ/".repeat(30));
    let fields: Vec<(&str, Role, &str)> = vec![(evil, Role::Other, evil); 30];
    let mut records = book();
    records.push(record((&entry, &at), Kind::Other, What::Other, &evil.repeat(30), None, &fields));
    draft.items = vec![
        Item {
            locator: Place { entry, at },
            right_value: None,
            proof: None,
            ground: Some(requests::Ground::Unlawful),
            reason: Some(evil.repeat(30)),
        };
        3
    ];
    let letter = letter_over(&draft, &records);
    let pdf = requests::pdf(&letter, day("2026-01-01")).expect("whatever the names are");
    // Read as markup it would have imported, set mathematics, or failed.
    assert!(has(&pdf, "<pdfuaid:part>1</pdfuaid:part>"));
    assert!(has(&pdf, "#import"), "the author is the name as typed");
}

#[test]
fn a_letter_about_nothing_is_still_a_page() {
    let draft = Draft::new(Right::Rectification, requests::Language::En);
    let pdf = requests::pdf(&letter(&draft), today()).expect("an empty draft becomes a pdf");
    assert!(has(&pdf, "/Lang(en-GB)"));
}
