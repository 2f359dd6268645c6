//! JSON as it is found: one value, a list, or lists in wrappers; tolerant, streamed, every number as written.

mod lines;
mod outline;
mod prefix;
mod stream;
mod value;
mod words;

pub(crate) use lines::read as read_lines;
pub(crate) use outline::{is_whole, looks_like_json, starts_as_json};
pub(crate) use prefix::prefix;
pub(crate) use stream::{again, read};
pub(crate) use value::{NeedMore, RECORD, skip, skip_space, string_end, unescape, unit};
