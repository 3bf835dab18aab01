//! Tables of product links.

#![no_main]

use ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::read(bytes, Some(Format::LinksCsv)));
