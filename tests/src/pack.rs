//! Packs a folder into a ZIP, the same bytes each time: the tests and the benchmark need archives, the repository keeps folders.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use miniz_oxide::deflate::compress_to_vec;

/// A folder as a ZIP in memory: every file, sorted by name, `/` between folders, fixed times.
pub fn pack(folder: &Path) -> io::Result<Vec<u8>> {
    zip(&folder_files(folder)?)
}

/// Files as a ZIP in memory, in the order given.
pub fn zip(files: &[(String, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Vec::new());
    for (name, bytes) in files {
        zip.add(name, bytes)?;
    }
    zip.finish()
}

/// Every file below a folder with its name from there, sorted by name.
pub fn folder_files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut waiting = vec![(folder.to_path_buf(), String::new())];
    while let Some((path, name)) = waiting.pop() {
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let file_name =
                entry.file_name().into_string().map_err(|_| io::Error::other("a name is not UTF-8"))?;
            let name = if name.is_empty() { file_name } else { format!("{name}/{file_name}") };
            if entry.file_type()?.is_dir() {
                waiting.push((entry.path(), name));
            } else {
                files.push((name, fs::read(entry.path())?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a ZIP from front to back. Without zip64: up to 65,535 files and 4 GB, which it checks.
pub struct ZipWriter<W> {
    out: W,
    at: u64,
    count: u16,
    directory: Vec<u8>,
}

/// 2 November 2026, 10:00, as MS-DOS writes it: the day of the invented export.
const TIME: u16 = 10 << 11;
const DATE: u16 = ((2026 - 1980) << 9) | (11 << 5) | 2;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Version 2.0 on Unix, so that the permissions below are understood.
const MADE_BY: u16 = (3 << 8) | 20;
const PERMISSIONS: u32 = 0o100_644 << 16;

impl<W: Write> ZipWriter<W> {
    /// A ZIP that goes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, count: 0, directory: Vec::new() }
    }

    /// Adds a file: deflated where that makes it smaller, else stored.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let deflated = compress_to_vec(bytes, 5);
        let (method, data) =
            if deflated.len() < bytes.len() { (DEFLATED, &*deflated) } else { (STORED, bytes) };
        let offset = size(self.at)?;
        let mut common = Vec::with_capacity(26);
        for n in [20, FLAGS, method, TIME, DATE] {
            common.extend_from_slice(&u16::to_le_bytes(n));
        }
        for n in [crc32fast::hash(bytes), size(data.len() as u64)?, size(bytes.len() as u64)?] {
            common.extend_from_slice(&n.to_le_bytes());
        }
        let name_len =
            u16::try_from(name.len()).map_err(|_| io::Error::other("a name is too long for a ZIP"))?;
        common.extend_from_slice(&name_len.to_le_bytes());
        common.extend_from_slice(&[0, 0]); // no extra field

        self.write(b"PK\x03\x04")?;
        self.write(&common)?;
        self.write(name.as_bytes())?;
        self.write(data)?;

        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&MADE_BY.to_le_bytes());
        self.directory.extend_from_slice(&common);
        self.directory.extend_from_slice(&[0; 6]); // no comment, first disk, no internal attributes
        self.directory.extend_from_slice(&PERMISSIONS.to_le_bytes());
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.count = self.count.checked_add(1).ok_or_else(|| io::Error::other("too many files for a ZIP"))?;
        Ok(())
    }

    /// Writes the directory and gives `out` back.
    pub fn finish(mut self) -> io::Result<W> {
        let directory = std::mem::take(&mut self.directory);
        let start = size(self.at)?;
        self.write(&directory)?;
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend_from_slice(&self.count.to_le_bytes());
        end.extend_from_slice(&self.count.to_le_bytes());
        end.extend_from_slice(&size(directory.len() as u64)?.to_le_bytes());
        end.extend_from_slice(&start.to_le_bytes());
        end.extend_from_slice(&[0, 0]); // no comment
        self.write(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

fn size(n: u64) -> io::Result<u32> {
    u32::try_from(n).map_err(|_| io::Error::other("too large for a ZIP without zip64"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_is_laid_out_as_the_format_wants_it() {
        let files = [("é.txt".to_owned(), vec![b'a'; 1000]), ("empty".to_owned(), Vec::new())];
        let bytes = zip(&files).expect("small");
        assert_eq!(bytes, zip(&files).expect("small"), "the same bytes each time");
        let end = &bytes[bytes.len() - 22..];
        assert_eq!(&end[..4], b"PK\x05\x06");
        assert_eq!(end[10..12], [2, 0], "two files");
        let start = u32::from_le_bytes(end[16..20].try_into().expect("four bytes")) as usize;
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        assert_eq!(&bytes[30..36], "é.txt".as_bytes());
        let packed = u32::from_le_bytes(bytes[18..22].try_into().expect("four bytes")) as usize;
        let data = miniz_oxide::inflate::decompress_to_vec(&bytes[36..36 + packed]).expect("deflated");
        assert_eq!(data, vec![b'a'; 1000]);
    }
}
