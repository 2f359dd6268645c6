//! Which documents of a segment a query means.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use records::Kind;

use crate::bits::Bits;
use crate::document::{Place, letter};
use crate::files::EntrySet;
use crate::phrase;
use crate::postings::{END, Term};
use crate::query::{Amounts, Leaf, Node};
use crate::segment::{DayNumber, Segment};

/// Prefixes that were looked for lately, with their documents: whoever types asks for the same ones again and again.
#[derive(Default)]
pub(crate) struct Prefixes {
    kept: Mutex<VecDeque<(PrefixKey, Arc<Bits>)>>,
}

type PrefixKey = (u64, Place, String);

/// About 1 MB at 200,000 records in a few segments.
const PREFIXES_KEPT: usize = 64;

impl Prefixes {
    fn get(&self, segment: &Segment, place: Place, prefix: &str) -> Arc<Bits> {
        let key = (segment.number, place, prefix.to_owned());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bits)) = kept.iter().find(|(k, _)| *k == key) {
            return Arc::clone(bits);
        }
        drop(kept);
        let bits = Arc::new(union(segment, place, prefix));
        kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= PREFIXES_KEPT {
            kept.pop_front();
        }
        kept.push_back((key, Arc::clone(&bits)));
        bits
    }
}

/// Reading where a word stands takes about 100 ns a document.
const ORDERED_MAX: u64 = 40_000;

/// Looks into one segment.
pub(crate) struct Finder<'a> {
    pub(crate) segment: &'a Segment,
    pub(crate) prefixes: &'a Prefixes,
    pub(crate) hurry: &'a Hurry<'a>,
}

/// Which phrases that are being typed are not worth checking word by word. Decided over all segments at once, so that
/// the answer does not depend on them.
pub(crate) struct Hurry<'a> {
    segments: &'a [Arc<Segment>],
    decided: RefCell<HashMap<Leaf, bool>>,
}

impl<'a> Hurry<'a> {
    pub(crate) fn new(segments: &'a [Arc<Segment>]) -> Self {
        Self { segments, decided: RefCell::default() }
    }

    /// Whether so many words begin as the last one does that reading where they stand takes longer than a keystroke.
    fn on(&self, leaf: &Leaf) -> bool {
        let Some(last) = leaf.words.last().filter(|_| leaf.typing) else { return false };
        *self.decided.borrow_mut().entry(leaf.clone()).or_insert_with(|| {
            let mut documents = 0u64;
            for segment in self.segments {
                segment.each_term(leaf.place, last, |term| documents += u64::from(term.doc_freq));
            }
            documents > ORDERED_MAX
        })
    }
}

