//! The hash by which an export is known: of exactly the bytes that were received.

use std::io;

use sha2::{Digest, Sha256};

use crate::Archive;
use crate::source::Source;

/// The files of a part, to be hashed on demand.
pub(crate) enum PartFiles {
    /// The part is this file.
    One(Source),
    /// The part is a folder with these files: relative name and bytes.
    Folder(Vec<(Vec<u8>, Source)>),
}

impl PartFiles {
    /// Whether a file is byte for byte the same. Only a file of the same length is read for that.
    pub(crate) fn same_as(&self, other: &Source) -> bool {
        let Self::One(own) = self else { return false };
        own.len() == other.len() && own.len() > 0 && same(own, other).unwrap_or(false)
    }
}

fn same(one: &Source, other: &Source) -> io::Result<bool> {
    let (mut left, mut right) = (vec![0; 256 * 1024], vec![0; 256 * 1024]);
    let mut at = 0;
    loop {
        let n = one.read_at(&mut left, at)?;
        if other.read_at(&mut right, at)? != n || left[..n] != right[..n] {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
        at += n as u64;
    }
}

impl Archive {
    /// The SHA-256 of a part. Of a folder, it is that of a listing: a line `hex  name` for each file in it, sorted by
    /// name, each line ended by a line feed, just as `sha256sum` prints it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read any more, or changed since it was opened, or there is no such part.
    pub fn sha256(&self, part: usize) -> io::Result<[u8; 32]> {
        let files = self.files.get(part).ok_or_else(|| io::Error::other("there is no such part"))?;
        match files {
            PartFiles::One(source) => hash(source),
            PartFiles::Folder(files) => {
                let mut lines = Vec::with_capacity(files.len());
                for (name, source) in files {
                    lines.push((name.as_slice(), hash(source)?));
                }
                Ok(listing(lines))
            }
        }
    }

    /// The hash of the whole export in hexadecimal: that of its one part; or of several, that of the listing of their
    /// hashes and names, made as for a folder.
    ///
    /// # Errors
    ///
    /// When a part cannot be read any more.
    pub fn fingerprint(&self) -> io::Result<String> {
        let hashes = (0..self.files.len()).map(|part| self.sha256(part)).collect::<io::Result<Vec<_>>>()?;
        Ok(match hashes.as_slice() {
            [one] => hex(one),
            several => {
                let names = self.parts.iter().map(|part| part.name.as_bytes());
                hex(&listing(names.zip(several.iter().copied()).collect()))
            }
        })
    }
}

fn listing(mut lines: Vec<(&[u8], [u8; 32])>) -> [u8; 32] {
    lines.sort();
    let mut hasher = Sha256::new();
    for (name, hash) in lines {
        let name = escaped(name);
        // Marked as escaped, so that no name can pass for several lines.
        hasher.update(if name.contains(&b'\\') { "\\" } else { "" });
        hasher.update(hex(&hash));
        hasher.update(b"  ");
        hasher.update(name);
        hasher.update(b"\n");
    }
    hasher.finalize().into()
}

/// A name with its line ends and backslashes as `sha256sum` writes them.
fn escaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    for b in name {
        match b {
            b'\\' => out.extend(b"\\\\"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b => out.push(*b),
        }
    }
    out
}

fn hash(source: &Source) -> io::Result<[u8; 32]> {
    source.unchanged()?;
    let mut hasher = Sha256::new();
    let mut buf = vec![0; 256 * 1024];
    let mut at = 0;
    loop {
        let n = source.read_at(&mut buf, at)?;
        if n == 0 {
            break;
        }
        hasher.update(&buf[..n]);
        at += n as u64;
    }
    source.unchanged()?;
    Ok(hasher.finalize().into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
