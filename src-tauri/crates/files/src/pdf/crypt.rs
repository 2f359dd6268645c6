//! Documents that are encrypted: with no password, which everyone's viewer opens, or with one that the user gave.
//!
//! ISO 32000-2, 7.6; the hash of revision 6 is its algorithm 2.B.

use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit, generic_array::GenericArray};
use archive::Password;
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::object::{Dict, Object};
use crate::locked::{cbc_decrypt, rc4};

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

/// Whether a password could open it: it is locked in one of the standard ways.
pub(super) fn is_known(encrypt: &Dict) -> bool {
    encrypt.get("Filter").is_name("Standard") && matches!(encrypt.get("V").int().unwrap_or(0), 1 | 2 | 4 | 5)
}

/// The key that the empty password gives, or one of those that the user gave; none if the document wants another.
/// `encrypt` has no references in it.
pub(super) fn key(encrypt: &Dict, id: &[u8], given: &[Password]) -> Option<Key> {
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
    let candidates = [Password::from("")].into_iter().chain(given.iter().cloned());
    let key = candidates.flat_map(|password| spellings(&password, revision)).find_map(|password| {
        if revision >= 5 {
            let password = &password[..password.len().min(PASSWORD_256)];
            key_of_256(encrypt, revision, password)
        } else {
            let mut padded = password;
            padded.extend(PADDING);
            padded.truncate(PADDING.len());
            let owned = || key_of_128(encrypt, revision, id, &of_owner(encrypt, revision, &padded)?);
            key_of_128(encrypt, revision, id, &padded).or_else(owned)
        }
    })?;
    Some(Key { key, streams, texts })
}

/// No more of a password counts.
const PASSWORD_256: usize = 127;

/// A password as the bytes that it was made of: newer documents take UTF-8, older ones an encoding of their own.
fn spellings(password: &Password, revision: i64) -> Vec<Vec<u8>> {
    let typed = password.bytes().to_vec();
    let Ok(text) = std::str::from_utf8(&typed) else { return vec![typed] };
    if revision >= 5 || text.is_ascii() {
        return vec![typed];
    }
    let latin: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    latin.into_iter().chain([typed]).collect()
}

/// How many bytes a key has.
fn length(encrypt: &Dict, revision: i64) -> usize {
    let bits = encrypt.get("Length").index().unwrap_or(40);
    // A crypt filter may say the length in bytes.
    let length = if revision == 2 { 5 } else { (if bits < 40 { bits } else { bits / 8 }).clamp(5, 16) };
    if encrypt.get("V").int() == Some(4) { 16 } else { length }
}

/// The padded password of the user that the owner's opens.
fn of_owner(encrypt: &Dict, revision: i64, padded: &[u8]) -> Option<Vec<u8>> {
    let mut key = Md5::digest(padded).to_vec();
    let length = length(encrypt, revision);
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key).to_vec();
        }
    }
    key.truncate(length);
    let mut user = encrypt.get("O").text()?.get(..32)?.to_vec();
    let turns = if revision == 2 { 0 } else { 19 };
    for turn in (0..=turns).rev() {
        let turned: Vec<u8> = key.iter().map(|b| b ^ turn).collect();
        user = rc4(&turned, &user);
    }
    Some(user)
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

fn key_of_128(encrypt: &Dict, revision: i64, id: &[u8], padded: &[u8]) -> Option<Vec<u8>> {
    let owner = encrypt.get("O").text()?;
    let user = encrypt.get("U").text()?;
    let rights = encrypt.get("P").int()?.to_le_bytes();
    let length = length(encrypt, revision);
    let mut hash = Md5::new();
    hash.update(padded);
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

fn key_of_256(encrypt: &Dict, revision: i64, password: &[u8]) -> Option<Vec<u8>> {
    let user = encrypt.get("U").text()?;
    let parts = |text: &[u8]| {
        Some((text.get(..32)?.to_vec(), text.get(32..40)?.to_vec(), text.get(40..48)?.to_vec()))
    };
    let (proof, salt, key_salt) = parts(user)?;
    let (salts, wrapped) = if hash_of_256(password, &salt, &[], revision) == proof {
        ((key_salt, Vec::new()), "UE")
    } else {
        // The owner's password is hashed with what the user's came to.
        let (proof, salt, key_salt) = parts(encrypt.get("O").text()?)?;
        let user = user.get(..48)?;
        if hash_of_256(password, &salt, user, revision) != proof {
            return None;
        }
        ((key_salt, user.to_vec()), "OE")
    };
    let wrapped = encrypt.get(wrapped).text()?.get(..32)?;
    let between = hash_of_256(password, &salts.0, &salts.1, revision);
    let cipher = aes::Aes256::new_from_slice(&between).ok()?;
    Some(cbc_decrypt(&cipher, &[0; 16], wrapped))
}

/// The hash of a password with a salt, and with more where it is the owner's.
fn hash_of_256(password: &[u8], salt: &[u8], more: &[u8], revision: i64) -> Vec<u8> {
    let mut key =
        Sha256::new().chain_update(password).chain_update(salt).chain_update(more).finalize().to_vec();
    if revision < 6 {
        return key;
    }
    let mut round = 0_u32;
    loop {
        let mut data = [password, &key, more].concat().repeat(64);
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
