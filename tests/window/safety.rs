//! What the window promises: nothing leaves, the page may ask nothing but the program's own questions, and nothing is
//! left behind.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::Page;
use crate::stage::{Alone, CutOff, Stage, as_user, built, repository};
use crate::witness::ways_out;

/// An address that is on this computer and on no other, for whatever the page might try to reach.
const CANARY: &str = "127.0.0.9";

#[test]
fn nothing_leaves_and_nothing_but_own_questions_is_answered() {
    let stage = Stage::new("en_GB.UTF-8");
    let heard = Arc::new(AtomicUsize::new(0));
    let port = listen(Arc::clone(&heard));
    let page = stage.open(&[]);
    page.find("#app, main");

    // The kernel refuses sockets to the program, which has tried and says so.
    assert_eq!(page.ask("start", &json!({}))["network"], "refused");

    // Tauri's own commands and those that no capability grants are refused.
    let refused = |command: &str, arguments: Value| {
        let answer = page.ask(command, &arguments);
        assert!(answer["thrown"].is_string(), "{command} is answered: {answer}");
    };
    refused("plugin:app|version", json!({}));
    refused("plugin:app|set_app_theme", json!({"theme": "dark"}));
    refused("plugin:event|emit", json!({"event": "x", "payload": 1}));
    refused("plugin:path|resolve_directory", json!({"directory": 1}));
    refused("plugin:window|create", json!({"options": {"label": "second"}}));
    refused(
        "plugin:webview|create_webview_window",
        json!({"options": {"label": "second", "url": "https://example.org"}}),
    );
    refused("plugin:webview|internal_toggle_devtools", json!({}));
    refused("plugin:resources|close", json!({"rid": 1}));
    refused("no_such_command", json!({}));

    // Whatever a page can do to reach out is tried, and nothing arrives.
    reach_out(&page, &format!("http://{CANARY}:{port}"));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(heard.load(Ordering::SeqCst), 0, "the page has reached {CANARY}");
    let address = page.script("return location.protocol + '//' + location.host");
    assert_eq!(address, "tauri://localhost", "the page has gone elsewhere");

    page.close();
    let calls = fs::read_to_string(stage.calls()).expect("the witness has written");
    assert_eq!(ways_out(&calls), Vec::<String>::new());
    assert!(calls.contains("socket(AF_UNIX"), "the witness was asleep");
    assert!(
        calls.contains("socket(AF_INET") && calls.contains("EACCES"),
        "the program has not tried for itself"
    );
}

#[test]
fn every_process_has_given_up_what_it_does_not_need() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[]);
    page.find("#app, main");
    let processes = stage.processes();
    for kind in ["portolan-deskto", "WebKitNetworkPr", "WebKitWebProces"] {
        assert!(processes.iter().any(|(_, name)| name == kind), "no {kind} among {processes:?}");
    }
    let here = fs::read_to_string("/proc/self/status").expect("this test runs");
    let filters_here = here.lines().find_map(|line| line.strip_prefix("Seccomp_filters:"));
    let filters_here: u32 =
        filters_here.and_then(|count| count.trim().parse().ok()).expect("Linux 5.9 or newer");
    for (pid, name) in &processes {
        let check = |file: &str, key: &str, value: &[&str]| {
            let Ok(all) = fs::read_to_string(format!("/proc/{pid}/{file}")) else { return has_ended(*pid) };
            let says = all.lines().find_map(|line| line.strip_prefix(key));
            let says = says.map(|says| says.split_whitespace().collect::<Vec<_>>());
            assert_eq!(says.as_deref(), Some(value), "{key} of {name}");
        };
        // Nobody else reads what it writes, and no crash leaves its memory on the disk.
        check("status", "Umask:", &["0077"]);
        check("limits", "Max core file size", &["0", "0", "bytes"]);
        // The kernel filters its calls, which nothing that it starts can undo: by a filter of its own, beside those
        // under which these tests run.
        check("status", "Seccomp:", &["2"]);
        check("status", "Seccomp_filters:", &[&(filters_here + 1).to_string()]);
        check("status", "NoNewPrivs:", &["1"]);
    }
    page.close();
}

#[test]
fn other_programs_of_the_same_user_do_not_see_its_memory() {
    let stage = Stage::new("en_GB.UTF-8");
    let program = match stage.alone() {
        Ok(program) => program,
        Err(reason) => return skip(&reason),
    };
    // What can be read of any other program of that user is refused for this one.
    let other = Alone::idle();
    let map = |pid: u32| as_user("head").args(["-c", "1", &format!("/proc/{pid}/maps")]).output();
    let is_read = |pid| map(pid).expect("it runs").status.success();
    assert!(is_read(other.pid()), "nothing can be read of any program here");
    assert!(!is_read(program.pid()), "its memory can be read");
}

#[test]
fn the_page_lacks_what_it_does_not_need() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[]);
    page.find("#app, main");
    let check =
        |asked: &str, answer: Value| assert_eq!(page.script(&format!("return {asked}")), answer, "{asked}");
    let none = || json!("undefined");
    // Calls, cameras, sound, films.
    check("typeof RTCPeerConnection", none());
    check("typeof navigator.mediaDevices", none());
    check("typeof AudioContext", none());
    check("typeof document.createElement('video').play", none());
    // Drawing by the graphics card.
    check("document.createElement('canvas').getContext('webgl')", Value::Null);
    check("document.createElement('canvas').getContext('webgl2')", Value::Null);
    // Places where something could stay.
    check("localStorage", Value::Null);
    check("typeof indexedDB", none());
    check("(document.cookie = 'a=b', document.cookie)", json!(""));
    // More windows, and the clipboard.
    check("window.open('about:blank')", Value::Null);
    check("document.execCommand('paste')", json!(false));
    check("await navigator.clipboard.readText().catch(() => 'refused')", json!("refused"));
    // Leave that would be asked for is never given.
    check("await Notification.requestPermission()", json!("denied"));
    check(
        "await new Promise((told) => navigator.geolocation.getCurrentPosition(() => told('there'), () => told('refused')))",
        json!("refused"),
    );
    page.close();
}

