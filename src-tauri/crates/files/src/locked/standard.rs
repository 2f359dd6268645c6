//! How Office 2007 locks documents: AES and SHA-1, all blocks alike.

use archive::Password;

use super::ciphers::{Aes, Hash};
use super::{candidates, tries};

/// How often a password is hashed.
const ROUNDS: u32 = 50_000;

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The data, if one of the passwords opens them. `info` is what follows the version and its marks.
pub(super) fn decrypt(info: &[u8], data: &[u8], given: &[Password]) -> Option<Vec<u8>> {
    let length = word(info, 0)? as usize;
    let head = info.get(4..)?.get(..length)?;
    let key_bytes = match word(head, 8)? {
        0x660E => 16,
        0x660F => 24,
        0x6610 => 32,
        _ => return None,
    };
    let proof = info.get(4 + length..)?;
    let salt = proof.get(4..20)?;
    let (locked, hash) = (proof.get(20..36)?, proof.get(40..72)?);
    candidates(given).take(tries(ROUNDS)).find_map(|password| {
        let stretched = Hash::Sha1.stretched(salt, &password, ROUNDS);
        let cipher =
            Aes::new(derived(&Hash::Sha1.of(&[&stretched, &0_u32.to_le_bytes()])).get(..key_bytes)?)?;
        let proof = Hash::Sha1.of(&[&cipher.alone(locked)]);
        cipher.alone(hash).starts_with(&proof).then(|| cipher.alone(data))
    })
}

/// A key made from a hash, as long as any may be.
fn derived(hash: &[u8]) -> Vec<u8> {
    let half = |fill: u8| {
        let mut block = [fill; 64];
        block.iter_mut().zip(hash).for_each(|(b, h)| *b ^= h);
        Hash::Sha1.of(&[&block])
    };
    [half(0x36), half(0x5C)].concat()
}
