//! Fuzzes recognising a service by names of entries.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("services", data));
