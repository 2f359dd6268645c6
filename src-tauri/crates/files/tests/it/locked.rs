//! Documents under a password: the passwords that were given open them, and nothing else does.
//!
//! The samples were made by other programs, `officecrypto-tool` and `qpdf`; all workbooks were checked with a third,
//! `msoffcrypto-tool`. Documents and presentations of before 2007 are by LibreOffice and Apache POI, and were checked with
//! the same; OpenDocument is by LibreOffice 7.4 and 25.2, without what nobody reads in it.

use archive::Password;
use files::{Status, read_with};

/// The words of a file that is read with passwords, and how much of it was read.
fn words(name: &str, bytes: &[u8], passwords: &[&str]) -> (Status, String) {
    let passwords: Vec<Password> = passwords.iter().map(|p| Password::from(*p)).collect();
    let mut words = String::new();
    let reading = read_with(name, &mut &*bytes, None, &passwords, &mut |_, row| {
        row.values().for_each(|value| words = format!("{words}{}|", value.text));
        true
    });
    let told = reading.oddities.iter().any(|o| matches!(o.code, "encrypted_document" | "document_sealed"));
    assert_eq!(told, reading.status == Status::Encrypted, "{name}");
    (reading.status, words)
}

/// A file opens with a password, also behind wrong ones, and with no other.
#[track_caller]
fn opens(name: &str, bytes: &[u8], password: &str, wanted: &str) {
    let (status, all) = words(name, bytes, &["faux", "", password]);
    assert!(all.contains(wanted), "{name}: {status:?} {all}");
    assert_eq!(status, Status::Read, "{name}");
    for wrong in [&[][..], &["faux"], &["Secret"]] {
        assert_eq!(words(name, bytes, wrong), (Status::Encrypted, String::new()), "{name}");
    }
}

#[test]
fn workbooks_of_every_age() {
    let wanted = "nom|ville|Zoé Leroy|Lyon|";
    opens("a.xlsx", include_bytes!("../samples/agile.xlsx"), "clé d'été", wanted);
    opens("a.xlsx", include_bytes!("../samples/standard.xlsx"), "secret", wanted);
    opens("a.xls", include_bytes!("../samples/rc4-128.xls"), "secret", wanted);
    opens("a.xls", include_bytes!("../samples/rc4-40.xls"), "secret", wanted);
    opens("a.xls", include_bytes!("../samples/rc4-oldest.xls"), "secret", wanted);
}

#[test]
fn documents_and_presentations_of_before_2007() {
    let wanted = "Dossier Léa|Contrat de Léa Durand|Camille Martin habite Tours, 06 39 98 12 34.|\
                  Zoé 🦊 Leroy, zoe@example.org|";
    opens("a.doc", include_bytes!("../samples/rc4-40.doc"), "secret", wanted);
    // What these say of themselves is locked, too.
    opens("a.doc", include_bytes!("../samples/rc4-40-named.doc"), "secret", wanted);
    let wanted = "Bilan Léa|Bilan de Léa Durand|Zoé 🦊 Leroy, zoe@example.org|";
    opens("a.ppt", include_bytes!("../samples/rc4-128.ppt"), "secret", wanted);
}

#[test]
fn open_documents_of_every_age() {
    let text = "Dossier Léa|Contrat de Léa Durand|Camille Martin habite Tours, 06 39 98 12 34.|\
                Zoé 🦊 Leroy, zoe@example.org|";
    for (name, bytes, password, wanted) in [
        ("a.odt", &include_bytes!("../samples/blowfish.odt")[..], "secret", text),
        ("a.ods", include_bytes!("../samples/aes-256.ods"), "secret", "nom|ville|Zoé Leroy|Lyon|"),
        ("a.odt", include_bytes!("../samples/argon2.odt"), "clé d’été", text),
    ] {
        // Each try takes its time here.
        let (status, all) = words(name, bytes, &["faux", password]);
        assert!(all.contains(wanted) && status == Status::Read, "{status:?} {all}");
        assert_eq!(words(name, bytes, &["Secret"]), (Status::Encrypted, String::new()));
    }
}

#[test]
fn what_is_only_protected_against_changes_opens_without_a_password() {
    let (status, all) = words("a.xls", include_bytes!("../samples/rc4-known.xls"), &[]);
    assert_eq!((status, all.contains("Zoé Leroy")), (Status::Read, true));
}

#[test]
fn pdf_documents_of_every_age_by_both_passwords() {
    for bytes in [
        &include_bytes!("../samples/pdf-rc4-40.pdf")[..],
        include_bytes!("../samples/pdf-rc4-128.pdf"),
        include_bytes!("../samples/pdf-aes-128.pdf"),
        include_bytes!("../samples/pdf-aes-256-r5.pdf"),
        include_bytes!("../samples/pdf-aes-256.pdf"),
    ] {
        opens("a.pdf", bytes, "secret", "Camille Martin|");
        opens("a.pdf", bytes, "maître", "Camille Martin|");
    }
}

#[test]
fn damaged_locks_are_no_trouble() {
    // Where passwords are hashed again and again, each try takes its time.
    for (sample, tries) in [
        (&include_bytes!("../samples/agile.xlsx")[..], 5),
        (include_bytes!("../samples/standard.xlsx"), 5),
        (include_bytes!("../samples/rc4-128.xls"), 100),
        (include_bytes!("../samples/pdf-aes-256.pdf"), 40),
        (include_bytes!("../samples/blowfish.odt"), 100),
        (include_bytes!("../samples/argon2.odt"), 100),
    ] {
        for step in 1..tries {
            let mut bytes = sample.to_vec();
            let at = step * bytes.len() / tries;
            bytes[at] ^= 0x55;
            words("a.bin", &bytes, &[]);
            words("a.bin", &bytes[..at], &[]);
        }
    }
}

#[test]
fn damage_behind_a_lock_is_told() {
    let check = |name: &str, sample: &[u8]| {
        for at in (1536..sample.len()).step_by(151) {
            words(name, &sample[..at], &["secret"]);
        }
        let whole = words(name, sample, &["secret"]).1;
        let half = &sample[..sample.len() / 2];
        assert!(words(name, half, &["secret"]).1.len() < whole.len(), "{name}");
        assert_ne!(words(name, half, &["secret"]).0, Status::Read, "{name}");
    };
    check("a.doc", include_bytes!("../samples/rc4-40-named.doc"));
    check("a.ppt", include_bytes!("../samples/rc4-128.ppt"));
}
