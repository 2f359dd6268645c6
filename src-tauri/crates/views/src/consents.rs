//! The history of choices: what was given, refused and withdrawn, for what, by what channel, and how it stands.

mod choice;
pub(crate) mod marketing;
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
    /// The positions of the choices that say something on a known day, in time.
    told: Vec<usize>,
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
    /// Whether it is about marketing, and about a newsletter, as purpose, codes and names of its fields tell.
    pub(crate) about: About,
}

/// What kind of thing a consent is about, as far as the rules need to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) marketing: bool,
    pub(crate) newsletter: bool,
    /// Cookies and measuring: marketing in a wider sense, but nothing that is sent.
    pub(crate) tracking: bool,
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
        choices.sort_by_key(|line| (line.at.as_ref().map(|at| (at.day, at.order())), line.id));
        let last = choices.len().checked_sub(1)?;
        let mut in_force: Option<ConsentLine> = None;
        for (at, line) in choices.iter_mut().enumerate() {
            let own = match line.state_by_itself(today) {
                // A no after a yes that still held takes the yes back, whatever the record calls it.
                ConsentState::Refused if holds(in_force.as_ref(), line) => ConsentState::Withdrawn,
                state => state,
            };
            if told(line.choice) {
                in_force = (line.choice == Choice::Given).then(|| line.clone());
            }
            line.state = match own {
                // What ended before the next choice ended by itself; anything else is replaced by it.
                ConsentState::Withdrawn | ConsentState::Expired => own,
                _ if at < last => ConsentState::Replaced,
                state => state,
            };
        }
        // Lines of the same moment that contradict the last make the state unknown rather than a matter of which file
        // came first.
        let (order, end) = (choices[last].order(), choices[last].choice);
        let mut torn = false;
        for line in choices[..last].iter_mut().rev().take_while(|line| line.order() == order) {
            if line.choice != end && told(line.choice) && told(end) {
                line.state = ConsentState::Unknown;
                torn = true;
            }
        }
        if torn {
            choices[last].state = ConsentState::Unknown;
        }
        let state = choices[last].state;
        let first = choices.first()?;
        let says = |at: &usize| choices[*at].at.is_some() && told(choices[*at].choice);
        let told = (0..choices.len()).filter(says).collect();
        Some(Self { purpose: first.purpose.clone(), channel: first.channel.clone(), state, choices, told })
    }

    /// Whether consent was in force on a day, as far as the dated choices tell; none where nothing is told.
    pub fn given_on(&self, day: Day) -> Option<bool> {
        self.standing(day).map(|line| line.choice == Choice::Given && !line.ended_by(day))
    }

    /// The choice that counted on a day: the last one before or on it.
    pub(crate) fn standing(&self, day: Day) -> Option<&ConsentLine> {
        let before = |at: &usize| self.choices[*at].at.as_ref().is_some_and(|m| m.day <= day);
        let found =
            self.told.partition_point(before).checked_sub(1).map(|last| &self.choices[self.told[last]]);
        // A withdrawal may be all that has a day; undated choices come first.
        let undated = || self.choices.iter().take_while(|line| line.at.is_none()).last();
        found.or_else(|| undated().filter(|line| line.withdrawn.as_ref().is_some_and(|m| m.day <= day)))
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

/// Whether consent given by the one line was still there on the day of the other.
fn holds(given: Option<&ConsentLine>, line: &ConsentLine) -> bool {
    given.is_some_and(|given| line.at.as_ref().is_some_and(|at| !given.ended_by(at.day)))
}

fn told(choice: Choice) -> bool {
    choice != Choice::Unknown
}

#[cfg(test)]
mod tests;
