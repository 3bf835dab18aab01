//! Links between products that stand in a table of their own: laid over the product that they name, which may come in the
//! same import or have come before.

use std::collections::{BTreeMap, HashMap, HashSet};

use commerce::{Links, Product};
use sqlx::Row;

use super::{Import, ImportMode, ImportSummary};
use crate::StoreError;
use crate::listing::read_products;
use crate::name;
use crate::statement::{MAX_IDS, select_among};

/// Links that wait for the products, by the id that the table gave.
#[derive(Default)]
pub(super) struct Waiting(BTreeMap<String, Links>);

impl Import {
    /// Takes what a shop sets beside a product, which may come later in the import. What names no product of the catalog is
    /// counted and left out.
    pub fn links(&mut self, product: &str, links: Links) {
        let known = self.links.0.entry(product.trim().to_owned()).or_default();
        for (kind, id) in links.iter() {
            known.add(kind, id);
        }
    }

    /// Lays the links over their products.
    pub(super) async fn write_links(&mut self) -> Result<u64, StoreError> {
        let waiting: Vec<(String, Links)> = std::mem::take(&mut self.links.0).into_iter().collect();
        let mut unknown = 0;
        for some in waiting.chunks(MAX_IDS) {
            unknown += self.write_some_links(some).await?;
        }
        Ok(unknown)
    }

    async fn write_some_links(&mut self, some: &[(String, Links)]) -> Result<u64, StoreError> {
        let mut ids: Vec<&str> = some.iter().map(|(product, _)| product.as_str()).collect();
        ids.extend(some.iter().flat_map(|(_, links)| links.iter().map(|(_, id)| id)));
        ids.sort_unstable();
        ids.dedup();
        let keys = self.keys_of(&ids).await?;
        let unknown = ids.iter().filter(|id| !keys.contains_key(**id)).count();
        let mut own: BTreeMap<i64, Links> = BTreeMap::new();
        for (product, links) in some {
            if let Some(key) = keys.get(product.as_str()) {
                let of_product = own.entry(*key).or_default();
                links.iter().for_each(|(kind, id)| of_product.add(kind, id));
            }
        }
        let kept: Vec<i64> = own.keys().copied().collect();
        let products = read_products(self.engine, &mut self.transaction, &kept).await?;
        let seen = self.seen(&products).await?;
        for (key, mut product) in products {
            // A feed that is the whole truth and leaves a product out takes its links with it.
            if self.mode == ImportMode::Replace && !seen.contains(product.id.as_str()) {
                continue;
            }
            product.links.overlay(own.remove(&key).unwrap_or_default());
            self.product(product).await?;
        }
        self.write_products().await?;
        Ok(unknown as u64)
    }

    /// The keys of products that have these ids, or variants that do.
    async fn keys_of<'i>(&mut self, ids: &[&'i str]) -> Result<HashMap<&'i str, i64>, StoreError> {
        let hashes: HashMap<i64, &'i str> = ids.iter().map(|id| (name::source_id(id), *id)).collect();
        let wanted: Vec<i64> = hashes.keys().copied().collect();
        let select = "SELECT hash, product_key FROM product_name WHERE hash";
        let mut keys = HashMap::new();
        for row in select_among(self.engine, &mut self.transaction, (select, ""), &wanted).await? {
            if let Some(id) = hashes.get(&row.try_get::<i64, _>(0)?) {
                keys.insert(*id, row.try_get(1)?);
            }
        }
        Ok(keys)
    }

    /// Which of these products this import has brought.
    async fn seen(&mut self, products: &HashMap<i64, Product>) -> Result<HashSet<String>, StoreError> {
        let ids: Vec<String> = products.values().map(|product| product.id.as_str().to_owned()).collect();
        let select = "SELECT id FROM touched WHERE id";
        let rows = select_among(self.engine, &mut self.transaction, (select, ""), &ids).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}

impl ImportSummary {
    pub(super) fn set_unknown_links(&mut self, count: u64) {
        self.unknown_links = count;
    }
}
