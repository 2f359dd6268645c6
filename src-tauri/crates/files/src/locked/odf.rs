//! How parts of OpenDocument packages are locked: each with a key of its own, which the list of parts tells how to make.
//!
//! File format: OpenDocument 1.4, part 2, section 5; LibreOffice locks the whole package as one part since 24.8.

use aes_gcm::aead::AeadInPlace;
use aes_gcm::{Aes256Gcm, KeyInit};
use archive::Password;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use blowfish::Blowfish;
use blowfish::cipher::BlockEncrypt;
use blowfish::cipher::generic_array::GenericArray;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use sha1::Sha1;

use super::ciphers::{Aes, Hash};
use super::{tries, unpacked};
use crate::limits;
use crate::office::{Event, Pull, Tag};

/// The checksum of a part is that of its beginning, packed and not locked.
const CHECKED: usize = 1024;

/// The tag at the end of what AES-GCM locks.
const TAG: usize = 16;

/// What may be read of a package, and the name of the package that is locked as a whole.
const PARTS: [&str; 4] = ["content.xml", "styles.xml", "meta.xml", WHOLE];
pub(crate) const WHOLE: &str = "encrypted-package";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cipher {
    Blowfish,
    Cbc,
    Gcm,
}

/// How a password becomes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Derivation {
    Pbkdf2 { rounds: u32 },
    Argon2 { passes: u32, memory_kib: u32, lanes: u32 },
}

/// What a part is locked with.
#[derive(Debug)]
pub(crate) struct Lock {
    cipher: Cipher,
    /// What the password is hashed with first.
    start: Hash,
    derivation: Derivation,
    /// In bytes.
    key: usize,
    vector: Vec<u8>,
    salt: Vec<u8>,
    /// Of the part, unpacked.
    size: usize,
    checksum: Option<(Hash, Vec<u8>)>,
}

/// A part that is locked.
#[derive(Debug)]
pub(crate) struct Locked {
    pub(crate) part: &'static str,
    /// None if it is locked in a way that is not known here.
    pub(crate) lock: Option<Lock>,
}

/// A part that was opened.
pub(crate) struct Opened {
    pub(crate) bytes: Vec<u8>,
    /// Whether all of it is there.
    pub(crate) whole: bool,
}

/// What the list of parts says of one while it is read.
#[derive(Default)]
struct Said {
    size: usize,
    checksum: Option<(Hash, Vec<u8>)>,
    cipher: Option<(Cipher, Vec<u8>)>,
    start: Option<Hash>,
    /// The key, its length and the salt.
    derivation: Option<(Derivation, Option<usize>, Vec<u8>)>,
    /// Something is said that is not known here.
    unknown: bool,
}

/// The parts that are locked, of those that are read, by the list of all.
pub(crate) fn locks(mut list: Pull<'_>) -> Vec<Locked> {
    let mut found: Vec<Locked> = Vec::new();
    let mut part = None;
    let mut said = Said::default();
    loop {
        match list.next() {
            Event::Open(tag) if tag.name() == "file-entry" => {
                let path = tag.attr("full-path").unwrap_or_default();
                part = PARTS.into_iter().find(|part| *part == path);
                said = Said { size: tag.number("size").unwrap_or(0) as usize, ..Said::default() };
            }
            Event::Open(tag) => said.take(&tag),
            Event::Close("encryption-data") => {
                if let Some(part) = part.take().filter(|part| found.iter().all(|f| f.part != *part)) {
                    found.push(Locked { part, lock: std::mem::take(&mut said).lock() });
                }
            }
            Event::End => return found,
            _ => {}
        }
    }
}

/// Whether a name of an algorithm, which may be an address, ends so.
fn ends(name: &str, with: &str) -> bool {
    name.rsplit(['#', ':', '/']).next().is_some_and(|last| last.eq_ignore_ascii_case(with))
}

/// A hash by its name or address.
fn hash(name: &str) -> Option<Hash> {
    match name {
        name if ends(name, "sha1") => Some(Hash::Sha1),
        name if ends(name, "sha256") => Some(Hash::Sha256),
        _ => None,
    }
}

