//! Reads what `strace` wrote down, and says which calls could have left this computer.

/// The lines of `calls` that are neither to other programs of this computer, nor to its kernel, nor refused.
pub(crate) fn ways_out(calls: &str) -> Vec<&str> {
    calls.lines().filter(|line| !is_harmless(line)).collect()
}

fn is_harmless(line: &str) -> bool {
    let opens = ["socket(", "socketpair(", "io_uring_setup("].iter().any(|call| line.contains(call));
    let stays = ["AF_UNIX", "AF_NETLINK"].iter().any(|family| line.contains(family));
    let refused = line.contains("= -1 EACCES");
    // An unfinished call is told again when it returns, but its arguments stand here.
    if line.contains("unfinished") {
        return !opens || stays;
    }
    if opens {
        return stays || refused;
    }
    // Whatever is done with a socket afterwards names the family wherever it names an address.
    !line.contains("AF_") || stays || line.contains("sa_family=AF_UNSPEC")
}

#[test]
fn tells_what_leaves_from_what_stays() {
    let check = |line: &str, harmless: bool| assert_eq!(ways_out(line).is_empty(), harmless, "{line}");
    check("7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3", true);
    check("7 socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0", true);
    check("7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4", true);
    check("7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = -1 EACCES (Permission denied)", true);
    check("7 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 5", false);
    check("7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5", false);
    check("7 socket(AF_VSOCK, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported)", false);
    check("7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP <unfinished ...>", false);
    check(
        "7 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr(\"192.0.2.1\")}, 16) = 0",
        false,
    );
    check("7 connect(3, {sa_family=AF_UNIX, sun_path=\"/tmp/.X11-unix/X9\"}, 110) = 0", true);
    check(
        "7 sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"\"..., iov_len=1}]}, 0) = 1",
        true,
    );
    check("7 io_uring_setup(8, {flags=0}) = 9", false);
    check("7 io_uring_setup(8, {flags=0}) = -1 EACCES (Permission denied)", true);
}
