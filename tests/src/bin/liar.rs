//! A worker that was taken over: it says what the real one says, and that there was one record more. Only tests start it.

use std::io::{self, Read, Write};

use files::wire::Sender;

fn main() -> io::Result<()> {
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    put(&mut to, b"ready")?;
    // The passwords.
    take(&mut from)?;
    loop {
        let head = take(&mut from)?;
        let name = String::from_utf8_lossy(head.get(8..).unwrap_or_default()).into_owned();
        let mut bytes = Vec::new();
        loop {
            let piece = take(&mut from)?;
            if piece.is_empty() {
                break;
            }
            bytes.extend(piece);
        }
        let (mut sender, mut messages) = (Sender::default(), Vec::new());
        let mut reading = files::read(&name, &mut &*bytes, None, &mut |layout, row| {
            messages.extend(sender.row(layout, row));
            true
        });
        reading.records += 1;
        messages.extend(sender.end(&reading));
        for message in messages {
            put(&mut to, &message)?;
        }
        to.flush()?;
    }
}

/// A piece with its length before it, as the two processes talk.
fn put(to: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(piece)?;
    to.flush()
}

fn take(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let mut piece = Vec::new();
    from.take(u64::from(u32::from_le_bytes(length))).read_to_end(&mut piece)?;
    Ok(piece)
}
