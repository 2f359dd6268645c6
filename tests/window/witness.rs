//! Reads what `strace` wrote down, and says which calls could have left this computer.

use std::collections::HashMap;

/// The calls that are neither to other programs of this computer, nor to its kernel, nor refused.
pub(crate) fn ways_out(calls: &str) -> Vec<String> {
    whole(calls).into_iter().filter(|call| !is_harmless(call)).collect()
}

/// Calls as whole lines: one that another thread interrupted stands in two, `… <unfinished ...>` and
/// `<... name resumed>…`. One that never came back has opened nothing, and is left out.
fn whole(calls: &str) -> Vec<String> {
    let mut waiting: HashMap<&str, &str> = HashMap::new();
    let mut lines = Vec::new();
    for line in calls.lines() {
        let (thread, call) = line.split_once(' ').unwrap_or(("", line));
        if let Some(beginning) = call.strip_suffix(" <unfinished ...>") {
            waiting.insert(thread, beginning);
        } else if let Some((_, end)) = call.trim_start().split_once(" resumed>") {
            lines.push(format!("{thread} {}{end}", waiting.remove(thread).unwrap_or_default()));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn is_harmless(call: &str) -> bool {
    let opens = ["socket(", "socketpair(", "io_uring_setup("].iter().any(|name| call.contains(name));
    let stays = ["AF_UNIX", "AF_NETLINK"].iter().any(|family| call.contains(family));
    if opens {
        return stays || call.contains("= -1 EACCES");
    }
    // Whatever is done with a socket afterwards names the family wherever it names an address.
    !call.contains("AF_") || stays || call.contains("sa_family=AF_UNSPEC")
}

#[test]
fn tells_what_leaves_from_what_stays() {
    let check = |calls: &str, harmless: bool| assert_eq!(ways_out(calls).is_empty(), harmless, "{calls}");
    check("7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3", true);
    check("7 socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0", true);
    check("7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4", true);
    check("7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = -1 EACCES (Permission denied)", true);
    check("7 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 5", false);
    check("7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5", false);
    check("7 socket(AF_VSOCK, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported)", false);
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
    let begun = "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP <unfinished ...>\n8 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n";
    check(begun, true);
    check(&format!("{begun}7 <... socket resumed>) = 5"), false);
    check(&format!("{begun}7 <... socket resumed>) = -1 EACCES (Permission denied)"), true);
    check(&format!("{begun}8 <... socket resumed>) = 5\n7 <... socket resumed>) = 6"), false);
}
