//! Where the program plays: a screen without a monitor, a home of its own, its driver, and a witness who writes down
//! every network call.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::drag::{Drag, address};
use crate::driver::{PATIENCE, Page};

/// A screen, a home and a driver; all of it goes when this goes.
pub(crate) struct Stage {
    screen: Child,
    display: String,
    driver: Child,
    port: u16,
    home: TempDir,
}

impl Stage {
    /// Sets everything up for a person whose system speaks `language`, such as `fr_FR.UTF-8`.
    pub(crate) fn new(language: &str) -> Stage {
        for (program, package) in [
            ("Xvfb", "xvfb"),
            ("WebKitWebDriver", "webkit2gtk-driver"),
            ("xdotool", "xdotool"),
            ("strace", "strace"),
            ("cc", "gcc"),
            ("pkg-config", "pkg-config"),
        ] {
            assert!(is_installed(program), "{program} is missing: install Debian's package {package}");
        }
        let home = tempfile::tempdir().expect("a home can be made");
        for folder in ["run", "door", "home"] {
            fs::create_dir(home.path().join(folder)).expect("a folder can be made");
        }
        fs::set_permissions(home.path().join("run"), fs::Permissions::from_mode(0o700)).expect("it is ours");
        let (screen, display) = screen();
        let port = free_port();
        let mut driver = start("WebKitWebDriver");
        driver.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
        driver.env("LD_PRELOAD", &*DOOR).env("DRIVER_DOOR", home.path().join("door"));
        driver.env("DISPLAY", &display).env("LANG", language).env("HOME", home.path().join("home"));
        driver.env("XDG_RUNTIME_DIR", home.path().join("run"));
        // With no bus at all, nothing waits for one, and none is started that would outlive the program.
        driver.env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        for other in [
            "LANGUAGE",
            "LC_ALL",
            "LC_MESSAGES",
            "WAYLAND_DISPLAY",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME",
        ] {
            driver.env_remove(other);
        }
        let driver = driver.spawn().expect("the driver starts");
        Stage { screen, display, driver, port, home }
    }

    /// Opens the program on `paths`, with the witness watching it and all that it starts.
    pub(crate) fn open(&self, paths: &[&Path]) -> Page {
        let program = program();
        let mut arguments: Vec<String> =
            ["-f", "-qq", "-s", "0", "-e", "trace=%network,io_uring_setup", "-o"].map(str::to_owned).to_vec();
        let paths = paths.iter().copied();
        for path in [self.calls().as_path(), program.as_path()].into_iter().chain(paths) {
            arguments.push(path.to_str().expect("the test's paths are plain").to_owned());
        }
        Page::open(self.port, Path::new("/usr/bin/strace"), &arguments)
    }

    /// Opens the program on `paths` where there is no network at all.
    pub(crate) fn open_cut_off(&self, cut_off: &CutOff, paths: &[&Path]) -> Page {
        let command = cut_off.command(program());
        let arguments = command.get_args().chain(paths.iter().map(|path| path.as_os_str()));
        let arguments: Vec<String> = arguments
            .map(|argument| argument.to_str().expect("the test's paths are plain").to_owned())
            .collect();
        Page::open(self.port, Path::new(command.get_program()), &arguments)
    }

    /// Starts the program with neither driver nor witness, by [`as_user`]; or says why that cannot be.
    pub(crate) fn alone(&self) -> Result<Alone, String> {
        let program = program();
        let may = as_user("test").arg("-x").arg(&program).status();
        if !may.is_ok_and(|status| status.success()) {
            return Err(format!("only root can start {}", program.display()));
        }
        let home = tempfile::tempdir().expect("a home can be made");
        if is_root() {
            std::os::unix::fs::chown(home.path(), Some(NOBODY), Some(NOBODY)).expect("root can");
        }
        let mut command = as_user(&program);
        command.env("DISPLAY", &self.display).env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.path());
        command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        for other in ["WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(other);
        }
        let alone = Alone { child: command.spawn().expect("the program starts"), _home: Some(home) };
        self.window("Portolan").expect("the program shows its window");
        Ok(alone)
    }

    /// Where the witness writes.
    pub(crate) fn calls(&self) -> PathBuf {
        self.home.path().join("calls")
    }

    /// The person's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().join("home")
    }

    /// Waits for a window of the system with this title, gives it the keyboard, and types.
    pub(crate) fn type_into(&self, title: &str, keys: &[&[&str]]) {
        let window = self.window(title).unwrap_or_else(|| panic!("no window {title:?} has appeared"));
        self.hand(&["windowfocus", "--sync", &window]);
        for keys in keys {
            self.hand(keys);
        }
        let began = Instant::now();
        while self.window_now(title).is_some() {
            assert!(began.elapsed() < PATIENCE, "the window {title:?} stays open");
            pause();
        }
    }

    /// The program's own processes, those of the webview among them, each with its name.
    pub(crate) fn processes(&self) -> Vec<(u32, String)> {
        let group = self.driver.id().to_string();
        let all = fs::read_dir("/proc").expect("processes can be listed").flatten();
        let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let in_group = |pid: u32| {
            // "12 (name) state parent group …", where a name may hold anything.
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let (before, after) = stat.rsplit_once(") ")?;
            let (_, name) = before.split_once('(')?;
            (after.split(' ').nth(2)? == group).then(|| (pid, name.to_owned()))
        };
        let around = ["WebKitWebDriver", "strace"];
        pids.filter_map(in_group).filter(|(_, name)| !around.contains(&name.as_str())).collect()
    }

    /// Drags files from another program over the window.
    pub(crate) fn drag(&self, paths: &[&Path]) -> Drag {
        let addresses: Vec<String> = paths.iter().map(|path| address(path)).collect();
        Drag::over(&self.display, &addresses)
    }

    /// Drags a link from a browser over the window.
    pub(crate) fn drag_link(&self, address: &str) -> Drag {
        Drag::over(&self.display, &[address.to_owned()])
    }

    fn window(&self, title: &str) -> Option<String> {
        let began = Instant::now();
        loop {
            let found = self.window_now(title);
            if found.is_some() || began.elapsed() > PATIENCE {
                return found;
            }
            pause();
        }
    }

    fn window_now(&self, title: &str) -> Option<String> {
        // Asked for each, since `search` knows only the older kind of title, which has no letters beyond Latin-1.
        let all = self.hand(&["search", "--onlyvisible", "--name", ""]);
        all.lines().find(|window| self.hand(&["getwindowname", window]).trim() == title).map(str::to_owned)
    }

    fn hand(&self, arguments: &[&str]) -> String {
        let mut hand = start("xdotool");
        hand.stdout(Stdio::piped());
        let output = hand.args(arguments).env("DISPLAY", &self.display).output().expect("xdotool runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        end(&mut self.driver);
        end(&mut self.screen);
    }
}

