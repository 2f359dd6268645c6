//! What the fields of a list are for: by description, by their names as far as their values agree, by their form.

use std::collections::HashSet;

use files::{Format, Layout, Row, ValueKind};

use super::formats::by_format;
use crate::dates::{self, Epoch, Order};
use crate::forms::{self, Form};
use crate::money::{self, Point};
use crate::record::Role;
use crate::service::ServiceFile;
use crate::vocabulary::{Fit, VOCABULARY};
use crate::words::words;

/// Values of one field that are looked at.
const SAMPLE_VALUES: usize = 100;

/// Values of one field whose form is looked at.
const FORM_VALUES: usize = 30;

/// What one field was taken for.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldPlan {
    pub(super) role: Option<Role>,
    pub(super) order: Order,
    pub(super) epoch: Epoch,
    pub(super) point: Point,
    /// Cents instead of euros, from the field's name.
    pub(super) minor: bool,
    pub(super) currency: Option<&'static str>,
    /// Whether it stands in an inner list.
    pub(super) inner: bool,
    /// The form of its values, where it tells something.
    pub(super) form: Option<Form>,
    /// Whether it is a date with a time of day.
    pub(super) timed: bool,
}

impl FieldPlan {
    pub(super) fn is_date(&self) -> bool {
        self.role.is_some_and(is_date)
    }

    pub(super) fn is_money(&self) -> bool {
        self.role.is_some_and(is_money)
    }
}

