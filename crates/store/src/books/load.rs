//! From rows to the part of the state that a request or a question touches.

use std::collections::{BTreeMap, BTreeSet};

use checkout::{
    Alert, AlertId, Cart, CartId, Change, Mandate, MandateId, Order, OrderId, Policy, Request, Return,
    ReturnId, Shopper, ShopperId, State, Touched, touched,
};
use commerce::VariantId;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::catalog::Offered;
use super::{ledger, names, stock};
use crate::statement::select_among;
use crate::{Engine, StoreError};

/// A part of the state, with what the books know besides.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) state: State,
    pub(super) touched: Touched,
    /// The number that the feed gave last, of each variant that has stock.
    pub(super) fed: BTreeMap<VariantId, Option<u32>>,
    /// What followed from the request when it was carried out before.
    pub(super) before: Option<Vec<Change>>,
}

/// Reads rows into a part of the state.
pub(super) struct Loader<'a> {
    pub(super) engine: Engine,
    pub(super) connection: &'a mut AnyConnection,
    pub(super) loaded: Loaded,
}

impl<'a> Loader<'a> {
    pub(super) fn new(engine: Engine, connection: &'a mut AnyConnection) -> Self {
        Self { engine, connection, loaded: Loaded::default() }
    }

    /// All that a request touches, but for items and stock.
    pub(super) async fn request(&mut self, policy: &Policy, request: &Request) -> Result<(), StoreError> {
        self.close(|state| touched(state, policy, request)).await
    }

    /// Loads what is named until nothing new is named.
    pub(super) async fn close(&mut self, named: impl Fn(&State) -> Touched) -> Result<(), StoreError> {
        loop {
            let new = named(&self.loaded.state).beyond(&self.loaded.touched);
            if new.is_empty() {
                return Ok(());
            }
            self.load(&new).await?;
            self.loaded.touched.add(new);
        }
    }

    /// Adds what is for sale with its stock, and what the feed says of that; gives what the feed changes.
    pub(super) async fn stock(
        &mut self,
        offered: &BTreeMap<VariantId, Offered>,
    ) -> Result<Vec<Change>, StoreError> {
        let variants: Vec<VariantId> =
            self.loaded.touched.variants.iter().chain(offered.keys()).cloned().collect();
        let items = offered.iter().map(|(id, (item, _))| (id.clone(), item.clone()));
        self.loaded.state.items.extend(items);
        stock::load(self.engine, self.connection, &variants, &mut self.loaded).await?;
        Ok(stock::adopt(&mut self.loaded, offered))
    }

    async fn load(&mut self, new: &Touched) -> Result<(), StoreError> {
        for key in &new.keys {
            if let Some((digest, changes)) = ledger::find(self.connection, key).await? {
                self.loaded.state.handled.insert(key.clone(), digest);
                self.loaded.before = Some(changes);
            }
        }
        self.carts(new).await?;
        self.orders(new).await?;
        self.returns(new).await?;
        self.shoppers(new).await?;
        self.alerts(new).await?;
        self.mandates(new).await?;
        self.prices(new).await?;
        self.rule_uses(new).await
    }

