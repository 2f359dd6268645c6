//! A set of documents of one segment.

/// One bit a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    pub(crate) fn none(len: u32) -> Self {
        Self { words: vec![0; len.div_ceil(64) as usize], len }
    }

    pub(crate) fn all(len: u32) -> Self {
        let mut bits = Self::none(len);
        bits.insert_range(0, len);
        bits
    }

    pub(crate) fn insert(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut((doc / 64) as usize) {
            *word |= 1 << (doc % 64);
        }
    }

    pub(crate) fn insert_range(&mut self, from: u32, to: u32) {
        for (i, mask) in masks(from, to.min(self.len)) {
            self.words[i] |= mask;
        }
    }

    pub(crate) fn contains(&self, doc: u32) -> bool {
        self.words.get((doc / 64) as usize).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(crate) fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many of `from..to` are in the set.
    pub(crate) fn count_range(&self, from: u32, to: u32) -> u64 {
        masks(from, to.min(self.len)).map(|(i, mask)| u64::from((self.words[i] & mask).count_ones())).sum()
    }

    pub(crate) fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub(crate) fn invert(&mut self) {
        let len = self.len;
        self.words.iter_mut().for_each(|word| *word = !*word);
        if !len.is_multiple_of(64)
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << (len % 64)) - 1;
        }
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        for (base, word) in (0u32..).step_by(64).zip(&mut self.words) {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !keep(base + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// The documents, in order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { words: &self.words, base: 0, rest: self.words.first().copied().unwrap_or_default() }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}

/// The documents of a set, in order.
pub(crate) struct Iter<'a> {
    /// From the present word on.
    words: &'a [u64],
    base: u32,
    /// What is left of the present word.
    rest: u64,
}

impl Iterator for Iter<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.rest == 0 {
            self.words = self.words.get(1..)?;
            self.rest = *self.words.first()?;
            self.base += 64;
        }
        let bit = self.rest.trailing_zeros();
        self.rest &= self.rest - 1;
        Some(self.base + bit)
    }
}

/// The words that `from..to` touches, each with the bits of it.
fn masks(from: u32, to: u32) -> impl Iterator<Item = (usize, u64)> {
    let words = if from < to { from / 64..(to - 1) / 64 + 1 } else { 0..0 };
    words.clone().map(move |i| {
        let head = if i == words.start { u64::MAX << (from % 64) } else { u64::MAX };
        let tail = if i + 1 == words.end { u64::MAX >> (63 - (to - 1) % 64) } else { u64::MAX };
        (i as usize, head & tail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_counts() {
        let mut bits = Bits::none(200);
        bits.insert_range(60, 130);
        assert_eq!(bits.count(), 70);
        assert_eq!(bits.iter().next(), Some(60));
        assert_eq!(bits.iter().last(), Some(129));
        assert_eq!(bits.count_range(0, 64), 4);
        assert_eq!(bits.count_range(128, 200), 2);
        bits.retain(|doc| doc % 2 == 0);
        assert_eq!(bits.count(), 35);
        bits.invert();
        assert_eq!(bits.count(), 165);
        assert!(bits.contains(199) && !bits.contains(200) && !bits.contains(60));
        assert_eq!(Bits::all(64).count(), 64);
        assert_eq!(Bits::all(0).iter().count(), 0);
    }
}
