//! MP4, MOV, M4A and their like: boxes, of which one says what the film is.

use super::{Media, Stream};
use crate::image::{be16, be32, children, plain};
use crate::{limits, msg, xmp};

/// Between 1601, from which times are written elsewhere, and 1904, from which they are here: in seconds.
const UNTIL_1904: u64 = 9_561_628_800;

/// The box that may hold a description of its own.
const DESCRIPTION: [u8; 16] =
    [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

/// What things are called, by the names of their boxes.
const NAMES: &[(&[u8; 4], &str)] = &[
    (b"\xA9nam", "Title"),
    (b"\xA9ART", "Artist"),
    (b"\xA9alb", "Album"),
    (b"\xA9day", "Date"),
    (b"\xA9cmt", "Comment"),
    (b"\xA9wrt", "Composer"),
    (b"\xA9gen", "Genre"),
    (b"\xA9lyr", "Lyrics"),
    (b"\xA9grp", "Grouping"),
    (b"\xA9aut", "Author"),
    (b"\xA9cpy", "Copyright"),
    (b"\xA9des", "Description"),
    (b"\xA9inf", "Information"),
    (b"\xA9dir", "Director"),
    (b"\xA9mak", "Make"),
    (b"\xA9mod", "Model"),
    (b"\xA9swr", "Software"),
    (b"\xA9too", "Encoder"),
    (b"\xA9xyz", "Location"),
    (b"aART", "AlbumArtist"),
    (b"cprt", "Copyright"),
    (b"desc", "Description"),
    (b"ldes", "LongDescription"),
    (b"purd", "PurchaseDate"),
    (b"apID", "AppleID"),
    (b"ownr", "Owner"),
    (b"tvsh", "Show"),
    (b"tven", "Episode"),
    (b"titl", "Title"),
    (b"auth", "Author"),
    (b"perf", "Performer"),
    (b"dscp", "Description"),
    (b"gnre", "Genre"),
];

pub(super) fn read(stream: &mut Stream<'_>, media: &mut Media) {
    let mut told = false;
    loop {
        let head = stream.take(8);
        let (Some(size), Some(kind)) = (be32(&head, 0), head.get(4..8)) else {
            media.cut_off |= !head.is_empty() || !told;
            return;
        };
        let size = match size {
            0 => u64::MAX,
            1 => {
                let long = stream.take(8);
                let (Some(high), Some(low)) = (be32(&long, 0), be32(&long, 4)) else {
                    media.cut_off = true;
                    return;
                };
                (u64::from(high) << 32 | u64::from(low)).saturating_sub(16)
            }
            size => u64::from(size).saturating_sub(8),
        };
        let wanted = matches!(kind, b"moov" | b"meta" | b"udta" | b"uuid");
        let held = if wanted { size.min(limits::INNER_PART as u64) } else { 0 };
        let content = stream.take(usize::try_from(held).unwrap_or(0));
        match kind {
            b"moov" => {
                told = true;
                movie(&content, media);
            }
            b"meta" => meta(&content, media),
            b"udta" => user(&content, media),
            b"uuid" if content.starts_with(&DESCRIPTION) => {
                for (path, text) in xmp::values(&content[DESCRIPTION.len()..]) {
                    media.said.push((path, text));
                }
            }
            _ => {}
        }
        let whole = content.len() as u64 == held && (size == u64::MAX || stream.skip(size - held));
        if size == u64::MAX || !whole {
            media.cut_off |= !whole || !told;
            return;
        }
    }
}

/// Some bytes as a number.
fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(be32(bytes, at)?) << 32 | u64::from(be32(bytes, at.checked_add(4)?)?))
}

fn movie(bytes: &[u8], media: &mut Media) {
    let mut size = None;
    for (kind, content) in children(bytes).0 {
        match &kind {
            b"mvhd" => {
                let new = content.first() == Some(&1);
                let (created, at) =
                    if new { (long(content, 4), 20) } else { (be32(content, 4).map(u64::from), 12) };
                let length = if new { long(content, 24) } else { be32(content, 16).map(u64::from) };
                let time = created.filter(|n| *n > 0).and_then(|n| n.checked_add(UNTIL_1904));
                if let Some(time) = time.and_then(|n| msg::written(n.checked_mul(10_000_000)?)) {
                    media.say("CreationDate", &time);
                }
                let unit = be32(content, at).map(u64::from).filter(|n| *n > 0);
                if let (Some(length), Some(unit)) = (length, unit) {
                    media.say_duration(length / unit);
                }
            }
            b"trak" => {
                let head = children(content).0.into_iter().find(|(kind, _)| kind == b"tkhd");
                let at = head.and_then(|(_, h)| Some((h, h.len().checked_sub(8)?)));
                let found = at.and_then(|(h, at)| Some((be32(h, at)? >> 16, be32(h, at + 4)? >> 16)));
                size = size.max(found.filter(|(width, height)| *width > 0 && *height > 0));
                for (kind, content) in children(content).0 {
                    match &kind {
                        b"meta" => meta(content, media),
                        b"udta" => user(content, media),
                        _ => {}
                    }
                }
            }
            b"udta" => user(content, media),
            b"meta" => meta(content, media),
            _ => {}
        }
    }
    if let Some((width, height)) = size {
        media.say("Width", &width.to_string());
        media.say("Height", &height.to_string());
    }
}

