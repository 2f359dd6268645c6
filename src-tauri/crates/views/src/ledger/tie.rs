//! Payments are tied to what they pay, credit notes to what they correct, by the numbers that they cite.

use std::collections::{HashMap, HashSet};

use records::{Day, RecordId, What};
use rust_decimal::Decimal;

use crate::fold::number;
use crate::ledger::draft::Draft;
use crate::ledger::merge::absorb;
use crate::ledger::{Cited, Line, newest_first};
use crate::limits::FINDING_RECORDS_MAX;

/// Ties and sorts: newest first.
pub(super) fn tie(documents: Vec<Draft>, payments: Vec<Draft>) -> (Vec<Line>, Vec<Line>) {
    let documents = sorted(documents);
    let payments = sorted(fold_in_nested(&documents, payments));
    let books = Books::of(&documents, &payments);

    let mut cited_by_payment: Vec<Vec<Cited>> =
        payments.iter().map(|payment| books.documents_of(&documents, payment)).collect();
    // A refund that names only the payment belongs to what that payment paid.
    for (at, refund) in payments.iter().enumerate() {
        if cited_by_payment[at].iter().all(|c| c.line.is_none()) && refund.line.what == What::Refund {
            let paid = refund.cites_payments.iter().find_map(|raw| books.payments.get(&number(raw)));
            if let Some(&paid) = paid.filter(|&&paid| paid != at) {
                // Many refunds of a payment of many invoices would multiply.
                let cites = cited_by_payment[paid].iter().take(FINDING_RECORDS_MAX).cloned();
                cited_by_payment[at] = cites.collect();
            }
        }
    }
    // An invoice may name its payments, rather than they the invoice.
    for (at, document) in documents.iter().enumerate() {
        for raw in &document.cites_payments {
            let Some(&payment) = books.payments.get(&number(raw)) else { continue };
            let cited = Cited { number: document.line.number.clone(), line: Some(at) };
            cited_by_payment[payment].push(cited);
        }
    }
    for cites in &mut cited_by_payment {
        *cites = each_once(std::mem::take(cites).into_iter());
    }
    let cited_by_credit: Vec<(usize, Vec<Cited>)> = documents
        .iter()
        .enumerate()
        .filter(|(_, d)| d.line.what == What::CreditNote)
        .map(|(at, credit)| (at, books.documents_of(&documents, credit)))
        .collect();

    let mut documents: Vec<Line> = documents.into_iter().map(|d| d.line).collect();
    let mut payments: Vec<Line> = payments.into_iter().map(|d| d.line).collect();
    for (at, cites) in cited_by_payment.into_iter().enumerate() {
        for document in cites.iter().filter_map(|c| c.line) {
            documents[document].payments.push(at);
        }
        payments[at].cites = cites;
    }
    for (at, cites) in cited_by_credit {
        let cites: Vec<Cited> = cites.into_iter().filter(|c| c.line != Some(at)).collect();
        for document in cites.iter().filter_map(|c| c.line) {
            documents[document].credits.push(at);
        }
        documents[at].cites = cites;
    }
    name_doubles(&documents, &mut payments);
    (documents, payments)
}

fn sorted(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by_cached_key(|d| newest_first(&d.line));
    drafts
}

/// Where numbers lead.
struct Books {
    /// Comparable number of a document, to its position.
    documents: HashMap<String, usize>,
    /// A row's id of a document, to its position.
    ids: HashMap<String, usize>,
    /// The record that says a document, to its position.
    records: HashMap<RecordId, usize>,
    /// Comparable number of a payment, to its position.
    payments: HashMap<String, usize>,
}

impl Books {
    fn of(documents: &[Draft], payments: &[Draft]) -> Self {
        // Invoices come before orders and credit notes of the same number, what counts before what does not.
        let mut ranked: Vec<usize> = (0..documents.len()).collect();
        ranked.sort_by_key(|&at| (rank(documents[at].line.what), !documents[at].line.counted));
        let mut books = Self {
            documents: HashMap::new(),
            ids: HashMap::new(),
            records: HashMap::new(),
            payments: HashMap::new(),
        };
        for at in ranked {
            let document = &documents[at];
            if !document.key.is_empty() {
                books.documents.entry(document.key.clone()).or_insert(at);
            }
            for id in &document.aliases {
                books.ids.entry(id.clone()).or_insert(at);
            }
            for record in document.line.records() {
                books.records.entry(record).or_insert(at);
            }
        }
        for (at, payment) in payments.iter().enumerate() {
            if payment.line.what == What::Payment && !payment.key.is_empty() {
                books.payments.entry(payment.key.clone()).or_insert(at);
            }
        }
        books
    }

