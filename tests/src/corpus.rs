//! Exports of a chosen size for measuring: the same bytes for the same size on every machine.
//!
//! The mix is that of a company's export: connections as CSV, tickets as JSON on one line, invoices as JSON and as CSV
//! in Windows-1252, payments as NDJSON, consents, chats with escaped JSON, mails, HTML pages, vCards, accounts. 60 % is
//! French, 40 % English, with words by Zipf's law. Needles stand in known places in every coding.
//!
//! `cargo run --release -p portolan-tests --bin make-corpus -- 100 corpus-100.zip`

mod letters;
mod mails;
mod tables;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write};

pub use words::Words;

use crate::clock::Moment;
use crate::pack::ZipWriter;
use crate::rng::Rng;

/// What was made.
#[derive(Debug, Default)]
pub struct Truth {
    /// Bytes of all files before packing.
    pub bytes: u64,
    /// Files.
    pub files: usize,
    /// Records by what they are: `invoice`, `login`, `mail` …
    pub records: BTreeMap<&'static str, u64>,
    /// Words that stand in one place each.
    pub needles: Vec<Needle>,
    /// The answer to a question with filters: invoices of the JSON file dated in the first quarter of 2023.
    pub first_quarter: FirstQuarter,
}

/// The invoices of one quarter.
#[derive(Debug, Default)]
pub struct FirstQuarter {
    /// How many.
    pub invoices: u64,
    /// How many of them are overdue.
    pub overdue: u64,
    /// What they amount to, in cents.
    pub cents: u64,
}

/// A word that stands in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// The word.
    pub word: &'static str,
    /// The file that holds it.
    pub entry: String,
    /// How it is coded there.
    pub coding: &'static str,
}

/// Word, kind of record, where in the sequence of that kind in parts of a thousand, coding.
const NEEDLES: [(&str, &str, u64, &str); 14] = [
    ("lanternouille", "account", 800, "JSON, pretty"),
    ("pivertonne", "consent", 330, "JSON, a record a line"),
    ("gaufrillon", "invoice", 900, "JSON on one line"),
    ("éclopinette", "invoice_csv", 500, "CSV, Windows-1252"),
    ("sabotière-lune", "payment", 100, "NDJSON"),
    ("mirlitombe", "ticket", 250, "JSON on one line, three levels down"),
    ("farandelune", "login", 500, "CSV"),
    ("ombellifleur", "chat", 600, "JSON, \\u escapes beside it"),
    ("crépusculine", "page", 400, "HTML, an entity in the word"),
    ("houppelande-mer", "page", 750, "HTML"),
    ("zinzolinette", "mail", 500, "EML, 8bit"),
    ("brûlemargue", "mail_quoted", 700, "EML, quoted-printable over ISO-8859-1"),
    ("tarasquelle", "mail_base64", 300, "EML, base64"),
    ("vertugadine", "contact", 500, "vCard, folded"),
];

/// How many of each for one megabyte.
struct Counts {
    accounts: u64,
    consents: u64,
    invoices: u64,
    payments: u64,
    tickets: u64,
    logins: u64,
    chats: u64,
    mails: u64,
    mbox: u64,
    pages: u64,
    contacts: u64,
}

impl Counts {
    fn of(megabytes: u64) -> Self {
        Self {
            accounts: megabytes * 5,
            consents: megabytes * 120,
            invoices: megabytes * 120,
            payments: megabytes * 150,
            tickets: megabytes * 31,
            logins: megabytes * 1_100,
            chats: megabytes * 150,
            mails: megabytes * 20,
            mbox: megabytes * 62,
            pages: megabytes * 15,
            contacts: megabytes * 20,
        }
    }
}

/// Everything that the makers of files draw from.
struct Maker {
    rng: Rng,
    french: Words,
    english: Words,
    counts: Counts,
    truth: Truth,
}

/// Writes an export of about so many megabytes as a ZIP, and says what is in it.
pub fn write<W: Write>(megabytes: u64, out: W) -> io::Result<(Truth, W)> {
    let mut zip = ZipWriter::new(out);
    let truth = make(megabytes, &mut |name, bytes| zip.add(name, bytes))?;
    Ok((truth, zip.finish()?))
}

