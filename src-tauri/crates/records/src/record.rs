//! The nouns: a record, its fields, and where they stand.

use std::fmt;
use std::str::FromStr;

use archive::EntryId;
pub use chrono::NaiveDate as Day;
use rust_decimal::Decimal;

use crate::tcf::ConsentString;

/// The kinds of record, one word each, everywhere: command line, search, screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Identity, profile, settings, membership, subscriptions taken.
    Account,
    /// Invoices, credit notes, orders, payments, refunds, bank lines, payment means.
    Billing,
    /// A support request with its whole thread.
    Ticket,
    /// Choices, opt-ins and opt-outs, cookie choices, terms accepted, withdrawals.
    Consent,
    /// Log-ins, sessions, operations, visits, searches.
    Activity,
    /// Mails, chats, SMS.
    Message,
    /// Other people.
    Contact,
    /// Calendar.
    Event,
    /// A place.
    Place,
    /// A file with text.
    Document,
    /// Everything else.
    Other,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Account,
        Self::Billing,
        Self::Ticket,
        Self::Consent,
        Self::Activity,
        Self::Message,
        Self::Contact,
        Self::Event,
        Self::Place,
        Self::Document,
        Self::Other,
    ];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Billing => "billing",
            Self::Ticket => "ticket",
            Self::Consent => "consent",
            Self::Activity => "activity",
            Self::Message => "message",
            Self::Contact => "contact",
            Self::Event => "event",
            Self::Place => "place",
            Self::Document => "document",
            Self::Other => "other",
        }
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.word() == word).ok_or(())
    }
}

/// What a record is within its kind, as far as its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the nouns of the trade")]
pub enum What {
    Invoice,
    CreditNote,
    Order,
    Payment,
    Refund,
    PaymentMeans,
    Subscription,
    Profile,
    Settings,
    Ticket,
    TicketMessage,
    ConsentChoice,
    CookieChoice,
    TermsAccepted,
    Login,
    Operation,
    Mail,
    Contact,
    Other,
}

impl What {
    /// Every one.
    pub const ALL: [Self; 19] = [
        Self::Invoice,
        Self::CreditNote,
        Self::Order,
        Self::Payment,
        Self::Refund,
        Self::PaymentMeans,
        Self::Subscription,
        Self::Profile,
        Self::Settings,
        Self::Ticket,
        Self::TicketMessage,
        Self::ConsentChoice,
        Self::CookieChoice,
        Self::TermsAccepted,
        Self::Login,
        Self::Operation,
        Self::Mail,
        Self::Contact,
        Self::Other,
    ];

    /// The word of the contract, in snake_case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Order => "order",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::PaymentMeans => "payment_means",
            Self::Subscription => "subscription",
            Self::Profile => "profile",
            Self::Settings => "settings",
            Self::Ticket => "ticket",
            Self::TicketMessage => "ticket_message",
            Self::ConsentChoice => "consent_choice",
            Self::CookieChoice => "cookie_choice",
            Self::TermsAccepted => "terms_accepted",
            Self::Login => "login",
            Self::Operation => "operation",
            Self::Mail => "mail",
            Self::Contact => "contact",
            Self::Other => "other",
        }
    }
}

impl What {
    /// The kind that it belongs to, where it belongs to one only.
    pub fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Invoice
            | Self::CreditNote
            | Self::Order
            | Self::Payment
            | Self::Refund
            | Self::PaymentMeans => Kind::Billing,
            Self::Subscription | Self::Profile | Self::Settings => Kind::Account,
            Self::Ticket | Self::TicketMessage => Kind::Ticket,
            Self::ConsentChoice | Self::CookieChoice | Self::TermsAccepted => Kind::Consent,
            Self::Login | Self::Operation => Kind::Activity,
            Self::Mail => Kind::Message,
            Self::Contact => Kind::Contact,
            Self::Other => return None,
        })
    }
}

/// How certain a kind, a date or an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A guess from little.
    Guess,
    /// Several signs agree.
    Likely,
    /// A known service's description, or signs that leave no doubt.
    Certain,
}

impl Certainty {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A record's position: its entry, and its number among the rows of that entry. Stable for the same export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The entry.
    pub entry: EntryId,
    /// The number among the entry's rows, from 0.
    pub number: u32,
}

/// Where something stands: an entry, and the place in it. Written `ENTRY#AT`; parses back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// The entry's name as shown, `outer.zip > inner.zip > a.json`.
    pub entry: String,
    /// The place in it: `/invoices/3/total`, `row=17,col=ip`, `line=5`, `part=1.2`; empty for the whole entry.
    pub at: String,
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.entry, self.at)
    }
}

