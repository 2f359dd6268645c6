//! The sheet that the company keeps on Camille, her own customers (C03), the history (C06) and the prospect file (C13).

use super::super::{Sample, out};
use super::EMAIL;
use crate::clock::Moment;
use crate::rng::Rng;

pub(super) fn write(s: &mut Sample) {
    let header = [
        "reference",
        "type",
        "nom",
        "prenom",
        "societe",
        "courriel",
        "telephone",
        "adresse",
        "code_postal",
        "ville",
        "pays",
        "cree_le",
        "modifie_le",
        "commentaire",
    ];
    let sheet = [
        [
            "40117",
            "société",
            "Atelier Aubépin",
            "",
            "Atelier Aubépin",
            EMAIL,
            "+33 1 99 00 41 17",
            "8 quai Valin",
            "17000",
            "La Rochelle",
            "FR",
            "11/03/2019",
            "01/07/2022",
            "Reliure et papeterie, une salariée",
        ],
        [
            "40117-1",
            "personne",
            "Aubepin",
            "Camille",
            "Atelier Aubépin",
            EMAIL,
            "+33 1 99 00 41 17",
            "8 quai Valin",
            "17000",
            "La Rochelle",
            "FR",
            "11/03/2019",
            "01/07/2022",
            "Gérante. Préfère l’écrit au téléphone.\nAime les nouveautés ; « testeuse » du module caillebotine",
        ],
    ];
    let rows: Vec<Vec<String>> = sheet.iter().map(|r| r.iter().map(|&c| c.to_owned()).collect()).collect();
    s.add(
        "crm/contact.csv",
        "csv",
        out::csv(';', &header, &rows).into_bytes(),
        (rows.len(), "account"),
        "the sheet that sales keeps: the workshop and the person",
    );
    s.needle(
        "caillebotine",
        "crm/contact.csv",
        "row=2,col=commentaire",
        "quoted CSV cell, second line of it",
    );
    s.needle("Aubepin", "crm/contact.csv", "row=2,col=nom", "a name without its accent");

    let rows = third_parties();
    let header = [
        "reference",
        "type",
        "nom",
        "prenom",
        "societe",
        "courriel",
        "telephone",
        "ville",
        "pays",
        "cree_le",
        "notes",
    ];
    // With a byte order mark, as a spreadsheet saves it.
    let table = format!("\u{FEFF}{}", out::csv(';', &header, &rows));
    s.add(
        "crm/third-party-contacts.csv",
        "csv",
        table.into_bytes(),
        (rows.len(), "contact"),
        "C03: Camille's own customers and prospects",
    );
    s.needle(
        "flanocheuse",
        "crm/third-party-contacts.csv",
        "row=17,col=notes",
        "CSV with a byte order mark and line breaks",
    );

    let rows = rows_of(HISTORY);
    s.add(
        "crm/relationship-history.csv",
        "csv",
        out::csv(';', &["date", "canal", "evenement", "interlocuteur", "resume"], &rows).into_bytes(),
        (rows.len(), "activity"),
        "C06: what happened between the two",
    );
    s.needle("grimbouline", "crm/relationship-history.csv", "row=7,col=resume", "CSV cell");

    let rows = rows_of(PROSPECTING);
    s.add(
        "crm/prospect-file.csv",
        "csv",
        out::csv(';', &["date", "source", "action", "resultat", "score"], &rows).into_bytes(),
        (rows.len(), "activity"),
        "C13: how the company prospected her",
    );
    s.story(
        "The prospecting file of 2018 and 2019 is still there; the term announced is three years.",
        &["crm/prospect-file.csv"],
    );
}

fn rows_of(text: &str) -> Vec<Vec<String>> {
    text.trim().lines().map(|l| l.split(" | ").map(str::to_owned).collect()).collect()
}

const HISTORY: &str = "
11/03/2019 | web | ouverture du compte | – | Souscription en ligne, outil Facturation
12/03/2019 | web | demande d’assistance | Solène | Logo au format TIFF
28/12/2019 | web | outil ajouté | – | Devis signés
06/02/2020 | téléphone | appel commercial | Hugo | Présentation du CRM, sans suite
01/01/2021 | web | outil ajouté | – | CRM
18/05/2021 | web | commande | Mathieu | Reprise de données, forfait
04/02/2022 | salon | rencontre | Hugo | Stand 12, dossier « grimbouline », café
01/07/2022 | courriel | changement d’adresse | Inès | 8 quai Valin, facturation et fiche mises à jour
11/10/2022 | courriel | témoignage | Léonie | Photo et texte validés par la cliente
14/10/2023 | visioconférence | formation | Mathieu | Interrompue après une heure
31/10/2023 | web | outil arrêté | – | Relances et Devis signés, repris dans la nouvelle formule
04/03/2024 | courriel | témoignage retiré | Léonie | À la demande de la cliente
30/11/2024 | web | outil arrêté | – | Connecteur boutique
18/03/2025 | courriel | retrait de consentement | Inès | Courriels commerciaux
05/10/2026 | web | demande d’accès | Inès | Transmise au délégué à la protection des données
";

