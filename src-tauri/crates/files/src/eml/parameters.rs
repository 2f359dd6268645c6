//! The parameters of a header: `text/plain; charset=utf-8`, and names of files in all the ways they are written.

/// A parameter of a header: `charset=utf-8`, `filename="a b.pdf"`, `filename*=utf-8''a%20b.pdf`, and long ones in
/// pieces, `filename*0="a b"; filename*1=".pdf"` (RFC 2231). What says its character set is believed first.
pub(crate) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut plain = None;
    let mut pieces: Vec<(u32, bool, &str)> = Vec::new();
    for (key, text) in parameters(value) {
        let fits = key.get(..name.len()).is_some_and(|k| k.eq_ignore_ascii_case(name));
        let Some(rest) = key.get(name.len()..).filter(|_| fits) else { continue };
        match rest {
            "" => plain = plain.or(Some(text)),
            "*" => return Some(extended(text)),
            _ => {
                let Some(rest) = rest.strip_prefix('*') else { continue };
                let (number, encoded) = rest.strip_suffix('*').map_or((rest, false), |n| (n, true));
                if let Ok(number) = number.parse::<u32>() {
                    pieces.push((number, encoded, text));
                }
            }
        }
    }
    if let Some(text) = plain {
        let word = text.contains("=?");
        return Some(if word { super::header_text(text.as_bytes()) } else { unfold(text) });
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.sort_by_key(|(number, _, _)| *number);
    let mut bytes = Vec::new();
    let mut charset = "";
    for (number, encoded, text) in pieces {
        if !encoded {
            bytes.extend_from_slice(text.as_bytes());
            continue;
        }
        let mut text = text;
        if number == 0 {
            (charset, text) = split(text);
        }
        bytes.extend(percent(text));
    }
    Some(super::charset_text(&bytes, charset))
}

/// Names and values, without quotes.
fn parameters(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = value.as_bytes();
    let mut at = memchr::memchr(b';', bytes).map_or(bytes.len(), |n| n + 1);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let stop = |b: &u8| matches!(b, b'=' | b';');
            let key_end = bytes[at..].iter().position(stop).map_or(bytes.len(), |n| at + n);
            let key = value[at..key_end].trim();
            if bytes.get(key_end) != Some(&b'=') {
                at = key_end + 1;
                continue;
            }
            let rest = &value[key_end + 1..];
            let start = value.len() - rest.trim_start().len();
            if bytes.get(start) == Some(&b'"') {
                let end = memchr::memchr(b'"', &bytes[start + 1..]).map_or(bytes.len(), |n| start + 1 + n);
                at = memchr::memchr(b';', &bytes[end..]).map_or(bytes.len(), |n| end + n + 1);
                return Some((key, &value[start + 1..end]));
            }
            let end = memchr::memchr(b';', &bytes[start..]).map_or(bytes.len(), |n| start + n);
            at = end + 1;
            return Some((key, value[start..end].trim()));
        }
        None
    })
}

/// `utf-8''a%20b`.
fn extended(text: &str) -> String {
    let (charset, text) = split(text);
    super::charset_text(&percent(text), charset)
}

/// The character set of an extended value, and its text.
fn split(text: &str) -> (&str, &str) {
    match text.split_once('\'') {
        Some((charset, rest)) => (charset, rest.split_once('\'').map_or(rest, |(_, r)| r)),
        None => ("", text),
    }
}

fn percent(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let byte =
            pair.and_then(|p| std::str::from_utf8(p).ok()).and_then(|p| u8::from_str_radix(p, 16).ok());
        match byte {
            Some(b) => {
                out.push(b);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

/// A folded value on one line.
pub(crate) fn unfold(value: &str) -> String {
    if !value.contains('\n') {
        return value.trim().to_owned();
    }
    value.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
}
