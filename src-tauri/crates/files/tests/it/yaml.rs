//! YAML, Markdown, saved pages and notes.

use expect_test::expect;
use files::Status;

use crate::check::{check, codes, rows, show, words};

#[test]
fn items_of_a_list_are_records() {
    check(
        "a.yaml",
        "# people\n---\n- name: Ada\n  tags: [x, \"y, z\"]\n  address:\n    city: Paris\n    lines:\n    - one\n    - two\n- name: 'Bo''s'\n  note: |\n    first\n\n    second\n  folded: >-\n    a\n    b\n",
        expect![[r#"
            yaml Read, 2 records
            record "/0" of "" ""
              /0/name = "Ada"
              /0/tags/0 = "x"
              /0/tags/1 = "y, z"
              /0/address/city = "Paris"
              /0/address/lines/0 = "one"
              /0/address/lines/1 = "two"
            record "/1" of "" ""
              /1/name = "Bo's"
              /1/note = "first\n\nsecond"
              /1/folded = "a b"
        "#]],
    );
}

#[test]
fn lists_under_keys_hold_records() {
    check(
        "export.yml",
        "version: 1.0\ncustomer: {id: 7, name: Ada, zip: 075}\ninvoices:\n- number: F-1\n  total: 12.50\n  paid: true\n  due: ~\n- number: F-2\n  text: long text # remark\n    over two lines\ntickets:\n  - id: 1\n",
        expect![[r#"
            yaml Read, 3 records
            heading "" of "" ""
              /version = "1.0" (number)
            heading "" of "" ""
              /customer/id = "7" (number)
              /customer/name = "Ada"
              /customer/zip = "075"
            record "/invoices/0" of "/invoices" "invoices"
              /invoices/0/number = "F-1"
              /invoices/0/total = "12.50" (number)
              /invoices/0/paid = "true" (bool)
              /invoices/0/due = "~" (null)
            record "/invoices/1" of "/invoices" "invoices"
              /invoices/1/number = "F-2"
              /invoices/1/text = "long text"
              /invoices/1/text = "over two lines"
            record "/tickets/0" of "/tickets" "tickets"
              /tickets/0/id = "1" (number)
        "#]],
    );
}

#[test]
fn a_mapping_is_one_record_and_documents_are_several() {
    check(
        "a.yaml",
        "%YAML 1.1\n---\n!ruby/object:User\nname: &n Ada\nother: *n\nurl: https://example.org/a:b\n\"quoted \\u00e9\": \"line\n  goes on\"\n",
        expect![[r#"
            yaml Read, 1 records
            record "" of "" ""
              /name = "Ada"
              /other = "*n"
              /url = "https://example.org/a:b"
              /quoted é = "line goes on"
        "#]],
    );
    let (reading, all) = rows("b.yaml", b"---\na: 1\n---\na: 2\n...\n---\na: 3\n");
    assert_eq!((reading.records, all[2].at.as_str()), (3, "/2"));
}

#[test]
fn broken_yaml_keeps_its_text() {
    let text = b"a: [1, 2\nb: \"open\nc: {x: y\n\tq: tab\n- - - item\n? complex\n: value\nlast: word\n";
    let found = words("a.yaml", text);
    for word in ["1, 2", "open", "x: y", "tab", "item", "complex", "value", "word"] {
        assert!(found.contains(word), "{word} in {found}");
    }
    assert!(codes("a.yaml", text).contains(&"loose_yaml"));
}

#[test]
fn yaml_of_any_depth() {
    let deep: String = (0..2000).map(|n| format!("{}k:\n", " ".repeat(n))).collect();
    assert!(words("d.yaml", format!("{deep}{}core", " ".repeat(2001)).as_bytes()).contains("core"));
    assert!(words("d.yaml", format!("{}core", "- ".repeat(50_000)).as_bytes()).contains("core"));
    assert!(words("d.yaml", format!("a: {}core", "[".repeat(50_000)).as_bytes()).contains("core"));
    assert!(words("d.yaml", "a: [\n".repeat(20_000).as_bytes()).contains('['));
    assert!(words("d.yaml", "- a: \"\n".repeat(20_000).as_bytes()).contains('"'));
    let closed = format!("a: {}core{}", "[".repeat(20_000), "]".repeat(20_000));
    assert!(words("d.yaml", closed.as_bytes()).contains("core"));
}

#[test]
fn headings_of_markdown() {
    check(
        "notes.md",
        "---\ntitle: Notes\n---\n\n# One\nfirst text\n## Two\n\nsecond # no heading\n#hashtag\n",
        expect![[r###"
            markdown Read, 1 records
            record "" of "" ""
              line=1 = "---\ntitle: Notes\n---"
              line=5 = "# One"
              line=6 = "first text"
              line=7 = "## Two"
              line=9 = "second # no heading\n#hashtag"
        "###]],
    );
}

#[test]
fn a_saved_page_is_read_as_its_text() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: Page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9 <b>noir</b></p>\r\n--b\r\nContent-Type: text/css\r\n\r\n.x { color: red }\r\n--b--\r\n";
    let (reading, _) = rows("page.mhtml", page.as_bytes());
    assert_eq!((reading.layout.format.word(), reading.records), ("mht", 1));
    let found = words("page.mhtml", page.as_bytes());
    assert!(found.contains("café noir"), "{found}");
}

#[test]
fn notes_are_records_with_their_text() {
    let data = "QUJD".repeat(100);
    let notes = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE en-export SYSTEM \"http://xml.evernote.com/pub/evernote-export3.dtd\"><en-export><note><title>One</title><content><![CDATA[<?xml version=\"1.0\"?><!DOCTYPE en-note SYSTEM \"x\"><en-note><div>hello <b>bold</b> <a href='https://a.example/n'>word</a></div></en-note>]]></content><resource><data encoding=\"base64\">{data}</data><mime>image/png</mime></resource></note><note><title>Two</title><content><![CDATA[<en-note>second</en-note>]]></content></note></en-export>"
    );
    let (reading, _) = rows("n.enex", notes.as_bytes());
    assert_eq!((reading.layout.format.word(), reading.records, reading.status), ("enex", 2, Status::Partly));
    let (found, links) = (words("n.enex", notes.as_bytes()), show("n.enex", notes.as_bytes()));
    assert!(links.contains("/note[1]/content/link[1] = \"https://a.example/n\""), "{links}");
    assert!(
        found.contains("hello bold word") && found.contains("second") && !found.contains("QUJD"),
        "{found}"
    );
}
