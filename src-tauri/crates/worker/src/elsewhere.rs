//! Systems other than Linux: the worker is a process of its own, and nothing more is taken from it.

use std::process::{ChildStdout, ExitStatus};

pub(crate) fn give_up_everything() -> Result<(), std::convert::Infallible> {
    Ok(())
}

pub(crate) fn allow_more_time() {}

pub(crate) fn widen<Pipe>(_: &Pipe) {}

pub(crate) fn wait_for(_: &ChildStdout, _: u32) {}

/// What a worker died of.
pub(crate) enum Death {
    Broke,
    #[expect(dead_code, reason = "this system does not tell")]
    Time,
    #[expect(dead_code, reason = "this system does not tell")]
    Memory,
    #[expect(dead_code, reason = "this system does not tell")]
    Killed(i32),
}

pub(crate) fn death(_: ExitStatus) -> Death {
    Death::Broke
}
