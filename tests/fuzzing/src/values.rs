//! Dates, amounts, addresses, consent strings: cells of a table, recognised by their column's name and by their form.

use crate::file;

/// Columns for which one or the other form is looked for.
const COLUMNS: &[&str] =
    &["created_at", "date", "total", "amount", "email", "ip", "iban", "phone", "consent_string", "x"];

/// Lines of any text, each as a value of every column.
pub(crate) fn any(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cell = |line: &str| format!("\"{}\"", line.replace('"', "\"\""));
    let mut table = COLUMNS.join(",");
    for line in text.lines().take(100) {
        table.push('\n');
        table.push_str(&vec![cell(line); COLUMNS.len()].join(","));
    }
    let (reading, all) = file::rows("values.csv", table.as_bytes());
    file::as_records("values.csv", &reading, &all);
    // A single number may be read by its name alone.
    let object: Vec<String> =
        COLUMNS.iter().zip(text.lines()).map(|(name, line)| format!("{name:?}: {line}")).collect();
    let object = format!("{{{}}}", object.join(","));
    let (reading, all) = file::rows("values.json", object.as_bytes());
    file::as_records("values.json", &reading, &all);
}
