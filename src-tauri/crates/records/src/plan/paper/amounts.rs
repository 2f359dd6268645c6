//! Amounts under a name, as the totals of a bill are written: `Total TTC : 50,64 €`, `VAT (20%) £7.00`.

use super::lines::{Line, said};
use crate::money::{self, Point};
use crate::record::Role;

/// An amount with its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total<'a> {
    pub(super) role: Role,
    /// How sure its name says that it is the amount of the whole; the highest holds.
    pub(super) rank: u8,
    pub(super) label: &'a str,
    pub(super) raw: &'a str,
    /// The line that the amount stands in.
    pub(super) line: usize,
}

/// A name of an amount has no more words.
const LABEL_WORDS: usize = 9;

/// Lines of names that stand above as many lines of amounts, as tables are read that were written column by column.
const COLUMN_MAX: usize = 12;

/// All amounts with a name that says what they are.
pub(super) fn totals<'a>(lines: &[Line<'a>]) -> Vec<Total<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let text = lines[at].text;
        if let Some((label, raw)) = labelled(text) {
            if let Some((role, rank)) = told(label) {
                out.push(Total { role, rank, label, raw, line: at });
            }
            at += 1;
            continue;
        }
        let names = lines[at..].iter().take(COLUMN_MAX).take_while(|l| told(l.text).is_some()).count();
        let amounts = lines[at + names..].iter().take(names).take_while(|l| is_amount(l.text)).count();
        if names > 0 && amounts == names {
            for n in 0..names {
                let (label, raw) = (lines[at + n].text, lines[at + names + n].text);
                if let Some((role, rank)) = told(label) {
                    out.push(Total { role, rank, label, raw, line: at + names + n });
                }
            }
            at += names;
        }
        at += names.max(1);
    }
    out
}

/// How many lines end in an amount.
pub(super) fn ending_in_amounts(lines: &[Line<'_>]) -> usize {
    lines.iter().filter(|l| is_amount(l.text) || labelled(l.text).is_some()).count()
}

/// The name and the amount of a line that ends in one.
fn labelled(text: &str) -> Option<(&str, &str)> {
    let start = amount_start(text)?;
    let label = text[..start]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '=' | '…' | '_'));
    let has_letters = label.chars().any(char::is_alphabetic);
    (has_letters && label.split_whitespace().count() <= LABEL_WORDS).then(|| (label, text[start..].trim()))
}

/// Whether a text is one amount of money.
pub(super) fn is_amount(text: &str) -> bool {
    text.len() < 32 && amount_start(text) == Some(0)
}

/// Where the amount begins that a line ends in. Money has two decimals or a currency beside it.
fn amount_start(text: &str) -> Option<usize> {
    let mut start = text.len();
    let (mut number, mut currency) = (false, false);
    let mut wants_thousands = false;
    loop {
        let rest = text[..start].trim_end();
        let from = rest
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        let token = &rest[from..];
        if token.is_empty() {
            break;
        }
        let digits = token.bytes().any(|b| b.is_ascii_digit());
        if !digits && matches!(token, "-" | "−" | "–" | "+") && number {
            start = from;
            continue;
        }
        if !digits && money::is_currency_sign(token) {
            // One sign on either side.
            if currency {
                break;
            }
            currency = true;
            start = from;
            if number {
                break;
            }
            continue;
        }
        if number {
            // `1 204,33`: the thousands stand before a group of three digits.
            let group = (1..=3).contains(&token.trim_start_matches(['-', '−', '+']).len())
                && token.trim_start_matches(['-', '−', '+']).bytes().all(|b| b.is_ascii_digit());
            if wants_thousands && group {
                start = from;
                wants_thousands = token.len() == 3;
                continue;
            }
            break;
        }
        if !digits || money::amount(token, Point::Unknown).is_none() || token.ends_with('%') {
            break;
        }
        number = true;
        currency |=
            money::amount(token, Point::Unknown).is_some_and(|w| w.currency.is_some()) || token.contains('$');
        start = from;
        wants_thousands = token.bytes().take_while(u8::is_ascii_digit).count() == 3;
    }
    let raw = text.get(start..)?.trim();
    let cents = raw.trim_end_matches(|c: char| !c.is_ascii_digit());
    let cents = cents.len() >= 4 && {
        let tail = cents.as_bytes();
        matches!(tail[tail.len() - 3], b'.' | b',') && tail[tail.len() - 2].is_ascii_digit()
    };
    (number && (cents || currency)).then_some(start)
}

/// What the name of an amount says that it is.
fn told(label: &str) -> Option<(Role, u8)> {
    if label.len() > 80 {
        return None;
    }
    let all = said(label);
    let said: Vec<&str> =
        all.iter().map(String::as_str).filter(|w| w.chars().any(char::is_alphabetic)).collect();
    if said.is_empty() || said.len() > LABEL_WORDS {
        return None;
    }
    let any = |known: &[&str]| said.iter().any(|w| known.contains(w));
    let (tax, with, without) = (any(TAX), any(WITH), any(WITHOUT));
    let total = any(TOTAL) || said.iter().any(|w| w.starts_with("gesamt") && w.len() < 14);
    let due = any(DUE)
        || [
            ["to", "pay"],
            ["a", "payer"],
            ["a", "pagar"],
            ["te", "betalen"],
            ["zu", "zahlen"],
            ["da", "pagare"],
            ["a", "prelever"],
        ]
        .iter()
        .any(|pair| said.windows(2).any(|two| two == pair));
    let pay = any(PAY);
    Some(match () {
        () if with && !any(OF_IT) && (total || !tax || any(AMOUNT)) => (Role::Gross, 5),
        () if any(SUB) || (any(NET) && !due && !pay && !tax) => (Role::Net, 2),
        () if without && (total || any(AMOUNT) || tax) => (Role::Net, 2),
        () if tax && !(total && (due || said.len() > 4)) => (Role::Tax, if total { 3 } else { 2 }),
        () if due && total => (Role::Gross, 4),
        () if any(GRAND) || (total && any(OF_BILL)) => (Role::Gross, 5),
        () if total && !any(PART) => (Role::Gross, 3),
        () if due || (pay && any(NET)) => (Role::Gross, 2),
        () if any(AMOUNT) => (Role::Amount, 1),
        () => return None,
    })
}

