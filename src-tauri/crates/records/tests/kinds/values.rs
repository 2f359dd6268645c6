//! Invented values of a form, in a language; the same for the same seed.

/// SplitMix64: the same values on every machine.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or(0) % n.max(1)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }
}

const FIRST: [&str; 8] = ["Camille", "Jonas", "Inès", "Marta", "Luca", "Aoife", "Élodie", "Sven"];
const LAST: [&str; 8] =
    ["Aubépin", "Lindqvist", "Marchetti", "Ortega", "Kessler", "Byrne", "Vanloo", "Petit"];
const COMPANIES: [&str; 5] = ["Atelier Aubépin", "Kessler GmbH", "Ortega SL", "Byrne & Co", "Marchetti Srl"];
const CITIES: [&str; 6] = ["Lyon", "Leeds", "Köln", "Sevilla", "Torino", "Gent"];
const COUNTRIES: [&str; 4] = ["France", "DE", "ES", "Ireland"];
const DEVICES: [&str; 4] = ["iPhone 13", "Pixel 7", "Windows PC", "iPad (9th gen)"];
const AGENTS: [&str; 3] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Safari/537.36",
    "okhttp/4.9.3",
];
const IBANS: [&str; 2] = ["FR1420041010050500013M02606", "DE89370400440532013000"];
const TCF: &str = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw";

/// Words of a language, for subjects and sentences.
fn words(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &[
            "bonjour",
            "le",
            "colis",
            "reçu",
            "hier",
            "ne",
            "fonctionne",
            "pas",
            "merci",
            "de",
            "votre",
            "aide",
            "jardin",
            "bleu",
            "table",
            "encore",
            "avec",
            "nous",
        ],
        "de" => &[
            "guten", "Tag", "das", "Paket", "gestern", "leider", "nicht", "danke", "für", "Ihre", "Hilfe",
            "Garten", "blau", "Tisch", "noch", "mit", "wir", "immer",
        ],
        "es" => &[
            "hola", "el", "paquete", "ayer", "no", "funciona", "gracias", "por", "su", "ayuda", "jardín",
            "azul", "mesa", "todavía", "con", "nosotros",
        ],
        "it" => &[
            "buongiorno",
            "il",
            "pacco",
            "ieri",
            "non",
            "funziona",
            "grazie",
            "per",
            "il",
            "vostro",
            "aiuto",
            "giardino",
            "blu",
            "tavolo",
            "ancora",
            "con",
            "noi",
        ],
        "nl" => &[
            "hallo", "het", "pakje", "gisteren", "werkt", "niet", "bedankt", "voor", "uw", "hulp", "tuin",
            "blauw", "tafel", "nog", "met", "wij",
        ],
        "pt" => &[
            "olá",
            "a",
            "encomenda",
            "ontem",
            "não",
            "funciona",
            "obrigado",
            "pela",
            "sua",
            "ajuda",
            "jardim",
            "azul",
            "mesa",
            "ainda",
            "com",
            "nós",
        ],
        _ => &[
            "hello",
            "the",
            "parcel",
            "came",
            "yesterday",
            "but",
            "does",
            "not",
            "work",
            "thanks",
            "for",
            "your",
            "help",
            "garden",
            "blue",
            "table",
            "still",
            "with",
            "we",
        ],
    }
}

fn yes(language: &str) -> [&'static str; 2] {
    match language {
        "fr" => ["Oui", "Non"],
        "de" => ["Ja", "Nein"],
        "es" | "it" => ["Sí", "No"],
        "nl" => ["Ja", "Nee"],
        "pt" => ["Sim", "Não"],
        _ => ["Yes", "No"],
    }
}

fn purposes(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &["Newsletter", "Offres des partenaires", "Mesure d'audience"],
        "de" => &["Newsletter", "Partnerangebote", "Reichweitenmessung"],
        "es" => &["Boletín", "Ofertas de socios", "Medición"],
        "it" => &["Newsletter", "Offerte dei partner", "Statistiche"],
        _ => &["Newsletter", "Partner offers", "Audience measurement"],
    }
}

