//! Pauses between attempts.

use crate::Key;

/// `base`, doubled with each try, at most `most`, and up to a quarter more, by the session's seed: many sessions that
/// failed together do not try again together.
pub(crate) fn pause_ms(base: u64, most: u64, tries: u32, seed: u64, key: Key) -> u64 {
    let doubled = base.max(1).saturating_mul(1_u64.checked_shl(tries.saturating_sub(1)).unwrap_or(u64::MAX));
    let pause = doubled.min(most.max(1));
    pause.saturating_add(mix(seed ^ key.0.rotate_left(32) ^ u64::from(tries)) % (pause / 4 + 1))
}

/// SplitMix64 (Steele, Lea and Flood, 2014), one step.
pub(crate) fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
