//! A web page as text: tables with names are records, the rest is one document; no script, no style, nothing fetched.

mod fields;
mod items;
mod page;
mod said;

use std::collections::HashMap;
use std::fmt::Write as _;

use self::fields::{ITEM, Items, fill_item, place_item};
use self::page::{Block, Page, Part, parse};
use self::said::Beside;
use crate::decode::Piece;
use crate::layout::Layout;
use crate::names::{Column, FieldId, Namer};
use crate::oddities::say;
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;

/// A longer page is read in parts.
const PART: usize = 16 << 20;

/// The text of a page, a line for each block, and where its links lead, each once.
pub(crate) fn plain_and_links(text: &str) -> (String, Vec<String>) {
    let page = parse(text, None);
    let mut links: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut plain = String::new();
    for block in page.blocks {
        if block.is_link() {
            if seen.insert(block.text.clone()) {
                links.push(block.text);
            }
            continue;
        }
        if !plain.is_empty() {
            plain.push('\n');
        }
        plain.push_str(&block.text);
    }
    (plain, links)
}

/// Hands over each piece of a page's text with what it is: `title`, `heading`, `text`; where links lead is a `link`.
pub(crate) fn each_block(text: &str, mut each: impl FnMut(&'static str, &str)) {
    for block in parse(text, None).blocks {
        let name = match block.part {
            _ if block.is_link() => "link",
            Part::Title => "title",
            Part::Heading => "heading",
            Part::Text => "text",
        };
        each(name, &block.text);
    }
}

/// The text of a page, and where its links lead behind it: the text goes on around a link.
pub(crate) fn with_links(text: &str) -> String {
    let page = parse(text, None);
    let mut out = String::new();
    let texts = page.blocks.iter().filter(|b| !b.is_link());
    for block in texts.chain(page.blocks.iter().filter(|b| b.is_link())) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&block.text);
    }
    out
}

