//! Known services: an invented sample each, told by its names or by what it holds, and the kinds of its files.
//!
//! Files of open standards are no service's; they are in `standards.txt`, of the service `none`.
//!
//! A sample is several files in one text. Its first line says which service is told and how: `certain` or `likely` by
//! the names of its entries, `keys` by what one of them holds. `//- name => kind what` starts a file and says what its
//! records are.

use files::Row;
use records::{Kind, Plan, SAMPLE_ROWS, Service, What};

const SAMPLES: [&str; 11] = [
    include_str!("samples/google.txt"),
    include_str!("samples/meta.txt"),
    include_str!("samples/social.txt"),
    include_str!("samples/media.txt"),
    include_str!("samples/shops.txt"),
    include_str!("samples/chats.txt"),
    include_str!("samples/desks.txt"),
    include_str!("samples/consents.txt"),
    include_str!("samples/others.txt"),
    include_str!("samples/contents.txt"),
    include_str!("samples/standards.txt"),
];

struct File {
    entry: &'static str,
    wanted: Option<(Kind, Option<What>)>,
    text: String,
}

struct Sample {
    service: &'static str,
    told: &'static str,
    files: Vec<File>,
}

/// The samples of a text, each from its `=== service told` line on.
fn samples(text: &'static str) -> Vec<Sample> {
    let mut out: Vec<Sample> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let (service, told) = head.split_once(' ').expect("a sample says how it is told");
            out.push(Sample { service, told, files: Vec::new() });
            continue;
        }
        let Some(sample) = out.last_mut() else { continue };
        if let Some(head) = line.strip_prefix("//- ") {
            let (entry, wanted) = head.split_once(" => ").unwrap_or((head, ""));
            let mut words = wanted.split_whitespace();
            let kind = words.next().map(|w| w.parse().unwrap_or_else(|()| panic!("no kind: {line}")));
            let what = words.next().map(|w| {
                What::ALL
                    .into_iter()
                    .find(|what| what.word() == w)
                    .unwrap_or_else(|| panic!("nothing: {line}"))
            });
            sample.files.push(File { entry, wanted: kind.map(|k| (k, what)), text: String::new() });
        } else if let Some(file) = sample.files.last_mut() {
            file.text.push_str(line);
            file.text.push('\n');
        }
    }
    out
}

/// A file's rows and the plan of it.
fn read(file: &File, service: Option<&'static Service>) -> (Plan, Vec<Row>) {
    let mut rows = Vec::new();
    let bytes = file.text.as_bytes();
    let reading = files::read(file.entry, &mut &*bytes, u64::try_from(bytes.len()).ok(), &mut |_, row| {
        rows.push(row.clone());
        true
    });
    let mut plan = Plan::new(file.entry, service);
    plan.learn(&reading.layout, &rows[..rows.len().min(SAMPLE_ROWS)]);
    plan.learn_rest(&reading.layout);
    (plan, rows)
}

#[test]
fn samples_are_told_and_their_files_are_what_they_are() {
    let mut wrong = Vec::new();
    let mut met = Vec::new();
    for sample in SAMPLES.into_iter().flat_map(samples) {
        met.push(sample.service);
        let by_names = Service::recognise(sample.files.iter().map(|f| f.entry));
        let named = by_names.map_or("none", |(s, _)| s.id.as_str());
        let how = by_names.map_or("keys", |(_, c)| c.word());
        if sample.told != how || (how != "keys" && named != sample.service) {
            wrong.push(format!("{}: wanted {}, got {named} {how}", sample.service, sample.told));
        }
        let mut by_keys = None;
        for file in &sample.files {
            let (plan, rows) = read(file, by_names.map(|(s, _)| s));
            by_keys = by_keys.or(plan.told().map(|s| s.id.as_str()));
            let Some((kind, what)) = file.wanted else { continue };
            let glances: Vec<_> = rows.iter().filter(|r| !r.span.heading).map(|r| plan.glance(r)).collect();
            let all = glances.iter().all(|g| g.kind == kind && what.is_none_or(|w| w == g.what));
            if glances.is_empty() || !all {
                let got: Vec<String> =
                    glances.iter().take(3).map(|g| format!("{} {}", g.kind.word(), g.what.word())).collect();
                wrong.push(format!("{}: {}: got {got:?}", sample.service, file.entry));
            }
        }
        if how == "keys" && by_keys.unwrap_or("none") != sample.service {
            wrong.push(format!("{}: its keys tell {by_keys:?}", sample.service));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for service in Service::all().filter(|s| s.id != "sellsy") {
        assert!(met.contains(&service.id.as_str()), "{} has no sample", service.id);
    }
}

#[test]
fn a_folder_of_several_systems_is_of_no_service_by_name() {
    let names = ["zendesk/tickets.json", "stripe/charges.json", "hubspot/contacts.csv", "README.txt"];
    assert!(Service::recognise(names.into_iter()).is_none());
}

#[test]
fn most_entries_tell_the_service_of_an_export() {
    let named = |id: &str| Service::all().find(|s| s.id == id);
    let told = |ids: &[&str]| {
        let service = Service::of_entries(ids.iter().map(|id| named(id)));
        service.map_or("none", |(s, _)| s.id.as_str())
    };
    assert_eq!(told(&["stripe", "stripe", ""]), "stripe");
    assert_eq!(told(&["stripe", "", ""]), "none");
    assert_eq!(told(&["stripe", "zendesk"]), "none");
    assert_eq!(told(&["kantara"]), "kantara");
    assert_eq!(told(&["wordpress", ""]), "wordpress");
    assert_eq!(told(&[]), "none");
}

#[test]
fn a_kind_said_by_the_user_counts() {
    let file = File {
        entry: "export/liste.csv",
        wanted: None,
        text: "Nom;Prénom;Date;Montant\nAubépin;Camille;2024-02-01;12,50\nPetit;Inès;2024-02-02;9,00\n"
            .to_owned(),
    };
    let (plan, rows) = read(&file, None);
    let rows: Vec<Row> = rows.into_iter().filter(|r| !r.span.heading).collect();
    let before = plan.glance(&rows[0]).kind;
    assert_ne!(before, Kind::Contact);
    let plan = plan.corrected(Kind::Contact);
    assert_eq!(plan.correction(), Some(Kind::Contact));
    let reading = files::read(file.entry, &mut file.text.as_bytes(), None, &mut |_, _| true);
    for row in &rows {
        let record =
            plan.record(&reading.layout, row, records::RecordId { entry: records::EntryId(0), number: 0 });
        assert_eq!((record.kind, record.what), (Kind::Contact, What::Contact));
        assert_eq!((record.certainty.word(), record.reason.as_str()), ("certain", "said by you"));
    }
    // The same when it is said before the entry is read, as a case that remembers it does.
    let mut early = Plan::new(file.entry, None).corrected(Kind::Billing);
    early.learn(&reading.layout, &rows);
    let glance = early.glance(&rows[1]);
    assert_eq!(glance.kind, Kind::Billing);
    assert_eq!(glance.money.map(|m| m.amount.to_string()).as_deref(), Some("9.00"));
}
