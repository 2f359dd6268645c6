//! Who the person is: cards, what identifies them over the files, and details that differ from file to file.
//!
//! Account records make the cards. Billing records may be given as well: the name and address of the buyer on an
//! invoice are details of the person too, if the record shares a number, an address or a name with the accounts.

mod address;
mod name;
mod person;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use records::{Kind, Record, RecordId, Role, What};

use crate::fold;
use crate::limits::{PLACES_MAX, VARIANTS_MAX};
use crate::place::Spot;
use crate::subject::{Is, Subject, comparable};
use person::{Detail, Person};

/// Everything about who the person is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Accounts {
    /// What identifies the person, by role; within a role the most frequent first.
    pub identifiers: Vec<Identifier>,
    /// Details that differ.
    pub conflicts: Vec<Conflict>,
    /// The account records, profile first.
    pub cards: Vec<Card>,
    subject: Subject,
}

/// An account record.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The record.
    pub id: RecordId,
    /// What it is.
    pub what: What,
    /// Its title.
    pub title: String,
    /// Whether it is about the person: others are, say, colleagues with an account of the same company.
    pub own: bool,
}

/// A value that identifies the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Identifier {
    /// What it is.
    pub role: Role,
    /// The value as it first stands.
    pub value: String,
    /// How many places it has.
    pub count: u64,
    /// The first of them; of a name that differs, only the fields that do.
    pub places: Vec<Spot>,
}

/// Details of one role that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// What they are: names or addresses or days of birth.
    pub role: Role,
    /// The values, the most frequent first.
    pub values: Vec<Identifier>,
}

impl Accounts {
    /// The accounts of those records.
    pub fn build<R: Borrow<Record>>(records: impl IntoIterator<Item = R>) -> Self {
        let mut people: Vec<Person> =
            records.into_iter().filter_map(|record| Person::of(record.borrow())).collect();
        people.sort_by_key(|p| (p.kind != Kind::Account, rank(p.what), p.id));

        // A company's name in a field for names is not a name of the person.
        let companies: BTreeSet<String> = people
            .iter()
            .filter(|p| p.kind == Kind::Account)
            .flat_map(|p| &p.details)
            .filter(|d| d.role == Role::Company)
            .map(|d| comparable(Is::Company, &d.value))
            .collect();
        for person in &mut people {
            person.names.retain(|name| !companies.contains(&comparable(Is::Company, &name.shown)));
        }
        leave_books_aside(&mut people);

        let mut built = Gathered::default();
        for person in people {
            built.add(person);
        }
        built.finish()
    }

    /// Who the person is.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }
}

/// A file of several addresses that differ is a book of addresses: only the one marked as default is the person's
/// own, and the names beside the others are those of whoever receives there.
fn leave_books_aside(people: &mut [Person]) {
    let mut files: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate().filter(|(_, p)| !p.addresses.is_empty()) {
        files.entry(person.id.entry.0).or_default().push(at);
    }
    for members in files.into_values() {
        let addresses = || members.iter().flat_map(|&at| &people[at].addresses);
        let Some(first) = addresses().next() else { continue };
        if addresses().all(|address| address.agrees(first)) {
            continue;
        }
        let alone = members.len() == 1;
        for at in members {
            let person = &mut people[at];
            // Of several in one record the first leads that is no place of delivery.
            let marked = person.addresses.iter().any(|a| a.default);
            let first = person.addresses.iter().position(|a| a.main);
            for (place, address) in person.addresses.iter_mut().enumerate() {
                address.main &= address.default || (alone && !marked && Some(place) == first);
            }
            if person.addresses.iter().all(|a| !a.main) && person.what != What::Profile {
                person.names.clear();
            }
        }
    }
}

/// Profiles say who the person is; settings and subscriptions only mention it.
fn rank(what: What) -> u8 {
    match what {
        What::Profile => 0,
        What::Settings => 2,
        What::Subscription => 3,
        _ => 1,
    }
}

#[derive(Default)]
struct Gathered {
    cards: Vec<Card>,
    subject: Subject,
    identifiers: BTreeMap<Role, Values>,
    names: Variants<name::Name>,
    /// What the fields that say names say, by record and place.
    name_texts: HashMap<(RecordId, String), String>,
    addresses: Variants<address::Address>,
    births: Variants<String>,
}

impl Gathered {
    fn add(&mut self, mut person: Person) {
        let own = self.owns(&person);
        if person.kind == Kind::Account {
            self.cards.push(Card {
                id: person.id,
                what: person.what,
                title: std::mem::take(&mut person.title),
                own,
            });
        }
        if !own {
            return;
        }
        for detail in &person.details {
            let Some(is) = identifies(detail.role) else { continue };
            self.subject.add(is, &detail.value);
        }
        if person.kind != Kind::Account && !self.subject.names.is_empty() {
            // A name on an invoice that has nothing of the person's is the seller's or somebody's at the company.
            person.names.retain(|name| self.subject.shares_name(&name.shown));
        }
        for name in &person.names {
            self.subject.add(Is::Name, &name.shown);
        }
        for detail in person.details {
            let key = identifies(detail.role).map(|is| comparable(is, &detail.value));
            let key = key.unwrap_or_else(|| fold::plain(&detail.value));
            if detail.role == Role::BirthDate {
                self.births
                    .add(&detail.value, key.clone(), std::slice::from_ref(&detail.spot), |a, b| a == b);
            }
            self.identifiers.entry(detail.role).or_default().add(key, &detail.value, &[detail.spot]);
        }
        for found in person.names {
            let key = found.key();
            self.identifiers.entry(Role::FullName).or_default().add(key, &found.shown, &found.spots);
            let (shown, spots) = (found.shown.clone(), found.spots.clone());
            for (spot, text) in spots.iter().zip(&found.texts) {
                self.name_texts.insert((spot.record, spot.locator.at.clone()), text.clone());
            }
            self.names.add(&shown, found, &spots, name::Name::agrees);
        }
        for found in person.addresses {
            self.identifiers.entry(Role::Address).or_default().add(found.key(), &found.shown, &found.spots);
            if found.main {
                let (shown, spots) = (found.shown.clone(), found.spots.clone());
                self.addresses.add(&shown, found, &spots, address::Address::agrees);
            }
        }
    }

