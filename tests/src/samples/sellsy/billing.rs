//! C07: eight years of invoices, credit notes and payments, what they are paid with, and the same in the accounts.

use serde_json::{Value, json};

use super::super::{Sample, out};
use super::documents::{
    DOUBLE, Document, LATE, OVERDUE, TRAINING, TRANSFER, credit_notes, invoices, payments,
};
use super::{CUSTOMER, EMAIL, wrapped};
use crate::clock::Moment;
use crate::rng::Rng;

/// The documents that are also there as PDF.
const AS_PDF: [&str; 10] = [
    "F-2021-0498",
    "F-2023-0766",
    "F-2023-1102",
    "F-2023-1190",
    "F-2023-1288",
    "F-2024-0101",
    "F-2024-0207",
    "F-2024-0312",
    "F-2026-0940",
    "A-2024-0003",
];

pub(super) fn write(s: &mut Sample) {
    let mut rng = Rng::new(40_117);
    let mut invoices = invoices(&mut rng);
    let payments = payments(&mut invoices, &mut rng);
    let credits = credit_notes();

    let items: Vec<Value> = invoices.iter().map(invoice_json).collect();
    s.add(
        "billing/invoices.json",
        "json",
        wrapped("invoices", &items),
        (items.len(), "billing"),
        "C07: invoices",
    );
    let at = |number: &str, field: &str| {
        let n = invoices.iter().position(|i| i.number == number).expect("it is one of ours");
        format!("/invoices/{n}/{field}")
    };
    s.needle("F-2024-0207", "billing/invoices.json", &at(DOUBLE, "number"), "an invoice number");
    s.needle(
        "F20240207",
        "billing/invoices.json",
        &at(DOUBLE, "number"),
        "an invoice number without its hyphens",
    );
    s.needle("tournebouline", "billing/invoices.json", &at(TRAINING, "note"), "JSON in a list");
    s.needle(
        "carambinoche",
        "billing/invoices.json",
        &at(TRANSFER, "lines/0/description"),
        "JSON in a list in a list",
    );

    let items: Vec<Value> = credits.iter().map(credit_json).collect();
    s.add(
        "billing/credit-notes.json",
        "json",
        wrapped("credit_notes", &items),
        (items.len(), "billing"),
        "C07: credit notes",
    );
    s.add(
        "billing/payments.json",
        "json",
        wrapped("payments", &payments),
        (payments.len(), "billing"),
        "C07: payments, failed ones and refunds too",
    );
    let paid = |id: &str| {
        let n = payments.iter().position(|p| p["payment_id"] == id).expect("it is one of ours");
        format!("billing/payments.json#/payments/{n}")
    };
    s.needle(
        "P-7720",
        "billing/payments.json",
        &format!("{}/payment_id", &paid("P-7720")[22..]),
        "a payment number",
    );

    let means = payment_means();
    s.add(
        "billing/payment-means.json",
        "json",
        wrapped("payment_means", &means),
        (means.len(), "billing"),
        "C07: cards and mandates",
    );
    s.needle(
        "FR7630006000011234567890189",
        "billing/payment-means.json",
        "/payment_means/2/iban",
        "an IBAN without its blanks",
    );
    s.add(
        "billing/sepa-mandate.xml",
        "xml",
        include_bytes!("../texts/sepa-mandate.xml").to_vec(),
        (1, "billing"),
        "C07: the mandate as it went to the bank",
    );
    s.needle("ravigotille", "billing/sepa-mandate.xml", "", "XML element");
    s.needle("papillonesque", "billing/sepa-mandate.xml", "", "XML attribute");

    let mut documents: Vec<&Document> = invoices.iter().chain(&credits).collect();
    documents.sort_by_key(|d| d.date);
    let (header, rows) = accounts(&documents);
    let table = out::windows_1252(&out::csv(';', &header, &rows));
    s.add(
        "billing/ecritures-comptables.csv",
        "csv",
        table,
        (rows.len(), "billing"),
        "C07: the same documents in the accounts, Windows-1252, decimal comma",
    );
    let row = 1 + row_of_needle(&documents);
    s.needle(
        "brindezinguette",
        "billing/ecritures-comptables.csv",
        &format!("row={row},col=Libellé"),
        "CSV in Windows-1252, after an accent",
    );
    for number in AS_PDF {
        let document = documents.iter().find(|d| d.number == number).expect("it is one of ours");
        s.add(
            &format!("billing/pdf/{number}.pdf"),
            "pdf",
            as_pdf(document),
            (1, "billing"),
            "C07: a document as it was sent",
        );
    }
    stories(s, &at, &paid);
}

fn row_of_needle(documents: &[&Document]) -> usize {
    documents.iter().position(|d| d.date == Moment::day(2022, 8, 1)).expect("there is an invoice each month")
}

fn stories(s: &mut Sample, at: &dyn Fn(&str, &str) -> String, paid: &dyn Fn(&str) -> String) {
    let invoice = |number: &str, field: &str| format!("billing/invoices.json#{}", at(number, field));
    s.story(
        "Invoice F-2024-0207 over 118.80 euros was paid twice on 5 February 2024, and the second payment never given \
         back; ticket 9120 asks for it three times.",
        &[&invoice(DOUBLE, "total"), &paid("P-7719"), &paid("P-7720"), "support/tickets.json#/tickets/21"],
    );
    s.story(
        "Invoice F-2026-0940 over 130.80 euros is overdue since 16 September 2026: the debit was never presented \
         (ticket 10871), and a reminder went out all the same.",
        &[
            &invoice(OVERDUE, "status"),
            "support/tickets.json#/tickets/27",
            "marketing/emails/2026-09-29-relance-facture.eml",
        ],
    );
    s.story(
        "Invoice F-2023-0766 was paid 12 days after its due date.",
        &[&invoice(LATE, "due_at"), &invoice(LATE, "paid_at")],
    );
}

