//! The parts of a mail with the places of their bytes, found in one pass without recursion.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::parameters::parameter;
use crate::limits;

/// One part of a mail, or the mail itself.
#[derive(Debug)]
pub(crate) struct Part {
    /// `1.2`; empty for the mail itself as a container.
    pub(crate) number: String,
    pub(crate) from: usize,
    pub(crate) headers: Vec<Header>,
    /// Behind the last header.
    pub(crate) headers_end: usize,
    pub(crate) body: usize,
    pub(crate) to: usize,
    /// Whether its headers are those of a mail.
    pub(crate) message: bool,
    /// The number of the mail that it is, if that is one inside another.
    pub(crate) inner: Option<String>,
    /// Whether other parts are inside.
    pub(crate) container: bool,
    /// `text/plain`; empty if it does not say.
    pub(crate) kind: String,
    pub(crate) charset: String,
    pub(crate) name: String,
    boundary: Vec<u8>,
    attached: bool,
    pub(crate) transfer: Transfer,
}

#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) name: Range<usize>,
    /// The end of its value, without the line end.
    pub(crate) to: usize,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    Plain,
    Base64,
    QuotedPrintable,
}

impl Part {
    pub(crate) fn new(
        bytes: &[u8],
        from: usize,
        headers: Vec<Header>,
        body: usize,
        to: usize,
        number: String,
        message: bool,
    ) -> Self {
        let value = |name: &str| {
            let found = headers.iter().find(|h| bytes[h.name.clone()].eq_ignore_ascii_case(name.as_bytes()));
            found.map(|h| super::charset_text(&bytes[h.name.end + 1..h.to], "")).unwrap_or_default()
        };
        let kind = value("content-type");
        let disposition = value("content-disposition");
        let transfer = value("content-transfer-encoding").trim().to_ascii_lowercase();
        let name =
            parameter(&disposition, "filename").or_else(|| parameter(&kind, "name")).unwrap_or_default();
        Self {
            number,
            from,
            headers_end: headers.last().map_or(from, |h| h.to),
            headers,
            body,
            to,
            message,
            inner: None,
            container: false,
            boundary: parameter(&kind, "boundary").unwrap_or_default().into_bytes(),
            charset: parameter(&kind, "charset").unwrap_or_default(),
            kind: kind.split(';').next().unwrap_or("").trim().to_owned(),
            attached: disposition.trim_start().to_ascii_lowercase().starts_with("attachment"),
            transfer: match transfer.as_str() {
                "base64" => Transfer::Base64,
                "quoted-printable" => Transfer::QuotedPrintable,
                _ => Transfer::Plain,
            },
            name,
        }
    }

    fn kind_is(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }

    fn kind_starts(&self, start: &str) -> bool {
        self.kind.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start))
    }

    pub(crate) fn is_html(&self) -> bool {
        self.kind_is("text/html")
            || self.kind_is("application/xhtml+xml")
            || self.kind_starts("application/") && matches!(self.extension().as_str(), "html" | "htm")
    }

    /// Whether its body is text: so says its type, or its name where the type says nothing.
    pub(crate) fn is_text(&self) -> bool {
        let lower = self.kind.to_ascii_lowercase();
        let vague = matches!(
            lower.as_str(),
            "application/octet-stream"
                | "application/x-unknown"
                | "application/unknown"
                | "application/download"
        );
        if vague || lower.starts_with("application/vnd.ms-excel") {
            return TEXT_NAMES.contains(&self.extension().as_str());
        }
        lower.is_empty()
            || !lower.contains('/')
            || lower.starts_with("text/")
            || lower.starts_with("message/")
            || lower.starts_with("multipart/")
            || TEXT_TYPES.contains(&lower.as_str())
            || lower.ends_with("+json")
            || lower.ends_with("+xml") && !lower.starts_with("image/")
    }

    /// The end of its name, in lower case.
    fn extension(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.trim().to_ascii_lowercase())
    }

    pub(crate) fn is_attachment(&self) -> bool {
        self.attached || !self.name.is_empty() || !self.is_text()
    }
}

impl Transfer {
    /// The body as it was before it was written this way, and the name of the way if it was not kept to.
    pub(crate) fn decode(self, body: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
        match self {
            Self::Plain => (Cow::Borrowed(body), None),
            Self::QuotedPrintable => {
                let (out, good) = quoted_printable(body);
                (Cow::Owned(out), (!good).then_some("quoted-printable"))
            }
            Self::Base64 => {
                let fits = |b: &u8| {
                    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=') || b.is_ascii_whitespace()
                };
                let good = body.iter().all(fits);
                let strange = || body.iter().filter(|b| !fits(b) || **b == b' ').count();
                match mail_parser::decoders::base64::base64_decode(body) {
                    Some(out) if good => (Cow::Owned(out), None),
                    // Text that was never encoded has a space or a point in every few letters.
                    _ if strange() * 8 <= body.len() => (Cow::Owned(lenient(body)), Some("base64")),
                    _ => (Cow::Borrowed(body), Some("base64")),
                }
            }
        }
    }
}

