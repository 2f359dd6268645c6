//! WebP and GIF: the blocks beside the picture.

use super::{Image, exif, little, plain};

pub(super) fn webp(bytes: &[u8], image: &mut Image) {
    let told = little(bytes, 4, 4).unwrap_or(0) as usize;
    image.cut_off = told.saturating_add(8) > bytes.len();
    let mut at = 12;
    while let (Some(kind), Some(length)) = (bytes.get(at..at + 4), little(bytes, at + 4, 4)) {
        let start = at + 8;
        let end = start.saturating_add(length as usize);
        let content = bytes.get(start..end).unwrap_or(&bytes[start..]);
        let size = match kind {
            b"VP8X" => pair(content, 4, 3).map(|(w, h)| (w + 1, h + 1)),
            b"VP8 " => pair(content, 6, 2).map(|(w, h)| (w & 0x3FFF, h & 0x3FFF)),
            b"VP8L" => little(content, 1, 4).map(|n| ((n & 0x3FFF) + 1, (n >> 14 & 0x3FFF) + 1)),
            _ => None,
        };
        image.size = image.size.or(size);
        match kind {
            b"EXIF" => exif::read(content.strip_prefix(b"Exif\0\0").unwrap_or(content), false, image),
            b"XMP " => image.describe(content),
            _ => {}
        }
        // Chunks begin at even places.
        at = end.saturating_add((length & 1) as usize);
    }
}

fn pair(bytes: &[u8], at: usize, count: usize) -> Option<(u32, u32)> {
    Some((little(bytes, at, count)?, little(bytes, at + count, count)?))
}

pub(super) fn gif(bytes: &[u8], image: &mut Image) {
    image.size = pair(bytes, 6, 2);
    image.cut_off = true;
    // Eight times the power of two that the last three bits say, if the first bit says that there are colours.
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let Some(flags) = bytes.get(10) else { return };
    let mut at = 13 + colours(*flags);
    loop {
        match bytes.get(at) {
            Some(0x3B) => {
                image.cut_off = false;
                return;
            }
            Some(0x2C) => {
                let Some(flags) = bytes.get(at + 9) else { return };
                at = skip(bytes, at + 11 + colours(*flags), None);
            }
            Some(0x21) => {
                let mut text = Vec::new();
                let comment = bytes.get(at + 1) == Some(&0xFE);
                at = skip(bytes, at + 2, comment.then_some(&mut text));
                if comment {
                    image.say("Comment", plain(&text));
                }
            }
            _ => return,
        }
    }
}

/// Goes over blocks that say their length, up to an empty one.
fn skip(bytes: &[u8], mut at: usize, mut into: Option<&mut Vec<u8>>) -> usize {
    while let Some(length) = bytes.get(at).map(|n| usize::from(*n)) {
        let end = at + 1 + length;
        if let Some(into) = &mut into {
            into.extend_from_slice(bytes.get(at + 1..end).unwrap_or(&[]));
        }
        at = end;
        if length == 0 {
            break;
        }
    }
    at
}
