//! One record becomes a draft of a line: its amounts and days, the numbers that may be its own, and those it cites.

use std::collections::HashSet;

use records::{Field, Locator, Money, Reading, Record, RecordId, Role, What};

use crate::fold::{has_phrase, has_stem, name_words, number};
use crate::ledger::nested::{Nested, nested_payments};
use crate::ledger::status::names_paid;
use crate::ledger::{Line, Status};
use crate::place::{
    Moment, in_list, last_step, list_step, own, own_day, own_money, own_value, with_currency,
};

/// Drafts of all lines.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) documents: Vec<Draft>,
    pub(super) payments: Vec<Draft>,
    pub(super) others: Vec<Draft>,
}

/// A line that is not yet tied to others.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) line: Line,
    /// Numbers that may be its own, the likeliest first.
    pub(super) candidates: Vec<Candidate>,
    /// Its own number made comparable; empty when it has none.
    pub(super) key: String,
    /// Whether its number is nothing but a row's id, which other files may use for something else.
    pub(super) weak_key: bool,
    /// Ids under which others may cite it, comparable.
    pub(super) aliases: Vec<String>,
    /// Numbers of documents that it says to belong to, as they stand.
    pub(super) cites: Vec<String>,
    /// Numbers of payments that it names, as they stand.
    pub(super) cites_payments: Vec<String>,
    /// Words of its texts that have the form of a number, comparable.
    pub(super) mentions: Vec<String>,
    /// How many fields its record has: between two places that say the same, the one with the details leads.
    pub(super) fields: usize,
    /// The document inside which a payment stands.
    pub(super) inside: Option<RecordId>,
}

impl Drafts {
    /// Takes one record in.
    pub(super) fn add(&mut self, record: &Record) {
        let mut draft = Draft::of(record);
        match record.what {
            What::Invoice | What::CreditNote | What::Order => {
                for payment in nested_payments(record) {
                    match payment {
                        Nested::Payment(payment) => self.payments.push(*payment),
                        Nested::Number(number) => draft.cites_payments.push(number),
                    }
                }
                self.documents.push(draft);
            }
            What::Payment | What::Refund => self.payments.push(draft),
            _ => self.others.push(draft),
        }
    }

    /// Decides which number is a line's own. A credit note or payment may carry the invoice's number and its own in
    /// fields of one name; what is known as an invoice's number is then not its own.
    pub(super) fn settle_numbers(&mut self) {
        let mut known = HashSet::new();
        for draft in &mut self.documents {
            if draft.line.what != What::CreditNote {
                draft.settle(&HashSet::new());
                if !draft.weak_key && !draft.key.is_empty() {
                    known.insert(draft.key.clone());
                }
            }
        }
        for draft in &mut self.documents {
            if draft.line.what == What::CreditNote {
                draft.settle(&known);
            }
        }
        let mut paid = known.clone();
        for draft in self.payments.iter_mut().filter(|d| d.line.what == What::Payment) {
            draft.settle(&known);
            if !draft.weak_key && !draft.key.is_empty() && !draft.line.gives_back() {
                paid.insert(draft.key.clone());
            }
        }
        // A refund may carry the number of the payment that it gives back.
        for draft in self.payments.iter_mut().filter(|d| d.line.what == What::Refund) {
            draft.settle(&paid);
        }
        for draft in &mut self.others {
            draft.settle(&HashSet::new());
        }
    }
}

/// A number that may be a line's own.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) role: Role,
    pub(super) raw: String,
    /// Whether its field is called what only an own number is called.
    pub(super) sure: bool,
}

impl Draft {
    fn of(record: &Record) -> Self {
        let (status, status_raw) = status(record);
        let day = record.day.or_else(|| DAYS.iter().find_map(|role| own_day(record, *role)));
        let mut draft = Self::empty(record.id, record.what, record.locator.clone());
        draft.line.day = day;
        draft.line.day_ambiguous = record
            .fields
            .iter()
            .filter(|f| !in_list(&f.name))
            .filter_map(Moment::of)
            .any(|m| Some(m.day) == day && m.ambiguous);
        draft.line.label = label(record);
        draft.line.net = own_money(record, Role::Net);
        draft.line.tax = own_money(record, Role::Tax);
        draft.line.gross = gross(record);
        draft.line.due = own_day(record, Role::DueOn);
        draft.line.status = status;
        draft.line.status_raw = status_raw;
        draft.fields = record.fields.len();
        draft.candidates = candidates(record);
        draft.aliases = own(record, Role::Id).map(|f| number(&f.value)).filter(|n| !n.is_empty()).collect();
        for field in &record.fields {
            draft.take_citation(record.what, field);
        }
        draft
    }

