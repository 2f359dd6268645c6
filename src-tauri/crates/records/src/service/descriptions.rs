//! The descriptions that ship with the program.

use std::sync::LazyLock;

use super::Service;

/// One file for each service; where two fit as well as each other, the first one counts.
const DESCRIPTIONS: [&str; 34] = [
    include_str!("../services/sellsy.toml"),
    include_str!("../services/google-takeout.toml"),
    include_str!("../services/facebook.toml"),
    include_str!("../services/instagram.toml"),
    include_str!("../services/x.toml"),
    include_str!("../services/tiktok.toml"),
    include_str!("../services/linkedin.toml"),
    include_str!("../services/netflix.toml"),
    include_str!("../services/spotify.toml"),
    include_str!("../services/amazon.toml"),
    include_str!("../services/apple.toml"),
    include_str!("../services/discord.toml"),
    include_str!("../services/uber.toml"),
    include_str!("../services/whatsapp.toml"),
    include_str!("../services/telegram.toml"),
    include_str!("../services/slack.toml"),
    include_str!("../services/paypal.toml"),
    include_str!("../services/stripe.toml"),
    include_str!("../services/shopify.toml"),
    include_str!("../services/wordpress.toml"),
    include_str!("../services/prestashop.toml"),
    include_str!("../services/zendesk.toml"),
    include_str!("../services/freshdesk.toml"),
    include_str!("../services/intercom.toml"),
    include_str!("../services/hubspot.toml"),
    include_str!("../services/salesforce.toml"),
    include_str!("../services/onetrust.toml"),
    include_str!("../services/didomi.toml"),
    include_str!("../services/kantara.toml"),
    include_str!("../services/dpv.toml"),
    include_str!("../services/discourse.toml"),
    include_str!("../services/reddit.toml"),
    include_str!("../services/chatgpt.toml"),
    include_str!("../services/fides.toml"),
];

/// The descriptions that ship with the program, read once.
pub(crate) static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    DESCRIPTIONS
        .into_iter()
        .map(|text| Service::parse(text).expect("a test parses every description that ships"))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_that_ships_is_read_and_says_what_it_knows() {
        for text in DESCRIPTIONS {
            let service = Service::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            let told = !service.surely.is_empty() || !service.telling.is_empty() || !service.files.is_empty();
            assert!(told && !service.known_from.is_empty(), "{}", service.id);
            let held = service.holds.iter().flatten().all(|name| *name == crate::words::fold(name));
            assert!(held, "{}: what it holds is compared in folded letters", service.id);
            for file in &service.files {
                assert!(!file.entry.is_empty() || !file.keys.is_empty(), "{}: a file of no name", service.id);
                let folded = file.keys.iter().all(|k| *k == crate::words::fold(k));
                assert!(folded, "{}: keys are compared in folded letters: {:?}", service.id, file.keys);
            }
        }
        let mut ids: Vec<&str> = SERVICES.iter().map(|s| s.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), DESCRIPTIONS.len(), "an id stands twice");
    }

    #[test]
    fn no_description_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/services");
        let files = std::fs::read_dir(folder).expect("the descriptions stand beside the code").count();
        assert_eq!(files, DESCRIPTIONS.len());
    }
}
