//! What a search gives back.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Hit;

/// The reply of `russet search --json` and `GET /api/search`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SearchReply {
    /// The query as it was given.
    pub query: String,
    /// How it was read.
    pub understood: Understood,
    /// One page, best first.
    pub hits: Vec<Hit>,
    /// How many products fit in all.
    pub total: u64,
    /// What the products that fit state, by field (see [`Constraint::field`]).
    pub facets: BTreeMap<String, Facet>,
    /// The constraints that nothing could meet and that were set aside, the last one first.
    pub relaxed: Vec<Constraint>,
    /// Gives the next page as `--cursor`; `null` on the last one.
    pub next_cursor: Option<String>,
    /// How long it took.
    pub timings_ms: SearchTimings,
}

/// A query, read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Understood {
    /// What must hold; filters set by hand are here too.
    pub constraints: Vec<Constraint>,
    /// What is liked but not demanded: it ranks, and leaves nothing out.
    pub preferences: Vec<Constraint>,
    /// The words that are left to match text with.
    pub text: String,
    /// Words that were read as other words.
    pub corrections: Vec<Correction>,
    /// Words that the catalog does not have at all.
    pub unknown: Vec<String>,
}

/// A word that the catalog does not know, read as one that it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// As it was typed.
    pub from: String,
    /// As it was read.
    pub to: String,
}

/// What must hold for a field of one and the same variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Constraint {
    /// `price`, `category`, `brand`, `rating`, `availability`, `text` for any word of the product's text, or the key of
    /// an attribute or option; an attribute with the name of one of the six is written `attribute.price`.
    pub field: String,
    /// Fields that will do as well, where the words do not say which of several is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or_fields: Vec<String>,
    /// How the field is tested.
    #[serde(flatten)]
    pub test: Test,
    /// Whether the test must fail.
    pub negated: bool,
    /// The shopper's words that it was read from; empty for a filter set by hand.
    pub words: String,
}

/// A test of a field. Numbers of a quantity are in its base unit: metre, kilogram, litre, second and so on; prices are
/// in the minor unit of the catalog's currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "test", rename_all = "snake_case")]
pub enum Test {
    /// One of these values.
    AnyOf {
        /// As the catalog spells them.
        values: Vec<String>,
    },
    /// This number or less.
    AtMost {
        /// The bound.
        max: f64,
    },
    /// This number or more.
    AtLeast {
        /// The bound.
        min: f64,
    },
    /// Between two numbers, both included.
    Between {
        /// The lower bound.
        min: f64,
        /// The upper bound.
        max: f64,
    },
}

/// What the products that fit state for one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facet {
    /// The field as a shopper reads it.
    pub label: String,
    /// Values with how many products state each, the most frequent first; empty for a numeric field.
    pub values: Vec<FacetValue>,
    /// From the least to the greatest, for a numeric field.
    pub range: Option<NumberRange>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacetValue {
    /// As the catalog spells it.
    pub value: String,
    /// How many of the products that fit state it.
    pub count: u64,
}

/// The numbers of a facet; see [`Test`] for their units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NumberRange {
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SearchTimings {
    /// From the query to the reply.
    pub total: f64,
}
