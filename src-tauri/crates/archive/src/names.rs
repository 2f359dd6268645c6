//! Which letters the bytes of a name stand for, decided once for all names of an archive.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, IBM866, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

use crate::{Oddity, codepage, limits, shown};

/// The code page of names that say nothing about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    /// The original PC, and what the ZIP specification says.
    Cp437,
    /// DOS and Windows in Western Europe.
    Cp850,
    /// Japanese Windows.
    ShiftJis,
    /// Chinese Windows.
    Gbk,
    /// Russian DOS.
    Cp866,
    /// Russian Windows.
    Cp1251,
    /// Windows in Western Europe.
    Cp1252,
}

impl CodePage {
    const ALL: [Self; 7] =
        [Self::Cp437, Self::Cp850, Self::ShiftJis, Self::Gbk, Self::Cp866, Self::Cp1251, Self::Cp1252];

    fn standard(self) -> Option<&'static Encoding> {
        match self {
            Self::Cp437 | Self::Cp850 => None,
            Self::ShiftJis => Some(SHIFT_JIS),
            Self::Gbk => Some(GBK),
            Self::Cp866 => Some(IBM866),
            Self::Cp1251 => Some(WINDOWS_1251),
            Self::Cp1252 => Some(WINDOWS_1252),
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match (self, self.standard()) {
            (_, Some(encoding)) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
            (Self::Cp850, None) => Some(codepage::decode_cp850(bytes).into()),
            (_, None) => Some(codepage::decode_cp437(bytes).into()),
        }
    }
}

/// A name as a container holds it.
#[derive(Clone, Copy)]
pub(crate) struct RawName<'a> {
    pub(crate) bytes: &'a [u8],
    /// The container says that it is UTF-8.
    pub(crate) utf8: bool,
    /// The name that the container gives beside it, in Unicode.
    pub(crate) unicode: Option<&'a str>,
}

