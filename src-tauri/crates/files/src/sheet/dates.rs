//! Numbers that a workbook shows as dates: told by their formats, written as ISO text.

use std::fmt::Write as _;

use crate::calendar::civil;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// A number, an amount, a percentage: as it is.
    #[default]
    Plain,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of day.
    Time,
    /// Hours that may be more than a day has.
    Elapsed,
}

impl Form {
    /// What one of the formats does that every workbook has.
    pub(crate) fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Self::Time,
            22 => Self::DateTime,
            46 => Self::Elapsed,
            _ => Self::Plain,
        }
    }

    /// What a format does that is written out: `dd/mm/yyyy hh:mm`.
    pub(crate) fn of_code(code: &str) -> Self {
        let start = code.trim_start().get(..8).unwrap_or(code).to_ascii_lowercase();
        if start.starts_with("general") || start.starts_with("standard") {
            return Self::Plain;
        }
        let (mut date, mut time, mut minutes, mut digits) = (false, false, false, false);
        let mut chars = code.chars().peekable();
        let mut marker = String::new();
        while let Some(c) = chars.next() {
            match c {
                // What is quoted, escaped, padded or skipped is shown as it is.
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    let unit = inner.trim_matches(inner.chars().next().unwrap_or(' ')).is_empty();
                    if unit && inner.starts_with(['h', 'm', 's']) {
                        return Self::Elapsed;
                    }
                }
                // What follows is for negative numbers.
                ';' => break,
                'y' | 'Y' | 'd' | 'D' => date = true,
                'h' | 'H' | 's' | 'S' => time = true,
                'm' | 'M' => minutes = true,
                '#' | '?' => digits = true,
                '0' => digits |= !time,
                'A' | 'a' => {
                    marker.clear();
                    marker.extend(chars.clone().take(4));
                    if marker.to_ascii_lowercase().starts_with("m/pm") {
                        chars.nth(3);
                    } else if marker.to_ascii_lowercase().starts_with("/p") {
                        chars.nth(1);
                    }
                }
                _ => {}
            }
        }
        match (date || minutes && !time, time) {
            _ if digits => Self::Plain,
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) => Self::Plain,
        }
    }
}

/// The last day that a workbook knows: 9999-12-31.
const LAST: i64 = 2_958_465;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A number as its format shows it, in ISO form; none where it is no date.
pub(crate) fn shown(number: &str, form: Form, from_1904: bool) -> Option<String> {
    if form == Form::Plain {
        return None;
    }
    let serial: f64 = number.trim().parse().ok()?;
    if !(0.0..=2_958_466.0).contains(&serial) {
        return None;
    }
    let whole = serial.trunc();
    let milliseconds = as_integer(((serial - whole) * 86_400_000.0).round())?;
    let days = as_integer(whole)? + milliseconds / DAY;
    let milliseconds = milliseconds % DAY;
    let mut text = String::new();
    if form == Form::Elapsed {
        clock(&mut text, days * DAY + milliseconds);
        return Some(text);
    }
    if days > LAST {
        return None;
    }
    // Below one day there is only a time; as a date it would be the day before the first.
    if days == 0 && !from_1904 && (form != Form::Date || milliseconds > 0) || days == 0 && form == Form::Time
    {
        clock(&mut text, milliseconds);
        return Some(text);
    }
    let (year, month, day) = if from_1904 { civil(days - 24_107) } else { of_1900(days)? };
    let _ = write!(text, "{year:04}-{month:02}-{day:02}");
    if form != Form::Date || milliseconds > 0 {
        text.push('T');
        clock(&mut text, milliseconds);
    }
    Some(text)
}

/// Hours, minutes, seconds, and parts of a second where there are any.
fn clock(text: &mut String, milliseconds: i64) {
    let seconds = milliseconds / 1000;
    let _ = write!(text, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if milliseconds % 1000 != 0 {
        let _ = write!(text, ".{:03}", milliseconds % 1000);
    }
}

/// The day of a number in the calendar that starts with 1900 and holds 29 February of that year, which never was.
fn of_1900(days: i64) -> Option<(i64, i64, i64)> {
    Some(match days {
        0 => return None,
        1..=59 => civil(days - 25_568),
        60 => (1900, 2, 29),
        _ => civil(days - 25_569),
    })
}

/// A whole number that a float holds exactly.
fn as_integer(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let check = |code: &str, form: Form| assert_eq!(Form::of_code(code), form, "{code}");
        for code in ["General", "Standard", "0.00", "#,##0.00\\ \"€\"", "0%", "0.00E+00", "@", "[Red]-0.0"]
        {
            check(code, Form::Plain);
        }
        for code in ["[$USD] #,##0.00", "\"days\" 0", "# ?/?", "[<100]0;0.0", "_-* #,##0.00\\ _d_-", ""] {
            check(code, Form::Plain);
        }
        for code in ["dd/mm/yyyy", "yyyy-mm-dd;@", "[$-40C]d mmm yyyy", "mmm-yy", "mmmm", "d\\-m"] {
            check(code, Form::Date);
        }
        for code in ["dd/mm/yyyy hh:mm", "yyyy\\-mm\\-dd\\Thh:mm:ss.000", "m/d/yy h:mm AM/PM"] {
            check(code, Form::DateTime);
        }
        for code in ["hh:mm", "h:mm:ss AM/PM", "mm:ss.0"] {
            check(code, Form::Time);
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[HH]:MM"] {
            check(code, Form::Elapsed);
        }
    }

    #[test]
    fn numbers_become_days() {
        let check = |number: &str, form: Form, old: bool, wanted: &str| {
            assert_eq!(shown(number, form, old).unwrap_or_default(), wanted, "{number}");
        };
        check("1", Form::Date, false, "1900-01-01");
        check("59", Form::Date, false, "1900-02-28");
        check("60", Form::Date, false, "1900-02-29");
        check("61", Form::Date, false, "1900-03-01");
        check("45356", Form::Date, false, "2024-03-05");
        check("45356.604166666664", Form::Date, false, "2024-03-05T14:30:00");
        check("45356", Form::DateTime, false, "2024-03-05T00:00:00");
        check("45356.99999999999", Form::DateTime, false, "2024-03-06T00:00:00");
        check("45356.5000057870", Form::DateTime, false, "2024-03-05T12:00:00.500");
        check("0.604166666666667", Form::Time, false, "14:30:00");
        check("0", Form::Time, false, "00:00:00");
        check("1.5625", Form::Elapsed, false, "37:30:00");
        check("2958465", Form::Date, false, "9999-12-31");
        check("0", Form::Date, true, "1904-01-01");
        check("43894", Form::Date, true, "2024-03-05");
        for number in ["0", "-1", "2958466", "1e300", "NaN", "x", ""] {
            check(number, Form::Date, false, "");
        }
        check("45356", Form::Plain, false, "");
    }
}
