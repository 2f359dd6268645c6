//! Fuzzes text of any encoding, and what has no format of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("charset", data));
