//! What is asked for: the meaning of a query, whoever wrote it.

use std::collections::BTreeSet;
use std::sync::Arc;

use records::{Day, Kind};

use crate::document::Place;
use crate::files::{EntrySet, FilePattern};
use crate::parse;
use crate::segment::DayNumber;
use crate::trouble::QueryTrouble;

/// A question to the index.
///
/// | written | means |
/// |---|---|
/// | `facture impayée` | both words, anywhere; `AND`, `ET` and `&&` may stand between them |
/// | `"facture impayée"` | the words in this order; `“…”` and `«…»` do as well |
/// | `avoir OR remboursement` | either; also `OU`, `\|\|`; binds less than what stands side by side |
/// | `facture -brouillon` | without the second; also `NOT`, `SAUF` |
/// | `(a OR b) c` | brackets as expected |
/// | `rembours*` | every word that begins so; also as the last word of a phrase |
/// | `*` | every record |
/// | `kind:billing,ticket` | of one of these kinds, in English or French; also `genre:` |
/// | `file:facture`, `file:*.csv` | of the entries with this in their name, or whose name is so; also `fichier:` |
/// | `date:2024`, `date:2024-02`, `date:15/01/2024` | of this year, month, day |
/// | `date:2021..2023`, `date:>2024-01-15`, `date:..2020` | of these days; `>=`, `<`, `<=` as well |
/// | `amount:49,90`, `amount:10..20`, `amount:>100` | with such an amount; also `montant:`; one without a sign and range means either sign |
/// | `from:durand`, `to:"marie durand"` | from or to such people, in quotes with these words in this order; also `de:`, `à:` |
///
/// Operators are in capitals. Case, accents and the elided articles of French do not count, and a number or id is found
/// with and without its separators, inside phrases too.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) root: Node,
    /// What is chosen beside the text of the query.
    pub filters: Filters,
}

/// Choices beside the text: options of the command line, facets of the window. None of a kind means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Only these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// Only records of this day or later.
    pub from: Option<Day>,
    /// Only records of this day or earlier.
    pub to: Option<Day>,
    /// Only records of these entries.
    pub entries: Option<EntrySet>,
}

/// How the text of a query is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// As it stands.
    #[default]
    Done,
    /// Somebody is typing: the last word may still grow, so it stands for every word that begins with it, and an
    /// operator or field that has nothing behind it yet is passed over. Where a phrase ends in one or two letters that
    /// begin very many words, the answer may also hold records that have such a word in another place.
    StillTyping,
}

impl Query {
    /// Reads a query. `files` says which entries a `file:` pattern means.
    pub fn parse(
        text: &str,
        typing: Typing,
        files: impl Fn(&FilePattern) -> EntrySet,
    ) -> Result<Self, QueryTrouble> {
        let root = parse::read(text, typing, &files)?;
        Ok(Self { root, filters: Filters::default() })
    }

    /// Every record.
    pub fn all() -> Self {
        Self { root: Node::All, filters: Filters::default() }
    }

    /// The same question within `filters`.
    pub fn within(self, filters: Filters) -> Self {
        Self { filters, ..self }
    }

    /// The leaves that a record may contain because of this query, in the order in which they were written.
    pub(crate) fn leaves(&self) -> Vec<&Leaf> {
        let mut leaves = Vec::new();
        let mut todo = vec![&self.root];
        while let Some(node) = todo.pop() {
            match node {
                Node::Leaf(leaf) => leaves.push(leaf),
                Node::And(nodes) | Node::Or(nodes) => todo.extend(nodes.iter().rev()),
                _ => {}
            }
        }
        leaves
    }

    /// The words by which hits are scored: each once, in the order of the query.
    pub(crate) fn scored(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let leaves = self.leaves();
        let words = leaves.iter().filter(|leaf| leaf.place == Place::Text).flat_map(|leaf| &leaf.words);
        words.map(String::as_str).filter(|word| seen.insert(*word)).take(SCORED_WORDS_MAX).collect()
    }
}

/// More words than this are still searched, but no longer change the order.
const SCORED_WORDS_MAX: usize = 64;

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    All,
    Leaf(Leaf),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Kinds(Vec<Kind>),
    /// Both ends belong to it.
    Days(DayNumber, DayNumber),
    Amounts(Amounts),
    Entries(Arc<EntrySet>),
}

/// A word, or words that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Leaf {
    pub(crate) place: Place,
    /// One word, or the words of a phrase; never none.
    pub(crate) words: Vec<String>,
    /// Whether the last word stands for every word that begins with it.
    pub(crate) prefix: bool,
    /// Whether the last word is still being typed: the answer may take the words wherever they stand if to check their
    /// order would take longer than to type the next letter.
    pub(crate) typing: bool,
}

/// A range of amounts, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amounts {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// Whether the sign does not count: `amount:50` also means a refund of 50.
    pub(crate) either_sign: bool,
}

impl Amounts {
    pub(crate) fn contains(self, amount: i64) -> bool {
        let within = |a: i64| self.from <= a && a <= self.to;
        within(amount) || self.either_sign && within(amount.saturating_neg())
    }
}

impl Node {
    /// The conjunction of `nodes`.
    pub(crate) fn and(mut nodes: Vec<Self>) -> Self {
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Self::And(nodes),
        }
    }

    /// The disjunction of `nodes`.
    pub(crate) fn or(mut nodes: Vec<Self>) -> Self {
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Self::Or(nodes),
        }
    }
}