/// An amount of money: decimal, never floating point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// The amount in major units (euros, not cents), with its sign.
    pub amount: Decimal,
    /// ISO 4217 code; none where the export does not say.
    pub currency: Option<String>,
}

/// What a field's raw text was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Text as it is.
    Text,
    /// A day, perhaps with a time of day.
    Date {
        /// The day.
        day: Day,
        /// The time of day and zone as ISO 8601 text behind the `T`, if the export gives one: `10:22:33Z`.
        time: Option<String>,
        /// Whether day and month could be swapped and nothing in the column tells.
        ambiguous: bool,
    },
    /// An amount.
    Money(Money),
    /// Yes or no.
    Flag(bool),
    /// A consent string of the Transparency and Consent Framework.
    Consent(Box<ConsentString>),
}

/// What a field is for, as far as vocabulary and form tell. The window has words for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "the names are the field's standard terms; `word` gives the contract's spelling"
)]
pub enum Role {
    // identity
    Id,
    CustomerNumber,
    FullName,
    FirstName,
    LastName,
    Company,
    Email,
    Phone,
    Street,
    PostalCode,
    City,
    Country,
    Address,
    BirthDate,
    Language,
    Username,
    Iban,
    VatNumber,
    // dates
    Date,
    CreatedOn,
    UpdatedOn,
    DueOn,
    PaidOn,
    StartsOn,
    EndsOn,
    WithdrawnOn,
    ExpiresOn,
    // money
    Number,
    InvoiceNumber,
    PaymentNumber,
    Net,
    Tax,
    TaxRate,
    Gross,
    Amount,
    Currency,
    Quantity,
    UnitPrice,
    Status,
    Method,
    // text
    Title,
    Label,
    Body,
    Note,
    // threads
    TicketNumber,
    Author,
    AuthorRole,
    Direction,
    Internal,
    Attachment,
    From,
    To,
    Priority,
    // consent
    Purpose,
    Channel,
    LegalBasis,
    Choice,
    TextVersion,
    Source,
    // activity
    Ip,
    UserAgent,
    Device,
    Action,
    Url,
    // settings
    Product,
    Flag,
    Other,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 67] = [
        Self::Id,
        Self::CustomerNumber,
        Self::FullName,
        Self::FirstName,
        Self::LastName,
        Self::Company,
        Self::Email,
        Self::Phone,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::Country,
        Self::Address,
        Self::BirthDate,
        Self::Language,
        Self::Username,
        Self::Iban,
        Self::VatNumber,
        Self::Date,
        Self::CreatedOn,
        Self::UpdatedOn,
        Self::DueOn,
        Self::PaidOn,
        Self::StartsOn,
        Self::EndsOn,
        Self::WithdrawnOn,
        Self::ExpiresOn,
        Self::Number,
        Self::InvoiceNumber,
        Self::PaymentNumber,
        Self::Net,
        Self::Tax,
        Self::TaxRate,
        Self::Gross,
        Self::Amount,
        Self::Currency,
        Self::Quantity,
        Self::UnitPrice,
        Self::Status,
        Self::Method,
        Self::Title,
        Self::Label,
        Self::Body,
        Self::Note,
        Self::TicketNumber,
        Self::Author,
        Self::AuthorRole,
        Self::Direction,
        Self::Internal,
        Self::Attachment,
        Self::From,
        Self::To,
        Self::Priority,
        Self::Purpose,
        Self::Channel,
        Self::LegalBasis,
        Self::Choice,
        Self::TextVersion,
        Self::Source,
        Self::Ip,
        Self::UserAgent,
        Self::Device,
        Self::Action,
        Self::Url,
        Self::Product,
        Self::Flag,
        Self::Other,
    ];

    /// The word of the contract, in snake_case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CustomerNumber => "customer_number",
            Self::FullName => "full_name",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Company => "company",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Country => "country",
            Self::Address => "address",
            Self::BirthDate => "birth_date",
            Self::Language => "language",
            Self::Username => "username",
            Self::Iban => "iban",
            Self::VatNumber => "vat_number",
            Self::Date => "date",
            Self::CreatedOn => "created_on",
            Self::UpdatedOn => "updated_on",
            Self::DueOn => "due_on",
            Self::PaidOn => "paid_on",
            Self::StartsOn => "starts_on",
            Self::EndsOn => "ends_on",
            Self::WithdrawnOn => "withdrawn_on",
            Self::ExpiresOn => "expires_on",
            Self::Number => "number",
            Self::InvoiceNumber => "invoice_number",
            Self::PaymentNumber => "payment_number",
            Self::Net => "net",
            Self::Tax => "tax",
            Self::TaxRate => "tax_rate",
            Self::Gross => "gross",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Quantity => "quantity",
            Self::UnitPrice => "unit_price",
            Self::Status => "status",
            Self::Method => "method",
            Self::Title => "title",
            Self::Label => "label",
            Self::Body => "body",
            Self::Note => "note",
            Self::TicketNumber => "ticket_number",
            Self::Author => "author",
            Self::AuthorRole => "author_role",
            Self::Direction => "direction",
            Self::Internal => "internal",
            Self::Attachment => "attachment",
            Self::From => "from",
            Self::To => "to",
            Self::Priority => "priority",
            Self::Purpose => "purpose",
            Self::Channel => "channel",
            Self::LegalBasis => "legal_basis",
            Self::Choice => "choice",
            Self::TextVersion => "text_version",
            Self::Source => "source",
            Self::Ip => "ip",
            Self::UserAgent => "user_agent",
            Self::Device => "device",
            Self::Action => "action",
            Self::Url => "url",
            Self::Product => "product",
            Self::Flag => "flag",
            Self::Other => "other",
        }
    }
}

