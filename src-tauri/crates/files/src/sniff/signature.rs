//! Formats that their first bytes give away.

use crate::layout::Format;
use crate::limits;
use crate::{image, plist, sqlite};

/// What an image is, by its first bytes alone: its name may say what it likes.
pub(crate) fn image(bytes: &[u8]) -> Format {
    signature(&bytes[..bytes.len().min(limits::HEAD)], "").filter(|f| f.is_image()).unwrap_or(Format::Binary)
}

/// The formats that their first bytes give away.
pub(super) fn signature(head: &[u8], extension: &str) -> Option<Format> {
    let starts = |bytes: &[u8]| head.starts_with(bytes);
    Some(match head {
        _ if starts(b"%PDF-") => Format::Pdf,
        _ if starts(b"\x89PNG\r\n\x1a\n") => Format::Png,
        _ if starts(b"\xFF\xD8\xFF") => Format::Jpeg,
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Format::Gif,
        _ if starts(b"RIFF") && head.get(8..12) == Some(b"WEBP") => Format::Webp,
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => zipped(head, extension),
        _ if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Format::Xls,
        _ if starts(plist::MARK) => Format::Plist,
        _ if starts(b"SQLite format 3\0") => Format::Sqlite,
        _ if sqlite::beside(head).is_some() => Format::SqliteJournal,
        _ if starts(b"\x1F\x8B") => Format::Gzip,
        _ if starts(b"BZh") && head.get(4..10) == Some(b"1AY&SY") => Format::Bzip2,
        _ if starts(b"\xFD7zXZ\0") => Format::Xz,
        _ if starts(b"\x28\xB5\x2F\xFD") => Format::Zstd,
        _ if starts(b"7z\xBC\xAF\x27\x1C") => Format::SevenZip,
        _ if starts(b"Rar!\x1A\x07") => Format::Rar,
        _ if head.get(257..262) == Some(b"ustar") => Format::Tar,
        _ if starts(b"{\\rtf") => Format::Rtf,
        _ if starts(b"II*\0") || starts(b"MM\0*") => Format::Tiff,
        _ if image::is_bitmap(head) => Format::Bmp,
        _ if head.get(4..8) == Some(b"ftyp") => branded(head),
        // `Stammdaten` begins with the name of a part of a film, too, but no size is written in letters.
        _ if matches!(head.get(4..8), Some(b"moov" | b"mdat"))
            && !head[..4].iter().all(u8::is_ascii_alphabetic) =>
        {
            Format::Mov
        }
        _ if starts(b"ID3") || is_sound(head, extension) => Format::Mp3,
        _ if starts(b"RIFF") && head.get(8..12) == Some(b"WAVE") => Format::Wav,
        _ if starts(b"OggS\0") => Format::Ogg,
        _ if starts(b"fLaC\0") => Format::Flac,
        // A PDF may have a little in front of it.
        _ if begins_late(head) => Format::Pdf,
        _ => return None,
    })
}

/// What boxes hold: their first says by its brands.
fn branded(head: &[u8]) -> Format {
    let length =
        head.get(..4).and_then(|b| b.first_chunk::<4>()).map_or(0, |b| u32::from_be_bytes(*b)) as usize;
    let main = head.get(8..12).unwrap_or(&[]);
    let others = head.get(16..length.min(head.len()).min(limits::HEAD / 64)).unwrap_or(&[]);
    let has = |brands: &[&[u8; 4]]| others.chunks_exact(4).any(|b| brands.iter().any(|known| b == *known));
    match main {
        b"avif" | b"avis" => Format::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Format::Heic,
        // Some programs name only what both have in common.
        b"mif1" | b"msf1" | b"miaf" if has(&[b"avif", b"avis"]) => Format::Avif,
        b"mif1" | b"msf1" | b"miaf" => Format::Heic,
        b"qt  " => Format::Mov,
        b"M4A " | b"M4B " | b"M4P " => Format::M4a,
        _ => Format::Mp4,
    }
}

/// Whether sound begins at once: two heads of pieces of it, as far apart as the first says, or one and the name.
fn is_sound(head: &[u8], extension: &str) -> bool {
    const RATES: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    let Some([0xFF, 0xFA | 0xFB, marks, _]) = head.get(..4) else { return false };
    let rate = usize::from(marks >> 4).checked_sub(1).and_then(|n| RATES.get(n));
    let often = match marks >> 2 & 3 {
        0 => 44_100,
        1 => 48_000,
        2 => 32_000,
        _ => return false,
    };
    let Some(rate) = rate else { return false };
    let next = (144_000 * rate / often + u32::from(marks >> 1 & 1)) as usize;
    matches!(head.get(next..next + 2), Some([0xFF, 0xFA | 0xFB])) || extension == "mp3"
}

/// Whether a PDF begins a little further on: at the start of a line, with its first object behind it.
fn begins_late(head: &[u8]) -> bool {
    let Some(n) = memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-") else { return false };
    let line = n.checked_sub(1).is_none_or(|n| matches!(head[n], b'\n' | b'\r' | 0))
        || head[..n] == *b"\xEF\xBB\xBF";
    head.contains(&0) || line && memchr::memmem::find(&head[n..], b" obj").is_some()
}

/// What a document is that is a ZIP.
pub(crate) fn packed(bytes: &[u8]) -> Format {
    let end = bytes.len();
    let known = zipped(&bytes[..end.min(limits::HEAD)], "");
    // The list of its parts stands at its end.
    if known == Format::Zip { zipped(&bytes[end.saturating_sub(limits::HEAD)..], "") } else { known }
}

/// Office documents are ZIPs; the names of their first entries tell which.
fn zipped(head: &[u8], extension: &str) -> Format {
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if has(b"opendocument.spreadsheet") {
        Format::Ods
    } else if has(b"opendocument.text") {
        Format::Odt
    } else if has(b"xl/workbook.bin") || extension == "xlsb" && has(b"xl/") {
        Format::Xlsb
    } else if has(b"xl/workbook") || has(b"xl/worksheets") || has(b"xl/sharedStrings") || has(b"xl/_rels") {
        Format::Xlsx
    } else if has(b"word/document") || has(b"word/_rels") || has(b"word/styles") {
        Format::Docx
    } else if has(b"ppt/presentation") || has(b"ppt/slides") || has(b"ppt/_rels") {
        Format::Pptx
    } else if has(b"opendocument.presentation") {
        Format::Odp
    } else if has(b"application/epub+zip") || has(b"META-INF/container.xml") && extension == "epub" {
        Format::Epub
    } else if has(b"[Content_Types].xml") || has(b"mimetype") {
        // What tells them apart lies farther behind, or is packed.
        match extension {
            "ods" => Format::Ods,
            "odt" => Format::Odt,
            "odp" => Format::Odp,
            "epub" => Format::Epub,
            "xlsx" | "xlsm" | "xltx" => Format::Xlsx,
            "xlsb" => Format::Xlsb,
            "docx" | "docm" | "dotx" => Format::Docx,
            "pptx" | "pptm" | "ppsx" => Format::Pptx,
            _ => Format::Zip,
        }
    } else {
        Format::Zip
    }
}
