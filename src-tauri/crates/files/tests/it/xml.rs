//! XML.

use expect_test::expect;

use crate::check::{check, drop_by_drop, rows};

#[test]
fn repeated_elements_are_records() {
    check(
        "feed.xml",
        r#"<?xml version="1.0"?><feed version="2"><title>News &amp; more</title><entry id="a"><t>one</t></entry> <entry id="b"><t>two</t><tag>x</tag><tag>y</tag></entry><end>bye</end></feed>"#,
        expect![[r#"
            xml Read, 2 records
            heading "" of "/feed" "entry"
              /feed/@version = "2"
            heading "" of "/feed" "entry"
              /feed/title = "News & more"
            record "/feed/entry[1]" of "/feed" "entry"
              /feed/entry[1]/@id = "a"
              /feed/entry[1]/t = "one"
            record "/feed/entry[2]" of "/feed" "entry"
              /feed/entry[2]/@id = "b"
              /feed/entry[2]/t = "two"
              /feed/entry[2]/tag[1] = "x"
              /feed/entry[2]/tag[2] = "y"
            heading "" of "/feed" "entry"
              /feed/end = "bye"
        "#]],
    );
    check(
        "export.xml",
        r"<export><date>2024</date><profile><name>Ada</name></profile><invoices><invoice><no>F1</no><lines><line><d>x</d></line></lines></invoice></invoices><tickets><ticket><id>1</id></ticket><ticket><id>2</id></ticket></tickets></export>",
        expect![[r#"
            xml Read, 4 records
            heading "" of "/export/invoices" "invoice"
              /export/date = "2024"
            record "/export/profile" of "/export/profile" "profile"
              /export/profile/name = "Ada"
            record "/export/invoices/invoice[1]" of "/export/invoices" "invoice"
              /export/invoices/invoice[1]/no = "F1"
              /export/invoices/invoice[1]/lines/line[1]/d = "x"
            record "/export/tickets/ticket[1]" of "/export/tickets" "ticket"
              /export/tickets/ticket[1]/id = "1"
            record "/export/tickets/ticket[2]" of "/export/tickets" "ticket"
              /export/tickets/ticket[2]/id = "2"
        "#]],
    );
    check(
        "tags.xml",
        "<tags><tag>a</tag><tag>b</tag></tags>",
        expect![[r#"
        xml Read, 2 records
        record "/tags/tag[1]" of "/tags" "tag"
          /tags/tag[1]/text() = "a"
        record "/tags/tag[2]" of "/tags" "tag"
          /tags/tag[2]/text() = "b"
    "#]],
    );
}

#[test]
fn one_thing_is_one_record() {
    check(
        "invoice.xml",
        "<Invoice>\n  <Number>F1</Number>\n  <Line><D>x</D></Line>\n  <Line><D><![CDATA[a < b]]> &#233;</D></Line>\n</Invoice>",
        expect![[r#"
            xml Read, 1 records
            record "" of "" ""
              /Invoice/Number = "F1"
              /Invoice/Line[1]/D = "x"
              /Invoice/Line[2]/D = "a < b é"
        "#]],
    );
}

#[test]
fn broken_files_keep_their_text() {
    check(
        "cut.xml",
        "<a><b>xcutone</b><c>xcuttwo",
        expect![[r#"
        xml Partly, 1 records
        record "" of "" ""
          /a/b = "xcutone"
          /a/c = "xcuttwo"
        odd truncated: the file ends in the middle of an element, at byte 27
    "#]],
    );
    check(
        "mis.xml",
        "<a><b>xmisone</a></b>",
        expect![[r#"
        xml Read, 1 records
        record "" of "" ""
          /a/b = "xmisone"
        odd mis_nested: an end tag does not fit the element that is open, at byte 13
        odd mis_nested: an end tag does not fit the element that is open, at byte 17
    "#]],
    );
    check(
        "amp.xml",
        "<a>xampone & xamptwo < 3</a>",
        expect![[r#"
            xml Read, 1 records
            record "" of "" ""
              /a = "xampone & xamptwo < 3"
            odd bad_xml: an & or < stands as it is, which XML does not allow, at byte 11
            odd bad_xml: an & or < stands as it is, which XML does not allow, at byte 21
        "#]],
    );
    check(
        "ctl.xml",
        "<a>xctl \u{1} &#0; &#x1f;</a>",
        expect![[r#"
            xml Read, 1 records
            record "" of "" ""
              /a = "xctl \u{1} \0 \u{1f}"
            odd bad_xml: a character stands in the text that XML does not allow, at byte 8
        "#]],
    );
    check(
        "list.xml",
        "<l><i><a>1</a></i><i><a>2</i><i><a>3</a></i></l>",
        expect![[r#"
        xml Read, 3 records
        record "/l/i[1]" of "/l" "i"
          /l/i[1]/a = "1"
        record "/l/i[2]" of "/l" "i"
          /l/i[2]/a = "2"
        record "/l/i[3]" of "/l" "i"
          /l/i[3]/a = "3"
        odd mis_nested at /l/i[2]: an end tag does not fit the element that is open, at byte 25
    "#]],
    );
}

#[test]
fn entities_are_not_expanded() {
    check(
        "lol.xml",
        r#"<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol"><!ENTITY a1 "&a0;&a0;">]><l>before &a1; after</l>"#,
        expect![[r#"
        xml Read, 1 records
        record "" of "" ""
          /l = "before &a1; after"
        odd entities_declared: the file declares entities of its own, which are not expanded, at byte 21
        odd entity_not_expanded: an entity is shown as written, at byte 87
    "#]],
    );
}

#[test]
fn marks_that_start_no_tag_are_text() {
    check(
        "q.xml",
        "<l><i>1 <\" 2</i><i>\u{FEFF}3</i>\u{FEFF}<i a='<'>4</i></l>",
        expect![[r#"
            xml Read, 3 records
            record "/l/i[1]" of "/l" "i"
              /l/i[1]/text() = "1 <\" 2"
            record "/l/i[2]" of "/l" "i"
              /l/i[2]/text() = "\u{feff}3"
            heading "" of "/l" "i"
              /l/text() = "\u{feff}"
            record "/l/i[3]" of "/l" "i"
              /l/i[3]/@a = "<"
              /l/i[3]/text() = "4"
            odd bad_xml at /l/i[1]: an & or < stands as it is, which XML does not allow, at byte 8
        "#]],
    );
}

#[test]
fn lists_stand_inside_wrappers() {
    for (name, page, records) in [
        (
            "deep.xml",
            "<export><data><tickets><ticket><id>1</id></ticket><ticket><id>2</id></ticket></tickets></data></export>",
            2,
        ),
        (
            "deeper.xml",
            "<a><b><cs><c><d>1</d></c><c><d>2</d></c></cs><es><e><f>1</f></e><e><f>2</f></e></es></b></a>",
            4,
        ),
        (
            "one.xml",
            "<Invoice><ID>U1</ID><InvoiceLine><ID>1</ID></InvoiceLine><InvoiceLine><ID>2</ID></InvoiceLine></Invoice>",
            1,
        ),
        (
            "wrapped.xml",
            "<export><order><date>x</date><item><a>1</a></item><item><a>2</a></item></order></export>",
            1,
        ),
        (
            "feed.xml",
            "<rss><channel><title>x</title><item><a>1</a></item><item><a>2</a></item></channel></rss>",
            2,
        ),
        ("mail.xml", "<person><address><town><name>Lyon</name></town></address></person>", 1),
    ] {
        let (reading, _) = rows(name, page.as_bytes());
        assert_eq!(reading.records, records, "{name}");
    }
}

#[test]
fn records_of_known_formats_stand_deep_inside() {
    let entry = "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><BookgDt><Dt>2024-01-01</Dt></BookgDt></Ntry>";
    let point = "<trkpt lat=\"1\" lon=\"2\"><ele>3</ele></trkpt>";
    for (name, page, records) in [
        (
            "camt.xml",
            format!("<Document xmlns=\"x\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Bal><Amt>1</Amt></Bal><Bal><Amt>2</Amt></Bal>{entry}{entry}{entry}</Stmt></BkToCstmrStmt></Document>"),
            3,
        ),
        (
            "run.gpx",
            format!("<gpx><metadata><time>x</time></metadata><wpt lat=\"1\" lon=\"2\"/><trk><name>R</name><trkseg>{point}{point}</trkseg><trkseg>{point}</trkseg></trk></gpx>"),
            4,
        ),
        (
            "places.kml",
            "<kml><Document><name>x</name><Style id=\"a\"><IconStyle/></Style><Folder><name>F</name><Placemark><name>A</name></Placemark></Folder><Placemark><name>B</name></Placemark></Document></kml>".to_owned(),
            2,
        ),
        (
            "blog.xml",
            "<rss><channel><title>x</title><wp:author><wp:id>1</wp:id></wp:author><item><t>1</t></item><item><t>2</t></item></channel></rss>".to_owned(),
            2,
        ),
        (
            "feed.xml",
            "<feed><title>x</title><author><name>Ada</name></author><entry><id>1</id></entry></feed>".to_owned(),
            1,
        ),
        ("subs.opml", "<opml><head><title>x</title></head><body><outline text=\"a\"/><outline text=\"b\"/></body></opml>".to_owned(), 2),
    ] {
        let (reading, all) = rows(name, page.as_bytes());
        assert_eq!(reading.records, records, "{name}");
        drop_by_drop(name, page.as_bytes(), &all);
        let mut places = std::collections::HashSet::new();
        for row in &all {
            for value in row.values() {
                let place = row.place(value, &reading.layout.names);
                assert!(places.insert(place.clone()), "{name}: {place} leads to one value");
            }
        }
    }
}

#[test]
fn halves_of_a_character_are_put_together() {
    check(
        "sms.xml",
        "<smses><sms body=\"ok &#55357;&#56832;!\"/><sms body=\"half &#xD83D; &#xDE00;\"/></smses>",
        expect![[r#"
            xml Read, 2 records
            record "/smses/sms[1]" of "/smses" "sms"
              /smses/sms[1]/@body = "ok 😀!"
            record "/smses/sms[2]" of "/smses" "sms"
              /smses/sms[2]/@body = "half � �"
        "#]],
    );
}

#[test]
fn each_outline_is_a_record() {
    check(
        "feeds.opml",
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>Subs</title></head><body>\n<outline text=\"News &amp; co\"><outline text=\"A > B\" xmlUrl=\"https://a.example/rss\"/></outline>\n<outline text=\"C\"/>\n</body></opml>",
        expect![[r#"
            opml Read, 3 records
            heading "line=1" of "" ""
              line=1,field=declaration = "?xml version=\"1.0\"?"
              line=1,field=head/title = "Subs"
            record "outline=1" of "" "outline"
              outline=1,field=text = "News & co"
            record "outline=2" of "News & co" "outline"
              outline=2,field=text = "A > B"
              outline=2,field=xmlUrl = "https://a.example/rss"
              outline=2,field=folder = "News & co"
            record "outline=3" of "" "outline"
              outline=3,field=text = "C"
        "#]],
    );
}
