//! The ciphers and hashes that locked documents use, as they use them.

use aes::cipher::{BlockDecrypt, KeyInit, consts::U16, generic_array::GenericArray};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// A hash by the name that a document gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "MD5" => Self::Md5,
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The hash of several pieces, one behind the other.
    pub(super) fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn all<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            pieces.iter().for_each(|piece| hash.update(piece));
            hash.finalize().to_vec()
        }
        match self {
            Self::Md5 => all::<Md5>(pieces),
            Self::Sha1 => all::<Sha1>(pieces),
            Self::Sha256 => all::<Sha256>(pieces),
            Self::Sha384 => all::<Sha384>(pieces),
            Self::Sha512 => all::<Sha512>(pieces),
        }
    }

    /// A password with its salt, hashed again and again, so that trying many takes long.
    pub(super) fn stretched(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        let mut hash = self.of(&[salt, password]);
        for n in 0..times {
            hash = self.of(&[&n.to_le_bytes(), &hash]);
        }
        hash
    }
}

/// AES with a key of any of its lengths.
pub(super) enum Aes {
    Short(aes::Aes128),
    Middle(aes::Aes192),
    Long(aes::Aes256),
}

impl Aes {
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        Some(match key.len() {
            16 => Self::Short(aes::Aes128::new_from_slice(key).ok()?),
            24 => Self::Middle(aes::Aes192::new_from_slice(key).ok()?),
            32 => Self::Long(aes::Aes256::new_from_slice(key).ok()?),
            _ => return None,
        })
    }

    /// Blocks that are chained from a first vector on.
    pub(super) fn chained(&self, vector: &[u8], data: &[u8]) -> Vec<u8> {
        match self {
            Self::Short(cipher) => cbc_decrypt(cipher, vector, data),
            Self::Middle(cipher) => cbc_decrypt(cipher, vector, data),
            Self::Long(cipher) => cbc_decrypt(cipher, vector, data),
        }
    }

    /// Blocks that stand each for itself.
    pub(super) fn alone(&self, data: &[u8]) -> Vec<u8> {
        let mut plain = data[..data.len() / 16 * 16].to_vec();
        for block in plain.chunks_exact_mut(16) {
            let block = GenericArray::from_mut_slice(block);
            match self {
                Self::Short(cipher) => cipher.decrypt_block(block),
                Self::Middle(cipher) => cipher.decrypt_block(block),
                Self::Long(cipher) => cipher.decrypt_block(block),
            }
        }
        plain
    }
}

/// AES in blocks that are chained from a first vector on; what is no whole block is left out.
pub(crate) fn cbc_decrypt(
    cipher: &impl BlockDecrypt<BlockSize = U16>,
    vector: &[u8],
    data: &[u8],
) -> Vec<u8> {
    let mut plain = data[..data.len() / 16 * 16].to_vec();
    let mut before = vector;
    for (block, written) in plain.chunks_exact_mut(16).zip(data.chunks_exact(16)) {
        cipher.decrypt_block(GenericArray::from_mut_slice(block));
        block.iter_mut().zip(before).for_each(|(b, p)| *b ^= p);
        before = written;
    }
    plain
}

/// RC4 with a key that is not empty.
pub(crate) fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|n| u8::try_from(n).unwrap_or(0));
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    data.iter()
        .map(|byte| {
            i = i.wrapping_add(1);
            j = j.wrapping_add(state[usize::from(i)]);
            state.swap(usize::from(i), usize::from(j));
            byte ^ state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cipher_is_the_one_of_its_test_vectors() {
        assert_eq!(rc4(b"Key", b"Plaintext")[..4], [0xBB, 0xF3, 0x16, 0xE8]);
    }
}
