//! Reading the catalog: products with all that was said about them, many at a time.

use std::collections::HashMap;

use commerce::{Document, Listing, Offer, Product, ProductId, Question, Review};
use serde::de::DeserializeOwned;
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::doc::Unpacker;
use crate::offer_row::{self, OfferRow};
use crate::statement::select_among;
use crate::{Engine, Store, StoreError, change, name};

/// The most listings that one page of a scan holds, whatever was asked for.
const MAX_PAGE: u32 = 10_000;

impl Store {
    /// The listings of these products, in this order; unknown ids are left out.
    pub async fn listings(&self, ids: &[ProductId]) -> Result<Vec<Listing>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let texts: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
        let select = "SELECT id, key FROM product WHERE id";
        let rows = select_among(self.engine, &mut snapshot, (select, ""), &texts).await?;
        let keys = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        let keys = keys.collect::<Result<HashMap<String, i64>, StoreError>>()?;
        let keys: Vec<i64> = texts.iter().filter_map(|id| keys.get(id).copied()).collect();
        read_listings(self.engine, &mut snapshot, &keys).await
    }

    /// The next listings by id, after this one or from the first: pages of a scan of the whole catalog. Each page is
    /// one state; an import may finish between two pages.
    pub async fn listings_after(
        &self,
        after: Option<&ProductId>,
        limit: u32,
    ) -> Result<Vec<Listing>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query("SELECT key FROM product WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after.map_or("", ProductId::as_str).to_owned())
            .bind(i64::from(limit.min(MAX_PAGE)))
            .fetch_all(&mut *snapshot)
            .await?;
        let keys = rows.iter().map(|row| row.try_get(0)).collect::<sqlx::Result<Vec<i64>>>()?;
        read_listings(self.engine, &mut snapshot, &keys).await
    }

    /// All documents of the shop, by id.
    pub async fn documents(&self) -> Result<Vec<Document>, StoreError> {
        let rows = sqlx::query("SELECT doc FROM document ORDER BY id").fetch_all(&self.pools.readers).await?;
        let mut unpacker = Unpacker::new()?;
        rows.iter().map(|row| unpacker.unpack("document", row.try_get(0)?)).collect()
    }

    /// The product that this source id names: its own, or that of one of its variants.
    pub async fn find_product(&self, source_id: &str) -> Result<Option<ProductId>, StoreError> {
        let row = sqlx::query(
            "SELECT product.id FROM product_name JOIN product ON product.key = product_name.product_key \
             WHERE product_name.hash = $1 AND (product.source_id = $2 OR EXISTS (SELECT 1 FROM variant \
             WHERE variant.product_key = product.key AND variant.source_id = $2)) \
             ORDER BY CASE WHEN product.source_id = $2 THEN 0 ELSE 1 END, product.id LIMIT 1",
        )
        .bind(name::source_id(source_id))
        .bind(source_id.trim().to_owned())
        .fetch_optional(&self.pools.readers)
        .await?;
        row.map(|row| change::product_id(row.try_get(0)?)).transpose()
    }
}

/// The products of these keys, with their offers.
pub(crate) async fn read_products(
    engine: Engine,
    connection: &mut AnyConnection,
    keys: &[i64],
) -> Result<HashMap<i64, Product>, StoreError> {
    let mut unpacker = Unpacker::new()?;
    let select = format!("SELECT {} FROM variant WHERE product_key", offer_row::COLUMNS);
    let mut offers: HashMap<(i64, i64), Offer> = HashMap::new();
    for row in select_among(engine, connection, (&select, ""), keys).await? {
        let (key, place, offer) = OfferRow::read(&row)?;
        offers.insert((key, place), offer);
    }
    let rows = select_among(engine, connection, ("SELECT key, doc FROM product WHERE key", ""), keys).await?;
    let mut products = HashMap::with_capacity(rows.len());
    for row in rows {
        let key: i64 = row.try_get(0)?;
        let mut product: Product = unpacker.unpack("product", row.try_get(1)?)?;
        for (place, variant) in (0i64..).zip(&mut product.variants) {
            variant.offer = offers.remove(&(key, place)).unwrap_or_default();
        }
        products.insert(key, product);
    }
    Ok(products)
}

/// The listings of these keys, in this order.
async fn read_listings(
    engine: Engine,
    connection: &mut AnyConnection,
    keys: &[i64],
) -> Result<Vec<Listing>, StoreError> {
    let mut products = read_products(engine, connection, keys).await?;
    let reviews = "SELECT product_key, doc FROM review WHERE product_key";
    let mut reviews = said::<Review>(engine, connection, reviews, keys).await?;
    let questions = "SELECT product_key, doc FROM question WHERE product_key";
    let mut questions = said::<Question>(engine, connection, questions, keys).await?;
    let documents = "SELECT document_product.product_key, document.doc FROM document_product \
                     JOIN document ON document.id = document_product.document_id \
                     WHERE document_product.product_key";
    let mut documents = said::<Document>(engine, connection, documents, keys).await?;
    let listings = keys.iter().filter_map(|key| {
        Some(Listing {
            product: products.remove(key)?,
            reviews: sorted(reviews.remove(key), |review| &review.id),
            questions: sorted(questions.remove(key), |question| &question.id),
            documents: sorted(documents.remove(key), |document| &document.id),
        })
    });
    Ok(listings.collect())
}

/// What was said of products, by the product's key.
async fn said<T: DeserializeOwned>(
    engine: Engine,
    connection: &mut AnyConnection,
    select: &str,
    keys: &[i64],
) -> Result<HashMap<i64, Vec<T>>, StoreError> {
    let mut unpacker = Unpacker::new()?;
    let mut said: HashMap<i64, Vec<T>> = HashMap::new();
    let rows: Vec<AnyRow> = select_among(engine, connection, (select, ""), keys).await?;
    for row in rows {
        said.entry(row.try_get(0)?).or_default().push(unpacker.unpack("entry", row.try_get(1)?)?);
    }
    Ok(said)
}

fn sorted<T, K: Ord>(things: Option<Vec<T>>, id: impl Fn(&T) -> &K) -> Vec<T> {
    let mut things = things.unwrap_or_default();
    things.sort_by(|a, b| id(a).cmp(id(b)));
    things
}
