//! Writes small ZIPs and the parts of office documents, so that every sample stands in its test.

/// A ZIP of these files, stored as they are.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let short = |n: usize| u16::try_from(n).expect("samples are small").to_le_bytes();
    let long = |n: usize| u32::try_from(n).expect("samples are small").to_le_bytes();
    for (name, bytes) in files {
        let at = out.len();
        // Version, flags (names are UTF-8), method, time, day.
        let mut common = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        common.extend(crc32(bytes).to_le_bytes());
        common.extend(long(bytes.len()));
        common.extend(long(bytes.len()));
        common.extend(short(name.len()));
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(long(at));
        directory.extend(name.as_bytes());
    }
    let at = out.len();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(files.len()));
    out.extend(short(files.len()));
    out.extend(long(directory.len()));
    out.extend(long(at));
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Relations of a part: id, kind, target.
pub(crate) fn relations(all: &[(&str, &str, &str)]) -> String {
    let mut out = String::from("<?xml version=\"1.0\"?><Relationships>");
    for (id, kind, target) in all {
        let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        out += &format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"{mode}/>");
    }
    out + "</Relationships>"
}

/// A workbook of sheets, each with the content of its `worksheet` element, and of further parts.
pub(crate) fn workbook(sheets: &[(&str, &str)], parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    workbook_with(sheets, &parts)
}

/// The same with parts that need not be text.
pub(crate) fn workbook_with(sheets: &[(&str, &str)], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut list = String::new();
    let mut related = vec![];
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), "<Types/>".into()),
        ("_rels/.rels".into(), relations(&[("r", "officeDocument", "xl/workbook.xml")]).into()),
    ];
    for (n, (name, content)) in (1..).zip(sheets) {
        // An attribute may follow the name: `Ventes" state="hidden`.
        list += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"s{n}\"/>");
        related.push((format!("s{n}"), "worksheet", format!("worksheets/sheet{n}.xml")));
        files.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!("<?xml version=\"1.0\"?><worksheet>{content}</worksheet>").into(),
        ));
    }
    let related: Vec<(&str, &str, &str)> =
        related.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str())).collect();
    files.push(("xl/_rels/workbook.xml.rels".into(), relations(&related).into()));
    files.push(("xl/workbook.xml".into(), format!("<workbook><sheets>{list}</sheets></workbook>").into()));
    for (name, content) in parts {
        files.retain(|(known, _)| known != name);
        files.push(((*name).into(), (*content).into()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    zip(&files)
}

/// Rows of cells as a sheet holds them: texts in the cell, numbers and `=formulas` as such, `_` for an empty cell, an
/// empty row for a gap.
pub(crate) fn rows(rows: &[&[&str]]) -> String {
    let mut out = String::from("<sheetData>");
    for (n, row) in (1..).zip(rows) {
        out += &format!("<row r=\"{n}\">");
        for (letter, cell) in ('A'..).zip(*row) {
            let at = format!("{letter}{n}");
            if let Some(formula) = cell.strip_prefix('=') {
                out += &format!("<c r=\"{at}\"><f>{formula}</f></c>");
            } else if cell.parse::<f64>().is_ok() {
                out += &format!("<c r=\"{at}\"><v>{cell}</v></c>");
            } else if *cell != "_" {
                out += &format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>");
            }
        }
        out += "</row>";
    }
    out + "</sheetData>"
}
