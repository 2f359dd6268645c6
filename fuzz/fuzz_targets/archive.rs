//! Fuzzes containers: ZIP, tar, 7z, gzip, bzip2, xz, Zstandard.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("archive", data));
