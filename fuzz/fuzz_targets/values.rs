//! Fuzzes dates, amounts, addresses and consent strings.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("values", data));
