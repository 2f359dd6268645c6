//! Archives go in, entries and oddities come out. The names of the tests say accept, odd or refuse.

mod accept;
pub(crate) mod forge;
mod locked;
mod odd;
mod random;
mod refuse;
mod seven;
mod tapes;
mod whole;
pub(crate) mod wrap;

use std::io::Read;

use crate::{Archive, EntryState, Nature, Password};

/// All that an opened archive shows, one line each: `!code` for the whole, `name "content" [codes]` for an entry.
fn told(archive: &Archive) -> Vec<String> {
    let mut lines: Vec<String> = archive.oddities.iter().map(|oddity| format!("!{}", oddity.code)).collect();
    for entry in &archive.entries {
        let mut codes: Vec<_> = entry.oddities.iter().map(|oddity| oddity.code).collect();
        let content = match archive.reader(entry.id) {
            Ok(mut reader) => {
                let mut content = Vec::new();
                reader.read_to_end(&mut content).expect("reading an entry never fails");
                codes.extend(reader.finish().iter().map(|oddity| oddity.code));
                let direct = archive.bytes(entry.id, 0..content.len() as u64);
                assert_eq!(direct.as_ref(), Ok(&content), "random access gives the same as reading");
                match content.len() {
                    0..=60 => format!("{:?}", String::from_utf8_lossy(&content)),
                    n => format!("{n} bytes"),
                }
            }
            Err(why) => {
                assert!(
                    entry.state != EntryState::Readable,
                    "{} is said to be readable: {why:?}",
                    entry.name
                );
                format!("{:?}", entry.state)
            }
        };
        let content = match &entry.nature {
            Nature::Container(_) => "archive".to_owned(),
            Nature::Link { target } => format!("-> {target}"),
            Nature::Special => "special".to_owned(),
            Nature::File => content,
        };
        codes.dedup();
        lines.push(format!("{} {content} [{}]", entry.name, codes.join(" ")));
    }
    lines
}

/// Opens an archive and compares all that it shows.
fn check(bytes: Vec<u8>, expect: &[&str]) {
    check_with(bytes, &[], expect);
}

fn check_with(bytes: Vec<u8>, passwords: &[&str], expect: &[&str]) {
    check_named("export.zip", bytes, passwords, expect);
}

fn check_named(name: &str, bytes: Vec<u8>, passwords: &[&str], expect: &[&str]) {
    let passwords: Vec<_> = passwords.iter().map(|&text| Password::from(text)).collect();
    match Archive::from_bytes(name, bytes, &passwords) {
        Ok(archive) => {
            for oddity in
                archive.oddities.iter().chain(archive.entries.iter().flat_map(|entry| &entry.oddities))
            {
                assert!(
                    !oddity.message.ends_with('.') && !oddity.message.contains(char::is_control),
                    "{oddity:?}"
                );
            }
            assert_eq!(told(&archive), expect);
        }
        Err(refusal) => panic!("refused: {refusal}"),
    }
}
