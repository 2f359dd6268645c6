//! What was put right is kept in a case, under a passphrase, and is there again when the same export is opened.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use portolan_tests::pack;
use session::wire::Event;
use session::{Case, Corrections, Passphrase, SearchOptions, Session, case_bytes};

use crate::root;

fn passphrase() -> Passphrase {
    Passphrase::new("quatre phares éteints")
}

/// Opens an export with what a case says, to its end.
fn open(path: &Path, passwords: &[&str], corrections: &Corrections) -> Session {
    session::use_program(PathBuf::from(env!("CARGO_BIN_EXE_bench")));
    let passwords = passwords.iter().map(|p| (*p).to_owned()).collect();
    let session = Session::open_with(vec![path.to_owned()], passwords, corrections.clone(), |_| {});
    session.wait();
    session
}

/// Two contact lists of one name, and a list of bills.
fn twins(folder: &Path, name: &str, city: &str) -> PathBuf {
    let people = format!("name;phone\nCamille Aubépin;+33 1 99 00 12 34\n{city};+33 1 99 00 56 78\n");
    let bills = "invoice_no;date;total_ttc\nF-1;2024-02-01;118.80\nF-2;2024-03-01;20.00\n";
    let files = [("people.csv", people.clone()), ("people.csv", people), ("bills.csv", bills.to_owned())];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let path = folder.join(name);
    fs::write(&path, pack::zip(&files).expect("it is small")).expect("the folder is ours");
    path
}

/// The kinds that files were corrected to.
fn corrected(session: &Session) -> BTreeMap<String, String> {
    let entries = session.opened().entries;
    entries.into_iter().filter_map(|entry| Some((entry.path, entry.corrected?))).collect()
}

fn correct(session: &Session, path: &str, kind: Option<&str>) {
    let id = session.opened().entries.iter().find(|e| e.path == path).expect("it is there").id;
    session.correct_kind(id, kind).expect("it is read");
}

fn kinds(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(entry, kind)| ((*entry).to_owned(), (*kind).to_owned())).collect()
}

#[test]
fn what_was_put_right_is_there_again_whatever_the_file_is_called() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = twins(folder.path(), "before.zip", "Rochelle");
    let session = open(&path, &[], &Corrections::default());
    correct(&session, "people (2).csv", Some("ticket"));
    correct(&session, "bills.csv", Some("other"));
    let state = session.case_state(None);
    assert_eq!((state.name, state.export.as_str(), state.unkept), (None, "new", 2));

    let case = session.keep_in(&Case::new(&passphrase()).expect("it is long enough")).expect("it is read");
    let state = session.case_state(Some(("aubepin.portolan", &case)));
    assert_eq!((state.export.as_str(), state.kinds, state.unkept), ("held", 2, 0));
    assert_eq!((state.exports, state.exports_total), (vec!["before.zip".to_owned()], 1));
    let file = folder.path().join("aubepin.portolan");
    fs::write(&file, case.seal().expect("it is small")).expect("the folder is ours");

    // Another day, another name.
    let moved = folder.path().join("after.zip");
    fs::rename(&path, &moved).expect("the folder is ours");
    let wrong = Passphrase::new("quatre phares allumés");
    let bytes = case_bytes(&file).expect("it is there");
    assert_eq!(Case::open(&bytes, &wrong).expect_err("it is another one").code, "case_locked");
    let case = Case::open(&bytes, &passphrase()).expect("it is the same");
    let session = open(&moved, &[], &case.corrections());
    // Of two entries of one name, it is the second.
    let expected = kinds(&[("people (2).csv", "ticket"), ("bills.csv", "other")]);
    assert_eq!(corrected(&session), expected);
    // Everywhere at once: counts, search, and what is said of it.
    let opened = session.opened();
    assert_eq!((opened.kinds.get("ticket"), opened.kinds.get("billing")), (Some(&2), None));
    assert_eq!(session.find("kind:ticket", &SearchOptions::default()).total, 2);
    let told = opened.case.expect("a case was given");
    assert_eq!((told.matches, told.corrected, told.left_out), (true, 2, 0));
    assert_eq!(session.case_state(Some(("aubepin.portolan", &case))).unkept, 0);

    // Taken back by hand: that is a change to keep, too.
    correct(&session, "bills.csv", None);
    assert_eq!(session.case_state(Some(("aubepin.portolan", &case))).unkept, 1);
    let case = session.keep_in(&case).expect("it is read");
    assert_eq!(session.case_state(Some(("aubepin.portolan", &case))).kinds, 1);
}

