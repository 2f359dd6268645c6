//! The plan of one entry: what its lists and fields were taken for, and how a row becomes a record by it.

use std::collections::BTreeMap;

use files::{FieldId, Format, Layout, Row, Value, ValueKind};

use crate::dates::{self, Order};
use crate::evidence::{self, Signs, Verdict};
use crate::forms;
use crate::money::{self, Point};
use crate::record::{Certainty, Day, Field, Kind, Locator, Money, Reading, Record, RecordId, Role, What};
use crate::service::Service;
use crate::vocabulary::{Fit, VOCABULARY};
use crate::words::words;

/// How many rows are looked at before anything is claimed about a list.
pub const SAMPLE_ROWS: usize = 200;

/// Values of one field that are looked at.
const SAMPLE_VALUES: usize = 100;

/// Fields of one role that are asked for a record's day or amount; a file of thousands of dates has no main one.
const CANDIDATES_MAX: usize = 8;

/// Characters of a title.
const TITLE_CHARS: usize = 120;

/// What one entry's lists and fields were taken for. Made from its first rows; the same rows give the same plan.
#[derive(Debug, Clone)]
pub struct Plan {
    entry: String,
    lists: Vec<Option<ListPlan>>,
    service: Option<&'static Service>,
}

#[derive(Debug, Clone)]
struct ListPlan {
    verdict: Verdict,
    fields: Vec<FieldPlan>,
    /// The field whose value says what each record is: `type`, `nature`.
    sort: Option<FieldId>,
    /// Fields that give the day of the record, the first that has one counts.
    days: Vec<FieldId>,
    /// Fields that give its main amount, the first that has one counts.
    amounts: Vec<FieldId>,
    currency: Option<FieldId>,
}

#[derive(Debug, Clone, Default)]
struct FieldPlan {
    role: Option<Role>,
    order: Order,
    point: Point,
    /// Cents instead of euros, from the field's name.
    minor: bool,
    currency: Option<&'static str>,
    inner: bool,
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
        Self { entry: entry.to_owned(), lists: Vec::new(), service }
    }

    /// Learns what the lists and fields of these rows are for. Called with the first rows of an entry, and again when
    /// a list or a field is met for the first time; what was learnt before is not changed.
    pub fn learn(&mut self, layout: &Layout, sample: &[Row]) {
        let mut by_list: BTreeMap<u16, Vec<&Row>> = BTreeMap::new();
        for row in sample.iter().filter(|r| !r.span.heading) {
            by_list.entry(row.span.list).or_default().push(row);
        }
        for (list, rows) in by_list {
            let at = usize::from(list);
            if self.lists.len() <= at {
                self.lists.resize(at + 1, None);
            }
            match &mut self.lists[at] {
                Some(known) if known.fields.len() >= layout.names.len() => {}
                Some(known) => {
                    let fresh = fields(layout, &rows, known.fields.len(), |pattern| {
                        self.service
                            .and_then(|s| s.file(&self.entry, ""))
                            .and_then(|f| f.roles.get(pattern))
                            .copied()
                    });
                    known.fields.extend(fresh);
                    known.settle(layout);
                }
                slot => {
                    let name = layout.lists.get(at).map_or("", |l| l.name.as_str());
                    *slot = Some(ListPlan::new(&self.entry, name, layout, &rows, self.service));
                }
            }
        }
    }

    /// Learns what the last fields of the entry are for, from their names.
    pub fn learn_rest(&mut self, layout: &Layout) {
        for known in self.lists.iter_mut().flatten().filter(|l| l.fields.len() < layout.names.len()) {
            let fresh = fields(layout, &[], known.fields.len(), |_| None);
            known.fields.extend(fresh);
            known.settle(layout);
        }
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
            day: list.days.iter().find_map(|field| {
                let plan = &list.fields[field.0 as usize];
                row.values().find(|v| v.field == *field).and_then(|v| read_date(v, plan)).map(|d| d.day)
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
        let fields: Vec<Field> = row
            .values()
            .take(fields_max)
            .map(|value| {
                let path = names.path(value.field);
                // A heading is met once: its fields speak for themselves.
                let alone =
                    list.is_none().then(|| field(layout.format, path, &[(value.text, value.kind)], |_| None));
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
        let glance = self.glance(row);
        let (certainty, reason) = match list {
            Some(l) => (l.verdict.certainty, l.verdict.reason.clone()),
            None => (Certainty::Guess, "what the file says besides its records".to_owned()),
        };
        let title = self.title(&glance, &fields, row);
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

    /// A title for people, from what the kind is known by.
    fn title(&self, glance: &Glance, fields: &[Field], row: &Row) -> String {
        let outer = |role: Role| {
            fields
                .iter()
                .find(|f| f.role == role && !f.value.is_empty())
                .map(|f| one_line(&f.value, TITLE_CHARS))
        };
        let join = |parts: Vec<Option<String>>| {
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" · "))
        };
        let person = || {
            outer(Role::FullName)
                .or_else(|| match (outer(Role::FirstName), outer(Role::LastName)) {
                    (Some(first), Some(last)) => Some(format!("{first} {last}")),
                    (first, last) => first.or(last),
                })
                .or_else(|| outer(Role::Company))
                .or_else(|| outer(Role::Email))
        };
        let told = match glance.kind {
            Kind::Billing => join(vec![
                outer(Role::Number)
                    .or_else(|| if glance.what == What::Payment { outer(Role::PaymentNumber) } else { None })
                    .or_else(|| outer(Role::InvoiceNumber))
                    .or_else(|| outer(Role::PaymentNumber))
                    .or_else(|| outer(Role::Id)),
                outer(Role::Title).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Product)),
            ]),
            Kind::Ticket => join(vec![
                outer(Role::TicketNumber).or_else(|| outer(Role::Number)).or_else(|| outer(Role::Id)),
                outer(Role::Title).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Body)),
            ]),
            Kind::Consent => join(vec![
                outer(Role::Purpose).or_else(|| outer(Role::Label)).or_else(|| outer(Role::Title)),
                outer(Role::Channel),
                outer(Role::Choice),
            ]),
            Kind::Message => outer(Role::Title).or_else(|| outer(Role::Body)),
            Kind::Activity => join(vec![
                outer(Role::Action).or_else(|| outer(Role::Title)).or_else(|| outer(Role::Label)),
                outer(Role::Ip),
                outer(Role::Device),
            ]),
            Kind::Account | Kind::Contact => person().or_else(|| outer(Role::Product)),
            Kind::Document => outer(Role::Title),
            _ => outer(Role::Title).or_else(|| outer(Role::Label)).or_else(person),
        };
        told.or_else(|| {
            let lines = |f: &&Field| f.value.chars().any(char::is_alphabetic);
            let whole = fields.iter().find(lines).or_else(|| fields.iter().find(|f| !f.value.is_empty()));
            whole.filter(|_| glance.kind != Kind::Document).map(|f| one_line(&f.value, TITLE_CHARS))
        })
        .unwrap_or_else(|| {
            let file = self.entry.rsplit(['/', '>']).next().unwrap_or(&self.entry).trim();
            if row.at.is_empty() { file.to_owned() } else { format!("{file} {}", row.at) }
        })
    }
}

