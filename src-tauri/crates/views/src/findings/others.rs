//! `other_customer`: the company's own words in a ticket or a mail name someone else.

mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use records::{Kind, Record, Role, What};

use crate::findings::{Code, Finding, Weight, few};
use crate::fold::{self, plain};
use crate::limits::TEXT_MAX;
use crate::place::own_value;
use crate::threads::{AuthorRole, Message, Sides, addresses_in, is_of, messages};

use vocabulary::{
    ACCOUNT, FILLERS, MAILBOXES, MINE, NAME_OF, NO_NAMES, NOT_A_CUSTOMER, NUMBER_OF, NUMBER_WORDS, PROVIDERS,
    TITLES,
};

/// Looks for other customers, one record at a time.
///
/// Source: Art. 15(4) GDPR (a copy must not harm the rights of others), Art. 5(1)(f) (confidentiality), Art. 33 and 34
/// (a leak). It is the other person's right that is touched, so none of the reader's answers it.
///
/// Fires on what the company, or nobody known, wrote: a customer, account or file number that is not the person's; a
/// name behind "client", "dossier", "customer" or "account of", with a title or of two words; an address of a person
/// at neither the person's nor the company's domain. Left alone: what the customer wrote (their customers are their
/// affair), numbers of the export's own documents and tickets, years and amounts, people in the conversation, shared
/// mailboxes such as `support@`, "my client", "customer service".
#[derive(Debug, Clone)]
pub struct OtherCustomers<'a> {
    sides: Sides<'a>,
    known: BTreeSet<String>,
    /// The digits of the person's numbers, last one first.
    digits: BTreeSet<String>,
    /// Words of the person's companies, and of the company's domains.
    companies: BTreeSet<String>,
    /// Domains of the person's addresses, those of mail providers left out.
    domains: BTreeSet<String>,
}

/// The numbers of a ticket or a mail itself, comparable, and the digits of each, last one first.
struct Numbers {
    whole: BTreeSet<String>,
    digits: BTreeSet<String>,
}

/// What gave another customer away.
struct Trace {
    what: &'static str,
    value: String,
    /// The name that stands before a number: `client Vernier (dossier 40233)`.
    name: String,
}

impl<'a> OtherCustomers<'a> {
    /// Who is known; `numbers` are those of the export's own documents, payments and tickets.
    pub fn new<N: AsRef<str>>(sides: Sides<'a>, numbers: impl IntoIterator<Item = N>) -> Self {
        let known = numbers.into_iter().map(|n| fold::number(n.as_ref())).filter(|n| !n.is_empty()).collect();
        let subject = sides.subject;
        let own = subject.customer_numbers.iter().chain(&subject.other_numbers).chain(&subject.usernames);
        let digits = own.map(|n| digits_from_behind(n)).filter(|d| !d.is_empty()).collect();
        let parts = sides.company_domains.iter().flat_map(|d| fold::words(d));
        let companies = subject.companies.iter().flat_map(|c| fold::words(c)).chain(parts);
        let domains =
            subject.emails.iter().filter_map(|a| domain(a)).filter(|d| !PROVIDERS.contains(&d.as_str()));
        Self {
            sides,
            known,
            digits,
            companies: companies.filter(|w| w.len() > 2).collect(),
            domains: domains.collect(),
        }
    }

    /// Looks at a ticket, one of its messages, or a mail.
    pub fn read(&self, record: &Record) -> Option<Finding> {
        if !matches!(record.kind, Kind::Ticket | Kind::Message) {
            return None;
        }
        let messages = messages(record, self.sides);
        let people = people(record, &messages);
        let known = Self::numbers_of(record);
        let traces: Vec<Trace> = messages
            .iter()
            .filter(|m| m.role != AuthorRole::Customer)
            .flat_map(|m| self.traces(&m.text, &known, &people, record.what))
            .collect();
        let first = traces.first()?;
        let number = [Role::TicketNumber, Role::Number].iter().find_map(|role| own_value(record, *role));
        let args = BTreeMap::from([
            ("what", first.what.to_owned()),
            ("value", first.value.clone()),
            ("name", first.name.clone()),
            ("count", traces.len().to_string()),
            ("number", number.unwrap_or_default().to_owned()),
            ("title", record.title.clone()),
        ]);
        let records = few([record.id]);
        let code = Code::OtherCustomer;
        Some(Finding { code, weight: Weight::Warn, kind: record.kind, args, records, right: None })
    }