/// A program that nobody drives or watches; it goes when this goes.
pub(crate) struct Alone {
    child: Child,
    _home: Option<TempDir>,
}

impl Alone {
    /// A program that does nothing, by [`as_user`].
    pub(crate) fn idle() -> Alone {
        Alone { child: as_user("sleep").arg("600").spawn().expect("it starts"), _home: None }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// A way to start programs where there is no network.
pub(crate) struct CutOff(&'static [&'static str]);

impl CutOff {
    /// The way that this system allows; or the reason why there is none.
    pub(crate) fn find() -> Result<CutOff, String> {
        // Root may do it; anybody else only in a world of their own.
        let ways: [&[&str]; 2] = [&["--net"], &["--net", "--map-current-user"]];
        let works = |way: &CutOff| {
            way.command("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success())
        };
        ways.map(CutOff)
            .into_iter()
            .find(works)
            .ok_or_else(|| "user namespaces are not permitted here".to_owned())
    }

    /// A program, to be started there.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = start("/usr/bin/unshare");
        command.args(self.0).arg("--").arg(program);
        command
    }
}

/// A user who owns nothing. Root could do whatever a test shows to be refused, so tests of root's play as that one.
const NOBODY: u32 = 65_534;

/// A program, to be started by an ordinary user: whoever runs the tests, unless that is root.
pub(crate) fn as_user(program: impl AsRef<OsStr>) -> Command {
    let mut command = start(program);
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Ends a program and all that it has started: each leads a group of its own, so that nothing outlives it.
fn end(child: &mut Child) {
    let _ = start("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
    let _ = child.wait();
}

/// The window under test.
fn program() -> PathBuf {
    built("portolan-desktop")
}

/// A program that cargo has built beside this test.
pub(crate) fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    let built = test.parent().and_then(Path::parent).expect("tests lie in a folder of the build");
    let program = built.join(name);
    assert!(program.is_file(), "{} is missing: build the whole workspace first", program.display());
    program
}

/// A folder that stays, for pictures.
pub(crate) fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// The repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

fn screen() -> (Child, String) {
    let mut screen = start("Xvfb");
    screen
        .args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped());
    let mut screen = screen.spawn().expect("Xvfb starts");
    let mut number = String::new();
    let told = BufReader::new(screen.stdout.take().expect("it is piped")).read_line(&mut number);
    assert!(told.is_ok_and(|bytes| bytes > 1), "Xvfb has found no free display");
    (screen, format!(":{}", number.trim()))
}

/// What lets the driver in; built once, since the tests run side by side.
static DOOR: LazyLock<PathBuf> = LazyLock::new(|| {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("door.so");
    let source = repository().join("tests").join("window").join("door.c");
    let flags =
        start("pkg-config").args(["--cflags", "--libs", "gio-unix-2.0"]).stdout(Stdio::piped()).output();
    let flags = String::from_utf8(flags.expect("pkg-config runs").stdout).expect("flags are plain");
    let mut compiler = start("cc");
    compiler.args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"]).arg(&library).arg(source);
    let status = compiler.args(flags.split_whitespace()).status();
    assert!(status.is_ok_and(|status| status.success()), "the door cannot be built");
    library
});

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn start(program: impl AsRef<OsStr>) -> Command {
    #[expect(clippy::disallowed_methods, reason = "tests start the program and what it needs around it")]
    let mut command = Command::new(program);
    command.process_group(0).stdin(Stdio::null());
    command
}

fn pause() {
    std::thread::sleep(Duration::from_millis(50));
}
