//! The side that asks: feeds the worker, takes its messages, and names the entry if it dies.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use archive::{Oddity, Password};
use files::wire::{Receiver, take_picture};
use files::{Layout, NoPicture, Picture, Reading, Row, Status};

use crate::child::{DRAW, NO_HINT, READ, READY};
use crate::{ASKED, PROGRAM, frames, platform};

/// So much of an entry is handed over at a time.
const CHUNK: usize = 128 << 10;

/// Reads entries, each in a worker. One thread has one; it starts a process when it needs one, and another when that
/// one died.
#[derive(Debug, Default)]
pub struct Reader {
    /// What to try on entries that are locked.
    passwords: Vec<Password>,
    process: Option<Process>,
    /// Why no worker could be started, once that was tried in vain.
    refused: Option<String>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a reading ended before its end.
enum End {
    /// The caller wanted no more.
    Stopped,
    Died(ExitStatus),
    /// It sent what no reading sends.
    Garbled,
}

impl Reader {
    /// A reader that tries these passwords on entries that are locked.
    pub fn new(passwords: Vec<Password>) -> Self {
        Self { passwords, ..Self::default() }
    }

    /// Why entries are read in this process itself, if no worker could be started.
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Reads an entry as [`files::read`] does. Where the worker dies, what it had read before stays, and the reading says
    /// what happened.
    pub fn read(
        &mut self,
        name: &str,
        bytes: &mut (dyn Read + Send),
        size_hint: Option<u64>,
        row: &mut dyn FnMut(&Layout, &Row) -> bool,
    ) -> Reading {
        let Some(mut process) = self.process.take().or_else(|| self.start()) else {
            return here(name, bytes, size_hint, &self.passwords, row);
        };
        let mut receiver = Receiver::default();
        let (mut records, mut kept) = (0, false);
        let read = process.read(name, bytes, size_hint, &mut receiver, &mut |layout, r| {
            records += u64::from(!r.span.heading);
            kept |= r.span.kept;
            row(layout, r)
        });
        match read {
            Ok((reading, fed)) => {
                // The worker leaves by itself behind a format of many parts; one that was not told that the entry is over
                // would take the next one for more of it.
                if fed && !kept && !reading.layout.format.is_kept() {
                    self.process = Some(process);
                }
                reading
            }
            Err(end) => {
                let oddities = oddity(&end).into_iter().collect();
                let layout = receiver.into_layout();
                let status = if layout.lists.is_empty() { Status::Unread } else { Status::Partly };
                Reading { layout, status, records, oddities }
            }
        }
    }

    /// Draws an entry as [`files::picture`] does.
    ///
    /// # Errors
    ///
    /// There is no picture in it that can be drawn, or the worker died of it.
    pub fn picture(&mut self, bytes: &mut (dyn Read + Send)) -> Result<Picture, NoPicture> {
        let Some(mut process) = self.process.take().or_else(|| self.start()) else {
            let drawn = catch_unwind(AssertUnwindSafe(|| files::picture(bytes)));
            return drawn.unwrap_or(Err(NoPicture::Damaged));
        };
        match process.draw(bytes) {
            Ok(drawn) => drawn,
            Err(End::Died(status)) => Err(match platform::death(status) {
                platform::Death::Time | platform::Death::Memory => NoPicture::TooLarge,
                platform::Death::Broke | platform::Death::Killed(_) => NoPicture::Damaged,
            }),
            Err(End::Stopped | End::Garbled) => Err(NoPicture::Damaged),
        }
    }

    fn start(&mut self) -> Option<Process> {
        if self.refused.is_some() {
            return None;
        }
        Process::start(PROGRAM.get()?, &self.passwords)
            .map_err(|error| self.refused = Some(error.to_string()))
            .ok()
    }
}

impl Process {
    #[expect(
        clippy::disallowed_methods,
        reason = "the program starts itself, never anything from an archive"
    )]
    fn start(program: &std::path::Path, passwords: &[Password]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(ASKED)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the worker has no pipes"));
        };
        platform::widen(&input);
        platform::widen(&output);
        let mut said = Vec::new();
        match frames::take(&mut output, &mut said) {
            Ok(()) if said == READY => {
                let packed = frames::pack(passwords.iter().map(Password::bytes));
                frames::put(&mut input, &packed)?;
                Ok(Self { child, input, output })
            }
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                Err(io::Error::other("this system does not let it be locked away"))
            }
        }
    }

    /// The reading, and whether all was handed over.
    fn read(
        &mut self,
        name: &str,
        bytes: &mut (dyn Read + Send),
        size_hint: Option<u64>,
        receiver: &mut Receiver,
        row: &mut dyn FnMut(&Layout, &Row) -> bool,
    ) -> Result<(Reading, bool), End> {
        let mut head = vec![READ];
        head.extend_from_slice(&size_hint.unwrap_or(NO_HINT).to_le_bytes());
        head.extend_from_slice(name.as_bytes());
        self.ask(&head, bytes, |output| listen(output, receiver, row))
    }

    fn draw(&mut self, bytes: &mut (dyn Read + Send)) -> Result<Result<Picture, NoPicture>, End> {
        let drawn = self.ask(&[DRAW], bytes, |mut output| {
            let mut message = Vec::new();
            frames::take(&mut output, &mut message).map_err(|_| None)?;
            take_picture(&message).map_err(|files::wire::Garbled| Some(End::Garbled))
        });
        drawn.map(|(drawn, _)| drawn)
    }

    /// Hands over an entry and hears what the worker says to it, and whether all was handed over. `hear` gives no end where
    /// the worker is gone.
    fn ask<T>(
        &mut self,
        head: &[u8],
        bytes: &mut (dyn Read + Send),
        hear: impl FnOnce(Watched<'_>) -> Result<T, Option<End>>,
    ) -> Result<(T, bool), End> {
        let Self { child, input, output } = self;
        let watched = Watched { output, id: child.id() };
        let enough = AtomicBool::new(false);
        let heard = std::thread::scope(|scope| {
            // If the caller's side breaks, the thread that feeds must not wait for ever.
            let mut child = KillOnDrop(Some(child));
            let feeding = scope.spawn(|| feed(input, head, bytes, &enough));
            let heard = hear(watched);
            enough.store(true, Ordering::Relaxed);
            if heard.is_ok() {
                child.0 = None;
            }
            drop(child);
            let fed = feeding.join().unwrap_or(false);
            heard.map(|heard| (heard, fed))
        });
        heard.map_err(|end| end.unwrap_or_else(|| self.child.wait().map_or(End::Garbled, End::Died)))
    }
}