impl Said {
    fn take(&mut self, tag: &Tag<'_>) {
        let named = |name: &str| tag.attr(name).unwrap_or_default();
        let packed = |name: &str| tag.attr(name).and_then(|text| unpacked(&text)).unwrap_or_default();
        match tag.name() {
            "encryption-data" => {
                let kind = named("checksum-type");
                let hash = match &*kind {
                    "SHA1/1K" => Some(Hash::Sha1),
                    kind if ends(kind, "sha1-1k") => Some(Hash::Sha1),
                    kind if ends(kind, "sha256-1k") => Some(Hash::Sha256),
                    _ => None,
                };
                self.checksum = hash.map(|hash| (hash, packed("checksum")));
            }
            "algorithm" => {
                let cipher = match &*named("algorithm-name") {
                    "Blowfish CFB" => Some(Cipher::Blowfish),
                    name if ends(name, "blowfish") => Some(Cipher::Blowfish),
                    name if ["aes128-cbc", "aes192-cbc", "aes256-cbc"].iter().any(|n| ends(name, n)) => {
                        Some(Cipher::Cbc)
                    }
                    name if ends(name, "aes256-gcm") => Some(Cipher::Gcm),
                    _ => None,
                };
                self.unknown |= cipher.is_none();
                self.cipher = cipher.map(|cipher| (cipher, packed("initialisation-vector")));
            }
            "start-key-generation" => {
                self.start = hash(&named("start-key-generation-name"));
                self.unknown |= self.start.is_none();
            }
            "key-derivation" => {
                let derivation = match &*named("key-derivation-name") {
                    name if ends(name, "pbkdf2") => {
                        tag.number("iteration-count").map(|rounds| Derivation::Pbkdf2 { rounds })
                    }
                    name if ends(name, "argon2id") => Some(Derivation::Argon2 {
                        passes: tag.number("argon2-iterations").unwrap_or(0),
                        memory_kib: tag.number("argon2-memory").unwrap_or(0),
                        lanes: tag.number("argon2-lanes").unwrap_or(0),
                    }),
                    _ => None,
                };
                self.unknown |= derivation.is_none();
                let key = tag.number("key-size").map(|n| n as usize);
                self.derivation = derivation.map(|how| (how, key, packed("salt")));
            }
            // The key is locked for the keys of some people, not by a password.
            "keyinfo" | "PGPData" => self.unknown = true,
            _ => {}
        }
    }

    fn lock(self) -> Option<Lock> {
        let (cipher, vector) = self.cipher?;
        let (derivation, key, salt) = self.derivation?;
        let key = key.unwrap_or(if cipher == Cipher::Blowfish { 16 } else { 32 });
        let fits = match cipher {
            Cipher::Blowfish => (4..=56).contains(&key) && vector.len() == 8,
            Cipher::Cbc => matches!(key, 16 | 24 | 32) && vector.len() == 16,
            Cipher::Gcm => key == 32 && vector.len() == 12,
        };
        let possible = derivation.tries() > 0 && fits && !self.unknown;
        possible.then_some(Lock {
            cipher,
            start: self.start.unwrap_or(Hash::Sha1),
            derivation,
            key,
            vector,
            salt,
            size: self.size,
            checksum: self.checksum,
        })
    }
}

impl Derivation {
    /// How many passwords may be tried.
    fn tries(self) -> usize {
        match self {
            Self::Pbkdf2 { rounds } => tries(rounds),
            Self::Argon2 { passes, memory_kib, lanes } => {
                let possible = memory_kib <= limits::KEY_MEMORY_KIB
                    && passes > 0
                    && Params::new(memory_kib, passes, lanes, Some(32)).is_ok();
                let work = memory_kib.saturating_mul(passes);
                if possible { (limits::KEY_WORK_KIB / work.max(1)) as usize } else { 0 }
            }
        }
    }
}

impl Lock {
    /// The password that opens a part, and the part.
    pub(crate) fn find(&self, data: &[u8], given: &[Password]) -> Option<(Vec<u8>, Opened)> {
        let spelled = given.iter().flat_map(|password| self.spelled(password.bytes()));
        spelled.take(self.derivation.tries()).find_map(|password| {
            let opened = self.open(data, &password)?;
            Some((password, opened))
        })
    }

    /// The ways to write a password: in UTF-8, and as programs before 2006 did.
    fn spelled(&self, password: &[u8]) -> Vec<Vec<u8>> {
        let mut all = vec![password.to_vec()];
        if self.cipher == Cipher::Blowfish
            && !password.is_ascii()
            && let Ok(text) = std::str::from_utf8(password)
            && let (old, _, false) = encoding_rs::WINDOWS_1252.encode(text)
        {
            all.push(old.into_owned());
        }
        all
    }

