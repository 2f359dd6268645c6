//! Rights under the GDPR: drafts, letters from typed blocks, the profiles of controllers, and the case file.
//!
//! A draft and the records that it cites become blocks in one pass; the blocks become a preview, text, a mail draft or a
//! PDF. The words are in `words/`, one file a language. This crate deliberately does not know archives, files, search or
//! screens; it is handed records and a day.
//!
//! A case is what a person keeps between two openings of the program: plain data, sealed under a passphrase. Where its
//! bytes lie is the caller's to know.

mod advice;
mod annex;
mod case;
mod clean;
mod controller;
mod draft;
mod eml;
mod erasure;
mod frame;
mod letter;
mod parse;
mod pdf;
mod rectification;
mod seal;
mod term;
mod text;
mod words;

pub use case::{Case, KeptExport};
pub use controller::{
    Bilingual, Category, Controller, Document, Requirement, Retention, RunsFrom, Stated, controller,
    controllers,
};
pub use draft::{Draft, Ground, Item, Language, Place, Recipient, Requester, Right};
pub use eml::{Attachment, eml};
pub use letter::{Block, Cited, ExportFacts, Letter, Remark, Who, letter};
pub use parse::{DraftTrouble, ITEMS_MAX, REQUEST_BYTES_MAX};
pub use pdf::{PdfTrouble, pdf};
pub use seal::{CASE_BYTES_MAX, CaseTrouble, Key, PASSPHRASE_CHARS_MIN, Passphrase, is_case, open, seal};
pub use text::text;