/// Hands over each file of an export of about so many megabytes, one after another.
pub fn make(megabytes: u64, take: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<Truth> {
    // The words are the same at every size, so that a query means the same at every size.
    let mut words_rng = Rng::new(1503);
    let (french, english) = (Words::french(&mut words_rng), Words::english(&mut words_rng));
    let counts = Counts::of(megabytes.max(1));
    let mut maker = Maker { rng: Rng::new(megabytes), french, english, counts, truth: Truth::default() };
    let (mut bytes, mut files) = (0, 0);
    maker.files(&mut |name, file| {
        bytes += file.len() as u64;
        files += 1;
        take(&format!("export/{name}"), file)
    })?;
    maker.truth.bytes = bytes;
    maker.truth.files = files;
    Ok(maker.truth)
}

type Take<'a> = &'a mut dyn FnMut(&str, &[u8]) -> io::Result<()>;

impl Maker {
    fn files(&mut self, take: Take<'_>) -> io::Result<()> {
        let read_me = "Export de vos données personnelles. Export of your personal data.\n";
        take("README.txt", read_me.as_bytes())?;
        take("account/accounts.json", self.accounts().as_bytes())?;
        take("account/consents.json", self.consents().as_bytes())?;
        take("billing/invoices.json", self.invoices().as_bytes())?;
        take("billing/factures-2018-2020.csv", &self.invoices_csv())?;
        take("billing/payments.ndjson", self.payments().as_bytes())?;
        take("support/tickets.json", self.tickets().as_bytes())?;
        take("security/logins.csv", self.logins().as_bytes())?;
        self.chats(take)?;
        take("mail/all-mail.mbox", self.mbox().as_bytes())?;
        self.mails(take)?;
        self.pages(take)?;
        take("contacts/contacts.vcf", self.contacts().as_bytes())
    }

    /// Counts a record.
    fn count(&mut self, what: &'static str) {
        *self.truth.records.entry(what).or_default() += 1;
    }

    /// The needle due at record `n` of `total`, with a blank before it; else nothing.
    fn needle(&mut self, kind: &str, n: u64, total: u64, entry: &str) -> String {
        let mut text = String::new();
        for (word, of, part, coding) in NEEDLES {
            if of == kind && n == total * part / 1000 {
                text.push(' ');
                text.push_str(word);
                self.truth.needles.push(Needle { word, entry: format!("export/{entry}"), coding });
            }
        }
        text
    }

    /// Text of that many characters or somewhat more, in one of the two languages.
    fn text(&mut self, from: u32, to: u32) -> String {
        let french = self.is_french();
        self.text_in(french, from, to)
    }

    fn is_french(&mut self) -> bool {
        self.rng.percent(60)
    }

    fn text_in(&mut self, french: bool, from: u32, to: u32) -> String {
        let wanted = self.rng.between(from, to) as usize;
        let mut out = String::with_capacity(wanted + 200);
        let words = if french { &self.french } else { &self.english };
        while out.len() < wanted {
            if !out.is_empty() {
                out.push(' ');
            }
            // A phrase to be searched for, about once in eighty sentences.
            let aside = (self.rng.below(80) == 0).then_some(if french {
                "prélèvement automatique"
            } else {
                "direct debit"
            });
            words.sentence(&mut out, &mut self.rng, aside);
        }
        out
    }

    /// A few words without a full stop.
    fn words(&mut self, french: bool, count: u32) -> String {
        let mut out = String::new();
        let words = if french { &self.french } else { &self.english };
        words.some(&mut out, &mut self.rng, count);
        out
    }

    /// A moment between January of one year and December of another.
    fn moment(&mut self, from: i64, to: i64) -> Moment {
        let (start, end) = (Moment::day(from, 1, 1).0, Moment::day(to + 1, 1, 1).0);
        let span = u32::try_from(end - start).unwrap_or(u32::MAX);
        Moment(start + i64::from(self.rng.below(span)))
    }

    fn ip(&mut self) -> String {
        let net = self.rng.pick(&["192.0.2", "198.51.100", "203.0.113", "10.40.7", "10.61.20", "10.8.113"]);
        format!("{net}.{}", self.rng.between(1, 254))
    }

    /// The n-th invented person: first name, last name, mail address.
    fn person(&mut self, n: u64) -> (&'static str, &'static str, String) {
        const FIRST: [&str; 30] = [
            "Camille",
            "Aurèle",
            "Bérénice",
            "Corentin",
            "Delphine",
            "Eudes",
            "Flavie",
            "Gaspard",
            "Honorine",
            "Isaure",
            "Jonas",
            "Klervi",
            "Ludivine",
            "Marceau",
            "Nolwenn",
            "Octave",
            "Perrine",
            "Quitterie",
            "Régis",
            "Solveig",
            "Alfie",
            "Beatrix",
            "Clement",
            "Dorothy",
            "Edmund",
            "Freya",
            "Gwen",
            "Harriet",
            "Ivor",
            "Jemima",
        ];
        const LAST: [&str; 29] = [
            "Aubrac",
            "Bellefontaine",
            "Carpentier",
            "Delorme",
            "Estienne",
            "Fauvel",
            "Grandjean",
            "Hébrard",
            "Imbert",
            "Jourdain",
            "Kervella",
            "Lamoureux",
            "Mazarin",
            "Nivelle",
            "Ozanne",
            "Pradel",
            "Queyras",
            "Ravel",
            "Sauvage",
            "Ashdown",
            "Birtwhistle",
            "Copperfield",
            "Dunmore",
            "Eastlake",
            "Fairweather",
            "Greenhalgh",
            "Hollis",
            "Ingleby",
            "Jessop",
        ];
        let at = |n: u64, len: usize| usize::try_from(n % len as u64).expect("a remainder of a short list");
        let (first, last) = (FIRST[at(n, 30)], LAST[at(n / 30 + n, 29)]);
        let plain = |s: &str| s.to_lowercase().replace(['é', 'è'], "e");
        (first, last, format!("{}.{}{n}@courriel.example", plain(first), plain(last)))
    }

    fn anyone(&mut self) -> (&'static str, &'static str, String) {
        let n = u64::from(self.rng.below(u32::try_from(self.counts.contacts).unwrap_or(u32::MAX)));
        self.person(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(megabytes: u64) -> (Truth, Vec<(String, Vec<u8>)>) {
        let mut files = Vec::new();
        let truth = make(megabytes, &mut |name, bytes| {
            files.push((name.to_owned(), bytes.to_vec()));
            Ok(())
        });
        (truth.expect("memory takes all"), files)
    }

    #[test]
    fn the_same_size_gives_the_same_bytes() {
        assert!(files(1).1 == files(1).1);
    }

    #[test]
    fn it_is_as_large_as_asked_for() {
        let (truth, files) = files(2);
        assert_eq!(truth.files, files.len());
        assert_eq!(truth.bytes, files.iter().map(|f| f.1.len() as u64).sum::<u64>());
        assert!((1_900_000..2_100_000).contains(&truth.bytes), "{} bytes", truth.bytes);
    }

    #[test]
    fn every_needle_is_planted_once_and_the_plain_ones_can_be_seen() {
        let (truth, files) = files(1);
        let mut words: Vec<&str> = truth.needles.iter().map(|n| n.word).collect();
        words.sort_unstable();
        let mut all: Vec<&str> = NEEDLES.iter().map(|n| n.0).collect();
        all.sort_unstable();
        assert_eq!(words, all);
        for word in ["lanternouille", "gaufrillon", "mirlitombe", "farandelune", "zinzolinette"] {
            let needle = truth.needles.iter().find(|n| n.word == word).expect("just compared");
            let holding: Vec<&str> = files
                .iter()
                .filter(|f| f.1.windows(word.len()).any(|w| w == word.as_bytes()))
                .map(|f| f.0.as_str())
                .collect();
            assert_eq!(holding, [needle.entry.as_str()]);
        }
    }

    #[test]
    fn the_json_files_are_json_and_their_records_are_counted() {
        let (truth, files) = files(1);
        let json = |name: &str| -> serde_json::Value {
            let file = files.iter().find(|f| f.0 == format!("export/{name}")).expect("it is made");
            serde_json::from_slice(&file.1).expect("it is JSON")
        };
        let items = |v: &serde_json::Value| v.as_array().map_or(0, |a| a.len() as u64);
        assert_eq!(items(&json("account/accounts.json")["accounts"]), truth.records["account"]);
        assert_eq!(items(&json("account/consents.json")), truth.records["consent"]);
        assert_eq!(items(&json("billing/invoices.json")), truth.records["invoice"]);
        assert_eq!(items(&json("support/tickets.json")["tickets"]), truth.records["ticket"]);
        assert!(json("messages/thread-0000.json")["title"].is_string());
        let invoices = json("billing/invoices.json");
        let quarter = invoices.as_array().expect("a list").iter().filter(|i| {
            i["issued_at"].as_str().is_some_and(|d| ["2023-01", "2023-02", "2023-03"].contains(&&d[..7]))
        });
        assert_eq!(quarter.count() as u64, truth.first_quarter.invoices);
    }
}
