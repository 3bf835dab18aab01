//! The suites: every judgement of a store is run, scored and, where it failed, kept with what was got instead.

pub mod aspects;
pub mod comparisons;
pub mod decisions;
pub mod phrasing;
pub mod questions;
pub mod searches;
pub mod suitability;
pub mod summaries;

/// A judgement that was not met.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What was searched or asked, and its kind.
    pub what: String,
    /// What would be right.
    pub expected: String,
    /// What was got.
    pub got: String,
}
