//! A ZIP writer that can lie everywhere: it writes what it is told, whether or not that makes sense.

use miniz_oxide::deflate::compress_to_vec;

/// One header, local or in the directory.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) signature: u32,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    pub(super) name: Vec<u8>,
    pub(super) extra: Vec<u8>,
}

/// One file with both its headers.
#[derive(Clone)]
pub(crate) struct File {
    pub(super) local: Head,
    pub(super) central: Head,
    pub(super) data: Vec<u8>,
    /// Written after the data.
    pub(super) descriptor: Vec<u8>,
    pub(super) mode: u32,
    pub(super) disk: u16,
    /// What the directory says, instead of the truth.
    pub(super) offset: Option<u32>,
    pub(super) listed: bool,
}

impl File {
    /// The same change in both headers.
    pub(super) fn both(mut self, change: impl Fn(&mut Head)) -> Self {
        change(&mut self.local);
        change(&mut self.central);
        self
    }

    pub(super) fn change(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

/// A file packed with deflate.
pub(crate) fn file(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> File {
    let content = content.as_ref();
    packed(name, 8, compress_to_vec(content, 6), content)
}

/// A file that is not packed.
pub(super) fn stored(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> File {
    packed(name, 0, content.as_ref().to_vec(), content)
}

/// A file packed in some way, with the truth about its content.
pub(super) fn packed(name: impl AsRef<[u8]>, method: u16, data: Vec<u8>, content: impl AsRef<[u8]>) -> File {
    let (name, content) = (name.as_ref(), content.as_ref());
    let utf8 = if !name.is_ascii() && std::str::from_utf8(name).is_ok() { 0x800 } else { 0 };
    let head = Head {
        signature: 0x0403_4b50,
        flags: utf8,
        method,
        crc: crc32fast::hash(content),
        packed: u32::try_from(data.len()).expect("samples are small"),
        size: u32::try_from(content.len()).expect("samples are small"),
        name: name.to_vec(),
        extra: Vec::new(),
    };
    let central = Head { signature: 0x0201_4b50, ..head.clone() };
    File {
        local: head,
        central,
        data,
        descriptor: Vec::new(),
        mode: 0o100_644,
        disk: 0,
        offset: None,
        listed: true,
    }
}

/// A whole archive.
#[derive(Clone)]
pub(super) struct Forge {
    pub(super) before: Vec<u8>,
    /// The offsets count the bytes before the archive.
    pub(super) adjusted: bool,
    pub(super) files: Vec<File>,
    /// Between the last file and the directory.
    pub(super) gap: Vec<u8>,
    /// After the last header of the directory.
    pub(super) directory_extra: Vec<u8>,
    pub(super) disk: u16,
    pub(super) count: Option<u16>,
    pub(super) directory_bytes: Option<u32>,
    pub(super) directory_offset: Option<u32>,
    /// Writes the zip64 end record, with this place in its locator.
    pub(super) zip64: Option<Option<u64>>,
    pub(super) comment: Vec<u8>,
    pub(super) after: Vec<u8>,
}

pub(super) fn forge(files: impl Into<Vec<File>>) -> Forge {
    Forge {
        before: Vec::new(),
        adjusted: true,
        files: files.into(),
        gap: Vec::new(),
        directory_extra: Vec::new(),
        disk: 0,
        count: None,
        directory_bytes: None,
        directory_offset: None,
        zip64: None,
        comment: Vec::new(),
        after: Vec::new(),
    }
}

/// An honest archive of these files.
pub(crate) fn zip(files: impl Into<Vec<File>>) -> Vec<u8> {
    forge(files).bytes()
}

impl Forge {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = self.before.clone();
        let base = if self.adjusted { 0 } else { self.before.len() };
        let mut directory = Vec::new();
        let mut count = 0;
        for file in &self.files {
            let offset = file.offset.unwrap_or(four(out.len() - base));
            local(&file.local, &mut out);
            out.extend(&file.data);
            out.extend(&file.descriptor);
            if file.listed {
                count += 1;
                central(file, offset, &mut directory);
            }
        }
        out.extend(&self.gap);
        let at = out.len() - base;
        out.extend(&directory);
        out.extend(&self.directory_extra);
        let mut end = (self.count.unwrap_or(count), self.directory_bytes.unwrap_or(four(directory.len())));
        let mut offset = self.directory_offset.unwrap_or(four(at));
        if let Some(locator) = self.zip64 {
            let record_at = (out.len() - base) as u64;
            out.extend(0x0606_4b50u32.to_le_bytes());
            out.extend(44u64.to_le_bytes());
            out.extend([45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [u64::from(end.0), u64::from(end.0), u64::from(end.1), u64::from(offset)] {
                out.extend(number.to_le_bytes());
            }
            out.extend(0x0706_4b50u32.to_le_bytes());
            out.extend([0; 4]);
            out.extend(locator.unwrap_or(record_at).to_le_bytes());
            out.extend(1u32.to_le_bytes());
            (end, offset) = ((0xFFFF, 0xFFFF_FFFF), 0xFFFF_FFFF);
        }
        out.extend(0x0605_4b50u32.to_le_bytes());
        for number in [self.disk, self.disk, end.0, end.0] {
            out.extend(number.to_le_bytes());
        }
        out.extend(end.1.to_le_bytes());
        out.extend(offset.to_le_bytes());
        out.extend(u16::try_from(self.comment.len()).expect("comments are small").to_le_bytes());
        out.extend(&self.comment);
        out.extend(&self.after);
        out
    }
}

fn four(n: usize) -> u32 {
    u32::try_from(n).expect("samples are small")
}

fn shared(head: &Head, out: &mut Vec<u8>) {
    out.extend(head.flags.to_le_bytes());
    out.extend(head.method.to_le_bytes());
    out.extend([0, 0x53, 0xB1, 0x58]);
    out.extend(head.crc.to_le_bytes());
    out.extend(head.packed.to_le_bytes());
    out.extend(head.size.to_le_bytes());
    out.extend(u16::try_from(head.name.len()).expect("names fit").to_le_bytes());
    out.extend(u16::try_from(head.extra.len()).expect("fields fit").to_le_bytes());
}

fn local(head: &Head, out: &mut Vec<u8>) {
    out.extend(head.signature.to_le_bytes());
    out.extend([45, 0]);
    shared(head, out);
    out.extend(&head.name);
    out.extend(&head.extra);
}

fn central(file: &File, offset: u32, out: &mut Vec<u8>) {
    out.extend(file.central.signature.to_le_bytes());
    out.extend([45, 3, 45, 0]);
    shared(&file.central, out);
    out.extend([0, 0]);
    out.extend(file.disk.to_le_bytes());
    out.extend([0, 0]);
    out.extend((file.mode << 16).to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend(&file.central.name);
    out.extend(&file.central.extra);
}

/// An extra field.
pub(super) fn field(id: u16, body: &[u8]) -> Vec<u8> {
    let mut field = id.to_le_bytes().to_vec();
    field.extend(u16::try_from(body.len()).expect("fields fit").to_le_bytes());
    field.extend(body);
    field
}

/// A Unicode Path field for a name, or one with a wrong checksum.
pub(super) fn unicode_path(raw: &[u8], name: &str, fits: bool) -> Vec<u8> {
    let crc = if fits { crc32fast::hash(raw) } else { 1 };
    let mut body = vec![1];
    body.extend(crc.to_le_bytes());
    body.extend(name.as_bytes());
    field(0x7075, &body)
}

/// A data descriptor.
pub(super) fn descriptor(signed: bool, crc: u32, packed: u32, size: u32) -> Vec<u8> {
    let mut out = if signed { b"PK\x07\x08".to_vec() } else { Vec::new() };
    for number in [crc, packed, size] {
        out.extend(number.to_le_bytes());
    }
    out
}
