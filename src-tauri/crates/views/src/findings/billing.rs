//! `paid_twice` and `overdue`: what the ledger says about an invoice and its payments.

use std::collections::{BTreeMap, HashSet};

use records::{Day, Kind, Money, What};
use rust_decimal::Decimal;

use crate::findings::{Code, Finding, Weight, few};
use crate::ledger::{Ledger, Line, Status};
use crate::place::cents;

/// Invoices and orders paid about twice or more.
///
/// Source: Art. 5(1)(d) GDPR (accuracy) makes the record worth a question; the money itself is a matter of civil law
/// (in France Art. 1302 of the Code civil, what was not owed is to be given back), so no GDPR right answers it.
///
/// Fires when successful payments that pay this document alone, each with a number of its own, less refunds, exceed
/// its gross by at least nine tenths of it. Left alone: failed, cancelled, awaited and refunded payments; a credit
/// note over the excess; payments by instalments; one payment told by two files (same day and amount in different
/// files count once, whatever their numbers); a document whose amount is in doubt.
pub fn paid_twice(ledger: &Ledger) -> Vec<Finding> {
    ledger.documents.iter().filter_map(|line| twice(ledger, line)).collect()
}

fn twice(ledger: &Ledger, line: &Line) -> Option<Finding> {
    let gross = line.gross.as_ref().filter(|g| g.amount > Decimal::ZERO)?;
    if !matches!(line.what, What::Invoice | What::Order) || !line.rivals.is_empty() || line.payments.len() < 2
    {
        return None;
    }
    let same = |money: &Money| {
        money.currency.is_none() || gross.currency.is_none() || money.currency == gross.currency
    };
    let ours = |p: &&Line| p.gross.as_ref().is_some_and(same);
    let alone = |p: &&Line| p.cites.iter().filter(|c| c.line.is_some()).take(2).count() == 1;
    let made = |p: &&Line| matches!(p.status, Status::Paid | Status::Unknown);

    let mut numbers: HashSet<&str> = HashSet::new();
    let mut paid: Vec<&Line> = Vec::new();
    for payment in ledger.payments_of(line).filter(|p| !p.gives_back()).filter(ours) {
        // What pays several invoices cannot be told apart, so nothing is said.
        if !alone(&payment) {
            return None;
        }
        // Without a number of its own a payment inside the invoice is told apart by its place.
        let own =
            if payment.number.is_empty() { payment.locator.at.as_str() } else { payment.number.as_str() };
        if made(&payment) && (!payment.number.is_empty() || payment.id == line.id) && numbers.insert(own) {
            paid.push(payment);
        }
    }
    let paid = once_a_file(paid);
    let total = sum(&paid)?;
    let back: Vec<&Line> =
        ledger.payments_of(line).filter(|p| p.gives_back() && p.counted).filter(ours).collect();
    let credits: Vec<&Line> = ledger.credits_of(line).filter(ours).collect();
    let excess = total.checked_sub(sum(&back)?)?.checked_sub(gross.amount)?;
    let enough = gross.amount.checked_mul(Decimal::new(9, 1))?;
    if paid.len() < 2 || excess < enough || sum(&credits)? >= enough {
        return None;
    }
    let args = BTreeMap::from([
        ("number", line.number.clone()),
        ("gross", cents(gross.amount).to_string()),
        ("paid", cents(total).to_string()),
        ("excess", cents(excess).to_string()),
        ("currency", gross.currency.clone().unwrap_or_default()),
        ("payments", paid.len().to_string()),
    ]);
    let records = few(std::iter::once(line.id).chain(paid.iter().map(|p| p.id)));
    Some(Finding {
        code: Code::PaidTwice,
        weight: Weight::Bad,
        kind: Kind::Billing,
        args,
        records,
        right: None,
    })
}

/// One payment may be told by two files under two numbers: of the same day and amount, as many count as the file
/// that has most of them.
fn once_a_file(paid: Vec<&Line>) -> Vec<&Line> {
    type Alike = (Option<Day>, Option<Decimal>);
    let mut alike: BTreeMap<Alike, BTreeMap<u32, Vec<&Line>>> = BTreeMap::new();
    for payment in paid {
        let mark = (payment.day, payment.gross.as_ref().map(|m| m.amount.normalize()));
        alike.entry(mark).or_default().entry(payment.id.entry.0).or_default().push(payment);
    }
    alike.into_values().filter_map(|files| files.into_values().max_by_key(Vec::len)).flatten().collect()
}

fn sum(lines: &[&Line]) -> Option<Decimal> {
    lines
        .iter()
        .filter_map(|line| line.gross.as_ref())
        .try_fold(Decimal::ZERO, |sum, money| sum.checked_add(money.amount.abs()))
}

/// Invoices that the export itself says are still to be paid, on the export's last day.
///
/// Source: Art. L441-10 of the French Code de commerce (terms of payment) for companies; told to the person because
/// an unpaid invoice explains reminders and is often a payment that was not booked.
///
/// Fires when the status says overdue, or says unpaid and the due day lies before `last_day`. Left alone: an unknown
/// status, however old; invoices whose payments or credit notes in the export reach the gross; drafts.
pub fn overdue(ledger: &Ledger, last_day: Day) -> Vec<Finding> {
    let late = |line: &&Line| {
        let told = match line.status {
            Status::Overdue => line.due.is_none_or(|due| due < last_day),
            Status::Due => line.due.is_some_and(|due| due < last_day),
            _ => false,
        };
        line.what == What::Invoice && told && !settled(ledger, line)
    };
    let finding = |line: &Line| {
        let gross = line.gross.as_ref();
        let args = BTreeMap::from([
            ("number", line.number.clone()),
            ("due", line.due.map(|d| d.to_string()).unwrap_or_default()),
            ("gross", gross.map(|m| cents(m.amount).to_string()).unwrap_or_default()),
            ("currency", gross.and_then(|m| m.currency.clone()).unwrap_or_default()),
            ("status", line.status_raw.clone()),
        ]);
        let records = few(line.records());
        Finding { code: Code::Overdue, weight: Weight::Info, kind: Kind::Billing, args, records, right: None }
    };
    ledger.documents.iter().filter(late).map(finding).collect()
}

/// Whether the payments in the export, less refunds, and the credit notes make up the gross.
fn settled(ledger: &Ledger, line: &Line) -> bool {
    let Some(gross) = &line.gross else { return false };
    let (back, made): (Vec<&Line>, Vec<&Line>) =
        ledger.payments_of(line).filter(|p| p.counted).partition(|p| p.gives_back());
    let made: Vec<&Line> = made.into_iter().chain(ledger.credits_of(line)).collect();
    let left = sum(&made).zip(sum(&back)).and_then(|(made, back)| made.checked_sub(back));
    left.is_some_and(|left| left > Decimal::ZERO && left >= gross.amount)
}
