//! One property: its name, its parameters, and its value as it was before it was folded, quoted and escaped.

use std::borrow::Cow;

use crate::blocks::line;
use crate::eml;

/// A property, in the text of its unfolded line.
#[derive(Debug)]
pub(crate) struct Property<'a> {
    /// `item1` in `item1.TEL`.
    pub(crate) group: &'a str,
    pub(crate) name: &'a str,
    /// Names and values; the older ones have only a value, and stand for a type or an encoding.
    pub(crate) parameters: Vec<(&'a str, &'a str)>,
    pub(crate) value: &'a str,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Plain,
    QuotedPrintable,
    Base64,
}

impl<'a> Property<'a> {
    /// The property of an unfolded line, if it is one.
    pub(crate) fn of(line: &'a str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let head = line.find(|c| !fits(c)).filter(|n| *n > 0)?;
        let (group, name) = line[..head].rsplit_once('.').unwrap_or(("", &line[..head]));
        if name.is_empty() {
            return None;
        }
        let mut parameters = Vec::new();
        let bytes = line.as_bytes();
        let mut at = head;
        while bytes.get(at) == Some(&b';') {
            let end = parameter_end(bytes, at + 1)?;
            let parameter = &line[at + 1..end];
            match parameter.split_once('=') {
                Some((name, value)) => parameters.push((name.trim(), value.trim())),
                None if parameter.trim().is_empty() => {}
                None => parameters.push(("", parameter.trim())),
            }
            at = end;
        }
        let blank = line[at..].len() - line[at..].trim_start().len();
        (bytes.get(at + blank) == Some(&b':')).then(|| Self {
            group,
            name,
            parameters,
            value: &line[at + blank + 1..],
        })
    }

    /// The value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim_matches('"'))
    }

    /// How its value is written.
    pub(crate) fn written(&self) -> Written {
        let encoding = self.parameter("ENCODING").or_else(|| {
            let bare = self.parameters.iter().filter(|(n, _)| n.is_empty()).map(|(_, v)| *v);
            bare.into_iter()
                .find(|v| matches!(v.to_ascii_uppercase().as_str(), "QUOTED-PRINTABLE" | "BASE64"))
        });
        match encoding.map(str::to_ascii_uppercase).as_deref() {
            Some("QUOTED-PRINTABLE" | "Q") => Written::QuotedPrintable,
            Some("BASE64" | "B") => Written::Base64,
            _ if self.value.get(..5).is_some_and(|v| v.eq_ignore_ascii_case("data:"))
                && self.value.len() > 200 =>
            {
                Written::Base64
            }
            _ => Written::Plain,
        }
    }

    /// The value without the way it is written; escapes are still in it.
    pub(crate) fn decoded(&self) -> Cow<'a, str> {
        if self.written() != Written::QuotedPrintable {
            return Cow::Borrowed(self.value);
        }
        let charset = self.parameter("CHARSET").unwrap_or("");
        Cow::Owned(eml::quoted_printable_text(self.value.as_bytes(), charset))
    }
}

/// The end of a parameter: the next `;` or `:` outside quotes. A quote that does not close was meant as it is.
fn parameter_end(bytes: &[u8], from: usize) -> Option<usize> {
    let end = |quotes: bool| {
        let mut inside = false;
        bytes[from..].iter().position(|b| {
            inside ^= quotes && *b == b'"';
            !inside && matches!(b, b';' | b':')
        })
    };
    end(true).or_else(|| end(false)).map(|n| from + n)
}

/// One unfolded line of a block.
pub(crate) struct Line<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Where it stands, without its line end.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) next: usize,
}

/// The line at `at` with the lines that it is folded into. `spaced`: the space that folds a line is a part of it, as in
/// vCard 2.1.
pub(crate) fn unfolded(text: &str, at: usize, to: usize, spaced: bool) -> Line<'_> {
    let text = &text[..to];
    let (mut end, mut next) = line(text, at, true).unwrap_or((to, to));
    let first = &text[at..end];
    let soft = first
        .split_once(':')
        .is_some_and(|(head, _)| head.len() < 200 && head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"));
    let mut whole = Cow::Borrowed(first);
    loop {
        let rest = &text.as_bytes()[next..];
        let folded = matches!(rest.first(), Some(b' ' | b'\t'));
        let broken = soft && text[at..end].ends_with('=');
        if next >= to || !(folded || broken) {
            break;
        }
        let (line_end, after) = line(text, next, true).unwrap_or((to, to));
        let more = &text[next..line_end];
        // A soft break in front of the end of a card was none.
        if broken && !folded && super::mark(more).is_some() {
            break;
        }
        let whole = whole.to_mut();
        if broken {
            whole.truncate(whole.len() - 1);
        }
        let skip = usize::from(folded && !spaced && !broken);
        join(whole, &more[skip..]);
        (end, next) = (line_end, after);
    }
    Line { text: whole, from: at, to: end, next }
}

