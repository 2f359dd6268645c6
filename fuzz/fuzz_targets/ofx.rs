//! Fuzzes bank transactions of OFX.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("ofx", data));
