//! The one place that differs between systems: reading at a position without moving a shared cursor.

use std::fs::{File, Metadata};
use std::io;

/// Reads at `offset`; less than asked for is no error, zero is the end.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buf, offset)
}

/// Reads at `offset`; less than asked for is no error, zero is the end.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buf, offset)
}

/// What tells one file from another put in its place between looking and opening.
#[cfg(unix)]
pub(crate) fn identity(meta: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

/// What tells one file from another put in its place: nothing that the standard library offers here.
#[cfg(windows)]
pub(crate) fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// The bytes of a file name, as the system keeps them.
#[cfg(unix)]
pub(crate) fn name_bytes(name: &std::ffi::OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(name).to_vec()
}

/// The bytes of a file name, as UTF-8.
#[cfg(windows)]
pub(crate) fn name_bytes(name: &std::ffi::OsStr) -> Vec<u8> {
    name.to_string_lossy().into_owned().into_bytes()
}
