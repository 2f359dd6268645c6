//! Numbers that count days or seconds, as dates.

/// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant's `civil_from_days`,
/// <http://howardhinnant.github.io/date_algorithms.html>).
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 1 March of the year 0, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// A number of seconds since the start of 1970 as a date and time of UTC.
pub(crate) fn utc(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let time = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
