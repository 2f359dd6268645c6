//! Tables as text: the delimiter, the quotes and the header are found; nothing that is not a row is lost.

mod around;
mod cells;
mod dialect;
mod stream;

pub(crate) use dialect::{find, is_value, looks_like_table};
pub(crate) use stream::{again, read};
