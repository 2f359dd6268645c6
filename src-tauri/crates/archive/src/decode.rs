//! From packed bytes to the bytes of an entry: undoing the compression, as a stream.

mod bcj2;
mod bzip2;
mod chain;
mod gzip;
mod steps;
mod xz;
mod zstd;

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex};

use ::bzip2::bufread::BzDecoder;
use deflate64::InflaterManaged;
use lzma_rust2::LzmaReader;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use crate::content::lock;
use crate::limits;
use crate::packed::{Broken, Method, Packed, PackedStream, Place};

use gzip::Gunzip;
use steps::{Steps, Tap, broken};

/// The bytes of an entry as a stream. It ends once: with `Ok(0)`, or with a reason.
pub(crate) enum Decoder {
    Stored(PackedStream),
    Deflate(PackedStream, Box<Inflate>),
    Deflate64(PackedStream, Box<InflaterManaged>),
    Bzip2(Box<BzDecoder<PackedStream>>, Steps),
    Lzma(Box<LzmaReader<PackedStream>>, Steps),
    Gzip(PackedStream, Box<Gunzip>),
    Chain(Box<Chain>),
    Failed(PackedStream, Option<Broken>),
}

/// A reader of a library, or of several of them in a row.
pub(crate) struct Chain {
    tap: Tap,
    /// Of the packed streams beside the first.
    beside: Vec<Tap>,
    reader: Box<dyn Read + Send>,
    steps: Steps,
    log: Log,
    /// What it takes of memory, more or less.
    weight: u64,
}

/// What a decoder meets on its way through a whole file.
pub(crate) type Log = Arc<Mutex<Logged>>;

/// What a decoder met.
#[derive(Default)]
pub(crate) struct Logged {
    /// Where decoding can begin, and how much came out before.
    pub(crate) points: Vec<(u64, Start)>,
    pub(crate) faults: Vec<Fault>,
    /// The name that the file gives its content.
    pub(crate) name: Option<Vec<u8>>,
}

/// Something wrong with a file that did not keep it from being decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    Checksum { declared: String, found: String },
    Size { declared: u64, found: u64 },
}

/// A place where decoding can begin.
#[derive(Clone)]
pub(crate) enum Start {
    Deflate(Place, Box<Inflate>),
    Gzip(Place, Box<Gunzip>),
    /// The bit at which a block begins, and the digit of its stream's header.
    Bzip2 {
        bit: u64,
        level: u8,
    },
    /// The byte at which a block begins, and the check that its stream has.
    Xz {
        at: u64,
        check: u8,
    },
    /// The byte at which a frame begins.
    Zstd {
        at: u64,
    },
}

impl Decoder {
    pub(crate) fn new(packed: &Packed, with_mac: bool) -> Self {
        let stream = PackedStream::new(packed, with_mac);
        if packed.size == Some(0) && packed.source.len() == 0 {
            // Some programs call an empty file deflated without writing the two bytes of an empty stream.
            return Self::Stored(stream);
        }
        match &packed.method {
            Method::Stored => Self::Stored(stream),
            Method::Deflate => Self::Deflate(stream, Box::new(Inflate::new())),
            Method::Deflate64 => Self::Deflate64(stream, Box::new(InflaterManaged::new())),
            Method::Bzip2 => Self::Bzip2(Box::new(BzDecoder::new(stream)), Steps::new()),
            Method::Lzma { marked } => lzma(stream, packed.size.filter(|_| !marked), packed.size),
            Method::Gzip => Self::Gzip(stream, Box::new(Gunzip::new())),
            Method::Bzip2File => Self::chain(stream, bzip2::WEIGHT, |tap, log| {
                Ok(Box::new(bzip2::Bunzip::new(tap, log, None)))
            }),
            Method::Xz => {
                Self::chain(stream, xz::WEIGHT, |tap, log| Ok(Box::new(xz::Unxz::new(tap, log, None))))
            }
            Method::Zstd => {
                Self::chain(stream, zstd::WEIGHT, |tap, log| Ok(Box::new(zstd::Unzstd::new(tap, log))))
            }
            Method::LzmaFile => Self::chain(stream, chain::weight(&[]), |tap, _| chain::lzma_file(tap)),
            Method::Ppmd => {
                Self::chain(stream, chain::weight(&[]), |tap, _| chain::zip_ppmd(tap, packed.size))
            }
            Method::Seven(coders) => {
                Self::chain(stream, chain::weight(coders), |tap, _| chain::seven(tap, coders))
            }
            Method::Bcj2(branches) => {
                let weight = branches.iter().map(|branch| chain::weight(&branch.coders)).sum();
                let [main, others @ ..] = &**branches;
                let others = others
                    .each_ref()
                    .map(|branch| (Tap::new(PackedStream::branch(packed, branch)), &branch.coders[..]));
                let stream = PackedStream::branch(packed, main);
                let taps = others.each_ref().map(|(tap, _)| tap.clone());
                let mut made = Self::chain(stream, weight, |tap, _| {
                    chain::bcj2([(tap, &main.coders[..])].into_iter().chain(others))
                });
                if let Self::Chain(chain) = &mut made {
                    chain.beside = taps.into();
                }
                made
            }
        }
    }

