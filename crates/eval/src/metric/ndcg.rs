//! Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002), with the gain `2^g - 1` of Burges et al. (2005)
//! and the discount `log2(rank + 1)`.

use std::collections::BTreeMap;

/// From 0 to 1 for the first `depth` of what was found; 1 is the best order there is.
pub fn ndcg(found: &[String], relevant: &BTreeMap<String, u32>, depth: usize) -> f64 {
    let gains = found.iter().take(depth).map(|id| relevant.get(id).copied().unwrap_or(0));
    let mut best: Vec<u32> = relevant.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = discounted(best.into_iter().take(depth));
    if ideal == 0.0 { 0.0 } else { discounted(gains) / ideal }
}

fn discounted(gains: impl Iterator<Item = u32>) -> f64 {
    let at = |(place, gain): (usize, u32)| (f64::from(gain).exp2() - 1.0) / (place as f64 + 2.0).log2();
    gains.enumerate().map(at).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_order_is_one_and_a_worse_one_is_less() {
        let relevant = BTreeMap::from([("a".to_owned(), 3), ("b".to_owned(), 1)]);
        let found = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(ndcg(&found(&["a", "b"]), &relevant, 10), 1.0);
        let swapped = ndcg(&found(&["b", "a"]), &relevant, 10);
        let expected = (1.0 + 7.0 / 3f64.log2()) / (7.0 + 1.0 / 3f64.log2());
        assert!((swapped - expected).abs() < 1e-12);
        assert_eq!(ndcg(&found(&["c"]), &relevant, 10), 0.0);
    }
}