impl ListPlan {
    fn new(
        entry: &str,
        name: &str,
        layout: &Layout,
        rows: &[&Row],
        service: Option<&'static Service>,
    ) -> Self {
        let described = service.and_then(|s| s.file(entry, name).map(|f| (s, f)));
        let fields =
            fields(layout, rows, 0, |pattern| described.and_then(|(_, f)| f.roles.get(pattern)).copied());
        let labels: Vec<(FieldId, String)> =
            layout.names.iter().map(|(id, path)| (id, path.join("/"))).collect();
        let mut met = vec![false; layout.names.len()];
        for value in rows.iter().flat_map(|r| r.values()) {
            met[value.field.0 as usize] = true;
        }
        let roles = |inner: bool| -> Vec<(Role, &str)> {
            labels
                .iter()
                .zip(&fields)
                .filter(|((id, _), f)| f.inner == inner && met[id.0 as usize])
                .map(|((_, label), f)| (f.role.unwrap_or(Role::Other), label.as_str()))
                .collect()
        };
        let signs = Signs {
            entry,
            list: name,
            format: layout.format,
            outer: roles(false),
            inner: roles(true),
            rows: rows.len(),
        };
        let mut verdict = evidence::weigh(&signs);
        if let Some((service, file)) = described {
            let what = file
                .what
                .or_else(|| (verdict.kind == file.kind).then_some(verdict.what))
                .unwrap_or(What::Other);
            let reason = format!("{} knows {}", service.name, file.entry);
            verdict = Verdict { kind: file.kind, what, certainty: Certainty::Certain, reason };
        }
        let mut plan = Self {
            sort: sort_field(layout, rows),
            verdict,
            fields,
            days: Vec::new(),
            amounts: Vec::new(),
            currency: None,
        };
        plan.settle(layout);
        plan
    }

