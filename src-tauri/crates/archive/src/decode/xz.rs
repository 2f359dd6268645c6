//! A whole xz file, read by our own hand down to its blocks: so its dictionary is bounded, any number of streams is
//! read without recursion, and decoding can begin at every block.

use std::io::{self, Read};

use lzma_rust2::Lzma2Reader;
use lzma_rust2::filter::bcj::BcjReader;
use lzma_rust2::filter::delta::DeltaReader;
use sha2::{Digest, Sha256};

use super::steps::Tap;
use super::{Fault, Log, Start};
use crate::content::lock;
use crate::limits;

/// What a decoder takes with the dictionary of the usual levels.
pub(super) const WEIGHT: u64 = 16 * limits::MIB;

const MAGIC: &[u8] = b"\xfd7zXZ\0";

/// The blocks of an xz file, decoded one after the other.
pub(super) struct Unxz {
    tap: Tap,
    log: Log,
    /// The check of the stream that is being read.
    check: Option<u8>,
    block: Option<Block>,
    streams: u64,
    out: u64,
    last_point: u64,
    ended: bool,
}

struct Block {
    reader: Box<dyn Read + Send>,
    /// Where its packed data begin: they are filled up to four bytes.
    data: u64,
    sum: Sum,
}

impl Unxz {
    /// Begins at the start of a file; or, with the check of its stream, at a block.
    pub(super) fn new(tap: Tap, log: Log, check: Option<u8>) -> Self {
        let streams = u64::from(check.is_some());
        Self { tap, log, check, block: None, streams, out: 0, last_point: 0, ended: false }
    }

    fn position(&self) -> u64 {
        self.tap.with(|stream| stream.position())
    }

    /// Goes to the next block; false at the end of the last stream.
    fn next_block(&mut self) -> io::Result<bool> {
        loop {
            let Some(check) = self.check else {
                if !self.next_stream()? {
                    return Ok(false);
                }
                continue;
            };
            let at = self.position();
            let first = byte(&mut self.tap)?;
            if first == 0 {
                self.index()?;
                self.check = None;
                continue;
            }
            if self.out >= self.last_point + limits::CHECKPOINT_EVERY {
                self.last_point = self.out;
                lock(&self.log).points.push((self.out, Start::Xz { at, check }));
            }
            let mut header = vec![0; (usize::from(first) + 1) * 4];
            header[0] = first;
            self.tap.read_exact(&mut header[1..])?;
            let reader = open(&header, self.tap.clone())?;
            self.block = Some(Block { reader, data: self.position(), sum: Sum::new(check) });
            return Ok(true);
        }
    }

    /// Reads the header of a stream, past what fills up the space before it; false if there is none.
    fn next_stream(&mut self) -> io::Result<bool> {
        let mut at = self.position();
        let mut head = [0; 12];
        while self.streams > 0 {
            at = self.position();
            match self.tap.read_exact(&mut head[..4]) {
                Ok(()) if head[..4] == [0; 4] => {}
                Ok(()) => break,
                Err(_) => {
                    self.tap.with(|stream| stream.seek(at));
                    return Ok(false);
                }
            }
        }
        self.tap.with(|stream| stream.seek(at));
        let read = self.tap.read_exact(&mut head);
        if read.is_err() || !head.starts_with(MAGIC) || head[8..] != crc(&head[6..8]) {
            if self.streams > 0 {
                // It is told as left over.
                self.tap.with(|stream| stream.seek(at));
                return Ok(false);
            }
            read?;
            return Err(io::Error::other("the header of the xz file is damaged"));
        }
        self.streams += 1;
        self.check = Some(head[7] & 15);
        Ok(true)
    }

    /// Reads past the list of blocks and the footer of a stream: the blocks themselves were met already.
    fn index(&mut self) -> io::Result<()> {
        let start = self.position() - 1;
        let records = number(&mut self.tap)?;
        for _ in 0..records.saturating_mul(2) {
            number(&mut self.tap)?;
        }
        while !(self.position() - start).is_multiple_of(4) {
            byte(&mut self.tap)?;
        }
        self.tap.read_exact(&mut [0; 4 + 12])
    }

    fn end_block(&mut self, block: Block) -> io::Result<()> {
        while !(self.position() - block.data).is_multiple_of(4) {
            byte(&mut self.tap)?;
        }
        let mut says = vec![0; check_bytes(self.check.unwrap_or(0))];
        self.tap.read_exact(&mut says)?;
        if let Some(is) = block.sum.done()
            && is != says
        {
            let hex = |bytes: &[u8]| bytes.iter().rev().map(|b| format!("{b:02x}")).collect::<String>();
            let mut log = lock(&self.log);
            if log.faults.len() < limits::SAME_ODDITY_MAX {
                log.faults.push(Fault::Checksum { declared: hex(&says), found: hex(&is) });
            }
        }
        Ok(())
    }
}

impl Read for Unxz {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !out.is_empty() {
            let Some(block) = &mut self.block else {
                self.ended = !self.next_block()?;
                continue;
            };
            let n = block.reader.read(out)?;
            if n > 0 {
                block.sum.add(&out[..n]);
                self.out += n as u64;
                return Ok(n);
            }
            if let Some(block) = self.block.take() {
                self.end_block(block)?;
            }
        }
        Ok(0)
    }
}

