//! What a front end shows before the first question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reply of `GET /api/shop`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShopReply {
    /// The shop's name.
    pub name: String,
    /// How many products the catalog has.
    pub products: u64,
    /// Questions to begin with, made from the catalog.
    pub examples: Vec<String>,
}
