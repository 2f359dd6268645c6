//! What a paper says under a name that is known, each with its place, for the kinds that have use for it.

use files::{FieldId, Names, Value, ValueKind};

use super::super::fields::{FieldPlan, is_date};
use super::super::show::read_money;
use super::judge::Seen;
use super::lines::{Line, said};
use super::phrases::Sort;
use super::values;
use crate::dates::{self, Order};
use crate::money::{self, Point};
use crate::record::{Kind, Money, Role, What};

/// So many facts are kept of a paper.
const MAX: usize = 32;

/// So many facts of one role are kept, where a paper may name several.
const SAME_MAX: usize = 3;

/// So many lines are looked at for a date that has no name.
const DATED_LINES: usize = 20;

/// One value that stands on a paper.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) role: Role,
    /// What it is called there.
    pub(crate) name: String,
    /// The value as it stands there.
    pub(crate) raw: String,
    /// The place of the text that it stands in.
    pub(crate) at: String,
    pub(crate) bytes: Option<(u64, u64)>,
    /// How it is read.
    pub(in crate::plan) plan: FieldPlan,
}

impl Fact {
    /// It as a value of a row.
    pub(in crate::plan) fn value(&self) -> Value<'_> {
        Value { field: FieldId(0), kind: ValueKind::Text, text: &self.raw, indexes: &[], bytes: self.bytes }
    }

    /// The amount that it is.
    pub(in crate::plan) fn money(&self) -> Option<Money> {
        read_money(self.value(), &self.plan, None)
    }

    /// Whether records of a kind have use for it.
    pub(super) fn counts_for(&self, kind: Kind) -> bool {
        counts(self.role, kind)
    }
}

/// Whether records of a kind have use for a value of that role.
pub(super) fn counts(role: Role, kind: Kind) -> bool {
    match kind {
        Kind::Billing => matches!(
            role,
            Role::Number
                | Role::InvoiceNumber
                | Role::PaymentNumber
                | Role::CustomerNumber
                | Role::Date
                | Role::DueOn
                | Role::PaidOn
                | Role::Net
                | Role::Tax
                | Role::Gross
                | Role::Amount
                | Role::Currency
                | Role::Method
                | Role::FullName
                | Role::Company
        ),
        Kind::Ticket => matches!(
            role,
            Role::Number
                | Role::TicketNumber
                | Role::Title
                | Role::Status
                | Role::Priority
                | Role::Date
                | Role::CreatedOn
                | Role::UpdatedOn
        ),
        Kind::Consent => matches!(
            role,
            Role::Id
                | Role::Purpose
                | Role::Channel
                | Role::Choice
                | Role::LegalBasis
                | Role::TextVersion
                | Role::Date
                | Role::WithdrawnOn
                | Role::FullName
        ),
        Kind::Account => {
            values::is_person(role)
                || matches!(
                    role,
                    Role::CustomerNumber
                        | Role::Country
                        | Role::Language
                        | Role::CreatedOn
                        | Role::Product
                        | Role::Company
                        | Role::VatNumber
                        | Role::StartsOn
                )
        }
        _ => false,
    }
}

/// All facts of a paper.
pub(super) fn facts(seen: &Seen<'_>, lines: &[Line<'_>], names: &Names) -> Vec<Fact> {
    let mut out: Vec<(Role, &str, &str, usize)> = Vec::new();
    own_number(seen, &mut out);
    let bill =
        seen.sort().is_none_or(|sort| sort == Sort::Of(What::Invoice, Kind::Billing)) && !out.is_empty();
    for pair in &seen.pairs {
        let role = match pair.role {
            // What cites a bill is not numbered by it.
            Role::Number if out.iter().any(|(r, ..)| *r == Role::Number) => continue,
            // A bill has one number of its own; others on it are those of orders.
            Role::InvoiceNumber if bill && !said(pair.label).iter().any(|w| is_order(w)) => continue,
            role => role,
        };
        let same = out.iter().filter(|(r, ..)| *r == role).count();
        let again = out.iter().any(|(_, _, value, _)| *value == pair.value && values::is_number(role));
        let most = if role == Role::InvoiceNumber { SAME_MAX } else { 1 };
        if same < most && !again {
            out.push((role, pair.label, pair.value, pair.line));
        }
    }
    if !out.iter().any(|(role, ..)| *role == Role::Date)
        && let Some((value, line)) = unnamed_date(lines)
    {
        out.push((Role::Date, "date", value, line));
    }
    out.extend(totals(seen));
    let order =
        out.iter().filter(|(role, ..)| is_date(*role)).fold(Order::Unknown, |known, (_, _, value, _)| {
            if known == Order::Unknown { dates::order_told(value) } else { known }
        });
    let money: Vec<&str> = seen.totals.iter().map(|t| t.raw).collect();
    let point =
        money.iter().map(|raw| money::point_told(raw)).find(|p| *p != Point::Unknown).unwrap_or_default();
    let mut currencies = money.iter().filter_map(|raw| money::amount(raw, point)?.currency);
    let currency = currencies.next();
    // Two currencies on one paper say nothing of an amount that has none.
    let currency = currency.filter(|c| currencies.all(|other| other == *c));
    out.into_iter()
        .take(MAX)
        .map(|(role, name, raw, line)| {
            let plan = FieldPlan { role: Some(role), order, point, currency, ..FieldPlan::default() };
            fact(role, name, raw, &lines[line], names, plan)
        })
        .collect()
}

