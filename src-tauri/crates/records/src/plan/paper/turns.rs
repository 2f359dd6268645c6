//! Who said what and when: the headings of what is said in turn, the marks of mails in answer to mails, and lines that
//! begin with a time.

use super::lines::Line;
use super::values;
use crate::forms;

/// A heading above what somebody said has no more bytes.
const HEADING_LONG: usize = 90;

/// What is counted of the lines of a paper.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Headings with a time and somebody's name, and lines that begin with who speaks.
    pub(super) headings: usize,
    /// Lines that begin with who of two sides speaks.
    pub(super) sides: usize,
    /// Marks that a mail is the answer to another one.
    pub(super) answers: usize,
    /// Whether a desk that answers requests wrote or was written to.
    pub(super) desk: bool,
    /// Lines that begin with a day.
    pub(super) dated: usize,
    /// Lines with an IP address.
    pub(super) addresses: usize,
    /// Boxes that were ticked or left empty.
    pub(super) boxes: usize,
    /// Lines that end in a yes, a no, or an answer to a question for consent.
    pub(super) choices: usize,
    /// Lines of running text.
    pub(super) prose: usize,
}

impl Turns {
    /// Whether the lines may tell what a paper is that has no title: a mail in answer to another, or addresses of a log.
    pub(super) fn may_tell(lines: &[Line<'_>]) -> bool {
        lines.iter().any(|line| {
            let marks = line.text.bytes().filter(|b| matches!(b, b'.' | b':')).take(3).count();
            marks > 1 && line.text.split(BETWEEN).any(|t| t.len() > 6 && forms::is_ip(t))
                || ANSWERS.iter().any(|mark| line.text.ends_with(mark))
        })
    }

    pub(super) fn count(lines: &[Line<'_>]) -> Self {
        let mut turns = Self::default();
        for line in lines {
            turns.look(line);
        }
        turns
    }

    fn look(&mut self, line: &Line<'_>) {
        let (text, said) = (line.text, line.words());
        let bare = text.trim_start_matches(['[', '(', '-', '•', ' ']);
        let day = values::date_at(bare).is_some() || begins_with_clock(bare);
        self.dated += usize::from(day || begins_with_short_day(bare));
        self.addresses += usize::from(text.split(BETWEEN).any(|t| t.len() > 6 && forms::is_ip(t)));
        self.boxes += usize::from(
            ["[x]", "[X]", "[ ]", "☐", "☑", "☒", "✓", "✔"].iter().any(|mark| text.contains(mark)),
        );
        self.prose += usize::from(said.len() >= 9 && text.ends_with(['.', '!', '?']));
        let tail = text.rsplit([':', '-', '–', '|', '\t']).next().unwrap_or_default().trim();
        let first = tail.split(' ').next().unwrap_or_default();
        let choice = [tail, first].iter().any(|t| {
            t.len() > 1
                && (forms::is_answer(t) || forms::flag(t).is_some() && !t.bytes().all(|b| b.is_ascii_digit()))
        });
        self.choices += usize::from(tail.len() < text.len() && choice);
        self.answers += usize::from(ANSWERS.iter().any(|mark| text.ends_with(mark)));
        let head = said.first().is_some_and(|w| HEADS.contains(&w.as_str()));
        self.desk |= head && text.contains('@') && said.iter().any(|w| DESKS.contains(&w.as_str()));
        let speaker =
            text.split_once(':').map(|(name, _)| name.trim_start_matches(|c: char| !c.is_alphabetic()));
        let side = speaker.is_some_and(|name| name.len() < 40 && forms::side(without_time(name)).is_some());
        let heading = text.len() <= HEADING_LONG
            && has_time(text)
            && said.iter().any(|w| w.chars().all(char::is_alphabetic) && w.len() > 2);
        self.sides += usize::from(side);
        self.headings += usize::from(side || heading);
    }
}

/// What stands between the words of a line of a log.
const BETWEEN: [char; 6] = [' ', '\t', ',', ';', '(', ')'];

const ANSWERS: &[&str] =
    &["wrote:", "a écrit :", "a écrit:", "schrieb:", "escribió:", "ha scritto:", "schreef:", "escreveu:"];

/// How the lines begin that say who wrote to whom.
const HEADS: &[&str] = &["from", "to", "de", "a", "von", "an", "da", "van", "aan", "para"];

/// How the addresses of those begin who answer requests.
const DESKS: &[&str] = &[
    "support",
    "help",
    "helpdesk",
    "sav",
    "serviceclient",
    "assistance",
    "kundenservice",
    "kundendienst",
    "soporte",
    "assistenza",
    "klantenservice",
    "apoio",
    "suporte",
    "customercare",
];

/// `Vous` of `Vous (03/02/2024 10:12)`.
fn without_time(name: &str) -> &str {
    name.split(['(', '[', ',', '0', '1', '2', '3']).next().unwrap_or_default().trim()
}

fn is_clock(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split([':', 'h']);
    let two = |part: Option<&str>| {
        part.is_some_and(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    two(parts.next()) && two(parts.next())
}

fn has_time(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        is_clock(word) || values::date_at(word.trim_matches(|c: char| !c.is_ascii_digit())).is_some()
    })
}

fn begins_with_clock(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| word.len() >= 4 && is_clock(word))
}

/// `03/06`, `02.07.`, `4 Mar`: days of a period that is named above.
fn begins_with_short_day(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let digits = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = first.trim_end_matches('.').split(['/', '.', '-']).collect();
    let slashed = parts.len() == 2 && parts.iter().all(|p| digits(p));
    slashed
        || digits(first)
            && crate::dates::month_named(&crate::words::fold(second.trim_end_matches('.'))).is_some()
}
