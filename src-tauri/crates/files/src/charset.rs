//! Which encoding a file is in: its mark, its own word if the bytes agree, valid UTF-8, else a guess.

mod western;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::layout::{Decoding, Encoding, ToldBy};

/// What the head of a file says about its encoding.
pub(crate) struct Charset {
    pub(crate) decoding: Decoding,
    /// How many bytes its mark takes.
    pub(crate) mark: usize,
    /// What the file says about itself, if it is one of the older encodings: it decides once the bytes stop being
    /// plain.
    pub(crate) declared: Option<&'static encoding_rs::Encoding>,
    /// What the file says about itself where its bytes say something else.
    pub(crate) contradicted: Option<String>,
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
        return told(Encoding::UTF_8, ToldBy::Bom, 3);
    }
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) {
        return told(Encoding::Utf32Le, ToldBy::Bom, 4);
    }
    if head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return told(Encoding::Utf32Be, ToldBy::Bom, 4);
    }
    if head.starts_with(&[0xFF, 0xFE]) {
        return told(Encoding::Standard(UTF_16LE), ToldBy::Bom, 2);
    }
    if head.starts_with(&[0xFE, 0xFF]) {
        return told(Encoding::Standard(UTF_16BE), ToldBy::Bom, 2);
    }
    if let Some(encoding) = unmarked_wide(head) {
        return told(encoding, ToldBy::Detected, 0);
    }
    let label = label(head);
    let named = label.as_deref().and_then(encoding_rs::Encoding::for_label);
    let said = label.map(|label| String::from_utf8_lossy(&label).to_ascii_uppercase());
    if switches(head) {
        let by = if named == Some(ISO_2022_JP) { ToldBy::Declared } else { ToldBy::Detected };
        return Charset {
            contradicted: named.filter(|e| *e != ISO_2022_JP).and(said),
            ..told(Encoding::Standard(ISO_2022_JP), by, 0)
        };
    }
    let wide = named.is_some_and(|e| !e.is_ascii_compatible());
    let declared = named.filter(|e| e.is_ascii_compatible());
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && !whole,
    };
    if valid {
        let by = if declared == Some(UTF_8) { ToldBy::Declared } else { ToldBy::Valid };
        let declared = declared.filter(|e| *e != UTF_8);
        let contradicted = said.filter(|_| wide || declared.is_some() && !head.is_ascii());
        return Charset { declared, contradicted, ..told(Encoding::UTF_8, by, 0) };
    }
    let decoding = decide(head, declared, false);
    let other = declared
        .is_some_and(|e| decoding.encoding != Encoding::Standard(e) || decoding.told_by == ToldBy::Detected);
    let contradicted = said.filter(|_| wide || other);
    Charset { decoding, mark: 0, declared, contradicted }
}

/// Decides for bytes that are not valid UTF-8. `utf8_before`: the file had characters in UTF-8 already, or says by its
/// mark that it has.
pub(crate) fn decide(
    sample: &[u8],
    declared: Option<&'static encoding_rs::Encoding>,
    utf8_before: bool,
) -> Decoding {
    let detected = |encoding| Decoding { encoding, told_by: ToldBy::Detected };
    let (valid, invalid) = count(sample);
    let guess = guess(sample);
    // In older encodings two letters seldom look like one of UTF-8: in those of Asia now and then, in Western ones
    // never.
    let mixed = utf8_before
        || valid >= invalid.max(1)
        || valid > 0 && guess.is_single_byte() && invalid <= valid.saturating_mul(4);
    if mixed {
        return detected(Encoding::Mixed(strays(sample)));
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && fits(e, sample)) {
        return Decoding { encoding: Encoding::Standard(encoding), told_by: ToldBy::Declared };
    }
    match western::better(sample, guess) {
        Encoding::Standard(e) if e == WINDOWS_1252 && valid > 0 => detected(Encoding::Mixed(WINDOWS_1252)),
        better => detected(better),
    }
}

