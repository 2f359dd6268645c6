//! Dumps of databases, settings, property lists, subtitles, catalogues of messages.

use expect_test::expect;

use crate::check::{check, codes, rows, words};

#[test]
fn rows_of_a_dump_of_mysql() {
    check(
        "dump.sql",
        "-- MySQL dump 10.13\nDROP TABLE IF EXISTS `clients`;\nCREATE TABLE `clients` (\n  `id` int NOT NULL,\n  `name` varchar(9) DEFAULT 'a,b',\n  `note` text,\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `clients` VALUES (1,'Ada','it\\'s (fine); yes\\n'),(2,'O''Neil',NULL);\nINSERT INTO `visits` (`ip`, `at`) VALUES ('192.0.2.1', NOW());\n",
        expect![[r#"
            sql Read, 3 records
            heading "line=1" of "" ""
              line=1,field=statement = "-- MySQL dump 10.13"
            heading "line=2" of "" ""
              line=2,field=statement = "DROP TABLE IF EXISTS `clients`"
            heading "line=3" of "" ""
              line=3,field=statement = "CREATE TABLE `clients` (\n  `id` int NOT NULL,\n  `name` varch"
            record "row=1" of "clients\u{1f}`\u{1f}id\u{1f}name\u{1f}note" "row"
              row=1,field=id = "1"
              row=1,field=name = "Ada"
              row=1,field=note = "it's (fine); yes\n"
            record "row=2" of "clients\u{1f}`\u{1f}id\u{1f}name\u{1f}note" "row"
              row=2,field=id = "2"
              row=2,field=name = "O'Neil"
            record "row=3" of "visits\u{1f}`\u{1f}ip\u{1f}at" "row"
              row=3,field=ip = "192.0.2.1"
              row=3,field=at = "NOW()"
        "#]],
    );
}

#[test]
fn rows_of_a_dump_of_postgresql() {
    check(
        "dump.sql",
        "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\nCOPY public.\"clients\" (id, \"full name\") FROM stdin;\n1\tAda\\tL\n2\t\\N\n(3\tx)\n\\.\n\nSELECT setval('a', 1);\nINSERT INTO public.paths (p) VALUES ('C:\\'), (E'a\\'b'), ('x'::text) ON CONFLICT DO NOTHING;\n",
        expect![[r#"
            sql Read, 6 records
            heading "line=1" of "" ""
              line=1,field=statement = "--"
            heading "line=2" of "" ""
              line=2,field=statement = "-- PostgreSQL database dump"
            heading "line=3" of "" ""
              line=3,field=statement = "--"
            heading "line=5" of "" ""
              line=5,field=statement = "SET client_encoding = 'UTF8'"
            heading "line=6" of "clients\u{1f}\t\u{1f}id\u{1f}full name" ""
              line=6,field=statement = "COPY public.\"clients\" (id, \"full name\") FROM stdin"
            record "row=1" of "clients\u{1f}\t\u{1f}id\u{1f}full name" "row"
              row=1,field=id = "1"
              row=1,field=full name = "Ada\tL"
            record "row=2" of "clients\u{1f}\t\u{1f}id\u{1f}full name" "row"
              row=2,field=id = "2"
            record "row=3" of "clients\u{1f}\t\u{1f}id\u{1f}full name" "row"
              row=3,field=id = "(3"
              row=3,field=full name = "x)"
            heading "line=12" of "" ""
              line=12,field=statement = "SELECT setval('a', 1)"
            record "row=4" of "paths\u{1f}\u{1f}p" "row"
              row=4,field=p = "C:\\"
            record "row=5" of "paths\u{1f}\u{1f}p" "row"
              row=5,field=p = "a'b"
            record "row=6" of "paths\u{1f}\u{1f}p" "row"
              row=6,field=p = "x"
            heading "line=13" of "paths\u{1f}\u{1f}p" ""
              line=13,field=statement = "ON CONFLICT DO NOTHING"
        "#]],
    );
}

#[test]
fn rows_of_a_dump_of_sql_server() {
    check(
        "dump.sql",
        "USE [crm]\nGO\nSET IDENTITY_INSERT [dbo].[Factures] ON\nGO\nINSERT [dbo].[Factures] ([N°], [Total]) VALUES (N'F-1', CAST(12.00 AS Decimal(9, 2)))\nGO\nINSERT [dbo].[Factures] ([N°], [Total]) VALUES (N'F-2 é', NULL)\nINSERT [dbo].[Factures] ([N°], [Total]) VALUES (N'F-3', 1)\n",
        expect![[r#"
            sql Read, 3 records
            heading "line=1" of "" ""
              line=1,field=statement = "USE [crm]"
            heading "line=3" of "" ""
              line=3,field=statement = "SET IDENTITY_INSERT [dbo].[Factures] ON"
            record "row=1" of "Factures\u{1f}\u{1f}N°\u{1f}Total" "row"
              row=1,field=N° = "F-1"
              row=1,field=Total = "12.00"
            heading "line=6" of "Factures\u{1f}\u{1f}N°\u{1f}Total" ""
              line=6,field=statement = "GO"
            record "row=2" of "Factures\u{1f}\u{1f}N°\u{1f}Total" "row"
              row=2,field=N° = "F-2 é"
            record "row=3" of "Factures\u{1f}\u{1f}N°\u{1f}Total" "row"
              row=3,field=N° = "F-3"
              row=3,field=Total = "1"
        "#]],
    );
}

#[test]
fn what_is_cut_off_in_a_dump_is_kept() {
    let text = "INSERT INTO t (a, b) VALUES (1, 'one'), (2, 'two and";
    assert_eq!(codes("a.sql", text.as_bytes()), ["end_missing"]);
    assert!(words("a.sql", text.as_bytes()).contains("two and"));
    // Letters of several bytes stand anywhere.
    assert!(
        words("a.sql", "INSERT INTO t VALUES (é,'Schäé','ééé'),(N'é');\nGÖ\n".as_bytes()).contains("Schäé")
    );
    // A text about SQL is no dump.
    assert_eq!(rows("a.txt", b"INSERT is a word.\nINSERT INTO the slot.\n").0.layout.format.word(), "text");
}

#[test]
fn settings_are_one_record() {
    check(
        "a.toml",
        "title = \"R\\u00e9glages\" # c\n# note\n[owner.\"full name\"]\nname = 'Ada'\nlist = [\n 1, 2,\n]\n[[device]]\nid = 1\n[[device]]\nid = 2\n",
        expect![[r#"
            settings Read, 1 records
            record "settings=1" of "" "settings"
              settings=1,field=title = "Réglages"
              settings=1,field=comment = "note"
              settings=1,field=owner/full name/name = "Ada"
              settings=1,field=owner/full name/list = "[\n 1, 2,\n]"
              settings=1,field=device/id = "1"
              settings=1,field=device 2/id = "2"
        "#]],
    );
    check(
        "a.properties",
        "! c\nuser.name=Zo\\u00e9\nuser.mail : a@example.org\ntext = one \\\n   two\n",
        expect![[r#"
            settings Read, 1 records
            record "settings=1" of "" "settings"
              settings=1,field=comment = "c"
              settings=1,field=user/name = "Zoé"
              settings=1,field=user/mail = "a@example.org"
              settings=1,field=text = "one two"
        "#]],
    );
    assert_eq!(rows("a.conf", b"just some words\nand more of them\nno keys").0.layout.format.word(), "text");
}

#[test]
fn a_cue_is_a_record() {
    check(
        "a.srt",
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\nyou\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nBye\r\n",
        expect![[r#"
            subtitles Read, 2 records
            record "cue=1" of "" "cue"
              cue=1,field=id = "1"
              cue=1,field=start = "00:00:01,000"
              cue=1,field=end = "00:00:02,500"
              cue=1,field=text = "Hello\r\nyou"
            record "cue=2" of "" "cue"
              cue=2,field=id = "2"
              cue=2,field=start = "00:00:03,000"
              cue=2,field=end = "00:00:04,000"
              cue=2,field=text = "Bye"
        "#]],
    );
    check(
        "call.vtt",
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000 align:left\n<v Ada>Hello\n",
        expect![[r#"
            subtitles Read, 1 records
            heading "line=1" of "" ""
              line=1,field=text = "WEBVTT"
            heading "line=3" of "" ""
              line=3,field=text = "NOTE made by hand"
            record "cue=1" of "" "cue"
              cue=1,field=start = "00:01.000"
              cue=1,field=end = "00:02.000"
              cue=1,field=settings = "align:left"
              cue=1,field=speaker = "Ada"
              cue=1,field=text = "Hello"
        "#]],
    );
}

#[test]
fn a_message_of_a_catalogue_is_a_record() {
    check(
        "fr.po",
        "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\n#: a.c:1\nmsgid \"Hello \"\n\"you\"\nmsgstr \"Bonjour\"\n\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d fichier\"\n",
        expect![[r#"
            gettext Read, 2 records
            heading "line=1" of "" ""
              line=1,field=Language = "fr"
            record "entry=1" of "" "entry"
              entry=1,field=reference = "a.c:1"
              entry=1,field=msgid = "Hello you"
              entry=1,field=msgstr = "Bonjour"
            record "entry=2" of "" "entry"
              entry=2,field=msgid = "%d file"
              entry=2,field=msgid_plural = "%d files"
              entry=2,field=msgstr[0] = "%d fichier"
        "#]],
    );
}

#[test]
fn statements_of_american_banks() {
    check(
        "a.bai",
        "01,A,B,240501,1000,1,80,1,2/\n02,B,A,1,240430,2359,EUR,2/\n03,123,EUR,010,500000,,/\n16,475,1250,V,240501,1000,REF,CUST,CHECK ONE\n88,more of it\n16,142,-5,,,,DEPOSIT/\n49,5,2/\n",
        expect![[r#"
            bai2 Read, 2 records
            heading "line=1" of "" ""
              line=1,field=record = "01,A,B,240501,1000,1,80,1,2/"
            heading "line=2" of "EUR" ""
              line=2,field=record = "02,B,A,1,240430,2359,EUR,2/"
            heading "line=3" of "EUR" ""
              line=3,field=record = "03,123,EUR,010,500000,,/"
            record "transaction=1" of "EUR" "transaction"
              transaction=1,field=type code = "475"
              transaction=1,field=amount in cents = "1250"
              transaction=1,field=currency = "EUR"
              transaction=1,field=bank reference = "REF"
              transaction=1,field=customer reference = "CUST"
              transaction=1,field=details = "CHECK ONE"
              transaction=1,field=details~2 = "more of it"
            record "transaction=2" of "EUR" "transaction"
              transaction=2,field=type code = "142"
              transaction=2,field=amount in cents = "-5"
              transaction=2,field=currency = "EUR"
              transaction=2,field=details = "DEPOSIT"
            heading "line=7" of "EUR" ""
              line=7,field=record = "49,5,2/"
        "#]],
    );
}

#[test]
fn property_lists_are_read_as_what_they_hold() {
    let xml = "<?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>Contacts</key><array><dict><key>Name</key><string>Zo&#233; &amp; Ada</string><key>Age</key><integer>42</integer></dict><dict><key>Name</key><string>Bob</string><key>VIP</key><true/></dict></array></dict></plist>";
    check(
        "a.plist",
        xml,
        expect![[r#"
            plist Read, 2 records
            record "/Contacts/0" of "/Contacts" "Contacts"
              /Contacts/0/Name = "Zoé & Ada"
              /Contacts/0/Age = "42" (number)
            record "/Contacts/1" of "/Contacts" "Contacts"
              /Contacts/1/Name = "Bob"
              /Contacts/1/VIP = "true" (bool)
        "#]],
    );
    assert_eq!(codes("a.plist", &xml.as_bytes()[..xml.len() - 40]), ["document_damaged"]);
    // {"Name": "Zoé", "Tags": ["x", 7]}, where the name of the first is UTF-16.
    let objects: [&[u8]; 7] = [
        b"\xD2\x01\x02\x03\x04",
        b"\x54Name",
        b"\x54Tags",
        b"\x63\0Z\0o\0\xE9",
        b"\xA2\x05\x06",
        b"\x51x",
        b"\x10\x07",
    ];
    let mut bytes = b"bplist00".to_vec();
    let mut table = Vec::new();
    for object in objects {
        table.push(u8::try_from(bytes.len()).unwrap_or(0));
        bytes.extend_from_slice(object);
    }
    let at = u8::try_from(bytes.len()).unwrap_or(0);
    bytes.extend_from_slice(&table);
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 1, 1]);
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, at]);
    check(
        "b.plist",
        &bytes,
        expect![[r#"
            plist Read, 1 records
            record "" of "" ""
              /Name = "Zoé"
              /Tags/0 = "x"
              /Tags/1 = "7" (number)
        "#]],
    );
    // A list that holds itself has no end.
    let mut endless = bytes.clone();
    endless[8 + 5 + 5 + 5 + 7 + 1] = 4;
    assert_eq!(codes("c.plist", &endless), ["record_too_large"]);
    assert_eq!(codes("d.plist", &bytes[..20]), ["document_damaged"]);
}
