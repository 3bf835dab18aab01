//! What is searched for: text, constraints on fields, an order and a page.

use commerce::{Dimension, Money};
use serde::{Deserialize, Serialize};

/// One search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Words that are matched against the text of products; empty lists everything that fits the constraints.
    pub text: String,
    /// All of them must hold on one and the same variant.
    pub constraints: Vec<Constraint>,
    /// What is liked but not demanded: a product for which it holds is ranked higher, none is left out.
    pub preferences: Vec<Constraint>,
    /// Other words that count for a word of `text`, such as synonyms.
    pub alternatives: Vec<Alternative>,
    /// The order of the hits.
    pub sort: Sort,
    /// Hits on a page, at most 100.
    pub limit: usize,
    /// Where the page before ended, as that page said.
    pub cursor: Option<String>,
}

/// Other ways to say a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The word as it stands in the text.
    pub word: String,
    /// Words that mean the same or something near.
    pub others: Vec<String>,
    /// How much a match of another word is worth beside one of the word itself, from 0 to 1.
    pub weight: f32,
}

/// What must hold for a field.
///
/// A constraint that was read from a shopper's words also looks at the text of products that state nothing on its
/// field, because shops leave fields out: such a product passes `waterproof` when its text has all of `words`, and
/// fails `not leather` when its text has them. A filter set by hand (`words` empty) looks at the field only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What is tested.
    pub field: Field,
    /// How.
    pub test: Test,
    /// Whether the test must fail (`not leather`). A product that states nothing on the field passes a negated test
    /// and fails a plain one, but for `words`.
    #[serde(default)]
    pub is_negated: bool,
    /// The shopper's words that it was read from; empty for a filter set by hand.
    #[serde(default)]
    pub words: String,
}

/// A field of a product or variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What is paid now, in minor units of the catalog's currency.
    Price,
    /// Any name on any category path.
    Category,
    /// The maker.
    Brand,
    /// The mean review rating, from 1 to 5.
    Rating,
    /// The words of [`commerce::Availability`].
    Availability,
    /// An attribute or an option, by key.
    Attribute(String),
    /// Any word of the product's text; the test is `AnyOf`.
    Text,
}

/// What a field is compared with. Numbers are in base units (see [`Dimension`]), prices in minor units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// One of these values, letter by letter as the catalog spells them.
    AnyOf(Vec<String>),
    /// This number or less.
    AtMost(f64),
    /// This number or more.
    AtLeast(f64),
    /// Between two numbers, both included.
    Between(f64, f64),
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Cheapest first; without a price last.
    PriceAscending,
    /// Dearest first; without a price last.
    PriceDescending,
    /// Best mean rating first, shrunk towards the catalog's mean where reviews are few.
    Rating,
    /// By title.
    Title,
}

/// One value that the catalog states for a field, with how many products state it.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The field.
    pub field: Field,
    /// The value as the catalog spells it; empty for a numeric field.
    pub value: String,
    /// What the numbers of a numeric field measure; `None` for words and plain numbers.
    pub dimension: Option<Dimension>,
    /// Whether the field holds numbers.
    pub is_numeric: bool,
    /// How many products state it.
    pub count: u64,
}

/// The price field compares minor units.
impl From<Money> for Test {
    fn from(money: Money) -> Self {
        Self::AtMost(money.amount_minor as f64)
    }
}
