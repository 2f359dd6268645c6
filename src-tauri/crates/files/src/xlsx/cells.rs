//! The cells of one sheet, in the order of the file.

use super::strings::{Strings, rich_text, unescape};
use super::styles::Styles;
use crate::limits;
use crate::oddities::{quoted, say};
use crate::office::{Event, Pull};
use crate::row::ValueKind;
use crate::sheet::{Grid, SheetRow, number, number_kind, reference, shown};

/// What all sheets of a workbook share.
pub(super) struct Shared {
    pub(super) strings: Strings,
    pub(super) styles: Styles,
    pub(super) from_1904: bool,
    /// How much text cells may still take from the shared ones.
    pub(super) budget: u64,
}

/// A link of a cell: to a relation of the sheet, or to a place in the workbook.
#[derive(Debug, Default, Clone)]
pub(super) struct Link {
    pub(super) cell: String,
    pub(super) relation: Option<String>,
    pub(super) place: Option<String>,
}

/// What stands in a sheet besides its cells.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) links: Vec<Link>,
    /// Texts at the top and the foot of each printed page.
    pub(super) margins: Vec<String>,
}

/// Reads the rows of a sheet. False if the caller wants no more.
pub(super) fn read(part: &mut Pull<'_>, grid: &mut Grid<'_, '_>, shared: &mut Shared) -> (Around, bool) {
    let mut reader = Reader::default();
    let mut around = Around::default();
    let mut more = true;
    while more {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "row" => {
                    let said = tag.attr("r").map(|r| r.parse().unwrap_or(0));
                    reader.told.hidden += u64::from(tag.is("hidden"));
                    more = reader.begin(said, grid);
                }
                "col" => reader.told.hidden_columns += u64::from(tag.is("hidden")),
                "c" => {
                    let mut cell = Cell::default();
                    tag.each(|name, value| match name {
                        "r" => cell.said = Some(value.to_owned()),
                        "t" => cell.kind = Kind::of(value),
                        "s" => cell.style = value.parse().ok(),
                        _ => {}
                    });
                    cell.fill(part);
                    more = reader.cell(&cell, grid, shared);
                }
                "hyperlink" if around.links.len() < limits::SHEET_NOTES => {
                    let text = |name: &str| tag.attr(name).map(|v| v.into_owned());
                    around.links.push(Link {
                        cell: text("ref").unwrap_or_default(),
                        relation: text("id"),
                        place: text("location"),
                    });
                }
                "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                    let mut text = String::new();
                    part.text(&mut text);
                    around.margins.push(margin(&text));
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    more = reader.end(grid) && more;
    (around, more)
}

/// How the value of a cell is to be understood.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Bool,
    /// Text, an error, a date in ISO form.
    Text,
}

impl Kind {
    fn of(said: &str) -> Self {
        match said {
            "s" => Self::Shared,
            "b" => Self::Bool,
            "e" | "str" | "inlineStr" | "d" => Self::Text,
            _ => Self::Number,
        }
    }
}

#[derive(Debug, Default)]
struct Cell {
    said: Option<String>,
    kind: Kind,
    style: Option<usize>,
    value: Option<String>,
    inline: String,
    formula: Option<String>,
}

impl Cell {
    fn fill(&mut self, part: &mut Pull<'_>) {
        let inside = part.depth();
        while part.depth() >= inside {
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    "v" => part.text(self.value.get_or_insert_default()),
                    "f" => part.text(self.formula.get_or_insert_default()),
                    "is" => rich_text(part, &mut self.inline),
                    _ => {}
                },
                Event::End => return,
                _ => {}
            }
        }
    }
}

/// What is told of a sheet once, with its first place.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) hidden: u64,
    pub(super) hidden_columns: u64,
    outside: u64,
    missing: u64,
    unvalued: u64,
    spent: bool,
}

impl Told {
    fn tell(&self, grid: &mut Grid<'_, '_>) {
        let sheet = grid.name.clone();
        let called = quoted(&sheet);
        let at = grid.at.clone();
        let mut add = |code: &'static str, count: u64, message: String| {
            if count > 0 {
                grid.out.odd.add(code, |o| {
                    say(message)(o).with("sheet", &sheet).with("count", count).at(at.as_str())
                });
            }
        };
        let Self { hidden, hidden_columns, outside, missing, unvalued, spent } = *self;
        add("hidden_rows", hidden, format!("hidden rows of the sheet {called}, which are read: {hidden}"));
        add(
            "hidden_columns",
            hidden_columns,
            format!("groups of hidden columns of the sheet {called}, which are read: {hidden_columns}"),
        );
        add(
            "cell_outside",
            outside,
            format!("cells of the sheet {called} that no sheet has, kept in their order: {outside}"),
        );
        add(
            "shared_text_missing",
            missing,
            format!("cells of the sheet {called} that point to a text which is not there: {missing}"),
        );
        add(
            "formula_without_value",
            unvalued,
            format!("formulas of the sheet {called} without a value, shown as written: {unvalued}"),
        );
        grid.out.partly |= spent || missing > 0;
        if spent {
            let most = limits::SHARED_TEXT >> 20;
            grid.out.odd.add("record_too_large", |o| {
                say(format!("the cells repeat more than {most} MiB of text; the rest is left out"))(o)
                    .with("limit_mib", most)
                    .at(at)
            });
        }
    }
}

