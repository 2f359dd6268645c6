//! Writers of what is packed as a whole, and of tar files that can lie everywhere.

use std::io::{Read, Write};

/// A gzip member.
pub(crate) fn gz(content: impl AsRef<[u8]>) -> Vec<u8> {
    gz_named("", content)
}

/// A gzip member that names its file.
pub(crate) fn gz_named(name: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    let content = content.as_ref();
    let mut out = vec![0x1f, 0x8b, 8, if name.is_empty() { 0 } else { 8 }, 0, 0, 0, 0, 0, 3];
    if !name.is_empty() {
        out.extend(name.as_bytes());
        out.push(0);
    }
    out.extend(miniz_oxide::deflate::compress_to_vec(content, 6));
    out.extend(crc32fast::hash(content).to_le_bytes());
    out.extend(u32::try_from(content.len()).expect("samples are small").to_le_bytes());
    out
}

pub(crate) fn bz2(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    bzip2::read::BzEncoder::new(content.as_ref(), bzip2::Compression::fast())
        .read_to_end(&mut out)
        .expect("memory");
    out
}

/// An xz file with blocks of at most so many bytes.
pub(crate) fn xz(content: impl AsRef<[u8]>, block: u64) -> Vec<u8> {
    let mut options = lzma_rust2::XzOptions::with_preset(1);
    options.set_block_size(std::num::NonZeroU64::new(block));
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("honest options");
    writer.write_all(content.as_ref()).expect("memory");
    writer.finish().expect("memory")
}

pub(crate) fn lzma(content: impl AsRef<[u8]>) -> Vec<u8> {
    let content = content.as_ref();
    let options = lzma_rust2::LzmaOptions::with_preset(1);
    let len = Some(content.len() as u64);
    let mut writer =
        lzma_rust2::LzmaWriter::new_use_header(Vec::new(), &options, len).expect("honest options");
    writer.write_all(content).expect("memory");
    writer.finish().expect("memory")
}

/// A Zstandard frame.
pub(crate) fn zst(content: impl AsRef<[u8]>) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content.as_ref(), ruzstd::encoding::CompressionLevel::Fastest)
}

/// A file of a tar archive, with its header.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) header: [u8; 512],
    pub(crate) data: Vec<u8>,
}

/// A tar file of these members, with the zeros at its end.
pub(crate) fn tar(members: impl IntoIterator<Item = Member>) -> Vec<u8> {
    let mut out = open_tar(members);
    out.extend([0; 1024]);
    out
}

/// A tar file without its end.
pub(crate) fn open_tar(members: impl IntoIterator<Item = Member>) -> Vec<u8> {
    let mut out = Vec::new();
    for member in members {
        out.extend(member.header);
        out.extend(&member.data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out
}

pub(crate) fn member(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Member {
    of_kind(b'0', name, content)
}

pub(crate) fn of_kind(kind: u8, name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Member {
    let (name, content) = (name.as_ref(), content.as_ref());
    let mut header = [0; 512];
    let n = name.len().min(100);
    header[..n].copy_from_slice(&name[..n]);
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    header[136..148].copy_from_slice(b"14700000000\0");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    Member { header, data: content.to_vec() }.summed()
}

impl Member {
    /// With its checksum made right.
    pub(crate) fn summed(mut self) -> Self {
        self.header[148..156].copy_from_slice(b"        ");
        let sum: u32 = self.header.iter().map(|b| u32::from(*b)).sum();
        self.header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self
    }

    /// With other bytes at a place of its header.
    pub(crate) fn with(mut self, at: usize, bytes: &[u8]) -> Self {
        self.header[at..at + bytes.len()].copy_from_slice(bytes);
        self.summed()
    }
}

/// One pax record.
pub(crate) fn pax(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    let mut len = rest + 1;
    while len.to_string().len() + rest != len {
        len = len.to_string().len() + rest;
    }
    format!("{len} {key}={value}\n")
}
