//! The history of choices: what was given, refused and withdrawn, for what, by what channel, and how it stands.

mod choice;
mod read;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use records::{Day, Locator, Record, RecordId};

use crate::fold;
use crate::place::Moment;

pub use choice::Choice;

/// All histories, by purpose and channel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Consents {
    /// The histories, in the order of their purposes.
    pub histories: Vec<History>,
}

/// The history of one purpose on one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// For what, as it first stands.
    pub purpose: String,
    /// By what channel, as it first stands; empty when not told.
    pub channel: String,
    /// How it stands on the day handed in.
    pub state: ConsentState,
    /// Choices, oldest first; those without a day come before all others.
    pub choices: Vec<ConsentLine>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentLine {
    /// The record; one record of settings may hold several choices.
    pub id: RecordId,
    /// For what.
    pub purpose: String,
    /// By what channel.
    pub channel: String,
    /// The legal basis as the export says it.
    pub basis: String,
    /// What the record says.
    pub choice: Choice,
    /// The choice as the export says it.
    pub choice_raw: String,
    /// What became of it.
    pub state: ConsentState,
    /// When.
    pub at: Option<Moment>,
    /// When withdrawn.
    pub withdrawn: Option<Moment>,
    /// When it ends.
    pub expires: Option<Moment>,
    /// The version of the text agreed to.
    pub version: String,
    /// Where it was given.
    pub source: String,
    /// Where it stands.
    pub locator: Locator,
    /// Whether the record itself says that it has run out.
    expired: bool,
}

/// What became of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsentState {
    /// Given and still in force.
    InForce,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
    /// Run out.
    Expired,
    /// A later choice stands in its place.
    Replaced,
    /// Not told.
    Unknown,
}

impl ConsentState {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
            Self::Unknown => "unknown",
        }
    }
}

/// Histories by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the states")]
pub struct ConsentCounts {
    pub in_force: u32,
    pub refused: u32,
    pub withdrawn: u32,
    pub expired: u32,
    pub unknown: u32,
}

impl Consents {
    /// The histories of those records, as they stand on a day.
    pub fn build<R: Borrow<Record>>(records: impl IntoIterator<Item = R>, today: Day) -> Self {
        let mut groups: BTreeMap<(String, String), Vec<ConsentLine>> = BTreeMap::new();
        for record in records {
            for line in read::choices(record.borrow()) {
                let key = (key(&line.purpose), key(&line.channel));
                groups.entry(key).or_default().push(line);
            }
        }
        Self { histories: groups.into_values().filter_map(|lines| History::of(lines, today)).collect() }
    }

    /// Histories by state.
    pub fn counts(&self) -> ConsentCounts {
        let mut counts = ConsentCounts::default();
        for history in &self.histories {
            let count = match history.state {
                ConsentState::InForce => &mut counts.in_force,
                ConsentState::Refused => &mut counts.refused,
                ConsentState::Withdrawn => &mut counts.withdrawn,
                ConsentState::Expired => &mut counts.expired,
                ConsentState::Replaced | ConsentState::Unknown => &mut counts.unknown,
            };
            *count += 1;
        }
        counts
    }
}

/// What two spellings of one purpose have in common.
fn key(text: &str) -> String {
    fold::words(text).join(" ")
}

impl History {
    fn of(mut choices: Vec<ConsentLine>, today: Day) -> Option<Self> {
        choices.sort_by_key(|line| (line.at.as_ref().map(Moment::order), line.id));
        let last = choices.len().checked_sub(1)?;
        for (at, line) in choices.iter_mut().enumerate() {
            line.state = match line.state_by_itself(today) {
                // What ended before the next choice ended by itself; anything else is replaced by it.
                state @ (ConsentState::Withdrawn | ConsentState::Expired) if at < last => state,
                _ if at < last => ConsentState::Replaced,
                state => state,
            };
        }
        // One line of the same moment that contradicts the last makes the state unknown rather than a matter of
        // which file came first.
        let end = &choices[last];
        let torn = choices[..last].iter().any(|line| {
            line.order() == end.order() && line.choice != end.choice && told(line.choice) && told(end.choice)
        });
        let state = if torn { ConsentState::Unknown } else { end.state };
        let first = choices.first()?;
        Some(Self { purpose: first.purpose.clone(), channel: first.channel.clone(), state, choices })
    }

    /// Whether consent was in force on a day, as far as the dated choices tell; none where nothing is told.
    pub fn given_on(&self, day: Day) -> Option<bool> {
        self.standing(day).map(|line| line.choice == Choice::Given && !line.ended_by(day))
    }

    /// The choice that counted on a day: the last one before or on it.
    pub(crate) fn standing(&self, day: Day) -> Option<&ConsentLine> {
        let before =
            |line: &&ConsentLine| line.at.as_ref().is_some_and(|at| at.day <= day) && told(line.choice);
        self.choices.iter().rev().find(before).or_else(|| {
            // A withdrawal may be all that has a day.
            let ended = |line: &&ConsentLine| {
                line.at.is_none() && line.withdrawn.as_ref().is_some_and(|at| at.day <= day)
            };
            self.choices.iter().rev().find(ended)
        })
    }
}

impl ConsentLine {
    fn order(&self) -> Option<(i64, u32)> {
        self.at.as_ref().map(Moment::order)
    }

    /// How the choice would stand if none came after it.
    fn state_by_itself(&self, today: Day) -> ConsentState {
        let past = |at: &Option<Moment>| at.as_ref().is_some_and(|m| m.day <= today);
        match self.choice {
            Choice::Withdrawn => ConsentState::Withdrawn,
            Choice::Refused if past(&self.withdrawn) => ConsentState::Withdrawn,
            Choice::Refused => ConsentState::Refused,
            _ if past(&self.withdrawn) => ConsentState::Withdrawn,
            // The last day is still in.
            _ if self.expired || self.expires.as_ref().is_some_and(|m| m.day < today) => {
                ConsentState::Expired
            }
            Choice::Given => ConsentState::InForce,
            Choice::Unknown => ConsentState::Unknown,
        }
    }

    fn ended_by(&self, day: Day) -> bool {
        self.withdrawn.as_ref().is_some_and(|m| m.day <= day)
            || self.expires.as_ref().is_some_and(|m| m.day < day)
    }

    /// The day on which this line took consent away: a withdrawal, or a refusal.
    pub(crate) fn taken_away(&self) -> Option<Day> {
        let at = self.at.as_ref().map(|m| m.day);
        let withdrawn = self.withdrawn.as_ref().map(|m| m.day);
        match self.choice {
            Choice::Withdrawn | Choice::Refused => withdrawn.or(at),
            _ => withdrawn,
        }
    }
}

fn told(choice: Choice) -> bool {
    choice != Choice::Unknown
}

#[cfg(test)]
mod tests;