impl Finder<'_> {
    /// The documents that `node` means. The parser bounds its depth.
    pub(crate) fn find(&self, node: &Node) -> Bits {
        let len = self.segment.len();
        match node {
            Node::All => Bits::all(len),
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Or(nodes) => nodes.iter().fold(Bits::none(len), |mut bits, node| {
                bits.or(&self.find(node));
                bits
            }),
            Node::Not(inner) => {
                let mut bits = self.find(inner);
                bits.invert();
                bits
            }
            Node::And(nodes) => {
                // Days and amounts are read record by record, so they come last, for those that are left.
                let (late, early): (Vec<&Node>, Vec<&Node>) =
                    nodes.iter().partition(|node| matches!(node, Node::Days(..) | Node::Amounts(_)));
                let mut bits = None;
                for node in early {
                    let more = self.find(node);
                    bits = Some(match bits {
                        None => more,
                        Some(mut bits) => {
                            Bits::and(&mut bits, &more);
                            bits
                        }
                    });
                }
                let mut bits = bits.unwrap_or_else(|| Bits::all(len));
                for node in late {
                    match node {
                        Node::Days(from, to) => self.keep_days(&mut bits, *from, *to),
                        node => bits.and(&self.find(node)),
                    }
                }
                bits
            }
            Node::Kinds(kinds) => self.kinds(kinds),
            Node::Entries(entries) => self.entries(entries),
            Node::Days(from, to) => self.days(*from, *to),
            Node::Amounts(amounts) => self.amounts(*amounts),
        }
    }

    pub(crate) fn kinds(&self, kinds: &[Kind]) -> Bits {
        self.stretches(|_, kind| kinds.contains(&kind))
    }

    pub(crate) fn entries(&self, entries: &EntrySet) -> Bits {
        self.stretches(|entry, _| entries.contains(entry))
    }

    fn stretches(&self, wanted: impl Fn(records::EntryId, Kind) -> bool) -> Bits {
        let mut bits = Bits::none(self.segment.len());
        for (stretch, docs) in self.segment.stretches() {
            if wanted(stretch.entry, stretch.kind) {
                bits.insert_range(docs.start, docs.end);
            }
        }
        bits
    }

    pub(crate) fn days(&self, from: DayNumber, to: DayNumber) -> Bits {
        let mut bits = Bits::none(self.segment.len());
        for (doc, day) in (0u32..).zip(self.segment.days()) {
            if from <= *day && *day <= to {
                bits.insert(doc);
            }
        }
        bits
    }

    fn keep_days(&self, bits: &mut Bits, from: DayNumber, to: DayNumber) {
        bits.retain(|doc| (from..=to).contains(&self.segment.day(doc)));
    }

    fn amounts(&self, amounts: Amounts) -> Bits {
        let mut bits = Bits::none(self.segment.len());
        for (doc, amount) in self.segment.amounts() {
            if amounts.contains(*amount) {
                bits.insert(*doc);
            }
        }
        bits
    }

    fn leaf(&self, leaf: &Leaf) -> Bits {
        let none = || Bits::none(self.segment.len());
        let (Some(last), before) = (leaf.words.last(), &leaf.words[..leaf.words.len().saturating_sub(1)])
        else {
            return none();
        };
        let place = leaf.place;
        if before.is_empty() {
            return match (leaf.prefix, self.segment.term(place, last)) {
                (true, _) => self.prefix(place, last),
                (false, Some(term)) => self.documents(place, term),
                (false, None) => none(),
            };
        }
        let Some(mut terms) =
            before.iter().map(|word| self.segment.term(place, word)).collect::<Option<Vec<_>>>()
        else {
            return none();
        };
        // A number or id between two words may be written in parts.
        let in_parts =
            |at: usize| at > 0 && at + 1 < leaf.words.len() && phrase::may_have_parts(&leaf.words[at]);
        let parted = (0..leaf.words.len()).find(|at| in_parts(*at));
        if !leaf.prefix {
            let Some(term) = self.segment.term(place, last) else { return none() };
            terms.push(term);
            let Some(first) = parted else { return phrase::find(self.segment, place, &terms) };
            let mut found = none();
            phrase::ends_parted(self.segment, place, &terms, first, in_parts).into(&mut found);
            return found;
        }
        if self.hurry.on(leaf) {
            let mut found = match &terms[..] {
                [term] => self.documents(place, *term),
                terms => phrase::find(self.segment, place, terms),
            };
            found.and(&self.prefix(place, last));
            return found;
        }
        let mut found = none();
        let ends = match parted {
            Some(first) => phrase::ends_parted(self.segment, place, &terms, first, in_parts),
            None => phrase::ends(self.segment, place, &terms),
        };
        if !ends.is_empty() {
            self.segment.each_term(place, last, |term| ends.before(self.segment, place, term, &mut found));
        }
        found
    }

    fn documents(&self, place: Place, term: Term) -> Bits {
        let mut bits = Bits::none(self.segment.len());
        insert(&mut bits, self.segment, place, term);
        bits
    }

    pub(crate) fn prefix(&self, place: Place, prefix: &str) -> Bits {
        if place == Place::Text
            && prefix.len() == 1
            && let Some(class) = letter(prefix)
        {
            return self.segment.letter(class).clone();
        }
        Bits::clone(&self.prefixes.get(self.segment, place, prefix))
    }
}

/// The documents with any word that begins with `prefix`.
fn union(segment: &Segment, place: Place, prefix: &str) -> Bits {
    let mut bits = Bits::none(segment.len());
    segment.each_term(place, prefix, |term| insert(&mut bits, segment, place, term));
    bits
}

/// Adds the documents of a term.
fn insert(bits: &mut Bits, segment: &Segment, place: Place, term: Term) {
    let mut cursor = segment.cursor(place, term);
    while cursor.doc() != END {
        bits.insert(cursor.doc());
        cursor.advance();
    }
}
