//! A product with all that was said about it.

use serde::{Deserialize, Serialize};

use crate::{Document, Product, Question, Review};

/// Everything that the shop knows of one product: the unit that is read from the store, indexed and shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// The product itself.
    pub product: Product,
    /// Its reviews, by id.
    #[serde(default)]
    pub reviews: Vec<Review>,
    /// Its questions, by id.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Documents that name it, by id; those for the whole shop or a category are not here.
    #[serde(default)]
    pub documents: Vec<Document>,
}

impl From<Product> for Listing {
    fn from(product: Product) -> Self {
        Self { product, reviews: Vec::new(), questions: Vec::new(), documents: Vec::new() }
    }
}
