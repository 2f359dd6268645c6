//! The properties of a message, a recipient or an attachment, by their numbers.

use std::collections::HashMap;

use crate::calendar::utc;
use crate::compound::Compound;

/// Kinds of property.
const NUMBER: u16 = 0x0003;
const TEXT_OF_PAGE: u16 = 0x001E;
const TEXT: u16 = 0x001F;
const TIME: u16 = 0x0040;

/// What is said.
pub(super) struct Properties {
    /// Those that have a stream of their own: their kind and content.
    streams: HashMap<u16, (u16, Vec<u8>)>,
    /// Those of fixed length.
    fixed: HashMap<u16, (u16, [u8; 8])>,
    page: Option<&'static encoding_rs::Encoding>,
}

impl Properties {
    /// Reads what a storage says; `head` is how many bytes stand in front of its list. Without a code page of its own,
    /// texts are in that of what it belongs to.
    pub(super) fn read(
        file: &Compound<'_>,
        storage: usize,
        head: usize,
        page: Option<&'static encoding_rs::Encoding>,
    ) -> Self {
        let mut made = Self { streams: HashMap::new(), fixed: HashMap::new(), page };
        for (stream, entry) in file.children(storage) {
            let Some(tag) = entry.name.strip_prefix("__substg1.0_").filter(|_| !entry.is_storage) else {
                continue;
            };
            let part = |from: usize| tag.get(from..from + 4).and_then(|t| u16::from_str_radix(t, 16).ok());
            // Lists of texts have a number behind: only their first value is wanted.
            if let (Some(tag), Some(kind), None) = (part(0), part(4), tag.get(8..9)) {
                let content = file.content(stream);
                match made.streams.get_mut(&tag).filter(|known| known.0 == kind && kind == TEXT) {
                    // No container may hold two of one name. One that does loses neither.
                    Some((_, known)) => known.extend([&[b'\n', 0][..], &content].concat()),
                    None => drop(made.streams.insert(tag, (kind, content))),
                }
            }
        }
        let list = file.named(storage, super::MARK).unwrap_or_default();
        for entry in list.get(head..).unwrap_or(&[]).chunks_exact(16) {
            let kind = u16::from_le_bytes([entry[0], entry[1]]);
            let tag = u16::from_le_bytes([entry[2], entry[3]]);
            made.fixed.insert(tag, (kind, entry[8..16].try_into().unwrap_or_default()));
        }
        // The code page of the message, else that of its text.
        let own = made.number(0x3FFD).or_else(|| made.number(0x3FDE));
        made.page = own.and_then(of_code_page).or(made.page);
        made
    }

    /// The code page of its texts that are not Unicode.
    pub(super) fn page(&self) -> Option<&'static encoding_rs::Encoding> {
        self.page
    }

    pub(super) fn text(&self, tag: u16) -> String {
        match self.streams.get(&tag) {
            Some((TEXT, bytes)) => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
            Some((TEXT_OF_PAGE, bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => {
                    let page = self.page.unwrap_or(encoding_rs::WINDOWS_1252);
                    page.decode_without_bom_handling(bytes).0.into_owned()
                }
            },
            _ => String::new(),
        }
    }

    /// The content of a property that is no text.
    pub(super) fn bytes(&self, tag: u16) -> &[u8] {
        match self.streams.get(&tag) {
            Some((kind, bytes)) if !matches!(*kind, TEXT | TEXT_OF_PAGE) => bytes,
            _ => &[],
        }
    }

    pub(super) fn number(&self, tag: u16) -> Option<u32> {
        let (kind, value) = self.fixed.get(&tag)?;
        (*kind == NUMBER).then(|| u32::from_le_bytes([value[0], value[1], value[2], value[3]]))
    }

    /// A time, as everyone writes it.
    pub(super) fn time(&self, tag: u16) -> Option<String> {
        let (kind, value) = self.fixed.get(&tag)?;
        (*kind == TIME).then(|| written(u64::from_le_bytes(*value)))?
    }
}

/// The encoding of a code page of Windows.
pub(crate) fn of_code_page(number: u32) -> Option<&'static encoding_rs::Encoding> {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        20127 => "windows-1252".to_owned(),
        874 | 1250..=1258 => format!("windows-{number}"),
        28591..=28606 => format!("iso-8859-{}", number - 28590),
        _ => return None,
    };
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// Seconds from the start of 1601 to that of 1970.
const FROM_1601: i64 = 11_644_473_600;

/// The start of the year 10000, in seconds since that of 1970: what is later is no date.
const YEAR_10000: i64 = 253_402_300_800;

/// Tenths of microseconds since 1601 as a date and time of UTC.
pub(crate) fn written(ticks: u64) -> Option<String> {
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - FROM_1601;
    (ticks > 0 && seconds < YEAR_10000).then(|| utc(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_everyone_does() {
        for (ticks, expected) in [
            (116_444_736_000_000_000, Some("1970-01-01T00:00:00Z")),
            (133_536_750_720_000_000, Some("2024-02-29T10:11:12Z")),
            (1, Some("1601-01-01T00:00:00Z")),
            (0, None),
            (u64::MAX, None),
        ] {
            assert_eq!(written(ticks).as_deref(), expected, "{ticks}");
        }
    }
}
