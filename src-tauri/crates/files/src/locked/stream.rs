//! How documents before 2007 are locked: RC4, with another key for each piece of the stream.

use archive::Password;

use super::candidates;
use super::ciphers::{Hash, rc4};
use super::standard::word;

/// The number of RC4 among the ciphers.
const RC4: u32 = 0x6801;

/// The key of a stream.
#[derive(Debug)]
pub(crate) struct StreamKey {
    hash: Hash,
    base: Vec<u8>,
    /// In bytes.
    length: usize,
}

impl StreamKey {
    /// Whether a password could open it: what the lock says of itself is of a kind that is known here.
    pub(crate) fn is_known(lock: &[u8]) -> bool {
        let Some((version, rest)) = lock.split_first_chunk::<4>() else { return false };
        match version {
            [1, 0, 1, 0] => Proof::plain(rest).is_some(),
            [2..=4, 0, 2, 0] => Proof::named(rest).is_some(),
            _ => false,
        }
    }

    /// The key that one of the passwords gives; `lock` says what was used.
    pub(crate) fn find(lock: &[u8], given: &[Password]) -> Option<Self> {
        let (version, rest) = lock.split_first_chunk::<4>()?;
        match version {
            [1, 0, 1, 0] => Proof::plain(rest)?.open(Self::plain, given),
            [2..=4, 0, 2, 0] => {
                let proof = Proof::named(rest)?;
                let length = proof.length;
                proof.open(|salt, password| Self::named(salt, password, length), given)
            }
            _ => None,
        }
    }

    /// A key of forty bits.
    fn plain(salt: &[u8], password: &[u8]) -> Self {
        let first = Hash::Md5.of(&[password]);
        let mut mixed = Vec::new();
        for _ in 0..16 {
            mixed.extend_from_slice(&first[..5]);
            mixed.extend_from_slice(salt);
        }
        Self { hash: Hash::Md5, base: Hash::Md5.of(&[&mixed])[..5].to_vec(), length: 16 }
    }

    /// A key whose length the lock says.
    fn named(salt: &[u8], password: &[u8], length: usize) -> Self {
        Self { hash: Hash::Sha1, base: Hash::Sha1.of(&[salt, password]), length }
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

    /// The whole stream in pieces of a size, opened; what was never locked in it must be put back.
    pub(crate) fn open(&self, stream: &[u8], piece: usize) -> Vec<u8> {
        let pieces = (0_u32..).zip(stream.chunks(piece));
        pieces.flat_map(|(n, piece)| self.open_piece(n, piece)).collect()
    }

    /// A piece of this number, opened.
    pub(crate) fn open_piece(&self, number: u32, piece: &[u8]) -> Vec<u8> {
        rc4(&self.of_piece(number), piece)
    }
}

/// What the key to a password must open, and into what.
struct Proof<'a> {
    salt: &'a [u8],
    locked: &'a [u8],
    hash: &'a [u8],
    /// Of the key, in bytes.
    length: usize,
}

impl<'a> Proof<'a> {
    fn plain(lock: &'a [u8]) -> Option<Self> {
        Some(Self { salt: lock.get(..16)?, locked: lock.get(16..32)?, hash: lock.get(32..48)?, length: 5 })
    }

    fn named(lock: &'a [u8]) -> Option<Self> {
        let length = word(lock, 4)? as usize;
        let head = lock.get(8..)?.get(..length)?;
        // What else there is to lock with was never used for streams.
        if !matches!(word(head, 8)?, 0 | RC4) {
            return None;
        }
        let bits = match word(head, 16)? {
            0 => 40,
            bits => bits.min(128),
        };
        let rest = lock.get(8 + length..)?;
        let length = bits as usize / 8;
        Some(Self { salt: rest.get(4..20)?, locked: rest.get(20..36)?, hash: rest.get(40..60)?, length })
    }

    /// The key of the password that fits.
    fn open(&self, key: impl Fn(&[u8], &[u8]) -> StreamKey, given: &[Password]) -> Option<StreamKey> {
        candidates(given).find_map(|password| {
            let key = key(self.salt, &password);
            let plain = key.open_piece(0, &[self.locked, self.hash].concat());
            let (proof, hash) = plain.split_at(self.locked.len());
            (key.hash.of(&[proof]) == hash).then_some(key)
        })
    }
}
