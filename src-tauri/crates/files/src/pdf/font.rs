//! A font, as far as text needs it: what its codes stand for, and how far each one goes on.

use std::collections::HashMap;

use super::cff;
use super::cmap::{Cmap, code};
use super::encodings;
use super::file::File;
use super::lexer::{Lexer, Token};
use super::metrics;
use super::object::{Dict, Object};
use crate::limits;

/// A font.
pub(super) struct Font {
    kind: Kind,
    /// What the document says that its codes stand for.
    unicode: Option<Cmap>,
    /// Whether lines go down.
    pub(super) vertical: bool,
    /// From the units of its widths to the size of the text.
    scale: f64,
    /// Whether nobody says what its codes mean.
    guessed: bool,
}

enum Kind {
    Simple { chars: Box<[Option<String>; 256]>, widths: Box<[f64; 256]> },
    Composite(Composite),
}

struct Composite {
    codes: Codes,
    /// Widths of single glyphs.
    widths: HashMap<u32, f64>,
    /// Widths of ranges of glyphs, first and last.
    ranges: Vec<(u32, u32, f64)>,
    usual: f64,
}

/// How the codes of a composite font are written.
enum Codes {
    /// Two bytes that mean a glyph.
    Glyphs,
    /// Two bytes of UTF-16.
    Utf16,
    /// Text of a code page.
    Page(&'static encoding_rs::Encoding),
    /// As its own map says.
    Map(Cmap),
}

/// One code of a text that is shown.
pub(super) struct Shown {
    /// The characters; none if nobody says which.
    pub(super) text: Option<String>,
    /// How far it goes on, in sizes of the text.
    pub(super) width: f64,
    /// Whether it is the one byte that words are spaced at.
    pub(super) space: bool,
    /// Whether the characters are only what such fonts usually mean.
    pub(super) guessed: bool,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dict: &Dict) -> Self {
        let unicode = match file.entry(dict, "ToUnicode").as_ref() {
            Object::Stream(stream) => Some(Cmap::read(&file.data(stream, limits::INNER_PART))),
            _ => None,
        };
        let unicode = unicode.filter(Cmap::has_texts);
        let subtype = dict.get("Subtype");
        if subtype.is_name("Type0") {
            let below = file.entry(dict, "DescendantFonts").array().and_then(<[_]>::first).cloned();
            let below = file.follow(&below.unwrap_or(Object::Null)).dict().cloned().unwrap_or_default();
            let name = file.entry(dict, "Encoding").name().map(|n| String::from_utf8_lossy(n).into_owned());
            let vertical = name.as_deref().is_some_and(|n| n.ends_with("-V"));
            let kind = Kind::Composite(composite(file, dict, name.as_deref(), &below));
            return Self { kind, unicode, vertical, scale: 0.001, guessed: false };
        }
        let mut scale = 0.001;
        if subtype.is_name("Type3") {
            scale = file.entry(dict, "FontMatrix").array().and_then(|m| m.first()?.number()).unwrap_or(0.001);
        }
        let chars = Box::new(chars(file, dict));
        let widths = Box::new(widths(file, dict, &chars));
        let scale = scale.abs().min(10.0);
        let guessed = unicode.is_none() && is_guess(file, dict);
        Self { kind: Kind::Simple { chars, widths }, unicode, vertical: false, scale, guessed }
    }

    /// Goes over the codes of a text.
    pub(super) fn show(&self, bytes: &[u8], mut each: impl FnMut(Shown)) {
        match &self.kind {
            Kind::Simple { chars, widths } => {
                for byte in bytes {
                    let n = usize::from(*byte);
                    let said = self.unicode.as_ref().and_then(|u| u.text(u32::from(*byte)));
                    let text = said.filter(|t| means(t)).or_else(|| chars[n].clone());
                    let space = *byte == b' ';
                    each(Shown {
                        text,
                        width: widths[n] * self.scale,
                        space,
                        guessed: self.guessed && !space,
                    });
                }
            }
            Kind::Composite(font) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let (length, glyph, own) = font.next(rest);
                    let (bytes, after) = rest.split_at(length);
                    rest = after;
                    let said = self.unicode.as_ref().and_then(|u| u.text(code(bytes)));
                    let width = if self.vertical { 1.0 } else { font.width(glyph) * self.scale };
                    let text = said.filter(|t| means(t)).or(own);
                    each(Shown { text, width, space: bytes == b" ", guessed: false });
                }
            }
        }
    }
}

/// Whether a text is one: fonts map what they do not know to nothing, or to a mark for it.
fn means(text: &str) -> bool {
    !text.is_empty() && !text.chars().all(|c| matches!(c, '\0' | '\u{FFFD}' | '\u{FFFF}'))
}

