//! Files that a system puts beside a person's own, for itself: told by name and content, so that nothing real is lost.

use crate::packed::Packed;
use crate::reader::Checked;

/// What old Office files begin with, and the pictures that Windows keeps of a folder.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The system that put a file there for itself; none if it is somebody's own.
pub(crate) fn left_by(name: &str, packed: &Packed) -> Option<&'static str> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = base.to_lowercase();
    let (system, begins): (_, &[&[u8]]) = match lower.as_str() {
        // The rights and colours of the file of that name.
        _ if base.starts_with("._") => ("macOS", &[b"\0\x05\x16\x07", b"\0\x05\x16\0"]),
        ".ds_store" => ("macOS", &[b"\0\0\0\x01Bud1"]),
        ".localized" | "icon\r" => ("macOS", &[]),
        "thumbs.db" | "ehthumbs.db" => ("Windows", &[COMPOUND]),
        "desktop.ini" => {
            ("Windows", &[b"[", b"\r\n[", b"\xEF\xBB\xBF[", b"\xFF\xFE[\0", b"\xFF\xFE\r\0\n\0[\0"])
        }
        _ => return None,
    };
    let head = Checked::new(packed, name).read_to(8);
    (head.is_empty() || begins.iter().any(|begin| head.starts_with(begin))).then_some(system)
}
