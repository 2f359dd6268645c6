//! Each rule with what it must tell and the look-alikes that it must leave alone.

use records::Kind::{Account, Activity, Billing, Consent, Message, Ticket};
use records::Role::{
    Amount, Author, AuthorRole, Body, Channel, Choice, Date, DueOn, From, Gross, InvoiceNumber, PaidOn,
    PaymentNumber, Purpose, Status, TicketNumber, Title, WithdrawnOn,
};
use records::What::{self, ConsentChoice, CreditNote, Invoice, Mail, Operation, Payment, Refund};
use records::{Kind, Record, RecordId, Role};

use super::{Code, Finding, Mailings, Marketing, OtherCustomers, Retention, Right, Term, TermStart, Weight};
use super::{gravest_first, overdue, paid_twice};
use crate::consents::Consents;
use crate::ledger::Ledger;
use crate::sample::{day, entry, id, record};
use crate::subject::{Is, Subject};
use crate::threads::Sides;

// ---------------------------------------------------------------- paid twice, overdue

/// The invoice F-2024-0207 over 118.80, and what else the export says, one list a file.
fn ledger(more: Vec<Vec<Record>>) -> Ledger {
    let invoice = record(
        Billing,
        Invoice,
        &[
            (InvoiceNumber, "number", "F-2024-0207"),
            (Date, "date", "2024-02-01"),
            (Gross, "total", "118.80 EUR"),
        ],
    );
    let mut all = entry(0, "invoices.json", vec![invoice]);
    for (at, records) in more.into_iter().enumerate() {
        let at = u32::try_from(at + 1).expect("few");
        all.extend(entry(at, &format!("{at}.json"), records));
    }
    Ledger::build(all)
}

fn paid(what: What, number: &str, on: &str, amount: &str, status: &str, of: &str) -> Record {
    record(
        Billing,
        what,
        &[
            (PaymentNumber, "payment_id", number),
            (InvoiceNumber, "invoice", of),
            (PaidOn, "paid_at", on),
            (Amount, "amount", amount),
            (Status, "status", status),
        ],
    )
}

fn pay(number: &str, on: &str, amount: &str) -> Record {
    paid(Payment, number, on, amount, "succeeded", "F-2024-0207")
}

#[test]
fn an_invoice_paid_twice_is_told() {
    for more in [
        vec![vec![pay("P-7719", "2024-02-05", "118.80 EUR"), pay("P-7720", "2024-02-05", "118.80 EUR")]],
        vec![vec![pay("P-1", "2024-02-05", "118.80 EUR"), pay("P-2", "2024-03-05", "118.80 EUR")]],
        vec![vec![pay("P-1", "2024-02-05", "118.80")], vec![pay("P-2", "2024-02-19", "118.80 EUR")]],
        vec![vec![
            pay("P-1", "2024-02-05", "60 EUR"),
            pay("P-2", "2024-02-06", "58.80 EUR"),
            pay("P-3", "2024-02-07", "118.80 EUR"),
        ]],
    ] {
        let found = paid_twice(&ledger(more));
        assert_eq!(found.len(), 1);
        let Finding { code, weight, args, records, right, .. } = &found[0];
        assert_eq!((*code, *weight, *right), (Code::PaidTwice, Weight::Bad, None));
        assert_eq!(args["number"], "F-2024-0207");
        assert_eq!(args["excess"], "118.80");
        assert_eq!(records[0], id(0, 0));
        assert!(records.len() >= 3);
    }
}