#[test]
fn a_case_that_is_opened_beside_the_export_is_applied_at_once_and_others_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("there is room");
    let session = open(&twins(folder.path(), "one.zip", "Rochelle"), &[], &Corrections::default());
    correct(&session, "people.csv", Some("message"));
    let case = session.keep_in(&Case::new(&passphrase()).expect("it is long enough")).expect("it is read");

    let again = open(&folder.path().join("one.zip"), &[], &Corrections::default());
    let before = again.overview().expect("it is open").head.kinds;
    again.apply(&case.corrections());
    assert_eq!(corrected(&again), kinds(&[("people.csv", "message")]));
    let after = again.overview().expect("it is open").head.kinds;
    assert_ne!(before, after, "what was drawn before is drawn anew");

    // Another export of the same names: nothing is made of it, and it is said.
    let other = open(&twins(folder.path(), "two.zip", "Nantes"), &[], &case.corrections());
    assert_eq!(corrected(&other), BTreeMap::new());
    assert!(!other.opened().case.expect("a case was given").matches);
    assert_eq!(other.case_state(Some(("c", &case))).export, "new");
    // Saved again, it holds both.
    correct(&other, "bills.csv", Some("other"));
    let both = other.keep_in(&case).expect("it is read");
    assert_eq!(both.state("c").exports, ["one.zip", "two.zip"]);
    let again = open(&folder.path().join("one.zip"), &[], &both.corrections());
    assert_eq!(corrected(&again), kinds(&[("people.csv", "message")]));
}

#[test]
fn a_case_opened_while_reading_waits_until_it_is_read() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = twins(folder.path(), "one.zip", "Rochelle");
    let session = open(&path, &[], &Corrections::default());
    correct(&session, "people.csv", Some("message"));
    let known = session.corrections(None);

    // The export stands still at its first word, until the case is there.
    let (go, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let slow = Session::open(vec![path], Vec::new(), move |event| {
        if matches!(event, Event::Opening { .. }) {
            let _ = wait.lock().expect("nobody broke it").recv();
        }
    });
    slow.apply(&known);
    assert_eq!(slow.case_state(None).export, "none");
    go.send(()).expect("it waits");
    slow.wait();
    assert_eq!(corrected(&slow), kinds(&[("people.csv", "message")]));
}

#[test]
fn what_cannot_be_made_today_stays_in_the_case() {
    let path = root().join("src-tauri/crates/archive/src/tests/samples/two_passwords.zip");
    let session = open(&path, &["first", "second"], &Corrections::default());
    let entry = session.opened().entries.into_iter().find(|e| e.records > 0).expect("one has records").path;
    correct(&session, &entry, Some("ticket"));
    let case = session.keep_in(&Case::new(&passphrase()).expect("it is long enough")).expect("it is read");

    let locked = open(&path, &[], &case.corrections());
    let told = locked.opened().case.expect("a case was given");
    assert_eq!((told.matches, told.corrected, told.left_out), (true, 0, 1));
    let state = locked.case_state(Some(("c", &case)));
    assert_eq!((state.kinds, state.left_out, state.unkept), (1, 1, 0));
    let kept = locked.keep_in(&case).expect("it is read");
    assert_eq!(
        corrected(&open(&path, &["first", "second"], &kept.corrections())),
        kinds(&[(&entry, "ticket")])
    );
}

#[test]
fn a_folder_is_known_by_its_files() {
    let folder = tempfile::tempdir().expect("there is room");
    let unpacked = folder.path().join("unpacked");
    fs::create_dir(&unpacked).expect("the folder is ours");
    fs::write(unpacked.join("bills.csv"), "invoice_no;total_ttc\nF-1;118.80\n").expect("it is ours");
    let session = open(&unpacked, &[], &Corrections::default());
    correct(&session, "bills.csv", Some("other"));
    let known = session.corrections(None);

    let moved = folder.path().join("elsewhere");
    fs::rename(&unpacked, &moved).expect("the folder is ours");
    assert_eq!(corrected(&open(&moved, &[], &known)), kinds(&[("bills.csv", "other")]));
    fs::write(moved.join("more.csv"), "a;b\n1;2\n").expect("it is ours");
    assert_eq!(corrected(&open(&moved, &[], &known)), BTreeMap::new(), "a file more is another export");
}

#[test]
fn what_is_no_case_is_said() {
    let folder = tempfile::tempdir().expect("there is room");
    let code = |path: &Path| {
        case_bytes(path).and_then(|bytes| Case::open(&bytes, &passphrase())).expect_err("it is none").code
    };
    assert_eq!(code(&folder.path().join("nowhere")), "case_unread");
    assert_eq!(code(folder.path()), "case_not_one");
    let zip = twins(folder.path(), "one.zip", "Rochelle");
    assert_eq!(code(&zip), "case_not_one");
    let newer = folder.path().join("newer");
    fs::write(&newer, b"PORTOLAN CASE\r\n\x1a\x02\0").expect("it is ours");
    assert_eq!(code(&newer), "case_newer");
    let short = Case::new(&Passphrase::new("phares")).expect_err("it is too short");
    assert_eq!((short.code.as_str(), short.args["least"].as_str()), ("passphrase_short", "8"));
}
