//! Products of an import, written in batches.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use commerce::{Offer, Product};
use sqlx::Row;

use super::touched::{self, Kind, Touch};
use super::{Import, ImportMode};
use crate::StoreError;
use crate::doc::{Fingerprint, Packer};
use crate::listing::read_products;
use crate::name::{self, NameHash};
use crate::offer_row::{self, OfferRow};
use crate::statement::{Insert, execute_among, select_among};

const UPSERT: Insert = Insert {
    into: "product (key, id, source_id, fingerprint, generation, doc)",
    columns: 6,
    conflict: "ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, \
               generation = excluded.generation, doc = excluded.doc",
};

const INSERT_NAMES: Insert = Insert { into: "product_name (product_key, hash)", columns: 2, conflict: "" };

/// How a product stands in the store before a batch is written.
struct Stored {
    key: i64,
    fingerprint: Fingerprint,
    /// Whether this import has brought it already.
    is_touched: bool,
}

/// A product as rows.
struct Rows {
    id: String,
    source_id: String,
    fingerprint: Fingerprint,
    doc: Vec<u8>,
    offers: Vec<OfferRow>,
    names: Vec<NameHash>,
}

/// Roughly how many bytes a product holds.
pub(super) fn weight(product: &Product) -> usize {
    let variants: usize = product.variants.iter().map(|variant| 512 + variant.attributes.len() * 64).sum();
    product.title.len() + product.description.len() + product.attributes.len() * 64 + variants
}

impl Import {
    /// Writes the products that wait.
    pub(super) async fn write_products(&mut self) -> Result<(), StoreError> {
        self.product_bytes = 0;
        let incoming = join(std::mem::take(&mut self.products));
        if incoming.is_empty() {
            return Ok(());
        }
        let stored = self.stored_products(&incoming).await?;
        let (mut ready, mut to_overlay) = (Vec::new(), Vec::new());
        for mut product in incoming {
            let rows = pack(&mut self.packer, &mut product)?;
            match stored.get(&rows.id) {
                Some(old) if old.fingerprint != rows.fingerprint && self.overlays(old) => {
                    to_overlay.push((old.key, product));
                }
                _ => ready.push(rows),
            }
        }
        ready.extend(self.overlay(to_overlay).await?);
        self.write_rows(&stored, ready).await
    }

    fn overlays(&self, old: &Stored) -> bool {
        self.mode == ImportMode::Merge || old.is_touched
    }

    async fn stored_products(&mut self, products: &[Product]) -> Result<HashMap<String, Stored>, StoreError> {
        let ids: Vec<String> = products.iter().map(|product| product.id.as_str().to_owned()).collect();
        let select = "SELECT product.id, product.key, product.fingerprint, touched.id FROM product \
                      LEFT JOIN touched ON touched.id = product.id WHERE product.id";
        let rows = select_among(self.engine, &mut self.transaction, (select, ""), &ids).await?;
        rows.iter()
            .map(|row| {
                let touched: Option<String> = row.try_get(3)?;
                let fingerprint = fingerprint(row.try_get(2)?)?;
                let stored = Stored { key: row.try_get(1)?, fingerprint, is_touched: touched.is_some() };
                Ok((row.try_get(0)?, stored))
            })
            .collect()
    }

    /// Lays newer records over what is stored.
    async fn overlay(&mut self, newer: Vec<(i64, Product)>) -> Result<Vec<Rows>, StoreError> {
        let keys: Vec<i64> = newer.iter().map(|(key, _)| *key).collect();
        let mut old = read_products(self.engine, &mut self.transaction, &keys).await?;
        let mut ready = Vec::new();
        for (key, newer) in newer {
            let Some(mut product) = old.remove(&key) else { continue };
            product.overlay(newer);
            ready.push(pack(&mut self.packer, &mut product)?);
        }
        Ok(ready)
    }

