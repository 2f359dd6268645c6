//! Documents that are locked, read with a password: what is behind the lock is as little to be trusted as what is not.

use archive::Password;
use files::{Status, read_with};

/// The password of the seeds.
const PASSWORD: &str = "secret";

/// Reads a document of any bytes with a password.
pub(crate) fn any(data: &[u8]) {
    let mut records = 0;
    let reading = read_with("a.doc", &mut &*data, None, &[Password::from(PASSWORD)], &mut |_, row| {
        records += u64::from(!row.span.heading);
        true
    });
    assert_eq!(reading.records, records, "records are the rows that are no headings");
    let locks = ["encrypted_document", "document_sealed", "encrypted_content"];
    let told = reading.oddities.iter().any(|o| locks.contains(&o.code));
    assert_eq!(reading.status == Status::Encrypted, told, "what is locked is said to be");
}
