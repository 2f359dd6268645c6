//! What is sealed opens again, for whoever has the passphrase and for nobody else; and no file makes it do harm.

use std::collections::BTreeMap;

use super::*;
use crate::KeptExport;

/// As little as Argon2 takes, so that tests are quick. Nothing outside the tests can make such a key.
const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

fn case() -> Case {
    let kinds = BTreeMap::from([
        ("notes.csv".to_owned(), "ticket".to_owned()),
        ("notes (2).csv".to_owned(), "message".to_owned()),
    ]);
    let (sha256, name) = ("9f".repeat(32), "camille.zip".to_owned());
    Case { exports: vec![KeptExport { sha256, name, bytes: 4321, kinds }] }
}

fn passphrase() -> Passphrase {
    Passphrase::new("quatre phares éteints")
}

fn sealed() -> Vec<u8> {
    seal(&case(), &Key::at_cost(&passphrase(), CHEAP).expect("it is long enough")).expect("it is small")
}

/// Opens bytes in which a range was replaced.
fn with(at: usize, put: &[u8]) -> Result<(Case, Key), CaseTrouble> {
    let mut bytes = sealed();
    bytes[at..at + put.len()].copy_from_slice(put);
    open(&bytes, &passphrase())
}

#[test]
fn what_is_sealed_opens_and_can_be_sealed_again_without_the_passphrase() {
    let (opened, key) = open(&sealed(), &passphrase()).expect("it was just sealed");
    assert_eq!(opened, case());
    let mut more = opened;
    more.keep(KeptExport { sha256: "00".repeat(32), ..KeptExport::default() });
    let again = seal(&more, &key).expect("it is small");
    assert_eq!(open(&again, &passphrase()).expect("the passphrase is the same").0, more);
}

#[test]
fn the_real_cost_is_what_was_promised_and_is_borne() {
    let key = Key::new(&passphrase()).expect("there is memory for it");
    let bytes = seal(&case(), &key).expect("it is small");
    let promised = [262_144_u32, 3, 1].map(u32::to_le_bytes).concat();
    assert_eq!(&bytes[18..30], promised, "256 MiB, 3 passes, 1 lane");
    assert_eq!(open(&bytes, &passphrase()).expect("it was just sealed").0, case());
}

#[test]
fn the_key_is_that_of_argon2id_as_others_compute_it() {
    // From the reference implementation: `echo -n passphrase | argon2 0123456789abcdef -id -t 1 -k 8 -p 1 -l 32 -r`.
    let key = Key::derive(&Passphrase::new("passphrase"), CHEAP, *b"0123456789abcdef").expect("it is little");
    let hex: String = key.key.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "f21a306d0ab31a3984213095bd39ff61f09a79e25bdd15114d1f4423261e356c");
}

#[test]
fn every_sealing_is_different_and_shows_nothing() {
    let key = Key::at_cost(&passphrase(), CHEAP).expect("it is long enough");
    let [one, two] = [(); 2].map(|()| seal(&case(), &key).expect("it is small"));
    assert_ne!(one[HEAD_BYTES - NONCE_BYTES..HEAD_BYTES], two[HEAD_BYTES - NONCE_BYTES..HEAD_BYTES]);
    assert_ne!(one[HEAD_BYTES..], two[HEAD_BYTES..]);
    for word in ["camille", "notes", "ticket", "exports", "9f9f"] {
        assert!(!one.windows(word.len()).any(|w| w == word.as_bytes()), "{word} can be read");
    }
    // One correction or two: the size is the same.
    assert_eq!(one.len(), seal(&Case::default(), &key).expect("it is small").len());
}

#[test]
fn an_accent_is_the_same_however_it_was_typed() {
    let bytes = sealed();
    assert!(open(&bytes, &Passphrase::new("quatre phares e\u{301}teints")).is_ok());
    for other in ["quatre phares eteints", "quatre phares éteints ", "Quatre phares éteints", ""] {
        assert_eq!(open(&bytes, &Passphrase::new(other)).err(), Some(CaseTrouble::Locked), "{other:?}");
    }
}

#[test]
fn what_is_too_short_protects_nothing() {
    let check = |text: &str, chars| {
        let refused = Key::at_cost(&Passphrase::new(text), CHEAP).err();
        assert_eq!(refused, Some(CaseTrouble::Short { chars, least: 8 }), "{text:?}");
    };
    check("", 0);
    check("phares!", 7);
    // Characters count, not bytes.
    check("éèàùêôç", 7);
    assert!(Key::at_cost(&Passphrase::new("éèàùêôçî"), CHEAP).is_ok());
}

