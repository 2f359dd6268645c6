//! Fuzzes old Word documents and presentations.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("doc", data));
