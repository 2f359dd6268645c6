//! C05 connections, C10 operations on content, C12 visits of the site.

use serde_json::{Value, json};

use super::super::{Sample, out};
use super::EMAIL;
use crate::clock::{DAY, Moment};
use crate::rng::Rng;

/// The day of the export.
const TODAY: (i64, i64, i64) = (2026, 11, 2);

/// Country, address, device, system, browser and version, user agent.
type Seat = [&'static str; 6];
const SEATS: [Seat; 5] = [
    [
        "192.0.2.14",
        "iMac de l’atelier",
        "macOS 14",
        "Safari",
        "17.4",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    ],
    [
        "192.0.2.14",
        "iPad de l’atelier",
        "iPadOS 17",
        "Safari",
        "17.2",
        "Mozilla/5.0 (iPad; CPU OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1",
    ],
    [
        "198.51.100.23",
        "iPhone",
        "iOS 17",
        "Application Sellsy",
        "6.3",
        "SellsyMobile/6.3 (iPhone; iOS 17.5.1; Scale/3.00)",
    ],
    [
        "198.51.100.61",
        "Portable",
        "Windows 11",
        "Firefox",
        "126.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0",
    ],
    [
        "203.0.113.9",
        "Portable",
        "Windows 11",
        "Edge",
        "124.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0",
    ],
];

pub(super) fn write(s: &mut Sample) {
    let a_year_ago = Moment::day(TODAY.0 - 1, TODAY.1, TODAY.2);
    let connections = connections(Moment::day(2023, 1, 2), Moment::day(2026, 10, 31), 23);
    let (times, rows): (Vec<Moment>, Vec<Vec<String>>) = connections.into_iter().unzip();
    s.add(
        "activity/connections.csv",
        "csv",
        out::csv(';', &HEADER, &rows).into_bytes(),
        (rows.len(), "activity"),
        "C05: every connection since January 2023",
    );
    let row = 1 + rows.iter().position(|r| r[6].contains("quincampline")).expect("it was put there");
    s.needle(
        "quincampline",
        "activity/connections.csv",
        &format!("row={row},col=terminal"),
        "CSV cell, one of thousands",
    );
    let row = 1 + rows.iter().position(|r| r[3] == "203.0.113.77").expect("it was put there");
    s.needle(
        "203.0.113.77",
        "activity/connections.csv",
        &format!("row={row},col=adresse_ip"),
        "an IP address",
    );
    let old = times.iter().filter(|&&t| t < a_year_ago).count();

    let operations = operations();
    let lines: Vec<Value> = operations.iter().map(|o| o.1.clone()).collect();
    let old_operations = operations.iter().filter(|o| o.0 < a_year_ago).count();
    s.add(
        "activity/content-operations.ndjson",
        "ndjson",
        out::ndjson(&lines),
        (lines.len(), "activity"),
        "C10: what was created, changed and removed",
    );
    let line = 1 + lines.iter().position(|l| l["comment"].is_string()).expect("it was put there");
    s.needle("farfelinette", "activity/content-operations.ndjson", &format!("line={line}/comment"), "NDJSON");
    s.story(
        format!(
            "The log of operations on content is to be kept for one year; {old_operations} of its {} lines are older \
             on the day of the export. So are {old} of the {} connections, for which the policy states no term.",
            lines.len(),
            rows.len()
        ),
        &["activity/content-operations.ndjson", "activity/connections.csv"],
    );

    let rows = visits();
    let header = [
        "date_heure",
        "duree_s",
        "pages_vues",
        "chemin",
        "adresse_ip",
        "systeme",
        "navigateur",
        "terminal",
        "langue",
    ];
    s.add(
        "activity/cookie-visits.csv",
        "csv",
        out::csv(';', &header, &rows).into_bytes(),
        (rows.len(), "activity"),
        "C12: visits of the site, thirteen months of them",
    );
}

pub(super) const HEADER: [&str; 9] = [
    "date_heure",
    "evenement",
    "resultat",
    "adresse_ip",
    "systeme",
    "navigateur",
    "terminal",
    "duree_min",
    "user_agent",
];

/// Connections of every day between the two, with Sundays off and a fortnight of rest in August.
pub(super) fn connections(from: Moment, to: Moment, seed: u64) -> Vec<(Moment, Vec<String>)> {
    let mut rng = Rng::new(seed);
    let mut list = Vec::new();
    let mut day = from;
    while day <= to {
        let (_, month, of_month) = day.ymd();
        let resting = month == 8 && of_month < 15;
        let times = if resting || !day.is_weekday() { rng.below(3) / 2 } else { rng.between(2, 6) };
        for _ in 0..times {
            let at = day.plus(i64::from(rng.between(7 * 3600, 20 * 3600)));
            let seat = SEATS[if rng.percent(62) { 0 } else { rng.index(5) }];
            let result = if rng.percent(4) { "échec" } else { "succès" };
            list.push((at, row(at, "connexion", result, &seat, rng.between(1, 140))));
        }
        day = day.plus(DAY);
    }
    if from == Moment::day(2023, 1, 2) {
        for minute in [10, 11, 12] {
            let at = Moment::day(2024, 5, 15).plus(3 * 3600 + minute * 60);
            let seat = ["203.0.113.77", "inconnu", "inconnu", "inconnu", "", "python-requests/2.31"];
            list.push((at, row(at, "connexion", "refusé", &seat, 0)));
        }
        let at = Moment::parse("2025-12-20T11:40");
        let seat = [
            "203.0.113.9",
            "Tablette prêtée, marché « quincampline »",
            "Android 14",
            "Firefox",
            "132.0",
            "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
        ];
        list.push((at, row(at, "connexion", "succès", &seat, 35)));
    }
    list.sort_by_key(|(at, _)| *at);
    list
}

fn row(at: Moment, event: &str, result: &str, seat: &Seat, minutes: u32) -> Vec<String> {
    let [ip, device, system, browser, version, agent] = *seat;
    let browser = if version.is_empty() { browser.to_owned() } else { format!("{browser} {version}") };
    [&at.slashed_time(), event, result, ip, system, &browser, device, &minutes.to_string(), agent]
        .map(str::to_owned)
        .to_vec()
}

fn operations() -> Vec<(Moment, Value)> {
    const OBJECTS: [&str; 6] = ["facture", "devis", "client", "article", "modèle", "rendez-vous"];
    const KINDS: [&str; 6] =
        ["creation", "modification", "modification", "modification", "creation", "suppression"];
    let mut rng = Rng::new(77);
    let mut list = Vec::new();
    let mut day = Moment::day(2024, 6, 3);
    while day <= Moment::day(2026, 10, 30) {
        if day.is_weekday() && rng.percent(88) {
            let at = day.plus(i64::from(rng.between(8 * 3600, 19 * 3600)));
            let (year, _, _) = at.ymd();
            let object = OBJECTS[rng.index(6)];
            let name = match object {
                "facture" | "devis" => format!("{object} AUB-{year}-{:04}", rng.between(1, 380)),
                _ => format!("{object} n° {}", rng.between(1, 900)),
            };
            let seat = SEATS[if rng.percent(70) { 0 } else { rng.index(5) }];
            let mut line = json!({
                "at": at.iso(),
                "login_id": EMAIL,
                "terminal_id": format!("{} / {}", seat[1], seat[0]),
                "protocol": "https",
                "operation": KINDS[rng.index(6)],
                "object": name,
                "author_id": "U-40117-1"
            });
            if list.len() == 303 {
                line["comment"] = json!("gabarit « farfelinette » remis à zéro");
            }
            list.push((at, line));
        }
        day = day.plus(DAY);
    }
    list
}

fn visits() -> Vec<Vec<String>> {
    const PATHS: [&str; 8] = [
        "/",
        "/tarifs",
        "/fonctionnalites/facturation",
        "/blog/facture-electronique-2026",
        "/aide",
        "/aide/paiements",
        "/fonctionnalites/crm",
        "/rgpd",
    ];
    let mut rng = Rng::new(13);
    let mut day = Moment::day(2025, 10, 6);
    let mut rows = Vec::new();
    while day < Moment::day(2026, 11, 1) {
        let at = day.plus(i64::from(rng.between(7 * 3600, 21 * 3600)));
        let seat = SEATS[rng.index(4)];
        let pages = rng.between(1, 9);
        let first = PATHS[rng.index(8)];
        let path = if pages == 1 { first.to_owned() } else { format!("{first} > {}", PATHS[rng.index(8)]) };
        rows.push(vec![
            at.slashed_time(),
            (pages * rng.between(8, 70)).to_string(),
            pages.to_string(),
            path,
            seat[0].to_owned(),
            seat[2].to_owned(),
            format!("{} {}", seat[3], seat[4]),
            seat[1].to_owned(),
            "fr-FR".to_owned(),
        ]);
        day = day.plus(i64::from(rng.between(1, 4)) * DAY);
    }
    rows
}
