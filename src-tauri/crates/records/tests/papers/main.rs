//! What is read of single papers: their kind, their title, and each value with its place.

use expect_test::{Expect, expect};
use files::{Layout, Row};
use records::{EntryId, Kind, Plan, Record, RecordId};

/// The records of a file, read as a session reads them.
fn records(entry: &str, bytes: &[u8], said: Option<Kind>) -> Vec<Record> {
    let (mut layout, mut rows): (Option<Layout>, Vec<Row>) = (None, Vec::new());
    let reading = files::read(entry, &mut &*bytes, u64::try_from(bytes.len()).ok(), &mut |known, row| {
        layout = Some(known.clone());
        rows.push(row.clone());
        true
    });
    let mut plan = Plan::new(entry, None);
    plan.learn(&reading.layout, &rows);
    if let Some(kind) = said {
        plan = plan.corrected(kind);
    }
    let of = |(number, row): (u32, &Row)| {
        plan.record(&reading.layout, row, RecordId { entry: EntryId(0), number })
    };
    (0..).zip(rows.iter().filter(|r| !r.span.heading)).map(of).collect()
}

/// Kind, title and day, then what was read under a name.
fn told(record: &Record) -> String {
    let day = record.day.map(|d| d.to_string()).unwrap_or_default();
    let money =
        record.money.as_ref().map(|m| format!("{} {}", m.amount, m.currency.as_deref().unwrap_or("?")));
    let mut out = format!(
        "{} {} {} | {} | {day} {}",
        record.certainty.word(),
        record.kind.word(),
        record.what.word(),
        record.title,
        money.unwrap_or_default()
    );
    out.truncate(out.trim_end().len());
    out.push('\n');
    for f in record.fields.iter().filter(|f| !matches!(f.name.as_str(), "text" | "heading")) {
        out.push_str(&format!(
            "{} {}: {} at {} {:?}\n",
            f.role.word(),
            f.name,
            f.value,
            f.locator.at,
            f.bytes
        ));
    }
    out
}

#[track_caller]
fn check(text: &str, wanted: &Expect) {
    let told: Vec<String> = records("paper.txt", text.as_bytes(), None).iter().map(told).collect();
    wanted.assert_eq(&told.concat());
}

