//! The words of advertising, for consents and for messages alike.

use crate::consents::About;
use crate::fold::{has_phrase, has_stem, has_word};

/// What a text or a name speaks of.
pub(crate) fn about(words: &[String]) -> About {
    // `lettre` alone is any letter.
    let newsletter = has_stem(words, NEWSLETTER) || NEWSLETTER_PHRASES.iter().any(|p| has_phrase(words, p));
    About {
        marketing: newsletter || has_stem(words, MARKETING) || has_word(words, MARKETING_WORDS),
        newsletter,
        tracking: has_stem(words, TRACKING),
    }
}

const NEWSLETTER: &[&str] = &["newsletter", "infolettre"];
const NEWSLETTER_PHRASES: &[&str] =
    &["lettre d information", "lettres d information", "lettre d info", "lettre d actualites"];
const MARKETING: &[&str] = &[
    "marketing",
    "promo",
    "prospect",
    "publicit",
    "advert",
    "werb",
    "pubblicit",
    "commercia",
    "mailing",
    "emailing",
    "campaign",
    "campagne",
    "offre",
    "offer",
    "soldes",
    "angebot",
];
const MARKETING_WORDS: &[&str] =
    &["ads", "sale", "deals", "news", "actualites", "bons", "oferta", "ofertas", "offerte"];
const TRACKING: &[&str] = &["cookie", "analy", "audience", "traceur", "tracker", "mesure"];
