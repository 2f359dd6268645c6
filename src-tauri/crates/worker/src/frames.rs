//! Bytes between the two processes: each piece with its length before it. No length is believed: a buffer grows as bytes
//! arrive.

use std::io::{self, Read, Write};

/// The length that says that an entry's bytes are over.
const OVER: u32 = 0;

/// The length that says that they broke off; the reason follows.
const BROKEN: u32 = u32::MAX;

/// A message longer than this is no message: the largest record, a few times over.
const MESSAGE: u32 = 512 << 20;

/// Writes a piece.
pub(crate) fn put(out: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    let len = u32::try_from(piece.len()).map_err(io::Error::other)?;
    out.write_all(&len.to_le_bytes())?;
    out.write_all(piece)
}

/// Writes that an entry's bytes are over.
pub(crate) fn put_over(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&OVER.to_le_bytes())
}

/// Writes that an entry's bytes broke off.
pub(crate) fn put_broken(out: &mut impl Write, why: &str) -> io::Result<()> {
    out.write_all(&BROKEN.to_le_bytes())?;
    put(out, why.as_bytes())
}

/// Pieces as one piece.
pub(crate) fn pack<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut packed = Vec::new();
    for piece in pieces {
        // Writing to memory does not fail, and nothing here is as long as four GiB.
        let _ = put(&mut packed, piece);
    }
    packed
}

/// The pieces that were packed into one.
pub(crate) fn unpack(mut packed: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = packed.split_first_chunk::<4>()?;
        let (piece, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        packed = rest;
        Some(piece)
    })
}

fn length(from: &mut impl Read) -> io::Result<u32> {
    let mut len = [0; 4];
    from.read_exact(&mut len)?;
    Ok(u32::from_le_bytes(len))
}

/// Reads a piece into a buffer.
pub(crate) fn take(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    let len = length(from)?;
    if len > MESSAGE {
        return Err(io::Error::other("a message that cannot be"));
    }
    buffer.clear();
    if from.take(u64::from(len)).read_to_end(buffer)? < len as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// An entry's bytes as they arrive.
pub(crate) struct Incoming<R> {
    from: R,
    left: u32,
    over: bool,
}

impl<R: Read> Incoming<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, left: 0, over: false }
    }

    /// Lets pass what was not read.
    pub(crate) fn drain(mut self) -> io::Result<()> {
        let mut away = vec![0; 64 << 10];
        while !self.over {
            // That the bytes broke off is no longer of interest.
            if let Err(error) = self.read(&mut away)
                && !self.over
            {
                return Err(error);
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Incoming<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.over || buf.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            match length(&mut self.from)? {
                OVER => {
                    self.over = true;
                    return Ok(0);
                }
                BROKEN => {
                    self.over = true;
                    let mut why = Vec::new();
                    take(&mut self.from, &mut why)?;
                    return Err(io::Error::other(String::from_utf8_lossy(&why).into_owned()));
                }
                len => self.left = len,
            }
        }
        let most = buf.len().min(self.left as usize);
        let read = self.from.read(&mut buf[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= u32::try_from(read).unwrap_or(self.left);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_arrive_until_they_are_over() {
        let mut wire = Vec::new();
        put(&mut wire, b"abc").expect("memory");
        put(&mut wire, b"de").expect("memory");
        put_over(&mut wire).expect("memory");
        put(&mut wire, b"next").expect("memory");
        let mut from = wire.as_slice();
        let mut text = String::new();
        let mut incoming = Incoming::new(&mut from);
        incoming.read_to_string(&mut text).expect("whole");
        incoming.drain().expect("nothing is left");
        assert_eq!(text, "abcde");
        let mut next = Vec::new();
        take(&mut from, &mut next).expect("whole");
        assert_eq!(next, b"next");
    }

    #[test]
    fn a_break_is_told_and_the_next_entry_is_not_touched() {
        let mut wire = Vec::new();
        put(&mut wire, b"abc").expect("memory");
        put_broken(&mut wire, "the disk is gone").expect("memory");
        put(&mut wire, b"next").expect("memory");
        let mut from = wire.as_slice();
        let mut incoming = Incoming::new(&mut from);
        let error = incoming.read_to_end(&mut Vec::new()).expect_err("it broke off");
        assert_eq!(error.to_string(), "the disk is gone");
        incoming.drain().expect("nothing is left");
        let mut next = Vec::new();
        take(&mut from, &mut next).expect("whole");
        assert_eq!(next, b"next");
    }

    #[test]
    fn pieces_come_back_as_they_were() {
        let packed = pack([&b"ab"[..], b"", b"c"].into_iter());
        assert_eq!(unpack(&packed).collect::<Vec<_>>(), [&b"ab"[..], b"", b"c"]);
        assert_eq!(unpack(&packed[..5]).count(), 0);
    }

    #[test]
    fn a_length_is_not_believed() {
        let mut buffer = Vec::new();
        assert!(take(&mut &[0xFF, 0xFF, 0xFF, 0xFE][..], &mut buffer).is_err());
        assert!(take(&mut &[0xFF, 0xFF, 0xFF, 0x0F, 1, 2][..], &mut buffer).is_err());
        assert!(buffer.capacity() < 1 << 20);
    }
}
