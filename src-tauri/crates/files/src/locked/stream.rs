//! How workbooks before 2007 are locked: RC4, with another key for each piece of the stream.

use archive::Password;

use super::candidates;
use super::ciphers::{Hash, rc4};
use super::standard::word;

/// A piece of the stream has a key of its own.
const PIECE: usize = 1024;

/// The key of a stream.
#[derive(Debug)]
pub(crate) struct StreamKey {
    hash: Hash,
    base: Vec<u8>,
    /// In bytes.
    length: usize,
}

impl StreamKey {
    /// The key that one of the passwords gives; `lock` is the record that says what was used.
    pub(crate) fn find(lock: &[u8], given: &[Password]) -> Option<Self> {
        let lock = lock.strip_prefix(&[1, 0])?;
        let (version, rest) = lock.split_first_chunk::<4>()?;
        match version {
            [1, 0, 1, 0] => Self::plain(rest, given),
            [2..=4, 0, 2, 0] => Self::named(rest, given),
            _ => None,
        }
    }

    /// Keys of forty bits.
    fn plain(lock: &[u8], given: &[Password]) -> Option<Self> {
        let (salt, proof, hash) = (lock.get(..16)?, lock.get(16..32)?, lock.get(32..48)?);
        candidates(given).find_map(|password| {
            let first = Hash::Md5.of(&[&password]);
            let mut mixed = Vec::new();
            for _ in 0..16 {
                mixed.extend_from_slice(&first[..5]);
                mixed.extend_from_slice(salt);
            }
            let base = Hash::Md5.of(&[&mixed])[..5].to_vec();
            let key = Self { hash: Hash::Md5, base, length: 16 };
            key.fits(proof, hash).then_some(key)
        })
    }

    /// Keys whose length the lock says.
    fn named(lock: &[u8], given: &[Password]) -> Option<Self> {
        let length = word(lock, 4)? as usize;
        let head = lock.get(8..)?.get(..length)?;
        let bits = match word(head, 16)? {
            0 => 40,
            bits => bits.min(128),
        };
        let rest = lock.get(8 + length..)?;
        let (salt, proof, hash) = (rest.get(4..20)?, rest.get(20..36)?, rest.get(40..60)?);
        candidates(given).find_map(|password| {
            let base = Hash::Sha1.of(&[salt, &password]);
            let key = Self { hash: Hash::Sha1, base, length: bits as usize / 8 };
            key.fits(proof, hash).then_some(key)
        })
    }

    fn fits(&self, proof: &[u8], hash: &[u8]) -> bool {
        let plain = rc4(&self.of_piece(0), &[proof, hash].concat());
        let (proof, hash) = plain.split_at(proof.len());
        self.hash.of(&[proof]) == hash
    }

    fn of_piece(&self, number: u32) -> Vec<u8> {
        let mut key = self.hash.of(&[&self.base, &number.to_le_bytes()]);
        key.truncate(self.length.max(1));
        // Short keys are filled up.
        if self.hash == Hash::Sha1 && self.length == 5 {
            key.resize(16, 0);
        }
        key
    }

    /// The whole stream, opened; what was never locked in it must be put back.
    pub(crate) fn open(&self, stream: &[u8]) -> Vec<u8> {
        let pieces = (0_u32..).zip(stream.chunks(PIECE));
        pieces.flat_map(|(n, piece)| rc4(&self.of_piece(n), piece)).collect()
    }
}
