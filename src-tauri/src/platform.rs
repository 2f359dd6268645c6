//! All that differs between systems: giving up rights, and what the webview of each system is told.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(not(target_os = "linux"))]
use elsewhere as system;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

pub(crate) use system::{calm, harden, has_screen, sync_folder};

/// Whether the system refuses internet sockets to this program: tried out, not assumed. `refused`, or `promised`
/// where only design and tests keep the promise.
#[expect(clippy::disallowed_types, reason = "the one attempt that must be refused")]
pub(crate) fn network() -> &'static str {
    // Port 9 of this very computer: were the attempt let through, it would reach nobody.
    let nobody = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
    let stream = std::net::TcpStream::connect_timeout(&nobody, Duration::from_millis(200));
    let datagram = std::net::UdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    let refused = |kind: Option<ErrorKind>| kind == Some(ErrorKind::PermissionDenied);
    if refused(stream.err().map(|e| e.kind())) && refused(datagram.err().map(|e| e.kind())) {
        "refused"
    } else {
        "promised"
    }
}
