//! How a name is shown: nothing in it may hide, turn or overwrite other text.

use std::fmt::Write;

use crate::limits;

/// A text made safe to show, and what was in it that should not have been.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    /// The first character that could not be shown as it is, if there was one.
    pub(crate) hidden: Option<char>,
    /// The first control character, if there was one.
    pub(crate) control: Option<char>,
}

/// Shows control characters, direction marks and invisible characters as `\u{202E}`; leaves all honest text alone.
pub(crate) fn escape(text: &str) -> Shown {
    let mut shown = Shown { text: String::with_capacity(text.len()), hidden: None, control: None };
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut in_flag = false;
    while let Some(c) = chars.next() {
        // Flags of regions are a black flag followed by invisible letters: 🏴󠁧󠁢󠁳󠁣󠁴󠁿.
        in_flag = c == '\u{1F3F4}' || (in_flag && ('\u{E0020}'..='\u{E007F}').contains(&c));
        let seen = match c {
            c if c.is_control() => {
                shown.control = shown.control.or(Some(c));
                false
            }
            '\u{200C}' | '\u{200D}' => {
                let joins = joinable(before) && joinable(chars.peek().copied());
                if !joins {
                    shown.hidden = shown.hidden.or(Some(c));
                }
                joins
            }
            '\u{E0000}'..='\u{E007F}' if in_flag => true,
            c if is_hidden(c) => {
                shown.hidden = shown.hidden.or(Some(c));
                false
            }
            _ => true,
        };
        if seen {
            shown.text.push(c);
        } else {
            write!(shown.text, "\\u{{{:04X}}}", u32::from(c))
                .expect("a text takes all that is written to it");
        }
        before = Some(c);
    }
    shown
}

/// A name for a sentence: escaped, in quotation marks, the middle of a very long one left out.
pub(crate) fn quoted(name: &str) -> String {
    // Shortened before as well: most of a name of 64 KiB need not be escaped for each of many messages.
    let most = limits::NAME_CHARS_IN_MESSAGE;
    format!("“{}”", shortened(&escape(&shortened(name, most)).text, most))
}

/// A quoted name without its quotation marks, for the values of an oddity.
pub(crate) fn bare(quoted: &str) -> &str {
    quoted.strip_prefix('“').and_then(|name| name.strip_suffix('”')).unwrap_or(quoted)
}

/// A count with its noun: `1 entry`, `3 entries`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A name of at most `most` characters, more or less: the middle of a longer one is left out.
pub(crate) fn shortened(name: &str, most: usize) -> String {
    if name.len() <= most || name.chars().count() <= most {
        return name.to_owned();
    }
    let head: String = name.chars().take(most / 2).collect();
    let mut tail: Vec<char> = name.chars().rev().take(most / 2).collect();
    tail.reverse();
    format!("{head}…{}", tail.into_iter().collect::<String>())
}

/// Letters and emoji may be joined: Arabic, Persian and Indic words and many emoji need it.
fn joinable(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        (c.is_alphanumeric() && !c.is_ascii())
            || matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
            // Vowel signs and viramas of the Indic scripts, and marks of the Semitic ones, are not letters.
            || matches!(c, '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{06ED}' | '\u{0900}'..='\u{0DFF}')
    })
}

/// Characters that change how others are read, or cannot be seen at all.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A word that mixes letters of Latin with those of Cyrillic or Greek, as a copied brand name does.
pub(crate) fn mixed_word(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphabetic()).find(|word| {
        let mut scripts = [false; 3];
        for c in word.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => scripts[0] = true,
                // Only letters that pass for Latin ones: `Δt` and `μTorrent` are honest.
                'Α' | 'Β' | 'Ε' | 'Ζ' | 'Η' | 'Ι' | 'Κ' | 'Μ' | 'Ν' | 'Ο' | 'Ρ' | 'Τ' | 'Υ' | 'Χ' | 'ο'
                | 'ν' | 'ρ' | 'ι' => {
                    scripts[1] = true;
                }
                '\u{400}'..='\u{52F}' => scripts[2] = true,
                _ => {}
            }
        }
        scripts.iter().filter(|&&there| there).count() > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_honest_text_as_it_is() {
        for text in [
            "données/été 2024.json",
            "الرسائل/رسالة.txt",
            "写真/個人情報.txt",
            "emoji 🎉.txt",
            "👩‍👩‍👧.png",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿.txt",
            "می‌خواهم.txt",
            "क्‍ष.txt",
            "❤️.txt",
        ] {
            assert_eq!(escape(text), Shown { text: text.to_owned(), hidden: None, control: None });
            assert_eq!(mixed_word(text), None);
        }
    }

    #[test]
    fn odd_characters_become_visible() {
        for (text, expect) in [
            ("a\u{202E}b", "a\\u{202E}b"),
            ("re\u{200B}port", "re\\u{200B}port"),
            ("re\u{200D}port", "re\\u{200D}port"),
            ("\u{1b}[31m", "\\u{001B}[31m"),
            ("a\0b\u{9b}", "a\\u{0000}b\\u{009B}"),
            ("x\u{E0041}", "x\\u{E0041}"),
        ] {
            let shown = escape(text);
            assert_eq!(shown.text, expect);
            assert!(shown.hidden.is_some() || shown.control.is_some(), "{text:?}");
        }
    }

    #[test]
    fn odd_mixed_words_are_found() {
        assert_eq!(mixed_word("x/p\u{430}ypal.json"), Some("p\u{430}ypal"));
        assert_eq!(mixed_word("Отчёт report.txt"), None);
        assert_eq!(mixed_word("μTorrent Δt"), None);
        assert_eq!(mixed_word("g\u{3BF}\u{3BF}gle"), Some("g\u{3BF}\u{3BF}gle"));
    }

    #[test]
    fn a_name_keeps_quotation_marks_of_its_own() {
        for name in ["a.txt", "“Mes factures”", "“", "a ”"] {
            assert_eq!(bare(&quoted(name)), name);
        }
    }

    #[test]
    fn a_long_name_is_cut_in_the_middle() {
        let long = format!("{}.txt", "n".repeat(65_000));
        let quoted = quoted(&long);
        assert!(quoted.chars().count() < 130 && quoted.ends_with(".txt”"), "{quoted}");
    }
}
