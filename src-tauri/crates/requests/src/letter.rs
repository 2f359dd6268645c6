//! A letter: typed blocks in the order of the page, with what is missing and what to expect.

use std::collections::BTreeMap;

use records::{Day, Field, Record};

use crate::draft::{Draft, Item, Language, Right};
use crate::{advice, annex, clean, erasure, frame, rectification};

/// An item of a draft, looked up in the export.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// The item as drafted.
    pub item: &'a Item,
    /// The record at its place; none when the place is not in the export.
    pub record: Option<&'a Record>,
    /// The field at its place; none when the place is a whole record.
    pub field: Option<&'a Field>,
}

/// What a letter says of the export that it cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportFacts {
    /// The name of its file or folder.
    pub name: String,
    /// Its SHA-256 in hexadecimal, once computed.
    pub sha256: Option<String>,
    /// The id of the controller that it was recognised to come from.
    pub controller: Option<String>,
}

/// A letter as it would be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language that it is written in.
    pub language: Language,
    /// The e-mail address that it goes to; empty when none is known or what was typed is no address.
    pub to: String,
    /// The sender's e-mail address, under the same rule.
    pub from: String,
    /// The sender's name.
    pub sender: String,
    /// Its subject, for a mail or a file name.
    pub subject: String,
    /// Its pieces.
    pub blocks: Vec<Block>,
    /// What is still missing before it can be sent.
    pub missing: Vec<Remark>,
    /// What the company asks beside what the law says, and what to expect.
    pub advice: Vec<Remark>,
}

/// A piece of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Place and date.
    Date {
        /// `La Rochelle, 23 November 2026`.
        text: String,
    },
    /// An address, line by line.
    Address {
        /// Whose.
        who: Who,
        /// Its lines.
        lines: Vec<String>,
    },
    /// The subject line.
    Subject {
        /// Its text.
        text: String,
    },
    /// A heading inside the letter or its annex.
    Heading {
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text; a line break in it is meant.
        text: String,
        /// Whether these are the person's own words.
        own: bool,
    },
    /// A table.
    Table {
        /// Its header.
        header: Vec<String>,
        /// Its rows, each as long as the header.
        rows: Vec<Vec<String>>,
    },
    /// A list of points.
    List {
        /// Its points.
        items: Vec<String>,
    },
    /// The closing and the name.
    Signature {
        /// Its lines.
        lines: Vec<String>,
    },
    /// From here on, the annex.
    Annex {
        /// Its title.
        title: String,
    },
}

impl Block {
    pub(crate) fn says(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into(), own: false }
    }

    pub(crate) fn own(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into(), own: true }
    }
}

/// Whose address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person who writes.
    Sender,
    /// The company.
    Recipient,
}

impl Who {
    /// The word of the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Recipient => "recipient",
        }
    }
}

/// Something missing, or something to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A stable word, in snake_case.
    pub code: &'static str,
    /// The sentence in English.
    pub message: String,
    /// The values that the sentence names.
    pub args: BTreeMap<String, String>,
}

impl Remark {
    pub(crate) fn new<const N: usize>(
        code: &'static str,
        message: impl Into<String>,
        args: [(&str, String); N],
    ) -> Self {
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code, message: message.into(), args }
    }
}

/// Writes the letter of a draft whose items were looked up in the export; `cited` is in the order of the draft's items.
///
/// It is always written, whatever is missing: what is missing is said beside it.
pub fn letter(draft: &Draft, cited: &[Cited<'_>], export: &ExportFacts, today: Day) -> Letter {
    let frame = frame::Frame::new(draft, cited, export, today);
    let mut blocks = frame.head();
    match draft.right {
        Right::Rectification => rectification::write(&frame, &mut blocks),
        Right::Erasure => erasure::write(&frame, &mut blocks),
    }
    frame.foot(&mut blocks);
    annex::write(&frame, &mut blocks);
    Letter {
        language: draft.language,
        to: frame.to.email.clone(),
        from: clean::address(&draft.requester.email).unwrap_or_default().to_owned(),
        sender: frame.name(),
        subject: frame.subject(),
        blocks,
        missing: advice::missing(&frame),
        advice: advice::advice(&frame),
    }
}
