//! How much of what is right was found.

use std::collections::BTreeMap;

/// The share of right products among the first `depth`, of as many as could stand there.
pub fn recall(found: &[String], relevant: &BTreeMap<String, u32>, depth: usize) -> f64 {
    let right = found.iter().take(depth).filter(|id| relevant.contains_key(*id)).count();
    crate::metric::share(right, relevant.len().min(depth))
}
