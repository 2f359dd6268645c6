//! What stands out in an export: each rule lives in `views`; here they are given the records that they need.

use records::{Day, Kind, Record};
use views::{Accounts, Consents, Finding, Ledger, Mailings, Marketing, OtherCustomers, Retention, Sides};

use crate::export::Export;
use crate::letters;

/// Findings about other customers beyond this many say no more.
const OTHERS_MAX: usize = 50;

pub(crate) fn find(
    export: &Export,
    accounts: &Accounts,
    ledger: &Ledger,
    tickets: &[Record],
    consents: &Consents,
    company_domains: &[String],
    today: Day,
) -> Vec<Finding> {
    // Terms run until the day of the export: what the company did since then, the export cannot tell.
    let day = export.facts().exported.and_then(|d| d.parse().ok()).unwrap_or(today);
    let mut findings = views::paid_twice(ledger);
    findings.extend(views::overdue(ledger, day));
    findings.extend(views::names_differ(accounts));
    findings.extend(views::addresses_differ(accounts));

    let sides = Sides { subject: accounts.subject(), company_domains };
    let numbers: Vec<&str> = ledger
        .documents
        .iter()
        .chain(&ledger.payments)
        .chain(&ledger.others)
        .map(|l| l.number.as_str())
        .collect();
    let others = OtherCustomers::new(sides, numbers);
    let mut mailings = Mailings::new(consents);
    let mut foreign: Vec<Finding> = tickets.iter().filter_map(|t| others.read(t)).collect();
    export.each_record(
        |line| line.kind == Kind::Message && !line.span.heading,
        |record| {
            if foreign.len() < OTHERS_MAX {
                foreign.extend(others.read(&record));
            }
            if let Some(mail) = Marketing::read(&record, accounts.subject()) {
                mailings.add(&mail);
            }
        },
    );
    foreign.truncate(OTHERS_MAX);
    findings.extend(foreign);
    findings.extend(mailings.findings());

    let mut retention = Retention::new(letters::terms(export), day);
    for (entry, book) in export.books() {
        for (number, line) in (0..).zip(&book.lines).filter(|(_, l)| !l.span.heading) {
            if let Some(of) = line.day {
                retention.add(records::RecordId { entry: entry.id, number }, line.kind, line.what, of);
            }
        }
    }
    findings.extend(retention.findings());
    views::gravest_first(&mut findings);
    findings
}
