//! Fuzzes PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("pdf", data));
