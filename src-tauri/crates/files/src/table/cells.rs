//! One line of a table is cut into cells.

/// How the cells of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) delimiter: u8,
    pub(crate) quote: Option<u8>,
}

/// A cell: as written, with its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether it is quoted.
    pub(crate) quoted: bool,
    /// Whether its quotes do not close, or text follows them.
    pub(crate) odd: bool,
}

/// How a row ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// At the end of its line; the next row starts here.
    Line(usize),
    /// With the text.
    Text,
    /// Inside a quote that is still open, or at a mark that may be half.
    Open,
    /// A quoted cell has more than its line, and its quote does not close as it should.
    Broken,
}

/// Cuts the row that starts at `from` into `cells`. Without `ended` the text may go on behind its end. With `one_line`
/// a quote does not reach beyond its line.
///
/// The row ends where its last cell does.
pub(crate) fn split(
    text: &str,
    from: usize,
    marks: Marks,
    ended: bool,
    one_line: bool,
    cells: &mut Vec<Cell>,
) -> End {
    let bytes = text.as_bytes();
    let Marks { delimiter, quote } = marks;
    cells.clear();
    let mut at = from;
    loop {
        if let Some(quote) = quote.filter(|_| bytes.get(at) == Some(&b' '))
            && delimiter != b' '
        {
            // `a, "b"`: what stands in front of a quote that closes where its cell does is no part of it.
            let opens = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
            if bytes.get(opens) == Some(&quote) && closes(&bytes[opens + 1..], delimiter, quote) {
                at = opens;
            }
        }
        let start = at;
        let (mut quoted, mut odd) = (false, false);
        if let Some(quote) = quote
            && bytes.get(at) == Some(&quote)
        {
            quoted = true;
            at += 1;
            let mut lines = false;
            loop {
                let next = if one_line {
                    memchr::memchr3(quote, b'\n', b'\r', &bytes[at..])
                } else {
                    memchr::memchr(quote, &bytes[at..])
                };
                let Some(n) = next else {
                    if !ended {
                        return End::Open;
                    }
                    odd = true;
                    at = bytes.len();
                    break;
                };
                if !one_line {
                    lines = lines || memchr::memchr2(b'\n', b'\r', &bytes[at..at + n]).is_some();
                }
                at += n;
                if bytes[at] != quote {
                    odd = true;
                    break;
                }
                match bytes.get(at + 1) {
                    Some(b) if *b == quote => at += 2,
                    None if !ended => return End::Open,
                    None => {
                        at += 1;
                        break;
                    }
                    Some(b) => {
                        at += 1;
                        if *b != delimiter && !matches!(b, b'\n' | b'\r') {
                            // Text behind the quotes belongs to the cell as it is.
                            odd = true;
                            if lines {
                                return End::Broken;
                            }
                        }
                        break;
                    }
                }
            }
        }
        match memchr::memchr3(delimiter, b'\n', b'\r', &bytes[at..]) {
            Some(n) => {
                at += n;
                cells.push(Cell { from: start, to: at, quoted, odd });
                if bytes[at] == delimiter {
                    at += 1;
                    continue;
                }
                return match (bytes[at], bytes.get(at + 1)) {
                    (b'\r', Some(b'\n')) => End::Line(at + 2),
                    (b'\r', None) if !ended => End::Open,
                    _ => End::Line(at + 1),
                };
            }
            None if !ended => return End::Open,
            None => {
                cells.push(Cell { from: start, to: bytes.len(), quoted, odd });
                return End::Text;
            }
        }
    }
}

/// Whether a quote that opened in front closes in its line, at the end of its cell.
fn closes(bytes: &[u8], delimiter: u8, quote: u8) -> bool {
    let mut at = 0;
    while let Some(n) = memchr::memchr3(quote, b'\n', b'\r', &bytes[at..]) {
        at += n;
        match bytes.get(at + 1) {
            _ if bytes[at] != quote => return false,
            Some(b) if *b == quote => at += 2,
            Some(b) => return *b == delimiter || matches!(b, b'\n' | b'\r'),
            None => return true,
        }
    }
    false
}

/// The text of a cell, without its quotes; `write` gets it in pieces.
pub(crate) fn unquote(text: &str, cell: Cell, marks: Marks, out: &mut String) {
    let written = &text[cell.from..cell.to];
    let Some(quote) = marks.quote.filter(|_| cell.quoted) else {
        out.push_str(written);
        return;
    };
    let mut rest = &written[1..];
    loop {
        let Some(n) = memchr::memchr(quote, rest.as_bytes()) else {
            out.push_str(rest);
            return;
        };
        out.push_str(&rest[..n]);
        rest = &rest[n + 1..];
        if rest.as_bytes().first() == Some(&quote) {
            out.push(char::from(quote));
            rest = &rest[1..];
        } else {
            // The quote that closes; what may follow is kept as it is.
            out.push_str(rest);
            return;
        }
    }
}

/// The text of a cell that has no doubled quotes and nothing odd: a slice.
pub(crate) fn plain(text: &str, cell: Cell, marks: Marks) -> Option<&str> {
    if !cell.quoted {
        return Some(&text[cell.from..cell.to]);
    }
    let quote = marks.quote?;
    if cell.odd || cell.to < cell.from + 2 {
        return None;
    }
    let inner = &text[cell.from + 1..cell.to - 1];
    memchr::memchr(quote, inner.as_bytes()).is_none().then_some(inner)
}
