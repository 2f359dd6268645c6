//! Formats that can only be read from all their bytes at once: documents, workbooks, databases.

use crate::layout::Format;
use crate::limits;
use crate::oddities::say;
use crate::out::Out;
use crate::sqlite;
use crate::window::Feed;

/// Reads an entry of such a format.
pub(crate) fn read(mut feed: Feed<'_>, mut bytes: Vec<u8>, out: &mut Out<'_>) {
    feed.fill(&mut bytes, limits::WHOLE);
    if bytes.len() == limits::WHOLE && !feed.ended() {
        out.partly = true;
        out.odd.add("record_too_large", |o| {
            let most = limits::WHOLE >> 20;
            say(format!("the file is larger than {most} MiB and is read up to there"))(o)
                .with("limit_mib", most)
        });
    }
    if out.layout.format == Format::Sqlite {
        sqlite::read(&bytes, out);
    }
    out.partly |= feed.report(&mut out.odd);
}
