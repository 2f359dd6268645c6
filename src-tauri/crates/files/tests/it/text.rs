//! Plain text and logs.

use expect_test::expect;

use crate::check::{check, rows};

#[test]
fn a_text_is_one_record() {
    check(
        "README.txt",
        "Hello\n\nFirst line\nsecond line\n\n\n  Third block\n",
        expect![[r#"
        text Read, 1 records
        record "" of "" ""
          line=1 = "Hello"
          line=3 = "First line\nsecond line"
          line=7 = "Third block"
    "#]],
    );
    check(
        "a.md",
        "# Title\r\n\r\nText, with a [link](x).\r\n",
        expect![[r##"
        markdown Read, 1 records
        record "" of "" ""
          line=1 = "# Title"
          line=3 = "Text, with a [link](x)."
    "##]],
    );
}

#[test]
fn a_log_is_its_lines() {
    check(
        "app.log",
        "2024-01-01 10:00:00 started\n2024-01-01 10:00:01 login ada@example.org\n\n2024-01-01 10:00:02 stopped",
        expect![[r#"
            text Read, 3 records
            record "line=1" of "" ""
              line=1 = "2024-01-01 10:00:00 started"
            record "line=2" of "" ""
              line=2 = "2024-01-01 10:00:01 login ada@example.org"
            record "line=4" of "" ""
              line=4 = "2024-01-01 10:00:02 stopped"
        "#]],
    );
}

#[test]
fn a_long_text_counts_once() {
    let text = "A paragraph of some length.\nIt has two lines.\n\n".repeat(20_000);
    let (reading, all) = rows("long.txt", text.as_bytes());
    assert_eq!(reading.records, 1);
    assert!(all.len() > 2);
    assert_eq!(all[1].at, format!("line={}", all[1].span.number));
    let values: usize = all.iter().map(files::Row::len).sum();
    assert_eq!(values, 20_000);
}

#[test]
fn parts_of_one_long_line_have_places_of_their_own() {
    let text = "words without an end ".repeat(60_000);
    let (reading, all) = rows("one-line.txt", text.as_bytes());
    assert_eq!(reading.records, 1);
    assert!(all.len() > 2, "the line is cut into rows");
    let mut places = std::collections::HashSet::new();
    for row in &all {
        for value in row.values() {
            let place = row.place(value, &reading.layout.names);
            assert!(places.insert(place.clone()), "{place} is there once");
        }
    }
}
