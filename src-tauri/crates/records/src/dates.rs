//! Dates as they are written: the raw text is kept elsewhere, here it is read, with its precision and its doubts.

use chrono::{DateTime, NaiveDate};

use crate::words::fold;

/// In which order day and month stand in dates such as `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// Nothing tells.
    #[default]
    Unknown,
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
    /// `241231`, as banks write it.
    Short,
}

/// A date as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    /// The day.
    pub(crate) day: NaiveDate,
    /// Time of day and zone as written behind the day, in ISO 8601: `10:22:33Z`.
    pub(crate) time: Option<String>,
    /// Whether day and month could be swapped.
    pub(crate) ambiguous: bool,
}

/// Since when a column of bare numbers counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Epoch {
    /// 1970, in seconds, or in thousandths or millionths of them, told by how many digits there are.
    #[default]
    Unix,
    /// 2001 in seconds, as Apple's databases count; a column says so by its name.
    Cocoa,
    /// 1601 in millionths of a second, as browsers count.
    WebKit,
}

impl Epoch {
    /// What the name of a column says, folded into words.
    pub(crate) fn told(name: &str, words: &[String]) -> Self {
        let says = |known: &[&str]| words.iter().any(|w| known.contains(&w.as_str()));
        // Core Data writes `ZMESSAGEDATE`, `ZCREATIONTIME`.
        let core_data = name.starts_with('Z')
            && !name.contains(|c: char| c.is_lowercase())
            && ["DATE", "TIME"].iter().any(|end| name.contains(end));
        if says(&["webkit", "chromium"]) {
            Self::WebKit
        } else if core_data || says(&["cocoa", "coredata", "nsdate"]) {
            Self::Cocoa
        } else {
            Self::Unix
        }
    }
}

/// Years that an export can speak of; other numbers are not taken for years.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads a date. `order` is what the column tells about day and month.
pub(crate) fn date(text: &str, order: Order) -> Option<Date> {
    let text = without_zone_name(text.trim());
    if order == Order::Short && text.len() == 6 {
        return compact(&format!("20{text}"));
    }
    if text.len() < 6 || text.len() > 64 {
        return None;
    }
    let apostrophe = || {
        // `12/31'24` is how QIF writes the years from 2000 on.
        let (day, year) = text.split_once('\'').filter(|_| text.len() < 16)?;
        slashed(&format!("{day}/{year}").replace(' ', ""), order)
    };
    iso(text)
        .or_else(|| slashed(text, order))
        .or_else(|| compact(text))
        .or_else(|| worded(text))
        .or_else(apostrophe)
}

/// `…Z[UTC]`, `…+01:00[Europe/Paris]`: Java names the zone behind its offset.
fn without_zone_name(text: &str) -> &str {
    match text.strip_suffix(']').and_then(|t| t.rsplit_once('[')) {
        Some((time, _)) => time.trim_end(),
        None => text,
    }
}

/// Seconds from 1601 and from 1970 to 2001.
const WEBKIT_SECONDS: i64 = 11_644_473_600;
const COCOA_SECONDS: i64 = 978_307_200;

/// Reads a bare number as a time, for fields that are known to hold a date.
pub(crate) fn epoch(text: &str, since: Epoch) -> Option<Date> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    // 1985 to 2100, so that counts and ids are not taken for times.
    let seconds =
        |n: i64| (473_385_600..4_102_444_800).contains(&n).then(|| DateTime::from_timestamp(n, 0)).flatten();
    let at = match (whole.len(), since) {
        (8..=10, Epoch::Cocoa) => seconds(number.checked_add(COCOA_SECONDS)?)?,
        (9 | 10, _) => seconds(number)?,
        (13, _) => DateTime::from_timestamp_millis(number)?,
        (16, _) => DateTime::from_timestamp_micros(number)?,
        // No other clock has seventeen digits in these years.
        (17, _) => seconds(number / 1_000_000 - WEBKIT_SECONDS)?,
        _ => return None,
    };
    let day = at.date_naive();
    YEARS.contains(&chrono::Datelike::year(&day)).then(|| Date {
        day,
        time: Some(at.format("%H:%M:%SZ").to_string()),
        ambiguous: false,
    })
}

/// What one cell tells about the order of day and month in its column.
pub(crate) fn order_told(text: &str) -> Order {
    let mut numbers = text.trim().split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let (Some(a), Some(b)) = (numbers.next(), numbers.next()) else { return Order::Unknown };
    if a.len() > 2 || b.len() > 2 {
        return Order::Unknown;
    }
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(13..=31), Ok(1..=12)) => Order::DayFirst,
        (Ok(1..=12), Ok(13..=31)) => Order::MonthFirst,
        _ => Order::Unknown,
    }
}

