//! Names with their values, as papers write them: `Échéance : 16/04/2024`, `Invoice number 88121`, a row of names above a
//! row of values.

use super::super::fields::is_date;
use super::lines::Line;
use super::phrases::PHRASES;
use super::values::{self, is_number, is_person, taken};
use crate::record::Role;
use crate::vocabulary::VOCABULARY;

/// A value under a name that is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) role: Role,
    pub(super) label: &'a str,
    pub(super) value: &'a str,
    /// The line that the value stands in.
    pub(super) line: usize,
}

/// A name has no more words.
const LABEL_WORDS: usize = 5;

/// With its articles and signs it has no more.
const LABEL_MOST: usize = LABEL_WORDS + 2;

/// A row of names has no more words.
const NAMES_MOST: usize = 16;

/// A name before a colon has no more bytes.
const LABEL_LONG: usize = 60;

/// A number behind a name that does not say that it is one has so many digits: `Invoice 1450`, and not `Order 2`.
const BARE_DIGITS: usize = 3;

/// So many pairs stand in one line.
const IN_LINE: usize = 5;

/// All names with values, in the order of the paper.
pub(super) fn pairs<'a>(lines: &[Line<'a>]) -> Vec<Pair<'a>> {
    let mut out = Vec::new();
    let mut next = lines.first().map(Labels::of);
    let mut at = 0;
    while let Some(here) = next {
        next = lines.get(at + 1).map(Labels::of);
        let names = here.row_of_names();
        if let Some(below) = next.as_ref().filter(|_| !names.is_empty())
            && under(&names, below.line.text, at + 1, &mut out)
        {
            at += 2;
            next = lines.get(at).map(Labels::of);
            continue;
        }
        if !here.in_line(at, next.as_ref(), &mut out)
            && !here.inside(at, &mut out)
            && let Some(below) = &next
        {
            here.at_the_end(below.line.text, at + 1, &mut out);
        }
        at += 1;
    }
    out
}

/// The names in a line.
struct Labels<'l, 'a> {
    line: &'l Line<'a>,
    /// Of each of its words, whether a known name begins with it: most words of a text begin none.
    opens: Vec<bool>,
}

impl<'l, 'a> Labels<'l, 'a> {
    fn of(line: &'l Line<'a>) -> Self {
        let words = line.words();
        let mut opens = vec![false; words.len()];
        for at in (0..words.len()).rev() {
            let article = ARTICLES.contains(&words[at].as_str()) && opens.get(at + 1) == Some(&true);
            opens[at] = article || PHRASES.opens(&words[at]);
        }
        Self { line, opens }
    }

    /// Takes the pairs of the line; whether there is one.
    fn in_line(&self, line: usize, next: Option<&Labels<'_, 'a>>, out: &mut Vec<Pair<'a>>) -> bool {
        let before = out.len();
        let mut rest = self.line.text;
        for _ in 0..IN_LINE {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let Some((role, label, value, colon)) = self.named(rest) else { break };
            if value.is_empty() {
                // `Facturé à :` above the name of somebody.
                if let Some(next) = next.filter(|n| n.named(n.line.text).is_none())
                    && let Some((value, _)) = taken(role, next.line.text, true)
                {
                    out.push(Pair { role, label, value, line: line + 1 });
                }
                break;
            }
            let Some((value, behind)) = taken(role, value, colon) else { break };
            if !colon
                && is_number(role)
                && !self.is_numbered(label)
                && value.bytes().filter(u8::is_ascii_digit).count() < BARE_DIGITS
            {
                break;
            }
            out.push(Pair { role, label, value, line });
            rest = behind;
        }
        out.len() > before
    }

    /// Takes the number or the day that stands behind its name within the line: `Nuagea SAS Facture n° FR-778120`.
    fn inside(&self, line: usize, out: &mut Vec<Pair<'a>>) -> bool {
        let text = self.line.text;
        if text.len() > values::LONG || text.ends_with(['.', ',', ';']) {
            return false;
        }
        let found = tokens(text).skip(1).take(IN_LINE * 2).find_map(|(from, _)| {
            let (role, label, value, _) = self.named(&text[from..])?;
            let own = matches!(role, Role::Number | Role::InvoiceNumber | Role::DueOn);
            let told = own && label.contains(|c: char| c.is_whitespace() || c == ':') || role == Role::DueOn;
            let value = taken(role, value, false).filter(|_| told)?.0;
            Some(Pair { role, label, value, line })
        });
        out.extend(found);
        found.is_some()
    }

