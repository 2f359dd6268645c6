//! Mails.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use expect_test::expect;

use crate::check::{check, codes, rows, words};

#[test]
fn a_plain_mail() {
    check(
        "a.eml",
        "From: Ada <ada@example.org>\r\nTo: Bo\r\n <bo@example.org>\r\nSubject: =?utf-8?Q?Facture_pay=C3=A9e?=\r\nReceived: one\r\nReceived: two\r\nDate: Mon, 1 Jan 2024 10:00:00 +0100\r\n\r\nHello\r\nthere\r\n",
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "Ada <ada@example.org>"
              header=To = "Bo <bo@example.org>"
              header=Subject = "Facture payée"
              header=Received = "one"
              header=Received~2 = "two"
              header=Date = "Mon, 1 Jan 2024 10:00:00 +0100"
              part=1 = "Hello\r\nthere"
        "#]],
    );
}

#[test]
fn parts_are_numbered_and_decoded() {
    check(
        "b.eml",
        "From: a@example.org\nSubject: parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out\"\n\npreamble\n--out\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nvirement re=E7u =\nhier\n--in\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+dmlyZW1lbnQgPGI+cmXDp3U8L2I+PC9wPg==\n--in--\n--out\nContent-Type: application/pdf; name=\"f.pdf\"\nContent-Disposition: attachment; filename*=utf-8''facture%20%C3%A9t%C3%A9.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--out\nContent-Type: text/plain; name=note.txt\n\nnote text\n--out--\nepilogue\n",
        expect![[r#"
            eml Partly, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Subject = "parts"
              header=MIME-Version = "1.0"
              header=Content-Type = "multipart/mixed; boundary=\"out\""
              part=1.1 = "virement reçu hier"
              part=1.2 = "virement reçu"
              attachment=1.name = "facture été.pdf"
              attachment=1.type = "application/pdf"
              attachment=2.name = "note.txt"
              attachment=2.type = "text/plain"
              part=3 = "note text"
            odd attachment_unread at part=2: the attachment "facture été.pdf" of 8 bytes is not read
        "#]],
    );
}

#[test]
fn where_the_links_of_a_mail_lead_is_beside_its_text() {
    check(
        "m.eml",
        "From: a@example.org\nSubject: news\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nread more\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>read <a href=3D\"https://a.example/?u=3D1&amp;copy=3D2\">more</a> or <a href=3D'mailto:b@example.org'>write</a></p><img src=3D\"https://t.example/p.gif\"><a href=3D\"https://a.example/?u=3D1&amp;copy=3D2\">again</a>\n--b--\n",
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Subject = "news"
              header=MIME-Version = "1.0"
              header=Content-Type = "multipart/alternative; boundary=b"
              part=1 = "read more"
              part=2 = "read more or write\nagain"
              part=2.link = "https://a.example/?u=1&copy=2"
              part=2.link~2 = "mailto:b@example.org"
              part=2.link~3 = "https://t.example/p.gif"
        "#]],
    );
    check(
        "picture.eml",
        "From: a@example.org\nContent-Type: text/html\n\n<img src='https://t.example/p.gif'>\n",
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Content-Type = "text/html"
              part=1.link = "https://t.example/p.gif"
        "#]],
    );
}

#[test]
fn mails_inside_mails() {
    check(
        "c.eml",
        "From: a@example.org\nSubject: top\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: c@example.org\nSubject: inner\n\ninner text\n--b--\n",
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Subject = "top"
              header=Content-Type = "multipart/mixed; boundary=b"
              part=1.header.From = "c@example.org"
              part=1.header.Subject = "inner"
              part=1.1 = "inner text"
        "#]],
    );
}

#[test]
fn broken_mails_keep_their_text() {
    check(
        "a.eml",
        "Subject: =?utf-8?B?bW1pbWVvbmU=?= =?x-nope?Q?=FF=FE?=\r\nContent-Type: multipart/mixed\r\n\r\nmnobound\r\n",
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=Subject = "mmimeone =?x-nope?Q?=FF=FE?="
              header=Content-Type = "multipart/mixed"
              part=1 = "mnobound"
        "#]],
    );
    check(
        "b.eml",
        "Subject: mtwo\r\nContent-Type: multipart/mixed; boundary=\"a\"\r\n\r\n--a\r\nContent-Type: text/plain; charset=\"x-unknown\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!notbase64!!!\r\n--a\r\n\r\nmunclosed\r\n",
        expect![[r#"
            eml Partly, 1 records
            record "" of "" ""
              header=Subject = "mtwo"
              header=Content-Type = "multipart/mixed; boundary=\"a\""
              part=1 = "!!!notbase64!!!"
              part=2 = "munclosed"
            odd truncated at : the mail ends in the middle of its parts: their last boundary is missing
            odd bad_transfer_encoding at part=1: part 1 is not valid base64
        "#]],
    );
    check(
        "c.eml",
        "Subject: mthree\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nm=ZZqp=\r\nsoft=20mqpok =\r\n",
        expect![[r#"
        eml Read, 1 records
        record "" of "" ""
          header=Subject = "mthree"
          header=Content-Transfer-Encoding = "quoted-printable"
          part=1 = "m=ZZqpsoft mqpok"
        odd bad_transfer_encoding at part=1: part 1 is not valid quoted-printable
    "#]],
    );
    check(
        "d.eml",
        "garbage without any header at all mnohdr",
        expect![[r#"
        text Read, 1 records
        record "" of "" ""
          line=1 = "garbage without any header at all mnohdr"
    "#]],
    );
}

#[test]
fn names_of_attachments_in_every_way() {
    for (written, wanted) in [
        ("filename=\"a.pdf\"", "a.pdf"),
        ("filename=\"fallback.pdf\"; filename*=utf-8''%C3%A9t%C3%A9.pdf", "été.pdf"),
        ("filename*0*=utf-8''%C3%A9; filename*1=\"t\"; filename*2*=%C3%A9.pdf", "été.pdf"),
        ("filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf"),
        ("filename=\"=?utf-8?Q?=C3=A9t=C3=A9?=.pdf\"", "été.pdf"),
    ] {
        let mail = format!(
            "From: a@example.org\nTo: b@example.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; {written}\n\nx\n--b--\n"
        );
        let found = crate::check::words("a.eml", mail.as_bytes());
        assert!(found.lines().any(|line| line == wanted), "{written} gives {wanted}: {found}");
    }
}

#[test]
fn words_of_headers_are_decoded() {
    for (written, wanted) in [
        ("=?utf-8?Q?re=C3=A7u_le?= 3", "reçu le 3"),
        ("n=?utf-8?Q?=C2=B0?=12", "n°12"),
        ("=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "éé"),
        ("=?utf-8?B?w6k=?=\r\n =?iso-8859-1?Q?=E9?=", "éé"),
        ("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        ("=?utf-8*fr?q?=C3=A9?=", "é"),
        ("1 =? 2 and =?utf-8?X?y?=", "1 =? 2 and =?utf-8?X?y?="),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?utf-8?B?w6k=?= =?x-nope?Q?=FF=FE?=", "é =?x-nope?Q?=FF=FE?="),
    ] {
        let mail = format!(
            "From: a@example.org\r\nTo: b@example.org\r\nDate: x\r\nSubject: {written}\r\n\r\nbody\r\n"
        );
        let found = crate::check::words("a.eml", mail.as_bytes());
        assert!(found.lines().any(|line| line == wanted), "{written} gives {wanted}: {found}");
    }
}

#[test]
fn a_mail_as_apple_keeps_it() {
    let mail = "123       \nFrom: a@example.org\nSubject: kept\n\nbody\n<?xml version=\"1.0\"?><plist/>\n";
    check(
        "1.emlx",
        mail,
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Subject = "kept"
              part=1 = "body\n<?xml version=\"1.0\"?><plist/>"
        "#]],
    );
}

#[test]
fn parts_are_told_apart_however_their_boundaries_lie() {
    let multipart = |boundary: &str, body: &str| {
        format!("Subject: top\r\nContent-Type: multipart/mixed; boundary={boundary}\r\n\r\n{body}")
    };
    for (mail, wanted, code) in [
        // Inner and outer boundary are the same.
        (
            multipart("a", "--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\none\r\n--a--\r\n--a\r\n\r\ntwo\r\n--a--\r\n"),
            &["one", "two"][..],
            None,
        ),
        // The boundary is another one.
        (multipart("lost", "--other\r\n\r\nlost text\r\n"), &["lost text"], None),
        (multipart("a", "--a\r\n\r\ncut text"), &["cut text"], Some("truncated")),
        (
            "Subject: b\r\nContent-Transfer-Encoding: base64\r\n\r\nZ2FyYmFnZXRleHQgb25l\r\n!\x01\r\n====\r\nZW5k==".to_owned(),
            &["garbagetext one", "end"],
            Some("bad_transfer_encoding"),
        ),
        (
            "Subject: b\r\nContent-Transfer-Encoding: base64\r\n\r\nThis was never encoded, was it?\r\n".to_owned(),
            &["This was never encoded, was it?"],
            Some("bad_transfer_encoding"),
        ),
    ] {
        let found = words("m.eml", mail.as_bytes());
        for word in wanted {
            assert!(found.contains(word), "{word} in {found:?}");
        }
        assert_eq!(codes("m.eml", mail.as_bytes()).first().copied(), code, "{mail}");
    }
}

/// A mail to which a file of this name is attached.
fn with(name: &str, content: &[u8]) -> String {
    let encoded = STANDARD.encode(content);
    format!(
        "From: a@example.org\nSubject: with a file\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nsee below\n--b\n\
         Content-Type: application/octet-stream; name=\"{name}\"\nContent-Transfer-Encoding: base64\n\n\
         {encoded}\n--b--\n"
    )
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    crate::package::workbook(&[("Ventes", &crate::package::rows(rows))], &[])
}

#[test]
fn documents_that_are_attached_are_read_and_such_mails_kept() {
    let book = workbook(&[&["client", "total"], &["Zoé Leroy", "12.5"]]);
    let mail = with("ventes.xlsx", &book);
    check(
        "a.eml",
        &mail,
        expect![[r#"
            eml Read, 1 records
            record "" of "" ""
              header=From = "a@example.org"
              header=Subject = "with a file"
              header=MIME-Version = "1.0"
              header=Content-Type = "multipart/mixed; boundary=b"
              part=1 = "see below"
              attachment=1.name = "ventes.xlsx"
              attachment=1.type = "application/octet-stream"
              part=2 = "client\ttotal\nZoé Leroy\t12.5"
        "#]],
    );
    let kept = |mail: &str| rows("a.mbox", mail.as_bytes()).1.iter().map(|r| r.span.kept).collect::<Vec<_>>();
    let plain = "From: b@example.org\n\nonly text\n";
    let from = "From a@example.org Mon Jan  1 10:00:00 2024\n";
    assert_eq!(kept(&format!("{from}{mail}\n{from}{plain}")), [true, false]);
    for broken in [&b"PK\x03\x04"[..], b"%PDF-1.4"] {
        assert_eq!(codes("a.eml", with("ventes.xlsx", broken).as_bytes()), ["attachment_unread"]);
    }
}

#[test]
fn attached_messages_are_read_and_empty_documents_say_nothing() {
    let alone = words("a.msg", &crate::msg::message());
    let attached = words("a.eml", with("mail.msg", &crate::msg::message()).as_bytes());
    for line in alone.lines().filter(|line| !line.trim().is_empty()) {
        assert!(attached.contains(line.trim()), "{line} is not in {attached}");
    }
    let empty = with("empty.xlsx", &workbook(&[]));
    assert_eq!(codes("a.eml", empty.as_bytes()), [""; 0]);
    let (_, all) = rows("a.eml", empty.as_bytes());
    assert!(all[0].values().all(|value| !value.text.is_empty()));
}

#[test]
fn what_is_attached_to_what_is_attached_is_named_at_most() {
    let inner = workbook(&[&["client", "total"], &["Zoé Leroy", "12.5"]]);
    let sheet = crate::package::rows(&[&["who", "what"], &["Ada", "outer"]]);
    let outer = crate::package::workbook_with(&[("Feuille", &sheet)], &[("xl/embeddings/in.xlsx", &inner)]);
    let alone = words("a.xlsx", &outer);
    assert!(alone.contains("outer") && alone.contains("Zoé Leroy"), "{alone}");
    let mail = with("outer.xlsx", &outer);
    let attached = words("a.eml", mail.as_bytes());
    assert!(attached.contains("outer") && !attached.contains("Zoé Leroy"), "{attached}");
    assert_eq!(codes("a.eml", mail.as_bytes()), ["attachment_partly", "attachment_unread"]);
}