/// A labelled value of a record with its own locator, the raw text kept beside the reading of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name as it stands in the file: `lines/0/description`, `Date d'émission`.
    pub name: String,
    /// A label for people, made from the name.
    pub label: String,
    /// What it is for.
    pub role: Role,
    /// The value as it is shown: dates as ISO 8601, amounts as decimal with a point, text trimmed.
    pub value: String,
    /// The text as it stands in the file, decoded.
    pub raw: String,
    /// What the raw text was read as.
    pub reading: Reading,
    /// Where it stands.
    pub locator: Locator,
    /// The bytes of the entry that hold it as written; none where the format does not allow.
    pub bytes: Option<(u64, u64)>,
}

/// One thing that the export says.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its position.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// What it is within its kind.
    pub what: What,
    /// How certain the kind is.
    pub certainty: Certainty,
    /// Why it is taken for that kind: `columns invoice_no, total_ttc`.
    pub reason: String,
    /// A title for people: number and label of an invoice, subject of a ticket, name of a person.
    pub title: String,
    /// The day it is about, as far as it says.
    pub day: Option<Day>,
    /// Its main amount.
    pub money: Option<Money>,
    /// Where it stands.
    pub locator: Locator,
    /// The bytes of the entry that it covers.
    pub bytes: (u64, u64),
    /// Its fields, in the order of the file.
    pub fields: Vec<Field>,
}

impl Record {
    /// The first field of that role.
    pub fn field(&self, role: Role) -> Option<&Field> {
        self.fields.iter().find(|f| f.role == role)
    }

    /// The shown value of the first field of that role; empty values count as none.
    pub fn value(&self, role: Role) -> Option<&str> {
        self.field(role).map(|f| f.value.as_str()).filter(|v| !v.is_empty())
    }

    /// The day read from the first field of that role.
    pub fn day_of(&self, role: Role) -> Option<Day> {
        self.fields.iter().find_map(|f| match (&f.reading, f.role == role) {
            (Reading::Date { day, .. }, true) => Some(*day),
            _ => None,
        })
    }

    /// The amount read from the first field of that role.
    pub fn money_of(&self, role: Role) -> Option<&Money> {
        self.fields.iter().find_map(|f| match (&f.reading, f.role == role) {
            (Reading::Money(money), true) => Some(money),
            _ => None,
        })
    }

    /// The fields of a nested list, item by item: `group("messages")` gives the fields below `messages/0`, `messages/1` …
    pub fn group(&self, list: &str) -> Vec<Vec<&Field>> {
        let mut items: Vec<(&str, Vec<&Field>)> = Vec::new();
        for field in &self.fields {
            let Some(rest) = field.name.strip_prefix(list).and_then(|r| r.strip_prefix('/')) else {
                continue;
            };
            let item = rest.split('/').next().unwrap_or_default();
            match items.last_mut() {
                Some((last, fields)) if *last == item => fields.push(field),
                _ => items.push((item, vec![field])),
            }
        }
        items.into_iter().map(|(_, fields)| fields).collect()
    }
}
