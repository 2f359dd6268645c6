//! An invented export: the records that the requests of these tests cite, and how a place in it is looked up.

use records::{Certainty, Day, EntryId, Field, Kind, Locator, Reading, Record, RecordId, Role, What};
use requests::{Cited, Draft, ExportFacts, Letter};

/// The day of every letter that names none.
pub(crate) fn today() -> Day {
    day("2026-11-23")
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("the tests' days are days")
}

pub(crate) fn facts() -> ExportFacts {
    ExportFacts {
        name: "sellsy-export-2026-11-02.zip".to_owned(),
        sha256: Some("3f6d0c1e9a7b45d2c8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6".to_owned()),
        controller: Some("sellsy".to_owned()),
    }
}

/// The letter of a draft over these records.
pub(crate) fn letter_over(draft: &Draft, records: &[Record]) -> Letter {
    let cited: Vec<Cited<'_>> = draft
        .items
        .iter()
        .map(|item| {
            let here = |l: &Locator| l.entry == item.locator.entry && l.at == item.locator.at;
            let field =
                records.iter().find_map(|r| r.fields.iter().find(|f| here(&f.locator)).map(|f| (r, f)));
            let record = field.map(|(r, _)| r).or_else(|| records.iter().find(|r| here(&r.locator)));
            Cited { item, record, field: field.map(|(_, f)| f) }
        })
        .collect();
    requests::letter(draft, &cited, &facts(), today())
}

/// The letter of a draft over the book.
pub(crate) fn letter(draft: &Draft) -> Letter {
    letter_over(draft, &book())
}

pub(crate) fn read(json: &str) -> Draft {
    Draft::parse(json).expect("the tests' requests are requests")
}

pub(crate) fn record(
    place: (&str, &str),
    kind: Kind,
    what: What,
    title: &str,
    on: Option<&str>,
    fields: &[(&str, Role, &str)],
) -> Record {
    let (entry, at) = place;
    let locator = Locator { entry: entry.to_owned(), at: at.to_owned() };
    let place_of = |name: &str| match at {
        at if at.starts_with("row=") => format!("{at},col={name}"),
        at if at.starts_with("line=") => format!("{at}/{name}"),
        at => format!("{at}/{name}"),
    };
    let fields = fields
        .iter()
        .map(|(name, role, raw)| Field {
            name: (*name).to_owned(),
            label: (*name).to_owned(),
            role: *role,
            value: raw.trim().to_owned(),
            raw: (*raw).to_owned(),
            reading: Reading::Text,
            locator: Locator { entry: entry.to_owned(), at: place_of(name) },
            bytes: None,
        })
        .collect();
    // Records are told apart by their position; the sum of the place's bytes is one for these few.
    let number =
        entry.bytes().chain(at.bytes()).fold(0_u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
    Record {
        id: RecordId { entry: EntryId(0), number },
        kind,
        what,
        certainty: Certainty::Certain,
        reason: "the tests say so".to_owned(),
        title: title.to_owned(),
        day: on.map(day),
        money: None,
        locator,
        bytes: (0, 0),
        fields,
    }
}

/// The records.
pub(crate) fn book() -> Vec<Record> {
    let invoice = |at: &str, number: &str, on: &str, status: &str| {
        let fields = [
            ("number", Role::InvoiceNumber, number),
            ("issued_on", Role::Date, on),
            ("total", Role::Gross, "118.80"),
            ("status", Role::Status, status),
        ];
        record(("billing/invoices.json", at), Kind::Billing, What::Invoice, number, Some(on), &fields)
    };
    vec![
        record(
            ("account/profile.json", ""),
            Kind::Account,
            What::Profile,
            "Camille Aubépin",
            None,
            &[
                ("customer_number", Role::CustomerNumber, "40117"),
                ("display_name", Role::FullName, "Camille Aubépin"),
                ("address", Role::Address, "12 rue des Lilas, 17000 La Rochelle"),
                ("second_telephone", Role::Phone, ""),
            ],
        ),
        record(
            ("crm/contact.csv", "row=2"),
            Kind::Account,
            What::Profile,
            "Camille Aubepin",
            Some("2022-07-01"),
            &[("nom", Role::LastName, "Aubepin"), ("prenom", Role::FirstName, "Camille")],
        ),
        invoice("/3", "F-2024-0101", "2024-02-05", "paid"),
        invoice("/9", "F-2026-0940", "2026-09-04", "overdue"),
        invoice("/40", "F-2015-0007", "2015-03-31", "paid"),
        record(
            ("billing/payments.json", "/2"),
            Kind::Billing,
            What::Payment,
            "PAY-2024-0101",
            Some("2024-02-12"),
            &[("reference", Role::PaymentNumber, "PAY-2024-0101"), ("amount", Role::Amount, "118.80")],
        ),
        record(
            ("activity/content-operations.ndjson", "line=12"),
            Kind::Activity,
            What::Operation,
            "invoice.update",
            Some("2024-01-12"),
            &[("operation", Role::Action, "invoice.update"), ("at", Role::Date, "2024-01-12T09:14:00Z")],
        ),
        record(
            ("crm/prospect-file.csv", "row=4"),
            Kind::Activity,
            What::Other,
            "Salon de La Rochelle",
            Some("2020-02-03"),
            &[("origine", Role::Source, "Salon de La Rochelle"), ("note", Role::Note, "à rappeler")],
        ),
        record(
            ("consents/consents.json", "/0"),
            Kind::Consent,
            What::ConsentChoice,
            "Lettre d’information",
            Some("2019-03-11"),
            &[("purpose_label", Role::Purpose, "Lettre d’information"), ("choice", Role::Choice, "given")],
        ),
        record(
            ("marketing/emails/2025-05-13-module-pointage.eml", ""),
            Kind::Message,
            What::Mail,
            "Découvrez le module Pointage",
            Some("2025-05-13"),
            &[("Subject", Role::Title, "Découvrez le module Pointage")],
        ),
        record(
            ("support/tickets.json", "/7"),
            Kind::Ticket,
            What::Ticket,
            "Relevé d’un autre client",
            Some("2026-06-02"),
            &[("subject", Role::Title, "Relevé d’un autre client"), ("status", Role::Status, "open")],
        ),
        record(
            ("crm/third-party-contacts.csv", "row=5"),
            Kind::Contact,
            What::Contact,
            "Dominique Exemple",
            None,
            &[("nom", Role::LastName, "Exemple"), ("courriel", Role::Email, "dominique@client.example")],
        ),
    ]
}
