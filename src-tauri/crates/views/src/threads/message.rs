//! One record becomes its messages: those of its nested list, and its own text.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use records::{Field, Locator, Reading, Record, RecordId, Role};

use crate::fold::{self, has_stem, has_word, name_words};
use crate::limits::MESSAGES_MAX;
use crate::place::{Moment, is_index, item_place, last_step, list_step};
use crate::threads::Sides;
use crate::threads::role::{AuthorRole, author_role, authors, internal};

/// One message of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The record that holds it.
    pub record: RecordId,
    /// Who wrote, as the export says.
    pub author: String,
    /// On which side they stand.
    pub role: AuthorRole,
    /// When.
    pub at: Option<Moment>,
    /// The text.
    pub text: String,
    /// Whether it is a note between agents.
    pub internal: bool,
    /// Names of attachments.
    pub attachments: Vec<String>,
    /// Where it stands.
    pub locator: Locator,
}

impl Message {
    /// What makes it the same message in another file: its words and its day.
    pub(super) fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let words = fold::words(&self.text);
        words.hash(&mut hasher);
        if words.is_empty() {
            // A lone emoji is a message, too.
            self.text.hash(&mut hasher);
        }
        self.at.as_ref().map(|at| at.day).hash(&mut hasher);
        if self.text.is_empty() {
            // Messages without words are told apart by their places.
            (self.record, &self.locator.at).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The messages of a record, in the order of the file: its own text first, unless the list repeats it.
pub(crate) fn messages(record: &Record, sides: Sides<'_>) -> Vec<Message> {
    let own: Vec<&Field> = record.fields.iter().filter(|f| list_of(&f.name).is_none()).collect();
    let mut out: Vec<Message> = Vec::new();
    for ((list, item), fields) in items(record) {
        let Some(first) = fields.first() else { continue };
        let path = if item.is_empty() { list.to_owned() } else { format!("{list}/{item}") };
        out.extend(message(record, &fields, item_place(record, first, &path), sides));
    }
    let own_text = text(&own);
    let repeated = || {
        let words = fold::words(&own_text);
        out.iter().any(|m| fold::words(&m.text) == words)
    };
    if !own_text.is_empty() && !repeated() {
        out.splice(0..0, message(record, &own, record.locator.clone(), sides));
    }
    out
}

fn message(record: &Record, fields: &[&Field], locator: Locator, sides: Sides<'_>) -> Option<Message> {
    let text = text(fields);
    let attachments = attachments(fields);
    if text.is_empty() && attachments.is_empty() {
        return None;
    }
    let moment = [Role::Date, Role::CreatedOn, Role::UpdatedOn]
        .iter()
        .find_map(|role| fields.iter().filter(|f| f.role == *role).find_map(|f| Moment::of(f)));
    Some(Message {
        record: record.id,
        author: author(fields),
        role: author_role(fields, sides),
        at: moment,
        internal: internal(fields, &text),
        text,
        attachments,
        locator,
    })
}

/// The items of the lists that hold messages, in the order of the file.
fn items(record: &Record) -> Vec<((&str, &str), Vec<&Field>)> {
    let mut found: Vec<((&str, &str), Vec<&Field>)> = Vec::new();
    let mut at: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for field in &record.fields {
        let Some((list, item)) = list_of(&field.name) else { continue };
        match at.get(&(list, item)) {
            Some(&at) => found[at].1.push(field),
            None if found.len() < MESSAGES_MAX => {
                at.insert((list, item), found.len());
                found.push(((list, item), vec![field]));
            }
            None => {}
        }
    }
    found
}

/// The list of messages that a field stands in, and the item; a single message may stand there without a position.
fn list_of(name: &str) -> Option<(&str, &str)> {
    if let Some((list, item, _)) = list_step(name) {
        return is_thread(list).then_some((list, item));
    }
    let (path, _) = name.rsplit_once('/')?;
    is_thread(path).then_some((path, ""))
}

fn is_thread(list: &str) -> bool {
    let words = name_words(last_step(list));
    has_stem(&words, LISTS) || has_word(&words, LIST_WORDS)
}

const LISTS: &[&str] = &[
    "message",
    "comment",
    "repl",
    "repons",
    "echange",
    "conversation",
    "thread",
    "discussion",
    "nachricht",
    "antwort",
    "mensaje",
    "respuesta",
    "messaggi",
    "rispost",
    "chat",
    "correspond",
];
const LIST_WORDS: &[&str] = &["fil", "notes", "events", "posts", "entries", "history", "historique"];

/// The words of a message.
fn text(fields: &[&Field]) -> String {
    let of = |role: Role| fields.iter().find(|f| f.role == role && !f.value.is_empty());
    let body = of(Role::Body).or_else(|| of(Role::Note));
    // An item such as `messages/0` may be the text itself.
    let bare = || {
        let found = fields
            .iter()
            .find(|f| list_step(&f.name).is_some_and(|(list, _, rest)| rest.is_empty() && is_thread(list)));
        found.filter(|f| !f.value.is_empty())
    };
    body.or_else(bare).map(|f| f.value.trim().to_owned()).unwrap_or_default()
}

/// Who wrote, as it stands: name and address where both are told.
fn author(fields: &[&Field]) -> String {
    let first = fields.iter().find(|f| f.role == Role::FirstName && !f.value.is_empty());
    let last = fields.iter().find(|f| f.role == Role::LastName && !f.value.is_empty());
    let named = fields
        .iter()
        .any(|f| matches!(f.role, Role::Author | Role::From | Role::FullName) && !f.value.is_empty());
    if !named && let (Some(first), Some(last)) = (first, last) {
        return format!("{} {}", first.value, last.value);
    }
    // `who: Imogen Tarrant` is a name in a field for roles.
    let in_role = || {
        fields.iter().find(|f| {
            f.role == Role::AuthorRole
                && f.reading == Reading::Text
                && AuthorRole::read(&f.value) == AuthorRole::Unknown
        })
    };
    authors(fields).next().or_else(|| in_role().copied()).map(|f| f.value.clone()).unwrap_or_default()
}

/// The names of attachments: values told as such, and names inside a list of attachments.
fn attachments(fields: &[&Field]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for field in fields.iter().filter(|f| !f.value.is_empty()) {
        let last = name_words(last_step(&field.name));
        let names_file = has_word(&last, &["name", "filename", "nom", "file", "fichier", "titre", "title"]);
        let below = field.name.split('/').rev().skip(1).any(|step| {
            let words = name_words(step);
            has_stem(&words, &["attachment", "piece", "fichier", "anhang", "adjunto", "allegat"])
                || has_word(&words, &["files", "pj"])
        });
        // Below a list of attachments only the name is one; sizes and types are not.
        let meant = if below && !is_index(last_step(&field.name)) {
            names_file
        } else {
            field.role == Role::Attachment || below
        };
        if meant && seen.insert(&field.value) {
            out.push(field.value.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_messages_are_known_by_their_name() {
        for (name, wanted) in [
            ("messages/0/body", Some(("messages", "0"))),
            ("ticket/échanges/12/texte", Some(("ticket/échanges", "12"))),
            ("comments/3", Some(("comments", "3"))),
            ("conversation/body", Some(("conversation", ""))),
            ("tags/0", None),
            ("subject", None),
        ] {
            assert_eq!(list_of(name), wanted, "{name}");
        }
    }
}
