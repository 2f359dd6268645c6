//! What a screen shows, made from records: overview, ledger, threads, consent history, accounts, findings.
//!
//! Every view is built from records in one pass and holds only what its screen needs; amounts stay decimal and
//! currencies apart; what the export leaves out is left out here too, and what is ambiguous is shown as such.
//!
//! This crate deliberately does not know archives, files, search or letters, reads nothing and asks no clock: the
//! day against which terms run is handed in.

mod accounts;
mod consents;
mod findings;
mod fold;
mod ledger;
mod limits;
mod overview;
mod place;
#[cfg(test)]
mod sample;
mod subject;
mod threads;

pub use accounts::{Accounts, Card, Conflict, Identifier};
pub use consents::{Choice, ConsentCounts, ConsentLine, ConsentState, Consents, History};
pub use findings::{
    Code, Finding, Mailings, Marketing, OtherCustomers, Retention, Right, Term, TermStart, Weight,
    addresses_differ, gravest_first, names_differ, overdue, paid_twice,
};
pub use ledger::{Cited, Ledger, Line, MoneyYear, Status};
pub use overview::{Month, Tally};
pub use place::{Moment, Spot};
pub use subject::Subject;
pub use threads::{AuthorRole, Message, Sides, Thread, ThreadLine, Threads};
