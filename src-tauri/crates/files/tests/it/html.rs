//! Web pages.

use expect_test::expect;

use crate::check::{check, drop_by_drop, rows, words};

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
              line=2,byte=192 = "mailto:dpo@example.org?subject=x"
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
            html Read, 2 records
            heading "" of "" ""
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

#[test]
fn things_that_repeat_are_records() {
    // As Google writes activities.
    let cell = |n: u32| {
        format!(
            "<div class=\"outer-cell mdl-cell\"><div class=\"mdl-grid\"><div class=\"header-cell\"><p>Search<br></p></div><div class=\"content-cell\">Searched for <a href=\"https://{n}.example\">query {n}</a><br>1 May 2024</div><div class=\"content-cell\"><b>Products:</b><br>Search</div></div></div>"
        )
    };
    check(
        "MyActivity.html",
        format!("<title>My Activity</title><body><div class=\"mdl-grid\">{}{}</div>", cell(1), cell(2)),
        expect![[r#"
            html Read, 2 records
            heading "" of "" ""
              line=1 = "My Activity"
            record "item=1" of "item" "outer-cell"
              item=1,col=text = "Search"
              item=1,col=link = "https://1.example"
              item=1,col=text~2 = "Searched for query 1"
              item=1,col=text~3 = "1 May 2024"
              item=1,col=Products = "Search"
            record "item=2" of "item" "outer-cell"
              item=2,col=text = "Search"
              item=2,col=link = "https://2.example"
              item=2,col=text~2 = "Searched for query 2"
              item=2,col=text~3 = "1 May 2024"
              item=2,col=Products = "Search"
        "#]],
    );
    // As Facebook and Instagram write events.
    let event = |n: u32| {
        format!(
            "<div class=\"pam _a6-g uiBoxWhite\"><h2 class=\"_a6-h\">Log-in {n}</h2><div class=\"_a6-p\"><table><tr><td class=\"_a6_q\">IP Address<div><div>192.0.2.{n}</div></div></td></tr></table></div><div class=\"_a6-o\">May 01, 2024</div></div>"
        )
    };
    check(
        "logins.html",
        format!("<h1>Logins</h1><div role=main>{}{}</div>", event(1), event(2)),
        expect![[r#"
            html Read, 2 records
            heading "" of "" ""
              line=1 = "Logins"
            record "item=1" of "item" "_a6-g"
              item=1,col=heading = "Log-in 1"
              item=1,col=IP Address = "192.0.2.1"
              item=1,col=text = "May 01, 2024"
            record "item=2" of "item" "_a6-g"
              item=2,col=heading = "Log-in 2"
              item=2,col=IP Address = "192.0.2.2"
              item=2,col=text = "May 01, 2024"
        "#]],
    );
    check(
        "bookmarks.html",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>Bar</H3>\n<DL><p>\n<DT><A HREF=\"https://a.example\">Site A</A>\n<DT><A HREF=\"https://b.example\">Site B</A>\n</DL><p>\n</DL><p>\n",
        expect![[r#"
            html Read, 2 records
            heading "" of "" ""
              line=2 = "Bookmarks"
              line=4 = "Bar"
            record "item=1" of "item" "bookmark"
              item=1,col=link = "https://a.example"
              item=1,col=text = "Site A"
            record "item=2" of "item" "bookmark"
              item=2,col=link = "https://b.example"
              item=2,col=text = "Site B"
        "#]],
    );
}

#[test]
fn pages_are_told_from_lists() {
    let message = |n: u32| {
        format!(
            "<div class=\"message default\" id=\"m{n}\"><div class=\"from_name\">Bo</div><div class=\"text\">Text {n}</div></div>"
        )
    };
    let chat: String = (0..5).map(message).collect();
    let paragraphs: String =
        (0..12).map(|n| format!("<div class=\"par\">Paragraph {n} of a long text.</div>")).collect();
    let chapter = |n: u32| {
        format!("<div class=\"chapter\"><h2>Chapter {n}</h2><p>{}</p></div>", "Many words. ".repeat(400))
    };
    let chapters: String = (0..5).map(chapter).collect();
    for (name, page, records) in [
        ("chat.html", format!("<h1>Bo</h1><div class=\"history\">{chat}</div>"), 5),
        ("text.html", paragraphs, 1),
        ("book.html", chapters, 1),
        ("menu.html", format!("<ul>{}</ul><p>{}</p>", "<li class=\"m\"><b>a</b><p>b</p></li>".repeat(4), "The page itself. ".repeat(20)), 1),
        ("bare.html", "<table><tr><td>Id</td><td>Total</td></tr><tr><td>1</td><td>2.00</td></tr><tr><td>3</td><td>4.00</td></tr></table>".to_owned(), 2),
        ("titled.html", "<table><tr><th colspan=2>Orders</th></tr><tr><th>Id</th><th>Total</th></tr><tr><td>1</td><td>2</td></tr><tr><th colspan=2>2024</th></tr><tr><td>3</td><td>4</td></tr></table>".to_owned(), 2),
        ("intro.html", format!("<p>All orders.</p><table><tr><th>Id</th><th>Thing</th></tr>{}</table>", "<tr><td>1</td><td>Something</td></tr>".repeat(3)), 3),
    ] {
        let (reading, all) = rows(name, page.as_bytes());
        assert_eq!(reading.records, records, "{name}");
        drop_by_drop(name, page.as_bytes(), &all);
    }
}

#[test]
fn a_long_list_of_things_is_cut_between_them() {
    let mut page = String::from("<title>Long</title><div class=\"all\">");
    for n in 0..20_000 {
        page.push_str(&format!("<div class=\"outer-cell\"><p>Thing {n}</p><p>é of <a href=\"https://x.example/{n}\">it</a></p></div>between\n"));
    }
    page.push_str("</div>");
    let (reading, _) = rows("long.html", page.as_bytes());
    assert_eq!(reading.records, 20_000);
}

#[test]
fn a_value_that_goes_on_around_a_link_is_shown_in_one_piece() {
    check(
        "t.html",
        "<table><tr><th>Date</th><th>What</th></tr><tr><td>2024-01-01</td><td>seen <a href='https://1.example/p'>this page</a> today</td></tr></table>",
        expect![[r#"
            html Read, 1 records
            heading "table=1" of "table=1" ""
              table=1,col=Date = "Date"
              table=1,col=What = "What"
            record "table=1,row=1" of "table=1" ""
              table=1,row=1,col=Date = "2024-01-01"
              table=1,row=1,col=What = "seen this page today"
              table=1,row=1,col=What/link = "https://1.example/p"
        "#]],
    );
}

#[test]
fn what_stands_beside_a_text_is_a_value_of_its_own() {
    check(
        "t.html",
        "<table><tr><th>Name</th><th>Photo</th></tr><tr><td title='since 2019'>see <a href='/u/7?a=1&amp;copy=2'>Ada</a> or <a href=mailto:ada@example.org>write</a></td><td title='of May'><img src=\"photos/7.jpg\" alt='a cat'></td></tr><tr><td title=Bo>Bo</td><td><img src=\"photos/8.jpg\"></td></tr></table>",
        expect![[r#"
            html Read, 2 records
            heading "table=1" of "table=1" ""
              table=1,col=Name = "Name"
              table=1,col=Photo = "Photo"
            record "table=1,row=1" of "table=1" ""
              table=1,row=1,col=Name = "see Ada or write"
              table=1,row=1,col=Name/hint = "since 2019"
              table=1,row=1,col=Name/link = "/u/7?a=1&copy=2"
              table=1,row=1,col=Name/link~2 = "mailto:ada@example.org"
              table=1,row=1,col=Photo = "a cat"
              table=1,row=1,col=Photo/hint = "of May"
              table=1,row=1,col=Photo/link = "photos/7.jpg"
            record "table=1,row=2" of "table=1" ""
              table=1,row=2,col=Name = "Bo"
              table=1,row=2,col=Photo/link = "photos/8.jpg"
        "#]],
    );
    check(
        "p.html",
        "<meta name=author content='Zed Example'><meta name=viewport content=wide><h1>A <a href=one.html>day</a></h1>\n<p>Look at <img src=a.png alt='the sea'>this, <q cite='https://q.example/1'>a word</q> from <abbr title='Data Protection Officer'>DPO</abbr>.</p>\n<form action=/send><input value=typed placeholder=hint></form><a href='#top'>up</a><a href=\"javascript:never()\">no</a><img src='data:image/png;base64,AAAA'>",
        expect![[r#"
            html Read, 1 records
            record "" of "" ""
              line=1 = "Zed Example"
              line=1,byte=77 = "A day"
              line=1,byte=87 = "one.html"
              line=2 = "Look at this, a word from DPO."
              line=2,byte=129 = "a.png"
              line=2,byte=140 = "the sea"
              line=2,byte=164 = "https://q.example/1"
              line=2,byte=214 = "Data Protection Officer"
              line=3 = "/send"
              line=3,byte=287 = "typed"
              line=3,byte=305 = "hint"
              line=3,byte=332 = "upno"
              line=3,byte=347 = "javascript:never()"
        "#]],
    );
    check(
        "links.html",
        "<p><a href=a.html></a><img src=b.jpg></p>",
        expect![[r#"
        html Read, 0 records
        heading "" of "" ""
          line=1 = "a.html"
          line=1,byte=31 = "b.jpg"
    "#]],
    );
    check(
        "list.html",
        "<dl><dt>Home</dt><dd><a href=https://a.example>A</a></dd><dt>Home</dt><dd><a href=b/>B</a><a href=c/>C</a></dd></dl>",
        expect![[r#"
            html Read, 1 records
            heading "list=1,row=0" of "list=1" ""
              list=1,row=0,col=Home = "Home"
              list=1,row=0,col=Home~2 = "Home"
            record "list=1" of "list=1" ""
              list=1,col=Home = "A"
              list=1,col=Home/link = "https://a.example"
              list=1,col=Home~2 = "BC"
              list=1,col=Home/link~2 = "b/"
              list=1,col=Home/link~3 = "c/"
        "#]],
    );
}

#[test]
fn pictures_and_ways_make_no_list_of_a_page() {
    let cards = "<div class=c><img src=a.jpg></div><div class=c><a href=b.html>One</a></div>".repeat(4);
    for (page, records) in [
        (format!("<div>{cards}</div>"), 1),
        ("<ul><li class=n><a href=a.html>A</a></li><li class=n><a href=b.html>B</a></li><li class=n><a href=c.html>C</a></li></ul>".to_owned(), 1),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><H3>Bar</H3><DL><DT><A HREF='javascript:alert(1)'>A</A><DT><A HREF='place:x'>B</A></DL></DL>".to_owned(), 2),
    ] {
        let (reading, all) = rows("p.html", page.as_bytes());
        assert_eq!(reading.records, records, "{page}");
        drop_by_drop("p.html", page.as_bytes(), &all);
    }
}