    /// Writes the products that differ from what is stored.
    async fn write_rows(
        &mut self,
        stored: &HashMap<String, Stored>,
        ready: Vec<Rows>,
    ) -> Result<(), StoreError> {
        let (mut touches, mut written, mut outdated) = (Vec::new(), Vec::new(), Vec::new());
        for rows in ready {
            let old = stored.get(&rows.id);
            touches.push(Touch {
                id: rows.id.clone(),
                before: old.map(|old| old.fingerprint),
                after: rows.fingerprint,
            });
            match old {
                Some(old) if old.fingerprint == rows.fingerprint => {}
                Some(old) => {
                    outdated.push(old.key);
                    written.push((old.key, rows));
                }
                None => {
                    self.last_product_key += 1;
                    written.push((self.last_product_key, rows));
                }
            }
        }
        for table in ["variant", "product_name"] {
            let delete = format!("DELETE FROM {table} WHERE product_key");
            execute_among(self.engine, &mut self.transaction, delete, &outdated).await?;
        }
        self.insert_rows(written).await?;
        touched::insert(self.engine, &mut self.transaction, Kind::Product, touches).await
    }

    async fn insert_rows(&mut self, written: Vec<(i64, Rows)>) -> Result<(), StoreError> {
        let (mut products, mut offers, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for (key, rows) in written {
            offers.extend((0i64..).zip(rows.offers).map(|(place, offer)| (key, place, offer)));
            names.extend(rows.names.into_iter().map(|hash| (key, hash)));
            products.push((key, rows.id, rows.source_id, rows.fingerprint, rows.doc));
        }
        // Neighbours in the index, so that a batch touches fewer of its pages.
        names.sort_unstable_by_key(|(_, hash)| *hash);
        let (engine, generation) = (self.engine, self.generation);
        UPSERT
            .run(engine, &mut self.transaction, products, |statement, (key, id, source_id, print, doc)| {
                statement.bind(key).bind(id).bind(source_id).bind(Vec::from(print)).bind(generation).bind(doc)
            })
            .await?;
        offer_row::INSERT
            .run(engine, &mut self.transaction, offers, |statement, (key, place, offer)| {
                offer.bind(statement, key, place)
            })
            .await?;
        INSERT_NAMES
            .run(engine, &mut self.transaction, names, |statement, (key, hash)| {
                statement.bind(key).bind(hash)
            })
            .await?;
        Ok(())
    }
}

/// Lays records of one product over each other, in their order.
fn join(products: Vec<Product>) -> Vec<Product> {
    let mut joined: Vec<Product> = Vec::with_capacity(products.len());
    let mut places = HashMap::new();
    for product in products {
        match places.entry(product.id.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(joined.len());
                joined.push(product);
            }
            Entry::Occupied(entry) => joined[*entry.get()].overlay(product),
        }
    }
    joined
}

/// The rows of a product, which is left as it was.
fn pack(packer: &mut Packer, product: &mut Product) -> Result<Rows, StoreError> {
    let offers: Vec<Offer> =
        product.variants.iter_mut().map(|variant| std::mem::take(&mut variant.offer)).collect();
    let variants = product.variants.iter().zip(&offers);
    let offer_rows: Vec<OfferRow> = variants.map(|(variant, offer)| OfferRow::new(variant, offer)).collect();
    let packed = packer.pack(product, |hasher| offer_rows.iter().for_each(|row| row.hash(hasher)));
    for (variant, offer) in product.variants.iter_mut().zip(offers) {
        variant.offer = offer;
    }
    let (doc, fingerprint) = packed?;
    Ok(Rows {
        id: product.id.as_str().to_owned(),
        source_id: product.source_id.clone(),
        fingerprint,
        doc,
        offers: offer_rows,
        names: name::names(product),
    })
}

/// A stored fingerprint.
pub(super) fn fingerprint(bytes: Vec<u8>) -> Result<Fingerprint, StoreError> {
    bytes.try_into().map_err(|_| StoreError::corrupt("fingerprint", "its length is wrong"))
}
