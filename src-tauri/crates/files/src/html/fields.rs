//! The things that a page is a list of become rows: what stands in them, by its label where it has one.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::page::{Block, Page, Part};
use super::said::Beside;
use crate::decode::Piece;
use crate::names::Namer;
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};

/// The place of the list of things.
pub(super) const ITEM: &str = "item";

/// The things met so far.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// What their elements are called: all parts of a page are read by the same.
    pub(super) name: Option<String>,
    pub(super) count: u32,
}

impl Items {
    /// Hands over the things in a part of a page; false if the caller wants no more.
    pub(super) fn emit(&mut self, piece: Piece<'_>, from: usize, page: &Page, out: &mut Out<'_>) -> bool {
        let Some(name) = &page.item_name else { return true };
        self.name.get_or_insert_with(|| name.clone());
        for item in &page.items {
            let list = out.list(ITEM, name);
            self.count = self.count.saturating_add(1);
            let bytes = piece.bytes(from + item.from, from + item.to);
            out.row.span = Span { list, number: self.count, ..span(bytes) };
            place_item(&mut out.row, self.count);
            let blocks = &page.blocks[item.blocks.clone()];
            let mut namer = Namer::Grow(&mut out.layout.names);
            fill_item(piece, from, item.from, blocks, &mut namer, &mut out.row);
            if !out.emit() {
                return false;
            }
        }
        true
    }
}

/// Writes the place of a thing.
pub(super) fn place_item(row: &mut Row, number: u32) {
    row.at.clear();
    let _ = write!(row.at, "{ITEM}={number}");
}

/// Longer texts are no labels.
const LABEL: usize = 60;

/// Fills a row with the blocks of a thing that starts at `start` in the page.
pub(super) fn fill_item(
    piece: Piece<'_>,
    from: usize,
    start: usize,
    blocks: &[Block],
    namer: &mut Namer<'_>,
    row: &mut Row,
) {
    row.notation = Notation::Column;
    let mut met: HashMap<u32, u32> = HashMap::new();
    // The label that the cell of a table starts with, and that of the next block alone.
    let mut of_cell: Option<(usize, &str)> = None;
    let mut of_next: Option<&str> = None;
    // A heading that was left open before the thing says nothing of what is in it either.
    let part = |block: &Block| if block.part_from >= start { block.part } else { Part::Text };
    for (n, block) in blocks.iter().enumerate() {
        // Cells around the thing say nothing of what is in it.
        let cell = block.cell.filter(|at| *at >= start);
        if part(block) == Part::Text && block.beside.is_none() && block.text.len() <= LABEL {
            let next = blocks[n + 1..].iter().find(|b| b.beside.is_none()).filter(|b| part(b) == Part::Text);
            let opens = cell.is_some() && of_cell.is_none_or(|(at, _)| Some(at) != cell);
            if opens && next.is_some_and(|b| b.cell == block.cell && b.depth > block.depth) {
                of_cell = cell.map(|at| (at, block.text.as_str()));
                continue;
            }
            let colon = block.text.strip_suffix(':').map(str::trim_end).filter(|label| !label.is_empty());
            if let (Some(label), true) = (colon, next.is_some()) {
                of_next = Some(label);
                continue;
            }
        }
        let label = match (part(block), block.beside) {
            (_, Some(Beside::Link)) => "link",
            (_, Some(Beside::Hint)) => "text",
            (Part::Heading, _) => "heading",
            (Part::Title, _) => "title",
            (Part::Text, _) => {
                let of_cell = of_cell.filter(|(at, _)| Some(*at) == cell).map(|(_, label)| label);
                of_next.take().or(of_cell).unwrap_or("text")
            }
        };
        let field = namer.path(&[label]);
        let which = met.entry(field.0).and_modify(|n| *n += 1).or_insert(1);
        let one = [*which];
        let which = if *which > 1 { &one[..] } else { &[] };
        let bytes = piece.bytes(from + block.from, from + block.to);
        row.push(field, ValueKind::Text, &block.text, which, Some(bytes));
    }
}
