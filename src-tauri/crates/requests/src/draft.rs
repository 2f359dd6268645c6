//! The request file: what a draft consists of, as a person or a program writes it down.
//!
//! The shape is documented by `request.schema.json` beside this crate; the window and the command line use the same one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A right of the data subject that a letter can exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Art. 16 GDPR: inaccurate data corrected, incomplete data completed.
    Rectification,
    /// Art. 17 GDPR: data erased.
    Erasure,
}

/// The language of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

/// A ground for erasure, by its letter in Art. 17(1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// (a) no longer necessary for the purposes for which they were collected.
    NoLongerNecessary,
    /// (b) consent withdrawn, and no other legal ground.
    ConsentWithdrawn,
    /// (c) objection under Art. 21(1) with no overriding grounds, or under Art. 21(2) to direct marketing.
    Objection,
    /// (d) unlawfully processed.
    Unlawful,
    /// (e) to be erased for compliance with a legal obligation.
    LegalObligation,
    /// (f) collected from a child for an information society service.
    Child,
}

/// A place in the export, as the command line writes it in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The entry's name as shown.
    pub entry: String,
    /// The place in it; empty for the whole entry.
    pub at: String,
}

/// One thing that a request is about: a record or a field of the export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Where it stands in the export.
    pub locator: Place,
    /// Rectification: how it should read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub right_value: Option<String>,
    /// Rectification: what proves it, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proof: Option<String>,
    /// Erasure: the ground in Art. 17(1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ground: Option<Ground>,
    /// Why, in the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// To whom the letter goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The id of a controller's profile (`sellsy`); what is left empty below is taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub profile: Option<String>,
    /// The company's name.
    #[serde(default)]
    pub name: String,
    /// Its postal address, one line a line.
    #[serde(default)]
    pub address: String,
    /// The e-mail address of its Data Protection Officer.
    #[serde(default)]
    pub email: String,
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Requester {
    /// Full name.
    pub name: String,
    /// Postal address, one line a line.
    #[serde(default)]
    pub address: String,
    /// The e-mail address of the account.
    #[serde(default)]
    pub email: String,
    /// The customer number or user name by which the company knows the person.
    #[serde(default)]
    pub customer_number: String,
}

/// A request as drafted: everything that the letter is made from besides the export itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The right exercised.
    pub right: Right,
    /// The language of the letter.
    pub language: Language,
    /// To whom.
    pub recipient: Recipient,
    /// From whom.
    pub requester: Requester,
    /// About what.
    pub items: Vec<Item>,
    /// Place of writing, before the date: `La Rochelle`.
    #[serde(default)]
    pub place: String,
    /// Day of the letter, ISO 8601; the program's day where empty.
    #[serde(default)]
    pub day: String,
    /// Day on which the export was received, ISO 8601, if known.
    #[serde(default)]
    pub received: String,
    /// A reference of the person's own.
    #[serde(default)]
    pub reference: String,
    /// Words of the person's own, put in as a paragraph.
    #[serde(default)]
    pub own_words: String,
    /// Whether a copy of an ID goes with it. Off by default: Art. 12(6) allows asking only on reasonable doubt.
    #[serde(default)]
    pub id_copy: bool,
    /// A justification where the company asks for one; the law asks none for Art. 16 and 17.
    #[serde(default)]
    pub justification: String,
}
