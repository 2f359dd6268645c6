//! A case on the desk: saved where it was said, saved again without harm to what somebody else wrote, applied to exports
//! that come and go.

use std::fs;
use std::path::PathBuf;

use session::Passphrase;

use super::*;

fn passphrase() -> Passphrase {
    Passphrase::new("quatre phares éteints")
}

/// A folder with an export, and a desk on which it lies open and read.
fn opened() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    fs::create_dir(&export).unwrap();
    fs::write(export.join("bills.csv"), "invoice_no;date;total_ttc\nF-1;2024-02-01;118.80\n").unwrap();
    let desk = Desk::new("promised", Vec::new(), Vec::new());
    open(&desk, export);
    (folder, desk)
}

fn open(desk: &Desk, export: PathBuf) {
    desk.open(vec![export], Vec::new());
    desk.session().unwrap().wait();
}

/// Entries of the open export whose kind was changed, and what is not kept of that.
fn corrected(desk: &Desk) -> (usize, u32) {
    let entries = desk.session().unwrap().opened().entries;
    (entries.iter().filter(|e| e.corrected.is_some()).count(), desk.case_state().unkept)
}

#[test]
fn a_case_is_saved_again_where_it_lies_and_applied_to_what_is_opened_next() {
    let (folder, desk) = opened();
    let (export, file) = (folder.path().join("export"), folder.path().join("my.portolan"));
    desk.session().unwrap().correct_kind(0, Some("ticket")).unwrap();
    assert_eq!(corrected(&desk), (1, 1));
    let inside = desk.keep_in_new_case(export.join("my.portolan"), &passphrase()).unwrap_err();
    assert_eq!(inside.code, "inside_export");
    desk.keep_in_new_case(file.clone(), &passphrase()).unwrap();
    let state = desk.case_state();
    assert_eq!((state.name.as_deref(), state.kinds, state.unkept), (Some("my.portolan"), 1, 0));

    // The export is opened anew, with a password for one: what the case says holds again.
    open(&desk, export.clone());
    assert_eq!(corrected(&desk), (1, 0));
    // What is not kept yet survives a password, too, for it is the same export.
    desk.session().unwrap().correct_kind(0, Some("message")).unwrap();
    desk.unlock(vec!["lazaret".to_owned()]).unwrap();
    desk.session().unwrap().wait();
    assert_eq!(corrected(&desk), (1, 1));
    let before = fs::read(&file).unwrap();
    desk.keep_in_open_case().unwrap();
    assert_eq!(corrected(&desk), (1, 0));
    assert_ne!(fs::read(&file).unwrap(), before);

    // Somebody else wrote there: nothing is written over.
    desk.session().unwrap().correct_kind(0, None).unwrap();
    fs::write(&file, &before).unwrap();
    assert_eq!(desk.keep_in_open_case().unwrap_err().code, "case_changed");
    assert_eq!(fs::read(&file).unwrap(), before);
    fs::write(&file, "a letter").unwrap();
    assert_eq!(desk.keep_in_open_case().unwrap_err().code, "case_changed");
    fs::write(&file, &before).unwrap();
    // Nor is a case that is there already.
    let exists = desk.keep_in_new_case(file.clone(), &passphrase()).unwrap_err();
    assert_eq!(exists.code, "case_exists");

    // Opened beside the export, it is applied at once.
    assert_eq!(desk.choose_case(file).unwrap(), "my.portolan");
    assert_eq!(desk.open_case(&Passphrase::new("quatre phares")).unwrap_err().code, "case_locked");
    desk.open_case(&passphrase()).unwrap();
    assert_eq!(corrected(&desk), (1, 0));
    desk.close();
    assert_eq!(desk.case_state().exports, ["export"]);
    desk.close_case();
    open(&desk, export);
    assert_eq!(corrected(&desk), (0, 0));
}

#[test]
fn what_is_no_case_is_not_chosen() {
    let (folder, desk) = opened();
    let zip = folder.path().join("export.zip");
    fs::write(&zip, "PK").unwrap();
    let refused = desk.choose_case(zip).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.args["name"].as_str()), ("case_not_one", "export.zip"));
    assert_eq!(refused.message, "export.zip is not a case of Portolan");
    assert_eq!(desk.open_case(&passphrase()).unwrap_err().code, "no_case");
    assert_eq!(desk.keep_in_open_case().unwrap_err().code, "no_case");
    desk.close();
    let nothing = desk.keep_in_new_case(folder.path().join("my.portolan"), &passphrase()).unwrap_err();
    assert_eq!(nothing.code, "nothing_open");
}
