//! Contents that were encrypted before they were sent: told by how they begin, so that nobody takes them for data.

/// Characters that a lone encoded text has at least; a shorter one may be a token among the data.
const ENCODED_MIN: usize = 96;

/// Bytes of it that are decoded.
const DECODED: usize = 192;

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

/// The same as an object with all its members.
fn is_jwe_object(head: &[u8]) -> bool {
    let holds = |key: &[u8]| memchr::memmem::find(head, key).is_some();
    head.starts_with(b"{")
        && [b"\"ciphertext\"".as_slice(), b"\"iv\"", b"\"tag\""].iter().all(|key| holds(key))
        && (holds(b"\"protected\"") || holds(b"\"recipients\""))
}

/// One long text in base64 that stands for bytes of no sense.
fn is_senseless(text: &[u8]) -> bool {
    let plain =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=' | b'\r' | b'\n');
    if text.len() < ENCODED_MIN || !text.iter().all(plain) {
        return false;
    }
    let bytes = decoded(text);
    let sense = bytes.iter().filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()).count();
    // Of random bytes, two in five are letters, digits or signs.
    sense * 4 < bytes.len() * 3
}

/// The first bytes that a text in base64 stands for.
fn decoded(text: &[u8]) -> Vec<u8> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0u32);
    for b in text {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(six)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from((bits >> held) & 0xff).unwrap_or_default());
        }
        if out.len() >= DECODED {
            break;
        }
    }
    out
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
        check("export.json.asc", "-----BEGIN PGP MESSAGE-----\n\nwcBM", Some(Seal::Pgp));
        check("x.age", "age-encryption.org/v1\n-> X25519 abc", Some(Seal::Age));
        check("x.enc", "U2FsdGVkX1/abcdef", Some(Seal::OpenSsl));
        check("a.json", "{\"a\": 1}", None);
    }
}
