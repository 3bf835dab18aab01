//! Taxes of the rows of a quote, on top of prices or within them, rounded for each row or once for each rate.

use std::collections::BTreeMap;

use super::quote::QuoteTax;
use crate::exact::{Percent, shares};
use crate::policy::{RoundPer, TaxPolicy, TaxRate};
use crate::{Address, Item, OrderLine};

/// What a row of a quote is.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    Goods(&'a Item, i64),
    Shipping(i64),
}

/// Taxes by row, and by rate for showing. Both add up to the same sum.
pub(super) struct Taxes {
    pub(super) rows: Vec<i64>,
    pub(super) rates: Vec<QuoteTax>,
}

/// The taxes of these rows.
pub(super) fn taxes(policy: &TaxPolicy, address: Option<&Address>, rows: &[Row<'_>]) -> Taxes {
    let due: Vec<Vec<usize>> = rows.iter().map(|row| rates_of(policy, address, row)).collect();
    let mut done = Tally { policy, rows: vec![0; rows.len()], rates: BTreeMap::new() };
    match policy.round_per {
        RoundPer::Line => {
            for (place, rates) in due.iter().enumerate() {
                done.tax(&[(place, rows[place].net())], rates);
            }
        }
        RoundPer::Total if policy.prices_include_tax => {
            // A price holds all its taxes at once, so rows with the same taxes are rounded together.
            for rates in distinct(&due) {
                let members = (0..rows.len()).filter(|place| due[*place] == *rates);
                done.tax(&members.map(|place| (place, rows[place].net())).collect::<Vec<_>>(), rates);
            }
        }
        RoundPer::Total => {
            for rate in 0..policy.rates.len() {
                let members = (0..rows.len()).filter(|place| due[*place].contains(&rate));
                done.tax(&members.map(|place| (place, rows[place].net())).collect::<Vec<_>>(), &[rate]);
            }
        }
    }
    let shown = |(rate, (base_minor, amount_minor)): (usize, (i64, i64))| QuoteTax {
        name: policy.rates[rate].name.clone(),
        percent: policy.rates[rate].percent,
        base_minor,
        amount_minor,
    };
    Taxes { rows: done.rows, rates: done.rates.into_iter().map(shown).collect() }
}

/// The taxes of an order at an address.
pub(crate) struct OrderTaxes {
    /// Of each line.
    pub(crate) lines: Vec<i64>,
    /// Of the delivery.
    pub(crate) delivery: i64,
}

/// What an order's lines and its delivery bear at an address, worked out as for a cart.
pub(crate) fn order_taxes(
    policy: &TaxPolicy,
    address: &Address,
    lines: &[OrderLine],
    delivery_net_minor: i64,
) -> OrderTaxes {
    let mut rows: Vec<Row<'_>> = lines.iter().map(|line| Row::Goods(&line.item, line.net_minor())).collect();
    rows.push(Row::Shipping(delivery_net_minor));
    let mut all = taxes(policy, Some(address), &rows).rows;
    let delivery = all.pop().unwrap_or(0);
    OrderTaxes { lines: all, delivery }
}

/// The sum of all rates that goods of this kind bear at an address.
pub(crate) fn combined_rate(policy: &TaxPolicy, address: Option<&Address>, item: &Item) -> Percent {
    let rates = rates_of(policy, address, &Row::Goods(item, 0));
    sum(policy, &rates)
}

impl Row<'_> {
    fn net(&self) -> i64 {
        match self {
            Self::Goods(_, net) | Self::Shipping(net) => *net,
        }
    }
}

struct Tally<'a> {
    policy: &'a TaxPolicy,
    rows: Vec<i64>,
    rates: BTreeMap<usize, (i64, i64)>,
}

impl Tally<'_> {
    /// Taxes these rows together with these rates.
    fn tax(&mut self, members: &[(usize, i64)], rates: &[usize]) {
        if rates.is_empty() || members.is_empty() {
            return;
        }
        let weights: Vec<i64> = members.iter().map(|(_, net)| *net).collect();
        let base: i64 = weights.iter().sum();
        let amounts: Vec<i64> = if self.policy.prices_include_tax {
            let together = sum(self.policy, rates).within(base, self.policy.rounding);
            let parts: Vec<i64> =
                rates.iter().map(|rate| i64::from(self.policy.rates[*rate].percent.millionths())).collect();
            shares(together, &parts)
        } else {
            rates.iter().map(|rate| self.policy.rates[*rate].percent.of(base, self.policy.rounding)).collect()
        };
        for ((place, _), part) in members.iter().zip(shares(amounts.iter().sum(), &weights)) {
            self.rows[*place] += part;
        }
        for (rate, amount) in rates.iter().zip(amounts) {
            let entry = self.rates.entry(*rate).or_default();
            entry.0 += base;
            entry.1 += amount;
        }
    }
}

fn rates_of(policy: &TaxPolicy, address: Option<&Address>, row: &Row<'_>) -> Vec<usize> {
    let is_due = |rate: &TaxRate| {
        let is_there = |address: &Address| rate.regions.iter().any(|region| region.contains(address));
        let is_taxed = match row {
            Row::Goods(item, _) => rate.goods.includes(item),
            Row::Shipping(_) => rate.on_shipping,
        };
        is_taxed && (rate.regions.is_empty() || address.is_some_and(is_there))
    };
    policy.rates.iter().enumerate().filter(|(_, rate)| is_due(rate)).map(|(place, _)| place).collect()
}

fn sum(policy: &TaxPolicy, rates: &[usize]) -> Percent {
    Percent::of_millionths(rates.iter().map(|rate| policy.rates[*rate].percent.millionths()).sum())
}

fn distinct(due: &[Vec<usize>]) -> Vec<&Vec<usize>> {
    let mut all: Vec<&Vec<usize>> = due.iter().collect();
    all.sort();
    all.dedup();
    all
}
