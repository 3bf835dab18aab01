//! Loading only what is touched, from a whole state: what a store does.

use std::collections::BTreeMap;

use checkout::*;

/// The part of a state that a request touches.
pub(crate) fn part(whole: &State, policy: &Policy, request: &Request) -> State {
    let (mut part, mut loaded) = (State::default(), Touched::default());
    loop {
        let new = touched(&part, policy, request).beyond(&loaded);
        if new.is_empty() {
            break;
        }
        load(whole, &new, &mut part);
        loaded.add(new);
    }
    for variant in &loaded.variants {
        if let Some(level) = whole.stock.get(variant) {
            part.stock.insert(variant.clone(), reduced(level, &loaded));
        }
    }
    part
}

/// Asserts that whatever the part has is as in the whole.
pub(crate) fn is_part(part: &State, whole: &State) {
    fn within<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
        part: &BTreeMap<K, V>,
        whole: &BTreeMap<K, V>,
    ) {
        for (id, record) in part {
            assert_eq!(Some(record), whole.get(id), "{id:?}");
        }
    }
    within(&part.carts, &whole.carts);
    within(&part.orders, &whole.orders);
    within(&part.returns, &whole.returns);
    within(&part.shoppers, &whole.shoppers);
    within(&part.alerts, &whole.alerts);
    within(&part.mandates, &whole.mandates);
    within(&part.prices, &whole.prices);
    within(&part.handled, &whole.handled);
    for (variant, level) in &part.stock {
        let full = &whole.stock[variant];
        assert_eq!((level.on_hand, level.promised()), (full.on_hand, full.promised()), "{variant}");
        for (holder, hold) in &level.held {
            assert_eq!(full.held.get(holder), Some(hold), "{holder:?}");
        }
    }
}

fn load(whole: &State, new: &Touched, part: &mut State) {
    fn take<K: Ord + Clone, V: Clone>(from: &BTreeMap<K, V>, to: &mut BTreeMap<K, V>, id: &K) {
        to.extend(from.get(id).map(|record| (id.clone(), record.clone())));
    }
    new.keys.iter().for_each(|id| take(&whole.handled, &mut part.handled, id));
    new.carts.iter().for_each(|id| take(&whole.carts, &mut part.carts, id));
    new.orders.iter().for_each(|id| take(&whole.orders, &mut part.orders, id));
    new.returns.iter().for_each(|id| take(&whole.returns, &mut part.returns, id));
    new.shoppers.iter().for_each(|id| take(&whole.shoppers, &mut part.shoppers, id));
    new.alerts.iter().for_each(|id| take(&whole.alerts, &mut part.alerts, id));
    new.mandates.iter().for_each(|id| take(&whole.mandates, &mut part.mandates, id));
    new.prices.iter().for_each(|id| take(&whole.prices, &mut part.prices, id));
    new.variants.iter().for_each(|id| take(&whole.items, &mut part.items, id));
    for (id, order) in whole.orders.iter().filter(|(_, order)| new.orders_of.contains(&order.owner)) {
        part.orders.insert(id.clone(), order.clone());
    }
    for (id, known) in whole.returns.iter().filter(|(_, known)| new.returns_of.contains(&known.order)) {
        part.returns.insert(id.clone(), known.clone());
    }
    let is_wanted =
        |alert: &Alert| new.alerts_of.contains(&alert.owner) || new.alerts_on.contains(&alert.variant);
    for (id, alert) in whole.alerts.iter().filter(|(_, alert)| is_wanted(alert)) {
        part.alerts.insert(id.clone(), alert.clone());
    }
    for (rule, owner) in &new.rule_uses {
        let (total, own) = (whole.rule_uses.total(rule), whole.rule_uses.by(rule, owner));
        part.rule_uses.set(rule, total, owner, own);
    }
}

/// A level in which the orders of others are one number.
fn reduced(level: &StockLevel, loaded: &Touched) -> StockLevel {
    let mut level = level.clone();
    let promised = level.promised();
    level.held.retain(|holder, hold| hold.until.is_some() || loaded.holders.contains(holder));
    level.promised_elsewhere = 0;
    level.promised_elsewhere = promised - level.promised();
    level
}
