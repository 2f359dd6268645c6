//! The status of a document or a payment, read from the words of five languages.

use crate::fold::{has_phrase, has_stem, has_word, words};

/// How a document or payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Paid, or made.
    Paid,
    /// Still to be paid, or awaited.
    Due,
    /// To be paid since a day gone by.
    Overdue,
    /// Cancelled.
    Cancelled,
    /// Paid back.
    Refunded,
    /// Tried in vain.
    Failed,
    /// Not issued.
    Draft,
    /// Not told, or in words not known.
    Unknown,
}

impl Status {
    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
            Self::Draft => "draft",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a status; words that are not known give [`Status::Unknown`] rather than a guess.
    pub fn read(raw: &str) -> Self {
        let words = words(raw);
        if has_stem(&words, GOODS) {
            // `awaiting stock` is about parcels, not about money.
            return Self::Unknown;
        }
        let negated = has_word(&words, NOT);
        let paid = names_paid(&words);
        if has_stem(&words, PARTLY) {
            // Something is still open; a part paid back tells nothing about the rest.
            return if has_stem(&words, REFUNDED) || !paid { Self::Unknown } else { Self::Due };
        }
        if negated {
            return if paid { Self::Due } else { Self::Unknown };
        }
        let told = [
            (has_stem(&words, CANCELLED), Self::Cancelled),
            (has_stem(&words, REFUNDED), Self::Refunded),
            (has_stem(&words, FAILED), Self::Failed),
            (has_stem(&words, DRAFT) || has_phrase(&words, "pro forma"), Self::Draft),
            (has_stem(&words, OVERDUE) || has_phrase(&words, "past due"), Self::Overdue),
            (has_stem(&words, DUE) || DUE_PHRASES.iter().any(|p| has_phrase(&words, p)), Self::Due),
            (paid, Self::Paid),
        ];
        told.into_iter().find_map(|(says, status)| says.then_some(status)).unwrap_or(Self::Unknown)
    }
}

/// Whether words, of a status or of a field's name, speak of having been paid.
pub(super) fn names_paid(words: &[String]) -> bool {
    has_word(words, PAID) || has_stem(words, PAID_STEMS)
}

const GOODS: &[&str] =
    &["stock", "livraison", "deliver", "ship", "expedi", "versand", "envio", "spedi", "liefer"];
const NOT: &[&str] = &["non", "not", "no", "pas", "nicht", "kein", "sin", "ne"];
const PARTLY: &[&str] = &["partiel", "partial", "partly", "teilweise", "teilbezahlt", "parcial", "parzial"];
const CANCELLED: &[&str] = &["annul", "cancel", "storn", "void", "anulad", "canceld", "annull"];
const REFUNDED: &[&str] = &[
    "rembours",
    "refund",
    "erstatt",
    "ruckerstatt",
    "zuruckerstatt",
    "reembols",
    "devuelt",
    "rimbors",
    "chargeback",
];
const FAILED: &[&str] = &[
    "echou",
    "echec",
    "fail",
    "declin",
    "refus",
    "reject",
    "rejet",
    "fehlgeschlag",
    "abgelehnt",
    "fallid",
    "rechaz",
    "fallit",
    "rifiut",
    "error",
    "erreur",
];
const DRAFT: &[&str] = &["brouillon", "draft", "entwurf", "borrador", "bozza", "proforma"];
const OVERDUE: &[&str] =
    &["retard", "overdue", "uberfallig", "vencid", "atrasad", "scadut", "echu", "relanc"];
const DUE: &[&str] = &[
    "impay",
    "unpaid",
    "unbezahlt",
    "insolut",
    "open",
    "offen",
    "ouvert",
    "pending",
    "pendient",
    "attente",
    "outstanding",
    "awaiting",
    "ausstehend",
    "attesa",
    "scheduled",
    "planifi",
    "prevu",
    "payable",
    "due",
    "fallig",
];
const DUE_PHRASES: &[&str] =
    &["a payer", "a regler", "da pagare", "por pagar", "to pay", "to be paid", "a venir", "zu zahlen"];
/// Whole words: `paye` must not take `payer` or `payeur` with it.
const PAID: &[&str] = &[
    "paye",
    "payee",
    "payes",
    "payees",
    "paid",
    "regle",
    "reglee",
    "regles",
    "reglees",
    "solde",
    "soldee",
    "bezahlt",
    "beglichen",
    "pagado",
    "pagada",
    "pagados",
    "pagadas",
    "pagato",
    "pagata",
    "pagati",
    "pagate",
    "cobrado",
    "cobrada",
    "saldato",
    "saldata",
    "completed",
    "complete",
    "settled",
    "captured",
    "effectue",
    "effectuee",
    "reussi",
    "reussie",
    "abgeschlossen",
    "completado",
    "completada",
    "completato",
    "completata",
    "erfolgreich",
];
const PAID_STEMS: &[&str] = &["acquitt", "encaiss", "success", "succeed", "verbucht"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_five_languages_have_one_status() {
        for (raw, wanted) in [
            ("réglée", Status::Paid),
            ("Payée", Status::Paid),
            ("PAID", Status::Paid),
            ("Acquittée le 12/03", Status::Paid),
            ("bezahlt", Status::Paid),
            ("pagado", Status::Paid),
            ("pagata", Status::Paid),
            ("succeeded", Status::Paid),
            ("payment_completed", Status::Paid),
            ("impayée", Status::Due),
            ("non réglée", Status::Due),
            ("not paid", Status::Due),
            ("nicht bezahlt", Status::Due),
            ("no pagada", Status::Due),
            ("à payer", Status::Due),
            ("da pagare", Status::Due),
            ("en attente", Status::Due),
            ("partiellement payée", Status::Due),
            ("partially_paid", Status::Due),
            ("en retard", Status::Overdue),
            ("past due", Status::Overdue),
            ("überfällig", Status::Overdue),
            ("scaduta", Status::Overdue),
            ("annulée", Status::Cancelled),
            ("canceled", Status::Cancelled),
            ("storniert", Status::Cancelled),
            ("anulada", Status::Cancelled),
            ("remboursée", Status::Refunded),
            ("zurückerstattet", Status::Refunded),
            ("échoué", Status::Failed),
            ("card declined", Status::Failed),
            ("brouillon", Status::Draft),
            ("Entwurf", Status::Draft),
            ("", Status::Unknown),
            ("1", Status::Unknown),
            ("payeur inconnu", Status::Unknown),
            ("non échue", Status::Unknown),
            ("partially refunded", Status::Unknown),
            ("expédiée", Status::Unknown),
            ("awaiting stock", Status::Unknown),
            ("en attente de livraison", Status::Unknown),
        ] {
            assert_eq!(Status::read(raw), wanted, "{raw}");
        }
    }
}
