//! Files that are packed as a whole: gzip, bzip2, xz, Zstandard, lzma. They are unpacked once when they are opened, to
//! learn how long they are, whether they are sound, where decoding can begin, and whether a tar file is in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::content::{Content, Marking};
use crate::decode::{Decoder, Fault};
use crate::means::Means;
use crate::packed::{Broken, Method, Packed};
use crate::reader;
use crate::source::Source;
use crate::tar::{self, Scanner, Tar};
use crate::{Container, Oddity, Refusal, limits, shown};

/// A file that was packed as a whole.
pub(crate) struct Unpacked {
    /// The bytes in it.
    pub(crate) source: Source,
    /// The name that it gives them.
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) tar: Option<Tar>,
    /// What was wrong with it.
    pub(crate) oddities: Vec<Oddity>,
}

/// Opens a file that is packed as a whole; `name` is how it is called in messages, escaped.
pub(crate) fn open(
    means: &mut Means,
    container: Container,
    source: &Source,
    name: &str,
    entries_max: usize,
) -> Result<Unpacked, Refusal> {
    let method = match container {
        Container::Gzip => Method::Gzip,
        Container::Bzip2 => Method::Bzip2File,
        Container::Xz => Method::Xz,
        Container::Zstd => Method::Zstd,
        Container::Lzma | Container::Zip | Container::Tar | Container::SevenZip => Method::LzmaFile,
    };
    let mut packed = Packed { method, size: None, ..Packed::plain(source.clone()) };
    let len = source.len();
    let stop = means.unpack_limit(len);
    let mut pass = Pass::new(entries_max, means.memory_left(&packed.method));
    let ran = catch_unwind(AssertUnwindSafe(|| pass.run(&packed, stop)));
    if ran.is_err() {
        pass.broken = Some(Broken::Nonsense("its decoder broke".to_owned()));
    }
    if let Some(Broken::Io(e)) = &pass.broken {
        return Err(Refusal::Unreadable { name: name.to_owned(), why: e.to_string() });
    }
    if pass.out == 0
        && let Some(why) = &pass.broken
    {
        return Err(match why {
            Broken::Cut => Refusal::Incomplete { name: name.to_owned() },
            Broken::Nonsense(why) => Refusal::Damaged { name: name.to_owned(), why: shown::escape(why).text },
            Broken::Io(e) => Refusal::Unreadable { name: name.to_owned(), why: e.to_string() },
        });
    }
    means.unpacked(len, pass.out);
    let oddities = pass.oddities(name, len, stop);
    packed.size = Some(pass.out);
    let inner = match pass.kept {
        Some(bytes) => {
            means.keep_in_memory(bytes.len() as u64);
            Source::memory(bytes)
        }
        None => {
            let key = means.next_key();
            let content = Content::marked(packed, key, Arc::clone(&means.cache), pass.marking.done());
            Source::entry(Arc::new(content), pass.out)
        }
    };
    Ok(Unpacked {
        source: inner,
        name: pass.name,
        tar: pass.scanner.map(|scanner| scanner.finish(pass.out)),
        oddities,
    })
}

/// One pass over a packed file.
struct Pass {
    scanner: Option<Scanner>,
    entries_max: usize,
    head: Vec<u8>,
    marking: Marking,
    /// What came out, while it is little enough to be kept.
    kept: Option<Vec<u8>>,
    keep_max: u64,
    out: u64,
    faults: Vec<Fault>,
    name: Option<Vec<u8>>,
    broken: Option<Broken>,
    /// It was stopped, because too much came out.
    stopped: bool,
    left: u64,
}

impl Pass {
    fn new(entries_max: usize, keep_max: u64) -> Self {
        Self {
            scanner: None,
            entries_max,
            head: Vec::new(),
            marking: Marking::new(),
            kept: Some(Vec::new()),
            keep_max,
            out: 0,
            faults: Vec::new(),
            name: None,
            broken: None,
            stopped: false,
            left: 0,
        }
    }

    fn run(&mut self, packed: &Packed, stop: u64) {
        let mut decoder = Decoder::new(packed, false);
        let mut buf = vec![0; limits::READ_BYTES];
        loop {
            let room = self.marking.room(self.out, buf.len());
            match decoder.read(&mut buf[..room]) {
                Ok(0) => {
                    self.left = decoder.left();
                    break;
                }
                Ok(n) if self.out + n as u64 > stop => {
                    let n = usize::try_from(stop.saturating_sub(self.out)).unwrap_or(0).min(n);
                    self.take(&buf[..n]);
                    self.stopped = true;
                    break;
                }
                Ok(n) => {
                    self.take(&buf[..n]);
                    self.marking.pass(&decoder, self.out);
                }
                Err(why) => {
                    self.broken = Some(why);
                    break;
                }
            }
        }
        let logged = decoder.logged();
        self.marking.add(logged.points);
        self.faults = logged.faults;
        self.name = logged.name;
        if self.scanner.is_none() {
            self.look();
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.out += bytes.len() as u64;
        if let Some(kept) = &mut self.kept {
            if self.out <= self.keep_max {
                kept.extend_from_slice(bytes);
            } else {
                self.kept = None;
            }
        }
        if let Some(scanner) = &mut self.scanner {
            scanner.feed(bytes);
        } else if self.head.len() < tar::BLOCK {
            self.head.extend_from_slice(bytes);
            if self.head.len() >= tar::BLOCK {
                self.look();
            }
        }
    }

    /// Finds out whether it is a tar file, once its first block is there.
    fn look(&mut self) {
        if tar::begins(&self.head) {
            let mut scanner = Scanner::new(self.entries_max);
            scanner.feed(&std::mem::take(&mut self.head));
            self.scanner = Some(scanner);
        }
    }

    fn oddities(&self, name: &str, len: u64, stop: u64) -> Vec<Oddity> {
        let quoted = format!("“{name}”");
        let mut oddities = Vec::new();
        for fault in &self.faults {
            oddities.push(match fault {
                Fault::Checksum { declared, found } => reader::checksum(&quoted, declared, found),
                Fault::Size { declared, found } => reader::size(&quoted, *declared, *found),
            });
        }
        if self.stopped {
            oddities.push(reader::ratio(&quoted, self.out, stop / len.max(1), len));
        } else if let Some(why) = &self.broken {
            oddities.push(reader::broken(&quoted, self.out, why));
        } else if self.left > 0 {
            oddities.push(reader::left_over(&quoted, self.left));
        }
        oddities
    }
}
