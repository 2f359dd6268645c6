//! A password, kept out of every log.

use crate::codepage;

/// A password for encrypted entries. Its `Debug` form shows nothing, so that no panic or trace leaks it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Vec<u8>);

impl Password {
    /// A password as the bytes that were typed; text should be UTF-8.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The password as it was typed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to try: as typed and, beyond ASCII, as older programs would have written them.
    pub(crate) fn spellings(&self) -> Vec<Vec<u8>> {
        let mut all = vec![self.0.clone()];
        if let Ok(text) = std::str::from_utf8(&self.0)
            && !text.is_ascii()
        {
            let latin1 = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            for old in
                [codepage::encode_cp437(text), codepage::encode_cp850(text), latin1].into_iter().flatten()
            {
                if !all.contains(&old) {
                    all.push(old);
                }
            }
        }
        all
    }

    /// The password in UTF-16, as 7z and office documents take it.
    pub fn wide(&self) -> Vec<u8> {
        String::from_utf8_lossy(&self.0).encode_utf16().flat_map(u16::to_le_bytes).collect()
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&[u8]> for Password {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}
