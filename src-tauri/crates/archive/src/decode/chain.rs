//! Coders in a row, as 7z has them, and the two formats that a library reads in one go.

use std::io::{self, BufRead, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use deflate64::Deflate64Decoder;
use lzma_rust2::filter::bcj::BcjReader;
use lzma_rust2::filter::delta::DeltaReader;
use lzma_rust2::{Lzma2Reader, LzmaReader};
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};
use ppmd_rust::{Ppmd7Decoder, Ppmd8Decoder, RestoreMethod};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::bcj2::Bcj2;
use super::steps::Tap;
use super::xz;
use crate::limits;
use crate::seven::{Coder, Coding, Machine};

/// What a chain of coders takes of memory, more or less.
pub(super) fn weight(coders: &[Coder]) -> u64 {
    let one = |coder: &Coder| match coder.coding {
        Coding::Lzma { window, .. } => u64::from(window),
        Coding::Lzma2 { .. } => limits::LZMA_DICTIONARY_MAX.into(),
        Coding::Ppmd { memory, .. } => u64::from(memory),
        Coding::Zstd => 16 * limits::MIB,
        _ => limits::MIB,
    };
    coders.iter().map(one).sum::<u64>().max(16 * limits::MIB)
}

/// The window that is used where `wanted` is asked for: one larger than the output is never needed.
pub(super) fn window(wanted: u64, size: Option<u64>) -> io::Result<u32> {
    let useful = wanted.min(size.unwrap_or(u64::MAX)).max(4096);
    match u32::try_from(useful) {
        Ok(window) if window <= limits::LZMA_DICTIONARY_MAX => Ok(window),
        _ => Err(too_much(useful)),
    }
}

fn too_much(memory: u64) -> io::Error {
    let most = limits::LZMA_DICTIONARY_MAX;
    io::Error::other(format!("needs {memory} bytes of memory, {most} are allowed"))
}

/// The old `.lzma` format: properties, dictionary, size, data.
pub(super) fn lzma_file(tap: Tap) -> io::Result<Box<dyn Read + Send>> {
    let mut reader = buffered(tap);
    let mut head = [0; 13];
    reader.read_exact(&mut head)?;
    let [props, d0, d1, d2, d3, size @ ..] = head;
    let size = u64::from_le_bytes(size);
    let window = window(u32::from_le_bytes([d0, d1, d2, d3]).into(), (size != u64::MAX).then_some(size))?;
    Ok(Box::new(LzmaReader::new_with_props(reader, size, props, window, None)?))
}

/// PPMd as ZIP has it: order, memory and manners in two bytes, then the data.
pub(super) fn zip_ppmd(tap: Tap, size: Option<u64>) -> io::Result<Box<dyn Read + Send>> {
    let mut reader = buffered(tap);
    let mut head = [0; 2];
    reader.read_exact(&mut head)?;
    let head = u16::from_le_bytes(head);
    let memory = (u32::from(head >> 4 & 0xFF) + 1) << 20;
    if memory > limits::PPMD_MEMORY_MAX {
        return Err(too_much(memory.into()));
    }
    let decoder =
        Ppmd8Decoder::new(reader, u32::from(head & 15) + 1, memory, RestoreMethod::from(head >> 12));
    // It does not know its end.
    Ok(Box::new(decoder.map_err(|e| io::Error::other(e.to_string()))?.take(size.unwrap_or(u64::MAX))))
}

