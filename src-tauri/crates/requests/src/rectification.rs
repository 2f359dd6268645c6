//! Art. 16: what is inaccurate is corrected, what is incomplete is completed.

use crate::annex::CELL_MAX;
use crate::clean;
use crate::frame::{Frame, Point};
use crate::letter::Block;

pub(crate) fn write(frame: &Frame<'_>, blocks: &mut Vec<Block>) {
    let w = frame.w;
    let incomplete = frame.numbers(Point::incomplete).len();
    let wrong = frame.items.len() - incomplete;
    blocks.push(Block::says(w.rectify(wrong, incomplete)));
    if !frame.items.is_empty() {
        let proofs = frame.items.iter().any(|p| !p.proof().is_empty());
        blocks.push(Block::Table {
            header: w.rectification_header(proofs),
            rows: frame.items.iter().map(|p| row(frame, p, proofs)).collect(),
        });
    }
    let reasons: Vec<String> = frame
        .items
        .iter()
        .map(|p| (p.number, p.reason()))
        .filter(|(_, reason)| !reason.is_empty())
        .map(|(number, reason)| w.item_says(number, &reason))
        .collect();
    if !reasons.is_empty() {
        blocks.push(Block::says(w.reasons_intro()));
        blocks.push(Block::List { items: reasons });
    }
    blocks.extend(frame.own_words());
    blocks.push(Block::says(w.accuracy(wrong > 0 || incomplete == 0)));
    blocks.push(Block::says(w.rectification_told()));
}

fn row(frame: &Frame<'_>, p: &Point<'_>, proofs: bool) -> Vec<String> {
    let w = frame.w;
    let present = match (p.present(), p.record) {
        (Some(text), _) if text.is_empty() => w.empty_value().to_owned(),
        (Some(text), _) => clean::short(&text, CELL_MAX),
        (None, Some(record)) => w.record(record),
        (None, None) => w.not_found().to_owned(),
    };
    let mut row =
        vec![w.place(p.number, &w.item_name(p.record, p.field), &p.locator()), present, p.right_value()];
    if proofs {
        row.push(p.proof());
    }
    row
}