    /// Picks the fields that give day, amount and currency.
    fn settle(&mut self, layout: &Layout) {
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
        self.days = self.by_role(layout, days, true);
        self.amounts = self.by_role(layout, &[Role::Gross, Role::Amount, Role::Net], false);
        self.currency = self.by_role(layout, &[Role::Currency], true).first().copied();
    }

    /// Fields of these roles in that order; those outside inner lists first, or alone.
    fn by_role(&self, layout: &Layout, roles: &[Role], inner_too: bool) -> Vec<FieldId> {
        let mut out = Vec::new();
        for inner in [false, true] {
            if inner && !inner_too {
                break;
            }
            for role in roles {
                let fits = |(id, _): &(FieldId, &[String])| {
                    let plan = self.fields.get(id.0 as usize);
                    plan.is_some_and(|p| p.role == Some(*role) && p.inner == inner)
                };
                out.extend(layout.names.iter().filter(fits).map(|(id, _)| id).take(CANDIDATES_MAX));
            }
        }
        out
    }

    fn what(&self, row: &Row) -> What {
        let told = self.sort.and_then(|field| {
            let value = row.values().find(|v| v.field == field)?;
            VOCABULARY.whats(&words(value.text)).into_iter().find(|w| w.kind() == Some(self.verdict.kind))
        });
        told.unwrap_or(self.verdict.what)
    }

    fn currency_of(&self, row: &Row) -> Option<String> {
        let field = self.currency?;
        row.values().find(|v| v.field == field).and_then(|v| money::currency(v.text))
    }

    fn main_money(&self, row: &Row) -> Option<Money> {
        if !matches!(self.verdict.kind, Kind::Billing | Kind::Other | Kind::Account | Kind::Event) {
            return None;
        }
        self.amounts.iter().find_map(|field| {
            let plan = &self.fields[field.0 as usize];
            let value = row.values().find(|v| v.field == *field)?;
            read_money(value, plan, self.currency_of(row).as_deref())
        })
    }
}

impl FieldPlan {
    fn is_date(&self) -> bool {
        self.role.is_some_and(is_date)
    }

    fn is_money(&self) -> bool {
        self.role.is_some_and(is_money)
    }
}

fn is_date(role: Role) -> bool {
    matches!(
        role,
        Role::Date
            | Role::CreatedOn
            | Role::UpdatedOn
            | Role::DueOn
            | Role::PaidOn
            | Role::StartsOn
            | Role::EndsOn
            | Role::WithdrawnOn
            | Role::ExpiresOn
            | Role::BirthDate
    )
}

fn is_money(role: Role) -> bool {
    matches!(role, Role::Net | Role::Tax | Role::Gross | Role::Amount | Role::UnitPrice)
}

/// Plans the fields from `from` on.
fn fields(
    layout: &Layout,
    rows: &[&Row],
    from: usize,
    described: impl Fn(&str) -> Option<Role>,
) -> Vec<FieldPlan> {
    let mut samples: Vec<Vec<(&str, ValueKind)>> = vec![Vec::new(); layout.names.len()];
    for row in rows {
        for value in row.values() {
            let seen = &mut samples[value.field.0 as usize];
            if seen.len() < SAMPLE_VALUES && !value.text.trim().is_empty() && value.kind != ValueKind::Null {
                seen.push((value.text, value.kind));
            }
        }
    }
    layout
        .names
        .iter()
        .skip(from)
        .map(|(id, path)| field(layout.format, path, &samples[id.0 as usize], &described))
        .collect()
}

