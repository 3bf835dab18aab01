//! The steps of a reasoning on what suits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One step, such as what the weather of a place is, or what a product states of what that asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// As a sentence.
    pub text: String,
    /// Places of claims in the reply's `claims`, from 0; empty for a step that states nothing of a product, the shop or the
    /// weather, such as which month is taken.
    pub claims: Vec<u32>,
    /// Whether it is taken to be so and not known.
    pub uncertain: bool,
}
