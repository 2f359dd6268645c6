//! Takes the words of documents as they come.
//!
//! Each word that comes is looked up once and noted by its number in one long log. Nothing else is touched until the
//! segment closes: then the log is dealt out to the words, and each word's part is written in the order of the words.
//! Lists that grow word by word would cost a visit to distant memory for every word of the export.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::dictionary::{Builder, Extent};
use super::varint::put;
use super::{Postings, SKIP_DOCS, Skip};

/// Takes the words of one place, document by document.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    hasher: DefaultHashBuilder,
    table: HashTable<Slot>,
    /// The distinct words, one after the other in the order in which they first came.
    words: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<u32>,
    /// Each word that came: its number and, in the lowest two bits, its distance from the position before; if that is
    /// three or more, three, and the distance follows.
    log: Vec<u32>,
    /// The documents with any word, and where each one's part of the log ends.
    docs: Vec<(u32, u32)>,
    /// How many words came.
    tokens: u32,
    /// The position of the last word of the present document.
    position: u32,
}

/// A word in the table. The upper half of its hash spares most looks at the word itself.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    word: u32,
}

impl Slot {
    fn spread(self) -> u64 {
        spread(self.hash)
    }
}

/// A hash for the table, which looks at the highest and the lowest bits.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// How far apart two positions may be for the distance to stand in the log beside the word.
const FAR: u32 = 3;

impl Collector {
    /// A word of the present document. Positions never fall.
    pub(crate) fn add(&mut self, word: &str, position: u32) {
        let number = self.number(word.as_bytes());
        let step = position - self.position;
        self.position = position;
        self.log.push(number << 2 | step.min(FAR));
        if step >= FAR {
            self.log.push(step);
        }
        self.tokens += 1;
    }

    fn number(&mut self, word: &[u8]) -> u32 {
        let Self { hasher, table, words, ends, .. } = self;
        let hash = u32::try_from(hasher.hash_one(word) >> 32).expect("a half of it");
        let same = |slot: &Slot| {
            slot.hash == hash && {
                let number = slot.word as usize;
                let start = number.checked_sub(1).map_or(0, |before| ends[before]);
                &words[start as usize..ends[number] as usize] == word
            }
        };
        match table.entry(spread(hash), same, |slot| slot.spread()) {
            Entry::Occupied(slot) => slot.get().word,
            Entry::Vacant(slot) => {
                let number = count(ends.len());
                slot.insert(Slot { hash, word: number });
                words.extend_from_slice(word);
                ends.push(count(words.len()));
                number
            }
        }
    }

    /// Ends the present document; gives how many words it has.
    pub(crate) fn end(&mut self, doc: u32) -> u32 {
        self.position = 0;
        let tokens = std::mem::take(&mut self.tokens);
        if tokens > 0 {
            self.docs.push((doc, count(self.log.len())));
        }
        tokens
    }

    /// The memory that it holds and that closing it will take, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.table.capacity() * (size_of::<Slot>() + 1)
            + self.words.len()
            + self.ends.len() * (2 * size_of::<u32>() + size_of::<(u64, u32)>())
            + self.log.len() * (size_of::<u32>() + size_of::<Met>())
            + self.docs.len() * size_of::<(u32, u32)>()
    }

    fn word(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start as usize..self.ends[number] as usize]
    }

    /// The numbers of the words in the order of the words.
    fn sorted(&self) -> Vec<u32> {
        // The first eight bytes tell most words apart without a look at the words, which lie far apart.
        let mut order: Vec<(u64, u32)> = (0..count(self.ends.len()))
            .map(|number| {
                let word = self.word(number);
                let mut head = [0; 8];
                let len = word.len().min(8);
                head[..len].copy_from_slice(&word[..len]);
                (u64::from_be_bytes(head), number)
            })
            .collect();
        order.sort_unstable_by(|(a, i), (b, j)| a.cmp(b).then_with(|| self.word(*i).cmp(self.word(*j))));
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// Deals the log out to the words: where each word's part begins, by its number, and all parts.
    fn dealt(&self) -> (Vec<u32>, Vec<Met>) {
        let mut starts = vec![0; self.ends.len() + 1];
        self.each(|word, _, _| starts[word + 1] += 1);
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut met = vec![Met::default(); starts.last().map_or(0, |all| *all as usize)];
        let mut next = starts.clone();
        self.each(|word, doc, position| {
            met[next[word] as usize] = Met { doc, position };
            next[word] += 1;
        });
        (starts, met)
    }

    /// Calls `act` for each word that came, with its number, document and position.
    fn each(&self, mut act: impl FnMut(usize, u32, u32)) {
        let mut from = 0;
        for (doc, to) in &self.docs {
            let mut log = self.log[from..*to as usize].iter();
            from = *to as usize;
            let mut position = 0;
            while let Some(entry) = log.next() {
                position += match entry & 3 {
                    FAR => *log.next().expect("it was put right behind"),
                    step => step,
                };
                act((entry >> 2) as usize, *doc, position);
            }
        }
    }

    /// Closes it.
    pub(crate) fn close(mut self) -> Postings {
        // The table has done its work; dealing out wants its memory.
        self.table = HashTable::new();
        let (starts, met) = self.dealt();
        self.log = Vec::new();
        let mut dictionary = Builder::default();
        let mut streams = Streams::default();
        for number in self.sorted() {
            let all = &met[starts[number as usize] as usize..starts[number as usize + 1] as usize];
            dictionary.push(self.word(number), &streams.write(all));
        }
        let Streams { mut docs, mut positions, mut skips } = streams;
        docs.shrink_to_fit();
        positions.shrink_to_fit();
        skips.shrink_to_fit();
        Postings { dictionary: dictionary.close(), docs, positions, skips, tokens: met.len() as u64 }
    }
}

/// Where a word stands once.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    doc: u32,
    position: u32,
}

#[derive(Default)]
struct Streams {
    docs: Vec<u8>,
    positions: Vec<u8>,
    skips: Vec<Skip>,
}

impl Streams {
    /// Writes all that a word has.
    fn write(&mut self, met: &[Met]) -> Extent {
        let (docs_from, positions_from) = (self.docs.len(), self.positions.len());
        let (mut doc_freq, mut last) = (0, 0);
        for here in met.chunk_by(|a, b| a.doc == b.doc) {
            if doc_freq > 0 && doc_freq % SKIP_DOCS == 0 {
                let (docs, positions) = (count(self.docs.len()), count(self.positions.len()));
                self.skips.push(Skip { doc: last, docs, positions });
            }
            let doc = here[0].doc;
            put(&mut self.docs, (doc - last) << 1 | u32::from(here.len() == 1));
            if here.len() > 1 {
                put(&mut self.docs, count(here.len()));
            }
            let mut before = 0;
            for Met { position, .. } in here {
                put(&mut self.positions, position - before);
                before = *position;
            }
            (doc_freq, last) = (doc_freq + 1, doc);
        }
        Extent {
            doc_freq,
            docs: count(self.docs.len() - docs_from),
            positions: count(self.positions.len() - positions_from),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a segment is closed long before it holds 2^32 of anything")
}
