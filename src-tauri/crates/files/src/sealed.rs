//! Contents that were encrypted before they were sent: told by how they begin, so that nobody takes them for data.

use crate::eml::lenient;

/// Characters that a lone encoded text has at least; a shorter one may be a token among the data.
const ENCODED_MIN: usize = 96;

/// Letters of it that are decoded.
const DECODED: usize = 256;

/// How packed data and pictures begin: gzip, ZIP, Zstandard, xz, bzip2, PNG, JPEG, WebP.
const PACKED: [&[u8]; 8] =
    [b"\x1f\x8b", b"PK", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh", b"\x89PNG", b"\xff\xd8\xff", b"RIFF"];

/// How a content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seal {
    /// JSON Web Encryption, in five parts or as an object (RFC 7516).
    Jwe,
    /// Bytes of no sense in base64, where JSON was promised: what fides makes with a key.
    Encoded,
    /// An armoured message (RFC 9580).
    Pgp,
    /// A file of age.
    Age,
    /// A file of `openssl enc`.
    OpenSsl,
}

impl Seal {
    /// What it is called.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Jwe => "JWE",
            Self::Encoded => "base64",
            Self::Pgp => "PGP",
            Self::Age => "age",
            Self::OpenSsl => "OpenSSL",
        }
    }
}

/// How the content that begins so is encrypted, if it is.
pub(crate) fn seal(name: &str, head: &[u8]) -> Option<Seal> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii();
    let begins = |with: &[u8]| head.starts_with(with);
    if begins(b"-----BEGIN PGP MESSAGE-----") {
        return Some(Seal::Pgp);
    }
    if begins(b"age-encryption.org/v1\n") || begins(b"-----BEGIN AGE ENCRYPTED FILE-----") {
        return Some(Seal::Age);
    }
    if begins(b"Salted__") || begins(b"U2FsdGVkX1") {
        return Some(Seal::OpenSsl);
    }
    if is_jwe_object(head) {
        return Some(Seal::Jwe);
    }
    let text = head.strip_prefix(b"\"").map_or(head, |rest| rest.strip_suffix(b"\"").unwrap_or(rest));
    if is_jwe(text) {
        return Some(Seal::Jwe);
    }
    let promised = name
        .rsplit('.')
        .take(2)
        .any(|end| ["json", "enc", "jwe"].iter().any(|e| end.eq_ignore_ascii_case(e)));
    (promised && is_senseless(text)).then_some(Seal::Encoded)
}

/// Five parts between dots, of which the first is the header: `{"` is `eyJ` in base64.
fn is_jwe(text: &[u8]) -> bool {
    let parts = || text.split(|b| *b == b'.');
    text.starts_with(b"eyJ")
        && text.len() >= ENCODED_MIN
        // The last one may lie beyond what was looked at; a signed token has three.
        && matches!(parts().take(6).count(), 4 | 5)
        && parts().all(|part| part.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
}

/// The same as an object: all its keys are members of one, and what is sealed is among them. Data that hold sealed
/// messages in their depth are data.
fn is_jwe_object(head: &[u8]) -> bool {
    let Some(keys) = head.starts_with(b"{").then(|| own_keys_of(&JWE_MEMBERS, head)).flatten() else {
        return false;
    };
    [b"ciphertext".as_slice(), b"iv"].iter().all(|key| keys.contains(key))
}

/// The members of the JSON serialisation (RFC 7516, section 7.2).
const JWE_MEMBERS: [&[u8]; 9] = [
    b"protected",
    b"unprotected",
    b"header",
    b"encrypted_key",
    b"recipients",
    b"aad",
    b"iv",
    b"ciphertext",
    b"tag",
];

/// The keys of the object that the text begins with, and none of those inside its values; nothing as soon as one is not
/// among the known.
fn own_keys_of<'a>(known: &[&[u8]], text: &'a [u8]) -> Option<Vec<&'a [u8]>> {
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_u32, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let from = at + 1;
                at = from;
                while text.get(at).is_some_and(|b| *b != b'"') {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                let is_key = || text[at + 1..].trim_ascii_start().starts_with(b":");
                if depth == 1 && at < text.len() && is_key() {
                    let key = &text[from..at];
                    if !known.contains(&key) {
                        return None;
                    }
                    keys.push(key);
                }
            }
            _ => {}
        }
        at += 1;
    }
    Some(keys)
}

