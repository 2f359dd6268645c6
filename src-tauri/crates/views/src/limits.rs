//! Limits on what a view keeps, so that a hostile export cannot make it large or slow.

/// Places kept for one value; the count goes on.
pub(crate) const PLACES_MAX: usize = 20;

/// Records named by one finding; the window shows no more.
pub(crate) const FINDING_RECORDS_MAX: usize = 20;

/// Values of one role that are compared with one another; a person has a handful of names and addresses, and each
/// new one is compared with all before it.
pub(crate) const VARIANTS_MAX: usize = 64;

/// Words of a name or an address that are compared.
pub(crate) const WORDS_MAX: usize = 24;

/// Bytes of a text in which other people are looked for; beyond it, a text is no letter by a person.
pub(crate) const TEXT_MAX: usize = 200_000;

/// Choices that one settings record may hold.
pub(crate) const CHOICES_MAX: usize = 1_000;

/// Messages that one record may hold.
pub(crate) const MESSAGES_MAX: usize = 100_000;

/// Marketing purposes against which each message is held.
pub(crate) const PURPOSES_MAX: usize = 200;
