//! What fields are for in formats that say so themselves: mails, pages, texts, cards, calendars, chats, bank
//! statements.

use files::Format;

use crate::record::Role;

/// Whether a field stands beside what a page or a document says, in a list at this place: where a link leads, what is
/// shown where the mouse rests.
pub(super) fn is_beside(format: Format, at: &str, path: &[String]) -> bool {
    let documents = [Format::Docx, Format::Odt, Format::Pptx, Format::Odp, Format::Doc, Format::Ppt];
    match path {
        [link] => format == Format::Html && at.is_empty() && link == "link",
        [_, last] => {
            matches!(last.as_str(), "link" | "hint")
                && (format == Format::Html || documents.contains(&format))
        }
        _ => false,
    }
}

/// The role that the format itself gives to a field.
pub(super) fn by_format(format: Format, path: &[String]) -> Option<Role> {
    let first = path.first().map(String::as_str);
    let last = path.last().map(String::as_str);
    match format {
        Format::Eml | Format::Mbox | Format::Mht | Format::Msg => mail(path),
        format if format.is_image() => Some(picture(last.unwrap_or(""))),
        Format::Mp4 | Format::Mov | Format::M4a | Format::Mp3 | Format::Wav | Format::Ogg | Format::Flac => {
            Some(match last.unwrap_or("") {
                "CreationDate" => Role::CreatedOn,
                "Description" | "LongDescription" | "Lyrics" => Role::Body,
                name => picture(name),
            })
        }
        // What else a document says of itself is told by its name.
        Format::Pdf | Format::Rtf => match path {
            [name] if name == "Title" => Some(Role::Title),
            [name] if name == "Author" => Some(Role::Author),
            [name] if name == "CreationDate" => Some(Role::CreatedOn),
            [name] if name == "ModDate" => Some(Role::UpdatedOn),
            [name] if matches!(name.as_str(), "text" | "part" | "note") => Some(Role::Body),
            _ => Some(Role::Other),
        },
        // What stands in the tables of a document is told like the columns of any table.
        Format::Docx
        | Format::Odt
        | Format::Pptx
        | Format::Odp
        | Format::Doc
        | Format::Ppt
        | Format::Epub => match path {
            [name] => match name.as_str() {
                "title" | "heading" => Some(Role::Title),
                "creator" | "initial-creator" => Some(Role::Author),
                "created" | "creation-date" => Some(Role::CreatedOn),
                "modified" => Some(Role::UpdatedOn),
                "text" | "footnote" | "comment" | "deleted" | "header" | "footer" | "notes" => {
                    Some(Role::Body)
                }
                _ => None,
            },
            [_, name] if name == "link" => Some(Role::Other),
            _ => None,
        },
        // Where the links in a cell lead says nothing of the column.
        Format::Html if path.len() == 2 => Some(Role::Other),
        Format::Html => match first {
            Some("title") => Some(Role::Title),
            Some("text" | "p" | "line") => Some(Role::Body),
            _ => None,
        },
        Format::Text => Some(Role::Body),
        Format::Markdown => Some(if first == Some("heading") { Role::Title } else { Role::Body }),
        Format::Enex => match path {
            [name] if name == "content" => Some(Role::Body),
            [name] if name == "title" => Some(Role::Title),
            [name] if name == "created" => Some(Role::CreatedOn),
            [name] if name == "updated" => Some(Role::UpdatedOn),
            _ => None,
        },
        Format::Subtitles => Some(match first {
            Some("speaker") => Role::Author,
            Some("text") => Role::Body,
            _ => Role::Other,
        }),
        Format::Vcard | Format::Jcard => Some(card(first, path.get(1).map(String::as_str))),
        Format::Icalendar => Some(entry(first, path.len())),
        Format::Chat => Some(match first {
            Some("date") => Role::Date,
            Some("author") => Role::Author,
            Some("to") => Role::To,
            _ => Role::Body,
        }),
        Format::Qif | Format::Ofx | Format::Mt940 | Format::Bai => Some(transaction(last, path.len())),
        _ => None,
    }
}

/// What is written beside a picture (EXIF, IPTC, XMP).
fn picture(name: &str) -> Role {
    match name {
        "DateTimeOriginal" | "@xmp:CreateDate" | "xmp:CreateDate" => Role::CreatedOn,
        "DateTime" | "ModifyDate" => Role::UpdatedOn,
        "Artist" | "By-line" | "Author" | "XPAuthor" | "dc:creator" => Role::Author,
        "Title" | "XPTitle" | "ImageDescription" | "ObjectName" | "Headline" | "dc:title" => Role::Title,
        "Comment" | "UserComment" | "XPComment" | "Description" | "Caption-Abstract" | "dc:description" => {
            Role::Body
        }
        _ => Role::Other,
    }
}