    fn numbers_of(record: &Record) -> Numbers {
        let own = record.fields.iter().filter(|f| {
            matches!(
                f.role,
                Role::TicketNumber
                    | Role::Number
                    | Role::InvoiceNumber
                    | Role::PaymentNumber
                    | Role::Id
                    | Role::CustomerNumber
            )
        });
        let whole: BTreeSet<String> = own.map(|f| fold::number(&f.value)).collect();
        let digits = whole.iter().map(|n| digits_from_behind(n)).collect();
        Numbers { whole, digits }
    }

    fn traces(&self, text: &str, own: &Numbers, people: &BTreeSet<String>, what: What) -> Vec<Trace> {
        if text.len() > TEXT_MAX {
            return Vec::new();
        }
        let tokens = tokens(text);
        let mut out = Vec::new();
        for at in 0..tokens.len() {
            if let Some(value) = number_behind(&tokens, at) {
                let key = fold::number(&value);
                let known = self.known.contains(&key)
                    || own.whole.contains(&key)
                    || self.sides.subject.has_number(&value);
                if !known && !self.ends_known(&key, own) {
                    out.push(Trace { what: "number", value, name: name_before(&tokens, at) });
                }
            } else if let Some(value) = name_behind(&tokens, at) {
                let theirs = fold::words(&value).iter().any(|w| people.contains(w));
                if !theirs && !self.sides.subject.shares_name(&value) && !self.is_company(&value) {
                    out.push(Trace { what: "name", value, name: String::new() });
                }
            }
        }
        // Mails carry footers and partners' addresses; only support staff's words are held against them.
        if what != What::Mail {
            let strange = |a: &&str| {
                let local = a.split('@').next().unwrap_or_default();
                !self.sides.subject.has_email(a)
                    && !is_of(a, self.sides.company_domains)
                    && !self.shares_domain(a)
                    && !is_shared_mailbox(local)
                    && !people.contains(&plain(a))
            };
            out.extend(addresses_in(text).filter(strange).map(|a| Trace {
                what: "email",
                value: a.to_owned(),
                name: String::new(),
            }));
        }
        out
    }

    /// Whether a number is a known one without its prefix: `40217` of `C-40217`, or the other way round.
    fn ends_known(&self, key: &str, own: &Numbers) -> bool {
        let bare = digits_from_behind(key);
        let longer = self.digits.range(bare.clone()..).next().is_some_and(|known| known.starts_with(&bare));
        self.digits.contains(&bare) || (longer && bare.len() >= 5) || own.digits.contains(&bare)
    }

    fn is_company(&self, name: &str) -> bool {
        fold::words(name).iter().any(|w| self.companies.contains(w))
    }

    /// A colleague at the person's own domain; mail providers' domains are nobody's own.
    fn shares_domain(&self, address: &str) -> bool {
        domain(address).is_some_and(|d| self.domains.contains(&d))
    }
}

fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
}

fn digits_from_behind(number: &str) -> String {
    number.chars().rev().filter(char::is_ascii_digit).collect()
}

/// Words of the names, and the addresses, of everyone who takes part.
fn people(record: &Record, messages: &[Message]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let named = record.fields.iter().filter(|f| {
        matches!(
            f.role,
            Role::Author
                | Role::From
                | Role::To
                | Role::FullName
                | Role::FirstName
                | Role::LastName
                | Role::Email
                | Role::Company
        )
    });
    for text in named.map(|f| f.value.as_str()).chain(messages.iter().map(|m| m.author.as_str())) {
        out.extend(addresses_in(text).map(plain));
        out.extend(fold::words(text).into_iter().filter(|w| w.len() > 2));
    }
    out
}

/// A word of a text, as it stands and folded.
struct Token<'a> {
    raw: &'a str,
    plain: String,
    /// Whether a sentence ends behind it.
    stops: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let parts = |c: char| c.is_whitespace() || "()[]«»\"'’“”<>|".contains(c);
    text.split(parts)
        .filter(|w| !w.is_empty())
        .map(|word| {
            let raw = word.trim_matches([',', '.', ';', ':', '!', '?', '…', '*', '_']);
            Token { raw, plain: plain(raw), stops: word.ends_with(['.', '!', '?', ';', ',']) }
        })
        .collect()
}