/// Decodes base64 as far as it is some: other signs are passed over, and an end in the middle ends nothing.
pub(crate) fn lenient(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xFF).unwrap_or_default());
        }
    }
    out
}

/// Decodes quoted-printable; what does not fit stays as written.
fn quoted_printable(body: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(body.len());
    let mut good = true;
    let mut at = 0;
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    while let Some(n) = memchr::memchr(b'=', &body[at..]) {
        out.extend_from_slice(&body[at..at + n]);
        at += n + 1;
        match (body.get(at).copied(), body.get(at + 1).copied()) {
            (Some(b'\n'), _) => at += 1,
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (None, _) => {}
            (Some(a), b) => match (hex(a), b.and_then(hex)) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    at += 2;
                }
                _ => {
                    // A soft line break may have spaces before its end.
                    let blank = body[at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
                    match &body[at + blank..] {
                        [b'\r', b'\n', ..] => at += blank + 2,
                        [b'\n', ..] => at += blank + 1,
                        [] => at = body.len(),
                        _ => {
                            good = false;
                            out.push(b'=');
                        }
                    }
                }
            },
        }
    }
    out.extend_from_slice(&body[at..]);
    (out, good)
}

/// The headers that start at `from`, and the place of the body. `stops` tells of a line that ends the part.
pub(crate) fn headers(bytes: &[u8], from: usize, stops: &dyn Fn(&[u8]) -> bool) -> (Vec<Header>, usize) {
    let mut all: Vec<Header> = Vec::new();
    let mut at = from;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let line = &bytes[at..end];
        let trimmed = line.strip_suffix(b"\r").unwrap_or(line);
        if trimmed.is_empty() {
            return (all, (end + 1).min(bytes.len()));
        }
        if trimmed.starts_with(b"--") && stops(trimmed) {
            return (all, at);
        }
        let to = at + trimmed.len();
        if matches!(trimmed[0], b' ' | b'\t') {
            match all.last_mut() {
                Some(header) => header.to = to,
                None => return (all, at),
            }
        } else {
            let colon = memchr::memchr(b':', trimmed)
                .filter(|n| *n > 0 && trimmed[..*n].iter().all(|b| (33..127).contains(b)));
            match colon {
                Some(n) => all.push(Header { name: at..at + n, to }),
                // A line of mbox or of a broken mail before the headers; behind them the body has begun.
                None if all.is_empty()
                    && (trimmed.starts_with(b"From ") || trimmed.starts_with(b">From ")) => {}
                None => return (all, at),
            }
        }
        at = (end + 1).min(bytes.len());
    }
    (all, bytes.len())
}

/// A multipart or a mail whose parts are being met.
struct Open {
    number: String,
    count: u32,
    boundary: Option<Vec<u8>>,
    /// The level that had the same boundary before.
    hidden: Option<usize>,
    /// Which part it is.
    part: usize,
}

/// What was met on the way through a mail.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Some parts are nested too deep to be told apart.
    pub(crate) too_deep: bool,
    /// Some parts have no last boundary.
    pub(crate) cut: bool,
}

