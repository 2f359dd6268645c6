//! In which order entries are read: those that are packed one behind the other are read one after the other.

use std::collections::BTreeMap;

use crate::{Archive, EntryId, limits};

impl Archive {
    /// All entries, in groups that are best read by one thread each, in the order given: reading what is packed as
    /// one stream in another order would decode that stream again and again. The groups may be read in any order.
    pub fn runs(&self) -> Vec<Vec<EntryId>> {
        let mut alone = Vec::new();
        let mut streams: BTreeMap<u32, Vec<(u64, EntryId, bool)>> = BTreeMap::new();
        for (entry, content) in self.entries.iter().zip(&self.contents) {
            let place = content.as_ref().ok().and_then(|content| content.packed.source.sequence());
            match place {
                Some((stream, marked, at)) => streams.entry(stream).or_default().push((at, entry.id, marked)),
                None => alone.push(vec![entry.id]),
            }
        }
        let mut runs = alone;
        for mut entries in streams.into_values() {
            entries.sort_unstable();
            let mut run = Vec::new();
            let mut from = 0;
            for (at, id, marked) in entries {
                if marked && !run.is_empty() && at >= from + limits::RUN_BYTES {
                    runs.push(std::mem::take(&mut run));
                }
                if run.is_empty() {
                    from = at;
                }
                run.push(id);
            }
            runs.push(run);
        }
        runs
    }
}
