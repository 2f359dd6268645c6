//! What a paper calls itself: the line among its first that names a sort of paper.

use super::lines::{Line, said};
use super::phrases::{PHRASES, Sort};
use super::values::date_at;

/// So many lines may stand above a title: a letterhead, an address, a place and a day.
const LINES: usize = 16;

/// A title has no more words; numbers do not count.
const WORDS: usize = 9;

/// What a paper calls itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title<'a> {
    pub(super) sort: Sort,
    /// How much of the line says so: 5 all of it, 4 its beginning, 3 its end, 1 its middle.
    pub(super) strength: u8,
    pub(super) text: &'a str,
    pub(super) line: usize,
    /// Whether it is what a letter is about.
    pub(super) subject: bool,
    /// How many words it is told by.
    pub(super) words: usize,
}

impl Title<'_> {
    /// Whether a day stands in it: `Votre demande du 3 mars 2024` is what a letter answers.
    pub(super) fn is_dated(&self) -> bool {
        let starts = self.text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
        starts.take(8).any(|at| date_at(&self.text[at..]).is_some())
    }
}

/// What letters call their subject.
const SUBJECTS: &[&str] = &[
    "objet",
    "subject",
    "betreff",
    "asunto",
    "oggetto",
    "onderwerp",
    "assunto",
    "re",
    "concerne",
    "betrifft",
    "betr",
    "betreft",
];

/// Words before a title that are no part of it.
const BEFORE: &[&str] = &[
    "votre",
    "vos",
    "mon",
    "ma",
    "mes",
    "la",
    "le",
    "les",
    "l",
    "your",
    "my",
    "the",
    "our",
    "ihre",
    "ihr",
    "meine",
    "mein",
    "die",
    "der",
    "das",
    "su",
    "sus",
    "mi",
    "mis",
    "el",
    "uw",
    "mijn",
    "de",
    "il",
    "lo",
    "sua",
    "seu",
    "os",
    "as",
    "o",
    "a",
    "deuxieme",
    "premiere",
    "derniere",
    "troisieme",
    "erste",
    "zweite",
    "letzte",
    "first",
    "second",
    "final",
    "segundo",
    "secondo",
    "primo",
    "eerste",
    "tweede",
    "re",
    "fwd",
    "tr",
    "wg",
    "duplicata",
    "copie",
];

/// The title of a paper: the strongest line, the first of equal ones.
pub(super) fn title<'a>(lines: &[Line<'a>]) -> Option<Title<'a>> {
    let mut best: Option<Title<'a>> = None;
    for (line, at) in lines.iter().zip(0..).take(LINES) {
        // `Demande reçue le   : 5 octobre`: a name with its value, however wide the gap.
        let pair = line.text.split(['\t', ' ']).skip(1).any(|word| word == ":") && !line.text.ends_with(':');
        let whole = pair.then_some(line.text);
        for text in whole.into_iter().chain(parts(line.text).take(if pair { 0 } else { usize::MAX })) {
            let Some(found) = told(text, at) else { continue };
            if best.is_none_or(|b| found.strength > b.strength) {
                best = Some(found);
            }
        }
    }
    best
}

/// What a line between wide gaps consists of.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\t', '|']).flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty())
}

fn told(text: &str, line: usize) -> Option<Title<'_>> {
    let (label, value) = match text.split_once(':') {
        Some((label, value)) if value.is_empty() || value.starts_with([' ', '\u{a0}']) => {
            (label.trim(), value.trim())
        }
        _ => ("", text),
    };
    let subject = SUBJECTS.contains(&said(label).join(" ").as_str());
    if !label.is_empty() && !subject && !value.is_empty() {
        return None;
    }
    let of = if subject { value } else { text.trim_end_matches(':') };
    let titled =
        |sort: Sort, strength: u8, words: usize| Title { sort, strength, text: of, line, subject, words };
    let said: Vec<String> = said(of).into_iter().filter(|w| w.chars().any(char::is_alphabetic)).collect();
    if said.is_empty() || said.len() > WORDS || of.ends_with(['.', ',', ';', '!']) && said.len() > 4 {
        return None;
    }
    let begin = said.iter().take_while(|w| BEFORE.contains(&w.as_str())).count();
    let found = PHRASES.titles(&said);
    let place = |from: usize, len: usize| {
        let rest =
            said[from + len..].iter().filter(|w| !NUMBER.contains(&w.as_str()) && !is_month(w)).count();
        match (from <= begin, rest) {
            (true, 0) => 5,
            (true, _) => 4,
            (false, 0) => 3,
            _ => 1,
        }
    };
    // Whatever else it names: a guide to invoices, a consent policy.
    let read = found.iter().find(|(sort, ..)| *sort == Sort::Document);
    if let Some((sort, from, len)) = read {
        return Some(titled(*sort, place(*from, *len).max(4), *len));
    }
    let best = found.iter().max_by_key(|(_, from, len)| (place(*from, *len), *len))?;
    let (sort, from, len) = *best;
    Some(titled(sort, place(from, len), len))
}

/// What stands between a title and its number.
const NUMBER: &[&str] = &[
    "n",
    "no",
    "nr",
    "num",
    "numero",
    "number",
    "nummer",
    "ref",
    "reference",
    "du",
    "vom",
    "del",
    "of",
    "van",
    "do",
    "da",
    "de",
    "le",
    "al",
    "au",
    "en",
    "den",
    "am",
    "ft",
    "id",
    "the",
    "for",
    "pour",
    "für",
    "fur",
];

fn is_month(word: &str) -> bool {
    crate::dates::month_named(word).is_some()
}
