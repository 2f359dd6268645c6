//! The tables at the end of a PDF that say where its objects stand, and the search for the objects where there are none.

use std::collections::{HashMap, HashSet};

use super::file::{File, Place, Tables};
use super::lexer::{Lexer, Token, is_space};
use super::object::{Dict, Object, Stream, object};
use crate::limits;

/// More sections than a document has revisions.
const SECTIONS: usize = 4096;

/// Reads the tables; none if they are not there or make no sense.
pub(super) fn read(file: &File<'_>) -> Option<Tables> {
    let bytes = file.bytes;
    let last = memchr::memmem::rfind(bytes, b"startxref")?;
    let mut lexer = Lexer::new(bytes, last + 9);
    let Some(Token::Int(start)) = lexer.next() else { return None };
    let mut left = vec![usize::try_from(start).ok()?];
    let mut seen = HashSet::new();
    let mut tables = Tables::default();
    while let Some(at) = left.pop() {
        if at >= bytes.len() || !seen.insert(at) || seen.len() > SECTIONS {
            continue;
        }
        let trailer = section(file, at, &mut tables.places)?;
        // The newest is read first, and what it says holds.
        for name in ["Prev", "XRefStm"] {
            left.extend(trailer.get(name).index());
        }
        for (name, value) in trailer.0 {
            tables.trailer.0.entry(name).or_insert(value);
        }
    }
    matches!(tables.trailer.get("Root"), Object::Ref(_)).then_some(tables)
}

fn section(file: &File<'_>, at: usize, places: &mut HashMap<u32, Place>) -> Option<Dict> {
    let mut lexer = Lexer::new(file.bytes, at);
    lexer.skip_space();
    if !file.bytes[lexer.at..].starts_with(b"xref") {
        let Some(Object::Stream(stream)) = file.object_at(at, None) else { return None };
        return stream_section(file, &stream, places);
    }
    lexer.at += 4;
    loop {
        match lexer.next()? {
            Token::Int(first) => {
                let Some(Token::Int(count)) = lexer.next() else { return None };
                let Ok(first) = u32::try_from(first) else { return None };
                for (number, _) in (u64::from(first)..).zip(0..count) {
                    let Some(Token::Int(at)) = lexer.next() else { return None };
                    let Some(Token::Int(_)) = lexer.next() else { return None };
                    let Some(Token::Word(kind)) = lexer.next() else { return None };
                    if let (b"n", Ok(at), Ok(n)) = (kind, usize::try_from(at), u32::try_from(number))
                        && at > 0
                    {
                        places.entry(n).or_insert(Place::At(at));
                    }
                }
            }
            Token::Word(b"trailer") => break,
            _ => return None,
        }
    }
    object(&mut lexer)?.dict().cloned()
}

fn stream_section(file: &File<'_>, stream: &Stream, places: &mut HashMap<u32, Place>) -> Option<Dict> {
    let dict = &stream.dict;
    if !dict.get("Type").is_name("XRef") {
        return None;
    }
    let data = file.data(stream, limits::PDF_STREAM);
    let widths: Vec<usize> = dict.get("W").array()?.iter().filter_map(Object::index).collect();
    let [kind, second, third] = widths[..] else { return None };
    if kind > 8 || second > 8 || third > 8 {
        return None;
    }
    let width = kind + second + third;
    let whole = [Object::Int(0), dict.get("Size").clone()];
    let ranges = dict.get("Index").array().unwrap_or(&whole);
    let mut entries = data.chunks_exact(width.max(1));
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b));
    for range in ranges.chunks_exact(2) {
        let first = range[0].int().and_then(|n| u32::try_from(n).ok())?;
        let count = range[1].index()?;
        for (n, entry) in (u64::from(first)..).zip(entries.by_ref().take(count)) {
            let kind = if kind == 0 { 1 } else { number(&entry[..kind]) };
            let value = number(&entry[widths[0]..widths[0] + second]);
            let place = match kind {
                1 => usize::try_from(value).ok().map(Place::At),
                2 => u32::try_from(value).ok().map(Place::In),
                _ => None,
            };
            if let (Some(place), Ok(n)) = (place, u32::try_from(n)) {
                places.entry(n).or_insert(place);
            }
        }
    }
    Some(dict.clone())
}

/// Searches a file for objects: the last one of each number holds.
pub(super) fn search(file: &File<'_>) -> Tables {
    let bytes = file.bytes;
    let mut tables = Tables::default();
    for hit in memchr::memmem::find_iter(bytes, b" obj") {
        if let Some((number, at)) = numbered(bytes, hit) {
            tables.places.insert(number, Place::At(at));
        }
    }
    for hit in
        memchr::memmem::find_iter(bytes, b"trailer").collect::<Vec<_>>().into_iter().rev().take(SECTIONS)
    {
        let Some(made) = object(&mut Lexer::new(bytes, hit + 7)) else { continue };
        for (name, value) in made.dict().cloned().unwrap_or_default().0 {
            tables.trailer.0.entry(name).or_insert(value);
        }
    }
    tables
}

/// The number in front of ` obj`, and where it starts.
fn numbered(bytes: &[u8], hit: usize) -> Option<(u32, usize)> {
    if bytes.get(hit + 4).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let digits = |end: usize| {
        let length = bytes[..end].iter().rev().take(10).take_while(|b| b.is_ascii_digit()).count();
        (length > 0).then_some(end - length)
    };
    let generation = digits(hit)?;
    let spaces = bytes[..generation].iter().rev().take(4).take_while(|b| is_space(**b)).count();
    if spaces == 0 {
        return None;
    }
    let start = digits(generation - spaces)?;
    let number = std::str::from_utf8(&bytes[start..generation - spaces]).ok()?.parse().ok()?;
    Some((number, start))
}

/// Adds what the streams of a searched file hold: packed objects, and what tables in streams say of the file.
pub(super) fn unpack(file: &File<'_>) {
    let mut root = None;
    for number in file.numbers() {
        let Some(Place::At(at)) = file.place(number) else { continue };
        if file.is_spent() {
            break;
        }
        let Some(made) = file.object_at(at, Some(number)) else { continue };
        let Some(dict) = made.dict() else { continue };
        match dict.get("Type").name() {
            Some(b"XRef") => {
                for name in ["Root", "Info", "Encrypt", "ID"] {
                    if !matches!(dict.get(name), Object::Null) {
                        file.set_trailer(name, dict.get(name).clone());
                    }
                }
            }
            Some(b"ObjStm") => {
                for inner in file.packed_numbers(number) {
                    file.set_place(inner, Place::In(number));
                }
            }
            Some(b"Catalog") => root = Some(number),
            _ => {}
        }
    }
    let known = file.follow(&file.trailer("Root")).dict().is_some();
    if !known {
        let catalog = |n: &u32| file.get(*n).dict().is_some_and(|d| d.get("Type").is_name("Catalog"));
        if let Some(root) = root.or_else(|| file.numbers().into_iter().rfind(catalog)) {
            file.set_trailer("Root", Object::Ref(root));
        }
    }
}