/// The row that is being read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) row: SheetRow,
    pub(super) next_column: u32,
    pub(super) told: Told,
}

impl Reader {
    /// A row begins. False if the caller wants no more.
    pub(super) fn begin(&mut self, said: Option<u32>, grid: &mut Grid<'_, '_>) -> bool {
        let row = std::mem::take(&mut self.row);
        let last = row.number;
        let more = grid.push(row);
        let fits = said.is_none_or(|n| (1..=limits::SHEET_ROWS).contains(&n));
        self.told.outside += u64::from(!fits);
        self.row.number = said.filter(|_| fits).unwrap_or(last.saturating_add(1));
        self.next_column = 0;
        more
    }

    /// The sheet ends. False if the caller wants no more.
    pub(super) fn end(&mut self, grid: &mut Grid<'_, '_>) -> bool {
        let more = grid.push(std::mem::take(&mut self.row));
        self.told.tell(grid);
        more
    }

    /// Takes a cell. False if the caller wants no more.
    fn cell(&mut self, cell: &Cell, grid: &mut Grid<'_, '_>, shared: &mut Shared) -> bool {
        let (column, more) = self.place(cell.said.as_deref().map(reference), grid);
        self.value(cell, column, shared);
        more
    }

    /// The column of the next cell, which may say its column and row, or a place that no sheet has. False if the caller
    /// wants no more.
    pub(super) fn place(&mut self, said: Option<Option<(u32, u32)>>, grid: &mut Grid<'_, '_>) -> (u32, bool) {
        let fits = !matches!(said, Some(None));
        self.told.outside += u64::from(!fits);
        let (column, number) = said.flatten().unwrap_or((self.next_column, self.row.number));
        let mut more = true;
        // A cell tells its row better than the row does, which some programs leave out.
        let elsewhere = fits && number != self.row.number;
        let full = self.row.cells.len() >= limits::SHEET_COLUMNS as usize
            || self.row.text.len() > limits::RECORD - limits::CELL;
        if elsewhere || full {
            more = grid.push(std::mem::take(&mut self.row));
            self.row.number = number;
        }
        self.next_column = column.saturating_add(1).min(limits::SHEET_COLUMNS);
        (column, more)
    }

    /// Adds one of the shared texts.
    pub(super) fn shared(&mut self, column: u32, number: Option<usize>, shared: &mut Shared) {
        match number.and_then(|n| shared.strings.get(n)) {
            Some(text) if text.len() as u64 <= shared.budget => {
                shared.budget -= text.len() as u64;
                self.row.push(column, ValueKind::Text, text, false);
            }
            Some(_) => self.told.spent = true,
            None => self.told.missing += 1,
        }
    }

    /// Adds a number, or the date that it is shown as.
    pub(super) fn number(&mut self, column: u32, value: &str, style: Option<usize>, shared: &Shared) {
        match shown(value, shared.styles.form(style), shared.from_1904) {
            Some(date) => self.row.push(column, ValueKind::Text, &date, true),
            None => self.row.push(column, number_kind(value), &number(value), false),
        }
    }

    fn value(&mut self, cell: &Cell, column: u32, shared: &mut Shared) {
        let value = cell.value.as_deref().unwrap_or("");
        match cell.kind {
            _ if !cell.inline.is_empty() => self.row.push(column, ValueKind::Text, &cell.inline, false),
            _ if value.trim().is_empty() && (cell.formula.is_some() || cell.value.is_none()) => {
                // A text that a formula left empty is a value; a number is none.
                if cell.kind != Kind::Number && cell.value.is_some() {
                    return;
                }
                if let Some(formula) = cell.formula.as_deref().filter(|f| !f.trim().is_empty()) {
                    self.told.unvalued += 1;
                    self.row.push(column, ValueKind::Text, &format!("={formula}"), false);
                }
            }
            Kind::Shared => self.shared(column, value.trim().parse().ok(), shared),
            Kind::Bool => {
                let text = match value.trim() {
                    "1" => "true",
                    "0" => "false",
                    other => other,
                };
                self.row.push(column, ValueKind::Bool, text, false);
            }
            Kind::Text if value.contains("_x") => {
                self.row.push(column, ValueKind::Text, &unescape(value), false);
            }
            Kind::Text => self.row.push(column, ValueKind::Text, value, false),
            Kind::Number => self.number(column, value, cell.style, shared),
        }
    }
}

/// The text of a page's margin without the marks for its parts and fonts (`&L`, `&"Arial,Bold"&12`).
pub(super) fn margin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('"') => while chars.next().is_some_and(|c| c != '"') {},
            Some('&') => out.push('&'),
            Some(c) if c.is_ascii_digit() => {
                while chars.peek().is_some_and(char::is_ascii_digit) {
                    chars.next();
                }
            }
            Some('L' | 'C' | 'R') if !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_without_their_marks() {
        assert_eq!(margin("&L&\"Arial,Bold\"&12Camille &C&P / &N&RR&&D"), "Camille   /  R&D");
    }
}