#[test]
fn what_looks_like_paid_twice_is_left_alone() {
    let twice = |number: &str, what: What, amount: &str, status: &str| {
        vec![
            pay("P-1", "2024-02-05", "118.80 EUR"),
            pay("P-2", "2024-02-06", "118.80 EUR"),
            paid(what, number, "2024-03-01", amount, status, "F-2024-0207"),
        ]
    };
    let credit = record(
        Billing,
        CreditNote,
        &[
            (Role::Number, "number", "A-1"),
            (InvoiceNumber, "credited_invoice", "F-2024-0207"),
            (Gross, "total", "-118.80 EUR"),
        ],
    );
    let mut credited = twice("P-3", Payment, "1 EUR", "failed");
    credited.push(credit);
    for (why, more) in [
        ("once", vec![vec![pay("P-1", "2024-02-05", "118.80 EUR")]]),
        (
            "by instalments",
            vec![vec![pay("P-1", "2024-02-05", "59.40 EUR"), pay("P-2", "2024-03-05", "59.40 EUR")]],
        ),
        (
            "the first one failed",
            vec![vec![
                paid(Payment, "P-1", "2024-02-05", "118.80 EUR", "failed", "F-2024-0207"),
                pay("P-2", "2024-02-19", "118.80 EUR"),
            ]],
        ),
        ("given back", vec![twice("R-1", Refund, "118.80 EUR", "succeeded")]),
        ("given back by sign", vec![twice("P-3", Payment, "-118.80 EUR", "refunded")]),
        ("credited", vec![credited]),
        (
            "one payment in two files under two numbers",
            vec![
                vec![pay("P-1", "2024-02-05", "118.80 EUR")],
                vec![pay("BQ-77", "2024-02-05", "118.80 EUR")],
            ],
        ),
        (
            "one payment in two files under one number",
            vec![vec![pay("P-1", "2024-02-05", "118.80 EUR")], vec![pay("p1", "2024-02-05", "118.80 EUR")]],
        ),
        (
            "another currency",
            vec![vec![pay("P-1", "2024-02-05", "118.80 EUR"), pay("P-2", "2024-02-06", "118.80 USD")]],
        ),
        (
            "another invoice",
            vec![vec![
                pay("P-1", "2024-02-05", "118.80 EUR"),
                paid(Payment, "P-2", "2024-03-05", "118.80 EUR", "succeeded", "F-2024-0312"),
            ]],
        ),
        (
            "no numbers of their own",
            vec![vec![pay("", "2024-02-05", "118.80 EUR"), pay("", "2024-02-06", "118.80 EUR")]],
        ),
    ] {
        assert_eq!(paid_twice(&ledger(more)), [], "{why}");
    }
}

fn due(status: &str, due: &str, more: Vec<Record>) -> usize {
    let invoice = record(
        Billing,
        Invoice,
        &[
            (InvoiceNumber, "number", "F-2026-0940"),
            (DueOn, "due", due),
            (Gross, "total", "130.80 EUR"),
            (Status, "status", status),
        ],
    );
    let mut records = vec![invoice];
    records.extend(more);
    overdue(&Ledger::build(entry(0, "a.csv", records)), day("2026-11-02")).len()
}

#[test]
fn what_is_overdue_on_the_exports_last_day() {
    for (status, on) in
        [("overdue", "2026-09-16"), ("en retard", ""), ("impayée", "2026-11-01"), ("open", "2020-01-01")]
    {
        assert_eq!(due(status, on, vec![]), 1, "{status} {on}");
    }
    for (status, on) in [
        ("impayée", "2026-11-02"),
        ("impayée", "2027-01-01"),
        ("impayée", ""),
        ("réglée", "2026-09-16"),
        ("", "2026-09-16"),
        ("annulée", "2026-09-16"),
        ("draft", "2026-09-16"),
    ] {
        assert_eq!(due(status, on, vec![]), 0, "{status} {on}");
    }
    let settled = paid(Payment, "P-1", "2026-09-20", "130.80 EUR", "succeeded", "F-2026-0940");
    assert_eq!(due("overdue", "2026-09-16", vec![settled]), 0);
    let failed = paid(Payment, "P-1", "2026-09-20", "130.80 EUR", "failed", "F-2026-0940");
    assert_eq!(due("overdue", "2026-09-16", vec![failed]), 1);
    let pay =
        |number: &str, status: &str| paid(Payment, number, "2026-09-20", "130.80 EUR", status, "F-2026-0940");
    let back = || paid(Refund, "R-1", "2026-09-25", "130.80 EUR", "succeeded", "F-2026-0940");
    assert_eq!(due("overdue", "2026-09-16", vec![pay("P-1", "succeeded"), back()]), 1);
    let again = vec![pay("P-1", "refunded"), back(), pay("P-2", "succeeded")];
    assert_eq!(due("overdue", "2026-09-16", again), 0);
}

// ---------------------------------------------------------------- another customer

fn camille() -> Subject {
    let mut subject = Subject::default();
    subject.add(Is::Name, "Camille Aubépin");
    subject.add(Is::Email, "camille@atelier-aubepin.example");
    subject.add(Is::CustomerNumber, "C-40117");
    subject.add(Is::Company, "Atelier Aubépin");
    subject.add(Is::Phone, "+33 6 39 98 41 07");
    subject
}