/// `2024-02-01`, `2024/2/1`, `2024-02-01T10:22:33.5+01:00`, `2024-02-01 10:22:33 UTC`, `2024-02`.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() < 7
        || !bytes[..4].iter().all(u8::is_ascii_digit)
        || !matches!(bytes[4], b'-' | b'/' | b'.')
    {
        return None;
    }
    let separator = char::from(bytes[4]);
    let year: i32 = text[..4].parse().ok()?;
    let (month, rest) = number(&text[5..])?;
    let rest = rest.strip_prefix(separator)?;
    let (day, rest) = number(rest)?;
    finish(year, month, day, rest, false)
}

/// `01/02/2024`, `1.2.24`, `01-02-2024 10:22`.
fn slashed(text: &str, order: Order) -> Option<Date> {
    let (first, rest) = number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let (second, rest) = number(&rest[1..])?;
    let rest = rest.strip_prefix(separator)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year: i32 = rest[..digits].parse().ok()?;
    let year = match digits {
        4 => year,
        // Two digits: the century that makes it lie in the past of most archives.
        2 => year + if year < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    let (day, month, ambiguous) = match (first, second, order) {
        (13..=31, 1..=12, _) => (first, second, false),
        (1..=12, 13..=31, _) => (second, first, false),
        (_, _, Order::MonthFirst) => (second, first, false),
        (_, _, Order::DayFirst) => (first, second, false),
        // Dots are not used for month-first dates anywhere; slashes and dashes are.
        (_, _, Order::Unknown | Order::Short) => (first, second, separator != '.' && first != second),
    };
    finish(year, month, day, &rest[digits..], ambiguous)
}

/// `20240201`, `20240201T102233Z`, `20240201102233`.
fn compact(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 8 && digits != 14 {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<u32>().ok();
    let year = i32::try_from(part(0, 4)?).ok()?;
    let clock = if digits == 14 { &text[8..14] } else { text[8..].strip_prefix('T').unwrap_or("") };
    let time = match clock.len() {
        0 if digits == text.len() => None,
        6.. if clock.as_bytes()[..6].iter().all(u8::is_ascii_digit) => {
            let zone = if text.ends_with('Z') { "Z" } else { "" };
            Some(format!("{}:{}:{}{zone}", &clock[..2], &clock[2..4], &clock[4..6]))
        }
        _ => return None,
    };
    let day = NaiveDate::from_ymd_opt(year, part(4, 6)?, part(6, 8)?)?;
    YEARS.contains(&year).then_some(Date { day, time, ambiguous: false })
}

/// `14 oct. 2023`, `1er février 2024 à 10:22`, `Oct 14, 2023`, `Thu, 14 Oct 2023 10:22:33 +0200`, `14. Oktober 2023`.
fn worded(text: &str) -> Option<Date> {
    if !text.bytes().any(|b| b.is_ascii_digit()) || !text.contains(char::is_alphabetic) {
        return None;
    }
    let folded = fold(text);
    let mut day = None;
    let mut month = None;
    let mut year: Option<i32> = None;
    let mut time = None;
    let mut zone = "";
    for word in folded.split([' ', ',', '\u{a0}', '\u{202f}', '-']).filter(|w| !w.is_empty()) {
        if word.contains(':') {
            time = clock(word);
            continue;
        }
        let bare = word.trim_end_matches('.');
        if let Some(m) = month_named(bare) {
            month = month.or(Some(m));
        } else if let Ok(n) = bare.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<u32>() {
            match n {
                1..=31 if day.is_none() => day = Some(n),
                1900..=2100 if year.is_none() => year = i32::try_from(n).ok(),
                _ => {}
            }
        } else if matches!(bare, "utc" | "gmt" | "z") {
            zone = "Z";
        } else if matches!(bare, "am" | "pm" | "a.m" | "p.m") {
            time = time.and_then(|t| clock(&format!("{t} {}m", &bare[..1])));
        }
    }
    if let Some(at) = text.find(" +").or_else(|| text.find(" -0")) {
        let offset = text[at + 1..].get(..5).filter(|o| o.as_bytes()[1..].iter().all(u8::is_ascii_digit));
        if let (Some(offset), Some(time)) = (offset, time.as_mut()) {
            time.push_str(&offset[..3]);
            time.push(':');
            time.push_str(&offset[3..]);
        }
    } else if let Some(time) = time.as_mut() {
        time.push_str(zone);
    }
    let day = NaiveDate::from_ymd_opt(year?, month?, day?)?;
    Some(Date { day, time, ambiguous: false })
}

fn finish(year: i32, month: u32, day: u32, rest: &str, ambiguous: bool) -> Option<Date> {
    let day = NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))?;
    let rest = rest.trim_start_matches(['T', 't', ' ', ',', '\u{a0}', '\u{202f}']);
    let rest = rest.strip_prefix("à ").or_else(|| rest.strip_prefix("at ")).unwrap_or(rest);
    if rest.is_empty() {
        return Some(Date { day, time: None, ambiguous });
    }
    // Something else behind the day means that this is not a date but begins like one.
    clock(rest).map(|time| Date { day, time: Some(time), ambiguous })
}

