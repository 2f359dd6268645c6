//! The documents and payments of eight years, before they are written in one form or another.

use serde_json::{Value, json};

use super::super::out;
use crate::clock::Moment;
use crate::rng::Rng;

/// An invoice, or a credit note where the amounts are negative.
pub(super) struct Document {
    pub(super) number: String,
    pub(super) date: Moment,
    pub(super) label: String,
    /// Description and net amount in cents.
    pub(super) lines: Vec<(&'static str, i64)>,
    pub(super) payments: Vec<String>,
    pub(super) status: &'static str,
    /// The invoice that a credit note belongs to.
    pub(super) of: &'static str,
}

impl Document {
    pub(super) fn net(&self) -> i64 {
        self.lines.iter().map(|l| l.1).sum()
    }

    /// 20 %; every net amount here is a multiple of 5 cents, so nothing is rounded.
    pub(super) fn tax(&self) -> i64 {
        self.net() / 5
    }

    pub(super) fn total(&self) -> i64 {
        self.net() + self.tax()
    }

    pub(super) fn due(&self) -> Moment {
        self.date.plus_days(15)
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// What the subscription cost from a month on: year, month, lines with net cents.
type Price = (i64, i64, &'static [(&'static str, i64)]);

const PRICES: [Price; 7] = [
    (2019, 3, &[("Abonnement Facturation", 2_900)]),
    (2020, 1, &[("Abonnement Facturation", 2_900), ("Module Devis signés", 1_000)]),
    (2021, 1, &[("Abonnement Facturation", 2_900), ("Module Devis signés", 1_000), ("Module CRM", 2_000)]),
    (
        2022,
        1,
        &[
            ("Abonnement Facturation", 2_900),
            ("Module Devis signés", 1_000),
            ("Module CRM", 2_000),
            ("Synchronisation bancaire", 1_000),
        ],
    ),
    (
        2023,
        1,
        &[
            ("Abonnement Facturation", 2_900),
            ("Module Devis signés", 1_000),
            ("Module CRM", 2_000),
            ("Synchronisation bancaire", 1_000),
            ("Module Relances", 1_350),
        ],
    ),
    (
        2023,
        11,
        &[("Abonnement Facturation", 5_900), ("Module CRM", 2_500), ("Synchronisation bancaire", 1_500)],
    ),
    (
        2025,
        1,
        &[
            ("Abonnement Facturation", 5_900),
            ("Module CRM", 2_500),
            ("Synchronisation bancaire", 1_500),
            ("Facture électronique (Factur-X)", 1_000),
        ],
    ),
];

/// Numbers that the tickets and the mails speak of.
const NUMBERS: [(i64, i64, i64); 14] = [
    (2021, 5, 431),
    (2021, 6, 527),
    (2023, 7, 766),
    (2023, 8, 872),
    (2023, 9, 981),
    (2023, 10, 1077),
    (2023, 11, 1190),
    (2023, 12, 1288),
    (2024, 1, 101),
    (2024, 2, 207),
    (2024, 3, 312),
    (2026, 8, 838),
    (2026, 9, 940),
    (2026, 10, 1043),
];

pub(super) const DOUBLE: &str = "F-2024-0207";

pub(super) const OVERDUE: &str = "F-2026-0940";

pub(super) const LATE: &str = "F-2023-0766";

pub(super) const TRAINING: &str = "F-2023-1102";

pub(super) const TRANSFER: &str = "F-2021-0498";

pub(super) fn invoices(rng: &mut Rng) -> Vec<Document> {
    let mut list = Vec::new();
    let (mut year, mut month) = (2019, 3);
    while (year, month) <= (2026, 10) {
        let known = NUMBERS.iter().find(|n| (n.0, n.1) == (year, month));
        let number = known.map_or_else(|| (month - 1) * 104 + 96 + i64::from(rng.below(12)), |n| n.2);
        let price = PRICES
            .iter()
            .rev()
            .find(|p| (p.0, p.1) <= (year, month))
            .expect("the first price is the first month");
        let name = MONTHS[usize::try_from(month - 1).expect("months count from 1")];
        list.push(Document {
            number: format!("F-{year}-{number:04}"),
            // The first invoice came with the account.
            date: Moment::day(year, month, if (year, month) == (2019, 3) { 11 } else { 1 }),
            label: format!(
                "Abonnement {}, {name} {year}",
                if price.2.len() > 1 { "Facturation et modules" } else { "Facturation" }
            ),
            lines: price.2.to_vec(),
            payments: Vec::new(),
            status: "paid",
            of: "",
        });
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    let mut extra = |number: &str, date: &str, label: &str, line: (&'static str, i64)| {
        list.push(Document {
            number: number.to_owned(),
            date: Moment::parse(date),
            label: label.to_owned(),
            lines: vec![line],
            payments: Vec::new(),
            status: "paid",
            of: "",
        });
    };
    let import = ("Reprise de données, lot carambinoche, forfait", 15_000);
    extra(TRANSFER, "2021-05-18", "Reprise de données", import);
    extra(
        TRAINING,
        "2023-10-14",
        "Formation en ligne, 2 h",
        ("Formation en ligne « Bien relancer », 2 h", 20_000),
    );
    list.sort_by_key(|i| i.date);
    list
}

pub(super) fn credit_notes() -> Vec<Document> {
    let credit =
        |number: &str, date: &str, of: &'static str, line: (&'static str, i64), paid: &str| Document {
            number: number.to_owned(),
            date: Moment::parse(date),
            label: format!("Avoir sur {of}"),
            lines: vec![line],
            payments: vec![paid.to_owned()],
            status: "refunded",
            of,
        };
    vec![
        credit(
            "A-2021-0011",
            "2021-06-02",
            TRANSFER,
            ("Remise de fidélité sur la reprise de données", -1_000),
            "P-4871",
        ),
        credit(
            "A-2023-0042",
            "2023-10-17",
            TRAINING,
            ("Formation interrompue, seconde heure", -10_000),
            "P-7481",
        ),
        credit(
            "A-2024-0003",
            "2024-01-02",
            "F-2023-1288",
            ("Panne de synchronisation, un demi-mois", -4_950),
            "P-7655",
        ),
    ]
}

/// Makes the payments, and writes their numbers and the final status into the invoices.
pub(super) fn payments(invoices: &mut [Document], rng: &mut Rng) -> Vec<Value> {
    let mut list: Vec<(Moment, Value)> = Vec::new();
    let mut pay = |date: Moment,
                   id: &str,
                   of: &str,
                   cents: i64,
                   (method, status, means): (&str, &str, &str),
                   reference: &str| {
        // A number as most programs write one: 118.8, not 118.80. Cents divided by 100 give the nearest.
        let amount: Value = serde_json::from_str(&out::point(cents)).expect("a decimal number");
        list.push((
            date,
            json!({
                "payment_id": id,
                "invoice": of,
                "paid_at": date.iso_day(),
                "method": method,
                "means": means,
                "amount": amount,
                "currency": "EUR",
                "status": status,
                "reference": reference
            }),
        ));
    };
    for (n, invoice) in invoices.iter_mut().enumerate() {
        if invoice.number == OVERDUE {
            invoice.status = "overdue";
            continue;
        }
        // 87 payments of other customers lie between two of Camille's.
        let base = 7_719 - 87 * (61 - i64::try_from(n).expect("a short list"));
        let base = if n == 61 { base } else { base + i64::from(rng.below(20)) };
        let id = format!("P-{base}");
        let date =
            if invoice.number == LATE { invoice.due().plus_days(12) } else { invoice.date.plus_days(4) };
        let means = means_of(date);
        let total = invoice.total();
        let reference = format!("PRLV SELLSY {}", invoice.number);
        match (invoice.number.as_str(), invoice.date.iso_day().as_str()) {
            (TRANSFER, _) => {
                for part in 0..3 {
                    let id = format!("P-{}", if part == 0 { base } else { base + 43 + 87 * part });
                    let text = format!("Reprise de données, échéance {} sur 3", part + 1);
                    pay(
                        date.plus_days(30 * part),
                        &id,
                        &invoice.number,
                        total / 3,
                        ("card", "succeeded", "PM-2"),
                        &text,
                    );
                    invoice.payments.push(id);
                }
                continue;
            }
            (TRAINING, _) => {
                pay(
                    invoice.date,
                    &id,
                    &invoice.number,
                    total,
                    ("card", "succeeded", "PM-2"),
                    "Paiement par carte 4242",
                );
                invoice.payments.push(id);
                continue;
            }
            (_, "2020-04-01") | (_, "2022-08-01") => {
                pay(date, &id, &invoice.number, total, ("sepa_debit", "failed", means), &reference);
                let again = format!("P-{}", base + 31);
                let day =
                    if date.ymd().0 == 2020 { Moment::day(2020, 4, 24) } else { Moment::day(2022, 8, 29) };
                pay(
                    day,
                    &again,
                    &invoice.number,
                    total,
                    ("sepa_debit", "succeeded", means_of(day)),
                    &reference,
                );
                invoice.payments.extend([id, again]);
                continue;
            }
            (DOUBLE, _) => {
                let again = format!("P-{}", base + 1);
                pay(date, &again, &invoice.number, total, ("sepa_debit", "succeeded", means), &reference);
                invoice.payments.extend([id.clone(), again]);
            }
            _ => invoice.payments.push(id.clone()),
        }
        pay(date, &id, &invoice.number, total, ("sepa_debit", "succeeded", means), &reference);
    }
    let refund = ("refund", "succeeded", "PM-2");
    pay(
        Moment::parse("2021-06-09"),
        "P-4871",
        "A-2021-0011",
        -1_200,
        refund,
        "Remboursement, remise de fidélité",
    );
    pay(
        Moment::parse("2023-11-08"),
        "P-7481",
        "A-2023-0042",
        -12_000,
        refund,
        "Remboursement formation, seconde heure",
    );
    pay(
        Moment::parse("2024-01-09"),
        "P-7655",
        "A-2024-0003",
        -5_940,
        refund,
        "Remboursement panne de synchronisation",
    );
    list.sort_by_key(|(date, p)| (*date, p["payment_id"].to_string()));
    list.into_iter().map(|(_, p)| p).collect()
}

/// The mandate of the old bank until the debit of August 2022 failed, the new one from then on.
fn means_of(date: Moment) -> &'static str {
    if date < Moment::parse("2022-08-22") { "PM-1" } else { "PM-3" }
}
