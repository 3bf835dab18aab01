//! What a variant costs and whether it can be had.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Money;

/// Price, sale and stock of one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The regular price; `None` where the feed gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// A reduced price, always below `price` and in its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<Sale>,
    /// Whether it can be bought.
    #[serde(default)]
    pub availability: Availability,
    /// Pieces at hand; `None` where the feed does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// New unless the feed says otherwise.
    #[serde(default)]
    pub condition: Condition,
}

/// A reduced price with the time in which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// What is paid while the sale lasts.
    pub price: Money,
    /// From when on; `None` is from ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when, not included; `None` is without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Whether a variant can be bought, in the words of the Google product data specification.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Ships now.
    InStock,
    /// Can be ordered before it comes out.
    Preorder,
    /// Can be ordered, ships later.
    Backorder,
    /// Cannot be ordered now.
    OutOfStock,
    /// The feed does not say.
    #[default]
    Unknown,
}

/// The state in which goods are sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Unused.
    #[default]
    New,
    /// Restored and tested.
    Refurbished,
    /// Used before.
    Used,
}

impl Offer {
    /// What is paid at this time: the sale price while the sale holds, else the regular price.
    pub fn price_at(&self, now: Timestamp) -> Option<Money> {
        self.sale.as_ref().filter(|sale| sale.holds_at(now)).map(|sale| sale.price).or(self.price)
    }

    /// Lays what a newer record says over this one. What belongs together is taken together: a price with its sale and the
    /// condition of the goods, availability with stock. What the record leaves out stays: a page that says `in stock`
    /// takes no price away.
    pub fn overlay(&mut self, newer: Offer) {
        if newer.price.is_some() {
            (self.price, self.sale, self.condition) = (newer.price, newer.sale, newer.condition);
        } else if newer.condition != Condition::New {
            self.condition = newer.condition;
        }
        if newer.availability != Availability::Unknown || newer.stock.is_some() {
            (self.availability, self.stock) = (newer.availability, newer.stock);
        }
    }
}

impl Sale {
    /// Whether this time lies in the sale.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

impl Availability {
    /// Whether an order is taken now.
    pub fn is_buyable(self) -> bool {
        !matches!(self, Self::OutOfStock)
    }

    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InStock => "in_stock",
            Self::Preorder => "preorder",
            Self::Backorder => "backorder",
            Self::OutOfStock => "out_of_stock",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the words that feeds use: `in stock`, `in_stock`, `InStock`, `https://schema.org/InStock`, `instock`.
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.rsplit('/').next().unwrap_or(text);
        let word: String =
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match word.as_str() {
            "instock" | "available" | "limitedavailability" | "onlineonly" | "instoreonly" => Self::InStock,
            "preorder" | "presale" => Self::Preorder,
            "backorder" | "onbackorder" | "availablefororder" | "madetoorder" => Self::Backorder,
            "outofstock" | "soldout" | "discontinued" | "unavailable" | "reserved" => Self::OutOfStock,
            _ => return None,
        })
    }
}
