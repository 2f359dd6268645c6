//! Kinds that the format itself tells.

use files::Format;

use crate::record::{Kind, What};

/// What a list of this format holds, and why; none where only its content tells.
pub(super) fn by_format(format: Format, list: &str) -> Option<(Kind, What, &'static str)> {
    Some(match (format, list) {
        (Format::Eml | Format::Mbox, _) => (Kind::Message, What::Mail, "a mail (RFC 5322)"),
        (Format::Msg, _) => (Kind::Message, What::Mail, "a mail of Outlook (MSG)"),
        (Format::Rtf, _) => (Kind::Document, What::Other, "a rich text (RTF)"),
        (Format::Pdf, _) => (Kind::Document, What::Other, "a PDF document"),
        (format, _) if format.is_image() => (Kind::Document, What::Other, "an image"),
        (Format::Mp4 | Format::Mov, _) => (Kind::Document, What::Other, "a film"),
        (Format::M4a | Format::Mp3 | Format::Wav | Format::Ogg | Format::Flac, _) => {
            (Kind::Document, What::Other, "a recording")
        }
        (Format::Mht, _) => (Kind::Document, What::Other, "a saved web page"),
        (Format::Enex, "note") => (Kind::Document, What::Other, "a note of Evernote"),
        (Format::Vcard | Format::Jcard, "card") => (Kind::Contact, What::Contact, "a card (vCard)"),
        (Format::Icalendar, "event" | "todo" | "journal" | "freebusy") => {
            (Kind::Event, What::Other, "an entry of a calendar (iCalendar)")
        }
        (Format::Chat, "message") => (Kind::Message, What::Other, "a message of a chat"),
        (Format::Qif, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (QIF)"),
        (Format::Ofx, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (OFX)"),
        (Format::Bai, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (BAI2)"),
        (Format::Subtitles, "cue") => (Kind::Document, What::Other, "a line of subtitles"),
        (Format::Mt940, "transaction") => (Kind::Billing, What::Payment, "a bank transaction (MT940)"),
        _ => return None,
    })
}
