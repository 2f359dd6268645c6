//! Telling the kind of a list of rows: evidence is summed from names, from the roles of its fields, and from the
//! forms of their values.

mod formats;
mod together;
mod weights;
mod what;

#[cfg(test)]
mod tests;

use files::Format;

use crate::forms::Form;
use crate::record::{Certainty, Kind, Role, What};
use crate::vocabulary::VOCABULARY;
use crate::words::{fold, words};
use together::together;
use weights::ROLES;
pub(crate) use what::what;

/// What a list is taken for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) what: What,
    pub(crate) certainty: Certainty,
    pub(crate) reason: String,
}

/// What is known of a list before its kind.
#[derive(Debug)]
pub(crate) struct Signs<'a> {
    /// The entry's name, folders and all.
    pub(crate) entry: &'a str,
    /// The name of the list in its file.
    pub(crate) list: &'a str,
    /// Where the list stands in its file.
    pub(crate) at: &'a str,
    pub(crate) format: Format,
    /// Fields outside inner lists: role and name.
    pub(crate) outer: Vec<(Role, &'a str)>,
    /// Fields of inner lists: role and name.
    pub(crate) inner: Vec<(Role, &'a str)>,
    /// Fields whose values have a telling form.
    pub(crate) forms: Vec<(Form, &'a str)>,
    /// Whether a field outside inner lists says at which time of day something was.
    pub(crate) timed: bool,
    /// How many rows were seen, at most the size of the sample.
    pub(crate) rows: usize,
}

/// Roles that speak for a consent in inner lists too.
const CONSENT_ROLES: &[Role] = &[Role::Purpose, Role::Choice, Role::LegalBasis, Role::WithdrawnOn];

/// Below this, nothing is claimed: the record is `other`.
const CLAIM_MIN: i32 = 3;

/// What a word in the name of a field says for a kind.
const SIGN: i32 = 2;

/// Names of lists that say nothing.
const GENERIC: &[&str] = &[
    "items", "item", "data", "list", "records", "record", "rows", "row", "entries", "entry", "results",
    "elements", "content", "values", "nodes", "edges", "objects", "export", "donnees", "lignes", "eintrage",
    "daten", "liste", "datos", "lista", "elementi", "dati",
];

/// So many steps around all fields are heard.
const AROUND_MAX: usize = 2;

/// So many rows make a log, if nothing else tells.
const LOG_ROWS: usize = 4;

/// A choice has no more fields, if nothing else tells.
const CHOICE_FIELDS: usize = 4;

/// What somebody did or is, in fields of yes and no; no choice.
const DONE: &[&str] = &[
    "clicked",
    "opened",
    "read",
    "seen",
    "viewed",
    "mutual",
    "attended",
    "active",
    "completed",
    "default",
    "success",
    "successful",
    "deleted",
    "verified",
    "lu",
    "ouvert",
    "cliqué",
    "gelesen",
    "aktiv",
    "erfolgreich",
    "leido",
    "activo",
    "letto",
    "attivo",
    "gelezen",
    "actif",
];

/// So many words of fields count for one kind; a table of hundreds of columns has some of everything.
const SIGNS_MAX: usize = 4;

/// What was summed so far.
#[derive(Default)]
struct Sum {
    scores: [i32; Kind::ALL.len()],
    told: Vec<(Kind, String)>,
}

impl Sum {
    fn add(&mut self, kind: Kind, weight: i32, sign: String) {
        self.scores[kind as usize] += weight;
        self.told.push((kind, sign));
    }

    fn of(&self, kind: Kind) -> i32 {
        self.scores[kind as usize]
    }

    fn less(&mut self, kind: Kind, weight: i32) {
        self.scores[kind as usize] -= weight;
    }
}

pub(crate) fn weigh(signs: &Signs<'_>) -> Verdict {
    if let Some((kind, what, reason)) = formats::by_format(signs.format, signs.list) {
        return verdict(kind, what, Certainty::Certain, reason.to_owned());
    }
    // The tables of a document are lists of their own, and may be anything.
    let documents =
        [Format::Docx, Format::Odt, Format::Pptx, Format::Odp, Format::Doc, Format::Ppt, Format::Epub];
    if documents.contains(&signs.format) && signs.at.is_empty() {
        return verdict(Kind::Document, What::Other, Certainty::Certain, "a document with text".to_owned());
    }
    let text = [Format::Text, Format::Html, Format::Markdown].contains(&signs.format);
    let document = || verdict(Kind::Document, What::Other, Certainty::Likely, "a file with text".to_owned());
    let running = signs.outer.iter().all(|(r, _)| matches!(r, Role::Body | Role::Title | Role::Other))
        && !signs.forms.iter().any(|(form, _)| *form == Form::Sides);
    // A log is read line by line.
    if text && running && matches!(signs.outer[..], [(_, "line")]) {
        return verdict(Kind::Activity, What::Other, Certainty::Likely, "the lines of a log".to_owned());
    }
    if text && running {
        return document();
    }
    let mut sum = Sum::default();
    names(signs, &mut sum);
    fields(signs, &mut sum);
    values(signs, &mut sum);
    together(signs, &mut sum);
    let told = decide(signs, &sum);
    // What is not known of a text is at least a text.
    if text && signs.list.is_empty() && told.kind == Kind::Other { document() } else { told }
}

/// What the names of file, folders and list say.
fn names(signs: &Signs<'_>, sum: &mut Sum) {
    let components: Vec<&str> =
        signs.entry.rsplit(['/', '\\', '>']).map(str::trim).filter(|c| !c.is_empty()).collect();
    let stem = components.first().map_or("", |f| f.rsplit_once('.').map_or(*f, |(stem, _)| stem));
    let folders = components.iter().skip(1).take(2).copied();
    // `/orders/items`: what is around a list of no telling name names it.
    let telling = |step: &&str| !step.is_empty() && !GENERIC.contains(&fold(step).as_str());
    let list = signs.at.rsplit('/').find(telling).filter(|_| !telling(&signs.list)).unwrap_or(signs.list);
    let named = [(list, 4, "list"), (stem, 3, "file name")]
        .into_iter()
        .chain(folders.map(|f| (f, 2, "folder")))
        // `/Activity/Login History/LoginHistoryList`: what is around a list speaks of it, too.
        .chain(
            signs.at.rsplit('/').skip(1).filter(|step| !step.is_empty()).take(2).map(|s| (s, 2, "list in")),
        );
    let around = around(signs);
    let named = named.chain(around.iter().filter(|a| **a != list).map(|a| (*a, 3, "all in")));
    for (name, weight, sort) in named {
        let mut claimed: Vec<Kind> = Vec::new();
        for (kind, word) in VOCABULARY.kinds(&words(name)) {
            if !claimed.contains(&kind) {
                claimed.push(kind);
                // Two words that belong together are seldom meant otherwise.
                let more = i32::from(word.contains(' '));
                sum.add(kind, weight + more, format!("{sort} “{word}”"));
            }
        }
    }
}

/// The steps that every field of a list stands in, as `adImpression` in `[{"adImpression": {…}}]`.
fn around<'a>(signs: &Signs<'a>) -> Vec<&'a str> {
    let mut paths = signs.outer.iter().chain(&signs.inner).map(|(_, path)| *path);
    let Some(first) = paths.next() else { return Vec::new() };
    let mut steps: Vec<&str> = first.split('/').collect();
    steps.pop();
    for path in paths {
        let same = steps.iter().zip(path.split('/')).take_while(|(a, b)| *a == b).count();
        steps.truncate(same);
    }
    steps.retain(|step| *step != "*" && !GENERIC.contains(&fold(step).as_str()));
    steps.split_off(steps.len().saturating_sub(AROUND_MAX))
}

