//! The ledger: documents and payments, which belongs to which, and totals by currency and year.
//!
//! One document may stand in several files (the JSON export and the accountant's CSV): same number and same gross are
//! one line with several places, so that money is never counted twice. One number with two amounts stays two lines,
//! each naming the other. Nothing is computed that the export does not say: a missing net stays missing.

mod draft;
mod merge;
mod nested;
mod status;
mod tie;
mod totals;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use records::{Day, Locator, Money, Record, RecordId, Role, What};

use crate::place::Spot;

pub use status::Status;
pub use totals::MoneyYear;

/// Everything about money, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    /// Invoices, credit notes, orders.
    pub documents: Vec<Line>,
    /// Payments and refunds.
    pub payments: Vec<Line>,
    /// Payment means, subscriptions, and what could not be told.
    pub others: Vec<Line>,
    /// Totals by currency and year; currencies are never added up.
    pub years: Vec<MoneyYear>,
    /// Lines by what they are.
    pub whats: BTreeMap<What, u64>,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The record. A payment that stands inside its invoice has the invoice's record and its own locator.
    pub id: RecordId,
    /// What it is.
    pub what: What,
    /// Its day.
    pub day: Option<Day>,
    /// Whether day and month of it could be swapped.
    pub day_ambiguous: bool,
    /// Its number as it stands; empty when it has none.
    pub number: String,
    /// What it is for.
    pub label: String,
    /// Net, where the export says it.
    pub net: Option<Money>,
    /// Tax, where the export says it.
    pub tax: Option<Money>,
    /// Gross of a document, amount of a payment.
    pub gross: Option<Money>,
    /// When it is to be paid.
    pub due: Option<Day>,
    /// The status as read.
    pub status: Status,
    /// The status as the export says it.
    pub status_raw: String,
    /// Payments and refunds that belong to it: positions in [`Ledger::payments`].
    pub payments: Vec<usize>,
    /// Credit notes that cite it: positions in [`Ledger::documents`].
    pub credits: Vec<usize>,
    /// Documents that it cites: those a payment pays, the invoice a credit note corrects.
    pub cites: Vec<Cited>,
    /// Where it stands.
    pub locator: Locator,
    /// Other places where the same document or payment stands.
    pub also: Vec<Spot>,
    /// What those places say differently.
    pub differs: Vec<Role>,
    /// Other lines that may be the same, but say another amount or another number.
    pub rivals: Vec<RecordId>,
    /// Whether its amount is in the totals: drafts, failed payments and second versions of a number are not.
    pub counted: bool,
}

/// A document that a line cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its number: as it stands on the document, or as cited when the document is not in the export.
    pub number: String,
    /// Its position in [`Ledger::documents`].
    pub line: Option<usize>,
}

impl Ledger {
    /// The ledger of those records, in one pass.
    pub fn build<R: Borrow<Record>>(records: impl IntoIterator<Item = R>) -> Self {
        let mut drafts = draft::Drafts::default();
        for record in records {
            drafts.add(record.borrow());
        }
        drafts.settle_numbers();
        let documents = merge::merge(drafts.documents);
        let payments = merge::merge(drafts.payments);
        let (mut documents, mut payments) = tie::tie(documents, payments);
        let mut others: Vec<Line> = drafts.others.into_iter().map(|d| d.line).collect();
        others.sort_by_key(newest_first);
        totals::count(&mut documents, &mut payments);
        let years = totals::years(&documents, &payments);
        let mut whats = BTreeMap::new();
        for line in documents.iter().chain(&payments).chain(&others) {
            *whats.entry(line.what).or_default() += 1;
        }
        Self { documents, payments, others, years, whats }
    }

    /// The payments and refunds of a document.
    pub fn payments_of<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a Line> {
        line.payments.iter().filter_map(|&at| self.payments.get(at))
    }

    /// The credit notes of an invoice.
    pub fn credits_of<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a Line> {
        line.credits.iter().filter_map(|&at| self.documents.get(at))
    }
}

impl Line {
    /// Whether money goes back by it: a refund, or a payment below zero.
    pub fn gives_back(&self) -> bool {
        let below = self.gross.as_ref().is_some_and(|m| m.amount.is_sign_negative() && !m.amount.is_zero());
        self.what == What::Refund || (self.what == What::Payment && below)
    }

    /// Every record that says it.
    pub fn records(&self) -> impl Iterator<Item = RecordId> + '_ {
        std::iter::once(self.id).chain(self.also.iter().map(|spot| spot.record))
    }
}

/// The order of the ledger: newest first, undated last, then the order of the export.
fn newest_first(line: &Line) -> (std::cmp::Reverse<Option<Day>>, RecordId, String) {
    (std::cmp::Reverse(line.day), line.id, line.locator.at.clone())
}

#[cfg(test)]
mod tests;
