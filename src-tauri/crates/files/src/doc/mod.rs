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
use crate::compound::{Compound, ROOT};
use crate::document::Document;
use crate::oddities::say;
use crate::out::Out;
use crate::summary;

/// Reads a document.
pub(crate) fn read(file: &Compound<'_>, out: &mut Out<'_>) {
    let main = file.named(ROOT, "WordDocument").unwrap_or_default();
    let damaged = |out: &mut Out<'_>, message: &str, reason: &str| {
        out.partly = true;
        out.odd.add("document_damaged", |o| say(message)(o).with("reason", reason));
    };
    let Some(head) = Head::read(&main) else {
        out.nothing = true;
        return damaged(out, "the beginning of the document makes no sense", "head");
    };
    if head.encrypted {
        return out.tell_sealed();
    }
    if file.children(ROOT).iter().any(|(_, entry)| entry.name == "Macros") {
        out.odd.add("macros_not_run", say("the document holds macros, which are never run"));
    }
    let tables = file.named(ROOT, head.tables).unwrap_or_default();
    // Before Word 97 everything stood in one stream.
    let tables = if head.old { &main } else { &tables };
    let pieces = Pieces::read(&main, tables, &head);
    let marks = Marks::read(&main, tables, &head);
    let stories = stories::read(tables, &head);
    let properties = summary::read(file);
    let mut flow = Flow::new(stories, marks, Document::new(&properties, out));
    let whole = pieces.each(&main, |place, letter| flow.letter(place, letter));
    let said = flow.finish();
    if file.damaged.get() {
        damaged(out, "the container of the document is damaged; it is read as far as it goes", "container");
    } else if !whole || said < head.letters() {
        damaged(out, "the document ends in the middle of its text", "text");
    }
}