fn other(role: &str, text: &str) -> Option<Finding> {
    let subject = camille();
    let domains = ["sellsy.example".to_owned()];
    let sides = Sides { subject: &subject, company_domains: &domains };
    let ticket = record(
        Ticket,
        What::Ticket,
        &[
            (TicketNumber, "ticket_id", "91200"),
            (Author, "messages/0/author", "Solène Kerdraon"),
            (AuthorRole, "messages/0/author_role", role),
            (Body, "messages/0/body", text),
        ],
    );
    OtherCustomers::new(sides, ["F-2024-0207", "77123"]).read(&ticket)
}

#[test]
fn another_customer_in_the_companys_words_is_told() {
    for (text, what, value) in [
        ("Rembourser comme pour le client Vernier (dossier 40233) : même incident.", "number", "40233"),
        ("Voir aussi client n° 40233.", "number", "40233"),
        ("Même cas que le client n°C-40233", "number", "C-40233"),
        ("Same as customer number 55021, refund both", "number", "55021"),
        ("Wrong one, this is account no. 8841207.", "number", "8841207"),
        ("See customer #40233", "number", "40233"),
        ("Kundennummer: 99812", "number", "99812"),
        ("Same as customer NOVA-4023", "number", "NOVA-4023"),
        ("Voir client Nº40233", "number", "40233"),
        ("Comme pour la cliente Mme Roussel hier.", "name", "Roussel"),
        ("Voir le dossier de M. Paul Vernier", "name", "Paul Vernier"),
        ("Same incident as customer Jane Porter, see above", "name", "Jane Porter"),
        ("I wrote to jane.porter@post.example by mistake", "email", "jane.porter@post.example"),
        ("Copie à paul.vernier@gmail.com", "email", "paul.vernier@gmail.com"),
    ] {
        let found = other("agent", text).unwrap_or_else(|| panic!("nothing found in: {text}"));
        assert_eq!((found.args["what"].as_str(), found.args["value"].as_str()), (what, value), "{text}");
        assert_eq!((found.code, found.weight, found.right), (Code::OtherCustomer, Weight::Warn, None));
    }
    let found = other("agent", "comme pour le client Vernier (dossier 40233)").expect("found");
    assert_eq!(found.args["name"], "Vernier");
    // Nobody known wrote it: it is told as well.
    assert!(other("", "voir client 40233").is_some());
}

#[test]
fn what_looks_like_another_customer_is_left_alone() {
    for text in [
        "Bonjour Camille, client n° 40117, c'est noté.",
        "Customer number C-40117 is yours.",
        "Votre dossier 91200 est clos.",
        "Voir dossier 77123.",
        "Le compte 411000 est débité.",
        "On your account 2024 was a good year; account 12,50 EUR.",
        "Le dossier 2024 est complet.",
        "Le service client Sellsy Premium vous répond.",
        "Customer Support Team",
        "Customer Success Manager Wanted",
        "Notre espace client Mon Compte change.",
        "Cher client, Bonjour Camille",
        "the customer Camille Aubépin asked",
        "le client Atelier Aubépin demande",
        "Écrivez à support@partner.example ou à noreply@bank.example.",
        "Votre adresse camille+compta@atelier-aubepin.example et marie@atelier-aubepin.example",
        "agent.solene@mail.sellsy.example",
        "Le client a appelé le 05/02/2024 au 06 39 98 41 07.",
        "la fiche client, à droite du champ",
        "In the customer file, set the country to Ireland",
        "la carte se terminant par 4242",
        "your customer Jane Porter",
        "Votre dossier 55512 est clos.",
        "your customer 55512 called us",
        "dossier comptable F-2024-0207",
    ] {
        assert_eq!(other("agent", text), None, "{text}");
    }
    // A customer's own customers are their affair.
    assert_eq!(other("customer", "mon client Paul Vernier, client 40233, paul@post.example"), None);
}

#[test]
fn a_thread_that_names_a_number_in_each_message_is_no_trouble() {
    let subject = camille();
    let sides = Sides { subject: &subject, company_domains: &[] };
    let names: Vec<(String, String)> =
        (0..5_000).map(|n| (format!("messages/{n}/id"), format!("messages/{n}/body"))).collect();
    let numbers: Vec<String> = (0..5_000).map(|n| format!("M-{n}")).collect();
    let fields: Vec<(Role, &str, &str)> = names
        .iter()
        .zip(&numbers)
        .flat_map(|((id, body), n)| {
            [(Role::Id, id.as_str(), n.as_str()), (Body, body, "voir client 88887777")]
        })
        .collect();
    let found = OtherCustomers::new(sides, [""; 0]).read(&record(Ticket, What::Ticket, &fields));
    assert_eq!(found.expect("found").args["count"], "5000");
}

