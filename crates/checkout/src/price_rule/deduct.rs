//! What a rule takes off the lines that it works on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::{Percent, Rounding, shares};
use crate::policy::Check;
use crate::policy::Price;

/// A deduction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deduct {
    /// Nothing: the rule is about the delivery.
    #[default]
    Nothing,
    /// A share of what the goods cost together, rounded once, half up.
    Percent(Percent),
    /// An amount from each piece.
    EachBy(Price),
    /// Each piece at this price, where it costs more.
    EachAt(Price),
    /// An amount from all goods together.
    TogetherBy(Price),
    /// For every `buy` pieces, `get` more at less: the cheapest of each full group of `buy + get`, from the dearest down.
    BuyGet {
        /// Pieces at their price.
        buy: u32,
        /// Pieces at less.
        get: u32,
        /// How much is taken off those.
        #[serde(default = "whole")]
        percent: Percent,
        /// How many groups at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_groups: Option<u32>,
    },
}

/// One line as a deduction sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) quantity: u32,
    /// What the rules before have left of all its pieces.
    pub(crate) left_minor: i64,
}

impl Deduct {
    /// What is taken off each line: never below zero, never more than is left of it.
    pub(crate) fn amounts(&self, parts: &[Part]) -> Vec<i64> {
        let weights: Vec<i64> = parts.iter().map(|part| part.left_minor).collect();
        let together: i64 = weights.iter().sum();
        match self {
            Self::Nothing => vec![0; parts.len()],
            Self::Percent(percent) => shares(percent.of(together, Rounding::HalfUp).min(together), &weights),
            Self::TogetherBy(amount) => shares(amount.minor().min(together), &weights),
            Self::EachBy(amount) => {
                let off = |part: &Part| part.left_minor.min(amount.minor() * i64::from(part.quantity));
                parts.iter().map(off).collect()
            }
            Self::EachAt(price) => {
                let off = |part: &Part| (part.left_minor - price.minor() * i64::from(part.quantity)).max(0);
                parts.iter().map(off).collect()
            }
            Self::BuyGet { buy, get, percent, max_groups } => {
                buy_get(parts, *buy, *get, max_groups.unwrap_or(u32::MAX))
                    .into_iter()
                    .map(|free_minor| percent.of(free_minor, Rounding::HalfUp))
                    .collect()
            }
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>, key: &str) {
        match self {
            Self::Percent(percent) | Self::BuyGet { percent, .. } => {
                let is_fine = percent.millionths() <= 1_000_000;
                check.require(is_fine, key, "more than 100% is taken off", "check the decimal point");
            }
            Self::EachBy(price) | Self::EachAt(price) | Self::TogetherBy(price) => check.price(price, key),
            Self::Nothing => {}
        }
        if let Self::BuyGet { buy, get, .. } = self {
            check.require(*buy > 0 && *get > 0, key, "`buy` and `get` are above zero", "use 1 or more");
        }
    }
}

/// What the pieces cost, line by line, that a group gets at less.
fn buy_get(parts: &[Part], buy: u32, get: u32, max_groups: u32) -> Vec<i64> {
    let mut pieces: Vec<(i64, usize)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let each = shares(part.left_minor, &vec![1; part.quantity as usize]);
        pieces.extend(each.into_iter().map(|minor| (minor, place)));
    }
    pieces.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut off = vec![0; parts.len()];
    let groups = pieces.chunks_exact((buy + get) as usize).take(max_groups as usize);
    for (minor, place) in groups.flat_map(|group| &group[buy as usize..]) {
        off[*place] += minor;
    }
    off
}

fn whole() -> Percent {
    Percent::of_millionths(1_000_000)
}
