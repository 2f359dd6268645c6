//! What one record says about a person: names, addresses, numbers; other people in the same record left aside.

use std::collections::BTreeMap;

use records::{Field, Kind, Reading, Record, RecordId, Role, What};

use crate::accounts::address::{Address, Parts};
use crate::accounts::detail;
use crate::accounts::name::Name;
use crate::fold::{has_stem, has_word, name_words, words};
use crate::place::{Spot, last_step};

/// What a record says about a person.
pub(super) struct Person {
    pub(super) id: RecordId,
    pub(super) kind: Kind,
    pub(super) what: What,
    pub(super) title: String,
    pub(super) details: Vec<Detail>,
    pub(super) names: Vec<Name>,
    pub(super) addresses: Vec<Address>,
}

/// A value that identifies, and where it stands.
pub(super) struct Detail {
    pub(super) role: Role,
    pub(super) value: String,
    pub(super) spot: Spot,
}

impl Person {
    /// What an account or billing record says; none for other kinds, which speak of many people.
    pub(super) fn of(record: &Record) -> Option<Self> {
        if !matches!(record.kind, Kind::Account | Kind::Billing) {
            return None;
        }
        // Fields that stand together: `billing/street` and `billing/city`, but not `delivery/city`.
        let mut groups: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for field in record.fields.iter().filter(|f| !f.value.is_empty() && !of_others(&f.name)) {
            let group = field.name.rsplit_once('/').map_or("", |(path, _)| path);
            groups.entry(group).or_insert_with(|| {
                order.push(group);
                Vec::new()
            });
            if let Some(fields) = groups.get_mut(group) {
                fields.push(field);
            }
        }
        let mut person = Self {
            id: record.id,
            kind: record.kind,
            what: record.what,
            title: record.title.clone(),
            details: Vec::new(),
            names: Vec::new(),
            addresses: Vec::new(),
        };
        for group in order {
            let fields = groups.get(group).map(Vec::as_slice).unwrap_or_default();
            for field in fields.iter().filter(|f| tells(record, f)) {
                person.details.push(detail(record, field));
            }
            person.names.extend(names(record, fields));
            person.addresses.extend(addresses(record, group, fields));
        }
        Some(person)
    }
}

/// Whether a field identifies the person by itself. Only a profile's id is the person's; others count documents and
/// subscriptions.
fn tells(record: &Record, field: &Field) -> bool {
    match field.role {
        Role::Email => field.value.contains('@'),
        Role::Phone | Role::CustomerNumber => matches!(field.reading, Reading::Text),
        Role::Username | Role::Iban | Role::VatNumber | Role::Company | Role::BirthDate => true,
        Role::Id => record.what == What::Profile && !field.name.contains('/'),
        _ => false,
    }
}

/// Names: first and last name that stand together, or the full name.
fn names(record: &Record, fields: &[&Field]) -> Vec<Name> {
    let all = |role: Role| fields.iter().filter(|f| f.role == role).collect::<Vec<_>>();
    let (firsts, lasts, fulls) = (all(Role::FirstName), all(Role::LastName), all(Role::FullName));
    let mut out: Vec<Name> = Vec::new();
    out.extend(fulls.iter().filter_map(|f| Name::new(&f.value, vec![said(record, f)])));
    for at in 0..firsts.len().max(lasts.len()) {
        let parts: Vec<&Field> = [firsts.get(at), lasts.get(at)].into_iter().flatten().map(|f| **f).collect();
        let shown: Vec<&str> = parts.iter().map(|f| f.value.as_str()).collect();
        // The family name first: it is what a letter asks to correct most often.
        out.extend(Name::new(&shown.join(" "), parts.iter().rev().map(|f| said(record, f)).collect()));
    }
    out
}

/// A part of a name, and where it stands.
fn said<'a>(record: &Record, field: &'a Field) -> (Spot, &'a str) {
    (Spot { record: record.id, locator: field.locator.clone() }, &field.value)
}

