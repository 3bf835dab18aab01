//! What a variant has cost: one point for each change of its price.

use commerce::{Money, VariantId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert;
use crate::plan::{Case, Plan};
use crate::{Change, Refusal};

/// The most points that are kept of a variant; the oldest go first.
pub const MAX_POINTS: usize = 2_000;

/// A price from a time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// From when.
    pub at: Timestamp,
    /// What one cost.
    pub price: Money,
}

/// The prices of one variant, oldest first; no two neighbours are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PriceHistory(Vec<PricePoint>);

/// What the catalog says about prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceCommand {
    /// A price was seen. Only the shop says so.
    Seen {
        /// Of which variant.
        variant: VariantId,
        /// What one costs.
        price: Money,
    },
}

impl PriceHistory {
    /// All points, oldest first.
    pub fn points(&self) -> &[PricePoint] {
        &self.0
    }

    /// The price that held at a time.
    pub fn at(&self, time: Timestamp) -> Option<Money> {
        self.0.iter().take_while(|point| point.at <= time).last().map(|point| point.price)
    }

    /// The lowest price that held at some moment from `since` on, in the currency of the last point.
    pub fn lowest_since(&self, since: Timestamp) -> Option<PricePoint> {
        let currency = self.0.last()?.price.currency;
        let first = self.0.iter().rposition(|point| point.at <= since).unwrap_or(0);
        let points = self.0[first..].iter().filter(|point| point.price.currency == currency);
        points.min_by_key(|point| (point.price.amount_minor, point.at)).copied()
    }

    /// Notes a price; one that is no news, or older than the last, is left out.
    pub fn add(&mut self, point: PricePoint) {
        let is_news = self.0.last().is_none_or(|last| last.price != point.price && last.at <= point.at);
        if is_news {
            self.0.push(point);
        }
        if self.0.len() > MAX_POINTS {
            self.0.remove(0);
        }
    }
}

/// Decides what follows from a price that was seen: it is noted, and alerts that waited for it go off.
pub(crate) fn plan(case: &Case<'_>, command: &PriceCommand) -> Result<Plan, Refusal> {
    let PriceCommand::Seen { variant, price } = command;
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    let mut plan = Plan::default();
    let point = PricePoint { at: case.now, price: *price };
    plan.push(Change::Price { variant: variant.clone(), point });
    alert::go_off(case, variant, *price, &mut plan);
    Ok(plan)
}
