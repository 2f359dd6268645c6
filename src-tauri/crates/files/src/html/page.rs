//! The tokens of a page become blocks of text, and tables of them; never a tree, so that nesting does not matter.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};
use std::ops::Range;

use super::items::{Elements, Item, Tag};
use super::said::{self, Attribute, Beside};
use crate::limits;
use crate::table::is_value;

/// What is in a page, in its order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
    /// The tables whose columns have names, and lists of names and values.
    pub(crate) tables: Vec<Table>,
    /// The things that the page is a list of, and what their elements are called.
    pub(crate) items: Vec<Item>,
    pub(crate) item_name: Option<String>,
    /// Where a long page can be cut between two blocks.
    pub(crate) cuts: Vec<usize>,
    /// The first row met, for a page that is one row.
    row: Option<Row>,
    /// Whether it was opened and never closed, nor what is in it.
    pub(crate) cut: bool,
}

impl Page {
    /// The first row in it, in whatever table.
    pub(crate) fn first_row(&self) -> Option<&Row> {
        self.row.as_ref()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Heading,
    Text,
}

/// Text that belongs together: a paragraph, a cell, a heading.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) part: Part,
    /// Where that started: a heading that is never closed goes on far beyond its own element.
    pub(crate) part_from: usize,
    pub(crate) text: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether it stands in a table that is read as records, or in an item.
    pub(crate) taken: bool,
    /// What it is if it stands beside the text, and not in it.
    pub(crate) beside: Option<Beside>,
    /// Whether it makes a thing of a list fuller: a picture or a way within the site does not.
    pub(crate) counts: bool,
    /// How deep it stands, and where the cell of a table starts in which it does.
    pub(crate) depth: u32,
    pub(crate) cell: Option<usize>,
}

impl Block {
    /// Whether it is where a link leads.
    pub(crate) fn is_link(&self) -> bool {
        self.beside == Some(Beside::Link)
    }
}

/// A table whose columns have names, or a list of names and values.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    /// With the header first. For pairs: one a name.
    pub(crate) rows: Vec<Row>,
    pub(crate) pairs: bool,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    /// Whether a row of a table of so many columns names what is below it: all of its cells are names.
    pub(crate) fn is_heading(&self, columns: usize) -> bool {
        columns > 1 && self.cells.iter().all(|c| c.named)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) column: usize,
    /// Which blocks it holds.
    pub(crate) blocks: Range<usize>,
    named: bool,
}

/// A table, or a definition list, that is open.
struct Open {
    rows: Vec<Row>,
    from: usize,
    first_block: usize,
    /// A table inside: then this one is for the looks.
    nested: bool,
    definitions: bool,
    cell: Option<Cell>,
    row: Option<Row>,
    name: String,
    /// A row that stands in no table: one that is read again.
    loose: bool,
}

struct Builder<'a> {
    source: &'a str,
    page: Page,
    open: Vec<Open>,
    text: String,
    from: usize,
    to: usize,
    part: Part,
    part_from: usize,
    /// The heading met last, as a name for what follows.
    heading: String,
    space: bool,
    /// The tag that is being read, and those of its attributes that say something.
    tag: Vec<u8>,
    tag_from: usize,
    kept: Vec<Attribute>,
    /// The attribute whose value comes next, if it is one of those.
    wanted: Option<&'static [u8]>,
    /// The element whose text is no text for people.
    silent: Option<&'static [u8]>,
    elements: Elements,
    class: String,
    in_class: bool,
    /// The page is a list of bookmarks.
    bookmarks: bool,
    /// How many of the elements are open that must be closed.
    unclosed: i32,
    /// Whether the page itself was opened, and not closed.
    page_open: bool,
}

/// Elements that hold others and must be closed.
const CLOSED: [&[u8]; 8] = [b"table", b"div", b"ul", b"ol", b"dl", b"section", b"main", b"article"];

