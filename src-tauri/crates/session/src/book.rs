//! What was learnt of one entry while reading it: enough to read any of its records again.

use std::collections::BTreeMap;
use std::sync::Arc;

use archive::Oddity;
use files::{Format, Kept, Layout, Span, Status};
use records::{Day, Kind, Plan, What};

/// One row of an entry, as far as it is remembered; the rest is read again from the archive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) what: What,
    pub(crate) day: Option<Day>,
}

/// How an entry fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Not reached yet, or reading was stopped before.
    Waiting,
    Read,
    Partly,
    Unread,
    Empty,
    Refused,
    Encrypted,
}

impl Fate {
    /// The word of the contract. What was not reached is unread.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partly => "partly",
            Self::Waiting | Self::Unread => "unread",
            Self::Empty => "empty",
            Self::Refused => "refused",
            Self::Encrypted => "encrypted",
        }
    }
}

impl From<Status> for Fate {
    fn from(status: Status) -> Self {
        match status {
            Status::Read => Self::Read,
            Status::Partly => Self::Partly,
            Status::Unread => Self::Unread,
            Status::Empty => Self::Empty,
            Status::Encrypted => Self::Encrypted,
        }
    }
}

/// What was learnt of one entry.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) fate: Fate,
    pub(crate) format: Option<Format>,
    /// Fields and lists as far as they were met; none before the first row.
    pub(crate) layout: Option<Arc<Layout>>,
    pub(crate) plan: Plan,
    pub(crate) lines: Vec<Line>,
    /// The rows themselves, where they cannot be read again one by one.
    pub(crate) kept: Arc<Kept>,
    /// Bytes as they turned out, where the container did not say or lied.
    pub(crate) bytes: Option<u64>,
    pub(crate) records: u64,
    pub(crate) kinds: BTreeMap<Kind, u64>,
    pub(crate) oddities: Vec<Oddity>,
}

impl Book {
    /// The empty book of an entry.
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            fate: Fate::Waiting,
            format: None,
            layout: None,
            plan,
            lines: Vec::new(),
            kept: Arc::default(),
            bytes: None,
            records: 0,
            kinds: BTreeMap::new(),
            oddities: Vec::new(),
        }
    }
}
