//! Opening as it goes: what is told meanwhile, stopping, passwords, and what cannot be opened.

use std::sync::{Arc, Mutex, PoisonError};

use session::wire::Event;
use session::{SearchOptions, Session};

use crate::{open, root};

/// Everything that was told while something was opened to the end.
fn told(path: std::path::PathBuf) -> (Session, Vec<Event>) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&events);
    let session = open(path, move |event| {
        heard.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    });
    session.wait();
    let events = events.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (session, events)
}

#[test]
fn opening_says_what_is_opened_how_far_it_is_and_when_it_is_done() {
    let (session, events) = told(root().join("sample-exports/sellsy"));
    assert!(
        matches!(events.first(), Some(Event::Opening { name }) if name == "sellsy"),
        "{:?}",
        events.first()
    );
    let Some(Event::Done { head }) = events.last() else { panic!("the last word is {:?}", events.last()) };
    assert_eq!(head.state, "done");
    assert_eq!(head.records, session.opened().kinds.values().sum::<u64>());
    for event in &events {
        if let Event::Progress { progress } = event {
            assert!(progress.entries_done <= progress.entries_total, "{progress:?}");
            assert!(progress.bytes_done <= progress.bytes_total, "{progress:?}");
        }
    }
}

#[test]
fn what_is_stopped_accounts_for_every_entry_all_the_same() {
    let session = open(root().join("sample-exports/sellsy"), |_| {});
    session.stop();
    session.wait();
    let head = session.head().expect("the container was opened");
    assert_eq!(head.state, "stopped");
    assert_eq!(head.statuses.values().sum::<u64>(), u64::from(head.entries));
    let unread = session.entries(0, 500, Some("unread"));
    assert!(unread.total > 0, "reading was stopped before the end");
}

#[test]
fn a_password_is_asked_for_only_where_one_could_open_something() {
    let folder = tempfile::tempdir().expect("tests may write");
    std::fs::write(folder.path().join("plain.txt"), "a lighthouse").expect("tests may write");
    let sealed = "-----BEGIN PGP MESSAGE-----\n\nhQEMA7Zk0v4mOe9vAQf/XmFrZQ==\n-----END PGP MESSAGE-----\n";
    std::fs::write(folder.path().join("sealed.asc"), sealed).expect("tests may write");
    let (session, _) = told(folder.path().to_owned());
    let opened = session.opened();
    let entry = opened.entries.iter().find(|e| e.path == "sealed.asc").expect("it is listed");
    assert_eq!((entry.status.as_str(), opened.outcome), ("encrypted", "open_with_warning"), "{entry:?}");
    assert_eq!(session.head().map(|h| h.outcome).as_deref(), Some("open_with_warning"));
}

#[test]
fn what_is_no_container_is_refused_with_what_it_is_and_what_to_do() {
    let folder = tempfile::tempdir().expect("tests may write");
    let page = folder.path().join("export.zip");
    std::fs::write(&page, "<!doctype html><html><body>Please log in</body></html>").expect("tests may write");
    let (session, events) = told(page);
    let Some(Event::Refused { trouble }) = events.last() else {
        panic!("the last word is {:?}", events.last())
    };
    assert!(trouble.message.contains("web page") || trouble.message.contains("HTML"), "{trouble:?}");
    assert!(!trouble.hint.is_empty());
    let args = ["name", "what"].map(|name| trouble.args.get(name).map(String::as_str));
    assert_eq!(args, [Some("export.zip"), Some("a web page (HTML)")]);
    assert_eq!(session.opened().outcome, "error");
    assert!(session.find("log", &SearchOptions::default()).hits.is_empty());
}

#[test]
fn records_that_cannot_be_read_again_are_not_left_out_in_silence() {
    let folder = tempfile::tempdir().expect("tests may write");
    let file = folder.path().join("orders.csv");
    std::fs::write(&file, "order_no,total\nA-1,5.00\nA-2,6.00\n").expect("tests may write");
    let (session, _) = told(folder.path().to_owned());
    assert!(session.opened().notes.is_empty());
    std::fs::write(&file, "order_no\n").expect("tests may write");
    let mut records = 0;
    session.each_record(None, |_| records += 1);
    assert_eq!(records, 0);
    let notes = session.opened().notes;
    assert!(notes.len() == 1 && notes[0].message.contains("orders.csv"), "{notes:?}");
}

#[test]
fn a_count_that_looks_cut_off_is_said_and_is_no_warning() {
    let folder = tempfile::tempdir().expect("tests may write");
    let rows = |count: usize| (0..count).map(|n| format!("A-{n},5.00\n")).collect::<String>();
    for (name, count) in [("cut.csv", 1000), ("whole.csv", 1001)] {
        let text = format!("order_no,total\n{}", rows(count));
        std::fs::write(folder.path().join(name), text).expect("tests may write");
    }
    let (session, _) = told(folder.path().to_owned());
    let opened = session.opened();
    let noted: Vec<&str> = opened
        .entries
        .iter()
        .filter(|e| e.notes.iter().any(|n| n.code == "round_count"))
        .map(|e| e.path.as_str())
        .collect();
    assert!(noted.len() == 1 && noted[0].ends_with("cut.csv"), "{noted:?}");
    assert_eq!(opened.outcome, "open");
}
