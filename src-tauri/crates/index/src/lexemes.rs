//! Cuts the text of a query into words, phrases, fields, operators and brackets.

use crate::fold::fold_all;

/// A field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Kind,
    File,
    Date,
    Amount,
    From,
    To,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match fold_all(name).as_str() {
            "kind" | "genre" => Self::Kind,
            "file" | "fichier" => Self::File,
            "date" => Self::Date,
            "amount" | "montant" => Self::Amount,
            "from" | "de" => Self::From,
            "to" | "a" => Self::To,
            _ => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::File => "file",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::From => "from",
            Self::To => "to",
        }
    }
}

/// Whether the value of a field stands in quotes, and whether the second was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    None,
    Open,
    Closed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A bare word; `star` if it stands for all words that begin so.
    Word {
        star: bool,
    },
    /// The words between two quotes; `closed` unless the query ends before the second.
    Phrase {
        text: String,
        closed: bool,
    },
    Field {
        field: Field,
        value: String,
        quotes: Quotes,
    },
    Open,
    Close,
    And,
    Or,
    Not,
}

/// A piece of a query, and the characters of it from and up to; of a starred word, those before the star.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) what: What,
    pub(crate) at: (usize, usize),
}

/// Cuts a query up. Every text can be cut.
pub(crate) fn cut(chars: &[char]) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let from = at;
        let c = chars[at];
        let what = if c.is_whitespace() {
            at += 1;
            continue;
        } else if is_quote(c) {
            let (text, closed) = quoted(chars, &mut at);
            What::Phrase { text, closed }
        } else if c == '(' && !is_dialled_nought(chars, at) {
            at += 1;
            What::Open
        } else if c == ')' {
            at += 1;
            What::Close
        } else if matches!(c, '-' | '−') && chars.get(at + 1).is_some_and(|c| !c.is_whitespace()) {
            at += 1;
            What::Not
        } else {
            bare(chars, &mut at)
        };
        let to = match what {
            What::Word { star: true } => {
                from + chars[from..at].iter().rposition(|c| *c != '*').map_or(1, |i| i + 1)
            }
            _ => at,
        };
        lexemes.push(Lexeme { what, at: (from, to) });
    }
    lexemes
}

/// A word, operator or field, up to the next space, quote or bracket.
fn bare(chars: &[char], at: &mut usize) -> What {
    let word = chunk(chars, at);
    match word.as_str() {
        "AND" | "ET" | "&&" => return What::And,
        "OR" | "OU" | "||" => return What::Or,
        "NOT" | "SAUF" => return What::Not,
        _ => {}
    }
    if let Some((name, rest)) = word.split_once(':')
        && let Some(field) = Field::named(name)
    {
        let mut value = rest.to_owned();
        let mut quotes = Quotes::None;
        if value.is_empty() && chars.get(*at).is_some_and(|c| is_quote(*c)) {
            let (text, closed) = quoted(chars, at);
            value = text;
            quotes = if closed { Quotes::Closed } else { Quotes::Open };
        } else if !value.is_empty() && value.chars().all(|c| matches!(c, '<' | '>' | '=' | '≤' | '≥')) {
            // « amount:> 100 »
            let mut next = *at;
            while chars.get(next).is_some_and(|c| c.is_whitespace()) {
                next += 1;
            }
            let more = chunk(chars, &mut next);
            if !more.is_empty() {
                value.push_str(&more);
                *at = next;
            }
        }
        return What::Field { field, value, quotes };
    }
    What::Word { star: word.len() > 1 && word.ends_with('*') }
}

fn chunk(chars: &[char], at: &mut usize) -> String {
    let from = *at;
    while let Some(c) = chars.get(*at) {
        let ends = c.is_whitespace() || is_quote(*c) || *c == ')' && !closes_dialled_nought(chars, *at);
        if ends || *c == '(' && !is_dialled_nought(chars, *at) {
            break;
        }
        *at += 1;
    }
    chars[from..*at].iter().collect()
}

fn quoted(chars: &[char], at: &mut usize) -> (String, bool) {
    *at += 1;
    let from = *at;
    while chars.get(*at).is_some_and(|c| !is_quote(*c)) {
        *at += 1;
    }
    let text = chars[from..*at].iter().collect();
    let closed = *at < chars.len();
    if closed {
        *at += 1;
    }
    (text, closed)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether the brackets at `at` are those of `+33 (0)1 …`.
fn is_dialled_nought(chars: &[char], at: usize) -> bool {
    chars[at..].starts_with(&['(', '0', ')'])
        && at >= 3
        && chars[..at].iter().rev().skip_while(|c| **c == ' ').take(3).eq(['3', '3', '+'].iter())
}

fn closes_dialled_nought(chars: &[char], at: usize) -> bool {
    at >= 2 && is_dialled_nought(chars, at - 2)
}
