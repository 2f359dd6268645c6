//! A PDF file as numbered objects: where each one stands, and its data unpacked. A file whose tables are wrong is searched
//! for its objects instead.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use archive::Password;

use super::crypt::{self, Key};
use super::filters::{self, Undone};
use super::lexer::{Lexer, Token, is_space};
use super::object::{Dict, Object, Stream, object};
use super::tables;
use crate::limits;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the file, from this byte on.
    At(usize),
    /// In the object stream of this number.
    In(u32),
}

/// Where all objects stand, and what the file says of itself.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) places: HashMap<u32, Place>,
    pub(super) trailer: Dict,
}

/// An object stream, unpacked.
struct Packed {
    data: Vec<u8>,
    /// Where each object starts in it.
    starts: HashMap<u32, usize>,
}

/// A file.
pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    tables: RefCell<Tables>,
    key: Option<Key>,
    /// Whether a password is wanted that is not known.
    pub(super) locked: bool,
    /// Whether no password could change that, for the way in which it is locked is not known here.
    pub(super) sealed: bool,
    packed: RefCell<HashMap<u32, Option<Rc<Packed>>>>,
    packed_size: Cell<usize>,
    /// Bytes that may still be read or unpacked. What is drawn on every page costs every time.
    budget: Rc<Cell<u64>>,
    depth: Cell<u32>,
    pub(super) repaired: Cell<bool>,
    /// Streams that were not wholly unpacked, by why.
    pub(super) undone: RefCell<HashMap<&'static str, u32>>,
}

