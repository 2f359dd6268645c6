//! The parts of a package, those among them opened that are locked.

use std::io::Read;

use crate::limits;
use crate::locked::odf::{Locked, WHOLE, locks};
use crate::oddities::{quoted, say};
use crate::office::{Package, Pull, Source};
use crate::out::Out;

/// The parts that can be read.
pub(super) struct Parts {
    package: Package,
    /// Those that were locked, opened; none where that was not possible.
    opened: Vec<(&'static str, Option<Vec<u8>>)>,
}

/// What opening came to.
pub(super) enum Opening {
    Parts(Box<Parts>),
    /// All of the package was one locked part, which is a package.
    Whole(Vec<u8>),
}

impl Parts {
    /// Opens what is locked; none if no password does, which is told.
    pub(super) fn open(package: Package, out: &mut Out<'_>) -> Option<Opening> {
        let mut opened = Vec::new();
        let mut locked = package.part("META-INF/manifest.xml").map(locks).unwrap_or_default();
        let main = locked.iter().position(|l| matches!(l.part, "content.xml" | WHOLE));
        if let Some(main) = main {
            let Locked { part, lock } = locked.swap_remove(main);
            let Some(lock) = lock else {
                out.tell_sealed();
                return None;
            };
            let data = bytes(&package, part).unwrap_or_default();
            let Some((password, found)) = lock.find(&data, out.passwords) else {
                out.tell_locked();
                return None;
            };
            if !found.whole {
                tell_damaged(part, out);
            }
            if part == WHOLE {
                return Some(Opening::Whole(found.bytes));
            }
            opened.push((part, Some(found.bytes)));
            for Locked { part, lock } in locked.drain(..) {
                let data = bytes(&package, part);
                let found = lock.zip(data).and_then(|(lock, data)| lock.open(&data, &password));
                if found.as_ref().is_none_or(|found| !found.whole) {
                    tell_damaged(part, out);
                }
                opened.push((part, found.map(|found| found.bytes)));
            }
        }
        for Locked { part, .. } in locked {
            tell_damaged(part, out);
            opened.push((part, None));
        }
        Some(Opening::Parts(Box::new(Self { package, opened })))
    }

    /// A part that is read as XML.
    pub(super) fn part(&self, name: &str) -> Option<Pull<'_>> {
        match self.opened.iter().find(|(part, _)| *part == name) {
            Some((_, bytes)) => Some(Pull::new(name, Source::Bytes(bytes.as_deref()?))),
            None => self.package.part(name),
        }
    }
}

/// The bytes of a part, locked as they are.
fn bytes(package: &Package, part: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    package.stream(part)?.take(limits::WHOLE as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn tell_damaged(part: &str, out: &mut Out<'_>) {
    out.partly = true;
    out.odd.add("part_damaged", |o| {
        say(format!("the part {} is locked, and cannot be opened or not all of it", quoted(part)))(o)
            .with("part", part)
    });
}
