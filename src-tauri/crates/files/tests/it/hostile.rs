//! Files written to hurt: nothing is lost, nothing explodes, nothing recurses.

use crate::check::{codes, words};

#[track_caller]
fn finds(name: &str, bytes: impl AsRef<[u8]>, wanted: &[&str]) {
    let words = words(name, bytes.as_ref());
    for word in wanted {
        assert!(words.contains(word), "{name} keeps {word}");
    }
}

#[test]
fn json_of_any_depth() {
    let deep = format!("{{\"t\":\"top\",\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    finds("deep.json", &deep, &["top"]);
    assert!(codes("deep.json", deep.as_bytes()).contains(&"too_deep"));
    let objects = format!("{}\"core\"{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    finds("deepo.json", &objects, &["core"]);
    assert!(codes("open.json", "[".repeat(1_000_000).as_bytes()).contains(&"too_deep"));
}

#[test]
fn json_of_any_width() {
    let members: Vec<String> = (0..50_000).map(|n| format!("\"k{n}\":{n}")).collect();
    finds("wide.json", format!("{{{},\"t\":\"wide\"}}", members.join(",")), &["wide", "49999"]);
    let long = format!("{{\"a\":\"{} after\",\"{}\":\"longkey\"}}", "q".repeat(100_000), "k".repeat(70_000));
    finds("long.json", long, &["after", "longkey"]);
    let items: Vec<String> = (0..20_000).map(|n| format!("{{\"id\":{n},\"text\":\"item {n}\"}}")).collect();
    finds("line.json", format!("{{\"items\":[{}]}}", items.join(",")), &["item 19999"]);
}

#[test]
fn tables_of_any_shape() {
    let header: Vec<String> = (0..100_000).map(|n| format!("c{n}")).collect();
    finds("w.csv", format!("{}\n{}last\n", header.join(","), "1,".repeat(99_999)), &["last"]);
    finds("big.csv", format!("a,b\n1,\"{}end\"\n", "lorem ipsum ".repeat(350_000)), &["end"]);
    finds("n.csv", b"a,b\n1,nul\x00one\n2,nultwo\n", &["nultwo"]);
    let rows: String = (2..200).map(|n| format!("{n},row{n}\n")).collect();
    finds("q.csv", format!("a,b\n1,\"open never closed\n{rows}"), &["open", "row2\n", "row150"]);
    finds("quotes.csv", format!("a,b\n{}", "1,\"x\n".repeat(20_000)), &["x"]);
}

#[test]
fn xml_of_any_depth() {
    finds("deep.xml", format!("{}deep{}", "<a>".repeat(100_000), "</a>".repeat(100_000)), &["deep"]);
    let attributes: String = (0..100_000).map(|n| format!(" n{n}=\"v\"")).collect();
    finds("attr.xml", format!("<a{attributes}>text</a>"), &["text"]);
    finds(
        "q.xml",
        format!("<!DOCTYPE q [<!ENTITY a \"{}\">]><q>quad {}</q>", "A".repeat(50_000), "&a;".repeat(50_000)),
        &["quad"],
    );
    finds("ends.xml", format!("{}{}x", "<a>".repeat(50_000), "</b>".repeat(50_000)), &["x"]);
    finds("open.xml", format!("<l>{}", "<i>x".repeat(50_000)), &["x"]);
}

#[test]
fn pages_of_any_depth() {
    finds("deep.html", format!("{}deep", "<div>".repeat(100_000)), &["deep"]);
    finds("tables.html", format!("{}deep", "<table><tr><td>".repeat(50_000)), &["deep"]);
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
    finds("a.html", format!("<p{attributes}>text</p>"), &["text"]);
    finds("u7.html", "<meta charset=\"utf-7\">+ADw-script+AD4- two", &["two"]);
}

#[test]
fn mails_of_any_depth() {
    let mut nested = String::from("Subject: core\r\n\r\nbody\r\n");
    for n in 0..1000 {
        nested = format!(
            "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\nContent-Type: message/rfc822\r\n\r\n{nested}\r\n--b{n}--\r\n"
        );
    }
    let nested = format!("From: a@example.org\r\nSubject: top\r\nMIME-Version: 1.0\r\n{nested}");
    finds("n.eml", &nested, &["top", "core", "body"]);
    assert!(codes("n.eml", nested.as_bytes()).contains(&"too_deep"));
    let parts = format!(
        "Subject: parts\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}--x\r\n\r\nlast\r\n--x--\r\n",
        "--x\r\n\r\np\r\n".repeat(20_000)
    );
    finds("p.eml", parts, &["parts", "last"]);
    let headers: String = (0..20_000).map(|n| format!("X-{n}: y\r\n")).collect();
    finds("h.eml", format!("Subject: hdr {}\r\n{headers}\r\nhdrbody", "x".repeat(500_000)), &["hdrbody"]);
    finds("f.eml", format!("Subject: fold\r\n{}\r\nfoldbody", " f\r\n".repeat(100_000)), &["foldbody"]);
    finds("d.eml", format!("Date: {}\r\nSubject: date\r\n\r\ndatebody", "(".repeat(50_000)), &["datebody"]);
    finds(
        "a.eml",
        format!("From: {}\r\nTo: {}\r\n\r\naddrbody", "<".repeat(50_000), "\"".repeat(50_000)),
        &["addrbody"],
    );
}
