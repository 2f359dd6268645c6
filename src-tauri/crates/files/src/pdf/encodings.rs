//! What the bytes of a simple font stand for: the encodings that PDF knows by name, and the names of glyphs.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The encoding of Type 1 fonts that say no other.
pub(super) const STANDARD: &str = concat!(
    " !\"#$%&’()*+,-./0123456789:;<=>?",
    "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
    "‘abcdefghijklmnopqrstuvwxyz{|}~\u{FFFD}",
    "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\u{FFFD}–†‡·\u{FFFD}¶•‚„”»…‰\u{FFFD}¿",
    "\u{FFFD}`´ˆ˜¯˘˙¨\u{FFFD}˚¸\u{FFFD}˝˛ˇ—\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}Æ\u{FFFD}ª\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ŁØŒº\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}æ\u{FFFD}\u{FFFD}\u{FFFD}ı\u{FFFD}\u{FFFD}łøœß\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
);

/// That of the font Symbol.
pub(super) const SYMBOL: &str = concat!(
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    "≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "\u{FFFD}αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼\u{FFFD}",
    "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u{FFFD}\u{FFFD}↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇\u{FFFD}\u{FFFD}\u{FFFD}∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    "◊〈\u{FFFD}\u{FFFD}\u{FFFD}∑\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}〉∫⌠\u{FFFD}⌡\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
);

/// That of the font ZapfDingbats.
pub(super) const DINGBATS: &str = concat!(
    " ✁✂✃✄✅✆✇✈✉✊✋✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟",
    "✠✡✢✣✤✥✦✧✨✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿",
    "❀❁❂❃❄❅❆❇❈❉❊❋❌❍❎❏❐❑❒❓❔❕❖❗❘❙❚❛❜❝❞\u{FFFD}",
    "❀❁❂❃❄❅❆❇❈❉❊❋❌❍\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}❡❢❣❤❥❦❧❨❩❪❫❬❭❮❯❰❱❲❳❴❵❶❷❸❹❺❻❼❽❾❿",
    "➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔➕➖➗➘➙➚➛➜➝➞➟",
    "➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯\u{FFFD}➱➲➳➴➵➶➷➸➹➺➻➼➽➾\u{FFFD}",
);

/// A character that stands for none.
const NONE: char = '\u{FFFD}';

/// The characters of a table that starts at the code of a space.
pub(super) fn from_table(table: &str) -> [Option<char>; 256] {
    let mut all = [None; 256];
    for (slot, c) in all[32..].iter_mut().zip(table.chars()) {
        *slot = (c != NONE).then_some(c);
    }
    all
}

/// The characters of a code page.
pub(super) fn from_page(page: &'static encoding_rs::Encoding) -> [Option<char>; 256] {
    std::array::from_fn(|n| {
        let code = u8::try_from(n).ok().filter(|c| *c >= 32)?;
        let bytes = [code];
        let (text, _) = page.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|c| *c != NONE && !c.is_control())
    })
}

/// The characters of a name of a glyph: `eacute`, `uni00E9`, `f_i`, `one.oldstyle`.
pub(super) fn of_name(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split('.').next().filter(|s| !s.is_empty())?;
    if !stem.contains('_') {
        return part(stem);
    }
    stem.split('_').map(part).collect()
}

fn part(name: &str) -> Option<String> {
    if let Some(c) = NAMES.get(name) {
        return Some(c.to_string());
    }
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let is_hex = |digits: &str| digits.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(digits) = name.strip_prefix("uni").filter(|d| d.len() >= 4 && d.len() % 4 == 0 && is_hex(d)) {
        let units = digits
            .as_bytes()
            .chunks(4)
            .filter_map(|d| std::str::from_utf8(d).ok().and_then(|d| u16::from_str_radix(d, 16).ok()));
        return char::decode_utf16(units).collect::<Result<String, _>>().ok();
    }
    if let Some(digits) = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len()) && is_hex(d)) {
        return hexadecimal(digits).map(String::from);
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c.to_string()),
        _ => None,
    }
}

static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    include_str!("glyphs.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let (name, code) = line.split_once(' ')?;
            Some((name, u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?))
        })
        .collect()
});

/// A text of the document itself, which is not drawn: a title, a name of a field, a note.
pub(super) fn text(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|p| unit([p[0], p[1]])).collect();
        let text = String::from_utf16_lossy(&units);
        // The language of a text stands between two escapes.
        let mut parts = text.split('\u{1B}');
        let mut kept = parts.next().unwrap_or("").to_owned();
        for (n, part) in parts.enumerate() {
            if n % 2 == 1 {
                kept.push_str(part);
            }
        }
        kept
    };
    let made = match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => bytes.iter().filter_map(|b| of_document(*b)).collect(),
    };
    made.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A character of the encoding of such texts.
fn of_document(byte: u8) -> Option<char> {
    const LOW: &str = "˘ˇˆ˙˝˛˚˜";
    const HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
    Some(match byte {
        0x18..=0x1F => LOW.chars().nth(usize::from(byte - 0x18))?,
        0x80..=0x9E => HIGH.chars().nth(usize::from(byte - 0x80))?,
        0xA0 => '€',
        0x7F | 0x9F | 0xAD => return None,
        _ => char::from(byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_characters() {
        let cases = [
            ("eacute", "é"),
            ("Euro", "€"),
            ("uni20AC", "€"),
            ("u1F600", "\u{1F600}"),
            ("f_i", "fi"),
            ("one.oldstyle", "1"),
            ("afii10017", "А"),
            ("A", "A"),
        ];
        for (name, text) in cases {
            assert_eq!(of_name(name.as_bytes()).as_deref(), Some(text), "{name}");
        }
        assert_eq!(of_name(b"g123"), None);
        assert_eq!(of_name(b".notdef"), None);
    }

    #[test]
    fn tables_are_the_ones_of_the_format() {
        assert_eq!(STANDARD.chars().count(), 224);
        assert_eq!(SYMBOL.chars().count(), 224);
        assert_eq!(DINGBATS.chars().count(), 224);
        assert_eq!(from_table(STANDARD)[0o256], Some('\u{FB01}'));
        assert_eq!(from_table(STANDARD)[usize::from(b'\'')], Some('’'));
        assert_eq!(from_page(encoding_rs::WINDOWS_1252)[0x80], Some('€'));
        assert_eq!(from_table(SYMBOL)[usize::from(b'a')], Some('α'));
    }

    #[test]
    fn texts_of_the_document_are_decoded() {
        assert_eq!(text(b"\xFE\xFF\x00\xC9\x00t\x00\xE9"), "Été");
        assert_eq!(text(b"\xEF\xBB\xBF\xC3\xA9"), "é");
        assert_eq!(text(b"12,50 \xA0 \x80 caf\xE9"), "12,50 € • café");
    }
}
