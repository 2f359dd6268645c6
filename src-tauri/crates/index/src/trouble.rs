//! What is wrong with a query that cannot mean anything.

/// A query that cannot mean anything, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryTrouble {
    /// What the window branches on.
    pub code: TroubleCode,
    /// A sentence for people.
    pub message: String,
    /// The characters of the query that it is about, from and up to.
    pub at: (usize, usize),
    /// What to try instead.
    pub hint: Option<String>,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TroubleCode {
    /// Nothing but spaces.
    EmptyQuery,
    /// Nothing but punctuation.
    NothingToSearch,
    /// Only words that must not occur.
    OnlyNot,
    /// `AND`, `OR` or `NOT` with nothing beside it.
    MissingWord,
    /// `kind:` and the like with nothing behind it.
    MissingValue,
    /// `kind:` with a word that names no kind.
    UnknownKind,
    /// `date:` with something that is no day, month or year.
    BadDate,
    /// `amount:` with something that is no amount.
    BadAmount,
    /// A range that ends before it begins.
    EmptyRange,
    /// Longer than any question.
    TooLong,
    /// Too many brackets in one another.
    TooDeep,
}

impl TroubleCode {
    /// The code as it stands in the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::EmptyQuery => "empty_query",
            Self::NothingToSearch => "nothing_to_search",
            Self::OnlyNot => "only_not",
            Self::MissingWord => "missing_word",
            Self::MissingValue => "missing_value",
            Self::UnknownKind => "unknown_kind",
            Self::BadDate => "bad_date",
            Self::BadAmount => "bad_amount",
            Self::EmptyRange => "empty_range",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
        }
    }
}

impl QueryTrouble {
    pub(crate) fn new(code: TroubleCode, at: (usize, usize), message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at, hint: None }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