fn sentence(rng: &mut Rng, language: &str, from: usize, to: usize) -> String {
    let n = rng.between(from, to);
    (0..n).map(|_| rng.pick(words(language))).collect::<Vec<_>>().join(" ")
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// A value of this form, and whether JSON writes it without quotes.
pub(crate) fn value(rng: &mut Rng, form: &str, language: &str) -> (String, bool) {
    if let Some(several) = form.strip_prefix('[').and_then(|f| f.strip_suffix(']')) {
        let of: Vec<&str> = several.split('|').collect();
        let one = match rng.pick(&of) {
            "ref" => format!("R-{}", rng.between(1000, 9999)),
            "url" => "https://example.org/f/1".to_owned(),
            text => text.to_owned(),
        };
        return (one, false);
    }
    let (y, m, d) = (rng.between(2019, 2024), rng.between(1, 12), rng.between(1, 28));
    let (h, min, s) = (rng.between(0, 23), rng.between(0, 59), rng.between(0, 59));
    let (whole, cents) = (rng.between(3, 240), rng.between(0, 99));
    let epoch = 1_560_000_000 + rng.below(150_000_000);
    let bare = |text: String| (text, true);
    let quoted = |text: String| (text, false);
    match form {
        "id" | "int" => bare(rng.between(1_000, 99_999).to_string()),
        "small" => bare(rng.between(1, 5).to_string()),
        "cents" => bare(format!("{whole}{cents:02}")),
        "dec" => bare(format!("{whole}.{cents:02}")),
        "comma" => quoted(format!("{whole},{cents:02}")),
        "eur" => quoted(format!("{whole},{cents:02} €")),
        "gbp" => quoted(format!("£{whole}.{cents:02}")),
        "usd" => quoted(format!("${whole}.{cents:02}")),
        "cur" => quoted(rng.pick(&["EUR", "GBP", "USD"]).to_owned()),
        "lat" => bare(format!("4{}.{}", rng.below(9), rng.between(10_000, 99_999))),
        "lon" => bare(format!("{}.{}", rng.below(9), rng.between(10_000, 99_999))),
        "bool" => bare((rng.below(2) == 0).to_string()),
        "null" => bare("null".to_owned()),
        "yes" => quoted(rng.pick(&yes(language)).to_owned()),
        "epoch" => bare(epoch.to_string()),
        "ms" => bare((epoch * 1000 + 417).to_string()),
        "us" => bare((epoch * 1_000_000 + 417_002).to_string()),
        "day" => quoted(format!("{y}-{m:02}-{d:02}")),
        "dmy" => quoted(format!("{d:02}/{m:02}/{y}")),
        "mdy" => quoted(format!("{m:02}/{d:02}/{y}")),
        "dotday" => quoted(format!("{d:02}.{m:02}.{y}")),
        "ts" => quoted(format!("{y}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}Z")),
        "utc" => quoted(format!("{y}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}Z[UTC]")),
        "utcz" => quoted(format!("{y}-{m:02}-{d:02} {h:02}:{min:02}:{s:02} UTC")),
        "dt" => quoted(format!("{y}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}")),
        "usdt" => quoted(format!(
            "{} {d}, {y}, {}:{min:02}:{s:02} {} UTC",
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][m - 1],
            if h % 12 == 0 { 12 } else { h % 12 },
            if h < 12 { "AM" } else { "PM" },
        )),
        "longtime" => quoted(format!(
            "{d} {} {y}, {h:02}:{min:02}",
            [
                "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
                "déc."
            ][m - 1]
        )),
        "twdate" => quoted(format!("Wed Oct {d:02} {h:02}:{min:02}:{s:02} +0000 {y}")),
        "clock" => quoted(format!("{h:02}:{min:02}")),
        "dur" => quoted(format!("{:02}:{min:02}:{s:02}", h % 3)),
        "ver" => quoted(format!("{}.{}", rng.between(1, 4), rng.below(10))),
        "uuid" => quoted(format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            rng.below(1 << 30),
            rng.below(1 << 16),
            rng.below(1 << 12),
            rng.below(1 << 12),
            rng.below(1 << 31)
        )),
        "hash" => quoted(format!("{:08x}{:08x}", rng.below(1 << 31), rng.below(1 << 31))),
        "ref" => quoted(format!("{}-{y}-{:04}", rng.pick(&["F", "AB", "C"]), rng.below(9999))),
        "mask" => quoted(format!("**** **** **** {:04}", rng.below(9999))),
        "last4" => quoted(format!("{:04}", rng.below(9999))),
        "email" => {
            quoted(format!("{}.{}@example.org", ["camille", "jonas", "ines"][rng.below(3)], rng.below(90)))
        }
        "phone" => quoted(format!("+33 6 39 98 {:02} {:02}", rng.below(99), rng.below(99))),
        "ip" => quoted(format!("192.0.2.{}", rng.below(255))),
        "ua" => quoted(rng.pick(&AGENTS).to_owned()),
        "iban" => quoted(rng.pick(&IBANS).to_owned()),
        "tcf" => quoted(TCF.to_owned()),
        "first" => quoted(rng.pick(&FIRST).to_owned()),
        "last" => quoted(rng.pick(&LAST).to_owned()),
        "name" => quoted(format!("{} {}", rng.pick(&FIRST), rng.pick(&LAST))),
        "company" => quoted(rng.pick(&COMPANIES).to_owned()),
        "street" => quoted(format!("{} {}", rng.between(1, 90), sentence(rng, language, 2, 3))),
        "zip" => quoted(format!("{:05}", rng.between(1_000, 95_000))),
        "city" => quoted(rng.pick(&CITIES).to_owned()),
        "country" => quoted(rng.pick(&COUNTRIES).to_owned()),
        "device" => quoted(rng.pick(&DEVICES).to_owned()),
        "lang" => quoted(rng.pick(&["fr-FR", "en-GB", "de"]).to_owned()),
        "tz" => quoted("Europe/Paris".to_owned()),
        "url" => quoted(format!("https://www.example.org/{}", rng.below(9999))),
        "host" => quoted("www.example.org".to_owned()),
        "path" => quoted(format!("/{}/{}", rng.pick(&["shop", "help", "account"]), rng.below(99))),
        "purpose" => quoted(rng.pick(purposes(language)).to_owned()),
        "word" => quoted(rng.pick(words(language)).to_owned()),
        "product" => quoted(upper(&sentence(rng, language, 2, 3))),
        "words" => quoted(upper(&sentence(rng, language, 2, 4))),
        "subj" => quoted(upper(&sentence(rng, language, 3, 6))),
        "text" => quoted(upper(&sentence(rng, language, 8, 30)) + "."),
        "long" => {
            let lines: Vec<String> = (0..12).map(|_| upper(&sentence(rng, language, 9, 16)) + ".").collect();
            quoted(lines.join("\n"))
        }
        _ => panic!("no form is called {form}"),
    }
}
