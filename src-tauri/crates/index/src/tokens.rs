//! Cuts text into folded words, in one pass, with the joined forms of numbers and ids beside their parts.

use crate::fold::{ASCII, Class, fold};
use crate::run::{Group, Run, Separator, is_hex_pair};

/// Stands between two values that were pushed one after the other: no phrase reaches across it.
pub(crate) const GAP: char = '\u{1f}';

/// Longer words are cut: the dictionary would hold each of them whole, and drops what is over 64 KiB in silence.
pub(crate) const WORD_BYTES_MAX: usize = 512;

/// Words that lose their last vowel before another word, in French and Italian; what follows is the word.
const ELIDED: [&str; 26] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all",
    "nell", "sull", "dall", "coll", "un", "quest", "quell", "sant", "bell", "degl", "gl",
];

/// A word as it is searched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Token {
    /// Its folded form.
    pub(crate) text: String,
    /// The how manieth word it is; a joined form comes twice, at the first and at the last of its parts.
    pub(crate) position: u32,
    /// The position of its last part: a joined form that comes at its first one has a greater one than its own.
    pub(crate) last: u32,
    /// Where it begins in the text, and where it ends, in bytes.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Cuts texts; kept between texts so that nothing is allocated for each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cutter {
    token: Token,
    word: String,
    run: Run,
}

/// A word as it was found: its folded form stands in `Cutter::word`.
struct Word {
    from: usize,
    to: usize,
    digits: usize,
    chars: usize,
    /// Whether a lower-case letter stands in it; IBANs and the like have none.
    lower: bool,
    alone: bool,
}

impl Word {
    fn group(&self, text: &str) -> Group {
        Group {
            from: self.from,
            to: self.to,
            digits_only: self.digits == self.chars,
            digits: self.digits > 0,
            lower: self.lower,
            plus: self.from > 0 && text.as_bytes()[self.from - 1] == b'+',
            ..Group::default()
        }
    }
}

impl Token {
    /// Whether it is a joined form that begins here and ends farther on.
    pub(crate) fn begins(&self) -> bool {
        self.last > self.position
    }
}

impl Cutter {
    /// Gives every token of `text` to `sink`, by rising positions from `position` on; a joined form comes right behind
    /// the first of its parts, and again right behind the last. Gives the position behind the last one.
    pub(crate) fn cut(&mut self, text: &str, position: u32, sink: &mut impl FnMut(&Token)) -> u32 {
        self.token.position = position;
        self.run.clear();
        let mut at = 0;
        // The separator before `at`, as long as it may continue the run.
        let mut separator = None;
        while let Some(word) = self.word(text, &mut at) {
            let group = word.group(text);
            if let Some(between) = separator.take()
                && !self.run.continues(between, &self.word, &group)
            {
                self.run.close(&mut self.token, sink);
            }
            if let Some(after) = apostrophe(text, at) {
                if let Some(end) = possessive(text, after) {
                    at = end;
                } else if ELIDED.contains(&self.word.as_str()) && starts_word(text, after) {
                    self.run.close(&mut self.token, sink);
                    at = after;
                    continue;
                }
            }
            let follows = if word.alone { None } else { self.separator(text, at, &word) };
            if follows.is_none() && self.run.is_empty() && word.digits == 0 {
                std::mem::swap(&mut self.token.text, &mut self.word);
                self.token.from = word.from;
                self.token.to = word.to;
                self.token.last = self.token.position;
                sink(&self.token);
                self.token.position += 1;
                continue;
            }
            self.run.push(&self.word, group);
            match follows {
                Some((kind, after)) if !self.run.is_full() => {
                    self.run.separate(kind);
                    separator = Some(kind);
                    at = after;
                }
                _ => self.run.close(&mut self.token, sink),
            }
        }
        self.run.close(&mut self.token, sink);
        self.token.position
    }

