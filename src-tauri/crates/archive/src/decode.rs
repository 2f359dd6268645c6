//! From packed bytes to the bytes of an entry: undoing the compression, as a stream.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use deflate64::InflaterManaged;
use lzma_rust2::LzmaReader;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use crate::limits;
use crate::packed::{Broken, Method, Packed, PackedStream};

/// The bytes of an entry as a stream. It ends once: with `Ok(0)`, or with a reason.
pub(crate) enum Decoder {
    Stored(PackedStream),
    Deflate(PackedStream, Box<Inflate>),
    Deflate64(PackedStream, Box<InflaterManaged>),
    Bzip2(Box<BzDecoder<PackedStream>>, Steps),
    Lzma(Box<LzmaReader<PackedStream>>, Steps),
    Failed(PackedStream, Option<Broken>),
}

impl Decoder {
    pub(crate) fn new(packed: &Packed, with_mac: bool) -> Self {
        let stream = PackedStream::new(packed, with_mac);
        if packed.size == Some(0) && packed.source.len() == 0 {
            // Some programs call an empty file deflated without writing the two bytes of an empty stream.
            return Self::Stored(stream);
        }
        match packed.method {
            Method::Stored => Self::Stored(stream),
            Method::Deflate => Self::Deflate(stream, Box::new(Inflate::new())),
            Method::Deflate64 => Self::Deflate64(stream, Box::new(InflaterManaged::new())),
            Method::Bzip2 => Self::Bzip2(Box::new(BzDecoder::new(stream)), Steps::new()),
            Method::Lzma { marked } => lzma(stream, packed.size.filter(|_| !marked), packed.size),
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
            Self::Failed(_, why) => why.take().map_or(Ok(0), Err),
        };
        match (got, self.packed().take_error()) {
            // Whatever the decoder made of the sudden end, the disk is the reason.
            (Ok(0) | Err(_), Some(e)) => Err(Broken::Io(e)),
            (got, _) => got,
        }
    }

    pub(crate) fn packed(&mut self) -> &mut PackedStream {
        match self {
            Self::Stored(stream)
            | Self::Deflate(stream, _)
            | Self::Deflate64(stream, _)
            | Self::Failed(stream, _) => stream,
            Self::Bzip2(reader, _) => reader.get_mut(),
            Self::Lzma(reader, _) => reader.inner_mut(),
        }
    }

    pub(crate) fn into_packed(self) -> PackedStream {
        match self {
            Self::Stored(stream)
            | Self::Deflate(stream, _)
            | Self::Deflate64(stream, _)
            | Self::Failed(stream, _) => stream,
            Self::Bzip2(reader, _) => reader.into_inner(),
            Self::Lzma(reader, _) => reader.into_inner(),
        }
    }
}

/// Reads in small steps of always the same size: a library that fails keeps back what it wrote into the buffer until
/// then, and only so much may be lost, however large the buffer of the caller is.
pub(crate) struct Steps {
    buf: [u8; 256],
    used: usize,
    filled: usize,
    failed: Option<Broken>,
}

impl Steps {
    fn new() -> Self {
        Self { buf: [0; 256], used: 0, filled: 0, failed: None }
    }

    fn read(&mut self, reader: &mut impl Read, out: &mut [u8]) -> Result<usize, Broken> {
        let mut got = 0;
        while got < out.len() {
            if self.used == self.filled {
                if let Some(why) = self.failed.take_if(|_| got == 0) {
                    return Err(why);
                }
                if self.failed.is_some() {
                    break;
                }
                self.fill(reader);
                if self.filled == 0 && self.failed.is_none() {
                    break;
                }
            }
            let n = (self.filled - self.used).min(out.len() - got);
            out[got..got + n].copy_from_slice(&self.buf[self.used..self.used + n]);
            self.used += n;
            got += n;
        }
        Ok(got)
    }

    fn fill(&mut self, reader: &mut impl Read) {
        (self.used, self.filled) = (0, 0);
        while self.filled < self.buf.len() {
            match reader.read(&mut self.buf[self.filled..]) {
                Ok(0) => break,
                Ok(n) => self.filled += n,
                Err(e) => {
                    self.failed = Some(broken(e));
                    break;
                }
            }
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

fn broken(e: io::Error) -> Broken {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Cut,
        _ => Broken::Nonsense(e.to_string()),
    }
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
