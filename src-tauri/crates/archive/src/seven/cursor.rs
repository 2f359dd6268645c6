//! Numbers, counts and bits of a 7z header, none of which is believed further than the header reaches.

use super::Trouble;

pub(super) type Read<T> = Result<T, Trouble>;

/// Reads numbers one after the other.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, len: u64) -> Read<&'a [u8]> {
        let len = usize::try_from(len).map_err(|_| damaged("its header ends early"))?;
        let (taken, rest) =
            self.bytes.split_at_checked(len).ok_or_else(|| damaged("its header ends early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        self.take(1).map(|taken| taken[0])
    }

    pub(super) fn u32(&mut self) -> Read<u32> {
        self.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    pub(super) fn u64(&mut self) -> Read<u64> {
        Ok(u64::from(self.u32()?) | u64::from(self.u32()?) << 32)
    }

    /// A number whose first byte tells by its upper bits how many follow.
    pub(super) fn number(&mut self) -> Read<u64> {
        let first = self.byte()?;
        let more = first.leading_ones();
        let mut value = 0;
        for at in 0..more {
            value |= u64::from(self.byte()?) << (8 * at);
        }
        if more < 7 {
            let high = u64::from(first) & ((1 << (7 - more)) - 1);
            value |= high << (8 * more);
        }
        Ok(value)
    }

    /// A number of things that are still to come, or that may be made of nothing: never more than there may be.
    pub(super) fn count(&mut self, most: usize) -> Read<usize> {
        usize::try_from(self.number()?).ok().filter(|n| *n <= most).ok_or(Trouble::TooMany)
    }

    pub(super) fn bits(&mut self, count: usize) -> Read<Vec<bool>> {
        let bytes = self.take(count.div_ceil(8) as u64)?;
        Ok((0..count).map(|at| bytes[at / 8] & (0x80 >> (at % 8)) != 0).collect())
    }

    /// Which of the things have something: all, or those with a bit.
    pub(super) fn defined(&mut self, count: usize) -> Read<Vec<bool>> {
        if self.byte()? != 0 { Ok(vec![true; count]) } else { self.bits(count) }
    }

    pub(super) fn digests(&mut self, count: usize) -> Read<Vec<Option<u32>>> {
        let defined = self.defined(count)?;
        defined.into_iter().map(|there| there.then(|| self.u32()).transpose()).collect()
    }
}

pub(super) fn damaged(why: &str) -> Trouble {
    Trouble::Damaged(why.to_owned())
}
