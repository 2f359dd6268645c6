//! Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the highest bit while more follow
//! (LEB128).

/// Appends `value`.
pub(super) fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// The value at `at`, which moves behind it. Only what `put` wrote is ever read.
pub(super) fn take(bytes: &[u8], at: &mut usize) -> u32 {
    let first = bytes[*at];
    *at += 1;
    if first < 0x80 {
        return u32::from(first);
    }
    let mut value = u32::from(first & 0x7f);
    let mut shift = 7;
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return value;
        }
        shift += 7;
    }
}

/// Moves `at` behind `count` values.
pub(super) fn pass(bytes: &[u8], at: &mut usize, count: u32) {
    let mut left = count;
    while left > 0 {
        left -= u32::from(bytes[*at] < 0x80);
        *at += 1;
    }
}
