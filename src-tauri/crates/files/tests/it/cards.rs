//! Cards and calendars.

use expect_test::expect;

use crate::check::{check, codes, rows, words};

#[test]
fn each_card_is_a_record() {
    check(
        "contacts.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Example\r\nN:Example;Ada;Maria\\, Anna;Dr.;\r\nitem1.TEL;type=CELL;type=pref:+33 1 99 00 12 34\r\nitem1.X-ABLabel:_$!<Home>!$_\r\nADR;TYPE=HOME:;;1 rue\\nde la Paix;Paris;;75002;France\r\nNOTE:folded te\r\n xt\r\nPHOTO;ENCODING=b;TYPE=JPEG:QUJD\r\n QUJD\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Bo\r\nEMAIL:bo@example.org\r\nEMAIL:bo@example.com\r\nEND:VCARD\r\n",
        expect![[r#"
            vcard Partly, 2 records
            record "card=1" of "" "card"
              card=1,field=VERSION = "3.0"
              card=1,field=FN = "Ada Example"
              card=1,field=N/family = "Example"
              card=1,field=N/given = "Ada"
              card=1,field=N/additional = "Maria, Anna"
              card=1,field=N/prefix = "Dr."
              card=1,field=TEL = "+33 1 99 00 12 34"
              card=1,field=TEL/TYPE = "CELL"
              card=1,field=TEL/TYPE~2 = "pref"
              card=1,field=TEL/group = "item1"
              card=1,field=X-ABLABEL = "_$!<Home>!$_"
              card=1,field=X-ABLABEL/group = "item1"
              card=1,field=ADR/street = "1 rue\nde la Paix"
              card=1,field=ADR/city = "Paris"
              card=1,field=ADR/postal code = "75002"
              card=1,field=ADR/country = "France"
              card=1,field=ADR/TYPE = "HOME"
              card=1,field=NOTE = "folded text"
              card=1,field=PHOTO/TYPE = "JPEG"
            record "card=2" of "" "card"
              card=2,field=FN = "Bo"
              card=2,field=EMAIL = "bo@example.org"
              card=2,field=EMAIL~2 = "bo@example.com"
            odd attachment_unread at card=1: the PHOTO of about 6 bytes is not read
        "#]],
    );
}

#[test]
fn old_cards_are_quoted_and_hold_others() {
    check(
        "old.vcf",
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Jo=\nhn;;;\nTEL;HOME;VOICE:+44 20 7946 0123\nNOTE:C:\\new\nAGENT:\nBEGIN:VCARD\nFN:Agent Smith\nEND:VCARD\nEND:VCARD\n",
        expect![[r#"
            vcard Read, 1 records
            record "card=1" of "" "card"
              card=1,field=VERSION = "2.1"
              card=1,field=N/family = "Müller"
              card=1,field=N/given = "John"
              card=1,field=TEL = "+44 20 7946 0123"
              card=1,field=TEL/TYPE = "HOME"
              card=1,field=TEL/TYPE~2 = "VOICE"
              card=1,field=NOTE = "C:\\new"
              card=1,field=VCARD/1/FN = "Agent Smith"
        "#]],
    );
}

#[test]
fn broken_cards_lose_nothing() {
    check(
        "c.vcf",
        "BEGIN:VCARD\nVERSION:2.1\nTEL:one\nBEGIN:VCARD\nFN:nested\nEND:VCARD\nEND:VCARD\nFN:outside\nBEGIN:VCARD\nVERSION:4.0\nFN:no end\nX-:\n:noname\nNOTE\n",
        expect![[r#"
            vcard Partly, 3 records
            record "card=1" of "" "card"
              card=1,field=VERSION = "2.1"
              card=1,field=TEL = "one"
            record "card=2" of "" "card"
              card=2,field=FN = "nested"
            heading "line=7" of "" ""
              line=7,field=FN = "outside"
            record "card=3" of "" "card"
              card=3,field=VERSION = "4.0"
              card=3,field=FN = "no end"
              card=3,field=text = ":noname"
              card=3,field=text~2 = "NOTE"
            odd end_missing at card=1: the card that starts in line 1 has no end
            odd end_missing at card=3: the card that starts in line 9 has no end
            odd stray_end at line=7: line 7 ends "VCARD", which is not open
            odd odd_property at card=3: line 13 is no property; it is kept as text
            odd odd_property at card=3: line 14 is no property; it is kept as text
        "#]],
    );
}

#[test]
fn events_are_records_and_what_they_hold_belongs_to_them() {
    check(
        "agenda.ics",
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Work\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTART;TZID=Europe/Paris:20240105T090000\r\nRRULE:FREQ=DAILY;COUNT=2147483647\r\nSUMMARY:Stand-up\\, daily\r\nATTENDEE;CN=\"Ada; B\";PARTSTAT=ACCEPTED:mailto:ada@example.org\r\nATTENDEE;CN=Bo:mailto:bo@example.org\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nDUE;VALUE=DATE:20240106\r\nSUMMARY:Pay\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        expect![[r#"
            icalendar Read, 2 records
            heading "line=1" of "" ""
              line=1,field=X-WR-CALNAME = "Work"
              line=1,field=VTIMEZONE/1/TZID = "Europe/Paris"
              line=1,field=VTIMEZONE/1/STANDARD/1/TZOFFSETTO = "+0100"
            record "event=1" of "" "event"
              event=1,field=UID = "1@example.org"
              event=1,field=DTSTART = "20240105T090000"
              event=1,field=DTSTART/TZID = "Europe/Paris"
              event=1,field=RRULE = "FREQ=DAILY;COUNT=2147483647"
              event=1,field=SUMMARY = "Stand-up, daily"
              event=1,field=ATTENDEE = "mailto:ada@example.org"
              event=1,field=ATTENDEE/CN = "Ada; B"
              event=1,field=ATTENDEE/PARTSTAT = "ACCEPTED"
              event=1,field=ATTENDEE~2 = "mailto:bo@example.org"
              event=1,field=ATTENDEE/CN~2 = "Bo"
              event=1,field=VALARM/1/TRIGGER = "-PT15M"
            record "todo=1" of "" "todo"
              todo=1,field=DUE = "20240106"
              todo=1,field=SUMMARY = "Pay"
        "#]],
    );
}

#[test]
fn endless_and_unclosed_events_are_called_so() {
    let many = format!(
        "BEGIN:VCALENDAR\r\n{}SUMMARY:deep\r\n{}SUMMARY:behind\r\n",
        "BEGIN:VEVENT\r\n".repeat(5000),
        "END:VEVENT\r\n".repeat(4999)
    );
    let (reading, _) = rows("r.ics", many.as_bytes());
    assert_eq!(reading.records, 5000);
    let found = words("r.ics", many.as_bytes());
    assert!(found.contains("deep") && found.contains("behind"));
    let codes = codes("r.ics", many.as_bytes());
    assert!(codes.contains(&"end_missing") && codes.contains(&"stray_end"));
}

#[test]
fn letters_cut_in_two_by_folds_are_whole_again() {
    let text = b"BEGIN:VEVENT\r\nSUMMARY:Caf\xC3\r\n \xA9 \xE2\x82\r\n \xAC\r\nDESCRIPTION:\xC3\xA9t\xC3\xA9 \xC3\xA0 la plage\r\nEND:VEVENT\r\n";
    assert!(words("a.ics", text).contains("Café €"), "{}", words("a.ics", text));
}

#[test]
fn huge_cards_are_read() {
    let card = format!(
        "BEGIN:VCARD\r\nFN:huge\r\nN:{}last\r\nPHOTO;ENCODING=b:{}\r\nEND:VCARD\r\n",
        ";".repeat(50_000),
        vec!["QUJD".repeat(18); 10_000].join("\r\n ")
    );
    let (reading, _) =
        rows("h.vcf", format!("{card}{}", "BEGIN:VCARD\r\nFN:many\r\nEND:VCARD\r\n".repeat(5000)).as_bytes());
    assert_eq!(reading.records, 5001);
}

#[test]
fn cards_in_json() {
    check(
        "card.json",
        r#"[["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Ad\u00e9"], ["n", {}, "text", ["Example", ["Ada", "M."], "", "", ""]], ["tel", {"type": ["home", "cell"], "pref": "1"}, "uri", "tel:+33199001234"], ["email", {}, "text", "a@example.org"], ["email", {}, "text", "b@example.org"]]], ["vcard", [["fn", {}, "text", "Bo"]]]]"#,
        expect![[r#"
            json Read, 2 records
            record "card=1" of "" "card"
              card=1,field=VERSION = "4.0"
              card=1,field=FN = "Adé"
              card=1,field=N/family = "Example"
              card=1,field=N/given = "Ada"
              card=1,field=N/given~2 = "M."
              card=1,field=TEL/TYPE = "home"
              card=1,field=TEL/TYPE~2 = "cell"
              card=1,field=TEL/PREF = "1"
              card=1,field=TEL = "tel:+33199001234"
              card=1,field=EMAIL = "a@example.org"
              card=1,field=EMAIL~2 = "b@example.org"
            record "card=2" of "" "card"
              card=2,field=FN = "Bo"
        "#]],
    );
}
