//! What is not well formed is called so, and what is well formed is not.

use crate::check::{codes, rows, words};

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(codes(name, text.as_bytes()), expected, "{name}: {text}");
}

#[test]
fn xml_that_is_not_well_formed_says_so() {
    let good = "<l><i><a>one &amp; two</a></i><i><a><![CDATA[x & y]]></a></i><i><a>&#233;</a></i></l>";
    check("a.xml", good, &[]);
    check("a.xml", &good.replace("&amp;", "&"), &["bad_xml"]);
    check("a.xml", &good.replace("&amp;", "<"), &["bad_xml"]);
    check("a.xml", &good.replace("&amp;", "\u{1}"), &["bad_xml"]);
    check("a.xml", &format!("{good}\n<l>again</l>"), &["bad_xml"]);
    check("a.xml", "<?xml version='1.0'?><a>1</a><b>2</b>", &["bad_xml"]);
    assert!(words("a.xml", format!("{good}\n<l>again</l>").as_bytes()).contains("again"));
}

#[test]
fn comments_are_no_json() {
    check("a.json", "[{\"a\": 1}, {\"a\": \"// no\"}]", &[]);
    check("a.json", "// by Ada\n[{\"a\": 1}, {\"a\": 2}]", &["loose_json"]);
    check("a.json", "[{\"a\": 1}, /* two */ {\"a\": 2}]", &["loose_json"]);
    check("a.json", "{\"a\": 1, // one\n \"b\": 2}", &["loose_json"]);
}

#[test]
fn a_sequence_of_json_is_a_record_a_value() {
    let lines = "\u{1e}{\"a\": 1}\n\u{1e}{\"a\": 2}\n\u{1e}{\"a\": 3}\n";
    for name in ["a.json-seq", "a.json", "a"] {
        assert_eq!(rows(name, lines.as_bytes()).0.records, 3, "{name}");
        check(name, lines, &[]);
    }
    let long = "\u{1e}{\n \"a\": 1\n}\n\u{1e}{\n \"a\": 2\n}\n";
    assert_eq!(rows("a.json", long.as_bytes()).0.records, 2);
    check("a.json", long, &[]);
}

#[test]
fn zero_bytes_in_a_text_are_told() {
    check("a.csv", "name,city\nAda,Lyon\nBob,Metz\n", &[]);
    check("a.csv", "name,city\nAda,Lyon\0\0\nBob,Metz\n", &["zero_bytes"]);
}

#[test]
fn a_page_that_breaks_off_says_so() {
    let page = "<html><body><div><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></div></body></html>";
    check("a.html", page, &[]);
    check("a.html", &page[..page.find("</table>").unwrap_or(0)], &["truncated"]);
    check("a.html", &page[..page.find("</div>").unwrap_or(0)], &["truncated"]);
    // Many leave out what need not be written.
    check("a.html", "<html><body><p>One<p>Two", &[]);
    check("a.html", "<table><tr><th>A<th>B<tr><td>1<td>2</table>", &[]);
}

#[test]
fn keys_below_a_text_are_no_yaml() {
    check("a.yaml", "a: 1\nb:\n  c: one\n   two\n", &[]);
    check("a.yaml", "a: 1\n b: two\n", &["loose_yaml"]);
}

#[test]
fn syslog_is_a_log() {
    for lines in [
        "<34>1 2024-05-01T10:00:00Z host app 1 ID - in\n<34>1 2024-05-02T10:00:00Z host app 1 ID - out\n",
        "time=2024-05-01T10:00:00Z level=info user=ada\ntime=\"2024-05-02T10:00:00Z\" level=info user=bob\n",
        "<13>May  1 10:00:00 host sshd[1]: in\n<13>May  2 10:00:00 host sshd[1]: out\n",
    ] {
        let (reading, all) = rows("auth.log", lines.as_bytes());
        assert_eq!(reading.records, 2, "{lines}");
        assert!(reading.oddities.is_empty(), "{:?}", reading.oddities);
        assert_eq!(all[1].at, "line=2");
    }
}

#[test]
fn a_blank_in_front_of_a_quote_is_no_part_of_the_cell() {
    let (reading, all) =
        rows("a.csv", b"id, name, city\n1, \"Hart, Ada\", Lyon\n2, \"Bob \"\"B\"\"\", Metz\n");
    assert_eq!(reading.records, 2);
    let texts: Vec<&str> = all.iter().flat_map(|r| r.values()).map(|v| v.text.trim()).collect();
    assert!(texts.contains(&"Hart, Ada") && texts.contains(&"Bob \"B\""), "{texts:?}");
    // A quote that closes elsewhere is one of the text.
    let said = words("a.csv", b"id,name,city\n1, \"Ada\" Hart,Lyon\n2,Bob,Metz\n");
    assert!(said.contains("\"Ada\" Hart"), "{said}");
}

#[test]
fn one_note_or_message_is_a_record_of_its_list() {
    for (name, text) in [
        ("a.enex", "<en-export><note><title>One</title><content>x</content></note></en-export>"),
        ("a.xml", "<smses count=\"1\"><sms body=\"One\" date=\"1\"/></smses>"),
    ] {
        let (reading, all) = rows(name, text.as_bytes());
        assert_eq!(reading.records, 1, "{name}");
        assert!(all.iter().any(|r| !r.span.heading && r.at.ends_with("[1]")), "{name}");
    }
}
