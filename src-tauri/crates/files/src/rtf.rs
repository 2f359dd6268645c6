//! Rich text (RTF): its words, paragraph by paragraph, and what it says of itself. Pictures and objects are passed over.

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::limits;
use crate::named::{Named, Places};
use crate::names::Namer;
use crate::oddities::say;
use crate::out::{Out, cut};
use crate::row::{Notation, Row, Span, ValueKind};

/// How deep groups may stand in one another before they are taken for one.
const DEPTH: usize = 4096;

/// More fonts than a document has.
const FONTS: usize = 4096;

/// Groups whose text is not that of the document.
const PASSED: &[&str] = &[
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "nonshppict",
    "mmathPr",
    "pgdsctbl",
    "bkmkstart",
    "bkmkend",
    "shpinst",
];

/// What a document says of itself, by the groups that say it.
const INFO: &[(&str, &str)] = &[
    ("title", "Title"),
    ("author", "Author"),
    ("subject", "Subject"),
    ("keywords", "Keywords"),
    ("operator", "Operator"),
    ("company", "Company"),
    ("manager", "Manager"),
    ("category", "Category"),
    ("doccomm", "Comment"),
];

/// Reads a document.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    out.list("", "");
    let document = parse(bytes);
    let mut row = Row {
        span: Span { number: Span::ALONE, ..Span::default() },
        notation: Notation::Paragraph,
        ..Row::default()
    };
    let mut number = 0_u32;
    for paragraph in document.text.split('\n') {
        let mut at = 0;
        while at < paragraph.len() {
            let end = cut(paragraph, at, paragraph.len(), limits::PDF_TEXT);
            let text = paragraph[at..end].trim();
            if !text.is_empty() {
                number = number.saturating_add(1);
                let field = Namer::Grow(&mut out.layout.names).path(&["text"]);
                row.push(field, ValueKind::Text, text, &[number], None);
            }
            at = end;
        }
    }
    for link in &document.links {
        number = number.saturating_add(1);
        let field = Namer::Grow(&mut out.layout.names).path(&["link"]);
        row.push(field, ValueKind::Text, link, &[number], None);
    }
    let mut places = Places::default();
    for (path, text) in &document.info {
        places.push(&mut out.layout, &mut row, path, text);
    }
    if document.open > 0 {
        out.partly = true;
        out.odd.add("cut_off", |o| {
            say(format!("the document breaks off: {} of its groups are not closed", document.open))(o)
                .with("open", document.open)
        });
    }
    out.emit_other(&mut row);
}

/// The text of a document, a line for each paragraph, and where its links lead.
pub(crate) fn text_and_links(bytes: &[u8]) -> (String, Vec<String>) {
    let document = parse(bytes);
    (document.text, document.links)
}

#[derive(Debug, Default)]
struct Document {
    text: String,
    info: Vec<Named>,
    /// Where its links lead.
    links: Vec<String>,
    /// Groups that are open at the end.
    open: usize,
}

/// What holds inside a group.
#[derive(Clone, Copy)]
struct Group {
    passed: bool,
    /// Which of `INFO` it is.
    info: Option<usize>,
    /// How many characters stand behind one in Unicode for programs that do not know it.
    fallback: u32,
    encoding: &'static Encoding,
    /// Whether it stands for markup of a page that this was made from.
    markup: bool,
    /// Whether it says what a field does.
    field: bool,
    /// Whether it is the table of fonts, which says what each is written in.
    fonts: bool,
    /// Whether it is a note at the foot of a page.
    note: bool,
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    document: Document,
    /// Bytes of a text in a code page, which may need the next ones.
    pending: Vec<u8>,
    /// Half of a character of two units.
    half: Option<u16>,
    /// Characters that are left to be passed over.
    skip: u32,
    info: Vec<String>,
    /// What the field does that is being read.
    field: String,
    /// What the fonts are written in, by their numbers.
    fonts: HashMap<i64, &'static Encoding>,
    /// The font of the table that is being described.
    font: i64,
    /// What the document is written in where no font says otherwise.
    page: &'static Encoding,
}

fn parse(bytes: &[u8]) -> Document {
    let page = encoding_rs::WINDOWS_1252;
    let first = Group {
        passed: false,
        info: None,
        fallback: 1,
        encoding: page,
        markup: false,
        fonts: false,
        note: false,
        field: false,
    };
    let mut parser = Parser {
        bytes,
        at: 0,
        groups: vec![first],
        document: Document::default(),
        pending: Vec::new(),
        half: None,
        skip: 0,
        info: vec![String::new(); INFO.len()],
        field: String::new(),
        fonts: HashMap::new(),
        font: 0,
        page,
    };
    parser.run();
    parser.flush();
    let mut document = parser.document;
    document.open = parser.groups.len() - 1;
    for ((_, name), text) in INFO.iter().zip(parser.info) {
        if !text.trim().is_empty() {
            document.info.push((vec![(*name).to_owned()], text.trim().to_owned()));
        }
    }
    document
}

