//! The encoding that a font in the Compact Font Format holds itself: which glyph each code draws, and what it is called
//! (Adobe Technical Note 5176). Needed where a document says nothing of the codes of such a font.

use std::ops::Range;

use super::encodings;

/// The names that every font may use by their numbers (Appendix A).
const NAMES: &str = include_str!("cff-names.txt");

/// How many those are.
const NAMES_COUNT: usize = 391;

/// Glyphs whose names are looked at; codes have one byte.
const GLYPHS: usize = 1024;

/// What the codes of a font stand for by its own encoding; none if it has none that can be read.
pub(super) fn built_in(program: &[u8]) -> Option<[Option<String>; 256]> {
    let bytes = table(program).unwrap_or(program);
    let head = usize::from(*bytes.get(2)?);
    let (_, at) = index(bytes, head)?;
    let (tops, at) = index(bytes, at)?;
    let (strings, _) = index(bytes, at)?;
    let top = Top::read(bytes.get(tops.first()?.clone())?)?;
    let (glyphs, _) = index(bytes, top.glyphs)?;
    let count = glyphs.len().min(GLYPHS);
    let names = charset(bytes, top.charset, count)?;
    let standard: Vec<&str> = NAMES.split_ascii_whitespace().collect();
    let text = |name: u16| {
        let n = usize::from(name);
        match n.checked_sub(NAMES_COUNT) {
            None => encodings::of_name(standard.get(n)?.as_bytes()),
            Some(own) => encodings::of_name(bytes.get(strings.get(own)?.clone())?),
        }
    };
    let mut all = [const { None }; 256];
    match top.encoding {
        0 => {
            // That of Adobe, for the glyphs that are there.
            for (slot, c) in all.iter_mut().zip(encodings::from_table(encodings::STANDARD)) {
                *slot = c.map(String::from);
            }
        }
        // Small capitals and fractions have no codes that say what they are.
        1 => return None,
        at => {
            for (code, name) in codes(bytes, at, &names)? {
                all[usize::from(code)] = text(name);
            }
        }
    }
    Some(all)
}

/// The table that holds the font in a file of OpenType.
fn table(bytes: &[u8]) -> Option<&[u8]> {
    if !bytes.starts_with(b"OTTO") {
        return None;
    }
    let count = number(bytes, 4, 2)?;
    let entries = bytes.get(12..)?.chunks_exact(16).take(count);
    let entry = entries.into_iter().find(|e| e.starts_with(b"CFF "))?;
    bytes.get(number(entry, 8, 4)?..)
}

/// A number of so many bytes, the highest first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    bytes.iter().try_fold(0_usize, |n, b| n.checked_mul(256)?.checked_add(usize::from(*b)))
}

/// Where the items of an index are, and where it ends.
fn index(bytes: &[u8], at: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let count = number(bytes, at, 2)?;
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = number(bytes, at + 2, 1).filter(|s| (1..=4).contains(s))?;
    let offsets = at + 3;
    // Offsets are counted from the byte before the first item.
    let base = offsets + (count + 1) * size - 1;
    // More than there are bytes cannot be there.
    let ends: Vec<usize> = (0..=count).map_while(|n| number(bytes, offsets + n * size, size)).collect();
    if ends.len() <= count {
        return None;
    }
    let item = |pair: &[usize]| base.saturating_add(pair[0])..base.saturating_add(pair[1]);
    Some((ends.windows(2).map(item).collect(), base.checked_add(ends[count])?))
}

/// Where the parts of the font are.
#[derive(Debug, Default)]
struct Top {
    charset: usize,
    encoding: usize,
    glyphs: usize,
}

impl Top {
    /// Reads the dictionary of the font: numbers, then what they are for. None for fonts whose glyphs have no names.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut top = Self::default();
        let mut last = 0_usize;
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            at += 1;
            match first {
                12 => {
                    // A font of numbered glyphs (ROS).
                    if bytes.get(at) == Some(&30) {
                        return None;
                    }
                    at += 1;
                }
                15 => top.charset = last,
                16 => top.encoding = last,
                17 => top.glyphs = last,
                28 => {
                    last = number(bytes, at, 2)?;
                    at += 2;
                }
                29 => {
                    last = number(bytes, at, 4)?;
                    at += 4;
                }
                30 => {
                    // A number with a point ends in a half byte of ones.
                    let rest = bytes.get(at..)?;
                    at += rest.iter().position(|b| b & 15 == 15 || b >> 4 == 15)? + 1;
                }
                32..=246 => last = usize::from(*first).saturating_sub(139),
                247..=250 => {
                    last = (usize::from(*first) - 247) * 256 + number(bytes, at, 1)? + 108;
                    at += 1;
                }
                // Numbers below zero are no places.
                251..=254 => at += 1,
                _ => {}
            }
        }
        (top.glyphs > 0).then_some(top)
    }
}

