//! Text made comparable: case, accents, spaces and separators put aside as far as each comparison allows.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents, spaces collapsed.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            '’' | 'ʼ' => out.push('\''),
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of a text, lower case without accents; what is no letter and no digit parts them.
pub(crate) fn words(text: &str) -> Vec<String> {
    plain(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The words of a field's name, `optOut` and `opt_out` alike.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    words(&spaced)
}

/// A number of a document or a customer with case and separators put aside: `n° FAC-2023/0117` gives `FAC20230117`.
pub(crate) fn number(text: &str) -> String {
    // `plain` would make an `o` of the ordinal mark in `nº`.
    let text = plain(&text.replace('º', "°"));
    let text = ["n°", "no.", "no ", "nr.", "nr ", "#"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(&text);
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The digits of a telephone number that do not depend on how country and trunk prefix are written.
pub(crate) fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // The last nine digits are the national number in most of Europe; what stands before is `+33`, `0033` or `0`.
    digits[digits.len().saturating_sub(9)..].to_owned()
}

/// Whether any of the words begins with one of the stems.
pub(crate) fn has_stem(words: &[String], stems: &[&str]) -> bool {
    words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)))
}

/// Whether any of the words is one of those given.
pub(crate) fn has_word(words: &[String], wanted: &[&str]) -> bool {
    words.iter().any(|w| wanted.contains(&w.as_str()))
}

/// Whether the words hold a phrase, word for word.
pub(crate) fn has_phrase(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|run| run.iter().zip(&phrase).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_comparable() {
        assert_eq!(plain("  Aubépin\u{a0}ÉMILIE "), "aubepin emilie");
        assert_eq!(plain("L’Œuvre"), "l'oeuvre");
        assert_eq!(words("opt-out: non accepté"), ["opt", "out", "non", "accepte"]);
        assert_eq!(name_words("isOptOut/SMSNews"), ["is", "opt", "out", "smsnews"]);
    }

    #[test]
    fn numbers_lose_their_separators_only() {
        for (text, wanted) in [
            ("n° FAC-2023/0117", "FAC20230117"),
            ("fac 2023 0117", "FAC20230117"),
            ("#40233", "40233"),
            ("Nº40233", "40233"),
            ("No. 17", "17"),
            ("NOVA-1", "NOVA1"),
            ("---", ""),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
        assert_eq!(phone("+33 1 99 00 12 34"), phone("01.99.00.12.34"));
    }
}
