//! The words that a PDF is written in: of its objects and of the content of its pages alike.

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    Int(i64),
    Real(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// Anything else: `obj`, `true`, an operator.
    Word(&'a [u8]),
}

/// Goes over bytes word by word.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at: at.min(bytes.len()) }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else {
                break;
            }
        }
    }

    /// Goes over an image that stands in the content itself: its data may hold anything.
    pub(super) fn skip_image(&mut self) {
        while let Some(token) = self.next() {
            if token == Token::Word(b"ID") {
                break;
            }
        }
        let data = self.bytes;
        let mut at = (self.at + 1).min(data.len());
        while let Some(n) = memchr::memmem::find(&data[at..], b"EI") {
            let (start, end) = (at + n, at + n + 2);
            let before = start.checked_sub(1).is_none_or(|n| is_space(data[n]));
            let after = data.get(end).is_none_or(|b| is_space(*b));
            // Behind the image comes an operator, which is text.
            let ahead = &data[end..data.len().min(end + 12)];
            let plain = ahead.iter().all(|b| (b' '..=b'~').contains(b) || is_space(*b) && *b != 0);
            if before && after && plain {
                self.at = end;
                return;
            }
            at = end;
        }
        self.at = data.len();
    }

    /// The next word; none at the end.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let byte = self.peek()?;
        let second = self.bytes.get(self.at + 1).copied();
        Some(match byte {
            b'(' => Token::Text(self.text()),
            b'/' => Token::Name(self.name()),
            b'<' if second == Some(b'<') => self.sign(2, Token::DictOpen),
            b'>' if second == Some(b'>') => self.sign(2, Token::DictClose),
            b'<' => Token::Text(self.hex()),
            b'[' => self.sign(1, Token::ArrayOpen),
            b']' => self.sign(1, Token::ArrayClose),
            b')' | b'>' | b'{' | b'}' => {
                let word = &self.bytes[self.at..=self.at];
                self.sign(1, Token::Word(word))
            }
            _ => {
                let start = self.at;
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                let word = &self.bytes[start..self.at];
                number(word).unwrap_or(Token::Word(word))
            }
        })
    }

    fn sign(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let raw = &self.bytes[start..self.at];
        if !raw.contains(&b'#') {
            return raw.to_vec();
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut at = 0;
        while at < raw.len() {
            let code = raw.get(at + 1..at + 3).filter(|_| raw[at] == b'#');
            match code.and_then(|c| Some((hex_digit(c[0])?, hex_digit(c[1])?))) {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    at += 3;
                }
                None => {
                    name.push(raw[at]);
                    at += 1;
                }
            }
        }
        name
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            if byte == b'>' {
                self.at += 1;
                break;
            }
            // A bracket that is never closed must not swallow the rest.
            if matches!(byte, b'<' | b'(' | b'[' | b']') {
                break;
            }
            self.at += 1;
            let Some(digit) = hex_digit(byte) else { continue };
            match high.take() {
                Some(first) => text.push(first << 4 | digit),
                None => high = Some(digit),
            }
        }
        text.extend(high.map(|first: u8| first << 4));
        text
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 0_u32;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        text.push(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return;
            }
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            code = code * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                u8::try_from(code & 0xFF).unwrap_or(0)
            }
            other => other,
        });
    }
}

pub(super) fn hex_digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => return None,
    })
}

/// A number, as tolerantly as viewers read it: `--5`, `4.`, `.5`, `1.2-3`.
fn number<'a>(word: &[u8]) -> Option<Token<'a>> {
    let first = *word.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let digits = word.iter().position(|b| !matches!(b, b'+' | b'-')).unwrap_or(word.len());
    let minus = word[..digits].contains(&b'-');
    let (mut whole, mut real, mut scale, mut point, mut any) = (0_i64, 0.0_f64, 1.0_f64, false, false);
    for byte in &word[digits..] {
        match byte {
            b'0'..=b'9' => {
                any = true;
                let digit = byte - b'0';
                if point {
                    scale /= 10.0;
                    real += f64::from(digit) * scale;
                } else {
                    real = real * 10.0 + f64::from(digit);
                    whole = whole.saturating_mul(10).saturating_add(i64::from(digit));
                }
            }
            b'.' if !point => point = true,
            b'-' if any => break,
            _ => return None,
        }
    }
    if !any && !point {
        return None;
    }
    let sign = if minus { -1.0 } else { 1.0 };
    Some(if point { Token::Real(sign * real) } else { Token::Int(if minus { -whole } else { whole }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(text, 0);
        std::iter::from_fn(|| lexer.next()).collect()
    }

    #[test]
    fn words_are_told_apart() {
        let name = |n: &str| Token::Name(n.as_bytes().to_vec());
        let text = |t: &[u8]| Token::Text(t.to_vec());
        let cases: &[(&[u8], Vec<Token<'_>>)] = &[
            (b"1 -2 +3 4. .5 -.5 --6", {
                use Token::{Int, Real};
                vec![Int(1), Int(-2), Int(3), Real(4.0), Real(0.5), Real(-0.5), Int(-6)]
            }),
            (b"/A/B#20C /#zz", vec![name("A"), name("B C"), name("#zz")]),
            (
                br"(a\(b\)(c)\101\n\
d)",
                vec![text(b"a(b)(c)A\nd")],
            ),
            (b"<41 4><>", vec![text(b"A@"), text(b"")]),
            (b"<</K[1]>>%x\nBT", {
                let parts = [Token::DictOpen, name("K"), Token::ArrayOpen, Token::Int(1)];
                let mut all = parts.to_vec();
                all.extend([Token::ArrayClose, Token::DictClose, Token::Word(b"BT")]);
                all
            }),
            (b"(never closed", vec![text(b"never closed")]),
            (b"99999999999999999999", vec![Token::Int(i64::MAX)]),
        ];
        for (given, expected) in cases {
            assert_eq!(&words(given), expected, "{}", String::from_utf8_lossy(given));
        }
    }
}
