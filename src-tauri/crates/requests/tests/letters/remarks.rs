//! Which remarks a draft gets, case by case: codes only, for the words are in the golden letters.

use records::{Kind, Role, What};
use requests::{Draft, Ground, Item, Language, Letter, Place, Remark, Right};

use crate::book::{book, letter, letter_over, record};

fn draft(right: Right, places: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::new(right, Language::En);
    draft.recipient.profile = Some("sellsy".into());
    draft.requester.name = "Camille Aubépin".into();
    draft.requester.email = "camille@atelier-aubepin.example".into();
    draft.items = places
        .iter()
        .map(|(entry, at)| Item {
            locator: Place { entry: (*entry).into(), at: (*at).into() },
            right_value: Some("right".into()),
            proof: None,
            ground: Some(Ground::NoLongerNecessary),
            reason: Some("because".into()),
        })
        .collect();
    draft
}

fn codes(remarks: &[Remark]) -> Vec<&'static str> {
    remarks.iter().map(|r| r.code).collect()
}

/// Advice about single items, without what is said of the company.
fn of_items(letter: &Letter) -> Vec<&'static str> {
    letter.advice.iter().filter(|r| r.args.contains_key("item")).map(|r| r.code).collect()
}

fn check_missing(change: impl Fn(&mut Draft), expected: &[&str]) {
    for right in [Right::Rectification, Right::Erasure] {
        let mut draft = draft(right, &[("account/profile.json", "/address")]);
        change(&mut draft);
        assert_eq!(codes(&letter(&draft).missing), expected, "{right:?}");
    }
}

#[test]
fn what_is_missing_is_said() {
    check_missing(|_| {}, &[]);
    check_missing(|d| d.requester.name = " \n".into(), &["requester_name"]);
    check_missing(|d| d.requester.email.clear(), &["requester_contact"]);
    check_missing(|d| d.requester.email = "not an address".into(), &["requester_contact"]);
    check_missing(
        |d| {
            d.requester.email.clear();
            d.requester.address = "8 quai Valin".into();
        },
        &[],
    );
    check_missing(|d| d.recipient.profile = None, &["recipient", "recipient_email"]);
    check_missing(|d| d.recipient.email = "x@y".into(), &["recipient_email"]);
    check_missing(|d| d.items.clear(), &["items"]);
    check_missing(|d| d.day = "2026-02-30".into(), &["day"]);
    check_missing(|d| d.received = "yesterday".into(), &["day"]);
}

#[test]
fn each_item_needs_its_value_or_ground() {
    let mut wrong = draft(Right::Rectification, &[("account/profile.json", "/address"); 2]);
    wrong.items[1].right_value = Some("  ".into());
    let missing = letter(&wrong).missing;
    assert_eq!(codes(&missing), ["right_value"]);
    assert_eq!(missing[0].args["item"], "2");

    let mut erase = draft(Right::Erasure, &[("crm/contact.csv", "row=2"); 3]);
    erase.items[0].ground = None;
    erase.items[1].ground = Some(Ground::Objection);
    erase.items[2].ground = Some(Ground::Objection);
    erase.items[2].reason = None;
    let missing = letter(&erase).missing;
    assert_eq!(codes(&missing), ["ground", "objection_reason"]);
    assert_eq!(missing[1].args["item"], "3");
}

#[test]
fn an_objection_to_marketing_needs_no_reason() {
    let mut draft = draft(Right::Erasure, &[("marketing/emails/2025-05-13-module-pointage.eml", "")]);
    draft.items[0].ground = Some(Ground::Objection);
    draft.items[0].reason = None;
    let letter = letter(&draft);
    assert_eq!(codes(&letter.missing), [""; 0]);
    assert!(requests::text(&letter).contains("Article 21(2)"));
}

#[test]
fn only_a_letter_of_information_is_marketing() {
    for (entry, purpose, wanted) in [
        ("documents/lettre de mise en demeure.pdf", "", &["objection_reason"][..]),
        ("lettre-d-information/12.eml", "", &[]),
        ("consents.json", "Lettre d’information", &[]),
        ("mails/commercial_offers/3.eml", "", &[]),
    ] {
        let fields = [("purpose", Role::Purpose, purpose)];
        let records = [record((entry, "x"), Kind::Document, What::Other, "", None, &fields)];
        let mut draft = draft(Right::Erasure, &[(entry, "x")]);
        draft.items[0].ground = Some(Ground::Objection);
        draft.items[0].reason = None;
        assert_eq!(codes(&letter_over(&draft, &records).missing), wanted, "{entry}");
    }
}

