//! Packed bytes: where they are, how they are packed, and the stream of them, decrypted.

use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::sync::Arc;

use hmac::Mac;

use crate::crypt::{AesMac, Cipher};
use crate::seven::{Coder, Coding};
use crate::source::Source;
use crate::{Oddity, limits};

/// How the bytes of an entry are packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflate,
    /// What Windows writes for files above 2 GB.
    Deflate64,
    Bzip2,
    Lzma {
        /// The data end with a marker, so that their length need not be believed.
        marked: bool,
    },
    /// PPMd with its parameters in front, as ZIP has it.
    Ppmd,
    /// A whole gzip file, of one member or several.
    Gzip,
    /// A whole bzip2 file, of one stream or several.
    Bzip2File,
    /// A whole xz file, of one stream or several.
    Xz,
    /// A whole Zstandard file, of one frame or several.
    Zstd,
    /// A whole file of the old `.lzma` format.
    LzmaFile,
    /// A folder of a 7z archive: all its files behind one another, through a chain of coders.
    Seven(Arc<Vec<Coder>>),
    /// Such a folder whose last coder is BCJ2, which puts four streams together.
    Bcj2(Arc<[Branch; 4]>),
}

/// A stream of several that are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Branch {
    /// Where it is in the packed data.
    pub(crate) data: Range<u64>,
    /// What its encryption begins with, if it is encrypted; the key is that of the others.
    pub(crate) start: Option<[u8; 16]>,
    /// The coders, the one next to the packed bytes first.
    pub(crate) coders: Vec<Coder>,
}

impl Method {
    /// Whether decoding can begin at several places of a large entry.
    pub(crate) fn has_marks(&self) -> bool {
        matches!(self, Self::Deflate | Self::Gzip | Self::Bzip2File | Self::Xz | Self::Zstd)
    }

    /// Whether the bytes are only stored, so that they make sense under any key.
    pub(crate) fn is_stored(&self) -> bool {
        let stored = |coders: &[Coder]| coders.iter().all(|coder| coder.coding == Coding::Copy);
        match self {
            Self::Stored => true,
            Self::Seven(coders) => stored(coders),
            Self::Bcj2(branches) => branches.iter().all(|branch| stored(&branch.coders)),
            _ => false,
        }
    }
}

/// Everything that is needed to read one entry, from wherever it is.
#[derive(Clone)]
pub(crate) struct Packed {
    /// Only the packed data: no headers, salt or authentication code.
    pub(crate) source: Source,
    pub(crate) cipher: Cipher,
    /// The key of the authentication code, and the code that the archive holds.
    pub(crate) mac: Option<(AesMac, Vec<u8>)>,
    pub(crate) method: Method,
    /// What the directory declares; nothing beyond it is ever read.
    pub(crate) size: Option<u64>,
    pub(crate) crc: Option<u32>,
    /// What was found out already about bytes that are not packed any more here, and were not sound.
    pub(crate) damage: Option<Arc<Vec<Oddity>>>,
}

impl Packed {
    /// A file that is not packed at all.
    pub(crate) fn plain(source: Source) -> Self {
        let size = Some(source.len());
        Self {
            source,
            cipher: Cipher::None,
            mac: None,
            method: Method::Stored,
            size,
            crc: None,
            damage: None,
        }
    }

    /// The most bytes that may come out: the declared size, unless the ratio stops it earlier.
    pub(crate) fn most(&self) -> u64 {
        self.size.unwrap_or(u64::MAX).min(self.ratio_stop())
    }

    /// The output at which the ratio of this entry becomes unbelievable.
    pub(crate) fn ratio_stop(&self) -> u64 {
        let packed = self.source.len();
        match self.size {
            Some(_) => limits::RATIO_FROM_BYTES.max(packed.saturating_mul(limits::RATIO_STOP)),
            // What is not declared cannot be counted towards the budget, so it ends where it would begin to count.
            None => limits::RATIO_FREE_BYTES.max(packed.saturating_mul(limits::RATIO_HIGH)),
        }
    }
}

/// Why a stream of bytes ended early.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The packed data end in the middle.
    Cut,
    /// The packed data make no sense.
    Nonsense(String),
    /// The disk, or a file that changed.
    Io(io::Error),
}

/// Packed bytes, decrypted, in order.
pub(crate) struct PackedStream {
    source: Source,
    cipher: Cipher,
    mac: Option<AesMac>,
    /// Where the bytes after those in the buffer come from.
    next: u64,
    buf: Vec<u8>,
    used: usize,
    /// Where the buffer came from, to be able to come back to this place.
    filled_from: u64,
    filled_with: Cipher,
    error: Option<io::Error>,
}

