//! Web pages.

use expect_test::expect;

use crate::check::{check, rows, words};

#[test]
fn a_page_is_its_text() {
    check(
        "p.html",
        "<!doctype html><html><head><title>My data</title><style>p{}</style><script>var x='never'</script></head><body><h1>Hello</h1><p>Zebu<b>lon</b>\n  Example &eacute;</p><img alt='a photo'><a href='mailto:dpo@example.org?subject=x'>write</a></body></html>",
        expect![[r#"
            html Read, 1 records
            record "" of "" ""
              line=1 = "My data"
              line=1,byte=114 = "Hello"
              line=1,byte=127 = "Zebulon Example é"
              line=2 = "a photo"
              line=2,byte=183 = "dpo@example.org"
              line=2,byte=226 = "write"
        "#]],
    );
}

#[test]
fn tables_with_names_are_records() {
    check(
        "t.html",
        "<h2>Logins</h2><table><tr><th>Date</th><th>IP</th></tr><tr><td>2024-01-01</td><td>192.0.2.1</td></tr><tr><td>2024-01-02</td><td>192.0.2.<b>2</b></td></tr></table><p>Bye</p>",
        expect![[r#"
            html Read, 3 records
            record "" of "" ""
              line=1 = "Logins"
              line=1,byte=165 = "Bye"
            heading "table=1" of "table=1" "Logins"
              table=1,col=Date = "Date"
              table=1,col=IP = "IP"
            record "table=1,row=1" of "table=1" "Logins"
              table=1,row=1,col=Date = "2024-01-01"
              table=1,row=1,col=IP = "192.0.2.1"
            record "table=1,row=2" of "table=1" "Logins"
              table=1,row=2,col=Date = "2024-01-02"
              table=1,row=2,col=IP = "192.0.2.2"
        "#]],
    );
    check(
        "wp.html",
        "<h1>Export</h1><h2>User</h2><table><tr><th>Name</th><td>Ada</td></tr><tr><th>Email</th><td>ada@example.org</td></tr></table><dl><dt>Town</dt><dd>Lyon</dd><dt>Zip</dt><dd>69001</dd></dl>",
        expect![[r#"
            html Read, 2 records
            heading "" of "" ""
              line=1 = "Export"
              line=1,byte=19 = "User"
            heading "list=1,row=0" of "list=1" "User"
              list=1,row=0,col=Name = "Name"
              list=1,row=0,col=Email = "Email"
            record "list=1" of "list=1" "User"
              list=1,col=Name = "Ada"
              list=1,col=Email = "ada@example.org"
            heading "list=2,row=0" of "list=2" "User"
              list=2,row=0,col=Town = "Town"
              list=2,row=0,col=Zip = "Zip"
            record "list=2" of "list=2" "User"
              list=2,col=Town = "Lyon"
              list=2,col=Zip = "69001"
        "#]],
    );
    check(
        "layout.html",
        "<table><tr><td>one</td><td>two</td></tr></table>",
        expect![[r#"
            html Read, 1 records
            record "" of "" ""
              line=1 = "one"
              line=1,byte=27 = "two"
        "#]],
    );
}

#[test]
fn no_code_is_text() {
    let page = "<script>alert('secretone')</script><svg><script>secrettwo</script></svg><style>secretthree</style>\
        <p onclick='secretfour()'>shown<noscript>plain</noscript></p><iframe srcdoc='<script>secretfive</script>'>secretsix</iframe>";
    let words = words("p.html", page.as_bytes());
    assert!(words.contains("shown") && words.contains("plain"));
    assert!(!words.contains("secret"), "{words}");
}

#[test]
fn a_long_page_counts_once() {
    let page = format!(
        "<title>Long</title>{}",
        "<div><p>A line of text.</p>\n<p>Another</p></div>\n".repeat(20_000)
    );
    let (reading, all) = rows("long.html", page.as_bytes());
    assert_eq!(reading.records, 1);
    assert!(all.len() > 2, "the page is cut into rows");
    let values: usize = all.iter().map(files::Row::len).sum();
    assert_eq!(values, 40_001);
}

#[test]
fn texts_of_one_line_have_places_of_their_own() {
    let page = format!(
        "<div>One</div><div>Two</div>\n<p>Three</p>{}",
        "<div>more and more text</div>".repeat(20_000)
    );
    let (reading, all) = rows("one-line.html", page.as_bytes());
    let mut places = std::collections::HashSet::new();
    for row in &all {
        for value in row.values() {
            let place = row.place(value, &reading.layout.names);
            assert!(places.insert(place.clone()), "{place} is there once");
        }
    }
    assert!(places.contains("line=1") && places.contains("line=1,byte=19") && places.contains("line=2"));
}
