//! Carts, orders and questions before something is done: facts that are rendered from the shop's books, never from prose.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is in a cart and what it costs at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cart {
    /// The cart's id.
    pub id: String,
    /// In the order in which they were added.
    pub lines: Vec<CartLine>,
    /// The goods before discounts; `null` while there are none.
    pub subtotal: Option<Money>,
    /// What is taken off; `null` where nothing is.
    pub discount: Option<Money>,
    /// The delivery before taxes; `null` until a way is chosen.
    pub delivery: Option<Money>,
    /// All taxes; `null` where there are none.
    pub tax: Option<Money>,
    /// What is paid; `null` while there are no goods.
    pub total: Option<Money>,
    /// Codes that were entered.
    pub coupons: Vec<String>,
    /// Where it goes, on one line; empty until it is known.
    pub address: String,
    /// What has to be known before the order can be placed: `address`, `contact`, `delivery`, `payment`, `prices`.
    pub missing: Vec<String>,
}

/// One item of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CartLine {
    /// The id that the feed gave the variant.
    pub source_id: String,
    /// The product's title.
    pub title: String,
    /// The options, such as `M, Blue`; empty where there are none.
    pub options: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    pub unit_price: Money,
    /// What all cost, after discounts.
    pub total: Money,
}

/// How far an order is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Its number.
    pub id: String,
    /// `placed` (not paid yet), `paid`, `partly_shipped`, `shipped`, `delivered`, `cancelled`.
    pub status: String,
    /// When it was placed, as RFC 3339 writes it; `null` where unknown.
    pub placed_at: Option<String>,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// What it costs, after all changes and returns.
    pub total: Money,
    /// Where it goes, on one line.
    pub address: String,
    /// Parcels that have left.
    pub parcels: Vec<Parcel>,
    /// Returns and exchanges.
    pub returns: Vec<OrderReturn>,
    /// Where the shopper proves to their bank that they pay; `null` where nobody asks.
    pub challenge_url: Option<String>,
}

/// One item of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderLine {
    /// The id that the feed gave the variant.
    pub source_id: String,
    /// The product's title.
    pub title: String,
    /// The options, such as `M, Blue`; empty where there are none.
    pub options: String,
    /// How many were ordered.
    pub quantity: u32,
    /// How many came back.
    pub returned: u32,
    /// How many have left.
    #[serde(default)]
    pub shipped: u32,
    /// What it was exchanged for, with its options; `null` for what was ordered.
    #[serde(default)]
    pub in_place_of: Option<String>,
    /// What is paid for all.
    pub total: Money,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parcel {
    /// Who carries it; empty where unknown.
    pub carrier: String,
    /// Its tracking number.
    pub tracking: String,
}

/// A return or an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderReturn {
    /// Its number.
    pub id: String,
    /// `refund` or `exchange`.
    pub kind: String,
    /// `requested`, `label_sent`, `received`, `withdrawn`, `rejected`.
    pub status: String,
}

/// A question before something is done that cannot be taken back. A yes names `id` and `digest` of the text that was
/// shown; a yes to a text that holds no longer is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confirm {
    /// Which question.
    pub id: String,
    /// What tells this text from any other.
    pub digest: String,
    /// All that would happen, in words.
    pub text: String,
    /// Until when it can be answered, as RFC 3339 writes it.
    pub expires_at: String,
}

/// An answer to a question before something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmed {
    /// [`Confirm::id`].
    pub id: String,
    /// [`Confirm::digest`].
    pub digest: String,
    /// Whether it is to be done.
    pub yes: bool,
}
