//! Office documents are ZIPs of XML parts: parts are found by name and read as streams, in memory only.

mod decoded;
mod package;
mod properties;
mod pull;

pub(crate) use decoded::Decoded;
pub(crate) use package::{Package, Relation, resolved};
pub(crate) use properties::{hand_over_properties, properties};
pub(crate) use pull::{Event, Pull, Source, Tag};