#[test]
fn any_changed_byte_is_noticed() {
    let whole = sealed();
    for at in 0..whole.len() {
        // Another cost is tried before it is found to be wrong; one bit of it may cost a gibibyte.
        if (18..30).contains(&at) {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        let expected = match at {
            0..16 => CaseTrouble::NotACase,
            16..18 => CaseTrouble::Newer { found: u16::from_le_bytes([bytes[16], bytes[17]]), known: 1 },
            _ => CaseTrouble::Locked,
        };
        assert_eq!(open(&bytes, &passphrase()).err(), Some(expected), "byte {at}");
    }
    // A little more memory, a pass more: authenticated as well.
    assert_eq!(with(18, &9_u32.to_le_bytes()).err(), Some(CaseTrouble::Locked));
    assert_eq!(with(22, &2_u32.to_le_bytes()).err(), Some(CaseTrouble::Locked));
}

#[test]
fn a_hostile_case_gets_neither_memory_nor_time() {
    let check = |at, number: u32, memory_mib, passes, lanes| {
        let refused = with(at, &number.to_le_bytes()).err();
        assert_eq!(refused, Some(CaseTrouble::Costly { memory_mib, passes, lanes }), "{number} at {at}");
    };
    check(18, u32::MAX, 4 << 20, 1, 1);
    check(18, MEMORY_KIB_MAX + 1, 1025, 1, 1);
    check(22, u32::MAX, 1, u32::MAX, 1);
    check(22, 17, 1, 17, 1);
    check(26, 9, 1, 1, 9);
    // Less than Argon2 can do with.
    for (at, number) in [(18, 0), (18, 7), (22, 0), (26, 0), (26, 2)] {
        assert_eq!(with(at, &u32::to_le_bytes(number)).err(), Some(CaseTrouble::Locked), "{number} at {at}");
    }
}

#[test]
fn what_is_no_case_is_said() {
    let check = |bytes: &[u8], expected: CaseTrouble| {
        assert_eq!(open(bytes, &passphrase()).err(), Some(expected), "{} bytes", bytes.len());
    };
    check(b"", CaseTrouble::NotACase);
    check(b"PK\x03\x04", CaseTrouble::NotACase);
    check(b"PORTOLAN CASE\n\x1a and more", CaseTrouble::NotACase);
    let whole = sealed();
    for bytes in 16..HEAD_BYTES + TAG_BYTES {
        check(&whole[..bytes], CaseTrouble::CutOff { bytes, least: 86 });
    }
    for bytes in [86, 87, 4000, whole.len() - 1] {
        check(&whole[..bytes], CaseTrouble::Locked);
    }
    check(&[whole.as_slice(), b"\0"].concat(), CaseTrouble::Locked);
    let mut large = whole;
    large.resize(CASE_BYTES_MAX + 1, 0);
    check(&large, CaseTrouble::TooLarge { bytes: 16_777_217, most: 16_777_216 });
    assert!(is_case(&large) && !is_case(b"PORTOLAN CASE"));
}

#[test]
fn what_this_version_would_lose_is_not_opened() {
    let check = |json: &str, expected: Option<CaseTrouble>| {
        let key = Key::at_cost(&passphrase(), CHEAP).expect("it is long enough");
        let nonce = [7; NONCE_BYTES];
        let head = Head { cost: CHEAP, salt: key.salt, nonce }.bytes();
        let payload = Payload { msg: json.as_bytes(), aad: &head };
        let sealed = key.cipher().encrypt(&XNonce::from(nonce), payload).expect("it is small");
        assert_eq!(open(&[head, sealed].concat(), &passphrase()).err(), expected, "{json}");
    };
    check(r#"{"exports": []}   "#, None);
    check(r#"{"exports": [], "requests": []}"#, Some(CaseTrouble::Odd));
    check(r#"{"exports": [{"sha256": "", "name": "", "bytes": 0}]}"#, Some(CaseTrouble::Odd));
    check("nonsense", Some(CaseTrouble::Odd));
    check("", Some(CaseTrouble::Odd));
}

#[test]
fn secrets_are_not_seen_in_a_log() {
    let key = Key::at_cost(&passphrase(), CHEAP).expect("it is long enough");
    assert_eq!(format!("{:?} {key:?}", passphrase()), "Passphrase Key");
}