/// Elements whose text is no text for people.
const SILENT: [&[u8]; 5] = [b"script", b"style", b"iframe", b"noembed", b"noframes"];

/// Cuts a page into blocks and tables.
///
/// `items` is what the elements are called that the page is known to be a list of; if it is not known it is told from
/// the page.
pub(crate) fn parse(source: &str, items: Option<&str>) -> Page {
    let mut builder = Builder {
        source,
        page: Page::default(),
        open: Vec::new(),
        text: String::new(),
        from: 0,
        to: 0,
        part: Part::Text,
        part_from: 0,
        heading: String::new(),
        space: false,
        tag: Vec::new(),
        tag_from: 0,
        kept: Vec::new(),
        wanted: None,
        silent: None,
        elements: Elements::default(),
        class: String::new(),
        in_class: false,
        bookmarks: false,
        unclosed: 0,
        page_open: false,
    };
    let emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| builder.event(event, span));
    let mut tokens = Tokenizer::new_with_emitter(source, emitter);
    // The tokenizer hands out what it must read next in another way.
    while let Some(Ok(state)) = tokens.next() {
        tokens.set_state(state);
    }
    drop(tokens);
    builder.finish(items)
}

impl Builder<'_> {
    fn event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<State> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
                self.tag_from = span.start;
                self.kept.clear();
                self.class.clear();
                self.in_class = false;
                self.wanted = None;
            }
            CallbackEvent::AttributeName { name } => {
                let first = |key: &&[u8]| !self.kept.iter().any(|a| a.key == *key);
                self.in_class = name == b"class" && self.class.is_empty();
                self.wanted = said::kept(name).filter(first);
            }
            CallbackEvent::AttributeValue { value } if self.in_class => {
                self.class.push_str(&String::from_utf8_lossy(value));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(key) = self.wanted.take() {
                    let value = String::from_utf8_lossy(value).into_owned();
                    self.kept.push(Attribute { key, value, from: span.start, to: span.end });
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let name = std::mem::take(&mut self.tag);
                self.start(&name, self.tag_from);
                self.silent = SILENT.into_iter().find(|s| *s == name).or(self.silent);
                let state = match name.as_slice() {
                    b"script" => Some(State::ScriptData),
                    b"style" | b"iframe" | b"noembed" | b"noframes" | b"xmp" => Some(State::RawText),
                    b"textarea" | b"title" => Some(State::RcData),
                    b"plaintext" => Some(State::PlainText),
                    _ => None,
                };
                self.tag = name;
                return state;
            }
            CallbackEvent::EndTag { name } => {
                if self.silent == Some(name) {
                    self.silent = None;
                }
                self.end(name, span.start, span.end);
            }
            CallbackEvent::String { value } => {
                if self.silent.is_none() {
                    match std::str::from_utf8(value) {
                        Ok(text) => self.string(text, span.start, span.end),
                        Err(_) => self.string(&String::from_utf8_lossy(value), span.start, span.end),
                    }
                }
            }
            CallbackEvent::Doctype { name, .. } => {
                self.bookmarks |= name.eq_ignore_ascii_case(b"netscape-bookmark-file-1");
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }

    fn start(&mut self, name: &[u8], from: usize) {
        self.unclosed += i32::from(CLOSED.contains(&name));
        self.page_open |= name == b"html";
        if !is_inline(name) {
            self.flush();
            self.cut(from);
            if let Some(tag) = Tag::of(name) {
                self.elements.start(tag, &self.class, from, self.page.blocks.len());
            }
        }
        match name {
            b"title" => (self.part, self.part_from) = (Part::Title, from),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"caption" | b"legend" => {
                (self.part, self.part_from) = (Part::Heading, from);
            }
            b"table" | b"dl" => {
                if let Some(outer) = self.open.last_mut() {
                    outer.nested = true;
                }
                self.open.push(Open {
                    rows: Vec::new(),
                    from,
                    first_block: self.page.blocks.len(),
                    nested: false,
                    definitions: name == b"dl",
                    cell: None,
                    row: None,
                    name: self.heading.clone(),
                    loose: false,
                });
            }
            b"tr" => {
                self.close_row(from);
                if let Some(open) = self.open.last_mut().filter(|o| !o.definitions) {
                    open.row = Some(Row { from, to: from, cells: Vec::new() });
                } else if self.open.is_empty() && self.page.row.is_none() {
                    // A row on its own, when it is read again.
                    self.open.push(Open {
                        rows: Vec::new(),
                        from,
                        first_block: self.page.blocks.len(),
                        nested: false,
                        definitions: false,
                        cell: None,
                        row: Some(Row { from, to: from, cells: Vec::new() }),
                        name: String::new(),
                        loose: true,
                    });
                }
            }
            b"td" | b"th" => self.open_cell(name == b"th"),
            b"dt" => {
                self.close_row(from);
                if let Some(open) = self.open.last_mut().filter(|o| o.definitions) {
                    open.row = Some(Row { from, to: from, cells: Vec::new() });
                    self.open_cell(true);
                }
            }
            b"dd" => self.open_cell(false),
            _ => {}
        }
        if self.kept.is_empty() {
            return;
        }
        let kept = std::mem::take(&mut self.kept);
        self.said(name, &kept);
        self.kept = kept;
    }

    fn end(&mut self, name: &[u8], from: usize, to: usize) {
        self.unclosed -= i32::from(CLOSED.contains(&name));
        self.page_open &= name != b"html";
        if !is_inline(name) {
            self.flush();
            if let Some(tag) = Tag::of(name) {
                self.elements.end(tag, from, to, self.page.blocks.len());
            }
        }
        match name {
            b"title" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"caption" | b"legend" => {
                self.part = Part::Text;
            }
            b"td" | b"th" | b"dd" | b"dt" => self.close_cell(),
            b"tr" => self.close_row(to),
            b"table" | b"dl" => {
                self.close_row(from);
                if let Some(open) = self.open.pop() {
                    self.close(open, to);
                }
            }
            _ => {}
        }
    }

    fn open_cell(&mut self, named: bool) {
        self.close_cell();
        let block = self.page.blocks.len();
        let Some(row) = self.open.last_mut().and_then(|o| o.row.as_mut()) else { return };
        let column = row.cells.last().map_or(0, |c| c.column + 1);
        if let Some(open) = self.open.last_mut() {
            open.cell = Some(Cell { column, blocks: block..block, named });
        }
    }

    fn close_cell(&mut self) {
        let blocks = self.page.blocks.len();
        if let Some(open) = self.open.last_mut()
            && let Some(mut cell) = open.cell.take()
            && let Some(row) = open.row.as_mut()
        {
            cell.blocks.end = blocks;
            row.cells.push(cell);
        }
    }

    fn close_row(&mut self, to: usize) {
        self.close_cell();
        if let Some(open) = self.open.last_mut()
            && let Some(mut row) = open.row.take()
        {
            row.to = to;
            if self.page.row.is_none() {
                self.page.row = Some(row.clone());
            }
            if !row.cells.is_empty() {
                open.rows.push(row);
            }
        }
    }

    /// A table or list has ended: it is records if its columns, or its lines, have names.
    fn close(&mut self, open: Open, to: usize) {
        let Open { mut rows, from, first_block, nested, definitions, name, loose, .. } = open;
        if nested || loose || rows.is_empty() {
            return;
        }
        let text = |cell: &Cell| -> String {
            self.page.blocks[cell.blocks.clone()]
                .iter()
                .filter(|b| b.beside.is_none())
                .map(|b| b.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let caption = self.page.blocks[first_block..]
            .iter()
            .find(|b| b.part == Part::Heading && b.beside.is_none())
            .map(|b| b.text.clone());
        // Names with nothing to them are a list of words.
        if definitions && rows.iter().all(|r| r.cells.len() < 2) {
            return;
        }
        // A title may stand above the names, in one cell for all columns.
        let titles = rows.iter().take_while(|r| r.cells.len() == 1).count();
        let below = rows.get(titles).is_some_and(|r| r.cells.len() > 1 && r.cells.iter().all(|c| c.named));
        let rows = if !definitions && below { rows.split_off(titles) } else { rows };
        let header = !definitions
            && rows.len() > 1
            && (rows[0].cells.iter().all(|c| c.named) || implied_header(&rows, &text));
        let pairs = definitions && rows.iter().all(|r| !r.cells.is_empty())
            || rows.iter().all(|r| r.cells.len() == 2 && r.cells[0].named && !r.cells[1].named);
        if !header && !pairs {
            return;
        }
        let named =
            |(n, name): (usize, String)| if name.is_empty() { format!("column {}", n + 1) } else { name };
        let columns: Vec<String> = if pairs {
            rows.iter().map(|r| text(&r.cells[0])).enumerate().map(named).collect()
        } else {
            rows[0].cells.iter().map(text).enumerate().map(named).collect()
        };
        for row in &rows {
            for cell in &row.cells {
                for block in &mut self.page.blocks[cell.blocks.clone()] {
                    block.taken = true;
                }
            }
        }
        let name = caption.unwrap_or(name);
        self.page.tables.push(Table { name, columns, rows, pairs, from, to });
    }

    /// What a tag says itself. It does not cut the text in two that it stands in.
    fn said(&mut self, name: &[u8], all: &[Attribute]) {
        let typed = said::is_typed(name, all);
        for attribute in all {
            let Attribute { key, value, from, to } = attribute;
            if value.trim_ascii().is_empty() {
                continue;
            }
            if *key == b"value" && typed {
                self.flush();
                self.block(self.part, collapse(value), *from, *to);
            }
            let Some(beside) = said::beside(name, attribute, all) else { continue };
            let counts = match beside {
                Beside::Hint => matches!(*key, b"alt" | b"title" | b"aria-label"),
                Beside::Link => name == b"a" && value.trim_ascii().starts_with("http"),
            };
            self.block(self.part, collapse(value), *from, *to);
            if let Some(block) = self.page.blocks.last_mut() {
                (block.beside, block.counts) = (Some(beside), counts);
            }
        }
    }

    fn block(&mut self, part: Part, text: String, from: usize, to: usize) {
        let (depth, cell) = (self.elements.depth(), self.elements.cell());
        let part_from = self.part_from;
        self.page.blocks.push(Block {
            part,
            part_from,
            text,
            from,
            to,
            taken: false,
            beside: None,
            counts: true,
            depth,
            cell,
        });
    }

    fn string(&mut self, text: &str, from: usize, to: usize) {
        if text.trim_ascii().is_empty() {
            self.space |= !text.is_empty();
            return;
        }
        self.space |= text.starts_with(|c: char| c.is_ascii_whitespace());
        let (mut from, mut to) = (from.min(self.source.len()), to.min(self.source.len()));
        if let Some(written) = self.source.get(from..to) {
            from += written.len() - written.trim_ascii_start().len();
            to -= written.len() - written.trim_ascii_end().len();
        }
        if self.text.is_empty() {
            self.from = from;
        } else if self.space {
            self.text.push(' ');
        }
        self.space = false;
        let bare = text.trim_ascii();
        let odd = |pair: &[u8]| pair[0].is_ascii_whitespace() && pair[1].is_ascii_whitespace();
        if memchr::memchr3(b'\n', b'\t', b'\r', bare.as_bytes()).is_none()
            && !bare.contains('\u{c}')
            && !bare.as_bytes().windows(2).any(odd)
        {
            self.text.push_str(bare);
        } else {
            for (n, word) in bare.split_ascii_whitespace().enumerate() {
                if n > 0 {
                    self.text.push(' ');
                }
                self.text.push_str(word);
            }
        }
        self.space = text.ends_with(|c: char| c.is_ascii_whitespace());
        self.to = to.max(from);
    }

    /// Notes a place where the page can be cut: everything is closed that gives a block its meaning.
    fn cut(&mut self, at: usize) {
        let last = self.page.cuts.last().copied().unwrap_or(0);
        if at - last >= limits::TEXT_ROW
            && self.open.is_empty()
            && self.part == Part::Text
            && self.silent.is_none()
        {
            self.page.cuts.push(at);
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        self.space = false;
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if self.part == Part::Heading {
            self.heading.clone_from(&text);
        }
        self.block(self.part, text, self.from, self.to);
    }

    fn finish(mut self, items: Option<&str>) -> Page {
        self.flush();
        let end = self.source.len();
        // Few close all they open, but what is whole says so at its end.
        self.page.cut = self.page_open && self.unclosed > 0;
        while !self.open.is_empty() {
            self.close_row(end);
            if let Some(open) = self.open.pop() {
                self.close(open, end);
            }
        }
        self.elements.finish(end, self.page.blocks.len());
        let told = || self.elements.repeated(&self.page.blocks, self.bookmarks);
        if let Some(name) = items.map(str::to_owned).or_else(told) {
            self.take_items(name);
        }
        self.page
    }

    /// Makes the elements of this name the records of the page, with all that is in them.
    fn take_items(&mut self, name: String) {
        let Page { blocks, tables, items, item_name, cuts, .. } = &mut self.page;
        *items = self.elements.items(&name, blocks);
        *item_name = Some(name);
        // A folder of bookmarks has no link of its own.
        let folder = |item: &Item| self.bookmarks && !blocks[item.blocks.clone()].iter().any(Block::is_link);
        items.retain(|item| !folder(item));
        // A table with items inside is one already.
        items.retain(|item| holder(tables, item.from).is_none_or(|t| t.to < item.to));
        let inside = |at: usize| {
            let n = items.partition_point(|i| i.from < at);
            n.checked_sub(1).is_some_and(|n| at < items[n].to)
        };
        tables.retain(|table| !inside(table.from + 1));
        for item in items.iter() {
            for block in &mut blocks[item.blocks.clone()] {
                block.taken = true;
            }
        }
        // The text beside them may be cut where one starts, never inside.
        let mut places: Vec<usize> = cuts.iter().copied().filter(|at| !inside(*at)).collect();
        places.extend(items.iter().map(|i| i.from));
        places.sort_unstable();
        cuts.clear();
        let mut last = 0;
        for at in places {
            if at - last >= limits::TEXT_ROW && holder(tables, at).is_none() {
                cuts.push(at);
                last = at;
            }
        }
    }
}

fn collapse(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table around a place. What is read as a table has none inside, so they stand one after another.
fn holder(tables: &[Table], at: usize) -> Option<&Table> {
    let before = tables.partition_point(|t| t.from < at);
    tables[..before].last().filter(|t| at < t.to)
}

/// Whether the first row of a table names its columns though nothing says so: words, over values in each other row.
fn implied_header(rows: &[Row], text: &dyn Fn(&Cell) -> String) -> bool {
    let width = rows[0].cells.len();
    let plain = |row: &Row| row.cells.len() == width && row.cells.iter().all(|c| !c.named);
    if rows.len() < 3 || width < 2 || !rows.iter().all(plain) {
        return false;
    }
    let words = |cell: &Cell| {
        let text = text(cell);
        !text.is_empty() && !is_value(&text)
    };
    let valued = |n: usize| rows[1..].iter().all(|row| is_value(&text(&row.cells[n])));
    rows[0].cells.iter().all(words) && (0..width).any(valued)
}

/// Whether an element does not end a block.
fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"acronym"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"img"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
            | b"nobr"
            | b"tspan"
    )
}
