//! A reading sent from one process to another, message by message. Whoever receives trusts nothing in it.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use archive::Oddity;
use serde::{Deserialize, Serialize};

use crate::layout::{Decoding, Format, Layout, List, Table};
use crate::names::{Grown, Known};
use crate::picture::{NoPicture, Picture};
use crate::read::{Reading, Status};
use crate::row::Row;

/// Rows are sent together until they weigh this much: fewer calls, and still soon enough to look at once.
const BATCH: usize = 64 << 10;

/// What was found out since the last message.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    format: Format,
    decoding: Decoding,
    table: Option<Table>,
    /// The lists from this one on are these.
    first_list: u16,
    lists: Vec<List>,
    names: Grown,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    status: Status,
    records: u64,
    oddities: Vec<Told>,
}

/// An oddity, in words of its own.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    code: String,
    message: String,
    args: Vec<(String, String)>,
    at: Option<String>,
}

/// Rows follow.
const ROWS: u8 = 0;

/// The reading is over.
const END: u8 = 1;

/// Turns a reading into messages.
#[derive(Debug, Default)]
pub struct Sender {
    rows: Vec<u8>,
    names: Known,
    lists: Vec<List>,
}

impl Sender {
    /// Takes one more row; the message to send, once enough are together.
    pub fn row(&mut self, layout: &Layout, row: &Row) -> Option<Vec<u8>> {
        row.pack(&mut self.rows);
        (self.rows.len() >= BATCH).then(|| self.flush(layout))
    }

    fn flush(&mut self, layout: &Layout) -> Vec<u8> {
        let mut message = vec![ROWS];
        self.step(layout, &mut message);
        message.append(&mut self.rows);
        message
    }

    /// The last message, or the last two.
    pub fn end(mut self, reading: &Reading) -> Vec<Vec<u8>> {
        let mut messages = Vec::new();
        if !self.rows.is_empty() {
            messages.push(self.flush(&reading.layout));
        }
        let mut last = vec![END];
        self.step(&reading.layout, &mut last);
        let told = |o: &Oddity| Told {
            code: o.code.to_owned(),
            message: o.message.clone(),
            args: o.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            at: o.at.clone(),
        };
        let end = End {
            status: reading.status,
            records: reading.records,
            oddities: reading.oddities.iter().map(told).collect(),
        };
        put(&end, &mut last);
        messages.push(last);
        messages
    }

    /// What is new in the layout.
    fn step(&mut self, layout: &Layout, out: &mut Vec<u8>) {
        let Layout { format, decoding, names, table, lists } = layout;
        let same = self.lists.iter().zip(lists).take_while(|(a, b)| a == b).count();
        self.lists.truncate(same);
        self.lists.extend_from_slice(&lists[same..]);
        let step = Step {
            format: *format,
            decoding: *decoding,
            table: table.clone(),
            first_list: u16::try_from(same).unwrap_or(u16::MAX),
            lists: self.lists[same..].to_vec(),
            names: names.grown(&mut self.names),
        };
        put(&step, out);
    }
}

/// A picture, or why there is none, as a message.
pub fn put_picture(picture: &Result<Picture, NoPicture>) -> Vec<u8> {
    let mut message = Vec::new();
    put(picture, &mut message);
    message
}

/// Takes such a message.
///
/// # Errors
///
/// No picture was sent like this: its sizes do not agree, or exceed what is drawn.
pub fn take_picture(message: &[u8]) -> Result<Result<Picture, NoPicture>, Garbled> {
    let (picture, _) = take::<Result<Picture, NoPicture>>(message)?;
    if picture.as_ref().is_ok_and(|p| !p.is_sound()) { Err(Garbled) } else { Ok(picture) }
}

/// Appends a value, with its length before it.
fn put(value: &impl Serialize, out: &mut Vec<u8>) {
    // Writing to memory cannot fail, and every type here can be written.
    let bytes = postcard::to_allocvec(value).unwrap_or_default();
    out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(&bytes);
}

/// A value that was appended, and what follows it.
fn take<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8]), Garbled> {
    let (len, rest) = bytes.split_first_chunk::<4>().ok_or(Garbled)?;
    let len = usize::try_from(u32::from_le_bytes(*len)).map_err(|_| Garbled)?;
    let (value, rest) = rest.split_at_checked(len).ok_or(Garbled)?;
    Ok((postcard::from_bytes(value).map_err(|_| Garbled)?, rest))
}

/// A message that no reading can have sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Garbled;

/// Turns messages back into a reading.
#[derive(Debug, Default)]
pub struct Receiver {
    layout: Layout,
    row: Row,
}

