//! What must hold for a container of any bytes: every entry is named once, can be told apart, and reads the same way
//! from its beginning and at a place.

use std::collections::HashSet;
use std::io::Read;

use archive::{Archive, EntryState, Oddity, Password};

/// Bytes that are read of all entries together: a small bomb may be allowed more than a test has time for.
const BYTES: u64 = 16 << 20;

/// Entries whose bytes are also asked for at a place, up to this size.
const AT_ONCE: u64 = 1 << 20;

/// Opens a file of any bytes, by a name that says what it is and one that does not.
pub(crate) fn any(data: &[u8]) {
    for name in ["export.zip", "export"] {
        if let Ok(archive) = Archive::from_bytes(name, data.to_vec(), &[Password::from("correct horse")]) {
            holds(&archive);
        }
    }
}

fn holds(archive: &Archive) {
    archive.oddities.iter().for_each(said);
    let mut names = HashSet::new();
    let mut left = BYTES;
    for (number, entry) in archive.entries.iter().enumerate() {
        assert_eq!(usize::try_from(entry.id.0).ok(), Some(number), "an entry is known by its position");
        assert!(names.insert(entry.name.as_str()), "two entries are shown as {:?}", entry.name);
        assert!(!entry.name.contains(char::is_control), "{:?} is shown escaped", entry.name);
        assert!(entry.parent.is_none_or(|parent| parent < entry.id), "what holds it comes before it");
        entry.oddities.iter().for_each(said);
        let mut reader = match archive.reader(entry.id) {
            Ok(reader) => reader,
            Err(why) => {
                assert!(entry.state != EntryState::Readable, "{:?} is said to be readable", entry.name);
                said(&why);
                continue;
            }
        };
        let mut content = Vec::new();
        let read =
            reader.by_ref().take(left).read_to_end(&mut content).expect("reading an entry never fails");
        left = left.saturating_sub(read as u64);
        if (read as u64) < AT_ONCE {
            let direct = archive.bytes(entry.id, 0..read as u64);
            assert_eq!(direct.as_ref(), Ok(&content), "random access gives the same as reading");
        }
        reader.finish().iter().for_each(said);
    }
    let mut runs: Vec<_> = archive.runs().into_iter().flatten().collect();
    runs.sort_unstable();
    assert!(runs.iter().eq(archive.entries.iter().map(|entry| &entry.id)), "every entry is read once");
}

/// What is said of the archive has no control characters in it, whatever stood in the archive.
fn said(oddity: &Oddity) {
    let whole = !oddity.message.is_empty() && !oddity.message.ends_with('.');
    assert!(whole && !oddity.message.contains(char::is_control), "{oddity:?}");
}
