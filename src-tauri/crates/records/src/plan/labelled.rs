//! Texts that are written as names and values, line by line: `Nom : Verrier`, and what two sides said in turn.

use files::{Format, Row};

use crate::forms;
use crate::vocabulary::VOCABULARY;
use crate::words::words;

/// So many lines are looked at.
const LINES_MAX: usize = 400;

/// A name has no more characters than this.
const NAME_MAX: usize = 40;

/// So many known names make a text a list of names and values.
const KNOWN_MIN: usize = 3;

/// A name that comes so often is one of a list.
const TIMES_MIN: usize = 3;

/// So many turns of two sides make a talk.
const TURNS_MIN: usize = 3;

/// What the lines of a text are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Labelled {
    /// Each name once.
    pub(super) names: Vec<String>,
    /// How often the name that comes most often does.
    pub(super) times: usize,
    /// Whether somebody of a company and somebody else speak in turn.
    pub(super) talk: bool,
}

/// The names that stand before a colon in most lines of a text; none for running text and for other formats.
pub(super) fn names(format: Format, met: &[bool], rows: &[&Row]) -> Option<Labelled> {
    if !matches!(format, Format::Text | Format::Html | Format::Markdown) {
        return None;
    }
    let values = rows.iter().flat_map(|row| row.values()).filter(|value| met[value.field.0 as usize]);
    read(values.flat_map(|value| value.text.lines()))
}

fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Labelled> {
    let (mut all, mut with_name) = (0usize, 0usize);
    let mut names: Vec<(String, usize)> = Vec::new();
    let (mut staff, mut others) = (0usize, 0usize);
    for line in lines.map(str::trim).filter(|l| !l.is_empty()).take(LINES_MAX) {
        all += 1;
        let Some(name) = name_of(line) else { continue };
        with_name += 1;
        match forms::side(name) {
            Some(true) => staff += 1,
            Some(false) => others += 1,
            None => {}
        }
        match names.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => *times += 1,
            None => names.push((name.to_owned(), 1)),
        }
    }
    let talk = staff > 0 && others > 0 && staff + others >= TURNS_MIN;
    let known = names.iter().filter(|(name, _)| !VOCABULARY.roles(&words(name)).is_empty()).count();
    let times = names.iter().map(|(_, times)| *times).max().unwrap_or(0);
    // What comes again and again needs fewer names.
    let enough = known >= if times >= TIMES_MIN { KNOWN_MIN - 1 } else { KNOWN_MIN };
    let listed = with_name * 5 >= all * 3 && enough && known * 2 >= names.len();
    (talk || listed).then(|| Labelled {
        times,
        names: names.into_iter().map(|(name, _)| name).collect(),
        talk,
    })
}

/// `Adresse e-mail` of `Adresse e-mail : a@example.org`; an address of the web and a time of day have no name.
fn name_of(line: &str) -> Option<&str> {
    // `- `, `[16:14] `, `2024-03-02 10:15 – `: what stands before a name is no part of it.
    let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
    let (name, rest) = line.split_once(':')?;
    let name = name.trim().trim_matches('*');
    let plain = name.chars().next()?.is_alphabetic() && name.chars().count() <= NAME_MAX;
    (plain && rest.chars().next().is_none_or(char::is_whitespace)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(&[&str], usize, bool)>) {
        let told = read(text.lines());
        let told = told.as_ref().map(|l| (l.names.iter().map(String::as_str).collect(), l.times, l.talk));
        let wanted = wanted.map(|(names, times, talk)| (names.to_vec(), times, talk));
        assert_eq!(told, wanted, "{text}");
    }

    #[test]
    fn names_and_values_are_told_from_running_text() {
        check(
            "Nom : Verrier\nPrénom : Léa\nE-mail : lea@example.org\n\nClient depuis : 2014",
            Some((&["Nom", "Prénom", "E-mail", "Client depuis"], 1, false)),
        );
        check(
            "Date: 2024-01-02\nIP address: 192.0.2.1\nDevice: X\n\nDate: 2024-01-03\nIP address: 192.0.2.2\nDevice: Y",
            Some((&["Date", "IP address", "Device"], 2, false)),
        );
        check("Dear Sir,\nplease note: the name is wrong.\nYours,\nName: A\nEmail: B\nSee below.\nEnd", None);
        check("10:30 we met\nhttps://example.org/a\nok: fine", None);
        check(
            "Agent: How can I help?\nCustomer: My parcel is lost.\nAgent: We look into it.",
            Some((&["Agent", "Customer"], 2, true)),
        );
        check(
            "Case 7\n[16:14] Advisor: Hello\n[16:15] Customer: Hi\n[16:16] Advisor: Bye",
            Some((&["Advisor", "Customer"], 2, true)),
        );
        check("Tom: hello\nAnn: hello\nTom: bye", None);
    }
}
