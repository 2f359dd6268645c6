//! What is missing before a letter can be sent, and what its writer should know: codes for the window, sentences in English.

use std::collections::{HashMap, HashSet};

use records::{Day, Kind, Record, What};

use crate::draft::{Ground, Right};
use crate::erasure::{accounting_end, claim_of, is_open};
use crate::frame::{Frame, Point};
use crate::letter::Remark;
use crate::term::Accounting;
use crate::words::Claim;
use crate::{clean, term};

/// Remarks of one code about single items; more of them would bury the rest. The last one then tells how many more.
const SAME_MAX: usize = 20;

pub(crate) fn missing(frame: &Frame<'_>) -> Vec<Remark> {
    let draft = frame.draft;
    let mut out = Vec::new();
    if clean::line(&draft.requester.name).is_empty() {
        out.push(Remark::new("requester_name", "the name of the person who writes is missing", []));
    }
    match clean::line(&draft.requester.email) {
        email if email.is_empty() && clean::lines(&draft.requester.address).is_empty() => {
            out.push(Remark::new("requester_contact", "an address at which to be answered is missing", []));
        }
        email if !email.is_empty() && clean::address(&email).is_none() => out.push(Remark::new(
            "requester_contact",
            format!("{email:?} is not an e-mail address"),
            [("value", email)],
        )),
        _ => {}
    }
    if frame.to.name.is_empty() {
        out.push(Remark::new("recipient", "the company is missing", []));
    }
    if let Some(bad) = &frame.to.bad_email {
        let message = format!("{bad:?} is not an e-mail address");
        out.push(Remark::new("recipient_email", message, [("value", bad.clone())]));
    } else if frame.to.email.is_empty() && frame.to.address.is_empty() {
        out.push(Remark::new("recipient_email", "an address of the company is missing", []));
    }
    if frame.items.is_empty() {
        out.push(Remark::new("items", "no record is chosen", []));
    }
    for p in &frame.items {
        out.extend(missing_of(frame, p));
    }
    for (field, text, read) in
        [("day", &draft.day, frame.day.is_some()), ("received", &draft.received, frame.received.is_some())]
    {
        let text = clean::line(text);
        if !text.is_empty() && !read {
            let message = format!("{field} is {text:?}, which is not a day such as 2026-11-23");
            out.push(Remark::new("day", message, [("field", field.to_owned()), ("value", text)]));
        }
    }
    out
}

fn missing_of(frame: &Frame<'_>, p: &Point<'_>) -> Option<Remark> {
    let n = p.number;
    match frame.draft.right {
        Right::Rectification if p.right_value().is_empty() => {
            Some(item_remark("right_value", format!("item {n}: how it should read is missing"), p, []))
        }
        Right::Erasure => match claim_of(p) {
            Claim::Missing => Some(item_remark("ground", format!("item {n}: the ground is missing"), p, [])),
            Claim::Objection if p.reason().is_empty() => Some(item_remark(
                "objection_reason",
                format!(
                    "item {n}: an objection under art. 21(1) needs grounds relating to the person's situation"
                ),
                p,
                [],
            )),
            _ => None,
        },
        Right::Rectification => None,
    }
}

pub(crate) fn advice(frame: &Frame<'_>) -> Vec<Remark> {
    let mut out = Vec::new();
    company(frame, &mut out);
    if let (Some(received), Some(day)) = (frame.received, frame.day)
        && received > day
    {
        out.push(Remark::new(
            "received_after_letter",
            format!("the export was received on {received}, after the day of the letter, {day}"),
            [("received", received.to_string()), ("day", day.to_string())],
        ));
    }
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    let mut places: HashSet<(&str, &str)> = HashSet::new();
    for p in &frame.items {
        let again = !places.insert((&p.item.locator.entry, &p.item.locator.at));
        for remark in of_item(frame, p, again) {
            let count = counts.entry(remark.code).or_default();
            *count += 1;
            if *count <= SAME_MAX {
                out.push(remark);
            }
        }
    }
    for remark in &mut out {
        if let Some(more) = counts.get(remark.code).and_then(|n| n.checked_sub(SAME_MAX)).filter(|n| *n > 0) {
            remark.args.insert("more".to_owned(), more.to_string());
        }
    }
    out
}

