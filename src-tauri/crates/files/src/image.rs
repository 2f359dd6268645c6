//! An image: its size, and all that is written in it beside the picture: when, where and with what it was taken, by whom,
//! titles and comments. The picture itself is not decoded here.

mod bitmap;
mod boxes;
mod exif;
mod iptc;
mod jpeg;
mod png;
mod riff;

pub(crate) use self::bitmap::is_bitmap;
pub(crate) use self::boxes::children;
pub(crate) use self::exif::has_more_pages;
use crate::layout::Format;
use crate::limits;
use crate::named::{Named, Places};
use crate::oddities::say;
use crate::out::Out;
use crate::row::{Notation, Row, Span};

/// What is known of an image.
#[derive(Debug, Default)]
struct Image {
    size: Option<(u32, u32)>,
    said: Vec<Named>,
    /// Whether its end is missing.
    cut_off: bool,
}

impl Image {
    fn say(&mut self, name: &str, text: impl Into<String>) {
        let text: String = text.into();
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if !text.is_empty() && self.said.len() < limits::XMP_VALUES {
            self.said.push((vec![name.to_owned()], text.to_owned()));
        }
    }

    /// Adds what a description says that is not said yet.
    fn describe(&mut self, xmp: &[u8]) {
        for (path, text) in crate::xmp::values(xmp) {
            if !self.said.iter().any(|(_, said)| *said == text) {
                self.said.push((path, text));
            }
        }
    }
}

/// Reads an image.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    let mut image = Image::default();
    match out.layout.format {
        Format::Jpeg => jpeg::read(bytes, &mut image),
        Format::Png => png::read(bytes, &mut image),
        Format::Gif => riff::gif(bytes, &mut image),
        Format::Webp => riff::webp(bytes, &mut image),
        Format::Bmp => bitmap::read(bytes, &mut image),
        Format::Heic | Format::Avif => boxes::read(bytes, &mut image),
        _ => exif::read(bytes, true, &mut image),
    }
    out.list("", "");
    let mut row = Row {
        span: Span { number: Span::ALONE, ..Span::default() },
        notation: Notation::Page,
        ..Row::default()
    };
    let mut places = Places::default();
    let mut put = |name: &str, text: &str| {
        places.push(&mut out.layout, &mut row, &[name.to_owned()], text);
    };
    if let Some((width, height)) = image.size {
        put("Width", &width.to_string());
        put("Height", &height.to_string());
    }
    for (path, text) in &image.said {
        places.push(&mut out.layout, &mut row, path, text);
    }
    if image.size.is_none() {
        out.partly = true;
        out.odd.add("image_damaged", say("the image does not say how large it is: it is damaged"));
    } else if image.cut_off {
        out.partly = true;
        out.odd.add("image_cut_off", say("the end of the image is missing"));
    }
    out.emit_other(&mut row);
}

/// A number of two bytes, the larger first.
pub(crate) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A number of four bytes, the largest first.
pub(crate) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A number of up to four bytes, the smallest first.
fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b)))
}

/// Text of nobody knows which encoding: UTF-8, else that of Windows.
pub(crate) fn plain(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
