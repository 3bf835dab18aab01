//! A decision between products, with what it rests on and what would change it.

use commerce::ProductId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pick {
    /// One pick, and where there are such, one to save money and one to step up.
    pub choices: Vec<Choice>,
    /// What counts and how much; they add up to 1. A shopper moves them by `weights` of the next request.
    pub weights: Vec<PickWeight>,
    /// How all products did, best first.
    pub standings: Vec<Standing>,
    /// What would change the pick.
    pub sensitivity: Vec<Sensitivity>,
    /// Whether nothing that is known puts the first choice before the next product.
    pub tie: bool,
}

/// One product that is picked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// `best`, `save` or `step_up`.
    pub role: String,
    /// The product.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// Why, such as `lighter (0.78 kg against 1.32 kg)`.
    pub gains: Vec<String>,
    /// In what it is worse.
    pub losses: Vec<String>,
}

/// How much one thing counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PickWeight {
    /// The key of a row of the table.
    pub key: String,
    /// As a shopper reads it.
    pub label: String,
    /// From 0 to 1.
    pub weight: f64,
    /// Who says so: `usual`, `said` by the shopper's words, or `moved` by the shopper.
    pub origin: String,
}

/// How a product did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// The product.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// The weighted sum, from 0 to 1.
    pub value: f64,
    /// How far that may be off, because few rated it or something is not stated.
    pub doubt: f64,
    /// The product that is at least as good in everything that counts; `null` where there is none.
    pub beaten_by: Option<ProductId>,
    /// Whether it can be bought.
    pub buyable: bool,
}

/// A weight under which another product comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// The key of what would have to matter more.
    pub key: String,
    /// The weight of it from which on another product comes first, while the others keep their proportions.
    pub from_weight: f64,
    /// That product.
    pub product: ProductId,
    /// As a sentence.
    pub text: String,
}
