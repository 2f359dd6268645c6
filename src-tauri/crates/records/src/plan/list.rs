//! What one list of an entry was taken for, and which of its fields give day, amount and currency.

use std::collections::HashSet;

use files::{FieldId, Layout, List, Row, Value};

use super::fields::{self, FieldPlan};
use super::formats::is_beside;
use super::labelled;
use super::pairs;
use super::paper::{self, Fact, Paper};
use super::show::{read_money, read_text_date};
use crate::evidence::{self, Signs, Verdict};
use crate::forms::Form;
use crate::money;
use crate::record::{Certainty, Day, Kind, Money, Role, What};
use crate::service::{Service, ServiceFile};
use crate::vocabulary::VOCABULARY;
use crate::words::{fold, words};

/// Fields of one role that are asked for a record's day or amount; a file of thousands of dates has no main one.
const CANDIDATES_MAX: usize = 8;

/// Paths whose steps are looked at for the keys of known services.
const KEYS_MAX: usize = 2_000;

/// What a document says of itself or holds beside its text, and what was taken out of it.
const UNSEEN: &[&str] = &["title", "Title", "comment", "deleted", "note", "link", "footnote", "notes"];

/// What one list of an entry was taken for.
#[derive(Debug, Clone)]
pub(super) struct ListPlan {
    pub(super) verdict: Verdict,
    pub(super) fields: Vec<FieldPlan>,
    /// Fields that give the day of the record, the first that has one counts.
    pub(super) days: Vec<FieldId>,
    /// The service that its keys tell.
    pub(super) told: Option<&'static Service>,
    /// The name of the list in its file.
    name: String,
    /// What a known service says of it.
    described: Option<&'static ServiceFile>,
    /// The field whose value says what each record is: `type`, `nature`.
    sort: Option<FieldId>,
    /// Fields that give its main amount, the first that has one counts.
    amounts: Vec<FieldId>,
    currency: Option<FieldId>,
    /// What was read of it as a paper, where it is one.
    paper: Option<Paper>,
}

impl ListPlan {
    /// `beside` are the rows of the tables in the same document.
    pub(super) fn new(
        entry: &str,
        list: Option<&List>,
        layout: &Layout,
        rows: &[&Row],
        beside: &[&Row],
        service: Option<&'static Service>,
    ) -> Self {
        let (name, at) = list.map_or(("", ""), |l| (l.name.as_str(), l.at.as_str()));
        let mut met = vec![false; layout.names.len()];
        for value in rows.iter().flat_map(|r| r.values()) {
            met[value.field.0 as usize] = true;
        }
        // Where links lead says nothing of what the records are.
        for (id, path) in layout.names.iter() {
            met[id.0 as usize] &= !is_beside(layout.format, at, path);
        }
        let keys = keys(layout, &met);
        let known = service.and_then(|s| s.file(entry, name, &keys).map(|f| (s, f)));
        let told = if known.is_none() { Service::by_keys(name, &keys) } else { None };
        let described = known.or(told);
        let fields = fields::plan(layout, rows, 0, described.map(|(_, f)| f));
        let labels: Vec<(FieldId, String)> =
            layout.names.iter().map(|(id, path)| (id, path.join("/"))).collect();
        let roles = |inner: bool| -> Vec<(Role, &str)> {
            labels
                .iter()
                .zip(&fields)
                .filter(|((id, _), f)| f.inner == inner && met[id.0 as usize])
                .map(|((_, label), f)| (f.role.unwrap_or(Role::Other), label.as_str()))
                .collect()
        };
        let mut signs = Signs {
            entry,
            list: name,
            // Behind the name of a table of a dump stand its columns.
            at: at.split('\u{1F}').next().unwrap_or(at),
            format: layout.format,
            outer: roles(false),
            inner: roles(true),
            forms: labels
                .iter()
                .zip(&fields)
                .filter(|((id, _), _)| met[id.0 as usize])
                .filter_map(|((_, label), f)| f.form.map(|form| (form, label.as_str())))
                .collect(),
            timed: fields.iter().zip(&met).any(|(f, met)| *met && f.timed && !f.inner),
            rows: rows.len(),
        };
        let pairs = pairs::names(layout, &met, rows);
        if let Some((names, whole)) = &pairs {
            let role = |name: &str| VOCABULARY.roles(&words(name)).first().map(|(role, _)| *role);
            signs.outer = names.iter().map(|n| (role(n).unwrap_or(Role::Other), n.as_str())).collect();
            (signs.inner, signs.forms, signs.timed) = (Vec::new(), Vec::new(), false);
            // Its lines are one thing, and not as many as there are lines.
            signs.rows = if *whole { rows.len() } else { 1 };
        }
        let is_text =
            |field: FieldId| matches!(fields[field.0 as usize].role, Some(Role::Body | Role::Title));
        let paper = paper::read(layout, list, rows, beside, |field| {
            is_text(field)
                && layout.names.path(field).first().is_none_or(|name| !UNSEEN.contains(&name.as_str()))
        });
        let lines =
            labelled::names(layout.format, &met, rows).filter(|_| !paper.as_ref().is_some_and(|p| p.is_text));
        if let Some(lines) = &lines {
            let role = |name: &str| VOCABULARY.roles(&words(name)).first().map(|(role, _)| *role);
            signs.outer = lines.names.iter().map(|n| (role(n).unwrap_or(Role::Other), n.as_str())).collect();
            signs.forms = if lines.talk { vec![(Form::Sides, "turns")] } else { Vec::new() };
            signs.rows = lines.times;
        }
        let shaped = paper.as_ref().and_then(|p| p.verdict.clone());
        let mut verdict = shaped.unwrap_or_else(|| evidence::weigh(&signs));
        if let Some((service, file)) = described {
            let what = file
                .what
                .or_else(|| (verdict.kind == file.kind).then_some(verdict.what))
                .unwrap_or(What::Other);
            let reason = format!("{} knows {}", service.name, file.called());
            verdict = Verdict { kind: file.kind, what, certainty: Certainty::Certain, reason };
        }
        let mut plan = Self {
            verdict,
            fields,
            days: Vec::new(),
            told: told.map(|(service, _)| service),
            name: name.to_owned(),
            described: described.map(|(_, file)| file),
            sort: sort_field(layout, rows),
            amounts: Vec::new(),
            currency: None,
            paper,
        };
        plan.settle();
        plan
    }

