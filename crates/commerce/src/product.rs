//! Products and their variants.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::{Attributes, CategoryPath, Gtin, Image, Links, Offer, ProductId, VariantId};

/// The key of the attribute that stands in for prices where a page gives the lowest and the highest only. It is dropped as
/// soon as the prices are known.
pub const PRICE_RANGE: &str = "price_range";

/// What a shopper sees as one thing. It has at least one variant; a product without options has exactly one, with the
/// product's own source id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Derived from `source_id`.
    pub id: ProductId,
    /// The id that the feed gave the product or, for variants in rows of their own, their group.
    pub source_id: String,
    /// Plain text, without the options of a variant.
    pub title: String,
    /// Plain text; paragraphs and list items stand on lines of their own.
    #[serde(default)]
    pub description: String,
    /// The maker's name; empty where unknown.
    #[serde(default)]
    pub brand: String,
    /// In the feed's order, the main one first.
    #[serde(default)]
    pub categories: Vec<CategoryPath>,
    /// The product's page; empty where unknown.
    #[serde(default)]
    pub url: String,
    /// Pictures of the product as a whole, the main one first.
    #[serde(default)]
    pub images: Vec<Image>,
    /// What holds for every variant.
    #[serde(default)]
    pub attributes: Attributes,
    /// What the shop sets beside it.
    #[serde(default, skip_serializing_if = "Links::is_empty")]
    pub links: Links,
    /// In the feed's order; never empty.
    pub variants: Vec<Variant>,
}

/// One buyable form of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Derived from the product's and the variant's source id.
    pub id: VariantId,
    /// The id that the feed gave: the row's id or SKU.
    pub source_id: String,
    /// Plain text that names the options, such as `S, Black`; empty where there are none.
    #[serde(default)]
    pub title: String,
    /// Option to choice, such as `size` to `S`. Keys are attribute keys (see [`crate::Attribute::key`]).
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Checked trade item number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// The maker's part number; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mpn: String,
    /// What holds for this variant only, options left out.
    #[serde(default)]
    pub attributes: Attributes,
    /// Pictures of this variant; empty where the product's serve.
    #[serde(default)]
    pub images: Vec<Image>,
    /// The variant's own page; empty where the product's serves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Price and stock.
    #[serde(default)]
    pub offer: Offer,
}

impl Product {
    /// Whether there is nothing to choose.
    pub fn is_simple(&self) -> bool {
        matches!(self.variants.as_slice(), [only] if only.options.is_empty() && only.source_id == self.source_id)
    }

    /// The main picture: the product's first, else the first of a variant.
    pub fn image(&self) -> Option<&Image> {
        self.images.first().or_else(|| self.variants.iter().find_map(|variant| variant.images.first()))
    }

    /// Lays what a newer record says over this one: what it states replaces, what it leaves out stays, its variants
    /// replace those of the same source id or are added. Laying the same record twice changes nothing.
    pub fn overlay(&mut self, newer: Product) {
        fn take<T>(old: &mut Vec<T>, new: Vec<T>) {
            if !new.is_empty() {
                *old = new;
            }
        }
        fn take_text(old: &mut String, new: String) {
            if !new.is_empty() {
                *old = new;
            }
        }
        take_text(&mut self.title, newer.title);
        take_text(&mut self.description, newer.description);
        take_text(&mut self.brand, newer.brand);
        take_text(&mut self.url, newer.url);
        take(&mut self.categories, newer.categories);
        take(&mut self.images, newer.images);
        self.attributes.overlay(newer.attributes);
        self.links.overlay(newer.links);
        let mut places: HashMap<String, usize> = HashMap::new();
        for (place, old) in self.variants.iter().enumerate() {
            places.entry(old.source_id.clone()).or_insert(place);
        }
        for variant in newer.variants {
            match places.entry(variant.source_id.clone()) {
                Entry::Occupied(place) => self.variants[*place.get()].overlay(variant),
                Entry::Vacant(place) => {
                    place.insert(self.variants.len());
                    self.variants.push(variant);
                }
            }
        }
        if self.variants.len() > 1 {
            let parent = self.source_id.clone();
            let is_placeholder = |v: &Variant| v.source_id == parent && v.options.is_empty();
            if self.variants.iter().any(|v| !is_placeholder(v)) {
                self.variants.retain(|v| !is_placeholder(v));
            }
        }
        if self.variants.iter().all(|variant| variant.offer.price.is_some()) {
            self.attributes.remove(PRICE_RANGE);
        }
    }
}

impl Variant {
    /// A variant of this product without anything else known of it.
    pub fn new(product_source_id: &str, source_id: &str) -> Self {
        Self {
            id: VariantId::of(&[product_source_id, source_id]),
            source_id: source_id.to_owned(),
            title: String::new(),
            options: BTreeMap::new(),
            gtin: None,
            mpn: String::new(),
            attributes: Attributes::default(),
            images: Vec::new(),
            url: String::new(),
            offer: Offer::default(),
        }
    }

    fn overlay(&mut self, newer: Variant) {
        if !newer.title.is_empty() {
            self.title = newer.title;
        }
        self.options.extend(newer.options);
        self.gtin = newer.gtin.or(self.gtin.take());
        if !newer.mpn.is_empty() {
            self.mpn = newer.mpn;
        }
        self.attributes.overlay(newer.attributes);
        if !newer.images.is_empty() {
            self.images = newer.images;
        }
        if !newer.url.is_empty() {
            self.url = newer.url;
        }
        self.offer.overlay(newer.offer);
        if self.offer.price.is_some() {
            self.attributes.remove(PRICE_RANGE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Attribute, Availability, Money};

    fn lamp() -> Product {
        Product {
            id: ProductId::of(&["L"]),
            source_id: "L".to_owned(),
            title: "Lamp".to_owned(),
            description: String::new(),
            brand: String::new(),
            categories: Vec::new(),
            url: String::new(),
            images: Vec::new(),
            attributes: Attributes::new(),
            links: Links::default(),
            variants: vec![Variant::new("L", "L")],
        }
    }

    #[test]
    fn a_page_without_a_price_takes_none_away() {
        let (mut stored, mut page) = (lamp(), lamp());
        stored.variants[0].offer.price = Money::parse("12 EUR", None).ok();
        stored.variants[0].offer.stock = Some(3);
        page.variants[0].offer.availability = Availability::OutOfStock;
        page.attributes.add(Attribute::parse(PRICE_RANGE, ["from €12.00"]).unwrap());
        stored.overlay(page);
        let offer = &stored.variants[0].offer;
        assert_eq!(offer.price, Money::parse("12 EUR", None).ok());
        assert_eq!((offer.availability, offer.stock), (Availability::OutOfStock, None));
        assert!(stored.attributes.is_empty());
    }

    #[test]
    fn a_range_of_prices_stands_until_all_prices_are_known() {
        let mut page = lamp();
        page.attributes.add(Attribute::parse(PRICE_RANGE, ["€12.00 to €20.00"]).unwrap());
        let mut feed = lamp();
        feed.variants = vec![Variant::new("L", "L-1"), Variant::new("L", "L-2")];
        feed.variants[0].offer.price = Money::parse("12 EUR", None).ok();
        page.overlay(feed.clone());
        assert_eq!((page.variants.len(), page.attributes.len()), (2, 1));
        feed.variants[1].offer.price = Money::parse("20 EUR", None).ok();
        page.overlay(feed);
        assert!(page.attributes.is_empty());
    }
}
