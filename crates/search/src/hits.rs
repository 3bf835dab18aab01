//! What a search gives back.

use commerce::{Availability, Money, ProductId};

use crate::{Constraint, Facet};

/// One page of products.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// In the order that was asked for.
    pub hits: Vec<Hit>,
    /// Counts over all matches, not only this page.
    pub facets: Vec<Facet>,
    /// The constraints that had to be given up or widened because nothing fits all of them, as they were asked.
    pub relaxed: Vec<Constraint>,
    /// What else was asked for and does not hold: words that the first hit neither states nor says, and the kind of goods
    /// that was named where there is none of it.
    pub unmet: Vec<Constraint>,
    /// Where the next page begins; `None` on the last one.
    pub next_cursor: Option<String>,
    /// How many products match.
    pub total: u64,
}

/// One product with the variant that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The product.
    pub product_id: ProductId,
    /// The id that the feed gave the product.
    pub source_id: String,
    /// The product's title.
    pub title: String,
    /// The variant that fits, one at hand where there is one; `None` for a product without a choice.
    pub variant: Option<HitVariant>,
    /// What the variant costs.
    pub price: Option<Money>,
    /// The regular price while another one is paid.
    pub regular_price: Option<Money>,
    /// The mean of the product's stars, from 1 to 5, and how many gave them; `None` where nobody did.
    pub rating: Option<(f32, u32)>,
    /// Whether the variant can be bought.
    pub availability: Availability,
    /// The variant's page, else the product's; empty where unknown.
    pub url: String,
    /// A picture of the variant, else of the product; empty where there is none.
    pub image: String,
    /// How well it fits; comparable within one search only.
    pub score: f32,
}

/// The variant of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitVariant {
    /// The id that the feed gave.
    pub source_id: String,
    /// Names the options.
    pub title: String,
}
