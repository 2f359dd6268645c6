//! Rich text: paragraphs, what it says of itself, and where it breaks off.

use expect_test::expect;

use crate::check::{check, codes};

#[test]
fn a_document_is_its_paragraphs_and_what_it_says_of_itself() {
    let text = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Contrat}{\author Jeanne Martin}
{\creatim\yr2024\mo2}{\*\company Exemple SARL}}\pard Premi\'e8re clause\par\par\b Deuxi\'e8me\b0  clause\line suite\par
\trowd Pay\'e9\cell 12,50 \'80\cell\row}";
    check(
        "contrat.rtf",
        text.replace('\n', "\r\n"),
        expect![[r#"
        rtf Read, 1 records
        record "" of "" ""
          paragraph=1 = "Première clause"
          paragraph=2 = "Deuxième clause"
          paragraph=3 = "suite"
          paragraph=4 = "Payé\t12,50 €"
          info=Title = "Contrat"
          info=Author = "Jeanne Martin"
          info=Company = "Exemple SARL"
    "#]],
    );
}

#[test]
fn links_lead_somewhere() {
    let text = r#"{\rtf1 see {\field{\*\fldinst{ HYPERLINK "https://a.example/?x=1" }}{\fldrslt here}} and {\field{\*\fldinst HYPERLINK b.pdf}{\fldrslt there}}, page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"#;
    check(
        "l.rtf",
        text,
        expect![[r#"
        rtf Read, 1 records
        record "" of "" ""
          paragraph=1 = "see here and there, page 1"
          paragraph=2 = "https://a.example/?x=1"
          paragraph=3 = "b.pdf"
    "#]],
    );
}

#[test]
fn what_breaks_off_is_told() {
    assert_eq!(codes("a.rtf", br"{\rtf1 whole}"), [""; 0]);
    assert_eq!(codes("a.rtf", br"{\rtf1 broken {\b off"), ["cut_off"]);
}