/// What the company asks, and what is known of it.
fn company(frame: &Frame<'_>, out: &mut Vec<Remark>) {
    let Some(profile) = frame.profile else {
        match frame.draft.recipient.profile.as_deref().map(clean::line) {
            Some(id) if !id.is_empty() => out.push(Remark::new(
                "no_profile",
                format!("there is no profile {id:?}; name, address and e-mail must be typed"),
                [("profile", id)],
            )),
            _ => out.push(Remark::new(
                "no_profile",
                "what this company asks and promises is not known; check the address in its privacy policy",
                [],
            )),
        }
        return;
    };
    let shown = || profile.shown.clone();
    for (code, id) in [("company_asks_id", "id_copy"), ("company_asks_reason", "reasons")] {
        let Some(asks) = profile.requirement(id) else { continue };
        let date =
            profile.document(&asks.document).and_then(|d| d.date).map(|d| d.to_string()).unwrap_or_default();
        out.push(Remark::new(
            code,
            format!(
                "{} asks for {}; art. {} GDPR: {}",
                profile.shown, asks.asks.en, asks.article, asks.law.en
            ),
            [
                ("company", shown()),
                ("article", asks.article.clone()),
                ("section", asks.section.clone()),
                ("date", date),
            ],
        ));
    }
    if let Some(day) = profile.as_of() {
        out.push(Remark::new(
            "profile_dated",
            format!(
                "what is known of {} comes from documents up to {day}; its present policy may differ",
                profile.shown
            ),
            [("company", shown()), ("date", day.to_string())],
        ));
    }
    if let Some(other) = frame.export.controller.as_deref().filter(|c| *c != profile.id) {
        out.push(Remark::new(
            "other_controller",
            format!("the letter goes to {}, but the export seems to come from {other:?}", profile.shown),
            [("company", shown()), ("export", other.to_owned())],
        ));
    }
}

fn of_item(frame: &Frame<'_>, p: &Point<'_>, again: bool) -> Vec<Remark> {
    let n = p.number;
    let Some(record) = p.record else {
        let message = format!("item {n}: {} is not in this export", p.locator());
        return vec![item_remark("place_not_found", message, p, [])];
    };
    let mut out = Vec::new();
    if again {
        out.push(item_remark("same_place_twice", format!("item {n}: this place is cited before"), p, []));
    }
    if record.kind == Kind::Contact {
        others(frame, p, &mut out);
    }
    if frame.is(Right::Rectification) {
        rectification(p, &mut out);
    } else {
        erasure(frame, p, record, &mut out);
    }
    out
}

fn others(frame: &Frame<'_>, p: &Point<'_>, out: &mut Vec<Remark>) {
    let n = p.number;
    let message =
        format!("item {n}: this is about another person; everyone can exercise only their own rights");
    out.push(item_remark("other_person", message, p, []));
    if let Some(profile) = frame.profile.filter(|p| p.categories.iter().any(|c| c.others)) {
        out.push(item_remark(
            "processor_not_controller",
            format!(
                "item {n}: for contacts that you entered, {} works on your behalf; you can correct or delete them in \
                 your account",
                profile.shown
            ),
            p,
            [("company", profile.shown.clone())],
        ));
    }
}

fn rectification(p: &Point<'_>, out: &mut Vec<Remark>) {
    let n = p.number;
    match p.present() {
        Some(present) if !present.is_empty() && present == p.right_value() => {
            out.push(item_remark("value_unchanged", format!("item {n}: it already reads like that"), p, []));
        }
        Some(_) => {}
        None => {
            let message = format!("item {n}: this is a whole record; choose the field that is wrong");
            out.push(item_remark("whole_record", message, p, []));
        }
    }
}

