//! Lists and mappings in brackets: `{a: 1, b: [x, "y"]}`.

use super::scalar::quoted_end;

/// What stands in brackets, one thing after the other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `[`, or `{`: whether it is a list.
    Open(bool),
    Close,
    Comma,
    Colon,
    /// A scalar from here to there, and whether it has quotes.
    Scalar(usize, usize, bool),
}

/// The tokens of the brackets that open at `at`, and the place behind them; none if they do not close.
pub(super) fn tokens(text: &str, at: usize, to: usize) -> Option<(Vec<Token>, usize)> {
    let text = &text[..to];
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut at = at;
    while at < to {
        match bytes[at] {
            b'[' | b'{' => {
                depth += 1;
                out.push(Token::Open(bytes[at] == b'['));
                at += 1;
            }
            b']' | b'}' => {
                out.push(Token::Close);
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some((out, at));
                }
            }
            b',' => {
                out.push(Token::Comma);
                at += 1;
            }
            b':' if ends_key(bytes, at, &out) => {
                out.push(Token::Colon);
                at += 1;
            }
            b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                at = memchr::memchr(b'\n', &bytes[at..]).map_or(to, |n| at + n + 1);
            }
            b if b.is_ascii_whitespace() => at += 1,
            // Anchors and tags say nothing that is kept.
            b'!' | b'&' => {
                let stop = |b: &u8| b.is_ascii_whitespace() || b",]}".contains(b);
                at = bytes[at..].iter().position(stop).map_or(to, |n| at + n);
            }
            b'"' | b'\'' => {
                let end = quoted_end(text, at)?;
                out.push(Token::Scalar(at, end, true));
                at = end;
            }
            _ => {
                let from = at;
                while at < to && !matches!(bytes[at], b',' | b'[' | b']' | b'{' | b'}') {
                    let colon = bytes[at] == b':'
                        && bytes.get(at + 1).is_none_or(|b| b.is_ascii_whitespace() || b",]}".contains(b));
                    if colon && at > from || bytes[at] == b'#' && bytes[at - 1] == b' ' {
                        break;
                    }
                    at += 1;
                }
                let end = from + text[from..at].trim_end().len();
                out.push(Token::Scalar(from, end, false));
            }
        }
    }
    None
}

/// Whether a colon stands behind a key: a space follows, or quotes were closed before it.
fn ends_key(bytes: &[u8], at: usize, before: &[Token]) -> bool {
    bytes.get(at + 1).is_none_or(|b| b.is_ascii_whitespace() || b",]}".contains(b))
        || matches!(before.last(), Some(Token::Scalar(_, _, true)))
}
