//! What records are within their kind.

use crate::record::{Kind, Role, What};
use crate::vocabulary::VOCABULARY;
use crate::words::words;

/// A field's role, and its name.
type Told<'a> = (Role, &'a str);

/// What the records are within their kind: by name, else by what they hold.
pub(crate) fn what(kind: Kind, entry: &str, list: &str, outer: &[Told<'_>], inner: &[Told<'_>]) -> What {
    let mut steps = entry.rsplit('/');
    let file = steps.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = steps.next().unwrap_or_default();
    let flat = is_flat_message(outer, inner);
    for name in [list, stem, folder] {
        if let Some(what) = VOCABULARY.whats(&words(name)).into_iter().find(|w| w.kind() == Some(kind)) {
            return if what == What::Ticket && flat { What::TicketMessage } else { what };
        }
    }
    let has = |role: Role| outer.iter().any(|(r, _)| *r == role);
    match kind {
        Kind::Billing if has(Role::PaidOn) || (has(Role::PaymentNumber) && !has(Role::Net)) => What::Payment,
        Kind::Billing if has(Role::Net) || has(Role::Tax) || has(Role::DueOn) => What::Invoice,
        Kind::Billing if has(Role::Iban) && !has(Role::Gross) => What::PaymentMeans,
        Kind::Billing if has(Role::InvoiceNumber) => What::Invoice,
        Kind::Ticket if flat => What::TicketMessage,
        Kind::Ticket => What::Ticket,
        Kind::Consent => What::ConsentChoice,
        Kind::Account if has(Role::Email) || has(Role::LastName) || has(Role::FullName) => What::Profile,
        Kind::Account if has(Role::Product) => What::Subscription,
        Kind::Account => What::Settings,
        Kind::Contact => What::Contact,
        Kind::Activity if has(Role::Ip) => What::Login,
        _ => What::Other,
    }
}

/// Rows that are one message each of a support request, and not the request with its messages inside.
fn is_flat_message(outer: &[Told<'_>], inner: &[Told<'_>]) -> bool {
    let has = |role: Role| outer.iter().any(|(r, _)| *r == role);
    has(Role::Body)
        && has(Role::TicketNumber)
        && (has(Role::Author) || has(Role::AuthorRole) || has(Role::Direction) || has(Role::From))
        && !inner.iter().any(|(r, _)| *r == Role::Body)
}
