//! Long lists of records: by kind, entry and period, in pages.

use std::cmp::Reverse;

use records::{Day, Kind, RecordId};

use crate::export::Export;
use crate::to_wire;
use crate::wire;

/// Rows of one page.
const PAGE_ROWS: usize = 500;

impl Export {
    /// A page of records, read again from the archive.
    pub(crate) fn list(&self, query: &wire::ListQuery) -> wire::Page<wire::RecordRow> {
        let kinds: Vec<Kind> = query.kinds.iter().filter_map(|k| k.parse().ok()).collect();
        let day = |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<Day>().ok());
        let (from, to) = (day(&query.from), day(&query.to));
        let mut ids: Vec<(Option<Day>, RecordId)> = Vec::new();
        for (entry, book) in self.books() {
            if query.entry.is_some_and(|e| e != entry.id.0) {
                continue;
            }
            for (number, line) in (0..).zip(&book.lines) {
                let in_time = from.is_none_or(|f| line.day.is_some_and(|d| d >= f))
                    && to.is_none_or(|t| line.day.is_some_and(|d| d <= t));
                if in_time && !line.span.heading && (kinds.is_empty() || kinds.contains(&line.kind)) {
                    ids.push((line.day, RecordId { entry: entry.id, number }));
                }
            }
        }
        match query.sort.as_str() {
            "place" => {}
            // What has no date comes last both ways.
            "date_up" => ids.sort_by_key(|(day, id)| (day.is_none(), *day, *id)),
            _ => ids.sort_by_key(|(day, id)| (day.is_none(), Reverse(*day), *id)),
        }
        let limit = usize::try_from(query.limit).unwrap_or(PAGE_ROWS).min(PAGE_ROWS);
        let rows = ids
            .iter()
            .skip(query.offset as usize)
            .take(limit)
            .filter_map(|(_, id)| self.glimpse(*id))
            .map(|(record, _)| to_wire::record_row(&record))
            .collect();
        wire::Page { total: ids.len() as u64, offset: u64::from(query.offset), rows }
    }
}
