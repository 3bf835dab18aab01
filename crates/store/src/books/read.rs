//! Looking at the books: what a request would do, what somebody may see, lists for whoever runs the shop.

use checkout::query::{Query, View, answer};
use checkout::{
    Actor, AlertId, CartId, MandateId, OrderId, Policy, Request, ReturnId, ShopperId, State, Summary,
    Touched, preview, touched_by_query,
};
use commerce::VariantId;
use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::load::{Loader, doc, with_ids};
use super::{Books, BooksError, names};
use crate::StoreError;

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Its number.
    pub id: OrderId,
    /// How far it is, as [`checkout::OrderStatus::as_str`] names it.
    pub status: String,
    /// When it was placed, where that is known.
    pub placed_at: Option<Timestamp>,
}

impl Books {
    /// What a request would do if it was confirmed, or why it would be refused. The digest of the summary is what a
    /// confirmation names.
    pub async fn preview(&self, policy: &Policy, request: &Request) -> Result<Summary, BooksError> {
        let mut snapshot = self.snapshot().await?;
        let mut loader = Loader::new(self.engine, &mut snapshot);
        loader.request(policy, request).await?;
        let touched = &loader.loaded.touched;
        let offered =
            self.catalog.offered(touched.variants.iter(), touched.products.iter(), request.at).await?;
        loader.stock(&offered).await?;
        Ok(preview(&loader.loaded.state, policy, request)?)
    }

    /// Answers a question of somebody, or says why not: people see what is theirs.
    pub async fn answer(
        &self,
        policy: &Policy,
        actor: &Actor,
        now: Timestamp,
        query: &Query,
    ) -> Result<View, BooksError> {
        let mut snapshot = self.snapshot().await?;
        let mut loader = Loader::new(self.engine, &mut snapshot);
        loader.close(|state| touched_by_query(state, policy, actor, query)).await?;
        let touched = &loader.loaded.touched;
        let offered = self.catalog.offered(touched.variants.iter(), touched.products.iter(), now).await?;
        loader.stock(&offered).await?;
        Ok(answer(&loader.loaded.state, policy, actor, now, query)?)
    }

    /// The orders that were placed last, newest first.
    pub async fn latest_orders(&self, limit: u32) -> Result<Vec<OrderRow>, StoreError> {
        let sql =
            "SELECT id, status, placed_at FROM books_order ORDER BY placed_at DESC NULLS LAST, id LIMIT $1";
        let rows = sqlx::query(sql).bind(i64::from(limit)).fetch_all(&self.readers).await?;
        let order = |row: &sqlx::any::AnyRow| {
            let (id, placed_at): (String, Option<i64>) = (row.try_get(0)?, row.try_get(2)?);
            let id = OrderId::parse(&id).ok_or_else(|| StoreError::corrupt("an order", &id))?;
            let placed_at = placed_at.map(names::time).transpose()?;
            Ok(OrderRow { id, status: row.try_get(1)?, placed_at })
        };
        rows.iter().map(order).collect()
    }

    /// All records but items, ledger and uses of price rules: for exports and for comparing.
    pub async fn everything(&self) -> Result<State, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut state = State::default();
        macro_rules! all {
            ($field:ident, $table:literal, $id:ty) => {
                let sql = concat!("SELECT id, doc FROM ", $table);
                let rows = sqlx::query(sql).fetch_all(&mut *snapshot).await?;
                let rows = rows.iter().map(doc).collect::<Result<Vec<_>, _>>()?;
                state.$field.extend(with_ids(rows, <$id>::parse)?);
            };
        }
        all!(carts, "books_cart", CartId);
        all!(orders, "books_order", OrderId);
        all!(returns, "books_return", ReturnId);
        all!(shoppers, "books_shopper", ShopperId);
        all!(alerts, "books_alert", AlertId);
        all!(mandates, "books_mandate", MandateId);
        all!(prices, "books_price", VariantId);
        let holders = sqlx::query("SELECT DISTINCT holder FROM books_hold").fetch_all(&mut *snapshot).await?;
        let holders = holders.iter().map(|row| names::parse_holder(row.try_get(0)?));
        let variants = sqlx::query("SELECT variant FROM books_stock").fetch_all(&mut *snapshot).await?;
        let variants =
            variants.iter().map(|row| row.try_get::<String, _>(0)).collect::<Result<Vec<_>, _>>()?;
        let variants: Vec<VariantId> = variants.iter().filter_map(|id| VariantId::parse(id)).collect();
        let mut loader = Loader::new(self.engine, &mut snapshot);
        loader.loaded.state = state;
        loader.loaded.touched = Touched { holders: holders.collect::<Result<_, _>>()?, ..Touched::default() };
        super::stock::load(loader.engine, loader.connection, &variants, &mut loader.loaded).await?;
        Ok(loader.loaded.state)
    }

    async fn snapshot(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.readers.begin_with(self.engine.begin_snapshot()).await?)
    }
}