/// The coders of a 7z folder, the one next to the packed bytes first.
pub(super) fn seven(tap: Tap, coders: &[Coder]) -> io::Result<Box<dyn Read + Send>> {
    let mut reader: Box<dyn Read + Send> = Box::new(tap);
    for coder in coders {
        let input = BufReader::with_capacity(limits::READ_BYTES, reader);
        let coded: Box<dyn Read + Send> = match coder.coding {
            Coding::Copy => Box::new(input),
            Coding::Lzma { props, window: wanted } => {
                let window = window(wanted.into(), Some(coder.size))?;
                Box::new(LzmaReader::new_with_props(input, coder.size, props, window, None)?)
            }
            Coding::Lzma2 { bits } => {
                Box::new(Lzma2Reader::new(input, xz::lzma2_window(bits, Some(coder.size))?, None))
            }
            Coding::Ppmd { memory, .. } if memory > limits::PPMD_MEMORY_MAX => {
                return Err(too_much(memory.into()));
            }
            Coding::Ppmd { order, memory } => {
                let decoder = Ppmd7Decoder::new(input, order, memory);
                Box::new(decoder.map_err(|e| io::Error::other(e.to_string()))?)
            }
            Coding::Bzip2 => Box::new(MultiBzDecoder::new(input)),
            Coding::Deflate => Box::new(Inflated::new(input)),
            Coding::Deflate64 => Box::new(Deflate64Decoder::with_buffer(input)),
            Coding::Zstd => Box::new(Frames::new(input)),
            Coding::Delta { distance } => Box::new(DeltaReader::new(input, distance)),
            Coding::Bcj(machine) => Box::new(match machine {
                Machine::X86 => BcjReader::new_x86(input, 0),
                Machine::Ppc => BcjReader::new_ppc(input, 0),
                Machine::Ia64 => BcjReader::new_ia64(input, 0),
                Machine::Arm => BcjReader::new_arm(input, 0),
                Machine::ArmThumb => BcjReader::new_arm_thumb(input, 0),
                Machine::Arm64 => BcjReader::new_arm64(input, 0),
                Machine::Sparc => BcjReader::new_sparc(input, 0),
                Machine::Riscv => BcjReader::new_riscv(input, 0),
            }),
        };
        // Some coders do not know their end.
        reader = Box::new(coded.take(coder.size));
    }
    Ok(reader)
}

/// The four streams of a 7z folder, each through its coders, and together.
pub(super) fn bcj2<'a>(
    branches: impl Iterator<Item = (Tap, &'a [Coder])>,
) -> io::Result<Box<dyn Read + Send>> {
    let readers: Vec<_> = branches
        .map(|(tap, coders)| Ok(BufReader::with_capacity(limits::READ_BYTES, seven(tap, coders)?)))
        .collect::<io::Result<_>>()?;
    let readers = readers.try_into().map_err(|_| io::Error::other("BCJ2 has four streams"))?;
    Ok(Box::new(Bcj2::new(readers)))
}

fn buffered(tap: Tap) -> BufReader<Tap> {
    BufReader::with_capacity(limits::READ_BYTES, tap)
}

/// Zstandard from any reader, frame by frame.
struct Frames<R> {
    input: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(limits::ZSTD_WINDOW_MAX);
        Self { input, decoder, in_frame: false }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let failed = |e: String| io::Error::other(e);
        while !out.is_empty() {
            if !self.in_frame {
                if self.input.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.decoder.reset(&mut self.input).map_err(|e| failed(e.to_string()))?;
                self.in_frame = true;
            }
            let n = self.decoder.read(out)?;
            if n > 0 {
                return Ok(n);
            }
            if self.decoder.is_finished() {
                self.in_frame = false;
                continue;
            }
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.input, one).map_err(|e| failed(e.to_string()))?;
        }
        Ok(0)
    }
}

/// Inflating from any reader.
struct Inflated<R> {
    input: R,
    state: Box<InflateState>,
    ended: bool,
}

impl<R: BufRead> Inflated<R> {
    fn new(input: R) -> Self {
        Self { input, state: InflateState::new_boxed(DataFormat::Raw), ended: false }
    }
}

impl<R: BufRead> Read for Inflated<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !out.is_empty() {
            let bytes = self.input.fill_buf()?;
            let at_end = bytes.is_empty();
            let step = inflate(&mut self.state, bytes, out, MZFlush::None);
            self.input.consume(step.bytes_consumed);
            self.ended = step.status == Ok(MZStatus::StreamEnd);
            if step.bytes_written > 0 {
                return Ok(step.bytes_written);
            }
            if at_end && !self.ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Err(e) = step.status
                && step.bytes_consumed == 0
            {
                return Err(io::Error::other(format!("not valid compressed data ({e:?})")));
            }
        }
        Ok(0)
    }
}
