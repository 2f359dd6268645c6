//! XML: repeated elements are records, everything else stands around them; no entity is expanded but the five.

mod element;
mod known;
mod opml;
mod outline;
mod stream;
mod tokens;

pub(crate) use element::note;
pub(crate) use opml::{Outlines, fill as fill_outline};
pub(crate) use stream::{again, read};
pub(crate) use tokens::{Tokens, What, name, resolve};
