//! Documents of offices under a password: the passwords that the user gave are tried, and the one that everyone knows.
//!
//! File format: <https://learn.microsoft.com/openspecs/office_file_formats/ms-offcrypto>.

mod agile;
mod ciphers;
pub(crate) mod odf;
mod standard;
mod stream;

pub(crate) use ciphers::{cbc_decrypt, rc4};
pub(crate) use stream::StreamKey;

use archive::Password;

use crate::compound::{Compound, ROOT};

/// With this one Excel locks workbooks that are only protected against changes; every program opens them.
const KNOWN_TO_ALL: &str = "VelvetSweatshop";

/// How often passwords are hashed for one document, all of them together: some seconds of work.
const WORK: u32 = 20_000_000;

/// How many passwords may be tried where each is hashed so often.
fn tries(rounds: u32) -> usize {
    (WORK / rounds.max(1)) as usize
}

/// Base64 as these files write it.
fn unpacked(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xFF).unwrap_or(0));
        }
    }
    Some(out)
}

/// The passwords to try, as these documents take them: in UTF-16.
pub(crate) fn candidates(given: &[Password]) -> impl Iterator<Item = Vec<u8>> {
    std::iter::once(Password::from(KNOWN_TO_ALL)).chain(given.iter().cloned()).map(|p| p.wide())
}

/// Whether a password could open it: what the lock says of itself is there, and is of a kind that is known here.
pub(crate) fn is_known(file: &Compound<'_>) -> bool {
    let info = file.named(ROOT, "EncryptionInfo").unwrap_or_default();
    matches!(info.get(..4), Some([4, 0, 4, 0] | [2..=4, 0, 2, 0]))
        && file.named(ROOT, "EncryptedPackage").is_some()
}

/// The document inside a locked one; none if no password opens it.
pub(crate) fn open(file: &Compound<'_>, given: &[Password]) -> Option<Vec<u8>> {
    let info = file.named(ROOT, "EncryptionInfo")?;
    let package = file.named(ROOT, "EncryptedPackage")?;
    let (size, data) = package.split_first_chunk::<8>()?;
    let mut plain = match info.get(..4)? {
        [4, 0, 4, 0] => agile::decrypt(info.get(8..)?, data, given)?,
        [2..=4, 0, 2, 0] => standard::decrypt(info.get(8..)?, data, given)?,
        _ => return None,
    };
    plain.truncate(usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX));
    Some(plain)
}
