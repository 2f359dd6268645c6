//! Reads the text of a query into its meaning.

use std::sync::Arc;

use crate::document::Place;
use crate::files::{EntrySet, FilePattern};
use crate::lexemes::{self, Field, Lexeme, Quotes, What};
use crate::query::{Leaf, Node, Typing};
use crate::tokens::Cutter;
use crate::trouble::{QueryTrouble, TroubleCode};
use crate::values;

/// A question that anyone types is shorter; what is pasted by mistake is longer.
const QUERY_CHARS_MAX: usize = 2_000;
/// Brackets in one another.
const DEPTH_MAX: usize = 32;

/// Reads `text`.
pub(crate) fn read(
    text: &str,
    typing: Typing,
    files: &dyn Fn(&FilePattern) -> EntrySet,
) -> Result<Node, QueryTrouble> {
    let chars: Vec<char> = text.chars().collect();
    let whole = (0, chars.len());
    if chars.len() > QUERY_CHARS_MAX {
        let message =
            format!("the query has {} characters, at most {QUERY_CHARS_MAX} can be read", chars.len());
        return Err(QueryTrouble::new(TroubleCode::TooLong, whole, message));
    }
    let lexemes = lexemes::cut(&chars);
    if lexemes.is_empty() {
        return Err(
            QueryTrouble::new(TroubleCode::EmptyQuery, whole, "the query is empty").hint("type a word")
        );
    }
    let mut reader = Reader { chars: &chars, lexemes: &lexemes, next: 0, depth: 0, typing, files };
    let mut parts = Vec::new();
    while reader.next < lexemes.len() {
        parts.extend(reader.any()?);
        // A bracket that closes nothing is passed over.
        if reader.peek() == Some(&What::Close) {
            reader.next += 1;
        }
    }
    if parts.is_empty() {
        return Err(QueryTrouble::new(
            TroubleCode::NothingToSearch,
            whole,
            "the query has no letter or digit",
        )
        .hint("type a word or a number"));
    }
    let root = Node::and(parts);
    if only_not(&root) {
        return Err(QueryTrouble::new(
            TroubleCode::OnlyNot,
            whole,
            "the query only says what must not occur",
        )
        .hint("add a word, or a field such as kind:billing"));
    }
    Ok(root)
}

/// Whether nothing but words that must not occur is asked for. To leave out a kind or a file alone is a question.
fn only_not(node: &Node) -> bool {
    match node {
        Node::Not(inner) => has_words(inner),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(only_not),
        _ => false,
    }
}

fn has_words(node: &Node) -> bool {
    match node {
        Node::Leaf(_) => true,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_words),
        Node::Not(inner) => has_words(inner),
        _ => false,
    }
}

