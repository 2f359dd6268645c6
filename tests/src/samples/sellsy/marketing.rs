//! C08 promotions and events, the log of sendings, and the mails themselves.

use serde_json::{Value, json};

use super::super::mail::{Coding, Mail};
use super::super::{Sample, out};
use super::{EMAIL, NAME, wrapped};
use crate::clock::Moment;

/// What, title, day, outcome.
const PARTICIPATIONS: [(&str, &str, &str, &str); 9] = [
    ("demo", "Démonstration : facturer sur le marché", "2019-01-18", "attended"),
    ("download", "Guide : la TVA des métiers d’art", "2019-04-02", "downloaded"),
    ("webinar", "Des devis signés en deux minutes", "2019-06-20", "attended"),
    ("promotion", "Module Relances à moitié prix", "2019-11-28", "not_used"),
    ("event", "Salon des artisans, La Rochelle", "2021-02-04", "attended"),
    ("contest", "Jeu-concours « mon plus beau devis », lot patafioline", "2021-10-01", "second_prize"),
    ("promotion", "Formation en ligne à −30 %", "2022-11-24", "not_used"),
    ("event", "Portes ouvertes de la rentrée", "2023-09-21", "registered"),
    ("webinar", "Comprendre Factur-X en une heure", "2024-06-20", "attended"),
];

struct Letter<'a> {
    file: &'a str,
    at: Moment,
    coding: &'a str,
    is_offer: bool,
    subject: &'a str,
    body: &'a str,
}

pub(super) fn write(s: &mut Sample) {
    let items: Vec<Value> = PARTICIPATIONS
        .iter()
        .enumerate()
        .map(|(n, &(what, title, day, outcome))| {
            json!({"participation_id": format!("PRM-{:03}", n + 1), "type": what, "title": title, "date": day, "outcome": outcome})
        })
        .collect();
    s.add(
        "marketing/participations.json",
        "json",
        wrapped("participations", &items),
        (items.len(), "activity"),
        "C08: events, webinars, contests, downloads",
    );
    s.needle("patafioline", "marketing/participations.json", "/participations/5/title", "JSON");

    let letters: Vec<Letter<'_>> =
        include_str!("../texts/mails.txt").split("== ").skip(1).map(letter).collect();
    let offers: Vec<&Letter<'_>> = letters.iter().filter(|l| l.is_offer).collect();
    s.add(
        "marketing/sendings.xml",
        "xml",
        sendings(&offers).into_bytes(),
        (offers.len() + SMS.len(), "message"),
        "every commercial sending, by mail and by SMS",
    );
    s.needle("moulinette-corail", "marketing/sendings.xml", "", "XML attribute of a repeated element");
    for l in &letters {
        let path = format!("marketing/emails/{}.eml", l.file);
        let about = if l.is_offer { "a commercial mail" } else { "a service mail" };
        s.add(&path, "eml", mail(l), (1, "message"), about);
    }
    let mut needle = |query, file: &str, at: &str, coding| {
        s.needle(query, &format!("marketing/emails/{file}.eml"), at, coding);
    };
    needle("FARIGOULAT50", "2019-11-28-offre-relances", "", "mail, UTF-8 8bit");
    needle("pimprenote", "2020-03-17-nous-restons-la", "", "mail, quoted-printable over ISO-8859-1");
    needle(
        "\"prélèvement de mars\"",
        "2020-03-17-nous-restons-la",
        "",
        "a phrase, quoted-printable over ISO-8859-1",
    );
    needle("vélinotte", "2020-09-08-rentree", "", "mail with plain text and HTML");
    needle("corniflor", "2021-10-05-parrainage", "", "mail, quoted-printable");
    needle("sarabandole", "2022-11-22-black-friday", "", "mail, base64");
    needle("apprendre", "2022-11-22-black-friday", "header=Subject", "mail subject in RFC 2047 words");
    needle("mistouflant", "2024-06-11-atelier-factur-x", "", "mail with plain text and HTML");
    needle("escarbillon", "2025-05-13-module-pointage", "", "mail, quoted-printable");
    needle("F-2021-0498", "2021-05-18-facture-reprise", "header=Subject", "mail with an attachment");
    needle("\"Total TTC\"", "2021-05-18-facture-reprise", "", "a PDF attached to a mail");
}

