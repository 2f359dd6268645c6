//! The ledger as a reader would see it, one check for many small exports.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use records::Kind::Billing;
use records::Role::{
    Amount, Currency, Date, DueOn, Gross, Id, InvoiceNumber, Label, Net, PaidOn, PaymentNumber,
    Status as Stand, Tax,
};
use records::What::{CreditNote, Invoice, Order, Payment, PaymentMeans, Refund};
use records::{EntryId, Record, RecordId, Role, What};
use rust_decimal::Decimal;

use super::{Ledger, Line, Status};
use crate::sample::{entry, record};

fn invoice(fields: &[(Role, &str, &str)]) -> Record {
    record(Billing, Invoice, fields)
}

fn payment(fields: &[(Role, &str, &str)]) -> Record {
    record(Billing, Payment, fields)
}

fn place(id: RecordId) -> String {
    format!("{}.{}", id.entry.0, id.number)
}

fn line(ledger: &Ledger, line: &Line) -> String {
    let mut out = format!("{} {} {}", place(line.id), line.what.word(), line.number);
    let mut tell = |word: &str, told: String| {
        if !told.is_empty() {
            out.push_str(&format!(" {word}={told}"));
        }
    };
    tell("day", line.day.map(|d| d.to_string()).unwrap_or_default());
    for (word, money) in [("net", &line.net), ("tax", &line.tax), ("gross", &line.gross)] {
        let currency = |c: &Option<String>| c.clone().unwrap_or_default();
        tell(
            word,
            money.as_ref().map(|m| format!("{}{}", m.amount, currency(&m.currency))).unwrap_or_default(),
        );
    }
    tell("due", line.due.map(|d| d.to_string()).unwrap_or_default());
    tell(
        "status",
        if line.status == Status::Unknown { String::new() } else { line.status.word().to_owned() },
    );
    let numbers = |lines: Vec<&Line>| {
        let told =
            lines.into_iter().map(|l| if l.number.is_empty() { place(l.id) } else { l.number.clone() });
        told.collect::<Vec<_>>().join("+")
    };
    tell("payments", numbers(ledger.payments_of(line).collect()));
    tell("credits", numbers(ledger.credits_of(line).collect()));
    let cited = |c: &super::Cited| format!("{}{}", c.number, if c.line.is_none() { "?" } else { "" });
    tell("cites", line.cites.iter().map(cited).collect::<Vec<_>>().join("+"));
    tell("also", line.also.iter().map(|s| place(s.record)).collect::<Vec<_>>().join("+"));
    tell("differs", line.differs.iter().map(|r| r.word()).collect::<Vec<_>>().join("+"));
    tell("rivals", line.rivals.iter().map(|id| place(*id)).collect::<Vec<_>>().join("+"));
    if !line.counted {
        out.push_str(" not counted");
    }
    out
}

fn check(files: Vec<Vec<Record>>, wanted: Expect) {
    let ledger = Ledger::build(export(files));
    let mut out = String::new();
    for shown in ledger.documents.iter().chain(&ledger.payments).chain(&ledger.others) {
        out.push_str(&line(&ledger, shown));
        out.push('\n');
    }
    for year in &ledger.years {
        let currency = year.currency.as_deref().unwrap_or("?");
        let when = year.year.map_or("?".to_owned(), |y| y.to_string());
        out.push_str(&format!("{currency} {when}: invoiced {} paid {}", year.invoiced, year.paid));
        if year.orders > 0 {
            out.push_str(&format!(" ordered {}", year.ordered));
        }
        out.push_str(&format!(" ({}/{})", year.documents, year.payments));
        if year.without_amount > 0 {
            out.push_str(&format!(" without amount {}", year.without_amount));
        }
        out.push('\n');
    }
    wanted.assert_eq(&out);
}

fn export(files: Vec<Vec<Record>>) -> Vec<Record> {
    let files = files.into_iter().enumerate();
    files
        .flat_map(|(at, records)| entry(u32::try_from(at).expect("few"), &format!("{at}.json"), records))
        .collect()
}

