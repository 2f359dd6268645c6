//! Days and times of invented data, written in the ways that exports write them. No clock is ever asked.

/// A moment in seconds since 1970, without a zone of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

/// Seconds of a day.
pub const DAY: i64 = 86_400;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

impl Moment {
    /// Midnight of a day.
    pub fn day(year: i64, month: i64, day: i64) -> Self {
        // Days from civil, http://howardhinnant.github.io/date_algorithms.html
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Self((era * 146_097 + days - 719_468) * DAY)
    }

    /// Reads `2024-02-09T09:12` or `2024-02-09`.
    ///
    /// # Panics
    /// Where the text is not of that form: it stands in the source of this program.
    pub fn parse(text: &str) -> Self {
        let number = |from: usize, to: usize| -> i64 {
            text.get(from..to).and_then(|t| t.parse().ok()).unwrap_or_else(|| panic!("not a moment: {text}"))
        };
        let day = Self::day(number(0, 4), number(5, 7), number(8, 10));
        if text.len() >= 16 { day.plus(number(11, 13) * 3600 + number(14, 16) * 60) } else { day }
    }

    /// So many seconds later.
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }

    /// So many days later.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus(days * DAY)
    }

    /// Year, month and day.
    pub fn ymd(self) -> (i64, i64, i64) {
        let z = self.0.div_euclid(DAY) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
    }

    fn hms(self) -> (i64, i64, i64) {
        let s = self.0.rem_euclid(DAY);
        (s / 3600, s / 60 % 60, s % 60)
    }

    /// `2024-02-09`.
    pub fn iso_day(self) -> String {
        let (y, m, d) = self.ymd();
        format!("{y:04}-{m:02}-{d:02}")
    }

    /// `2024-02-09T09:12:00Z`.
    pub fn iso(self) -> String {
        let (h, m, s) = self.hms();
        format!("{}T{h:02}:{m:02}:{s:02}Z", self.iso_day())
    }

    /// `09/02/2024`.
    pub fn slashed(self) -> String {
        let (y, m, d) = self.ymd();
        format!("{d:02}/{m:02}/{y:04}")
    }

    /// `09/02/2024 09:12:00`.
    pub fn slashed_time(self) -> String {
        let (h, m, s) = self.hms();
        format!("{} {h:02}:{m:02}:{s:02}", self.slashed())
    }

    /// `Fri, 09 Feb 2024 09:12:00 +0100`, as a mail says it, in French time.
    pub fn mail(self) -> String {
        let (y, month, d) = self.ymd();
        let (h, m, s) = self.hms();
        // The days of the change are left aside: no invented mail is that exact.
        let zone = if (4..=10).contains(&month) { "+0200" } else { "+0100" };
        format!("{}, {d:02} {} {y} {h:02}:{m:02}:{s:02} {zone}", self.weekday(), Self::month_name(month))
    }

    /// `Fri Feb  9 09:12:00 2024`, as the separator of an mbox says it.
    pub fn mbox(self) -> String {
        let (y, month, d) = self.ymd();
        let (h, m, s) = self.hms();
        format!("{} {} {d:2} {h:02}:{m:02}:{s:02} {y}", self.weekday(), Self::month_name(month))
    }

    /// Whether people are at work: not on Saturday and Sunday.
    pub fn is_weekday(self) -> bool {
        !matches!(self.weekday(), "Sat" | "Sun")
    }

    fn weekday(self) -> &'static str {
        WEEKDAYS[usize::try_from(self.0.div_euclid(DAY).rem_euclid(7)).expect("a remainder of 7 is small")]
    }

    fn month_name(month: i64) -> &'static str {
        MONTHS[usize::try_from(month - 1).expect("months count from 1")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_every_way() {
        let m = Moment::parse("2024-02-09T09:12");
        assert_eq!(m.iso(), "2024-02-09T09:12:00Z");
        assert_eq!(m.slashed_time(), "09/02/2024 09:12:00");
        assert_eq!(m.mail(), "Fri, 09 Feb 2024 09:12:00 +0100");
        assert_eq!(m.mbox(), "Fri Feb  9 09:12:00 2024");
    }

    #[test]
    fn days_go_there_and_back() {
        let mut day = Moment::day(2019, 12, 30);
        for _ in 0..900 {
            let (y, m, d) = day.ymd();
            assert_eq!(Moment::day(y, m, d), day);
            day = day.plus_days(1);
        }
        assert_eq!(Moment::day(2024, 2, 28).plus_days(2).iso_day(), "2024-03-01");
    }
}
