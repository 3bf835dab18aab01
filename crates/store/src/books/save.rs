//! From a state that has changed to rows.

use checkout::alert::AlertStatus;
use checkout::mandate::MandateStatus;
use checkout::{Change, OrderStatus, Redeemer, State, Touched, changed};
use commerce::VariantId;
use sqlx::AnyConnection;

use super::ledger::text;
use super::load::Loaded;
use super::{names, notice, payment, stock};
use crate::statement::{Insert, execute_among};
use crate::{Engine, StoreError};

const CART: Insert = Insert {
    into: "books_cart (id, held_until, doc)",
    columns: 3,
    conflict: "ON CONFLICT (id) DO UPDATE SET held_until = excluded.held_until, doc = excluded.doc",
};
const ORDER: Insert = Insert {
    into: "books_order (id, owner, status, placed_at, unpaid_since, doc)",
    columns: 6,
    conflict: "ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, status = excluded.status, \
               unpaid_since = excluded.unpaid_since, doc = excluded.doc",
};
const RETURN: Insert = Insert {
    into: "books_return (id, order_id, doc)",
    columns: 3,
    conflict: "ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
};
const SHOPPER: Insert = Insert {
    into: "books_shopper (id, doc)",
    columns: 2,
    conflict: "ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
};
const PERSON: Insert = Insert {
    into: "books_person (lookup, shopper)",
    columns: 2,
    conflict: "ON CONFLICT (lookup, shopper) DO NOTHING",
};
const ALERT: Insert = Insert {
    into: "books_alert (id, owner, waits_for, doc)",
    columns: 4,
    conflict: "ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, waits_for = excluded.waits_for, \
               doc = excluded.doc",
};
const MANDATE: Insert = Insert {
    into: "books_mandate (id, shopper, waits_for, doc)",
    columns: 4,
    conflict: "ON CONFLICT (id) DO UPDATE SET waits_for = excluded.waits_for, doc = excluded.doc",
};
const PRICE: Insert = Insert {
    into: "books_price (id, doc)",
    columns: 2,
    conflict: "ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
};
const RULE_USE: Insert = Insert {
    into: "books_rule_use (rule, owner, times)",
    columns: 3,
    conflict: "ON CONFLICT (rule, owner) DO UPDATE SET times = excluded.times",
};

/// Writes all that these changes, which are in the state already, were made to.
pub(super) async fn save(
    engine: Engine,
    connection: &mut AnyConnection,
    loaded: &Loaded,
    changes: &[Change],
) -> Result<(), StoreError> {
    let changed = changed(changes);
    let mut saver = Saver { engine, connection, state: &loaded.state };
    saver.records(&changed).await?;
    saver.rule_uses(&changed).await?;
    payment::queue(saver.connection, &loaded.state, &changed.orders).await?;
    stock::save(engine, connection, loaded, &changed.variants, changes).await
}

/// Writes rows of a state.
pub(super) struct Saver<'a> {
    pub(super) engine: Engine,
    pub(super) connection: &'a mut AnyConnection,
    pub(super) state: &'a State,
}