fn is_order(word: &str) -> bool {
    ["order", "command", "bestell", "pedido", "ordin", "encomenda"].iter().any(|stem| word.starts_with(stem))
}

fn fact(role: Role, name: &str, raw: &str, line: &Line<'_>, names: &Names, plan: FieldPlan) -> Fact {
    let value = line.value;
    let within = (raw.as_ptr().addr()).checked_sub(value.text.as_ptr().addr());
    let bytes = match (value.bytes, within) {
        // Text that stands in the file as it was read has a place of its own in it.
        (Some((from, to)), Some(at)) if to - from == value.text.len() as u64 && at <= value.text.len() => {
            Some((from + at as u64, from + (at + raw.len()) as u64))
        }
        (bytes, _) => bytes,
    };
    Fact {
        role,
        // A stroke would stand for a step into something.
        name: name.replace('/', " "),
        raw: raw.to_owned(),
        at: line.row.place(value, names),
        bytes,
        plan,
    }
}

/// The number that the paper itself has: behind its title, or under a name that says so.
fn own_number<'a>(seen: &Seen<'a>, out: &mut Vec<(Role, &'a str, &'a str, usize)>) {
    let Some(sort) = seen.sort() else {
        // Nothing is said of what it is, so what is called the number of an invoice is its own.
        if let Some(pair) = seen.pairs.iter().find(|p| matches!(p.role, Role::Number | Role::InvoiceNumber)) {
            out.push((Role::Number, pair.label, pair.value, pair.line));
        }
        return;
    };
    let named = |role: Role| seen.pairs.iter().find(|p| p.role == role);
    let pair = match sort {
        Sort::Of(What::Invoice | What::Order, _) => {
            named(Role::Number).or_else(|| named(Role::InvoiceNumber))
        }
        Sort::Reminder | Sort::Payslip | Sort::Statement => None,
        _ => named(Role::Number),
    };
    if let Some(pair) = pair {
        out.push((Role::Number, pair.label, pair.value, pair.line));
        return;
    }
    if matches!(sort, Sort::Payslip | Sort::Statement | Sort::Document) {
        return;
    }
    let Some(title) = seen.title else { return };
    let number =
        title.text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).find(|word| {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let year = word.len() == 4 && digits == 4;
            digits >= 2 && !year && dates::date(word, Order::Unknown).is_none()
        });
    if let Some(number) = number {
        let cites = sort == Sort::Reminder || title.subject;
        out.push((if cites { Role::InvoiceNumber } else { Role::Number }, "number", number, title.line));
    }
}

/// The first date among the first lines.
fn unnamed_date<'a>(lines: &[Line<'a>]) -> Option<(&'a str, usize)> {
    lines.iter().take(DATED_LINES).zip(0..).find_map(|(line, at)| {
        let starts = line.text.split_whitespace().map(|t| t.as_ptr().addr() - line.text.as_ptr().addr());
        starts.take(24).find_map(|from| {
            let rest = line.text[from..].trim_start_matches(['(', '[']);
            values::date_at(rest).map(|end| (&rest[..end], at))
        })
    })
}

/// Net, tax and gross: those that fit together, else those whose names are the surest.
fn totals<'a>(seen: &Seen<'a>) -> Vec<(Role, &'a str, &'a str, usize)> {
    let read = |raw: &str| money::amount(raw, Point::Unknown).map(|w| w.amount);
    let best = |role: Role| seen.totals.iter().filter(|t| t.role == role).max_by_key(|t| (t.rank, t.line));
    let (net, tax) = (best(Role::Net), best(Role::Tax));
    let sum = net.zip(tax).and_then(|(net, tax)| read(net.raw)?.checked_add(read(tax.raw)?));
    let fits = seen.totals.iter().find(|t| t.role == Role::Gross && sum.is_some() && read(t.raw) == sum);
    let gross = fits.or_else(|| best(Role::Gross));
    let mut out: Vec<_> =
        [net, tax, gross].into_iter().flatten().map(|t| (t.role, t.label, t.raw, t.line)).collect();
    if gross.is_none()
        && let Some(t) = best(Role::Amount)
    {
        out.push((Role::Amount, t.label, t.raw, t.line));
    }
    out
}
