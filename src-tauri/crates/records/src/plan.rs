//! The plan of one entry: what its lists and fields were taken for, and how a row becomes a record by it.

mod fields;
mod formats;
mod labelled;
mod list;
mod pairs;
mod paper;
mod show;
mod title;

use std::collections::BTreeMap;

use files::{FieldId, Layout, Row};

use crate::record::{Certainty, Day, Field, Kind, Locator, Money, Record, RecordId, Role, What};
use crate::service::Service;
use fields::{FieldPlan, field};
use list::ListPlan;
pub use show::one_line;
use show::{field_name, label, read, read_date};

/// How many rows are looked at before anything is claimed about a list.
pub const SAMPLE_ROWS: usize = 200;

/// What one entry's lists and fields were taken for. Made from its first rows; the same rows give the same plan.
#[derive(Debug, Clone)]
pub struct Plan {
    entry: String,
    lists: Vec<Option<ListPlan>>,
    service: Option<&'static Service>,
    /// The service that its fields and lists together tell.
    held: Option<&'static Service>,
    /// What the user says that the records of this entry are.
    said: Option<Kind>,
}

/// What the index needs to know of a row, without making a record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The record's kind.
    pub kind: Kind,
    /// What it is within its kind.
    pub what: What,
    /// The day it is about.
    pub day: Option<Day>,
    /// Its main amount.
    pub money: Option<Money>,
}

/// What a field is to a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Words in it count for more.
    Title,
    /// A sender or an author: `from:` searches it.
    From,
    /// A recipient: `to:` searches it.
    To,
    /// Anything else.
    Text,
}

impl Plan {
    /// An empty plan for an entry; lists are added as their first rows are seen.
    pub fn new(entry: &str, service: Option<&'static Service>) -> Self {
        Self { entry: entry.to_owned(), lists: Vec::new(), service, held: None, said: None }
    }

    /// Learns what the lists and fields of these rows are for. Called with the first rows of an entry, and again when
    /// a list or a field is met for the first time; what was learnt before is not changed.
    pub fn learn(&mut self, layout: &Layout, sample: &[Row]) {
        let mut by_list: BTreeMap<u16, Vec<&Row>> = BTreeMap::new();
        for row in sample.iter().filter(|r| !r.span.heading) {
            by_list.entry(row.span.list).or_default().push(row);
        }
        if self.service.is_none() && self.held.is_none() {
            self.held = Service::holding(layout);
        }
        let tables: Vec<&Row> = layout
            .lists
            .iter()
            .zip(0u16..)
            .filter(|(list, _)| list.at.starts_with("table="))
            .flat_map(|(_, n)| by_list.get(&n).into_iter().flatten().copied())
            .collect();
        for (list, rows) in by_list {
            let at = usize::from(list);
            if self.lists.len() <= at {
                self.lists.resize(at + 1, None);
            }
            match &mut self.lists[at] {
                Some(known) if known.fields.len() >= layout.names.len() => {}
                Some(known) => known.grow(layout, &rows),
                slot => {
                    let found = layout.lists.get(at);
                    let mut list =
                        ListPlan::new(&self.entry, found, layout, &rows, &tables, self.service.or(self.held));
                    if let Some(kind) = self.said {
                        list.correct(&self.entry, kind);
                    }
                    *slot = Some(list);
                }
            }
        }
        let bill = self.said.is_none() && self.lists.iter().flatten().any(ListPlan::is_bill);
        for (list, found) in self.lists.iter_mut().zip(&layout.lists) {
            if let Some(list) =
                list.as_mut().filter(|l| bill && !l.is_bill() && found.at.starts_with("table="))
            {
                list.belong_to_bill();
            }
        }
    }

    /// Learns what the last fields of the entry are for, from their names.
    pub fn learn_rest(&mut self, layout: &Layout) {
        for known in self.lists.iter_mut().flatten() {
            known.grow(layout, &[]);
        }
    }

    /// The plan of an entry of which the user says what its records are: every one is of this kind, and certain.
    /// Dates, amounts and titles are then picked as they are for that kind. Holds for what is learnt later, too, so
    /// an entry can be read anew by `Plan::new(…).corrected(kind)`. What the file says besides its records (its
    /// headings) stays as it is. There is no way back but a new plan.
    #[must_use]
    pub fn corrected(mut self, kind: Kind) -> Self {
        self.said = Some(kind);
        for list in self.lists.iter_mut().flatten() {
            list.correct(&self.entry, kind);
        }
        self
    }

    /// Whether nothing was learnt yet.
    pub fn is_empty(&self) -> bool {
        self.lists.iter().all(Option::is_none)
    }

    /// What the user said that the records of this entry are.
    pub fn correction(&self) -> Option<Kind> {
        self.said
    }

