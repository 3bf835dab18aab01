//! What somebody waits for: price alerts go off and standing orders act when the catalog's price is there.
//!
//! Each is a request under a key that follows from what it is about, so however many nodes look, it happens once.

use std::collections::BTreeSet;

use checkout::alert::{AlertChange, AlertStatus};
use checkout::mandate::{MandateCommand, due, run_out};
use checkout::price_history::{PriceCommand, PricePoint};
use checkout::{
    Actor, AlertId, Change, Command, Key, MandateId, OrderId, Policy, Refusal, Request, State, Touched,
};
use commerce::{Money, VariantId};
use jiff::Timestamp;
use sqlx::Row;

use super::load::{Loader, doc, with_ids};
use super::{Books, BooksError, names};
use crate::StoreError;
use crate::statement::select_among;

/// Variants that somebody waits for, and those whose prices have been noted, in the order of their ids.
const WATCHED: &str = "SELECT variant FROM (SELECT waits_for AS variant FROM books_alert WHERE waits_for > $1 \
                       UNION SELECT waits_for FROM books_mandate WHERE waits_for > $1 \
                       UNION SELECT id FROM books_price WHERE id > $1) AS watched ORDER BY variant LIMIT $2";

/// What a look at prices led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Prices that were noted because they are others than before.
    pub prices: u32,
    /// Alerts that went off. Two looks at the same moment may both name one, so telling a shopper goes by its id.
    pub alerts: Vec<AlertId>,
    /// Orders that standing orders have placed.
    pub orders: Vec<OrderId>,
    /// Standing orders whose price is there and that could not buy, with the reason. They stay.
    pub refused: Vec<(MandateId, Refusal)>,
    /// Standing orders whose time was over.
    pub run_out: Vec<MandateId>,
    /// After which variant to go on; `None` after the last.
    pub next: Option<VariantId>,
}

impl Books {
    /// Looks at what the catalog asks for up to so many watched variants after this one.
    pub async fn watch_prices(
        &self,
        policy: &Policy,
        now: Timestamp,
        (after, limit): (Option<&VariantId>, u32),
    ) -> Result<Watched, StoreError> {
        let variants = self.watched(after, limit).await?;
        let mut seen = Watched { next: variants.last().cloned(), ..Watched::default() };
        if variants.len() < limit as usize {
            seen.next = None;
        }
        let state = self.waiting_for(&variants, now).await?;
        for variant in &variants {
            let price = state.items.get(variant).and_then(|item| item.price);
            if let Some(price) = price.filter(|price| is_news(&state, variant, *price)) {
                self.note(policy, now, (&state, variant, price), &mut seen).await?;
            }
        }
        for mandate in due(&state, policy, now) {
            self.act(policy, now, mandate, &mut seen).await?;
        }
        for mandate in run_out(&state, now) {
            let key = names::key("lapse", mandate.as_str());
            let command = Command::Mandate { mandate: mandate.clone(), command: MandateCommand::Lapse };
            if self.report(policy, now, key, command).await?.is_ok() {
                seen.run_out.push(mandate);
            }
        }
        Ok(seen)
    }

    async fn watched(&self, after: Option<&VariantId>, limit: u32) -> Result<Vec<VariantId>, StoreError> {
        let query = sqlx::query(WATCHED).bind(after.map(ToString::to_string).unwrap_or_default());
        let rows = query.bind(i64::from(limit)).fetch_all(&self.readers).await?;
        let variant = |row: &sqlx::any::AnyRow| {
            let id: String = row.try_get(0)?;
            VariantId::parse(&id).ok_or_else(|| StoreError::corrupt("a variant", id))
        };
        rows.iter().map(variant).collect()
    }