/// Appends the next line. Lines are folded after so many bytes, and careless writers cut a letter in two: its halves
/// were decoded one by one, and are put together again.
fn join(whole: &mut String, more: &str) {
    let stray = |c: char| !c.is_ascii() && u32::from(c) < 0x2123;
    if whole.ends_with(stray) && more.starts_with(stray) {
        let kept = whole.trim_end_matches(stray).len();
        let tail: String =
            whole[kept..].chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
        let head = &more[..more.find(|c| !stray(c)).unwrap_or(more.len())];
        let lead: String = head.chars().take(3).collect();
        for n in (1..=tail.chars().count()).rev() {
            let cut = tail.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
            for m in 1..=lead.chars().count() {
                let end = lead.char_indices().nth(m).map_or(lead.len(), |(at, _)| at);
                let both = format!("{}{}", &tail[cut..], &lead[..end]);
                if let Some(one) = CUT_AS.iter().find_map(|encoding| letter(&both, encoding)) {
                    whole.truncate(whole.len() - (tail.len() - cut));
                    whole.push(one);
                    whole.push_str(&more[end..]);
                    return;
                }
            }
        }
    }
    whole.push_str(more);
}

/// The encodings that halves of letters are taken for, where no half of a letter is one by itself.
const CUT_AS: &[&encoding_rs::Encoding] = &[
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1257,
];

/// The one letter whose bytes were read as these characters.
fn letter(halves: &str, encoding: &'static encoding_rs::Encoding) -> Option<char> {
    let (bytes, _, lost) = encoding.encode(halves);
    let text = std::str::from_utf8(&bytes).ok().filter(|_| !lost)?;
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// A value without its escapes. `old`: vCard 2.1, which knows only those of `;` and `,`.
pub(crate) fn unescaped(value: &str, old: bool) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match letters.clone().next() {
            Some('n' | 'N') if !old => out.push('\n'),
            Some(c @ (',' | ';')) => out.push(c),
            Some(c @ ('\\' | ':' | '"')) if !old => out.push(c),
            _ => {
                out.push('\\');
                continue;
            }
        }
        letters.next();
    }
    Cow::Owned(out)
}

/// The parts of a value between separators that are not escaped, as ranges.
pub(crate) fn parts(value: &str, separator: u8) -> impl Iterator<Item = (usize, usize)> {
    let bytes = value.as_bytes();
    let mut at = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let from = at;
        while at < bytes.len() && bytes[at] != separator {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let to = at.min(bytes.len());
        done = to == bytes.len();
        at = to + 1;
        Some((from, to))
    })
}

/// A parameter's value without quotes and escapes (RFC 6868).
pub(crate) fn parameter_text(value: &str) -> Cow<'_, str> {
    let plain = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
    if !plain.contains('^') {
        return Cow::Borrowed(plain);
    }
    Cow::Owned(plain.replace("^n", "\n").replace("^'", "\"").replace("^^", "^"))
}

/// What a property says, from its own text, if that is written in a way that hides it; and how it was written.
/// `before` is the text in front of it, as far as that is known.
pub(crate) fn shown(text: &str, before: &str) -> Option<(String, &'static str)> {
    let folded = text.contains('\n');
    let quoted =
        text.split_once(':').is_some_and(|(h, _)| h.to_ascii_uppercase().contains("QUOTED-PRINTABLE"));
    if !(folded || quoted || text.contains(['\\', '^'])) || super::mark(text.lines().next()?).is_some() {
        return None;
    }
    let old = before.rfind("VERSION:").is_some_and(|at| before[at..].starts_with("VERSION:2.1"));
    let line = unfolded(text, 0, text.len(), old);
    if line.next < text.len() {
        return None;
    }
    let property = Property::of(&line.text)?;
    let value = property.decoded();
    let value = unescaped(&value, old);
    let head = &line.text[..line.text.len() - property.value.len()];
    let head = if head.contains('^') { parameter_text(head) } else { Cow::Borrowed(head) };
    let shown = format!("{head}{value}");
    let note = if quoted { "decoded from quoted-printable" } else { "without line folds and escapes" };
    (shown != text).then_some((shown, note))
}
