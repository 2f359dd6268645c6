//! The encryptions that archives use: WinZip AES (AE-1, AE-2) and the old, weak ZipCrypto of ZIP, and AES of 7z.

use aes::cipher::{BlockDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use ctr::cipher::{KeyIvInit, StreamCipher};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::limits;

/// The message authentication code at the end of an AES entry.
pub(crate) type AesMac = Hmac<Sha1>;
/// Bytes of the authentication code that are stored.
pub(crate) const MAC_BYTES: u64 = 10;
/// Bytes before the data of a ZipCrypto entry.
pub(crate) const ZIPCRYPTO_HEADER: u64 = 12;

/// Turns encrypted bytes into plain ones, in order. A clone continues from the same place.
#[derive(Clone)]
pub(crate) enum Cipher {
    None,
    Zip(ZipKeys),
    // WinZip counts blocks from 1 in little-endian order, unlike everybody else.
    Aes128(Box<ctr::Ctr128LE<Aes128>>),
    Aes192(Box<ctr::Ctr128LE<Aes192>>),
    Aes256(Box<ctr::Ctr128LE<Aes256>>),
    Cbc(Box<Cbc>),
}

impl Cipher {
    pub(crate) fn apply(&mut self, buf: &mut [u8]) {
        match self {
            Self::None => {}
            Self::Zip(keys) => keys.decrypt(buf),
            Self::Aes128(stream) => stream.apply_keystream(buf),
            Self::Aes192(stream) => stream.apply_keystream(buf),
            Self::Aes256(stream) => stream.apply_keystream(buf),
            Self::Cbc(chain) => chain.decrypt(buf),
        }
    }

    /// The same key for other data, which begin otherwise.
    pub(crate) fn begun_with(&self, start: [u8; 16]) -> Self {
        match self {
            Self::Cbc(chain) => Self::Cbc(Box::new(Cbc { before: start, ..(**chain).clone() })),
            other => other.clone(),
        }
    }
}

/// AES-256 in blocks that are chained, as 7z has it. Data always come in whole blocks.
#[derive(Clone)]
pub(crate) struct Cbc {
    cipher: Aes256,
    before: [u8; 16],
}

impl Cbc {
    pub(crate) fn new(key: &[u8; 32], start: [u8; 16]) -> Self {
        Self { cipher: Aes256::new(key.into()), before: start }
    }

    fn decrypt(&mut self, buf: &mut [u8]) {
        for chunk in buf.chunks_exact_mut(16) {
            let mut block = [0; 16];
            block.copy_from_slice(chunk);
            let locked = block;
            self.cipher.decrypt_block((&mut block).into());
            for ((plain, open), before) in chunk.iter_mut().zip(block).zip(self.before) {
                *plain = open ^ before;
            }
            self.before = locked;
        }
    }
}

/// The key of a 7z archive: the password, hashed so often that trying many takes long.
pub(crate) fn seven_key(salt: &[u8], rounds_power: u8, password: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    // Hashed in long runs: the message of one round is short.
    let mut run = Vec::new();
    let rounds = 1u64 << rounds_power.min(limits::SEVEN_KEY_POWER_MAX);
    for round in 0..rounds {
        run.extend_from_slice(salt);
        run.extend_from_slice(password);
        run.extend_from_slice(&round.to_le_bytes());
        if run.len() >= 4096 {
            hasher.update(&run);
            run.clear();
        }
    }
    hasher.update(&run);
    hasher.finalize().into()
}

/// The running state of ZipCrypto.
#[derive(Clone)]
pub(crate) struct ZipKeys([u32; 3]);

impl ZipKeys {
    pub(crate) fn new(password: &[u8]) -> Self {
        let mut keys = Self([0x1234_5678, 0x2345_6789, 0x3456_7890]);
        for &b in password {
            keys.update(b);
        }
        keys
    }

    fn update(&mut self, b: u8) {
        let [k0, k1, k2] = &mut self.0;
        *k0 = crc_step(*k0, b);
        *k1 = k1.wrapping_add(*k0 & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
        *k2 = crc_step(*k2, k1.to_be_bytes()[0]);
    }

    pub(crate) fn decrypt(&mut self, buf: &mut [u8]) {
        for b in buf {
            let [low, high, ..] = (self.0[2] | 2).to_le_bytes();
            let word = u16::from_le_bytes([low, high]);
            *b ^= word.wrapping_mul(word ^ 1).to_be_bytes()[0];
            self.update(*b);
        }
    }
}

/// One byte of the reflected CRC-32 without the inversions around it, as ZipCrypto mixes its keys.
fn crc_step(crc: u32, b: u8) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "i < 256")]
            let mut c = i as u32;
            let mut bit = 0;
            while bit < 8 {
                c = if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 };
                bit += 1;
            }
            table[i] = c;
            i += 1;
        }
        table
    };
    let [low, ..] = crc.to_le_bytes();
    (crc >> 8) ^ TABLE[usize::from(low ^ b)]
}

/// How strong an AES entry is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    Aes128,
    Aes192,
    Aes256,
}

impl Strength {
    pub(crate) fn from_field(value: u8) -> Option<Self> {
        match value {
            1 => Some(Self::Aes128),
            2 => Some(Self::Aes192),
            3 => Some(Self::Aes256),
            _ => None,
        }
    }

    fn key_bytes(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    pub(crate) fn salt_bytes(self) -> usize {
        self.key_bytes() / 2
    }
}

/// Opens an AES entry whose data begin with `head` (salt, then two check bytes): cipher and authentication, if the
/// two bytes say that the password is right.
pub(crate) fn unlock_aes(strength: Strength, head: &[u8], password: &[u8]) -> Option<(Cipher, AesMac)> {
    let (salt, check) = head.split_at_checked(strength.salt_bytes())?;
    let n = strength.key_bytes();
    let mut derived = [0; 2 * 32 + 2];
    let derived = &mut derived[..2 * n + 2];
    // 1,000 rounds are what the format says, weak as that is today.
    pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, 1000, derived);
    if check.get(..2)? != &derived[2 * n..] {
        return None;
    }
    let iv = 1u128.to_le_bytes();
    let key = &derived[..n];
    let cipher = match strength {
        Strength::Aes128 => Cipher::Aes128(Box::new(ctr::Ctr128LE::new_from_slices(key, &iv).ok()?)),
        Strength::Aes192 => Cipher::Aes192(Box::new(ctr::Ctr128LE::new_from_slices(key, &iv).ok()?)),
        Strength::Aes256 => Cipher::Aes256(Box::new(ctr::Ctr128LE::new_from_slices(key, &iv).ok()?)),
    };
    Some((cipher, <AesMac as Mac>::new_from_slice(&derived[n..2 * n]).ok()?))
}

/// Opens a ZipCrypto entry whose data begin with the 12 bytes of `head`; true for 1 of 256 wrong passwords too.
pub(crate) fn unlock_zip(head: &[u8], checks: [u8; 2], password: &[u8]) -> Option<Cipher> {
    let mut keys = ZipKeys::new(password);
    let mut head: [u8; 12] = head.try_into().ok()?;
    keys.decrypt(&mut head);
    checks.contains(&head[11]).then_some(Cipher::Zip(keys))
}
