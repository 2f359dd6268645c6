//! Linux: what the kernel is told of a worker, and what it tells when one dies.

use std::collections::BTreeMap;
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{ChildStdout, ExitStatus};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    DumpableBehavior, Pid, Resource, Rlimit, Signal, getrlimit, kill_process, set_dumpable_behavior,
    setrlimit,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// Memory that a worker may have: the largest record, or the largest file that is held as a whole, with what is made of
/// it.
const MEMORY: u64 = 1 << 30;

/// Seconds of computing between two signs of life.
const SECONDS: u64 = 30;

/// How large a pipe may be: fewer changes between the processes.
const PIPE: usize = 1 << 20;

/// Gives up memory, files, other processes and the network, for good.
pub(crate) fn give_up_everything() -> Result<(), Box<dyn std::error::Error>> {
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // Where the system allows less already, that holds.
    let limit = |resource, most: u64| {
        let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Nofile, 8)?;
    limit(Resource::As, MEMORY)?;
    let allow = || Vec::new();
    // No page of memory may become a program.
    let plain = |argument| -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
        let executable = u64::from(libc::PROT_EXEC.cast_unsigned());
        let none = SeccompCmpOp::MaskedEq(executable);
        Ok(vec![SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, none, 0)?])?])
    };
    let mut calls = BTreeMap::from([
        (libc::SYS_mmap, plain(2)?),
        (libc::SYS_mprotect, plain(2)?),
        // Only limits of the process itself.
        (
            libc::SYS_prlimit64,
            vec![SeccompRule::new(vec![SeccompCondition::new(
                0,
                SeccompCmpArgLen::Dword,
                SeccompCmpOp::Eq,
                0,
            )?])?],
        ),
    ]);
    for call in [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_brk,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_restart_syscall,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
    ] {
        calls.insert(call, allow());
    }
    let refused = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let filter =
        SeccompFilter::new(calls, refused, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?;
    seccompiler::apply_filter(&BpfProgram::try_from(filter)?)?;
    Ok(())
}

/// A sign of life: from here on the worker may compute for some seconds.
pub(crate) fn allow_more_time() {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let until = u64::try_from(used).unwrap_or(0) + SECONDS;
    // Where the system allows less, a second of it is left, so that the end can be told from one that came from outside.
    let maximum = getrlimit(Resource::Cpu).maximum;
    let until = maximum.map_or(until, |most| until.min(most.saturating_sub(1)));
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum });
}

/// Lets more wait in a pipe.
pub(crate) fn widen(pipe: &impl AsFd) {
    // Where the user has used up what all pipes may hold, a small one does as well.
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, PIPE);
}

/// How often a worker that says nothing is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Waits until the worker says something. One that was stopped from outside will not: it is ended.
pub(crate) fn wait_for(output: &ChildStdout, id: u32) {
    let patience = Timespec::try_from(LOOK_EVERY).ok();
    loop {
        let mut asked = [PollFd::new(output, PollFlags::IN)];
        match poll(&mut asked, patience.as_ref()) {
            Ok(0) => {}
            Err(rustix::io::Errno::INTR) => continue,
            _ => return,
        }
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid.filter(|_| is_stopped(id)) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// Whether a process stands still because somebody stopped it.
fn is_stopped(id: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The state stands behind the name, which may hold anything.
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['T', 't']))
}

/// What a worker died of.
pub(crate) enum Death {
    Broke,
    Time,
    Memory,
    Killed(i32),
}

/// Tells it by how the process ended.
pub(crate) fn death(status: ExitStatus) -> Death {
    match status.signal() {
        Some(libc::SIGXCPU) => Death::Time,
        // Where memory is refused, Rust gives up in this way.
        Some(libc::SIGABRT) => Death::Memory,
        Some(signal @ (libc::SIGKILL | libc::SIGTERM | libc::SIGINT | libc::SIGHUP)) => Death::Killed(signal),
        _ => Death::Broke,
    }
}
