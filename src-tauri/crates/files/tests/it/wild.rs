//! Random and mutated files: no panic, no span outside, every row the same when read again.

use proptest::prelude::*;

use crate::check::{drop_by_drop, rows};

const NAMES: &[&str] = &[
    "a", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.xml", "a.html", "a.eml", "a.mbox", "a.vcf", "a.ics",
    "a.txt", "a.log",
];

const SAMPLES: &[&str] = &[
    r#"{"meta":{"v":1},"items":[{"id":1,"tags":["a","b"],"n":{"x":null}},{"id":2,"é":"\u00e9"}],"count":2}"#,
    "var a = [{\"x\":1,\"x\":2}];\nvar b = {\"l\":[{\"y\":1}],\"n\":1,\"n\":{\"é\":[1]},\"l\":[]};",
    "[{\"n\":\"Zo\\u00c3\\u00ab\",\"PrÃ©nom\":\"dÃ©jÃ\u{A0}\"}]",
    "a,b\nRÃ©sumÃ©,1\n",
    "{\"a\":1}\n{\"a\":[1,2]}\n{\"b\":\"x\"}\n",
    r#"{"u1":{"n":1},"u2":{"n":2},"u3":{"n":3}}"#,
    "Notes:\n\na;b;c\n1;\"x;y\";3\n4;\"é\n\";6\n\nsum\n",
    "<f v='1'><t>x &amp; y</t><e id='1'><a>1</a><a>2</a></e><e id='2'><![CDATA[z]]></e></f>",
    "<title>T</title><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>é &lt;</td></tr></table><dl><dt>k<dd>v</dl>",
    "<?xml version='1.0'?><rss><channel><t>x</t>é<item a='1' b=\"2\"/><item>&amp;&#55357;&#56832;<b>&x;</b></item><!-- c --></channel></rss>",
    "<title>T</title><div><div class='outer-cell a'><p>x:</p><p>é</p><a href='https://x.example'>l</a></div><div class='outer-cell'><table><tr><td>k<div>v</div></td></tr></table></div>z</div>",
    "From: a@example.org\r\nSubject: =?utf-8?Q?=C3=A9?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b--\r\n",
    "From a@example.org Thu Jan  1 00:00:00 1970\nSubject: x\n\n>From y\n\nFrom b@example.org Thu Jan  1 00:00:00 1970\r\nContent-Type: text/html\r\n\r\n<p>z\r\n",
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;A=\r\nda;;\r\nitem1.TEL;TYPE=\"a,b\":1\\, 2\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\nNOTE:long\r\n er\r\nEND:VCARD\r\n",
    "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:a\\nb\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n",
    "31/12/2023, 21:04 - Ada: hi\nthere\n31/12/2023, 21:05 - Ada left\n31/12/2023, 21:06 - Bo: <Media omitted>\n",
    "[12/31/23, 9:04:05 PM] Ada: a\n\u{200e}[12/31/23, 9:04:06 PM] Bo: \u{200e}b\n",
    "!Account\nNx\n^\n!Type:Bank\nD12/31/23\nT-1,234.56\nPShop\nSFood\n$-1\n^\nD1/1'24\nT1\n^\n",
    "OFXHEADER:100\n\n<OFX><CURDEF>EUR<BANKTRANLIST>\n<STMTTRN>\n<TRNAMT>-1.00\n<NAME>A &amp; B\n</STMTTRN>\n<STMTTRN><PAYEE><NAME>x</NAME></PAYEE></STMTTRN></OFX>",
    ":20:S\r\n:25:1/2\r\n:60F:C240101EUR1,00\r\n:61:2401020102D12,34NTRFREF//B\r\nmore\r\n:86:166?00T?20a?21b?32Ada\r\n:62F:C240101EUR1,00\r\n-\r\n",
    "# c\ninvoices:\n  - id: 1\n    note: |\n      a\n\n      b\n    tags: [x, \"y, z\", {k: v}]\n  - &a\n    id: 2\n    long: one\n      two\nmeta: {v: 1}\n",
    "---\n- 'it''s'\n- \"\\u00e9\\n\"\n- - 1\n  - a: b\n    c:\n    - d\n...\n---\nx: *y\n",
    "# T\ntext\n## U\n\nmore\n",
    "<en-export><note><title>t</title><content><![CDATA[<en-note>a <b>b</b></en-note>]]></content></note><note><resource><data encoding=\"base64\">QUJD</data></resource></note></en-export>",
    r#"[["vcard", [["fn", {"type":["a","b"]}, "text", "A\u00e9"], ["n", {}, "text", ["x", ["y","z"], ""]], ["rev", {}, "integer", 4]]], ["vcard", []]]"#,
    "<opml><head><title>t</title></head><body><outline text='a &amp; b'><outline text=\"c\" xmlUrl=\"x\"/></outline><outline text='d'/></body></opml>",
    "2024-01-01 a\n2024-01-02 b\n2024-01-03 c\n",
    "Hello\n\nworld é\n",
];

