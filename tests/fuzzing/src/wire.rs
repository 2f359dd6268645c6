//! Messages of a worker that was taken over: what the other side does with whatever it is told must hold.

use files::wire::{Receiver, Sender};
use files::{Kept, Layout, Reading, Row, read, read_again, source};

use crate::file;

/// The bytes of the entry that the messages claim to be about.
const ENTRY: &[u8] = b"{\"a\":[1,\"two\",{\"b\":null}]}\nname;value\nx;\"y\"\n<p>z</p>\r\n\xFF\xFE";

/// Takes messages, each with its length before it in three bytes.
pub(crate) fn any(data: &[u8]) {
    let mut receiver = Receiver::default();
    let (mut rows, mut rest) = (Vec::new(), data);
    let mut layout = None;
    while let Some((length, more)) = rest.split_first_chunk::<3>() {
        let [a, b, c] = length.map(usize::from);
        let length = (a | b << 8 | c << 16).min(more.len());
        let (message, more) = more.split_at(length);
        rest = more;
        let took = receiver.take(message, &mut |layout, row| {
            used(layout, row);
            rows.push(row.clone());
            rows.len() < 1000
        });
        match took {
            Ok(None) => {}
            Ok(Some(reading)) => {
                file::as_records("a", &reading, &rows);
                layout = Some(reading.layout);
                break;
            }
            Err(_) => break,
        }
    }
    // A layout may come after rows that it does not fit: each was shown to whoever listened with the one of its time.
    let layout = layout.unwrap_or_else(|| receiver.into_layout());
    let mut kept = Kept::default();
    (0..).zip(&rows).for_each(|(number, row)| kept.push(number, row));
    for (number, row) in (0..).zip(&rows) {
        assert_eq!(kept.row(number).as_ref(), Some(row), "a row that is kept comes back");
        used(&layout, row);
    }
}

/// What the program does with a row: it shows its places, and reads it again from the bytes where it claims to stand.
fn used(layout: &Layout, row: &Row) {
    let span = row.span.bytes();
    assert!(span.start <= span.end);
    let inside = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(ENTRY.len());
    let mut again = Row::default();
    read_again(layout, &row.span, &ENTRY[inside(span.start)..inside(span.end)], &mut again);
    files::shown_row(layout, row, &row.at);
    for value in row.values() {
        let at = row.place(value, &layout.names);
        files::shown_row(layout, row, &at);
        let (from, to) = value.bytes.unwrap_or((span.start, span.end));
        let shown = source(layout, ENTRY, 0, from..to);
        assert!(shown.from <= shown.to && shown.to <= shown.text.chars().count(), "a mark lies in the text");
    }
}

/// What an honest worker says of a file.
pub(crate) fn messages(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (mut sender, mut messages) = (Sender::default(), Vec::new());
    let reading: Reading = read(name, &mut &*bytes, None, &mut |layout, row| {
        messages.extend(sender.row(layout, row));
        true
    });
    messages.extend(sender.end(&reading));
    let mut out = Vec::new();
    for message in messages {
        out.extend(&u32::try_from(message.len()).unwrap_or(u32::MAX).to_le_bytes()[..3]);
        out.extend(message);
    }
    out
}