    pub(super) fn empty(id: RecordId, what: What, locator: Locator) -> Self {
        let line = Line {
            id,
            what,
            day: None,
            day_ambiguous: false,
            number: String::new(),
            label: String::new(),
            net: None,
            tax: None,
            gross: None,
            due: None,
            status: Status::Unknown,
            status_raw: String::new(),
            payments: Vec::new(),
            credits: Vec::new(),
            cites: Vec::new(),
            locator,
            also: Vec::new(),
            differs: Vec::new(),
            rivals: Vec::new(),
            counted: true,
        };
        Self {
            line,
            candidates: Vec::new(),
            key: String::new(),
            weak_key: false,
            aliases: Vec::new(),
            cites: Vec::new(),
            cites_payments: Vec::new(),
            mentions: Vec::new(),
            fields: 0,
            inside: None,
        }
    }

    /// What a field says about other documents and payments.
    fn take_citation(&mut self, what: What, field: &Field) {
        if field.value.is_empty() {
            return;
        }
        let payment = matches!(what, What::Payment | What::Refund);
        match field.role {
            Role::InvoiceNumber => self.cites.push(field.value.clone()),
            // `invoices/0/number` of a payment.
            Role::Number | Role::Id
                if payment && list_step(&field.name).is_some_and(|(l, ..)| of_documents(l)) =>
            {
                self.cites.push(field.value.clone());
            }
            Role::PaymentNumber => self.cites_payments.push(field.value.clone()),
            Role::Label | Role::Title | Role::Note | Role::Body | Role::Other
                if payment || what == What::CreditNote =>
            {
                let text = &field.value[..field.value.floor_char_boundary(400)];
                let mentions =
                    text.split(|c: char| c.is_whitespace() || ",;:()[]«»\"".contains(c)).map(number).filter(
                        |n| n.chars().count() >= MENTION_CHARS_MIN && n.bytes().any(|b| b.is_ascii_digit()),
                    );
                self.mentions.extend(mentions.take(40));
            }
            _ => {}
        }
    }

    fn settle(&mut self, known: &HashSet<String>) {
        let own = self
            .candidates
            .iter()
            .map(|c| (c, number(&c.raw)))
            .find(|(c, key)| !key.is_empty() && (c.sure || !known.contains(key)));
        if let Some((candidate, key)) = own {
            self.line.number.clone_from(&candidate.raw);
            self.weak_key = candidate.role == Role::Id;
            self.key = key;
        }
        let own = self.key.clone();
        self.cites.extend(
            self.candidates.iter().map(|c| &c.raw).filter(|raw| known.contains(&number(raw))).cloned(),
        );
        self.cites.retain(|raw| number(raw) != own);
        self.cites_payments.retain(|raw| number(raw) != own);
        self.candidates = Vec::new();
    }
}

/// Shorter numbers stand in texts for years, days and articles.
const MENTION_CHARS_MIN: usize = 5;

const DAYS: [Role; 3] = [Role::Date, Role::CreatedOn, Role::PaidOn];

/// The numbers that may be a record's own, the likeliest first.
fn candidates(record: &Record) -> Vec<Candidate> {
    // `customer/number` is the customer's.
    let of_document = |f: &&Field| {
        let path = f.name.rsplit_once('/').map_or("", |(path, _)| path);
        !has_stem(&name_words(path), PARTIES)
    };
    let all = |role: Role| own(record, role).filter(of_document).collect::<Vec<_>>();
    let (numbers, invoice_numbers) = (all(Role::Number), all(Role::InvoiceNumber));
    let mut ids = all(Role::Id);
    // `reference` is what people write, `id` what the database counts.
    ids.sort_by_key(|f| !has_stem(&name_words(last_step(&f.name)), &["ref"]));
    let speaks_of = |stems: &[&str], wanted: bool| {
        let speaks = |f: &&&Field| has_stem(&name_words(&f.name), stems) == wanted;
        invoice_numbers.iter().filter(speaks).copied().collect::<Vec<_>>()
    };
    let ranked = match record.what {
        What::Invoice => [speaks_of(ORDER, false), numbers, speaks_of(ORDER, true), ids],
        What::Order => [speaks_of(ORDER, true), numbers, speaks_of(ORDER, false), ids],
        What::CreditNote => [speaks_of(CREDIT_NUMBER, true), numbers, speaks_of(CREDIT_NUMBER, false), ids],
        What::Payment => [all(Role::PaymentNumber), numbers, ids, Vec::new()],
        What::Refund => [numbers, all(Role::PaymentNumber), ids, Vec::new()],
        _ => [numbers, invoice_numbers, ids, Vec::new()],
    };
    let sure = |rank: usize| match record.what {
        What::CreditNote => rank < 2,
        What::Payment | What::Refund => rank == 0,
        _ => true,
    };
    ranked
        .into_iter()
        .enumerate()
        .flat_map(|(rank, fields)| fields.into_iter().map(move |f| (rank, f)))
        .map(|(rank, f)| Candidate { role: f.role, raw: f.value.clone(), sure: sure(rank) })
        .collect()
}

