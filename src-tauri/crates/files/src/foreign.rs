//! Formats that are not read, by their names: so that a mailbox of Outlook or a disk image is not “binary data”.

/// A format that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// Its short name, as names of files end in.
    pub(crate) word: &'static str,
    /// What it is, with its article, for a sentence.
    pub(crate) what: &'static str,
}

/// The formats that their first bytes give away: where those stand, the bytes, the short name, what it is.
const SIGNATURES: &[(usize, &[u8], &str, &str)] = &[
    (0, b"!BDN", "pst", "a mailbox of Outlook (PST or OST)"),
    (0, b"\xCF\xAD\x12\xFE", "dbx", "a mailbox of Outlook Express (DBX)"),
    (0, b"\x1A\0\0\x04\0\0", "nsf", "a database of Lotus Notes (NSF)"),
    (4, b"Standard Jet DB", "mdb", "an Access database (MDB)"),
    (4, b"Standard ACE DB", "accdb", "an Access database (ACCDB)"),
    (0, b"PAR1", "parquet", "a Parquet table"),
    (0, b"Obj\x01", "avro", "an Avro file"),
    (0, b"\x89HDF\r\n\x1A\n", "hdf5", "an HDF5 file"),
    (0, b"MSCF\0\0\0\0", "cab", "a cabinet archive (CAB)"),
    (0x8001, b"CD001", "iso", "a disc image (ISO)"),
    (0, b"!<arch>\ndebian-binary", "deb", "a Debian package (DEB)"),
    (0, b"!<arch>\n", "ar", "an ar archive"),
    (0, b"\xED\xAB\xEE\xDB", "rpm", "an RPM package"),
    (0, b"070701", "cpio", "a cpio archive"),
    (0, b"070702", "cpio", "a cpio archive"),
    (0, b"070707", "cpio", "a cpio archive"),
    (0, b"\xC7\x71", "cpio", "a cpio archive"),
    (0, b"xar!", "xar", "an xar archive"),
    (0, b"MSWIM\0\0\0", "wim", "a Windows image (WIM)"),
    (0, b"StuffIt", "sit", "a StuffIt archive"),
    (0, b"SIT!", "sit", "a StuffIt archive"),
    (7, b"**ACE**", "ace", "an ACE archive"),
    (0, b"\x60\xEA", "arj", "an ARJ archive"),
    (2, b"-lh", "lzh", "an LHA archive"),
    (0, b"LZIP\x01", "lz", "an lzip file"),
    (0, b"\x04\x22\x4D\x18", "lz4", "an LZ4 file"),
    (0, b"\x89LZO\0\r\n\x1A\n", "lzo", "an lzop file"),
    (0, b"\x1F\x9D", "z", "a file packed with compress (.Z)"),
    (0, b"ITSF", "chm", "a Windows help file (CHM)"),
    (60, b"BOOKMOBI", "mobi", "an e-book (MOBI)"),
    (0, b"AT&TFORM", "djvu", "a DjVu document"),
    (0, b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", "one", "a OneNote section"),
    (0, b"AC10", "dwg", "an AutoCAD drawing (DWG)"),
    (0, b"8BPS", "psd", "a Photoshop image (PSD)"),
    (0, b"\0\0\0\x0CjP  ", "jp2", "a JPEG 2000 image"),
    (0, b"BM", "bmp", "a BMP image"),
    (0, b"\0\0\x01\0", "ico", "an icon (ICO)"),
    (128, b"DICM", "dcm", "a medical image (DICOM)"),
    (0, b"\x1A\x45\xDF\xA3", "mkv", "a Matroska or WebM video"),
    (8, b"AVI ", "avi", "an AVI video"),
    (0, b"FLV\x01", "flv", "a Flash video (FLV)"),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "asf", "a Windows Media file (WMA or WMV)"),
    (8, b"AIFF", "aiff", "an AIFF recording"),
    (8, b"AIFC", "aiff", "an AIFF recording"),
    (0, b"#!AMR", "amr", "an AMR recording"),
    (0, b"MThd", "mid", "MIDI music"),
    (0, b"FWS", "swf", "a Flash film (SWF)"),
    (0, b"CWS", "swf", "a Flash film (SWF)"),
    (0, b"bplist00", "plist", "a binary property list of Apple"),
    (0, b"OTTO", "font", "a font"),
    (0, b"\0\x01\0\0\0", "font", "a font"),
    (0, b"wOFF", "font", "a font"),
    (0, b"wOF2", "font", "a font"),
    (0, b"\x03\xD9\xA2\x9A", "kdbx", "a password safe (KeePass)"),
    (0, b"\x4C\0\0\0\x01\x14\x02\0", "lnk", "a Windows shortcut"),
    (0, b"\xCA\xFE\xBA\xBE", "class", "a program (Java or macOS)"),
    (0, b"\0asm", "wasm", "a program (WebAssembly)"),
    (0, b"\x7FELF", "elf", "a Linux program"),
    (0, b"MZ", "exe", "a Windows program"),
];

/// Formats that are as good as text by their bytes: one of them is told before the text is.
const LIKE_TEXT: &[&str] = &["ar", "deb", "cpio"];

/// Which of the formats that are not read the bytes are. Only asked of bytes that are no text.
pub(crate) fn tell(head: &[u8]) -> Option<Foreign> {
    let found =
        SIGNATURES.iter().find(|(at, bytes, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)));
    found.map(|(.., word, what)| Foreign { word, what })
}

/// Whether the bytes are an archive that looks like text from outside: its heads are digits, its content may be anything.
pub(crate) fn like_text(head: &[u8]) -> bool {
    let Some(found) = tell(head).filter(|found| LIKE_TEXT.contains(&found.word)) else { return false };
    // The first head of a cpio archive is all digits, and long.
    let digits = if head.starts_with(b"070707") { 76 } else { 110 };
    found.word != "cpio"
        || head.get(6..digits).is_some_and(|rest| rest.iter().all(u8::is_ascii_hexdigit))
        || head.starts_with(b"\xC7\x71")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        let check = |head: &[u8], word: Option<&str>| assert_eq!(tell(head).map(|found| found.word), word);
        check(b"!BDN\0\0\0\0SM", Some("pst"));
        check(b"!<arch>\ndebian-binary   1", Some("deb"));
        check(b"!<arch>\nnotes.txt/      1", Some("ar"));
        check(&[vec![0; 0x8001], b"CD001".to_vec()].concat(), Some("iso"));
        check(b"MZ\x90\0", Some("exe"));
        check(b"\x01\x02\x03", None);
        check(b"", None);
    }

    #[test]
    fn digits_alone_are_no_archive() {
        let check = |head: &[u8], wanted: bool| assert_eq!(like_text(head), wanted);
        check(&[b"070701".to_vec(), vec![b'0'; 104], b"a.txt".to_vec()].concat(), true);
        check(&[b"070707".to_vec(), vec![b'7'; 70], b"a.txt".to_vec()].concat(), true);
        check(b"070701;Martin;Paris\n070702;Bernard;Lyon\n", false);
        check(b"!<arch>\na.txt/", true);
        check(b"MZ, in German: M\xC3\xBCnze", false);
    }
}
