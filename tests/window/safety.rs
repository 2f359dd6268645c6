//! What the window promises: nothing leaves, the page may ask nothing but the program's own questions, and nothing is
//! left behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::Page;
use crate::stage::Stage;
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