#[test]
fn advice_fits_the_record() {
    for (place, expected) in [
        (("billing/invoices.json", "/3"), &["retention_duty"][..]),
        (("billing/invoices.json", "/9"), &["retention_duty", "legal_claims"]),
        (("billing/invoices.json", "/40"), &["retention_duty_over"]),
        (("billing/payments.json", "/2"), &["retention_duty_possible"]),
        (("support/tickets.json", "/7"), &["legal_claims"]),
        (("consents/consents.json", "/0"), &["consent_proof"]),
        (("crm/third-party-contacts.csv", "row=5"), &["other_person", "processor_not_controller"]),
        (("account/profile.json", ""), &["contract_running", "term_wider_than_duty"]),
        (("activity/content-operations.ndjson", "line=12"), &[]),
        (("nowhere.json", "/1"), &["place_not_found"]),
    ] {
        assert_eq!(of_items(&letter(&draft(Right::Erasure, &[place]))), expected, "{place:?}");
    }
}

#[test]
fn advice_on_values() {
    for (place, value, expected) in [
        (
            ("account/profile.json", "/address"),
            "12 rue des Lilas, 17000 La Rochelle",
            &["value_unchanged"][..],
        ),
        (("account/profile.json", "/address"), "8 quai Valin", &[]),
        (("account/profile.json", ""), "8 quai Valin", &["whole_record"]),
    ] {
        let mut draft = draft(Right::Rectification, &[place]);
        draft.items[0].right_value = Some(value.into());
        assert_eq!(of_items(&letter(&draft)), expected, "{place:?} {value}");
    }
    let twice = draft(Right::Rectification, &[("account/profile.json", "/address"); 2]);
    assert_eq!(of_items(&letter(&twice)), ["same_place_twice"]);
}

#[test]
fn the_end_of_the_accounting_duty_is_told_with_its_rule() {
    let letter = letter(&draft(Right::Erasure, &[("billing/invoices.json", "/3")]));
    let remark = letter.advice.iter().find(|r| r.code == "retention_duty").expect("an invoice is kept");
    assert_eq!((remark.args["until"].as_str(), remark.args["years"].as_str()), ("2034-12-31", "10"));
    let text = requests::text(&letter).replace('\n', " ");
    assert!(text.contains("31 December 2034") && text.contains("taken to be the calendar"), "{text}");
}

#[test]
fn the_company_is_described_once() {
    let own = ["company_asks_id", "company_asks_reason", "profile_dated"];
    let mut draft = draft(Right::Erasure, &[("crm/contact.csv", "row=2")]);
    draft.received = "2026-12-24".into();
    let of_company = |d: &Draft| {
        let letter = letter(d);
        letter.advice.iter().filter(|r| !r.args.contains_key("item")).map(|r| r.code).collect::<Vec<_>>()
    };
    assert_eq!(of_company(&draft), [&own[..], &["received_after_letter"]].concat());
    draft.recipient.profile = Some("nobody".into());
    assert_eq!(of_company(&draft), ["no_profile", "received_after_letter"]);
}

#[test]
fn of_two_columns_of_one_name_only_the_one_meant_is_marked_in_the_annex() {
    let mut records = vec![record(
        ("crm/contact.csv", "row=2"),
        Kind::Account,
        What::Profile,
        "Camille Aubépin",
        None,
        &[("phone", Role::Phone, "1"), ("phone", Role::Phone, "2")],
    )];
    for (field, at) in records[0].fields.iter_mut().zip(["row=2,col=phone", "row=2,col=phone~2"]) {
        field.locator.at = at.into();
    }
    let letter =
        letter_over(&draft(Right::Rectification, &[("crm/contact.csv", "row=2,col=phone~2")]), &records);
    let text = requests::text(&letter);
    assert!(text.contains("  phone\n     It reads: 1\n"), "{text}");
    assert!(text.contains("  phone (item 1)\n     It reads: 2\n"), "{text}");
}

#[test]
fn one_detail_is_spoken_of_as_one() {
    let mut both = draft(
        Right::Rectification,
        &[("account/profile.json", "/address"), ("account/profile.json", "/second_telephone")],
    );
    let says = |draft: &Draft| requests::text(&letter(draft)).replace('\n', " ");
    for (language, wanted) in [
        (Language::En, "One of the details in it is inaccurate, another is incomplete."),
        (Language::Fr, "Une donnée y est inexacte, une autre est incomplète."),
    ] {
        both.language = language;
        assert!(says(&both).contains(wanted), "{}", says(&both));
    }
    both.items.clear();
    assert!(!says(&both).contains("déclaration complémentaire"), "nothing is incomplete yet");
}

#[test]
fn many_items_of_one_kind_do_not_bury_the_rest() {
    let draft = draft(Right::Erasure, &[("support/tickets.json", "/7"); 100]);
    let letter = letter_over(&draft, &book());
    let claims: Vec<&Remark> = letter.advice.iter().filter(|r| r.code == "legal_claims").collect();
    assert_eq!(claims.len(), 20);
    assert_eq!(claims[0].args["more"], "80");
}

#[test]
fn an_id_is_mentioned_as_enclosed_only_when_wanted() {
    let mut draft = draft(Right::Rectification, &[("account/profile.json", "/address")]);
    assert!(requests::text(&letter(&draft)).contains("I enclose no copy"));
    draft.id_copy = true;
    let text = requests::text(&letter(&draft));
    assert!(text.contains("enclose a copy") && !text.contains("I enclose no copy"));
}
