//! One record becomes its choices: one, or one for each purpose of a settings page or a cookie banner.

use std::collections::BTreeMap;

use records::{Field, Record, Role, What};

use crate::consents::choice::{answers, is_choice, says_expired};
use crate::consents::marketing::about;
use crate::consents::{About, Choice, ConsentLine, ConsentState};
use crate::fold::{has_stem, has_word, name_words, words};
use crate::limits::CHOICES_MAX;
use crate::place::{Moment, in_list, last_step, list_step};

/// The choices of a record; at least one, so that no record is lost.
pub(super) fn choices(record: &Record) -> Vec<ConsentLine> {
    let own: Vec<&Field> = record.fields.iter().filter(|f| !in_list(&f.name)).collect();
    let mut lines = listed(record, &own);
    if lines.is_empty() {
        lines = several(record, &own);
    }
    if lines.is_empty() {
        lines.push(line(record, &own, &own, choice_of(&own)));
    }
    lines
}

/// A list with an item for each choice: `purposes/0/status`.
fn listed(record: &Record, own: &[&Field]) -> Vec<ConsentLine> {
    let mut items: BTreeMap<(&str, usize), Vec<&Field>> = BTreeMap::new();
    for field in &record.fields {
        let Some((list, at, rest)) = list_step(&field.name) else { continue };
        let Ok(at) = at.parse() else { continue };
        // Items of a mere list of words (`purposes/0`: `newsletter`) are part of one choice.
        if !rest.is_empty() && (items.len() < CHOICES_MAX || items.contains_key(&(list, at))) {
            items.entry((list, at)).or_default().push(field);
        }
    }
    let chooses = |fields: &[&Field]| fields.iter().any(|f| is_choice(f) || f.role == Role::Status);
    items
        .into_values()
        .filter(|fields| chooses(fields))
        .map(|fields| {
            let choice = choice_of(&fields);
            line(record, &fields, own, choice)
        })
        .collect()
}

/// Several answers side by side: `newsletter: true, sms: false`. Where the record names one purpose, its answers
/// belong to that purpose.
fn several(record: &Record, own: &[&Field]) -> Vec<ConsentLine> {
    let answered: Vec<&Field> = own.iter().copied().filter(|f| is_choice(f)).collect();
    let named = own.iter().any(|f| f.role == Role::Purpose && !f.value.is_empty() && !answers(f));
    if answered.len() < 2 || named {
        return Vec::new();
    }
    // Beside real choices, flags such as `is_current` are no choices of their own.
    let choices = answered.iter().filter(|f| f.role != Role::Flag).count();
    let meant = |f: &&Field| f.role != Role::Flag || choices == 0;
    answered
        .into_iter()
        .filter(meant)
        .take(CHOICES_MAX)
        .map(|f| line(record, &[f], own, Choice::of(f)))
        .collect()
}

fn choice_of(fields: &[&Field]) -> Choice {
    let first = |role: Role| fields.iter().find(|f| f.role == role && !f.value.is_empty());
    let said = first(Role::Choice).map(|f| Choice::of(f));
    let said = said.filter(|c| *c != Choice::Unknown);
    let said = said.or_else(|| first(Role::Status).map(|f| Choice::read(&f.value)));
    let said = said.filter(|c| *c != Choice::Unknown);
    // `newsletter: true` and the flags of a settings page.
    let said = said
        .or_else(|| fields.iter().find(|f| f.role != Role::Choice && is_choice(f)).map(|f| Choice::of(f)));
    let said = said.filter(|c| *c != Choice::Unknown);
    said.or_else(|| first(Role::Action).map(|f| Choice::read(&f.value))).unwrap_or(Choice::Unknown)
}