const ORDER: &[&str] = &["order", "commande", "bestell", "pedido", "ordine"];
/// `credited_invoice` is the invoice's number; `credit_note_number` and `numéro d'avoir` the credit note's.
const CREDIT_NUMBER: &[&str] = &["avoir", "note", "gutschrift", "abono", "rectificativa", "nota"];
const PARTIES: &[&str] = &["customer", "client", "buyer", "kunde", "cliente", "seller", "vendor", "company"];

/// The gross of a document, the amount of a payment; a net or a tax never stands in for it.
fn gross(record: &Record) -> Option<Money> {
    let told = match record.what {
        What::Payment | What::Refund => [Role::Amount, Role::Gross],
        _ => [Role::Gross, Role::Amount],
    };
    told.iter().find_map(|role| own_money(record, *role)).or_else(|| {
        let main = with_currency(record, record.money.as_ref()?);
        // The main amount may have been taken from the net, the tax, or one of the lines.
        let elsewhere = record.fields.iter().any(|f| {
            let other = in_list(&f.name) || matches!(f.role, Role::Net | Role::Tax | Role::UnitPrice);
            other && matches!(&f.reading, Reading::Money(m) if m.amount == main.amount)
        });
        (!elsewhere).then_some(main)
    })
}

fn label(record: &Record) -> String {
    let own = [Role::Label, Role::Title, Role::Product].iter().find_map(|role| own_value(record, *role));
    let of_line = || record.fields.iter().find(|f| f.role == Role::Label && !f.value.is_empty());
    let told = own.or_else(|| of_line().map(|f| f.value.as_str()));
    told.or_else(|| own_value(record, Role::Method)).unwrap_or_default().to_owned()
}

/// The status as read and as it stands.
fn status(record: &Record) -> (Status, String) {
    if let Some(field) = own(record, Role::Status).next() {
        return (status_of(field), field.value.clone());
    }
    // `paid: true`, whatever it was taken for.
    let flag = record.fields.iter().find(|f| {
        matches!(f.reading, Reading::Flag(_))
            && !in_list(&f.name)
            && names_paid(&name_words(last_step(&f.name)))
    });
    if let Some(field) = flag {
        return (status_of(field), field.value.clone());
    }
    // `result: declined`, in words that leave no doubt.
    let result = record.fields.iter().find(|f| {
        let asks = matches!(f.role, Role::Other | Role::Label | Role::Action) && !in_list(&f.name);
        asks && has_stem(&name_words(last_step(&f.name)), RESULTS)
            && Status::read(&f.value) != Status::Unknown
    });
    if let Some(field) = result {
        return (Status::read(&field.value), field.value.clone());
    }
    // A day of payment is the export's own word that it was paid.
    let paid = record.what == What::Invoice && own_day(record, Role::PaidOn).is_some();
    (if paid { Status::Paid } else { Status::Unknown }, String::new())
}

const RESULTS: &[&str] = &["result", "outcome", "ergebnis", "esito", "issue"];

pub(super) fn status_of(field: &Field) -> Status {
    match field.reading {
        Reading::Flag(yes) if names_paid(&name_words(&field.name)) => {
            if yes {
                Status::Paid
            } else {
                Status::Due
            }
        }
        Reading::Flag(_) => Status::Unknown,
        _ => Status::read(&field.value),
    }
}

fn of_documents(list: &str) -> bool {
    has_stem(&name_words(last_step(list)), DOCUMENTS) || has_phrase(&name_words(list), "paid for")
}

const DOCUMENTS: &[&str] =
    &["invoice", "facture", "document", "rechnung", "factura", "fattur", "order", "commande"];
