//! The objects that a PDF is made of, read without following where the input nests them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexer::{Lexer, Token};

/// How deep arrays and dictionaries may stand in one another; what is deeper is dropped. Real documents need a dozen.
const DEPTH: usize = 100;

/// One object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Stream(Stream),
    /// Another object, by its number.
    Ref(u32),
}

/// A dictionary.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dict(pub(super) BTreeMap<Vec<u8>, Object>);

/// A dictionary with data behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stream {
    pub(super) dict: Dict,
    /// Where its data stands in the file, as written.
    pub(super) data: Range<usize>,
    /// The number and generation of the object, which a cipher wants.
    pub(super) id: (u32, u32),
}

/// What a missing entry of a dictionary is.
static NULL: Object = Object::Null;

impl Dict {
    /// The entry of this name.
    pub(super) fn get(&self, name: &str) -> &Object {
        self.0.get(name.as_bytes()).unwrap_or(&NULL)
    }
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "coordinates are small")]
            Self::Int(n) => Some(*n as f64),
            Self::Real(n) => Some(*n),
            _ => None,
        }
    }

    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            _ => None,
        }
    }

    pub(super) fn index(&self) -> Option<usize> {
        self.int().and_then(|n| usize::try_from(n).ok())
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The dictionary that it is or has.
    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        self.name() == Some(name.as_bytes())
    }
}

/// What is open while an object is read.
enum Open {
    Array(Vec<Object>),
    Dict(Dict, Option<Vec<u8>>),
}

/// Reads one object. A word that is none is left to be read: none.
pub(super) fn object(lexer: &mut Lexer<'_>) -> Option<Object> {
    let mut open: Vec<Open> = Vec::new();
    // Containers beyond the depth that is kept.
    let mut beyond = 0_usize;
    loop {
        let before = lexer.at;
        let Some(token) = lexer.next() else { return close_all(open) };
        let made = match token {
            Token::Int(n) => reference(lexer, n).unwrap_or(Object::Int(n)),
            Token::Real(n) => Object::Real(n),
            Token::Name(name) => Object::Name(name),
            Token::Text(text) => Object::Text(text),
            Token::ArrayOpen | Token::DictOpen if open.len() >= DEPTH => {
                beyond += 1;
                continue;
            }
            Token::ArrayClose | Token::DictClose if beyond > 0 => {
                beyond -= 1;
                continue;
            }
            Token::ArrayOpen => {
                open.push(Open::Array(Vec::new()));
                continue;
            }
            Token::DictOpen => {
                open.push(Open::Dict(Dict::default(), None));
                continue;
            }
            Token::ArrayClose | Token::DictClose => match open.pop()? {
                Open::Array(items) => Object::Array(items),
                Open::Dict(dict, _) => Object::Dict(dict),
            },
            Token::Word(b"true") => Object::Bool(true),
            Token::Word(b"false") => Object::Bool(false),
            Token::Word(b"null") => Object::Null,
            // What ends an object ends all that was forgotten to be closed.
            Token::Word(b"endobj" | b"obj" | b"stream" | b"endstream" | b"xref" | b"trailer") => {
                lexer.at = before;
                return close_all(open);
            }
            Token::Word(_) if open.is_empty() => {
                lexer.at = before;
                return None;
            }
            Token::Word(_) => continue,
        };
        if beyond > 0 {
            continue;
        }
        match open.last_mut() {
            None => return Some(made),
            Some(Open::Array(items)) => items.push(made),
            Some(Open::Dict(dict, key)) => match key.take() {
                Some(key) => {
                    dict.0.entry(key).or_insert(made);
                }
                None => {
                    if let Object::Name(name) = made {
                        *key = Some(name);
                    }
                }
            },
        }
    }
}

fn close_all(open: Vec<Open>) -> Option<Object> {
    open.into_iter().next().map(|first| match first {
        Open::Array(items) => Object::Array(items),
        Open::Dict(dict, _) => Object::Dict(dict),
    })
}

/// `12 0 R`, of which the first number has been read.
fn reference(lexer: &mut Lexer<'_>, number: i64) -> Option<Object> {
    let number = u32::try_from(number).ok()?;
    let mut ahead = lexer.clone();
    ahead.skip_space();
    // Most numbers are followed by something that cannot be one: nothing is read twice then.
    if !ahead.peek()?.is_ascii_digit() {
        return None;
    }
    let Some(Token::Int(generation)) = ahead.next() else { return None };
    if !(0..=65_535).contains(&generation) {
        return None;
    }
    if ahead.next()? != Token::Word(b"R") {
        return None;
    }
    lexer.at = ahead.at;
    Some(Object::Ref(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Option<Object> {
        object(&mut Lexer::new(text, 0))
    }

    #[test]
    fn objects_nest_and_refer() {
        let made = read(b"<< /A [1 2 0 R 3 4] /B << /C (x) >> /D null >>").expect("it is well formed");
        let dict = made.dict().expect("it is a dictionary");
        let items = [Object::Int(1), Object::Ref(2), Object::Int(3), Object::Int(4)];
        assert_eq!(dict.get("A").array(), Some(&items[..]));
        assert_eq!(dict.get("B").dict().map(|d| d.get("C").text()), Some(Some(&b"x"[..])));
        assert_eq!(dict.get("Missing"), &Object::Null);
    }

    #[test]
    fn what_is_not_closed_or_too_deep_still_ends() {
        assert_eq!(read(b"[1 2 endobj"), Some(Object::Array(vec![Object::Int(1), Object::Int(2)])));
        assert_eq!(read(b"endobj"), None);
        let deep = [vec![b'['; 50_000], b"7".to_vec(), vec![b']'; 50_000], b" /X".to_vec()].concat();
        let mut lexer = Lexer::new(&deep, 0);
        assert!(matches!(object(&mut lexer), Some(Object::Array(_))));
        assert_eq!(object(&mut lexer), Some(Object::Name(b"X".to_vec())), "it ends where it ends");
    }
}
