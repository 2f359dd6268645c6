//! The worker: gives up all that it does not need, then reads entry after entry. A panic ends it; whoever asked names the
//! entry and starts another.

use std::io::{self, Read, Write};
use std::process::exit;

use archive::Password;
use files::wire::{Sender, put_picture};

use crate::frames::{self, Incoming};
use crate::platform;

/// Serves until there is nothing more to read.
pub(crate) fn serve() -> ! {
    // A worker that could not be locked away must not read.
    if platform::give_up_everything().is_err() {
        exit(1);
    }
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    if frames::put(&mut to, READY).and_then(|()| to.flush()).is_err() {
        exit(0);
    }
    // What to try on locked entries is the same for all of them.
    let mut packed = Vec::new();
    if frames::take(&mut from, &mut packed).is_err() {
        exit(0);
    }
    let passwords: Vec<Password> = frames::unpack(&packed).map(Password::from).collect();
    // An error means that the program that asked is gone.
    while let Ok(true) = serve_one(&mut from, &mut to, &passwords) {}
    exit(0)
}

/// Reads one entry, or draws it. False where no other is to be read by this process.
fn serve_one(from: &mut impl Read, to: &mut impl Write, passwords: &[Password]) -> io::Result<bool> {
    let mut head = Vec::new();
    frames::take(from, &mut head)?;
    let Some((task, head)) = head.split_first() else { return Ok(false) };
    if *task == DRAW {
        let mut bytes = Incoming::new(from);
        send(to, &put_picture(&files::picture(&mut bytes)))?;
        bytes.drain()?;
        return Ok(false);
    }
    let Some((hint, name)) = head.split_first_chunk::<8>() else { return Ok(false) };
    let name = String::from_utf8_lossy(name);
    let hint = Some(u64::from_le_bytes(*hint)).filter(|n| *n != NO_HINT);
    platform::allow_more_time();
    let mut bytes = Incoming::new(from);
    let mut sender = Sender::default();
    let (mut gone, mut kept) = (None, false);
    let reading = files::read_with(&name, &mut bytes, hint, passwords, &mut |layout, row| {
        kept |= row.span.kept;
        if let Some(message) = sender.row(layout, row) {
            gone = send(to, &message).err();
        }
        gone.is_none()
    });
    if let Some(error) = gone {
        return Err(error);
    }
    for message in sender.end(&reading) {
        send(to, &message)?;
    }
    bytes.drain()?;
    // Formats of many parts get a process each: what one of them may have done to it ends with it.
    Ok(!kept && !reading.layout.format.is_kept())
}

/// What a worker says once it is locked away.
pub(crate) const READY: &[u8] = b"ready";

/// The task to read an entry into rows.
pub(crate) const READ: u8 = 0;

/// The task to draw the image that an entry is.
pub(crate) const DRAW: u8 = 1;

/// The size that stands for none.
pub(crate) const NO_HINT: u64 = u64::MAX;

fn send(to: &mut impl Write, message: &[u8]) -> io::Result<()> {
    platform::allow_more_time();
    frames::put(to, message)?;
    to.flush()
}
