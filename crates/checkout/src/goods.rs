//! Which goods a rule is about: one vocabulary for price rules, quantity limits, tax classes and return windows.

use commerce::{CategoryPath, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Item;
use crate::policy::Price;

/// How deep conditions may be nested.
pub const MAX_NESTING: usize = 8;

/// A condition on one item. In a policy file: `"everything"`, `{ category = "Women > Tops" }`, `{ sku = ["A-1"] }`,
/// `{ none = [{ on_sale = true }] }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goods {
    /// Whatever the shop sells.
    #[default]
    Everything,
    /// Items of this category or one below it, as a path with ` > `; a path may begin at any level.
    Category(String),
    /// Variants of one of these SKUs.
    Sku(Vec<String>),
    /// Items with an attribute or option of one of these values.
    Attribute {
        /// The attribute's key, such as `color`.
        key: String,
        /// Values in any case.
        any_of: Vec<String>,
    },
    /// Items at a reduced price, or items that are not.
    OnSale(bool),
    /// Items that cost this much or more.
    PriceAtLeast(Price),
    /// Items that cost less.
    PriceBelow(Price),
    /// Items of which one piece weighs this much or more, as far as its weight is known.
    WeightAtLeastGrams(u32),
    /// All of these hold.
    All(Vec<Goods>),
    /// At least one of these holds.
    Any(Vec<Goods>),
    /// None of these holds.
    None(Vec<Goods>),
}

impl Goods {
    /// Whether the item is among these goods, at the price it has.
    pub fn includes(&self, item: &Item) -> bool {
        match self {
            Self::Everything => true,
            Self::Category(path) => item.categories.iter().any(|category| is_within(category, path)),
            Self::Sku(skus) => skus.contains(&item.sku),
            Self::Attribute { key, any_of } => {
                let has = |value: &String| any_of.iter().any(|wanted| wanted.to_lowercase() == *value);
                item.attributes.get(key).is_some_and(|values| values.iter().any(has))
            }
            Self::OnSale(wanted) => item.on_sale == *wanted,
            Self::PriceAtLeast(least) => item.price.is_some_and(|price| least.is_at_most(price)),
            Self::PriceBelow(limit) => {
                item.price.is_some_and(|price| is_same_currency(limit, price) && !limit.is_at_most(price))
            }
            Self::WeightAtLeastGrams(least) => item.weight_grams.is_some_and(|grams| grams >= *least),
            Self::All(parts) => parts.iter().all(|part| part.includes(item)),
            Self::Any(parts) => parts.iter().any(|part| part.includes(item)),
            Self::None(parts) => !parts.iter().any(|part| part.includes(item)),
        }
    }

    /// How deep the condition is nested.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                1 + parts.iter().map(Self::depth).max().unwrap_or(0)
            }
            _ => 1,
        }
    }
}

fn is_same_currency(limit: &Price, price: Money) -> bool {
    limit.money().currency == price.currency
}

/// Whether the names of `path` stand one after the other in the category, in any case.
fn is_within(category: &CategoryPath, path: &str) -> bool {
    let wanted: Vec<String> = path.split('>').map(|name| name.trim().to_lowercase()).collect();
    let names: Vec<String> = category.names().iter().map(|name| name.to_lowercase()).collect();
    names.windows(wanted.len().max(1)).any(|part| part == wanted)
}
