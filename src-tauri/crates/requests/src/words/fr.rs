//! French. The narrow fixed space before `; : ! ?` and inside guillemets stands as `{N}`.

use chrono::Datelike;

use records::{Day, Field, Kind, Record, Role, What};

use super::{Claim, Words, capital, list, small, title};
use crate::controller::{Document, Retention};
use crate::draft::Right;

pub(super) struct French;

const N: char = '\u{202f}';

impl Words for French {
    fn tag(&self) -> (&'static str, &'static str) {
        ("fr", "FR")
    }

    fn date(&self, day: Day) -> String {
        const MONTHS: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
        format!("{number} {} {}", MONTHS[day.month0() as usize], day.year())
    }

    fn place_and_date(&self, place: &str, day: Day) -> String {
        match place {
            "" => format!("Le {}", self.date(day)),
            place => format!("{place}, le {}", self.date(day)),
        }
    }

    fn date_first(&self) -> bool {
        false
    }

    fn to_officer(&self) -> &'static str {
        "À l’attention du délégué à la protection des données"
    }

    fn subject(&self, right: Right, reference: &str) -> String {
        let subject = match right {
            Right::Rectification => "demande de rectification de données (article 16 du RGPD)",
            Right::Erasure => "demande d’effacement de données (article 17 du RGPD)",
        };
        match reference {
            "" => capital(subject),
            reference => format!("{} – réf. {reference}", capital(subject)),
        }
    }

    fn subject_line(&self, subject: &str) -> String {
        format!("Objet{N}: {}", small(subject))
    }

    fn salutation(&self) -> &'static str {
        "Madame la Déléguée, Monsieur le Délégué à la protection des données,"
    }

    fn opening(&self, export: &str, received: Option<Day>) -> String {
        let named = if export.is_empty() { String::new() } else { format!(" (export «{N}{export}{N}»)") };
        match received {
            Some(day) => format!(
                "J’ai reçu, le {}, une copie des données à caractère personnel me concernant que vous traitez{named}, et \
                 j’en ai pris connaissance.",
                self.date(day)
            ),
            None => format!(
                "J’ai pris connaissance de la copie des données à caractère personnel me concernant que vous traitez, \
                 telle que vous me l’avez remise{named}."
            ),
        }
    }

    fn justification(&self, right: Right) -> &'static str {
        match right {
            Right::Rectification => {
                "L’article 16 du RGPD ne subordonne la rectification à aucune justification autre que l’inexactitude \
                 ou le caractère incomplet des données. À titre d’information, je précise toutefois ce qui suit."
            }
            Right::Erasure => {
                "L’article 17 du RGPD n’exige aucune justification au-delà des motifs indiqués ci-dessus. À titre \
                 d’information, je précise toutefois ce qui suit."
            }
        }
    }

    fn identity(&self, number: &str, email: &str, id_copy: bool, company_asks_id: bool) -> String {
        let mut text = match (number, email) {
            ("", "") => String::new(),
            (number, "") => format!(
                "Pour m’identifier, je vous indique mon numéro de client ou identifiant{N}: {number}. "
            ),
            ("", email) => format!(
                "Pour m’identifier, je vous indique l’adresse électronique de mon compte{N}: {email}. "
            ),
            (number, email) => format!(
                "Pour m’identifier, je vous indique mon numéro de client ou identifiant, {number}, et l’adresse \
                 électronique de mon compte, {email}. "
            ),
        };
        if !id_copy && company_asks_id {
            text.push_str(&format!(
                "Je ne joins pas de copie de pièce d’identité{N}: l’article 12, paragraphe 6, du RGPD ne permet de \
                 demander des informations supplémentaires qu’en cas de doutes raisonnables quant à l’identité du \
                 demandeur. Si vous aviez de tels doutes, je vous prie de m’indiquer sans attendre quelles informations \
                 vous seraient nécessaires pour les lever."
            ));
            return text;
        }
        if id_copy {
            text.push_str(
                "Je joins une copie d’un titre d’identité, à la seule fin de cette vérification, et vous demande de la \
                 supprimer une fois celle-ci faite. ",
            );
        }
        text.push_str(
            "Si vous aviez des doutes raisonnables quant à mon identité, je vous prie de m’indiquer sans attendre \
             quelles informations supplémentaires vous seraient nécessaires (article 12, paragraphe 6, du RGPD).",
        );
        text
    }

    fn deadline(&self, email: Option<&str>) -> String {
        let mut text = "Conformément à l’article 12, paragraphe 3, du RGPD, je vous remercie de m’informer des mesures \
                        prises dans les meilleurs délais et, en tout état de cause, dans un délai d’un mois à compter \
                        de la réception de la présente demande. Au besoin, ce délai peut être prolongé de deux mois, \
                        compte tenu de la complexité et du nombre de demandes, à condition que vous m’informiez de \
                        cette prolongation et de ses motifs dans ce même délai d’un mois. Aucun paiement ne peut, en \
                        principe, être exigé pour ces mesures (article 12, paragraphe 5)."
            .to_owned();
        if let Some(email) = email {
            text.push_str(&format!(
                " Je souhaite recevoir votre réponse par voie électronique, à l’adresse {email}."
            ));
        }
        text
    }

    fn refusal(&self, authority: Option<&str>) -> String {
        let authority = authority.map(|name| format!("{N}; en France, la {name}")).unwrap_or_default();
        format!(
            "Si vous n’entendez pas donner suite à tout ou partie de cette demande, l’article 12, paragraphe 4, du RGPD \
             prévoit que vous m’en communiquiez les motifs sans tarder, et au plus tard un mois après sa réception, en \
             m’informant de la possibilité d’introduire une réclamation auprès d’une autorité de contrôle (article \
             77{authority}) et de former un recours juridictionnel (article 79)."
        )
    }

    fn closing(&self) -> String {
        "Je vous prie d’agréer, Madame la Déléguée, Monsieur le Délégué, l’expression de mes salutations distinguées."
            .to_owned()
    }

    fn enclosures(&self, annex: bool, id_copy: bool) -> String {
        match (annex, id_copy) {
            (true, true) => {
                format!("Pièces jointes{N}: annexe (éléments cités)\u{202f}; copie d’un titre d’identité.")
            }
            (true, false) => format!("Pièce jointe{N}: annexe (éléments cités)."),
            (false, true) => format!("Pièce jointe{N}: copie d’un titre d’identité."),
            (false, false) => String::new(),
        }
    }

    fn rectify(&self, wrong: usize, incomplete: usize) -> String {
        let right = "Sur le fondement de l’article 16 du règlement (UE) 2016/679 (RGPD), je vous demande de";
        let table = "dans les meilleurs délais, comme l’indique le tableau suivant.";
        match (wrong, incomplete) {
            (1, 0) => format!("Une donnée y est inexacte. {right} la rectifier {table}"),
            (_, 0) => format!("Certaines données y sont inexactes. {right} les rectifier {table}"),
            (0, 1) => format!("Une donnée y est incomplète. {right} la compléter {table}"),
            (0, _) => format!("Certaines données y sont incomplètes. {right} les compléter {table}"),
            (wrong, incomplete) => {
                let (inaccurate, former) = match wrong {
                    1 => ("Une donnée y est inexacte", "la première"),
                    _ => ("Certaines données y sont inexactes", "les premières"),
                };
                let (others, latter) = match incomplete {
                    1 => ("une autre est incomplète", "la seconde"),
                    _ => ("d’autres sont incomplètes", "les secondes"),
                };
                format!("{inaccurate}, {others}. {right} rectifier {former} et de compléter {latter} {table}")
            }
        }
    }

    fn rectification_header(&self, proofs: bool) -> Vec<String> {
        let mut header = vec!["Donnée et emplacement", "Valeur inscrite", "Valeur exacte"];
        if proofs {
            header.push("Justificatif");
        }
        header.into_iter().map(str::to_owned).collect()
    }

    fn place(&self, number: usize, name: &str, locator: &str) -> String {
        format!("{number}. {}{N}: {locator}", capital(name))
    }

    fn reasons_intro(&self) -> String {
        format!("J’ajoute les précisions suivantes{N}:")
    }

    fn item_says(&self, number: usize, text: &str) -> String {
        format!("élément {number}{N}: {text}")
    }

    fn accuracy(&self, wrong: bool) -> String {
        if wrong {
            "Les données à caractère personnel doivent être exactes et, si nécessaire, tenues à jour, et toutes les \
             mesures raisonnables doivent être prises pour que celles qui sont inexactes soient effacées ou rectifiées \
             sans tarder (article 5, paragraphe 1, point d), du RGPD). Je vous remercie d’effectuer cette rectification \
             partout où ces données figurent, y compris chez vos sous-traitants."
                .to_owned()
        } else {
            "Compte tenu des finalités du traitement, j’ai le droit d’obtenir que les données incomplètes soient \
             complétées, y compris en fournissant une déclaration complémentaire (article 16 du RGPD)\u{202f}; la \
             présente en tient lieu. Je vous remercie de les compléter partout où elles figurent, y compris chez vos \
             sous-traitants."
                .to_owned()
        }
    }

    fn rectification_told(&self) -> String {
        "Je vous demande de notifier cette rectification à chaque destinataire auquel ces données ont été communiquées, à \
         moins qu’une telle communication se révèle impossible ou exige des efforts disproportionnés, et de m’indiquer \
         quels sont ces destinataires (article 19 du RGPD). Je vous remercie de me confirmer par écrit ce qui a été \
         rectifié, et à quelle date."
            .to_owned()
    }

    fn erase(&self, items: usize, grounds: usize) -> String {
        let right = "Sur le fondement de l’article 17, paragraphe 1, du règlement (UE) 2016/679 (RGPD), je vous demande \
                     d’effacer dans les meilleurs délais";
        match (items, grounds) {
            (0 | 1, _) => format!("{right} l’élément suivant, pour le motif indiqué."),
            (_, 0 | 1) => format!("{right} les éléments suivants, pour le motif indiqué."),
            _ => format!("{right} les éléments suivants, chacun pour le motif sous lequel il figure."),
        }
    }

    fn ground_heading(&self, claim: Claim) -> String {
        let (heading, point) = match claim {
            Claim::NoLongerNecessary => ("Données qui ne sont plus nécessaires", "a"),
            Claim::ConsentWithdrawn => {
                ("Données traitées sur la base de mon consentement, que je retire", "b")
            }
            Claim::ObjectionMarketing => {
                ("Données traitées à des fins de prospection, auxquelles je m’oppose", "c")
            }
            Claim::Objection => ("Données au traitement desquelles je m’oppose", "c"),
            Claim::Unlawful => ("Données traitées de manière illicite", "d"),
            Claim::LegalObligation => ("Données à effacer en vertu d’une obligation légale", "e"),
            Claim::Child => ("Données collectées lorsque j’étais enfant", "f"),
            Claim::Missing => return "Données pour lesquelles le motif reste à indiquer".to_owned(),
        };
        format!("{heading} (article 17, paragraphe 1, point {point}))")
    }

    fn ground(&self, claim: Claim) -> String {
        match claim {
            Claim::NoLongerNecessary => {
                "Ces données ne sont plus nécessaires au regard des finalités pour lesquelles elles ont été collectées ou \
                 traitées d’une autre manière."
            }
            Claim::ConsentWithdrawn => {
                "Par la présente, je retire mon consentement au traitement de ces données, comme l’article 7, paragraphe \
                 3, du RGPD m’en donne le droit à tout moment, et confirme ce retrait si je l’ai déjà exprimé. À ma \
                 connaissance, il n’existe pas d’autre fondement juridique à ce traitement."
            }
            Claim::ObjectionMarketing => {
                "Je m’oppose au traitement de ces données à des fins de prospection, y compris au profilage qui y est lié \
                 (article 21, paragraphe 2, du RGPD). Elles ne doivent dès lors plus être traitées à ces fins \
                 (article 21, paragraphe 3)."
            }
            Claim::Objection => {
                "Je m’oppose au traitement de ces données pour des raisons tenant à ma situation particulière, indiquées \
                 ci-dessous (article 21, paragraphe 1, du RGPD). Je ne vois pas de motif légitime impérieux qui prévale \
                 pour ce traitement\u{202f}; il vous appartient de démontrer qu’il en existe."
            }
            Claim::Unlawful => "Ces données ont fait l’objet d’un traitement illicite.",
            Claim::LegalObligation => {
                "Ces données doivent être effacées pour respecter une obligation légale prévue par le droit de l’Union ou \
                 par le droit de l’État membre auquel vous êtes soumis."
            }
            Claim::Child => {
                "Ces données ont été collectées dans le cadre de l’offre de services de la société de l’information visée \
                 à l’article 8, paragraphe 1, du RGPD, alors que j’étais enfant."
            }
            Claim::Missing => "Le motif de l’article 17, paragraphe 1, reste à indiquer pour ces données.",
        }
        .to_owned()
    }

    fn erasure_header(&self, reasons: bool) -> Vec<String> {
        let mut header = vec!["Élément", "Emplacement dans l’export"];
        if reasons {
            header.push("Mes raisons");
        }
        header.into_iter().map(str::to_owned).collect()
    }

    fn restriction_while_weighed(&self) -> String {
        "Pendant que vous vérifiez si des motifs légitimes que vous poursuivez prévalent sur les miens, je vous demande \
         de limiter le traitement de ces données (article 18, paragraphe 1, point d), du RGPD)."
            .to_owned()
    }

    fn terms_intro(&self) -> String {
        format!("Vos propres documents annoncent les durées de conservation suivantes{N}:")
    }

    fn declared_term(
        &self,
        items: &[usize],
        rule: &Retention,
        document: &Document,
        ended: &[(usize, Day, Day)],
    ) -> String {
        let date = document.date.map(|day| format!(" du {}", self.date(day))).unwrap_or_default();
        let mut text = format!(
            "{} (votre {}{date}, section {}){N}: {}",
            elements(items),
            document.title.fr,
            rule.section,
            rule.says.fr.replace(" ;", &format!("{N};"))
        );
        for (number, from, end) in ended {
            text.push_str(&format!(
                "{N}; pour l’élément {number}, du {}, cette durée a pris fin le {}",
                self.date(*from),
                self.date(*end)
            ));
        }
        text.push('.');
        text
    }

    fn alternative_heading(&self) -> &'static str {
        "À titre subsidiaire\u{202f}: ce que vous estimeriez devoir conserver"
    }

    fn accounting_alternative(&self, items: &[usize], french: bool) -> String {
        let law = if french {
            ", par exemple celle de conserver dix ans les documents comptables et les pièces justificatives (article \
             L.\u{a0}123-22 du code de commerce)"
        } else {
            ""
        };
        format!(
            "{}{N}: si vous estimez devoir conserver {} pour respecter une obligation légale (article 17, paragraphe 3, \
             point b), du RGPD){law}, je vous demande{N}:",
            elements(items),
            if items.len() == 1 { "cette pièce" } else { "ces pièces" },
        )
    }

    fn accounting_demands(&self, ends: &[(usize, Day)]) -> Vec<String> {
        let mut which = "de m’indiquer, pièce par pièce, le texte applicable et la date à laquelle l’obligation prend fin"
            .to_owned();
        if !ends.is_empty() {
            which.push_str(&format!(
                ". En comptant dix ans à partir de la clôture de l’exercice, supposé coïncider avec l’année civile, \
                 j’obtiens{N}: {}",
                self.ends(ends)
            ));
        }
        vec![
            format!("{which}{N};"),
            format!(
                "de ne conserver que ce que cette obligation exige, et de limiter le traitement à cette seule \
                 conservation, par un archivage séparé et un accès restreint (article 5, paragraphe 1, points b), c) et \
                 e), et article 18 du RGPD){N};"
            ),
            "d’effacer ce qui aura été conservé dès la fin de cette obligation, sans nouvelle demande de ma part."
                .to_owned(),
        ]
    }

    fn accounting_over(&self, ends: &[(usize, Day)]) -> String {
        format!(
            "Quant à l’obligation de conserver dix ans les documents comptables (article L.\u{a0}123-22 du code de commerce), \
             elle a pris fin, en comptant dix ans à partir de la clôture de l’exercice, supposé coïncider avec l’année \
             civile{N}: {}.",
            self.ends(ends)
        )
    }

    fn claims_alternative(&self, items: &[usize]) -> String {
        format!(
            "{}{N}: si vous entendez conserver ces données parce qu’elles seraient nécessaires à la constatation, à \
             l’exercice ou à la défense de droits en justice (article 17, paragraphe 3, point e), du RGPD), je vous \
             demande de m’indiquer lesquelles, pourquoi et jusqu’à quand, et d’en limiter le traitement à cette fin.",
            elements(items)
        )
    }

    fn scope_heading(&self) -> &'static str {
        "Portée et suites de cette demande"
    }

    fn copies(&self) -> String {
        "Cette demande vise toutes les copies de ces données, y compris celles de vos sous-traitants, tenus de vous aider \
         à y donner suite (article 28, paragraphe 3, point e), du RGPD), et celles de vos sauvegardes. Si les données \
         d’une sauvegarde ne peuvent être effacées aussitôt, je vous prie de m’indiquer quand elle sera écrasée, et de \
         veiller à ce que ces données ne soient ni restaurées ni utilisées d’ici là."
            .to_owned()
    }

    fn erasure_told(&self) -> String {
        "Je vous demande de notifier l’effacement à chaque destinataire auquel ces données ont été communiquées, à moins \
         qu’une telle communication se révèle impossible ou exige des efforts disproportionnés, et de m’indiquer quels \
         sont ces destinataires (article 19 du RGPD). Si vous avez rendu certaines de ces données publiques, je vous \
         demande de prendre les mesures prévues à l’article 17, paragraphe 2. Je vous remercie de me confirmer par écrit \
         ce qui a été effacé, et à quelle date."
            .to_owned()
    }

    fn kind(&self, record: &Record) -> &'static str {
        match record.what {
            What::Invoice => "facture",
            What::CreditNote => "avoir",
            What::Order => "commande",
            What::Payment => "paiement",
            What::Refund => "remboursement",
            What::PaymentMeans => "moyen de paiement",
            What::Subscription => "abonnement",
            What::Profile => "fiche",
            What::Settings => "préférences",
            What::Ticket => "demande d’assistance",
            What::TicketMessage => "message à l’assistance",
            What::ConsentChoice => "choix de consentement",
            What::CookieChoice => "choix relatif aux cookies",
            What::TermsAccepted => "acceptation de conditions",
            What::Login => "connexion",
            What::Operation => "opération",
            What::Mail => "courriel",
            What::Contact => "contact",
            What::Other => match record.kind {
                Kind::Account => "compte",
                Kind::Billing => "facturation",
                Kind::Ticket => "demande d’assistance",
                Kind::Consent => "consentement",
                Kind::Activity => "activité",
                Kind::Message => "message",
                Kind::Contact => "contact",
                Kind::Event => "événement",
                Kind::Place => "lieu",
                Kind::Document => "document",
                Kind::Other => "enregistrement",
            },
        }
    }

    fn record(&self, record: &Record) -> String {
        match title(record).as_str() {
            "" => capital(self.kind(record)),
            title => format!("{} «{N}{title}{N}»", capital(self.kind(record))),
        }
    }

    fn field(&self, field: &Field) -> Option<&'static str> {
        Some(match field.role {
            Role::CustomerNumber => "numéro de client",
            Role::FullName => "nom complet",
            Role::FirstName => "prénom",
            Role::LastName => "nom",
            Role::Company => "société",
            Role::Email => "adresse électronique",
            Role::Phone => "téléphone",
            Role::Street => "rue",
            Role::PostalCode => "code postal",
            Role::City => "ville",
            Role::Country => "pays",
            Role::Address => "adresse postale",
            Role::BirthDate => "date de naissance",
            Role::Iban => "IBAN",
            Role::VatNumber => "numéro de TVA",
            _ => return None,
        })
    }

    fn quoted(&self, text: &str) -> String {
        format!("«{N}{text}{N}»")
    }

    fn field_of(&self, field: &str, record: &str) -> String {
        format!("{record}, champ {}", self.quoted(field))
    }

    fn empty_value(&self) -> &'static str {
        "(vide)"
    }

    fn not_found(&self) -> &'static str {
        "Élément introuvable dans l’export"
    }

    fn annex_title(&self) -> &'static str {
        "Annexe\u{202f}: éléments cités, tels qu’ils figurent dans l’export"
    }

    fn annex_intro(&self, export: &str, sha256: Option<&str>) -> String {
        let mut text = "Les numéros sont ceux de la lettre. Chaque élément est cité par le fichier de l’export où il figure \
                        et, après le signe #, par sa place dans ce fichier."
            .to_owned();
        if !export.is_empty() {
            text.push_str(&format!("\nExport{N}: {export}"));
        }
        if let Some(hash) = sha256 {
            text.push_str(&format!("\nEmpreinte SHA-256 de l’export{N}:\n{hash}"));
        }
        text
    }

    fn annex_heading(&self, numbers: &[usize], record: &str) -> String {
        match numbers {
            [number] => format!("Élément {number}{N}: {}", small(record)),
            numbers => format!("Éléments {}{N}: {}", list(numbers, "et"), small(record)),
        }
    }

    fn annex_header(&self) -> Vec<String> {
        ["Champ", "Valeur inscrite", "Place"].map(str::to_owned).to_vec()
    }

    fn record_facts(&self, record: &Record, place: &str) -> String {
        let mut text = self.stands_at(place);
        if let Some(day) = record.day {
            text.push_str(&format!("\nDate{N}: {}", self.date(day)));
        }
        text
    }

    fn stands_at(&self, place: &str) -> String {
        format!("Emplacement{N}: {place}")
    }

    fn cited_field(&self, name: &str, number: usize) -> String {
        format!("{name} (élément {number})")
    }

    fn more_fields(&self, count: usize) -> String {
        match count {
            1 => "Un autre champ de cet élément n’est pas reproduit ici.".to_owned(),
            n => format!("{n} autres champs de cet élément ne sont pas reproduits ici."),
        }
    }

    fn more_records(&self, count: usize) -> String {
        match count {
            1 => "Un autre élément, cité dans la lettre, n’est pas reproduit ici.".to_owned(),
            n => format!("{n} autres éléments, cités dans la lettre, ne sont pas reproduits ici."),
        }
    }

    fn page_of(&self) -> [&'static str; 2] {
        ["Page ", " sur "]
    }
}

impl French {
    fn ends(&self, ends: &[(usize, Day)]) -> String {
        let ends: Vec<String> =
            ends.iter().map(|(number, end)| format!("élément {number}, le {}", self.date(*end))).collect();
        ends.join(&format!("{N}; "))
    }
}

fn elements(numbers: &[usize]) -> String {
    match numbers {
        [number] => format!("Élément {number}"),
        numbers => format!("Éléments {}", list(numbers, "et")),
    }
}
