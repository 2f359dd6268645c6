//! What opening an export has at hand for all containers in it: passwords, caches, and the limits that they share.

use std::sync::Arc;

use crate::cache::Cache;
use crate::packed::Method;
use crate::unlock::Keyring;
use crate::{CodePage, Opening, limits};

/// The first number of contents that are no entries; there are never so many entries.
const KEYS_FROM: u32 = 1 << 31;

/// What all containers share while they are opened.
pub(crate) struct Means {
    pub(crate) keyring: Keyring,
    pub(crate) cache: Arc<Cache>,
    pub(crate) unlisted: bool,
    pub(crate) chosen_page: Option<CodePage>,
    pub(crate) used_page: Option<CodePage>,
    /// Bytes that entries with a high ratio will unpack to, as far as they were let in.
    high_ratio: u64,
    /// What is kept decoded.
    in_memory: u64,
    /// Bytes of the parts that were given so far.
    given: u64,
    /// Bytes that were unpacked so far, only to look at them.
    unpacked: u64,
    keys: u32,
}

impl Means {
    pub(crate) fn new(how: &Opening) -> Self {
        Self {
            keyring: Keyring::new(&how.passwords),
            cache: Arc::new(Cache::new()),
            unlisted: how.unlisted,
            chosen_page: how.code_page,
            used_page: None,
            high_ratio: 0,
            in_memory: 0,
            given: 0,
            unpacked: 0,
            keys: 0,
        }
    }

    /// A part was given.
    pub(crate) fn given(&mut self, bytes: u64) {
        self.given = self.given.saturating_add(bytes);
    }

    /// A number for a content that is no entry.
    pub(crate) fn next_key(&mut self) -> u32 {
        self.keys += 1;
        KEYS_FROM + self.keys
    }

    /// The most that a file which is packed as a whole may be unpacked to.
    pub(crate) fn unpack_limit(&self, packed: u64) -> u64 {
        let modest = limits::RATIO_FREE_BYTES.max(packed.saturating_mul(limits::RATIO_HIGH));
        let alone = if self.high_ratio >= limits::RATIO_BUDGET_BYTES {
            modest
        } else {
            limits::RATIO_FROM_BYTES.max(packed.saturating_mul(limits::RATIO_STOP))
        };
        // Packed files inside packed files: each may be modest, and all of them too much.
        let all = limits::UNPACKED_WHILE_OPENING.max(self.given.saturating_mul(limits::RATIO_STOP));
        alone.min(all.saturating_sub(self.unpacked))
    }

    /// A file was unpacked as a whole, from so many bytes to so many.
    pub(crate) fn unpacked(&mut self, packed: u64, out: u64) {
        self.unpacked = self.unpacked.saturating_add(out);
        self.ratio_allowed(packed, out);
    }

    /// Counts something of a high ratio towards the budget of the whole export; false once that is used up.
    ///
    /// Nothing beyond the declared size is ever unpacked, so this is decided once, here, whoever reads the entry later,
    /// how often, and in how many threads.
    pub(crate) fn ratio_allowed(&mut self, packed: u64, out: u64) -> bool {
        if out <= limits::RATIO_FREE_BYTES || out <= packed.saturating_mul(limits::RATIO_HIGH) {
            return true;
        }
        if self.high_ratio >= limits::RATIO_BUDGET_BYTES {
            return false;
        }
        self.high_ratio = self.high_ratio.saturating_add(out);
        true
    }

    /// How large a file may be to be kept decoded.
    pub(crate) fn memory_left(&self, method: &Method) -> u64 {
        let each =
            if method.has_marks() { limits::NESTED_IN_MEMORY_EACH } else { limits::UNMARKED_IN_MEMORY_EACH };
        each.min(limits::NESTED_IN_MEMORY_ALL.saturating_sub(self.in_memory))
    }

    /// Something is kept decoded.
    pub(crate) fn keep_in_memory(&mut self, bytes: u64) {
        self.in_memory = self.in_memory.saturating_add(bytes);
    }
}