/// A line from the fields of one choice; dates, source and version may stand beside it in the record.
fn line(record: &Record, fields: &[&Field], own: &[&Field], choice: Choice) -> ConsentLine {
    let alone = std::ptr::eq(fields.as_ptr(), own.as_ptr());
    let find = |role: Role, of: &[&Field]| -> Option<String> {
        of.iter().find(|f| f.role == role && !f.value.is_empty() && !answers(f)).map(|f| f.value.clone())
    };
    let text = |role: Role| find(role, fields).or_else(|| find(role, own)).unwrap_or_default();
    let moment = |of: &[&Field], roles: &[Role]| {
        roles.iter().find_map(|role| of.iter().filter(|f| f.role == *role).find_map(|f| Moment::of(f)))
    };
    let when = |roles: &[Role]| moment(fields, roles).or_else(|| moment(own, roles));
    let withdrawn = when(&[Role::WithdrawnOn]);
    let given = when(&[Role::Date, Role::CreatedOn, Role::StartsOn, Role::UpdatedOn]);
    let at = given.or_else(|| {
        let day = record.day.filter(|day| withdrawn.as_ref().is_none_or(|w| w.day != *day))?;
        Some(Moment { day, time: None, ambiguous: false })
    });
    let raw = [Role::Choice, Role::Status].iter().find_map(|role| fields.iter().find(|f| f.role == *role));
    let raw = raw.or_else(|| fields.iter().find(|f| is_choice(f)));
    let purpose = purpose(record, fields, own, alone);
    let channel = match text(Role::Channel) {
        told if !told.is_empty() => told,
        _ => channel_in(&purpose).to_owned(),
    };
    // Terms are on record because they were accepted; nothing else need say so.
    let accepted = record.what == What::TermsAccepted && choice == Choice::Unknown && at.is_some();
    ConsentLine {
        id: record.id,
        purpose,
        channel,
        basis: text(Role::LegalBasis),
        choice: if accepted { Choice::Given } else { choice },
        choice_raw: raw.map(|f| f.value.clone()).unwrap_or_default(),
        state: ConsentState::Unknown,
        at,
        withdrawn,
        expires: when(&[Role::ExpiresOn]),
        version: text(Role::TextVersion),
        source: text(Role::Source),
        locator: match fields {
            [field] if !alone => field.locator.clone(),
            _ => record.locator.clone(),
        },
        expired: raw.is_some_and(|f| says_expired(&f.value)),
        about: about_of(record, fields, own),
    }
}

/// What the choice is about: a purpose may have a code and a label, and a column called `newsletter` says enough.
fn about_of(record: &Record, fields: &[&Field], own: &[&Field]) -> About {
    let purposes = |of: &[&Field]| {
        let meant = of.iter().filter(|f| f.role == Role::Purpose || is_choice(f));
        meant.flat_map(|f| name_words(&f.name).into_iter().chain(words(&f.value))).collect::<Vec<_>>()
    };
    let mut told = purposes(fields);
    if told.is_empty() {
        told = purposes(own);
    }
    told.extend(words(&record.title));
    about(&told)
}

/// For what: the purpose as told, else the name of the setting that was answered, else the record's title.
fn purpose(record: &Record, fields: &[&Field], own: &[&Field], alone: bool) -> String {
    let told = |of: &[&Field]| {
        let purposes = || of.iter().filter(|f| f.role == Role::Purpose && !f.value.is_empty() && !answers(f));
        // Beside a code for programs (`marketing_email`) there may be words for people.
        let worded =
            purposes().find(|f| has_word(&name_words(&f.name), &["label", "libelle", "name", "nom", "text"]));
        worded
            .or_else(|| purposes().next())
            .or_else(|| {
                of.iter().find(|f| matches!(f.role, Role::Label | Role::Title) && !f.value.is_empty())
            })
            .map(|f| f.value.clone())
    };
    if let Some(told) = told(fields) {
        return told;
    }
    // In a list the item's own name counts before anything that stands beside the list.
    let item = fields.iter().find(|f| matches!(f.role, Role::FullName | Role::Product | Role::Id) && !alone);
    if let Some(item) = item.filter(|f| !f.value.is_empty()) {
        return item.value.clone();
    }
    if let Some(field) = fields.iter().find(|f| is_choice(f) && speaks(f)) {
        return field.label.clone();
    }
    told(own).unwrap_or_else(|| record.title.clone())
}

/// Whether the name of an answered field says for what: `sms_offers` does, `accepted` does not.
fn speaks(field: &Field) -> bool {
    let words = name_words(last_step(&field.name));
    let empty = |w: &String| {
        let word = std::slice::from_ref(w);
        Choice::read(w) != Choice::Unknown
            || has_stem(word, &["consent", "choi", "opt", "einwillig", "accord", "status"])
            || has_word(
                word,
                &["is", "has", "in", "out", "value", "given", "flag", "decision", "the", "user"],
            )
    };
    !words.iter().all(empty)
}

/// The channel that a purpose speaks of: `newsletter by e-mail`, `SMS offers`.
pub(super) fn channel_in(purpose: &str) -> &'static str {
    let words = name_words(purpose);
    let mail = has_word(&words, &["email", "mail", "courriel", "emailing", "correo"])
        || has_stem(&words, &["newsletter"]);
    let sms = has_word(&words, &["sms", "texto", "mms"]);
    let phone = has_stem(&words, &["telephon", "phone", "appel", "anruf", "llamad"]);
    let post = has_word(&words, &["post", "postal", "poste", "postale"]);
    match (mail, sms, phone, post) {
        (true, false, false, false) => "email",
        (false, true, false, false) => "sms",
        (false, false, true, false) => "phone",
        (false, false, false, true) => "post",
        _ => "",
    }
}
