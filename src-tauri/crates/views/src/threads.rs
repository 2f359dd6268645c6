//! Support requests read as conversations: who wrote, when, in what direction, and what was meant for staff only.
//!
//! A list holds lines only; the texts of a thread are read from its records when it is opened.

mod message;
mod role;

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap, HashSet};

use records::{EntryId, Locator, Record, RecordId, Role, What};

use crate::fold;
use crate::place::{Moment, own, own_value};
use crate::subject::Subject;

pub use message::Message;
pub(crate) use message::messages;
pub use role::AuthorRole;
pub(crate) use role::{addresses_in, is_of};

/// All support requests, the one with the newest message first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Threads {
    /// The lines.
    pub lines: Vec<ThreadLine>,
}

/// A support request in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadLine {
    /// The record that opened it.
    pub id: RecordId,
    /// Its number; empty when it has none.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// When it began.
    pub opened: Option<Moment>,
    /// When the last thing was said or done.
    pub last: Option<Moment>,
    /// How many messages.
    pub messages: u32,
    /// How many of them are notes between agents.
    pub internal: u32,
    /// The status as the export says it.
    pub status: String,
    /// All records that it is made of, in the order of the export.
    pub records: Vec<RecordId>,
    /// Where it stands.
    pub locator: Locator,
}

/// A support request read as a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Its messages in time.
    pub messages: Vec<Message>,
}

/// Who stands on which side of a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The person.
    pub subject: &'a Subject,
    /// Domains of the company's e-mail addresses: `sellsy.com`.
    pub company_domains: &'a [String],
}

impl Threads {
    /// The threads of those records, in one pass.
    pub fn build<R: Borrow<Record>>(records: impl IntoIterator<Item = R>, sides: Sides<'_>) -> Self {
        let mut open: Vec<Open> = Vec::new();
        let mut by_number: HashMap<String, usize> = HashMap::new();
        for record in records {
            let record = record.borrow();
            let number = number_of(record);
            let key = fold::number(&number);
            let at = match by_number.get(&key) {
                Some(&at) if !key.is_empty() => at,
                _ => {
                    open.push(Open::default());
                    if !key.is_empty() {
                        by_number.insert(key, open.len() - 1);
                    }
                    open.len() - 1
                }
            };
            open[at].take(record, number, sides);
        }
        let mut lines: Vec<ThreadLine> = open.into_iter().filter_map(Open::line).collect();
        lines.sort_by_key(|line| (std::cmp::Reverse(line.last.as_ref().map(Moment::order)), line.id));
        Self { lines }
    }
}

impl Thread {
    /// The conversation of a line, from the records that it names.
    pub fn read<R: Borrow<Record>>(records: &[R], sides: Sides<'_>) -> Self {
        let mut said = Said::default();
        let mut messages: Vec<Message> = Vec::new();
        for record in ordered(records) {
            messages.extend(message::messages(record, sides).into_iter().filter(|m| said.is_new(record, m)));
        }
        Self { messages: in_time(messages) }
    }
}

/// What has been said in a thread so far.
///
/// The same message may stand in two files, or both in its ticket and in a table of messages; but somebody may also say
/// "Thank you" twice a day. So of the same words and day, as many count as the source that has most of them.
#[derive(Default)]
struct Said {
    counts: HashMap<(EntryId, What, u64), u32>,
    known: HashSet<(u64, u32)>,
}

impl Said {
    fn is_new(&mut self, record: &Record, message: &Message) -> bool {
        let mark = message.mark();
        let count = self.counts.entry((record.id.entry, record.what, mark)).or_default();
        *count += 1;
        self.known.insert((mark, *count))
    }
}

/// What has been read of a thread so far.
#[derive(Default)]
struct Open {
    head: Option<ThreadLine>,
    /// Whether the head is the request itself rather than one of its messages.
    ticket: bool,
    records: Vec<RecordId>,
    said: Said,
    messages: u32,
    internal: u32,
    first: Option<Moment>,
    last: Option<Moment>,
}

impl Open {
    fn take(&mut self, record: &Record, number: String, sides: Sides<'_>) {
        self.records.push(record.id);
        for message in message::messages(record, sides) {
            if !self.said.is_new(record, &message) {
                continue;
            }
            self.messages += 1;
            self.internal += u32::from(message.internal);
            if let Some(at) = message.at {
                self.reach(at);
            }
        }
        for role in [Role::CreatedOn, Role::Date, Role::UpdatedOn] {
            if let Some(at) = own(record, role).find_map(Moment::of) {
                self.reach(at);
            }
        }
        let ticket = record.what != What::TicketMessage;
        let subject = own_value(record, Role::Title).unwrap_or(&record.title).to_owned();
        let status = own_value(record, Role::Status).unwrap_or_default().to_owned();
        match &mut self.head {
            Some(head) if self.ticket || !ticket => {
                if head.subject.is_empty() {
                    head.subject = subject;
                }
                if head.status.is_empty() {
                    head.status = status;
                }
            }
            head => {
                self.ticket = ticket;
                let old = head.take();
                let or = |new: String, old: Option<String>| {
                    if new.is_empty() { old.unwrap_or_default() } else { new }
                };
                *head = Some(ThreadLine {
                    id: record.id,
                    number,
                    subject: or(subject, old.as_ref().map(|o| o.subject.clone())),
                    opened: None,
                    last: None,
                    messages: 0,
                    internal: 0,
                    status: or(status, old.map(|o| o.status)),
                    records: Vec::new(),
                    locator: record.locator.clone(),
                });
            }
        }
    }

    fn reach(&mut self, at: Moment) {
        if self.first.as_ref().is_none_or(|first| at.order() < first.order()) {
            self.first = Some(at.clone());
        }
        if self.last.as_ref().is_none_or(|last| at.order() > last.order()) {
            self.last = Some(at);
        }
    }

    fn line(self) -> Option<ThreadLine> {
        let mut line = self.head?;
        line.records = self.records;
        line.records.sort_unstable();
        line.records.dedup();
        line.messages = self.messages;
        line.internal = self.internal;
        line.opened = self.first;
        line.last = self.last;
        Some(line)
    }
}

/// The number that a ticket has, or that a message says to belong to.
fn number_of(record: &Record) -> String {
    let roles: &[Role] = match record.what {
        What::TicketMessage => &[Role::TicketNumber],
        _ => &[Role::TicketNumber, Role::Number, Role::Id],
    };
    roles.iter().find_map(|role| own_value(record, *role)).unwrap_or_default().to_owned()
}

fn ordered<R: Borrow<Record>>(records: &[R]) -> Vec<&Record> {
    let mut records: BTreeMap<RecordId, &Record> =
        records.iter().map(|r| (r.borrow().id, r.borrow())).collect();
    let mut out = Vec::with_capacity(records.len());
    while let Some((_, record)) = records.pop_first() {
        out.push(record);
    }
    out
}

/// Messages in time. One without a time stays behind the one it stands behind in the file.
fn in_time(messages: Vec<Message>) -> Vec<Message> {
    let mut keyed = Vec::with_capacity(messages.len());
    let mut before: HashMap<RecordId, (i64, u32)> = HashMap::new();
    for message in messages {
        let order = match &message.at {
            Some(at) => at.order(),
            None => before.get(&message.record).copied().unwrap_or((i64::MIN, 0)),
        };
        before.insert(message.record, order);
        keyed.push((order, message));
    }
    // The sort is stable: what is of one moment stays in the order of the export.
    keyed.sort_by_key(|(order, _)| *order);
    keyed.into_iter().map(|(_, message)| message).collect()
}

#[cfg(test)]
mod tests;
