//! Single documents in running text: a bill, a talk with support, a consent, a profile sheet, a log or just a text, told
//! by the shape of a paper: the line that is its title, names with their values, and totals.
//!
//! A title alone proves nothing: a guide to invoices is called after them, too. What a paper calls itself has to be
//! borne out by what stands on it, and a contract, a policy or a manual stays a document whatever it speaks of.

mod amounts;
mod facts;
mod judge;
mod labels;
mod lines;
mod phrases;
mod title;
mod turns;
mod values;

use files::{FieldId, Format, Layout, List, Row, Span};

use super::show::one_line;
use crate::evidence::Verdict;
use crate::record::{Kind, Role};
pub(crate) use facts::Fact;

/// What one paper was taken for, and what stands on it.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    /// What it is, if its shape tells.
    pub(crate) verdict: Option<Verdict>,
    /// What it calls itself.
    title: Option<String>,
    /// Whether it calls itself something that is read and not answered: a contract, a policy, a manual.
    pub(crate) is_text: bool,
    /// What it says under a name that is known.
    facts: Vec<Fact>,
}

/// Characters of a title.
const TITLE_CHARS: usize = 120;

/// Formats of papers.
pub(crate) fn is_paper(format: Format) -> bool {
    matches!(
        format,
        Format::Pdf
            | Format::Docx
            | Format::Odt
            | Format::Doc
            | Format::Rtf
            | Format::Text
            | Format::Markdown
            | Format::Html
    )
}

/// Reads a paper: the one record of a file in running text. The tables of the same file are read with it, as its totals
/// may stand there.
pub(crate) fn read(
    layout: &Layout,
    list: Option<&List>,
    rows: &[&Row],
    beside: &[&Row],
    is_text: impl Fn(FieldId) -> bool,
) -> Option<Paper> {
    let [row] = rows else { return None };
    let alone = list.is_none_or(|l| l.at.is_empty() && l.name.is_empty());
    let log = layout.format == Format::Text && row.values().any(|v| layout.names.path(v.field) == ["line"]);
    if !is_paper(layout.format) || !alone || log || row.span.number != Span::ALONE && row.span.number > 1 {
        return None;
    }
    let mut all = lines::of_row(row, &is_text);
    all.extend(beside.iter().flat_map(|row| lines::of_table_row(row)).take(lines::MAX - all.len()));
    let seen = judge::Seen::new(&all);
    let verdict = seen.verdict();
    let facts = facts::facts(&seen, &all, &layout.names);
    let title = seen.title.filter(|_| verdict.is_some()).map(|t| one_line(t.text, TITLE_CHARS));
    Some(Paper { title, is_text: seen.is_text(), verdict, facts })
}

impl Paper {
    /// A title for people: what it calls itself, its number, and what it is about. Who somebody is says more of an
    /// account.
    pub(crate) fn title(&self, kind: Kind) -> Option<String> {
        let mut title = self.title.clone().filter(|_| kind != Kind::Account && kind != Kind::Contact)?;
        for (role, between) in [(Role::Number, " "), (Role::TicketNumber, " "), (Role::Title, " · ")] {
            let fact = self.fact(kind, &[role]).filter(|f| !title.contains(&f.raw));
            if let Some(fact) = fact {
                title.push_str(between);
                title.push_str(&fact.raw);
            }
        }
        Some(one_line(&title, TITLE_CHARS))
    }

    /// What it says that counts for a kind.
    pub(crate) fn facts(&self, kind: Kind) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.counts_for(kind))
    }

    /// The first fact of these roles that counts for a kind.
    pub(crate) fn fact(&self, kind: Kind, roles: &[Role]) -> Option<&Fact> {
        roles.iter().find_map(|role| self.facts(kind).find(|f| f.role == *role))
    }
}