fn erasure(frame: &Frame<'_>, p: &Point<'_>, record: &Record, out: &mut Vec<Remark>) {
    let n = p.number;
    if let Some((kind, end)) = accounting_end(p) {
        out.push(retention(frame, p, kind, end));
    }
    if is_open(record) {
        let message = format!(
            "item {n}: this seems not to be settled; the company may keep it for legal claims (art. 17(3)(e)), and you may \
             need it as proof yourself"
        );
        out.push(item_remark("legal_claims", message, p, []));
    }
    if record.kind == Kind::Account && matches!(record.what, What::Profile | What::Subscription | What::Other)
    {
        let message = format!(
            "item {n}: while a contract runs, the company needs such data to perform it (art. 6(1)(b)); expect a refusal, or \
             the end of the account"
        );
        out.push(item_remark("contract_running", message, p, []));
        let wide = frame.profile.and_then(|c| {
            c.terms_of(record).find(|rule| rule.months.is_some_and(|m| m >= 120)).map(|rule| (c, rule))
        });
        if let Some((company, rule)) = wide {
            out.push(item_remark(
                "term_wider_than_duty",
                format!(
                    "item {n}: {} announces ten years for the whole account ({}); the accounting duty covers only \
                     accounting documents and vouchers",
                    company.shown, rule.id
                ),
                p,
                [("company", company.shown.clone()), ("rule", rule.id.clone()), ("section", rule.section.clone())],
            ));
        }
    }
    if record.kind == Kind::Consent {
        let message = format!(
            "item {n}: the company must be able to show that consent was given (art. 7(1)), so it may keep a record of the \
             choice"
        );
        out.push(item_remark("consent_proof", message, p, []));
    }
    if matches!(p.item.ground, Some(Ground::Unlawful | Ground::LegalObligation)) && p.reason().is_empty() {
        let message = format!("item {n}: say why in your own words; this ground is weighed by its facts");
        out.push(item_remark("reason_useful", message, p, []));
    }
}

fn retention(frame: &Frame<'_>, p: &Point<'_>, kind: Accounting, end: Option<Day>) -> Remark {
    let n = p.number;
    let Some(end) = end.filter(|_| frame.french()) else {
        let message =
            format!("item {n}: accounting law may oblige the company to keep this for years (art. 17(3)(b))");
        return item_remark("retention_duty_possible", message, p, []);
    };
    if frame.day.is_some_and(|today| end < today) {
        let message = format!(
            "item {n}: the accounting duty to keep it ended on {end} (financial year = calendar year)"
        );
        return item_remark("retention_duty_over", message, p, [("until", end.to_string())]);
    }
    let (code, what) = match kind {
        Accounting::Document => ("retention_duty", "must keep this"),
        _ => ("retention_duty_possible", "may have to keep this, as a voucher,"),
    };
    let message = format!(
        "item {n}: expect a refusal until {end}: the company {what} for {} years from the close of the financial year, \
         taken to be the calendar year (art. L123-22 Code de commerce, art. 17(3)(b) GDPR)",
        term::ACCOUNTING_YEARS
    );
    item_remark(code, message, p, [("until", end.to_string()), ("years", term::ACCOUNTING_YEARS.to_string())])
}

fn item_remark<const N: usize>(
    code: &'static str,
    message: String,
    p: &Point<'_>,
    args: [(&str, String); N],
) -> Remark {
    let mut remark = Remark::new(code, message, args);
    remark.args.insert("item".to_owned(), p.number.to_string());
    remark.args.insert("place".to_owned(), p.locator());
    if let Some(record) = p.record {
        remark.args.insert("title".to_owned(), clean::short(&clean::line(&record.title), 120));
    }
    remark
}