// ---------------------------------------------------------------- mailings

fn consent(purpose: &str, channel: &str, choice: &str, on: &str, withdrawn: &str) -> Record {
    record(
        Consent,
        ConsentChoice,
        &[
            (Purpose, "purpose", purpose),
            (Channel, "channel", channel),
            (Choice, "choice", choice),
            (Date, "given_at", on),
            (WithdrawnOn, "withdrawn_at", withdrawn),
        ],
    )
}

fn mail(on: &str, subject: &str, more: &[(Role, &str, &str)]) -> Record {
    let mut fields =
        vec![(Date, "Date", on), (Title, "Subject", subject), (From, "From", "offres@sellsy.example")];
    fields.extend_from_slice(more);
    record(Message, Mail, &fields)
}

const LIST: (Role, &str, &str) = (Role::Other, "List-Unsubscribe", "<https://go.sellsy.example/d/40117>");

fn mailings(consents: Vec<Record>, mails: Vec<Record>) -> Vec<Finding> {
    let consents = Consents::build(entry(0, "consents.json", consents), day("2026-11-02"));
    let subject = camille();
    let mut rule = Mailings::new(&consents);
    for mail in entry(1, "mails/all.mbox", mails) {
        if let Some(mail) = Marketing::read(&mail, &subject) {
            rule.add(&mail);
        }
    }
    rule.findings()
}

fn withdrawn() -> Record {
    consent("Offres commerciales par courriel", "email", "granted", "2019-03-11", "2025-03-18T10:02:00Z")
}

#[test]
fn marketing_after_a_withdrawal_is_told() {
    let offer = || mail("2025-05-13T07:05:00+02:00", "Trois mois offerts", &[LIST]);
    for (why, consents, mails) in [
        ("a header", vec![withdrawn()], vec![offer()]),
        (
            "a category",
            vec![withdrawn()],
            vec![mail("2025-05-13", "Trois mois", &[(Role::Other, "X-Category", "marketing")])],
        ),
        (
            "a subject and a way out",
            vec![withdrawn()],
            vec![mail("2025-05-13", "Promo de printemps", &[(Body, "body", "Pour se désinscrire : …")])],
        ),
        (
            "a refusal later on",
            vec![
                consent("newsletter", "e-mail", "yes", "2021-02-13", ""),
                consent("newsletter", "e-mail", "no", "2023-05-21", ""),
            ],
            vec![mail("2023-06-01", "Newsletter no. 12", &[LIST])],
        ),
        (
            "a refusal from the start",
            vec![consent("Marketing", "", "refused", "2021-01-01", "")],
            vec![offer()],
        ),
        (
            "a newsletter, though offers are allowed",
            vec![
                consent("Newsletter", "email", "granted", "2019-01-01", "2024-01-01"),
                consent("Offers", "email", "granted", "2019-01-01", ""),
            ],
            vec![mail("2024-02-01", "Newsletter de février", &[LIST])],
        ),
    ] {
        let found = mailings(consents, mails);
        assert_eq!(found.len(), 1, "{why}");
        assert_eq!((found[0].code, found[0].weight), (Code::MailingAfterWithdrawal, Weight::Bad));
        assert_eq!(found[0].right, Some(Right::Erasure));
        assert_eq!(found[0].records[0], id(1, 0), "the mail comes first");
        assert_eq!(found[0].records[1].entry, id(0, 0).entry, "then the consent");
    }
    // The same sending in the mailbox and in the list of sendings is one; the mail leads.
    let found =
        mailings(vec![withdrawn()], vec![offer(), offer(), mail("2025-06-01", "Autre offre", &[LIST])]);
    assert_eq!(found[0].args["count"], "2");
    assert_eq!(found[0].args["withdrawn"], "2025-03-18");
    assert_eq!(found[0].args["first"], "2025-05-13");
    assert_eq!(found[0].records.len(), 4);
}