/// `10:22`, `10:22:33.123Z`, `10:22:33 +0200`, `10h22`, `3:05 PM`.
fn clock(text: &str) -> Option<String> {
    let (hour, rest) = number(text)?;
    let rest = rest.strip_prefix([':', 'h'])?;
    let (minute, rest) = number(rest)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest)?,
        None => (0, rest),
    };
    let seconds_given = text.matches(':').count() > 1;
    let fraction =
        rest.strip_prefix(['.', ',']).map_or(rest, |r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    let tail = fraction.trim_start();
    let lower = tail.to_ascii_lowercase();
    let (hour, tail) = match lower.get(..2) {
        Some("pm") if hour < 12 => (hour + 12, ""),
        Some("am") if hour == 12 => (0, ""),
        Some("am" | "pm") => (hour, ""),
        _ => (hour, tail),
    };
    if hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let zone = match tail {
        "Z" | "z" | "UTC" | "GMT" | "utc" | "gmt" => "Z".to_owned(),
        t if t.starts_with(['+', '-']) => {
            let digits: String = t[1..].chars().filter(char::is_ascii_digit).take(4).collect();
            match digits.len() {
                2 => format!("{}{digits}:00", &t[..1]),
                4 => format!("{}{}:{}", &t[..1], &digits[..2], &digits[2..]),
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    Some(if seconds_given {
        format!("{hour:02}:{minute:02}:{second:02}{zone}")
    } else {
        format!("{hour:02}:{minute:02}{zone}")
    })
}

/// One or two digits and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then(|| text[..digits].parse().ok().map(|n| (n, &text[digits..]))).flatten()
}

/// Names of months in the five languages, folded; a beginning of three letters is enough where it is unique.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "janvier", "janv", "jan", "januar", "janner", "enero", "ene", "gennaio", "gen", "januari",
        "janeiro",
    ],
    &["february", "fevrier", "fevr", "fev", "feb", "februar", "febrero", "febbraio", "februari", "fevereiro"],
    &["march", "mars", "mar", "marz", "maerz", "mrz", "marzo", "maart", "mrt", "marco"],
    &["april", "avril", "avr", "apr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maio"],
    &["june", "juin", "jun", "juni", "junio", "giugno", "giu", "junho"],
    &["july", "juillet", "juil", "jul", "juli", "julio", "luglio", "lug", "julho"],
    &["august", "aout", "aug", "agosto", "ago", "augustus"],
    &["september", "septembre", "sept", "sep", "septiembre", "settembre", "set", "setembro", "setiembre"],
    &["october", "octobre", "oct", "oktober", "okt", "octubre", "ottobre", "ott", "outubro", "out"],
    &["november", "novembre", "nov", "noviembre", "novembro"],
    &["december", "decembre", "dec", "dezember", "dez", "diciembre", "dic", "dicembre", "dezembro"],
];