    /// A decoder that begins at a place that another one came by.
    pub(crate) fn from(packed: &Packed, start: &Start) -> Self {
        match start {
            Start::Deflate(place, state) => {
                Self::Deflate(PackedStream::from_place(packed, place), state.clone())
            }
            Start::Gzip(place, state) => Self::Gzip(PackedStream::from_place(packed, place), state.clone()),
            Start::Bzip2 { bit, level } => {
                let stream = PackedStream::from_byte(packed, bit / 8);
                Self::chain(stream, bzip2::WEIGHT, |tap, log| {
                    Ok(Box::new(bzip2::Bunzip::new(tap, log, Some((*bit, *level)))))
                })
            }
            Start::Xz { at, check } => {
                let stream = PackedStream::from_byte(packed, *at);
                Self::chain(stream, xz::WEIGHT, |tap, log| {
                    Ok(Box::new(xz::Unxz::new(tap, log, Some(*check))))
                })
            }
            Start::Zstd { at } => {
                let stream = PackedStream::from_byte(packed, *at);
                Self::chain(stream, zstd::WEIGHT, |tap, log| Ok(Box::new(zstd::Unzstd::new(tap, log))))
            }
        }
    }

    fn chain(
        stream: PackedStream,
        weight: u64,
        make: impl FnOnce(Tap, Log) -> io::Result<Box<dyn Read + Send>>,
    ) -> Self {
        let (tap, log) = (Tap::new(stream), Log::default());
        match make(tap.clone(), Arc::clone(&log)) {
            Ok(reader) => {
                let (beside, steps) = (Vec::new(), Steps::new());
                Self::Chain(Box::new(Chain { tap, beside, reader, steps, log, weight }))
            }
            Err(e) => {
                let spare = tap.with(|stream| stream.spare());
                Self::Failed(spare, Some(broken(e)))
            }
        }
    }

    pub(crate) fn read(&mut self, out: &mut [u8]) -> Result<usize, Broken> {
        if out.is_empty() {
            return Ok(0);
        }
        let got = match self {
            Self::Stored(stream) => stream.read(out).map_err(Broken::Io),
            Self::Deflate(stream, state) => state.read(stream, out),
            Self::Deflate64(stream, state) => inflate64(state, stream, out),
            Self::Bzip2(reader, steps) => steps.read(reader, out),
            Self::Lzma(reader, steps) => steps.read(reader, out),
            Self::Gzip(stream, state) => state.read(stream, out),
            Self::Chain(chain) => chain.steps.read(&mut chain.reader, out),
            Self::Failed(_, why) => why.take().map_or(Ok(0), Err),
        };
        match (got, self.take_error()) {
            // Whatever the decoder made of the sudden end, the disk is the reason.
            (Ok(0) | Err(_), Some(e)) => Err(Broken::Io(e)),
            (got, _) => got,
        }
    }

    /// The error of the disk that made a packed stream end, if one did.
    fn take_error(&mut self) -> Option<io::Error> {
        let beside = match self {
            Self::Chain(chain) => chain.beside.iter().find_map(|tap| tap.with(PackedStream::take_error)),
            _ => None,
        };
        self.packed(PackedStream::take_error).or(beside)
    }

    /// A place to come back to, if this decoder can be copied where it stands.
    pub(crate) fn pause(&self) -> Option<Start> {
        match self {
            Self::Deflate(stream, state) => Some(Start::Deflate(stream.place(), state.clone())),
            Self::Gzip(stream, state) => Some(Start::Gzip(stream.place(), state.clone())),
            _ => None,
        }
    }

    /// What was met so far.
    pub(crate) fn logged(&mut self) -> Logged {
        match self {
            Self::Gzip(_, state) => Logged {
                points: Vec::new(),
                faults: std::mem::take(&mut state.faults),
                name: state.name.take(),
            },
            Self::Chain(chain) => std::mem::take(&mut lock(&chain.log)),
            _ => Logged::default(),
        }
    }

