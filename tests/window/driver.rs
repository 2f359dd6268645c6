//! As much of the WebDriver protocol as the journey needs: a page looked at, clicked and typed into as a person would.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};

/// How long anything on the screen may take, on a machine that is busy with other things.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// The name under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page in a window.
pub(crate) struct Page {
    driver: SocketAddr,
    session: String,
}

/// Something on the page.
pub(crate) struct Element<'p> {
    page: &'p Page,
    id: String,
}

impl Page {
    /// Starts `program` with `arguments` through the driver that listens on `port`.
    pub(crate) fn open(port: u16, program: &Path, arguments: &[String]) -> Page {
        let driver = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let options = json!({"binary": program, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let began = Instant::now();
        let answer = loop {
            match call(driver, "POST", "/session", Some(&wanted)) {
                Ok(answer) => break answer,
                // The driver itself needs a moment before it listens.
                Err(error)
                    if error.kind() == std::io::ErrorKind::ConnectionRefused
                        && began.elapsed() < PATIENCE =>
                {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(error) => panic!("the driver does not answer: {error}"),
            }
        };
        let session = answer["value"]["sessionId"].as_str();
        Page { driver, session: session.unwrap_or_else(|| panic!("no session: {answer}")).to_owned() }
    }

    /// What a script makes of the page: its value, or that of the promise that it returns.
    pub(crate) fn script(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, (error) => done({{ thrown: error?.message ?? error }}));"
        );
        self.call("POST", "execute/async", &json!({"script": script, "args": []}))
            .expect("the script is well formed")
    }

    /// Asks the program something past the page's own code. A refusal comes as `{"thrown": …}`.
    pub(crate) fn ask(&self, command: &str, arguments: &Value) -> Value {
        self.script(&format!("return await window.__TAURI_INTERNALS__.invoke({command:?}, {arguments})"))
    }

    /// The first element that a CSS selector finds; waits for it to be there.
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        self.wait(&format!("no {css}"), || {
            self.call("POST", "element", &json!({"using": "css selector", "value": css}))
                .ok()
                .map(|found| self.element(&found))
        })
    }

    /// The first element found whose text holds `text`; waits for it to be there.
    pub(crate) fn find_text(&self, css: &str, text: &str) -> Element<'_> {
        let asked = json!({"using": "css selector", "value": css});
        self.wait(&format!("no {css} with {text:?}"), || {
            let all = self.call("POST", "elements", &asked).ok()?;
            all.as_array()?
                .iter()
                .map(|found| self.element(found))
                .find(|element| element.text().contains(text))
        })
    }

    /// Clicks the first element found whose text holds `text`. Where what is found is drawn anew before the click
    /// comes, it is found again.
    pub(crate) fn click_text(&self, css: &str, text: &str) {
        self.wait(&format!("no {css} with {text:?} can be clicked"), || {
            self.find_text(css, text).try_to("click", &json!({})).ok()
        });
    }

    /// Presses keys one after the other, wherever the focus is; `Control+k` holds the first ones down.
    pub(crate) fn press(&self, keys: &str) {
        let keys: Vec<String> = keys.split('+').map(key).collect();
        let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
        let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.call(
            "POST",
            "actions",
            &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}),
        )
        .expect("keys can be pressed");
    }

    /// Saves a picture of the page as PNG.
    pub(crate) fn picture(&self, to: &Path) {
        let picture = self.call("GET", "screenshot", &Value::Null).expect("a picture can be taken");
        let picture = picture.as_str().expect("a picture is text");
        let png = base64::engine::general_purpose::STANDARD.decode(picture).expect("a picture is Base64");
        std::fs::write(to, png).expect("a picture can be written");
    }

    /// Ends the session; the driver ends the program.
    pub(crate) fn close(self) {
        let _ = self.call("DELETE", "", &Value::Null);
    }

    /// Tries again until something is there, and fails with what is on the page if it never comes.
    pub(crate) fn wait<T>(&self, otherwise: &str, attempt: impl Fn() -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = attempt() {
                return found;
            }
            if began.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText");
                panic!(
                    "{otherwise}, after {PATIENCE:?}; the page says:\n{}",
                    page.as_str().unwrap_or_default()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn element(&self, found: &Value) -> Element<'_> {
        let id = found[ELEMENT].as_str().expect("an element has an id").to_owned();
        Element { page: self, id }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}/{path}", self.session);
        let body = (method == "POST").then_some(body);
        let answer = call(self.driver, method, path.trim_end_matches('/'), body).expect("the driver answers");
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
            None => Ok(answer["value"].clone()),
        }
    }
}

impl Element<'_> {
    /// Clicks it.
    pub(crate) fn click(&self) {
        self.act("click", &json!({}));
    }

    /// Types into it.
    pub(crate) fn write(&self, text: &str) {
        self.act("value", &json!({"text": text}));
    }

    /// Empties it.
    pub(crate) fn clear(&self) {
        self.act("clear", &json!({}));
    }

    /// The first element inside it that a CSS selector finds.
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        let path = format!("element/{}/element", self.id);
        let found = self.page.call("POST", &path, &json!({"using": "css selector", "value": css}));
        self.page.element(&found.unwrap_or_else(|error| panic!("no {css} inside: {error}")))
    }

    /// Its text as shown; empty when it has gone meanwhile.
    pub(crate) fn text(&self) -> String {
        let path = format!("element/{}/text", self.id);
        let text = self.page.call("GET", &path, &Value::Null).unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    fn act(&self, what: &str, body: &Value) {
        self.try_to(what, body).unwrap_or_else(|error| panic!("could not {what}: {error}"));
    }

    fn try_to(&self, what: &str, body: &Value) -> Result<(), String> {
        self.page.call("POST", &format!("element/{}/{what}", self.id), body).map(|_| ())
    }
}

/// The protocol's sign for a key with a name; other keys stand for themselves.
fn key(name: &str) -> String {
    let sign = match name {
        "Control" => '\u{E009}',
        "Shift" => '\u{E008}',
        "Alt" => '\u{E00A}',
        "Enter" => '\u{E007}',
        "Escape" => '\u{E00C}',
        "Tab" => '\u{E004}',
        "Up" => '\u{E013}',
        "Down" => '\u{E015}',
        other => return other.to_owned(),
    };
    sign.to_string()
}

/// One question to the driver. It stands on this computer; no library that could reach another one is needed.
#[expect(clippy::disallowed_types, reason = "the driver is a test's own, and listens on this computer")]
fn call(driver: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = std::net::TcpStream::connect(driver)?;
    stream.set_read_timeout(Some(PATIENCE * 3))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {driver}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
    Ok(serde_json::from_slice(&answer[end..])?)
}