pub(crate) fn month_named(word: &str) -> Option<u32> {
    MONTHS.iter().zip(1..).find_map(|(names, n)| names.contains(&word).then_some(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, order: Order, wanted: &str) {
        let got = date(text, order).map_or_else(
            || "none".to_owned(),
            |d| {
                let time = d.time.map(|t| format!("T{t}")).unwrap_or_default();
                format!("{}{time}{}", d.day, if d.ambiguous { " ambiguous" } else { "" })
            },
        );
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn dates_as_companies_write_them() {
        use Order::{DayFirst, MonthFirst, Unknown};
        for (text, order, wanted) in [
            ("2024-02-01", Unknown, "2024-02-01"),
            ("2024-02-01T10:22:33Z", Unknown, "2024-02-01T10:22:33Z"),
            ("2024-02-01 10:22:33.123 UTC", Unknown, "2024-02-01T10:22:33Z"),
            ("2024-02-01T10:22:33+01:00", Unknown, "2024-02-01T10:22:33+01:00"),
            ("2024/2/1", Unknown, "2024-02-01"),
            ("31/12/2024", Unknown, "2024-12-31"),
            ("12/31/2024", Unknown, "2024-12-31"),
            ("03/04/2024", Unknown, "2024-04-03 ambiguous"),
            ("03/03/2024", Unknown, "2024-03-03"),
            ("03/04/2024", DayFirst, "2024-04-03"),
            ("03/04/2024 09:05", MonthFirst, "2024-03-04T09:05"),
            ("03.04.2024", Unknown, "2024-04-03"),
            ("240203", Order::Short, "2024-02-03"),
            ("240203", Unknown, "none"),
            ("12/31'23", Unknown, "2023-12-31"),
            ("1/ 5'04", MonthFirst, "2004-01-05"),
            ("14 oct. 2023", Unknown, "2023-10-14"),
            ("1er février 2024 à 10:22", Unknown, "2024-02-01T10:22"),
            ("Oct 14, 2023", Unknown, "2023-10-14"),
            ("Thu, 14 Dec 2023 10:22:33 +0200", Unknown, "2023-12-14T10:22:33+02:00"),
            ("14. Oktober 2023", Unknown, "2023-10-14"),
            ("Jan 2, 2024, 3:04:05 PM UTC", Unknown, "2024-01-02T15:04:05Z"),
            ("Jan 2, 2024, 12:04:05\u{202f}AM UTC", Unknown, "2024-01-02T00:04:05Z"),
            ("May 2, 2024 at 9:05 p.m.", Unknown, "2024-05-02T21:05"),
            ("2 janv. 2024, 03:04", Unknown, "2024-01-02T03:04"),
            ("2. März 2024, 10:04 Uhr", Unknown, "2024-03-02T10:04"),
            ("2 de mayo de 2024", Unknown, "2024-05-02"),
            ("2 mei 2024 10:04", Unknown, "2024-05-02T10:04"),
            ("2 de outubro de 2024", Unknown, "2024-10-02"),
            ("Wed Oct 10 20:19:24 +0000 2018", Unknown, "2018-10-10T20:19:24+00:00"),
            ("Tue May 02 10:00:00 UTC 2023", Unknown, "2023-05-02T10:00:00Z"),
            ("5/2/23, 10:00 AM", MonthFirst, "2023-05-02T10:00"),
            ("2023-11-02T10:22:33Z[UTC]", Unknown, "2023-11-02T10:22:33Z"),
            ("2023-11-02T10:22:33+01:00[Europe/Paris]", Unknown, "2023-11-02T10:22:33+01:00"),
            ("2023-11-02T10:22:33,123Z", Unknown, "2023-11-02T10:22:33Z"),
            ("20240102T030405Z", Unknown, "2024-01-02T03:04:05Z"),
            ("20240102030405", Unknown, "2024-01-02T03:04:05"),
            ("[UTC]", Unknown, "none"),
            ("1706783000", Unknown, "none"),
            ("20240201T102233Z", Unknown, "2024-02-01T10:22:33Z"),
            ("20240201", Unknown, "2024-02-01"),
            ("2024-02-30", Unknown, "none"),
            ("31/13/2024", Unknown, "none"),
            ("118.80", Unknown, "none"),
            ("192.0.2.17", Unknown, "none"),
            ("F-2024-0207", Unknown, "none"),
            ("2024-02-01-b", Unknown, "none"),
            ("", Unknown, "none"),
        ] {
            check(text, order, wanted);
        }
    }

    #[test]
    fn bare_numbers_are_read_where_a_date_is_expected() {
        use Epoch::{Cocoa, Unix, WebKit};
        let day = |text: &str, since| epoch(text, since).map(|d| d.day.to_string()).unwrap_or_default();
        for (text, since, wanted) in [
            ("1706783000", Unix, "2024-02-01"),
            ("1706783000.123", Unix, "2024-02-01"),
            ("1706783000000", Unix, "2024-02-01"),
            ("1706783000000000", Unix, "2024-02-01"),
            ("13351256600000000", Unix, "2024-02-01"),
            ("13351256600000000", WebKit, "2024-02-01"),
            ("728475800", Cocoa, "2024-02-01"),
            ("728475800.5", Cocoa, "2024-02-01"),
            ("728475800", Unix, "1993-01-31"),
            ("40117", Unix, ""),
            ("-1706783000", Unix, ""),
            ("99999999999999999", Unix, ""),
        ] {
            assert_eq!(day(text, since), wanted, "{text}");
        }
    }

    #[test]
    fn a_column_says_by_its_name_since_when_it_counts() {
        for (name, wanted) in [
            ("ZMESSAGEDATE", Epoch::Cocoa),
            ("created_cocoa", Epoch::Cocoa),
            ("webkit_time", Epoch::WebKit),
            ("Zeit", Epoch::Unix),
            ("created_at", Epoch::Unix),
        ] {
            assert_eq!(Epoch::told(name, &crate::words::words(name)), wanted, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,70}") {
            let _ = date(&text, Order::Unknown);
            let _ = epoch(&text, Epoch::Cocoa);
            let _ = order_told(&text);
        }
    }
}