/// All parts of a mail in their order, and what was met.
pub(crate) fn walk(bytes: &[u8]) -> (Vec<Part>, Met) {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut met = Met::default();
    let (mut at, mut number, mut message) = (before(bytes), String::new(), true);
    loop {
        let (found, body) = headers(bytes, at, &|line| boundary(&known, line).is_some());
        let mut part = Part::new(bytes, at, found, body, bytes.len(), number, message);
        part.inner = (message && !part.number.is_empty()).then(|| part.number.clone());
        let deep = open.len() >= limits::MAIL_DEPTH;
        let multipart = part.kind_starts("multipart/") && !part.boundary.is_empty();
        let nested = (part.kind_is("message/rfc822") || part.kind_is("message/global"))
            && part.transfer == Transfer::Plain;
        if multipart && !deep {
            let hidden = known.insert(part.boundary.clone(), open.len());
            let (number, boundary) = (part.number.clone(), Some(part.boundary.clone()));
            open.push(Open { number, count: 0, boundary, hidden, part: parts.len() });
            part.container = true;
        } else if nested && !deep {
            part.container = true;
            let number_here = part.number.clone();
            open.push(Open {
                number: number_here,
                count: 0,
                boundary: None,
                hidden: None,
                part: parts.len(),
            });
            number = part.number.clone();
            at = body;
            message = true;
            parts.push(part);
            continue;
        } else {
            met.too_deep |= deep && (multipart || nested);
            if part.number.is_empty() || part.message {
                // A mail that is one part: its text is part 1.
                part.number = child(&part.number, 1);
            }
        }
        let mut index = parts.len();
        parts.push(part);
        // The next line that is a boundary of anything that is open ends this part.
        let mut look = body;
        let next = loop {
            let Some((from, to, level, closes)) = next_boundary(bytes, look, &known) else { break None };
            if index < parts.len() {
                parts[index].to = before_line(bytes, from).max(parts[index].body);
                index = usize::MAX;
            }
            while open.len() > level + 1 {
                close(&mut open, &mut known, &mut parts);
            }
            look = to;
            if closes {
                close(&mut open, &mut known, &mut parts);
                continue;
            }
            break Some(to);
        };
        let Some(start) = next else { break };
        let Some(parent) = open.last_mut() else { break };
        parent.count += 1;
        number = child(&parent.number, parent.count);
        message = false;
        at = start;
    }
    met.cut = open.iter().any(|o| o.boundary.is_some() && o.count > 0);
    while !open.is_empty() {
        close(&mut open, &mut known, &mut parts);
    }
    (parts, met)
}

/// What stands in front of a mail: a mark of the encoding, or the line in which Apple Mail says how long it is.
fn before(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return 3;
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let blank = bytes[digits..].iter().take(20).take_while(|b| matches!(b, b' ' | b'\r')).count();
    let end = digits + blank;
    if digits > 0 && bytes.get(end) == Some(&b'\n') { end + 1 } else { 0 }
}

fn close(open: &mut Vec<Open>, known: &mut HashMap<Vec<u8>, usize>, parts: &mut [Part]) {
    let Some(Open { boundary: Some(boundary), hidden, count, part, .. }) = open.pop() else { return };
    match hidden {
        Some(level) => drop(known.insert(boundary, level)),
        None => drop(known.remove(&boundary)),
    }
    // A boundary that is never met parts nothing: what stands there is one text.
    if count == 0
        && let Some(part) = parts.get_mut(part)
    {
        part.container = false;
        if part.number.is_empty() || part.message {
            part.number = child(&part.number, 1);
        }
    }
}

fn child(number: &str, n: u32) -> String {
    if number.is_empty() { n.to_string() } else { format!("{number}.{n}") }
}

/// The level that a line is the boundary of, and whether it closes it.
fn boundary(known: &HashMap<Vec<u8>, usize>, line: &[u8]) -> Option<(usize, bool)> {
    let line = line.strip_prefix(b"--")?.trim_ascii_end();
    if let Some(level) = known.get(line) {
        return Some((*level, false));
    }
    known.get(line.strip_suffix(b"--")?).map(|level| (*level, true))
}

/// The next boundary line from `from` on: its place, its level, and whether it closes it.
fn next_boundary(
    bytes: &[u8],
    from: usize,
    known: &HashMap<Vec<u8>, usize>,
) -> Option<(usize, usize, usize, bool)> {
    if known.is_empty() {
        return None;
    }
    let mut at = from;
    loop {
        if bytes[at..].starts_with(b"--") && (at == 0 || bytes[at - 1] == b'\n') {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            if let Some((level, closes)) = boundary(known, &bytes[at..end]) {
                return Some((at, (end + 1).min(bytes.len()), level, closes));
            }
        }
        at += memchr::memmem::find(&bytes[at..], b"\n--")? + 1;
    }
}

/// The line end before a boundary belongs to the boundary.
fn before_line(bytes: &[u8], at: usize) -> usize {
    let at = if at > 0 && bytes[at - 1] == b'\n' { at - 1 } else { at };
    if at > 0 && bytes[at - 1] == b'\r' { at - 1 } else { at }
}

/// Types that are text although they do not start with `text/`.
const TEXT_TYPES: &[&str] = &[
    "application/json",
    "application/x-ndjson",
    "application/jsonl",
    "application/xml",
    "application/xhtml+xml",
    "application/csv",
    "application/x-csv",
    "application/ics",
    "application/vcard",
    "application/yaml",
    "application/x-yaml",
    "application/sql",
    "application/javascript",
];

/// What names end in whose content is text, for parts that call themselves only bytes.
const TEXT_NAMES: &[&str] = &[
    "txt", "csv", "tsv", "json", "jsonl", "ndjson", "xml", "vcf", "ics", "log", "md", "htm", "html", "yaml",
    "yml", "eml",
];