const TAX: &[&str] = &[
    "tva",
    "vat",
    "iva",
    "mwst",
    "ust",
    "umsatzsteuer",
    "mehrwertsteuer",
    "btw",
    "tax",
    "taxe",
    "taxes",
    "gst",
    "hst",
    "steuer",
    "imposta",
    "impuesto",
    "impuestos",
];
/// Words that say that the tax is in it, or is not.
const WITH: &[&str] = &[
    "ttc",
    "incl",
    "inkl",
    "inclus",
    "incluse",
    "including",
    "inclusive",
    "brutto",
    "bruttobetrag",
    "gross",
    "lordo",
    "inclusief",
    "included",
    "incluido",
    "compresa",
    "inclusa",
];
const WITHOUT: &[&str] = &[
    "ht",
    "excl",
    "exkl",
    "exclusief",
    "ex",
    "excluding",
    "hors",
    "before",
    "ohne",
    "without",
    "sin",
    "sem",
    "esclusa",
    "exc",
];
const OF_IT: &[&str] = &[
    "dont",
    "darin",
    "davon",
    "waarvan",
    "which",
    "enthalten",
    "enthaltene",
    "included",
    "incluido",
    "incluse",
];
const NET: &[&str] =
    &["net", "netto", "nettobetrag", "nettosumme", "imponible", "imponibile", "liquido", "neto", "nettowert"];
const SUB: &[&str] = &["subtotal", "subtotale", "subtotaal", "sub", "sous", "zwischensumme", "goods"];
const TOTAL: &[&str] =
    &["total", "totale", "totaal", "totaalbedrag", "summe", "endbetrag", "endsumme", "somme", "totaux"];
const GRAND: &[&str] = &[
    "grand",
    "rechnungsbetrag",
    "rechnungssumme",
    "endbetrag",
    "endsumme",
    "totaalbedrag",
    "gesamtbetrag",
    "gesamtsumme",
    "factuurbedrag",
    "zahlbetrag",
];
const OF_BILL: &[&str] = &[
    "factura",
    "fattura",
    "facture",
    "invoice",
    "fatura",
    "factuur",
    "order",
    "commande",
    "pedido",
    "ordine",
    "general",
    "bill",
    "credit",
    "complessivo",
    "documento",
];
const DUE: &[&str] = &[
    "due",
    "owed",
    "payable",
    "overdue",
    "outstanding",
    "du",
    "dovuto",
    "pendiente",
    "offener",
    "openstaand",
    "nachzahlung",
    "exigible",
];
const PAY: &[&str] = &[
    "pay",
    "paid",
    "paye",
    "payer",
    "payee",
    "regle",
    "percibir",
    "busta",
    "auszahlungsbetrag",
    "auszahlung",
    "uitbetaald",
    "uitbetaling",
    "receber",
    "refunded",
    "pagato",
    "pagado",
    "betaald",
    "bezahlt",
];
const AMOUNT: &[&str] = &[
    "amount",
    "montant",
    "importe",
    "importo",
    "betrag",
    "bedrag",
    "valor",
    "quantia",
    "prix",
    "price",
    "auszahlungsbetrag",
    "prezzo",
    "preis",
];
/// Totals of a part.
const PART: &[&str] = &[
    "devengado",
    "deducir",
    "cotisations",
    "competenze",
    "trattenute",
    "deductions",
    "brut",
    "hours",
    "heures",
    "items",
    "articles",
    "descuentos",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(Role, &str)>) {
        let got = labelled(text).and_then(|(label, raw)| told(label).map(|(role, _)| (role, raw)));
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn totals_are_told_by_their_names() {
        check("Total TTC : 180,00 €", Some((Role::Gross, "180,00 €")));
        check("TVA 20 % : 30,00 €", Some((Role::Tax, "30,00 €")));
        check("Total HT : -49,50 €", Some((Role::Net, "-49,50 €")));
        check("VAT (20%) £7.00", Some((Role::Tax, "£7.00")));
        check("Total ex. tax 400.00 USD", Some((Role::Net, "400.00 USD")));
        check("Totaal incl. btw € 15,85", Some((Role::Gross, "€ 15,85")));
        check("Subtotaal excl. btw\t€ 57,85", Some((Role::Net, "€ 57,85")));
        check("Gesamtbetrag: 1 081,20 €", Some((Role::Gross, "1 081,20 €")));
        check("Net à payer ...... 10,00 €", Some((Role::Gross, "10,00 €")));
        check("dont TVA 5,5% 0,49", Some((Role::Tax, "0,49")));
        check("zzgl. 7 % MwSt.: 5,31 €", Some((Role::Tax, "5,31 €")));
        check("VAT included 5.99", Some((Role::Tax, "5.99")));
        check("Total cream 12.5", None);
        check("Chambre 204", None);
        check("La réunion aura lieu à 12.30", None);
        check("TVA 20 %", None);
    }
}