struct KillOnDrop<'a>(Option<&'a mut Child>);

impl Drop for KillOnDrop<'_> {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
        }
    }
}

/// Hands the entry over until its end, or until the worker has heard enough. False if the worker is gone.
fn feed(input: &mut ChildStdin, head: &[u8], bytes: &mut dyn Read, enough: &AtomicBool) -> bool {
    let mut hand = || -> io::Result<()> {
        frames::put(input, head)?;
        let mut chunk = vec![0; CHUNK];
        while !enough.load(Ordering::Relaxed) {
            match bytes.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) => frames::put(input, &chunk[..n])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return frames::put_broken(input, &error.to_string()),
            }
        }
        frames::put_over(input)
    };
    hand().is_ok()
}

/// What the worker says. While it says nothing, it is looked at: it may stand still in the middle of a message.
struct Watched<'a> {
    output: &'a mut ChildStdout,
    id: u32,
}

impl Read for Watched<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        platform::wait_for(self.output, self.id);
        self.output.read(buf)
    }
}

/// Takes messages until the last one. None where the worker is gone.
fn listen(
    mut output: Watched<'_>,
    receiver: &mut Receiver,
    row: &mut dyn FnMut(&Layout, &Row) -> bool,
) -> Result<Reading, Option<End>> {
    let mut message = Vec::new();
    let mut more = true;
    loop {
        frames::take(&mut output, &mut message).map_err(|_| None)?;
        let end = receiver.take(&message, &mut |layout, r| {
            more = row(layout, r);
            more
        });
        match end {
            Ok(Some(reading)) => return Ok(reading),
            Ok(None) if !more => return Err(Some(End::Stopped)),
            Ok(None) => {}
            Err(files::wire::Garbled) => return Err(Some(End::Garbled)),
        }
    }
}

/// Reads an entry in this process.
fn here(
    name: &str,
    bytes: &mut dyn Read,
    size_hint: Option<u64>,
    passwords: &[Password],
    row: &mut dyn FnMut(&Layout, &Row) -> bool,
) -> Reading {
    let mut known = Layout::default();
    let mut records = 0;
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut bytes = bytes;
        files::read_with(name, &mut bytes, size_hint, passwords, &mut |layout, r| {
            if known.names.len() != layout.names.len() || known.lists.len() != layout.lists.len() {
                known = layout.clone();
            }
            records += u64::from(!r.span.heading);
            row(layout, r)
        })
    }));
    read.unwrap_or_else(|_| {
        let status = if records > 0 { Status::Partly } else { Status::Unread };
        Reading { layout: known, status, records, oddities: vec![broke()] }
    })
}

fn broke() -> Oddity {
    Oddity::new("reader_broke", "the reader broke in this entry; what it had read before stays")
}

/// What is said of an entry whose worker did not come to its end.
fn oddity(end: &End) -> Option<Oddity> {
    match end {
        End::Stopped => None,
        End::Garbled => Some(broke()),
        End::Died(status) => Some(match platform::death(*status) {
            platform::Death::Broke => broke(),
            platform::Death::Time => Oddity::new(
                "reader_too_slow",
                "reading this entry came to no end and was stopped; what was read before stays",
            ),
            platform::Death::Memory => Oddity::new(
                "reader_too_large",
                "reading this entry needs more memory than one entry may have; what was read before stays",
            ),
            platform::Death::Killed(signal) => Oddity::new(
                "reader_killed",
                format!("the process that read this entry was ended from outside (signal {signal}); what was read before stays"),
            )
            .with("signal", signal),
        }),
    }
}
