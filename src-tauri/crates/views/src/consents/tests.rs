//! Histories of choices as a reader would see them.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use records::Kind::Consent;
use records::Role::{
    Channel, Choice as Chosen, Date, ExpiresOn, Flag, LegalBasis, Purpose, Source, Status, TextVersion,
    WithdrawnOn,
};
use records::What::{ConsentChoice, CookieChoice, TermsAccepted};
use records::{Record, RecordId, Role};

use super::Consents;
use crate::sample::{day, entry, record};

fn choice(fields: &[(Role, &str, &str)]) -> Record {
    record(Consent, ConsentChoice, fields)
}

fn check(records: Vec<Record>, wanted: Expect) {
    let consents = Consents::build(entry(0, "consents.json", records), day("2026-11-02"));
    let mut out = String::new();
    for history in &consents.histories {
        out.push_str(&format!("{} [{}] {}\n", history.purpose, history.channel, history.state.word()));
        for line in &history.choices {
            let told = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
            let at =
                |moment: &Option<crate::Moment>| moment.as_ref().map_or("-".to_owned(), ToString::to_string);
            out.push_str(&format!(
                "  #{} {} {} {} withdrawn {} expires {} {} {} {}\n",
                line.id.number,
                at(&line.at),
                line.choice.word(),
                line.state.word(),
                at(&line.withdrawn),
                at(&line.expires),
                told(&line.basis),
                told(&line.version),
                told(&line.source),
            ));
        }
    }
    let counts = consents.counts();
    let sum = counts.in_force + counts.refused + counts.withdrawn + counts.expired + counts.unknown;
    assert_eq!(sum as usize, consents.histories.len());
    wanted.assert_eq(&out);
}

