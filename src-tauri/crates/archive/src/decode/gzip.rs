//! A whole gzip file: members one after the other, each with a header, deflated data, and a checksum to hold them
//! against. Its state can be copied at any point.

use std::io::BufRead;

use super::{Fault, Inflate};
use crate::limits;
use crate::packed::{Broken, PackedStream};

/// Bits of the header's flags.
const HEADER_CRC: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

/// The members of a gzip file, inflated one after the other.
#[derive(Clone)]
pub(crate) struct Gunzip {
    stage: Stage,
    members: u64,
    hasher: crc32fast::Hasher,
    size: u32,
    pub(super) faults: Vec<Fault>,
    /// The name that the first member gives its file.
    pub(super) name: Option<Vec<u8>>,
}

#[derive(Clone)]
enum Stage {
    Header,
    Body(Box<Inflate>),
    Ended,
}

impl Gunzip {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Header,
            members: 0,
            hasher: crc32fast::Hasher::new(),
            size: 0,
            faults: Vec::new(),
            name: None,
        }
    }

    pub(super) fn read(&mut self, packed: &mut PackedStream, out: &mut [u8]) -> Result<usize, Broken> {
        loop {
            match &mut self.stage {
                Stage::Ended => return Ok(0),
                Stage::Header => self.header(packed)?,
                Stage::Body(inflate) => match inflate.read(packed, out) {
                    Ok(0) => self.trailer(packed)?,
                    Ok(n) => {
                        self.hasher.update(&out[..n]);
                        // The format counts modulo 2^32.
                        self.size = self.size.wrapping_add(u32::try_from(n).unwrap_or(u32::MAX));
                        return Ok(n);
                    }
                    Err(why) => {
                        self.stage = Stage::Ended;
                        return Err(why);
                    }
                },
            }
        }
    }

    /// Reads the header of a member. What follows the last member and is none is left to be told as left over.
    fn header(&mut self, packed: &mut PackedStream) -> Result<(), Broken> {
        self.stage = Stage::Ended;
        if self.members > 0 {
            // Some programs fill up the last block of a tape with zeros.
            while packed.fill().first() == Some(&0) {
                skip(packed, 1);
            }
            if !packed.fill().starts_with(b"\x1f") {
                return Ok(());
            }
        }
        let mut fixed = [0; 10];
        for byte in &mut fixed {
            *byte = next(packed)?;
        }
        let [0x1f, 0x8b, 8, flags, ..] = fixed else {
            return Err(Broken::Nonsense("what follows is no gzip data".to_owned()));
        };
        if flags & EXTRA != 0 {
            let len = u16::from_le_bytes([next(packed)?, next(packed)?]);
            for _ in 0..len {
                next(packed)?;
            }
        }
        for (flag, keep) in [(NAME, self.members == 0), (COMMENT, false)] {
            if flags & flag == 0 {
                continue;
            }
            let mut text = Vec::new();
            loop {
                match next(packed)? {
                    0 => break,
                    byte if keep && text.len() < limits::NAME_BYTES_ODD => text.push(byte),
                    _ => {}
                }
            }
            if keep && !text.is_empty() {
                self.name = Some(text);
            }
        }
        if flags & HEADER_CRC != 0 {
            next(packed)?;
            next(packed)?;
        }
        self.members += 1;
        self.hasher = crc32fast::Hasher::new();
        self.size = 0;
        self.stage = Stage::Body(Box::new(Inflate::new()));
        Ok(())
    }

    /// Holds a member against its checksum and size.
    fn trailer(&mut self, packed: &mut PackedStream) -> Result<(), Broken> {
        self.stage = Stage::Ended;
        let mut four = || Ok([next(packed)?, next(packed)?, next(packed)?, next(packed)?]);
        let (crc, size) = (u32::from_le_bytes(four()?), u32::from_le_bytes(four()?));
        let found = self.hasher.clone().finalize();
        if self.faults.len() < limits::SAME_ODDITY_MAX {
            if crc != found {
                let (declared, found) = (format!("{crc:08x}"), format!("{found:08x}"));
                self.faults.push(Fault::Checksum { declared, found });
            }
            if size != self.size {
                self.faults.push(Fault::Size { declared: size.into(), found: self.size.into() });
            }
        }
        self.stage = Stage::Header;
        Ok(())
    }
}

fn next(packed: &mut PackedStream) -> Result<u8, Broken> {
    let byte = packed.fill().first().copied().ok_or(Broken::Cut)?;
    skip(packed, 1);
    Ok(byte)
}

fn skip(packed: &mut PackedStream, n: usize) {
    packed.consume(n);
}
