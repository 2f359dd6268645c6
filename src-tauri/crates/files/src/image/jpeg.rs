//! JPEG: the segments in front of the picture.

use super::{Image, be16, exif, iptc, plain};

pub(super) fn read(bytes: &[u8], image: &mut Image) {
    let mut at = 2;
    let mut more: Vec<u8> = Vec::new();
    while bytes.get(at) == Some(&0xFF) {
        let Some(marker) = bytes.get(at + 1).copied() else { break };
        at += 2;
        match marker {
            // Filling, and marks without content.
            0xFF => at -= 1,
            0x01 | 0xD0..=0xD8 => {}
            // The picture, or its end.
            0xDA | 0xD9 => break,
            _ => {
                let Some(length) = be16(bytes, at).map(usize::from).filter(|n| *n >= 2) else { break };
                let content = bytes.get(at + 2..at + length);
                segment(marker, content.unwrap_or(&bytes[(at + 2).min(bytes.len())..]), image, &mut more);
                at += length;
            }
        }
    }
    if !more.is_empty() {
        image.describe(&more);
    }
    // Small pictures in the segments have ends of their own.
    image.cut_off =
        memchr::memmem::find(&bytes[at.min(bytes.len()).saturating_sub(2)..], b"\xFF\xD9").is_none();
}

fn segment(marker: u8, content: &[u8], image: &mut Image, more: &mut Vec<u8>) {
    match marker {
        // Frames say the size; these three marks are no frames.
        0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
            if let (Some(height), Some(width)) = (be16(content, 1), be16(content, 3)) {
                image.size.get_or_insert((width.into(), height.into()));
            }
        }
        0xE1 => {
            if let Some(exif) = content.strip_prefix(b"Exif\0") {
                exif::read(exif.get(1..).unwrap_or(&[]), false, image);
            } else if let Some(xmp) = content.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
                image.describe(xmp);
            } else if let Some(part) = content.strip_prefix(b"http://ns.adobe.com/xmp/extension/\0") {
                // A sum of 32 letters, the size and the place of the part stand in front of it.
                more.extend_from_slice(part.get(40..).unwrap_or(&[]));
            }
        }
        0xED => {
            if let Some(resources) = content.strip_prefix(b"Photoshop 3.0\0") {
                iptc::resources(resources, image);
            }
        }
        0xFE => image.say("Comment", plain(content)),
        _ => {}
    }
}