#[test]
fn a_bill_says_its_number_its_days_and_its_sums() {
    check(
        "Facture n° 2024-0317\nÉmise le 17/03/2024\nÉchéance : 16/04/2024\n\nTotal HT  48,00 €\nTVA 5,5 %  2,64 €\nTotal TTC  50,64 €\n",
        &expect![[r#"
            certain billing invoice | Facture n° 2024-0317 | 2024-03-17 50.64 EUR
            number Facture n°: 2024-0317 at line=1 Some((12, 21))
            date Émise le: 2024-03-17 at line=1 Some((32, 42))
            due_on Échéance: 2024-04-16 at line=1 Some((56, 66))
            net Total HT: 48.00 at line=5 Some((78, 87))
            tax TVA 5,5 %: 2.64 at line=5 Some((99, 107))
            gross Total TTC: 50.64 at line=5 Some((119, 128))
        "#]],
    );
    check(
        "CREDIT NOTE\nCredit note no. CN-501\nDate 11 March 2024\nRelates to invoice 88004\n\nTotal credit £64.99\n",
        &expect![[r#"
            likely billing credit_note | CREDIT NOTE CN-501 | 2024-03-11 64.99 GBP
            number Credit note no: CN-501 at line=1 Some((28, 34))
            date Date: 2024-03-11 at line=1 Some((40, 53))
            invoice_number Relates to invoice: 88004 at line=1 Some((73, 78))
            gross Total credit: 64.99 at line=6 Some((93, 100))
        "#]],
    );
}

#[test]
fn a_talk_a_consent_a_person_and_a_log_are_told_by_their_shape() {
    check(
        "Ticket SUP-20418\n[02/12/2024 09:10] Hugues Deloffre\nMon site est en panne.\n[02/12/2024 09:32] Support\nNous regardons.\n",
        &expect![[r#"
            certain ticket ticket | Ticket SUP-20418 | 2024-12-02
            number number: SUP-20418 at line=1 Some((7, 16))
            date date: 2024-12-02T09:10 at line=1 Some((18, 35))
        "#]],
    );
    check(
        "Consent form\nName of participant: Bronwen Pugh\n[x] I agree to take part.\n[ ] I agree to be called.\nDate: 11 June 2023\n",
        &expect![[r#"
            certain consent consent_choice | Consent form | 2023-06-11
            full_name Name of participant: Bronwen Pugh at line=1 Some((34, 46))
            date Date: 2023-06-11 at line=1 Some((105, 117))
        "#]],
    );
    check(
        "Fiche client\nNom : Kervran\nPrénom : Odile\nCourriel : odile@mail.example\nClient depuis : 2011\n",
        &expect![[r#"
            likely account profile | Odile Kervran |
            last_name Nom: Kervran at line=1 Some((19, 26))
            first_name Prénom: Odile at line=1 Some((37, 42))
            email Courriel: odile@mail.example at line=1 Some((54, 72))
        "#]],
    );
    check(
        "Login history\n1 March 2024 08:12 203.0.113.7 Success\n4 March 2024 19:40 203.0.113.7 Success\n9 March 2024 07:01 198.51.100.20 Failed\n",
        &expect![[r#"
            certain activity login | Login history |
        "#]],
    );
}

#[test]
fn what_only_speaks_of_bills_stays_a_document() {
    for text in [
        "Contrat de location\nLoyer : 540,00 €\nTVA : 0,00 €\nTotal TTC : 600,00 €\nDate : 28/08/2021\n",
        "Objet : votre demande\n\nVous trouverez ci-joint la facture F-1 d'un montant de 81,44 €, payée le 2 mai 2024.\n",
        "Understanding your invoice\nTotal: what you pay\nVAT: the tax\nInvoice number: see the top\n",
        "Privacy policy\nPurpose: offers\nLegal basis: consent\nYou may withdraw your consent at any time.\n",
    ] {
        assert_eq!(records("paper.txt", text.as_bytes(), None)[0].kind, Kind::Document, "{text}");
    }
}

#[test]
fn a_paper_is_what_its_reader_says() {
    let text = "Contrat n° C-118\nDate : 28/08/2021\nTotal TTC : 600,00 €\n";
    let told: Vec<String> =
        records("paper.txt", text.as_bytes(), Some(Kind::Billing)).iter().map(told).collect();
    expect![[r#"
        certain billing other | C-118 | 2021-08-28 600.00 EUR
        number Contrat n°: C-118 at line=1 Some((12, 17))
        date Date: 2021-08-28 at line=1 Some((25, 35))
        gross Total TTC: 600.00 at line=1 Some((48, 58))
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn the_sums_of_a_bill_may_stand_in_its_table_and_its_lines_are_no_bills() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: [&str; 3]| format!("<table:table-row>{}</table:table-row>", cells.map(cell).concat());
    let table = [
        row(["Désignation", "Quantité", "Montant"]),
        row(["Pain de seigle", "12", "42,00 €"]),
        row(["Livraison", "1", "6,00 €"]),
        row(["Total TTC", "", "48,00 €"]),
    ];
    let text = "<text:p>Facture F-2024-7</text:p><text:p>Date : 17/03/2024</text:p>";
    let document = format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:body><office:text>{text}<table:table>{}</table:table></office:text></office:body></office:document>",
        table.concat()
    );
    let all = records("facture.fodt", document.as_bytes(), None);
    let kinds: Vec<String> = all.iter().map(|r| format!("{} {}", r.kind.word(), r.what.word())).collect();
    assert_eq!(kinds, ["billing other", "billing other", "billing other", "billing invoice"]);
    let bill = all.last().expect("the text of the document");
    assert_eq!(bill.money.as_ref().map(|m| m.amount.to_string()).as_deref(), Some("48.00"));
}