    /// Plans the fields that were met since.
    pub(super) fn grow(&mut self, layout: &Layout, rows: &[&Row]) {
        if self.fields.len() >= layout.names.len() {
            return;
        }
        self.fields.extend(fields::plan(layout, rows, self.fields.len(), self.described));
        self.settle();
    }

    /// Takes it for what the user says that it is.
    pub(super) fn correct(&mut self, entry: &str, kind: Kind) {
        let roles = |inner: bool| -> Vec<(Role, &str)> {
            self.fields
                .iter()
                .filter(|f| f.inner == inner)
                .map(|f| (f.role.unwrap_or(Role::Other), ""))
                .collect()
        };
        let what = match self.verdict.what {
            what if self.verdict.kind == kind => what,
            _ => evidence::what(kind, entry, &self.name, &roles(false), &roles(true)),
        };
        self.verdict =
            Verdict { kind, what, certainty: Certainty::Certain, reason: "said by you".to_owned() };
        self.settle();
    }

    /// Whether it is a paper that money is on: its tables are the lines of it.
    pub(super) fn is_bill(&self) -> bool {
        self.paper.is_some() && self.verdict.kind == Kind::Billing
    }

    /// Takes it for the lines of a bill, which are no bills themselves. What was paid stays a payment.
    pub(super) fn belong_to_bill(&mut self) {
        let payments = self.verdict.kind == Kind::Billing && self.verdict.what == What::Payment;
        if !payments {
            let reason = "a table of a bill".to_owned();
            let certainty = Certainty::Likely;
            self.verdict = Verdict { kind: Kind::Billing, what: What::Other, certainty, reason };
            self.sort = None;
            self.settle();
        }
    }

    /// What stands on it as a paper, as far as its kind has use for it.
    pub(super) fn facts(&self) -> impl Iterator<Item = &Fact> {
        let kind = self.verdict.kind;
        self.paper.iter().flat_map(move |paper| paper.facts(kind))
    }

    /// What a paper calls itself, if that is what it was taken for.
    pub(super) fn paper_title(&self) -> Option<String> {
        self.paper.as_ref()?.title(self.verdict.kind)
    }

