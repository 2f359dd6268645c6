//! Reads the values of fields: kinds, days, amounts, and ranges of the last two.

use chrono::{Datelike, Months};
use records::{Day, Kind};

use crate::fold::fold_all;
use crate::query::{Amounts, Node};
use crate::segment::{DayNumber, NO_DAY};
use crate::trouble::{QueryTrouble, TroubleCode};

type At = (usize, usize);

/// `billing`, `facturation`, `billing,ticket`; a kind that is still being typed may be any that begins so.
pub(crate) fn kinds(value: &str, typing: bool, at: At) -> Result<Node, QueryTrouble> {
    let mut kinds = Vec::new();
    for word in fold_all(value).split(',').map(str::trim).filter(|w| !w.is_empty()) {
        let before = kinds.len();
        for kind in Kind::ALL {
            let known = kind_words(kind).iter().any(|w| *w == word || typing && w.starts_with(word));
            if known && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let repeated = Kind::ALL.iter().any(|k| kind_words(*k).contains(&word));
        if kinds.len() == before && !repeated {
            let all: Vec<&str> = Kind::ALL.iter().map(|k| k.word()).collect();
            return Err(QueryTrouble::new(
                TroubleCode::UnknownKind,
                at,
                format!("there is no kind “{word}”"),
            )
            .hint(format!("the kinds are {}", all.join(", "))));
        }
    }
    if kinds.is_empty() { Err(missing("kind", at)) } else { Ok(Node::Kinds(kinds)) }
}

/// The words for a kind, folded: its own first, then French and English ones.
fn kind_words(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Account => &["account", "accounts", "compte", "comptes", "profil", "profile"],
        Kind::Billing => &[
            "billing",
            "facturation",
            "facture",
            "factures",
            "invoice",
            "invoices",
            "paiement",
            "paiements",
            "payment",
            "payments",
        ],
        Kind::Ticket => &["ticket", "tickets", "support", "assistance"],
        Kind::Consent => &["consent", "consents", "consentement", "consentements"],
        Kind::Activity => {
            &["activity", "activite", "activites", "journal", "log", "logs", "connexion", "connexions"]
        }
        Kind::Message => {
            &["message", "messages", "mail", "mails", "courriel", "courriels", "email", "emails"]
        }
        Kind::Contact => &["contact", "contacts"],
        Kind::Event => &["event", "events", "evenement", "evenements", "agenda", "calendrier", "calendar"],
        Kind::Place => &["place", "places", "lieu", "lieux"],
        Kind::Document => &["document", "documents", "fichier", "fichiers"],
        Kind::Other => &["other", "autre", "autres"],
    }
}

/// `2021`, `2024-02`, `2024-01-15`, `15/01/2024`, `2021..2023`, `>2024-01-15`, `<=2020`.
pub(crate) fn days(value: &str, at: At) -> Result<Node, QueryTrouble> {
    let bad = |part: &str| {
        QueryTrouble::new(TroubleCode::BadDate, at, format!("“{part}” is no day, month or year"))
            .hint("write 2024, 2024-02, 2024-01-15, 15/01/2024, a range 2021..2023, or >2024-01-15")
    };
    let number = |day: Day| day.num_days_from_ce();
    let (from, to) = range(value, "date", at, |part| {
        let (first, last) = day_span(part).ok_or_else(|| bad(part))?;
        Ok((number(first), number(last)))
    })?;
    // The greatest number stands for records without a day, which no range holds.
    Ok(Node::Days(from.unwrap_or(DayNumber::MIN), to.unwrap_or(NO_DAY - 1)))
}

/// The first and the last day that a text means.
fn day_span(text: &str) -> Option<(Day, Day)> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    if parts.iter().any(|p| p.is_empty() || p.len() > 4 || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |i: usize| parts[i].parse::<u32>().ok();
    let year = |i: usize| (parts[i].len() == 4).then(|| parts[i].parse::<i32>().ok()).flatten();
    let month = |y: i32, m: u32| {
        let first = Day::from_ymd_opt(y, m, 1)?;
        Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
    };
    match parts.len() {
        1 => Some((Day::from_ymd_opt(year(0)?, 1, 1)?, Day::from_ymd_opt(year(0)?, 12, 31)?)),
        2 if parts[0].len() == 4 => month(year(0)?, number(1)?),
        2 => month(year(1)?, number(0)?),
        3 => {
            let day = match year(0) {
                Some(y) => Day::from_ymd_opt(y, number(1)?, number(2)?)?,
                None => Day::from_ymd_opt(year(2)?, number(1)?, number(0)?)?,
            };
            Some((day, day))
        }
        _ => None,
    }
}