impl Receiver {
    /// Takes a message; hands its rows to `row` until that wants no more. Gives the reading with the last message.
    ///
    /// # Errors
    ///
    /// The message is none.
    pub fn take(
        &mut self,
        message: &[u8],
        row: &mut dyn FnMut(&Layout, &Row) -> bool,
    ) -> Result<Option<Reading>, Garbled> {
        let (kind, rest) = message.split_first().ok_or(Garbled)?;
        let (step, mut rest) = take::<Step>(rest)?;
        self.learn(step)?;
        match *kind {
            ROWS => {
                while !rest.is_empty() {
                    let took = self.row.unpack(rest).ok_or(Garbled)?;
                    let known = self.row.values().all(|v| (v.field.0 as usize) < self.layout.names.len());
                    let listed = usize::from(self.row.span.list) < self.layout.lists.len();
                    if !known || !listed {
                        return Err(Garbled);
                    }
                    if !row(&self.layout, &self.row) {
                        break;
                    }
                    rest = &rest[took..];
                }
                Ok(None)
            }
            END => {
                let (End { status, records, oddities }, _) = take::<End>(rest)?;
                let layout = std::mem::take(&mut self.layout);
                let oddities = oddities.into_iter().map(oddity).collect();
                Ok(Some(Reading { layout, status, records, oddities }))
            }
            _ => Err(Garbled),
        }
    }

    /// What was received so far, for a reading that was never ended.
    pub fn into_layout(self) -> Layout {
        self.layout
    }

    fn learn(&mut self, step: Step) -> Result<(), Garbled> {
        let Step { format, decoding, table, first_list, lists, names } = step;
        let layout = &mut self.layout;
        (layout.format, layout.decoding, layout.table) = (format, decoding, table);
        layout.lists.truncate(usize::from(first_list));
        layout.lists.extend(lists);
        layout.names.grow(names).ok_or(Garbled)
    }
}

fn oddity(told: Told) -> Oddity {
    let args = told.args.into_iter().map(|(name, value)| (word(&name), value)).collect();
    Oddity { code: word(&told.code), message: told.message, args, at: told.at }
}

/// Codes and names of arguments are words of the program. A worker that was taken over may send others, and those are
/// kept for good: so many are enough.
const WORDS: usize = 1000;

/// The word as one of the program's own.
fn word(text: &str) -> &'static str {
    static KNOWN: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = known.get(text) {
        return word;
    }
    let plain =
        text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !plain || known.len() >= WORDS {
        return "unknown";
    }
    let word: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(word);
    word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::read;

    fn messages() -> Vec<Vec<u8>> {
        let bytes = b"nom;ville\nAnna;Brest\nLo\xEFc;Lyon\n";
        let (mut sender, mut messages) = (Sender::default(), Vec::new());
        let reading = read("a.csv", &mut &bytes[..], None, &mut |layout, row| {
            messages.extend(sender.row(layout, row));
            true
        });
        messages.extend(sender.end(&reading));
        messages
    }

    proptest! {
        #[test]
        fn an_enemy_breaks_nothing(message in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Receiver::default().take(&message, &mut |_, _| true);
        }

        #[test]
        fn altered_messages_break_nothing(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut receiver = Receiver::default();
            for mut message in messages() {
                let at = at.index(message.len());
                message[at] = byte;
                let _ = receiver.take(&message, &mut |layout, row| {
                    row.values().for_each(|v| drop(row.place(v, &layout.names)));
                    true
                });
            }
        }
    }

    #[test]
    fn a_picture_that_cannot_be_is_refused() {
        let sent = |width, height, bytes| {
            let picture = Ok(Picture { width, height, whole: (2, 1), more: false, pixels: vec![7; bytes] });
            take_picture(&put_picture(&picture)).map(|taken| taken == picture)
        };
        assert_eq!(sent(2, 1, 8), Ok(true));
        assert_eq!(take_picture(&put_picture(&Err(NoPicture::Damaged))), Ok(Err(NoPicture::Damaged)));
        assert_eq!(sent(2, 2, 8), Err(Garbled), "fewer pixels than it says");
        assert_eq!(sent(0, 1, 0), Err(Garbled), "none at all");
        assert_eq!(sent(1 << 20, 1, 4 << 20), Err(Garbled), "larger than any that is drawn");
    }

    #[test]
    fn words_of_others_are_not_kept_for_good() {
        assert_eq!(word("cut_off"), "cut_off");
        assert_eq!(word("Not A Word"), "unknown");
        assert_eq!(word(&"x".repeat(65)), "unknown");
    }
}
