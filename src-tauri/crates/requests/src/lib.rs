//! Rights under the GDPR: drafts, letters from typed blocks, and the profiles of controllers.
//!
//! This crate deliberately does not know archives, files, search or screens; it is handed records and a day.

mod draft;

pub use draft::{Draft, Ground, Item, Language, Place, Recipient, Requester, Right};