impl Parser<'_> {
    fn group(&mut self) -> &mut Group {
        self.groups.last_mut().expect("the first group is never closed")
    }

    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.skip = 0;
                    let group = *self.group();
                    if self.groups.len() < DEPTH {
                        self.groups.push(group);
                    }
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    if self.groups.len() > 1 {
                        let closed = self.groups.pop();
                        if closed.is_some_and(|group| group.field) && !self.group().field {
                            self.link();
                        }
                        if closed.is_some_and(|group| group.note) && !self.group().note {
                            self.say("\n");
                        }
                    }
                    // The document is what its first group holds.
                    if self.groups.len() == 1
                        && self.bytes[self.at..].iter().all(|b| b.is_ascii_whitespace() || *b == 0)
                    {
                        return;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.group().passed {
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let text = self.group().encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.say(&text);
    }

    fn say(&mut self, text: &str) {
        let group = *self.group();
        if group.passed || group.markup {
            return;
        }
        match group.info {
            Some(n) => self.info[n].push_str(text),
            None if group.field => self.field.push_str(text),
            None => self.document.text.push_str(text),
        }
    }

    /// What a field does matters only where it leads somewhere.
    fn link(&mut self) {
        let field = std::mem::take(&mut self.field);
        let Some(rest) = field.trim_start().strip_prefix("HYPERLINK") else { return };
        let target = match rest.split('"').nth(1) {
            Some(quoted) => quoted,
            None => rest.split_whitespace().find(|word| !word.starts_with('\\')).unwrap_or(""),
        };
        if !target.trim().is_empty() {
            self.document.links.push(target.trim().to_owned());
        }
    }

    fn control(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            match byte {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).unwrap_or(&[]);
                    self.at = (self.at + 2).min(self.bytes.len());
                    let code = std::str::from_utf8(digits).ok().and_then(|d| u8::from_str_radix(d, 16).ok());
                    if let Some(code) = code {
                        self.byte(code);
                    }
                }
                b'*' => self.star(),
                b'~' => self.mark("\u{A0}"),
                b'_' => self.mark("-"),
                b'\r' | b'\n' => self.mark("\n"),
                b'-' | b'|' | b':' => {}
                other => self.byte(other),
            }
            return;
        }
        let start = self.at;
        let length = self.bytes[start..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        self.at += length;
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        let digits = self.at;
        let minus = self.bytes.get(self.at) == Some(&b'-');
        self.at += usize::from(minus);
        let length = self.bytes[self.at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        self.at += length;
        let number =
            std::str::from_utf8(&self.bytes[digits..self.at]).ok().and_then(|d| d.parse::<i64>().ok());
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let word = word.to_owned();
        self.word(&word, number);
    }

    /// A group that programs may pass over if they do not know it; of those, the words of notes and fields are text.
    fn star(&mut self) {
        self.flush();
        let rest = &self.bytes[self.at..];
        let known = |word: &[u8]| rest.strip_prefix(b"\\").is_some_and(|r| r.starts_with(word));
        let group = self.group();
        group.markup |= known(b"htmltag") || known(b"mhtmltag");
        let breaks = group.markup && !group.passed && {
            let end = memchr::memchr(b'}', &rest[..rest.len().min(256)]).unwrap_or(0);
            let tag = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
            ["<br", "<p", "<div", "<tr", "<li", "<h1", "<h2", "<h3"].iter().any(|t| tag.contains(t))
        };
        group.passed |= !(known(b"annotation") || known(b"shptxt") || known(b"fldrslt") || known(b"fldinst"));
        if breaks && !self.document.text.ends_with('\n') && !self.document.text.is_empty() {
            self.document.text.push('\n');
        }
    }

    /// A character that a word stands for.
    fn mark(&mut self, text: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.flush();
        self.say(text);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "line" | "sect" | "page" | "row" | "column" | "softline" => self.mark("\n"),
            "tab" | "cell" | "nestcell" => self.mark("\t"),
            "emdash" => self.mark("—"),
            "endash" => self.mark("–"),
            "lquote" => self.mark("‘"),
            "rquote" => self.mark("’"),
            "ldblquote" => self.mark("“"),
            "rdblquote" => self.mark("”"),
            "bullet" => self.mark("•"),
            "emspace" | "enspace" | "qmspace" => self.mark(" "),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group().fallback = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(1).min(16),
            "bin" => {
                let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            "ansicpg" => {
                let page = number.and_then(encoding_of);
                self.flush();
                if let Some(page) = page {
                    self.written_in(page);
                }
            }
            "mac" | "pc" | "pca" => {
                self.flush();
                if word == "mac" {
                    self.written_in(encoding_rs::MACINTOSH);
                }
            }
            "fonttbl" => {
                self.flush();
                let group = self.group();
                (group.passed, group.fonts) = (true, true);
            }
            "f" if self.group().fonts => self.font = number.unwrap_or(0),
            "fcharset" | "cpg" if self.group().fonts => {
                let number = number.unwrap_or(0);
                let known = if word == "cpg" { encoding_of(number) } else { of_charset(number) };
                if let Some(known) = known.filter(|_| self.fonts.len() < FONTS) {
                    self.fonts.insert(self.font, known);
                }
            }
            // The font of what follows says which code page its letters are from.
            "f" | "plain" => {
                self.flush();
                let known = number.filter(|_| word == "f").and_then(|n| self.fonts.get(&n));
                self.group().encoding = known.copied().unwrap_or(self.page);
            }
            "footnote" => {
                self.mark("\n");
                self.group().note = true;
            }
            // A page that was made into rich text is marked; what stands between the marks twice is left out.
            "htmlrtf" => {
                self.flush();
                self.group().markup = number != Some(0);
            }
            "info" => self.group().passed = true,
            "fldinst" => {
                self.flush();
                self.group().field = true;
            }
            _ => {
                if PASSED.contains(&word) {
                    self.flush();
                    self.group().passed = true;
                } else if let Some(n) = INFO.iter().position(|(name, _)| *name == word)
                    && self.groups.len() > 2
                    && self.groups[self.groups.len() - 2].passed
                {
                    let group = self.group();
                    (group.passed, group.info) = (false, Some(n));
                }
            }
        }
    }

    fn written_in(&mut self, page: &'static Encoding) {
        self.page = page;
        self.groups.iter_mut().for_each(|g| g.encoding = page);
    }

    fn unicode(&mut self, number: i64) {
        self.flush();
        let unit = u16::try_from(number & 0xFFFF).unwrap_or(0);
        let text = match (self.half.take(), unit) {
            (_, 0xD800..0xDC00) => {
                self.half = Some(unit);
                String::new()
            }
            (Some(high), low) => String::from_utf16_lossy(&[high, low]),
            (None, unit) => String::from_utf16_lossy(&[unit]),
        };
        self.say(&text);
        self.skip = self.group().fallback;
    }
}

