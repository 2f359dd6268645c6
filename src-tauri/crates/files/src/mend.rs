//! Text that was UTF-8, was taken for Windows-1252, and was written as UTF-8 again: `Ã©` for `é`. It is repaired where
//! that is the rule in a file, and never where it could have been meant.

use std::borrow::Cow;

use crate::json;

/// The text that was meant, if all of this one maps back to it. A text that speaks of encodings keeps its examples.
pub(crate) fn mended(text: &str) -> Option<String> {
    let mut meant = once(text)?;
    if speaks_of_encodings(text) {
        return None;
    }
    // What went wrong twice was mended twice.
    for _ in 1..TIMES {
        match once(&meant) {
            Some(again) => meant = again,
            None => break,
        }
    }
    let control = |c: char| ('\u{80}'..'\u{A0}').contains(&c);
    (!meant.contains(control)).then_some(meant)
}

/// The same, for what may be as it should.
pub(crate) fn mend(text: &str) -> Cow<'_, str> {
    mended(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Text without the space around it. A no-break space behind `Ã` is no space but half of `à`.
pub(crate) fn trimmed(text: &str) -> &str {
    let start = text.trim_start();
    let shown = start.trim_end();
    match start[shown.len()..].chars().next() {
        Some(c @ ('\u{85}' | '\u{A0}')) if shown.ends_with(|c| ('Â'..='ô').contains(&c)) => {
            &start[..shown.len() + c.len_utf8()]
        }
        _ => shown,
    }
}

/// How often the same text is mended.
const TIMES: usize = 3;

fn once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        bytes.push(byte(c)?);
    }
    String::from_utf8(bytes).ok()
}

/// The byte that was taken for this character.
fn byte(c: char) -> Option<u8> {
    if let Ok(b) = u8::try_from(u32::from(c)) {
        return Some(b);
    }
    let at = BETWEEN.iter().position(|b| *b == c)?;
    u8::try_from(0x80 + at).ok()
}

/// What Windows-1252 has between ASCII and Latin-1; `\0` where it has nothing.
#[rustfmt::skip]
const BETWEEN: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0',
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Whether a file is to be mended, once enough of it was seen to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Rule {
    /// Nothing but ASCII so far.
    #[default]
    Unknown,
    Mend,
    Keep,
}

impl Rule {
    /// What a text tells; the first one that says something decides for the whole file.
    pub(crate) fn tell(text: &str) -> Self {
        let has = |mark: &[u8]| memchr::memmem::find(text.as_bytes(), mark).is_some();
        if text.is_ascii() && !has(b"\\u") && !has(b"&#") {
            return Self::Unknown;
        }
        let mut seen = Seen::default();
        seen.all(text);
        match seen {
            Seen { doubled: 0, right: 0, .. } => Self::Unknown,
            // The rule and not the exception, and at least one that nobody writes on purpose.
            Seen { doubled, right, sure } if sure > 0 && doubled > right => Self::Mend,
            _ => Self::Keep,
        }
    }
}

/// Runs of characters beyond ASCII.
#[derive(Debug, Default)]
struct Seen {
    /// Those that map back to UTF-8.
    doubled: usize,
    right: usize,
    /// Those of the former that stand in words, or that have characters which nobody types.
    sure: usize,
}

impl Seen {
    fn all(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut run = String::new();
        while let Some(from) = next(text, at) {
            run.clear();
            let mut end = from;
            while let Some((c, to)) = beyond(text, end) {
                run.push(c);
                end = to;
            }
            at = end;
            let Some(meant) = once(&run) else {
                self.right += 1;
                continue;
            };
            if speaks_of_encodings(around(text, from, end)) {
                self.right += 1;
                continue;
            }
            self.doubled += 1;
            let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
            // An escape ends in a digit, which is no letter of the word.
            let in_word = letter(from.checked_sub(1).and_then(|n| bytes.get(n))) || letter(bytes.get(end));
            let typed = run.chars().all(|c| !('\u{80}'..'\u{A0}').contains(&c)) && meant.chars().count() == 1;
            self.sure += usize::from(in_word || !typed);
        }
    }
}

/// The next character beyond ASCII, as it is or as an escape of JSON.
fn next(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        let rest = &bytes[at..];
        let n = rest.iter().position(|b| matches!(b, b'\\' | b'&') || !b.is_ascii())?;
        at += n;
        if beyond(text, at).is_some() {
            return Some(at);
        }
        // A backslash that escapes another one escapes nothing behind it.
        at += if bytes[at..].starts_with(b"\\\\") { 2 } else { 1 };
        if at >= bytes.len() {
            return None;
        }
    }
}

