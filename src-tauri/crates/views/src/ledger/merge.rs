//! One document that stands in several files becomes one line with several places.

use std::collections::HashMap;

use records::{Money, Role, What};
use rust_decimal::Decimal;

use crate::ledger::draft::Draft;
use crate::ledger::{Line, Status};
use crate::limits::{FINDING_RECORDS_MAX, VARIANTS_MAX};
use crate::place::Spot;

/// Puts drafts of one number and one amount together, in the order in which they came; those of one number and
/// different amounts name one another.
pub(super) fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let mut by_amount: HashMap<(Shelf, String, Decimal), Vec<usize>> = HashMap::new();
    let mut without_amount = Vec::new();
    for draft in drafts {
        if draft.key.is_empty() {
            kept.push(draft);
            continue;
        }
        let Some(gross) = &draft.line.gross else {
            without_amount.push(draft);
            continue;
        };
        // Credit notes and refunds stand with either sign.
        let amount = gross.amount.abs().normalize();
        let heads = by_amount.entry((Shelf::of(&draft), draft.key.clone(), amount)).or_default();
        match heads.iter().take(VARIANTS_MAX).copied().find(|&at| same(&kept[at], &draft)) {
            Some(at) => absorb(&mut kept[at], draft),
            None => {
                heads.push(kept.len());
                kept.push(draft);
            }
        }
    }
    let mut by_number: HashMap<(Shelf, String), Vec<usize>> = HashMap::new();
    for (at, draft) in kept.iter().enumerate().filter(|(_, d)| !d.key.is_empty()) {
        by_number.entry((Shelf::of(draft), draft.key.clone())).or_default().push(at);
    }
    // A place without an amount contradicts nothing, as long as only one line has its number.
    for draft in without_amount {
        let heads = by_number.entry((Shelf::of(&draft), draft.key.clone())).or_default();
        match heads[..] {
            [at] if same(&kept[at], &draft) => absorb(&mut kept[at], draft),
            _ => {
                heads.push(kept.len());
                kept.push(draft);
            }
        }
    }
    for heads in by_number.values().filter(|heads| heads.len() > 1) {
        name_rivals(&mut kept, heads);
    }
    kept
}

/// What may be the same under one number. An accountant's table may call everything an invoice or a payment and let
/// the sign tell credit notes and refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shelf {
    Orders,
    Invoices,
    Credits,
    Payments,
    Refunds,
}

impl Shelf {
    fn of(draft: &Draft) -> Self {
        let below = draft.line.gross.as_ref().is_some_and(|m| m.amount < Decimal::ZERO);
        match draft.line.what {
            What::Order => Self::Orders,
            What::Payment | What::Refund if draft.line.gives_back() => Self::Refunds,
            What::Payment | What::Refund => Self::Payments,
            What::CreditNote => Self::Credits,
            _ if below => Self::Credits,
            _ => Self::Invoices,
        }
    }
}