/// A place in a packed stream to come back to.
#[derive(Clone)]
pub(crate) struct Place {
    from: u64,
    cipher: Cipher,
    skip: usize,
}

impl PackedStream {
    pub(crate) fn new(packed: &Packed, with_mac: bool) -> Self {
        let mac = packed.mac.as_ref().filter(|_| with_mac).map(|(key, _)| key.clone());
        let start = Place { from: 0, cipher: packed.cipher.clone(), skip: 0 };
        Self { mac, ..Self::from_place(packed, &start) }
    }

    /// A stream that begins at a byte of data that are not encrypted.
    pub(crate) fn from_byte(packed: &Packed, at: u64) -> Self {
        Self::from_place(packed, &Place { from: at, cipher: packed.cipher.clone(), skip: 0 })
    }

    /// One of the streams of data that are made of several.
    pub(crate) fn branch(packed: &Packed, branch: &Branch) -> Self {
        let source =
            packed.source.slice(branch.data.start, branch.data.end.saturating_sub(branch.data.start));
        let cipher = match branch.start {
            Some(start) => packed.cipher.begun_with(start),
            None => Cipher::None,
        };
        Self::new(&Packed { source, cipher, ..packed.clone() }, false)
    }

    pub(crate) fn from_place(packed: &Packed, place: &Place) -> Self {
        let mut stream = Self {
            source: packed.source.clone(),
            cipher: place.cipher.clone(),
            mac: None,
            next: place.from,
            buf: Vec::new(),
            used: 0,
            filled_from: place.from,
            filled_with: place.cipher.clone(),
            error: None,
        };
        if place.skip > 0 {
            stream.fill();
            stream.used = place.skip.min(stream.buf.len());
        }
        stream
    }

    /// The place of the first byte that was not consumed yet.
    pub(crate) fn place(&self) -> Place {
        Place { from: self.filled_from, cipher: self.filled_with.clone(), skip: self.used }
    }

    /// Goes to a byte of data that are not encrypted.
    pub(crate) fn seek(&mut self, at: u64) {
        (self.next, self.filled_from, self.used) = (at, at, 0);
        self.buf.clear();
    }

    /// How many bytes were consumed.
    pub(crate) fn position(&self) -> u64 {
        self.filled_from + self.used as u64
    }

    /// Bytes that nobody asked for.
    pub(crate) fn left(&self) -> u64 {
        (self.buf.len() - self.used) as u64 + self.source.len().saturating_sub(self.next)
    }

    /// Reads the rest past the authentication and says what code the bytes have; none if the disk fails.
    pub(crate) fn take_mac(&mut self) -> Option<Vec<u8>> {
        self.used = self.buf.len();
        while self.mac.is_some() && self.error.is_none() {
            self.fill();
            if self.buf.is_empty() {
                break;
            }
            self.used = self.buf.len();
        }
        self.mac.take().filter(|_| self.error.is_none()).map(|mac| mac.finalize().into_bytes().to_vec())
    }

    /// A stream that continues behind the buffer, for whoever has to give this one away.
    pub(crate) fn spare(&self) -> Self {
        Self {
            source: self.source.clone(),
            cipher: self.cipher.clone(),
            mac: self.mac.clone(),
            next: self.next,
            buf: Vec::new(),
            used: 0,
            filled_from: self.filled_from,
            filled_with: self.filled_with.clone(),
            error: None,
        }
    }

    /// The error of the disk that made the stream end, if one did.
    pub(crate) fn take_error(&mut self) -> Option<io::Error> {
        self.error.take()
    }

    /// The bytes at hand; none means the end. An error of the disk is an end too, and is kept.
    pub(crate) fn fill(&mut self) -> &[u8] {
        if self.used >= self.buf.len() && self.error.is_none() {
            self.filled_from = self.next;
            self.filled_with = self.cipher.clone();
            self.used = 0;
            let left = usize::try_from(self.source.len().saturating_sub(self.next)).unwrap_or(usize::MAX);
            self.buf.resize(left.min(limits::READ_BYTES), 0);
            match self.source.read_at(&mut self.buf, self.next) {
                Ok(n) => self.buf.truncate(n),
                Err(e) => {
                    self.error = Some(e);
                    self.buf.clear();
                }
            }
            self.next += self.buf.len() as u64;
            if let Some(mac) = &mut self.mac {
                mac.update(&self.buf);
            }
            self.cipher.apply(&mut self.buf);
        }
        &self.buf[self.used..]
    }
}

impl Read for PackedStream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let from = self.fill();
        let n = from.len().min(out.len());
        out[..n].copy_from_slice(&from[..n]);
        self.used += n;
        Ok(n)
    }
}

impl BufRead for PackedStream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.fill())
    }

    fn consume(&mut self, n: usize) {
        self.used = (self.used + n).min(self.buf.len());
    }
}
