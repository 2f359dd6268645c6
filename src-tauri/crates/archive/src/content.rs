//! Random access to the bytes of an entry: whatever the compression, any place is near a checkpoint.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cache::Cache;
use crate::crypt::Cipher;
use crate::decode::{Decoder, Inflate};
use crate::limits::{self, PIECE_BYTES};
use crate::packed::{Broken, Method, Packed, PackedStream, Place};

/// An entry that can be read at any position, by several threads at once.
pub(crate) struct Content {
    pub(crate) packed: Packed,
    /// Tells the pieces of one entry from those of another in the cache that they share.
    key: u32,
    cache: Arc<Cache>,
    /// Held while the checkpoints are made, so that two threads do not make them both.
    making: Mutex<()>,
}

/// Places of one entry where decoding can begin.
pub(crate) struct Checkpoints {
    marks: Vec<Mark>,
}

#[derive(Clone)]
struct Mark {
    out: u64,
    place: Place,
    state: Inflate,
}

impl Content {
    pub(crate) fn new(packed: Packed, key: u32, cache: Arc<Cache>) -> Self {
        Self { packed, key, cache, making: Mutex::new(()) }
    }

    pub(crate) fn unchanged(&self) -> io::Result<()> {
        self.packed.source.unchanged()
    }

    /// Reads at `offset`: fewer bytes than asked for at the end of a piece, none at the end of what can be decoded.
    pub(crate) fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let left = self.packed.most().saturating_sub(offset);
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(buf.len());
        let buf = &mut buf[..want];
        if want == 0 {
            return Ok(0);
        }
        if self.packed.method == Method::Stored && matches!(self.packed.cipher, Cipher::None) {
            return self.packed.source.read_at(buf, offset);
        }
        let number = offset / PIECE_BYTES;
        let piece = match self.cache.piece(self.key, number) {
            Some(piece) => piece,
            None => self.decode(number)?,
        };
        let from = usize::try_from(offset % PIECE_BYTES).unwrap_or(usize::MAX).min(piece.len());
        let n = want.min(piece.len() - from);
        buf[..n].copy_from_slice(&piece[from..from + n]);
        Ok(n)
    }

    /// Decodes one piece, from the nearest checkpoint if the entry is large.
    fn decode(&self, number: u64) -> io::Result<Arc<Vec<u8>>> {
        let small = self.packed.size.is_some_and(|size| size <= limits::CHECKPOINTS_FROM);
        if self.packed.method == Method::Deflate && !small {
            self.decode_near(number)
        } else {
            self.decode_all(number)
        }
    }

    /// Decodes from the start, or from where the last reader of this entry stopped, and keeps every piece on the way.
    fn decode_all(&self, number: u64) -> io::Result<Arc<Vec<u8>>> {
        let (mut decoder, mut at) = match self.cache.take_cursor(self.key) {
            Some(cursor) if cursor.1 <= number => cursor,
            _ => (Decoder::new(&self.packed, false), 0),
        };
        loop {
            let room = PIECE_BYTES.min(self.packed.most().saturating_sub(at * PIECE_BYTES));
            let (piece, ended) = fill(room, |buf| decoder.read(buf))?;
            let piece = Arc::new(piece);
            self.cache.keep_piece(self.key, at, &piece);
            let ended = ended || room < PIECE_BYTES;
            at += 1;
            if at > number {
                if !ended {
                    self.cache.leave_cursor(self.key, (decoder, at));
                }
                return Ok(piece);
            }
            if ended {
                return Ok(Arc::default());
            }
        }
    }

    fn decode_near(&self, number: u64) -> io::Result<Arc<Vec<u8>>> {
        let checkpoints = self.checkpoints()?;
        let start = number * PIECE_BYTES;
        let nearest = checkpoints.marks.partition_point(|mark| mark.out <= start);
        let (mut stream, mut state, mut out) = match nearest.checked_sub(1).map(|at| &checkpoints.marks[at]) {
            Some(mark) => (PackedStream::from_place(&self.packed, &mark.place), mark.state.clone(), mark.out),
            None => (PackedStream::new(&self.packed, false), Inflate::new(), 0),
        };
        let mut step = |buf: &mut [u8]| {
            let got = state.read(&mut stream, buf);
            stream.take_error().map_or(got, |e| Err(Broken::Io(e)))
        };
        while out < start {
            let (piece, ended) = fill(PIECE_BYTES.min(start - out), &mut step)?;
            out += piece.len() as u64;
            if ended && out < start {
                return Ok(Arc::default());
            }
        }
        let room = PIECE_BYTES.min(self.packed.most().saturating_sub(start));
        let piece = Arc::new(fill(room, &mut step)?.0);
        self.cache.keep_piece(self.key, number, &piece);
        Ok(piece)
    }

    /// The checkpoints of this entry, made in one pass if they are not there (any more).
    fn checkpoints(&self) -> io::Result<Arc<Checkpoints>> {
        if let Some(found) = self.cache.checkpoints(self.key) {
            return Ok(found);
        }
        let _making = lock(&self.making);
        if let Some(found) = self.cache.checkpoints(self.key) {
            return Ok(found);
        }
        let mut stream = PackedStream::new(&self.packed, false);
        let mut state = Inflate::new();
        let (mut marks, mut every, mut out) = (Vec::<Mark>::new(), limits::CHECKPOINT_EVERY, 0);
        let mut next = every;
        let most = self.packed.most();
        let mut buf = vec![0; limits::READ_BYTES];
        while out < most {
            let to_mark = usize::try_from((next - out).min(most - out)).unwrap_or(usize::MAX).min(buf.len());
            let got = state.read(&mut stream, &mut buf[..to_mark]);
            if let Some(e) = stream.take_error() {
                return Err(e);
            }
            // What is wrong with the data is told by whoever reads the entry as a whole.
            let Ok(n @ 1..) = got else { break };
            out += n as u64;
            if out == next {
                marks.push(Mark { out, place: stream.place(), state: state.clone() });
                if marks.len() > limits::CHECKPOINTS_MAX {
                    every *= 2;
                    marks.retain(|mark| mark.out % every == 0);
                }
                next = (out / every + 1) * every;
            }
        }
        let cost = (marks.len() as u64 + 1) * limits::CHECKPOINT_BYTES;
        let made = Arc::new(Checkpoints { marks });
        self.cache.keep_checkpoints(self.key, &made, cost);
        Ok(made)
    }
}

/// Reads until `room` bytes are there or the data end; the second value says that they ended.
fn fill(room: u64, mut step: impl FnMut(&mut [u8]) -> Result<usize, Broken>) -> io::Result<(Vec<u8>, bool)> {
    let room = usize::try_from(room.min(PIECE_BYTES)).unwrap_or(0);
    let mut buf = vec![0; room];
    let mut got = 0;
    while got < room {
        match step(&mut buf[got..]) {
            Ok(n @ 1..) => got += n,
            Err(Broken::Io(e)) => return Err(e),
            Ok(_) | Err(_) => break,
        }
    }
    buf.truncate(got);
    Ok((buf, got < room))
}

/// A lock that outlives a panic elsewhere: what it guards is only ever a cache.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