#[test]
fn given_withdrawn_refused_and_expired() {
    check(
        vec![
            choice(&[
                (Purpose, "purpose", "marketing_email"),
                (Purpose, "purpose_label", "Offres commerciales"),
                (Channel, "channel", "email"),
                (LegalBasis, "legal_basis", "consent"),
                (Chosen, "choice", "granted"),
                (Date, "given_at", "2019-03-11T08:54:00Z"),
                (TextVersion, "text_version", "2018-05"),
                (Source, "source", "signup_form"),
                (WithdrawnOn, "withdrawn_at", "2025-03-18T10:02:00Z"),
            ]),
            choice(&[(Purpose, "p", "Appels"), (Chosen, "choice", "refused"), (Date, "d", "2019-03-11")]),
            choice(&[
                (Purpose, "p", "Accès aux comptes"),
                (Chosen, "choice", "granted"),
                (Date, "d", "2023-07-05"),
                (ExpiresOn, "e", "2024-01-01"),
            ]),
            choice(&[
                (Purpose, "p", "Témoignage"),
                (Chosen, "choice", "oui"),
                (Date, "d", "2026-07-05"),
                (ExpiresOn, "e", "2026-11-02"),
            ]),
            choice(&[(Purpose, "p", "Sondage"), (Chosen, "choice", "?"), (Date, "d", "2026-07-05")]),
        ],
        expect![[r#"
            Accès aux comptes [] expired
              #2 2023-07-05 given expired withdrawn - expires 2024-01-01 - - -
            Appels [phone] refused
              #1 2019-03-11 refused refused withdrawn - expires - - - -
            Offres commerciales [email] withdrawn
              #0 2019-03-11T08:54:00Z given withdrawn withdrawn 2025-03-18T10:02:00Z expires - consent 2018-05 signup_form
            Sondage [] unknown
              #4 2026-07-05 unknown unknown withdrawn - expires - - - -
            Témoignage [] in_force
              #3 2026-07-05 given in_force withdrawn - expires 2026-11-02 - - -
        "#]],
    );
}

#[test]
fn a_later_choice_takes_the_place_of_the_former() {
    let row = |purpose: &str, choice: &str, on: &str| {
        record(
            Consent,
            CookieChoice,
            &[(Purpose, "finalite", purpose), (Chosen, "choix", choice), (Date, "d", on)],
        )
    };
    check(
        vec![
            row("Mesure d'audience", "refusé", "2024-06-01"),
            row("mesure d’audience", "accepté", "2023-12-01"),
            row("Partenaires", "refusé", "2023-12-01"),
            row("Partenaires", "accepté", "2024-06-01"),
            row("Film", "accepté", "2024-06-01T10:00:00Z"),
            row("Film", "refusé", "2024-06-01T10:00:00Z"),
            row("Carte", "accepté", "2024-06-01T11:30:00+02:00"),
            row("Carte", "refusé", "2024-06-01T10:00:00Z"),
        ],
        expect![[r#"
            Carte [] withdrawn
              #6 2024-06-01T11:30:00+02:00 given replaced withdrawn - expires - - - -
              #7 2024-06-01T10:00:00Z refused withdrawn withdrawn - expires - - - -
            Film [] unknown
              #4 2024-06-01T10:00:00Z given unknown withdrawn - expires - - - -
              #5 2024-06-01T10:00:00Z refused unknown withdrawn - expires - - - -
            mesure d’audience [] withdrawn
              #1 2023-12-01 given replaced withdrawn - expires - - - -
              #0 2024-06-01 refused withdrawn withdrawn - expires - - - -
            Partenaires [] in_force
              #2 2023-12-01 refused replaced withdrawn - expires - - - -
              #3 2024-06-01 given in_force withdrawn - expires - - - -
        "#]],
    );
}

#[test]
fn settings_and_lists_hold_several_choices() {
    check(
        vec![
            choice(&[
                (Purpose, "newsletter", "true"),
                (Flag, "sms_offers", "false"),
                (Chosen, "partner_opt_out", "true"),
                (Date, "updated_at", "2024-01-24"),
            ]),
            choice(&[
                (Date, "CreatedDate", "2022-01-01"),
                (Purpose, "Purposes/0/Name", "Research"),
                (Status, "Purposes/0/Status", "ACTIVE"),
                (Date, "Purposes/0/ConsentDate", "2022-02-02"),
                (Purpose, "Purposes/1/Name", "Phone calls"),
                (Status, "Purposes/1/Status", "EXPIRED"),
                (Purpose, "Purposes/2/Name", "Sharing"),
                (Status, "Purposes/2/Status", "NO_CONSENT"),
            ]),
            record(
                Consent,
                TermsAccepted,
                &[(Role::Title, "document", "CGU"), (Date, "accepted_at", "2022-03-14")],
            ),
            choice(&[(Role::Other, "x", "y")]),
            choice(&[
                (Chosen, "unsubscribed", "true"),
                (Role::Title, "t", "Infolettre"),
                (Date, "d", "2020-01-01"),
            ]),
        ],
        expect![[r#"
             [] unknown
              #3 - unknown unknown withdrawn - expires - - - -
            CGU [] in_force
              #2 2022-03-14 given in_force withdrawn - expires - - - -
            Infolettre [] withdrawn
              #4 2020-01-01 withdrawn withdrawn withdrawn - expires - - - -
            newsletter [email] in_force
              #0 2024-01-24 given in_force withdrawn - expires - - - -
            partner_opt_out [] refused
              #0 2024-01-24 refused refused withdrawn - expires - - - -
            Phone calls [phone] expired
              #1 2022-01-01 unknown expired withdrawn - expires - - - -
            Research [] in_force
              #1 2022-02-02 given in_force withdrawn - expires - - - -
            Sharing [] refused
              #1 2022-01-01 refused refused withdrawn - expires - - - -
        "#]],
    );
}

#[test]
fn the_last_choice_of_a_very_long_list_is_read_in_full() {
    let names: Vec<(String, String)> =
        (0..1_005).map(|n| (format!("purposes/{n}/name"), format!("purposes/{n}/status"))).collect();
    let fields: Vec<(Role, &str, &str)> = names
        .iter()
        .flat_map(|(name, status)| [(Purpose, name.as_str(), name.as_str()), (Status, status, "granted")])
        .collect();
    let consents = Consents::build(entry(0, "a.json", vec![choice(&fields)]), day("2026-01-01"));
    assert_eq!(consents.counts().in_force, 1_000);
}

#[test]
fn how_it_stood_on_a_day() {
    let rows = vec![
        choice(&[(Purpose, "p", "News"), (Chosen, "c", "yes"), (Date, "d", "2021-02-13")]),
        choice(&[(Purpose, "p", "News"), (Chosen, "c", "no"), (Date, "d", "2023-05-21")]),
        choice(&[
            (Purpose, "p", "News"),
            (Chosen, "c", "yes"),
            (Date, "d", "2024-01-01"),
            (ExpiresOn, "e", "2024-06-30"),
        ]),
    ];
    let consents = Consents::build(entry(0, "a.csv", rows), day("2026-01-01"));
    let history = &consents.histories[0];
    for (on, wanted) in [
        ("2021-02-12", None),
        ("2021-02-13", Some(true)),
        ("2023-05-20", Some(true)),
        ("2023-05-21", Some(false)),
        ("2024-06-30", Some(true)),
        ("2024-07-01", Some(false)),
    ] {
        assert_eq!(history.given_on(day(on)), wanted, "{on}");
    }
}

proptest! {
    #[test]
    fn every_record_is_in_a_history(rows in prop::collection::vec((0..4u32, 0..4u32, 0..5u32, 0..6u32), 0..30)) {
        let records = rows.into_iter().map(|(purpose, channel, said, shape)| {
            let said = ["", "oui", "refusé", "withdrawn", "true"][said as usize];
            let purpose = ["", "News", "news", "Offers"][purpose as usize];
            let channel = ["", "sms", "E-mail", "e mail"][channel as usize];
            let name = ["choice", "choices/0/choice", "opt_out", "a/b", "0/choice", "choices/7"][shape as usize];
            choice(&[(Purpose, "p", purpose), (Channel, "c", channel), (Chosen, name, said), (Flag, "f", said)])
        });
        let records = entry(0, "a.json", records.collect());
        let consents = Consents::build(&records, day("2026-01-01"));
        let mut shown: Vec<RecordId> = consents.histories.iter().flat_map(|h| &h.choices).map(|l| l.id).collect();
        shown.sort_unstable();
        shown.dedup();
        prop_assert_eq!(shown, records.iter().map(|r| r.id).collect::<Vec<_>>());
        let counts = Consents::build(records.iter().rev(), day("2026-01-01")).counts();
        prop_assert_eq!(counts, consents.counts());
    }
}
