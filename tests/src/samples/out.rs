//! Writes the formats that exports come in: pretty JSON, CSV, Windows-1252, and the two that this version cannot read.

use serde_json::Value;

/// JSON as people can read it, UTF-8 unescaped, with a line break at the end.
pub(crate) fn json(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("invented values are plain");
    bytes.push(b'\n');
    bytes
}

/// One JSON object a line.
pub(crate) fn ndjson(values: &[Value]) -> Vec<u8> {
    values.iter().map(|v| format!("{v}\n")).collect::<String>().into_bytes()
}

/// A table: cells are quoted where they must be. Lines end in CR LF, as RFC 4180 and spreadsheets have it.
pub(crate) fn csv(delimiter: char, header: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let header: Vec<String> = header.iter().map(|&h| h.to_owned()).collect();
    for row in std::iter::once(&header).chain(rows) {
        assert_eq!(row.len(), header.len(), "every row has a cell for each column");
        for (n, cell) in row.iter().enumerate() {
            if n > 0 {
                text.push(delimiter);
            }
            if cell.contains([delimiter, '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// Text in Windows-1252.
///
/// # Panics
/// Where a character has no place there: the text is our own.
pub(crate) fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '€' => 0x80,
        'Œ' => 0x8C,
        'œ' => 0x9C,
        '’' => 0x92,
        '–' => 0x96,
        '—' => 0x97,
        '…' => 0x85,
        '\0'..='\x7F' | '\u{A0}'..='ÿ' => u8::try_from(u32::from(c)).expect("below 256"),
        other => panic!("{other:?} is not in Windows-1252"),
    };
    text.chars().map(byte).collect()
}

/// Euros with a decimal comma: `118,80`.
pub(crate) fn comma(cents: i64) -> String {
    point(cents).replace('.', ",")
}

/// Euros with a decimal point: `118.80`.
pub(crate) fn point(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// A PDF of one A4 page with lines of text: a head in bold, the rest below it.
pub(crate) fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    let mut content = b"BT /F2 16 Tf 56 780 Td 18 TL (".to_vec();
    content.extend_from_slice(&pdf_text(title));
    content.extend_from_slice(b") Tj /F1 10.5 Tf T*\n");
    for line in lines {
        content.extend_from_slice(b"T* (");
        content.extend_from_slice(&pdf_text(line));
        content.extend_from_slice(b") Tj\n");
    }
    content.extend_from_slice(b"ET\n");
    let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend_from_slice(&content);
    stream.extend_from_slice(b"endstream");
    let font =
        |name| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
          /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            .to_vec(),
        stream,
        font("Helvetica").into_bytes(),
        font("Helvetica-Bold").into_bytes(),
    ];
    // The comment of four high bytes tells transfer programs that the file is binary.
    let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{} 0 obj\n", n + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let trailer =
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(table.as_bytes());
    out.extend_from_slice(trailer.as_bytes());
    out
}

fn pdf_text(text: &str) -> Vec<u8> {
    windows_1252(&text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)"))
}

/// A PNG in greys, given for each place by its column and row: a picture without any text.
pub(crate) fn png(width: u32, height: u32, grey: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..height {
        pixels.push(0); // no filter
        pixels.extend((0..width).map(|x| grey(x, y)));
    }
    let mut out = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        out.extend_from_slice(&u32::try_from(data.len()).expect("a small picture").to_be_bytes());
        let body = [name.as_slice(), data].concat();
        out.extend_from_slice(&body);
        out.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    };
    // Eight bits of grey a pixel, nothing interlaced.
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(&pixels, 6));
    chunk(b"IEND", &[]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let rows =
            [vec!["a;b".to_owned(), "say \"hi\"".to_owned()], vec!["two\nlines".to_owned(), String::new()]];
        let text = csv(';', &["x", "y"], &rows);
        assert_eq!(text, "x;y\r\n\"a;b\";\"say \"\"hi\"\"\"\r\n\"two\nlines\";\r\n");
    }

    #[test]
    fn amounts_keep_their_cents_and_their_sign() {
        assert_eq!(comma(11_880), "118,80");
        assert_eq!(comma(-5), "-0,05");
        assert_eq!(point(-5_940), "-59.40");
    }

    #[test]
    fn windows_1252_has_its_own_place_for_the_euro() {
        assert_eq!(windows_1252("é €’œ"), [0xE9, 0x20, 0x80, 0x92, 0x9C]);
    }
}
