//! Bytes that can be read at any position by several threads at once: of a file, of memory, of a decoded entry.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::content::Content;
use crate::platform;

/// A range of bytes of something that stays in place; cheap to clone and to cut.
#[derive(Clone)]
pub(crate) struct Source {
    bytes: Bytes,
    start: u64,
    len: u64,
}

#[derive(Clone)]
enum Bytes {
    /// A file kept open: a part of the export.
    Open(Arc<(File, Seal)>),
    /// A file opened for each read: one of the many of a folder, which would use up the open files allowed.
    Closed(Arc<(PathBuf, Seal)>),
    Memory(Arc<Vec<u8>>),
    /// What a sparse file leaves out.
    Zeros,
    /// An entry of an archive, decoded as needed.
    Entry(Arc<Content>),
    /// Pieces of one file, each with where it begins in the whole.
    Joined(Arc<Vec<(u64, Source)>>),
}

/// What a file looked like when the export was opened; another look means that the file changed under us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seal {
    identity: (u64, u64),
    len: u64,
    modified: Option<SystemTime>,
}

impl Seal {
    fn of(meta: &fs::Metadata) -> Self {
        Self { identity: platform::identity(meta), len: meta.len(), modified: meta.modified().ok() }
    }
}

impl Source {
    /// Opens a file and keeps it open.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let seal = Seal::of(&file.metadata()?);
        Ok(Self { bytes: Bytes::Open(Arc::new((file, seal))), start: 0, len: seal.len })
    }

    /// A file that is opened for each read.
    pub(crate) fn closed(path: PathBuf, meta: &fs::Metadata) -> Self {
        let seal = Seal::of(meta);
        Self { bytes: Bytes::Closed(Arc::new((path, seal))), start: 0, len: seal.len }
    }

    pub(crate) fn memory(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self { bytes: Bytes::Memory(Arc::new(bytes)), start: 0, len }
    }

    pub(crate) fn entry(content: Arc<Content>, len: u64) -> Self {
        Self { bytes: Bytes::Entry(content), start: 0, len }
    }

    /// Nothing but zeros, which nobody has to hold.
    pub(crate) fn zeros(len: u64) -> Self {
        Self { bytes: Bytes::Zeros, start: 0, len }
    }

    /// Several files read as one.
    pub(crate) fn joined(pieces: Vec<Self>) -> Self {
        let mut len = 0;
        let mut all = Vec::new();
        for piece in pieces {
            all.push((len, piece.clone()));
            len += piece.len();
        }
        Self { bytes: Bytes::Joined(Arc::new(all)), start: 0, len }
    }

    /// Where a piece of a file begins that was put together from several; the first one is number 0.
    pub(crate) fn piece_start(&self, number: u64) -> Option<u64> {
        match (&self.bytes, usize::try_from(number)) {
            (Bytes::Joined(pieces), Ok(at)) if self.start == 0 => pieces.get(at).map(|(start, _)| *start),
            _ => None,
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// A part of this source; what would reach beyond the end is cut off.
    pub(crate) fn slice(&self, start: u64, len: u64) -> Self {
        let start = start.min(self.len);
        Self { bytes: self.bytes.clone(), start: self.start + start, len: len.min(self.len - start) }
    }

    /// If these bytes are decoded one after the other: what they are decoded from, whether decoding can begin in the
    /// middle of that, and where they are in it.
    pub(crate) fn sequence(&self) -> Option<(u32, bool, u64)> {
        match &self.bytes {
            Bytes::Entry(content) => {
                let (key, marked) = content.sequence();
                Some((key, marked, self.start))
            }
            Bytes::Open(_) | Bytes::Closed(_) | Bytes::Memory(_) | Bytes::Zeros | Bytes::Joined(_) => None,
        }
    }

    /// Says whether the file behind it is still the one that was opened.
    pub(crate) fn unchanged(&self) -> io::Result<()> {
        match &self.bytes {
            Bytes::Open(open) => same(open.1, &open.0.metadata()?),
            Bytes::Closed(closed) => same(closed.1, &fs::symlink_metadata(&closed.0)?),
            Bytes::Memory(_) | Bytes::Zeros => Ok(()),
            Bytes::Entry(content) => content.unchanged(),
            Bytes::Joined(pieces) => pieces.iter().try_for_each(|(_, piece)| piece.unchanged()),
        }
    }

    /// Reads at `offset`; fewer bytes than asked for only at the end.
    pub(crate) fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let left = self.len.saturating_sub(offset);
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(buf.len());
        let mut got = 0;
        let mut at = self.start + offset.min(self.len);
        let once;
        let file = match &self.bytes {
            Bytes::Open(open) => &open.0,
            Bytes::Closed(closed) => {
                once = open_sealed(&closed.0, closed.1)?;
                &once
            }
            Bytes::Memory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                let to = from.saturating_add(want).min(bytes.len());
                buf[..to - from].copy_from_slice(&bytes[from..to]);
                return Ok(to - from);
            }
            Bytes::Zeros => {
                buf[..want].fill(0);
                return Ok(want);
            }
            Bytes::Entry(content) => {
                while got < want {
                    let n = content.read_at(&mut buf[got..want], at)?;
                    if n == 0 {
                        break;
                    }
                    got += n;
                    at += n as u64;
                }
                return Ok(got);
            }
            Bytes::Joined(pieces) => {
                let first = pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
                for (start, piece) in &pieces[first..] {
                    if got == want {
                        break;
                    }
                    let n = piece.read_at(&mut buf[got..want], at.saturating_sub(*start))?;
                    got += n;
                    at += n as u64;
                }
                return Ok(got);
            }
        };
        while got < want {
            match platform::read_at(file, &mut buf[got..want], at) {
                Ok(0) => break,
                Ok(n) => {
                    got += n;
                    at += n as u64;
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(got)
    }

    /// At most `len` bytes from `offset`; memory grows with what is there, not with what was asked for.
    pub(crate) fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let there = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut buf = vec![0; len.min(there)];
        let got = self.read_at(&mut buf, offset)?;
        buf.truncate(got);
        Ok(buf)
    }
}

/// Opens a file of a folder and makes sure that it is the one that was listed, not a link or pipe put in its place.
fn open_sealed(path: &Path, seal: Seal) -> io::Result<File> {
    same(seal, &fs::symlink_metadata(path)?)?;
    let file = File::open(path)?;
    same(seal, &file.metadata()?)?;
    Ok(file)
}

fn same(seal: Seal, meta: &fs::Metadata) -> io::Result<()> {
    if meta.is_file() && Seal::of(meta) == seal { Ok(()) } else { Err(io::Error::other(Changed)) }
}

/// The cause of an I/O error when a file is no longer the one that was opened.
#[derive(Debug, thiserror::Error)]
#[error("the file changed while it was open")]
pub(crate) struct Changed;

/// Reads small things at rising positions without a system call for each.
pub(crate) struct Window<'a> {
    source: &'a Source,
    buf: Vec<u8>,
    start: u64,
    size: usize,
}

impl<'a> Window<'a> {
    pub(crate) fn new(source: &'a Source, size: usize) -> Self {
        Self { source, buf: Vec::new(), start: 0, size }
    }

    /// The bytes at `offset`, at most `len`, fewer at the end.
    pub(crate) fn get(&mut self, offset: u64, len: usize) -> io::Result<&[u8]> {
        let end = offset.saturating_add(len as u64).min(self.source.len());
        let have = self.start + self.buf.len() as u64;
        if offset < self.start || end > have {
            self.buf = self.source.read(offset, len.max(self.size))?;
            self.start = offset;
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX).min(self.buf.len());
        let to = from.saturating_add(len).min(self.buf.len());
        Ok(&self.buf[from..to])
    }
}
