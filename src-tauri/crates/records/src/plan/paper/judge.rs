//! What a paper is: what it calls itself, if what stands on it bears that out.

use super::amounts::{Amounts, Total};
use super::labels::{self, Pair};
use super::lines::Line;
use super::phrases::{PHRASES, Sort};
use super::title::{self, Title};
use super::turns::Turns;
use super::values;
use crate::evidence::Verdict;
use crate::record::{Certainty, Kind, Role, What};

/// A title of this strength begins its line.
const BEGINS: u8 = 4;

/// A title of this strength ends its line.
const ENDS: u8 = 3;

/// So many values say who somebody is.
const PERSON_MIN: usize = 3;

/// The number of a request has so many digits.
const NUMBER_DIGITS: usize = 3;

/// So many lines make a log.
const LOG_MIN: usize = 3;

/// What was seen on a paper.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) title: Option<Title<'a>>,
    pub(super) pairs: Vec<Pair<'a>>,
    pub(super) totals: Vec<Total<'a>>,
    /// Lines that end in an amount.
    amounts: usize,
    turns: Turns,
    /// Whether somebody agrees or signs.
    agrees: bool,
    lines: usize,
}

impl<'a> Seen<'a> {
    pub(super) fn new(lines: &[Line<'a>]) -> Self {
        let title = title::title(lines);
        let amounts = Amounts::of(lines);
        let totals = amounts.totals();
        // Most texts are no papers at all: what only papers of some sorts are asked for is not looked for in them.
        let counts =
            title.is_some() || totals.iter().any(|t| t.role == Role::Gross) || Turns::may_tell(lines);
        let consent = title.is_some_and(|t| t.sort.kind() == Kind::Consent);
        Self {
            pairs: labels::pairs(lines),
            amounts: amounts.count(),
            turns: if counts { Turns::count(lines) } else { Turns::default() },
            agrees: consent && lines.iter().any(|l| PHRASES.agrees(l.words())),
            lines: lines.len(),
            title,
            totals,
        }
    }

    /// Whether the paper says of itself that it is to be read.
    pub(super) fn is_text(&self) -> bool {
        self.title.is_some_and(|t| t.sort == Sort::Document && !t.subject)
    }

    /// The sort of paper that it calls itself, where its title is one.
    pub(super) fn sort(&self) -> Option<Sort> {
        self.title.filter(|t| t.strength >= ENDS).map(|t| t.sort)
    }

    pub(super) fn verdict(&self) -> Option<Verdict> {
        let titled = self.title.filter(|t| t.strength >= ENDS);
        if let Some(title) = titled {
            if title.sort == Sort::Document {
                return None;
            }
            if let Some(certainty) = self.bears_out(title) {
                let (kind, what) = (title.sort.kind(), title.sort.what());
                return Some(Verdict { kind, what, certainty, reason: self.reason(kind) });
            }
        }
        self.untitled(titled.is_some_and(|t| t.subject))
    }

    fn has(&self, role: Role) -> bool {
        self.pairs.iter().any(|p| p.role == role) || self.totals.iter().any(|t| t.role == role)
    }

    fn any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|r| self.has(*r))
    }

    /// How many of these roles have a value.
    fn count(&self, wanted: impl Fn(Role) -> bool) -> usize {
        let mut roles: Vec<Role> = self.pairs.iter().map(|p| p.role).filter(|r| wanted(*r)).collect();
        roles.sort_unstable();
        roles.dedup();
        roles.len()
    }

    /// Whether what stands on the paper bears its title out, and how surely.
    fn bears_out(&self, title: Title<'_>) -> Option<Certainty> {
        let money = self.any(&[Role::Gross, Role::Amount, Role::Net]);
        let known = self.any(&[Role::Number, Role::InvoiceNumber, Role::Date, Role::DueOn, Role::PaidOn])
            || title.text.bytes().any(|b| b.is_ascii_digit());
        let taxed = self.has(Role::Gross) && self.any(&[Role::Net, Role::Tax]);
        let prose = self.turns.prose * 2 > self.lines;
        let begins = title.strength >= BEGINS;
        let turns = &self.turns;
        let (bears, sure) = match title.sort {
            Sort::Document => (false, false),
            Sort::Payslip => (self.amounts >= 2, self.amounts >= 3),
            Sort::Statement => (self.amounts >= 2 && !prose, self.has(Role::Iban) || turns.dated >= 2),
            Sort::Reminder => (self.amounts > 0 || money, money && known),
            Sort::Of(What::Payment | What::Refund | What::Order, _) => (
                (money || self.amounts > 0 || (begins && known && !prose)) && !title.subject || taxed,
                money && known,
            ),
            Sort::Of(_, Kind::Billing) if title.subject => (taxed, false),
            Sort::Of(_, Kind::Billing) => {
                let listed = (money || self.amounts >= 2) && (known || taxed || self.amounts >= 2);
                (listed && (taxed || !prose), taxed && known)
            }
            Sort::Of(_, Kind::Ticket) => {
                let labels = self.count(|r| TICKET.contains(&r));
                let said = turns.headings >= 2 || turns.answers > 0;
                let numbered = self.any(&[Role::TicketNumber, Role::Number])
                    || title.text.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_DIGITS
                        && !title.is_dated();
                let told = numbered || labels > 0 || turns.sides > 0 || title.words > 1;
                ((said && told || numbered && labels >= 2) && !prose, said && numbered)
            }
            Sort::Of(_, Kind::Consent) => {
                let chosen = turns.boxes > 0 || turns.choices > 0;
                let named = self.count(|r| CONSENT.contains(&r)) >= 3;
                (begins && (self.agrees || chosen || named), (self.agrees || named) && self.has(Role::Date))
            }
            Sort::Of(_, Kind::Account) => {
                let person = self.count(|r| ACCOUNT.contains(&r) || values::is_person(r));
                (person >= PERSON_MIN && !prose, person > PERSON_MIN + 1)
            }
            Sort::Of(_, Kind::Activity) => {
                let logged = turns.dated.max(turns.addresses);
                (logged >= LOG_MIN && !prose, turns.addresses >= LOG_MIN)
            }
            Sort::Of(..) => (false, false),
        };
        bears.then_some(if sure && begins && !title.subject { Certainty::Certain } else { Certainty::Likely })
    }

    /// A paper that does not say what it is: only totals with their tax, or a log with addresses, leave no doubt.
    fn untitled(&self, letter: bool) -> Option<Verdict> {
        let prose = self.turns.prose * 3 > self.lines;
        let has = |role: Role| self.totals.iter().any(|t| t.role == role);
        let numbered = self.any(&[Role::Number, Role::InvoiceNumber, Role::DueOn]) || has(Role::Net);
        if has(Role::Gross) && has(Role::Tax) && numbered && self.amounts >= 3 && !prose && !letter {
            let (kind, what) = (Kind::Billing, What::Invoice);
            return Some(Verdict { kind, what, certainty: Certainty::Likely, reason: self.reason(kind) });
        }
        if self.turns.desk && self.turns.answers > 0 {
            let reason = "mails with a desk that answers requests".to_owned();
            return Some(Verdict {
                kind: Kind::Ticket,
                what: What::Ticket,
                certainty: Certainty::Likely,
                reason,
            });
        }
        let logged = self.turns.addresses.min(self.turns.dated);
        if logged > LOG_MIN && logged * 2 > self.lines {
            let reason = "lines with a time and an address".to_owned();
            return Some(Verdict {
                kind: Kind::Activity,
                what: What::Login,
                certainty: Certainty::Likely,
                reason,
            });
        }
        None
    }

    /// What spoke for a kind, as it stands on the paper.
    fn reason(&self, kind: Kind) -> String {
        let mut out: Vec<String> = Vec::new();
        if let Some(title) = self.title.filter(|t| t.strength >= ENDS) {
            out.push(format!("title “{}”", crate::plan::one_line(title.text, 60)));
        }
        let labels = self.pairs.iter().filter(|p| super::facts::counts(p.role, kind)).map(|p| p.label);
        let totals = self.totals.iter().filter(|_| kind == Kind::Billing).map(|t| t.label);
        for label in totals.chain(labels) {
            let told = format!("“{}”", crate::plan::one_line(label, 40));
            if out.len() < 5 && !out.contains(&told) {
                out.push(told);
            }
        }
        let turns = &self.turns;
        match kind {
            Kind::Ticket if turns.headings >= 2 => out.push("what was said in turn".to_owned()),
            Kind::Consent if self.agrees => out.push("somebody agrees".to_owned()),
            Kind::Consent if turns.boxes + turns.choices > 0 => out.push("choices".to_owned()),
            Kind::Activity => out.push("lines with a time".to_owned()),
            _ => {}
        }
        out.join(", ")
    }
}

