//! Consent strings of the IAB's Transparency and Consent Framework, version 2: their core segment, decoded.
//!
//! The names of vendors and purposes are not known here: the lists of them are not the program's to ship.

use chrono::DateTime;

use crate::record::Day;

/// What a consent string says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentString {
    /// The day on which it was made.
    pub created: Day,
    /// The day on which it was last changed.
    pub updated: Day,
    /// The number of the consent management provider.
    pub cmp: u16,
    /// The language in which the question was asked, two letters.
    pub language: String,
    /// The version of the vendor list that it is about.
    pub vendor_list: u16,
    /// The purposes (1 to 24) that were consented to.
    pub purposes: Vec<u8>,
    /// The purposes for which legitimate interest was shown and not objected to.
    pub interests: Vec<u8>,
    /// The special features (1 to 12) that were opted into.
    pub features: Vec<u8>,
    /// How many vendors have consent.
    pub vendors: u32,
    /// How many vendors may rely on legitimate interest.
    pub vendor_interests: u32,
}

/// Tenths of a second from 2018 to 2100: the framework is not older, and other texts decode to any time.
const TIMES: std::ops::Range<i64> = 15_147_648_000..41_024_448_000;

/// Letters of the shortest core segment: 213 bits before the vendors, 17 for each list of them.
const LETTERS_MIN: usize = 42;

/// Letters of the longest that is looked at; with every vendor listed one by one, real ones stay below.
const LETTERS_MAX: usize = 16_384;

/// Reads a consent string; none for anything else.
pub(crate) fn read(text: &str) -> Option<ConsentString> {
    let text = text.trim();
    // Six bits of version come first, and those of version 2 are the letter C.
    if !text.starts_with('C') || !(LETTERS_MIN..=LETTERS_MAX).contains(&text.len()) {
        return None;
    }
    let core = text.split('.').next().unwrap_or_default();
    if !core.bytes().all(|b| sextet(b).is_some()) {
        return None;
    }
    let mut bits = Bits { letters: core.as_bytes(), at: 6 };
    let created = day(bits.number(36)?)?;
    let updated = day(bits.number(36)?)?;
    let cmp = u16::try_from(bits.number(12)?).ok()?;
    let _version_and_screen = bits.number(18)?;
    let language = format!("{}{}", letter(bits.number(6)?)?, letter(bits.number(6)?)?);
    let vendor_list = u16::try_from(bits.number(12)?).ok()?;
    let _policy_and_scope = bits.number(8)?;
    let features = bits.set(12)?;
    let purposes = bits.set(24)?;
    let interests = bits.set(24)?;
    let _purpose_one_and_country = bits.number(13)?;
    let vendors = bits.vendors()?;
    // Old strings end here.
    let vendor_interests = bits.vendors().unwrap_or(0);
    Some(ConsentString {
        created,
        updated,
        cmp,
        language,
        vendor_list,
        purposes,
        interests,
        features,
        vendors,
        vendor_interests,
    })
}

impl ConsentString {
    /// On one line: `TCF 2 · created 2024-02-01 · CMP 10 · purposes 1, 2, 3 · 57 vendors`.
    pub(crate) fn shown(&self) -> String {
        let list = |numbers: &[u8]| match numbers {
            [] => "none".to_owned(),
            numbers => numbers.iter().map(u8::to_string).collect::<Vec<_>>().join(", "),
        };
        let mut parts = vec!["TCF 2".to_owned(), format!("created {}", self.created)];
        if self.updated != self.created {
            parts.push(format!("updated {}", self.updated));
        }
        parts.push(format!("CMP {}", self.cmp));
        parts.push(format!("purposes {}", list(&self.purposes)));
        if !self.interests.is_empty() {
            parts.push(format!("legitimate interests {}", list(&self.interests)));
        }
        parts.push(format!("{} vendors", self.vendors));
        parts.join(" · ")
    }
}

