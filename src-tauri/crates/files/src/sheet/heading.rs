//! Texts that belong to a sheet and stand in no cell of it: notes, links, drawings.

use crate::names::Namer;
use crate::out::Out;
use crate::row::{Notation, Span, ValueKind};

/// Hands over one text with a place of its own. False if the caller wants no more.
pub(crate) fn heading(at: &str, name: &str, text: &str, list: u16, out: &mut Out<'_>) -> bool {
    if text.trim().is_empty() {
        return true;
    }
    let field = Namer::Grow(&mut out.layout.names).path(&[name]);
    out.row.span = Span { list, number: 0, heading: true, ..Span::default() };
    out.row.notation = Notation::Whole;
    out.row.at.push_str(at);
    out.row.push(field, ValueKind::Text, text, &[], None);
    out.emit()
}
