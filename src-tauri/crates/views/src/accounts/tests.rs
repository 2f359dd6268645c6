//! Who the person is, over small exports of accounts and invoices.

use expect_test::{Expect, expect};
use records::Kind::{Account, Billing, Contact};
use records::Role::{
    Address, BirthDate, City, Company, CustomerNumber, Email, FirstName, FullName, LastName, Phone,
    PostalCode, Street,
};
use records::What::{Invoice, Profile, Settings};
use records::{Record, Role};

use super::Accounts;
use crate::findings::{addresses_differ, names_differ};
use crate::sample::{entry, record};

fn profile(fields: &[(Role, &str, &str)]) -> Record {
    record(Account, Profile, fields)
}

fn files(records: Vec<Vec<Record>>) -> Vec<Record> {
    let files = records.into_iter().enumerate();
    files.flat_map(|(at, rows)| entry(u32::try_from(at).expect("few"), &format!("{at}.csv"), rows)).collect()
}

fn check(records: Vec<Vec<Record>>, wanted: Expect) {
    let records = files(records);
    let accounts = Accounts::build(&records);
    let mut out = String::new();
    for card in &accounts.cards {
        let place = format!("{}.{}", card.id.entry.0, card.id.number);
        out.push_str(&format!(
            "card {place} {}{}\n",
            card.what.word(),
            if card.own { "" } else { " of another" }
        ));
    }
    for one in &accounts.identifiers {
        out.push_str(&format!("{} {} x{}\n", one.role.word(), one.value, one.count));
    }
    for conflict in &accounts.conflicts {
        let values: Vec<String> = conflict
            .values
            .iter()
            .map(|v| {
                let places: Vec<String> = v.places.iter().map(|p| p.locator.to_string()).collect();
                format!("{} ({})", v.value, places.join(" "))
            })
            .collect();
        out.push_str(&format!("{} differs: {}\n", conflict.role.word(), values.join(" / ")));
    }
    wanted.assert_eq(&out);
}