/// The code page of a set of letters as Windows numbers them; that of the document where a font has none of its own.
fn of_charset(number: i64) -> Option<&'static Encoding> {
    encoding_of(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

fn encoding_of(page: i64) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        874 | 1250..=1258 => format!("windows-{page}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::text_and_links;

    fn text(bytes: &[u8]) -> String {
        text_and_links(bytes).0
    }

    #[test]
    fn words_come_out_of_the_marks() {
        for (given, expected) in [
            (r"{\rtf1\ansi\ansicpg1252 Bonjour \'c9lo\'efse\par 12 \u8364?}", "Bonjour Éloïse\n12 €"),
            (r"{\rtf1{\fonttbl{\f0 Arial;}}{\b bold} and \i not\i0}", "bold and not"),
            (r"{\rtf1\uc2\u233\'c3\'a9t\uc1\u233?}", "été"),
            (r"{\rtf1 a\emdash b\~c\{d\}{\*\unknown gone}}", "a—b\u{A0}c{d}"),
            (r"{\rtf1\ansicpg1251 \'cf\'f0\'e8}", "При"),
            (r"{\rtf1\u-10179?\u-8704?}", "\u{1F600}"),
            (r"{\rtf1 before{\pict\bin3 }}}}after}", "beforeafter"),
            (
                r"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf{\b \htmlrtf0 word\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag64 <p>}next}",
                "word\nnext",
            ),
            (
                r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Mincho;}}\f1 \'cf\'f0\'e8{\f0  \'e9}\'e2\plain  \'e9 \f2 \'93\'8c\'8b\'9e}",
                "При éв é 東京",
            ),
            (r"{\rtf1 a{\footnote{\super 1} note}b}", "a\n1 note\nb"),
            (r"{\rtf1 open {group", "open group"),
            ("}}}{", ""),
        ] {
            assert_eq!(text(given.as_bytes()), expected, "{given}");
        }
        let deep = "{".repeat(100_000) + "x";
        assert_eq!(text(deep.as_bytes()), "x");
    }
}
