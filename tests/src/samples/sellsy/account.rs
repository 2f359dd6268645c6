//! C01, C02, C04 and the tools of C06: the account, the profile with its old address, preferences, subscriptions.

use serde_json::{Value, json};

use super::super::{Sample, out};
use super::{CUSTOMER, EMAIL, NAME, wrapped};

pub(super) fn write(s: &mut Sample) {
    s.add(
        "account/account.json",
        "json",
        out::json(&account()),
        (1, "account"),
        "C01: who holds the account",
    );
    s.needle("gribouillarme", "account/account.json", "/security/recovery_hint", "nested JSON");
    s.add("account/profile.json", "json", out::json(&profile()), (1, "account"), "C02: what was added to it");
    s.needle("marjolunette", "account/profile.json", "/about", "JSON text");
    s.needle(
        "0639984107",
        "account/profile.json",
        "/second_telephone",
        "a telephone number without its blanks",
    );
    s.needle("quai Valin", "account/account.json", "/billing_address/street", "JSON, two words");
    s.add("account/preferences.json", "json", out::json(&preferences()), (1, "account"), "C04: settings");
    let tools = subscriptions();
    s.add(
        "account/subscriptions.json",
        "json",
        wrapped("subscriptions", &tools),
        (tools.len(), "account"),
        "C06: the tools subscribed to",
    );
    s.story(
        "Two postal addresses: the profile still has the one that was left in July 2022; the account, the CRM sheet \
         and the invoices have the right one. Camille told them in ticket 6733.",
        &[
            "account/profile.json#/address",
            "account/account.json#/billing_address/street",
            "crm/contact.csv#row=2,col=adresse",
            "support/tickets.json#/tickets/10",
        ],
    );
}

fn account() -> Value {
    json!({
        "customer_number": CUSTOMER,
        "account_id": "ACC-40117",
        "status": "active",
        "created_at": "2019-03-11T08:52:00Z",
        "last_login_at": "2026-10-30T16:20:00Z",
        "name": NAME,
        "first_name": "Camille",
        "last_name": "Aubépin",
        "company": "Atelier Aubépin",
        "email": EMAIL,
        "telephone": "+33 1 99 00 41 17",
        "vat_number": "FR32123456789",
        "billing_address": {
            "street": "8 quai Valin",
            "postal_code": "17000",
            "city": "La Rochelle",
            "country": "FR"
        },
        "security": {
            "two_factor": true,
            "two_factor_since": "2022-01-12",
            "password_changed_on": "2024-05-15",
            "recovery_hint": "gribouillarme, le chat de l’atelier"
        }
    })
}

fn profile() -> Value {
    json!({
        "customer_number": CUSTOMER,
        "display_name": NAME,
        "job_title": "Relieuse, gérante",
        "date_of_birth": "1984-05-17",
        "second_telephone": "06 39 98 41 07",
        "address": "12 rue des Lilas, 17000 La Rochelle",
        "address_updated_on": "2019-03-11",
        "website": "https://atelier-aubepin.example",
        "about": "Reliure d’art, carnets cousus main et papier marbré « marjolunette ».",
        "picture": null
    })
}

fn preferences() -> Value {
    json!({
        "customer_number": CUSTOMER,
        "updated_at": "2024-01-24T10:45:00Z",
        "language": "fr-FR",
        "timezone": "Europe/Paris",
        "currency": "EUR",
        "start_page": "dashboard",
        "theme": "clair",
        "documents": {
            "default_vat_rate": "20.00",
            "number_prefix": "AUB",
            "yearly_reset": true,
            "footer": "Atelier Aubépin, 8 quai Valin, 17000 La Rochelle"
        },
        "notifications": {
            "invoice_paid": true,
            "quote_signed": true,
            "weekly_summary": false,
            "sms": false
        }
    })
}

/// Tool, monthly price before tax in euros, from, until, status.
const TOOLS: [(&str, &str, &str, &str, &str); 9] = [
    ("Essai gratuit, tous les outils", "0.00", "2019-01-11", "2019-02-08", "ended"),
    ("Facturation", "59.00", "2019-03-11", "", "active"),
    ("Connecteur boutique", "0.00", "2019-05-06", "2024-11-30", "ended"),
    ("Devis signés", "10.00", "2019-12-28", "2023-10-31", "ended"),
    ("CRM", "25.00", "2021-01-01", "", "active"),
    ("Synchronisation bancaire", "15.00", "2022-01-01", "", "active"),
    ("Relances", "13.50", "2023-01-01", "2023-10-31", "ended"),
    ("Application mobile", "0.00", "2023-01-17", "", "active"),
    ("Facture électronique (Factur-X)", "10.00", "2025-01-01", "", "active"),
];

fn subscriptions() -> Vec<Value> {
    TOOLS
        .iter()
        .enumerate()
        .map(|(n, &(tool, price, from, until, status))| {
            json!({
                "subscription_id": format!("SUB-{}", 40_117_001 + n),
                "tool": tool,
                "billing_period": "monthly",
                "price_net": price,
                "currency": "EUR",
                "started_on": from,
                "ended_on": if until.is_empty() { Value::Null } else { json!(until) },
                "status": status
            })
        })
        .collect()
}
