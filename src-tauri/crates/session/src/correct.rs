//! A kind that was told wrongly is put right by the user, for all records of an entry at once.

use archive::EntryId;
use files::Row;
use records::{Kind, Plan, SAMPLE_ROWS};

use crate::export::Export;
use crate::reading::State;
use crate::to_wire::trouble;
use crate::{Session, wire};

impl Session {
    /// Says what the records of an entry are; with no kind, that they are what they were recognised as.
    ///
    /// # Errors
    ///
    /// Reading still goes on, there is no such kind, or the entry has no records.
    pub fn correct_kind(&self, entry: u32, kind: Option<&str>) -> Result<(), wire::Trouble> {
        let kind: Option<Kind> = kind.map(str::parse).transpose().map_err(|()| {
            trouble("unknown_kind", "there is no such kind", "choose one of the kinds that are offered")
        })?;
        let export = self.export().filter(|e| e.progress.state() != State::Reading).ok_or_else(|| {
            trouble(
                "still_reading",
                "the export is still being read",
                "wait until it is read, then try again",
            )
        })?;
        let corrected = export.archive.entry(EntryId(entry)).is_some_and(|e| export.correct(e, kind));
        if !corrected {
            let said = "this file has no records";
            return Err(trouble("no_records", said, "choose a file of which records were read"));
        }
        self.0.forget_screens();
        Ok(())
    }
}

impl Export {
    /// Reads the records of an entry again under another plan. False if it has none.
    pub(crate) fn correct(&self, entry: &archive::Entry, kind: Option<Kind>) -> bool {
        let Some(layout) = self.book(entry.id).layout.clone() else { return false };
        let mut plan = Plan::new(&entry.name, self.service.map(|(s, _)| s));
        let mut sample: Vec<Row> = Vec::new();
        self.each_row(
            entry.id,
            |line| !line.span.heading,
            |_, row| {
                if sample.len() < SAMPLE_ROWS {
                    sample.push(row.clone());
                } else if !plan.knows(&layout, row) {
                    plan.learn(&layout, std::slice::from_ref(row));
                }
                if sample.len() == SAMPLE_ROWS && plan.is_empty() {
                    plan.learn(&layout, &sample);
                }
            },
        );
        if sample.is_empty() {
            return false;
        }
        if plan.is_empty() {
            plan.learn(&layout, &sample);
        }
        plan.learn_rest(&layout);
        if let Some(kind) = kind {
            plan = plan.corrected(kind);
        }
        let mut glances = Vec::new();
        self.each_row(
            entry.id,
            |line| !line.span.heading,
            |number, row| glances.push((number, plan.glance(row))),
        );
        let mut book = self.book(entry.id);
        book.kinds.clear();
        for (number, glance) in glances {
            *book.kinds.entry(glance.kind).or_default() += 1;
            if let Some(line) = book.lines.get_mut(number as usize) {
                (line.kind, line.what, line.day) = (glance.kind, glance.what, glance.day);
            }
        }
        book.plan = plan;
        let lines: Vec<Kind> = book.lines.iter().map(|l| l.kind).collect();
        drop(book);
        self.index.correct(entry.id, |number| lines.get(number as usize).copied());
        true
    }
}
