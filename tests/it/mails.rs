//! Documents that are attached to mails are found, shown and told apart from what stands in the mail itself.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use session::SearchOptions;

/// A mail with a bill attached.
fn mail() -> String {
    let bill = fs::read(crate::root().join("sample-exports/sellsy/billing/pdf/F-2023-0766.pdf"))
        .expect("the sample has this bill");
    format!(
        "From: billing@example.org\nTo: ada@example.org\nSubject: your bill\nDate: Mon, 3 Jul 2023 10:00:00 +0200\n\
         MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nPlease find it below.\n--b\n\
         Content-Type: application/pdf; name=\"bill.pdf\"\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        STANDARD.encode(bill)
    )
}

#[test]
fn a_bill_that_is_attached_to_a_mail_is_found_and_shown() {
    let folder = tempfile::tempdir().expect("a folder for the export");
    let from = "From billing@example.org Mon Jul  3 10:00:00 2023\n";
    let plain = "From: ada@example.org\nSubject: thanks\n\nA short answer.\n";
    fs::write(folder.path().join("one.eml"), mail()).expect("the folder takes files");
    fs::write(folder.path().join("all.mbox"), format!("{from}{plain}\n{from}{}\n{from}{plain}", mail()))
        .expect("the folder takes files");
    let session = crate::open(folder.path().to_owned(), |_| {});
    session.wait();

    let found = session.find("\"Devis signés\"", &SearchOptions { limit: 9, ..SearchOptions::default() });
    let mut places: Vec<String> =
        found.hits.iter().map(|h| format!("{}#{}", h.locator.entry, h.locator.at)).collect();
    places.sort();
    assert_eq!(places, ["all.mbox#mail=2", "one.eml#"]);
    for hit in &found.hits {
        let card = session.record(&hit.id, None).expect("a hit opens");
        assert!(card.fields.iter().any(|f| f.value.contains("Total TTC : 99,00 €")), "{:?}", card.fields);
    }

    // The document is shown as its text, a header as it is written.
    let shown = session.show("one.eml#part=2").expect("a place inside the mail");
    assert!(shown.source.text.contains("Devis signés"), "{}", shown.source.text);
    let shown = session.show("all.mbox#mail=2,header=Subject").expect("a place inside the mailbox");
    assert_eq!(shown.source.text, "Subject: your bill");
    // A mail beside it is read again from its bytes as ever.
    let shown = session.show("all.mbox#mail=3,part=1").expect("a place inside the mailbox");
    assert!(shown.source.text.contains("A short answer."), "{}", shown.source.text);
}