    /// The catalog's items, what their prices were, and who waits for them.
    async fn waiting_for(&self, variants: &[VariantId], now: Timestamp) -> Result<State, StoreError> {
        let ids: BTreeSet<VariantId> = variants.iter().cloned().collect();
        let texts: Vec<String> = variants.iter().map(VariantId::to_string).collect();
        let mut snapshot = self.readers.begin_with(self.engine.begin_snapshot()).await?;
        let select = ("SELECT id, doc FROM books_mandate WHERE waits_for", "");
        let rows = select_among(self.engine, &mut snapshot, select, &texts).await?;
        let mandates = rows.iter().map(doc).collect::<Result<Vec<_>, _>>()?;
        let mut loader = Loader::new(self.engine, &mut snapshot);
        let touched = Touched { alerts_on: ids.clone(), prices: ids, ..Touched::default() };
        loader.close(|_| touched.clone()).await?;
        let mut state = loader.loaded.state;
        state.mandates = with_ids(mandates, MandateId::parse)?.into_iter().collect();
        let offered = self.catalog.offered(variants.iter(), [].iter(), now).await?;
        state.items = offered.into_iter().map(|(id, (item, _))| (id, item)).collect();
        Ok(state)
    }

    async fn note(
        &self,
        policy: &Policy,
        now: Timestamp,
        (state, variant, price): (&State, &VariantId, Money),
        seen: &mut Watched,
    ) -> Result<(), StoreError> {
        let last = last(state, variant);
        // Alerts that were set since are another reason to look than those before them.
        let alerts: Vec<String> = reached(state, variant, price).map(ToString::to_string).collect();
        let since = last.map_or_else(String::new, |last| format!("{} {}", last.price, last.at));
        let key = names::key("price", &format!("{variant} {price} {since} {}", alerts.join(" ")));
        let command = Command::Price(PriceCommand::Seen { variant: variant.clone(), price });
        if let Ok(changes) = self.report(policy, now, key, command).await? {
            seen.prices += u32::from(last.is_none_or(|last| last.price != price));
            seen.alerts.extend(changes.iter().filter_map(gone_off).cloned());
        }
        Ok(())
    }

    async fn act(
        &self,
        policy: &Policy,
        now: Timestamp,
        mandate: MandateId,
        seen: &mut Watched,
    ) -> Result<(), StoreError> {
        let order = names::order(mandate.as_str());
        let command = MandateCommand::Act { order: order.clone() };
        let command = Command::Mandate { mandate: mandate.clone(), command };
        match self.report(policy, now, names::key("act", mandate.as_str()), command).await? {
            Ok(_) => seen.orders.push(order),
            Err(refusal) => seen.refused.push((mandate, refusal)),
        }
        Ok(())
    }

    /// Has something carried out that the shop itself reports.
    async fn report(
        &self,
        policy: &Policy,
        at: Timestamp,
        key: Key,
        command: Command,
    ) -> Result<Result<Vec<Change>, Refusal>, StoreError> {
        let request = Request { key, actor: Actor::System, at, command, confirmation: None };
        match self.carry_out(policy, &request).await {
            Ok(changes) => Ok(Ok(changes)),
            Err(BooksError::Refused(refusal)) => Ok(Err(refusal)),
            Err(BooksError::Store(error)) => Err(error),
        }
    }
}

/// A price that was seen last is news where an alert was set since that it reaches.
fn is_news(state: &State, variant: &VariantId, price: Money) -> bool {
    last(state, variant).is_none_or(|last| last.price != price)
        || reached(state, variant, price).next().is_some()
}

fn last<'a>(state: &'a State, variant: &VariantId) -> Option<&'a PricePoint> {
    state.prices.get(variant)?.points().last()
}

fn reached<'a>(state: &'a State, variant: &VariantId, price: Money) -> impl Iterator<Item = &'a AlertId> {
    let on = variant.clone();
    let alerts = state.alerts.iter();
    alerts.filter(move |(_, alert)| alert.variant == on && alert.is_reached(price)).map(|(id, _)| id)
}

fn gone_off(change: &Change) -> Option<&AlertId> {
    match change {
        Change::Alert { alert, change: AlertChange::StatusSet(AlertStatus::Fired { .. }) } => Some(alert),
        _ => None,
    }
}
