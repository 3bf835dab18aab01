//! New names, from the randomness of the operating system.

use std::fmt::Write;

/// A name that nobody can guess: the tag and 128 random bits, as in `ses_5f0c…`.
pub fn new_id(tag: &str) -> String {
    let mut id = format!("{tag}_");
    for byte in random::<16>() {
        // Writing into a string does not fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// Where the jitter of a session comes from.
pub(crate) fn new_seed() -> u64 {
    u64::from_le_bytes(random())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has randomness once it has started");
    bytes
}