    /// Finds the next word at or behind `at`, leaves its folded form in `self.word`, and moves `at` behind it.
    fn word(&mut self, text: &str, at: &mut usize) -> Option<Word> {
        let bytes = text.as_bytes();
        self.word.clear();
        let mut word = Word { from: 0, to: 0, digits: 0, chars: 0, lower: false, alone: false };
        let mut started = false;
        while let Some(&byte) = bytes.get(*at) {
            if byte < 128 {
                let folded = ASCII[usize::from(byte)];
                if folded == 0 {
                    if started {
                        break;
                    }
                    if byte == 0x1f {
                        self.token.position += 1;
                    }
                    *at += 1;
                    continue;
                }
                if started {
                    if self.word.len() >= WORD_BYTES_MAX || word.digits == word.chars && is_zulu(bytes, *at) {
                        break;
                    }
                } else {
                    if is_zulu(bytes, *at) {
                        *at += 1;
                        continue;
                    }
                    started = true;
                    word.from = *at;
                }
                self.word.push(char::from(folded));
                word.digits += usize::from(folded.is_ascii_digit());
                word.lower |= byte.is_ascii_lowercase();
                word.chars += 1;
                *at += 1;
                word.to = *at;
                continue;
            }
            let Some(c) = text[*at..].chars().next() else { break };
            if started && self.word.len() >= WORD_BYTES_MAX {
                break;
            }
            let before = self.word.len();
            match fold(c, &mut self.word) {
                Class::Word => {
                    if !started {
                        started = true;
                        word.from = *at;
                    }
                    let added = &self.word.as_bytes()[before..];
                    word.digits += added.iter().filter(|b| b.is_ascii_digit()).count();
                    word.chars += self.word[before..].chars().count();
                    word.lower |= c.is_lowercase();
                }
                Class::Alone if started => {
                    self.word.truncate(before);
                    break;
                }
                Class::Alone => {
                    word.from = *at;
                    *at += c.len_utf8();
                    word.to = *at;
                    word.alone = true;
                    word.chars = 1;
                    return Some(word);
                }
                Class::Silent if !started => {
                    *at += c.len_utf8();
                    continue;
                }
                Class::Silent => {}
                Class::Break if started => break,
                Class::Break => {
                    *at += c.len_utf8();
                    continue;
                }
            }
            *at += c.len_utf8();
            word.to = *at;
        }
        // « aujourd’hui » is one word.
        if self.word == "aujourd"
            && let Some(after) = apostrophe(text, *at)
            && text.get(after..after + 3).is_some_and(|s| s.eq_ignore_ascii_case("hui"))
            && !starts_word(text, after + 3)
        {
            self.word.push_str("hui");
            *at = after + 3;
            word.to = *at;
            word.chars += 3;
        }
        started.then_some(word)
    }

    /// The single separator at `at` that may join the word before it to the one behind it, and where that begins.
    fn separator(&self, text: &str, at: usize, word: &Word) -> Option<(Separator, usize)> {
        let bytes = text.as_bytes();
        let digits_only = word.digits == word.chars;
        let (kind, after) = match *bytes.get(at)? {
            b'-' => (Separator::Hyphen, at + 1),
            b'_' | b'/' => (Separator::Slash, at + 1),
            b'.' if digits_only => (Separator::Point, at + 1),
            b',' if digits_only => (Separator::Comma, at + 1),
            b':' if word.digits > 0 || is_hex_pair(&self.word) => (Separator::Colon, at + 1),
            b' ' if word.digits > 0 || self.run.in_iban() => (Separator::Space, at + 1),
            0xc2 if bytes.get(at + 1) == Some(&0xa0) => (Separator::Space, at + 2),
            0xe2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(&(0xaf | 0x89))) => {
                (Separator::Space, at + 3)
            }
            0xe2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(&(0x90 | 0x91))) => {
                (Separator::Hyphen, at + 3)
            }
            _ => {
                let after = apostrophe(text, at)?;
                (if digits_only { Separator::Tick } else { Separator::Apostrophe }, after)
            }
        };
        if kind == Separator::Space {
            if word.digits == 0 && !self.run.in_iban() {
                return None;
            }
            // « +33 (0)1 99 00 12 34 »: the nought in brackets is not dialled.
            if self.word == "33"
                && word.from > 0
                && bytes[word.from - 1] == b'+'
                && bytes[after..].starts_with(b"(0)")
            {
                let behind = after + 3 + usize::from(bytes.get(after + 3) == Some(&b' '));
                return bytes.get(behind).is_some_and(u8::is_ascii_digit).then_some((kind, behind));
            }
        }
        match bytes.get(after)? {
            b if b.is_ascii_alphanumeric() => Some((kind, after)),
            b if b.is_ascii() => None,
            // Letters with accents may follow where letters join; numbers go on with plain digits only.
            _ if matches!(kind, Separator::Hyphen | Separator::Slash | Separator::Apostrophe) => {
                starts_word(text, after).then_some((kind, after))
            }
            _ => None,
        }
    }
}

/// The end of the apostrophe at `at`, if there is one.
fn apostrophe(text: &str, at: usize) -> Option<usize> {
    let c = text[at..].chars().next()?;
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '´' | '`').then(|| at + c.len_utf8())
}

/// Whether a letter or digit stands at `at`.
fn starts_word(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// The end of an English possessive whose `s` stands at `at`.
fn possessive(text: &str, at: usize) -> Option<usize> {
    let s = *text.as_bytes().get(at)?;
    (s.eq_ignore_ascii_case(&b's') && !starts_word(text, at + 1)).then_some(at + 1)
}

/// Whether the letter at `at` is the `T` or `Z` of a time stamp, which is no word.
fn is_zulu(bytes: &[u8], at: usize) -> bool {
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    match bytes[at] {
        b'T' => {
            at >= 3
                && digit(at - 1)
                && digit(at - 2)
                && bytes[at - 3] == b'-'
                && digit(at + 1)
                && digit(at + 2)
        }
        b'Z' => {
            let before = bytes[..at].iter().rev().take(14);
            let time = before.take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
            time.filter(|b| **b == b':').count() >= 1
                && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        }
        _ => false,
    }
}
