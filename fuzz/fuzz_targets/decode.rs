//! Packing: the bytes become the only member of an archive, and the body of a gzip stream.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// A local header of a deflated member `a` whose lengths stand behind it.
const MEMBER: &[u8] = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a";
/// A gzip header without optional fields.
const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff";

fuzz_target!(|bytes: &[u8]| {
    fuzz::read(&[MEMBER, bytes].concat(), None);
    fuzz::read(&[GZIP, bytes].concat(), None);
});
