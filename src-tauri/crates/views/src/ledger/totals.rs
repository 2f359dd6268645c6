//! Totals by currency and year. Currencies are never added up, and what cannot be added is counted.

use std::collections::BTreeMap;

use chrono::Datelike;
use records::What;
use rust_decimal::Decimal;

use crate::ledger::{Line, Status};
use crate::place::cents;

/// Money of one currency in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyYear {
    /// ISO 4217; none where the export does not say.
    pub currency: Option<String>,
    /// The year; none for lines without a day.
    pub year: Option<i32>,
    /// Gross of invoices less credit notes.
    pub invoiced: Decimal,
    /// Payments less refunds.
    pub paid: Decimal,
    /// Gross of orders, which are not invoices.
    pub ordered: Decimal,
    /// Invoices and credit notes that count.
    pub documents: u32,
    /// Payments and refunds that count.
    pub payments: u32,
    /// Orders that count.
    pub orders: u32,
    /// Lines that would count, but whose amount is not told or too large to add.
    pub without_amount: u32,
}

/// Decides which lines are in the totals.
///
/// Drafts were never issued, failed and awaited payments never made. A cancelled invoice counts only beside the
/// credit note that takes it back, a payment marked as refunded only beside its refund: else the other half of the
/// sum is missing.
pub(super) fn count(documents: &mut [Line], payments: &mut [Line]) {
    for line in documents.iter_mut() {
        let out = match line.status {
            Status::Draft => true,
            Status::Cancelled => line.what != What::Invoice || line.credits.is_empty(),
            Status::Failed => line.what == What::Order,
            _ => false,
        };
        line.counted &= !out;
    }
    let refunded: Vec<bool> = documents
        .iter()
        .map(|d| d.payments.iter().any(|&at| payments.get(at).is_some_and(Line::gives_back)))
        .collect();
    for line in payments.iter_mut() {
        let out = match line.status {
            Status::Draft | Status::Failed | Status::Cancelled | Status::Due | Status::Overdue => true,
            // The refund itself may be called refunded as well.
            Status::Refunded if !line.gives_back() => {
                !line.cites.iter().filter_map(|c| c.line).any(|at| refunded[at])
            }
            _ => false,
        };
        line.counted &= !out;
    }
}

/// The totals of the lines that count, by currency (unknown last) and year (undated last).
pub(super) fn years(documents: &[Line], payments: &[Line]) -> Vec<MoneyYear> {
    let mut years: BTreeMap<(bool, Option<String>, bool, Option<i32>), MoneyYear> = BTreeMap::new();
    for line in documents.iter().chain(payments).filter(|line| line.counted) {
        let told = [&line.gross, &line.net, &line.tax];
        let currency = told.iter().find_map(|money| money.as_ref()?.currency.clone());
        let year = line.day.map(|d| d.year());
        let sum =
            years.entry((currency.is_none(), currency.clone(), year.is_none(), year)).or_insert_with(|| {
                MoneyYear {
                    currency,
                    year,
                    invoiced: Decimal::ZERO,
                    paid: Decimal::ZERO,
                    ordered: Decimal::ZERO,
                    documents: 0,
                    payments: 0,
                    orders: 0,
                    without_amount: 0,
                }
            });
        let amount = line.gross.as_ref().map(|m| m.amount);
        // Credit notes and refunds stand with either sign; both take away.
        let (total, count, amount) = match line.what {
            What::CreditNote => (&mut sum.invoiced, &mut sum.documents, amount.map(|a| -a.abs())),
            What::Order => (&mut sum.ordered, &mut sum.orders, amount),
            What::Refund => (&mut sum.paid, &mut sum.payments, amount.map(|a| -a.abs())),
            What::Payment => (&mut sum.paid, &mut sum.payments, amount),
            _ => (&mut sum.invoiced, &mut sum.documents, amount),
        };
        *count += 1;
        match amount.and_then(|a| total.checked_add(a)) {
            Some(sum) => *total = sum,
            None => sum.without_amount += 1,
        }
    }
    let told = |mut year: MoneyYear| {
        for sum in [&mut year.invoiced, &mut year.paid, &mut year.ordered] {
            *sum = cents(*sum);
        }
        year
    };
    years.into_values().map(told).collect()
}