/// Plans one field: by description, else by its name as far as its values agree, else by the form of its values.
fn field(
    format: Format,
    path: &[String],
    sample: &[(&str, ValueKind)],
    described: impl Fn(&str) -> Option<Role>,
) -> FieldPlan {
    let texts: Vec<&str> = sample.iter().map(|(t, _)| *t).collect();
    let inner = path.iter().any(|step| step == "*") && path.last().is_some_and(|step| step != "*");
    let name =
        path.iter().rev().find(|s| *s != "*" && *s != "text()" && *s != "#text").map_or("", String::as_str);
    let name_words = words(name.trim_start_matches('@'));
    let mut plan = FieldPlan { inner, ..FieldPlan::default() };
    for text in &texts {
        plan.order = told(plan.order, dates::order_told(text), Order::Unknown);
        plan.point = told(plan.point, money::point_told(text), Point::Unknown);
    }
    if sample.iter().any(|(_, kind)| *kind == ValueKind::Number) {
        // JSON numbers have a point and nothing else.
        plan.point = Point::Dot;
    }
    plan.minor = name_words.iter().any(|w| matches!(w.as_str(), "cents" | "centimes" | "minor"));
    plan.currency = ["eur", "gbp", "usd", "chf"]
        .into_iter()
        .zip(["EUR", "GBP", "USD", "CHF"])
        .find(|(word, _)| name_words.iter().any(|w| w == word))
        .map(|(_, code)| code)
        .or_else(|| name.contains('€').then_some("EUR"))
        .or_else(|| name.contains('£').then_some("GBP"));
    let pattern = path.join("/");
    plan.role = described(&pattern).or_else(|| by_format(format, path)).or_else(|| {
        by_name(path, name, &name_words)
            .into_iter()
            .find(|role| agrees(*role, &texts, &plan))
            .or_else(|| by_form(&texts, &plan))
    });
    if inner && matches!(plan.role, Some(Role::Gross | Role::Net | Role::Tax)) {
        // The total of a line is not the total of the document.
        plan.role = Some(Role::Amount);
    }
    plan
}

fn told<T: PartialEq + Copy>(known: T, new: T, unknown: T) -> T {
    if known == unknown { new } else { known }
}

fn by_format(format: Format, path: &[String]) -> Option<Role> {
    let first = path.first().map(String::as_str);
    match (format, first) {
        (Format::Eml | Format::Mbox, Some("part")) => Some(Role::Body),
        (Format::Eml | Format::Mbox, Some("attachment")) => Some(Role::Attachment),
        (Format::Eml | Format::Mbox, Some("header")) => {
            path.get(1).map(|name| match name.to_ascii_lowercase().as_str() {
                "subject" => Role::Title,
                "from" | "sender" | "reply-to" => Role::From,
                "to" | "cc" | "bcc" => Role::To,
                "date" => Role::Date,
                "message-id" => Role::Id,
                _ => Role::Other,
            })
        }
        (Format::Html, Some("title")) => Some(Role::Title),
        (Format::Text, _) => Some(Role::Body),
        (Format::Html, Some("text" | "p" | "line")) => Some(Role::Body),
        _ => None,
    }
}

fn by_name(path: &[String], name: &str, name_words: &[String]) -> Vec<Role> {
    let parent = path.iter().rev().filter(|s| *s != "*").nth(1);
    // `invoice` + `number` says more than `number`; a whole name says more than a part of one.
    let joined = parent.map(|p| {
        let mut both = words(p);
        both.extend(name_words.iter().cloned());
        both
    });
    let with_parent = joined.map(|both| VOCABULARY.roles(&both)).unwrap_or_default();
    let whole = with_parent.into_iter().filter(|(_, fit)| *fit == Fit::Whole);
    let mut roles: Vec<Role> = whole.chain(VOCABULARY.roles(name_words)).map(|(role, _)| role).collect();
    if roles.is_empty() && name.trim_start().starts_with("N°") {
        // `N°` folds to a lone letter that is in no dictionary.
        roles.push(Role::Number);
    }
    roles
}

/// Whether the values of a field can be what its name says. Half of them is enough: real columns have holes.
fn agrees(role: Role, texts: &[&str], plan: &FieldPlan) -> bool {
    if texts.is_empty() {
        return true;
    }
    let most = |fits: &dyn Fn(&str) -> bool| texts.iter().filter(|t| fits(t)).count() * 2 >= texts.len();
    match role {
        _ if is_date(role) => most(&|t| dates::date(t, plan.order).or_else(|| dates::epoch(t)).is_some()),
        _ if is_money(role) => most(&|t| money::amount(t, plan.point).is_some()),
        Role::Email => most(&|t| t.contains('@')),
        Role::Ip => most(&forms::is_ip),
        Role::Currency => most(&|t| money::currency(t).is_some()),
        // What has a currency is the sum of an order and not its number; `invoice_paid: true` is a setting.
        Role::InvoiceNumber | Role::PaymentNumber => {
            let sum = |t: &str| money::amount(t, plan.point).is_some_and(|m| m.currency.is_some());
            !most(&|t| sum(t) || matches!(t, "true" | "false"))
        }
        // A name, a street, a text is not a lone yes or no; `public: true` and `accepted: no` are.
        Role::Internal | Role::Choice | Role::Purpose | Role::Status | Role::Attachment => true,
        Role::Direction => true,
        Role::Quantity | Role::Priority | Role::TextVersion | Role::Id | Role::Number => true,
        _ => !most(&|t| matches!(t, "true" | "false")),
    }
}