fn guess(sample: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding of the lines that are not UTF-8.
fn strays(sample: &[u8]) -> &'static encoding_rs::Encoding {
    let mut lines = Vec::new();
    for line in sample.split_inclusive(|b| *b == b'\n') {
        if std::str::from_utf8(line).is_err() {
            lines.extend_from_slice(line);
        }
    }
    // A few letters tell nothing, and the most common answer is the best one.
    let letters = lines.iter().filter(|b| !b.is_ascii()).count();
    Some(guess(&lines)).filter(|e| e.is_single_byte() && letters >= STRAYS).unwrap_or(WINDOWS_1252)
}

/// How many letters beyond ASCII tell the encoding of stray lines.
const STRAYS: usize = 5;

/// Whether the bytes are text in this encoding. What is cut off at the end of a sample is no fault.
fn fits(encoding: &'static encoding_rs::Encoding, sample: &[u8]) -> bool {
    let sample = &sample[..sample.len().min(64 << 10)];
    let (text, malformed) = encoding.decode_without_bom_handling(sample);
    !malformed || text.matches('\u{FFFD}').count() <= 1 + text.len() / 1000
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

/// Whether the text switches to Japanese by escape sequences.
fn switches(head: &[u8]) -> bool {
    head.is_ascii()
        && memchr::memmem::find_iter(head, b"\x1B")
            .any(|n| matches!(head.get(n + 1..n + 3), Some(b"$B" | b"$@" | b"(J" | b"(I")))
}

/// UTF-16 and UTF-32 without their marks show by their zeros.
fn unmarked_wide(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 2 || !head.contains(&0) {
        return None;
    }
    let zeros = |from: usize, step: usize| head.iter().skip(from).step_by(step).filter(|b| **b == 0).count();
    let quarters = head.len() / 4;
    if quarters >= 2 && head.len().is_multiple_of(4) {
        let at: Vec<usize> = (0..4).map(|n| zeros(n, 4)).collect();
        // No character is beyond 0x10FFFF.
        if at[0] == quarters && at[1] * 10 >= quarters * 9 && at[3] == 0 {
            return Some(Encoding::Utf32Be);
        }
        if at[3] == quarters && at[2] * 10 >= quarters * 9 && at[0] == 0 {
            return Some(Encoding::Utf32Le);
        }
    }
    // Nearly every second byte of Latin text is zero.
    let (even, odd) = (zeros(0, 2), zeros(1, 2));
    if odd * 10 >= pairs * 4 && even * 50 <= pairs {
        return Some(Encoding::Standard(UTF_16LE));
    }
    if even * 10 >= pairs * 4 && odd * 50 <= pairs {
        return Some(Encoding::Standard(UTF_16BE));
    }
    // In other scripts only the spaces and marks between have zeros, all on one side, and the text makes sense.
    let (zeros, encoding) = if even == 0 { (odd, UTF_16LE) } else { (even, UTF_16BE) };
    let sure = (even == 0 || odd == 0) && zeros * 50 >= pairs;
    (sure && is_sense(encoding, head)).then_some(Encoding::Standard(encoding))
}

/// Whether bytes read as UTF-16 are letters of few scripts and marks of ASCII.
fn is_sense(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> bool {
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes[..bytes.len() / 2 * 2]);
    // Pairs of ASCII letters would be Chinese characters.
    let ascii = bytes.is_ascii();
    let (mut letters, mut marks, mut other) = (0, 0, 0);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | ' '..='~' => marks += 1,
            // Greek to Arabic, the scripts of India and of South-East Asia, kana, Chinese characters, Hangul.
            '\u{A0}'..='\u{E7F}' => letters += 1,
            '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' if !ascii => {
                letters += 1;
            }
            _ => other += 1,
        }
    }
    !malformed && marks > 0 && letters > 0 && other * 20 <= letters
}

/// What an XML declaration or an HTML meta element near the start says.
fn label(head: &[u8]) -> Option<Vec<u8>> {
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
    Some(
        rest.iter()
            .copied()
            .skip_while(|b| matches!(b, b'"' | b'\''))
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
            .take(40)
            .collect(),
    )
}
