//! Random access to the bytes of an entry: whatever the compression, any place is near a checkpoint.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cache::Cache;
use crate::crypt::Cipher;
use crate::decode::{Decoder, Start};
use crate::limits::{self, PIECE_BYTES};
use crate::packed::{Broken, Method, Packed};

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
    marks: Vec<(u64, Start)>,
}

/// Takes down places where decoding can begin, while something is decoded from its start.
pub(crate) struct Marking {
    marks: Vec<(u64, Start)>,
    every: u64,
    next: u64,
}

impl Marking {
    pub(crate) fn new() -> Self {
        Self { marks: Vec::new(), every: limits::CHECKPOINT_EVERY, next: limits::CHECKPOINT_EVERY }
    }

    /// How much may be decoded at once, to come by the place of the next mark.
    pub(crate) fn room(&self, out: u64, most: usize) -> usize {
        usize::try_from(self.next.saturating_sub(out)).unwrap_or(usize::MAX).min(most)
    }

    /// The decoder has come by a place.
    pub(crate) fn pass(&mut self, decoder: &Decoder, out: u64) {
        if out < self.next {
            return;
        }
        if let Some(start) = decoder.pause() {
            self.marks.push((out, start));
            if self.marks.len() > limits::CHECKPOINTS_MAX {
                self.every *= 2;
                let every = self.every;
                self.marks.retain(|(out, _)| out % every == 0);
            }
        }
        self.next = (out / self.every + 1) * self.every;
    }

    /// Places that the decoder itself took down.
    pub(crate) fn add(&mut self, points: Vec<(u64, Start)>) {
        self.marks.extend(points);
    }

    pub(crate) fn done(self) -> Checkpoints {
        Checkpoints { marks: self.marks }
    }
}

impl Checkpoints {
    fn cost(&self) -> u64 {
        let one = |(_, start): &(u64, Start)| match start {
            Start::Deflate(..) | Start::Gzip(..) => limits::CHECKPOINT_BYTES,
            _ => 64,
        };
        limits::CHECKPOINT_BYTES + self.marks.iter().map(one).sum::<u64>()
    }
}

impl Content {
    pub(crate) fn new(packed: Packed, key: u32, cache: Arc<Cache>) -> Self {
        Self { packed, key, cache, making: Mutex::new(()) }
    }

    /// A content whose checkpoints were made already.
    pub(crate) fn marked(packed: Packed, key: u32, cache: Arc<Cache>, marks: Checkpoints) -> Self {
        let cost = marks.cost();
        cache.keep_checkpoints(key, &Arc::new(marks), cost);
        Self::new(packed, key, cache)
    }

    /// Its number, and whether decoding can begin in the middle of it.
    pub(crate) fn sequence(&self) -> (u32, bool) {
        let cheap = matches!(self.packed.method, Method::Deflate | Method::Gzip);
        let marked = || self.cache.checkpoints(self.key).is_some_and(|found| !found.marks.is_empty());
        (self.key, cheap || (self.packed.method.has_marks() && marked()))
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

    /// Decodes one piece: from where a reader stopped, from the nearest checkpoint, or from the start.
    fn decode(&self, number: u64) -> io::Result<Arc<Vec<u8>>> {
        let small = self.packed.size.is_some_and(|size| size <= limits::CHECKPOINTS_FROM);
        let checkpoints = match self.packed.method.has_marks() && !small {
            true => Some(self.checkpoints()?),
            false => None,
        };
        let start = number * PIECE_BYTES;
        let nearest = checkpoints.as_ref().and_then(|found| {
            let behind = found.marks.partition_point(|(out, _)| *out <= start);
            found.marks.get(behind.checked_sub(1)?)
        });
        let from = nearest.map_or(0, |(out, _)| *out);
        let (mut decoder, mut out) = match (self.cache.take_cursor(self.key, from, start), nearest) {
            (Some(cursor), _) => cursor,
            (None, Some((out, start))) => (Decoder::from(&self.packed, start), *out),
            (None, None) => (Decoder::new(&self.packed, false), 0),
        };
        while out < start {
            let room = (PIECE_BYTES - out % PIECE_BYTES).min(start - out);
            let (piece, ended) = fill(room, |buf| decoder.read(buf))?;
            let at = out;
            out += piece.len() as u64;
            if piece.len() as u64 == PIECE_BYTES {
                self.cache.keep_piece(self.key, at / PIECE_BYTES, &Arc::new(piece));
            }
            if ended {
                return Ok(Arc::default());
            }
        }
        let room = PIECE_BYTES.min(self.packed.most().saturating_sub(start));
        let (piece, ended) = fill(room, |buf| decoder.read(buf))?;
        let piece = Arc::new(piece);
        self.cache.keep_piece(self.key, number, &piece);
        if !ended && start + room < self.packed.most() {
            self.cache.leave_cursor(self.key, (decoder, start + room));
        }
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
        let mut decoder = Decoder::new(&self.packed, false);
        let mut marking = Marking::new();
        let (most, mut out) = (self.packed.most(), 0);
        let mut buf = vec![0; limits::READ_BYTES];
        while out < most {
            let left = usize::try_from(most - out).unwrap_or(usize::MAX);
            let room = marking.room(out, buf.len()).min(left);
            match decoder.read(&mut buf[..room]) {
                Err(Broken::Io(e)) => return Err(e),
                // What is wrong with the data is told by whoever reads the entry as a whole.
                Ok(0) | Err(_) => break,
                Ok(n) => {
                    out += n as u64;
                    marking.pass(&decoder, out);
                }
            }
        }
        marking.add(decoder.logged().points);
        let made = Arc::new(marking.done());
        self.cache.keep_checkpoints(self.key, &made, made.cost());
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