/// What the form of the values alone tells. Nearly all must agree.
fn by_form(texts: &[&str], plan: &FieldPlan) -> Option<Role> {
    if texts.is_empty() {
        return None;
    }
    // One in ten may differ; the first one too many ends the look.
    let all = |fits: &dyn Fn(&str) -> bool| texts.iter().filter(|t| !fits(t)).nth(texts.len() / 10).is_none();
    if all(&forms::is_email) {
        Some(Role::Email)
    } else if all(&forms::is_ip) {
        Some(Role::Ip)
    } else if all(&forms::is_iban) {
        Some(Role::Iban)
    } else if all(&forms::is_url) {
        Some(Role::Url)
    } else if all(&|t| t.contains(['-', '/', '.']) && dates::date(t, plan.order).is_some()) {
        Some(Role::Date)
    } else if all(&|t| matches!(t, "true" | "false")) {
        Some(Role::Flag)
    } else {
        None
    }
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

fn read_date(value: Value<'_>, plan: &FieldPlan) -> Option<dates::Date> {
    dates::date(value.text, plan.order).or_else(|| dates::epoch(value.text.trim()))
}

fn read_money(value: Value<'_>, plan: &FieldPlan, currency: Option<&str>) -> Option<Money> {
    let written = money::amount(value.text, plan.point)?;
    let mut amount = written.amount;
    if plan.minor {
        amount = (amount / rust_decimal::Decimal::ONE_HUNDRED).normalize();
    }
    let currency = written.currency.map(str::to_owned).or_else(|| currency.map(str::to_owned));
    Some(Money { amount, currency: currency.or_else(|| plan.currency.map(str::to_owned)) })
}

/// A value as read, and as it is shown.
fn read(value: Value<'_>, plan: &FieldPlan, currency: Option<&str>) -> (Reading, String) {
    let plain = value.text.trim().to_owned();
    if let Some(date) = read_date(value, plan).filter(|_| plan.is_date()) {
        let shown = match &date.time {
            Some(time) => format!("{}T{time}", date.day),
            None => date.day.to_string(),
        };
        return (Reading::Date { day: date.day, time: date.time, ambiguous: date.ambiguous }, shown);
    }
    if let Some(money) = read_money(value, plan, currency).filter(|_| plan.is_money()) {
        let shown = money.amount.to_string();
        return (Reading::Money(money), shown);
    }
    let may_be_flag = value.kind == ValueKind::Bool
        || matches!(plan.role, Some(Role::Flag | Role::Internal | Role::Choice));
    match forms::flag(&plain).filter(|_| may_be_flag) {
        Some(flag) => (Reading::Flag(flag), plain),
        None => (Reading::Text, plain),
    }
}

/// The name of a field in the file, positions put in.
fn field_name(path: &[String], indexes: &[u32]) -> String {
    let mut positions = indexes.iter();
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step.as_str() {
            "*" => positions.next().map_or_else(|| "*".to_owned(), u32::to_string),
            step => step.to_owned(),
        })
        .collect();
    steps.join("/")
}

/// A label for people: the name cut into words, positions counted from 1.
fn label(path: &[String], indexes: &[u32]) -> String {
    let mut positions = indexes.iter();
    let mut out = String::new();
    for step in path {
        if step == "*" {
            let n = positions.next().copied().unwrap_or(0) + 1;
            out.push_str(&format!(" {n}"));
            continue;
        }
        if !out.is_empty() {
            out.push_str(" · ");
        }
        let spaced = spaced(step);
        let mut letters = spaced.chars();
        if let Some(first) = letters.next() {
            out.extend(first.to_uppercase());
            out.push_str(letters.as_str());
        }
    }
    out
}

/// `issuedAt` and `issued_at` give `issued at`; what has spaces already stays.
fn spaced(step: &str) -> String {
    if step.contains(' ') {
        return step.to_owned();
    }
    let mut out = String::with_capacity(step.len() + 4);
    let mut before = ' ';
    for c in step.trim_start_matches('@').chars() {
        match c {
            '_' => out.push(' '),
            c if c.is_uppercase() && before.is_lowercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            c => out.push(c),
        }
        before = c;
    }
    out.trim().to_owned()
}

/// Text on one line, cut at a word with an ellipsis.
pub fn one_line(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if chars + len + 1 > chars_max {
            if out.is_empty() {
                out.extend(word.chars().take(chars_max));
            }
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        chars += len + 1;
    }
    out
}
