//! A decision between products: what is picked, by which weights, and what would change it.

use commerce::ProductId;
use serde::{Deserialize, Serialize};

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// One pick, and where there are such, one to save money and one to step up.
    pub choices: Vec<Choice>,
    /// What counts and how much; the weights add up to 1.
    pub weights: Vec<Weight>,
    /// How all products did, best first.
    pub standings: Vec<Standing>,
    /// Weights under which another product comes first.
    pub sensitivity: Vec<Sensitivity>,
    /// Whether nothing that is known puts the first choice before the next product.
    pub is_tie: bool,
}

/// One product that is picked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// For what.
    pub role: Role,
    /// The product.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// Why, such as `lighter (780 g against 1.32 kg)`.
    pub gains: Vec<String>,
    /// In what it is worse.
    pub losses: Vec<String>,
}

/// What a product is picked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The best for the weights.
    Best,
    /// The best of those that cost less.
    Save,
    /// Better than the pick where the price does not count.
    StepUp,
}

/// How much one thing counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// The key of a row of the table; a shopper moves it by this name.
    pub key: String,
    /// As a shopper reads it.
    pub label: String,
    /// From 0 to 1.
    pub weight: f64,
    /// Who says so.
    pub origin: WeightOrigin,
}

/// Who says how much something counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightOrigin {
    /// What usually counts for goods that state it.
    Usual,
    /// The shopper's words.
    Said,
    /// The shopper moved it.
    Moved,
}

/// How a product did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The product.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// The weighted sum, from 0 to 1.
    pub value: f64,
    /// How far that may be off, because few rated it or something is not stated.
    pub doubt: f64,
    /// The product that is at least as good in everything that counts, where there is one.
    pub beaten_by: Option<ProductId>,
    /// Whether it can be bought.
    pub is_buyable: bool,
}

/// A weight under which another product comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// The key of what would have to matter more.
    pub key: String,
    /// The weight of it, from 0 to 1, from which on the product comes first; the others keep their proportions.
    pub from_weight: f64,
    /// The product that then comes first.
    pub product: ProductId,
    /// As a sentence.
    pub text: String,
}
