//! Finding the password of an entry among those that were given.

use std::io;

use crate::crypt::{self, Cbc, Cipher, MAC_BYTES, ZIPCRYPTO_HEADER};
use crate::decode::Decoder;
use crate::packed::{Broken, Packed, PackedStream};
use crate::seven::Aes;
use crate::zip::{Item, Lock};
use crate::{Password, limits};

/// All passwords in all their spellings, those that fitted before first.
pub(crate) struct Keyring {
    spellings: Vec<(Vec<u8>, Trust)>,
    /// The passwords as 7z hashes them: in UTF-16.
    wide: Vec<Vec<u8>>,
    /// Keys of 7z archives that were made already: they take long.
    keys: Vec<SevenKey>,
    /// Rounds that making them took.
    rounds: u64,
}

/// A key of a 7z archive, with what it was made from.
struct SevenKey {
    password: usize,
    salt: Vec<u8>,
    rounds_power: u8,
    key: [u8; 32],
}

/// What trying all passwords on a folder of a 7z archive came to.
pub(crate) enum Opened {
    Open(Box<Packed>),
    Closed,
}

/// What is known of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Untried,
    /// It opened an entry, and the content of that entry proved it.
    Proven,
}

/// What trying all passwords came to.
pub(crate) enum Unlocked {
    /// The entry can be read.
    Open(Box<Packed>),
    /// None of the passwords fits; or there are none.
    Closed,
    /// Too short to hold what every encrypted entry begins with.
    TooShort,
}