#[test]
fn a_payment_is_tied_to_its_invoice_whatever_the_separators() {
    check(
        vec![
            vec![invoice(&[
                (InvoiceNumber, "number", "F-2024-0207"),
                (Date, "date", "2024-02-01"),
                (DueOn, "due_at", "2024-02-16"),
                (Net, "net", "99.00 EUR"),
                (Tax, "vat", "19.80 EUR"),
                (Gross, "total", "118.80 EUR"),
                (Stand, "status", "réglée"),
            ])],
            vec![payment(&[
                (PaymentNumber, "payment_id", "P-7719"),
                (InvoiceNumber, "invoice", "f 2024/0207"),
                (PaidOn, "paid_at", "2024-02-05"),
                (Amount, "amount", "118.80 EUR"),
            ])],
        ],
        expect![[r#"
            0.0 invoice F-2024-0207 day=2024-02-01 net=99.00EUR tax=19.80EUR gross=118.80EUR due=2024-02-16 status=paid payments=P-7719
            1.0 payment P-7719 day=2024-02-05 gross=118.80EUR cites=F-2024-0207
            EUR 2024: invoiced 118.80 paid 118.80 (1/1)
        "#]],
    );
}

#[test]
fn what_the_export_leaves_out_stays_out() {
    check(
        vec![vec![
            invoice(&[(InvoiceNumber, "number", "1"), (Net, "net", "10 EUR"), (Tax, "vat", "2 EUR")]),
            invoice(&[
                (InvoiceNumber, "number", "2"),
                (Gross, "lines/0/total", "5 EUR"),
                (Gross, "total", "12 EUR"),
            ]),
            invoice(&[(InvoiceNumber, "number", "3"), (Gross, "lines/0/total", "5 EUR")]),
            invoice(&[(InvoiceNumber, "number", "4"), (Gross, "total", "7"), (Currency, "currency", "gbp")]),
        ]],
        expect![[r#"
            0.0 invoice 1 net=10EUR tax=2EUR
            0.1 invoice 2 gross=12EUR
            0.2 invoice 3
            0.3 invoice 4 gross=7GBP
            EUR ?: invoiced 12 paid 0 (2/0) without amount 1
            GBP ?: invoiced 7 paid 0 (1/0)
            ? ?: invoiced 0 paid 0 (1/0) without amount 1
        "#]],
    );
}

#[test]
fn one_document_in_two_files_is_one_line_with_two_places() {
    check(
        vec![
            vec![
                invoice(&[
                    (InvoiceNumber, "number", "F-1"),
                    (Date, "date", "2024-01-01"),
                    (Gross, "total", "12.00 EUR"),
                    (Stand, "status", "paid"),
                ]),
                record(
                    Billing,
                    CreditNote,
                    &[
                        (Role::Number, "number", "A-1"),
                        (InvoiceNumber, "credited_invoice", "F-1"),
                        (Date, "date", "2024-01-09"),
                        (Gross, "total", "2.00 EUR"),
                    ],
                ),
            ],
            vec![
                invoice(&[
                    (Date, "Date", "2024-01-02"),
                    (InvoiceNumber, "Pièce", "f1"),
                    (Net, "HT", "10.00 EUR"),
                    (Tax, "TVA", "2.00 EUR"),
                    (Gross, "TTC", "12.00 EUR"),
                    (Stand, "Statut", "en retard"),
                ]),
                // The accountant's table calls everything an invoice and lets the sign speak.
                invoice(&[
                    (Date, "Date", "2024-01-09"),
                    (InvoiceNumber, "Pièce", "A-1"),
                    (Gross, "TTC", "-2.00 EUR"),
                ]),
            ],
        ],
        expect![[r#"
            0.1 credit_note A-1 day=2024-01-09 gross=2.00EUR cites=f1 also=1.1
            1.0 invoice f1 day=2024-01-02 net=10.00EUR tax=2.00EUR gross=12.00EUR status=overdue credits=A-1 also=0.0 differs=date+status
            EUR 2024: invoiced 10.00 paid 0 (2/0)
        "#]],
    );
}

#[test]
fn one_number_with_two_amounts_is_shown_twice_and_counted_once() {
    check(
        vec![
            vec![invoice(&[
                (InvoiceNumber, "number", "F-1"),
                (Date, "date", "2024-01-01"),
                (Gross, "total", "118.80 EUR"),
            ])],
            vec![invoice(&[(InvoiceNumber, "Pièce", "F-1"), (Gross, "TTC", "118.08 EUR")])],
        ],
        expect![[r#"
            0.0 invoice F-1 day=2024-01-01 gross=118.80EUR rivals=1.0
            1.0 invoice F-1 gross=118.08EUR rivals=0.0 not counted
            EUR 2024: invoiced 118.80 paid 0 (1/0)
        "#]],
    );
}

#[test]
fn rows_ids_and_equal_prices_do_not_make_one_payment_of_two() {
    check(
        vec![
            vec![
                payment(&[(Id, "id", "3"), (PaidOn, "on", "2024-03-01"), (Amount, "amount", "29.90 EUR")]),
                payment(&[(Id, "id", "4"), (PaidOn, "on", "2024-04-01"), (Amount, "amount", "29.90 EUR")]),
            ],
            vec![payment(&[(Id, "id", "3"), (PaidOn, "on", "2024-05-01"), (Amount, "amount", "29.90 EUR")])],
            vec![payment(&[(Id, "id", "4"), (PaidOn, "on", "2024-04-01"), (Amount, "amount", "29.90 EUR")])],
        ],
        expect![[r#"
            1.0 payment 3 day=2024-05-01 gross=29.90EUR
            0.1 payment 4 day=2024-04-01 gross=29.90EUR also=2.0
            0.0 payment 3 day=2024-03-01 gross=29.90EUR
            EUR 2024: invoiced 0 paid 89.70 (0/3)
        "#]],
    );
}

#[test]
fn payments_inside_an_invoice_are_payments() {
    check(
        vec![
            vec![
                invoice(&[
                    (InvoiceNumber, "number", "F-1"),
                    (Date, "date", "2024-01-01"),
                    (Gross, "total", "20 EUR"),
                    (PaymentNumber, "payments/0/ref", "P-1"),
                    (Date, "payments/0/date", "2024-01-03"),
                    (Amount, "payments/0/amount", "15 EUR"),
                    (Date, "payments/1/date", "2024-01-04"),
                    (Amount, "payments/1/amount", "5 EUR"),
                ]),
                invoice(&[
                    (InvoiceNumber, "number", "F-2"),
                    (Date, "date", "2024-01-02"),
                    (Gross, "total", "7 EUR"),
                    (PaymentNumber, "payments/0", "P-9"),
                    (Date, "refunds/0/date", "2024-01-20"),
                    (Amount, "refunds/0/amount", "7 EUR"),
                ]),
            ],
            vec![
                payment(&[
                    (PaymentNumber, "id", "P-1"),
                    (PaidOn, "on", "2024-01-03"),
                    (Amount, "amount", "15 EUR"),
                ]),
                payment(&[
                    (InvoiceNumber, "of", "F-1"),
                    (PaidOn, "on", "2024-01-04"),
                    (Amount, "amount", "5 EUR"),
                ]),
                payment(&[
                    (PaymentNumber, "id", "P-9"),
                    (PaidOn, "on", "2024-01-05"),
                    (Amount, "amount", "7 EUR"),
                ]),
            ],
        ],
        expect![[r#"
            0.1 invoice F-2 day=2024-01-02 gross=7EUR payments=0.1+P-9
            0.0 invoice F-1 day=2024-01-01 gross=20EUR payments=1.1+P-1
            0.1 refund  day=2024-01-20 gross=7EUR cites=F-2
            1.2 payment P-9 day=2024-01-05 gross=7EUR cites=F-2
            1.1 payment  day=2024-01-04 gross=5EUR cites=F-1 also=0.0
            1.0 payment P-1 day=2024-01-03 gross=15EUR cites=F-1 also=0.0
            EUR 2024: invoiced 27 paid 20 (2/4)
        "#]],
    );
}

#[test]
fn credit_notes_and_refunds_find_what_they_take_back() {
    check(
        vec![vec![
            invoice(&[
                (Role::Number, "number", "F-2010"),
                (Date, "date", "2023-01-01"),
                (Gross, "total", "50 EUR"),
            ]),
            record(
                Billing,
                CreditNote,
                &[
                    (InvoiceNumber, "document", "AV-3"),
                    (Date, "date", "2023-02-01"),
                    (Label, "label", "Avoir sur F-2010, remise"),
                    (Gross, "total", "-50 EUR"),
                ],
            ),
            payment(&[
                (PaymentNumber, "id", "P-1"),
                (Label, "label", "PRLV EXEMPLE F-2010"),
                (PaidOn, "on", "2023-01-05"),
                (Amount, "amount", "50 EUR"),
            ]),
            record(
                Billing,
                Refund,
                &[
                    (Role::Number, "number", "R-1"),
                    (PaymentNumber, "payment", "P-1"),
                    (PaidOn, "on", "2023-02-05"),
                    (Amount, "amount", "50 EUR"),
                ],
            ),
            payment(&[
                (PaymentNumber, "id", "P-2"),
                (InvoiceNumber, "invoice", "F-99"),
                (PaidOn, "on", "2023-03-01"),
                (Amount, "amount", "1 EUR"),
            ]),
        ]],
        expect![[r#"
            0.1 credit_note AV-3 day=2023-02-01 gross=-50EUR cites=F-2010
            0.0 invoice F-2010 day=2023-01-01 gross=50EUR payments=R-1+P-1 credits=AV-3
            0.4 payment P-2 day=2023-03-01 gross=1EUR cites=F-99?
            0.3 refund R-1 day=2023-02-05 gross=50EUR cites=F-2010
            0.2 payment P-1 day=2023-01-05 gross=50EUR cites=F-2010
            EUR 2023: invoiced 0 paid 1 (2/3)
        "#]],
    );
}

#[test]
fn what_was_never_issued_or_paid_does_not_count() {
    let with = |what: What, number: &str, amount: &str, status: &str| {
        record(
            Billing,
            what,
            &[
                (if what == Payment { PaymentNumber } else { InvoiceNumber }, "number", number),
                (Gross, "total", amount),
                (Date, "date", "2022-05-05"),
                (Stand, "status", status),
            ],
        )
    };
    check(
        vec![vec![
            with(Invoice, "F-1", "1 EUR", "draft"),
            with(Invoice, "F-2", "2 EUR", "annulée"),
            with(Invoice, "F-3", "4 EUR", "unpaid"),
            with(Payment, "P-1", "8 EUR", "failed"),
            with(Payment, "P-2", "16 EUR", "pending"),
            with(Payment, "P-3", "32 EUR", "refunded"),
            with(Payment, "P-4", "-64 EUR", "refunded"),
            with(Payment, "P-5", "128 EUR", "captured"),
            with(Order, "B-1", "256 EUR", "delivered"),
            with(PaymentMeans, "M-1", "512 EUR", ""),
        ]],
        expect![[r#"
            0.0 invoice F-1 day=2022-05-05 gross=1EUR status=draft not counted
            0.1 invoice F-2 day=2022-05-05 gross=2EUR status=cancelled not counted
            0.2 invoice F-3 day=2022-05-05 gross=4EUR status=due
            0.8 order B-1 day=2022-05-05 gross=256EUR
            0.3 payment P-1 day=2022-05-05 gross=8EUR status=failed not counted
            0.4 payment P-2 day=2022-05-05 gross=16EUR status=due not counted
            0.5 payment P-3 day=2022-05-05 gross=32EUR status=refunded not counted
            0.6 payment P-4 day=2022-05-05 gross=-64EUR status=refunded
            0.7 payment P-5 day=2022-05-05 gross=128EUR status=paid
            0.9 payment_means M-1 day=2022-05-05 gross=512EUR
            EUR 2022: invoiced 4 paid 64 ordered 256 (1/2)
        "#]],
    );
}

#[test]
fn currencies_and_years_stay_apart() {
    let one = |number: &str, day: &str, amount: &str| {
        invoice(&[(InvoiceNumber, "number", number), (Date, "date", day), (Gross, "total", amount)])
    };
    check(
        vec![vec![
            one("1", "2023-12-31", "10 EUR"),
            one("2", "2024-01-01", "20 EUR"),
            one("3", "2024-06-01", "30 USD"),
            one("4", "2024-06-01", "40"),
            one("5", "", "50 EUR"),
            one("6", "2024-07-01", ""),
            one("7", "2024-07-01", "79228162514264337593543950335 EUR"),
            one("8", "2024-07-02", "79228162514264337593543950335 EUR"),
        ]],
        expect![[r#"
            0.7 invoice 8 day=2024-07-02 gross=79228162514264337593543950335EUR
            0.5 invoice 6 day=2024-07-01
            0.6 invoice 7 day=2024-07-01 gross=79228162514264337593543950335EUR
            0.2 invoice 3 day=2024-06-01 gross=30USD
            0.3 invoice 4 day=2024-06-01 gross=40
            0.1 invoice 2 day=2024-01-01 gross=20EUR
            0.0 invoice 1 day=2023-12-31 gross=10EUR
            0.4 invoice 5 gross=50EUR
            EUR 2023: invoiced 10 paid 0 (1/0)
            EUR 2024: invoiced 79228162514264337593543950335 paid 0 (3/0) without amount 2
            EUR ?: invoiced 50 paid 0 (1/0)
            USD 2024: invoiced 30 paid 0 (1/0)
            ? 2024: invoiced 40 paid 0 (2/0) without amount 1
        "#]],
    );
}

#[test]
fn a_customers_number_is_not_the_documents() {
    check(
        vec![vec![invoice(&[
            (Role::Number, "customer/number", "40117"),
            (Role::Number, "number", "F-1"),
            (Gross, "total", "1 EUR"),
        ])]],
        expect![[r#"
            0.0 invoice F-1 gross=1EUR
            EUR ?: invoiced 1 paid 0 (1/0)
        "#]],
    );
}

#[test]
fn an_order_is_cited_by_its_id_and_a_result_is_a_status() {
    check(
        vec![vec![
            record(
                Billing,
                Order,
                &[
                    (Id, "id", "8812"),
                    (InvoiceNumber, "order_no", "HL50654"),
                    (Date, "order_date", "2022-05-28"),
                    (Gross, "total", "15.94 GBP"),
                ],
            ),
            payment(&[
                (PaymentNumber, "transaction_id", "TX-0"),
                (InvoiceNumber, "order_no", "HL50654"),
                (Amount, "amount", "15.94 GBP"),
                (Role::Other, "result", "declined"),
            ]),
            payment(&[
                (PaymentNumber, "transaction_id", "TX-1"),
                (InvoiceNumber, "order_id", "8812"),
                (Amount, "amount", "15.94 GBP"),
                (Role::Other, "result", "captured"),
            ]),
        ]],
        expect![[r#"
            0.0 order HL50654 day=2022-05-28 gross=15.94GBP payments=TX-0+TX-1
            0.1 payment TX-0 gross=15.94GBP status=failed cites=HL50654 not counted
            0.2 payment TX-1 gross=15.94GBP status=paid cites=HL50654
            GBP 2022: invoiced 0 paid 0 ordered 15.94 (0/0)
            GBP ?: invoiced 0 paid 15.94 (0/1)
        "#]],
    );
}

#[test]
fn a_payment_keeps_its_number_when_the_invoice_says_more_about_it() {
    check(
        vec![
            vec![invoice(&[
                (InvoiceNumber, "number", "F-1"),
                (Date, "date", "2024-01-01"),
                (Gross, "total", "20 EUR"),
                (Date, "payments/0/date", "2024-01-03"),
                (Amount, "payments/0/amount", "20 EUR"),
                (Stand, "payments/0/status", "paid"),
                (Label, "payments/0/label", "Visa"),
            ])],
            vec![payment(&[
                (PaymentNumber, "id", "P-1"),
                (InvoiceNumber, "invoice", "F-1"),
                (PaidOn, "on", "2024-01-03"),
                (Amount, "amount", "20 EUR"),
            ])],
        ],
        expect![[r#"
            0.0 invoice F-1 day=2024-01-01 gross=20EUR payments=P-1
            0.0 payment P-1 day=2024-01-03 gross=20EUR status=paid cites=F-1 also=1.0
            EUR 2024: invoiced 20 paid 20 (1/1)
        "#]],
    );
}

#[test]
fn a_payment_of_many_invoices_is_tied_to_all() {
    let numbers: Vec<(String, String)> =
        (0..30).map(|n| (format!("invoices/{n}/number"), format!("F-{n}"))).collect();
    let mut records: Vec<Record> = numbers
        .iter()
        .map(|(_, number)| invoice(&[(InvoiceNumber, "number", number), (Gross, "total", "1 EUR")]))
        .collect();
    let mut fields = vec![(PaymentNumber, "id", "P-1"), (Amount, "amount", "30 EUR")];
    fields.extend(numbers.iter().map(|(name, number)| (Role::Number, name.as_str(), number.as_str())));
    records.push(payment(&fields));
    let ledger = Ledger::build(entry(0, "a.json", records));
    assert!(ledger.documents.iter().all(|d| d.payments == [0]));
}

fn any_record() -> impl Strategy<Value = Record> {
    let whats = prop_oneof![
        Just(Invoice),
        Just(CreditNote),
        Just(Order),
        Just(Payment),
        Just(Refund),
        Just(PaymentMeans),
        Just(What::Other)
    ];
    let status =
        prop_oneof![Just(""), Just("paid"), Just("draft"), Just("failed"), Just("annulée"), Just("refunded")];
    let currency = prop_oneof![Just(""), Just(" EUR"), Just(" USD")];
    (whats, 0..6u32, 0..6u32, -3..4i32, 1..4u32, status, currency).prop_map(
        |(what, own, cited, amount, month, status, currency)| {
            let own = if own == 0 { String::new() } else { format!("N-{own}") };
            let amount = if amount == 3 { String::new() } else { format!("{amount}0.50{currency}") };
            record(
                Billing,
                what,
                &[
                    (if own.len() > 2 { Role::Number } else { Id }, "number", &own),
                    (InvoiceNumber, "invoice", &format!("N-{cited}")),
                    (Gross, "total", &amount),
                    (Date, "date", &format!("2024-0{month}-01")),
                    (Stand, "status", status),
                    (Amount, "payments/0/amount", &amount),
                    (Date, "payments/0/date", "2024-01-01"),
                ],
            )
        },
    )
}

proptest! {
    #[test]
    fn nothing_is_lost_and_totals_are_the_sum_of_lines(
        files in prop::collection::vec(prop::collection::vec(any_record(), 0..12), 0..4)
    ) {
        let records = export(files);
        let ledger = Ledger::build(&records);
        let lines = || ledger.documents.iter().chain(&ledger.payments).chain(&ledger.others);

        let mut shown: Vec<RecordId> = lines().flat_map(Line::records).collect();
        shown.sort_unstable();
        shown.dedup();
        let given: Vec<RecordId> = records.iter().map(|r| r.id).collect();
        prop_assert_eq!(shown, given);

        let amount = |line: &Line| line.gross.as_ref().map(|m| m.amount).unwrap_or_default();
        let sum = |whats: &[What], of: &[Line], sign: fn(Decimal) -> Decimal| -> Decimal {
            of.iter().filter(|l| l.counted && whats.contains(&l.what)).map(|l| sign(amount(l))).sum()
        };
        let invoiced = sum(&[Invoice], &ledger.documents, |a| a) - sum(&[CreditNote], &ledger.documents, |a| a.abs());
        let paid = sum(&[Payment], &ledger.payments, |a| a) - sum(&[Refund], &ledger.payments, |a| a.abs());
        prop_assert_eq!(ledger.years.iter().map(|y| y.invoiced).sum::<Decimal>(), invoiced);
        prop_assert_eq!(ledger.years.iter().map(|y| y.paid).sum::<Decimal>(), paid);

        for line in lines() {
            for at in &line.payments {
                let back = ledger.payments[*at].cites.iter().filter_map(|c| c.line);
                prop_assert!(back.into_iter().any(|at| &ledger.documents[at] == line));
            }
        }
        let mut turned = records.clone();
        turned.sort_by_key(|r| (r.id.entry, r.id.number));
        prop_assert_eq!(Ledger::build(turned), Ledger::build(&records));
        prop_assert_eq!(ledger.whats.values().sum::<u64>(), lines().count() as u64);
    }
}

#[test]
fn forty_thousand_payments_of_one_invoice_are_no_trouble() {
    let mut records = vec![invoice(&[(InvoiceNumber, "number", "F-1"), (Gross, "total", "1 EUR")])];
    records.extend((0..40_000).map(|n| {
        let number = format!("P-{}", n % 20_000);
        payment(&[
            (PaymentNumber, "id", &number),
            (InvoiceNumber, "invoice", "F-1"),
            (Amount, "amount", &format!("{n}.00 EUR")),
        ])
    }));
    let ledger = Ledger::build(entry(0, "payments.csv", records));
    assert_eq!(ledger.documents[0].payments.len(), 40_000);
    assert_eq!(ledger.payments[0].id.entry, EntryId(0));
}
