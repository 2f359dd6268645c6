//! Office documents are ZIPs of XML parts: parts are found by name and read as streams, in memory only.

mod decoded;
mod package;
mod properties;
mod pull;

pub(crate) use decoded::Decoded;
pub(crate) use package::{Package, Relation, resolved};
pub(crate) use properties::{hand_over_properties, properties};
pub(crate) use pull::{Event, Pull, Source, Tag};

/// What to say of a document that only its own program can open.
pub(crate) const ENCRYPTED: &str =
    "the document is encrypted: open it in its own program with its password, and save it without one";
