//! Fuzzes messages of a worker that was taken over.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("wire", data));
