//! What an export says: rows become records of a kind, recognised by shape and vocabulary, with certainty and reason.
//!
//! This crate deliberately does not know containers, file formats or search; it sees rows and gives records.

mod record;

pub use record::{
    Certainty, Day, Field, Kind, Locator, Money, Reading, Record, RecordId, Role, What,
};