fn invoice_json(i: &Document) -> Value {
    let lines: Vec<Value> = i
        .lines
        .iter()
        .map(|&(text, net)| json!({"description": text, "quantity": 1, "unit_price": out::point(net), "vat_rate": "20.00"}))
        .collect();
    let mut value = json!({
        "number": i.number,
        "date": i.date.iso_day(),
        "due_at": i.due().iso_day(),
        "label": i.label,
        "customer": {"number": CUSTOMER, "name": "Atelier Aubépin", "email": EMAIL},
        "lines": lines,
        "net": out::point(i.net()),
        "vat": out::point(i.tax()),
        "total": out::point(i.total()),
        "currency": "EUR",
        "status": i.status,
        "payments": i.payments
    });
    if i.number == LATE {
        value["paid_at"] = json!(i.due().plus_days(12).iso_day());
    }
    if i.number == TRAINING {
        value["note"] = json!(
            "Salle virtuelle « tournebouline ». Séance interrompue au bout d’une heure, voir A-2023-0042."
        );
    }
    value
}

fn credit_json(c: &Document) -> Value {
    let (text, net) = c.lines[0];
    json!({
        "number": c.number,
        "date": c.date.iso_day(),
        "credited_invoice": c.of,
        "label": c.label,
        "customer": {"number": CUSTOMER, "name": "Atelier Aubépin", "email": EMAIL},
        "reason": text,
        "net": out::point(net),
        "vat": out::point(c.tax()),
        "total": out::point(c.total()),
        "currency": "EUR",
        "status": c.status,
        "refund_payment": c.payments[0]
    })
}

fn payment_means() -> Vec<Value> {
    vec![
        json!({"means_id": "PM-1", "type": "sepa_mandate", "mandate_reference": "SLY-40117-01", "holder": "Atelier Aubepin",
               "iban": "FR76 **** **** **** **** **** 004", "signed_on": "2019-03-11", "ended_on": "2022-08-22", "status": "ended"}),
        json!({"means_id": "PM-2", "type": "card", "brand": "CB", "last4": "4242", "holder": "Camille Aubépin",
               "expires": "2027-04", "added_on": "2021-05-18", "status": "active"}),
        json!({"means_id": "PM-3", "type": "sepa_mandate", "mandate_reference": "SLY-40117-02", "holder": "Atelier Aubépin",
               "iban": "FR76 3000 6000 0112 3456 7890 189", "signed_on": "2022-08-22", "ended_on": null, "status": "active"}),
    ]
}

fn accounts(documents: &[&Document]) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let header = vec![
        "Date",
        "Pièce",
        "Journal",
        "Libellé",
        "Montant HT",
        "TVA",
        "Montant TTC",
        "Devise",
        "Échéance",
        "Statut",
    ];
    let needle = row_of_needle(documents);
    let rows = documents
        .iter()
        .enumerate()
        .map(|(n, d)| {
            let mut label = format!("{} – Atelier Aubépin", d.label);
            if n == needle {
                label.push_str(", main-d’œuvre « brindezinguette »");
            }
            if d.number == TRAINING {
                label = "Formation en ligne ; 2 h\nvoir avoir A-2023-0042".to_owned();
            }
            let status = match d.status {
                "paid" => "réglée",
                "refunded" => "remboursé",
                _ => "en retard",
            };
            vec![
                d.date.slashed(),
                d.number.clone(),
                if d.of.is_empty() { "VE" } else { "AV" }.to_owned(),
                label,
                out::comma(d.net()),
                out::comma(d.tax()),
                out::comma(d.total()),
                "EUR".to_owned(),
                d.due().slashed(),
                status.to_owned(),
            ]
        })
        .collect();
    (header, rows)
}

/// The workshop moved on 1 July 2022.
fn street_of(date: Moment) -> &'static str {
    if date < Moment::day(2022, 7, 1) { "12 rue des Lilas" } else { "8 quai Valin" }
}

fn as_pdf(d: &Document) -> Vec<u8> {
    let kind = if d.of.is_empty() { "Facture" } else { "Avoir" };
    let mut lines = vec![
        "SELLSY, 50 avenue du Lazaret, 17000 La Rochelle".to_owned(),
        String::new(),
        format!("Atelier Aubépin, {}, 17000 La Rochelle", street_of(d.date)),
        format!("Client n° {CUSTOMER}"),
        format!("Date : {}", d.date.slashed()),
        String::new(),
    ];
    lines.extend(d.lines.iter().map(|(text, net)| format!("{text} : {} € HT", out::comma(*net))));
    lines.push(String::new());
    lines.push(format!("Total HT : {} €", out::comma(d.net())));
    lines.push(format!("TVA 20 % : {} €", out::comma(d.tax())));
    lines.push(format!("Total TTC : {} €", out::comma(d.total())));
    out::pdf(&format!("{kind} {}", d.number), &lines)
}
