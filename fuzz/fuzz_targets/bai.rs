//! Fuzzes bank statements of BAI2.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("bai", data));
