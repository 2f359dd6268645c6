//! Databases: made by hand, page by page, so that every place in them is known.

use expect_test::expect;

use crate::check::{check, codes};

const PAGE: usize = 512;

fn varint(mut n: u64) -> Vec<u8> {
    let mut out = vec![(n & 0x7F) as u8];
    n >>= 7;
    while n > 0 {
        out.insert(0, (n & 0x7F) as u8 | 0x80);
        n >>= 7;
    }
    out
}

/// A value as SQLite stores it.
enum V<'a> {
    Null,
    Int(i32),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

fn record(values: &[V<'_>]) -> Vec<u8> {
    let (mut kinds, mut body) = (Vec::new(), Vec::new());
    for value in values {
        let (kind, bytes): (u64, Vec<u8>) = match value {
            V::Null => (0, Vec::new()),
            V::Int(0) => (8, Vec::new()),
            V::Int(n) => (4, n.to_be_bytes().to_vec()),
            V::Real(n) => (7, n.to_be_bytes().to_vec()),
            V::Text(text) => (13 + 2 * text.len() as u64, text.as_bytes().to_vec()),
            V::Bytes(bytes) => (12 + 2 * bytes.len() as u64, bytes.to_vec()),
        };
        kinds.extend(varint(kind));
        body.extend(bytes);
    }
    let mut out = varint(kinds.len() as u64 + 1);
    out.extend(kinds);
    out.extend(body);
    out
}

fn cell(rowid: u64, values: &[V<'_>]) -> Vec<u8> {
    let record = record(values);
    [varint(record.len() as u64), varint(rowid), record].concat()
}

/// A page of a tree: cells are laid from its end.
fn page(kind: u8, right: Option<u32>, cells: &[Vec<u8>], header: usize) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let mut end = PAGE;
    let mut pointers = Vec::new();
    for cell in cells {
        end -= cell.len();
        page[end..end + cell.len()].copy_from_slice(cell);
        pointers.extend(u16::try_from(end).expect("small").to_be_bytes());
    }
    page[header] = kind;
    page[header + 3..header + 5].copy_from_slice(&u16::try_from(cells.len()).expect("few").to_be_bytes());
    let mut at = header + 8;
    if let Some(right) = right {
        page[at..at + 4].copy_from_slice(&right.to_be_bytes());
        at += 4;
    }
    page[at..at + pointers.len()].copy_from_slice(&pointers);
    page
}

/// A database of these tables: name, root page, and how it was created; then its other pages.
fn database(objects: &[(&str, &str, i32, &str)], pages: &[Vec<u8>]) -> Vec<u8> {
    let cells: Vec<Vec<u8>> = (1..)
        .zip(objects)
        .map(|(n, (kind, name, root, sql))| {
            cell(n, &[V::Text(kind), V::Text(name), V::Text(name), V::Int(*root), V::Text(sql)])
        })
        .collect();
    let mut first = page(0x0D, None, &cells, 100);
    first[..16].copy_from_slice(b"SQLite format 3\0");
    first[16..18].copy_from_slice(&u16::try_from(PAGE).expect("small").to_be_bytes());
    first[28..32].copy_from_slice(&u32::try_from(pages.len() + 1).expect("few").to_be_bytes());
    first[56..60].copy_from_slice(&1_u32.to_be_bytes());
    [first, pages.concat()].concat()
}

const MESSAGES: &str =
    "CREATE TABLE messages(id INTEGER PRIMARY KEY, body TEXT, price REAL, flag DEFAULT 'non')";

#[test]
fn rows_of_a_table_with_their_places() {
    let rows = [
        cell(1, &[V::Null, V::Text("Où en est ma facture ?"), V::Real(120.5), V::Int(0)]),
        cell(7, &[V::Null, V::Text("Elle est payée."), V::Null]),
    ];
    let bytes = database(&[("table", "messages", 2, MESSAGES)], &[page(0x0D, None, &rows, 0)]);
    check(
        "chat.db",
        bytes,
        expect![[r#"
            sqlite Read, 2 records
            heading "table=sqlite_schema" of "" ""
              table=sqlite_schema,col=messages = "CREATE TABLE messages(id INTEGER PRIMARY KEY, body TEXT, pri"
            record "table=messages,rowid=1" of "table=messages" "messages"
              table=messages,rowid=1,col=id = "1" (number)
              table=messages,rowid=1,col=body = "Où en est ma facture ?"
              table=messages,rowid=1,col=price = "120.5" (number)
              table=messages,rowid=1,col=flag = "0" (number)
            record "table=messages,rowid=7" of "table=messages" "messages"
              table=messages,rowid=7,col=id = "7" (number)
              table=messages,rowid=7,col=body = "Elle est payée."
              table=messages,rowid=7,col=price = "" (null)
              table=messages,rowid=7,col=flag = "non"
        "#]],
    );
}

#[test]
fn a_deep_tree_overflow_pages_and_a_table_without_row_ids() {
    let long = "texte ".repeat(200);
    let full = cell(2, &[V::Text(&long), V::Text("fin")]);
    // Of a payload too long for its page, the rest lies on pages of its own.
    let size = record(&[V::Text(&long), V::Text("fin")]).len();
    let (usable, least) = (PAGE, (PAGE - 12) * 32 / 255 - 23);
    let fitting = least + (size - least) % (usable - 4);
    let local = if fitting <= usable - 35 { fitting } else { least };
    let lead = full.len() - size;
    let mut cut = full[..lead + local].to_vec();
    cut.extend(6_u32.to_be_bytes());
    let rest: Vec<u8> = full[lead + local..].to_vec();
    let parts: Vec<&[u8]> = rest.chunks(usable - 4).collect();
    let overflow: Vec<Vec<u8>> = (0..)
        .zip(&parts)
        .map(|(n, part): (u32, _)| {
            let next = if (n as usize) + 1 < parts.len() { 7 + n } else { 0 };
            let mut page = next.to_be_bytes().to_vec();
            page.extend_from_slice(part);
            page.resize(PAGE, 0);
            page
        })
        .collect();
    let child = |page: u32, key: u64| [page.to_be_bytes().to_vec(), varint(key)].concat();
    let index = |values: &[V<'_>]| {
        let record = record(values);
        [varint(record.len() as u64), record].concat()
    };
    let mut pages = vec![
        page(0x05, Some(4), &[child(3, 1)], 0),
        page(0x0D, None, &[cell(1, &[V::Text("début"), V::Text("a")])], 0),
        page(0x0D, None, &[cut], 0),
        page(0x0A, None, &[index(&[V::Text("fr"), V::Int(12), V::Bytes(b"\x00\xFF")])], 0),
    ];
    pages.extend(overflow);
    let bytes = database(
        &[
            ("table", "notes", 2, "CREATE TABLE notes(text, end)"),
            ("table", "words", 5, "CREATE TABLE words(n, word, raw, PRIMARY KEY(word)) WITHOUT ROWID"),
            ("view", "all", 0, "CREATE VIEW all AS SELECT * FROM notes"),
        ],
        &pages,
    );
    check(
        "notes.sqlite",
        bytes,
        expect![[r#"
            sqlite Read, 3 records
            heading "table=sqlite_schema" of "" ""
              table=sqlite_schema,col=notes = "CREATE TABLE notes(text, end)"
              table=sqlite_schema,col=words = "CREATE TABLE words(n, word, raw, PRIMARY KEY(word)) WITHOUT "
              table=sqlite_schema,col=all = "CREATE VIEW all AS SELECT * FROM notes"
            record "table=notes,rowid=1" of "table=notes" "notes"
              table=notes,rowid=1,col=text = "début"
              table=notes,rowid=1,col=end = "a"
            record "table=notes,rowid=2" of "table=notes" "notes"
              table=notes,rowid=2,col=text = "texte texte texte texte texte texte texte texte texte texte "
              table=notes,rowid=2,col=end = "fin"
            record "table=words,row=1" of "table=words" "words"
              table=words,row=1,col=word = "fr"
              table=words,row=1,col=n = "12" (number)
              table=words,row=1,col=raw = "(2 bytes)"
            odd views_not_run: views of the database, which show what stands in its tables, were not run: 1
            odd blobs_not_read at table=words,row=1,col=raw: binary values of the table "words": 1, the first of 2 bytes
        "#]],
    );
}

#[test]
fn damage_costs_its_page_alone() {
    let child = |page: u32, key: u64| [page.to_be_bytes().to_vec(), varint(key)].concat();
    let leaf = |n: u64, text: &str| page(0x0D, None, &[cell(n, &[V::Text(text)])], 0);
    // The second child is the page itself, the third is noise.
    let pages = [
        page(0x05, Some(5), &[child(3, 1), child(2, 2), child(4, 3)], 0),
        leaf(1, "avant"),
        vec![0xAA; PAGE],
        leaf(4, "après"),
    ];
    let bytes = database(&[("table", "t", 2, "CREATE TABLE t(x)")], &pages);
    check(
        "t.db",
        &bytes,
        expect![[r#"
            sqlite Partly, 2 records
            heading "table=sqlite_schema" of "" ""
              table=sqlite_schema,col=t = "CREATE TABLE t(x)"
            record "table=t,rowid=1" of "table=t" "t"
              table=t,rowid=1,col=x = "avant"
            record "table=t,rowid=4" of "table=t" "t"
              table=t,rowid=4,col=x = "après"
            odd database_damaged at page=2: page 2 of "t" cannot be read
            odd database_damaged at page=4: page 4 of "t" cannot be read
        "#]],
    );
    assert_eq!(codes("t.db", &bytes[..bytes.len() - PAGE]), ["cut_off", "database_damaged"]);
    assert_eq!(codes("t.db", &bytes[..90]), ["database_damaged"]);
}
