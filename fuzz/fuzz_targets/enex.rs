//! Fuzzes notes of Evernote.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzing::run("enex", data));
