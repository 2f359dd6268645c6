//! The fields of a tar header, old and new, and the attributes that pax puts in front of one.

use super::BLOCK;
use super::sparse::Sparse;

/// A header, with what matters here.
pub(super) struct Header {
    pub(super) name: Vec<u8>,
    pub(super) link: Vec<u8>,
    /// None if it is no number.
    pub(super) size: Option<u64>,
    pub(super) kind: u8,
}

impl Header {
    /// Whether the checksum is right. Some old programs added up the bytes as signed numbers.
    pub(super) fn fits(block: &[u8]) -> bool {
        let Some(says) = number(field(block, 148, 8)) else { return false };
        let (mut plain, mut signed) = (0u64, 0i64);
        for (at, byte) in block.iter().take(BLOCK).enumerate() {
            let byte = if (148..156).contains(&at) { b' ' } else { *byte };
            plain += u64::from(byte);
            signed += i64::from(i8::from_le_bytes([byte]));
        }
        block.len() >= BLOCK && (says == plain || i64::try_from(says) == Ok(signed))
    }

    /// Whether it is marked as a header of the newer kinds.
    pub(super) fn ustar(block: &[u8]) -> bool {
        field(block, 257, 5) == b"ustar"
    }

    pub(super) fn read(block: &[u8]) -> Self {
        let mut name = text(field(block, 0, 100));
        // GNU marks its headers with a space, and has other things where POSIX has the front of the name.
        if field(block, 257, 6) == b"ustar\0" {
            let mut front = text(field(block, 345, 155));
            if !front.is_empty() {
                front.push(b'/');
                front.extend_from_slice(&name);
                name = front;
            }
        }
        Self {
            name,
            link: text(field(block, 157, 100)),
            size: number(field(block, 124, 12)),
            kind: block.get(156).copied().unwrap_or(0),
        }
    }
}

fn field(block: &[u8], at: usize, len: usize) -> &[u8] {
    block.get(at..at + len).unwrap_or(&[])
}

fn text(field: &[u8]) -> Vec<u8> {
    field.split(|b| *b == 0).next().unwrap_or(&[]).to_vec()
}

/// A number in octal digits, or in bytes if it is too large for them.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if let [first @ 0x80..=0xFF, rest @ ..] = field {
        let start = u64::from(first & 0x7F);
        return rest
            .iter()
            .try_fold(start, |n, b| n.checked_mul(256).map(|n| n + u64::from(*b)))
            .filter(|_| *first != 0xFF);
    }
    let digits = field.iter().skip_while(|b| matches!(b, b' ' | 0)).take_while(|b| !matches!(b, b' ' | 0));
    digits.copied().try_fold(0u64, |n, b| match b {
        b'0'..=b'7' => n.checked_mul(8)?.checked_add(u64::from(b - b'0')),
        _ => None,
    })
}

/// What pax says of the next file.
#[derive(Default)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) sparse: Option<Sparse>,
    /// Where the next part of a sparse file begins.
    sparse_at: Option<u64>,
    /// Its names are no UTF-8.
    pub(super) binary: bool,
}

impl Pax {
    /// Reads records of the form `27 path=données/été.json`, each with its own length in front.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        let mut real_name = false;
        while let Some(space) = bytes.iter().take(20).position(|b| *b == b' ') {
            let len = std::str::from_utf8(&bytes[..space])
                .ok()
                .and_then(|n| n.trim_start_matches('\0').parse().ok());
            let Some((record, rest)) = len.and_then(|len| bytes.split_at_checked(len)) else { break };
            bytes = rest;
            let record = record.get(space + 1..).unwrap_or(&[]);
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            let Some(equals) = record.iter().position(|b| *b == b'=') else { continue };
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            match key {
                b"path" if !real_name => self.path = Some(value.to_vec()),
                b"linkpath" => self.link = Some(value.to_vec()),
                b"size" => self.size = std::str::from_utf8(value).ok().and_then(|n| n.parse().ok()),
                b"hdrcharset" => self.binary = value == b"BINARY",
                b"GNU.sparse.name" => {
                    self.path = Some(value.to_vec());
                    real_name = true;
                }
                _ => {
                    if let Some(what) = key.strip_prefix(b"GNU.sparse.") {
                        self.sparse(what, value);
                    }
                }
            }
        }
    }

    /// What is said of the parts of a sparse file, in one of the three ways that there were.
    fn sparse(&mut self, what: &[u8], value: &[u8]) {
        let number =
            |value: &[u8]| std::str::from_utf8(value).ok().and_then(|n| n.trim().parse::<u64>().ok());
        let sparse = self.sparse.get_or_insert_default();
        match what {
            b"size" | b"realsize" => sparse.size = number(value).unwrap_or(0),
            b"major" => sparse.in_data = number(value) == Some(1),
            b"offset" => self.sparse_at = number(value),
            b"numbytes" => {
                if let (Some(at), Some(len)) = (self.sparse_at.take(), number(value)) {
                    sparse.push(at, len);
                }
            }
            b"map" => {
                let mut numbers = value.split(|b| *b == b',').map(number);
                while let (Some(Some(at)), Some(Some(len))) = (numbers.next(), numbers.next()) {
                    sparse.push(at, len);
                }
            }
            _ => {}
        }
    }
}
