//! Amounts as they are written: decimal, with the doubts about points and commas settled per column.

use rust_decimal::Decimal;

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Point {
    /// Nothing tells; a single separator with three digits behind it is taken for thousands.
    #[default]
    Unknown,
    /// `1,234.50`.
    Dot,
    /// `1.234,50`.
    Comma,
}

/// An amount as read, with the currency written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The amount.
    pub(crate) amount: Decimal,
    /// ISO 4217, from a symbol or a code beside the number.
    pub(crate) currency: Option<&'static str>,
}

/// Symbols and codes that stand beside amounts. `$` alone is not told: many dollars use it.
const CURRENCIES: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("EUR", "EUR"),
    ("£", "GBP"),
    ("GBP", "GBP"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("C$", "CAD"),
    ("AUD", "AUD"),
    ("JPY", "JPY"),
    ("¥", "JPY"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("zł", "PLN"),
    ("CZK", "CZK"),
    ("Kč", "CZK"),
    ("HUF", "HUF"),
    ("BRL", "BRL"),
    ("R$", "BRL"),
    ("INR", "INR"),
    ("₹", "INR"),
    ("MAD", "MAD"),
    ("XOF", "XOF"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("$", ""),
];

/// Whether a word is the sign, code or name of a currency that is known.
pub(crate) fn is_currency_sign(text: &str) -> bool {
    CURRENCIES.iter().any(|(sign, _)| sign.eq_ignore_ascii_case(text))
}

/// The code behind a currency's name, symbol or code; none for what is not known.
pub(crate) fn currency(text: &str) -> Option<String> {
    let text = text.trim();
    let known = CURRENCIES.iter().find(|(sign, code)| !code.is_empty() && sign.eq_ignore_ascii_case(text));
    match known {
        Some((_, code)) => Some((*code).to_owned()),
        None => (text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic()))
            .then(|| text.to_ascii_uppercase()),
    }
}

/// Reads an amount. `point` is what the column tells about its separators.
pub(crate) fn amount(text: &str, point: Point) -> Option<Written> {
    let mut rest = text.trim();
    if rest.is_empty() || rest.len() > 48 {
        return None;
    }
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        // Accountants write negative amounts in parentheses.
        negative = true;
        rest = inner.trim();
    }
    let mut currency = None;
    // Sign and currency may stand in any order, before or behind.
    for _ in 0..4 {
        let before = rest;
        for (sign, code) in CURRENCIES {
            let front = rest.get(..sign.len()).filter(|f| f.eq_ignore_ascii_case(sign));
            let back_at = rest.len().checked_sub(sign.len());
            let back = back_at.and_then(|at| rest.get(at..)).filter(|b| b.eq_ignore_ascii_case(sign));
            let stripped = match (front, back, back_at) {
                (Some(_), _, _) => &rest[sign.len()..],
                (None, Some(_), Some(at)) => &rest[..at],
                _ => continue,
            };
            if !code.is_empty() {
                currency = Some(*code);
            }
            rest = stripped.trim();
            break;
        }
        if let Some(r) = rest.strip_prefix(['-', '−', '–']).or_else(|| rest.strip_suffix(['-', '−'])) {
            negative = !negative;
            rest = r.trim();
        } else if let Some(r) = rest.strip_prefix('+') {
            rest = r.trim();
        }
        if rest == before {
            break;
        }
    }
    let plain = digits(rest, point)?;
    let mut amount = Decimal::from_str_exact(&plain).ok()?;
    if negative {
        amount.set_sign_negative(!amount.is_zero());
    }
    Some(Written { amount, currency })
}

/// What one cell tells about the separators of its column.
pub(crate) fn point_told(text: &str) -> Point {
    let (dot, comma) = (text.rfind('.'), text.rfind(','));
    let tail = |at: usize| text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    match (dot, comma) {
        (Some(d), Some(c)) => {
            if d > c {
                Point::Dot
            } else {
                Point::Comma
            }
        }
        (Some(d), None) if text.matches('.').count() == 1 && tail(d) != 3 => Point::Dot,
        (None, Some(c)) if text.matches(',').count() == 1 && tail(c) != 3 => Point::Comma,
        _ => Point::Unknown,
    }
}

/// The number in digits with a point, thousands taken out; none if anything else stands there.
fn digits(text: &str, point: Point) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let told = match (point_told(text), point) {
        (Point::Unknown, given) => given,
        (told, _) => told,
    };
    let decimal = match told {
        Point::Dot => Some('.'),
        Point::Comma => Some(','),
        Point::Unknown => None,
    };
    let last = decimal.and_then(|d| text.rfind(d));
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => out.push(c),
            _ if Some(at) == last => out.push('.'),
            // Thousands: space, no-break spaces, apostrophes, and the separator that is not the decimal one.
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '.' | ',' => {}
            _ => return None,
        }
    }
    out.bytes()
        .any(|b| b.is_ascii_digit())
        .then(|| if out.starts_with('.') { format!("0{out}") } else { out })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, point: Point, wanted: &str) {
        let got = amount(text, point).map_or_else(
            || "none".to_owned(),
            |w| format!("{}{}", w.amount, w.currency.map(|c| format!(" {c}")).unwrap_or_default()),
        );
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn amounts_as_companies_write_them() {
        use Point::{Comma, Dot, Unknown};
        for (text, point, wanted) in [
            ("118.80", Unknown, "118.80"),
            ("118,80", Unknown, "118.80"),
            ("1 234,56 €", Unknown, "1234.56 EUR"),
            ("1\u{202f}234,56\u{a0}€", Unknown, "1234.56 EUR"),
            ("1.234,56", Unknown, "1234.56"),
            ("1,234.56", Unknown, "1234.56"),
            ("€ -12.00", Unknown, "-12.00 EUR"),
            ("(12.00)", Unknown, "-12.00"),
            ("−59,40 €", Unknown, "-59.40 EUR"),
            ("12.00-", Unknown, "-12.00"),
            ("1,234", Unknown, "1234"),
            ("1,234", Comma, "1.234"),
            ("1.234", Dot, "1.234"),
            ("USD 5", Unknown, "5 USD"),
            ("$5", Unknown, "5"),
            ("12'345.60 CHF", Unknown, "12345.60 CHF"),
            ("12 rue", Unknown, "none"),
            ("F-12", Unknown, "none"),
            ("192.0.2.17", Unknown, "1920217"),
            ("", Unknown, "none"),
            ("€", Unknown, "none"),
        ] {
            check(text, point, wanted);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,50}") {
            let _ = amount(&text, Point::Unknown);
        }
    }
}
