//! What was found out about a file as a whole: enough to read any of its rows again from the row's own bytes.

use serde::{Deserialize, Serialize};

use crate::names::Names;

/// The formats that are told apart. The ones without a reader are named all the same: coverage says what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the formats' own")]
pub enum Format {
    Json,
    Ndjson,
    Csv,
    Tsv,
    Xml,
    Text,
    Html,
    Eml,
    #[default]
    Empty,
    Mbox,
    Vcard,
    Jcard,
    Icalendar,
    Chat,
    Qif,
    Ofx,
    Mt940,
    Bai,
    Sql,
    Subtitles,
    Settings,
    Gettext,
    Plist,
    Yaml,
    Mht,
    Enex,
    Markdown,
    Opml,
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Heic,
    Avif,
    Bmp,
    Tiff,
    Svg,
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    Doc,
    Ppt,
    Ods,
    Docx,
    Odt,
    Pptx,
    Odp,
    Epub,
    Msg,
    Rtf,
    Sqlite,
    SqliteJournal,
    Zip,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    Lzma,
    SevenZip,
    Rar,
    Tar,
    Mp4,
    Mov,
    M4a,
    Mp3,
    Wav,
    Ogg,
    Flac,
    Binary,
}

impl Format {
    /// The word of the command line's contract, in lower case: `json`, `csv`, `pdf`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Json | Self::Jcard => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xml => "xml",
            Self::Text => "text",
            Self::Html => "html",
            Self::Eml => "eml",
            Self::Empty => "empty",
            Self::Mbox => "mbox",
            Self::Vcard => "vcard",
            Self::Icalendar => "icalendar",
            Self::Chat => "chat",
            Self::Qif => "qif",
            Self::Ofx => "ofx",
            Self::Mt940 => "mt940",
            Self::Bai => "bai2",
            Self::Sql => "sql",
            Self::Subtitles => "subtitles",
            Self::Settings => "settings",
            Self::Gettext => "gettext",
            Self::Plist => "plist",
            Self::Yaml => "yaml",
            Self::Mht => "mht",
            Self::Enex => "enex",
            Self::Markdown => "markdown",
            Self::Opml => "opml",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Svg => "svg",
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Doc => "doc",
            Self::Ppt => "ppt",
            Self::Ods => "ods",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pptx => "pptx",
            Self::Odp => "odp",
            Self::Epub => "epub",
            Self::Msg => "msg",
            Self::Rtf => "rtf",
            Self::Sqlite => "sqlite",
            Self::SqliteJournal => "sqlite-journal",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
            Self::Lzma => "lzma",
            Self::SevenZip => "7z",
            Self::Rar => "rar",
            Self::Tar => "tar",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::M4a => "m4a",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Ogg => "ogg",
            Self::Flac => "flac",
            Self::Binary => "binary",
        }
    }
}

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// One of the Encoding Standard.
    Standard(&'static encoding_rs::Encoding),
    /// UTF-8 with passages in an older encoding, of one byte a character.
    Mixed(&'static encoding_rs::Encoding),
    /// Code page 850 of DOS, Western Europe.
    Ibm850,
    /// Code page 437 of DOS.
    Ibm437,
    /// UTF-32, little end first.
    Utf32Le,
    /// UTF-32, big end first.
    Utf32Be,
}

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self::Standard(encoding_rs::UTF_8);

    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard(e) => e.name(),
            Self::Mixed(_) => encoding_rs::UTF_8.name(),
            Self::Ibm850 => "IBM850",
            Self::Ibm437 => "IBM437",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
        }
    }

    /// Whether its text is UTF-8, at least for the most part.
    pub fn is_utf8(self) -> bool {
        match self {
            Self::Standard(e) => e == encoding_rs::UTF_8,
            Self::Mixed(_) => true,
            _ => false,
        }
    }
}

/// How text was decoded, and how that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoding {
    /// The encoding.
    pub encoding: Encoding,
    /// How it was told.
    pub told_by: ToldBy,
}

impl Default for Decoding {
    fn default() -> Self {
        Self { encoding: Encoding::UTF_8, told_by: ToldBy::Valid }
    }
}

/// How an encoding was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToldBy {
    /// A byte order mark.
    Bom,
    /// The file says so itself, and its bytes agree.
    Declared,
    /// All bytes are valid UTF-8.
    Valid,
    /// Guessed from the bytes.
    Detected,
}

/// The outline of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Between two cells.
    pub delimiter: u8,
    /// Around a cell, if cells are quoted at all.
    pub quote: Option<u8>,
    /// The header, or `column 1`, `column 2` … where the file has none.
    pub columns: Vec<String>,
    /// Whether the file itself names its columns.
    pub has_header: bool,
}

/// A list of records inside a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Where it stands: JSON pointer of the array (`/invoices`, empty for the root) or path of the XML parent.
    pub at: String,
    /// The name of the list: last step of `at`, or the repeated element's name; empty if it has none.
    pub name: String,
}

/// What was found out about a file as a whole.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Its format.
    pub format: Format,
    /// How its text was decoded.
    pub decoding: Decoding,
    /// The fields met so far.
    pub names: Names,
    /// The outline of the table, if it is one.
    pub table: Option<Table>,
    /// The lists of records; a file that is one record has one list whose `at` is empty.
    pub lists: Vec<List>,
}
