//! Whatever it is: packing, encoding and format are found by content.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::read(bytes, None));
