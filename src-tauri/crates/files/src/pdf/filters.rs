//! What a stream was packed with is undone, up to a limit.

use miniz_oxide::inflate::stream::InflateState;
use miniz_oxide::{DataFormat, MZFlush, MZStatus, inflate};

use super::lexer::{hex_digit, is_space};
use super::object::Dict;

/// More filters on one stream are no document, they are a bomb.
const FILTERS: usize = 3;

/// Why a stream is not all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undone {
    /// It is larger than may be.
    TooLarge,
    /// More filters than may be.
    TooMany,
    /// Packed in a way that holds no text (an image), or that is not known.
    Unknown,
    /// It breaks off, or is wrong.
    Damaged,
}

/// Undoes all filters of a stream: what came of it, and why that is not all.
pub(super) fn decode(raw: &[u8], filters: &[(Vec<u8>, Dict)], most: usize) -> (Vec<u8>, Option<Undone>) {
    if filters.len() > FILTERS {
        return (Vec::new(), Some(Undone::TooMany));
    }
    let mut data = std::borrow::Cow::Borrowed(raw);
    let mut undone = None;
    for (name, options) in filters {
        let (made, wrong) = match name.as_slice() {
            b"FlateDecode" | b"Fl" => {
                let (made, wrong) = inflate(&data, most);
                (predict(made, options), wrong)
            }
            b"LZWDecode" | b"LZW" => {
                let early = options.get("EarlyChange").int() != Some(0);
                let (made, wrong) = lzw(&data, early, most);
                (predict(made, options), wrong)
            }
            b"ASCII85Decode" | b"A85" => ascii85(&data),
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&data),
            b"RunLengthDecode" | b"RL" => run_length(&data, most),
            b"Crypt" => continue,
            _ => return (Vec::new(), Some(Undone::Unknown)),
        };
        undone = undone.or(wrong);
        data = std::borrow::Cow::Owned(made);
    }
    let mut data = data.into_owned();
    if data.len() > most {
        data.truncate(most);
        undone = Some(Undone::TooLarge);
    }
    (data, undone)
}

fn inflate(data: &[u8], most: usize) -> (Vec<u8>, Option<Undone>) {
    // A line end may have been counted to the data.
    let start = data.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let data = &data[start..];
    let first = inflate_as(data, DataFormat::ZLibIgnoreChecksum, most);
    if !first.0.is_empty() || first.1.is_none() {
        return first;
    }
    // The two bytes in front of the data may be wrong, or missing.
    let bare = inflate_as(data.get(2..).unwrap_or(&[]), DataFormat::Raw, most);
    if bare.1.is_none() { bare } else { inflate_as(data, DataFormat::Raw, most) }
}

fn inflate_as(mut data: &[u8], format: DataFormat, most: usize) -> (Vec<u8>, Option<Undone>) {
    let mut state = InflateState::new_boxed(format);
    let mut out = Vec::with_capacity(data.len().saturating_mul(3).min(most));
    let mut chunk = vec![0; 32 << 10];
    loop {
        let done = inflate::stream::inflate(&mut state, data, &mut chunk, MZFlush::None);
        out.extend_from_slice(&chunk[..done.bytes_written]);
        data = &data[done.bytes_consumed..];
        match done.status {
            Ok(MZStatus::StreamEnd) => return (out, None),
            Ok(_) if out.len() > most => return (out, Some(Undone::TooLarge)),
            Ok(_) if done.bytes_written + done.bytes_consumed > 0 => {}
            _ => return (out, Some(Undone::Damaged)),
        }
    }
}

