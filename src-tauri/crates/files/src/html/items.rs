//! Elements of a page that repeat: where a page is a list of like things, each of them is a record.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::page::Block;

/// One thing of a list.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Which blocks it holds.
    pub(crate) blocks: Range<usize>,
}

/// The elements that are open, and those with a class that have been closed.
#[derive(Debug, Default)]
pub(super) struct Elements {
    open: Vec<Element>,
    closed: Vec<Closed>,
    /// By kind: what it is called.
    names: HashMap<u64, String>,
    serial: u32,
}

#[derive(Debug)]
struct Element {
    tag: Tag,
    kind: u64,
    serial: u32,
    from: usize,
    first_block: usize,
}

#[derive(Debug)]
struct Closed {
    kind: u64,
    parent: u32,
    item: Item,
}

/// Elements whose nesting tells something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    Div,
    Li,
    Article,
    Section,
    Dt,
    Cell,
    List,
    Table,
}

impl Tag {
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"div" => Self::Div,
            b"li" => Self::Li,
            b"article" => Self::Article,
            b"section" => Self::Section,
            b"dt" => Self::Dt,
            b"td" | b"th" => Self::Cell,
            b"ul" | b"ol" | b"dl" => Self::List,
            b"table" => Self::Table,
            _ => return None,
        })
    }
}

/// How far back an end tag looks for its start: further is no slip but noise, and must not cost a search each.
const REACH: usize = 64;

/// Classes of elements that are always one thing each: an activity at Google, an event or a message at Facebook and
/// Instagram.
const KNOWN: [&str; 2] = ["outer-cell", "_a6-g"];

/// What stands for the entries of a list of bookmarks, which have no class.
const BOOKMARK: &str = "bookmark";

impl Elements {
    /// How deep the nesting is.
    pub(super) fn depth(&self) -> u32 {
        u32::try_from(self.open.len()).unwrap_or(u32::MAX)
    }

    /// Where the innermost cell of a table starts.
    pub(super) fn cell(&self) -> Option<usize> {
        let near = self.open.iter().rev().take(REACH);
        near.take_while(|e| e.tag != Tag::Table).find(|e| e.tag == Tag::Cell).map(|e| e.from)
    }

    /// An element starts at `from`, before the block of this number.
    pub(super) fn start(&mut self, tag: Tag, class: &str, from: usize, block: usize) {
        // These end where the next of them starts.
        let closes = match tag {
            Tag::Li | Tag::Dt | Tag::Cell => self.open.last().is_some_and(|e| e.tag == tag),
            Tag::List => self.open.last().is_some_and(|e| e.tag == Tag::Dt),
            _ => false,
        };
        if closes {
            self.close(from, block);
        }
        let known = class.split_ascii_whitespace().find(|c| KNOWN.contains(c));
        let name = match tag {
            Tag::Dt => Some(BOOKMARK),
            Tag::Div | Tag::Li | Tag::Article => known.or_else(|| class.split_ascii_whitespace().next()),
            Tag::Section => known,
            _ => None,
        };
        let kind = name.map_or(0, kind);
        if let Some(name) = name
            && !self.names.contains_key(&kind)
        {
            self.names.insert(kind, name.to_owned());
        }
        self.serial = self.serial.wrapping_add(1);
        self.open.push(Element { tag, kind, serial: self.serial, from, first_block: block });
    }

    /// An element of this sort ends: its end tag goes from `from` to `to`.
    pub(super) fn end(&mut self, tag: Tag, from: usize, to: usize, block: usize) {
        let Some(n) = self.open.iter().rev().take(REACH).position(|e| e.tag == tag) else { return };
        for _ in 0..n {
            self.close(from, block);
        }
        self.close(to, block);
    }

    /// The page ends.
    pub(super) fn finish(&mut self, to: usize, block: usize) {
        while !self.open.is_empty() {
            self.close(to, block);
        }
    }

    fn close(&mut self, to: usize, block: usize) {
        let Some(element) = self.open.pop() else { return };
        if element.kind != 0 && block > element.first_block {
            let parent = self.open.last().map_or(0, |e| e.serial);
            let item = Item { from: element.from, to, blocks: element.first_block..block };
            self.closed.push(Closed { kind: element.kind, parent, item });
        }
    }

    /// What the elements are called that the page is a list of, if it is one.
    pub(super) fn repeated(&self, blocks: &[Block], bookmarks: bool) -> Option<String> {
        let text = |range: &Range<usize>| -> usize {
            blocks[range.clone()].iter().filter(|b| !b.taken && !b.is_link()).map(|b| b.text.len()).sum()
        };
        let all = text(&(0..blocks.len()));
        // Sums up to each block, so that nesting costs nothing.
        let mut sums = vec![0];
        let mut counts = vec![0];
        for block in blocks {
            let own = if block.taken || block.is_link() { 0 } else { block.text.len() };
            sums.push(sums.last().copied().unwrap_or(0) + own);
            counts.push(counts.last().copied().unwrap_or(0) + usize::from(block.counts));
        }
        let mut groups: HashMap<(u32, u64), Group> = HashMap::new();
        for closed in &self.closed {
            let name = self.names.get(&closed.kind).map_or("", String::as_str);
            if name == BOOKMARK && !bookmarks {
                continue;
            }
            let known = KNOWN.contains(&name) || name == BOOKMARK;
            // Things that are always one each may stand apart.
            let parent = if known { 0 } else { closed.parent };
            let Item { from, blocks: range, .. } = &closed.item;
            let held = counts[range.end] - counts[range.start];
            if held == 0 {
                continue;
            }
            let group = groups.entry((parent, closed.kind)).or_default();
            group.known |= known;
            group.count += 1;
            group.text += sums[range.end] - sums[range.start];
            group.blocks += held;
            group.first = group.first.min(*from);
        }
        let best = groups
            .into_iter()
            .filter(|(_, g)| {
                let alike = g.count >= FEWEST && g.blocks >= 2 * g.count && g.text <= LONGEST * g.count;
                g.text > 0 && (g.known || alike && g.text * 10 >= all * MOST)
            })
            // The first in the page decides between equals, so that the answer is always the same.
            .max_by_key(|(_, g)| (g.known, g.text, std::cmp::Reverse(g.first)))?;
        self.names.get(&best.0.1).cloned()
    }

    /// The outermost elements of this name, in their order.
    pub(super) fn items(&self, name: &str, blocks: &[Block]) -> Vec<Item> {
        let kind = kind(name);
        let of_kind = self.closed.iter().filter(|c| c.kind == kind).map(|c| &c.item);
        let mut items: Vec<Item> =
            of_kind.filter(|item| blocks[item.blocks.clone()].iter().any(|b| b.counts)).cloned().collect();
        items.sort_by_key(|i| (i.from, std::cmp::Reverse(i.to)));
        let mut reached = 0;
        items.retain(|item| {
            let outermost = item.from >= reached;
            reached = reached.max(item.to);
            outermost
        });
        items
    }
}

/// Elements of one sort below one parent.
#[derive(Debug)]
struct Group {
    known: bool,
    count: usize,
    text: usize,
    blocks: usize,
    first: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self { known: false, count: 0, text: 0, blocks: 0, first: usize::MAX }
    }
}

/// So many like elements are a list.
const FEWEST: usize = 3;

/// How many tenths of the text of a page stand in the list that it is.
const MOST: usize = 6;

/// Longer elements are chapters, and no things of a list.
const LONGEST: usize = 2_000;

/// Elements of one sort. Nothing hangs on who could make two names collide.
fn kind(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish().max(1)
}