/// The bits of a text in base64 for addresses (RFC 4648, section 5), six a letter.
struct Bits<'a> {
    letters: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn number(&mut self, bits: usize) -> Option<u64> {
        let mut out = 0;
        for _ in 0..bits {
            let sextet = sextet(*self.letters.get(self.at / 6)?)?;
            out = out << 1 | u64::from(sextet >> (5 - self.at % 6) & 1);
            self.at += 1;
        }
        Some(out)
    }

    /// The positions of the bits that are set, from 1.
    fn set(&mut self, bits: u8) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for n in 1..=bits {
            if self.number(1)? == 1 {
                out.push(n);
            }
        }
        Some(out)
    }

    /// How many vendors are in a list of them, which is a bit for each or a list of ranges.
    fn vendors(&mut self) -> Option<u32> {
        let max = self.number(16)?;
        let mut count = 0u64;
        if self.number(1)? == 0 {
            for _ in 0..max {
                count += self.number(1)?;
            }
        } else {
            for _ in 0..self.number(12)? {
                let range = self.number(1)? == 1;
                let first = self.number(16)?;
                let last = if range { self.number(16)? } else { first };
                if last < first || last > max {
                    return None;
                }
                count += last - first + 1;
            }
        }
        u32::try_from(count).ok()
    }
}

fn sextet(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

fn letter(number: u64) -> Option<char> {
    let number = u8::try_from(number).ok().filter(|n| *n < 26)?;
    Some(char::from(b'A' + number))
}

fn day(tenths: u64) -> Option<Day> {
    let tenths = i64::try_from(tenths).ok().filter(|t| TIMES.contains(t))?;
    Some(DateTime::from_timestamp(tenths / 10, 0)?.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A string with these fields, every one written out; the inverse of `read`, made for tests.
    fn write(purposes: &[u8], vendors: &[u64], ranges: Option<&[(u64, u64)]>) -> String {
        let mut bits = String::new();
        let mut put = |n: u64, len: usize| bits.push_str(&format!("{n:0len$b}"));
        let set = |of: &[u8], len: u8| (1..=len).fold(0u64, |sum, n| sum << 1 | u64::from(of.contains(&n)));
        put(2, 6);
        put(17_067_830_000, 36); // 2024-02-01
        put(17_095_080_000, 36); // 2024-03-03
        put(10, 12);
        put(1, 12);
        put(3, 6);
        put(5, 6);
        put(17, 6); // FR
        put(48, 12);
        put(4, 6);
        put(0, 2);
        put(set(&[1], 12), 12);
        put(set(purposes, 24), 24);
        put(set(&[2, 7], 24), 24);
        put(0, 13);
        let max = vendors.iter().copied().max().unwrap_or(0).max(40);
        put(max, 16);
        match ranges {
            None => {
                put(0, 1);
                (1..=max).for_each(|n| put(u64::from(vendors.contains(&n)), 1));
            }
            Some(ranges) => {
                put(1, 1);
                put(ranges.len() as u64, 12);
                for (first, last) in ranges {
                    put(u64::from(first != last), 1);
                    put(*first, 16);
                    if first != last {
                        put(*last, 16);
                    }
                }
            }
        }
        put(0, 17);
        while !bits.len().is_multiple_of(6) {
            bits.push('0');
        }
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let letter = |six: &[u8]| six.iter().fold(0, |sum, b| sum * 2 + usize::from(*b == b'1'));
        bits.as_bytes().chunks(6).map(|six| char::from(alphabet[letter(six)])).collect()
    }

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        assert_eq!(read(text).map_or_else(|| "none".to_owned(), |s| s.shown()), wanted, "{text}");
    }

    #[test]
    fn strings_are_decoded() {
        let shown = "TCF 2 · created 2024-02-01 · updated 2024-03-03 · CMP 10 · purposes 1, 3, 10";
        let rest = "legitimate interests 2, 7";
        check(&write(&[1, 3, 10], &[2, 6, 40], None), &format!("{shown} · {rest} · 3 vendors"));
        check(&write(&[1, 3, 10], &[], Some(&[(3, 3), (5, 20)])), &format!("{shown} · {rest} · 17 vendors"));
        let two = format!("{}.YAAAAAAAAAAA", write(&[1, 3, 10], &[2], None));
        check(&two, &format!("{shown} · {rest} · 1 vendors"));
        // The example of the framework's own documentation.
        let documented = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw";
        check(documented, "TCF 2 · created 2020-02-20 · CMP 27 · purposes 1, 2, 3 · 3 vendors");
        assert_eq!(read(documented).map(|s| (s.language, s.vendor_list)), Some(("EN".to_owned(), 15)));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "C",
            "Camille Aubépin, 12 rue des Lilas, 69001 Lyon, France",
            "CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "CzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzZ",
            "BOvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA",
        ] {
            check(text, "none");
        }
        // Cut off in the middle.
        check(&write(&[1], &[2, 39], None)[..40], "none");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "C[A-Za-z0-9_-]{30,90}") {
            let _ = read(&text);
        }
    }
}