impl Keyring {
    pub(crate) fn new(passwords: &[Password]) -> Self {
        let mut spellings: Vec<(Vec<u8>, Trust)> = Vec::new();
        for bytes in passwords.iter().take(limits::PASSWORDS_MAX).flat_map(Password::spellings) {
            if !spellings.iter().any(|(known, _)| *known == bytes) {
                spellings.push((bytes, Trust::Untried));
            }
        }
        let wide = passwords.iter().take(limits::PASSWORDS_MAX).map(Password::wide).collect();
        Self { spellings, wide, keys: Vec::new(), rounds: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Tries all passwords on an entry. `bare` is the entry with its method, size and checksum, still locked.
    pub(crate) fn unlock(&mut self, item: &Item, bare: Packed) -> io::Result<Unlocked> {
        match item.lock {
            Lock::Open => Ok(Unlocked::Open(Box::new(bare))),
            Lock::Aes(strength) => {
                let head_len = strength.salt_bytes() as u64 + 2;
                let Some(data_len) = bare.source.len().checked_sub(head_len + MAC_BYTES) else {
                    return Ok(Unlocked::TooShort);
                };
                let head = bare.source.read(0, strength.salt_bytes() + 2)?;
                let mut fallback = None;
                for at in 0..self.spellings.len() {
                    let Some((cipher, mac)) = crypt::unlock_aes(strength, &head, &self.spellings[at].0)
                    else {
                        continue;
                    };
                    let code = bare.source.slice(head_len + data_len, MAC_BYTES).read(0, 10)?;
                    let source = bare.source.slice(head_len, data_len);
                    let packed = Packed { source, cipher, mac: Some((mac, code)), ..bare.clone() };
                    // Two check bytes let 1 of 65,536 wrong passwords through. With a single password there is no
                    // better one to be found, and a wrong code is told when the entry is read.
                    if self.spellings[at].1 == Trust::Proven
                        || self.spellings.len() == 1
                        || authentic(&packed)
                    {
                        self.prove(at);
                        return Ok(Unlocked::Open(Box::new(packed)));
                    }
                    fallback.get_or_insert(packed);
                }
                Ok(fallback.map_or(Unlocked::Closed, |packed| Unlocked::Open(Box::new(packed))))
            }
            Lock::ZipCrypto(checks) => {
                let Some(data_len) = bare.source.len().checked_sub(ZIPCRYPTO_HEADER) else {
                    return Ok(Unlocked::TooShort);
                };
                let head = bare.source.read(0, 12)?;
                let source = bare.source.slice(ZIPCRYPTO_HEADER, data_len);
                let mut likely = None;
                for at in 0..self.spellings.len() {
                    let Some(cipher) = crypt::unlock_zip(&head, checks, &self.spellings[at].0) else {
                        continue;
                    };
                    let packed = Packed { source: source.clone(), cipher, ..bare.clone() };
                    let proven = self.spellings[at].1 == Trust::Proven;
                    // One check byte lets 1 of 256 wrong passwords through: the content has to decide.
                    if makes_sense(&packed, proven) {
                        self.prove(at);
                        return Ok(Unlocked::Open(Box::new(packed)));
                    }
                    if proven {
                        // It is the right one elsewhere: rather a damaged entry than another password.
                        likely.get_or_insert(packed);
                    }
                }
                Ok(likely.map_or(Unlocked::Closed, |packed| Unlocked::Open(Box::new(packed))))
            }
        }
    }

    /// Tries all passwords on a folder of a 7z archive. Its first `trial` bytes have the checksum `crc`; `fits` tells
    /// whether they may begin with a byte.
    pub(crate) fn unlock_seven(
        &mut self,
        packed: Packed,
        aes: Option<&Aes>,
        (trial, crc): (u64, Option<u32>),
        fits: impl Fn(u8) -> bool,
    ) -> io::Result<Opened> {
        let Some(aes) = aes else { return Ok(Opened::Open(Box::new(packed))) };
        for at in 0..self.wide.len() {
            let Some(key) = self.seven_key(at, aes) else { break };
            let cipher = Cipher::Cbc(Box::new(Cbc::new(&key, aes.start)));
            let packed = Packed { cipher, ..packed.clone() };
            packed.source.unchanged()?;
            let size = Some(trial.min(packed.most()));
            let mut first = [0];
            let begun = Decoder::new(&packed, false).read(&mut first);
            // Not every archive has checksums, and nonsense may be decoded for a while.
            let fitting = size == Some(0) || (matches!(begun, Ok(1)) && fits(first[0]));
            if fitting && makes_sense(&Packed { size, crc, ..packed.clone() }, false) {
                return Ok(Opened::Open(Box::new(packed)));
            }
        }
        Ok(Opened::Closed)
    }

    fn seven_key(&mut self, password: usize, aes: &Aes) -> Option<[u8; 32]> {
        let fits = |made: &&SevenKey| {
            made.password == password && made.rounds_power == aes.rounds_power && made.salt == aes.salt
        };
        if let Some(made) = self.keys.iter().find(fits) {
            return Some(made.key);
        }
        self.rounds += 1u64 << aes.rounds_power.min(limits::SEVEN_KEY_POWER_MAX);
        if self.rounds > limits::SEVEN_ROUNDS_ALL {
            return None;
        }
        let key = crypt::seven_key(&aes.salt, aes.rounds_power, &self.wide[password]);
        let (salt, rounds_power) = (aes.salt.clone(), aes.rounds_power);
        self.keys.push(SevenKey { password, salt, rounds_power, key });
        Some(key)
    }

    /// Remembers that a password fits, and tries it first from now on.
    fn prove(&mut self, at: usize) {
        self.spellings[at].1 = Trust::Proven;
        self.spellings[..=at].rotate_right(1);
    }
}

/// Reads the whole entry for its authentication code.
fn authentic(packed: &Packed) -> bool {
    let Some((_, expected)) = &packed.mac else { return true };
    PackedStream::new(packed, true)
        .take_mac()
        .is_some_and(|code| code.get(..expected.len()) == Some(&expected[..]))
}

/// Decodes the beginning of an entry, or all of it if that is needed to tell a right password from a wrong one.
fn makes_sense(packed: &Packed, proven: bool) -> bool {
    let mut decoder = Decoder::new(packed, false);
    let mut hasher = crc32fast::Hasher::new();
    let stored = packed.method.is_stored();
    let (mut buf, mut out) = (vec![0; 16 * 1024], 0);
    let most = packed.most();
    while out < most {
        let room = usize::try_from(most - out).unwrap_or(usize::MAX).min(buf.len());
        match decoder.read(&mut buf[..room]) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(&buf[..n]);
                out += n as u64;
            }
            Err(Broken::Cut | Broken::Nonsense(_) | Broken::Io(_)) => return false,
        }
        // Compressed data do not stay valid for so long under a wrong key; stored data always do.
        if out >= limits::ZIPCRYPTO_TRIAL_BYTES && (!stored || proven) {
            return true;
        }
    }
    packed.crc.is_none_or(|crc| crc == hasher.finalize())
}
