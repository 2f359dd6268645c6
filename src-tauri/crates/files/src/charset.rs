//! Which encoding a file is in: its mark, its own word if the bytes agree, valid UTF-8, else a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::decode::UTF_32;
use crate::layout::{Decoding, ToldBy};

/// What the head of a file says about its encoding.
pub(crate) struct Charset {
    pub(crate) decoding: Decoding,
    /// How many bytes its mark takes.
    pub(crate) mark: usize,
    /// What the file says about itself, if it is one of the older encodings: it decides once the bytes stop being
    /// plain.
    pub(crate) declared: Option<&'static Encoding>,
    /// What the file says about itself where its bytes say something else.
    pub(crate) contradicted: Option<&'static Encoding>,
}

/// Tells the encoding from the first bytes of a file; `whole` if they are all of it.
pub(crate) fn tell(head: &[u8], whole: bool) -> Charset {
    let told = |encoding, told_by, mark| Charset {
        decoding: Decoding { encoding, told_by },
        mark,
        declared: None,
        contradicted: None,
    };
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return told(UTF_8, ToldBy::Bom, 3);
    }
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) {
        return told(UTF_32, ToldBy::Bom, 4);
    }
    if head.starts_with(&[0xFF, 0xFE]) {
        return told(UTF_16LE, ToldBy::Bom, 2);
    }
    if head.starts_with(&[0xFE, 0xFF]) {
        return told(UTF_16BE, ToldBy::Bom, 2);
    }
    if let Some(encoding) = unmarked_utf16(head) {
        return told(encoding, ToldBy::Detected, 0);
    }
    let declared = declared(head).filter(|e| e.is_ascii_compatible());
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && !whole,
    };
    if valid {
        let by = if declared == Some(UTF_8) { ToldBy::Declared } else { ToldBy::Valid };
        let declared = declared.filter(|e| *e != UTF_8);
        let contradicted = declared.filter(|_| !head.is_ascii());
        return Charset { declared, contradicted, ..told(UTF_8, by, 0) };
    }
    let found = told_decoding(decide(head, declared, false));
    let contradicted =
        declared.filter(|e| *e != found.decoding.encoding || found.decoding.told_by == ToldBy::Detected);
    Charset { declared, contradicted, ..found }
}

fn told_decoding(decoding: Decoding) -> Charset {
    Charset { decoding, mark: 0, declared: None, contradicted: None }
}

/// Decides for bytes that are not valid UTF-8. `utf8_before`: the file had characters in UTF-8 already.
pub(crate) fn decide(sample: &[u8], declared: Option<&'static Encoding>, utf8_before: bool) -> Decoding {
    let (valid, invalid) = count(sample);
    if utf8_before || (valid > 0 && invalid <= valid.saturating_mul(4)) {
        return Decoding { encoding: UTF_8, told_by: ToldBy::Detected };
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return Decoding { encoding, told_by: ToldBy::Declared };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    Decoding { encoding: detector.guess(None, Utf8Detection::Deny), told_by: ToldBy::Detected }
}

/// How many characters beyond ASCII are valid UTF-8, and how many sequences are not.
fn count(sample: &[u8]) -> (usize, usize) {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in sample.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    (valid, invalid)
}

/// UTF-16 without its mark shows by its zeros: nearly every second byte of Latin text is one.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 4 && even * 50 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 4 && odd * 50 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What an XML declaration or an HTML meta element near the start says.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(2048)];
    let lower = head.to_ascii_lowercase();
    if !lower.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let find = |word: &[u8]| memchr::memmem::find(&lower, word).map(|at| at + word.len());
    let at =
        if lower.trim_ascii_start().starts_with(b"<?xml") { find(b"encoding") } else { find(b"charset") }?;
    let rest = lower.get(at..)?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\''))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
        .take(40)
        .collect();
    Encoding::for_label(&label)
}