#[test]
fn the_planted_story_of_two_addresses_and_two_spellings() {
    check(
        vec![
            vec![profile(&[
                (CustomerNumber, "customer_number", "40117"),
                (FullName, "display_name", "Camille Aubépin"),
                (BirthDate, "date_of_birth", "1984-05-17"),
                (Address, "address", "12 rue des Lilas, 17000 La Rochelle"),
            ])],
            vec![record(
                Account,
                Settings,
                &[
                    (CustomerNumber, "customer_number", "40117"),
                    (FirstName, "first_name", "Camille"),
                    (LastName, "last_name", "Aubépin"),
                    (Company, "company", "Atelier Aubépin"),
                    (Email, "email", "camille@atelier.example"),
                    (Street, "billing_address/street", "8 quai Valin"),
                    (PostalCode, "billing_address/postal_code", "17000"),
                    (City, "billing_address/city", "La Rochelle"),
                ],
            )],
            vec![profile(&[
                (Role::Id, "reference", "40117-1"),
                (LastName, "nom", "Aubepin"),
                (FirstName, "prenom", "Camille"),
                (Email, "courriel", "camille@atelier.example"),
                (Address, "adresse", "8 Quai Valin"),
                (PostalCode, "code_postal", "17000"),
                (City, "ville", "LA ROCHELLE"),
            ])],
            vec![record(
                Billing,
                Invoice,
                &[
                    (FullName, "customer/name", "Atelier Aubepin"),
                    (Email, "customer/email", "camille@atelier.example"),
                ],
            )],
        ],
        expect![[r#"
            card 0.0 profile
            card 2.0 profile
            card 1.0 settings
            id 40117-1 x1
            customer_number 40117 x2
            full_name Camille Aubépin x2
            full_name Camille Aubepin x1
            company Atelier Aubépin x1
            email camille@atelier.example x3
            address 8 Quai Valin, 17000, LA ROCHELLE x2
            address 12 rue des Lilas, 17000 La Rochelle x1
            birth_date 1984-05-17 x1
            full_name differs: Camille Aubépin (0.csv#/0/display_name 1.csv#/0/last_name) / Camille Aubepin (2.csv#/0/nom)
            address differs: 8 Quai Valin, 17000, LA ROCHELLE (2.csv#/0/adresse 1.csv#/0/billing_address/street 1.csv#/0/billing_address/postal_code 1.csv#/0/billing_address/city) / 12 rue des Lilas, 17000 La Rochelle (0.csv#/0/address)
        "#]],
    );
}

#[test]
fn other_people_are_not_the_person() {
    check(
        vec![
            vec![profile(&[
                (FullName, "name", "Jane Porter"),
                (Email, "email", "jane@example.org"),
                (FullName, "account_manager/name", "Paul Martin"),
                (Email, "account_manager/email", "paul@shop.example"),
            ])],
            vec![
                record(
                    Account,
                    Settings,
                    &[(FullName, "name", "Ann Smith"), (Email, "email", "ann@example.org")],
                ),
                record(Account, Settings, &[(Email, "email", "jane.second@example.org")]),
                record(Contact, records::What::Contact, &[(FullName, "name", "Jane Other")]),
            ],
            vec![record(
                Billing,
                Invoice,
                &[(FullName, "name", "Rob Stone"), (Street, "street", "1 Low Road")],
            )],
        ],
        expect![[r#"
            card 0.0 profile
            card 1.0 settings of another
            card 1.1 settings
            full_name Jane Porter x1
            email jane@example.org x1
            email jane.second@example.org x1
        "#]],
    );
}

/// Whether names and addresses differ, with the records named first.
fn differs(records: Vec<Vec<Record>>) -> (bool, bool) {
    let accounts = Accounts::build(files(records));
    let (names, addresses) = (names_differ(&accounts), addresses_differ(&accounts));
    for finding in [&names, &addresses].into_iter().flatten() {
        assert!(!finding.records.is_empty());
        assert_eq!(finding.right, Some(crate::Right::Rectification));
    }
    (names.is_some(), addresses.is_some())
}

fn named(name: &str) -> Record {
    profile(&[(CustomerNumber, "customer_number", "40117"), (FullName, "name", name)])
}

fn living(street: &str, code: &str, city: &str) -> Record {
    profile(&[
        (CustomerNumber, "customer_number", "40117"),
        (Street, "street", street),
        (PostalCode, "zip", code),
        (City, "city", city),
    ])
}

#[test]
fn names_that_differ_and_names_that_do_not() {
    for (a, b) in [
        ("Camille Aubépin", "Camille Aubepin"),
        ("Camille Aubépin", "Camile Aubépin"),
        ("Jane Porter", "Jane Potter"),
        ("Jane Porter", "Joan Smith"),
    ] {
        assert_eq!(differs(vec![vec![named(a)], vec![named(b)]]), (true, false), "{a} / {b}");
    }
    for (a, b) in [
        ("Camille Aubépin", "AUBÉPIN Camille"),
        ("Camille Aubépin", "Mme Camille AUBEPIN"),
        ("Camille Aubépin", "C. Aubépin"),
        ("Jane Mary Porter", "Jane Porter"),
    ] {
        assert_eq!(differs(vec![vec![named(a)], vec![named(b)]]), (false, false), "{a} / {b}");
    }
    // Another person's record, without anything that ties it to the subject.
    let other = profile(&[(FullName, "name", "Ann Smith"), (Email, "email", "ann@example.org")]);
    assert_eq!(differs(vec![vec![named("Jane Porter")], vec![other]]), (false, false));
}

#[test]
fn addresses_that_differ_and_addresses_that_do_not() {
    let home = || living("8 quai Valin", "17000", "La Rochelle");
    for other in [
        living("12 rue des Lilas", "17000", "La Rochelle"),
        living("8 quai Valin", "17100", "La Rochelle"),
        living("9 quai Valin", "17000", "La Rochelle"),
        profile(&[
            (CustomerNumber, "n", "40117"),
            (Address, "address", "12 rue des Lilas, 17000 La Rochelle"),
        ]),
    ] {
        assert_eq!(differs(vec![vec![home()], vec![other]]), (false, true));
    }
    let aside = |name: &str, value: &str| {
        profile(&[
            (CustomerNumber, "customer_number", "40117"),
            (Role::Label, name, value),
            (Street, "street", "12 rue des Lilas"),
            (PostalCode, "zip", "17000"),
            (City, "city", "La Rochelle"),
        ])
    };
    for other in [
        living("8, Quai VALIN", "17 000", "LA ROCHELLE CEDEX"),
        living("8 quai Valin", "", ""),
        aside("type", "livraison"),
        aside("label", "Work"),
        profile(&[
            (CustomerNumber, "customer_number", "40117"),
            (Street, "shipping_address/street", "12 rue des Lilas"),
            (City, "shipping_address/city", "La Rochelle"),
        ]),
    ] {
        assert_eq!(differs(vec![vec![home()], vec![other]]), (false, false));
    }
}

#[test]
fn a_place_of_delivery_told_first_does_not_hide_where_the_person_lives() {
    let both = record(
        Account,
        Settings,
        &[
            (FullName, "name", "Jane Porter"),
            (Street, "shipping/street", "2 Dock Road"),
            (City, "shipping/city", "Leeds"),
            (Street, "billing/street", "1 Gull Row"),
            (City, "billing/city", "Leeds"),
        ],
    );
    let other =
        profile(&[(FullName, "name", "Jane Portor"), (Street, "street", "9 Low Lane"), (City, "c", "Leeds")]);
    assert_eq!(differs(vec![vec![both], vec![other]]), (true, true));
}

#[test]
fn a_book_of_addresses_is_no_conflict() {
    let row = |label: &str, name: &str, street: &str, default: &str| {
        record(
            Account,
            records::What::Other,
            &[
                (Role::Label, "label", label),
                (FullName, "recipient", name),
                (Street, "line_1", street),
                (PostalCode, "postcode", "ZZ1 4QX"),
                (City, "town", "Whitby Haven"),
                (Role::Flag, "default", default),
            ],
        )
    };
    let book = || {
        vec![
            row("Home", "Imogen Tarrant", "4 Chandler's Steps", "yes"),
            row("Work", "I. Tarrant", "Netloft Studio", "no"),
            row("Mum", "Mrs R. Tarrant", "The Saltings", "no"),
        ]
    };
    let me = || profile(&[(FullName, "fullName", "Imogen Tarrant"), (Phone, "phone", "+44 20 7946 0318")]);
    assert_eq!(differs(vec![vec![me()], book()]), (false, false));
    let moved = vec![profile(&[
        (FullName, "name", "Imogen Tarrant"),
        (Street, "street", "1 Gull Row"),
        (PostalCode, "postcode", "ZZ1 4QX"),
        (City, "town", "Whitby Haven"),
    ])];
    assert_eq!(differs(vec![vec![me()], book(), moved]), (false, true));
}

#[test]
fn many_thousand_names_are_no_trouble() {
    let rows = (0..20_000).map(|n| named(&format!("Name{n} Porter"))).collect();
    let accounts = Accounts::build(files(vec![rows]));
    assert_eq!(accounts.cards.len(), 20_000);
    assert!(accounts.conflicts.iter().all(|c| c.values.len() <= 64));
    assert!(accounts.identifiers.iter().all(|i| i.places.len() <= 20));
}