/// The number behind a word for a customer or a file: `client n° C-40233`, `customer number: 40233`, `dossier 40233`.
fn number_behind(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let key = tokens.get(at)?;
    let strong = NUMBER_OF.contains(&key.plain.as_str());
    if !strong && !ACCOUNT.contains(&key.plain.as_str()) {
        return None;
    }
    if key.stops || preceded_by(tokens, at, MINE) {
        return None;
    }
    // `account` alone also stands before bank accounts; it wants to be called a number.
    let mut called_number = strong && at > 0 && NUMBER_WORDS.contains(&tokens[at - 1].plain.as_str());
    for token in tokens.iter().skip(at + 1).take(4) {
        if NUMBER_WORDS.contains(&token.plain.as_str()) {
            called_number = true;
        } else if has_customer_number(token.raw) {
            return (strong || called_number).then(|| without_mark(token.raw).to_owned());
        } else if !FILLERS.contains(&token.plain.as_str()) {
            return None;
        }
        if token.stops && !NUMBER_WORDS.contains(&token.plain.as_str()) {
            return None;
        }
    }
    None
}

/// Whether a word has the form of a customer's number: at least four digits, perhaps behind a prefix; no year, no
/// amount, no date, no telephone.
fn has_customer_number(raw: &str) -> bool {
    let bare = without_mark(raw);
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let form = bare.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
    let year = digits == 4 && letters == 0 && (bare.starts_with("19") || bare.starts_with("20"));
    let date = letters == 0 && bare.matches(['-', '/']).count() == 2;
    form && (4..=12).contains(&digits) && letters <= 6 && !year && !date
}

/// `C-40233` of `n°C-40233` and `#C-40233`.
fn without_mark(raw: &str) -> &str {
    let raw = raw.trim_start_matches(['#', '°']);
    ["n°", "N°", "nº", "Nº"].iter().find_map(|mark| raw.strip_prefix(mark)).unwrap_or(raw)
}

/// The name behind a word for a customer: with a title, or of two or more words.
fn name_behind(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let key = tokens.get(at)?;
    if !NAME_OF.contains(&key.plain.as_str()) || key.stops || preceded_by(tokens, at, NOT_A_CUSTOMER) {
        return None;
    }
    let mut titled = false;
    let mut name: Vec<&str> = Vec::new();
    for token in tokens.iter().skip(at + 1).take(8) {
        if name.is_empty() && TITLES.contains(&token.plain.as_str()) {
            titled = true;
            continue;
        }
        if name.is_empty() && FILLERS.contains(&token.plain.as_str()) && !token.stops {
            continue;
        }
        if !is_name(token) || name.len() == 4 {
            break;
        }
        name.push(token.raw);
        if token.stops {
            break;
        }
    }
    let enough = if titled { 1 } else { 2 };
    (name.len() >= enough).then(|| name.join(" "))
}

/// The name between the word for a customer and the word that a number stands behind; told beside the number only,
/// for alone a single word would be too little.
fn name_before(tokens: &[Token<'_>], at: usize) -> String {
    let Some(key) = (at.saturating_sub(4)..at).rev().find(|&k| NAME_OF.contains(&tokens[k].plain.as_str()))
    else {
        return String::new();
    };
    let name: Vec<&str> = tokens[key + 1..at].iter().filter(|t| is_name(t)).map(|t| t.raw).collect();
    name.join(" ")
}

fn is_name(token: &Token<'_>) -> bool {
    let mut chars = token.raw.chars();
    chars.next().is_some_and(char::is_uppercase)
        && token.raw.chars().count() > 1
        && token.raw.chars().all(|c| c.is_alphabetic() || c == '-')
        && !NO_NAMES.contains(&token.plain.as_str())
}

fn preceded_by(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    at > 0 && words.contains(&tokens[at - 1].plain.as_str())
}

fn is_shared_mailbox(local: &str) -> bool {
    fold::words(local).iter().any(|w| MAILBOXES.contains(&w.as_str()))
}