/// Reads a page.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>) {
    let mut line = 1_u32;
    let mut first = true;
    let mut items = Items::default();
    loop {
        while window.piece().text.len() - window.start <= PART && window.more() {}
        let piece = window.piece();
        let from = window.start;
        let text = &piece.text[from..];
        if text.is_empty() {
            break;
        }
        let end = if text.len() <= PART { text.len() } else { cut(text) };
        let part = Piece { text: &piece.text[..from + end], ..piece };
        let page = parse(&text[..end], items.name.as_deref());
        // What is known of how the file was written holds for its rows.
        window.namer(&mut out.layout);
        rows(part, from, &page, line, first && items.count == 0, out);
        if !items.emit(part, from, &page, out) {
            break;
        }
        if page.cut && first && window.ended() && from + end == piece.text.len() {
            let bytes = window.feed.total();
            out.partly = true;
            out.odd.add("truncated", |o| {
                say(format!("the file ends in the middle, after {bytes} bytes"))(o).with("bytes", bytes)
            });
        }
        line = line.saturating_add(newlines(&text[..end]));
        window.start = from + end;
        out.layout.decoding = window.decoding();
        first = false;
        if out.stopped() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// A place between two blocks of a page that is too long to be held.
fn cut(text: &str) -> usize {
    let text = &text[..crate::out::floor(text, PART)];
    ["</script>", "</tr>", "</div>", "</p>", "</li>"]
        .iter()
        .filter_map(|end| text.rfind(end).map(|n| n + end.len()))
        .max()
        .unwrap_or(text.len())
        .max(1)
}

/// What the place of a list's names has behind that of the list.
const NAMES: &str = ",row=0";

fn newlines(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

fn rows(piece: Piece<'_>, from: usize, page: &Page, line: u32, first: bool, out: &mut Out<'_>) {
    // The document is there if it says more than what its tables do.
    let text = |taken: bool| -> usize {
        let blocks = page.blocks.iter().filter(|b| b.taken == taken && b.part == Part::Text && !b.is_link());
        blocks.map(|b| b.text.len()).sum()
    };
    let record = first && page.items.is_empty() && (page.tables.is_empty() || text(false) > text(true));
    document(piece, from, page, line, record, out);
    for table in &page.tables {
        let n = out
            .layout
            .lists
            .iter()
            .filter(|l| l.at.starts_with("table=") || l.at.starts_with("list="))
            .count()
            + 1;
        let kind = if table.pairs { "list" } else { "table" };
        let list = out.list(&format!("{kind}={n}"), &table.name);
        if out.layout.names.table(list).is_empty() {
            let mut columns = Vec::new();
            let mut seen = std::collections::HashMap::<&str, u32>::new();
            for name in &table.columns {
                let count = seen.entry(name).or_insert(0);
                *count += 1;
                columns
                    .push((Namer::Grow(&mut out.layout.names).path(&[name]), (*count > 1).then_some(*count)));
            }
            *out.layout.names.table_mut(list) = columns;
        }
        if table.pairs {
            let (a, b) = (from + table.from, from + table.to);
            // The names first, as the heading, then what they name.
            for heading in [true, false] {
                let number = if heading { 0 } else { Span::ALONE };
                out.row.span = Span { list, number, heading, ..span(piece.bytes(a, b)) };
                fill_pairs(piece, from, page, table, &mut Namer::Grow(&mut out.layout.names), &mut out.row);
                // Each place leads to one thing: the names must not stand where the values are.
                let _ = write!(out.row.at, "{kind}={n}{}", if heading { NAMES } else { "" });
                if !out.emit() {
                    return;
                }
            }
            continue;
        }
        for (number, row) in table.rows.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let bytes = piece.bytes(from + row.from, from + row.to);
            let heading = number == 0 || row.is_heading(table.columns.len());
            out.row.span = Span { list, number, heading, ..span(bytes) };
            if number > 0 {
                let _ = write!(out.row.at, "{kind}={n},row={number}");
            } else {
                let _ = write!(out.row.at, "{kind}={n}");
            }
            fill_row(piece, from, page, row, &mut Namer::Grow(&mut out.layout.names), &mut out.row);
            if !out.emit() {
                return;
            }
        }
    }
}

/// Hands over the text beside the tables. A long page is cut into several rows, so that a hit can be read again
/// without the rest; the first of them is the record.
fn document(piece: Piece<'_>, from: usize, page: &Page, first: u32, record: bool, out: &mut Out<'_>) {
    let text = &piece.text[from..];
    let (mut line, mut given) = (first, !record);
    let mut blocks = page.blocks.as_slice();
    let mut start = 0;
    for end in page.cuts.iter().copied().chain([text.len()]) {
        let (here, rest) = blocks.split_at(blocks.iter().take_while(|b| b.from < end).count());
        blocks = rest;
        if here.iter().any(|b| !b.taken) {
            let list = out.list("", "");
            // Where nothing but pictures and links stand, no text was given.
            let record = !given && here.iter().any(|b| !b.taken && !b.is_link());
            out.row.span =
                Span { list, number: line, heading: !record, ..span(piece.bytes(from + start, from + end)) };
            let names = &mut Namer::Grow(&mut out.layout.names);
            fill_document(piece, from, start, here, line, names, &mut out.row);
            given |= record;
            if !out.emit() {
                return;
            }
        }
        line = line.saturating_add(newlines(&text[start..end]));
        start = end;
    }
}

/// Fills a row with blocks of the page that starts at `from`; line `first` is at `start` in it.
fn fill_document(
    piece: Piece<'_>,
    from: usize,
    start: usize,
    blocks: &[Block],
    first: u32,
    namer: &mut Namer<'_>,
    row: &mut Row,
) {
    row.notation = Notation::Whole;
    // A mark may stand before all.
    let begin = piece.bytes(from + start, from + start).start;
    if begin > 3 {
        let _ = write!(row.at, "line={first},byte={begin}");
    }
    let fields = [namer.path(&["title"]), namer.path(&["heading"]), namer.path(&["text"])];
    let text = &piece.text[from..];
    let mut line = first;
    let mut counted = start;
    // Whether nothing was met in this line before; behind a cut that is not known.
    let mut alone = begin <= 3;
    // What stands beside a text was met before its end.
    let mut blocks: Vec<&Block> = blocks.iter().filter(|b| !b.taken).collect();
    blocks.sort_by_key(|b| b.from);
    for block in blocks {
        if block.from > counted {
            let passed = newlines(&text[counted..block.from]);
            alone |= passed > 0;
            line = line.saturating_add(passed);
            counted = block.from;
        }
        let field = match (block.part, block.beside) {
            (_, Some(Beside::Link)) => namer.path(&["link"]),
            (_, Some(Beside::Hint)) | (Part::Text, _) => fields[2],
            (Part::Title, _) => fields[0],
            (Part::Heading, _) => fields[1],
        };
        let bytes = piece.bytes(from + block.from, from + block.to);
        let place = [line, u32::try_from(bytes.start).unwrap_or(u32::MAX)];
        row.push(field, ValueKind::Text, &block.text, if alone { &place[..1] } else { &place }, Some(bytes));
        alone = false;
    }
}

fn fill_row(
    piece: Piece<'_>,
    from: usize,
    page: &Page,
    html_row: &page::Row,
    namer: &mut Namer<'_>,
    row: &mut Row,
) {
    row.notation = Notation::Column;
    let list = row.span.list;
    let mut met = HashMap::new();
    for cell in &html_row.cells {
        let column = namer.column(list, cell.column);
        push_blocks(piece, from, &page.blocks[cell.blocks.clone()], column, namer, &mut met, row);
    }
}

fn fill_pairs(
    piece: Piece<'_>,
    from: usize,
    page: &Page,
    table: &page::Table,
    namer: &mut Namer<'_>,
    row: &mut Row,
) {
    row.notation = Notation::Column;
    let list = row.span.list;
    let mut met = HashMap::new();
    for (n, pair) in table.rows.iter().enumerate() {
        let column = namer.column(list, n);
        let cells = if row.span.heading { &pair.cells[..1] } else { &pair.cells[1..] };
        for cell in cells {
            push_blocks(piece, from, &page.blocks[cell.blocks.clone()], column, namer, &mut met, row);
        }
    }
}

/// So many hints of a cell are compared with its text.
const HINTS: u32 = 8;

/// Adds the blocks of one cell as one value, and what stands beside its text as values of their own: `met` counts
/// those of each field.
fn push_blocks(
    piece: Piece<'_>,
    from: usize,
    blocks: &[Block],
    (field, which): Column,
    namer: &mut Namer<'_>,
    met: &mut HashMap<FieldId, u32>,
    row: &mut Row,
) {
    // A cell that only holds a picture is what that says: the innermost element is met last.
    let texts = blocks.iter().any(|b| b.beside.is_none());
    let said = blocks.iter().rfind(|b| !b.is_link()).map(|b| b.from);
    let shown = |b: &&Block| if texts { b.beside.is_none() } else { !b.is_link() && Some(b.from) == said };
    let mut parts = blocks.iter().filter(shown);
    if let Some(first) = parts.next() {
        let last = parts.next_back().unwrap_or(first);
        let bytes = piece.bytes(from + first.from, from + last.to.max(first.to));
        let one = [which.unwrap_or(0)];
        let which = if which.is_some() { &one[..] } else { &[] };
        row.push_with(field, ValueKind::Text, which, Some(bytes), |out| {
            for (n, block) in blocks.iter().filter(shown).enumerate() {
                if n > 0 {
                    out.push('\n');
                }
                out.push_str(&block.text);
            }
        });
    }
    // Where the mouse rests, many pages say again what stands there.
    let again = |hint: &Block| blocks.iter().any(|b| b.beside.is_none() && b.text == hint.text);
    let mut hints = 0;
    for block in blocks.iter().filter(|b| !shown(b)) {
        hints += u32::from(!block.is_link());
        if !block.is_link() && hints <= HINTS && again(block) {
            continue;
        }
        let name = if block.is_link() { "link" } else { "hint" };
        let field = namer.below(field, name);
        let count = met.entry(field).and_modify(|n| *n += 1).or_insert(1);
        let one = [*count];
        let which = if *count > 1 { &one[..] } else { &[] };
        let bytes = piece.bytes(from + block.from, from + block.to);
        row.push(field, ValueKind::Text, &block.text, which, Some(bytes));
    }
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    let Some(list) = layout.lists.get(usize::from(span.list)) else { return };
    let mut namer = Namer::Find(&layout.names);
    row.span = *span;
    let items = layout.lists.iter().find(|l| l.at == ITEM).map(|l| l.name.as_str());
    if list.at == ITEM {
        place_item(row, span.number);
        let page = parse(piece.text, items);
        fill_item(piece, 0, 0, &page.blocks, &mut namer, row);
        return;
    }
    if list.at.is_empty() {
        let page = parse(piece.text, items);
        fill_document(piece, 0, 0, &page.blocks, span.number, &mut namer, row);
        return;
    }
    row.at.push_str(&list.at);
    if list.at.starts_with("list=") {
        if span.heading {
            row.at.push_str(NAMES);
        }
        let page = parse(piece.text, None);
        if let Some(table) = page.tables.iter().find(|t| t.pairs) {
            fill_pairs(piece, 0, &page, table, &mut namer, row);
        }
        return;
    }
    if span.number > 0 {
        let _ = write!(row.at, ",row={}", span.number);
    }
    let page = parse(piece.text, None);
    if let Some(html_row) = page.first_row() {
        fill_row(piece, 0, &page, html_row, &mut namer, row);
    }
}

/// The text of a place in a page, if its source is not that text already.
pub(crate) fn shown(source: &str) -> Option<String> {
    let blank = |c: char| c.is_ascii_whitespace() && c != ' ';
    // In a target, the names of its parameters are no entities (`?a=1&copy=2`).
    if source.contains(['&'])
        && source.contains('=')
        && !source.contains(['<', '"'])
        && !source.contains(char::is_whitespace)
    {
        return Some(with_links(&format!("<a href=\"{source}\">")));
    }
    let marked = source.contains(['<', '&']) || source.contains(blank) || source.contains("  ");
    marked.then(|| with_links(source))
}