/// The numbers of the names of the glyphs, the first of which stands for what is missing.
fn charset(bytes: &[u8], at: usize, count: usize) -> Option<Vec<u16>> {
    let mut names = vec![0_u16];
    if at <= 2 {
        // The usual letters in their order; the two others hold none that text needs.
        return (at == 0).then(|| (0..=228).take(count).collect());
    }
    let short = |at: usize| number(bytes, at, 2).and_then(|n| u16::try_from(n).ok());
    let format = number(bytes, at, 1)?;
    let mut at = at + 1;
    while names.len() < count {
        let first = short(at)?;
        at += 2;
        let more = match format {
            0 => 0,
            1 => number(bytes, at, 1)?,
            2 => number(bytes, at, 2)?,
            _ => return None,
        };
        at += format;
        names.extend((first..=u16::MAX).take((more + 1).min(count - names.len())));
    }
    Some(names)
}

/// Codes with the numbers of the names of what they draw.
fn codes(bytes: &[u8], at: usize, names: &[u16]) -> Option<Vec<(u8, u16)>> {
    let mut out = Vec::new();
    let format = number(bytes, at, 1)?;
    let count = number(bytes, at + 1, 1)?;
    let mut at = at + 2;
    // What is missing has no code.
    let mut glyphs = names.iter().skip(1);
    for _ in 0..count {
        let first = *bytes.get(at)?;
        at += 1;
        let mut left = 0;
        if format & 127 == 1 {
            left = number(bytes, at, 1)?;
            at += 1;
        }
        for code in (first..=u8::MAX).take(left + 1) {
            if let Some(name) = glyphs.next() {
                out.push((code, *name));
            }
        }
    }
    if format & 128 != 0 {
        let more = number(bytes, at, 1)?;
        for n in 0..more {
            let at = at + 1 + n * 3;
            let name = number(bytes, at + 1, 2)?;
            out.push((*bytes.get(at)?, u16::try_from(name).ok()?));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font of four glyphs: nothing, `A`, `eacute`, and one with a name of its own, under codes that it chose.
    fn font(encoding: &[u8], charset: &[u8]) -> Vec<u8> {
        let index = |items: &[&[u8]]| {
            let mut out = u16::try_from(items.len()).expect("few").to_be_bytes().to_vec();
            if !items.is_empty() {
                out.push(1);
                let mut at = 1_u8;
                out.push(at);
                for item in items {
                    at += u8::try_from(item.len()).expect("short");
                    out.push(at);
                }
            }
            out.extend(items.concat());
            out
        };
        let top = |charset: usize, encoding: usize, glyphs: usize| {
            let mut out = Vec::new();
            for (at, operator) in [(charset, 15_u8), (encoding, 16), (glyphs, 17)] {
                out.push(28);
                out.extend(u16::try_from(at).expect("near").to_be_bytes());
                out.push(operator);
            }
            out
        };
        let whole = |top: &[u8]| {
            let mut out = vec![1, 0, 4, 1];
            out.extend(index(&[b"Invented"]));
            out.extend(index(&[top]));
            out.extend(index(&[b"uni20AC"]));
            out.extend(index(&[]));
            out
        };
        let start = whole(&top(0, 0, 0)).len();
        let (second, third) = (start + charset.len(), start + charset.len() + encoding.len());
        let mut out = whole(&top(start, second, third));
        out.extend_from_slice(charset);
        out.extend_from_slice(encoding);
        out.extend(index(&[b"\x0e", b"\x0e", b"\x0e", b"\x0e"]));
        out
    }

    #[track_caller]
    fn check(encoding: &[u8], wanted: &[(u8, &str)]) {
        // 34 is `A`, 207 `eacute`, 391 the first name of the font's own.
        let program = font(encoding, &[0, 0, 34, 0, 207, 1, 135]);
        let all = built_in(&program).expect("a font");
        let told: Vec<(u8, &str)> =
            (0..=u8::MAX).zip(&all).filter_map(|(code, text)| Some((code, text.as_deref()?))).collect();
        assert_eq!(told, wanted);
        for cut in 0..program.len() {
            let _ = built_in(&program[..cut]);
        }
    }

    #[test]
    fn codes_are_told_by_the_names_of_what_they_draw() {
        check(&[0, 3, 1, 2, 3], &[(1, "A"), (2, "é"), (3, "€")]);
        check(&[1, 1, 65, 2], &[(65, "A"), (66, "é"), (67, "€")]);
        check(&[128, 1, 7, 1, 9, 0, 207], &[(7, "A"), (9, "é")]);
    }
}