/// How often objects may want others before they are had: a length, a stream that holds it.
const DEPTH: u32 = 6;

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8], given: &[Password], budget: Rc<Cell<u64>>) -> Self {
        // Places are counted from the mark of the format; a few bytes may stand before it.
        let head = &bytes[..bytes.len().min(1024)];
        let start = memchr::memmem::find(head, b"%PDF-").unwrap_or(0);
        let bytes = &bytes[start..];
        let mut file = File {
            bytes,
            tables: RefCell::default(),
            key: None,
            locked: false,
            sealed: false,
            packed: RefCell::default(),
            packed_size: Cell::new(0),
            budget,
            depth: Cell::new(0),
            repaired: Cell::new(false),
            undone: RefCell::default(),
        };
        match tables::read(&file) {
            Some(tables) => *file.tables.borrow_mut() = tables,
            None => file.repair(),
        }
        file.unlock(given);
        if !file.has_pages() && !file.locked {
            file.repair();
            file.unlock(given);
        }
        file
    }

    /// Whether the file is shorter than it says, which documents do that were made for the web.
    pub(super) fn is_short(&self) -> bool {
        let head = &self.bytes[..self.bytes.len().min(1024)];
        let Some(n) = memchr::memmem::find(head, b"/Linearized") else { return false };
        let start = head[..n].windows(2).rposition(|w| w == b"<<").unwrap_or(n);
        let first = object(&mut Lexer::new(self.bytes, start));
        let said = first.as_ref().and_then(Object::dict).and_then(|d| d.get("L").index());
        said.is_some_and(|length| length > self.bytes.len())
    }

    fn has_pages(&self) -> bool {
        let root = self.catalog();
        self.follow(root.get("Pages")).dict().is_some_and(|d| !matches!(d.get("Kids"), Object::Null))
    }

    /// Searches the file for its objects.
    fn repair(&self) {
        if !self.repaired.replace(true) {
            self.packed.borrow_mut().clear();
            let found = tables::search(self);
            *self.tables.borrow_mut() = found;
            tables::unpack(self);
        }
    }

    fn unlock(&mut self, given: &[Password]) {
        let encrypt = self.trailer("Encrypt");
        let Some(encrypt) = self.follow(&encrypt).dict().cloned() else { return };
        let mut whole = Dict::default();
        for (name, value) in &encrypt.0 {
            whole.0.insert(name.clone(), self.follow(value).into_owned());
        }
        let id = match self.follow(&self.trailer("ID")).array().and_then(<[_]>::first) {
            Some(first) => self.follow(first).text().unwrap_or(&[]).to_vec(),
            None => Vec::new(),
        };
        self.key = crypt::key(&whole, &id, given);
        self.locked = self.key.is_none();
        self.sealed = !crypt::is_known(&whole);
        self.packed.borrow_mut().clear();
    }

    pub(super) fn trailer(&self, name: &str) -> Object {
        self.tables.borrow().trailer.get(name).clone()
    }

    pub(super) fn catalog(&self) -> Dict {
        self.follow(&self.trailer("Root")).dict().cloned().unwrap_or_default()
    }

    /// The numbers of all objects, in order.
    pub(super) fn numbers(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self.tables.borrow().places.keys().copied().collect();
        all.sort_unstable();
        all
    }

    pub(super) fn place(&self, number: u32) -> Option<Place> {
        self.tables.borrow().places.get(&number).copied()
    }

    pub(super) fn set_place(&self, number: u32, place: Place) {
        self.tables.borrow_mut().places.entry(number).or_insert(place);
    }

    pub(super) fn set_trailer(&self, name: &str, object: Object) {
        self.tables.borrow_mut().trailer.0.insert(name.as_bytes().to_vec(), object);
    }

    /// Takes what a piece of work costs; false if all that may be spent is spent.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let left = self.budget.get().saturating_sub(bytes as u64 + 1);
        self.budget.set(left);
        left > 0
    }

    pub(super) fn is_spent(&self) -> bool {
        self.budget.get() == 0
    }

    /// The object itself, or the one that it refers to.
    pub(super) fn follow<'o>(&self, object: &'o Object) -> Cow<'o, Object> {
        let Object::Ref(number) = object else { return Cow::Borrowed(object) };
        let mut made = self.get(*number);
        for _ in 0..8 {
            match made {
                Object::Ref(next) => made = self.get(next),
                _ => return Cow::Owned(made),
            }
        }
        Cow::Owned(Object::Null)
    }

    /// An entry of a dictionary, followed.
    pub(super) fn entry<'o>(&self, dict: &'o Dict, name: &str) -> Cow<'o, Object> {
        self.follow(dict.get(name))
    }

    /// The object of this number; nothing if there is none.
    pub(super) fn get(&self, number: u32) -> Object {
        if self.depth.get() >= DEPTH || !self.spend(16) {
            return Object::Null;
        }
        self.depth.set(self.depth.get() + 1);
        let made = match self.place(number) {
            None => None,
            Some(Place::In(stream)) => self.packed_object(stream, number),
            Some(Place::At(at)) => match self.object_at(at, Some(number)) {
                None if !self.repaired.get() => {
                    // Where the table says that it is there is something else, so the table is wrong.
                    self.repair();
                    match self.place(number) {
                        Some(Place::At(at)) => self.object_at(at, Some(number)),
                        Some(Place::In(stream)) => self.packed_object(stream, number),
                        None => None,
                    }
                }
                made => made,
            },
        };
        self.depth.set(self.depth.get() - 1);
        made.unwrap_or(Object::Null)
    }

    /// Reads `12 0 obj …` with what stands in it; none if it is not there, or has another number.
    pub(super) fn object_at(&self, at: usize, number: Option<u32>) -> Option<Object> {
        let mut lexer = Lexer::new(self.bytes, at);
        let Some(Token::Int(found)) = lexer.next() else { return None };
        let found = u32::try_from(found).ok()?;
        if number.is_some_and(|n| n != found) {
            return None;
        }
        let Some(Token::Int(generation)) = lexer.next() else { return None };
        if lexer.next()? != Token::Word(b"obj") {
            return None;
        }
        let id = (found, u32::try_from(generation).unwrap_or(0));
        let mut made = object(&mut lexer).unwrap_or(Object::Null);
        self.spend(lexer.at - at);
        if let Some(key) = &self.key {
            key.object(&mut made, id);
        }
        let Object::Dict(dict) = made else { return Some(made) };
        lexer.skip_space();
        if !self.bytes[lexer.at..].starts_with(b"stream") {
            return Some(Object::Dict(dict));
        }
        let mut start = lexer.at + 6;
        if self.bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if self.bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        let start = start.min(self.bytes.len());
        let end = self.stream_end(&dict, start);
        Some(Object::Stream(Stream { dict, data: start..end, id }))
    }

    /// Where the data of a stream ends: where its length says if the end is there, else at the next mark of an end.
    fn stream_end(&self, dict: &Dict, start: usize) -> usize {
        let said = self.entry(dict, "Length").index().and_then(|n| start.checked_add(n));
        if let Some(end) = said.filter(|e| *e <= self.bytes.len()) {
            let rest = &self.bytes[end..];
            let gap = rest.iter().take(4).take_while(|b| is_space(**b)).count();
            if rest[gap..].starts_with(b"endstream") || rest[gap..].starts_with(b"endobj") {
                return end;
            }
        }
        let rest = &self.bytes[start..];
        let length = memchr::memmem::find(rest, b"endstream").unwrap_or(rest.len());
        self.spend(length);
        start + length
    }

    fn packed_object(&self, stream: u32, number: u32) -> Option<Object> {
        let packed = self.packed(stream)?;
        let start = *packed.starts.get(&number)?;
        let mut lexer = Lexer::new(&packed.data, start);
        let made = object(&mut lexer);
        self.spend(lexer.at - start.min(lexer.at));
        made
    }

    /// The numbers of the objects in an object stream.
    pub(super) fn packed_numbers(&self, stream: u32) -> Vec<u32> {
        self.packed(stream).map(|p| p.starts.keys().copied().collect()).unwrap_or_default()
    }

    fn packed(&self, number: u32) -> Option<Rc<Packed>> {
        if let Some(known) = self.packed.borrow().get(&number) {
            return known.clone();
        }
        let made = self.unpack(number).map(Rc::new);
        let size = made.as_ref().map_or(0, |p| p.data.len());
        // What is kept unpacked is bounded; it can be unpacked again.
        if self.packed_size.get() + size > limits::PDF_STREAM {
            self.packed.borrow_mut().clear();
            self.packed_size.set(0);
        }
        self.packed_size.set(self.packed_size.get() + size);
        self.packed.borrow_mut().insert(number, made.clone());
        made
    }

    fn unpack(&self, number: u32) -> Option<Packed> {
        let Some(Place::At(at)) = self.place(number) else { return None };
        let Some(Object::Stream(stream)) = self.object_at(at, Some(number)) else { return None };
        let data = self.data(&stream, limits::PDF_STREAM);
        let first = self.entry(&stream.dict, "First").index()?;
        let mut starts = HashMap::new();
        let mut lexer = Lexer::new(&data[..first.min(data.len())], 0);
        while let (Some(Token::Int(number)), Some(Token::Int(start))) = (lexer.next(), lexer.next()) {
            if let (Ok(number), Ok(start)) = (u32::try_from(number), usize::try_from(start)) {
                starts.entry(number).or_insert(first.saturating_add(start));
            }
        }
        Some(Packed { data, starts })
    }

    /// The data of a stream, decrypted and unpacked; what is missing of it is remembered.
    pub(super) fn data(&self, stream: &Stream, most: usize) -> Vec<u8> {
        let (data, undone) = self.try_data(stream, most);
        if let Some(why) = undone {
            let word = match why {
                Undone::TooLarge | Undone::TooMany => "too_large",
                Undone::Unknown => "unknown",
                Undone::Damaged => "damaged",
            };
            *self.undone.borrow_mut().entry(word).or_insert(0) += 1;
        }
        data
    }

    pub(super) fn try_data(&self, stream: &Stream, most: usize) -> (Vec<u8>, Option<Undone>) {
        if self.is_spent() {
            return (Vec::new(), Some(Undone::TooLarge));
        }
        let mut raw = Cow::Borrowed(&self.bytes[stream.data.clone()]);
        let filters = self.filters(&stream.dict);
        let plain = stream.dict.get("Type").is_name("XRef") || filters.iter().any(|(f, _)| f == b"Crypt");
        if let Some(key) = self.key.as_ref().filter(|_| !plain) {
            raw = Cow::Owned(key.stream(&raw, stream.id));
        }
        let (data, undone) = filters::decode(&raw, &filters, most);
        self.spend(raw.len() + data.len());
        (data, undone)
    }

    fn filters(&self, dict: &Dict) -> Vec<(Vec<u8>, Dict)> {
        let either = |long: &str, short: &str| match self.entry(dict, long).into_owned() {
            Object::Null => self.entry(dict, short).into_owned(),
            found => found,
        };
        let list = |object: Object| match object {
            Object::Array(items) => {
                items.into_iter().take(16).map(|i| self.follow(&i).into_owned()).collect()
            }
            Object::Null => Vec::new(),
            one => vec![one],
        };
        let options = list(either("DecodeParms", "DP"));
        let names = list(either("Filter", "F"));
        (0..)
            .zip(names)
            .filter_map(|(n, name): (usize, Object)| {
                let mut dict = options.get(n).and_then(Object::dict).cloned().unwrap_or_default();
                for value in dict.0.values_mut() {
                    *value = self.follow(value).into_owned();
                }
                Some((name.name()?.to_vec(), dict))
            })
            .collect()
    }
}
