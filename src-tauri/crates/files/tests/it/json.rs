//! JSON: which lists a file is, and that nothing in it is lost.

use expect_test::expect;

use crate::check::{check, drop_by_drop, rows};

#[test]
fn a_root_list_is_its_items() {
    check(
        "a.json",
        r#"[{"id":1,"tags":["a","b"],"who":{"name":"Zoé"}},{"id":2,"empty":[],"none":null,"ok":true}]"#,
        expect![[r#"
        json Read, 2 records
        record "/0" of "" ""
          /0/id = "1" (number)
          /0/tags/0 = "a"
          /0/tags/1 = "b"
          /0/who/name = "Zoé"
        record "/1" of "" ""
          /1/id = "2" (number)
          /1/none = "null" (null)
          /1/ok = "true" (bool)
    "#]],
    );
    check(
        "a.json",
        r#"["red", 7, {"x/y~z": 1}, []]"#,
        expect![[r#"
        json Read, 4 records
        record "/0" of "" ""
          /0/value = "red"
        record "/1" of "" ""
          /1/value = "7" (number)
        record "/2" of "" ""
          /2/x~1y~0z = "1" (number)
        record "/3" of "" ""
    "#]],
    );
}

#[test]
fn a_wrapper_holds_lists() {
    check(
        "a.json",
        r#"{"exported_at":"2024-05-01","user_id":7,"profile":{"name":"Ada","email":"ada@example.org"},
 "invoices":[{"number":"F-1","lines":[{"d":"x"},{"d":"y"}]},{"number":"F-2"}],"count":2,"tags":["p","q"]}"#,
        expect![[r#"
            json Read, 3 records
            heading "" of "/profile" "profile"
              /exported_at = "2024-05-01"
              /user_id = "7" (number)
            record "/profile" of "/profile" "profile"
              /profile/name = "Ada"
              /profile/email = "ada@example.org"
            record "/invoices/0" of "/invoices" "invoices"
              /invoices/0/number = "F-1"
              /invoices/0/lines/0/d = "x"
              /invoices/0/lines/1/d = "y"
            record "/invoices/1" of "/invoices" "invoices"
              /invoices/1/number = "F-2"
            heading "" of "/invoices" "invoices"
              /count = "2" (number)
              /tags/0 = "p"
              /tags/1 = "q"
        "#]],
    );
    check(
        "deep.json",
        r#"{"data":{"page":1,"user":{"tickets":[{"id":1},{"id":2}],"locale":"fr"}},"meta":{"version":3}}"#,
        expect![[r#"
            json Read, 2 records
            heading "/data" of "/data/user/tickets" "tickets"
              /data/page = "1" (number)
            record "/data/user/tickets/0" of "/data/user/tickets" "tickets"
              /data/user/tickets/0/id = "1" (number)
            record "/data/user/tickets/1" of "/data/user/tickets" "tickets"
              /data/user/tickets/1/id = "2" (number)
            heading "/data/user" of "/data/user/tickets" "tickets"
              /data/user/locale = "fr"
            heading "" of "/data/user/tickets" "tickets"
              /meta/version = "3" (number)
        "#]],
    );
}

#[test]
fn one_thing_is_one_record() {
    check(
        "t.json",
        r#"{"id":5,"subject":"Panne","messages":[{"body":"a"},{"body":"b"}]}"#,
        expect![[r#"
        json Read, 1 records
        record "" of "" ""
          /id = "5" (number)
          /subject = "Panne"
          /messages/0/body = "a"
          /messages/1/body = "b"
    "#]],
    );
    check(
        "p.json",
        r#"{"name":"Ada","email":"ada@example.org","prefs":{"lang":"fr"},"token":"x"}"#,
        expect![[r#"
        json Read, 1 records
        record "" of "" ""
          /name = "Ada"
          /email = "ada@example.org"
          /prefs/lang = "fr"
          /token = "x"
    "#]],
    );
    check(
        "chat.json",
        r#"{"participants":[{"name":"Ada"},{"name":"Moi"}],"messages":[{"t":1,"c":"x"},{"t":2,"c":"y"}],"title":"Ada","thread_path":"inbox/ada"}"#,
        expect![[r#"
            json Read, 2 records
            heading "" of "/messages" "messages"
              /participants/0/name = "Ada"
              /participants/1/name = "Moi"
            record "/messages/0" of "/messages" "messages"
              /messages/0/t = "1" (number)
              /messages/0/c = "x"
            record "/messages/1" of "/messages" "messages"
              /messages/1/t = "2" (number)
              /messages/1/c = "y"
            heading "" of "/messages" "messages"
              /title = "Ada"
              /thread_path = "inbox/ada"
        "#]],
    );
}

#[test]
fn a_map_of_like_things_is_a_list() {
    check(
        "m.json",
        r#"{"u1":{"n":"a","m":1},"u/2":{"n":"b","m":2},"u3":{"n":"c"}}"#,
        expect![[r#"
            json Read, 3 records
            record "/u1" of "" ""
              /u1/key = "u1"
              /u1/n = "a"
              /u1/m = "1" (number)
            record "/u~12" of "" ""
              /u~12/key = "u/2"
              /u~12/n = "b"
              /u~12/m = "2" (number)
            record "/u3" of "" ""
              /u3/key = "u3"
              /u3/n = "c"
        "#]],
    );
    check(
        "c.json",
        r#"{"consents":{"ads":{"granted":true,"at":"d1"},"mail":{"granted":false,"at":"d2"},"sms":{"granted":true,"at":"d3"}}}"#,
        expect![[r#"
            json Read, 3 records
            record "/consents/ads" of "/consents" "consents"
              /consents/ads/key = "ads"
              /consents/ads/granted = "true" (bool)
              /consents/ads/at = "d1"
            record "/consents/mail" of "/consents" "consents"
              /consents/mail/key = "mail"
              /consents/mail/granted = "false" (bool)
              /consents/mail/at = "d2"
            record "/consents/sms" of "/consents" "consents"
              /consents/sms/key = "sms"
              /consents/sms/granted = "true" (bool)
              /consents/sms/at = "d3"
        "#]],
    );
    check(
        "w.json",
        r#"{"profile":{"name":"Ada"},"billing":{"iban":"x"},"prefs":{"dark":true}}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /profile/name = "Ada"
              /billing/iban = "x"
              /prefs/dark = "true" (bool)
        "#]],
    );
}

#[test]
fn scalars_and_nothing() {
    check(
        "e1.json",
        "   \n",
        expect![[r#"
        empty Empty, 0 records
    "#]],
    );
    check(
        "e2.json",
        "null",
        expect![[r#"
        json Read, 0 records
    "#]],
    );
    check(
        "e3.json",
        "[]",
        expect![[r#"
        json Read, 0 records
    "#]],
    );
    check(
        "e4.json",
        "{}",
        expect![[r#"
        json Read, 0 records
    "#]],
    );
    check(
        "e5.json",
        "\"jscalar\"",
        expect![[r#"
        json Read, 1 records
        record "" of "" ""
          /value = "jscalar"
    "#]],
    );
}

#[test]
fn loose_and_broken_files_keep_their_text() {
    check(
        "c.json",
        "// comment\n{\"a\":\"jloosea\",}",
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /a = "jloosea"
            odd loose_json: a comment stands in the file, behind byte 0
            odd loose_json: the file is not strict JSON, at byte 26
        "#]],
    );
    check(
        "s.json",
        "{'a':'jlooseb'}",
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /a = "jlooseb"
            odd loose_json: the file is not strict JSON, at byte 1
            odd loose_json: the file is not strict JSON, at byte 5
        "#]],
    );
    check(
        "t.json",
        "{\"a\":\"jloosec\"} trailing",
        expect![[r#"
        json Read, 1 records
        record "" of "" ""
          /a = "jloosec"
        heading "" of "" ""
           = "trailing"
        odd text_after_end: the value ends at byte 16, and "trailing" follows
    "#]],
    );
    check(
        "h.json",
        "{\"a\":\"jloosed\",\"b\":[1,2",
        expect![[r#"
            json Partly, 1 records
            record "" of "" ""
              /a = "jloosed"
              /b/0 = "1" (number)
              /b/1 = "2" (number)
            odd truncated: the file ends in the middle of a value, at byte 23
        "#]],
    );
    check(
        "k.json",
        "{a:\"jloosee\"}",
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /a = "jloosee"
            odd loose_json: the file is not strict JSON, at byte 1
        "#]],
    );
    check(
        "l.json",
        "[{\"a\":1},{\"a\":2},{\"a\":\"cut of",
        expect![[r#"
        json Partly, 3 records
        record "/0" of "" ""
          /0/a = "1" (number)
        record "/1" of "" ""
          /1/a = "2" (number)
        record "/2" of "" ""
          /2/a = "cut of"
        odd truncated at /2: the file ends in the middle of a value, at byte 22
        odd truncated at /2: the file ends in the middle of a value, at byte 29
        odd truncated: the file ends in the middle, after 29 bytes
    "#]],
    );
    check(
        "m.json",
        "[{\"a\":1} {\"a\":2]",
        expect![[r#"
            json Partly, 2 records
            record "/0" of "" ""
              /0/a = "1" (number)
            record "/1" of "" ""
              /1/a = "2" (number)
            odd loose_json: a comma is missing, before byte 9
            odd unexpected_text at /1: text stands where no value is expected, at byte 15
            odd truncated at /1: the file ends in the middle of a value, at byte 16
            odd truncated: the file ends in the middle, after 16 bytes
        "#]],
    );
    check(
        "n.json",
        "[1,,2,]",
        expect![[r#"
            json Read, 2 records
            record "/0" of "" ""
              /0/value = "1" (number)
            record "/1" of "" ""
              /1/value = "2" (number)
            odd loose_json: a comma has nothing behind it, before byte 6
        "#]],
    );
}

#[test]
fn odd_values_stay_as_written() {
    check(
        "nan.json",
        r#"{"a":NaN,"b":-Infinity,"c":12345678901234567890123,"d":1e400,"e":-0}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /a = "NaN" (number)
              /b = "-Infinity" (number)
              /c = "12345678901234567890123" (number)
              /d = "1e400" (number)
              /e = "-0" (number)
            odd not_a_number: a number is not a number or infinite, at byte 5
            odd not_a_number: a number is not a number or infinite, at byte 13
        "#]],
    );
    check(
        "dup.json",
        r#"{"email":"first","email":"second","x":{"a":"third","a":1}}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /email = "first"
              /email~2 = "second"
              /x/a = "third"
              /x/a~2 = "1" (number)
            odd duplicate_key: an object has the same key twice; both are kept, at byte 17
            odd duplicate_key: an object has the same key twice; both are kept, at byte 51
        "#]],
    );
    check(
        "sur.json",
        r#"{"a":"\ud800 one","b":"\udc00\ud800 two","\ud83d":"key","ok":"\ud83d\ude00 \u00e9\n\q"}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /a = "� one"
              /b = "�� two"
              /� = "key"
              /ok = "😀 é\n\\q"
            odd lone_surrogate: half of a surrogate pair is no character, at byte 5
            odd lone_surrogate: half of a surrogate pair is no character, at byte 22
            odd lone_surrogate: half of a surrogate pair is no character, at byte 41
        "#]],
    );
    check(
        "ctl.json",
        "{\"c\":\"tab\tand\nnewline\",\"d\":1}",
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /c = "tab\tand\nnewline"
              /d = "1" (number)
            odd control_in_string: a string has a control character as it is, at byte 9
        "#]],
    );
}

#[test]
fn a_script_that_assigns_json() {
    check(
        "tweets.js",
        "window.YTD.tweets.part0 = [ {\"tweet\":{\"full_text\":\"jytd\"}} ]",
        expect![[r#"
        json Read, 1 records
        record "/0" of "" ""
          /0/tweet/full_text = "jytd"
    "#]],
    );
}

#[test]
fn lines_of_json() {
    check(
        "log.jsonl",
        "{\"t\":\"one\"}\n{\"t\":\"two\",\"n\":[{\"a\":1}]}\r\n{\"t\":\"bad\" oops}\n\n  {\"t\":\"five\"}",
        expect![[r#"
            ndjson Read, 4 records
            record "line=1" of "" ""
              line=1/t = "one"
            record "line=2" of "" ""
              line=2/t = "two"
              line=2/n/0/a = "1" (number)
            record "line=3" of "" ""
              line=3/text = "{\"t\":\"bad\" oops}"
            record "line=5" of "" ""
              line=5/t = "five"
            odd broken_line at line=3: line 3 is not valid JSON and is kept as text
        "#]],
    );
    check(
        "nameless",
        "{\"t\":1}\n{\"t\":2}\n",
        expect![[r#"
        ndjson Read, 2 records
        record "line=1" of "" ""
          line=1/t = "1" (number)
        record "line=2" of "" ""
          line=2/t = "2" (number)
    "#]],
    );
    check(
        "one.ndjson",
        "{\"t\":1}",
        expect![[r#"
        ndjson Read, 1 records
        record "line=1" of "" ""
          line=1/t = "1" (number)
    "#]],
    );
}

#[test]
fn values_one_after_another() {
    check(
        "c.json",
        "{\"a\":1}{\"a\":2}\n\n{\"a\":{\"b\":3}}",
        expect![[r#"
        json Read, 3 records
        record "/0" of "" ""
          /0/a = "1" (number)
        record "/1" of "" ""
          /1/a = "2" (number)
        record "/2" of "" ""
          /2/a/b = "3" (number)
        odd several_values: the file holds several values one after another
    "#]],
    );
    check(
        "comma.json",
        "{\"items\":[{\"a\":1},{\"a\":2,},]}",
        expect![[r#"
        json Read, 2 records
        record "/items/0" of "/items" "items"
          /items/0/a = "1" (number)
        record "/items/1" of "/items" "items"
          /items/1/a = "2" (number)
        odd loose_json at /items/1: the file is not strict JSON, at byte 25
        odd loose_json: a comma has nothing behind it, before byte 27
    "#]],
    );
}

#[test]
fn a_heading_holds_members_and_nothing_else() {
    check(
        "j.json",
        "{\"items\":[{\"a\":1}],\"n\":1,\"x\" \"y\":2}",
        expect![[r#"
            json Read, 1 records
            record "/items/0" of "/items" "items"
              /items/0/a = "1" (number)
            heading "" of "/items" "items"
              /n = "1" (number)
            heading "" of "/items" "items"
               = "\""
            heading "" of "/items" "items"
               = "x"
            heading "" of "/items" "items"
               = "\""
            heading "" of "/items" "items"
              /y = "2" (number)
            odd unexpected_text: "\"" stands where no value is expected, at byte 25
            odd unexpected_text: "x" stands where no value is expected, at byte 26
            odd unexpected_text: "\"" stands where no value is expected, at byte 27
            odd loose_json: a comma is missing, before byte 26
            odd loose_json: a comma is missing, before byte 27
            odd loose_json: a comma is missing, before byte 29
        "#]],
    );
}

#[test]
fn one_person_is_one_record() {
    check(
        "Profile.json",
        r#"{"name":{"given":"Ada"},"displayName":"Ada Byron","emails":[{"value":"ada@example.org"}]}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /name/given = "Ada"
              /displayName = "Ada Byron"
              /emails/0/value = "ada@example.org"
        "#]],
    );
    check(
        "receipt.json",
        r#"{"version":"1","consentReceiptID":"c1","controllers":[{"name":"X"}],"services":[{"service":"S"}]}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /version = "1"
              /consentReceiptID = "c1"
              /controllers/0/name = "X"
              /services/0/service = "S"
        "#]],
    );
}

#[test]
fn objects_of_empty_lists_are_no_records() {
    check(
        "a.json",
        r#"{"Logins":{"List":[{"IP":"192.0.2.1"}]},"Gifts":{"Sent":{"Sent":[]},"Bought":[]}}"#,
        expect![[r#"
            json Read, 1 records
            record "/Logins/List/0" of "/Logins/List" "List"
              /Logins/List/0/IP = "192.0.2.1"
        "#]],
    );
}

#[test]
fn what_stands_in_front_of_json_is_no_part_of_it() {
    for (name, text, records) in [
        ("a.js", "window.YTD.like.part0 = [{\"a\":\"found\"},{\"a\":2}]", 2),
        ("b.js", "var x = [{\"a\":\"found\"},{\"a\":2}];\n", 2),
        ("c.js", "export default {\"orders\":[{\"a\":\"found\"},{\"a\":2}]};", 2),
        ("d.json", "/**/cb_1([{\"a\":\"found\"},{\"a\":2}]);", 2),
        ("e", "callback({\"a\":\"found\"})", 1),
        ("f.json", ")]}',\n[{\"a\":\"found\"},{\"a\":2}]", 2),
        ("g.json", "for (;;);{\"a\":\"found\"}", 1),
        ("h.txt", "while(1);[{\"a\":\"found\"},{\"a\":2},{\"a\":3}]", 3),
        ("i.js", "window.YTD.a.part0 = [{\"a\":\"found\"}]\nwindow.YTD.a.part1 = [{\"a\":2},{\"a\":3}]", 3),
    ] {
        let (reading, all) = rows(name, text.as_bytes());
        assert_eq!((reading.records, reading.oddities.len()), (records, 0), "{name}: {:?}", reading.oddities);
        assert_eq!(reading.layout.format.word(), "json", "{name}");
        assert!(all.iter().any(|r| r.values().any(|v| v.text == "found")), "{name}");
        drop_by_drop(name, text.as_bytes(), &all);
    }
}

#[test]
fn several_values_in_a_file_are_all_read() {
    check(
        "parts.json",
        "[{\"a\":1}]\n[{\"a\":2},{\"a\":3}]",
        expect![[r#"
        json Read, 3 records
        record "/0" of "" ""
          /0/a = "1" (number)
        record "/1" of "" ""
          /1/a = "2" (number)
        record "/2" of "" ""
          /2/a = "3" (number)
        odd several_values: the file holds several values one after another
    "#]],
    );
    check(
        "vars.js",
        "var a = [{\"x\":1}];\nvar b = {\"list\":[{\"y\":1},{\"y\":2}],\"n\":1};",
        expect![[r#"
            json Read, 3 records
            record "/0" of "" ""
              /0/x = "1" (number)
            record "/b/list/0" of "/b/list" "list"
              /b/list/0/y = "1" (number)
            record "/b/list/1" of "/b/list" "list"
              /b/list/1/y = "2" (number)
            heading "/b" of "/b/list" "list"
              /b/n = "1" (number)
        "#]],
    );
    check(
        "twice.json",
        "{\"list\":[{\"a\":1}],\"n\":1,\"n\":2,\"list\":[{\"a\":2}]}",
        expect![[r#"
        json Read, 2 records
        record "/list/0" of "/list" "list"
          /list/0/a = "1" (number)
        heading "" of "/list~2" "list"
          /n = "1" (number)
          /n~2 = "2" (number)
        record "/list~2/0" of "/list~2" "list"
          /list~2/0/a = "2" (number)
        odd duplicate_key: an object has the same key twice; both are kept, at byte 24
        odd duplicate_key at /list: an object has the same key twice; both are kept, at byte 30
    "#]],
    );
    check(
        "cut.jsonl",
        "{\"a\":\"one\"}\n{\"a\":\"two\",\"b\":[\"thr",
        expect![[r#"
        ndjson Partly, 2 records
        record "line=1" of "" ""
          line=1/a = "one"
        record "line=2" of "" ""
          line=2/a = "two"
          line=2/b/0 = "thr"
        odd truncated at line=2: the file ends in the middle of line 2
    "#]],
    );
}

#[test]
fn files_of_services_count_what_they_list() {
    let message = r#"{"id":1,"type":"message","from":"Bo","text":"x"}"#;
    for (name, text, records) in [
        ("result.json", format!("{{\"name\":\"Bo\",\"type\":\"personal_chat\",\"id\":4,\"messages\":[{message},{message}]}}"), 2),
        ("ticket.json", format!("{{\"id\":4,\"subject\":\"x\",\"messages\":[{message},{message}]}}"), 1),
        ("traffic.har", r#"{"log":{"version":"1.2","creator":{"name":"x"},"pages":[{"id":"p"}],"entries":[{"time":1},{"time":2}]}}"#.to_owned(), 2),
        ("places.geojson", r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point"}},{"type":"Feature"}]}"#.to_owned(), 2),
        ("words.json", r#"{"topics_v2":["chess","tea","cats"]}"#.to_owned(), 3),
        ("lists.json", r#"{"a":[{"x":1},{"x":2}],"b":["p"],"c":[]}"#.to_owned(), 3),
        ("contact.json", r#"{"emails":["a@example.org","b@example.org"],"phones":["+33 1 99 00 00 01"]}"#.to_owned(), 1),
        ("empty.json", r#"{"orders":[],"tickets":[]}"#.to_owned(), 0),
        ("ids.json", r#"{"1041":{"total":1,"at":"x"},"1042":{"total":2,"at":"y"}}"#.to_owned(), 2),
        ("uuids.json", r#"{"customers":{"550e8400-e29b-41d4-a716-446655440000":{"n":1},"550e8400-e29b-41d4-a716-446655440001":{"n":2}}}"#.to_owned(), 2),
        ("profile.json", r#"{"profile_v2":{"name":{"full_name":"Ada"},"emails":{"emails":["a@example.org"]},"family_members":[{"name":"Bo"}]}}"#.to_owned(), 1),
        ("wp.json", r#"{"Personal Data Export":{"about":{"group_label":"About","items":{"about-1":[{"name":"For","value":"a@example.org"},{"name":"On","value":"2024"}]}},"comments":{"group_label":"Comments","items":{"comment-1":[{"name":"Text","value":"x"}],"comment-2":[{"name":"Text","value":"y"}]}}}}"#.to_owned(), 3),
        ("bare.json", "{\"a\":1},\n{\"a\":2},\n{\"a\":3}\n".to_owned(), 3),
        ("bare.jsonl", "{\"a\":1},\n{\"a\":2}\n".to_owned(), 2),
        ("maps.json", r#"{"5000":{"n":1,"lines":[{"a":1},{"a":2}]},"5001":{"n":2,"lines":[{"a":1}]}}"#.to_owned(), 2),
        ("activity.json", r#"{"Activity":{"Logins":{"LoginList":[{"IP":"192.0.2.1"},{"IP":"192.0.2.2"}]},"Likes":{"LikeList":[]}},"Profile":{"Info":{"name":"ada"}}}"#.to_owned(), 3),
    ] {
        let (reading, all) = rows(name, text.as_bytes());
        assert_eq!(reading.records, records, "{name}");
        drop_by_drop(name, text.as_bytes(), &all);
    }
}

#[test]
fn letters_of_many_bytes_stand_anywhere() {
    for text in [
        "{\"a\":1,\"l\":[Ὕ''] ",
        "{\"a\":1,\"l\":[Ὕ",
        "x({\"l\":[Ὕ{}\"l\":{\"x\":1}};]\"s\"\n",
        "var b = {\"a\":1,\"l\":[Ὕ[Ὕ{\"x\":1}\n\"Ὕ\":\\",
        "{Ὕ",
        "{\"a\":Ὕ,Ὕ:Ὕ}",
        "[Ὕ,Ὕ]",
    ] {
        for name in ["a.json", "a.js"] {
            assert!(crate::check::words(name, text.as_bytes()).contains('Ὕ'), "{text}");
        }
    }
}
