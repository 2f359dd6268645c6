//! Mailboxes.

use expect_test::expect;
use files::{Status, read};

use crate::check::{check, codes, rows, words};

#[test]
fn each_mail_is_a_record() {
    check(
        "Inbox.mbox",
        "From 1784@xxx Mon Jan 01 10:00:00 +0000 2024\r\nX-Gmail-Labels: =?UTF-8?Q?Archiv=C3=A9s,Ouvert?=\r\nFrom: Ada <ada@example.org>\r\nSubject: one\r\n\r\nHello\r\n>From here on\r\n>>From there\r\n\r\nFrom bo@example.org Tue Jan  2 10:00:00 2024\r\nFrom: bo@example.org\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nre=E7u\r\n",
        expect![[r#"
            mbox Read, 2 records
            record "mail=1" of "" ""
              mail=1,envelope=From = "1784@xxx Mon Jan 01 10:00:00 +0000 2024"
              mail=1,header=X-Gmail-Labels = "Archivés,Ouvert"
              mail=1,header=From = "Ada <ada@example.org>"
              mail=1,header=Subject = "one"
              mail=1,part=1 = "Hello\r\nFrom here on\r\n>From there"
            record "mail=2" of "" ""
              mail=2,envelope=From = "bo@example.org Tue Jan  2 10:00:00 2024"
              mail=2,header=From = "bo@example.org"
              mail=2,header=Content-Type = "text/plain; charset=iso-8859-1"
              mail=2,header=Content-Transfer-Encoding = "quoted-printable"
              mail=2,part=1 = "reçu"
        "#]],
    );
}

#[test]
fn line_ends_may_be_mixed() {
    let mixed = "From a@example.org Thu Jan  1 00:00:00 1970\r\nSubject: crlf\r\n\r\nbody\r\n\r\nFrom c@example.org Thu Jan  1 00:00:00 1970\nSubject: lf\n\nlast\n";
    let (reading, _) = rows("m.mbox", mixed.as_bytes());
    assert_eq!((reading.records, reading.status), (2, Status::Read));
}

#[test]
fn what_stands_before_the_mails_is_shown_whole() {
    for (before, mail) in [
        ("Exported by us\nSubject: pre\n\nbody", ""),
        ("\nSubject: pre\nTo: all\n\nbody", ""),
        ("\n\nNote: all of it\n\nmore", "\n"),
    ] {
        let file = format!(
            "{before}\n\nFrom a@example.org Thu Jan  1 00:00:00 1970\nSubject: one\n\nthe mail\n{mail}"
        );
        let (reading, all) = rows("m.mbox", file.as_bytes());
        assert_eq!(reading.records, 1);
        let shown = |row: &files::Row| -> Vec<String> {
            let place = |v: files::Value<'_>| v.bytes.map(|(from, to)| from..to);
            let source = |v| files::source(&reading.layout, file.as_bytes(), 0, place(v).unwrap_or_default());
            let marked = |s: files::Source| s.text.chars().skip(s.from).take(s.to - s.from).collect();
            row.values().map(source).map(marked).collect()
        };
        assert_eq!(shown(&all[0]), [before.trim()]);
        let mail = shown(&all[1]);
        assert!(
            mail.contains(&"Subject: one".to_owned()) && mail.last().is_some_and(|s| s.trim() == "the mail"),
            "{mail:?}"
        );
    }
    // The first mail may have lost its separator.
    let (reading, all) = rows(
        "m.mbox",
        b"Subject: zero\n\nfirst\n\nFrom a@example.org Thu Jan  1 00:00:00 1970\nSubject: one\n\nsecond\n",
    );
    assert_eq!(reading.records, 2);
    let source = files::source(&reading.layout, b"Subject: zero\n\nfirst\n\n", 0, 0..23);
    assert_eq!((source.text.trim(), all.len()), ("first", 2));
}

#[test]
fn what_only_starts_like_a_separator_is_text() {
    check(
        "m.mbox",
        "no mail yet\nSubject: pre\n\nbody0\nFrom a@example.org Thu Jan  1 00:00:00 1970\nSubject: one\n\nbody\nFrom the office: no new mail\n>From quoted\n\nFrom now on: all is\nwell\nFrom c@example.org garbage date\nSubject: two\n no blank line\nFrom e@example.org Fri Dec 31 23:59:60 9999\n\nthree\n",
        expect![[r#"
            mbox Read, 3 records
            heading "" of "" ""
               = "no mail yet\nSubject: pre\n\nbody0"
            record "mail=1" of "" ""
              mail=1,envelope=From = "a@example.org Thu Jan  1 00:00:00 1970"
              mail=1,header=Subject = "one"
              mail=1,part=1 = "body\nFrom the office: no new mail\nFrom quoted\n\nFrom now on: "
            record "mail=2" of "" ""
              mail=2,envelope=From = "c@example.org garbage date"
              mail=2,header=Subject = "two no blank line"
            record "mail=3" of "" ""
              mail=3,envelope=From = "e@example.org Fri Dec 31 23:59:60 9999"
              mail=3,part=1 = "three"
            odd text_before_mails: 32 bytes stand in front of the first mail
        "#]],
    );
}

#[test]
fn a_broken_mail_costs_itself_alone() {
    let one = "From a@example.org Thu Jan  1 00:00:00 1970\nSubject: broken\nContent-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\nContent-Transfer-Encoding: base64\n\n!!!\n\n";
    let two = "From b@example.org Thu Jan  1 00:00:00 1970\nSubject: whole\n\nall of it\n";
    let (reading, all) = rows("m.mbox", format!("{one}{two}").as_bytes());
    assert_eq!(reading.records, 2);
    assert_eq!(all[1].values().last().map(|v| v.text.to_owned()), Some("all of it".to_owned()));
}

#[test]
fn attachments_of_text_are_searched_and_others_named() {
    let mail = "From a@example.org Thu Jan  1 00:00:00 1970\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; name=data.csv\nContent-Transfer-Encoding: base64\n\nbmFtZTtzdW0KQWRhOzEyCg==\n--b\nContent-Type: text/x-vcard; name=a.vcf\n\nBEGIN:VCARD\nFN:Card Holder\nEND:VCARD\n--b\nContent-Type: image/png; name=i.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n";
    let found = words("m.mbox", mail.as_bytes());
    assert!(found.contains("Ada;12") && found.contains("Card Holder") && found.contains("i.png"));
    assert_eq!(codes("m.mbox", mail.as_bytes()), ["attachment_unread"]);
}

#[test]
fn a_large_mailbox_is_read_mail_by_mail() {
    let mut mailbox = String::new();
    for n in 0..3000 {
        mailbox.push_str(&format!(
            "From a@example.org Thu Jan  1 00:00:00 1970\nSubject: mail {n}\n\n{}\n\n",
            "some words of the mail\n".repeat(n % 50)
        ));
    }
    let (mut n, mut far) = (0, 0);
    let reading = read("all.mbox", &mut mailbox.as_bytes(), None, &mut |_, row| {
        assert_eq!(row.at, format!("mail={}", n + 1));
        assert_eq!(row.value(1).text, format!("mail {n}"));
        assert_eq!(row.span.start, far, "no byte between two mails is left out");
        far = row.span.bytes().end;
        n += 1;
        true
    });
    assert_eq!((reading.records, far), (3000, mailbox.len() as u64));
}