fn lzw(data: &[u8], early: bool, most: usize) -> (Vec<u8>, Option<Undone>) {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each code is a range of what was written so far.
    let mut table: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let mut out: Vec<u8> = Vec::new();
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    let mut last: Option<(usize, usize)> = None;
    let mut bytes = data.iter();
    loop {
        while held < width {
            let Some(byte) = bytes.next() else { return (out, None) };
            bits = bits << 8 | u32::from(*byte);
            held += 8;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        match code {
            END => return (out, None),
            CLEAR => {
                table.clear();
                width = 9;
                last = None;
                continue;
            }
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(u8::try_from(code).unwrap_or(0));
        } else if let Some((from, length)) = table.get(code - 258).copied() {
            out.extend_from_within(from..from + length);
        } else if let (Some((from, length)), true) = (last, code - 258 == table.len()) {
            out.extend_from_within(from..from + length);
            let first = out[from];
            out.push(first);
        } else {
            return (out, Some(Undone::Damaged));
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            // What came last and the first byte of this stand one after the other.
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        let next = table.len() + 258 + usize::from(early);
        width = match next {
            n if n >= 2048 => 12,
            n if n >= 1024 => 11,
            n if n >= 512 => 10,
            _ => 9,
        };
        if out.len() > most {
            return (out, Some(Undone::TooLarge));
        }
    }
}

fn ascii85(data: &[u8]) -> (Vec<u8>, Option<Undone>) {
    let mut out = Vec::with_capacity(data.len() / 5 * 4 + 4);
    let mut group = [84_u8; 5];
    let mut n = 0;
    let put = |group: &[u8; 5], n: usize, out: &mut Vec<u8>| {
        let value = group.iter().fold(0_u32, |v, d| v.wrapping_mul(85).wrapping_add(u32::from(*d)));
        out.extend_from_slice(&value.to_be_bytes()[..n - 1]);
    };
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    for byte in data {
        match byte {
            b'!'..=b'u' => {
                group[n] = byte - b'!';
                n += 1;
                if n == 5 {
                    put(&group, 5, &mut out);
                    (group, n) = ([84; 5], 0);
                }
            }
            b'z' if n == 0 => out.extend_from_slice(&[0; 4]),
            b'~' => break,
            byte if is_space(*byte) => {}
            _ => return (out, Some(Undone::Damaged)),
        }
    }
    if n > 1 {
        put(&group, n, &mut out);
    }
    (out, None)
}

fn ascii_hex(data: &[u8]) -> (Vec<u8>, Option<Undone>) {
    let digits: Vec<u8> = data.iter().take_while(|b| **b != b'>').filter_map(|b| hex_digit(*b)).collect();
    (digits.chunks(2).map(|p| p[0] << 4 | p.get(1).copied().unwrap_or(0)).collect(), None)
}

fn run_length(data: &[u8], most: usize) -> (Vec<u8>, Option<Undone>) {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(length) = data.get(at) {
        at += 1;
        match length {
            0..=127 => {
                let end = (at + usize::from(*length) + 1).min(data.len());
                out.extend_from_slice(&data[at..end]);
                at = end;
            }
            128 => break,
            129..=255 => {
                let Some(byte) = data.get(at) else { return (out, Some(Undone::Damaged)) };
                out.resize(out.len() + 257 - usize::from(*length), *byte);
                at += 1;
            }
        }
        if out.len() > most {
            return (out, Some(Undone::TooLarge));
        }
    }
    (out, None)
}

/// Undoes what was done to lines of samples to pack them better. Cross-reference streams are written so.
fn predict(data: Vec<u8>, options: &Dict) -> Vec<u8> {
    let option = |name: &str, usual: usize| options.get(name).index().unwrap_or(usual);
    let predictor = option("Predictor", 1);
    let bits = option("Colors", 1).min(64) * option("BitsPerComponent", 8).min(32);
    let pixel = bits.div_ceil(8).max(1);
    let Some(line) = option("Columns", 1).checked_mul(bits).map(|n| n.div_ceil(8)) else { return data };
    if predictor < 2 || line == 0 || line > data.len() {
        return data;
    }
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    if predictor == 2 {
        for row in data.chunks(line) {
            let start = out.len();
            for (n, byte) in row.iter().enumerate() {
                let left = if n >= pixel { out[start + n - pixel] } else { 0 };
                out.push(byte.wrapping_add(left));
            }
        }
        return out;
    }
    let mut above = vec![0_u8; line];
    for row in data.chunks(line + 1) {
        let Some((kind, row)) = row.split_first() else { break };
        let start = out.len();
        for (n, byte) in row.iter().enumerate() {
            let left = if n >= pixel { out[start + n - pixel] } else { 0 };
            let up = above[n];
            let corner = if n >= pixel { above[n - pixel] } else { 0 };
            out.push(byte.wrapping_add(match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            }));
        }
        above[..row.len()].copy_from_slice(&out[start..]);
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |n: u8| (guess - i16::from(n)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(raw: &[u8], filters: &[&str]) -> (Vec<u8>, Option<Undone>) {
        let filters: Vec<_> = filters.iter().map(|f| (f.as_bytes().to_vec(), Dict::default())).collect();
        decode(raw, &filters, 1 << 20)
    }

    #[test]
    fn every_filter_is_undone() {
        let flat = miniz_oxide::deflate::compress_to_vec_zlib(b"portolan", 6);
        assert_eq!(done(&flat, &["FlateDecode"]), (b"portolan".to_vec(), None));
        assert_eq!(done(&flat[..flat.len() - 4], &["Fl"]).0, b"portolan", "what is there is kept");
        assert_eq!(done(b"87cURD_*#4DfTZ)~>", &["ASCII85Decode"]), (b"Hello, World".to_vec(), None));
        assert_eq!(done(b"48 65 6C6C 6F>", &["ASCIIHexDecode"]), (b"Hello".to_vec(), None));
        assert_eq!(done(&[2, b'a', b'b', b'c', 254, b'x', 128], &["RL"]), (b"abcxxx".to_vec(), None));
        // The example of the specification.
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(done(&lzw, &["LZWDecode"]), (vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66], None));
    }

    #[test]
    fn nothing_grows_without_end() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 4 << 20], 6);
        let (made, undone) = done(&bomb, &["FlateDecode"]);
        assert_eq!((made.len() <= 1 << 20, undone), (true, Some(Undone::TooLarge)));
        assert_eq!(done(&bomb, &["Fl", "Fl", "Fl", "Fl"]), (Vec::new(), Some(Undone::TooMany)));
        assert_eq!(done(b"\xFF\xD8", &["DCTDecode"]), (Vec::new(), Some(Undone::Unknown)));
    }
}
