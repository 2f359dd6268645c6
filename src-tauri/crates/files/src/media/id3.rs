//! MP3: what is said in front of the sound (ID3v2), and behind it (ID3v1).

use super::{Media, Stream};
use crate::image::plain;
use crate::limits;

/// What is said is called, by the names of its frames.
const NAMES: &[(&str, &str, &str)] = &[
    ("TIT2", "TT2", "Title"),
    ("TIT1", "TT1", "Grouping"),
    ("TIT3", "TT3", "Subtitle"),
    ("TPE1", "TP1", "Artist"),
    ("TPE2", "TP2", "AlbumArtist"),
    ("TALB", "TAL", "Album"),
    ("TDRC", "TYE", "Date"),
    ("TYER", "TYE", "Date"),
    ("TDRL", "", "ReleaseDate"),
    ("TCON", "TCO", "Genre"),
    ("TCOM", "TCM", "Composer"),
    ("TRCK", "TRK", "Track"),
    ("TPUB", "TPB", "Publisher"),
    ("TCOP", "TCR", "Copyright"),
    ("TENC", "TEN", "EncodedBy"),
    ("TOWN", "", "Owner"),
    ("TEXT", "TXT", "Lyricist"),
    ("TSSE", "TSS", "Encoder"),
    ("COMM", "COM", "Comment"),
    ("USLT", "ULT", "Lyrics"),
];

/// What ends the files of old programs.
const OLD: usize = 128;

pub(super) fn read(stream: &mut Stream<'_>, media: &mut Media) {
    let head = stream.take(10);
    if head.starts_with(b"ID3") && head.len() == 10 {
        let size = seven(&head[6..10]);
        let tag = stream.take((size as usize).min(limits::INNER_PART));
        media.cut_off = tag.len() < (size as usize).min(limits::INNER_PART);
        frames(&tag, head[3], head[5], media);
    }
    let last = stream.rest(OLD);
    if let Some(old) = last.strip_prefix(b"TAG") {
        for (name, range) in [("Title", 0..30), ("Artist", 30..60), ("Album", 60..90), ("Date", 90..94)] {
            let text = old.get(range).unwrap_or(&[]);
            let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
            media.say_first(name, &plain(&text[..end]));
        }
        let text = old.get(94..124).unwrap_or(&[]);
        let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
        media.say_first("Comment", &plain(&text[..end]));
    }
}

/// A number of which each byte has seven bits.
fn seven(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, b| n << 7 | u32::from(b & 0x7F))
}

/// What is said in a chunk or in front of the sound, from its head on.
pub(super) fn tag(bytes: &[u8], media: &mut Media) {
    if let Some((head, rest)) = bytes.split_first_chunk::<10>().filter(|(head, _)| head.starts_with(b"ID3")) {
        frames(&rest[..(seven(&head[6..10]) as usize).min(rest.len())], head[3], head[5], media);
    }
}

fn frames(tag: &[u8], version: u8, flags: u8, media: &mut Media) {
    let mut plain_tag = Vec::new();
    let mut rest = if flags & 0x80 != 0 && version < 4 {
        // A zero behind each byte of ones keeps players from taking it for sound.
        let mut before = 0;
        plain_tag.extend(tag.iter().copied().filter(|b| {
            let keep = !(before == 0xFF && *b == 0);
            before = *b;
            keep
        }));
        plain_tag.as_slice()
    } else {
        tag
    };
    if flags & 0x40 != 0 {
        let size = match (version, rest.get(..4)) {
            (3, Some(size)) => 4 + size.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b)),
            (4.., Some(size)) => seven(size) as usize,
            _ => 0,
        };
        rest = rest.get(size..).unwrap_or(&[]);
    }
    let (name_length, head) = if version < 3 { (3, 6) } else { (4, 10) };
    while let Some((start, after)) = rest.split_at_checked(head) {
        let name = &start[..name_length];
        if !name.iter().all(u8::is_ascii_alphanumeric) {
            return;
        }
        let size = &start[name_length..if version < 3 { 6 } else { 8 }];
        let size = match version {
            4.. => seven(size) as usize,
            _ => size.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b)),
        };
        let content = &after[..size.min(after.len())];
        frame(&String::from_utf8_lossy(name), content, media);
        rest = after.get(size..).unwrap_or(&[]);
    }
}

fn frame(id: &str, content: &[u8], media: &mut Media) {
    let known = NAMES.iter().find(|(new, old, _)| *new == id || *old == id).map(|(.., name)| *name);
    let Some((encoding, rest)) = content.split_first() else { return };
    match (id, known) {
        ("TXXX" | "TXX", _) => {
            let texts = texts(*encoding, rest);
            if let [name, value, ..] = &texts[..] {
                media.say(if name.is_empty() { "Text" } else { name }, value);
            }
        }
        ("COMM" | "COM" | "USLT" | "ULT", Some(name)) => {
            // A language, and what it is, come first. What programs write for themselves says so.
            let texts = texts(*encoding, rest.get(3..).unwrap_or(&[]));
            if let [what, value, ..] = &texts[..]
                && !what.starts_with("iTun")
            {
                media.say(name, value);
            }
        }
        ("POPM" | "POP", _) => {
            let end = content.iter().position(|b| *b == 0).unwrap_or(content.len());
            media.say("RatedBy", &plain(&content[..end]));
        }
        ("WXXX" | "WXX", _) => {
            if let Some(link) = texts(*encoding, rest).get(1) {
                media.say("Link", link);
            }
        }
        _ if id.starts_with('W') => media.say("Link", &plain(content)),
        (_, Some(name)) => texts(*encoding, rest).iter().for_each(|text| media.say(name, text)),
        _ if id.starts_with('T') => texts(*encoding, rest).iter().for_each(|text| media.say(id, text)),
        _ => {}
    }
}

/// Texts with a zero between them, in one of four encodings.
fn texts(encoding: u8, bytes: &[u8]) -> Vec<String> {
    let whole = match encoding {
        1 | 2 => {
            // Each text may have a mark of its own.
            let big = encoding == 2 || bytes.starts_with(b"\xFE\xFF");
            let from = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
            from.decode_without_bom_handling(bytes).0.replace('\u{FEFF}', "")
        }
        3 => String::from_utf8_lossy(bytes).into_owned(),
        // It should be Latin, and is often something else.
        _ => plain(bytes),
    };
    whole.split('\0').map(str::to_owned).collect()
}