    /// The service that this entry tells by what it holds, whatever its name: a receipt of a known standard, objects
    /// of a known interface. None before its first rows are learnt.
    pub fn told(&self) -> Option<&'static Service> {
        self.lists.iter().flatten().find_map(|list| list.told).or(self.held)
    }

    /// Whether a row can be read by what was learnt so far. A file whose every row has new fields is learnt from now
    /// and then only: each time costs as much as all its fields.
    pub fn knows(&self, layout: &Layout, row: &Row) -> bool {
        let near = |known: usize| layout.names.len() <= known + known / 8;
        row.span.heading
            || matches!(self.lists.get(usize::from(row.span.list)), Some(Some(l)) if near(l.fields.len()))
    }

    /// Kind, day and main amount of a row.
    pub fn glance(&self, row: &Row) -> Glance {
        let Some(list) = self.list(row) else {
            return Glance { kind: Kind::Other, what: What::Other, day: None, money: None };
        };
        Glance {
            kind: list.verdict.kind,
            what: list.what(row),
            day: list.paper_day().or_else(|| {
                list.days.iter().find_map(|field| {
                    let plan = &list.fields[field.0 as usize];
                    row.values().find(|v| v.field == *field).and_then(|v| read_date(v, plan)).map(|d| d.day)
                })
            }),
            money: list.main_money(row),
        }
    }

    /// What a field is to a search.
    pub fn part(&self, row: &Row, field: FieldId) -> Part {
        let role = self.list(row).and_then(|l| l.fields.get(field.0 as usize)).and_then(|f| f.role);
        match role {
            Some(Role::Title | Role::Label | Role::Number | Role::FullName | Role::Purpose) => Part::Title,
            Some(Role::From | Role::Author | Role::Email) => Part::From,
            Some(Role::To) => Part::To,
            _ => Part::Text,
        }
    }

    /// A row in full.
    pub fn record(&self, layout: &Layout, row: &Row, id: RecordId) -> Record {
        self.record_of(layout, row, id, usize::MAX)
    }

    /// A row with its first fields only: enough for a line in a list, where a row may hold thousands.
    pub fn record_of(&self, layout: &Layout, row: &Row, id: RecordId, fields_max: usize) -> Record {
        let names = &layout.names;
        let none = FieldPlan::default();
        let list = self.list(row);
        let currency = list.and_then(|l| l.currency_of(row));
        let mut fields: Vec<Field> = row
            .values()
            .take(fields_max)
            .map(|value| {
                let path = names.path(value.field);
                // A heading is met once: its fields speak for themselves.
                let alone =
                    list.is_none().then(|| field(layout.format, path, &[(value.text, value.kind)], None));
                let planned = list.and_then(|l| l.fields.get(value.field.0 as usize));
                let plan = planned.or(alone.as_ref()).unwrap_or(&none);
                let name = field_name(path, value.indexes);
                let (reading, shown) = read(value, plan, currency.as_deref());
                Field {
                    label: label(path, value.indexes),
                    role: plan.role.unwrap_or(Role::Other),
                    value: shown,
                    raw: value.text.to_owned(),
                    reading,
                    locator: Locator { entry: self.entry.clone(), at: row.place(value, names) },
                    bytes: value.bytes,
                    name,
                }
            })
            .collect();
        // What a paper says under a name stands in its text, which comes first.
        fields.extend(list.iter().flat_map(|l| l.facts()).map(|fact| {
            let (reading, shown) = read(fact.value(), &fact.plan, None);
            Field {
                name: fact.name.clone(),
                label: fact.name.clone(),
                role: fact.role,
                value: shown,
                raw: fact.raw.clone(),
                reading,
                locator: Locator { entry: self.entry.clone(), at: fact.at.clone() },
                bytes: fact.bytes,
            }
        }));
        let glance = self.glance(row);
        let (certainty, reason) = match list {
            Some(l) => (l.verdict.certainty, l.verdict.reason.clone()),
            None => (Certainty::Guess, "what the file says besides its records".to_owned()),
        };
        let title = list
            .and_then(ListPlan::paper_title)
            .unwrap_or_else(|| title::title(&self.entry, &glance, &fields, row));
        Record {
            id,
            kind: glance.kind,
            what: glance.what,
            certainty,
            reason,
            title,
            day: glance.day,
            money: glance.money,
            locator: Locator { entry: self.entry.clone(), at: row.at.clone() },
            bytes: (row.span.start, row.span.start + u64::from(row.span.len)),
            fields,
        }
    }

    fn list(&self, row: &Row) -> Option<&ListPlan> {
        if row.span.heading {
            return None;
        }
        self.lists.get(usize::from(row.span.list)).and_then(Option::as_ref)
    }
}
