//! A title for people, made of what records of a kind are known by.

use files::Row;

use super::{Glance, show::one_line};
use crate::record::{Field, Kind, Role, What};

/// Characters of a title.
const TITLE_CHARS: usize = 120;

/// A title for people, from what the kind is known by.
pub(super) fn title(entry: &str, glance: &Glance, fields: &[Field], row: &Row) -> String {
    let outer = |role: Role| {
        fields.iter().find(|f| f.role == role && !f.value.is_empty()).map(|f| one_line(&f.value, TITLE_CHARS))
    };
    let join = |parts: Vec<Option<String>>| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    let person = || {
        outer(Role::FullName)
            .or_else(|| match (outer(Role::FirstName), outer(Role::LastName)) {
                (Some(first), Some(last)) => Some(format!("{first} {last}")),
                (first, last) => first.or(last),
            })
            .or_else(|| outer(Role::Company))
            .or_else(|| outer(Role::Email))
            .or_else(|| outer(Role::Phone))
    };
    let told = match glance.kind {
        Kind::Billing => join(vec![
            outer(Role::Number)
                .or_else(|| if glance.what == What::Payment { outer(Role::PaymentNumber) } else { None })
                .or_else(|| outer(Role::InvoiceNumber))
                .or_else(|| outer(Role::PaymentNumber))
                .or_else(|| outer(Role::Id)),
            outer(Role::Title).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Product)),
        ]),
        Kind::Ticket => join(vec![
            outer(Role::TicketNumber).or_else(|| outer(Role::Number)).or_else(|| outer(Role::Id)),
            outer(Role::Title).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Body)),
        ]),
        Kind::Consent => join(vec![
            outer(Role::Purpose).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Title)),
            outer(Role::Channel),
            outer(Role::Choice),
        ]),
        Kind::Message => outer(Role::Title).or_else(|| outer(Role::Body)),
        Kind::Activity => join(vec![
            outer(Role::Action).or_else(|| outer(Role::Title)).or_else(|| outer(Role::Label)),
            outer(Role::Ip),
            outer(Role::Device),
        ]),
        Kind::Account | Kind::Contact => person().or_else(|| outer(Role::Product)),
        Kind::Document => outer(Role::Title),
        _ => outer(Role::Title).or_else(|| outer(Role::Label)).or_else(person),
    };
    told.or_else(|| {
        let lines = |f: &&Field| f.value.chars().any(char::is_alphabetic);
        // Where something leads is the last that it is known by.
        let said = |f: &&Field| lines(f) && f.name != "link" && !f.name.ends_with("/link");
        let whole = fields
            .iter()
            .find(said)
            .or_else(|| fields.iter().find(lines))
            .or_else(|| fields.iter().find(|f| !f.value.is_empty()));
        whole.filter(|_| glance.kind != Kind::Document).map(|f| one_line(&f.value, TITLE_CHARS))
    })
    .unwrap_or_else(|| {
        let file = entry.rsplit(['/', '>']).next().unwrap_or(entry).trim();
        if row.at.is_empty() { file.to_owned() } else { format!("{file} {}", row.at) }
    })
}
