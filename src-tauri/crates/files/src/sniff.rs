//! What an entry is: told from its first bytes; its name only breaks ties.

use crate::charset::Charset;
use crate::decode::{self, Map, Trouble, Way};
use crate::layout::Format;
use crate::limits;
use crate::{
    bank, cards, catalog, chat, cues, eml, foreign, image, json, plist, settings, sql, sqlite, table, text,
    yaml,
};

/// Which reader an entry gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Unread,
    /// All its bytes at once.
    Whole,
    /// A film or a recording, of which the least part is looked at.
    Media,
    /// Nothing but white space.
    Blank,
    Json,
    JsonLines,
    /// With the delimiter that the name suggests.
    Table(Option<u8>),
    Xml,
    Html,
    Mail,
    Mailbox,
    Cards,
    Calendar,
    Chat,
    Bank,
    Sql,
    Cues,
    Settings,
    Catalog,
    Yaml,
    Outlines,
    Log,
    Text,
}

/// What an entry is.
pub(crate) struct Found {
    pub(crate) format: Format,
    pub(crate) kind: Kind,
    /// What the name says, if that is something else.
    pub(crate) differs: Option<&'static str>,
}

/// Tells what an entry is.
pub(crate) fn tell(name: &str, head: &[u8], charset: &Charset, whole: bool) -> Found {
    let extension = name.rsplit(['/', '\\']).next().unwrap_or("").rsplit_once('.').map_or("", |(_, e)| e);
    let extension = extension.to_ascii_lowercase();
    let (format, kind) = content(name, &extension, head, charset, whole);
    Found { format, kind, differs: differs(&extension, format) }
}

fn content(name: &str, extension: &str, head: &[u8], charset: &Charset, whole: bool) -> (Format, Kind) {
    if let Some(format) = signature(head, extension) {
        let kind = match format {
            _ if READ_WHOLE.contains(&format) => Kind::Whole,
            _ if MEDIA.contains(&format) => Kind::Media,
            _ => Kind::Unread,
        };
        return (format, kind);
    }
    let way = Way::of(charset.decoding);
    let wide = matches!(way, Way::Utf16Le | Way::Utf16Be | Way::Utf32Le | Way::Utf32Be);
    let plain = !wide;
    if plain && (!looks_like_text(head, extension) || foreign::like_text(head)) {
        return (Format::Binary, Kind::Unread);
    }
    let mut text = String::new();
    let body = &head[charset.mark.min(head.len())..];
    decode::decode(way, body, 0, whole, true, &mut text, 0, &mut Map::default(), &mut Trouble::default());
    let start = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == char::from(json::RECORD));
    if start.is_empty() && whole {
        return (Format::Empty, Kind::Blank);
    }
    if bank::looks_like_ofx(start) {
        return (Format::Ofx, Kind::Bank);
    }
    if start.starts_with('<')
        && let Some(found) = markup(start)
    {
        return found;
    }
    if bank::looks_like_qif(start) {
        return (Format::Qif, Kind::Bank);
    }
    if bank::looks_like_mt940(start) {
        return (Format::Mt940, Kind::Bank);
    }
    if bank::looks_like_bai(start) {
        return (Format::Bai, Kind::Bank);
    }
    if sql::looks_like_sql(start, extension == "sql") {
        return (Format::Sql, Kind::Sql);
    }
    if cues::looks_like_cues(start) {
        return (Format::Subtitles, Kind::Cues);
    }
    if catalog::looks_like_catalog(start) {
        return (Format::Gettext, Kind::Catalog);
    }
    if CALLED_SETTINGS.contains(&extension) && settings::looks_like_settings(start) {
        return (Format::Settings, Kind::Settings);
    }
    if cards::looks_like_jcard(start) {
        return (Format::Jcard, Kind::Cards);
    }
    if starts_with_word(start, "BEGIN:VCARD") || extension == "vcf" {
        return (Format::Vcard, Kind::Cards);
    }
    if starts_with_word(start, "BEGIN:VCALENDAR") || extension == "ics" {
        return (Format::Icalendar, Kind::Calendar);
    }
    if plain && eml::mbox::looks_like_mbox(head, matches!(extension, "mbox" | "mbx" | "mboxrd")) {
        return (Format::Mbox, Kind::Mailbox);
    }
    if plain && eml::looks_like_mail(&text, matches!(extension, "eml" | "emlx" | "mht" | "mhtml")) {
        let page = matches!(extension, "mht" | "mhtml") || eml::looks_like_saved_page(&text);
        return (if page { Format::Mht } else { Format::Eml }, Kind::Mail);
    }
    if matches!(extension, "" | "txt" | "log" | "text")
        && chat::looks_like_chat(&text, called_chat(name), extension == "log")
    {
        return (Format::Chat, Kind::Chat);
    }
    if matches!(extension, "jsonl" | "ndjson") && start.starts_with(['{', '[']) || json_lines(start, whole) {
        return (Format::Ndjson, Kind::JsonLines);
    }
    let called_yaml = matches!(extension, "yaml" | "yml");
    if called_yaml && !start.trim_start_matches(['[', '{', ' ', '\r', '\n']).starts_with('"') {
        return (Format::Yaml, Kind::Yaml);
    }
    let called_json = matches!(extension, "json" | "geojson" | "har");
    if called_json || json::looks_like_json(start, whole) || assigned_json(start, extension, whole) {
        return (Format::Json, Kind::Json);
    }
    if called_yaml || matches!(extension, "" | "txt") && yaml::looks_like_yaml(start) {
        return (Format::Yaml, Kind::Yaml);
    }
    match extension {
        "md" | "markdown" | "mdown" | "mkd" => return (Format::Markdown, Kind::Text),
        "csv" => return (Format::Csv, Kind::Table(None)),
        "tsv" | "tab" => return (Format::Tsv, Kind::Table(Some(b'\t'))),
        "html" | "htm" | "xhtml" => return (Format::Html, Kind::Html),
        "xml" if start.starts_with('<') => return (Format::Xml, Kind::Xml),
        _ => {}
    }
    let prose = matches!(extension, "rst" | "js" | "css" | "py" | "tex");
    if extension == "log" && text::looks_like_log(&text, true) {
        return (Format::Text, Kind::Log);
    }
    if !prose && table::looks_like_table(&text, whole) {
        let tabs = table::find(&text, whole, None).marks.delimiter == b'\t';
        return (if tabs { Format::Tsv } else { Format::Csv }, Kind::Table(None));
    }
    if text::looks_like_log(&text, false) {
        return (Format::Text, Kind::Log);
    }
    (Format::Text, Kind::Text)
}