pub(super) fn is_date(role: Role) -> bool {
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
pub(super) fn plan(
    layout: &Layout,
    rows: &[&Row],
    from: usize,
    described: Option<&ServiceFile>,
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
        .map(|(id, path)| field(layout.format, path, &samples[id.0 as usize], described))
        .collect()
}

/// Plans one field: by description, else by its name as far as its values agree, else by the form of its values.
pub(super) fn field(
    format: Format,
    path: &[String],
    sample: &[(&str, ValueKind)],
    described: Option<&ServiceFile>,
) -> FieldPlan {
    let texts: Vec<&str> = sample.iter().map(|(t, _)| *t).collect();
    let inner = path.iter().any(|step| step == "*") && path.last().is_some_and(|step| step != "*");
    let name =
        path.iter().rev().find(|s| *s != "*" && *s != "text()" && *s != "#text").map_or("", String::as_str);
    // The prefix of a name in XML says where it is from, not what it is.
    let name = if format == Format::Xml { name.rsplit(':').next().unwrap_or(name) } else { name };
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
    if format == Format::Mt940 {
        (plan.order, plan.point) = (Order::Short, Point::Comma);
    }
    plan.epoch = Epoch::told(name, &name_words);
    let fixed = by_format(format, path);
    if fixed.is_none() {
        plan.form = forms::form(&texts[..texts.len().min(FORM_VALUES)]);
    }
    plan.minor = name_words.iter().any(|w| matches!(w.as_str(), "cents" | "centimes" | "minor"));
    plan.currency = ["eur", "gbp", "usd", "chf"]
        .into_iter()
        .zip(["EUR", "GBP", "USD", "CHF"])
        .find(|(word, _)| name_words.iter().any(|w| w == word))
        .map(|(_, code)| code)
        .or_else(|| name.contains('€').then_some("EUR"))
        .or_else(|| name.contains('£').then_some("GBP"));
    let said = described.filter(|f| !f.roles.is_empty()).and_then(|f| f.roles.get(&path.join("/")));
    plan.role = said.copied().or(fixed).or_else(|| {
        by_name(path, name, &name_words)
            .into_iter()
            .find(|role| agrees(*role, &texts, &plan))
            .or_else(|| by_form(&texts, &plan))
            .or_else(|| (plan.form == Some(Form::Prose)).then_some(Role::Body))
    });
    if plan.is_date() {
        let read = |t: &&str| dates::date(t, plan.order).or_else(|| dates::epoch(t, plan.epoch));
        let texts = &texts[..texts.len().min(FORM_VALUES)];
        let timed = texts.iter().filter(|t| read(t).is_some_and(|d| d.time.is_some())).count();
        plan.timed = timed > 0 && timed * 2 >= texts.len();
    }
    if inner && matches!(plan.role, Some(Role::Gross | Role::Net | Role::Tax)) {
        // The total of a line is not the total of the document.
        plan.role = Some(Role::Amount);
    }
    plan
}

fn told<T: PartialEq + Copy>(known: T, new: T, unknown: T) -> T {
    if known == unknown { new } else { known }
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
    let mut roles: Vec<Role> = whole
        .chain(VOCABULARY.roles(name_words))
        .map(|(role, fit)| match role {
            // The name of an app or of a shop is not that of a person.
            Role::FullName if fit == Fit::Part && !names_a_person(name_words) => Role::Label,
            role => role,
        })
        .collect();
    if roles.is_empty() && name.trim_start().starts_with("N°") {
        // `N°` folds to a lone letter that is in no dictionary.
        roles.push(Role::Number);
    }
    roles
}

/// Who has a name of two words.
const PERSONS: &[&str] = &[
    "customer",
    "client",
    "contact",
    "passenger",
    "guest",
    "host",
    "user",
    "account",
    "holder",
    "sender",
    "author",
    "employee",
    "driver",
    "patient",
    "student",
    "friend",
    "profile",
    "member",
    "owner",
    "recipient",
    "buyer",
    "seller",
    "agent",
    "rider",
    "beneficiary",
    "participant",
    "attendee",
    "reporter",
    "requester",
    "organizer",
    "legal",
    "full",
    "display",
    "real",
    "billing",
    "shipping",
    "player",
    "parent",
    "child",
    "assignee",
    "cardholder",
    "person",
    "destinataire",
    "expediteur",
    "titulaire",
    "personne",
    "auteur",
    "complet",
    "completo",
    "cliente",
    "kunde",
    "kunden",
    "absender",
    "empfanger",
    "vollstandiger",
    "usuario",
    "utente",
    "persona",
    "titular",
    "contacto",
    "contatto",
    "intestatario",
    "artist",
    "dest",
    "voller",
    "your",
    "their",
    "my",
];

fn names_a_person(name: &[String]) -> bool {
    name.iter().any(|word| PERSONS.contains(&word.as_str()))
}

/// Whether the values of a field can be what its name says. Half of them is enough: real columns have holes.
fn agrees(role: Role, texts: &[&str], plan: &FieldPlan) -> bool {
    if texts.is_empty() {
        return true;
    }
    let most = |fits: &dyn Fn(&str) -> bool| texts.iter().filter(|t| fits(t)).count() * 2 >= texts.len();
    match role {
        _ if is_date(role) => {
            most(&|t| dates::date(t, plan.order).or_else(|| dates::epoch(t, plan.epoch)).is_some())
        }
        _ if is_money(role) => most(&|t| money::amount(t, plan.point).is_some()),
        Role::Email => most(&|t| t.contains('@')),
        Role::Ip => most(&forms::is_ip),
        // `From: 2018-01` is a time, and a sender has a name.
        Role::From | Role::To => {
            let clock = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.'));
            !most(&|t| clock(t) || dates::date(t, plan.order).is_some())
        }
        // A text is not one of a few that come again and again.
        Role::Body if texts.len() >= REPEATED && few(texts) => false,
        // Nor a lone answer.
        Role::Body | Role::Label | Role::Note => {
            !most(&|t| forms::flag(t).is_some() && !t.bytes().all(|b| b.is_ascii_digit()))
        }
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

/// So many values show whether they come again.
const REPEATED: usize = 6;

/// Whether three in four values stand there more than once.
fn few(texts: &[&str]) -> bool {
    let different: HashSet<&&str> = texts.iter().collect();
    different.len() * 4 <= texts.len()
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
    } else if all(&forms::is_user_agent) {
        Some(Role::UserAgent)
    } else if all(&forms::is_phone) {
        Some(Role::Phone)
    } else if all(&|t| t.contains(['-', '/', '.']) && dates::date(t, plan.order).is_some()) {
        Some(Role::Date)
    } else if all(&|t| matches!(t, "true" | "false")) {
        Some(Role::Flag)
    } else {
        None
    }
}