/// `49,90`, `1.234,56 €`, `10..20`, `>100`, `<=-5`.
pub(crate) fn amounts(value: &str, at: At) -> Result<Node, QueryTrouble> {
    let bad = |part: &str| {
        QueryTrouble::new(TroubleCode::BadAmount, at, format!("“{part}” is no amount"))
            .hint("write 49.90 or 49,90, a range 10..20, or >100")
    };
    let (from, to) = range(value, "amount", at, |part| {
        let amount = amount(part).ok_or_else(|| bad(part))?;
        Ok((amount, amount))
    })?;
    let either_sign =
        from.is_some() && from == to && !value.contains(['+', '-', '−']) && !value.contains("..");
    Ok(Node::Amounts(Amounts { from: from.unwrap_or(i64::MIN), to: to.unwrap_or(i64::MAX), either_sign }))
}

/// An amount in 1/10,000, with a decimal point or comma, and thousands in groups.
fn amount(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['€', '$', '£']).trim_start_matches(['€', '$', '£']);
    let text = text.strip_suffix("EUR").or_else(|| text.strip_suffix("eur")).unwrap_or(text).trim();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let separators = |c: char| matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    // The last point or comma parts the decimals, unless it stands before three digits, which are thousands.
    let decimals = digits.rfind(['.', ',']).filter(|i| {
        let behind = digits.len() - i - 1;
        behind != 3 || digits[..*i].trim_start_matches('0').is_empty()
    });
    let (whole, fraction) = decimals.map_or((digits, ""), |i| (&digits[..i], &digits[i + 1..]));
    if fraction.len() > 4 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut units = 0i64;
    for c in whole.chars().filter(|c| !separators(*c)) {
        units = units.checked_mul(10)?.checked_add(i64::from(c.to_digit(10)?))?;
    }
    if !whole.contains(|c: char| c.is_ascii_digit()) && fraction.is_empty() {
        return None;
    }
    let parts = format!("{fraction:0<4}").parse::<i64>().ok()?;
    let amount = units.checked_mul(10_000)?.checked_add(parts)?;
    Some(if negative { -amount } else { amount })
}

/// Reads `A`, `A..B`, `A..`, `..B`, `>A`, `>=A`, `<A`, `<=A`; `span` gives the first and last of what a part means.
fn range<T: Copy + Ord + Step>(
    value: &str,
    name: &str,
    at: At,
    span: impl Fn(&str) -> Result<(T, T), QueryTrouble>,
) -> Result<(Option<T>, Option<T>), QueryTrouble> {
    let value = value.trim();
    if value.trim_matches(['<', '>', '=', '.', ' ']).is_empty() {
        return Err(missing(name, at));
    }
    let given = |part: &str| if part.is_empty() { Ok(None) } else { span(part).map(Some) };
    if let Some((a, b)) = value.split_once("..") {
        let (a, b) = (a.trim(), b.trim_matches(['.', ' ']));
        let (from, to) = (given(a)?.map(|s| s.0), given(b)?.map(|s| s.1));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(QueryTrouble::new(
                TroubleCode::EmptyRange,
                at,
                format!("the range from {a} to {b} ends before it begins"),
            )
            .hint(format!("write {b}..{a}")));
        }
        return Ok((from, to));
    }
    let after = |sign: &str| value.strip_prefix(sign).map(|rest| span(rest.trim()));
    if let Some(s) = after(">=").or_else(|| after("≥")) {
        Ok((Some(s?.0), None))
    } else if let Some(s) = after("<=").or_else(|| after("≤")) {
        Ok((None, Some(s?.1)))
    } else if let Some(s) = after(">") {
        Ok((Some(s?.1.next()), None))
    } else if let Some(s) = after("<") {
        Ok((None, Some(s?.0.previous())))
    } else {
        let s = span(value.trim_start_matches('='))?;
        Ok((Some(s.0), Some(s.1)))
    }
}

/// The neighbours of a number.
trait Step {
    fn next(self) -> Self;
    fn previous(self) -> Self;
}

impl Step for i64 {
    fn next(self) -> Self {
        self.saturating_add(1)
    }
    fn previous(self) -> Self {
        self.saturating_sub(1)
    }
}

impl Step for DayNumber {
    fn next(self) -> Self {
        self.saturating_add(1)
    }
    fn previous(self) -> Self {
        self.saturating_sub(1)
    }
}

fn missing(name: &str, at: At) -> QueryTrouble {
    QueryTrouble::new(TroubleCode::MissingValue, at, format!("{name}: has nothing behind it"))
}

/// A field that has nothing behind it.
pub(crate) fn missing_value(name: &str, at: At) -> QueryTrouble {
    missing(name, at)
}