    /// The name at the beginning of a rest of the line, what it is for, what stands behind it, and whether a colon is
    /// between them.
    fn named(&self, text: &'a str) -> Option<(Role, &'a str, &'a str, bool)> {
        if let Some(at) = text.find(':').filter(|at| *at <= LABEL_LONG) {
            let (label, value) = (text[..at].trim(), &text[at + 1..]);
            if value.is_empty() || value.starts_with(char::is_whitespace) {
                if let Some(role) = self.role_of(label) {
                    return Some((role, label, value.trim(), true));
                }
                // `SIRET 000 000 Échéance : …`: what stands before a name in the same line is not of it.
                let starts: Vec<(usize, usize)> = tokens(label).collect();
                let end =
                    starts.iter().skip(1).rev().take(LABEL_WORDS).rev().find_map(|(from, _)| {
                        self.role_of(&label[*from..]).map(|role| (role, &label[*from..]))
                    });
                let (role, label) = end.or_else(|| self.role_of_a_part(label).map(|role| (role, label)))?;
                return Some((role, label, value.trim(), true));
            }
        }
        let mut ends: Vec<usize> =
            text.match_indices(char::is_whitespace).map(|(at, _)| at).take(LABEL_WORDS).collect();
        if ends.len() < LABEL_WORDS {
            ends.push(text.len());
        }
        ends.iter().rev().find_map(|end| {
            let label = text[..*end].trim_end_matches('.');
            let label = if label.len() < 3 { &text[..*end] } else { label };
            let value = text[*end..].trim_start();
            // `Date` alone above a value is left to the rows of names.
            let role = self.role_of(label).filter(|r| is_typed(*r))?;
            (!value.is_empty()).then_some((role, label, value, false))
        })
    }

    /// What a name is for.
    fn role_of(&self, label: &str) -> Option<Role> {
        let words = self.line.words_of(label);
        if words.is_empty() || words.len() > LABEL_MOST || !self.opens[words.start] {
            return None;
        }
        let said = &self.line.words()[words];
        if let Some(role) = whole(said) {
            return Some(role);
        }
        let said = without_number(said);
        let numbered = said.counted || label.contains(NUMBER_SIGNS);
        if numbered && !said.words.is_empty() {
            // `Avoir n°`: the number of what the paper is.
            let titles = PHRASES.titles(&said.words);
            if titles.iter().any(|(_, from, len)| *from == 0 && *len == said.words.len()) {
                return Some(Role::Number);
            }
        }
        whole(&said.words)
    }

    /// What a name is for of which only a part is known.
    fn role_of_a_part(&self, label: &str) -> Option<Role> {
        let said = self.line.said(label);
        if said.is_empty() || said.len() > LABEL_MOST {
            return None;
        }
        let said = without_number(said).words;
        VOCABULARY.roles(&said).into_iter().next().map(|(role, _)| role).filter(|_| !said.is_empty())
    }

    /// Whether a name says that it is one of a number.
    fn is_numbered(&self, label: &str) -> bool {
        label.contains(NUMBER_SIGNS)
            || self
                .line
                .said(label)
                .iter()
                .any(|w| NUMBERS.contains(&w.as_str()) || w.ends_with("nummer") || w.ends_with("nr"))
    }

    /// The names that the whole line consists of.
    fn row_of_names(&self) -> Vec<(Role, &'a str)> {
        let text = self.line.text;
        if self.opens.first() != Some(&true) {
            return Vec::new();
        }
        let tokens: Vec<(usize, usize)> = tokens(text).take(NAMES_MOST + 1).collect();
        let mut out = Vec::new();
        let mut at = 0;
        if tokens.len() > NAMES_MOST {
            return out;
        }
        while at < tokens.len() {
            let longest = (1..=LABEL_WORDS.min(tokens.len() - at)).rev().find_map(|n| {
                let label = &text[tokens[at].0..tokens[at + n - 1].1];
                self.role_of(label.trim_end_matches(':')).map(|role| (role, label, n))
            });
            let Some((role, label, n)) = longest else { return Vec::new() };
            out.push((role, label.trim_end_matches([':', '.'])));
            at += n;
        }
        out
    }

