//! Text from people and from archives, made fit for a letter: no control characters, no hidden directions, one address.

/// One line: control characters and invisible direction marks go, spaces, tabs and breaks become one space. Fixed spaces
/// stay.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| matches!(c, ' ' | '\u{2028}' | '\u{2029}') || c.is_control()) {
        let word: String = word.chars().filter(|c| visible(*c)).collect();
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word);
        }
    }
    out
}

/// Several lines: as `line`, but line breaks stay; blank lines at both ends go.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = text.split('\n').map(line).collect();
    let first = lines.iter().position(|l| !l.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|l| !l.is_empty()).map_or(first, |i| i + 1);
    lines.into_iter().take(last).skip(first).collect()
}

/// A paragraph of several lines, joined by line breaks.
pub(crate) fn paragraph(text: &str) -> String {
    lines(text).join("\n")
}

/// At most `max` characters, with an ellipsis where something was cut.
pub(crate) fn short(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// The address, if it is exactly one plain e-mail address that can stand in a header without quoting.
pub(crate) fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (local, domain) = text.split_once('@')?;
    let local_fits = |c: char| c.is_ascii_alphanumeric() || "!#$*+-/=^_`{|}~.'".contains(c);
    let domain_fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fits = text.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && local.chars().all(local_fits)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(domain_fits)
        });
    fits.then_some(text)
}

/// Everything but controls, direction overrides, and characters that show nothing. Joiners between letters stay: scripts
/// and emoji need them.
fn visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("  a\r\nBcc: x\tb\u{0}c\u{202e}d  "), "a Bcc: x b cd");
        assert_eq!(line("8\u{a0}quai Valin"), "8\u{a0}quai Valin");
        assert_eq!(line("a\u{2028}b\u{2029}c\u{61c}d"), "a b cd");
    }

    #[test]
    fn lines_lose_their_empty_ends() {
        assert_eq!(lines("\n\n a \r\n\n b\r"), ["a", "", "b"]);
        assert!(lines(" \n\t").is_empty());
    }

    #[test]
    fn only_one_plain_address_passes() {
        for good in ["dpo@sellsy.com", " camille.aubepin+rgpd@atelier-aubepin.example "] {
            assert!(address(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "dpo",
            "@example.org",
            "a@b",
            "a b@example.org",
            "a@example.org, b@example.org",
            "a@exa\r\nmple.org",
            "a@example.org?bcc=x",
            "<a@example.org>",
            "a@-example.org",
            "é@example.org",
            "a@@example.org",
            ".a@example.org",
            "a;b@example.org",
            "a%b@example.org",
        ] {
            assert!(address(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(short("éèê", 2), "éè…");
        assert_eq!(short("éèê", 3), "éèê");
    }
}