/// Whether two drafts of one number and amount are the same document. A row's id counts within its file only, so
/// then the day must agree as well, as it must for payments: months of one price are not one payment.
fn same(a: &Draft, b: &Draft) -> bool {
    let currency = |d: &Draft| d.line.gross.as_ref().and_then(|m| m.currency.clone());
    let agree = match (currency(a), currency(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let payment = matches!(a.line.what, What::Payment | What::Refund);
    let days = match (a.line.day, b.line.day) {
        (Some(a), Some(b)) => a == b,
        _ => !a.weak_key && !b.weak_key,
    };
    agree && (days || !(payment || a.weak_key || b.weak_key))
}

/// Takes a second place of the same document in. The place that says more leads; what it leaves out is taken from
/// the other, and what they say differently is named.
pub(super) fn absorb(head: &mut Draft, mut other: Draft) {
    if (said(&other.line), other.fields) > (said(&head.line), head.fields) {
        std::mem::swap(head, &mut other);
    }
    // A payment inside an invoice may say more than the list of payments and yet have no number.
    if head.key.is_empty() {
        head.key = other.key;
        head.weak_key = other.weak_key;
        head.line.number.clone_from(&other.line.number);
    }
    let (line, more) = (&mut head.line, other.line);
    // The more special word wins.
    if matches!(more.what, What::CreditNote | What::Refund) {
        line.what = more.what;
    }
    let mut differs = |role: Role, differ: bool| {
        if differ && !line.differs.contains(&role) {
            line.differs.push(role);
        }
    };
    differs(Role::Date, matches!((line.day, more.day), (Some(a), Some(b)) if a != b));
    differs(Role::DueOn, matches!((line.due, more.due), (Some(a), Some(b)) if a != b));
    differs(Role::Net, amounts_differ(line.net.as_ref(), more.net.as_ref()));
    differs(Role::Tax, amounts_differ(line.tax.as_ref(), more.tax.as_ref()));
    let told = |s: Status| s != Status::Unknown;
    differs(Role::Status, told(line.status) && told(more.status) && line.status != more.status);
    for role in more.differs {
        if !line.differs.contains(&role) {
            line.differs.push(role);
        }
    }
    line.differs.sort();

    if line.day.is_none() {
        line.day = more.day;
        line.day_ambiguous = more.day_ambiguous;
    }
    line.due = line.due.or(more.due);
    line.net = line.net.take().or(more.net);
    line.tax = line.tax.take().or(more.tax);
    line.gross = line.gross.take().or(more.gross.clone());
    if let (Some(gross), Some(Money { currency: Some(code), .. })) = (&mut line.gross, &more.gross) {
        gross.currency.get_or_insert_with(|| code.clone());
    }
    if line.status_raw.is_empty() && line.status == Status::Unknown {
        line.status = more.status;
        line.status_raw = more.status_raw;
    }
    if line.label.is_empty() {
        line.label = more.label;
    }
    line.counted &= more.counted;
    line.rivals.extend(more.rivals);
    line.also.push(Spot { record: more.id, locator: more.locator });
    line.also.extend(more.also);
    line.also.sort_by(|a, b| (a.record, &a.locator.at).cmp(&(b.record, &b.locator.at)));
    head.aliases.extend(other.aliases);
    head.cites.extend(other.cites);
    head.cites_payments.extend(other.cites_payments);
    head.mentions.extend(other.mentions);
    head.inside = head.inside.or(other.inside);
}

/// How much a line says.
fn said(line: &Line) -> usize {
    let told = [
        line.day.is_some(),
        line.net.is_some(),
        line.tax.is_some(),
        line.gross.is_some(),
        line.due.is_some(),
        line.status != Status::Unknown,
        !line.label.is_empty(),
    ];
    told.iter().filter(|t| **t).count()
}

fn amounts_differ(a: Option<&Money>, b: Option<&Money>) -> bool {
    // Signs of credit notes differ from file to file.
    matches!((a, b), (Some(a), Some(b)) if a.amount.abs() != b.amount.abs())
}

/// One number, several amounts. From one file they are parts of one document and all count; another file's are
/// another version of it and do not. Rows' ids say nothing across files.
fn name_rivals(kept: &mut [Draft], heads: &[usize]) {
    if heads.iter().any(|&at| kept[at].weak_key) {
        return;
    }
    let Some(leader) = heads.iter().copied().min_by_key(|&at| {
        (kept[at].line.gross.is_none(), std::cmp::Reverse(said(&kept[at].line)), kept[at].line.id)
    }) else {
        return;
    };
    let entry = kept[leader].line.id.entry;
    let ids: Vec<_> = heads.iter().take(FINDING_RECORDS_MAX + 1).map(|&at| kept[at].line.id).collect();
    for &at in heads {
        let line = &mut kept[at].line;
        line.counted = line.id.entry == entry;
        line.rivals = ids.iter().copied().filter(|id| *id != line.id).take(FINDING_RECORDS_MAX).collect();
    }
}