impl Composite {
    /// The length of the next code, the number of its glyph, and its characters where the code says them.
    fn next(&self, bytes: &[u8]) -> (usize, u32, Option<String>) {
        let two = bytes.len().min(2);
        match &self.codes {
            Codes::Glyphs => (two, code(&bytes[..two]), None),
            Codes::Utf16 => {
                let unit = code(&bytes[..two]);
                let length = if (0xD800..0xDC00).contains(&unit) { bytes.len().min(4) } else { two };
                let (text, _) = encoding_rs::UTF_16BE.decode_without_bom_handling(&bytes[..length]);
                (length, u32::MAX, Some(text.into_owned()))
            }
            Codes::Page(page) => {
                let one = page.decode_without_bom_handling(&bytes[..1]);
                let length = if one.1 { two } else { 1 };
                let (text, wrong) = page.decode_without_bom_handling(&bytes[..length]);
                (length, u32::MAX, (!wrong).then(|| text.into_owned()))
            }
            Codes::Map(map) => {
                let length = map.length(bytes);
                let code = code(&bytes[..length]);
                (length, map.glyph(code).unwrap_or(code), None)
            }
        }
    }

    fn width(&self, glyph: u32) -> f64 {
        if let Some(width) = self.widths.get(&glyph) {
            return *width;
        }
        let n = self.ranges.partition_point(|(first, _, _)| *first <= glyph);
        match n.checked_sub(1).map(|n| self.ranges[n]) {
            Some((_, last, width)) if glyph <= last => width,
            _ => self.usual,
        }
    }
}

fn composite(file: &File<'_>, dict: &Dict, name: Option<&str>, below: &Dict) -> Composite {
    let codes = match (name, file.entry(dict, "Encoding").as_ref()) {
        (_, Object::Stream(stream)) => Codes::Map(Cmap::read(&file.data(stream, limits::INNER_PART))),
        (Some(name), _) if name.contains("UCS2") || name.contains("UTF16") => Codes::Utf16,
        (Some(name), _) => match page_of(name) {
            Some(page) => Codes::Page(page),
            None => Codes::Glyphs,
        },
        _ => Codes::Glyphs,
    };
    let usual = file.entry(below, "DW").number().unwrap_or(1000.0);
    let mut made = Composite { codes, widths: HashMap::new(), ranges: Vec::new(), usual };
    let list = file.entry(below, "W").into_owned();
    let mut items = list.array().unwrap_or(&[]).iter();
    let glyph = |object: &Object| object.int().and_then(|n| u32::try_from(n).ok());
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let Some(first) = glyph(file.follow(first).as_ref()) else { break };
        match file.follow(second).as_ref() {
            Object::Array(widths) => {
                for (glyph, width) in (first..=u32::MAX).zip(widths) {
                    if let Some(width) = file.follow(width).number() {
                        made.widths.insert(glyph, width);
                    }
                }
            }
            last => {
                let Some(last) = glyph(last) else { break };
                let Some(width) = items.next().and_then(|w| file.follow(w).number()) else { break };
                made.ranges.push((first, last, width));
            }
        }
    }
    made.ranges.sort_by_key(|(first, _, _)| *first);
    made
}

/// The code page of a character map that every viewer has.
fn page_of(name: &str) -> Option<&'static encoding_rs::Encoding> {
    let has = |part: &str| name.contains(part);
    Some(match name {
        _ if has("RKSJ") => encoding_rs::SHIFT_JIS,
        _ if name.starts_with("EUC-") => encoding_rs::EUC_JP,
        _ if has("GBK") || name.starts_with("GB-EUC") => encoding_rs::GBK,
        _ if has("B5") || has("ETen") => encoding_rs::BIG5,
        _ if has("KSC") => encoding_rs::EUC_KR,
        _ => return None,
    })
}

/// Whether a font has only the letters of this document under codes of its own choice, and says of none what it is.
fn is_guess(file: &File<'_>, dict: &Dict) -> bool {
    let descriptor = file.entry(dict, "FontDescriptor").dict().cloned().unwrap_or_default();
    let symbolic = descriptor.get("Flags").int().is_some_and(|f| f & 4 != 0);
    let subset = base_name(file, dict).find('+') == Some(6);
    let silent = matches!(*file.entry(dict, "Encoding"), Object::Null);
    dict.get("Subtype").is_name("TrueType") && symbolic && subset && silent
}

fn base_name(file: &File<'_>, dict: &Dict) -> String {
    let name = file.entry(dict, "BaseFont").name().map(|n| String::from_utf8_lossy(n).into_owned());
    name.unwrap_or_default()
}

