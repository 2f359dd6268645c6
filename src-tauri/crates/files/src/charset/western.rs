//! Western text in encodings that the detector does not know: the code pages of DOS, that of old Macs, and the one
//! with the euro sign. They are told by where their letters stand: in the middle of words.

use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};

use crate::decode::dos::{IBM437, IBM850};
use crate::layout::Encoding;

/// The guess, or what makes better words of the same bytes.
pub(super) fn better(sample: &[u8], guess: &'static encoding_rs::Encoding) -> Encoding {
    let found = Encoding::Standard(guess);
    let sample = &sample[..sample.len().min(SAMPLE)];
    let alone = alone(sample);
    // Other scripts have words of nothing but such letters.
    if alone.letters == 0 || alone.apart * 10 < alone.letters * 6 {
        return found;
    }
    // What is written east and south of it has letters that are not in question here.
    let west = guess == WINDOWS_1252 || !guess.is_single_byte();
    let first = if guess.is_single_byte() { score(sample, &table(guess), !west) } else { 0 };
    let mut best = (found, first);
    for (other, table) in [
        (Encoding::Standard(WINDOWS_1252), table(WINDOWS_1252)),
        (Encoding::Standard(ISO_8859_15), table(ISO_8859_15)),
        (Encoding::Ibm850, IBM850),
        (Encoding::Ibm437, IBM437),
        (Encoding::Standard(MACINTOSH), table(MACINTOSH)),
    ] {
        let score = score(sample, &table, false);
        if score > best.1 {
            best = (other, score);
        }
    }
    // Another one must be plainly better, and good by itself.
    let clear = best.1 > first + CLEAR && best.1 * 2 >= alone.letters * GOOD;
    if clear { best.0 } else { found }
}

/// How much of the text is looked at.
const SAMPLE: usize = 64 << 10;

/// What a letter in its place counts.
const GOOD: i64 = 4;

/// By how much another encoding must be better than the guess.
const CLEAR: i64 = 3;

struct Alone {
    letters: i64,
    /// Those with ASCII on both sides.
    apart: i64,
}

fn alone(sample: &[u8]) -> Alone {
    let mut found = Alone { letters: 0, apart: 0 };
    for (n, b) in sample.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        let plain = |b: Option<&u8>| b.is_none_or(u8::is_ascii);
        found.letters += 1;
        // Double letters happen (« créée »).
        let before = plain(n.checked_sub(1).and_then(|n| sample.get(n)));
        found.apart += i64::from(before && plain(sample.get(n + 1)) || sample.get(n + 1) == Some(b));
    }
    found
}

fn table(encoding: &'static encoding_rs::Encoding) -> [char; 128] {
    let mut table = ['\u{FFFD}'; 128];
    for (b, c) in (0x80..=0xFF).zip(&mut table) {
        *c = encoding.decode_without_bom_handling(&[b]).0.chars().next().unwrap_or('\u{FFFD}');
    }
    table
}

/// How well the bytes read as words. With `any`, small letters of all languages are taken for common ones.
fn score(sample: &[u8], table: &[char; 128], any: bool) -> i64 {
    let read = |b: u8| match b.checked_sub(0x80) {
        None => char::from(b),
        Some(high) => table[usize::from(high)],
    };
    let mut score = 0;
    for (n, b) in sample.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        let before = n.checked_sub(1).map_or(' ', |n| read(sample[n]));
        let after = sample.get(n + 1).map_or(' ', |b| read(*b));
        let inside = before.is_alphabetic() && after.is_alphabetic();
        let c = read(*b);
        score += match c {
            _ if COMMON.contains(c) && before.is_uppercase() && after.is_uppercase() => -GOOD,
            _ if COMMON.contains(c) || any && c.is_lowercase() => GOOD,
            _ if c.is_uppercase() && before.is_lowercase() => -GOOD,
            _ if c.is_uppercase() && COMMON.contains(c.to_lowercase().next().unwrap_or(c)) => GOOD / 2,
            _ if c.is_alphabetic() && (before.is_alphabetic() || after.is_alphabetic()) => -1,
            '’' if inside => GOOD,
            _ if inside || c.is_control() || c == '\u{FFFD}' => -GOOD,
            '€' if before.is_ascii_digit() || matches!(before, ' ' | '\u{A0}') => GOOD,
            '«' | '»' | '°' | '£' | '–' | '—' | '…' | '“' | '”' | '‘' | '’' | '•' | '§' | '©' | '®'
            | '\u{A0}' => 1,
            _ => -1,
        };
    }
    score
}

/// Letters that Western languages write often.
const COMMON: &str = "éèêëàâäáçîïíôöóòûüùúñßœæøåãõìý";
