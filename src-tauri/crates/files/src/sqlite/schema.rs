//! What a `CREATE TABLE` says: the columns in their order, and how they are stored.

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) without_rowid: bool,
}

/// A column.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) name: String,
    /// Whether it is another name of the row id: an `INTEGER PRIMARY KEY`.
    pub(super) is_rowid: bool,
    /// Its place in the primary key, from 1.
    key: Option<usize>,
    /// Whether it is computed when asked for, and not stored.
    computed: bool,
    /// The value of rows that are older than the column, where it is a plain one.
    pub(super) default: Option<String>,
}

/// The positions of the columns as they stand in a record. Tables without row ids put their key first.
pub(super) fn stored(columns: &[Column], key_first: bool) -> Vec<usize> {
    let all = (0..columns.len()).filter(|n| !columns[*n].computed);
    if !key_first {
        return all.collect();
    }
    let mut order: Vec<usize> = all.collect();
    order.sort_by_key(|n| (columns[*n].key.is_none(), columns[*n].key.unwrap_or(*n)));
    order
}

/// A word of SQL.
#[derive(Debug, Clone, PartialEq)]
enum Word {
    /// As written, with no quotes.
    Bare(String),
    /// In quotes of any sort, or a string.
    Quoted(String),
    Mark(char),
}

impl Word {
    fn is(&self, keyword: &str) -> bool {
        matches!(self, Self::Bare(word) if word.eq_ignore_ascii_case(keyword))
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Bare(text) | Self::Quoted(text) => Some(text),
            Self::Mark(_) => None,
        }
    }
}

/// Cuts SQL into words; comments are left out.
fn words(sql: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        match first {
            '"' | '`' | '\'' | '[' => {
                let close = if first == '[' { ']' } else { first };
                let mut text = String::new();
                let mut chars = after.char_indices();
                let mut end = after.len();
                while let Some((at, c)) = chars.next() {
                    if c != close {
                        text.push(c);
                    } else if after[at + 1..].starts_with(close) && close != ']' {
                        text.push(c);
                        chars.next();
                    } else {
                        end = at + 1;
                        break;
                    }
                }
                out.push(Word::Quoted(text));
                rest = &after[end..];
            }
            '-' if after.starts_with('-') => rest = after.find('\n').map_or("", |n| &after[n..]),
            '/' if after.starts_with('*') => rest = after.find("*/").map_or("", |n| &after[n + 2..]),
            c if c.is_alphanumeric() || matches!(c, '_' | '.' | '$') => {
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '$')))
                    .unwrap_or(rest.len());
                out.push(Word::Bare(rest[..end].to_owned()));
                rest = &rest[end..];
            }
            c => {
                if !c.is_whitespace() {
                    out.push(Word::Mark(c));
                }
                rest = after;
            }
        }
    }
    out
}

/// Reads a `CREATE TABLE`.
pub(super) fn table(sql: &str) -> Table {
    let words = words(sql);
    let Some(open) = words.iter().position(|w| *w == Word::Mark('(')) else { return Table::default() };
    let mut table = Table::default();
    let mut key: Vec<String> = Vec::new();
    let mut integers: Vec<bool> = Vec::new();
    let mut depth = 1_usize;
    let mut from = open + 1;
    for (n, word) in words.iter().enumerate().skip(open + 1) {
        match word {
            Word::Mark('(') => depth += 1,
            Word::Mark(')') => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && *word == Word::Mark(',') {
            part(&words[from..n], &mut table, &mut key, &mut integers);
            from = n + 1;
        }
        if depth == 0 {
            break;
        }
    }
    let options = words.get(from..).unwrap_or(&[]);
    table.without_rowid = options.windows(2).any(|w| w[0].is("WITHOUT") && w[1].is("ROWID"));
    for (n, name) in key.iter().enumerate() {
        if let Some(column) = table.columns.iter_mut().find(|c| c.name.eq_ignore_ascii_case(name)) {
            column.key.get_or_insert(n + 1);
        }
    }
    if let ([name], false) = (key.as_slice(), table.without_rowid)
        && let Some(n) = table.columns.iter().position(|c| c.name.eq_ignore_ascii_case(name))
    {
        table.columns[n].is_rowid = integers[n];
    }
    table
}

/// One part of the list: a column, or a rule for the whole table.
fn part(words: &[Word], table: &mut Table, key: &mut Vec<String>, integers: &mut Vec<bool>) {
    let Some(first) = words.first() else { return };
    let rule = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|k| first.is(k));
    if rule {
        if let Some(at) = words.windows(2).position(|w| w[0].is("PRIMARY") && w[1].is("KEY")) {
            let mut fresh = true;
            for word in &words[at + 2..] {
                match word {
                    Word::Mark(',' | '(') => fresh = true,
                    Word::Mark(')') => break,
                    word => {
                        if let (true, Some(name)) = (fresh, word.text()) {
                            key.push(name.to_owned());
                        }
                        fresh = false;
                    }
                }
            }
        }
        return;
    }
    let Some(name) = first.text() else { return };
    let rest = &words[1..];
    let has = |a: &str, b: &str| rest.windows(2).any(|w| w[0].is(a) && w[1].is(b));
    let computed = rest.windows(2).any(|w| w[0].is("AS") && w[1] == Word::Mark('('));
    if has("PRIMARY", "KEY") {
        key.push(name.to_owned());
    }
    let default = rest.windows(2).find(|w| w[0].is("DEFAULT")).and_then(|w| w[1].text());
    integers.push(rest.first().is_some_and(|w| w.is("INTEGER")));
    table.columns.push(Column {
        name: name.to_owned(),
        computed: computed && !rest.iter().any(|w| w.is("STORED")),
        default: default.filter(|d| !d.eq_ignore_ascii_case("NULL")).map(str::to_owned),
        ..Column::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(sql: &str, key_first: bool) -> String {
        let table = table(sql);
        let shown = |n: &usize| {
            let column = &table.columns[*n];
            let rowid = if column.is_rowid { "!" } else { "" };
            let default = column.default.as_deref().map(|d| format!("={d}")).unwrap_or_default();
            format!("{}{rowid}{default}", column.name)
        };
        stored(&table.columns, key_first).iter().map(shown).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn columns_are_told() {
        let check = |sql: &str, expected: &str| assert_eq!(columns(sql, false), expected, "{sql}");
        check("CREATE TABLE a(id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "id!|name");
        check("CREATE TABLE a(id INT PRIMARY KEY, b)", "id|b");
        check("create table [a b](\"x y\" text, 'z', `q``r` decimal(10,2) default 5)", "x y|z|q`r=5");
        check("CREATE TABLE a(id integer, b TEXT DEFAULT 'non', PRIMARY KEY(id))", "id!|b=non");
        check(
            "CREATE TABLE a(x, y, PRIMARY KEY(y, x), CHECK (x > 0), FOREIGN KEY(x) REFERENCES b(x))",
            "x|y",
        );
        check(
            "CREATE TABLE a(x -- the, first\n, y /* ) */ INT, z AS (x || y) VIRTUAL, s AS (x) STORED)",
            "x|y|s",
        );
        check("CREATE TABLE a", "");
        check("CREATE TABLE a(", "");
        check("", "");
    }

    #[test]
    fn a_table_without_row_ids_puts_its_key_first() {
        let sql = "CREATE TABLE a(x, y, z, PRIMARY KEY(z, y)) WITHOUT ROWID";
        assert_eq!(columns(sql, true), "z|y|x");
    }
}
