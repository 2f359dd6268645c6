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

/// A float of a binary workbook in the fewest digits that say it.
pub(crate) fn float(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-7..1e21).contains(&size) { format!("{value}") } else { format!("{value:E}") }
}

/// A number in four bytes (`RK`): a whole number or the upper half of a float, perhaps a hundred times too large.
pub(crate) fn packed_number(bytes: [u8; 4]) -> f64 {
    let packed = u32::from_le_bytes(bytes);
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

/// What a cell shows whose formula failed.
pub(crate) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
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

    #[test]
    fn numbers_in_four_bytes() {
        let check =
            |packed: u32, wanted: &str| assert_eq!(float(packed_number(packed.to_le_bytes())), wanted);
        check((12 << 2) | 2, "12");
        check((123_456 << 2) | 3, "1234.56");
        check(0xFFFF_FFFE, "-1");
        check(0x3FF8_0000, "1.5");
    }
}
