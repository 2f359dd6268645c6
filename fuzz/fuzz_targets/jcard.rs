//! Fuzzes cards as JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("jcard", data));
