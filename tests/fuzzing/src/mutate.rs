//! Changes made to samples from numbers: the same on every machine, so that a test either fails everywhere or nowhere.

/// Pieces that mean something to one format or another.
pub const MARKS: &[&[u8]] = &[
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b";",
    b"\n",
    b"\r",
    b"<",
    b">",
    b"&",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"\\",
    b"\\u00",
    b"\xFF",
    b"\xC3",
    b"\xE2\x82",
    b"\0",
    b"--b",
    b"=?",
    b"=",
    b"/*",
    b"//",
    b"</e>",
    b"<tr>",
    b"<script>",
    b"<div class=outer-cell>",
    b"</div>",
    b"<table>",
    b"\nFrom a@b 1:1 1970\n",
    b">From ",
    b"\nBEGIN:VEVENT\n",
    b"\nEND:VCARD\n",
    b"\n ",
    b"\n- ",
    b"<outline ",
    b"[\"vcard\",",
    b"\nk: ",
    b": |\n",
    b"\n---\n",
    b"\n^\n",
    b"<STMTTRN>",
    b"\n:61:",
    b"\n1/1/24, 1:01 - a: b\n",
    b"\xFF\xFF\xFF\xFF",
    b"\0\0\0\0",
    b"\x00\x00\x00\x80",
    b"\xFF\xFE",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"%PDF-1.4\n",
    b"\nendobj\n",
    b" 0 R",
    b"\nstream\n",
    b"/Kids[2 0 R]",
    b"/Filter/FlateDecode",
    b"<<",
    b">>",
    b"4294967296",
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"{\\rtf1",
    b"\\u-1?",
    b"\x1E",
    b"=C3=A9",
    b"&#x10FFFF;",
    b"\xF0\x9F\x98\x80",
    b"\xE2\x80\xAE",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
    b"</table:table-row>",
    b"<row r=\"1048577\">",
    b"2024-02-01",
    b"\t",
];

/// Runs something with a sample changed in so many ways.
///
/// # Panics
///
/// If that panics; the message holds the changed sample, to make a test of.
pub fn each(sample: &[u8], changes: std::ops::Range<u64>, run: impl Fn(&[u8])) {
    for seed in changes {
        let changed = change(sample, seed);
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&changed)));
        assert!(done.is_ok(), "change {seed} made: b\"{}\"", changed.escape_ascii());
    }
}

/// Changes a sample in one to five places.
fn change(sample: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = Rng(seed ^ (sample.len() as u64).wrapping_mul(0x9E37_79B9));
    let mut bytes = sample.to_vec();
    for _ in 0..=rng.below(5) {
        once(&mut bytes, &mut rng);
    }
    bytes
}

fn once(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let (a, b) = (rng.below(bytes.len() + 1), rng.below(bytes.len() + 1));
    let (from, to) = (a.min(b), a.max(b));
    let near = (from + rng.below(16)).min(bytes.len());
    match rng.below(9) {
        0 => bytes.truncate(to),
        1 => drop(bytes.drain(from..near)),
        2 => {
            let part = bytes[from..to].to_vec();
            bytes.splice(to..to, part);
        }
        3 => {
            let mark = MARKS[rng.below(MARKS.len())];
            bytes.splice(from..from, mark.iter().copied());
        }
        4 => {
            let mark = MARKS[rng.below(MARKS.len())];
            let end = (from + mark.len()).min(bytes.len());
            bytes.splice(from..end, mark.iter().copied());
        }
        5 => {
            // A number, grown.
            let digits = bytes[from..].iter().position(u8::is_ascii_digit).map(|n| from + n);
            if let Some(at) = digits {
                bytes.splice(at..at, b"999999999".iter().take(1 + rng.below(9)).copied());
            }
        }
        6 => {
            let part = bytes[from..near].repeat(1 + rng.below(40));
            bytes.splice(from..near, part);
        }
        _ => {
            if let Some(byte) = bytes.get_mut(from) {
                *byte = match rng.below(4) {
                    0 => *byte ^ (1 << rng.below(8)),
                    1 => 0xFF,
                    2 => 0,
                    _ => u8::try_from(rng.below(256)).unwrap_or_default(),
                };
            }
        }
    }
}

/// SplitMix64.
struct Rng(u64);

impl Rng {
    /// A number below `n`; 0 for an `n` of 0.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % (n.max(1) as u64)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_makes_the_same_change_and_others_make_others() {
        let sample = b"{\"a\":[1,2,3]}";
        assert_eq!(change(sample, 7), change(sample, 7));
        let all: std::collections::HashSet<_> = (0..50).map(|seed| change(sample, seed)).collect();
        assert!(all.len() > 40, "{} of 50 differ", all.len());
    }
}
