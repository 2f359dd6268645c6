//! What an export says: rows become records of a kind, recognised by shape and vocabulary, with certainty and reason.
//!
//! This crate deliberately does not know containers, file formats or search; it sees rows and gives records.

mod dates;
mod evidence;
mod forms;
mod money;
mod plan;
mod record;
mod service;
mod tcf;
mod vocabulary;
mod words;

pub use archive::EntryId;
pub use plan::{Glance, Part, Plan, SAMPLE_ROWS, one_line};
pub use record::{Certainty, Day, Field, Kind, Locator, Money, Reading, Record, RecordId, Role, What};
pub use service::{Pattern, Service, ServiceFile};
pub use tcf::ConsentString;
pub use words::{fold, words};
