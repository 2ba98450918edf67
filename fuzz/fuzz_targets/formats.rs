//! Any bytes, as `tests/it/fuzz/targets.rs` takes them.

#![no_main]
#![allow(dead_code, reason = "each target uses a part of what they share")]

#[path = "../../tests/it/reader.rs"]
mod reader;
#[path = "../../tests/it/fuzz/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::formats(data));