/// What is said of a support request.
const TICKET: &[Role] = &[
    Role::TicketNumber,
    Role::Title,
    Role::Status,
    Role::Priority,
    Role::CreatedOn,
    Role::Author,
    Role::UpdatedOn,
];

/// What is said of a consent.
const CONSENT: &[Role] = &[
    Role::Purpose,
    Role::Channel,
    Role::Choice,
    Role::LegalBasis,
    Role::WithdrawnOn,
    Role::TextVersion,
    Role::Date,
    Role::Id,
    Role::FullName,
    Role::Company,
];

/// What is said of an account beside who it is.
const ACCOUNT: &[Role] =
    &[Role::CustomerNumber, Role::CreatedOn, Role::Language, Role::Product, Role::VatNumber, Role::StartsOn];

#[cfg(test)]
mod tests {
    use super::super::facts::facts;
    use super::*;
    use files::{Names, Row};

    proptest::proptest! {
        #[test]
        fn no_paper_makes_it_panic(
            text in r"(([A-Za-zé”„€£№°:#.,/|\t -]{0,6}|Facture n°|Invoice|Date|Total TTC|TVA|Objet|[0-9]{1,4}[./,]|1 204,33|12 mars 2024)[ :\n”]{0,2}){0,24}"
        ) {
            let mut names = Names::default();
            let field = names.intern(&["text".to_owned()]);
            let mut row = Row::default();
            row.push(field, files::ValueKind::Text, &text, &[], None);
            let lines = super::super::lines::of_row(&row, &|_| true);
            let seen = Seen::new(&lines);
            let _ = seen.verdict();
            let _ = facts(&seen, &lines, &names);
        }
    }
}
