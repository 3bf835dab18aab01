//! What the machines know of a variant that is for sale: one snapshot of the catalog, taken by the caller.

use std::collections::BTreeMap;

use commerce::{CategoryPath, Money, Product, ProductId, Unit, Value, Variant, VariantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One buyable form of a product, with what prices, taxes, shipping and returns depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The variant.
    pub variant: VariantId,
    /// Its product: items are exchanged only within one.
    pub product: ProductId,
    /// The id that the feed gave the variant.
    pub sku: String,
    /// The product's title.
    pub title: String,
    /// Option to choice.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// What one costs now; `None` cannot be bought.
    pub price: Option<Money>,
    /// Whether `price` is a reduced one.
    #[serde(default)]
    pub on_sale: bool,
    /// Whether the shop takes orders for it. Where stock is counted, the count decides as well.
    pub is_available: bool,
    /// From the widest to the narrowest name.
    #[serde(default)]
    pub categories: Vec<CategoryPath>,
    /// Attribute key to values in lower case.
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What one weighs, rounded up; `None` where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<u32>,
}

impl Item {
    /// The item that a variant of the catalog is at this time.
    pub fn of(product: &Product, variant: &Variant, now: Timestamp) -> Self {
        let offer = &variant.offer;
        let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for attribute in product.attributes.iter().chain(&variant.attributes) {
            let values = attribute.values.iter().map(|value| value.display().to_lowercase());
            attributes.insert(attribute.key.clone(), values.collect());
        }
        for (key, choice) in &variant.options {
            attributes.insert(key.clone(), vec![choice.to_lowercase()]);
        }
        if !product.brand.is_empty() {
            attributes.entry("brand".to_owned()).or_insert_with(|| vec![product.brand.to_lowercase()]);
        }
        Self {
            variant: variant.id.clone(),
            product: product.id.clone(),
            sku: variant.source_id.clone(),
            title: product.title.clone(),
            options: variant.options.clone(),
            price: offer.price_at(now),
            on_sale: offer.sale.as_ref().is_some_and(|sale| sale.holds_at(now)),
            is_available: offer.availability.is_buyable(),
            categories: product.categories.clone(),
            attributes,
            weight_grams: weight_grams(product, variant),
        }
    }

    /// The item as a shopper reads it: `Tee (M, blue)`.
    pub fn name(&self) -> String {
        name(&self.title, &self.options)
    }
}

/// A title with its options.
pub(crate) fn name(title: &str, options: &BTreeMap<String, String>) -> String {
    match options.is_empty() {
        true => title.to_owned(),
        false => format!("{title} ({})", options.values().cloned().collect::<Vec<_>>().join(", ")),
    }
}

/// The stated weight, the variant's before the product's.
fn weight_grams(product: &Product, variant: &Variant) -> Option<u32> {
    const KEYS: [&str; 4] = ["shipping_weight", "weight", "item_weight", "gross_weight"];
    let stated = |key| variant.attributes.find(key).or_else(|| product.attributes.find(key));
    KEYS.iter().filter_map(|key| stated(key)).flat_map(|attribute| &attribute.values).find_map(grams)
}

fn grams(value: &Value) -> Option<u32> {
    let Value::Quantity(quantity) = value else { return None };
    let unit = Unit::parse("g").filter(|unit| unit.dimension() == quantity.dimension())?;
    // A kilogram in thousandths may come out as 1000.0000000001 grams.
    let grams = (unit.of_base(quantity.base()) - 1e-6).ceil();
    (grams >= 0.0 && grams <= f64::from(u32::MAX)).then_some(grams as u32)
}
