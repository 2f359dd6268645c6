//! What is kept of decoded entries, within budgets: pieces of content, and checkpoints.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use crate::content::{Checkpoints, lock};
use crate::decode::Decoder;
use crate::limits;

/// Which entry, and which of its pieces.
type PieceKey = (u32, u64);

/// The decoded pieces and checkpoints of all entries of one archive.
pub(crate) struct Cache {
    pieces: Mutex<Kept<PieceKey, Arc<Vec<u8>>>>,
    checkpoints: Mutex<Kept<u32, Arc<Checkpoints>>>,
    /// Where the last readers stopped, the latest one last; only a few, because decoders are large.
    cursors: Mutex<Vec<(u32, Cursor)>>,
}

/// A decoder, and how much came out of it.
pub(crate) type Cursor = (Decoder, u64);

impl Cache {
    pub(crate) fn new() -> Self {
        Self {
            pieces: Mutex::new(Kept::new(limits::PIECE_BUDGET)),
            checkpoints: Mutex::new(Kept::new(limits::CHECKPOINT_BUDGET)),
            cursors: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn piece(&self, key: u32, number: u64) -> Option<Arc<Vec<u8>>> {
        lock(&self.pieces).get(&(key, number))
    }

    pub(crate) fn keep_piece(&self, key: u32, number: u64, piece: &Arc<Vec<u8>>) {
        // A small fixed cost each, so that many empty pieces do not add up to much.
        lock(&self.pieces).put((key, number), Arc::clone(piece), piece.len() as u64 + 128);
    }

    /// Takes the decoder that was left nearest before `to`, if there is one from `from` on.
    pub(crate) fn take_cursor(&self, key: u32, from: u64, to: u64) -> Option<Cursor> {
        let mut cursors = lock(&self.cursors);
        let fits = |(owner, (_, out)): &(u32, Cursor)| *owner == key && (from..=to).contains(out);
        let nearest =
            (0..cursors.len()).filter(|at| fits(&cursors[*at])).max_by_key(|at| cursors[*at].1.1)?;
        Some(cursors.remove(nearest).1)
    }

    pub(crate) fn leave_cursor(&self, key: u32, cursor: Cursor) {
        let mut cursors = lock(&self.cursors);
        cursors.push((key, cursor));
        let weigh =
            |cursors: &[(u32, Cursor)]| cursors.iter().map(|(_, (decoder, _))| decoder.weight()).sum::<u64>();
        while cursors.len() > 1
            && (cursors.len() > limits::CURSORS_MAX || weigh(&cursors) > limits::CURSOR_BUDGET)
        {
            cursors.remove(0);
        }
    }

    pub(crate) fn checkpoints(&self, key: u32) -> Option<Arc<Checkpoints>> {
        lock(&self.checkpoints).get(&key)
    }

    pub(crate) fn keep_checkpoints(&self, key: u32, made: &Arc<Checkpoints>, cost: u64) {
        lock(&self.checkpoints).put(key, Arc::clone(made), cost);
    }
}

/// Values under a budget; what was not used for longest goes first.
struct Kept<K, V> {
    values: HashMap<K, (V, u64, u64)>,
    budget: u64,
    cost: u64,
    clock: u64,
}

impl<K: Hash + Eq + Clone, V: Clone> Kept<K, V> {
    fn new(budget: u64) -> Self {
        Self { values: HashMap::new(), budget, cost: 0, clock: 0 }
    }

    fn get(&mut self, key: &K) -> Option<V> {
        self.clock += 1;
        let (value, _, used) = self.values.get_mut(key)?;
        *used = self.clock;
        Some(value.clone())
    }

    fn put(&mut self, key: K, value: V, cost: u64) {
        self.clock += 1;
        if let Some((_, old, _)) = self.values.insert(key, (value, cost, self.clock)) {
            self.cost -= old;
        }
        self.cost += cost;
        if self.cost > self.budget {
            self.shrink();
        }
    }

    /// Drops the older half at once, so that a full cache is not searched for every new value.
    fn shrink(&mut self) {
        let mut ages: Vec<(u64, u64, K)> =
            self.values.iter().map(|(key, (_, cost, used))| (*used, *cost, key.clone())).collect();
        ages.sort_unstable_by_key(|(used, ..)| *used);
        // The newest stays whatever it costs: it is being used.
        ages.pop();
        for (_, cost, key) in ages {
            if self.cost <= self.budget / 2 {
                break;
            }
            self.values.remove(&key);
            self.cost -= cost;
        }
    }
}
