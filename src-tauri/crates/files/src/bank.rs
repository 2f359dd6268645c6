//! What banks give out: QIF, OFX (its old SGML and its XML), MT940 and BAI2 statements; a record a transaction.

mod bai;
mod mt940;
mod ofx;
mod qif;

pub(crate) use bai::{Accounts, looks_like_bai};
pub(crate) use mt940::{Statements, looks_like_mt940};
pub(crate) use ofx::{Responses, looks_like_ofx};
pub(crate) use qif::{Entries, looks_like_qif};

use crate::blocks::Filling;
use crate::layout::Format;

/// What a transaction is called in places.
const TRANSACTION: &str = "transaction";

/// Fills a row.
pub(crate) fn fill(format: Format, block: &mut Filling<'_>) {
    match format {
        Format::Qif => qif::fill(block),
        Format::Bai => bai::fill(block),
        // What stands around the outlines of OPML are elements, too.
        Format::Ofx | Format::Opml => ofx::fill(block),
        _ => mt940::fill(block),
    }
}