struct Reader<'a> {
    chars: &'a [char],
    lexemes: &'a [Lexeme],
    next: usize,
    depth: usize,
    typing: Typing,
    files: &'a dyn Fn(&FilePattern) -> EntrySet,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a What> {
        self.lexemes.get(self.next).map(|l| &l.what)
    }

    /// Alternatives, up to a closing bracket or the end.
    fn any(&mut self) -> Result<Option<Node>, QueryTrouble> {
        let mut nodes = Vec::new();
        if self.peek() == Some(&What::Or) {
            self.miss()?;
        }
        loop {
            nodes.extend(self.all()?);
            if self.peek() != Some(&What::Or) {
                break;
            }
            self.next += 1;
            if matches!(self.peek(), None | Some(What::Or | What::Close)) {
                self.next -= 1;
                self.miss()?;
            }
        }
        Ok((!nodes.is_empty()).then(|| Node::or(nodes)))
    }

    /// Things that must all be there.
    fn all(&mut self) -> Result<Option<Node>, QueryTrouble> {
        let mut nodes = Vec::new();
        if self.peek() == Some(&What::And) {
            self.miss()?;
        }
        loop {
            match self.peek() {
                None | Some(What::Or | What::Close) => break,
                Some(What::And) => {
                    self.next += 1;
                    if matches!(self.peek(), None | Some(What::And | What::Or | What::Close)) {
                        self.next -= 1;
                        self.miss()?;
                    }
                }
                Some(What::Word { .. }) => nodes.extend(self.words()),
                Some(_) => nodes.extend(self.one()?),
            }
        }
        Ok((!nodes.is_empty()).then(|| Node::and(nodes)))
    }

    /// Something, perhaps with `NOT` before it.
    fn one(&mut self) -> Result<Option<Node>, QueryTrouble> {
        let mut not = false;
        while self.peek() == Some(&What::Not) {
            not = !not;
            self.next += 1;
        }
        if matches!(self.peek(), None | Some(What::And | What::Or | What::Close)) {
            // Only `NOT` leads here.
            self.next -= 1;
            self.miss()?;
            return Ok(None);
        }
        let Some(lexeme) = self.lexemes.get(self.next) else { return Ok(None) };
        let last = self.next + 1 == self.lexemes.len();
        self.next += 1;
        let node = match &lexeme.what {
            What::Word { star } => {
                let grows = last && self.typing == Typing::StillTyping && lexeme.at.1 == self.chars.len();
                let text: String = self.chars[lexeme.at.0..lexeme.at.1].iter().collect();
                match text.as_str() {
                    "*" => Some(Node::All),
                    _ => all_of(words(&text, Place::Text, Last::new(*star, grows))),
                }
            }
            What::Phrase { text, closed } => {
                let grows = self.typing == Typing::StillTyping && !closed;
                phrase(text, Place::Text, Last::new(text.trim_end().ends_with('*'), grows))
            }
            What::Field { field, value, quotes } => self.field(*field, value, *quotes, lexeme.at, last)?,
            What::Open => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    let message = format!("the query has brackets deeper than {DEPTH_MAX}");
                    return Err(QueryTrouble::new(TroubleCode::TooDeep, lexeme.at, message));
                }
                let node = self.any()?;
                self.depth -= 1;
                // A bracket that is never closed is closed by the end.
                if self.peek() == Some(&What::Close) {
                    self.next += 1;
                }
                node
            }
            What::Close | What::And | What::Or | What::Not => None,
        };
        Ok(node.map(|node| if not { Node::Not(Box::new(node)) } else { node }))
    }

    /// Bare words that follow one another: read as one text, so that numbers written with spaces are seen.
    fn words(&mut self) -> Vec<Node> {
        let first = self.next;
        let mut star = false;
        while let Some(What::Word { star: s }) = self.peek() {
            let at = self.lexemes[self.next].at;
            if self.chars[at.0..at.1] == ['*'] {
                if self.next == first {
                    self.next += 1;
                    return vec![Node::All];
                }
                break;
            }
            self.next += 1;
            if *s {
                star = true;
                break;
            }
        }
        let (from, to) = (self.lexemes[first].at.0, self.lexemes[self.next - 1].at.1);
        let grows =
            self.typing == Typing::StillTyping && self.next == self.lexemes.len() && to == self.chars.len();
        words(&self.chars[from..to].iter().collect::<String>(), Place::Text, Last::new(star, grows))
    }

    fn field(
        &self,
        field: Field,
        value: &str,
        quotes: Quotes,
        at: (usize, usize),
        last: bool,
    ) -> Result<Option<Node>, QueryTrouble> {
        let typing = self.typing == Typing::StillTyping && last;
        if value.trim().is_empty() {
            // Whoever is typing will say the rest.
            return if typing && self.lexemes.len() > 1 {
                Ok(None)
            } else {
                Err(values::missing_value(field.name(), at))
            };
        }
        let people = |place| {
            let star = value.trim_end().ends_with('*');
            match quotes {
                Quotes::None => all_of(words(value, place, Last::new(star, typing))),
                Quotes::Open => phrase(value, place, Last::new(star, typing)),
                Quotes::Closed => phrase(value, place, Last::new(star, false)),
            }
        };
        // « date:20 » becomes a year, « amount:1, » an amount.
        let begun = |e: QueryTrouble| {
            let grows = typing && self.lexemes.len() > 1 && !value.contains(char::is_alphabetic);
            if grows { Ok(None) } else { Err(e) }
        };
        Ok(match field {
            Field::Kind => Some(values::kinds(value, typing, at)?),
            Field::Date => values::days(value, at).map(Some).or_else(begun)?,
            Field::Amount => values::amounts(value, at).map(Some).or_else(begun)?,
            Field::File => Some(Node::Entries(Arc::new((self.files)(&FilePattern::new(value))))),
            Field::From => people(Place::From),
            Field::To => people(Place::To),
        })
    }

    /// An operator with nothing beside it, at `next`.
    fn miss(&mut self) -> Result<(), QueryTrouble> {
        let lexeme = &self.lexemes[self.next];
        self.next += 1;
        if self.typing == Typing::StillTyping && self.next == self.lexemes.len() && self.lexemes.len() > 1 {
            return Ok(());
        }
        let word: String = self.chars[lexeme.at.0..lexeme.at.1].iter().collect();
        Err(QueryTrouble::new(TroubleCode::MissingWord, lexeme.at, format!("{word} has nothing beside it"))
            .hint(format!("to search the word itself, write \"{word}\"")))
    }
}

