//! What is indexed of a record: its words by place, taken as they are given, and what else it is found by.

use records::{Day, Kind, RecordId};

use crate::postings::{Collector, Postings};
use crate::tokens::Cutter;

/// A record, as far as it is found by something else than its words.
#[derive(Debug, Clone, Copy)]
pub struct Doc<'a> {
    /// Its position.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// The day it is about.
    pub day: Option<Day>,
    /// Its amounts in 1/10,000 of the major unit: `amount:` finds the record if any of them fits. Give the main amount
    /// alone: with lines and taxes beside it `amount:<100` would find nearly every invoice.
    pub amounts: &'a [i64],
}

/// Where a word is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Text,
    Title,
    From,
    To,
}

impl Place {
    const ALL: [Self; 4] = [Self::Text, Self::Title, Self::From, Self::To];
}

/// One of something for each place.
#[derive(Debug, Default)]
pub(crate) struct ByPlace<T>([T; 4]);

impl<T> ByPlace<T> {
    pub(crate) fn of(&self, place: Place) -> &T {
        &self.0[place as usize]
    }

    fn of_mut(&mut self, place: Place) -> &mut T {
        &mut self.0[place as usize]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    fn map<U>(self, act: impl FnMut(T) -> U) -> ByPlace<U> {
        ByPlace(self.0.map(act))
    }
}

/// Takes the words of a record. Each piece is a value of its own: no phrase reaches from one into the next.
#[derive(Debug, Default)]
pub struct Words {
    cutter: Cutter,
    places: ByPlace<Taken>,
    /// The classes of the first letters of the words of the text.
    letters: u64,
}

/// The words of one place.
#[derive(Debug, Default)]
struct Taken {
    collector: Collector,
    /// The position of the next piece's first word.
    position: u32,
}

/// What a record has besides its words, once they are all taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// How many words its text has.
    pub(crate) length: u32,
    /// The classes of their first letters.
    pub(crate) letters: u64,
}

impl Words {
    /// The title. It is searched like text, and a word in it counts for more, so it need not be given as text again.
    pub fn title(&mut self, piece: &str) {
        self.text(piece);
        self.take(Place::Title, piece);
    }

    /// A piece of text.
    pub fn text(&mut self, piece: &str) {
        let Taken { collector, position } = self.places.of_mut(Place::Text);
        let letters = &mut self.letters;
        let next = self.cutter.cut(piece, *position, &mut |token| {
            *letters |= letter(&token.text).map_or(0, |class| 1 << class);
            collector.add(&token.text, token.position);
        });
        *position = next.saturating_add(1);
    }

    /// A sender or author, found by `from:`. Give it as text too if it is to be found by its words alone.
    pub fn from(&mut self, piece: &str) {
        self.take(Place::From, piece);
    }

    /// A recipient, found by `to:`. Give it as text too if it is to be found by its words alone.
    pub fn to(&mut self, piece: &str) {
        self.take(Place::To, piece);
    }

    fn take(&mut self, place: Place, piece: &str) {
        let Taken { collector, position } = self.places.of_mut(place);
        let next = self.cutter.cut(piece, *position, &mut |token| collector.add(&token.text, token.position));
        *position = next.saturating_add(1);
    }

    /// Ends the document.
    pub(crate) fn end(&mut self, doc: u32) -> Measure {
        let mut length = 0;
        for place in Place::ALL {
            let taken = self.places.of_mut(place);
            taken.position = 0;
            let words = taken.collector.end(doc);
            if place == Place::Text {
                length = words;
            }
        }
        Measure { length, letters: std::mem::take(&mut self.letters) }
    }

    /// The memory that they hold and that closing them will take, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.places.iter().map(|taken| taken.collector.bytes()).sum()
    }

    pub(crate) fn close(self) -> ByPlace<Postings> {
        self.places.map(|taken| taken.collector.close())
    }
}

/// The class of a word's first letter or digit; none for letters outside a-z.
pub(crate) fn letter(word: &str) -> Option<u32> {
    match *word.as_bytes().first()? {
        b @ b'a'..=b'z' => Some(u32::from(b - b'a')),
        b @ b'0'..=b'9' => Some(u32::from(b - b'0') + 26),
        _ => None,
    }
}

/// How many classes of first letters there are.
pub(crate) const LETTERS: u32 = 36;