/// The formats that are read from all their bytes at once.
const READ_WHOLE: &[Format] = &[
    Format::Sqlite,
    Format::Xlsx,
    Format::Xlsb,
    Format::Xls,
    Format::Ods,
    Format::Odt,
    Format::Docx,
    Format::Pptx,
    Format::Odp,
    Format::Epub,
    Format::Pdf,
    Format::Png,
    Format::Jpeg,
    Format::Gif,
    Format::Webp,
    Format::Heic,
    Format::Avif,
    Format::Bmp,
    Format::Tiff,
    Format::Rtf,
    Format::Plist,
];

/// What names of settings end in.
const CALLED_SETTINGS: &[&str] = &["ini", "cfg", "conf", "properties", "toml", "env", "desktop", "url"];

/// What an image is, by its first bytes alone: its name may say what it likes.
pub(crate) fn image(bytes: &[u8]) -> Format {
    signature(&bytes[..bytes.len().min(limits::HEAD)], "").filter(|f| f.is_image()).unwrap_or(Format::Binary)
}

/// The formats of films and recordings.
const MEDIA: &[Format] =
    &[Format::Mp4, Format::Mov, Format::M4a, Format::Mp3, Format::Wav, Format::Ogg, Format::Flac];

/// Whether a name says that a chat is inside.
fn called_chat(name: &str) -> bool {
    let name = name.to_lowercase();
    ["whatsapp", "chat", "discussion", "conversation", "telegram", "irc"]
        .iter()
        .any(|word| name.contains(word))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The formats that their first bytes give away.
fn signature(head: &[u8], extension: &str) -> Option<Format> {
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

/// Text has few control characters; one in ten, or one in three where the name says that it is text.
fn looks_like_text(head: &[u8], extension: &str) -> bool {
    let called_text = CALLED_TEXT.contains(&extension);
    // Zeros by the hundred are what a disk that was not written holds; what stands around them is still text.
    let unwritten = |run: &&[u8]| run.len() >= UNWRITTEN && run[0] == 0;
    let lost: usize = head.chunk_by(|a, b| a == b).filter(unwritten).map(<[u8]>::len).sum();
    let lost = if called_text && lost < head.len() && head[0] != 0 { lost } else { 0 };
    let control = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B) || **b == 0x7F)
        .count();
    // Letters of an old code page come without control characters; where both abound, the bytes are keys or noise.
    let noise = !called_text && control * 50 > head.len() && {
        let high = head.iter().filter(|b| **b >= 0x80).count();
        high * 4 > head.len() && std::str::from_utf8(head).is_err_and(|e| e.error_len().is_some())
    };
    !noise && (control - lost) * if called_text { 3 } else { 10 } <= head.len() - lost
}

