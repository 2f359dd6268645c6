//! Formats that can only be read from all their bytes at once: documents, workbooks, databases.

use crate::compound::{Compound, ROOT};
use crate::layout::Format;
use crate::limits;
use crate::oddities::say;
use crate::out::Out;
use crate::window::Feed;
use crate::{doc, docx, epub, image, locked, msg, odf, pdf, plist, ppt, pptx, rtf, sniff, sqlite, xls, xlsx};

/// Reads an entry of such a format.
pub(crate) fn read(mut feed: Feed<'_>, mut bytes: Vec<u8>, out: &mut Out<'_>) {
    feed.fill(&mut bytes, limits::WHOLE);
    if bytes.len() == limits::WHOLE && !feed.ended() {
        out.partly = true;
        out.odd.add("record_too_large", |o| {
            let most = limits::WHOLE >> 20;
            say(format!("the file is larger than {most} MiB and is read up to there"))(o)
                .with("limit_mib", most)
        });
    }
    document(bytes, out);
    out.partly |= feed.report(&mut out.odd);
}

/// Reads what is all there.
fn document(bytes: Vec<u8>, out: &mut Out<'_>) {
    match out.layout.format {
        Format::Sqlite => sqlite::read(&bytes, out),
        Format::Xlsx | Format::Xlsm | Format::Xlsb => xlsx::read(bytes, out),
        // A flat document is one XML file, a packed one is a ZIP.
        Format::Ods | Format::Odt | Format::Odp if bytes.starts_with(b"PK") => odf::read(bytes, out),
        Format::Ods | Format::Odt | Format::Odp => odf::read_flat(&bytes, out),
        Format::Plist => plist::read(&bytes, out),
        Format::Epub => epub::read(bytes, out),
        Format::Docx => docx::read(bytes, out),
        Format::Pptx => pptx::read(bytes, out),
        Format::Xls if xls::is_written(&bytes) => xls::read_written(&bytes, out),
        Format::Xls => old_office(&bytes, out),
        Format::Rtf => rtf::read(&bytes, out),
        Format::Pdf => pdf::read(&bytes, out),
        format if format.is_image() => image::read(&bytes, out),
        _ => {}
    }
}

/// A container of old Office documents: what is in it tells which; it may hold an encrypted new one.
fn old_office(bytes: &[u8], out: &mut Out<'_>) {
    let file = Compound::open(bytes);
    if let Some(file) = file.as_ref().filter(|file| msg::is_message(file)) {
        return msg::read(file, out);
    }
    let top = file.as_ref().map(|file| file.children(ROOT)).unwrap_or_default();
    let holds = |name: &str| top.iter().any(|(_, entry)| entry.name == name);
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if memchr::memmem::find(bytes, &utf16("EncryptedPackage")).is_some() {
        let Some(file) = file.as_ref().filter(|file| locked::is_known(file)) else {
            return out.tell_sealed();
        };
        let opened = locked::open(file, out.passwords);
        return match opened.filter(|inside| inside.starts_with(b"PK")) {
            Some(inside) => {
                out.layout.format = sniff::packed(&inside);
                document(inside, out);
            }
            None => out.tell_locked(),
        };
    }
    if let Some(file) = file.as_ref().filter(|_| holds("Workbook") || holds("Book")) {
        return xls::read(file, out);
    }
    if let Some(file) = file.as_ref().filter(|_| holds("WordDocument")) {
        out.layout.format = Format::Doc;
        return doc::read(file, out);
    }
    if let Some(file) = file.as_ref().filter(|_| holds("PowerPoint Document")) {
        out.layout.format = Format::Ppt;
        return ppt::read(file, out);
    }
    out.nothing = true;
    if top.is_empty() {
        return out.odd.add("document_damaged", |o| {
            say("this begins as an old Office document, and nothing in it can be reached")(o)
                .with("reason", "container")
        });
    }
    let format = out.layout.format;
    out.odd.add("unread_format", |o| {
        say(format!("this is {}, which this version does not read", sniff::described(format)))(o)
            .with("format", format.word())
    });
}
