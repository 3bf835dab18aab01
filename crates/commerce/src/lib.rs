//! The nouns of a shop, as values: money, products with variants, offers, attributes with units, reviews, questions,
//! documents and images. Every other crate speaks in these words.
//!
//! **Invariant**: nothing here reads a file, a clock or the environment, and no type can hold a value that the shop
//! could not show: a price has a currency, a product has at least one variant, a quantity has a unit.

mod attribute;
mod category;
mod document;
mod gtin;
mod id;
mod image;
mod link;
mod listing;
mod locale;
mod money;
mod offer;
mod product;
mod quantity;
mod question;
mod review;
mod unit;

pub use attribute::{Attribute, Attributes, Value};
pub use category::CategoryPath;
pub use document::{Document, DocumentKind};
pub use gtin::{Gtin, GtinError};
pub use id::{DocumentId, EvidenceId, ProductId, QuestionId, ReviewId, VariantId};
pub use image::Image;
pub use link::{LinkKind, Links, MAX_LINKED};
pub use listing::Listing;
pub use locale::{Locale, UnitSystem};
pub use money::{Currency, Money, MoneyError};
pub use offer::{Availability, Condition, Offer, Sale};
pub use product::{PRICE_RANGE, Product, Variant};
pub use quantity::{Quantity, QuantityRange};
pub use question::{Answer, Question};
pub use review::{ProductRef, Review};
pub use unit::{Dimension, Unit};