    async fn carts(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.carts);
        let rows = self.docs::<Cart>("SELECT id, doc FROM books_cart WHERE id", ids).await?;
        self.loaded.state.carts.extend(with_ids(rows, CartId::parse)?);
        Ok(())
    }

    async fn orders(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.orders);
        let mut rows = self.docs::<Order>("SELECT id, doc FROM books_order WHERE id", ids).await?;
        let owners = new.orders_of.iter().map(names::owner).collect();
        rows.extend(self.docs("SELECT id, doc FROM books_order WHERE owner", owners).await?);
        self.loaded.state.orders.extend(with_ids(rows, OrderId::parse)?);
        Ok(())
    }

    async fn returns(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.returns);
        let mut rows = self.docs::<Return>("SELECT id, doc FROM books_return WHERE id", ids).await?;
        let orders = texts(&new.returns_of);
        rows.extend(self.docs("SELECT id, doc FROM books_return WHERE order_id", orders).await?);
        let rows = with_ids(rows, ReturnId::parse)?;
        self.loaded.touched.returns.extend(rows.iter().map(|(id, _)| id.clone()));
        self.loaded.state.returns.extend(rows);
        Ok(())
    }

    async fn shoppers(&mut self, new: &Touched) -> Result<(), StoreError> {
        let mut ids = texts(&new.shoppers);
        let lookups: Vec<String> = new.people.iter().cloned().collect();
        let people = ("SELECT shopper FROM books_person WHERE lookup", "");
        for row in select_among(self.engine, self.connection, people, &lookups).await? {
            ids.push(row.try_get(0)?);
        }
        let rows = self.docs::<Shopper>("SELECT id, doc FROM books_shopper WHERE id", ids).await?;
        self.loaded.state.shoppers.extend(with_ids(rows, ShopperId::parse)?);
        Ok(())
    }

    async fn alerts(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.alerts);
        let mut rows = self.docs::<Alert>("SELECT id, doc FROM books_alert WHERE id", ids).await?;
        let owners = new.alerts_of.iter().map(names::owner).collect();
        rows.extend(self.docs("SELECT id, doc FROM books_alert WHERE owner", owners).await?);
        let variants = texts(&new.alerts_on);
        rows.extend(self.docs("SELECT id, doc FROM books_alert WHERE waits_for", variants).await?);
        let rows = with_ids(rows, AlertId::parse)?;
        self.loaded.touched.alerts.extend(rows.iter().map(|(id, _)| id.clone()));
        self.loaded.state.alerts.extend(rows);
        Ok(())
    }

    async fn mandates(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.mandates);
        let mut rows = self.docs::<Mandate>("SELECT id, doc FROM books_mandate WHERE id", ids).await?;
        let shoppers = texts(&new.mandates_of);
        rows.extend(self.docs("SELECT id, doc FROM books_mandate WHERE shopper", shoppers).await?);
        self.loaded.state.mandates.extend(with_ids(rows, MandateId::parse)?);
        Ok(())
    }

    async fn prices(&mut self, new: &Touched) -> Result<(), StoreError> {
        let ids = texts(&new.prices);
        let rows = self.docs("SELECT id, doc FROM books_price WHERE id", ids).await?;
        self.loaded.state.prices.extend(with_ids(rows, VariantId::parse)?);
        Ok(())
    }

    async fn rule_uses(&mut self, new: &Touched) -> Result<(), StoreError> {
        for (rule, by) in &new.rule_uses {
            let rows =
                sqlx::query("SELECT owner, times FROM books_rule_use WHERE rule = $1 AND owner IN ('', $2)")
                    .bind(rule.clone())
                    .bind(names::redeemer(by))
                    .fetch_all(&mut *self.connection)
                    .await?;
            let (mut total, mut own) = (0, 0);
            for row in rows {
                let (name, times): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
                *if name.is_empty() { &mut total } else { &mut own } = names::count(times);
            }
            self.loaded.state.rule_uses.set(rule, total, by, own);
        }
        Ok(())
    }

    async fn docs<T: DeserializeOwned>(
        &mut self,
        select: &str,
        ids: Vec<String>,
    ) -> Result<Vec<(String, T)>, StoreError> {
        let rows = select_among(self.engine, self.connection, (select, ""), &ids).await?;
        rows.iter().map(doc).collect()
    }
}

/// A row of an id and a record.
pub(super) fn doc<T: DeserializeOwned>(row: &AnyRow) -> Result<(String, T), StoreError> {
    let (id, doc): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let record = serde_json::from_str(&doc).map_err(|error| StoreError::corrupt(&id, error))?;
    Ok((id, record))
}

/// Records under their ids.
pub(super) fn with_ids<I, T>(
    rows: Vec<(String, T)>,
    parse: impl Fn(&str) -> Option<I>,
) -> Result<Vec<(I, T)>, StoreError> {
    let id = |text: String| parse(&text).ok_or_else(|| StoreError::corrupt("an id", text));
    rows.into_iter().map(|(text, record)| Ok((id(text)?, record))).collect()
}

fn texts<T: std::fmt::Display>(ids: &BTreeSet<T>) -> Vec<String> {
    ids.iter().map(T::to_string).collect()
}
