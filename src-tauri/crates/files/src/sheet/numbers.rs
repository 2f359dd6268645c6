//! Numbers of cells as they were meant.

use crate::row::ValueKind;

/// Numbers are numbers; what a program wrote there that is none is text.
pub(crate) fn number_kind(text: &str) -> ValueKind {
    if text.trim().parse::<f64>().is_ok() { ValueKind::Number } else { ValueKind::Text }
}

/// A number as it was meant: floats are written with all 17 digits, of which the shortest that is the same float says
/// it all.
pub(crate) fn number(written: &str) -> String {
    let written = written.trim();
    let mantissa = written.split(['E', 'e']).next().unwrap_or("");
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let whole = !written.contains(['.', 'E', 'e']);
    let Some(float) = written.parse::<f64>().ok().filter(|f| digits > 15 && !whole && f.is_finite()) else {
        return written.to_owned();
    };
    let size = float.abs();
    if size == 0.0 || (1e-7..1e16).contains(&size) { format!("{float}") } else { format!("{float:E}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let check = |written: &str, wanted: &str| assert_eq!(number(written), wanted);
        check("120", "120");
        check("0.1", "0.1");
        check("1234.5599999999999", "1234.56");
        check("0.30000000000000004", "0.30000000000000004");
        check("5.0000000000000003E-2", "0.05");
        check("12345678901234567890", "12345678901234567890");
        check("1.23456789012346E+17", "1.23456789012346E+17");
        check("19.989999999999998", "19.99");
    }
}
