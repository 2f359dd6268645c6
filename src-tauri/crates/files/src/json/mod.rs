//! JSON as it is found: one value, a list, or lists in wrappers; tolerant, streamed, every number as written.

mod outline;
mod stream;
mod value;

pub(crate) use outline::{is_whole, looks_like_json};
pub(crate) use stream::{again, read, read_lines};
pub(crate) use value::{NeedMore, unit};
