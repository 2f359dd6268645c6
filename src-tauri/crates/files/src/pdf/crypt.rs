//! Documents that are encrypted, but open with no password: everyone's viewer opens them, and so do we.
//!
//! ISO 32000-2, 7.6; the hash of revision 6 is its algorithm 2.B.

use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit, generic_array::GenericArray};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::object::{Dict, Object};

const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
    0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// How something was encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Plain,
    Rc4,
    Aes128,
    Aes256,
}

/// The key of a document.
#[derive(Debug)]
pub(super) struct Key {
    key: Vec<u8>,
    streams: Method,
    texts: Method,
}

/// The key that the empty password gives; none if the document wants another. `encrypt` has no references in it.
pub(super) fn key(encrypt: &Dict, id: &[u8]) -> Option<Key> {
    if !encrypt.get("Filter").is_name("Standard") {
        return None;
    }
    let version = encrypt.get("V").int().unwrap_or(0);
    let revision = encrypt.get("R").int()?;
    let (streams, texts) = match version {
        1 | 2 => (Method::Rc4, Method::Rc4),
        4 | 5 => (method(encrypt, "StmF"), method(encrypt, "StrF")),
        _ => return None,
    };
    let key = if revision >= 5 { key_of_256(encrypt, revision)? } else { key_of_128(encrypt, revision, id)? };
    Some(Key { key, streams, texts })
}

fn method(encrypt: &Dict, which: &str) -> Method {
    let Some(name) = encrypt.get(which).name() else { return Method::Plain };
    let filter = encrypt.get("CF").dict().and_then(|f| f.0.get(name)).and_then(Object::dict);
    match filter.and_then(|f| f.get("CFM").name()) {
        Some(b"V2") => Method::Rc4,
        Some(b"AESV2") => Method::Aes128,
        Some(b"AESV3") => Method::Aes256,
        _ => Method::Plain,
    }
}

fn key_of_128(encrypt: &Dict, revision: i64, id: &[u8]) -> Option<Vec<u8>> {
    let owner = encrypt.get("O").text()?;
    let user = encrypt.get("U").text()?;
    let rights = encrypt.get("P").int()?.to_le_bytes();
    let bits = encrypt.get("Length").index().unwrap_or(40);
    // A crypt filter may say the length in bytes.
    let length = if revision == 2 { 5 } else { (if bits < 40 { bits } else { bits / 8 }).clamp(5, 16) };
    let length = if encrypt.get("V").int() == Some(4) { 16 } else { length };
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(owner.get(..32)?);
    hash.update(&rights[..4]);
    hash.update(id);
    if revision >= 4 && encrypt.get("EncryptMetadata") == &Object::Bool(false) {
        hash.update([0xFF; 4]);
    }
    let mut key = hash.finalize().to_vec();
    key.truncate(length);
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key)[..length].to_vec();
        }
    }
    let proof = if revision == 2 {
        rc4(&key, &PADDING)
    } else {
        let mut proof = rc4(&key, &Md5::new().chain_update(PADDING).chain_update(id).finalize());
        for turn in 1..=19_u8 {
            let turned: Vec<u8> = key.iter().map(|b| b ^ turn).collect();
            proof = rc4(&turned, &proof);
        }
        proof
    };
    user.starts_with(&proof).then_some(key)
}

fn key_of_256(encrypt: &Dict, revision: i64) -> Option<Vec<u8>> {
    let user = encrypt.get("U").text()?;
    let wrapped = encrypt.get("UE").text()?.get(..32)?;
    let (proof, salt, key_salt) = (user.get(..32)?, user.get(32..40)?, user.get(40..48)?);
    if hash_of_256(salt, revision) != proof {
        return None;
    }
    let between = hash_of_256(key_salt, revision);
    let cipher = aes::Aes256::new_from_slice(&between).ok()?;
    Some(cbc_decrypt(&cipher, &[0; 16], wrapped))
}

/// The hash of the empty password with a salt.
fn hash_of_256(salt: &[u8], revision: i64) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    if revision < 6 {
        return key;
    }
    let mut round = 0_u32;
    loop {
        let mut data = key.repeat(64);
        if let Ok(cipher) = aes::Aes128::new_from_slice(&key[..16]) {
            let mut before: [u8; 16] = key[16..32].try_into().unwrap_or_default();
            for block in data.chunks_exact_mut(16) {
                block.iter_mut().zip(before).for_each(|(b, p)| *b ^= p);
                cipher.encrypt_block(GenericArray::from_mut_slice(block));
                before.copy_from_slice(block);
            }
        }
        key = match data[..16].iter().map(|b| u32::from(*b)).sum::<u32>() % 3 {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        round += 1;
        if round >= 64 && u32::from(*data.last().unwrap_or(&0)) <= round - 32 {
            key.truncate(32);
            return key;
        }
    }
}

impl Key {
    /// The data of a stream.
    pub(super) fn stream(&self, data: &[u8], id: (u32, u32)) -> Vec<u8> {
        self.decrypt(self.streams, data, id)
    }

    /// Everything encrypted in an object that is no stream data.
    pub(super) fn object(&self, object: &mut Object, id: (u32, u32)) {
        if self.texts == Method::Plain {
            return;
        }
        let mut left = vec![object];
        while let Some(object) = left.pop() {
            match object {
                Object::Text(text) => *text = self.decrypt(self.texts, text, id),
                Object::Array(items) => left.extend(items),
                Object::Dict(dict) => left.extend(dict.0.values_mut()),
                Object::Stream(stream) => left.extend(stream.dict.0.values_mut()),
                _ => {}
            }
        }
    }

    fn decrypt(&self, method: Method, data: &[u8], id: (u32, u32)) -> Vec<u8> {
        if matches!(method, Method::Plain) {
            return data.to_vec();
        }
        if method == Method::Aes256 {
            return match aes::Aes256::new_from_slice(&self.key) {
                Ok(cipher) => aes_decrypt(&cipher, data),
                Err(_) => data.to_vec(),
            };
        }
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(&id.0.to_le_bytes()[..3]);
        hash.update(&id.1.to_le_bytes()[..2]);
        if method == Method::Aes128 {
            hash.update(b"sAlT");
        }
        let key = hash.finalize();
        let key = &key[..(self.key.len() + 5).min(16)];
        if method == Method::Rc4 {
            return rc4(key, data);
        }
        match aes::Aes128::new_from_slice(key) {
            Ok(cipher) => aes_decrypt(&cipher, data),
            Err(_) => data.to_vec(),
        }
    }
}

/// Data with its first vector in front and padding behind.
fn aes_decrypt(cipher: &impl BlockDecrypt<BlockSize = aes::cipher::consts::U16>, data: &[u8]) -> Vec<u8> {
    let Some((vector, data)) = data.split_at_checked(16) else { return Vec::new() };
    let mut plain = cbc_decrypt(cipher, vector, data);
    if let Some(padding @ 1..=16) = plain.last().copied() {
        plain.truncate(plain.len().saturating_sub(usize::from(padding)));
    }
    plain
}

fn cbc_decrypt(
    cipher: &impl BlockDecrypt<BlockSize = aes::cipher::consts::U16>,
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

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
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
