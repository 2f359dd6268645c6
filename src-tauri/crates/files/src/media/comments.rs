//! FLAC, Ogg and WAV: comments in their own forms.

use super::{Media, Stream, id3, little};
use crate::image::plain;
use crate::limits;

/// Blocks in front of the sound: more than any program writes.
const BLOCKS: usize = 10_000;

pub(super) fn flac(stream: &mut Stream<'_>, media: &mut Media) {
    stream.skip(4);
    for _ in 0..BLOCKS {
        let head = stream.take(4);
        let [kind, high, middle, low] = head[..] else {
            media.cut_off = true;
            return;
        };
        let length = u32::from_be_bytes([0, high, middle, low]) as usize;
        let wanted = matches!(kind & 0x7F, 0 | 4);
        let content = stream.take(if wanted { length } else { 0 });
        match kind & 0x7F {
            0 => {
                let number =
                    content.get(10..18).and_then(|b| b.first_chunk::<8>()).map(|b| u64::from_be_bytes(*b));
                if let Some(number) = number.filter(|n| n >> 44 > 0) {
                    media.say_duration((number & 0xF_FFFF_FFFF) / (number >> 44));
                }
            }
            4 => list(&content, media),
            _ => {}
        }
        let whole = if wanted { content.len() == length } else { stream.skip(length as u64) };
        if !whole {
            media.cut_off = true;
            return;
        }
        if kind & 0x80 != 0 {
            return;
        }
    }
}

pub(super) fn ogg(stream: &mut Stream<'_>, media: &mut Media) {
    let mut packet = Vec::new();
    // FLAC keeps its own blocks inside.
    let mut blocks = false;
    for _ in 0..BLOCKS {
        let head = stream.take(27);
        let Some(count) = head.get(26).filter(|_| head.starts_with(b"OggS")) else {
            media.cut_off = true;
            return;
        };
        for length in stream.take(usize::from(*count)) {
            let piece = stream.take(usize::from(length));
            media.cut_off |= piece.len() < usize::from(length);
            packet.extend(piece);
            // A packet ends with a piece that is not full.
            if length == u8::MAX && packet.len() < limits::INNER_PART {
                continue;
            }
            let comments = [&b"\x03vorbis"[..], b"OpusTags", b"\x81theora", b"Speex   \0"]
                .iter()
                .find_map(|mark| packet.strip_prefix(*mark));
            let block = packet.strip_prefix(&[4]).or(packet.strip_prefix(&[0x84])).filter(|_| blocks);
            if let Some(comments) = comments.or_else(|| block?.get(3..)) {
                return list(comments, media);
            }
            blocks |= packet.starts_with(b"\x7FFLAC");
            packet.clear();
        }
        if media.cut_off {
            return;
        }
    }
}

/// Comments, each with its name and its length in front.
fn list(bytes: &[u8], media: &mut Media) {
    let Some(program) = little(bytes, 0) else { return };
    let mut at = (program as usize).saturating_add(8);
    while let Some(length) = little(bytes, at) {
        let from = at + 4;
        let Some(text) = from.checked_add(length as usize).and_then(|to| bytes.get(from..to)) else { return };
        let text = plain(text);
        if let Some((name, value)) = text.split_once('=') {
            // Covers are pictures.
            if !name.eq_ignore_ascii_case("METADATA_BLOCK_PICTURE") && !name.eq_ignore_ascii_case("COVERART")
            {
                media.say(&called(name), value);
            }
        }
        at = from + length as usize;
    }
}

/// The name of a comment as it is elsewhere: `TITLE` is `Title`.
fn called(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

/// What a list of WAV calls things.
const INFO: &[(&[u8; 4], &str)] = &[
    (b"INAM", "Title"),
    (b"IART", "Artist"),
    (b"IPRD", "Album"),
    (b"ICMT", "Comment"),
    (b"ICRD", "Date"),
    (b"ICOP", "Copyright"),
    (b"IGNR", "Genre"),
    (b"ISBJ", "Subject"),
    (b"ISFT", "Software"),
    (b"IENG", "Engineer"),
    (b"ITCH", "Technician"),
];

pub(super) fn wav(stream: &mut Stream<'_>, media: &mut Media) {
    stream.skip(12);
    let mut rate = 0;
    for _ in 0..BLOCKS {
        let head = stream.take(8);
        let (Some(kind), Some(length)) = (head.get(..4), little(&head, 4)) else {
            media.cut_off |= !head.is_empty();
            return;
        };
        let wanted = matches!(kind, b"LIST" | b"fmt " | b"bext" | b"id3 " | b"ID3 ");
        let held = if wanted { (length as usize).min(limits::INNER_PART) } else { 0 };
        let content = stream.take(held);
        match kind {
            b"fmt " => rate = little(&content, 8).unwrap_or(0),
            b"data" if rate > 0 => media.say_duration(u64::from(length / rate)),
            b"LIST" if content.starts_with(b"INFO") => info(&content[4..], media),
            b"bext" => {
                let ranges = [
                    ("Description", 0..256),
                    ("Originator", 256..288),
                    ("Date", 320..330),
                    ("Time", 330..338),
                ];
                for (name, range) in ranges {
                    let text = content.get(range).unwrap_or(&[]);
                    let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
                    media.say(name, &plain(&text[..end]));
                }
            }
            b"id3 " | b"ID3 " => id3::tag(&content, media),
            _ => {}
        }
        // Chunks begin at even places.
        let rest = u64::from(length) - held as u64;
        if content.len() < held || !stream.skip(rest) {
            media.cut_off = true;
            return;
        }
        stream.skip(u64::from(length & 1));
    }
}

fn info(mut bytes: &[u8], media: &mut Media) {
    while let (Some(kind), Some(length)) = (bytes.get(..4), little(bytes, 4)) {
        let content = bytes.get(8..).unwrap_or(&[]);
        let content = &content[..(length as usize).min(content.len())];
        if let Some((_, name)) = INFO.iter().find(|(known, _)| *known == kind) {
            media.say(name, &plain(content));
        }
        let next = (length as usize).saturating_add(8).saturating_add((length & 1) as usize);
        bytes = bytes.get(next..).unwrap_or(&[]);
    }
}
