//! The stock ledger: what is on hand, what is held for whom, and never less than nothing.

use std::collections::BTreeMap;

use commerce::VariantId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Case, Plan};
use crate::{CartId, Change, OrderId, Refusal, State};

/// The stock of one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLevel {
    /// Pieces in the house, held ones included.
    pub on_hand: u32,
    /// Pieces that are promised. Their sum is never above `on_hand` but for holds that have run out.
    #[serde(default, with = "held_as_list")]
    pub held: BTreeMap<Holder, Hold>,
    /// Pieces that orders wait for and that `held` does not tell one by one, because whoever loaded the level left them
    /// out. A whole state has none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub promised_elsewhere: u32,
}

/// Who pieces are held for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Somebody who is about to pay.
    Cart(CartId),
    /// An order that has not left yet.
    Order(OrderId),
}

/// Pieces held for one holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// How many.
    pub quantity: u32,
    /// Until when; `None` is until they leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What the shop says about its stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockCommand {
    /// So many were counted.
    Count {
        /// Of which variant.
        variant: VariantId,
        /// How many.
        on_hand: u32,
    },
    /// So many came in.
    Receive {
        /// Of which variant.
        variant: VariantId,
        /// How many.
        quantity: u32,
    },
}

/// What became of a variant's stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockChange {
    /// So many are in the house.
    Counted(u32),
    /// So many came in or back.
    Added(u32),
    /// This holder has exactly this from now on.
    Held(Holder, Hold),
    /// This holder has nothing held any more.
    Released(Holder),
    /// So many left the house for this holder.
    Taken(Holder, u32),
}

impl StockLevel {
    /// Pieces that these holders could have: on hand less what others hold and what has not run out.
    pub fn free_for(&self, holders: &[Holder], now: Timestamp) -> u32 {
        let others = self.held.iter().filter(|(other, hold)| !holders.contains(other) && hold.holds_at(now));
        let held: u32 = others.map(|(_, hold)| hold.quantity).sum();
        self.on_hand.saturating_sub(held.saturating_add(self.promised_elsewhere))
    }

    /// Pieces that orders wait for.
    pub fn promised(&self) -> u32 {
        let held = self.held.values().filter(|hold| hold.until.is_none());
        held.map(|hold| hold.quantity).sum::<u32>().saturating_add(self.promised_elsewhere)
    }

    /// What a feed's number does. A number that the feed has not given before is a count of what is in the house, but
    /// never of less than what orders wait for; the same number again, or none, says nothing, so that what was counted,
    /// sold or sent back since then stands.
    pub fn adopt(level: Option<&Self>, last: Option<u32>, given: Option<u32>) -> Option<StockChange> {
        let given = given.filter(|given| Some(*given) != last)?;
        let promised = level.map_or(0, Self::promised);
        let counted = given.max(promised);
        (level.map(|level| level.on_hand) != Some(counted)).then_some(StockChange::Counted(counted))
    }

    /// Lays a change over the level.
    pub fn apply(&mut self, change: &StockChange) {
        match change {
            StockChange::Counted(on_hand) => self.on_hand = *on_hand,
            StockChange::Added(quantity) => self.on_hand = self.on_hand.saturating_add(*quantity),
            StockChange::Held(holder, hold) => {
                self.held.insert(holder.clone(), *hold);
            }
            StockChange::Released(holder) => {
                self.held.remove(holder);
            }
            StockChange::Taken(holder, quantity) => {
                self.on_hand = self.on_hand.saturating_sub(*quantity);
                if let Some(hold) = self.held.get_mut(holder) {
                    hold.quantity = hold.quantity.saturating_sub(*quantity);
                    if hold.quantity == 0 {
                        self.held.remove(holder);
                    }
                }
            }
        }
    }
}

impl Hold {
    fn holds_at(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// Decides what the shop says about its stock.
pub(crate) fn plan(case: &Case<'_>, command: &StockCommand) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    let mut plan = Plan::default();
    let (variant, change) = match command {
        StockCommand::Count { variant, on_hand } => {
            let promised = case.state.stock.get(variant).map_or(0, StockLevel::promised);
            if *on_hand < promised {
                return Err(Refusal::StockPromised { promised, counted: *on_hand });
            }
            (variant, StockChange::Counted(*on_hand))
        }
        StockCommand::Receive { variant, quantity } => (variant, StockChange::Added(*quantity)),
    };
    plan.tell(|mood| format!("The stock {} set.", mood.of("is", "would be")));
    plan.push(Change::Stock { variant: variant.clone(), change });
    Ok(plan)
}

/// Holds so many pieces in all for the first of these holders, or says how many there are; what the other holders have
/// is theirs to pass on. A variant whose stock is not counted needs no hold: whether orders are taken for it decides.
pub(crate) fn hold(
    case: &Case<'_>,
    plan: &mut Plan,
    variant: &VariantId,
    holders: &[Holder],
    wanted: Hold,
) -> Result<(), Refusal> {
    let item = case.item(variant)?;
    if !item.is_available {
        return Err(Refusal::OutOfStock { item: item.name(), left: 0 });
    }
    let Some(level) = case.state.stock.get(variant) else { return Ok(()) };
    let left = level.free_for(holders, case.now);
    if left < wanted.quantity {
        return Err(Refusal::OutOfStock { item: item.name(), left });
    }
    if let Some(holder) = holders.first() {
        let change = StockChange::Held(holder.clone(), wanted);
        plan.push(Change::Stock { variant: variant.clone(), change });
    }
    Ok(())
}

/// Lets everything go that is held for a holder.
pub(crate) fn release_all(state: &State, plan: &mut Plan, holder: &Holder) {
    for (variant, level) in &state.stock {
        if level.held.contains_key(holder) {
            let change = StockChange::Released(holder.clone());
            plan.push(Change::Stock { variant: variant.clone(), change });
        }
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// JSON has only text as keys, so what is held is written as a list of pairs.
mod held_as_list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Hold, Holder};

    pub(super) fn serialize<S: Serializer>(held: &BTreeMap<Holder, Hold>, out: S) -> Result<S::Ok, S::Error> {
        held.iter().collect::<Vec<_>>().serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Holder, Hold>, D::Error> {
        Ok(Vec::<(Holder, Hold)>::deserialize(from)?.into_iter().collect())
    }
}
