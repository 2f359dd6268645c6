//! British English.

use chrono::Datelike;

use records::{Day, Field, Kind, Record, Role, What};

use super::{Claim, Words, capital, list, small, title};
use crate::controller::{Document, Retention};
use crate::draft::Right;

pub(super) struct English;

impl Words for English {
    fn tag(&self) -> (&'static str, &'static str) {
        ("en", "GB")
    }

    fn date(&self, day: Day) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year())
    }

    fn place_and_date(&self, place: &str, day: Day) -> String {
        match place {
            "" => self.date(day),
            place => format!("{place}, {}", self.date(day)),
        }
    }

    fn date_first(&self) -> bool {
        true
    }

    fn to_officer(&self) -> &'static str {
        "To the Data Protection Officer"
    }

    fn subject(&self, right: Right, reference: &str) -> String {
        let subject = match right {
            Right::Rectification => "Request for rectification of personal data (Article 16 GDPR)",
            Right::Erasure => "Request for erasure of personal data (Article 17 GDPR)",
        };
        match reference {
            "" => subject.to_owned(),
            reference => format!("{subject} – Ref. {reference}"),
        }
    }

    fn subject_line(&self, subject: &str) -> String {
        subject.to_owned()
    }

    fn salutation(&self) -> &'static str {
        "Dear Data Protection Officer,"
    }

    fn opening(&self, export: &str, received: Option<Day>) -> String {
        let named = if export.is_empty() { String::new() } else { format!(" (export “{export}”)") };
        match received {
            Some(day) => format!(
                "On {} I received a copy of the personal data concerning me that you process{named}, and I have read it.",
                self.date(day)
            ),
            None => {
                format!(
                    "I have read the copy that you gave me of the personal data concerning me that you process{named}."
                )
            }
        }
    }

    fn justification(&self, right: Right) -> &'static str {
        match right {
            Right::Rectification => {
                "Article 16 GDPR does not make rectification depend on any justification other than that the data are \
                 inaccurate or incomplete. For your information, I nevertheless add the following."
            }
            Right::Erasure => {
                "Article 17 GDPR asks for no justification beyond the grounds given above. For your information, I \
                 nevertheless add the following."
            }
        }
    }

    fn identity(&self, number: &str, email: &str, id_copy: bool, company_asks_id: bool) -> String {
        let mut text = match (number, email) {
            ("", "") => String::new(),
            (number, "") => format!("You can identify me by my customer number or user name, {number}. "),
            ("", email) => format!("You can identify me by the e-mail address of my account, {email}. "),
            (number, email) => format!(
                "You can identify me by my customer number or user name, {number}, and by the e-mail address of my \
                 account, {email}. "
            ),
        };
        if !id_copy && company_asks_id {
            text.push_str(
                "I enclose no copy of an identity document: Article 12(6) GDPR allows further information to be requested \
                 only where there are reasonable doubts concerning the identity of the person making the request. Should \
                 you have such doubts, please tell me without delay which information you need in order to resolve them.",
            );
            return text;
        }
        if id_copy {
            text.push_str(
                "I enclose a copy of an identity document, for this verification only, and ask you to delete it once \
                 that is done. ",
            );
        }
        text.push_str(
            "Should you have reasonable doubts concerning my identity, please tell me without delay which additional \
             information you need (Article 12(6) GDPR).",
        );
        text
    }

    fn deadline(&self, email: Option<&str>) -> String {
        let mut text = "Under Article 12(3) GDPR, please inform me of the action taken without undue delay and in any \
                        event within one month of receipt of this request. That period may be extended by two further \
                        months where necessary, taking into account the complexity and number of the requests, provided \
                        that you inform me of the extension, and of the reasons for the delay, within that first month. \
                        As a rule, no charge may be made for this (Article 12(5))."
            .to_owned();
        if let Some(email) = email {
            text.push_str(&format!(" I should like to receive your answer electronically, at {email}."));
        }
        text
    }

    fn refusal(&self, authority: Option<&str>) -> String {
        let authority = authority.map(|name| format!("; in France, the {name}")).unwrap_or_default();
        format!(
            "If you do not intend to comply with this request in full, Article 12(4) GDPR provides that you inform me of \
             the reasons without delay, and at the latest within one month of its receipt, and of the possibility of \
             lodging a complaint with a supervisory authority (Article 77{authority}) and of seeking a judicial remedy \
             (Article 79)."
        )
    }

    fn closing(&self) -> String {
        "Yours faithfully,".to_owned()
    }

    fn enclosures(&self, annex: bool, id_copy: bool) -> String {
        match (annex, id_copy) {
            (true, true) => "Enclosures: annex (the records cited); copy of an identity document.".to_owned(),
            (true, false) => "Enclosure: annex (the records cited).".to_owned(),
            (false, true) => "Enclosure: copy of an identity document.".to_owned(),
            (false, false) => String::new(),
        }
    }

    fn rectify(&self, wrong: usize, incomplete: usize) -> String {
        let right = "Under Article 16 of Regulation (EU) 2016/679 (GDPR), please";
        let table = "without undue delay, as the following table shows.";
        match (wrong, incomplete) {
            (1, 0) => format!("One of the details in it is inaccurate. {right} correct it {table}"),
            (_, 0) => format!("Some of the details in it are inaccurate. {right} correct them {table}"),
            (0, 1) => format!("One of the details in it is incomplete. {right} complete it {table}"),
            (0, _) => format!("Some of the details in it are incomplete. {right} complete them {table}"),
            (wrong, incomplete) => {
                let inaccurate = match wrong {
                    1 => "One of the details in it is inaccurate",
                    _ => "Some of the details in it are inaccurate",
                };
                let others = if incomplete == 1 { "another is incomplete" } else { "others are incomplete" };
                format!("{inaccurate}, {others}. {right} correct the former and complete the latter {table}")
            }
        }
    }

    fn rectification_header(&self, proofs: bool) -> Vec<String> {
        let mut header = vec!["Detail and place", "It reads", "It should read"];
        if proofs {
            header.push("Proof");
        }
        header.into_iter().map(str::to_owned).collect()
    }

    fn place(&self, number: usize, name: &str, locator: &str) -> String {
        format!("{number}. {}: {locator}", capital(name))
    }

    fn reasons_intro(&self) -> String {
        "I add the following explanations:".to_owned()
    }

    fn item_says(&self, number: usize, text: &str) -> String {
        format!("item {number}: {text}")
    }

    fn accuracy(&self, wrong: bool) -> String {
        if wrong {
            "Personal data must be accurate and, where necessary, kept up to date, and every reasonable step must be \
             taken to ensure that data that are inaccurate are erased or rectified without delay (Article 5(1)(d) GDPR). \
             Please make the correction wherever these data are held, by your processors too."
                .to_owned()
        } else {
            "Taking into account the purposes of the processing, I have the right to have incomplete data completed, \
             including by means of a supplementary statement (Article 16 GDPR); this letter is that statement. Please \
             complete them wherever they are held, by your processors too."
                .to_owned()
        }
    }

    fn rectification_told(&self) -> String {
        "Please communicate the rectification to each recipient to whom these data have been disclosed, unless this \
         proves impossible or involves disproportionate effort, and tell me who those recipients are (Article 19 GDPR). \
         Please also confirm to me in writing what has been rectified, and on which date."
            .to_owned()
    }

    fn erase(&self, items: usize, grounds: usize) -> String {
        let right = "Under Article 17(1) of Regulation (EU) 2016/679 (GDPR), please erase without undue delay the following";
        match (items, grounds) {
            (0 | 1, _) => format!("{right} item, on the ground stated."),
            (_, 0 | 1) => format!("{right} items, on the ground stated."),
            _ => format!("{right} items, each on the ground under which it is listed."),
        }
    }

    fn ground_heading(&self, claim: Claim) -> String {
        let (heading, point) = match claim {
            Claim::NoLongerNecessary => ("Data that are no longer necessary", "a"),
            Claim::ConsentWithdrawn => ("Data processed on the basis of my consent, which I withdraw", "b"),
            Claim::ObjectionMarketing => ("Data processed for direct marketing, to which I object", "c"),
            Claim::Objection => ("Data to the processing of which I object", "c"),
            Claim::Unlawful => ("Data that have been unlawfully processed", "d"),
            Claim::LegalObligation => ("Data to be erased under a legal obligation", "e"),
            Claim::Child => ("Data collected when I was a child", "f"),
            Claim::Missing => return "Data for which the ground is still to be stated".to_owned(),
        };
        format!("{heading} (Article 17(1)({point}))")
    }

    fn ground(&self, claim: Claim) -> String {
        match claim {
            Claim::NoLongerNecessary => {
                "These data are no longer necessary in relation to the purposes for which they were collected or otherwise \
                 processed."
            }
            Claim::ConsentWithdrawn => {
                "I hereby withdraw my consent to the processing of these data, as Article 7(3) GDPR entitles me to do at \
                 any time, and confirm that withdrawal if I have already expressed it. To my knowledge, there is no other \
                 legal ground for the processing."
            }
            Claim::ObjectionMarketing => {
                "I object to the processing of these data for direct marketing purposes, including profiling to the extent \
                 that it is related to such marketing (Article 21(2) GDPR). They must therefore no longer be processed for \
                 such purposes (Article 21(3))."
            }
            Claim::Objection => {
                "I object to the processing of these data on grounds relating to my particular situation, which are stated \
                 below (Article 21(1) GDPR). I see no overriding legitimate grounds for the processing; it is for you to \
                 demonstrate that there are any."
            }
            Claim::Unlawful => "These data have been unlawfully processed.",
            Claim::LegalObligation => {
                "These data have to be erased for compliance with a legal obligation in Union or Member State law to which \
                 you are subject."
            }
            Claim::Child => {
                "These data were collected in relation to the offer of information society services referred to in \
                 Article 8(1) GDPR, when I was a child."
            }
            Claim::Missing => "The ground in Article 17(1) is still to be stated for these data.",
        }
        .to_owned()
    }

    fn erasure_header(&self, reasons: bool) -> Vec<String> {
        let mut header = vec!["Item", "Place in the export"];
        if reasons {
            header.push("My reasons");
        }
        header.into_iter().map(str::to_owned).collect()
    }

    fn restriction_while_weighed(&self) -> String {
        "Pending the verification whether your legitimate grounds override mine, please restrict the processing of these \
         data (Article 18(1)(d) GDPR)."
            .to_owned()
    }

    fn terms_intro(&self) -> String {
        "Your own documents announce the following retention periods:".to_owned()
    }

    fn declared_term(
        &self,
        items: &[usize],
        rule: &Retention,
        document: &Document,
        ended: &[(usize, Day, Day)],
    ) -> String {
        let date = document.date.map(|day| format!(" of {}", self.date(day))).unwrap_or_default();
        let mut text = format!(
            "{} (your {}{date}, section {}): {}",
            those(items),
            document.title.en,
            rule.section,
            rule.says.en
        );
        for (number, from, end) in ended {
            text.push_str(&format!(
                "; for item {number}, of {}, that period ended on {}",
                self.date(*from),
                self.date(*end)
            ));
        }
        text.push('.');
        text
    }

    fn alternative_heading(&self) -> &'static str {
        "In the alternative: what you consider that you must keep"
    }

    fn accounting_alternative(&self, items: &[usize], french: bool) -> String {
        let law = if french {
            ", for instance the duty to keep accounting documents and vouchers for ten years (Article L.\u{a0}123-22 of the \
             French Commercial Code)"
        } else {
            ""
        };
        format!(
            "{}: if you consider that you must keep {} for compliance with a legal obligation (Article 17(3)(b) \
             GDPR){law}, I ask you:",
            those(items),
            if items.len() == 1 { "this document" } else { "these documents" },
        )
    }

    fn accounting_demands(&self, ends: &[(usize, Day)]) -> Vec<String> {
        let mut which =
            "to tell me, document by document, which provision applies and on which date the obligation ends"
                .to_owned();
        if !ends.is_empty() {
            which.push_str(&format!(
                ". Counting ten years from the close of the financial year, taken to be the calendar year, I arrive at: {}",
                self.ends(ends)
            ));
        }
        vec![
            format!("{which};"),
            "to keep no more than that obligation requires, and to restrict the processing to that storage alone, in a \
             separate archive with limited access (Article 5(1)(b), (c) and (e) and Article 18 GDPR);"
                .to_owned(),
            "to erase what has been kept as soon as that obligation ends, without any further request from me.".to_owned(),
        ]
    }

    fn accounting_over(&self, ends: &[(usize, Day)]) -> String {
        format!(
            "As to the duty to keep accounting documents for ten years (Article L.\u{a0}123-22 of the French Commercial Code), \
             it has ended, counting ten years from the close of the financial year, taken to be the calendar year: {}.",
            self.ends(ends)
        )
    }

    fn claims_alternative(&self, items: &[usize]) -> String {
        format!(
            "{}: if you intend to keep these data because they are necessary for the establishment, exercise or defence of \
             legal claims (Article 17(3)(e) GDPR), please tell me which of them, why and until when, and restrict their \
             processing to that purpose.",
            those(items)
        )
    }

    fn scope_heading(&self) -> &'static str {
        "Scope and follow-up of this request"
    }

    fn copies(&self) -> String {
        "This request covers every copy of these data, including those held by your processors, who must assist you in \
         responding to it (Article 28(3)(e) GDPR), and those in your back-ups. If data in a back-up cannot be erased at \
         once, please tell me when it will be overwritten, and make sure that they are neither restored nor used until \
         then."
            .to_owned()
    }

    fn erasure_told(&self) -> String {
        "Please communicate the erasure to each recipient to whom these data have been disclosed, unless this proves \
         impossible or involves disproportionate effort, and tell me who those recipients are (Article 19 GDPR). If you \
         have made any of these data public, please take the steps provided for in Article 17(2). Please also confirm to \
         me in writing what has been erased, and on which date."
            .to_owned()
    }

    fn kind(&self, record: &Record) -> &'static str {
        match record.what {
            What::Invoice => "invoice",
            What::CreditNote => "credit note",
            What::Order => "order",
            What::Payment => "payment",
            What::Refund => "refund",
            What::PaymentMeans => "means of payment",
            What::Subscription => "subscription",
            What::Profile => "profile",
            What::Settings => "settings",
            What::Ticket => "support request",
            What::TicketMessage => "message to support",
            What::ConsentChoice => "consent choice",
            What::CookieChoice => "cookie choice",
            What::TermsAccepted => "acceptance of terms",
            What::Login => "log-in",
            What::Operation => "operation",
            What::Mail => "e-mail",
            What::Contact => "contact",
            What::Other => match record.kind {
                Kind::Account => "account",
                Kind::Billing => "billing record",
                Kind::Ticket => "support request",
                Kind::Consent => "consent",
                Kind::Activity => "activity",
                Kind::Message => "message",
                Kind::Contact => "contact",
                Kind::Event => "event",
                Kind::Place => "place",
                Kind::Document => "document",
                Kind::Other => "record",
            },
        }
    }

    fn record(&self, record: &Record) -> String {
        match title(record).as_str() {
            "" => capital(self.kind(record)),
            title => format!("{} “{title}”", capital(self.kind(record))),
        }
    }

    fn field(&self, field: &Field) -> Option<&'static str> {
        Some(match field.role {
            Role::CustomerNumber => "customer number",
            Role::FullName => "full name",
            Role::FirstName => "first name",
            Role::LastName => "last name",
            Role::Company => "company",
            Role::Email => "e-mail address",
            Role::Phone => "telephone",
            Role::Street => "street",
            Role::PostalCode => "postal code",
            Role::City => "town",
            Role::Country => "country",
            Role::Address => "postal address",
            Role::BirthDate => "date of birth",
            Role::Iban => "IBAN",
            Role::VatNumber => "VAT number",
            _ => return None,
        })
    }

    fn quoted(&self, text: &str) -> String {
        format!("“{text}”")
    }

    fn field_of(&self, field: &str, record: &str) -> String {
        format!("{record}, field {}", self.quoted(field))
    }

    fn empty_value(&self) -> &'static str {
        "(empty)"
    }

    fn not_found(&self) -> &'static str {
        "Item not found in the export"
    }

    fn annex_title(&self) -> &'static str {
        "Annex: the records cited, as they stand in the export"
    }

    fn annex_intro(&self, export: &str, sha256: Option<&str>) -> String {
        let mut text =
            "The numbers are those of the letter. Each item is cited by the file of the export in which it \
                        stands and, after the sign #, by its place in that file."
                .to_owned();
        if !export.is_empty() {
            text.push_str(&format!("\nExport: {export}"));
        }
        if let Some(hash) = sha256 {
            text.push_str(&format!("\nSHA-256 of the export:\n{hash}"));
        }
        text
    }

    fn annex_heading(&self, numbers: &[usize], record: &str) -> String {
        match numbers {
            [number] => format!("Item {number}: {}", small(record)),
            numbers => format!("Items {}: {}", list(numbers, "and"), small(record)),
        }
    }

    fn annex_header(&self) -> Vec<String> {
        ["Field", "It reads", "Place"].map(str::to_owned).to_vec()
    }

    fn record_facts(&self, record: &Record, place: &str) -> String {
        let mut text = self.stands_at(place);
        if let Some(day) = record.day {
            text.push_str(&format!("\nDate: {}", self.date(day)));
        }
        text
    }

    fn stands_at(&self, place: &str) -> String {
        format!("Place: {place}")
    }

    fn cited_field(&self, name: &str, number: usize) -> String {
        format!("{name} (item {number})")
    }

    fn more_fields(&self, count: usize) -> String {
        match count {
            1 => "One more field of this record is not printed here.".to_owned(),
            n => format!("{n} more fields of this record are not printed here."),
        }
    }

    fn more_records(&self, count: usize) -> String {
        match count {
            1 => "One more record, cited in the letter, is not printed here.".to_owned(),
            n => format!("{n} more records, cited in the letter, are not printed here."),
        }
    }

    fn page_of(&self) -> [&'static str; 2] {
        ["Page ", " of "]
    }
}

impl English {
    fn ends(&self, ends: &[(usize, Day)]) -> String {
        let ends: Vec<String> =
            ends.iter().map(|(number, end)| format!("item {number}, {}", self.date(*end))).collect();
        ends.join("; ")
    }
}

fn those(numbers: &[usize]) -> String {
    match numbers {
        [number] => format!("Item {number}"),
        numbers => format!("Items {}", list(numbers, "and")),
    }
}
