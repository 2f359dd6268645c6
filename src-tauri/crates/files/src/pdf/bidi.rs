//! Text that is written from right to left, in the order in which it is read.
//!
//! A page says where letters stand and not in which order they are read, so a line comes from left to right as it is
//! seen. Here the parts of it that are read the other way are turned around again: what the algorithm of Unicode for
//! text in two directions (UAX 9) does to show a line, undone as far as a line alone tells.

use unicode_normalization::UnicodeNormalization;

/// Whether a letter is written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && !is_digit(c)
        && !matches!(c, '\u{60C}' | '\u{66A}'..='\u{66C}')
}

/// Marks that stand over or under such a letter.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{591}'
            ..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{FB1E}'
    ) || matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}')
}

/// What is drawn for several letters, or for a letter in one of its forms, as it stands in a line from left to right.
pub(super) fn as_seen(text: &str) -> Option<String> {
    let formed = |c: char| matches!(c, '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}');
    let several = text.chars().nth(1).is_some();
    if !text.chars().any(is_right_to_left) || !(several || text.chars().any(formed)) {
        return None;
    }
    let letters: Vec<char> = text
        .chars()
        .flat_map(|c| if formed(c) { c.nfkc().collect::<Vec<char>>() } else { vec![c] })
        .collect();
    Some(letters.into_iter().rev().collect())
}

/// A line as it is read. `turned` says whether the lines of the page are read from right to left.
pub(super) fn as_read(line: &str, turned: bool) -> String {
    let letters: Vec<char> = line.chars().collect();
    let strong = |c: &&char| is_left_to_right(**c) || is_right_to_left(**c);
    let ends = [letters.iter().find(strong), letters.iter().rfind(strong)];
    // What begins and ends in letters of one direction is written in it.
    let turned = match ends.map(|c| c.is_some_and(|c| is_right_to_left(*c))) {
        [true, true] => true,
        [false, false] => false,
        _ => turned,
    };
    let mut out = if turned || !letters.iter().any(|c| is_left_to_right(*c)) {
        turn(&letters)
    } else {
        // Only what stands between letters that are read the other way is turned around.
        let mut out = Vec::with_capacity(letters.len());
        let mut at = 0;
        while at < letters.len() {
            if !is_right_to_left(letters[at]) {
                out.push(letters[at]);
                at += 1;
                continue;
            }
            let stop =
                letters[at..].iter().position(|c| is_left_to_right(*c)).map_or(letters.len(), |n| at + n);
            let last = letters[at..stop].iter().rposition(|c| is_right_to_left(*c)).map_or(at, |n| at + n);
            out.extend(turn(&letters[at..=last]));
            at = last + 1;
        }
        out
    };
    bracket(&mut out);
    out.into_iter().collect()
}

/// Whether most letters of a text are read from right to left.
pub(super) fn is_turned<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut right, mut left) = (0_usize, 0_usize);
    for c in lines.flat_map(str::chars) {
        right += usize::from(is_right_to_left(c));
        left += usize::from(is_left_to_right(c));
    }
    right > left
}

fn is_left_to_right(c: char) -> bool {
    c.is_alphabetic() && !is_right_to_left(c) && !is_mark(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

/// Turns letters around, but for words of the other direction and numbers, which are read as they are seen.
fn turn(letters: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len());
    let mut end = letters.len();
    while end > 0 {
        let start = kept(letters, end);
        out.extend(&letters[start..end]);
        end = start;
    }
    out
}

/// Where the part begins that ends at `end` and stays as it is: one letter, a number, words of the other direction.
fn kept(letters: &[char], end: usize) -> usize {
    let strong = |c: char| is_left_to_right(c) || is_digit(c);
    if !strong(letters[end - 1]) {
        return end - 1;
    }
    let mut start = end - 1;
    let mut words = is_left_to_right(letters[start]);
    let mut at = start;
    while at > 0 {
        let c = letters[at - 1];
        at -= 1;
        if strong(c) {
            words |= is_left_to_right(c);
            start = at;
        } else if is_right_to_left(c) || is_mark(c) {
            break;
        } else if !words
            && !letters[..at].last().is_some_and(|before| is_digit(*before) || is_left_to_right(*before))
        {
            // Between numbers alone, one sign; between words, spaces and signs.
            break;
        } else if !words
            && c.is_whitespace()
            && !letters[..at].iter().rev().take_while(|c| !c.is_whitespace()).any(|c| is_left_to_right(*c))
        {
            break;
        }
    }
    start
}

/// Some programs write the brackets that are seen, some those that are meant: they open before they close.
fn bracket(letters: &mut [char]) {
    let first = letters.iter().find(|c| matches!(c, '(' | ')'));
    let (open, closed) = letters.iter().fold((0, 0), |(open, closed), c| match c {
        '(' => (open + 1, closed),
        ')' => (open, closed + 1),
        _ => (open, closed),
    });
    if first == Some(&')') && open == closed {
        for c in letters.iter_mut() {
            match *c {
                '(' => *c = ')',
                ')' => *c = '(',
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seen: &str, turned: bool, wanted: &str) {
        assert_eq!(as_read(seen, turned), wanted, "{seen}");
    }

    #[test]
    fn lines_are_read_as_they_were_written() {
        check("םלוע םולש", true, "שלום עולם");
        check(
            ".1,250.50 ךס לע 05/03/2024 םוימ 2024-118 רפסמ",
            true,
            "מספר 2024-118 מיום 05/03/2024 על סך 1,250.50.",
        );
        check(
            ".רתאב )מ\"עמ ללוכ( שכרנ Skylark Premium רצומה",
            true,
            "המוצר Skylark Premium נרכש (כולל מע\"מ) באתר.",
        );
        check("Customer name: ןהכ דוד, Haifa", false, "Customer name: דוד כהן, Haifa");
        check("Plain English (with brackets) 12.50 EUR.", false, "Plain English (with brackets) 12.50 EUR.");
        check("Customer name: ןהכ דוד, Haifa", true, "Customer name: דוד כהן, Haifa");
        check("Plain )in brackets( text", true, "Plain (in brackets) text");
        check("לאיר ١٢٣٤٫٥٠ םוכס", true, "סכום ١٢٣٤٫٥٠ ריאל");
    }

    #[test]
    fn joined_letters_are_several() {
        assert_eq!(as_seen("\u{FEFB}").as_deref(), Some("\u{627}\u{644}"));
        assert_eq!(as_seen("\u{FE91}").as_deref(), Some("\u{628}"));
        assert_eq!(as_seen("a"), None);
    }
}