/// What names of text end in.
const CALLED_TEXT: [&str; 16] = [
    "csv", "tsv", "json", "jsonl", "ndjson", "txt", "xml", "html", "log", "eml", "mbox", "md", "vcf", "ics",
    "yaml", "yml",
];

/// So many zeros in a row were never written.
const UNWRITTEN: usize = 64;

fn markup(start: &str) -> Option<(Format, Kind)> {
    let head = &start[..crate::out::floor(start, 4096)];
    let lower = head.to_ascii_lowercase();
    let mut rest = lower.as_str();
    let declared = rest.starts_with("<?xml");
    // The root is the first element behind declarations and comments.
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|n| n + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|n| n + 2)
        } else if rest.starts_with("<!doctype html") || rest.starts_with("<!doctype netscape-bookmark") {
            return Some((Format::Html, Kind::Html));
        } else if rest.starts_with("<!doctype") {
            match (rest.find('['), rest.find('>')) {
                (Some(open), Some(close)) if open < close => rest.find("]>").map(|n| n + 2),
                (_, close) => close.map(|n| n + 1),
            }
        } else {
            None
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => break,
        }
    }
    let root = rest.strip_prefix('<').unwrap_or("");
    let name = root
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.')))
        .next()
        .unwrap_or("");
    let xml_only = declared || lower.contains("<!doctype") || root.contains("xmlns");
    // What starts with a number is no element: syslog puts one in front of each line.
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match name {
        "svg" => (Format::Svg, Kind::Xml),
        "opml" => (Format::Opml, Kind::Outlines),
        "en-export" => (Format::Enex, Kind::Xml),
        "workbook" | "ss:workbook" if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") => {
            (Format::Xls, Kind::Whole)
        }
        "plist" => (Format::Plist, Kind::Whole),
        "office:document" if head.contains("opendocument.spreadsheet") => (Format::Ods, Kind::Whole),
        "office:document" if head.contains("opendocument.presentation") => (Format::Odp, Kind::Whole),
        "office:document" if head.contains("opendocument.text") => (Format::Odt, Kind::Whole),
        "html" | "head" | "body" => (Format::Html, Kind::Html),
        _ if !xml_only && HTML.contains(&name) => (Format::Html, Kind::Html),
        "" if declared || lower.contains("<!doctype") || lower.contains("<!entity") => {
            (Format::Xml, Kind::Xml)
        }
        "" => return None,
        // An element in angle brackets at the start of a text must be more than an address or a placeholder.
        _ if xml_only
            || root[name.len()..].starts_with(['>', ' ', '\n', '\r', '\t', '/']) && lower.contains("</") =>
        {
            (Format::Xml, Kind::Xml)
        }
        _ if lower.matches('<').count() > 20 => (Format::Xml, Kind::Xml),
        _ => return None,
    })
}

/// Elements that start a page or a part of one.
const HTML: &[&str] = &[
    "p",
    "div",
    "table",
    "script",
    "meta",
    "title",
    "h1",
    "h2",
    "h3",
    "br",
    "ul",
    "ol",
    "dl",
    "span",
    "b",
    "i",
    "font",
    "center",
    "form",
    "img",
    "style",
    "link",
    "section",
    "article",
    "main",
    "header",
    "nav",
    "hr",
    "pre",
    "strong",
    "em",
    "base",
    "iframe",
    "blockquote",
];

