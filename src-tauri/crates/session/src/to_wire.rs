//! Domain nouns turned into the shapes on the wire, field by field, so that a new one cannot be forgotten.

use archive::Oddity;
use records::{Field, Locator, Money, Reading, Record, RecordId};

use crate::wire;

/// Characters of text in a list.
const TEXT_CHARS: usize = 240;

/// An id as the page sees it.
pub(crate) fn id(id: RecordId) -> String {
    format!("{}-{}", id.entry.0, id.number)
}

/// An id as the page sends it back.
pub(crate) fn read_id(text: &str) -> Option<RecordId> {
    let (entry, number) = text.split_once('-')?;
    Some(RecordId { entry: archive::EntryId(entry.parse().ok()?), number: number.parse().ok()? })
}

pub(crate) fn note(oddity: &Oddity) -> wire::Note {
    let Oddity { code, message, args, at } = oddity;
    wire::Note {
        code: (*code).to_owned(),
        message: message.clone(),
        args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        at: at.clone(),
    }
}

pub(crate) fn trouble(code: &str, message: impl Into<String>, hint: impl Into<String>) -> wire::Trouble {
    wire::Trouble {
        code: code.to_owned(),
        message: message.into(),
        hint: hint.into(),
        args: Default::default(),
    }
}

pub(crate) fn place(locator: &Locator) -> wire::Place {
    let Locator { entry, at } = locator;
    wire::Place { entry: entry.clone(), at: at.clone() }
}

pub(crate) fn amount(money: &Money) -> wire::Amount {
    let Money { amount, currency } = money;
    wire::Amount { amount: amount.to_string(), currency: currency.clone() }
}

/// All text of a record, one value a line.
pub(crate) fn text(record: &Record) -> String {
    let values: Vec<&str> =
        record.fields.iter().map(|f| f.value.as_str()).filter(|v| !v.is_empty()).collect();
    values.join("\n")
}

pub(crate) fn record_line(record: &Record) -> wire::RecordLine {
    let Record { id: _, kind, what, certainty, reason, title, day, money: _, locator, bytes: _, fields } =
        record;
    wire::RecordLine {
        kind: kind.word(),
        what: what.word(),
        certainty: certainty.word(),
        reason: reason.clone(),
        title: title.clone(),
        date: day.map(|d| d.to_string()),
        locator: place(locator),
        text: text(record),
        fields: fields.iter().map(field_line).collect(),
    }
}

fn field_line(field: &Field) -> wire::FieldLine {
    let Field { name, label, role, value, raw, reading: _, locator, bytes: _ } = field;
    wire::FieldLine {
        name: name.clone(),
        label: label.clone(),
        role: role.word(),
        value: value.clone(),
        raw: raw.clone(),
        locator: place(locator),
    }
}

pub(crate) fn field_row(field: &Field) -> wire::FieldRow {
    let Field { name, label, role, value, raw, reading, locator, bytes: _ } = field;
    let (reading, ambiguous) = match reading {
        Reading::Text | Reading::Consent(_) => ("text", false),
        Reading::Date { ambiguous, .. } => ("date", *ambiguous),
        Reading::Money(_) => ("money", false),
        Reading::Flag(_) => ("flag", false),
    };
    wire::FieldRow {
        name: name.clone(),
        label: label.clone(),
        role: role.word().to_owned(),
        value: value.clone(),
        raw: raw.clone(),
        reading: reading.to_owned(),
        ambiguous,
        locator: place(locator),
    }
}

pub(crate) fn record_row(record: &Record) -> wire::RecordRow {
    let Record { id: at, kind, what, certainty, reason: _, title, day, money, locator, bytes: _, fields } =
        record;
    let mut text = String::new();
    for field in fields.iter().filter(|f| f.value != *title) {
        if text.len() >= TEXT_CHARS {
            break;
        }
        if !text.is_empty() && !field.value.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(&records::one_line(&field.value, TEXT_CHARS));
    }
    wire::RecordRow {
        id: id(*at),
        kind: kind.word().to_owned(),
        what: what.word().to_owned(),
        title: title.clone(),
        date: day.map(|d| d.to_string()),
        money: money.as_ref().map(amount),
        text: records::one_line(&text, TEXT_CHARS),
        locator: place(locator),
        certainty: certainty.word().to_owned(),
    }
}

/// The format that a container is in.
pub(crate) fn container(container: archive::Container) -> files::Format {
    use archive::Container;
    match container {
        Container::Zip => files::Format::Zip,
        Container::Tar => files::Format::Tar,
        Container::Gzip => files::Format::Gzip,
        Container::Bzip2 => files::Format::Bzip2,
        Container::Xz => files::Format::Xz,
        Container::Zstd => files::Format::Zstd,
        Container::Lzma => files::Format::Lzma,
        Container::SevenZip => files::Format::SevenZip,
    }
}