    /// A name at the end of the line above its value at the end of the next one: the right one of two columns.
    fn at_the_end(&self, next: &'a str, line: usize, out: &mut Vec<Pair<'a>>) {
        let text = self.line.text;
        let tokens: Vec<(usize, usize)> = tokens(text).collect();
        let found = (1..=LABEL_WORDS.min(tokens.len())).rev().find_map(|n| {
            let label = &text[tokens[tokens.len() - n].0..];
            let role = self.role_of(label.trim_end_matches(':'))?;
            (matches!(role, Role::Number | Role::InvoiceNumber | Role::DueOn)
                || (role == Role::Date && n > 1))
                .then_some((role, label))
        });
        let Some((role, label)) = found else { return };
        let starts: Vec<(usize, usize)> = self::tokens(next).collect();
        let value = (1..=3.min(starts.len())).rev().find_map(|n| {
            let (value, rest) = taken(role, &next[starts[starts.len() - n].0..], true)?;
            rest.trim().is_empty().then_some(value)
        });
        if let Some(value) = value {
            out.push(Pair { role, label, value, line });
        }
    }
}

/// What a name of exactly these words is for.
fn whole(said: &[String]) -> Option<Role> {
    PHRASES.label(said).or_else(|| VOCABULARY.role(said))
}

/// A name without its articles and without the words that say that a number follows.
struct Bare {
    words: Vec<String>,
    /// Whether there were such words.
    counted: bool,
}

fn without_number(said: &[String]) -> Bare {
    let mut words: Vec<String> = said.iter().filter(|w| !ARTICLES.contains(&w.as_str())).cloned().collect();
    let before = words.len();
    while words.last().is_some_and(|w| NUMBERS.contains(&w.as_str())) {
        words.pop();
    }
    Bare { counted: words.len() < before, words }
}

const ARTICLES: &[&str] = &[
    "la", "le", "les", "l", "the", "der", "die", "das", "el", "il", "lo", "your", "votre", "ihre", "uw", "o",
    "a",
];
/// Words that say that a number follows.
pub(super) const NUMBERS: &[&str] = &["n", "no", "nr", "num", "numero", "number", "nummer", "id", "ref"];

/// Signs that say so.
const NUMBER_SIGNS: [char; 2] = ['#', '№'];

/// Whether values of a role have a form of their own, so that no colon has to stand before them.
fn is_typed(role: Role) -> bool {
    is_date(role) || is_number(role) || is_person(role)
}

/// Where the words between blanks begin and end.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split_whitespace().map(|t| {
        let from = t.as_ptr().addr() - text.as_ptr().addr();
        (from, from + t.len())
    })
}

/// Takes the values below a row of names; whether all of them are there.
fn under<'a>(names: &[(Role, &'a str)], text: &'a str, line: usize, out: &mut Vec<Pair<'a>>) -> bool {
    let mut found = Vec::new();
    let mut rest = text;
    for (role, label) in names {
        if !is_date(*role) && !is_number(*role) && names.len() > 1 {
            return false;
        }
        let Some((value, behind)) = taken(*role, rest, true) else { return false };
        found.push(Pair { role: *role, label, value, line });
        rest = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    let alone = names.len() > 1 || (rest.is_empty() && is_typed(names[0].0));
    out.extend(found.into_iter().filter(|_| alone));
    alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use files::Row;

    #[track_caller]
    fn check(text: &str, wanted: &[(Role, &str)]) {
        let row = Row::default();
        let lines: Vec<Line<'_>> = text.lines().map(|text| Line::plain(text, &row)).collect();
        let got: Vec<(Role, &str)> = pairs(&lines).iter().map(|p| (p.role, p.value)).collect();
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn values_stand_beside_and_below_their_names() {
        check("Échéance : 16/04/2024", &[(Role::DueOn, "16/04/2024")]);
        check("Invoice number 88121", &[(Role::InvoiceNumber, "88121")]);
        check(
            "Invoice date 4 February 2025 Due date 18 February 2025",
            &[(Role::Date, "4 February 2025"), (Role::DueOn, "18 February 2025")],
        );
        check("Facture n° F-2021-0498", &[(Role::Number, "F-2021-0498")]);
        check(
            "Invoice No. Date Customer No.\nIN-40418 21/07/2023 C-2210",
            &[
                (Role::InvoiceNumber, "IN-40418"),
                (Role::Date, "21/07/2023"),
                (Role::CustomerNumber, "C-2210"),
            ],
        );
        check("Nuagea SAS N° de facture\n8 quai des Docks FR-778120", &[(Role::InvoiceNumber, "FR-778120")]);
        check("Bill to\nPriya Nandakumar", &[(Role::FullName, "Priya Nandakumar")]);
        check("Facturé à : Mme Odile Kervran", &[(Role::FullName, "Mme Odile Kervran")]);
        check("The date of the meeting is not known yet", &[]);
    }
}
