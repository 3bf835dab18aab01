//! What is measured, one file for each measure.

mod ndcg;
mod percentile;
mod readability;
mod recall;
mod reciprocal_rank;
mod rouge;

pub use ndcg::ndcg;
pub use percentile::percentile;
pub use readability::reading_ease;
pub use recall::recall;
pub use reciprocal_rank::reciprocal_rank;
pub use rouge::rouge;

/// The mean; 0 of nothing.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// A share; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