/// What the codes of a simple font stand for by its encoding.
fn chars(file: &File<'_>, dict: &Dict) -> [Option<String>; 256] {
    let encoding = file.entry(dict, "Encoding").into_owned();
    let descriptor = file.entry(dict, "FontDescriptor").dict().cloned().unwrap_or_default();
    let name = base_name(file, dict);
    let plain = name.rsplit('+').next().unwrap_or("").to_owned();
    let symbolic = descriptor.get("Flags").int().is_some_and(|f| f & 4 != 0);
    let said = match &encoding {
        Object::Name(name) => Some(name.clone()),
        Object::Dict(dict) => file.entry(dict, "BaseEncoding").name().map(<[u8]>::to_vec),
        _ => None,
    };
    let base = match said.as_deref() {
        Some(b"WinAnsiEncoding") => encodings::from_page(encoding_rs::WINDOWS_1252),
        Some(b"MacRomanEncoding") => encodings::from_page(encoding_rs::MACINTOSH),
        Some(b"StandardEncoding") => encodings::from_table(encodings::STANDARD),
        _ if plain.starts_with("Symbol") => encodings::from_table(encodings::SYMBOL),
        _ if plain.contains("Dingbats") => encodings::from_table(encodings::DINGBATS),
        // Codes of a font that has only the glyphs of this document, and says nothing of them, mean nothing.
        _ if dict.get("Subtype").is_name("Type3") => [None; 256],
        _ if dict.get("Subtype").is_name("TrueType") => encodings::from_page(encoding_rs::WINDOWS_1252),
        _ if symbolic && !matches!(descriptor.get("FontFile3"), Object::Null) => [None; 256],
        _ => encodings::from_table(encodings::STANDARD),
    };
    let mut chars = base.map(|c| c.map(String::from));
    if said.is_none()
        && let Object::Stream(program) = file.entry(&descriptor, "FontFile").as_ref()
    {
        built_in(&file.data(program, limits::INNER_PART), &mut chars);
    }
    if said.is_none()
        && let Object::Stream(program) = file.entry(&descriptor, "FontFile3").as_ref()
        && let Some(own) = cff::built_in(&file.data(program, limits::INNER_PART))
    {
        chars = own;
    }
    if let Some(differences) = encoding.dict().map(|d| file.entry(d, "Differences").into_owned()) {
        let drawn = dict.get("Subtype").is_name("Type3");
        let mut code = 0_usize;
        for item in differences.array().unwrap_or(&[]) {
            match file.follow(item).as_ref() {
                Object::Int(n) => code = usize::try_from(*n).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(slot) = chars.get_mut(code) {
                        *slot =
                            encodings::of_name(name).or_else(|| if drawn { numbered(name) } else { None });
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    chars
}

/// What a name like `a233` says, as old typesetting calls the letters that it draws dot by dot: codes of Latin 1, with
/// joined letters before them.
fn numbered(name: &[u8]) -> Option<String> {
    let digits = name.strip_prefix(b"a")?;
    let code: u8 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(match code {
        11 | 27 => "ff".to_owned(),
        12 | 28 => "fi".to_owned(),
        13 | 29 => "fl".to_owned(),
        14 | 30 => "ffi".to_owned(),
        15 | 31 => "ffl".to_owned(),
        16 => "“".to_owned(),
        17 => "”".to_owned(),
        18 => "„".to_owned(),
        19 => "«".to_owned(),
        20 => "»".to_owned(),
        21 => "–".to_owned(),
        22 => "—".to_owned(),
        32..=126 | 161.. => char::from(code).to_string(),
        _ => return None,
    })
}

/// The encoding that a Type 1 font holds itself, in the part of its program that is plain text.
fn built_in(program: &[u8], chars: &mut [Option<String>; 256]) {
    let plain = memchr::memmem::find(program, b"eexec").unwrap_or(program.len());
    let Some(start) = memchr::memmem::find(&program[..plain], b"/Encoding") else { return };
    let mut lexer = Lexer::new(&program[..plain], start + 9);
    let mut cleared = false;
    while let Some(token) = lexer.next() {
        match token {
            Token::Word(b"StandardEncoding" | b"readonly" | b"def") => break,
            Token::Word(b"dup") => {
                if let (Some(Token::Int(code)), Some(Token::Name(name))) = (lexer.next(), lexer.next()) {
                    if !std::mem::replace(&mut cleared, true) {
                        chars.fill(None);
                    }
                    if let Some(slot) = usize::try_from(code).ok().and_then(|n| chars.get_mut(n)) {
                        *slot = encodings::of_name(&name);
                    }
                }
            }
            _ => {}
        }
    }
}

fn widths(file: &File<'_>, dict: &Dict, chars: &[Option<String>; 256]) -> [f64; 256] {
    let name = base_name(file, dict);
    let given = file.entry(dict, "Widths").into_owned();
    let Some(given) = given.array() else {
        return std::array::from_fn(|n| {
            let letter = chars[n].as_deref().and_then(|t| t.chars().next());
            letter.map_or(500.0, |c| metrics::width(&name, c))
        });
    };
    let descriptor = file.entry(dict, "FontDescriptor").into_owned();
    let missing = descriptor.dict().and_then(|d| file.entry(d, "MissingWidth").number()).unwrap_or(0.0);
    let first = file.entry(dict, "FirstChar").int().unwrap_or(0).clamp(0, 255);
    let mut all = [missing; 256];
    for (code, width) in (first..).zip(given) {
        if let Some(slot) = usize::try_from(code).ok().and_then(|n| all.get_mut(n)) {
            *slot = file.follow(width).number().unwrap_or(missing);
        }
    }
    all
}