    /// What it takes of memory, more or less.
    pub(crate) fn weight(&self) -> u64 {
        match self {
            Self::Stored(_) | Self::Failed(..) => limits::READ_BYTES as u64,
            Self::Deflate(..) | Self::Gzip(..) => limits::CHECKPOINT_BYTES,
            Self::Deflate64(..) => 2 * limits::CHECKPOINT_BYTES,
            Self::Bzip2(..) => bzip2::WEIGHT,
            Self::Lzma(..) => limits::LZMA_DICTIONARY_MAX.into(),
            Self::Chain(chain) => chain.weight,
        }
    }

    /// Packed bytes that were not asked for.
    pub(crate) fn left(&mut self) -> u64 {
        self.packed(|stream| stream.left())
    }

    /// Reads the rest past the authentication and says what code the bytes have.
    pub(crate) fn take_mac(&mut self) -> Option<Vec<u8>> {
        self.packed(PackedStream::take_mac)
    }

    fn packed<T>(&mut self, look: impl FnOnce(&mut PackedStream) -> T) -> T {
        match self {
            Self::Stored(stream)
            | Self::Deflate(stream, _)
            | Self::Deflate64(stream, _)
            | Self::Gzip(stream, _)
            | Self::Failed(stream, _) => look(stream),
            Self::Bzip2(reader, _) => look(reader.get_mut()),
            Self::Lzma(reader, _) => look(reader.inner_mut()),
            Self::Chain(chain) => chain.tap.with(look),
        }
    }
}

/// LZMA inside a ZIP: version, length of the properties, properties, data.
fn lzma(mut stream: PackedStream, size: Option<u64>, declared: Option<u64>) -> Decoder {
    let mut head = [0; 9];
    if stream.read_exact(&mut head).is_err() {
        return Decoder::Failed(stream, Some(Broken::Cut));
    }
    let [_, _, 5, 0, props, d0, d1, d2, d3] = head else {
        return Decoder::Failed(stream, Some(Broken::Nonsense("unknown LZMA properties".to_owned())));
    };
    // A window larger than the output is never needed, whatever the properties ask for.
    let wanted = u32::from_le_bytes([d0, d1, d2, d3]);
    let useful = u32::try_from(declared.unwrap_or(u64::MAX)).unwrap_or(u32::MAX).max(4096);
    let window = wanted.min(useful);
    if window > limits::LZMA_DICTIONARY_MAX {
        let why = format!("needs {window} bytes of memory, {} are allowed", limits::LZMA_DICTIONARY_MAX);
        return Decoder::Failed(stream, Some(Broken::Nonsense(why)));
    }
    // The reader is lost when its first bytes are wrong, so a copy of the stream stays behind for the error.
    let spare = stream.spare();
    match LzmaReader::new_with_props(stream, size.unwrap_or(u64::MAX), props, window, None) {
        Ok(reader) => Decoder::Lzma(Box::new(reader), Steps::new()),
        Err(e) => Decoder::Failed(spare, Some(broken(e))),
    }
}

fn inflate64(
    state: &mut InflaterManaged,
    packed: &mut PackedStream,
    out: &mut [u8],
) -> Result<usize, Broken> {
    while !state.finished() {
        let input = packed.fill();
        let at_end = input.is_empty();
        let step = state.inflate(input, out);
        packed.consume(step.bytes_consumed);
        match (step.bytes_written, step.data_error) {
            (1.., _) => return Ok(step.bytes_written),
            (_, true) => return Err(Broken::Nonsense("not valid compressed data".to_owned())),
            _ if at_end && !state.finished() => return Err(Broken::Cut),
            _ => {}
        }
    }
    Ok(0)
}

/// Inflating that can be copied at any point and continued from there.
#[derive(Clone)]
pub(crate) struct Inflate {
    state: InflateState,
    ended: bool,
}

impl Inflate {
    pub(crate) fn new() -> Self {
        Self { state: InflateState::new(DataFormat::Raw), ended: false }
    }

    pub(crate) fn read(&mut self, packed: &mut PackedStream, out: &mut [u8]) -> Result<usize, Broken> {
        while !self.ended {
            let input = packed.fill();
            let at_end = input.is_empty();
            let step = inflate(&mut self.state, input, out, MZFlush::None);
            packed.consume(step.bytes_consumed);
            match step.status {
                Ok(MZStatus::StreamEnd) => {
                    self.ended = true;
                    return Ok(step.bytes_written);
                }
                _ if step.bytes_written > 0 => return Ok(step.bytes_written),
                Ok(_) | Err(MZError::Buf) if at_end => return Err(Broken::Cut),
                Ok(_) => {}
                Err(MZError::Buf) if step.bytes_consumed > 0 => {}
                Err(e) => {
                    self.ended = true;
                    return Err(Broken::Nonsense(format!("not valid compressed data ({e:?})")));
                }
            }
        }
        Ok(0)
    }
}