/// Time, text.
const SMS: [(&str, &str); 3] = [
    ("2019-09-02T10:00", "Rentrée Sellsy : -20 % sur le CRM. Répondez STOP"),
    ("2019-12-09T17:30", "Relances à moitié prix, plus que 6 jours. Répondez STOP"),
    ("2020-04-09T12:15", "Sellsy : 3 ateliers offerts pendant la fermeture. Répondez STOP"),
];

fn sendings(offers: &[&Letter<'_>]) -> String {
    let mut list: Vec<(Moment, &str, String, &str)> =
        offers.iter().map(|l| (l.at, "email", l.subject.to_owned(), l.file)).collect();
    list.extend(SMS.iter().map(|&(at, text)| (Moment::parse(at), "sms", text.to_owned(), "sms")));
    list.sort_by_key(|s| s.0);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sendings customer=\"40117\">\n");
    for (n, (at, channel, subject, file)) in list.iter().enumerate() {
        let to = if *channel == "sms" { "+33 6 39 98 41 07" } else { EMAIL };
        let campaign = match *file {
            "2025-05-13-module-pointage" => "printemps-2025".to_owned(),
            "2021-01-12-salon-la-rochelle" => "moulinette-corail".to_owned(),
            _ => format!("{channel}-{}", at.ymd().0),
        };
        xml.push_str(&format!(
            "  <sending id=\"ENV-{:04}\" campaign=\"{campaign}\">\n    <sent_at>{}</sent_at>\n    \
             <channel>{channel}</channel>\n    <recipient>{to}</recipient>\n    <subject>{}</subject>\n    \
             <status>delivered</status>\n  </sending>\n",
            n + 1,
            at.iso(),
            subject.replace('&', "&amp;").replace('<', "&lt;")
        ));
    }
    xml.push_str("</sendings>\n");
    xml
}

fn letter(text: &str) -> Letter<'_> {
    let (head, body) = text.split_once('\n').expect("a head, then the text");
    let head: Vec<&str> = head.split(" | ").collect();
    let [file, at, coding, kind, subject] = head[..] else { panic!("a head has five parts: {head:?}") };
    Letter {
        file,
        at: Moment::parse(at),
        coding,
        is_offer: kind == "marketing",
        subject,
        body: body.trim_end(),
    }
}

fn mail(l: &Letter<'_>) -> Vec<u8> {
    const RATES: &[u8] =
        "Module;Ancien prix HT;Nouveau prix HT\r\nFacturation;29,00;59,00\r\nCRM;20,00;25,00\r\n\
                          Synchronisation bancaire;10,00;15,00\r\n"
            .as_bytes();
    let invoice = out::pdf("Facture F-2021-0498", &["Total TTC : 180,00 €".to_owned()]);
    let coding = match (l.coding, l.is_offer) {
        ("8bit", _) => Coding::EightBit,
        ("qp", _) => Coding::QuotedPrintable,
        ("qp-latin1", _) => Coding::QuotedLatin1,
        ("base64", _) => Coding::Base64,
        ("alternative", _) => Coding::Alternative,
        ("attachment", _) if l.file.contains("tarifs") => {
            Coding::Attachment("tarifs-2023.csv", "text/csv", RATES)
        }
        ("attachment", _) => Coding::Attachment("F-2021-0498.pdf", "application/pdf", &invoice),
        (other, _) => panic!("no such coding: {other}"),
    };
    let (headers, from): (Vec<String>, (&str, &str)) = if l.is_offer {
        let link = "List-Unsubscribe: <https://go.sellsy.example/d/40117>".to_owned();
        (vec![link, "X-Category: marketing".to_owned()], ("Léonie de Sellsy", "offres@mail.sellsy.example"))
    } else {
        (vec!["X-Category: service".to_owned()], ("Sellsy", "service@mail.sellsy.example"))
    };
    Mail {
        from,
        to: (NAME, EMAIL),
        subject: l.subject,
        at: l.at,
        id: l.file,
        headers: &headers,
        body: l.body,
        coding,
    }
    .bytes()
}
