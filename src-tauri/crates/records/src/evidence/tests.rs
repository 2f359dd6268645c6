//! Lists told by what they hold.

use super::*;
use crate::vocabulary::VOCABULARY;

/// The kind of a list whose fields are these paths; `*` stands for inner lists.
#[track_caller]
fn check(entry: &str, list: &str, paths: &[&str], wanted: Kind) {
    let role = |path: &str| {
        let steps: Vec<&str> = path.split('/').filter(|s| *s != "*").collect();
        let last = steps.last().copied().unwrap_or_default();
        VOCABULARY.roles(&words(last)).first().map_or(Role::Other, |(role, _)| *role)
    };
    let fields = |inner: bool| -> Vec<(Role, &str)> {
        paths.iter().filter(|p| p.contains('*') == inner).map(|p| (role(p), *p)).collect()
    };
    let signs = Signs {
        entry,
        list,
        at: "",
        format: Format::Json,
        outer: fields(false),
        inner: fields(true),
        forms: Vec::new(),
        timed: false,
        rows: 2,
    };
    let verdict = weigh(&signs);
    assert_eq!(verdict.kind, wanted, "{entry}: {}", verdict.reason);
}

#[test]
fn lists_are_told_by_what_they_hold() {
    check(
        "data.json",
        "content",
        &[
            "Id",
            "Identifier",
            "Language",
            "CreatedDate",
            "Purposes/*/Name",
            "Purposes/*/Status",
            "Purposes/*/WithdrawalDate",
        ],
        Kind::Consent,
    );
    check(
        "part-0.ndjson",
        "",
        &[
            "id",
            "created_at",
            "user/id",
            "consents/purposes/*/id",
            "consents/purposes/*/enabled",
            "regulation",
        ],
        Kind::Consent,
    );
    check("TermsOfUse.csv", "", &["Tou Accepted Date", "Country"], Kind::Consent);
    check("Preferences.csv", "", &["Topic", "Subscribed", "Channel", "Last Updated"], Kind::Consent);
    check("payment_methods.json", "", &["brand", "last4", "holder"], Kind::Billing);
    check("mandats.csv", "", &["Référence mandat", "IBAN", "Titulaire"], Kind::Billing);
    check("user_archive.csv", "", &["topic_title", "post", "url", "created_at"], Kind::Message);
    check("visits.csv", "", &["timestamp", "page", "referrer"], Kind::Activity);
    check("data.csv", "", &["timestamp", "page", "referrer"], Kind::Activity);
    check("data.json", "", &["name", "lat", "lng", "visited_at"], Kind::Place);
    check("Registration.csv", "", &["Registered At", "Registration Ip"], Kind::Account);
    check("Logins.csv", "", &["Login Date", "IP Address", "User Agent"], Kind::Activity);
    check(
        "direct-messages.js",
        "direct_messages",
        &["dm/conversationId", "dm/messages/*/text", "dm/messages/*/createdAt"],
        Kind::Message,
    );
    check(
        "data.json",
        "tickets",
        &["ticket_id", "subject", "status", "comments/*/body", "comments/*/author"],
        Kind::Ticket,
    );
    check(
        "customers.json",
        "customer",
        &["id", "email", "first_name", "last_name", "phone", "email_marketing_consent/state"],
        Kind::Account,
    );
}
