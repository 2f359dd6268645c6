//! Fuzzes documents that a password opens.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("locks", data));
