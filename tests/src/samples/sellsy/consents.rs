//! Consent choices with their proof, C14 the cookie choices, and the terms that were accepted.

use serde_json::{Value, json};

use super::super::{Sample, out};
use super::wrapped;
use crate::clock::Moment;

/// Purpose, label, channel, legal basis, choice, time, version of the text, source, withdrawn, expires.
type Choice = [&'static str; 10];

const CHOICES: [Choice; 14] = [
    [
        "newsletter",
        "Lettre d’information",
        "email",
        "consent",
        "granted",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "2025-03-18T10:02",
        "",
    ],
    [
        "marketing_email",
        "Offres commerciales par courriel",
        "email",
        "consent",
        "granted",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "2025-03-18T10:02",
        "",
    ],
    [
        "marketing_sms",
        "Offres commerciales par SMS",
        "sms",
        "consent",
        "granted",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "2020-04-10T07:31",
        "",
    ],
    [
        "marketing_phone",
        "Appels commerciaux",
        "phone",
        "legitimate_interest",
        "refused",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "",
        "",
    ],
    [
        "service_messages",
        "Messages de service",
        "email",
        "contract",
        "granted",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "",
        "",
    ],
    [
        "invoicing",
        "Envoi et conservation des factures",
        "web",
        "legal_obligation",
        "granted",
        "2019-03-11T08:54",
        "2018-05",
        "signup_form",
        "",
        "",
    ],
    [
        "events",
        "Invitations aux salons et aux ateliers",
        "email",
        "consent",
        "granted",
        "2020-12-02T14:20",
        "2019-11",
        "account_settings",
        "",
        "",
    ],
    [
        "partner_sharing",
        "Transmission à des partenaires",
        "web",
        "consent",
        "refused",
        "2020-12-02T14:20",
        "2019-11",
        "account_settings",
        "",
        "",
    ],
    [
        "bank_access",
        "Accès aux lignes de compte, 180 jours",
        "web",
        "consent",
        "granted",
        "2023-07-05T09:10",
        "2022-03",
        "bank_screen",
        "",
        "2024-01-01T09:10",
    ],
    [
        "bank_access",
        "Accès aux lignes de compte, 180 jours",
        "web",
        "consent",
        "granted",
        "2024-01-10T15:31",
        "2022-03",
        "bank_screen",
        "",
        "2024-07-08T15:31",
    ],
    [
        "bank_access",
        "Accès aux lignes de compte, 180 jours",
        "web",
        "consent",
        "granted",
        "2026-07-20T08:05",
        "2025-06",
        "bank_screen",
        "",
        "2027-01-16T08:05",
    ],
    [
        "testimonial",
        "Publication d’un témoignage, série « cabriolesque »",
        "web",
        "consent",
        "granted",
        "2022-10-11T16:00",
        "2022-03",
        "paper_form",
        "2024-03-04T11:15",
        "",
    ],
    [
        "product_research",
        "Entretiens avec l’équipe produit",
        "phone",
        "consent",
        "granted",
        "2024-06-20T12:05",
        "2024-01",
        "webinar_form",
        "",
        "2026-06-20T12:05",
    ],
    [
        "geolocation",
        "Position de l’application mobile",
        "app",
        "consent",
        "refused",
        "2023-01-17T17:58",
        "2022-03",
        "mobile_app",
        "",
        "",
    ],
];

/// Version, day it was accepted, how.
const TERMS: [(&str, &str, &str, &str); 5] = [
    ("CGU", "2018-05", "2019-03-11T08:53", "signup_form"),
    ("Politique de confidentialité", "2018-05", "2019-03-11T08:53", "signup_form"),
    ("Politique de confidentialité", "2019-11", "2019-11-12T09:02", "banner"),
    ("CGU", "2022-03", "2022-03-14T08:17", "login_screen"),
    ("CGU", "2025-01", "2025-01-06T08:40", "login_screen"),
];

pub(super) fn write(s: &mut Sample) {
    let choices: Vec<Value> = CHOICES.iter().enumerate().map(|(n, c)| choice(n, c)).collect();
    s.add(
        "consents/consents.json",
        "json",
        wrapped("consents", &choices),
        (choices.len(), "consent"),
        "choices with purpose, channel, basis, text and proof",
    );
    s.needle("cabriolesque", "consents/consents.json", "/consents/11/purpose_label", "JSON in French quotes");
    let terms: Vec<Value> = TERMS
        .iter()
        .enumerate()
        .map(|(n, &(document, version, at, source))| {
            json!({
                "acceptance_id": format!("CGU-{:03}", n + 1),
                "document": document,
                "text_version": version,
                "accepted_at": Moment::parse(at).iso(),
                "source": source,
                "ip": "192.0.2.14"
            })
        })
        .collect();
    s.add(
        "consents/terms-accepted.json",
        "json",
        wrapped("terms_accepted", &terms),
        (terms.len(), "consent"),
        "terms and policies accepted",
    );
    let rows = cookie_choices();
    let header = [
        "date_heure",
        "choix",
        "finalite",
        "partenaires",
        "version_texte",
        "expire_le",
        "adresse_ip",
        "terminal",
    ];
    s.add(
        "consents/cookie-choices.csv",
        "csv",
        out::csv(';', &header, &rows).into_bytes(),
        (rows.len(), "consent"),
        "C14: choices in the cookie banner, each valid for six months",
    );
    s.needle("trottinelle", "consents/cookie-choices.csv", "row=5,col=terminal", "CSV cell, UTF-8");
    s.story(
        "Consent to commercial mails was withdrawn on 18 March 2025 (ticket 10015), and an offer was sent on \
         13 May 2025 all the same (ticket 10077).",
        &[
            "consents/consents.json#/consents/1/withdrawn_at",
            "marketing/emails/2025-05-13-module-pointage.eml",
            "support/tickets.json#/tickets/24",
            "support/tickets.json#/tickets/25",
        ],
    );
}

fn choice(n: usize, c: &Choice) -> Value {
    let [purpose, label, channel, basis, choice, at, version, source, withdrawn, expires] = *c;
    let time = |t: &str| if t.is_empty() { Value::Null } else { json!(Moment::parse(t).iso()) };
    json!({
        "consent_id": format!("CNS-{:04}", n + 1),
        "purpose": purpose,
        "purpose_label": label,
        "channel": channel,
        "legal_basis": basis,
        "choice": choice,
        "given_at": time(at),
        "text_version": version,
        "source": source,
        "withdrawn_at": time(withdrawn),
        "expires_at": time(expires),
        "proof": {"ip": "192.0.2.14", "form": format!("{source}-{version}")}
    })
}

/// Three purposes at each visit of the banner; the banner came with the policy of December 2021.
fn cookie_choices() -> Vec<Vec<String>> {
    const VISITS: [(&str, [&str; 3], &str, &str); 7] = [
        ("2021-12-14T08:20", ["accepté", "refusé", "accepté"], "192.0.2.14", "iMac de l’atelier"),
        ("2022-06-20T09:02", ["accepté", "refusé", "accepté"], "192.0.2.14", "iPad « trottinelle »"),
        ("2023-01-09T08:47", ["accepté", "refusé", "refusé"], "192.0.2.14", "iMac de l’atelier"),
        ("2023-09-05T08:31", ["accepté", "refusé", "refusé"], "198.51.100.23", "iPhone"),
        ("2024-05-15T08:33", ["accepté", "refusé", "refusé"], "192.0.2.14", "iMac de l’atelier"),
        ("2025-03-18T08:40", ["accepté", "refusé", "refusé"], "192.0.2.14", "iMac de l’atelier"),
        ("2026-09-22T09:20", ["accepté", "refusé", "refusé"], "192.0.2.14", "iMac de l’atelier"),
    ];
    const PURPOSES: [(&str, &str); 3] = [
        ("Cookies nécessaires", "gtm_auth, gtm_debug, gtm_preview"),
        ("Mesure des campagnes publicitaires", "Appvizer, Bing Ads, Google Ads, Capterra, Microsoft Ads"),
        ("Mesure d’audience", "GetQuanty, Google Analytics, Hotjar, Plezi, Salesloft"),
    ];
    let mut rows = Vec::new();
    for (at, choices, ip, device) in VISITS {
        let at = Moment::parse(at);
        for ((purpose, partners), choice) in PURPOSES.iter().zip(choices) {
            rows.push(vec![
                at.slashed_time(),
                choice.to_owned(),
                (*purpose).to_owned(),
                (*partners).to_owned(),
                "2021-12".to_owned(),
                at.plus_days(182).slashed(),
                ip.to_owned(),
                device.to_owned(),
            ]);
        }
    }
    rows
}
