//! A whole bzip2 file. Its blocks begin at any bit; they are looked for on the way, so that decoding can begin there.

use std::io::{self, BufRead, Read};

use bzip2::{Decompress, Status};

use super::steps::Tap;
use super::{Log, Start};
use crate::content::lock;
use crate::limits;

/// What a decoder takes: four bytes for each of the 900,000 of the largest block.
pub(super) const WEIGHT: u64 = 4 * limits::MIB;

/// What a block begins with, and what follows the last one: the digits of pi, and of its square root.
const BLOCK: u64 = 0x3141_5926_5359;
const FOOTER: u64 = 0x1772_4538_5090;
const MAGIC_BITS: u64 = 48;
const MAGIC_MASK: u64 = (1 << MAGIC_BITS) - 1;
/// The header of a stream in bits: `BZh9`.
const HEADER_BITS: u64 = 32;

/// The streams of a bzip2 file, decoded one after the other.
pub(super) struct Bunzip {
    tap: Tap,
    log: Log,
    decoder: Option<Decompress>,
    streams: u64,
    /// The digit of the stream's header.
    level: u8,
    /// Bytes for the decoder, moved to where a stream would have them if its first block is not the first one of the
    /// file.
    input: Vec<u8>,
    used: usize,
    scanned: usize,
    /// The bit of the file that the first bit of `input` is.
    first_bit: u64,
    /// How far the bytes are moved, and the last one that was read.
    shift: Option<(u32, u8)>,
    window: u64,
    /// Where the decoder stops, because a block or footer begins there: the end in `input`, its bit in the file.
    mark: Option<Mark>,
    out: u64,
    last_point: u64,
    ended: bool,
}

#[derive(Clone, Copy)]
struct Mark {
    limit: usize,
    bit: u64,
    footer: bool,
}

impl Bunzip {
    /// Begins at the start of the file; or, with the bit of a block and the digit of its stream, in the middle.
    pub(super) fn new(tap: Tap, log: Log, start: Option<(u64, u8)>) -> Self {
        let mut made = Self {
            tap,
            log,
            decoder: None,
            streams: 0,
            level: b'9',
            input: Vec::new(),
            used: 0,
            scanned: 0,
            first_bit: 0,
            shift: None,
            window: 0,
            mark: None,
            out: 0,
            last_point: 0,
            ended: false,
        };
        if let Some((bit, level)) = start {
            made.level = level;
            made.input = vec![b'B', b'Z', b'h', level];
            // The header that stands there now is not the file's own.
            made.first_bit = bit.saturating_sub(HEADER_BITS);
            made.shift = Some((u32::try_from(bit % 8).unwrap_or(0), 0));
            made.decoder = Some(Decompress::new(false));
            made.streams = 1;
            let byte = made.tap.with(|stream| {
                let byte = stream.fill().first().copied();
                stream.consume(1);
                byte
            });
            made.shift = made.shift.map(|(by, _)| (by, byte.unwrap_or(0)));
        }
        made
    }

    /// Gets more bytes; false at the end of the file.
    fn refill(&mut self) -> io::Result<bool> {
        if self.used < self.input.len() {
            return Ok(true);
        }
        self.first_bit += 8 * self.input.len() as u64;
        (self.used, self.scanned) = (0, 0);
        self.input.resize(limits::READ_BYTES, 0);
        let n = self.tap.read(&mut self.input)?;
        self.input.truncate(n);
        if let Some((by, carry)) = &mut self.shift {
            for byte in &mut self.input {
                let next = *byte;
                let both = u16::from_be_bytes([*carry, next]) << *by;
                [*byte, _] = both.to_be_bytes();
                *carry = next;
            }
            if n == 0 && *carry != 0 {
                self.input.push(*carry << *by);
                *carry = 0;
            }
        }
        Ok(!self.input.is_empty())
    }

    /// Looks for the next beginning of a block or footer in the bytes at hand.
    fn scan(&mut self) {
        while self.mark.is_none() && self.scanned < self.input.len() {
            let at = self.scanned;
            self.window = self.window << 8 | u64::from(self.input[at]);
            self.scanned += 1;
            for behind in (0..8).rev() {
                let found = self.window >> behind & MAGIC_MASK;
                if found == BLOCK || found == FOOTER {
                    let end = self.first_bit + 8 * (at as u64 + 1) - behind;
                    let Some(bit) = end.checked_sub(MAGIC_BITS) else { continue };
                    self.mark = Some(Mark { limit: at + 1, bit, footer: found == FOOTER });
                    break;
                }
            }
        }
    }

    /// Starts with the next stream, if there is one.
    fn next_stream(&mut self) -> io::Result<bool> {
        if self.streams > 0 {
            let mut head = [0; 4];
            let at = (self.first_bit + 8 * self.used as u64).div_ceil(8);
            self.tap.with(|stream| stream.seek(at));
            let n = read_up_to(&mut self.tap, &mut head)?;
            self.tap.with(|stream| stream.seek(at));
            (self.first_bit, self.shift) = (8 * at, None);
            self.input.clear();
            (self.used, self.scanned, self.window, self.mark) = (0, 0, 0, None);
            if n < 4 || !head.starts_with(b"BZh") {
                return Ok(false);
            }
            self.level = head[3];
        } else if self.refill()? {
            self.level = self.input.get(3).copied().unwrap_or(b'9');
        }
        self.streams += 1;
        self.decoder = Some(Decompress::new(false));
        Ok(true)
    }

    /// What is at a mark, once everything before it came out.
    fn pass(&mut self, mark: Mark) {
        if mark.footer && self.shift.is_some() {
            // The checksum of a stream is of all its blocks, and some were left out.
            let footer = mark.bit + MAGIC_BITS + 32;
            let at = footer.div_ceil(8);
            (self.first_bit, self.used) = (8 * at, 0);
            self.decoder = None;
        } else if !mark.footer && self.out >= self.last_point + limits::CHECKPOINT_EVERY {
            self.last_point = self.out;
            let start = Start::Bzip2 { bit: mark.bit, level: self.level };
            lock(&self.log).points.push((self.out, start));
        }
    }
}

impl Read for Bunzip {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !out.is_empty() {
            if self.decoder.is_none() && !self.next_stream()? {
                self.ended = true;
                break;
            }
            // What is at a mark is looked at before the bytes behind it replace these.
            let more = self.mark.is_some() || self.refill()?;
            self.scan();
            let limit = self.mark.map_or(self.input.len(), |mark| mark.limit.max(self.used));
            let Some(decoder) = &mut self.decoder else { continue };
            let (read, written) = (decoder.total_in(), decoder.total_out());
            let status = decoder.decompress(&self.input[self.used..limit], out).map_err(io::Error::other)?;
            let read = usize::try_from(decoder.total_in() - read).unwrap_or(usize::MAX);
            let written = decoder.total_out() - written;
            self.used = self.used.saturating_add(read).min(limit);
            self.out += written;
            if status == Status::StreamEnd {
                self.decoder = None;
            } else if written == 0 && self.used == limit {
                match self.mark.take() {
                    Some(mark) => self.pass(mark),
                    None if !more => return Err(io::ErrorKind::UnexpectedEof.into()),
                    None => {}
                }
            } else if written == 0 && read == 0 {
                return Err(io::Error::other("the data make no sense"));
            }
            if written > 0 {
                return Ok(usize::try_from(written).unwrap_or(out.len()));
            }
        }
        Ok(0)
    }
}

fn read_up_to(reader: &mut impl Read, buf: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buf.len() {
        match reader.read(&mut buf[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}
