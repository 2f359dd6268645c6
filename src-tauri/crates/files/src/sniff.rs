//! What an entry is: told from its first bytes; its name only breaks ties.

mod names;
mod signature;

pub(crate) use self::names::described;
use self::names::differs;
use self::signature::signature;
pub(crate) use self::signature::{image, packed};
use crate::charset::Charset;
use crate::decode::{self, Map, Trouble, Way};
use crate::layout::Format;
use crate::{bank, cards, catalog, chat, cues, eml, foreign, json, settings, sql, table, text, yaml};

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
