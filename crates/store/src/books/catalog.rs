//! What is for sale, as the catalog says at this moment.

use std::collections::BTreeMap;

use checkout::Item;
use commerce::{ProductId, VariantId};
use jiff::Timestamp;
use sqlx::Row;

use crate::listing::read_products;
use crate::statement::select_among;
use crate::{Store, StoreError};

/// An item with the stock that its feed gives.
pub(super) type Offered = (Item, Option<u32>);

impl Store {
    /// The items of these variants, and of all variants of these products, with the stock that their feed gives.
    pub(super) async fn offered(
        &self,
        variants: impl Iterator<Item = &VariantId>,
        products: impl Iterator<Item = &ProductId>,
        now: Timestamp,
    ) -> Result<BTreeMap<VariantId, Offered>, StoreError> {
        let variants: Vec<String> = variants.map(|id| id.as_str().to_owned()).collect();
        let products: Vec<String> = products.map(|id| id.as_str().to_owned()).collect();
        if variants.is_empty() && products.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut snapshot = self.snapshot().await?;
        let by_variant = ("SELECT DISTINCT product_key FROM variant WHERE id", "");
        let by_product = ("SELECT key FROM product WHERE id", "");
        let mut rows = select_among(self.engine, &mut snapshot, by_variant, &variants).await?;
        rows.extend(select_among(self.engine, &mut snapshot, by_product, &products).await?);
        let keys = rows.iter().map(|row| row.try_get(0)).collect::<sqlx::Result<Vec<i64>>>()?;
        let known = read_products(self.engine, &mut snapshot, &keys).await?;
        let mut offered = BTreeMap::new();
        for product in known.values() {
            let is_whole = products.iter().any(|id| id == product.id.as_str());
            for variant in &product.variants {
                if is_whole || variants.iter().any(|id| id == variant.id.as_str()) {
                    let item = Item::of(product, variant, now);
                    offered.insert(variant.id.clone(), (item, variant.offer.stock));
                }
            }
        }
        Ok(offered)
    }
}