/// One long text in base64 that stands for bytes of no sense.
fn is_senseless(text: &[u8]) -> bool {
    let plain =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=' | b'\r' | b'\n');
    if text.len() < ENCODED_MIN || !text.iter().all(plain) {
        return false;
    }
    let bytes = lenient(&text[..text.len().min(DECODED)]);
    // Packed bytes make no sense either, and say what they are.
    if PACKED.iter().any(|begin| bytes.starts_with(begin)) {
        return false;
    }
    let sense = bytes.iter().filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()).count();
    // Of random bytes, two in five are letters, digits or signs.
    sense * 4 < bytes.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, content: &str, wanted: Option<Seal>) {
        assert_eq!(seal(name, content.as_bytes()), wanted, "{name}: {content}");
    }

    #[test]
    fn what_is_encrypted_is_told_from_data() {
        // Bytes of no sense: a nonce and a ciphertext of AES-GCM look like this.
        let sealed = "q8Zb0v3nT1mLk9xYwE7uRfHs2aPc6dJgQoNiVhKtBzXr5eDyUlMpS4jWA0GOFICxq8Zb0v3nT1mLk9xYwE7uRfHs2aPc6dJgQoNiVhKtBzXr5eDyUlMp";
        check("pri_1.json", sealed, Some(Seal::Encoded));
        check("pri_1.json", &format!("\"{sealed}\""), Some(Seal::Encoded));
        check("notes.txt", sealed, None);
        check("token.json", "\"q8Zb0v3nT1mLk9xY\"", None);
        // `{"name": "Lea", …}` in base64 has sense.
        let sense = "eyJuYW1lIjogIkxlYSIsICJlbWFpbCI6ICJsZWFAZXhhbXBsZS5vcmciLCAiY2l0eSI6ICJUb3VycyIsICJzdHJlZXQiOiAiMTIgcnVlIGRlcyBUYW5uZXVycyJ9";
        check("a.json", sense, None);
        check(
            "a.json",
            &format!("eyJhbGciOiJkaXIifQ..{}.{sealed}.{}", "AAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBB"),
            Some(Seal::Jwe),
        );
        check("a.json", &format!("eyJhbGciOiJIUzI1NiJ9.{sealed}.{sealed}"), None);
        check(
            "a.json",
            "{\"protected\":\"eyJ\",\"iv\":\"AA\",\"ciphertext\":\"BB\",\"tag\":\"CC\"}",
            Some(Seal::Jwe),
        );
        check("a.json", "{\"iv\":\"AA\",\"tag\":\"CC\"}", None);
        // Data with sealed messages in them are data.
        let message = "{\"recipients\":[\"lea\"],\"iv\":\"AA\",\"ciphertext\":\"BB\",\"tag\":\"CC\"}";
        check("a.json", &format!("{{\"name\":\"Léa \\\"x\",\"messages\":[{message}]}}"), None);
        check("a.json", &format!("{{\"recipients\":[{message}],\"subject\":\"Bonjour\"}}"), None);
        check("a.json", message, Some(Seal::Jwe));
        check("a.json", "{\"iv\":\"AA\",\"ciphertext\":\"longer than what is looked at \\", Some(Seal::Jwe));
        // What is only packed is not encrypted.
        check("a.json", &format!("H4sIAAAAAAAA{}", &sealed[12..]), None);
        check("export.json.asc", "-----BEGIN PGP MESSAGE-----\n\nwcBM", Some(Seal::Pgp));
        check("x.age", "age-encryption.org/v1\n-> X25519 abc", Some(Seal::Age));
        check("x.enc", "U2FsdGVkX1/abcdef", Some(Seal::OpenSsl));
        check("a.json", "{\"a\": 1}", None);
    }
}
