//! Accounts, consents, invoices, payments and connections: what is written as JSON, NDJSON and CSV.

use std::fmt::Write as _;

use super::Maker;
use crate::clock::Moment;
use crate::samples::windows_1252;

const TOWNS: [&str; 12] = [
    "La Rochelle",
    "Saint-Malo",
    "Nîmes",
    "Besançon",
    "Orléans",
    "Angoulême",
    "Évreux",
    "Périgueux",
    "Whitby",
    "Ludlow",
    "Falmouth",
    "Kendal",
];
const PRODUCTS: [&str; 8] = [
    "Abonnement Facturation",
    "Module Relances",
    "Stockage 200 Go",
    "Formation en ligne",
    "Web hosting",
    "Domain name",
    "Support Premium",
    "Carnet relié A5",
];
const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/VER.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.VER",
    "Mozilla/5.0 (X11; Linux x86_64; rv:VER.0) Gecko/20100101 Firefox/VER.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Build/VER",
];

/// Pushes formatted text onto a string, which cannot fail.
macro_rules! push {
    ($out:expr, $($text:tt)*) => { write!($out, $($text)*).expect("a string takes all text") };
}
pub(super) use push;

/// Amounts are kept in cents and written with a point.
fn euros(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Maker {
    pub(super) fn accounts(&mut self) -> String {
        let total = self.counts.accounts;
        let mut out = String::from("{\n  \"exported_at\": \"2026-11-02T10:00:00Z\",\n  \"accounts\": [\n");
        for n in 0..total {
            self.count("account");
            let (first, last, mail) = self.person(n);
            let (street, town) = (self.words(true, 2), TOWNS[self.rng.index(12)]);
            let (number, postcode) = (self.rng.between(1, 200), self.rng.between(10_000, 95_999));
            let (created, opted_in) = (self.moment(2019, 2026).iso(), self.rng.percent(40));
            let phone = self.rng.between(10_000, 99_999);
            let note = self.text(80, 300) + &self.needle("account", n, total, "account/accounts.json");
            let comma = if n + 1 < total { "," } else { "" };
            push!(
                out,
                "    {{\n      \"id\": \"ACC-{n:06}\",\n      \"email\": \"{mail}\",\n      \"first_name\": \"{first}\",\n      \
                 \"last_name\": \"{last}\",\n      \"phone\": \"+33 6 39 98 {phone}\",\n      \"address\": {{\n        \
                 \"street\": \"{number} rue {street}\",\n        \"postal_code\": \"{postcode}\",\n        \
                 \"city\": \"{town}\",\n        \"country\": \"FR\"\n      }},\n      \"created_at\": \"{created}\",\n      \
                 \"marketing_opt_in\": {opted_in},\n      \"notes\": \"{note}\"\n    }}{comma}\n"
            );
        }
        out.push_str("  ]\n}\n");
        out
    }

    pub(super) fn consents(&mut self) -> String {
        const PURPOSES: [&str; 6] =
            ["marketing_email", "marketing_sms", "analytics", "profiling", "newsletter", "cookies_ads"];
        let total = self.counts.consents;
        let mut out = String::from("[\n");
        for n in 0..total {
            self.count("consent");
            let (purpose, channel) =
                (PURPOSES[self.rng.index(6)], self.rng.pick(&["web", "app", "phone", "paper"]));
            let (granted, at, ip) = (self.rng.percent(60), self.moment(2019, 2026).iso(), self.ip());
            let (account, version) = (self.account(), self.rng.between(1, 4));
            let text = self.text(40, 140) + &self.needle("consent", n, total, "account/consents.json");
            let hash = self.rng.hex(16);
            let comma = if n + 1 < total { "," } else { "" };
            push!(
                out,
                "{{\"consent_id\": \"CNS-{n:07}\", \"account_id\": \"{account}\", \"purpose\": \"{purpose}\", \
                 \"channel\": \"{channel}\", \"granted\": {granted}, \"given_at\": \"{at}\", \
                 \"text_version\": \"v{version}.0\", \"statement\": \"{text}\", \
                 \"proof\": {{\"ip\": \"{ip}\", \"hash\": \"{hash}\"}}}}{comma}\n"
            );
        }
        out.push_str("]\n");
        out
    }

    fn account(&mut self) -> String {
        format!("ACC-{:06}", self.rng.below(u32::try_from(self.counts.accounts).unwrap_or(u32::MAX)))
    }

    pub(super) fn invoices(&mut self) -> String {
        let total = self.counts.invoices;
        let mut out = String::from("[");
        for n in 0..total {
            self.count("invoice");
            let at = self.moment(2021, 2026);
            let year = at.ymd().0;
            let mut lines = String::new();
            let mut cents = 0;
            for line in 0..self.rng.between(1, 4) {
                let (quantity, price) = (self.rng.between(1, 4), self.rng.between(200, 12_000));
                cents += u64::from(quantity) * u64::from(price);
                let (product, words) = (PRODUCTS[self.rng.index(8)], self.words(true, 4));
                let comma = if line > 0 { "," } else { "" };
                let price = euros(u64::from(price));
                push!(
                    lines,
                    "{comma}{{\"description\":\"{product} — {words}\",\"quantity\":{quantity},\"unit_price\":{price},\"vat_rate\":20.0}}"
                );
            }
            let status = self.rng.pick(&["paid", "paid", "paid", "paid", "overdue", "pending", "cancelled"]);
            let quarter = Moment::day(2023, 1, 1)..Moment::day(2023, 4, 1);
            if quarter.contains(&at) {
                self.truth.first_quarter.invoices += 1;
                self.truth.first_quarter.overdue += u64::from(status == "overdue");
                self.truth.first_quarter.cents += cents;
            }
            let (first, last, mail) = self.anyone();
            let account = self.account();
            let note = self.text(120, 420) + &self.needle("invoice", n, total, "billing/invoices.json");
            let comma = if n > 0 { "," } else { "" };
            push!(
                out,
                "{comma}{{\"invoice_id\":\"INV-{year}-{n:07}\",\"account_id\":\"{account}\",\"issued_at\":\"{}\",\
                 \"due_at\":\"{}\",\"currency\":\"EUR\",\"status\":\"{status}\",\"customer\":{{\"name\":\"{first} {last}\",\
                 \"email\":\"{mail}\"}},\"lines\":[{lines}],\"total\":{},\"note\":\"{note}\"}}",
                at.iso(),
                at.plus_days(30).iso(),
                euros(cents)
            );
        }
        out.push_str("]\n");
        out
    }

    pub(super) fn invoices_csv(&mut self) -> Vec<u8> {
        let total = self.counts.invoices;
        let mut out = String::from("Numéro;Date d’émission;Client;Courriel;Libellé;Montant TTC;Statut\r\n");
        for n in 0..total {
            self.count("invoice_csv");
            let at = self.moment(2018, 2020).slashed();
            let (first, last, mail) = self.anyone();
            let words =
                self.words(true, 8) + &self.needle("invoice_csv", n, total, "billing/factures-2018-2020.csv");
            let label = if n % 7 == 0 {
                format!("\"{words} ; \"\"dont\"\" remise\r\nsur deux lignes\"")
            } else {
                words
            };
            let amount = euros(u64::from(self.rng.between(500, 40_000))).replace('.', ",");
            let status = self.rng.pick(&["réglée", "réglée", "impayée", "annulée"]);
            push!(out, "FAC{n:07};{at};{} {first};{mail};{label};{amount};{status}\r\n", last.to_uppercase());
        }
        windows_1252(&out)
    }

    pub(super) fn payments(&mut self) -> String {
        let total = self.counts.payments;
        let mut out = String::new();
        for n in 0..total {
            self.count("payment");
            let at = self.moment(2021, 2026);
            let invoice = self.rng.below(u32::try_from(self.counts.invoices).unwrap_or(u32::MAX));
            let method = self.rng.pick(&["card", "sepa_debit", "transfer"]);
            let status = self.rng.pick(&["succeeded", "succeeded", "succeeded", "failed", "refunded"]);
            let (last4, amount) = (self.rng.below(10_000), euros(u64::from(self.rng.between(500, 30_000))));
            let label = self.words(true, 7) + &self.needle("payment", n, total, "billing/payments.ndjson");
            push!(
                out,
                "{{\"payment_id\": \"PAY-{n:08}\", \"invoice\": \"INV-{}-{invoice:07}\", \"paid_at\": \"{}\", \
                 \"method\": \"{method}\", \"iban_last4\": \"{last4:04}\", \"amount\": {amount}, \"currency\": \"EUR\", \
                 \"status\": \"{status}\", \"label\": \"{label}\"}}\n",
                at.ymd().0,
                at.iso()
            );
        }
        out
    }

    pub(super) fn logins(&mut self) -> String {
        let total = self.counts.logins;
        let mut out = String::from("timestamp,account_id,event,result,ip,country,city,session,user_agent\n");
        for n in 0..total {
            self.count("login");
            let (at, account, ip) = (self.moment(2019, 2026).iso(), self.account(), self.ip());
            let event = self.rng.pick(&["login", "login", "login", "logout", "password_change", "2fa"]);
            let result = self.rng.pick(&["success", "success", "success", "failure"]);
            let country = self.rng.pick(&["FR", "FR", "FR", "GB", "BE", "DE"]);
            let (town, session) = (TOWNS[self.rng.index(12)], self.rng.hex(16));
            let version = self.rng.between(80, 139).to_string();
            let agent = AGENTS[self.rng.index(4)].replace("VER", &version);
            let needle = self.needle("login", n, total, "security/logins.csv");
            push!(
                out,
                "{at},{account},{event},{result},{ip},{country},{town},{session},\"{agent}{needle}\"\n"
            );
        }
        out
    }
}