#[test]
fn what_looks_like_marketing_after_a_withdrawal_is_left_alone() {
    let offer = |on: &str| mail(on, "Trois mois offerts", &[LIST]);
    let may = || vec![offer("2025-05-13")];
    for (why, consents, mails) in [
        ("before", vec![withdrawn()], vec![offer("2025-03-01")]),
        ("on the day itself", vec![withdrawn()], vec![offer("2025-03-18T23:00:00Z")]),
        (
            "a word about the withdrawal",
            vec![withdrawn()],
            vec![mail("2025-03-19", "Votre désinscription est confirmée", &[LIST])],
        ),
        ("an invoice", vec![withdrawn()], vec![mail("2025-05-13", "Votre facture est disponible", &[LIST])]),
        (
            "filed as service",
            vec![withdrawn()],
            vec![mail("2025-05-13", "Maintenance", &[LIST, (Role::Other, "X-Category", "service")])],
        ),
        (
            "an offer that was asked for",
            vec![withdrawn()],
            vec![mail("2025-05-13", "Votre offre signée", &[(Body, "body", "Voici le devis.")])],
        ),
        (
            "given again",
            vec![
                withdrawn(),
                consent("Offres commerciales par courriel", "email", "granted", "2025-04-01", ""),
            ],
            may(),
        ),
        (
            "another channel",
            vec![consent("Offres par SMS", "sms", "granted", "2019-03-11", "2020-04-10")],
            may(),
        ),
        ("by telephone", vec![consent("Appels commerciaux", "phone", "refused", "2019-03-11", "")], may()),
        ("cookies", vec![consent("Cookies publicitaires", "web", "refused", "2021-12-14", "")], may()),
        ("no marketing", vec![consent("Témoignage", "email", "granted", "2022-10-11", "2024-03-04")], may()),
        (
            "another consent holds",
            vec![
                consent("Offres des partenaires", "email", "granted", "2019-01-01", "2024-01-01"),
                consent("Offres commerciales", "email", "granted", "2019-01-01", ""),
            ],
            may(),
        ),
        (
            "by letter",
            vec![consent("Offres commerciales", "courrier", "granted", "2019-03-11", "2024-04-10")],
            may(),
        ),
        (
            "a push message",
            vec![withdrawn()],
            vec![record(
                Message,
                What::Other,
                &[
                    (Date, "sent_at", "2025-05-13"),
                    (Channel, "channel", "push"),
                    (Title, "subject", "Offre de rentrée"),
                    (Role::Other, "campaign", "promo-2025"),
                ],
            )],
        ),
        (
            "a registered letter",
            vec![withdrawn()],
            vec![mail("2025-05-13", "Lettre recommandée", &[(Body, "body", "Pour se désinscrire : …")])],
        ),
        ("still given", vec![consent("Marketing", "email", "granted", "2019-01-01", "")], may()),
        ("no consents", vec![], may()),
    ] {
        assert_eq!(mailings(consents, mails), [], "{why}");
    }
    let mine = record(
        Message,
        Mail,
        &[
            (Date, "Date", "2025-05-13"),
            (Title, "Subject", "Newsletter"),
            (From, "From", "camille@atelier-aubepin.example"),
            LIST,
        ],
    );
    assert_eq!(mailings(vec![withdrawn()], vec![mine]), [], "written by the person");
}

#[test]
fn a_day_in_a_field_is_enough() {
    let mut offer = mail("2025-05-13", "Trois mois offerts", &[LIST]);
    offer.day = None;
    assert_eq!(mailings(vec![withdrawn()], vec![offer]).len(), 1);
    let by_mail =
        consent("Offres commerciales", "courrier électronique", "granted", "2019-03-11", "2024-04-10");
    assert_eq!(mailings(vec![by_mail], vec![mail("2025-05-13", "Trois mois", &[LIST])]).len(), 1);
}

#[test]
fn text_messages_have_their_own_consent() {
    let sms = |on: &str| {
        record(
            Message,
            What::Other,
            &[
                (Date, "sent_at", on),
                (Channel, "channel", "sms"),
                (Title, "subject", "Offre de rentrée. Répondez STOP"),
                (Role::Other, "campaign", "campagne-2020"),
            ],
        )
    };
    let consents =
        || vec![consent("Offres par SMS", "sms", "granted", "2019-03-11", "2020-04-10"), withdrawn()];
    assert_eq!(mailings(consents(), vec![sms("2020-04-09")]), []);
    let found = mailings(consents(), vec![sms("2020-09-01")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].args["channel"], "sms");
}

// ---------------------------------------------------------------- retention