fn all_of(nodes: Vec<Node>) -> Option<Node> {
    (!nodes.is_empty()).then(|| Node::and(nodes))
}

/// A token of a query; `extra` if it is a joined form of tokens before it.
struct Part {
    text: String,
    from: usize,
    to: usize,
}

/// The plain tokens of a text, and its joined forms with the range of tokens that each covers.
fn parts(text: &str) -> (Vec<Part>, Vec<(Part, usize, usize)>) {
    let (mut plain, mut joined) = (Vec::<Part>::new(), Vec::new());
    let mut last = None;
    Cutter::default().cut(text, 0, &mut |token| {
        if token.begins() {
            return;
        }
        let part = Part { text: token.text.clone(), from: token.from, to: token.to };
        if last == Some(token.position) {
            let first = plain.iter().rposition(|p| p.from <= part.from).unwrap_or(0);
            joined.push((part, first, plain.len() - 1));
        } else {
            last = Some(token.position);
            plain.push(part);
        }
    });
    (plain, joined)
}

/// Joined forms of one word that are looked for; more of them would be a table, not a word.
const JOINED_MAX: usize = 8;

/// How the last word of a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Whole,
    /// It stands for all that begin so.
    Star,
    /// So it does, because it is still being typed.
    Typed,
}

impl Last {
    fn new(star: bool, typed: bool) -> Self {
        match (star, typed) {
            (true, _) => Self::Star,
            (false, true) => Self::Typed,
            (false, false) => Self::Whole,
        }
    }
}

/// Each word of a text, wherever it stands; a word with separators in it is looked for in parts and joined.
fn words(text: &str, place: Place, end: Last) -> Vec<Node> {
    let (plain, joined) = parts(text);
    let mut nodes = Vec::new();
    let mut first = 0;
    while first < plain.len() {
        let mut last = first;
        // Tokens of one word, or under one joined form, belong together.
        while last + 1 < plain.len()
            && (!text[plain[last].to..plain[last + 1].from.max(plain[last].to)].contains(char::is_whitespace)
                || joined.iter().any(|(_, a, b)| *a <= last && last < *b))
        {
            last += 1;
        }
        let end = if last + 1 == plain.len() { end } else { Last::Whole };
        nodes.push(unit(&plain, &joined, (first, last), place, end));
        first = last + 1;
    }
    nodes
}

/// The words of a text in their order.
fn phrase(text: &str, place: Place, end: Last) -> Option<Node> {
    let (plain, joined) = parts(text);
    (!plain.is_empty()).then(|| unit(&plain, &joined, (0, plain.len() - 1), place, end))
}

/// Tokens `first..=last` in their order, or with any one joined form in the place of what it covers.
fn unit(
    plain: &[Part],
    joined: &[(Part, usize, usize)],
    (first, last): (usize, usize),
    place: Place,
    end: Last,
) -> Node {
    let leaf = |words: Vec<&Part>| {
        let words = words.into_iter().map(|p| p.text.clone()).collect();
        Node::Leaf(Leaf { place, words, prefix: end != Last::Whole, typing: end == Last::Typed })
    };
    let mut nodes = vec![leaf(plain[first..=last].iter().collect())];
    for (part, a, b) in joined.iter().filter(|(_, a, b)| first <= *a && *b <= last).take(JOINED_MAX) {
        let mut words: Vec<&Part> = plain[first..*a].iter().collect();
        words.push(part);
        words.extend(&plain[b + 1..=last]);
        let node = leaf(words);
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    // Several ids, each of them joined.
    let mut words = Vec::new();
    let mut at = first;
    while at <= last {
        let longest = joined.iter().filter(|(_, a, b)| *a == at && *b <= last).max_by_key(|(_, _, b)| *b);
        words.push(longest.map_or(&plain[at], |(part, ..)| part));
        at = longest.map_or(at, |(.., b)| *b) + 1;
    }
    let node = leaf(words);
    if !nodes.contains(&node) {
        nodes.push(node);
    }
    Node::or(nodes)
}
