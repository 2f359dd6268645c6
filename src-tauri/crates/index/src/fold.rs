//! Folds characters: lower case, no accents, ligatures and wide forms written out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a word; its folded form was appended.
    Word,
    /// A word of its own: scripts that put no space between words, and pictures. The folded form was appended.
    Alone,
    /// Part of nothing, and no end of a word: accents written apart, soft hyphens, joiners of no width.
    Silent,
    /// The end of a word.
    Break,
}

/// Folded letters and digits of ASCII; zero for everything that ends a word.
pub(crate) static ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut c = 0u8;
    while c < 128 {
        if c.is_ascii_alphanumeric() {
            table[c as usize] = c.to_ascii_lowercase();
        }
        c += 1;
    }
    table
};

/// Appends the folded form of `c` to `out` if it has one.
pub(crate) fn fold(c: char, out: &mut String) -> Class {
    if c.is_ascii() {
        let folded = ASCII[c as usize];
        if folded == 0 {
            return Class::Break;
        }
        out.push(char::from(folded));
        return Class::Word;
    }
    if let Some(folded) = latin(c) {
        out.push_str(folded);
        return Class::Word;
    }
    if is_silent(c) {
        return Class::Silent;
    }
    let alone = is_alone(c);
    if !alone && !c.is_alphanumeric() {
        return Class::Break;
    }
    let before = out.len();
    for part in std::iter::once(c).nfkd() {
        match latin(part) {
            Some(folded) => out.push_str(folded),
            None if part.is_alphanumeric() => {
                out.extend(part.to_lowercase().filter(|c| !is_combining_mark(*c)));
            }
            None => {}
        }
    }
    if out.len() == before {
        // A letter or picture that folds to nothing is still what people search for.
        out.push(c);
    }
    if alone { Class::Alone } else { Class::Word }
}

/// The whole of `text` folded as the tokenizer folds, breaks kept as they are: for names, not for words.
pub(crate) fn fold_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if fold(c, &mut out) == Class::Break {
            out.push(c);
        }
    }
    out
}

/// Latin letters of the languages that exports are written in, without the way through the Unicode tables.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' | 'ª' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => "c",
        'ď' | 'Ď' | 'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ę' | 'Ę' | 'ě' | 'Ě' => "e",
        'ğ' | 'Ğ' => "g",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'ı' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' | 'º' => "o",
        'œ' | 'Œ' => "oe",
        'ř' | 'Ř' => "r",
        'ś' | 'Ś' | 'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' => "s",
        'ß' | 'ẞ' => "ss",
        'ť' | 'Ť' | 'ț' | 'Ț' => "t",
        'þ' | 'Þ' => "th",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' | 'ű' | 'Ű' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ž' | 'Ž' => "z",
        _ => return None,
    })
}

fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || is_combining_mark(c)
}

/// Chinese, Japanese and Korean characters, the scripts of South-East Asia, and emoji: each is a word, so that any
/// part of a sentence is found as a phrase.
fn is_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2600}'..='\u{27bf}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
        // What the ranges hold besides letters and pictures, such as Thai vowel signs, is left to the other rules.
        && !is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded() {
        let check = |text: &str, expect: &str| assert_eq!(fold_all(text), expect, "{text}");
        check("Éléonore ŒUVRE Straße", "eleonore oeuvre strasse");
        check("cafe\u{301}", "cafe");
        check("ﬁn ２０２４ m²", "fin 2024 m2");
        check("İstanbul ŁÓDŹ Þór", "istanbul lodz thor");
        check("ΑΘΉΝΑ Москва", "αθηνα москва");
        check("ré\u{ad}si\u{200b}lier", "resilier");
        check("à l’heure!", "a l’heure!");
    }
}
