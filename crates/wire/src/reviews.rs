//! What reviewers say, in numbers.

use commerce::EvidenceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reviews of a product, or of several, counted by reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewSummary {
    /// Reviews that were read.
    pub reviews: u32,
    /// Products that they are about.
    pub products: u32,
    /// How many reviewers gave one star, two stars, up to five.
    pub stars: [u32; 5],
    /// Which reviewers were listened to; `null` where it was all of them.
    pub who: Option<String>,
    /// What they speak of, most votes first.
    pub aspects: Vec<AspectVotes>,
}

/// How reviewers vote on one aspect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AspectVotes {
    /// As most reviewers write it.
    pub name: String,
    /// Reviewers who praise it.
    pub praise: u32,
    /// Reviewers who fault it.
    pub fault: u32,
    /// Reviewers who do both.
    pub mixed: u32,
    /// A sentence of the larger side; `null` where none can be quoted.
    pub typical: Option<EvidenceId>,
    /// A sentence of the smaller side; `null` where there is none.
    pub dissenting: Option<EvidenceId>,
}
