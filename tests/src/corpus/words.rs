//! Running text of invented words: few words very often, most of them rarely, as in real languages (Zipf's law).

use crate::rng::Rng;

/// How many words a language has here.
const SIZE: usize = 9_000;
/// A word's frequency falls with this power of its rank.
const STEEPNESS: f64 = 1.05;

const FR_SMALL: &str = "de la le et à les des en un une du que pour dans est vous je par au nous pas sur votre ne avec \
    plus ce il ou qui se mon cette mais si notre sont être tout mes vos on ces lui leur dont après avant encore aussi \
    très depuis peut faire c'est j'ai n'est d'un l'on qu'elle";
const FR_LARGE: &str = "facture compte paiement bonjour merci commande contrat client demande adresse montant \
    remboursement abonnement prélèvement dossier courriel réponse numéro date service livraison problème connexion \
    relance avoir devis mandat virement banque carte échéance retard conseiller téléphone colis atelier boutique \
    réglage profil consentement conservation effacement rectification accès donnée sécurité session navigateur \
    terminal signature pièce justificatif catalogue article stock tarif remise taxe module essai formation salon \
    réunion rendez-vous équipe mois année semaine matin soir lundi vendredi erreur panne version écran bouton page \
    lien formulaire fichier dossier export tableau ligne colonne total solde crédit débit chèque espèces quittance \
    reliure carnet papier encre colle toile cuir presse feuille marge titre couverture tranche gabarit modèle";
const FR_STEMS: &str = "rembours factur pay demand confirm envoy valid annul modifi signal consult install vérifi \
    command livr résili prélev autoris accept expliqu rappel report souhait remarqu cherch tent oubli échang propos \
    assur calcul compar continu déclar détaill enregistr évalu exig form génér indiqu inform limit mentionn notifi \
    organis particip précis prépar prolong protég rassur réclam réduir regroup renouvel répar réserv respect \
    sauvegard sollicit test transfér vers embarqu amarr navigu ancr hiss carén pontill cordel";
const FR_ENDS: [&str; 16] = [
    "er", "e", "es", "ons", "ez", "ent", "é", "ée", "és", "ait", "era", "erait", "ant", "ement", "eur",
    "ation",
];
const EN_SMALL: &str = "the to and of a in is you for that we on your it with this be have not are as our from by or \
    at will an can has was if please my but all any been do when which so no there would more out up after before \
    they their what how its also just now than then were had may here only some other into";
const EN_LARGE: &str = "invoice account payment hello thanks order contract customer request address amount refund \
    subscription debit file mail reply number date service delivery problem login reminder credit quote mandate \
    transfer bank card deadline delay adviser phone parcel workshop store setting profile consent retention erasure \
    rectification access data security session browser device signature document proof catalogue article stock price \
    discount tax module trial training fair meeting team month year week morning evening monday friday error outage \
    version screen button page link form folder export table row column total balance cheque cash receipt binding \
    notebook paper ink glue cloth leather press sheet margin title cover edge template model harbour anchor";
const EN_STEMS: &str = "refund invoic pay request confirm send validat cancel chang signal consult install check \
    order deliver terminat debit authoris accept explain remind report wish notic search attempt exchang propos \
    insur calculat compar continu declar detail record evaluat demand train generat indicat inform limit mention \
    notif organis join specif prepar extend protect reassur claim reduc group renew repair reserv respect sav \
    solicit test transfer pour board moor sail anchor hoist dock stitch";
const EN_ENDS: [&str; 11] = ["e", "es", "ed", "ing", "er", "ers", "ement", "able", "ation", "ive", "ively"];
/// The rest are names and marks, put together from these.
const SYLLABLES: &str = "ar bel cor dan er fal gor hel im jar kel lor mar nel or pel quin ral sel tor ul ver wen xal \
    yor zel bri cra dro fli gru pla sto tri vro chal drin fenn glim";

/// A language: its words by rank, and a table to draw them by their frequency in one step.
#[derive(Debug)]
pub struct Words {
    words: Vec<String>,
    capital: Vec<String>,
    /// For each place: below which part of 2³² the word of that place is drawn, and which one else (Walker's alias method).
    table: Vec<(u32, u32)>,
}

impl Words {
    /// French.
    pub fn french(rng: &mut Rng) -> Self {
        Self::new(rng, FR_SMALL, FR_LARGE, FR_STEMS, &FR_ENDS)
    }

