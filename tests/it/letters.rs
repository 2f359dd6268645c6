//! Letters from the sample, drafted through the session.

use crate::sample;

const REQUEST: &str = r#"{
  "right": "rectification",
  "language": "fr",
  "recipient": {"profile": "sellsy"},
  "requester": {"name": "Camille Aubépin", "email": "camille@atelier-aubepin.example", "customer_number": "40117"},
  "place": "La Rochelle",
  "day": "2026-11-23",
  "items": [
    {"locator": {"entry": "account/profile.json", "at": "/address"}, "right_value": "8 quai Valin, 17000 La Rochelle"},
    {"locator": {"entry": "crm/contact.csv", "at": "row=2,col=nom"}, "right_value": "Aubépin"}
  ]
}"#;

#[test]
fn a_request_file_becomes_text_mail_and_pdf() {
    let session = sample("sellsy");
    let letter = session.request(REQUEST, None).expect("the request can be drafted");
    let file = |end: &str| {
        letter.files.iter().find(|f| f.suggested_name.ends_with(end)).unwrap_or_else(|| panic!("no {end}"))
    };
    let text = String::from_utf8(file(".txt").bytes.clone()).expect("a letter is UTF-8");
    for part in [
        "12 rue des Lilas",
        "8 quai Valin",
        "Aubepin",
        "Aubépin",
        "article 16",
        "23 novembre 2026",
        "account/profile.json",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(file(".pdf").bytes.starts_with(b"%PDF-"));
    let mail = String::from_utf8_lossy(&file(".eml").bytes).into_owned();
    assert!(mail.contains("dpo@sellsy.com") && mail.contains("X-Unsent: 1"), "{mail}");
}

#[test]
fn a_place_that_is_not_in_the_export_is_said() {
    let session = sample("sellsy");
    let request = REQUEST.replace("account/profile.json", "account/nowhere.json");
    let letter = session.request(&request, None).expect("the rest of the letter stands");
    assert!(letter.remarks.iter().any(|r| r.code == "place_not_found"), "{:?}", letter.remarks);
}

#[test]
fn a_request_file_with_an_unknown_word_is_refused_by_name() {
    let session = sample("sellsy");
    let trouble = session
        .request(&REQUEST.replace("\"right\": \"rectification\"", "\"right\": \"revenge\""), None)
        .err();
    assert!(trouble.is_some_and(|t| t.message.contains("revenge")));
}