/// The character beyond ASCII that stands here, and the place behind it.
fn beyond(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    if c == '&' {
        let (c, len) = reference(rest)?;
        return (!c.is_ascii()).then_some((c, at + len));
    }
    if c != '\\' {
        return (!c.is_ascii()).then(|| (c, at + c.len_utf8()));
    }
    if rest.as_bytes().get(1) != Some(&b'u') {
        return None;
    }
    // Half of a pair is no byte, and that is all that matters here.
    let c = char::from_u32(json::unit(rest.as_bytes(), 2)?).unwrap_or(char::REPLACEMENT_CHARACTER);
    (!c.is_ascii()).then_some((c, at + 6))
}

/// The character that a numeric reference of XML stands for, and the length of that.
fn reference(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let len = digits.bytes().take(10).position(|b| b == b';')?;
    let code = match digits[..len].strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits[..len].parse().ok()?,
    };
    Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), len + 3))
}

/// The text near a place.
fn around(text: &str, from: usize, to: usize) -> &str {
    let from = crate::out::floor(text, from.saturating_sub(NEAR));
    let to = crate::out::floor(text, to + NEAR);
    &text[from..to]
}

/// How near a word must stand to be about a place.
const NEAR: usize = 100;

/// Whether a text tells how text is encoded, and may hold examples of what goes wrong. A declaration (`charset=utf-8`)
/// tells nothing.
fn speaks_of_encodings(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["mojibake", "encoded", "encodage", "charset", "unicode", "utf-8", "utf8"].iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower[..at].trim_end_matches(['"', '\'', ' ']);
            let behind = lower[at + word.len()..].trim_start();
            !before.ends_with(['=', ';']) && !behind.starts_with('=')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UTF-8 taken for Windows-1252, or for Latin-1.
    fn doubled(text: &str, windows: bool) -> String {
        let one = |b: u8| match b {
            0x80..=0x9F if windows && BETWEEN[usize::from(b - 0x80)] != '\0' => {
                BETWEEN[usize::from(b - 0x80)]
            }
            b => char::from(b),
        };
        text.bytes().map(one).collect()
    }

    const TEXTS: [&str; 14] = [
        "L’élève Zoé a reçu à Noël sa créance : 12 €, « été »",
        "Grüße aus München, Straße, Öffnungszeiten",
        "Mañana el niño pidió información ¿qué pasó?",
        "Informações não disponíveis, coração, MÃO",
        "Zażółć gęślą jaźń, Łódź",
        "Příliš žluťoučký kůň",
        "Árvíztűrő tükörfúrógép",
        "Привет, это выписка по счёту",
        "Καλημέρα, αυτό είναι το τιμολόγιο",
        "İstanbul'da güneşli bir gün",
        "お客様の請求書です",
        "客户发票信息",
        "فاتورة العميل",
        "👍 ok 😀",
    ];

    #[test]
    fn doubled_text_of_any_language_is_mended() {
        for text in TEXTS {
            for windows in [true, false] {
                let wrong = doubled(text, windows);
                assert_eq!(mended(&wrong).as_deref(), Some(text), "{wrong}");
                assert_eq!(mended(&doubled(&wrong, windows)).as_deref(), Some(text), "twice: {wrong}");
                assert_eq!(Rule::tell(&format!("{{\"t\":\"{wrong}\"}}")), Rule::Mend, "{wrong}");
                let escaped: String = wrong
                    .chars()
                    .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) })
                    .collect();
                assert_eq!(Rule::tell(&escaped), Rule::Mend, "{escaped}");
            }
        }
    }

    #[test]
    fn right_text_of_any_language_is_kept() {
        for text in TEXTS {
            assert_eq!(mended(text), None);
            assert_eq!(Rule::tell(text), Rule::Keep);
        }
    }

    #[test]
    fn examples_are_kept() {
        for text in [
            "UTF-8 read as Latin-1 gives cafÃ© where it should not",
            "If you see \"Ã©\", tell us",
            "Ã©",
            "on voit Ã© au lieu de é",
            "mojibake: franÃ§ais",
            "IRMÃ» AMANHà não",
        ] {
            assert_ne!(Rule::tell(text), Rule::Mend, "{text}");
        }
        assert_eq!(Rule::tell("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>cafÃ©</a>"), Rule::Mend);
    }

    #[test]
    fn the_exception_is_kept() {
        let text = "été à la plage, déjà, garçon, cafÃ©, Noël";
        assert_eq!(Rule::tell(text), Rule::Keep);
        assert_eq!(Rule::tell("nothing but ASCII"), Rule::Unknown);
    }
}
