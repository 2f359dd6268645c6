//! Old Word documents (DOC, Word 6 to 2003): the pieces that their text is made of, in order; notes, comments, margins.
//!
//! File format: <https://learn.microsoft.com/openspecs/office_file_formats/ms-doc>.

mod fields;
mod flow;
mod head;
mod marks;
mod pieces;
mod stories;

use self::flow::Flow;
use self::head::Head;
use self::marks::Marks;
use self::pieces::Pieces;
use crate::attached::Attached;
use crate::compound::{Compound, ROOT};
use crate::document::Document;
use crate::locked::StreamKey;
use crate::oddities::say;
use crate::out::Out;
use crate::summary;

/// A piece of a locked stream has a key of its own.
const PIECE: usize = 512;

/// The beginning of the main stream is never locked.
const OPEN: usize = 68;

/// Reads a document.
pub(crate) fn read(file: &Compound<'_>, out: &mut Out<'_>) {
    let mut main = file.named(ROOT, "WordDocument").unwrap_or_default();
    let damaged = |out: &mut Out<'_>, message: &str, reason: &str| {
        out.partly = true;
        out.odd.add("document_damaged", |o| say(message)(o).with("reason", reason));
    };
    let Some(mut head) = Head::read(&main) else {
        out.nothing = true;
        return damaged(out, "the beginning of the document makes no sense", "head");
    };
    let mut tables = file.named(ROOT, head.tables).unwrap_or_default();
    let mut key = None;
    if head.encrypted {
        let lock = tables.get(..head.lock).filter(|lock| !head.obfuscated && StreamKey::is_known(lock));
        let Some(lock) = lock else { return out.tell_sealed() };
        let Some(found) = StreamKey::find(lock, out.passwords) else { return out.tell_locked() };
        main = opened(&main, &found);
        tables = found.open(&tables, PIECE);
        let Some(inside) = Head::read(&main) else { return out.tell_sealed() };
        head = inside;
        key = Some(found);
    }
    if file.children(ROOT).iter().any(|(_, entry)| entry.name == "Macros") {
        out.odd.add("macros_not_run", say("the document holds macros, which are never run"));
    }
    // Before Word 97 everything stood in one stream.
    let tables = if head.old { &main } else { &tables };
    let pieces = Pieces::read(&main, tables, &head);
    let marks = Marks::read(&main, tables, &head);
    let stories = stories::read(tables, &head);
    let mut properties = summary::read(file, key.as_ref());
    let mut attached = Attached::new();
    for (pool, _) in file.children(ROOT).iter().filter(|(_, e)| e.is_storage && e.name == "ObjectPool") {
        attached.pool(file, *pool, |_| true, out);
    }
    properties.extend(attached.properties());
    let mut flow = Flow::new(stories, marks, Document::new(&properties, out));
    let whole = pieces.each(&main, |place, letter| flow.letter(place, letter));
    let said = flow.finish();
    if file.damaged.get() {
        damaged(out, "the container of the document is damaged; it is read as far as it goes", "container");
    } else if !whole || said < head.letters() {
        damaged(out, "the document ends in the middle of its text", "text");
    }
}

/// The main stream as it was before it was locked.
fn opened(main: &[u8], key: &StreamKey) -> Vec<u8> {
    let mut plain = key.open(main, PIECE);
    let open = OPEN.min(main.len());
    plain[..open].copy_from_slice(&main[..open]);
    plain
}
