//! The command line with a case: kinds that were put right in the window hold here as well.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use session::{Case, Passphrase, Session};

const PASSPHRASE: &str = "quatre phares éteints";

/// A folder with an export, another one, the passphrase, and a case that takes the bills of the first for tickets.
struct Desk(tempfile::TempDir);

/// What the program said.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("there is room"));
        for (name, amount) in [("one", "118.80"), ("two", "20.00")] {
            fs::create_dir(desk.path(name)).expect("the folder is ours");
            let bills = format!("invoice_no;date;total_ttc\nF-1;2024-02-01;{amount}\nF-2;2024-03-01;5.00\n");
            fs::write(desk.path(name).join("bills.csv"), bills).expect("it is ours");
        }
        session::use_program(PathBuf::from(env!("CARGO_BIN_EXE_portolan")));
        let session = Session::open(vec![desk.path("one")], Vec::new(), |_| {});
        session.wait();
        session.correct_kind(0, Some("ticket")).expect("it is read");
        let case = Case::new(&Passphrase::new(PASSPHRASE)).expect("it is long enough");
        let case = session.keep_in(&case).expect("it is read").seal().expect("it is small");
        fs::write(desk.path("case.portolan"), case).expect("it is ours");
        fs::write(desk.path("passphrase"), format!("{PASSPHRASE}\r\n")).expect("it is ours");
        fs::write(desk.path("wrong"), "quatre phares allumés\n").expect("it is ours");
        fs::write(desk.path("newer.portolan"), b"PORTOLAN CASE\r\n\x1a\x02\0").expect("it is ours");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    #[expect(clippy::disallowed_methods, reason = "the program itself is started, as a script would")]
    fn run(&self, words: &str, input: &str) -> Said {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portolan"))
            .args(words.split(' '))
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it was just built");
        // Where the program looks at no input, it may be gone before all of it is written.
        let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
        let done = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
        Said { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }

    fn json(&self, words: &str) -> Value {
        let said = self.run(words, "");
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{words}");
        serde_json::from_str(&said.out).expect("it is JSON")
    }
}

#[test]
fn a_case_is_used_refused_and_told_apart() {
    let desk = Desk::new();
    let with = "--case case.portolan --passphrase-file passphrase";

    // As it was recognised, and as the case says.
    let plain = desk.json("open one --json");
    assert_eq!((&plain["kinds"]["billing"], &plain["case"]), (&Value::from(2), &Value::Null));
    let opened = desk.json(&format!("open one --json {with}"));
    assert_eq!(opened["kinds"], serde_json::json!({"ticket": 2}));
    assert_eq!(opened["entries"][0]["corrected"], "ticket");
    let used = serde_json::json!({"matches": true, "corrected": 1, "left_out": 0});
    assert_eq!(opened["case"], used);
    assert_eq!(desk.json(&format!("search one kind:ticket --json {with}"))["total"], 2);
    let shown = desk.json(&format!("show one bills.csv#row=1 --json {with}"));
    assert_eq!(shown["record"]["kind"], "ticket");
    let records = desk.run(&format!("records one --kind ticket --format ndjson {with}"), "");
    assert_eq!(records.out.lines().count(), 2);
    let told = desk.run(&format!("open one {with}"), "");
    assert!(told.out.contains("kinds corrected as the case says, in files: 1"), "{}", told.out);
    let input = desk.run("search one kind:ticket --case case.portolan --passphrase-file -", PASSPHRASE);
    assert_eq!((input.code, input.out.lines().next()), (Some(0), Some("2 for kind:ticket")));

    // Another export.
    let other = desk.run(&format!("open two --json {with}"), "");
    let opened: Value = serde_json::from_str(&other.out).expect("it is JSON");
    assert_eq!((other.code, &opened["case"]["matches"]), (Some(0), &Value::from(false)));
    assert_eq!(opened["kinds"]["billing"], 2);
    assert!(other.err.contains("the case does not hold this export"), "{}", other.err);

    // What does not work, by exit code and first words.
    let check = |words: &str, code: i32, says: &str| {
        let said = desk.run(words, "");
        assert_eq!(said.code, Some(code), "{words}: {}", said.err);
        assert!(said.err.contains(says), "{words}: {}", said.err);
        assert_eq!(said.out, "", "{words}");
    };
    check(
        "open one --case case.portolan --passphrase-file wrong",
        4,
        "the passphrase does not open the case",
    );
    check("search one F-1 --case case.portolan", 4, "opens with its passphrase only");
    check("open one --case newer.portolan --passphrase-file wrong", 3, "made by a newer version of Portolan");
    check(
        "records one --case one/bills.csv --passphrase-file wrong",
        3,
        "bills.csv is not a case of Portolan",
    );
    check("open one --case nowhere --passphrase-file wrong", 3, "could not read the case: entity not found");
    check("open one --case case.portolan --passphrase-file nowhere", 2, "passphrase file nowhere");
    check("open one --passphrase-file passphrase", 2, "--case");
    let both = "open one --case case.portolan --passphrase-file - --password-file -";
    check(both, 2, "standard input can hold one of these only");
    let batch = "search one --batch --case case.portolan --passphrase-file -";
    check(batch, 2, "standard input can hold one of these only");

    // In JSON too, and the case itself was not touched.
    let before = fs::read(desk.path("case.portolan")).expect("it is there");
    let said = desk.run("open one --json --case case.portolan --passphrase-file wrong", "");
    let refused: Value = serde_json::from_str(&said.out).expect("it is JSON");
    let expected = (Some(4), &Value::from("error"), &Value::from("case_locked"));
    assert_eq!((said.code, &refused["outcome"], &refused["error"]["code"]), expected);
    assert_eq!(fs::read(desk.path("case.portolan")).expect("it is there"), before);
    assert!(names(desk.0.path()).iter().all(|name| !name.ends_with(".part")));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is ours");
    entries.map(|e| e.expect("it is ours").file_name().to_string_lossy().into_owned()).collect()
}
