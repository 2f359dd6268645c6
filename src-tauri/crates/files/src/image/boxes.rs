//! HEIC and AVIF: boxes that say where what is written about the picture stands.

use super::{Image, be16, be32, exif};

/// More items than an image has parts.
const ITEMS: usize = 4096;

pub(super) fn read(bytes: &[u8], image: &mut Image) {
    let (found, whole) = children(bytes);
    image.cut_off = !whole;
    let Some(meta) = found.iter().find(|(kind, _)| kind == b"meta").and_then(|(_, m)| m.get(4..)) else {
        return;
    };
    let (parts, _) = children(meta);
    let part = |name: &[u8]| parts.iter().find(|(kind, _)| kind == name).map(|(_, content)| *content);
    if let Some(properties) = part(b"iprp") {
        for (kind, list) in children(properties).0 {
            if &kind != b"ipco" {
                continue;
            }
            for (kind, content) in children(list).0 {
                // Tiles and small pictures have sizes too: the largest is that of the image.
                if &kind == b"ispe"
                    && let (Some(width), Some(height)) = (be32(content, 4), be32(content, 8))
                    && image.size.is_none_or(|(w, h)| {
                        u64::from(w) * u64::from(h) < u64::from(width) * u64::from(height)
                    })
                {
                    image.size = Some((width, height));
                }
            }
        }
    }
    let (Some(infos), Some(places)) = (part(b"iinf"), part(b"iloc")) else { return };
    let places = locations(places);
    let infos = infos.get(if infos.first() == Some(&0) { 6.. } else { 8.. }).unwrap_or(&[]);
    for (kind, info) in children(infos).0.into_iter().take(ITEMS) {
        let (Some(version @ 2..), b"infe") = (info.first().copied(), &kind) else { continue };
        let (id, at) = match version {
            2 => (be16(info, 4).map(u32::from), 8),
            _ => (be32(info, 4), 10),
        };
        let Some(content) = places
            .iter()
            .find(|(n, _, _)| Some(*n) == id)
            .and_then(|(_, from, length)| bytes.get(*from..from.checked_add(*length)?))
        else {
            continue;
        };
        match info.get(at..at + 4) {
            Some(b"Exif") => {
                // How far in the header stands is said first.
                let start = be32(content, 0).map_or(4, |n| (n as usize).saturating_add(4));
                exif::read(content.get(start..).unwrap_or(&[]), false, image);
            }
            Some(b"mime") => image.describe(content),
            _ => {}
        }
    }
}

/// A box: its kind and its content.
pub(crate) type Part<'a> = ([u8; 4], &'a [u8]);

/// The boxes in a content, and whether the last one is whole.
pub(crate) fn children(bytes: &[u8]) -> (Vec<Part<'_>>, bool) {
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(size), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
        let (head, size) = match size {
            0 => (8, bytes.len() - at),
            1 => {
                let (Some(high), Some(low)) = (be32(bytes, at + 8), be32(bytes, at + 12)) else { break };
                (16, usize::try_from(u64::from(high) << 32 | u64::from(low)).unwrap_or(usize::MAX))
            }
            size => (8, size as usize),
        };
        if size < head || found.len() >= ITEMS {
            return (found, false);
        }
        let end = at.saturating_add(size);
        let content = bytes.get(at + head..end.min(bytes.len())).unwrap_or(&[]);
        found.push((kind.try_into().unwrap_or_default(), content));
        if end > bytes.len() {
            return (found, false);
        }
        at = end;
    }
    (found, true)
}

/// The first place of each item: its number, where it starts, its length.
fn locations(bytes: &[u8]) -> Vec<(u32, usize, usize)> {
    let mut found = Vec::new();
    let mut read = || -> Option<()> {
        let version = *bytes.first()?;
        let sizes = be16(bytes, 4)?;
        let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| usize::from(sizes >> shift & 15));
        let mut at = 6;
        let count = if version < 2 { u32::from(be16(bytes, at)?) } else { be32(bytes, at)? };
        at += if version < 2 { 2 } else { 4 };
        let number = |at: usize, size: usize| -> Option<usize> {
            let bytes = bytes.get(at..at.checked_add(size)?)?;
            usize::try_from(bytes.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b))).ok()
        };
        for _ in 0..count.min(4096) {
            let id = if version < 2 { u32::from(be16(bytes, at)?) } else { be32(bytes, at)? };
            at += if version < 2 { 2 } else { 4 };
            // How it is put together, and the file that it stands in: only this one is read.
            at += if version > 0 { 4 } else { 2 };
            let start = number(at, base)?;
            at += base;
            let extents = be16(bytes, at)?;
            at += 2;
            for n in 0..extents {
                at += if version > 0 { index } else { 0 };
                let (from, size) = (number(at, offset)?, number(at + offset, length)?);
                at += offset + length;
                if n == 0 {
                    found.push((id, start.saturating_add(from), size));
                }
            }
        }
        Some(())
    };
    // What breaks off is told as far as it goes.
    let _ = read();
    found
}
