//! Documents of offices: ZIPs of XML. Their parts are taken as text, so that a change does not merely break a checksum.

use archive::Archive;

use crate::file;

/// Starts the name of a part, which a line end closes; the part follows.
const PART: u8 = 0x1E;

/// Reads a document: a ZIP as it is, or parts that are packed into one first.
pub(crate) fn any(name: &str, data: &[u8]) {
    if data.starts_with(b"PK") { file::any(name, data) } else { file::any(name, &packed(data)) }
}

/// Parts as text: the other way round.
pub(crate) fn parts(zip: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let Ok(archive) = Archive::from_bytes("a.zip", zip.to_vec(), &[]) else { return out };
    for entry in &archive.entries {
        let Ok(bytes) = archive.bytes(entry.id, 0..u64::MAX) else { continue };
        out.push(PART);
        out.extend_from_slice(&entry.raw_name);
        out.push(b'\n');
        out.extend_from_slice(&bytes);
    }
    out
}

pub(crate) fn packed(data: &[u8]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let mut count = 0_u16;
    for part in data.split(|b| *b == PART).skip(1) {
        let at = part.iter().position(|b| *b == b'\n').unwrap_or(part.len());
        let (name, body) = (&part[..at], part.get(at + 1..).unwrap_or_default());
        let Ok(len) = u16::try_from(name.len()) else { continue };
        let size = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes();
        // The version, no flags, stored, no time; checksum, sizes, and the lengths of the name and of nothing else.
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.extend(crc32fast::hash(body).to_le_bytes());
        head.extend([size, size].concat());
        head.extend(len.to_le_bytes());
        head.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&head);
        directory.extend([0; 10]);
        directory.extend(u32::try_from(out.len()).unwrap_or(u32::MAX).to_le_bytes());
        directory.extend_from_slice(name);
        out.extend(b"PK\x03\x04");
        out.extend_from_slice(&head);
        out.extend_from_slice(name);
        out.extend_from_slice(body);
        count = count.saturating_add(1);
    }
    let (at, size) = (out.len(), directory.len());
    out.append(&mut directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    for n in [size, at] {
        out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    }
    out.extend([0, 0]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_packed_and_come_back() {
        let text = b"\x1Ea/b.xml\n<a/>\n\x1Ec\n";
        let zip = packed(text);
        assert_eq!(parts(&zip), text);
        let archive = Archive::from_bytes("a.zip", zip, &[]).expect("an honest archive");
        assert!(archive.oddities.is_empty() && archive.entries.iter().all(|e| e.oddities.is_empty()));
    }
}
