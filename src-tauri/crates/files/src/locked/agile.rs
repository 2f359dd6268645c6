//! How Office locks documents since 2010: what was used is said in XML.

use archive::Password;

use super::ciphers::{Aes, Hash};
use super::{candidates, tries, unpacked};
use crate::office::{Event, Pull, Source, Tag};

/// Data are locked in pieces of this size, each with a vector of its own.
const PIECE: usize = 4096;

/// More rounds than any program takes; each password costs all of them.
const ROUNDS: u32 = 1_000_000;

/// What each key is derived for.
const FOR_PROOF: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_HASH_OF_PROOF: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// What was used for the data, or for the key to them.
struct Said {
    salt: Vec<u8>,
    /// In bytes.
    key: usize,
    hash: Hash,
}

impl Said {
    fn read(tag: &Tag<'_>) -> Option<Self> {
        let chained = tag.attr("cipherChaining").is_none_or(|mode| mode == "ChainingModeCBC");
        let fits = tag.attr("cipherAlgorithm")? == "AES" && chained && tag.number("blockSize")? == 16;
        let key = tag.number("keyBits")? as usize / 8;
        fits.then_some(Self {
            salt: bytes(tag, "saltValue")?,
            key,
            hash: Hash::named(&tag.attr("hashAlgorithm")?)?,
        })
    }
}

/// What a password must open.
struct Lock {
    said: Said,
    rounds: u32,
    proof: Vec<u8>,
    hash_of_proof: Vec<u8>,
    key: Vec<u8>,
}

fn bytes(tag: &Tag<'_>, name: &str) -> Option<Vec<u8>> {
    unpacked(&tag.attr(name)?)
}

/// The data, if one of the passwords opens them.
pub(super) fn decrypt(info: &[u8], data: &[u8], given: &[Password]) -> Option<Vec<u8>> {
    let (said, lock) = read(info)?;
    let key = candidates(given).take(tries(lock.rounds)).find_map(|password| lock.open(&password))?;
    let cipher = Aes::new(key.get(..said.key)?)?;
    let mut plain = Vec::with_capacity(data.len());
    for (n, piece) in (0_u32..).zip(data.chunks(PIECE)) {
        let vector = said.hash.of(&[&said.salt, &n.to_le_bytes()]);
        plain.extend(cipher.chained(&sized(vector, 16), piece));
    }
    Some(plain)
}

fn read(info: &[u8]) -> Option<(Said, Lock)> {
    let mut part = Pull::new("EncryptionInfo", Source::Bytes(info));
    let (mut data, mut lock) = (None, None);
    loop {
        match part.next() {
            Event::Open(tag) if tag.name() == "keyData" => data = Said::read(&tag),
            Event::Open(tag) if tag.name() == "encryptedKey" && lock.is_none() => {
                lock = Said::read(&tag).and_then(|said| {
                    Some(Lock {
                        said,
                        rounds: tag.number("spinCount").filter(|n| *n <= ROUNDS)?,
                        proof: bytes(&tag, "encryptedVerifierHashInput")?,
                        hash_of_proof: bytes(&tag, "encryptedVerifierHashValue")?,
                        key: bytes(&tag, "encryptedKeyValue")?,
                    })
                });
            }
            Event::End => break,
            _ => {}
        }
    }
    data.zip(lock)
}

impl Lock {
    /// The key to the data, if the password is the right one.
    fn open(&self, password: &[u8]) -> Option<Vec<u8>> {
        let Said { salt, key, hash } = &self.said;
        let stretched = hash.stretched(salt, password, self.rounds);
        let open = |purpose: &[u8], data: &[u8]| {
            let cipher = Aes::new(&sized(hash.of(&[&stretched, purpose]), *key))?;
            Some(cipher.chained(&sized(salt.clone(), 16), data))
        };
        let proof = open(&FOR_PROOF, &self.proof)?;
        // The proof is as long as the salt; what follows fills the block.
        let proof = hash.of(&[proof.get(..salt.len()).unwrap_or(&proof)]);
        let wanted = open(&FOR_HASH_OF_PROOF, &self.hash_of_proof)?;
        wanted.starts_with(&proof).then(|| open(&FOR_KEY, &self.key)).flatten()
    }
}

/// Cut or filled to a length.
fn sized(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length.min(64), 0x36);
    bytes
}