#[test]
fn opens_where_there_is_no_network_at_all() {
    let cut_off = match CutOff::find() {
        Ok(cut_off) => cut_off,
        Err(reason) => return skip(&reason),
    };
    let sellsy = repository().join("sample-exports").join("sellsy");

    // The command line.
    let run = |program: &Path, arguments: &[&OsStr]| {
        let output = cut_off.command(program).args(arguments).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it prints text")
    };
    only_itself(&run(Path::new("cat"), &["/proc/self/net/dev".as_ref()]));
    let found = run(&built("portolan"), &["search".as_ref(), sellsy.as_ref(), "F-2024-0207".as_ref()]);
    assert!(found.contains("billing/invoices.json"), "{found}");

    // The window.
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open_cut_off(&cut_off, &[&sellsy]);
    page.find_text("h1", "Camille Aubépin");
    page.press("Control+k");
    page.find("#search").write("F-2024-0207");
    page.find_text("#hits .hit", "billing/invoices.json");
    for (pid, _) in stage.processes() {
        fs::read_to_string(format!("/proc/{pid}/net/dev"))
            .map_or_else(|_| has_ended(pid), |devices| only_itself(&devices));
    }
    page.close();
}

/// What is started for a moment, as to read an entry, may be over before it is looked at; nothing else hides itself.
fn has_ended(pid: u32) {
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let is_over = state.rsplit_once(") ").is_none_or(|(_, after)| after.starts_with(['Z', 'X']));
    assert!(is_over, "process {pid} cannot be looked at: {state}");
}

/// Says why a test says nothing, also to those who are shown the words of failed tests only.
fn skip(reason: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
}

/// Whether a list of network devices names none but that by which a computer speaks to itself.
fn only_itself(devices: &str) {
    // Two lines of headings come first.
    let names: Vec<_> = devices.lines().skip(2).filter_map(|line| line.trim().split(':').next()).collect();
    assert!(names.iter().all(|&name| name == "lo"), "there is a network: {names:?}");
}

/// Tries every way out of a page that there is, each on its own, so that one refusal does not spare the next.
fn reach_out(page: &Page, to: &str) {
    let ways = [
        "await fetch(TO + '/fetch', { mode: 'no-cors' })",
        "await fetch(TO.replace('http', 'https') + '/fetch', { mode: 'no-cors' })",
        "navigator.sendBeacon(TO + '/beacon', 'x')",
        "new WebSocket(TO.replace('http', 'ws') + '/socket')",
        "new EventSource(TO + '/events')",
        "new Worker(TO + '/worker.js')",
        "new Image().src = TO + '/image.png'",
        "await import(TO + '/module.js')",
        "link('preconnect')",
        "link('dns-prefetch')",
        "link('prefetch')",
        "link('preload', { as: 'image' })",
        "link('prerender')",
        "link('stylesheet')",
        "link('icon')",
        "link('manifest')",
        "add('script', { src: TO + '/script.js' })",
        "add('iframe', { src: TO + '/frame' })",
        "add('object', { data: TO + '/object' })",
        "add('embed', { src: TO + '/embed' })",
        "add('video', { src: TO + '/video', autoplay: true })",
        "add('audio', { src: TO + '/audio', autoplay: true })",
        "add('style', { textContent: `body { background: url(${TO}/background) } @import '${TO}/import.css'` })",
        "add('div', { style: `background: url(${TO}/inline)` })",
        "add('form', { action: TO + '/form', method: 'post' }).submit()",
        "add('a', { href: TO + '/link' }).click()",
        "add('a', { href: TO + '/ping-link', ping: TO + '/ping' }).click()",
        "add('a', { href: TO + '/save', download: 'x' }).click()",
        "add('a', { href: TO + '/blank', target: '_blank' }).click()",
        "window.open(TO + '/window')",
        "new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + TO.slice(7) }] }).createDataChannel('x')",
        "await navigator.serviceWorker.register(TO + '/service.js')",
        "location.href = TO + '/location'",
        "location.replace(TO + '/replace')",
    ];
    for way in ways {
        let _ = page.script(&format!(
            "const TO = {to:?};
             const add = (name, has) => document.body.appendChild(Object.assign(document.createElement(name), has));
             const link = (rel, has) => document.head.appendChild(
               Object.assign(document.createElement('link'), {{ rel, href: TO + '/' + rel }}, has));
             {way};
             await new Promise((later) => setTimeout(later, 100));"
        ));
    }
}

/// Counts who connects to the canary.
fn listen(heard: Arc<AtomicUsize>) -> u16 {
    let listener = std::net::TcpListener::bind((CANARY, 0)).expect("all of 127.0.0.0/8 is this computer");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for _ in listener.incoming() {
            heard.fetch_add(1, Ordering::SeqCst);
        }
    });
    port
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
