//! Another program, from which files are dragged onto the window: its half of the protocol that programs on X11 speak
//! with each other while something is dragged, XDND.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, CURRENT_TIME};

use crate::driver::PATIENCE;

/// The newest XDND there is, which everybody speaks.
const VERSION: u32 = 5;
x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware,
        XdndSelection,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndLeave,
        XdndDrop,
        XdndFinished,
        XdndActionCopy,
        TARGETS,
        FILES: b"text/uri-list",
        TEXT: b"text/plain",
    }
}

/// Files held over the window, and not let go yet.
pub(crate) struct Drag {
    connection: RustConnection,
    atoms: Atoms,
    /// A window of its own, never shown, by which it is spoken to.
    own: Window,
    /// The window under the pointer.
    below: Window,
    /// What is dragged, as file managers say it.
    list: String,
}

impl Drag {
    /// Drags something from outside to the middle of the one window that takes files, until it says that it wants it.
    pub(crate) fn over(display: &str, addresses: &[String]) -> Drag {
        let (connection, screen) = x11rb::connect(Some(display)).expect("the screen is there");
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::new(&connection).expect("names").reply().expect("names can be had");
        let own = hidden(&connection, root);
        connection
            .set_selection_owner(own, atoms.XdndSelection, CURRENT_TIME)
            .expect("it has what is dragged");
        let below = taking_files(&connection, root, atoms.XdndAware).expect("no window takes files");
        let list = addresses.iter().map(|address| format!("{address}\r\n")).collect();
        let drag = Drag { connection, atoms, own, below, list };

        let (middle_x, middle_y) = middle(&drag.connection, below, root);
        drag.tell(atoms.XdndEnter, [VERSION << 24, atoms.FILES, atoms.TEXT, 0]);
        // It may say no as long as it has yet to ask what it is that comes.
        let began = Instant::now();
        for step in (0..8).cycle() {
            let place = (middle_x + step) << 16 | middle_y;
            drag.tell(atoms.XdndPosition, [0, place, CURRENT_TIME, atoms.XdndActionCopy]);
            let accepts = drag.answer(atoms.XdndStatus)[1] & 1 == 1;
            if accepts {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "the window does not want {:?}", drag.list);
        }
        drag
    }

    /// Lets go, and waits until the window has taken the files.
    pub(crate) fn drop(self) {
        self.tell(self.atoms.XdndDrop, [0, CURRENT_TIME, 0, 0]);
        let taken = self.answer(self.atoms.XdndFinished)[1] & 1 == 1;
        assert!(taken, "the window has not taken {:?}", self.list);
    }

    /// Thinks better of it.
    pub(crate) fn leave(self) {
        self.tell(self.atoms.XdndLeave, [0; 4]);
    }

    fn tell(&self, what: u32, [a, b, c, d]: [u32; 4]) {
        let message = ClientMessageEvent::new(32, self.below, what, [self.own, a, b, c, d]);
        self.connection.send_event(false, self.below, EventMask::NO_EVENT, message).expect("it can be told");
        // Waits until the screen has heard it: what was only sent may be lost when the program ends.
        self.connection.sync().expect("the screen is there");
    }

    /// Waits for an answer of the window, and hands out meanwhile what is dragged, as often as it is asked for.
    fn answer(&self, wanted: u32) -> [u32; 5] {
        let began = Instant::now();
        loop {
            match self.connection.poll_for_event().expect("the screen is there") {
                Some(Event::SelectionRequest(request)) => self.hand_out(&request),
                Some(Event::ClientMessage(message)) if message.type_ == wanted => {
                    return message.data.as_data32();
                }
                Some(_) => {}
                None => {
                    assert!(began.elapsed() < PATIENCE, "the window does not answer");
                    std::thread::sleep(Duration::from_millis(5));
                }
            }
        }
    }

    fn hand_out(&self, request: &SelectionRequestEvent) {
        let SelectionRequestEvent { time, requestor, selection, target, property, .. } = *request;
        let (to, kind) = (&self.connection, target);
        let replace = PropMode::REPLACE;
        let mut given = property;
        if target == self.atoms.TARGETS {
            let all = [self.atoms.TARGETS, self.atoms.FILES, self.atoms.TEXT];
            to.change_property32(replace, requestor, property, AtomEnum::ATOM, &all).expect("handed out");
        } else if target == self.atoms.FILES || target == self.atoms.TEXT {
            to.change_property8(replace, requestor, property, kind, self.list.as_bytes())
                .expect("handed out");
        } else {
            given = x11rb::NONE;
        }
        let done = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time,
            requestor,
            selection,
            target,
            property: given,
        };
        to.send_event(false, requestor, EventMask::NO_EVENT, done).expect("handed out");
        to.flush().expect("the screen is there");
    }
}

/// A window that is never shown.
fn hidden(connection: &RustConnection, root: Window) -> Window {
    let own = connection.generate_id().expect("an id is free");
    let (depth, class, options) = (COPY_DEPTH_FROM_PARENT, WindowClass::INPUT_ONLY, Default::default());
    connection.create_window(depth, own, root, 0, 0, 1, 1, 0, class, 0, &options).expect("it can be made");
    own
}

/// Where on the screen the middle of a window is.
fn middle(connection: &RustConnection, window: Window, root: Window) -> (u32, u32) {
    let size = connection.get_geometry(window).expect("asked").reply().expect("it has a size");
    let corner = connection.translate_coordinates(window, root, 0, 0).expect("asked").reply();
    let corner = corner.expect("it has a place");
    let middle = |from: i16, length: u16| u32::from(from.unsigned_abs()) + u32::from(length / 2);
    (middle(corner.dst_x, size.width), middle(corner.dst_y, size.height))
}

/// The one window on the screen that says of itself that files can be dragged onto it; waits for it to be shown.
fn taking_files(connection: &RustConnection, root: Window, aware: u32) -> Option<Window> {
    let began = Instant::now();
    loop {
        let found = taking_files_now(connection, root, aware);
        if found.is_some() || began.elapsed() > PATIENCE {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn taking_files_now(connection: &RustConnection, root: Window, aware: u32) -> Option<Window> {
    let all = connection.query_tree(root).ok()?.reply().ok()?.children;
    let takes = |window: Window| {
        let shown =
            connection.get_window_attributes(window).ok()?.reply().ok()?.map_state == MapState::VIEWABLE;
        let says = connection.get_property(false, window, aware, AtomEnum::ANY, 0, 1).ok()?.reply().ok()?;
        Some(shown && says.value_len == 1)
    };
    all.into_iter().find(|&window| takes(window) == Some(true))
}

/// A path as file managers write it: every byte beyond the plainest ones as a number.
pub(crate) fn address(path: &Path) -> String {
    let mut address = "file://".to_owned();
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            write!(address, "%{byte:02X}").expect("text takes text");
        }
    }
    address
}
