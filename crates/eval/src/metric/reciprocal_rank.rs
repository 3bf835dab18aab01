//! How far down the first right product stands.

use std::collections::BTreeMap;

/// One over the rank of the first right product, 0 without one.
pub fn reciprocal_rank(found: &[String], relevant: &BTreeMap<String, u32>) -> f64 {
    let first = found.iter().position(|id| relevant.contains_key(id));
    first.map_or(0.0, |place| 1.0 / (place as f64 + 1.0))
}