    /// Whether a record is about the person: it shares what identifies them, or says nothing that speaks against it.
    fn owns(&self, person: &Person) -> bool {
        if self.subject.is_empty() {
            return person.kind == Kind::Account;
        }
        let shares = person.details.iter().any(|d| {
            identifies(d.role).is_some_and(|is| is != Is::Company && self.subject.has(is, &d.value))
        });
        let named = person.names.iter().any(|n| self.subject.shares_name(&n.shown));
        let nameless = person.names.is_empty() || self.subject.names.is_empty();
        shares || named || (nameless && person.kind == Kind::Account)
    }

    fn finish(self) -> Accounts {
        let mut identifiers = Vec::new();
        for (role, values) in self.identifiers {
            identifiers.extend(values.into_identifiers(role));
        }
        let conflicts = [
            (Role::FullName, names_at_fault(self.names, &self.name_texts)),
            (Role::Address, self.addresses.into_values()),
            (Role::BirthDate, self.births.into_values()),
        ];
        let conflicts = conflicts
            .into_iter()
            .filter(|(_, values)| values.list.len() > 1)
            .map(|(role, values)| Conflict { role, values: values.into_identifiers(role) })
            .collect();
        Accounts { identifiers, conflicts, cards: self.cards, subject: self.subject }
    }
}

/// The names with only those of their places that differ from another name: where family names differ, the field of
/// the first name is not at fault.
fn names_at_fault(names: Variants<name::Name>, texts: &HashMap<(RecordId, String), String>) -> Values {
    let Variants { shapes, mut values } = names;
    for (at, (_, _, places)) in values.list.iter_mut().enumerate() {
        let differs = |place: &&Spot| {
            let text = texts.get(&(place.record, place.locator.at.clone()));
            let part = text.and_then(|text| name::Name::new(text, Vec::new()));
            let mut others = shapes.iter().enumerate().filter(|(other, _)| *other != at);
            part.is_none_or(|part| others.any(|(_, shape)| !shape.agrees(&part)))
        };
        let at_fault: Vec<Spot> = places.iter().filter(differs).cloned().collect();
        if !at_fault.is_empty() {
            *places = at_fault;
        }
    }
    values
}

/// What a role identifies the person by.
fn identifies(role: Role) -> Option<Is> {
    match role {
        Role::Email => Some(Is::Email),
        Role::Phone => Some(Is::Phone),
        Role::CustomerNumber => Some(Is::CustomerNumber),
        Role::Username => Some(Is::Username),
        Role::Company => Some(Is::Company),
        Role::Iban | Role::VatNumber | Role::Id => Some(Is::OtherNumber),
        _ => None,
    }
}

/// Values with their places, each once.
#[derive(Default)]
struct Values {
    list: Vec<(String, u64, Vec<Spot>)>,
    at: HashMap<String, usize>,
}

impl Values {
    fn add(&mut self, key: String, shown: &str, spots: &[Spot]) {
        let at = *self.at.entry(key).or_insert_with(|| {
            self.list.push((shown.to_owned(), 0, Vec::new()));
            self.list.len() - 1
        });
        self.add_to(at, spots);
    }

    fn add_to(&mut self, at: usize, spots: &[Spot]) {
        let (_, count, places) = &mut self.list[at];
        *count += 1;
        let room = PLACES_MAX.saturating_sub(places.len());
        places.extend(spots.iter().take(room).cloned());
    }

    /// The most frequent first, then in the order in which they came.
    fn into_identifiers(mut self, role: Role) -> Vec<Identifier> {
        self.list.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        self.list
            .into_iter()
            .map(|(value, count, places)| Identifier { role, value, count, places })
            .collect()
    }
}

/// Values of which some agree though they are written differently.
struct Variants<T> {
    shapes: Vec<T>,
    values: Values,
}

impl<T> Default for Variants<T> {
    fn default() -> Self {
        Self { shapes: Vec::new(), values: Values::default() }
    }
}

impl<T> Variants<T> {
    fn add(&mut self, shown: &str, shape: T, spots: &[Spot], agrees: impl Fn(&T, &T) -> bool) {
        match self.shapes.iter().position(|known| agrees(known, &shape)) {
            Some(at) => self.values.add_to(at, spots),
            None if self.shapes.len() < VARIANTS_MAX => {
                let at = self.shapes.len();
                self.shapes.push(shape);
                self.values.list.push((shown.to_owned(), 0, Vec::new()));
                self.values.add_to(at, spots);
            }
            None => {}
        }
    }

    fn into_values(self) -> Values {
        self.values
    }
}

/// Where an own detail stands.
fn detail(record: &Record, field: &records::Field) -> Detail {
    let spot = Spot { record: record.id, locator: field.locator.clone() };
    Detail { role: field.role, value: field.value.clone(), spot }
}

#[cfg(test)]
mod tests;