/// Decodes all names of one archive: a fitting Unicode name, else UTF-8, else one code page: the one that was chosen, or
/// the likeliest. Gives what is odd about a name beside it, and says which code page was used, if one was needed.
pub(crate) fn decode_all(
    names: &[RawName<'_>],
    chosen: Option<CodePage>,
) -> (Vec<(String, Option<Oddity>)>, Option<CodePage>) {
    let sample: Vec<&[u8]> = names
        .iter()
        .filter(|name| !name.utf8 && name.unicode.is_none() && std::str::from_utf8(name.bytes).is_err())
        .map(|name| name.bytes)
        .scan(0, |sum, name| {
            *sum += name.len();
            (*sum <= limits::NAME_SAMPLE_BYTES).then_some(name)
        })
        .collect();
    let page = chosen.unwrap_or_else(|| guess(&sample));
    let used = if sample.is_empty() { None } else { Some(page) };
    (names.iter().map(|name| decode(*name, page)).collect(), used)
}

fn decode(name: RawName<'_>, page: CodePage) -> (String, Option<Oddity>) {
    if let Some(name) = name.unicode {
        return (name.to_owned(), None);
    }
    if let Ok(name) = std::str::from_utf8(name.bytes) {
        return (name.to_owned(), None);
    }
    if name.utf8 {
        let name = String::from_utf8_lossy(name.bytes).into_owned();
        let quoted = shown::quoted(&name);
        let message = format!("the name {quoted} is said to be UTF-8 but has other bytes in it");
        return (name, Some(Oddity::new("name_not_utf8", message).with("entry", shown::bare(&quoted))));
    }
    if let Some(name) = page.decode(name.bytes) {
        return (name.into_owned(), None);
    }
    let name = codepage::decode_cp437(name.bytes);
    let quoted = shown::quoted(&name);
    let message = format!("the letters of the name {quoted} may be wrong: its encoding is unknown");
    (name, Some(Oddity::new("name_encoding", message).with("entry", shown::bare(&quoted))))
}

/// The code page that makes the most sense of the names; 437 when nothing speaks for another.
fn guess(names: &[&[u8]]) -> CodePage {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for name in names {
        detector.feed(name, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    let likely = detector.guess(None, Utf8Detection::Deny);
    let mut best = (CodePage::Cp437, i64::MIN);
    for page in CodePage::ALL {
        let sum: i64 =
            names.iter().map(|name| page.decode(name).map_or(lost(name), |text| score(&text))).sum();
        // The detector knows how often letters follow each other, but not the code pages of DOS.
        let bonus = if page.standard() == Some(likely) { sum.abs() / 8 + 2 } else { 0 };
        if sum + bonus > best.1 {
            best = (page, sum + bonus);
        }
    }
    best.0
}

/// What a name costs that a code page cannot read: as much as if each of its letters were wrong.
fn lost(name: &[u8]) -> i64 {
    -4 * i64::try_from(name.iter().filter(|b| !b.is_ascii()).count()).unwrap_or(i64::MAX / 8)
}

/// How much a text looks like a name that a person gave, a few points for each letter beyond ASCII.
fn score(text: &str) -> i64 {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Ascii,
        Latin,
        Cyrillic,
        Eastern,
        Other,
    }
    let mut sum = 0;
    let mut before = (Kind::Other, false);
    for c in text.chars() {
        let kind = match c {
            'a'..='z' | 'A'..='Z' => Kind::Ascii,
            'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'ı' => Kind::Latin,
            'А'..='я' | 'Ё' | 'ё' => Kind::Cyrillic,
            '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '々' => Kind::Eastern,
            _ => Kind::Other,
        };
        let lower = c.is_lowercase();
        let after_letter = before.0 != Kind::Other;
        sum += match kind {
            Kind::Ascii if before.0 == Kind::Cyrillic => -3,
            // One Chinese letter in the middle of a plain word is two accented ones, or one with its neighbour.
            Kind::Ascii if before.0 == Kind::Eastern => -3,
            Kind::Eastern if before.0 == Kind::Ascii => 1,
            Kind::Ascii => 0,
            // A capital right after a small letter is what a wrong code page looks like.
            Kind::Latin | Kind::Cyrillic if after_letter && before.1 && !lower => -4,
            // Accented letters stand alone among plain ones; Cyrillic ones stand together.
            Kind::Latin if before.0 == Kind::Latin => 0,
            Kind::Latin => 3,
            Kind::Cyrillic if before.0 == Kind::Cyrillic => 3,
            Kind::Cyrillic if after_letter => -3,
            Kind::Cyrillic => 1,
            // Two bytes each, so worth two letters; the common ones stand first in both standards.
            Kind::Eastern if common(c) => 6,
            Kind::Eastern => 1,
            Kind::Other if c.is_ascii() => 0,
            Kind::Other if c.is_alphabetic() => -2,
            Kind::Other => -4,
        };
        before = (kind, lower);
    }
    sum
}

/// Kana, or a character of the first level of the Japanese or Chinese standard.
fn common(c: char) -> bool {
    let lead = |encoding: &'static Encoding| {
        let mut buf = [0; 4];
        let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut buf));
        if lost {
            None
        } else {
            Some((bytes.first().copied().unwrap_or(0), bytes.get(1).copied().unwrap_or(0)))
        }
    };
    ('\u{3040}'..='\u{30FF}').contains(&c)
        || lead(SHIFT_JIS).is_some_and(|(lead, _)| (0x88..=0x97).contains(&lead))
        || lead(GBK).is_some_and(|(lead, trail)| (0xB0..=0xD7).contains(&lead) && trail >= 0xA1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encode: impl Fn(&str) -> Vec<u8>, names: &[&str], expect: CodePage) {
        let raw: Vec<Vec<u8>> = names.iter().map(|name| encode(name)).collect();
        let page = guess(&raw.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let read: Vec<_> =
            raw.iter().map(|name| page.decode(name).unwrap_or_default().into_owned()).collect();
        assert_eq!(read, names, "taken for {page:?}");
        if expect != CodePage::Cp850 {
            assert_eq!(page, expect);
        }
    }

    fn by(encoding: &'static Encoding) -> impl Fn(&str) -> Vec<u8> {
        move |text| encoding.encode(text).0.into_owned()
    }

    #[test]
    fn names_come_back_from_their_code_page() {
        let cp437 = |text: &str| codepage::encode_cp437(text).expect("the sample fits");
        let cp850 = |text: &str| codepage::encode_cp850(text).expect("the sample fits");
        check(cp437, &["Übung_ß.txt", "été.json"], CodePage::Cp437);
        check(cp437, &["reçu.pdf"], CodePage::Cp437);
        check(cp437, &["Données/Préférences.csv"], CodePage::Cp437);
        check(cp850, &["À propos.txt", "Œuvre".trim_start_matches('Œ'), "são.txt"], CodePage::Cp850);
        check(by(SHIFT_JIS), &["個人情報/注文履歴.csv", "表示.txt"], CodePage::ShiftJis);
        check(by(SHIFT_JIS), &["メッセージ.json"], CodePage::ShiftJis);
        check(by(GBK), &["个人信息.json", "订单.csv"], CodePage::Gbk);
        check(by(WINDOWS_1251), &["Данные.txt", "Счета/Январь.csv"], CodePage::Cp1251);
        check(by(WINDOWS_1252), &["données/relevé.csv", "préférences.csv", "à jour.csv"], CodePage::Cp1252);
        check(by(GBK), &["iPhone照片/微信.csv"], CodePage::Gbk);
        check(by(IBM866), &["Данные.txt", "Счета/Январь.csv"], CodePage::Cp866);
    }
}
