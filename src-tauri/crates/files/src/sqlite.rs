//! An SQLite database: every row of every table, read from the pages themselves. No SQL is ever run, so views, triggers
//! and functions of a database can do nothing.
//!
//! File format: <https://www.sqlite.org/fileformat2.html>.

mod pages;
mod schema;

use self::pages::{Database, Payload, Text, Tree, Walk};
use self::schema::{Column, Table, table};
use crate::layout::Format;
use crate::limits;
use crate::names::Namer;
use crate::oddities::{quoted, say};
use crate::out::Out;
use crate::row::{Notation, Row, Span, ValueKind};

/// One object of the schema.
struct Object {
    kind: String,
    name: String,
    root: u32,
    sql: String,
}

/// Reads a database.
pub(crate) fn read(bytes: &[u8], out: &mut Out<'_>) {
    let Some(database) = Database::new(bytes) else {
        out.partly = true;
        let said = "it begins as an SQLite database and is none";
        return out.odd.add("database_damaged", say(said));
    };
    let told = u64::from(database.page_count) * database.page_size as u64;
    if told > bytes.len() as u64 {
        let have = bytes.len();
        out.partly = true;
        out.odd.add("cut_off", |o| {
            say(format!("the database should have {told} bytes and has {have}"))(o)
                .with("declared", told)
                .with("bytes", have)
        });
    }
    let objects = objects(&database, out);
    heading(&objects, out);
    let views = objects.iter().filter(|o| o.kind == "view").count();
    if views > 0 {
        out.odd.add("views_not_run", |o| {
            say(format!("views of the database, which show what stands in its tables, were not run: {views}"))(o)
                .with("count", views)
        });
    }
    let mut budget = limits::DATABASE_PAYLOAD + 4 * bytes.len() as u64;
    for object in objects.iter().filter(|o| o.kind == "table" && o.root > 0) {
        if !rows(&database, object, &mut budget, out) {
            return;
        }
    }
}

/// The schema: a table of its own, on the first page.
fn objects(database: &Database<'_>, out: &mut Out<'_>) -> Vec<Object> {
    let mut found = Vec::new();
    let mut budget = limits::DATABASE_PAYLOAD;
    let mut walk = Walk::new(database, 1, &mut budget);
    while let Some(cell) = walk.next() {
        let payload = Payload::new(&cell);
        let text = |n: usize| payload.value(n).map(|v| v.text(database.text).0).unwrap_or_default();
        if text(0) == "table" && text(3).starts_with('-') {
            out.partly = true;
            out.odd.add("database_damaged", |o| {
                let (table, page) = (text(1), text(3));
                say(format!("the table {} begins on page {page}, which is none", quoted(&table)))(o)
                    .with("page", page)
                    .with("table", table)
            });
        }
        found.push(Object { kind: text(0), name: text(1), root: text(3).parse().unwrap_or(0), sql: text(4) });
        if found.len() >= usize::from(limits::LISTS) {
            break;
        }
    }
    damage(&walk, "the schema", out);
    found
}

/// What is wrong with the pages of a table.
fn damage(walk: &Walk<'_, '_>, name: &str, out: &mut Out<'_>) {
    for page in &walk.bad {
        out.partly = true;
        out.odd.add("database_damaged", |o| {
            say(format!("page {page} of {name} cannot be read"))(o)
                .with("page", page)
                .with("table", name)
                .at(format!("page={page}"))
        });
    }
    if walk.spent {
        out.partly = true;
        out.odd.add("database_damaged", |o| {
            say(format!("{name} holds more than its file can: it is read up to there"))(o).with("table", name)
        });
    }
}

/// What the database says of itself, so that it can be found: a heading.
fn heading(objects: &[Object], out: &mut Out<'_>) {
    if objects.is_empty() {
        return;
    }
    let list = out.list("", "");
    out.row.span = Span { list, number: 0, heading: true, ..Span::default() };
    out.row.at.push_str("table=sqlite_schema");
    out.row.notation = Notation::Column;
    for object in objects.iter().filter(|o| !o.sql.is_empty()) {
        let field = Namer::Grow(&mut out.layout.names).path(&[&object.name]);
        out.row.push(field, ValueKind::Text, &object.sql, &[], None);
    }
    out.emit();
}

