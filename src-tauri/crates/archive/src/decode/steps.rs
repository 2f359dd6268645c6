//! Reading from a library in small steps, and the packed bytes that it reads from while we keep an eye on them.

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use crate::content::lock;
use crate::packed::{Broken, PackedStream};

/// Reads in small steps of always the same size: a library that fails keeps back what it wrote into the buffer until
/// then, and only so much may be lost, however large the buffer of the caller is.
pub(crate) struct Steps {
    buf: [u8; 256],
    used: usize,
    filled: usize,
    failed: Option<Broken>,
}

impl Steps {
    pub(super) fn new() -> Self {
        Self { buf: [0; 256], used: 0, filled: 0, failed: None }
    }

    pub(super) fn read(&mut self, reader: &mut impl Read, out: &mut [u8]) -> Result<usize, Broken> {
        let mut got = 0;
        while got < out.len() {
            if self.used == self.filled {
                if let Some(why) = self.failed.take_if(|_| got == 0) {
                    return Err(why);
                }
                if self.failed.is_some() {
                    break;
                }
                self.fill(reader);
                if self.filled == 0 && self.failed.is_none() {
                    break;
                }
            }
            let n = (self.filled - self.used).min(out.len() - got);
            out[got..got + n].copy_from_slice(&self.buf[self.used..self.used + n]);
            self.used += n;
            got += n;
        }
        Ok(got)
    }

    fn fill(&mut self, reader: &mut impl Read) {
        (self.used, self.filled) = (0, 0);
        while self.filled < self.buf.len() {
            match reader.read(&mut self.buf[self.filled..]) {
                Ok(0) => break,
                Ok(n) => self.filled += n,
                Err(e) => {
                    self.failed = Some(broken(e));
                    break;
                }
            }
        }
    }
}

/// What an error of a library says of the packed data.
pub(super) fn broken(e: io::Error) -> Broken {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Cut,
        _ => Broken::Nonsense(e.to_string()),
    }
}

/// Packed bytes that are handed to a library and looked after all the same.
#[derive(Clone)]
pub(crate) struct Tap(Arc<Mutex<PackedStream>>);

impl Tap {
    pub(super) fn new(stream: PackedStream) -> Self {
        Self(Arc::new(Mutex::new(stream)))
    }

    pub(super) fn with<T>(&self, look: impl FnOnce(&mut PackedStream) -> T) -> T {
        look(&mut lock(&self.0))
    }
}

impl Read for Tap {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.with(|stream| stream.read(out))
    }
}
