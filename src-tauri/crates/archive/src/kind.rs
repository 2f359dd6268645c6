//! What a file is that claims to be a ZIP but is none, told from its first bytes.

/// The kind of a file that is not a ZIP, with its article, for a sentence.
pub(crate) fn of(head: &[u8], whole_len: u64) -> &'static str {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF document"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive (7-Zip)"),
        (b"\x1f\x8b", "a gzip archive (.gz or .tar.gz)"),
        (b"BZh", "a bzip2 archive (.bz2)"),
        (b"\xfd7zXZ\0", "an xz archive (.xz)"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive (.zst)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\xff\xd8\xff", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"MZ", "a Windows program"),
        (b"\x7fELF", "a Linux program"),
        (b"{\\rtf", "an RTF document"),
        (b"From ", "a mailbox (mbox)"),
    ];
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return what;
    }
    if head.get(257..262) == Some(b"ustar") {
        return "a tar archive";
    }
    if !head.is_empty() && head.iter().all(|&b| b == 0) {
        return "nothing but zero bytes, at least at its start";
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let start = text[..text.len().min(512)].to_ascii_lowercase();
    if start.starts_with(b"<!doctype html")
        || start.starts_with(b"<html")
        || memchr::memmem::find(&start, b"<head").is_some()
    {
        return "a web page (HTML)";
    }
    if start.starts_with(b"<?xml") || start.starts_with(b"<") {
        return "an XML file";
    }
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return "a JSON or text file";
    }
    let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let control = |b: u8| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    if utf16 || (!head.is_empty() && !head.iter().any(|&b| control(b))) {
        return "a text file";
    }
    if whole_len < 22 { "too short to be an archive" } else { "a file of an unknown kind" }
}
