//! Fuzzes bank transactions of QIF.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("qif", data));