impl Saver<'_> {
    /// All records of these names, but for stock, uses of rules and the ledger.
    pub(super) async fn records(&mut self, names: &Touched) -> Result<(), StoreError> {
        self.carts(names).await?;
        self.orders(names).await?;
        self.returns(names).await?;
        self.shoppers(names).await?;
        self.alerts(names).await?;
        self.mandates(names).await?;
        self.prices(names).await?;
        let (alerts, mandates) = (names.alerts.iter(), names.mandates.iter());
        notice::save(self.engine, self.connection, self.state, alerts, mandates).await
    }

    async fn carts(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for (id, cart) in changed.carts.iter().filter_map(|id| self.state.carts.get_key_value(id)) {
            rows.push((id.to_string(), cart.held_until.map(names::micros), text(cart)?));
        }
        CART.run(self.engine, self.connection, rows, |row, (id, held, doc)| {
            row.bind(id).bind(held).bind(doc)
        })
        .await?;
        Ok(())
    }

    async fn orders(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for order in changed.orders.iter().filter_map(|id| self.state.orders.get(id)) {
            rows.push((order, text(order)?));
        }
        ORDER
            .run(self.engine, self.connection, rows, |row, (order, doc)| {
                let placed = order.placed_at.map(names::micros);
                row.bind(order.id.to_string())
                    .bind(names::owner(&order.owner))
                    .bind(order.status.as_str())
                    .bind(placed)
                    .bind(placed.filter(|_| order.status == OrderStatus::Placed))
                    .bind(doc)
            })
            .await?;
        Ok(())
    }

    async fn returns(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for (id, known) in changed.returns.iter().filter_map(|id| self.state.returns.get_key_value(id)) {
            rows.push((id.to_string(), known.order.to_string(), text(known)?));
        }
        RETURN
            .run(self.engine, self.connection, rows, |row, (id, order, doc)| {
                row.bind(id).bind(order).bind(doc)
            })
            .await?;
        Ok(())
    }

    async fn shoppers(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let (mut rows, mut people) = (Vec::new(), Vec::new());
        for shopper in changed.shoppers.iter().filter_map(|id| self.state.shoppers.get(id)) {
            let id = shopper.id.to_string();
            people.extend(shopper.lookups().into_iter().map(|lookup| (lookup, id.clone())));
            rows.push((id, text(shopper)?));
        }
        let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
        execute_among(self.engine, self.connection, "DELETE FROM books_person WHERE shopper", &ids).await?;
        SHOPPER.run(self.engine, self.connection, rows, |row, (id, doc)| row.bind(id).bind(doc)).await?;
        PERSON
            .run(self.engine, self.connection, people, |row, (lookup, id)| row.bind(lookup).bind(id))
            .await?;
        Ok(())
    }

    async fn alerts(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for (id, alert) in changed.alerts.iter().filter_map(|id| self.state.alerts.get_key_value(id)) {
            let waits = (alert.status == AlertStatus::Waiting).then(|| alert.variant.to_string());
            rows.push((id.to_string(), names::owner(&alert.owner), waits, text(alert)?));
        }
        ALERT
            .run(self.engine, self.connection, rows, |row, (id, owner, waits, doc)| {
                row.bind(id).bind(owner).bind(waits).bind(doc)
            })
            .await?;
        Ok(())
    }

    async fn mandates(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for (id, known) in changed.mandates.iter().filter_map(|id| self.state.mandates.get_key_value(id)) {
            let waits = (known.status == MandateStatus::Waiting).then(|| known.terms.variant.to_string());
            rows.push((id.to_string(), known.terms.shopper.to_string(), waits, text(known)?));
        }
        MANDATE
            .run(self.engine, self.connection, rows, |row, (id, shopper, waits, doc)| {
                row.bind(id).bind(shopper).bind(waits).bind(doc)
            })
            .await?;
        Ok(())
    }

    async fn prices(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        let known = |id: &VariantId| Some((id.to_string(), self.state.prices.get(id)?));
        for (id, history) in changed.prices.iter().filter_map(known) {
            rows.push((id, text(history)?));
        }
        PRICE.run(self.engine, self.connection, rows, |row, (id, doc)| row.bind(id).bind(doc)).await?;
        Ok(())
    }

    async fn rule_uses(&mut self, changed: &Touched) -> Result<(), StoreError> {
        let uses = &self.state.rule_uses;
        // A rule that two owners used in one step has one sum.
        let totals: std::collections::BTreeSet<&String> =
            changed.rule_uses.iter().map(|(rule, _)| rule).collect();
        let mut rows: Vec<(String, String, u32)> =
            totals.into_iter().map(|rule| (rule.clone(), String::new(), uses.total(rule))).collect();
        let own = |(rule, by): &(String, Redeemer)| (rule.clone(), names::redeemer(by), uses.by(rule, by));
        rows.extend(changed.rule_uses.iter().map(own));
        RULE_USE
            .run(self.engine, self.connection, rows, |row, (rule, owner, times)| {
                row.bind(rule).bind(owner).bind(i64::from(times))
            })
            .await?;
        Ok(())
    }
}