fn old(terms: Vec<Term>, rows: &[(Kind, What, &str)]) -> Vec<(String, String, String)> {
    let mut rule = Retention::new(terms, day("2026-11-02"));
    for (number, (kind, what, on)) in (0..).zip(rows) {
        rule.add(id(number % 2, number), *kind, *what, day(on));
    }
    let told = |f: &Finding| (f.args["term"].clone(), f.args["count"].clone(), f.args["oldest"].clone());
    rule.findings().iter().map(told).collect()
}

fn term(id: &str, kinds: &[Kind], whats: &[What], months: u32) -> Term {
    let (kinds, whats) = (kinds.to_vec(), whats.to_vec());
    Term { id: id.to_owned(), kinds, whats, entries: vec![], months, start: TermStart::Record }
}

fn told(term: &str, count: u32, oldest: &str) -> (String, String, String) {
    (term.to_owned(), count.to_string(), oldest.to_owned())
}

#[test]
fn records_older_than_their_term() {
    let logs = || term("R4", &[Activity], &[Operation], 12);
    let log = |on| (Activity, Operation, on);
    for (terms, rows, wanted) in [
        (
            vec![logs()],
            vec![log("2025-11-01"), log("2024-01-01"), log("2026-10-01")],
            vec![told("R4", 2, "2024-01-01")],
        ),
        (
            vec![logs(), term("R1", &[Billing], &[], 120)],
            vec![log("2020-01-01"), (Billing, Invoice, "2016-01-01")],
            vec![told("R4", 1, "2020-01-01"), told("R1", 1, "2016-01-01")],
        ),
        (
            vec![Term { entries: vec![1], ..term("R2", &[Activity], &[], 36) }],
            vec![log("2018-01-01"), log("2019-01-01")],
            vec![told("R2", 1, "2019-01-01")],
        ),
        (
            vec![Term { start: TermStart::Day(day("2022-05-01")), ..term("R3", &[Account], &[], 36) }],
            vec![(Account, What::Profile, "2019-03-11")],
            vec![told("R3", 1, "2019-03-11")],
        ),
        // Look-alikes: the last day of the term, another kind, what was not declared, a contract still running.
        (
            vec![logs()],
            vec![log("2025-11-02"), (Activity, What::Login, "2019-01-01"), (Ticket, Operation, "2019-01-01")],
            vec![],
        ),
        (vec![], vec![log("1999-01-01")], vec![]),
        (
            vec![Term { start: TermStart::Day(day("2025-05-01")), ..term("R3", &[Account], &[], 36) }],
            vec![(Account, What::Profile, "2009-03-11")],
            vec![],
        ),
        (vec![term("never", &[], &[], u32::MAX)], vec![log("2019-01-01")], vec![]),
    ] {
        assert_eq!(old(terms, &rows), wanted);
    }
}

#[test]
fn a_long_log_is_counted_and_its_oldest_rows_named() {
    let mut rule = Retention::new(vec![term("R4", &[Activity], &[], 12)], day("2026-11-02"));
    let start = day("2020-01-01");
    for n in 0..1_000u32 {
        let day = start + chrono::Days::new(u64::from(999 - n));
        rule.add(id(0, n), Activity, Operation, day);
    }
    let found = &rule.findings()[0];
    assert_eq!(found.args["count"], "1000");
    assert_eq!(found.records, (0..20).map(|n| id(0, 999 - n)).collect::<Vec<RecordId>>());
    assert_eq!(found.right, Some(Right::Erasure));
}

// ---------------------------------------------------------------- order

#[test]
fn the_gravest_come_first() {
    let finding = |code, weight, number| Finding {
        code,
        weight,
        kind: Billing,
        args: std::collections::BTreeMap::new(),
        records: vec![id(0, number)],
        right: None,
    };
    let mut all = vec![
        finding(Code::Overdue, Weight::Info, 0),
        finding(Code::NamesDiffer, Weight::Warn, 0),
        finding(Code::PaidTwice, Weight::Bad, 7),
        finding(Code::PaidTwice, Weight::Bad, 3),
        finding(Code::OtherCustomer, Weight::Warn, 0),
    ];
    gravest_first(&mut all);
    let order: Vec<(&str, u32)> = all.iter().map(|f| (f.code.word(), f.records[0].number)).collect();
    let wanted =
        [("paid_twice", 3), ("paid_twice", 7), ("other_customer", 0), ("names_differ", 0), ("overdue", 0)];
    assert_eq!(order, wanted);
}
