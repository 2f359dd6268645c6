//! Encrypted archives, written by another program than this one.

use super::check_with;

const AES: [&[u8]; 4] = [
    include_bytes!("samples/aes128.zip"),
    include_bytes!("samples/aes192.zip"),
    include_bytes!("samples/aes256.zip"),
    include_bytes!("samples/aes256_ae1.zip"),
];
const ZIPCRYPTO: &[u8] = include_bytes!("samples/zipcrypto.zip");
const OPEN: &str = "open.txt \"for everyone\\n\" []";

#[test]
fn accept_every_encryption_with_its_password() {
    for sample in AES.into_iter().chain([ZIPCRYPTO]) {
        let all = ["letter.txt 93 bytes []", OPEN];
        check_with(sample.to_vec(), &["correct horse"], &all);
        check_with(sample.to_vec(), &["wrong", "also wrong", "correct horse"], &all);
        check_with(sample.to_vec(), &[], &["letter.txt NeedsPassword [needs_password]", OPEN]);
        check_with(sample.to_vec(), &["wrong"], &["letter.txt NeedsPassword [wrong_password]", OPEN]);
    }
}

#[test]
fn accept_a_password_for_each_entry() {
    let sample = include_bytes!("samples/two_passwords.zip");
    check_with(
        sample.to_vec(),
        &["second", "first"],
        &["one.txt \"first secret\\n\" []", "two.txt \"second secret\\n\" []"],
    );
    check_with(
        sample.to_vec(),
        &["second"],
        &["one.txt NeedsPassword [wrong_password]", "two.txt \"second secret\\n\" []"],
    );
}

#[test]
fn accept_passwords_beyond_ascii_in_new_and_old_spelling() {
    let utf8 = include_bytes!("samples/unicode_password.zip");
    check_with(utf8.to_vec(), &["pässwörd–日本"], &["u.txt \"umlauts\\n\" []"]);
    let cp437 = include_bytes!("samples/cp437_password.zip");
    check_with(cp437.to_vec(), &["pässwörd"], &["u.txt \"umlauts\\n\" []"]);
}

#[test]
fn accept_no_wrong_password_for_zipcrypto() {
    // One byte decides in ZipCrypto, so that several of these pass it; their content must not.
    let wrong: Vec<String> = (0..90).map(|n| format!("wrong{n:03}")).collect();
    let mut tries: Vec<&str> = wrong.iter().map(String::as_str).collect();
    check_with(ZIPCRYPTO.to_vec(), &tries, &["letter.txt NeedsPassword [wrong_password]", OPEN]);
    tries.push("correct horse");
    check_with(ZIPCRYPTO.to_vec(), &tries, &["letter.txt 93 bytes []", OPEN]);
}

#[test]
fn odd_altered_data_are_told_by_the_authentication() {
    let mut sample = AES[2].to_vec();
    // The authentication code stands right before the next local header.
    let next = sample.windows(4).rposition(|four| four == b"PK\x03\x04").expect("two entries");
    sample[next - 1] ^= 1;
    check_with(sample, &["correct horse"], &["letter.txt 93 bytes [altered]", OPEN]);
}

#[test]
fn a_password_does_not_show_itself() {
    assert_eq!(format!("{:?}", crate::Password::from("secret")), "Password(…)");
}
