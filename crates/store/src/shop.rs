//! The shop itself.

use commerce::Currency;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::Row;

use crate::{Store, StoreError};

/// What holds for the whole shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Its name; empty where no feed said.
    pub name: String,
    /// The currency of prices that give none.
    pub currency: Option<Currency>,
    /// Its home page; empty where unknown.
    pub url: String,
}

impl Shop {
    /// Lays what a newer record says over this: what it leaves out stays.
    pub(crate) fn overlay(&mut self, newer: Shop) {
        if !newer.name.is_empty() {
            self.name = newer.name;
        }
        if !newer.url.is_empty() {
            self.url = newer.url;
        }
        self.currency = newer.currency.or(self.currency);
    }
}

impl Store {
    /// The shop as the feeds described it; blank before the first did.
    pub async fn shop(&self) -> Result<Shop, StoreError> {
        let mut connection = self.pools.readers.acquire().await?;
        Ok(read(&mut connection).await?.unwrap_or_default())
    }
}

/// The stored shop.
pub(crate) async fn read(connection: &mut AnyConnection) -> Result<Option<Shop>, StoreError> {
    let row = sqlx::query("SELECT name, currency, url FROM shop").fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    let currency: Option<String> = row.try_get(1)?;
    Ok(Some(Shop {
        name: row.try_get(0)?,
        currency: currency.as_deref().and_then(Currency::parse),
        url: row.try_get(2)?,
    }))
}

/// Replaces the stored shop.
pub(crate) async fn write(connection: &mut AnyConnection, shop: &Shop) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO shop (number, name, currency, url) VALUES (1, $1, $2, $3) \
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, currency = excluded.currency, url = excluded.url",
    )
    .bind(shop.name.clone())
    .bind(shop.currency.map(|currency| currency.code().to_owned()))
    .bind(shop.url.clone())
    .execute(connection)
    .await?;
    Ok(())
}