/// Whether the text is one JSON value a line: the first line is whole, and the next starts like it.
fn json_lines(start: &str, whole: bool) -> bool {
    let open = match start.as_bytes().first() {
        Some(b @ (b'{' | b'[')) => *b,
        _ => return false,
    };
    let mut lines = start
        .lines()
        .map(|l| l.trim_start_matches(char::from(json::RECORD)).trim())
        .filter(|l| !l.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let _ = whole;
    let first = first.strip_suffix(',').unwrap_or(first);
    // Lists of things, one after another, are lists all the same; a list of words a line is a row.
    let lists = open == b'[' && first[1..].trim_start().starts_with('{');
    !lists
        && second.as_bytes()[0] == open
        && first.ends_with(if open == b'{' { '}' } else { ']' })
        && json::looks_like_json(first, true)
        && json::is_whole(first)
}

/// Whether JSON stands in a script, as in the archives of Twitter, or behind a guard.
fn assigned_json(start: &str, extension: &str, whole: bool) -> bool {
    let at = json::skip_space(start, 0);
    json::prefix(&start[at..]).is_some_and(|found| {
        let value = start[at + found.len..].trim_start();
        let script = matches!(extension, "js" | "mjs" | "jsonp")
            || found.name.is_some_and(|n| n.starts_with("window."));
        script || json::starts_as_json(value, whole)
    })
}

/// What the extension promises, if the content is something else.
fn differs(extension: &str, format: Format) -> Option<&'static str> {
    use Format as F;
    let (word, fits): (&'static str, &[Format]) = match extension {
        "json" => ("json", &[F::Json, F::Jcard, F::Ndjson]),
        "csv" => ("csv", &[F::Csv, F::Tsv]),
        "tsv" => ("tsv", &[F::Csv, F::Tsv]),
        "xml" => ("xml", &[F::Xml, F::Svg, F::Html, F::Ofx, F::Enex, F::Opml, F::Plist, F::Xls]),
        "html" | "htm" => ("html", &[F::Html, F::Xml]),
        "txt" => (
            "text",
            &[
                F::Text,
                F::Csv,
                F::Tsv,
                F::Json,
                F::Ndjson,
                F::Eml,
                F::Mbox,
                F::Vcard,
                F::Icalendar,
                F::Chat,
                F::Qif,
                F::Ofx,
                F::Mt940,
                F::Bai,
                F::Sql,
                F::Subtitles,
                F::Gettext,
            ],
        ),
        "eml" | "emlx" => ("eml", &[F::Eml, F::Text, F::Mht]),
        "mht" | "mhtml" => ("mht", &[F::Mht, F::Eml]),
        "mbox" => ("mbox", &[F::Mbox]),
        "vcf" => ("vcard", &[F::Vcard]),
        "ics" => ("icalendar", &[F::Icalendar]),
        "qif" => ("qif", &[F::Qif]),
        "ofx" | "qfx" => ("ofx", &[F::Ofx]),
        "yaml" | "yml" => ("yaml", &[F::Yaml, F::Json]),
        "enex" => ("enex", &[F::Enex]),
        "opml" => ("opml", &[F::Opml]),
        "pdf" => ("pdf", &[F::Pdf]),
        "png" => ("png", &[F::Png]),
        "jpg" | "jpeg" => ("jpeg", &[F::Jpeg]),
        "heic" | "heif" => ("heic", &[F::Heic]),
        "avif" => ("avif", &[F::Avif]),
        "mov" => ("mov", &[F::Mov, F::Mp4]),
        "m4a" | "m4b" => ("m4a", &[F::M4a, F::Mp4]),
        "wav" => ("wav", &[F::Wav]),
        "flac" => ("flac", &[F::Flac]),
        "ogg" | "oga" | "opus" => ("ogg", &[F::Ogg]),
        "bmp" => ("bmp", &[F::Bmp]),
        "tif" | "tiff" => ("tiff", &[F::Tiff]),
        "rtf" => ("rtf", &[F::Rtf]),
        "msg" => ("msg", &[F::Msg, F::Xls]),
        "gif" => ("gif", &[F::Gif]),
        "webp" => ("webp", &[F::Webp]),
        "svg" => ("svg", &[F::Svg]),
        "xlsx" => ("xlsx", &[F::Xlsx, F::Xlsm]),
        "xlsb" => ("xlsb", &[F::Xlsb]),
        "pptx" => ("pptx", &[F::Pptx]),
        "odp" => ("odp", &[F::Odp]),
        "epub" => ("epub", &[F::Epub]),
        "xls" => ("xls", &[F::Xls]),
        "ods" => ("ods", &[F::Ods]),
        "docx" => ("docx", &[F::Docx]),
        "odt" => ("odt", &[F::Odt]),
        "zip" => ("zip", &[F::Zip, F::Xlsx, F::Docx, F::Ods, F::Odt]),
        "gz" => ("gzip", &[F::Gzip]),
        "bz2" => ("bzip2", &[F::Bzip2]),
        "xz" => ("xz", &[F::Xz]),
        "zst" => ("zstd", &[F::Zstd]),
        "7z" => ("7z", &[F::SevenZip]),
        "sqlite" => ("sqlite", &[F::Sqlite]),
        "mp3" => ("mp3", &[F::Mp3]),
        "mp4" => ("mp4", &[F::Mp4, F::M4a, F::Mov]),
        _ => return None,
    };
    (format != F::Empty && !fits.contains(&format)).then_some(word)
}

