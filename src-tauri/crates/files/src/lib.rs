//! One entry's bytes become rows: JSON, NDJSON, CSV and TSV, XML, plain text, HTML, mails and mailboxes, cards and
//! calendars, chats, bank statements (QIF, OFX, MT940, BAI2), dumps
//! of databases as SQL, settings, subtitles; workbooks and documents of offices;
//! everything else is named.
//!
//! Reading never fails. It gives what was understood and what was odd; every value has its place, and where the
//! format allows it the range of bytes that it came from. A row can be read again from its own bytes, so that
//! nobody has to keep a second copy of the text.
//!
//! This crate deliberately does not know what a row means: no kinds, no dates, no money, no people.

mod again;
mod attached;
mod bank;
mod blocks;
mod calendar;
mod cards;
mod catalog;
mod charset;
mod chat;
mod compound;
mod cues;
mod decode;
mod doc;
mod document;
mod docx;
mod eml;
mod epub;
mod foreign;
mod html;
mod image;
mod json;
mod kept;
mod layout;
pub mod limits;
mod locked;
mod media;
mod mend;
mod msg;
mod named;
mod names;
mod oddities;
mod odf;
mod office;
mod out;
mod pack;
mod pdf;
mod picture;
mod plist;
mod ppt;
mod pptx;
mod read;
mod row;
mod rtf;
mod sealed;
mod settings;
mod sheet;
mod sniff;
mod sql;
mod sqlite;
mod summary;
mod table;
mod text;
mod whole;
mod window;
pub mod wire;
mod xls;
mod xlsx;
mod xml;
mod xmp;
mod yaml;

pub use again::{Source, read_again, shown_row, source};
pub use kept::Kept;
pub use layout::{Decoding, Encoding, Format, Layout, List, Table, ToldBy};
pub use names::{FieldId, Names};
pub use picture::{NoPicture, Picture, picture};
pub use read::{Reading, Status, read, read_with};
pub use row::{Notation, Row, Span, Value, ValueKind};