    /// English.
    pub fn english(rng: &mut Rng) -> Self {
        Self::new(rng, EN_SMALL, EN_LARGE, EN_STEMS, &EN_ENDS)
    }

    fn new(rng: &mut Rng, small: &str, large: &str, stems: &str, ends: &[&str]) -> Self {
        let mut words: Vec<String> = Vec::with_capacity(SIZE);
        let mut seen = std::collections::HashSet::new();
        let mut add = |word: String| {
            if seen.insert(word.clone()) {
                words.push(word);
            }
        };
        // Running text has about two small words for a large one.
        let (mut small, mut large) = (small.split_whitespace(), large.split_whitespace());
        loop {
            let three = [small.next(), small.next(), large.next()];
            if three.iter().all(Option::is_none) {
                break;
            }
            three.into_iter().flatten().for_each(|w| add(w.to_owned()));
        }
        for end in ends {
            stems.split_whitespace().for_each(|stem| add(format!("{stem}{end}")));
        }
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        while words.len() < SIZE {
            let word: String = (0..rng.between(2, 4)).map(|_| rng.pick(&syllables)).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let capital = words.iter().map(|w| capitalised(w)).collect();
        let table = alias_table(words.len());
        Self { words, capital, table }
    }

    /// A word, the frequent ones more often.
    pub fn draw(&self, rng: &mut Rng) -> &str {
        &self.words[self.place(rng)]
    }

    fn place(&self, rng: &mut Rng) -> usize {
        let at = rng.index(self.table.len());
        let (below, other) = self.table[at];
        // The lower half of fresh bits: the upper half of the last ones chose the place.
        if (rng.bits() & 0xFFFF_FFFF) < u64::from(below) { at } else { other as usize }
    }

    /// Adds so many words, divided by blanks.
    pub fn some(&self, out: &mut String, rng: &mut Rng, count: u32) {
        for n in 0..count {
            if n > 0 {
                out.push(' ');
            }
            out.push_str(self.draw(rng));
        }
    }

    /// Adds a sentence; `aside` stands in it when given.
    pub fn sentence(&self, out: &mut String, rng: &mut Rng, aside: Option<&str>) {
        out.push_str(&self.capital[self.place(rng)]);
        for n in 0..rng.between(4, 19) {
            out.push(' ');
            out.push_str(self.draw(rng));
            if let (2, Some(aside)) = (n, aside) {
                out.push(' ');
                out.push_str(aside);
            }
        }
        out.push_str([".", ".", ".", " !", " ?"][rng.index(5)]);
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The alias table of `size` words whose frequency falls with their rank.
fn alias_table(size: usize) -> Vec<(u32, u32)> {
    // The ranks are far below the point where floating point becomes inexact.
    let weights: Vec<f64> = (0..size).map(|rank| (small(rank) + 2.7).powf(-STEEPNESS)).collect();
    let mean = weights.iter().sum::<f64>() / small(size);
    let mut parts: Vec<f64> = weights.iter().map(|w| w / mean).collect();
    let mut table: Vec<(u32, u32)> = (0..size).map(|n| (u32::MAX, number(n))).collect();
    let (mut low, mut high): (Vec<usize>, Vec<usize>) = (0..size).partition(|&n| parts[n] < 1.0);
    while let (Some(&short), Some(&long)) = (low.last(), high.last()) {
        low.pop();
        table[short] = (part_of_32_bits(parts[short]), number(long));
        parts[long] -= 1.0 - parts[short];
        if parts[long] < 1.0 {
            high.pop();
            low.push(long);
        }
    }
    table
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a language has fewer words than 2³²")
}

fn small(n: usize) -> f64 {
    f64::from(number(n))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part between 0 and 1 of 2³² fits"
)]
fn part_of_32_bits(part: f64) -> u32 {
    (part * f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_come_often_and_rare_ones_rarely() {
        let mut rng = Rng::new(1);
        let words = Words::french(&mut rng);
        assert_eq!(words.words.len(), SIZE);
        let drawn: Vec<&str> = (0..100_000).map(|_| words.draw(&mut rng)).collect();
        let count = |word: &str| drawn.iter().filter(|&&w| w == word).count();
        let (first, later, last) = (count("de"), count("facture"), count(&words.words[SIZE - 1]));
        assert!(first > later && later > 500 && last < 20, "{first} {later} {last}");
    }
}