/// A format in a sentence.
pub(crate) fn described(format: Format) -> &'static str {
    match format {
        Format::Pdf => "a PDF document",
        Format::Png => "a PNG image",
        Format::Jpeg => "a JPEG image",
        Format::Gif => "a GIF image",
        Format::Webp => "a WebP image",
        Format::Svg => "an SVG image",
        Format::Xlsx => "an Excel workbook (XLSX)",
        Format::Xlsm => "an Excel workbook with macros (XLSM)",
        Format::Xlsb => "an Excel workbook (XLSB)",
        Format::Xls => "an old Office document (XLS or DOC)",
        Format::Ppt => "an old PowerPoint presentation (PPT)",
        Format::Doc => "an old Word document (DOC)",
        Format::Msg => "an Outlook message (MSG)",
        Format::Rtf => "a rich text (RTF)",
        Format::Heic => "an HEIC image",
        Format::Avif => "an AVIF image",
        Format::Bmp => "a BMP image",
        Format::Tiff => "a TIFF image",
        Format::Ods => "an OpenDocument spreadsheet (ODS)",
        Format::Docx => "a Word document (DOCX)",
        Format::Odt => "an OpenDocument text (ODT)",
        Format::Pptx => "a PowerPoint presentation (PPTX)",
        Format::Odp => "an OpenDocument presentation (ODP)",
        Format::Epub => "an e-book (EPUB)",
        Format::Sqlite => "an SQLite database",
        Format::SqliteJournal => "what SQLite writes beside a database",
        Format::Zip => "a ZIP archive",
        Format::Gzip => "a gzip file",
        Format::Bzip2 => "a bzip2 file",
        Format::Xz => "an xz file",
        Format::Zstd => "a Zstandard file",
        Format::Lzma => "an LZMA file",
        Format::SevenZip => "a 7z archive",
        Format::Rar => "a RAR archive",
        Format::Tar => "a tar archive",
        Format::Mp4 => "an MP4 video",
        Format::Mov => "a QuickTime film (MOV)",
        Format::M4a => "an MP4 recording (M4A)",
        Format::Mp3 => "an MP3 recording",
        Format::Wav => "a WAV recording",
        Format::Ogg => "an Ogg recording",
        Format::Flac => "a FLAC recording",
        Format::Vcard => "a vCard file",
        Format::Icalendar => "an iCalendar file",
        Format::Chat => "a chat",
        Format::Yaml => "YAML",
        Format::Mht => "a saved web page (MHT)",
        Format::Opml => "a list of subscriptions (OPML)",
        Format::Enex => "notes of Evernote (ENEX)",
        Format::Markdown => "a text in Markdown",
        Format::Qif => "bank transactions (QIF)",
        Format::Ofx => "bank transactions (OFX)",
        Format::Mt940 => "a bank statement (MT940)",
        Format::Bai => "a bank statement (BAI2)",
        Format::Sql => "a dump of a database (SQL)",
        Format::Subtitles => "subtitles",
        Format::Settings => "settings",
        Format::Gettext => "a catalogue of messages (gettext)",
        Format::Plist => "a property list of Apple",
        Format::Mbox => "a mailbox (mbox)",
        Format::Json | Format::Jcard => "JSON",
        Format::Ndjson => "JSON lines",
        Format::Csv | Format::Tsv => "a table",
        Format::Xml => "XML",
        Format::Text => "plain text",
        Format::Html => "a web page",
        Format::Eml => "a mail",
        Format::Empty => "empty",
        Format::Binary => "binary data of no known format",
    }
}
