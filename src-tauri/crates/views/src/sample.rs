//! Records for tests, from a few words: `record(Billing, Invoice, &[(Gross, "total", "118.80 EUR")])`.

use records::{Certainty, Day, EntryId, Field, Kind, Locator, Money, Reading, Record, RecordId, Role, What};

/// A record with those fields, read as their roles suggest: dates, amounts such as `118.80 EUR`, `true` and `false`.
pub(crate) fn record(kind: Kind, what: What, fields: &[(Role, &str, &str)]) -> Record {
    let fields: Vec<Field> = fields.iter().map(|(role, name, value)| field(*role, name, value)).collect();
    let mut record = Record {
        id: RecordId { entry: EntryId(0), number: 0 },
        kind,
        what,
        certainty: Certainty::Certain,
        reason: String::new(),
        title: String::new(),
        day: None,
        money: None,
        locator: Locator { entry: String::new(), at: String::new() },
        bytes: (0, 0),
        fields,
    };
    record.day = [Role::Date, Role::CreatedOn, Role::PaidOn].iter().find_map(|r| record.day_of(*r));
    record.money = [Role::Gross, Role::Amount].iter().find_map(|r| record.money_of(*r)).cloned();
    record.title = record.value(Role::Title).unwrap_or_default().to_owned();
    record
}

/// The records as those of one entry, numbered from 0.
pub(crate) fn entry(number: u32, name: &str, mut records: Vec<Record>) -> Vec<Record> {
    for (i, record) in records.iter_mut().enumerate() {
        record.id = RecordId { entry: EntryId(number), number: u32::try_from(i).expect("few records") };
        record.locator = Locator { entry: name.to_owned(), at: format!("/{i}") };
        for field in &mut record.fields {
            field.locator = Locator { entry: name.to_owned(), at: format!("/{i}/{}", field.name) };
        }
    }
    records
}

/// A day from ISO 8601.
pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The id of a record of an entry.
pub(crate) fn id(entry: u32, number: u32) -> RecordId {
    RecordId { entry: EntryId(entry), number }
}

fn field(role: Role, name: &str, value: &str) -> Field {
    let reading = match (value, amount(value), date(value)) {
        ("true", ..) => Reading::Flag(true),
        ("false", ..) => Reading::Flag(false),
        (_, Some(money), _) if money_role(role) => Reading::Money(money),
        (_, _, Some(date)) => date,
        _ => Reading::Text,
    };
    Field {
        name: name.to_owned(),
        label: name.to_owned(),
        role,
        value: value.to_owned(),
        raw: value.to_owned(),
        reading,
        locator: Locator { entry: String::new(), at: name.to_owned() },
        bytes: None,
    }
}

fn money_role(role: Role) -> bool {
    matches!(role, Role::Gross | Role::Net | Role::Tax | Role::Amount | Role::UnitPrice)
}

fn amount(text: &str) -> Option<Money> {
    let (amount, currency) = match text.split_once(' ') {
        Some((amount, currency)) => (amount, Some(currency.to_owned())),
        None => (text, None),
    };
    Some(Money { amount: amount.parse().ok()?, currency })
}

fn date(text: &str) -> Option<Reading> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time.to_owned())),
        None => (text, None),
    };
    Some(Reading::Date { day: day.parse().ok()?, time, ambiguous: false })
}
