//! The annex: the cited records as they stand in the export, and by what the export itself can be recognised.

use std::collections::HashMap;

use records::Record;

use crate::clean;
use crate::frame::{Frame, Point};
use crate::letter::Block;

/// Characters of a value in the letter's own tables; the annex gives more.
pub(crate) const CELL_MAX: usize = 600;
/// Characters of a value in the annex: more than a page of one field helps nobody to recognise a record.
const VALUE_MAX: usize = 1_200;
/// Fields of one record in the annex. Cited fields are always among them.
const FIELDS_MAX: usize = 60;
/// Records printed in full; the tables of the letter name every one.
const RECORDS_MAX: usize = 200;

pub(crate) fn write(frame: &Frame<'_>, blocks: &mut Vec<Block>) {
    if frame.items.is_empty() {
        return;
    }
    let w = frame.w;
    blocks.push(Block::Annex { title: w.annex_title().to_owned() });
    let name = clean::line(&frame.export.name);
    let hash = frame.export.sha256.as_deref().map(clean::line).filter(|h| !h.is_empty());
    blocks.push(Block::says(w.annex_intro(&name, hash.as_deref())));
    let records = by_record(&frame.items);
    for (record, points) in records.iter().take(RECORDS_MAX) {
        one(frame, *record, points, blocks);
    }
    if records.len() > RECORDS_MAX {
        blocks.push(Block::says(w.more_records(records.len() - RECORDS_MAX)));
    }
}

/// Items by record, in the order of the first item of each; items whose place was not found stand alone.
fn by_record<'f, 'a>(points: &'f [Point<'a>]) -> Vec<(Option<&'a Record>, Vec<&'f Point<'a>>)> {
    let mut place = HashMap::new();
    let mut records: Vec<(Option<&Record>, Vec<&Point<'_>>)> = Vec::new();
    for p in points {
        match p.record.and_then(|r| place.get(&r.id).copied()) {
            Some(at) => {
                let (_, of_it): &mut (_, Vec<&Point<'_>>) = &mut records[at];
                of_it.push(p);
            }
            None => {
                if let Some(record) = p.record {
                    place.insert(record.id, records.len());
                }
                records.push((p.record, vec![p]));
            }
        }
    }
    records
}

fn one(frame: &Frame<'_>, record: Option<&Record>, points: &[&Point<'_>], blocks: &mut Vec<Block>) {
    let w = frame.w;
    let numbers: Vec<usize> = points.iter().map(|p| p.number).collect();
    let Some(record) = record else {
        for p in points {
            blocks.push(Block::Heading { text: w.numbered(p.number, w.not_found()) });
            blocks.push(Block::says(w.stands_at(&p.locator())));
        }
        return;
    };
    blocks.push(Block::Heading { text: w.annex_heading(&numbers, &w.record(record)) });
    let at = clean::line(&record.locator.at);
    let entry = clean::line(&record.locator.entry);
    let place = if at.is_empty() { entry } else { format!("{entry}#{at}") };
    blocks.push(Block::says(w.record_facts(record, &place)));
    // By their places: two columns may have one name. Of two numbers for one place the first is told.
    let cited: HashMap<&str, usize> =
        points.iter().rev().filter_map(|p| Some((p.field?.locator.at.as_str(), p.number))).collect();
    let mut rows = Vec::new();
    let mut left_out = 0_usize;
    for field in &record.fields {
        let number = cited.get(field.locator.at.as_str()).copied();
        if rows.len() >= FIELDS_MAX && number.is_none() {
            left_out += 1;
            continue;
        }
        let name = clean::line(&field.name);
        let value = clean::short(&clean::paragraph(&field.raw), VALUE_MAX);
        rows.push(vec![
            number.map_or(name.clone(), |n| w.cited_field(&name, n)),
            if value.is_empty() { w.empty_value().to_owned() } else { value },
            clean::line(&field.locator.at),
        ]);
    }
    if !rows.is_empty() {
        blocks.push(Block::Table { header: w.annex_header(), rows });
    }
    if left_out > 0 {
        blocks.push(Block::says(w.more_fields(left_out)));
    }
}
