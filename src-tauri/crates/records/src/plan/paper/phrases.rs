//! The words by which papers are told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::{Kind, Role, What};
use crate::vocabulary::VOCABULARY;
use crate::words::words;

/// The sort of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of those that are records of a kind.
    Of(What, Kind),
    /// Wages.
    Payslip,
    /// The movements of an account at a bank.
    Statement,
    /// A demand for what was not paid.
    Reminder,
    /// A contract, a policy, a manual: it is read, whatever it speaks of.
    Document,
}

impl Sort {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "payslip" => Self::Payslip,
            "statement" => Self::Statement,
            "reminder" => Self::Reminder,
            "document" => Self::Document,
            "receipt" => Self::Of(What::Payment, Kind::Billing),
            "consent" => Self::Of(What::ConsentChoice, Kind::Consent),
            name => {
                let what = What::ALL.into_iter().find(|w| w.word() == name)?;
                Self::Of(what, what.kind()?)
            }
        })
    }

    /// The kind of such a paper.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Of(_, kind) => kind,
            Self::Payslip | Self::Statement | Self::Reminder => Kind::Billing,
            Self::Document => Kind::Document,
        }
    }

    /// What it is within its kind.
    pub(super) fn what(self) -> What {
        match self {
            Self::Of(what, _) => what,
            _ => What::Other,
        }
    }
}

/// The words of papers.
#[derive(Debug)]
pub(super) struct Phrases {
    titles: HashMap<Vec<String>, Sort>,
    longest: usize,
    labels: HashMap<Vec<String>, Role>,
    /// The first words of all names, and of the titles that may stand in front of a number.
    opens: HashSet<String>,
    agrees: Vec<String>,
    /// What words say of the amount behind them, alone or two together.
    amounts: HashMap<String, Vec<(Option<String>, Says)>>,
}

/// What a word before an amount says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub(super) enum Says {
    Tax,
    WithTax,
    WithoutTax,
    /// That it is a part of one that was named.
    OfIt,
    Net,
    Subtotal,
    Total,
    GrandTotal,
    /// Of a total: that it is that of the whole.
    OfTheBill,
    Due,
    Paid,
    Amount,
    /// That it is the total of a part.
    Part,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    titles: BTreeMap<String, Vec<String>>,
    labels: BTreeMap<String, Vec<String>>,
    agrees: BTreeMap<String, Vec<String>>,
    amounts: BTreeMap<Says, Vec<String>>,
}

pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::parse(include_str!("../../vocabulary/papers.toml")).expect("a test parses the words of papers")
});

impl Phrases {
    fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut titles = HashMap::new();
        for (name, phrases) in &written.titles {
            let sort = Sort::named(name).ok_or_else(|| format!("no paper is called {name}"))?;
            for phrase in phrases {
                if let Some(other) = titles.insert(words(phrase), sort).filter(|s| *s != sort) {
                    return Err(format!("“{phrase}” stands for {other:?} and for {sort:?}"));
                }
            }
        }
        let mut labels = HashMap::new();
        for (name, phrases) in &written.labels {
            let role = Role::ALL.into_iter().find(|r| r.word() == name);
            let role = role.ok_or_else(|| format!("no role is called {name}"))?;
            labels.extend(phrases.iter().map(|p| (words(p), role)));
        }
        let mut amounts: HashMap<String, Vec<(Option<String>, Says)>> = HashMap::new();
        for (says, phrases) in &written.amounts {
            for phrase in phrases {
                let mut words = words(phrase).into_iter();
                let (Some(first), second, None) = (words.next(), words.next(), words.next()) else {
                    return Err(format!("neither one word nor two: “{phrase}”"));
                };
                amounts.entry(first).or_default().push((second, *says));
            }
        }
        let named = titles.keys().chain(labels.keys()).filter_map(|phrase: &Vec<String>| phrase.first());
        let opens = named.chain(VOCABULARY.role_begins()).cloned().collect();
        let agrees = written.agrees.into_values().flatten().map(|p| words(&p).join(" ")).collect();
        Ok(Self {
            longest: titles.keys().map(Vec::len).max().unwrap_or(0),
            titles,
            labels,
            opens,
            agrees,
            amounts,
        })
    }

    /// The sorts of paper that a line names: sort, first word, how many words. Words of a longer phrase say nothing alone.
    pub(super) fn titles(&self, said: &[String]) -> Vec<(Sort, usize, usize)> {
        let mut taken = vec![false; said.len()];
        let mut out = Vec::new();
        for len in (1..=self.longest.min(said.len())).rev() {
            for (at, part) in said.windows(len).enumerate() {
                if let Some(sort) = self.titles.get(part).filter(|_| !taken[at..at + len].contains(&true)) {
                    taken[at..at + len].fill(true);
                    out.push((*sort, at, len));
                }
            }
        }
        out
    }

    /// What a label of papers is for.
    pub(super) fn label(&self, said: &[String]) -> Option<Role> {
        self.labels.get(said).copied()
    }

    /// Whether any name, or a title that may stand before a number, begins with a word.
    pub(super) fn opens(&self, word: &str) -> bool {
        self.opens.contains(word)
    }

    /// What words say of the amount behind them.
    pub(super) fn of_amount<'w>(&self, said: impl Iterator<Item = &'w str>) -> Vec<Says> {
        let mut out = Vec::new();
        let mut said = said.peekable();
        while let Some(word) = said.next() {
            let next = said.peek().copied();
            let known = self.amounts.get(word).into_iter().flatten();
            out.extend(
                known.filter(|(second, _)| second.is_none() || second.as_deref() == next).map(|(_, s)| *s),
            );
            // `Gesamtpreis`, `Gesamtbetrag`, and what else is written as one word.
            if word.starts_with("gesamt") && word.len() < 14 {
                out.push(Says::Total);
            }
        }
        out
    }

    /// Whether somebody agrees or signs in a line.
    pub(super) fn agrees(&self, said: &[String]) -> bool {
        let said = format!(" {} ", said.join(" "));
        self.agrees.iter().any(|phrase| {
            said.match_indices(phrase.as_str())
                .any(|(at, _)| said[..at].ends_with(' ') && said[at + phrase.len()..].starts_with(' '))
        })
    }
}
