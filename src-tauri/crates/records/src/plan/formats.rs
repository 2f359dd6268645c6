//! What fields are for in formats that say so themselves: mails, pages, texts.

use files::Format;

use crate::record::Role;

/// The role that the format itself gives to a field.
pub(super) fn by_format(format: Format, path: &[String]) -> Option<Role> {
    let first = path.first().map(String::as_str);
    match (format, first) {
        (Format::Eml | Format::Mbox, Some("part")) => Some(Role::Body),
        (Format::Eml | Format::Mbox, Some("attachment")) => Some(Role::Attachment),
        (Format::Eml | Format::Mbox, Some("header")) => {
            path.get(1).map(|name| match name.to_ascii_lowercase().as_str() {
                "subject" => Role::Title,
                "from" | "sender" | "reply-to" => Role::From,
                "to" | "cc" | "bcc" => Role::To,
                "date" => Role::Date,
                "message-id" => Role::Id,
                _ => Role::Other,
            })
        }
        (Format::Html, Some("title")) => Some(Role::Title),
        (Format::Text, _) => Some(Role::Body),
        (Format::Html, Some("text" | "p" | "line")) => Some(Role::Body),
        _ => None,
    }
}