    /// The part, if the password is the right one.
    pub(crate) fn open(&self, data: &[u8], password: &[u8]) -> Option<Opened> {
        let key = self.derived(password)?;
        let packed = match self.cipher {
            Cipher::Blowfish => {
                feedback(&<Blowfish as KeyInit>::new_from_slice(&key).ok()?, &self.vector, data)
            }
            Cipher::Cbc => {
                let mut plain = Aes::new(&key)?.chained(&self.vector, data);
                // The last byte says how many fill the last block.
                let fill = plain.last().map_or(0, |n| usize::from(*n)).min(plain.len());
                plain.truncate(plain.len() - fill);
                plain
            }
            Cipher::Gcm => self.authentic(&key, data)?,
        };
        let begin = &packed[..packed.len().min(CHECKED)];
        let checked = self.checksum.as_ref().is_some_and(|(hash, sum)| hash.of(&[begin]) == *sum);
        let proven = checked || self.cipher == Cipher::Gcm;
        match decompress_to_vec_with_limit(&packed, limits::WHOLE) {
            Ok(bytes) if proven || bytes.len() == self.size => Some(Opened { bytes, whole: true }),
            Err(broken) if proven => Some(Opened { bytes: broken.output, whole: false }),
            _ => None,
        }
    }

    /// What AES-GCM locked, if the key is the right one. The vector may stand in front once more.
    fn authentic(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        let data = data.strip_prefix(&*self.vector).unwrap_or(data);
        let (locked, tag) = data.split_at_checked(data.len().checked_sub(TAG)?)?;
        let mut plain = locked.to_vec();
        let vector = GenericArray::from_slice(self.vector.get(..12)?);
        let cipher = Aes256Gcm::new_from_slice(key).ok()?;
        cipher.decrypt_in_place_detached(vector, b"", &mut plain, GenericArray::from_slice(tag)).ok()?;
        Some(plain)
    }

    fn derived(&self, password: &[u8]) -> Option<Vec<u8>> {
        let start = self.start.of(&[password]);
        let mut key = vec![0; self.key];
        match self.derivation {
            Derivation::Pbkdf2 { rounds } => {
                pbkdf2::pbkdf2_hmac::<Sha1>(&start, &self.salt, rounds.max(1), &mut key);
            }
            Derivation::Argon2 { passes, memory_kib, lanes } => {
                let params = Params::new(memory_kib, passes, lanes, Some(self.key)).ok()?;
                let mut memory: Vec<Block> = Vec::new();
                memory.try_reserve_exact(params.block_count()).ok()?;
                memory.resize(params.block_count(), Block::new());
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into_with_memory(&start, &self.salt, &mut key, &mut memory[..])
                    .ok()?;
            }
        }
        Some(key)
    }
}

/// Blowfish that locks each block by what the block before was locked to.
fn feedback(cipher: &Blowfish, vector: &[u8], data: &[u8]) -> Vec<u8> {
    let mut before: GenericArray<u8, _> = GenericArray::clone_from_slice(vector);
    let mut plain = Vec::with_capacity(data.len());
    for block in data.chunks(8) {
        cipher.encrypt_block(&mut before);
        plain.extend(block.iter().zip(&before).map(|(b, p)| b ^ p));
        before[..block.len()].copy_from_slice(block);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Source;

    /// Whether there is a lock that a password could open.
    #[track_caller]
    fn check(algorithm: &str, derivation: &str, wanted: bool) {
        let list = format!(
            "<manifest><file-entry full-path='content.xml' size='9'><encryption-data>\
             <algorithm {algorithm}/><key-derivation {derivation} salt='AAAA'/></encryption-data></file-entry></manifest>"
        );
        let found = locks(Pull::new("list", Source::Bytes(list.as_bytes())));
        assert_eq!((found[0].part, found[0].lock.is_some()), ("content.xml", wanted), "{list}");
    }

    #[test]
    fn only_locks_that_can_be_opened_with_bounded_work_are_known() {
        let blowfish = "algorithm-name='Blowfish CFB' initialisation-vector='AAAAAAAAAAA='";
        let gcm = "algorithm-name='urn:x#aes256-gcm' initialisation-vector='AAAAAAAAAAAAAAAA'";
        let rounds = "key-derivation-name='PBKDF2' iteration-count=";
        let argon = "key-derivation-name='urn:x:argon2id' argon2-iterations=";
        check(blowfish, &format!("{rounds}'1024'"), true);
        check(blowfish, &format!("{rounds}'4000000000'"), false);
        check(blowfish, &format!("{rounds}'1024' key-size='1'"), false);
        check("algorithm-name='ROT13' initialisation-vector='AAAAAAAAAAA='", &format!("{rounds}'1'"), false);
        check(blowfish, "key-derivation-name='PGP'", false);
        check(gcm, &format!("{argon}'3' argon2-memory='65536' argon2-lanes='4'"), true);
        check(gcm, &format!("{argon}'3' argon2-memory='4000000000' argon2-lanes='4'"), false);
        check(gcm, &format!("{argon}'4000000000' argon2-memory='65536' argon2-lanes='4'"), false);
        check(gcm, &format!("{argon}'3' argon2-memory='65536' argon2-lanes='0'"), false);
        check(gcm, &format!("{argon}'3'"), false);
    }
}