/// Addresses: the parts of the same position among those that stand together, or the whole in one field.
fn addresses(record: &Record, group: &str, fields: &[&Field]) -> Vec<Address> {
    let all = |role: Role| fields.iter().filter(|f| f.role == role).collect::<Vec<_>>();
    let (streets, codes, cities) = (all(Role::Street), all(Role::PostalCode), all(Role::City));
    // A kind of address beside it: `type: delivery`.
    let aside = has_aside(&name_words(group))
        || fields.iter().any(|f| {
            has_word(
                &name_words(last_step(&f.name)),
                &["type", "kind", "usage", "label", "nature", "typ", "tipo"],
            ) && has_aside(&words(&f.value))
        });
    let spot = |field: &Field| Spot { record: record.id, locator: field.locator.clone() };
    let main = |field: &Field| !aside && !has_aside(&name_words(last_step(&field.name)));
    let default = fields.iter().any(|f| {
        has_stem(&name_words(last_step(&f.name)), &["default", "principal", "primary", "main", "defaut"])
            && (f.reading == Reading::Flag(true)
                || has_word(&words(&f.value), &["yes", "oui", "true", "1", "ja", "si"]))
    });
    let mut out: Vec<Address> = Vec::new();
    // A second line of a street (`address_line_2`) has no postal code of its own.
    let count = if codes.is_empty() { streets.len().min(1) } else { streets.len().min(codes.len()) };
    for (at, street) in streets.iter().enumerate().take(count) {
        let (code, city) = (codes.get(at), cities.get(at));
        let parts = Parts { street: &street.value, code: value(code), city: value(city), whole: "" };
        let spots = [Some(street), code, city].into_iter().flatten().map(|f| spot(f)).collect();
        out.extend(Address::new(parts, main(street), spots));
    }
    for field in all(Role::Address) {
        let alone = streets.is_empty();
        // `address`, `postal_code`, `city`: the street stands under the name of the whole.
        let parts = match (alone.then(|| codes.first()).flatten(), alone.then(|| cities.first()).flatten()) {
            (None, None) => Parts { whole: &field.value, ..Parts::default() },
            (code, city) => Parts { street: &field.value, code: value(code), city: value(city), whole: "" },
        };
        out.extend(Address::new(parts, main(field), vec![spot(field)]));
    }
    for address in &mut out {
        address.default = default;
    }
    out
}

/// The value of a part that may not be told.
fn value<'a>(field: Option<&&&'a Field>) -> &'a str {
    field.map_or("", |f| f.value.as_str())
}

/// Whether a field is about someone else: the adviser, the seller, a person to call.
fn of_others(name: &str) -> bool {
    name.split('/').any(|step| {
        let words = name_words(step);
        has_stem(&words, OTHERS) || has_word(&words, OTHERS_WORDS)
    })
}

fn has_aside(words: &[String]) -> bool {
    has_stem(words, ASIDE) || has_word(words, ASIDE_WORDS)
}

const OTHERS: &[&str] = &[
    "creditor",
    "creancier",
    "glaubiger",
    "acreedor",
    "creditore",
    "manager",
    "advisor",
    "adviser",
    "conseill",
    "gestionnaire",
    "seller",
    "vendeur",
    "vendor",
    "supplier",
    "fournisseur",
    "emetteur",
    "issuer",
    "controller",
    "emergency",
    "urgence",
    "sponsor",
    "parrain",
    "referrer",
    "filleul",
    "beneficiar",
    "guardian",
    "spouse",
    "conjoint",
    "colleague",
    "collegue",
    "responsable",
];
const OTHERS_WORDS: &[&str] = &[
    "commercial",
    "agent",
    "rep",
    "sales",
    "dpo",
    "by",
    "author",
    "auteur",
    "cree",
    "modifie",
    "merchant",
    "store",
];
const ASIDE: &[&str] = &[
    "shipping",
    "deliver",
    "livraison",
    "liefer",
    "envio",
    "spedizion",
    "second",
    "former",
    "previous",
    "ancien",
    "preceden",
    "histor",
    "travail",
    "temporar",
    "temporair",
    "vacation",
    "old",
];
const ASIDE_WORDS: &[&str] = &["work", "office", "bureau", "other", "autre", "event", "pickup", "relais"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_people_in_a_record_are_left_aside() {
        for (name, wanted) in [
            ("account_manager/name", true),
            ("conseiller_nom", true),
            ("createdBy", true),
            ("emergency_contact/phone", true),
            ("contact/email", false),
            ("nom", false),
            ("billing/street", false),
        ] {
            assert_eq!(of_others(name), wanted, "{name}");
        }
    }
}
