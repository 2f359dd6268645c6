//! Fuzzes bank statements.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("mt940", data));
