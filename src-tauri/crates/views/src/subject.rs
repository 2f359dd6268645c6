//! Who the person is whose export this is, as the account records say it.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold;

/// The names, addresses and numbers that identify the person; profile first, each as it first stands in the export.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// Names.
    pub names: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Customer and account numbers.
    pub customer_numbers: Vec<String>,
    /// User names.
    pub usernames: Vec<String>,
    /// Companies that the person stands for.
    pub companies: Vec<String>,
    /// Ids of the account records, IBAN and tax numbers: what is the person's own, but no name for them.
    pub other_numbers: Vec<String>,
    keys: BTreeSet<(Is, String)>,
    words: BTreeMap<String, u32>,
}

/// What a value identifies the person by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Is {
    Name,
    Email,
    Phone,
    CustomerNumber,
    Username,
    Company,
    OtherNumber,
}

impl Subject {
    /// Adds what identifies the person; what is known already is not added again.
    pub(crate) fn add(&mut self, is: Is, value: &str) {
        let key = comparable(is, value);
        if key.is_empty() || !self.keys.insert((is, key)) {
            return;
        }
        if is == Is::Name {
            for word in fold::words(value) {
                *self.words.entry(word).or_default() += 1;
            }
        }
        let list = match is {
            Is::Name => &mut self.names,
            Is::Email => &mut self.emails,
            Is::Phone => &mut self.phones,
            Is::CustomerNumber => &mut self.customer_numbers,
            Is::Username => &mut self.usernames,
            Is::Company => &mut self.companies,
            Is::OtherNumber => &mut self.other_numbers,
        };
        list.push(value.to_owned());
    }

    /// Whether that value is the person's.
    pub(crate) fn has(&self, is: Is, value: &str) -> bool {
        let key = comparable(is, value);
        !key.is_empty() && self.keys.contains(&(is, key))
    }

    /// Whether an e-mail address is the person's, in whatever case and with whatever `+tag`.
    pub fn has_email(&self, address: &str) -> bool {
        self.has(Is::Email, address)
    }

    /// Whether a number is one of the person's: of a customer, an account, a telephone.
    pub fn has_number(&self, number: &str) -> bool {
        self.has(Is::CustomerNumber, number)
            || self.has(Is::OtherNumber, number)
            || self.has(Is::Username, number)
            || (fold::phone(number).len() >= 9 && self.has(Is::Phone, number))
    }

    /// Whether a name shares a word with one of the person's names; initials and particles do not count.
    pub fn shares_name(&self, name: &str) -> bool {
        fold::words(name).iter().any(|w| w.chars().count() > 2 && self.words.contains_key(w))
    }

    /// Whether the text is one of the person's names, in any order of its words.
    pub fn is_named(&self, name: &str) -> bool {
        self.has(Is::Name, name)
    }

    /// Whether nothing is known about the person.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// The form in which two values are the same: names in any order of words, addresses without `+tag`.
pub(crate) fn comparable(is: Is, value: &str) -> String {
    match is {
        Is::Name | Is::Company => {
            let mut words = fold::words(value);
            words.sort();
            words.join(" ")
        }
        Is::Email => email_key(value),
        Is::Phone => fold::phone(value),
        Is::CustomerNumber | Is::OtherNumber => fold::number(value),
        Is::Username => fold::plain(value),
    }
}

/// An e-mail address in lower case without its `+tag`; empty for what is none.
pub(crate) fn email_key(address: &str) -> String {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase();
    match address.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && domain.contains('.') => {
            format!("{}@{domain}", local.split('+').next().unwrap_or(local))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_in_other_spellings() {
        let mut subject = Subject::default();
        subject.add(Is::Name, "Émilie Aubépin");
        subject.add(Is::Name, "AUBEPIN Emilie");
        subject.add(Is::Email, "emilie@example.org");
        subject.add(Is::Phone, "+33 6 39 98 12 34");
        subject.add(Is::CustomerNumber, "C-40217");
        assert_eq!(subject.names, ["Émilie Aubépin"]);
        assert!(subject.has_email("Emilie+news@Example.org"));
        assert!(!subject.has_email("emilie@example.com"));
        assert!(subject.has_number("c 40217"));
        assert!(subject.has_number("06 39 98 12 34"));
        assert!(!subject.has_number("40233"));
        assert!(subject.shares_name("Mme Aubepin"));
        assert!(!subject.shares_name("Mme Roussel"));
        assert!(subject.is_named("Aubépin, Émilie"));
    }
}
