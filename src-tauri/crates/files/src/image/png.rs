//! PNG: its chunks of text.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{Image, be16, be32, exif, plain};
use crate::limits;

pub(super) fn read(bytes: &[u8], image: &mut Image) {
    let mut at = 8;
    image.cut_off = true;
    while let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
        let start = at + 8;
        let end = start.saturating_add(length as usize);
        let content = bytes.get(start..end).unwrap_or(&bytes[start..]);
        chunk(kind, content, image);
        if kind == b"IEND" {
            image.cut_off = false;
            break;
        }
        // A sum follows each chunk.
        at = end.saturating_add(4);
    }
}

fn chunk(kind: &[u8], content: &[u8], image: &mut Image) {
    match kind {
        b"IHDR" => {
            if let (Some(width), Some(height)) = (be32(content, 0), be32(content, 4)) {
                image.size = Some((width, height));
            }
        }
        b"eXIf" => exif::read(content, false, image),
        b"tIME" => {
            if let (Some(year), Some(&[month, day, hour, minute, second])) =
                (be16(content, 0), content.get(2..7))
            {
                image.say(
                    "ModifyDate",
                    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
                );
            }
        }
        b"tEXt" => {
            if let Some((name, text)) = split(content) {
                text_of(&plain(name), plain(text), image);
            }
        }
        b"zTXt" => {
            if let Some((name, packed)) = split(content) {
                let text = unpacked(packed.get(1..).unwrap_or(&[]));
                text_of(&plain(name), plain(&text), image);
            }
        }
        b"iTXt" => {
            if let Some((name, text)) = international(content) {
                match name.as_str() {
                    "XML:com.adobe.xmp" => image.describe(&text),
                    name => text_of(name, plain(&text), image),
                }
            }
        }
        _ => {}
    }
}

/// A name, whether the text is packed, how, two languages, and the text.
fn international(content: &[u8]) -> Option<(String, Vec<u8>)> {
    let (name, rest) = split(content)?;
    let (packed, rest) = (*rest.first()? == 1, rest.get(2..)?);
    let (_, rest) = split(rest)?;
    let (_, text) = split(rest)?;
    Some((plain(name), if packed { unpacked(text) } else { text.to_vec() }))
}

fn text_of(name: &str, text: String, image: &mut Image) {
    // Descriptions are also written as text of a profile; those are for programs.
    if !name.starts_with("Raw profile") {
        image.say(name, text);
    }
}

fn split(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(0, content)?;
    Some((&content[..end], &content[end + 1..]))
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    decompress_to_vec_zlib_with_limit(packed, limits::INNER_PART).unwrap_or_default()
}