/// The filters of a block, put together from its header.
fn open(header: &[u8], tap: Tap) -> io::Result<Box<dyn Read + Send>> {
    let damaged = || io::Error::other("the header of a block is damaged");
    let (fields, says) = header.split_at(header.len() - 4);
    if says != crc(fields) {
        return Err(damaged());
    }
    let flags = fields[1];
    let mut rest = &fields[2..];
    let rest = &mut rest;
    let packed = if flags & 0x40 != 0 { Some(number(rest)?) } else { None };
    let size = if flags & 0x80 != 0 { Some(number(rest)?) } else { None };
    // What the header says of its packed size is not needed: the data end by themselves.
    let _ = packed;
    let mut filters = Vec::new();
    for _ in 0..=flags & 3 {
        let (id, len) = (number(rest)?, number(rest)?);
        let len = usize::try_from(len).map_err(|_| damaged())?;
        let (body, behind) = rest.split_at_checked(len).ok_or_else(damaged)?;
        *rest = behind;
        filters.push((id, body));
    }
    let Some((0x21, &[dictionary])) = filters.pop() else {
        return Err(io::Error::other("a filter that this program does not know"));
    };
    let window = lzma2_window(dictionary, size)?;
    let mut reader: Box<dyn Read + Send> = Box::new(Lzma2Reader::new(tap, window, None));
    while let Some((id, body)) = filters.pop() {
        let start = match body {
            [a, b, c, d] => usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(0),
            _ => 0,
        };
        reader = match (id, body) {
            (3, [distance]) => Box::new(DeltaReader::new(reader, usize::from(*distance) + 1)),
            (4, _) => Box::new(BcjReader::new_x86(reader, start)),
            (5, _) => Box::new(BcjReader::new_ppc(reader, start)),
            (6, _) => Box::new(BcjReader::new_ia64(reader, start)),
            (7, _) => Box::new(BcjReader::new_arm(reader, start)),
            (8, _) => Box::new(BcjReader::new_arm_thumb(reader, start)),
            (9, _) => Box::new(BcjReader::new_sparc(reader, start)),
            (10, _) => Box::new(BcjReader::new_arm64(reader, start)),
            (11, _) => Box::new(BcjReader::new_riscv(reader, start)),
            _ => return Err(io::Error::other("a filter that this program does not know")),
        };
    }
    Ok(reader)
}

/// The dictionary that LZMA2 asks for by one byte, no more than the output needs and the limits allow.
pub(super) fn lzma2_window(bits: u8, size: Option<u64>) -> io::Result<u32> {
    let wanted = match bits {
        0..=39 => (2 | u64::from(bits & 1)) << (bits / 2 + 11),
        40 => u64::from(u32::MAX),
        _ => return Err(io::Error::other("a dictionary of an unknown size")),
    };
    super::chain::window(wanted, size)
}

fn byte(from: &mut impl Read) -> io::Result<u8> {
    let mut one = [0];
    from.read_exact(&mut one)?;
    Ok(one[0])
}

/// A number in groups of seven bits.
fn number(from: &mut impl Read) -> io::Result<u64> {
    let mut value = 0;
    for group in 0..9 {
        let next = byte(from)?;
        value |= u64::from(next & 0x7F) << (7 * group);
        if next & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(io::Error::other("a number that is too long"))
}

fn crc(bytes: &[u8]) -> [u8; 4] {
    crc32fast::hash(bytes).to_le_bytes()
}

fn check_bytes(check: u8) -> usize {
    match check {
        0 => 0,
        1..=3 => 4,
        4..=6 => 8,
        7..=9 => 16,
        10..=12 => 32,
        _ => 64,
    }
}

/// The check over a block; none where the format leaves it to the future.
enum Sum {
    None,
    Crc32(crc32fast::Hasher),
    Crc64(u64),
    Sha256(Box<Sha256>),
}

impl Sum {
    fn new(check: u8) -> Self {
        match check {
            1 => Self::Crc32(crc32fast::Hasher::new()),
            4 => Self::Crc64(u64::MAX),
            10 => Self::Sha256(Box::default()),
            _ => Self::None,
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        match self {
            Self::None => {}
            Self::Crc32(hasher) => hasher.update(bytes),
            Self::Crc64(state) => {
                for byte in bytes {
                    let [low, ..] = (*state ^ u64::from(*byte)).to_le_bytes();
                    *state = CRC64[usize::from(low)] ^ (*state >> 8);
                }
            }
            Self::Sha256(hasher) => hasher.update(bytes),
        }
    }

    fn done(self) -> Option<Vec<u8>> {
        match self {
            Self::None => None,
            Self::Crc32(hasher) => Some(hasher.finalize().to_le_bytes().to_vec()),
            Self::Crc64(state) => Some((!state).to_le_bytes().to_vec()),
            Self::Sha256(hasher) => Some(hasher.finalize().to_vec()),
        }
    }
}

/// The table of the CRC-64 of ECMA-182, reflected.
const CRC64: [u64; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u64;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 == 1 { (c >> 1) ^ 0xC96C_5795_D787_0F42 } else { c >> 1 };
            bit += 1;
        }
        table[i] = c;
        i += 1;
    }
    table
};
