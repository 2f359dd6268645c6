//! What stands out: each rule in its own file, with the reason for it and what it leaves alone.
//!
//! A finding accuses a company or unsettles a person, so every rule would rather miss than cry wolf.

mod billing;
mod mailing;
mod others;
mod person;
mod retention;

use std::collections::BTreeMap;

use records::{Kind, RecordId};

pub use billing::{overdue, paid_twice};
pub use mailing::{Mailings, Marketing};
pub use others::OtherCustomers;
pub use person::{addresses_differ, names_differ};
pub use retention::{Retention, Term, TermStart};

use crate::limits::FINDING_RECORDS_MAX;

/// Something that stands out.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// How grave it is.
    pub weight: Weight,
    /// The kind of view that shows it.
    pub kind: Kind,
    /// The values that its sentence names.
    pub args: BTreeMap<&'static str, String>,
    /// The records meant, the most telling first; at most 20.
    pub records: Vec<RecordId>,
    /// The right that answers it.
    pub right: Option<Right>,
}

/// What stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the words of the contract; each rule explains itself")]
pub enum Code {
    PaidTwice,
    MailingAfterWithdrawal,
    OtherCustomer,
    OlderThanTerm,
    NamesDiffer,
    AddressesDiffer,
    Overdue,
}

impl Code {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::PaidTwice => "paid_twice",
            Self::MailingAfterWithdrawal => "mailing_after_withdrawal",
            Self::OtherCustomer => "other_customer",
            Self::OlderThanTerm => "older_than_term",
            Self::NamesDiffer => "names_differ",
            Self::AddressesDiffer => "addresses_differ",
            Self::Overdue => "overdue",
        }
    }
}

/// How grave a finding is, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum Weight {
    Bad,
    Warn,
    Info,
}

impl Weight {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// The right that answers a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Art. 16.
    Rectification,
    /// Art. 17.
    Erasure,
}

impl Right {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
        }
    }
}

/// Sorts findings for the first screen: the gravest first, then by what they are, then by place.
pub fn gravest_first(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.weight, f.code, f.records.first().copied());
        key(a).cmp(&key(b))
    });
}

/// Records each once, in the order given, as many as a finding names.
fn few(records: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
    let mut out = Vec::new();
    for record in records {
        if !out.contains(&record) {
            out.push(record);
        }
        if out.len() == FINDING_RECORDS_MAX {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests;