/// Hands over the rows of one table. False if the caller wants no more.
fn rows(database: &Database<'_>, object: &Object, budget: &mut u64, out: &mut Out<'_>) -> bool {
    let Table { columns, without_rowid } = table(&object.sql);
    // Bookkeeping of SQLite itself is there to be found, and is no record.
    let heading = object.name.starts_with("sqlite_");
    let mut at = String::from("table=");
    crate::row::escape_into(&mut at, &object.name);
    let list = out.list(&at, &object.name);
    let mut walk = Walk::new(database, object.root, budget);
    let (mut number, mut blobs, mut first_blob, mut invalid) = (0_u32, 0_u64, None, 0_u64);
    let (mut torn, mut first_torn) = (0_u64, None);
    while let Some(cell) = walk.next() {
        number = number.saturating_add(1);
        let mut row = std::mem::take(&mut out.row);
        row.span = Span { list, number, heading, ..Span::default() };
        row.notation = Notation::Column;
        row.at.push_str(&at);
        row.at.push_str(&match (cell.tree, without_rowid) {
            (Tree::Table, false) => format!(",rowid={}", cell.rowid),
            _ => format!(",row={number}"),
        });
        let namer = &mut Namer::Grow(&mut out.layout.names);
        let payload = Payload::new(&cell);
        if !payload.whole {
            torn += 1;
            first_torn.get_or_insert_with(|| row.at.clone());
        }
        let stored = schema::stored(&columns, cell.tree == Tree::Index);
        let width = payload.len().max(stored.len());
        for n in 0..width {
            let column: Option<&Column> = stored.get(n).and_then(|c| columns.get(*c));
            let called;
            let name = match column {
                Some(column) => column.name.as_str(),
                None => {
                    called = format!("column {}", n + 1);
                    called.as_str()
                }
            };
            let field = namer.path(&[name]);
            match payload.value(n) {
                Some(value) if value.is_null() && column.is_some_and(|c| c.is_rowid) => {
                    row.push(field, ValueKind::Number, &cell.rowid.to_string(), &[], None);
                }
                Some(value) => {
                    if let Some(size) = value.unreadable_blob() {
                        blobs += 1;
                        first_blob.get_or_insert_with(|| (row.at.clone(), name.to_owned(), size));
                    }
                    let (text, whole) = value.text(database.text);
                    invalid += u64::from(!whole);
                    row.push(field, value.kind(), &text, &[], value.bytes.clone());
                }
                // A column that was added later: rows from before have its default.
                None => {
                    if let Some(text) = column.and_then(|c| c.default.as_deref()) {
                        row.push(field, ValueKind::Text, text, &[], None);
                    }
                }
            }
        }
        let more = emit(row, out);
        if !more {
            return false;
        }
    }
    damage(&walk, &quoted(&object.name), out);
    if let Some(row) = first_torn {
        out.partly = true;
        out.odd.add("database_damaged", |o| {
            let table = quoted(&object.name);
            say(format!("rows of the table {table} that hold less than they say: {torn}"))(o)
                .with("count", torn)
                .with("table", &object.name)
                .at(row)
        });
    }
    if let Some((row, column, size)) = first_blob {
        out.odd.add("blobs_not_read", |o| {
            let table = quoted(&object.name);
            say(format!("binary values of the table {table}: {blobs}, the first of {size} bytes"))(o)
                .with("count", blobs)
                .with("table", &object.name)
                .with("bytes", size)
                .at(format!("{row},col={column}"))
        });
    }
    if invalid > 0 {
        out.odd.add("invalid_bytes", |o| {
            let table = quoted(&object.name);
            say(format!("values of the table {table} that are no valid text: {invalid}"))(o)
                .with("count", invalid)
                .with("encoding", if database.text == Text::Utf8 { "UTF-8" } else { "UTF-16" })
        });
    }
    true
}

fn emit(row: Row, out: &mut Out<'_>) -> bool {
    out.row = row;
    out.emit()
}

/// The files that SQLite writes beside a database.
pub(crate) fn beside(head: &[u8]) -> Option<Format> {
    let starts = |bytes: &[u8]| head.starts_with(bytes);
    (starts(b"\x37\x7F\x06\x82")
        || starts(b"\x37\x7F\x06\x83")
        || starts(b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7"))
    .then_some(Format::SqliteJournal)
}