    /// The day that a paper is of.
    pub(super) fn paper_day(&self) -> Option<Day> {
        let roles: &[Role] = match self.verdict.kind {
            Kind::Account => &[Role::CreatedOn, Role::StartsOn],
            _ => {
                &[Role::Date, Role::PaidOn, Role::CreatedOn, Role::UpdatedOn, Role::WithdrawnOn, Role::DueOn]
            }
        };
        let fact = self.paper.as_ref()?.fact(self.verdict.kind, roles)?;
        read_text_date(&fact.raw, &fact.plan).map(|date| date.day)
    }

    /// Picks the fields that give day, amount and currency.
    fn settle(&mut self) {
        let days: &[Role] = match self.verdict.kind {
            Kind::Account => &[Role::CreatedOn, Role::StartsOn, Role::Date, Role::UpdatedOn],
            Kind::Event => &[Role::StartsOn, Role::Date, Role::CreatedOn, Role::EndsOn],
            _ => &[
                Role::Date,
                Role::PaidOn,
                Role::CreatedOn,
                Role::StartsOn,
                Role::UpdatedOn,
                Role::WithdrawnOn,
                Role::EndsOn,
                Role::DueOn,
            ],
        };
        self.days = self.by_role(days, true);
        self.amounts = self.by_role(&[Role::Gross, Role::Amount, Role::Net], false);
        self.currency = self.by_role(&[Role::Currency], true).first().copied();
    }

    /// Fields of these roles in that order; those outside inner lists first, or alone.
    fn by_role(&self, roles: &[Role], inner_too: bool) -> Vec<FieldId> {
        let mut out = Vec::new();
        for inner in [false, true] {
            if inner && !inner_too {
                break;
            }
            for role in roles {
                let fits = |plan: &FieldPlan| plan.role == Some(*role) && plan.inner == inner;
                let fields = (0u32..).zip(&self.fields).filter(|(_, plan)| fits(plan));
                out.extend(fields.map(|(n, _)| FieldId(n)).take(CANDIDATES_MAX));
            }
        }
        out
    }

    pub(super) fn what(&self, row: &Row) -> What {
        let told = self.sort.and_then(|field| {
            let value = row.values().find(|v| v.field == field)?;
            VOCABULARY.whats(&words(value.text)).into_iter().find(|w| w.kind() == Some(self.verdict.kind))
        });
        told.unwrap_or(self.verdict.what)
    }

    pub(super) fn currency_of(&self, row: &Row) -> Option<String> {
        let field = self.currency?;
        row.values().find(|v| v.field == field).and_then(|v| money::currency(v.text))
    }

    pub(super) fn main_money(&self, row: &Row) -> Option<Money> {
        if !matches!(self.verdict.kind, Kind::Billing | Kind::Other | Kind::Account | Kind::Event) {
            return None;
        }
        let kind = self.verdict.kind;
        let whole = self.paper.as_ref().and_then(|p| p.fact(kind, &[Role::Gross, Role::Amount, Role::Net]));
        if let Some(fact) = whole {
            return fact.money();
        }
        self.amounts.iter().find_map(|field| {
            let plan = &self.fields[field.0 as usize];
            let value = row.values().find(|v| v.field == *field)?;
            read_money(value, plan, self.currency_of(row).as_deref())
        })
    }
}

/// The steps of the paths that were met, folded.
fn keys(layout: &Layout, met: &[bool]) -> HashSet<String> {
    let paths = layout.names.iter().filter(|(id, _)| met[id.0 as usize]).take(KEYS_MAX);
    paths.flat_map(|(_, path)| path).filter(|step| *step != "*").map(|step| fold(step)).collect()
}

/// The field whose values say what each record is.
fn sort_field(layout: &Layout, rows: &[&Row]) -> Option<FieldId> {
    layout.names.iter().find_map(|(id, path)| {
        let [name] = path else { return None };
        let said = words(name);
        let sorts = said.iter().any(|w| {
            matches!(w.as_str(), "type" | "nature" | "kind" | "category" | "categorie" | "sorte" | "art")
        });
        // Looked at only for the few fields of such a name: a row may have a hundred thousand.
        let known = || {
            let told = |v: Value<'_>| v.field == id && !VOCABULARY.whats(&words(v.text)).is_empty();
            rows.iter().any(|r| r.values().any(told))
        };
        (sorts && known()).then_some(id)
    })
}
