//! The export of Camille Aubépin, customer 40117, as Sellsy could have sent it on 2 November 2026.

mod account;
mod activity;
mod archive;
mod billing;
mod consents;
mod crm;
mod documents;
mod marketing;
mod support;

use super::{Sample, out};

const EXPORTED: &str = "2026-11-02T10:00:00Z";
const CUSTOMER: &str = "40117";
const NAME: &str = "Camille Aubépin";
const EMAIL: &str = "camille@atelier-aubepin.example";

/// The whole sample.
pub fn sellsy() -> Sample {
    let mut sample = Sample { name: "sellsy", ..Sample::default() };
    let s = &mut sample;
    s.add(
        "LISEZ-MOI.txt",
        "text",
        include_bytes!("../texts/lisez-moi.txt").to_vec(),
        (1, "document"),
        "the company's letter with the export, in French and English",
    );
    s.needle("zéphyrelle", "LISEZ-MOI.txt", "", "plain text, UTF-8, accent");
    s.needle("wobblesnitch", "LISEZ-MOI.txt", "", "plain text, English half");
    account::write(s);
    activity::write(s);
    archive::write(s);
    billing::write(s);
    consents::write(s);
    crm::write(s);
    s.add(
        "gmail/AUCUNE-DONNEE.txt",
        "text",
        include_bytes!("../texts/gmail.txt").to_vec(),
        (1, "document"),
        "C11: says that no mailbox was ever connected",
    );
    marketing::write(s);
    support::write(s);
    sample
}

/// The head that every JSON file of this export has, with its list.
fn wrapped(list: &str, items: &[serde_json::Value]) -> Vec<u8> {
    out::json(&serde_json::json!({"exported_at": EXPORTED, "customer_number": CUSTOMER, list: items}))
}
