//! Fuzzes request files and the letters that they become.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("request", data));
