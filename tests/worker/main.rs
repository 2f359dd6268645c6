//! Entries are read in a process that can do nothing else; if it dies, that costs one entry.
#![cfg(target_os = "linux")]

mod limits;
mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use session::{SearchOptions, Session};

/// Opens a folder as the program does.
fn open(folder: &Path) -> Session {
    program::open_with(program::REAL, folder)
}

/// The codes of the notes on an entry.
fn codes(session: &Session, name: &str) -> Vec<String> {
    let opened = session.opened();
    let entry = opened.entries.iter().find(|e| e.path.ends_with(name)).expect("every entry is listed");
    entry.notes.iter().map(|n| n.code.clone()).collect()
}

/// These tests look at all workers of this process: one at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder with a table that takes a while to read, and small ones beside it.
fn export() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("tests may write");
    let mut table = String::from("order_no,total,note\n");
    for n in 0..400_000 {
        let _ = writeln!(table, "A-{n},{n}.50,livraison du carnet de reliure au quai Valin");
    }
    std::fs::write(folder.path().join("long.csv"), table).expect("tests may write");
    for n in 0..5 {
        let text = format!("order_no,total\nB-{n},5.00\n");
        std::fs::write(folder.path().join(format!("short-{n}.csv")), text).expect("tests may write");
    }
    folder
}

/// The worker that is busy with the long table.
fn busy_worker(mine: &[u32]) -> u32 {
    let began = Instant::now();
    loop {
        let busy = portolan_tests::children().into_iter().filter(|id| !mine.contains(id)).find(|id| {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
            // User time, in ticks of 10 ms.
            rest.split(' ').nth(11).and_then(|n| n.parse::<u64>().ok()).is_some_and(|ticks| ticks >= 8)
        });
        match busy {
            Some(id) => return id,
            None => assert!(began.elapsed() < Duration::from_secs(30), "no worker is busy"),
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test does what an enemy, or a kernel short of memory, would do"
)]
fn signal(id: u32, signal: &str) {
    let done = Command::new("kill").arg(format!("-{signal}")).arg(id.to_string()).status();
    assert!(done.is_ok_and(|status| status.success()), "the worker can be signalled");
}

/// Reads the export while a worker gets a signal; the codes of the notes on each entry.
fn read_under(name: &str) -> (Session, BTreeMap<String, Vec<String>>) {
    let _alone = alone();
    let folder = export();
    let before = portolan_tests::children();
    let session = open(folder.path());
    signal(busy_worker(&before), name);
    session.wait();
    let opened = session.opened();
    let notes = opened
        .entries
        .iter()
        .map(|e| (e.path.clone(), e.notes.iter().map(|n| n.code.clone()).collect()))
        .collect();
    (session, notes)
}

fn check_one_entry_is_lost(signal: &str) {
    let (session, notes) = read_under(signal);
    assert_eq!(notes.len(), 6);
    for (path, codes) in notes {
        let expected: &[&str] = if path.ends_with("long.csv") { &["reader_killed"] } else { &[] };
        assert_eq!(codes, expected, "{path}");
    }
    // What was read before stays, and the rest is whole.
    let found = |query: &str| session.find(query, &SearchOptions::default()).total;
    assert_eq!(found("order_no:B-3").max(found("B-3")), 1);
    let entry = session.entries(0, 500, Some("partly"));
    assert_eq!(entry.total, 1);
    assert!(entry.rows[0].records > 0 && entry.rows[0].records < 400_000);
}

#[test]
fn a_worker_that_is_killed_costs_its_entry_alone() {
    check_one_entry_is_lost("KILL");
}

#[test]
fn a_worker_that_is_stopped_is_replaced() {
    check_one_entry_is_lost("STOP");
}

#[test]
fn a_worker_can_do_nothing_else() {
    let _alone = alone();
    let folder = export();
    let before = portolan_tests::children();
    let session = open(folder.path());
    let id = busy_worker(&before);
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let limits = std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap_or_default();
    session.stop();
    session.wait();
    let says =
        |line: &str| status.lines().any(|l| l.split_whitespace().collect::<Vec<_>>().join(" ") == line);
    assert!(says("NoNewPrivs: 1") && says("Seccomp: 2"), "{status}");
    let soft = |name: &str| {
        let line = limits.lines().find(|l| l.starts_with(name)).unwrap_or("");
        line[name.len()..].split_whitespace().next().unwrap_or("").to_owned()
    };
    assert_eq!(soft("Max file size"), "0");
    assert_eq!(soft("Max open files"), "8");
    assert_eq!(soft("Max core file size"), "0");
    assert_eq!(soft("Max address space"), (1_u64 << 30).to_string());
    assert!(soft("Max cpu time").parse::<u64>().is_ok_and(|seconds| seconds <= 31), "{limits}");
    let gone = portolan_tests::children().iter().all(|id| before.contains(id));
    assert!(gone, "no worker stays behind");
}
