//! A whole Zstandard file: frames one after the other, each with a beginning of its own.

use std::io::{self, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::steps::Tap;
use super::{Fault, Log, Start};
use crate::content::lock;
use crate::limits;

/// What a decoder takes with the window of the usual levels.
pub(super) const WEIGHT: u64 = 16 * limits::MIB;

/// The number that a frame begins with.
const FRAME: u32 = 0xFD2F_B528;
/// The first of the 16 numbers that frames begin with which are to be left out.
const SKIPPED: u32 = 0x184D_2A50;

/// A last block of nothing, and room for a checksum behind it.
const LAST_BLOCK: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// The frames of a Zstandard file, decoded one after the other.
pub(super) struct Unzstd {
    tap: Tap,
    log: Log,
    decoder: FrameDecoder,
    in_frame: bool,
    frames: u64,
    out: u64,
    /// Where the frame that is being read began in the output.
    frame_from: u64,
    /// Why the frame ends here, once all that was decoded of it is given out.
    broken: Option<io::Error>,
    last_point: u64,
    ended: bool,
}

impl Unzstd {
    pub(super) fn new(tap: Tap, log: Log) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(limits::ZSTD_WINDOW_MAX);
        Self {
            tap,
            log,
            decoder,
            in_frame: false,
            frames: 0,
            out: 0,
            frame_from: 0,
            broken: None,
            last_point: 0,
            ended: false,
        }
    }

    /// Goes to the next frame; false if there is none.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            let at = self.tap.with(|stream| stream.position());
            let mut head = [0; 4];
            if let Err(e) = self.tap.read_exact(&mut head) {
                self.tap.with(|stream| stream.seek(at));
                return if self.frames > 0 { Ok(false) } else { Err(e) };
            }
            match u32::from_le_bytes(head) {
                FRAME => {
                    self.tap.with(|stream| stream.seek(at));
                    if self.out >= self.last_point + limits::CHECKPOINT_EVERY {
                        self.last_point = self.out;
                        lock(&self.log).points.push((self.out, Start::Zstd { at }));
                    }
                    self.decoder.reset(self.tap.clone()).map_err(|e| self.failed(&e.to_string()))?;
                    self.frames += 1;
                    self.frame_from = self.out;
                    return Ok(true);
                }
                magic if magic & !15 == SKIPPED => {
                    let mut len = [0; 4];
                    self.tap.read_exact(&mut len)?;
                    if self.tap.with(|stream| stream.left()) < u32::from_le_bytes(len).into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    let behind = at.saturating_add(8).saturating_add(u32::from_le_bytes(len).into());
                    self.tap.with(|stream| stream.seek(behind));
                    self.frames += 1;
                }
                _ if self.frames > 0 => {
                    self.tap.with(|stream| stream.seek(at));
                    return Ok(false);
                }
                _ => return Err(io::Error::other("no Zstandard data")),
            }
        }
    }

    fn failed(&self, why: &str) -> io::Error {
        match self.tap.with(|stream| stream.left()) {
            0 => io::ErrorKind::UnexpectedEof.into(),
            _ => io::Error::other(why.to_owned()),
        }
    }

    fn end_frame(&mut self) {
        self.in_frame = false;
        // What a frame does not say reads as nothing.
        let (declared, found) = (self.decoder.content_size(), self.out - self.frame_from);
        if declared > 0 && declared != found {
            let mut log = lock(&self.log);
            if log.faults.len() < limits::SAME_ODDITY_MAX {
                log.faults.push(Fault::Size { declared, found });
            }
        }
        let (says, is) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        if let (Some(says), Some(is)) = (says, is)
            && says != is
        {
            let mut log = lock(&self.log);
            if log.faults.len() < limits::SAME_ODDITY_MAX {
                let (declared, found) = (format!("{says:08x}"), format!("{is:08x}"));
                log.faults.push(Fault::Checksum { declared, found });
            }
        }
    }
}

impl Read for Unzstd {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !out.is_empty() {
            if !self.in_frame {
                self.in_frame = self.next_frame()?;
                self.ended = !self.in_frame;
                continue;
            }
            let n = self.decoder.read(out)?;
            if n > 0 {
                self.out += n as u64;
                return Ok(n);
            }
            if let Some(why) = self.broken.take() {
                self.ended = true;
                return Err(why);
            }
            if self.decoder.is_finished() {
                self.end_frame();
                continue;
            }
            let one = || BlockDecodingStrategy::UptoBlocks(1);
            if let Err(e) = self.decoder.decode_blocks(self.tap.clone(), one()) {
                let why = self.failed(&e.to_string());
                // The decoder keeps a window of what it decoded until the frame ends: an empty last block ends it.
                if self.decoder.decode_blocks(LAST_BLOCK, one()).is_err() {
                    return Err(why);
                }
                self.broken = Some(why);
            }
        }
        Ok(0)
    }
}
