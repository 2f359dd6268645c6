//! The case file: a case sealed under a passphrase. Without the passphrase it is noise, and there is no other way in.
//!
//! The layout is in this crate's README. Salt and nonce are random; each sealing draws a new nonce, so that none is ever
//! used twice with a key.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::Case;

/// The largest file that is taken for a case: a hundred thousand corrections fit, and it is read into memory whole.
pub const CASE_BYTES_MAX: usize = 16 << 20;

/// The shortest passphrase that a case is sealed under. Each guess costs a second; eight characters are what NIST
/// (SP 800-63B) asks of a secret that people remember.
pub const PASSPHRASE_CHARS_MIN: usize = 8;

const MAGIC: &[u8; 16] = b"PORTOLAN CASE\r\n\x1a";
const VERSION: u16 = 1;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
const HEAD_BYTES: usize = MAGIC.len() + 2 + 12 + SALT_BYTES + NONCE_BYTES;

/// What is sealed is filled up to a multiple of this, so that the size of the file does not count the corrections.
const FILL_BYTES: usize = 4096;

/// A hostile case may ask for this much and no more: four times what ours ask for, should a later version ask more.
const MEMORY_KIB_MAX: u32 = 1 << 20;
const PASSES_MAX: u32 = 16;
const LANES_MAX: u32 = 8;

/// Why a case could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseTrouble {
    /// It does not begin like one.
    #[error("this is not a case of Portolan")]
    NotACase,
    /// It begins like one, and ends before its header does.
    #[error("the case is cut off: it has {bytes} bytes, and at least {least} are needed")]
    CutOff {
        /// How many there are.
        bytes: usize,
        /// How many there must be.
        least: usize,
    },
    /// A later version wrote it.
    #[error("the case was made by a newer version of Portolan (format {found}; this one knows {known})")]
    Newer {
        /// The version that it says.
        found: u16,
        /// The version that is known.
        known: u16,
    },
    /// Opening it would cost more than any case of ours does.
    #[error(
        "the case asks for {memory_mib} MiB of memory, {passes} passes and {lanes} lanes, beyond what is given to one"
    )]
    Costly {
        /// Memory in MiB.
        memory_mib: u32,
        /// Passes over it.
        passes: u32,
        /// Lanes in it.
        lanes: u32,
    },
    /// The passphrase is another one, or bytes were changed: nobody can tell which.
    #[error("the passphrase does not open the case, or its file is damaged")]
    Locked,
    /// What was sealed is not a case as this version writes them.
    #[error("the case was opened, and what it holds is not understood")]
    Odd,
    /// It has more bytes than any case has.
    #[error("the case has {bytes} bytes, and at most {most} are read")]
    TooLarge {
        /// How many there are.
        bytes: u64,
        /// How many are read.
        most: usize,
    },
    /// The passphrase is too short to protect anything.
    #[error("the passphrase has {chars} characters, and at least {least} are needed")]
    Short {
        /// How many it has.
        chars: usize,
        /// How many it needs.
        least: usize,
    },
    /// There is not enough memory to make the key.
    #[error("there is not enough free memory: {memory_mib} MiB are needed for a moment")]
    Memory {
        /// Memory in MiB.
        memory_mib: u32,
    },
    /// The system gave no random bytes.
    #[error("the system gives no random numbers")]
    NoRandom,
}

/// What a person types to open a case. It is wiped from memory when it is done with, and never shows itself in a log.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The same characters are the same passphrase, in whichever way a keyboard composes its accents.
    pub fn new(text: &str) -> Self {
        // Room for the whole beforehand: a text that grows would leave pieces of itself behind.
        let mut composed = Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)));
        composed.extend(text.nfc());
        Self(composed)
    }
}