/// What the roles and names of the fields say, each field once for each kind.
fn fields(signs: &Signs<'_>, sum: &mut Sum) {
    let mut counted: Vec<(Role, Kind)> = Vec::new();
    let mut words_of: [usize; Kind::ALL.len()] = [0; Kind::ALL.len()];
    for (role, name) in &signs.outer {
        let mut kinds: Vec<Kind> = Vec::new();
        if tells(*role, name) {
            for (_, kind, weight) in ROLES.iter().filter(|(r, _, _)| r == role) {
                kinds.push(*kind);
                if !counted.contains(&(*role, *kind)) {
                    counted.push((*role, *kind));
                    sum.add(*kind, *weight, format!("“{name}”"));
                }
            }
        }
        let last = name.rsplit('/').find(|s| *s != "*").unwrap_or(name);
        let last = words(last);
        let stem = VOCABULARY.signs(&last).is_empty().then(|| VOCABULARY.stems(&last)).flatten();
        for kind in VOCABULARY.signs(&last).iter().copied().chain(stem) {
            if !kinds.contains(&kind) && words_of[kind as usize] < SIGNS_MAX {
                words_of[kind as usize] += 1;
                sum.add(kind, SIGN, format!("“{name}”"));
            }
        }
    }
    // Choices by purpose stand in an inner list of a consent record.
    for (role, name) in signs.inner.iter().filter(|(r, _)| CONSENT_ROLES.contains(r)) {
        if !counted.contains(&(*role, Kind::Consent)) {
            counted.push((*role, Kind::Consent));
            sum.add(Kind::Consent, 3, format!("“{name}”"));
        }
    }
    // `consentTimestamp` is a time and `purposes` a list, yet both speak of a consent.
    let speaking = signs.outer.iter().chain(&signs.inner).filter(|(_, name)| speaks_of_consent(name)).take(2);
    for (n, (_, name)) in speaking.enumerate() {
        sum.add(Kind::Consent, if n == 0 { 3 } else { 2 }, format!("“{name}”"));
    }
}