fn mail(path: &[String]) -> Option<Role> {
    match path.first().map(String::as_str) {
        Some("part") if path.get(2..).is_some_and(|rest| rest.iter().any(|step| step == "link")) => {
            Some(Role::Other)
        }
        Some("part") => Some(Role::Body),
        Some("attachment") => Some(Role::Attachment),
        // The line in front of a mail in a mailbox says when it was put there.
        Some("envelope") => Some(Role::Other),
        Some("header") => path.get(1).map(|name| match name.to_ascii_lowercase().as_str() {
            "subject" => Role::Title,
            "from" | "sender" | "reply-to" => Role::From,
            "to" | "cc" | "bcc" => Role::To,
            "date" => Role::Date,
            "message-id" => Role::Id,
            _ => Role::Other,
        }),
        _ => None,
    }
}

/// The properties of vCard (RFC 6350).
fn card(property: Option<&str>, part: Option<&str>) -> Role {
    match (property.unwrap_or_default(), part) {
        ("FN", None) => Role::FullName,
        ("N", Some("given")) => Role::FirstName,
        ("N", Some("family")) => Role::LastName,
        ("ORG", Some("name")) => Role::Company,
        ("EMAIL", None) => Role::Email,
        ("TEL", None) => Role::Phone,
        ("ADR", Some("street")) => Role::Street,
        ("ADR", Some("postal code")) => Role::PostalCode,
        ("ADR", Some("city")) => Role::City,
        ("ADR", Some("country")) => Role::Country,
        ("BDAY", None) => Role::BirthDate,
        ("LANG", None) => Role::Language,
        ("NICKNAME", None) => Role::Username,
        ("REV", None) => Role::UpdatedOn,
        ("NOTE", None) => Role::Note,
        ("URL", None) => Role::Url,
        ("UID", None) => Role::Id,
        _ => Role::Other,
    }
}

/// The properties of iCalendar (RFC 5545); what is inside an alarm is not said of the event.
fn entry(property: Option<&str>, steps: usize) -> Role {
    if steps > 1 {
        return Role::Other;
    }
    match property.unwrap_or_default() {
        "SUMMARY" => Role::Title,
        "DESCRIPTION" => Role::Body,
        "COMMENT" => Role::Note,
        "DTSTART" => Role::StartsOn,
        "DTEND" => Role::EndsOn,
        "DUE" => Role::DueOn,
        "CREATED" | "DTSTAMP" => Role::CreatedOn,
        "LAST-MODIFIED" => Role::UpdatedOn,
        "LOCATION" => Role::Address,
        "ORGANIZER" => Role::From,
        "ATTENDEE" => Role::To,
        "STATUS" => Role::Status,
        "PRIORITY" => Role::Priority,
        "URL" => Role::Url,
        "UID" => Role::Id,
        "ATTACH" => Role::Attachment,
        _ => Role::Other,
    }
}

/// The fields of bank transactions; what is inside a split or a payee is not said of the whole.
fn transaction(field: Option<&str>, steps: usize) -> Role {
    match (field.unwrap_or_default(), steps) {
        ("date" | "DTPOSTED", 1) => Role::Date,
        ("amount" | "amount in cents" | "TRNAMT", 1) => Role::Amount,
        ("currency" | "CURDEF", 1) | ("CURSYM", _) => Role::Currency,
        ("payee" | "NAME" | "memo" | "MEMO" | "details", 1) | ("NAME", _) => Role::Label,
        ("reference" | "bank reference" | "FITID", 1) => Role::PaymentNumber,
        ("number" | "CHECKNUM", 1) => Role::Number,
        ("counterparty account", 1) => Role::Iban,
        ("counterparty name", 1) => Role::FullName,
        ("booking text" | "TRNTYPE", 1) => Role::Method,
        _ => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_their_fields_are_for() {
        let of =
            |format, path: &str| by_format(format, &path.split('/').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of(Format::Vcard, "N/family"), Some(Role::LastName));
        assert_eq!(of(Format::Vcard, "TEL/TYPE"), Some(Role::Other));
        assert_eq!(of(Format::Icalendar, "DTSTART"), Some(Role::StartsOn));
        assert_eq!(of(Format::Icalendar, "VALARM/*/DESCRIPTION"), Some(Role::Other));
        assert_eq!(of(Format::Ofx, "PAYEE/NAME"), Some(Role::Label));
        assert_eq!(of(Format::Qif, "splits/*/amount"), Some(Role::Other));
        assert_eq!(of(Format::Json, "SUMMARY"), None);
    }
}