impl From<String> for Passphrase {
    /// Takes the text over, and wipes it.
    fn from(text: String) -> Self {
        Self::new(&Zeroizing::new(text))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// The key of a case, as a passphrase made it. It seals the case again without the passphrase, and is wiped from memory
/// when the case is closed.
#[derive(Clone)]
pub struct Key {
    key: Zeroizing<[u8; 32]>,
    cost: Cost,
    salt: [u8; SALT_BYTES],
}

impl Key {
    /// Makes the key of a new case. That takes a second and a quarter of a gibibyte, so that guessing does as well.
    ///
    /// # Errors
    ///
    /// The passphrase is too short, or the system gives no memory or no random numbers.
    pub fn new(passphrase: &Passphrase) -> Result<Self, CaseTrouble> {
        Self::at_cost(passphrase, Cost::OURS)
    }

    fn at_cost(passphrase: &Passphrase, cost: Cost) -> Result<Self, CaseTrouble> {
        let chars = passphrase.0.chars().count();
        if chars < PASSPHRASE_CHARS_MIN {
            return Err(CaseTrouble::Short { chars, least: PASSPHRASE_CHARS_MIN });
        }
        Self::derive(passphrase, cost, random()?)
    }

    fn derive(passphrase: &Passphrase, cost: Cost, salt: [u8; SALT_BYTES]) -> Result<Self, CaseTrouble> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
            .map_err(|_| CaseTrouble::Locked)?;
        let short = || CaseTrouble::Memory { memory_mib: cost.memory_kib.div_ceil(1024) };
        let mut memory: Zeroizing<Vec<Block>> = Zeroizing::new(Vec::new());
        memory.try_reserve_exact(params.block_count()).map_err(|_| short())?;
        memory.resize(params.block_count(), Block::new());
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password_into_with_memory(passphrase.0.as_bytes(), &salt, &mut *key, &mut memory[..])
            .map_err(|_| CaseTrouble::Locked)?;
        Ok(Self { key, cost, salt })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Whether bytes begin like a case file; the first 16 are enough to tell.
pub fn is_case(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The bytes of a case file.
///
/// # Errors
///
/// The case is too large, or the system gives no random numbers.
pub fn seal(case: &Case, key: &Key) -> Result<Vec<u8>, CaseTrouble> {
    let nonce = random()?;
    let head = Head { cost: key.cost, salt: key.salt, nonce }.bytes();
    let mut plain = Zeroizing::new(serde_json::to_vec(case).map_err(|_| CaseTrouble::Odd)?);
    let sealed = plain.len().next_multiple_of(FILL_BYTES);
    let bytes = HEAD_BYTES + sealed + TAG_BYTES;
    if bytes > CASE_BYTES_MAX {
        return Err(CaseTrouble::TooLarge { bytes: bytes as u64, most: CASE_BYTES_MAX });
    }
    plain.resize(sealed, b' ');
    let payload = Payload { msg: &plain, aad: &head };
    let sealed = key.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| CaseTrouble::Odd)?;
    Ok([head.as_slice(), &sealed].concat())
}

/// Opens a case file; with the key that seals it again.
///
/// # Errors
///
/// It is no case, a newer one, one that asks for too much, or the passphrase does not open it.
pub fn open(bytes: &[u8], passphrase: &Passphrase) -> Result<(Case, Key), CaseTrouble> {
    let (head, sealed) = Head::read(bytes)?;
    let key = Key::derive(passphrase, head.cost, head.salt)?;
    let payload = Payload { msg: sealed, aad: &bytes[..HEAD_BYTES] };
    let plain = key.cipher().decrypt(&XNonce::from(head.nonce), payload).map_err(|_| CaseTrouble::Locked)?;
    let plain = Zeroizing::new(plain);
    let case = serde_json::from_slice(&plain).map_err(|_| CaseTrouble::Odd)?;
    Ok((case, key))
}

/// What Argon2id takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// About a second on a computer of today.
    const OURS: Self = Self { memory_kib: 256 << 10, passes: 3, lanes: 1 };
}

/// What stands before the sealed bytes, for everybody to read.
struct Head {
    cost: Cost,
    salt: [u8; SALT_BYTES],
    nonce: [u8; NONCE_BYTES],
}

impl Head {
    fn bytes(&self) -> Vec<u8> {
        let Self { cost: Cost { memory_kib, passes, lanes }, salt, nonce } = self;
        let mut bytes = Vec::with_capacity(HEAD_BYTES);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        for number in [memory_kib, passes, lanes] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(salt);
        bytes.extend(nonce);
        bytes
    }

    /// The header and the sealed bytes after it.
    fn read(bytes: &[u8]) -> Result<(Self, &[u8]), CaseTrouble> {
        if bytes.len() > CASE_BYTES_MAX {
            return Err(CaseTrouble::TooLarge { bytes: bytes.len() as u64, most: CASE_BYTES_MAX });
        }
        let cut = || CaseTrouble::CutOff { bytes: bytes.len(), least: HEAD_BYTES + TAG_BYTES };
        let rest = bytes.strip_prefix(MAGIC).ok_or(CaseTrouble::NotACase)?;
        let (version, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let found = u16::from_le_bytes(*version);
        if found != VERSION {
            return Err(CaseTrouble::Newer { found, known: VERSION });
        }
        let (memory, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (passes, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (lanes, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (salt, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (nonce, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        if rest.len() < TAG_BYTES {
            return Err(cut());
        }
        let cost = Cost {
            memory_kib: u32::from_le_bytes(*memory),
            passes: u32::from_le_bytes(*passes),
            lanes: u32::from_le_bytes(*lanes),
        };
        let Cost { memory_kib, passes, lanes } = cost;
        if memory_kib > MEMORY_KIB_MAX || passes > PASSES_MAX || lanes > LANES_MAX {
            return Err(CaseTrouble::Costly { memory_mib: memory_kib.div_ceil(1024), passes, lanes });
        }
        Ok((Self { cost, salt: *salt, nonce: *nonce }, rest))
    }
}

fn random<const N: usize>() -> Result<[u8; N], CaseTrouble> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| CaseTrouble::NoRandom)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
