//! The text of a message as Outlook packs it: RTF, in which what was said before is pointed to.

use crate::limits;

/// What every text starts from.
const KNOWN: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\
\\u\\tab\\tx";

/// The text goes round in this many bytes.
const ROUND: usize = 4096;

/// Unpacks a text; none if it is not packed in this way.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let size = u32::from_le_bytes(packed.get(4..8)?.try_into().ok()?) as usize;
    let content = packed.get(16..)?;
    match packed.get(8..12)? {
        b"MELA" => Some(content[..content.len().min(size)].to_vec()),
        b"LZFu" => Some(undo(content)),
        _ => None,
    }
}

fn undo(content: &[u8]) -> Vec<u8> {
    let mut window = [b' '; ROUND];
    window[..KNOWN.len()].copy_from_slice(KNOWN);
    let mut at = KNOWN.len();
    let mut out = Vec::new();
    let mut bytes = content.iter().copied();
    'all: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            if out.len() > limits::INNER_PART {
                break 'all;
            }
            if flags >> bit & 1 == 0 {
                let Some(byte) = bytes.next() else { break 'all };
                out.push(byte);
                window[at] = byte;
                at = (at + 1) % ROUND;
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { break 'all };
            let pointer = usize::from(u16::from_be_bytes([high, low]));
            let (from, length) = (pointer >> 4, (pointer & 15) + 2);
            // Pointing to what comes next is the end.
            if from == at {
                break 'all;
            }
            for n in 0..length {
                let byte = window[(from + n) % ROUND];
                out.push(byte);
                window[at] = byte;
                at = (at + 1) % ROUND;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification_are_unpacked() {
        assert_eq!(KNOWN.len(), 207);
        let packed = [
            0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A,
            0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C,
            0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
        ];
        assert_eq!(
            unpack(&packed).as_deref(),
            Some(&b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"[..])
        );
        assert_eq!(unpack(b"\x08\0\0\0\x03\0\0\0MELA\0\0\0\0abc").as_deref(), Some(&b"abc"[..]));
        assert_eq!(unpack(b"nothing"), None);
    }
}