    /// The documents that a draft cites, each once, in the order of its fields.
    fn documents_of(&self, documents: &[Draft], draft: &Draft) -> Vec<Cited> {
        let to = |at: usize| Cited { number: documents[at].line.number.clone(), line: Some(at) };
        let inside = draft.inside.as_ref().and_then(|record| self.records.get(record)).map(|&at| to(at));
        let cited = draft.cites.iter().map(|raw| {
            let key = number(raw);
            let at = self.documents.get(&key).or_else(|| self.ids.get(&key));
            at.map_or_else(|| Cited { number: raw.clone(), line: None }, |&at| to(at))
        });
        let cites = each_once(inside.into_iter().chain(cited));
        if cites.iter().any(|c| c.line.is_some()) {
            return cites;
        }
        // A bank line says the invoice's number in its text.
        let own = |at: usize| documents[at].weak_key || documents[at].line.id == draft.line.id;
        let told = draft.mentions.iter().filter_map(|key| self.documents.get(key)).copied();
        let told = each_once(told.filter(|&at| !own(at)).map(to));
        if told.is_empty() { cites } else { told }
    }
}

fn each_once(cites: impl Iterator<Item = Cited>) -> Vec<Cited> {
    let mut seen = HashSet::new();
    let key = |c: &Cited| (c.line, if c.line.is_some() { String::new() } else { number(&c.number) });
    cites.filter(|c| seen.insert(key(c))).collect()
}

fn rank(what: What) -> u8 {
    match what {
        What::Invoice => 0,
        What::Order => 1,
        _ => 2,
    }
}

/// A payment inside its invoice that has no number is the payment of that day and amount in the list of payments,
/// if there is one that belongs to the same invoice.
fn fold_in_nested(documents: &[Draft], payments: Vec<Draft>) -> Vec<Draft> {
    let (nested, mut kept): (Vec<Draft>, Vec<Draft>) =
        payments.into_iter().partition(|p| p.inside.is_some() && p.key.is_empty());
    if nested.is_empty() {
        return kept;
    }
    let books = Books::of(documents, &kept);
    type Mark = (usize, Option<Day>, Option<Decimal>);
    let mark = |payment: &Draft| -> Option<Mark> {
        let document = books.documents_of(documents, payment).iter().find_map(|c| c.line)?;
        Some((document, payment.line.day, payment.line.gross.as_ref().map(|m| m.amount.normalize())))
    };
    let mut free: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (at, payment) in kept.iter().enumerate().rev().filter(|(_, p)| p.inside.is_none()) {
        if let Some(mark) = mark(payment) {
            free.entry(mark).or_default().push(at);
        }
    }
    for payment in nested {
        let twin = mark(&payment).and_then(|mark| free.get_mut(&mark)).and_then(Vec::pop);
        match twin {
            Some(at) => absorb(&mut kept[at], payment),
            None => kept.push(payment),
        }
    }
    kept
}

/// Payments of one document, day and amount that stand in different files under different numbers may be one: they
/// name one another and stay apart, since nothing in the export says so.
fn name_doubles(documents: &[Line], payments: &mut [Line]) {
    for document in documents {
        let mut alike: HashMap<(Option<Day>, Decimal, What), Vec<usize>> = HashMap::new();
        for &at in &document.payments {
            if let Some(gross) = &payments[at].gross {
                alike
                    .entry((payments[at].day, gross.amount.normalize(), payments[at].what))
                    .or_default()
                    .push(at);
            }
        }
        for group in alike.values().filter(|g| g.len() > 1) {
            let ids: Vec<RecordId> =
                group.iter().take(FINDING_RECORDS_MAX).map(|&at| payments[at].id).collect();
            for &at in group {
                let entry = payments[at].id.entry;
                let mut rivals = std::mem::take(&mut payments[at].rivals);
                rivals.extend(ids.iter().copied().filter(|id| id.entry != entry));
                rivals.sort_unstable();
                rivals.dedup();
                payments[at].rivals = rivals;
            }
        }
    }
}
