//! Payments that stand inside their invoice: `payments/0/amount`.

use std::collections::BTreeMap;

use records::{Field, Reading, Record, Role, What};

use crate::fold::{has_stem, name_words};
use crate::ledger::draft::{Candidate, Draft, status_of};
use crate::place::{Moment, item_place, last_step, list_step, with_currency};

/// What a list of payments inside a document holds.
pub(super) enum Nested {
    /// A payment that stands there.
    Payment(Box<Draft>),
    /// The number of one that stands elsewhere.
    Number(String),
}

/// The payments that stand inside a document: `payments/0/amount`. An item with neither amount nor day is a number
/// of a payment that stands elsewhere.
pub(super) fn nested_payments(record: &Record) -> Vec<Nested> {
    let mut items: BTreeMap<(&str, usize), Vec<&Field>> = BTreeMap::new();
    for field in &record.fields {
        let Some((list, at, _)) = list_step(&field.name) else { continue };
        if !of_payments(list) || field.value.is_empty() {
            continue;
        }
        let Ok(at) = at.parse() else { continue };
        items.entry((list, at)).or_default().push(field);
    }
    items.into_iter().filter_map(|((list, at), fields)| nested_payment(record, list, at, &fields)).collect()
}

fn nested_payment(record: &Record, list: &str, at: usize, fields: &[&Field]) -> Option<Nested> {
    let first = |roles: &[Role]| roles.iter().find_map(|role| fields.iter().find(|f| f.role == *role));
    let number = first(&[Role::PaymentNumber, Role::Number, Role::Id]);
    let amount = [Role::Amount, Role::Gross].iter().find_map(|role| {
        fields.iter().find_map(|f| match &f.reading {
            Reading::Money(money) if f.role == *role => Some(with_currency(record, money)),
            _ => None,
        })
    });
    let moment = [Role::PaidOn, Role::Date, Role::CreatedOn]
        .iter()
        .find_map(|role| fields.iter().filter(|f| f.role == *role).find_map(|f| Moment::of(f)));
    if amount.is_none() && moment.is_none() {
        let bare = fields.iter().find(|f| list_step(&f.name).is_some_and(|(_, _, rest)| rest.is_empty()));
        return number.or(bare).map(|f| Nested::Number(f.value.clone()));
    }
    let place = fields.first()?;
    let locator = item_place(record, place, &format!("{list}/{at}"));
    let what = if has_stem(&name_words(last_step(list)), REFUNDS) { What::Refund } else { What::Payment };
    let mut draft = Draft::empty(record.id, what, locator);
    draft.line.day = moment.as_ref().map(|m| m.day);
    draft.line.day_ambiguous = moment.is_some_and(|m| m.ambiguous);
    draft.line.gross = amount;
    draft.line.label = first(&[Role::Label, Role::Method]).map(|f| f.value.clone()).unwrap_or_default();
    if let Some(status) = first(&[Role::Status]) {
        draft.line.status = status_of(status);
        draft.line.status_raw.clone_from(&status.value);
    }
    draft.candidates =
        number.map(|f| Candidate { role: f.role, raw: f.value.clone(), sure: true }).into_iter().collect();
    draft.inside = Some(record.id);
    Some(Nested::Payment(Box::new(draft)))
}

fn of_payments(list: &str) -> bool {
    let words = name_words(last_step(list));
    (has_stem(&words, PAYMENTS) || has_stem(&words, REFUNDS)) && !has_stem(&words, PLANNED)
}

const PAYMENTS: &[&str] =
    &["payment", "paiement", "reglement", "zahlung", "pago", "pagament", "encaissement", "transaction"];
/// Terms of payment are amounts to be paid, not payments.
const PLANNED: &[&str] = &["schedul", "term", "plan", "due", "echeanc"];
const REFUNDS: &[&str] = &["refund", "remboursement", "erstattung", "reembolso", "rimborso", "rimborsi"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_payments_are_known_by_their_name() {
        for (list, wanted) in [
            ("payments", true),
            ("invoice/règlements", true),
            ("refunds", true),
            ("lines", false),
            ("paymentSchedule", false),
            ("payment_terms", false),
        ] {
            assert_eq!(of_payments(list), wanted, "{list}");
        }
    }
}