#[derive(Debug, Clone)]
enum Change {
    Cut(usize),
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let marks = prop::sample::select(vec![
        &b"\""[..],
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b";",
        b"\n",
        b"\r",
        b"<",
        b">",
        b"&",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"\\",
        b"\\u00",
        b"\xFF",
        b"\xC3",
        b"\xE2\x82",
        b"\0",
        b"--b",
        b"=?",
        b"=",
        b"/*",
        b"//",
        b"</e>",
        b"<tr>",
        b"<script>",
        b"<div class=outer-cell>",
        b"</div>",
        b"<table>",
        b"\nFrom a@b 1:1 1970\n",
        b">From ",
        b"\nBEGIN:VEVENT\n",
        b"\nEND:VCARD\n",
        b"\n ",
        b"\n- ",
        b"<outline ",
        b"[\"vcard\",",
        b"\nk: ",
        b": |\n",
        b"\n---\n",
        b"\n^\n",
        b"<STMTTRN>",
        b"\n:61:",
        b"\n1/1/24, 1:01 - a: b\n",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Change::Cut),
        (any::<usize>(), any::<u8>()).prop_map(|(at, b)| Change::Set(at, b)),
        (any::<usize>(), marks).prop_map(|(at, m)| Change::Insert(at, m.to_vec())),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Change::Repeat(a, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: Change) {
    let len = bytes.len().max(1);
    match change {
        Change::Cut(at) => bytes.truncate(at % len),
        Change::Set(at, b) => {
            if let Some(byte) = bytes.get_mut(at % len) {
                *byte = b;
            }
        }
        Change::Insert(at, mark) => {
            let at = (at % len).min(bytes.len());
            bytes.splice(at..at, mark);
        }
        Change::Repeat(a, b) => {
            let (a, b) = ((a % len).min(bytes.len()), (b % len).min(bytes.len()));
            let part = bytes[a.min(b)..a.max(b)].to_vec();
            bytes.extend_from_slice(&part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(name in prop::sample::select(NAMES), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        rows(name, &bytes);
    }

    #[test]
    fn random_text(name in prop::sample::select(NAMES), text in "[\\[\\]{}\",:;'<>/=&!a-c1é \\n\\r\\t-]{0,200}") {
        let (_, all) = rows(name, text.as_bytes());
        drop_by_drop(name, text.as_bytes(), &all);
    }

    #[test]
    fn mutated_samples(
        name in prop::sample::select(NAMES),
        sample in prop::sample::select(SAMPLES),
        wide in any::<bool>(),
        changes in prop::collection::vec(change(), 0..6),
    ) {
        let mut bytes = sample.as_bytes().to_vec();
        if wide {
            bytes = [b"\xFF\xFE".to_vec(), sample.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        }
        for change in changes {
            apply(&mut bytes, change);
        }
        let (_, all) = rows(name, &bytes);
        drop_by_drop(name, &bytes, &all);
    }
}