const PROSPECTING: &str = "
06/11/2018 | salon des métiers d’art | carte de visite recueillie | contact créé | 10
13/11/2018 | courriel | envoi de la brochure | ouvert | 15
27/11/2018 | téléphone | appel | sans réponse | 15
04/12/2018 | téléphone | appel | à rappeler en janvier | 25
08/01/2019 | site | page des tarifs, trois visites | – | 45
11/01/2019 | site | essai gratuit | ouvert | 70
21/01/2019 | assistance | prolongation de l’essai | accordée | 75
14/02/2019 | assistance | question en anglais | répondue | 80
11/03/2019 | site | souscription | client | 100
";

const FIRST: [&str; 24] = [
    "Anaïs",
    "Baptiste",
    "Céleste",
    "Damien",
    "Élodie",
    "Fanny",
    "Gaël",
    "Hélène",
    "Ismaël",
    "Joséphine",
    "Katell",
    "Loïc",
    "Maëlle",
    "Noé",
    "Océane",
    "Pascal",
    "Quentin",
    "Rozenn",
    "Sylvain",
    "Théa",
    "Ulysse",
    "Violette",
    "Wilfried",
    "Yaëlle",
];
const LAST: [&str; 24] = [
    "Arzel",
    "Bouteloup",
    "Cadiou",
    "Delaunoy",
    "Esnault",
    "Frémaux",
    "Guillemin",
    "Hamelin",
    "Izarra",
    "Jouvenel",
    "Kerbrat",
    "Lestrange",
    "Montauban",
    "Noailly",
    "Orveau",
    "Plessis",
    "Quintrec",
    "Rivoallan",
    "Saintonge",
    "Tréhorel",
    "Urvoas",
    "Vauquelin",
    "Weyland",
    "Yvonnet",
];
const SHOPS: [(&str, &str, &str); 14] = [
    ("Librairie L’Encre Bleue", "encre-bleue", "La Rochelle"),
    ("Hôtel des Gabares", "gabares", "Rochefort"),
    ("Papeterie du Minage", "minage", "La Rochelle"),
    ("Galerie Sable & Sel", "sable-sel", "Saint-Martin-de-Ré"),
    ("Musée du Cordage", "cordage", "Rochefort"),
    ("Librairie La Marge", "la-marge", "Niort"),
    ("Éditions du Pertuis", "pertuis", "Royan"),
    ("Thé & Grimoire", "grimoire", "Saintes"),
    ("Domaine des Coureaux", "coureaux", "Cognac"),
    ("École Sainte-Aurore", "sainte-aurore", "Surgères"),
    ("The Ink Well", "ink-well", "Dublin"),
    ("Papierhaus Lindenhof", "lindenhof", "Freiburg"),
    ("Cabinet Fontreau", "fontreau", "Poitiers"),
    ("Compagnie du Phare", "phare", "Les Sables-d’Olonne"),
];
const NOTES: [&str; 8] = [
    "Commande deux fois par an",
    "Préfère le papier ivoire",
    "Facture à envoyer à la comptabilité",
    "Paie toujours à l’avance",
    "À relancer après la rentrée",
    "Rencontrée au marché de Noël",
    "Livraison le mardi matin",
    "",
];

fn third_parties() -> Vec<Vec<String>> {
    let mut rng = Rng::new(31);
    let mut day = Moment::day(2019, 3, 18);
    (1..=48)
        .map(|n| {
            let (first, last) = (FIRST[rng.index(24)], LAST[rng.index(24)]);
            let (shop, domain, town) = SHOPS[rng.index(14)];
            let private = rng.percent(30);
            day = day.plus_days(i64::from(rng.between(12, 98)));
            let mail = format!(
                "{}.{}@{}.example",
                plain(first),
                plain(last),
                if private { "courriel" } else { domain }
            );
            let country = match town {
                "Dublin" => "IE",
                "Freiburg" => "DE",
                _ => "FR",
            };
            let mut notes = NOTES[rng.index(8)].to_owned();
            if n == 17 {
                notes = "Registre des mariages, 3 volumes ;\ntoile « flanocheuse »,\ntranchefile rouge"
                    .to_owned();
            }
            vec![
                format!("T-{:04}", 100 + n * 3),
                if rng.percent(70) { "client" } else { "prospect" }.to_owned(),
                last.to_owned(),
                first.to_owned(),
                if private { "" } else { shop }.to_owned(),
                mail,
                format!("06 39 98 {:02} {:02}", rng.below(100), rng.below(100)),
                town.to_owned(),
                country.to_owned(),
                day.slashed(),
                notes,
            ]
        })
        .collect()
}

/// A name as mail addresses have it.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'ï' => 'i',
            'ç' => 'c',
            other => other,
        })
        .collect()
}