fn name_of(kind: &[u8; 4]) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name)
}

fn tell(name: &str, text: &str, media: &mut Media) {
    media.say(name, text);
    if name == "Location"
        && let Some((latitude, longitude)) = position(text)
    {
        media.say_place(latitude, longitude);
    }
}

/// What cameras and phones write beside the film.
fn user(bytes: &[u8], media: &mut Media) {
    for (kind, content) in children(bytes).0 {
        match (&kind, name_of(&kind)) {
            (b"meta", _) => meta(content, media),
            (b"loci", _) => place(content, media),
            // Texts of QuickTime have a length and a language in front of them.
            ([0xA9, ..], Some(name)) => {
                let length = be16(content, 0).map_or(0, usize::from);
                let text = content.get(4..).unwrap_or(&[]);
                tell(name, &plain(&text[..length.min(text.len())]), media);
            }
            // Those of phones have a version and a language.
            (_, Some(name)) => {
                let text = content.get(6..).unwrap_or(&[]);
                let text = match text {
                    [0xFE, 0xFF, rest @ ..] => {
                        encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
                    }
                    text => plain(text),
                };
                tell(name, &text, media);
            }
            _ => {}
        }
    }
}

/// A place of phones: a name, then where it is.
fn place(content: &[u8], media: &mut Media) {
    let text = content.get(6..).unwrap_or(&[]);
    let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
    media.say("Location", &plain(&text[..end]));
    let degrees = |at: usize| be32(text, at).map(|n| f64::from(n.cast_signed()) / 65_536.0);
    if let (Some(longitude), Some(latitude)) = (degrees(end + 2), degrees(end + 6)) {
        media.say_place(latitude, longitude);
    }
}

/// Lists of what is said, by kind or by names of their own.
fn meta(content: &[u8], media: &mut Media) {
    // Those of QuickTime have no version in front.
    let content = if content.get(4..8) == Some(b"hdlr") { content } else { content.get(4..).unwrap_or(&[]) };
    let parts = children(content).0;
    let part = |name: &[u8]| parts.iter().find(|(kind, _)| kind == name).map(|(_, content)| *content);
    let keys: Vec<String> = part(b"keys")
        .and_then(|keys| keys.get(8..))
        .map(|keys| children(keys).0.into_iter().map(|(_, name)| plain(name)).collect())
        .unwrap_or_default();
    for (kind, content) in children(part(b"ilst").unwrap_or(&[])).0 {
        let values = children(content).0;
        let number = u32::from_be_bytes(kind).checked_sub(1).map(|n| n as usize);
        let own = values.iter().find(|(kind, _)| kind == b"name").and_then(|(_, name)| name.get(4..));
        let name = match (name_of(&kind), own) {
            (Some(name), _) => name.to_owned(),
            (None, Some(own)) if &kind == b"----" => plain(own),
            _ => match number.and_then(|n| keys.get(n)) {
                Some(key) => known_key(key),
                None => continue,
            },
        };
        for (_, data) in values.iter().filter(|(kind, _)| kind == b"data") {
            // Text in UTF-8 or of nobody knows which encoding; the rest are pictures and numbers.
            let text = data.get(8..).filter(|text| be32(data, 0) == Some(1) || is_text(text));
            if let Some(text) = text {
                tell(&name, &plain(text), media);
            }
        }
    }
}

fn is_text(bytes: &[u8]) -> bool {
    bytes.len() > 8 && std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(|c: char| c.is_control()))
}

/// What Apple's names come to.
fn known_key(key: &str) -> String {
    let last = key.strip_prefix("com.apple.quicktime.").unwrap_or(key);
    match last {
        "location.ISO6709" => "Location".to_owned(),
        "creationdate" => "CreationDate".to_owned(),
        "title" | "displayname" => "Title".to_owned(),
        "make" => "Make".to_owned(),
        "model" => "Model".to_owned(),
        "software" => "Software".to_owned(),
        "author" => "Author".to_owned(),
        "comment" => "Comment".to_owned(),
        "description" => "Description".to_owned(),
        other => other.to_owned(),
    }
}

/// A place in the form `+48.8584+002.2945+035/`, in degrees.
fn position(text: &str) -> Option<(f64, f64)> {
    let mut numbers = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().skip(1).chain([(text.len(), '/')]) {
        if matches!(c, '+' | '-' | '/') && numbers.len() < 2 {
            numbers.push(text.get(from..at)?);
            from = at;
        }
    }
    let [latitude, longitude] = numbers[..] else { return None };
    Some((latitude.parse().ok()?, longitude.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_as_films_write_them() {
        let check = |text: &str, wanted: Option<(f64, f64)>| {
            let (found, wanted) = (format!("{:?}", position(text)), format!("{wanted:?}"));
            assert_eq!(found, wanted, "{text}");
        };
        check("+48.8584+002.2945+035.000/", Some((48.8584, 2.2945)));
        check("-33.8600+151.2094/", Some((-33.86, 151.2094)));
        check("+48.8584+002.2945", Some((48.8584, 2.2945)));
        check("é", None);
        check("", None);
        check("Paris", None);
    }
}
