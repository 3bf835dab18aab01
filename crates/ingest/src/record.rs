//! What comes out of a feed.

use commerce::{Currency, Document, Links, Product, Question, Review, ReviewId};
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Format};

/// One thing that a feed states.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A product with some or all of its variants.
    Product(Product),
    /// What a buyer wrote.
    Review(Review),
    /// A review that the feed takes back, whether or not it was there before.
    WithdrawnReview(ReviewId),
    /// What a shopper asked.
    Question(Question),
    /// A page, guide or policy.
    Document(Document),
    /// What the feed says of the shop itself.
    Shop(Shop),
    /// What a shop sets beside a product, where a table says nothing else of the product.
    Links {
        /// The source id of the product, or of one of its variants.
        product: String,
        /// Other goods.
        links: Links,
    },
}

/// The shop that a feed comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Plain text; empty where unknown.
    #[serde(default)]
    pub name: String,
    /// What prices are in where they do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The home page; empty where unknown.
    #[serde(default)]
    pub url: String,
}

/// What [`crate::read`] hands to its caller, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// One record, whole.
    Record(Record),
    /// A picture that came inside an archive.
    File {
        /// Its path in the archive.
        path: String,
        /// Its content, not checked to be a picture.
        bytes: Vec<u8>,
    },
    /// Something that was wrong.
    Diagnostic(Diagnostic),
}

/// How much was read and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The layouts that were found, each once.
    pub formats: Vec<Format>,
    /// Rows, items or lines that were looked at.
    pub rows: u64,
    /// Rows that were left out because of an error.
    pub skipped: u64,
    /// Products handed over; one whose rows stand apart counts each time.
    pub products: u64,
    /// Variants handed over.
    pub variants: u64,
    /// Reviews handed over.
    pub reviews: u64,
    /// Reviews that the feed takes back.
    pub withdrawn: u64,
    /// Questions handed over.
    pub questions: u64,
    /// Documents handed over.
    pub documents: u64,
    /// Products of which links were handed over.
    pub links: u64,
    /// Pictures handed over.
    pub pictures: u64,
    /// Diagnostics of severity error.
    pub errors: u64,
    /// Diagnostics of severity warning.
    pub warnings: u64,
    /// Diagnostics of severity note.
    pub notes: u64,
    /// Whether the rest of a file, or all of it, was left out because it could not be read.
    pub is_cut_short: bool,
    /// Whether the sink asked to stop before the end.
    pub is_stopped: bool,
}
