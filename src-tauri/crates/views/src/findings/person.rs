//! `names_differ` and `addresses_differ`: details of the person that are not the same in all files.

use std::collections::BTreeMap;

use records::{Kind, Role};

use crate::accounts::{Accounts, Conflict};
use crate::findings::{Code, Finding, Right, Weight, few};

/// The person's name is not written the same way everywhere.
///
/// Source: Art. 5(1)(d) GDPR (accuracy) and Art. 16 (rectification).
///
/// Fires when two names of the person differ in a letter or an accent. Left alone: capitals (with their accents
/// dropped, as forms demand), the order of the words, titles, initials, a missing second name, hyphens; names of
/// other people in the export, who share neither a name nor a number with the person.
pub fn names_differ(accounts: &Accounts) -> Option<Finding> {
    differ(accounts, Role::FullName, Code::NamesDiffer)
}

/// The person's address is not the same everywhere.
///
/// Source: Art. 5(1)(d) GDPR (accuracy) and Art. 16 (rectification).
///
/// Compares street, postal code and city, abbreviated or not. Left alone: addresses said to be for delivery,
/// work or former; what one of them leaves out; case, accents, CEDEX.
pub fn addresses_differ(accounts: &Accounts) -> Option<Finding> {
    differ(accounts, Role::Address, Code::AddressesDiffer)
}

fn differ(accounts: &Accounts, role: Role, code: Code) -> Option<Finding> {
    let Conflict { values, .. } = accounts.conflicts.iter().find(|c| c.role == role)?;
    let (first, last) = (values.first()?, values.last()?);
    let args = BTreeMap::from([
        ("value", first.value.clone()),
        ("other", last.value.clone()),
        ("count", values.len().to_string()),
    ]);
    // The rarest value is most likely the wrong one.
    let records = few(values.iter().rev().flat_map(|v| &v.places).map(|place| place.record));
    let right = Some(Right::Rectification);
    Some(Finding { code, weight: Weight::Warn, kind: Kind::Account, args, records, right })
}