/// What the forms of the values say.
fn values(signs: &Signs<'_>, sum: &mut Sum) {
    let mut seen: Vec<Form> = Vec::new();
    for (form, name) in &signs.forms {
        if seen.contains(form) {
            continue;
        }
        seen.push(*form);
        let (kind, weight, of) = match form {
            Form::ConsentString => (Kind::Consent, 6, "consent strings in"),
            Form::Answers => (Kind::Consent, 3, "choices in"),
            Form::MaskedCard => (Kind::Billing, 2, "card numbers in"),
            Form::LogIns => (Kind::Activity, 2, "log-ins in"),
            Form::Coordinates => (Kind::Place, 4, "coordinates in"),
            Form::Sides => (Kind::Ticket, 5, "two sides in"),
            Form::Prose | Form::YesNo | Form::Cents | Form::Clocks => continue,
        };
        sum.add(kind, weight, format!("{of} “{name}”"));
    }
}

/// The kind that most speaks for.
fn decide(signs: &Signs<'_>, sum: &Sum) -> Verdict {
    let mut order: Vec<Kind> = Kind::ALL.to_vec();
    order.sort_by_key(|k| -sum.of(*k));
    let (best, second) = (order[0], order[1]);
    let (score, margin) = (sum.of(best), sum.of(best) - sum.of(second));
    if score < CLAIM_MIN
        && sum.of(Kind::Other) <= 0
        && let Some(verdict) = little(signs)
    {
        return verdict;
    }
    if score < CLAIM_MIN || best == Kind::Other {
        return verdict(Kind::Other, What::Other, Certainty::Guess, "no sign of a kind".to_owned());
    }
    let certainty = if score >= 9 && margin >= 4 {
        Certainty::Certain
    } else if score >= 5 && margin >= 2 {
        Certainty::Likely
    } else {
        Certainty::Guess
    };
    let mut reasons: Vec<&str> = Vec::new();
    for (_, sign) in sum.told.iter().filter(|(k, _)| *k == best) {
        if !reasons.contains(&sign.as_str()) && reasons.len() < 5 {
            reasons.push(sign);
        }
    }
    let what = what(best, signs.entry, signs.list, &signs.outer, &signs.inner);
    verdict(best, what, certainty, reasons.join(", "))
}

/// What can be told of a list of which nothing speaks.
fn little(signs: &Signs<'_>) -> Option<Verdict> {
    let form = |of: &[Form]| signs.forms.iter().any(|(form, _)| of.contains(form));
    let dated = signs.outer.iter().any(|(r, _)| matches!(r, Role::Date | Role::CreatedOn | Role::UpdatedOn));
    let choice = |(form, name): &(Form, &str)| {
        let done = words(name).iter().any(|w| DONE.contains(&w.as_str()));
        matches!(form, Form::YesNo | Form::Answers) && !done
    };
    if dated && signs.forms.iter().any(choice) && signs.outer.len() <= CHOICE_FIELDS {
        let reason = "a yes or no with a date".to_owned();
        return Some(verdict(Kind::Consent, What::ConsentChoice, Certainty::Guess, reason));
    }
    // What has a time of day and speaks of nothing else is what somebody did.
    let timed = signs.timed || (dated && form(&[Form::Clocks]));
    (timed && signs.rows >= LOG_ROWS)
        .then(|| verdict(Kind::Activity, What::Other, Certainty::Guess, "rows with a time".to_owned()))
}

/// Whether a field says what its role says for a kind. The number of a conversation is not that of a support request,
/// and the address at which an account was registered is no visit.
fn tells(role: Role, name: &str) -> bool {
    let among = |known: &[&str]| words(name).iter().any(|w| known.contains(&w.as_str()));
    match role {
        Role::TicketNumber => !among(&["conversation", "thread"]),
        Role::Ip => !among(&["registration", "signup", "inscription", "registrierung", "registro"]),
        _ => true,
    }
}

/// Whether a step of a field's path names a consent or the purposes that it is for.
fn speaks_of_consent(path: &str) -> bool {
    words(path).iter().any(|word| {
        matches!(word.as_str(), "purposes" | "cookies")
            || ["consent", "einwillig", "consens"].iter().any(|stem| word.starts_with(stem))
    })
}

fn verdict(kind: Kind, what: What, certainty: Certainty, reason: String) -> Verdict {
    Verdict { kind, what, certainty, reason }
}
