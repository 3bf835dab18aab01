//! Orders: placed, paid, on their way, delivered or called off, with their history and their money.

mod address;
mod allowed;
mod cancel;
mod deliver;
mod items;
pub(crate) mod money;
mod parcels;
mod payment_method;
mod ship;

use commerce::{Currency, Money};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use allowed::allowed;
pub(crate) use cancel::call_off;
pub(crate) use cancel::checked_reason;
pub use items::Swap;
pub(crate) use items::{could_settle, pick, settle, swap_lines};
pub use money::{Direction, Movement, MovementStatus, Tender};
pub use ship::Pick;

use crate::exact::{Percent, units_share};
use crate::plan::{Case, Plan};
use crate::price_rule::DeliveryTerms;
use crate::state::Redeemer;
use crate::{Address, CartId, Change, Contact, Item, Key, MethodId, OrderId, Owner, Refusal, State};

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its number.
    pub id: OrderId,
    /// Whose it is.
    pub owner: Owner,
    /// Who it is for.
    pub contact: Contact,
    /// Where it goes.
    pub address: Address,
    /// All its amounts are in the minor unit of this currency.
    pub currency: Currency,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// The delivery, tax included.
    #[serde(default)]
    pub shipping_minor: i64,
    /// How it goes; empty where unknown.
    #[serde(default)]
    pub shipping_title: String,
    /// What it costs now, after all changes and returns.
    pub total_minor: i64,
    /// How far it is.
    pub status: OrderStatus,
    /// Charges and refunds, in order.
    #[serde(default)]
    pub movements: Vec<Movement>,
    /// Parcels.
    #[serde(default)]
    pub shipments: Vec<Shipment>,
    /// When it was placed; `None` for old orders that do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Timestamp>,
    /// When it arrived; `None` where it has not or nobody noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Why it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel_reason: Option<String>,
    /// The cart that it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<CartId>,
    /// What price rules said of its delivery, so that it is priced elsewhere as it was here; `None` for orders that do not
    /// say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryTerms>,
    /// Price rules of limited use that it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limited_rules: Vec<String>,
    /// What happened to it, oldest first.
    #[serde(default)]
    pub history: Vec<HistoryEntry>,
}

/// One variant of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Its number within the order; numbers are not used twice.
    pub number: u32,
    /// The item as it was when it was ordered.
    pub item: Item,
    /// How many pieces.
    pub quantity: u32,
    /// What one cost.
    pub unit_minor: i64,
    /// What was taken off all pieces.
    #[serde(default)]
    pub discount_minor: i64,
    /// The taxes in `paid_minor`.
    #[serde(default)]
    pub tax_minor: i64,
    /// The sum of the rates that bear on the line.
    #[serde(default)]
    pub tax_rate: Percent,
    /// What is paid for all pieces.
    pub paid_minor: i64,
    /// Pieces that have left the house.
    #[serde(default)]
    pub shipped: u32,
    /// Pieces that came back.
    #[serde(default)]
    pub returned: u32,
    /// The line that it was exchanged for; `None` for what was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<u32>,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Not paid yet.
    Placed,
    /// Paid or sure to be.
    Paid,
    /// Some of it has left.
    PartlyShipped,
    /// All of it has left.
    Shipped,
    /// It has arrived.
    Delivered,
    /// It was called off.
    Cancelled,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Who carries it; empty where unknown.
    #[serde(default)]
    pub carrier: String,
    /// Its tracking number.
    pub tracking: String,
    /// Numbers of lines with how many pieces.
    pub lines: Vec<(u32, u32)>,
    /// When it arrived; `None` where it has not or nobody noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was placed.
    Placed,
    /// Its payment is sure.
    Paid,
    /// A payment was declined.
    PaymentDeclined,
    /// It goes elsewhere.
    AddressChanged,
    /// It is paid with something else.
    PaymentChanged,
    /// Some items are other variants.
    ItemsChanged,
    /// A parcel has left.
    Shipped,
    /// It has arrived.
    Delivered,
    /// It was called off.
    Cancelled,
    /// Somebody wants to send something back.
    ReturnRequested,
    /// Somebody wants another variant for something.
    ExchangeRequested,
    /// Something came back.
    Returned,
    /// Money went back.
    Refunded,
    /// Whoever placed it as a guest has signed in.
    TakenOver,
}

/// What can be done to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderCommand {
    /// Calls it off.
    Cancel {
        /// One of the reasons of the shop's policy, where it asks for one.
        #[serde(default)]
        reason: Option<String>,
        /// Other orders that are called off by the same yes; those that may not be stay as they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<OrderId>,
    },
    /// Sends it elsewhere.
    ChangeAddress {
        /// Where to.
        address: Address,
    },
    /// Pays it with something else.
    ChangePayment {
        /// With what.
        pay_with: Tender,
    },
    /// Other variants of the same products in place of some items.
    ChangeItems {
        /// All that is to be changed.
        swaps: Vec<Swap>,
        /// What pays a difference, or receives it.
        settle_with: MethodId,
    },
    /// A parcel left. Only the shop says so.
    Ship {
        /// What is in it; empty is all that has not left yet.
        #[serde(default)]
        items: Vec<Pick>,
        /// Who carries it.
        carrier: String,
        /// Its tracking number.
        tracking: String,
    },
    /// It arrived. Only the shop says so.
    Deliver,
    /// Nobody paid it in time. Only the shop says so.
    Lapse,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderChange {
    /// It was placed.
    Placed(Box<Order>),
    /// It is this far.
    StatusSet(OrderStatus),
    /// It goes there.
    AddressSet(Address),
    /// Lines gave way to others: those of these numbers to these.
    LinesReplaced {
        /// Numbers.
        numbers: Vec<u32>,
        /// Lines, in their place.
        by: Vec<OrderLine>,
    },
    /// Lines are delivered for nothing as well, for those in whose place they came were.
    LinesDeliveredFree {
        /// Numbers.
        numbers: Vec<u32>,
    },
    /// Pieces of lines came back.
    LineReturned {
        /// The line's number.
        number: u32,
        /// How many pieces.
        quantity: u32,
    },
    /// Its delivery costs so much, tax included.
    ShippingRepriced {
        /// In minor units.
        shipping_minor: i64,
    },
    /// It costs more, or (below zero) less.
    TotalMoved {
        /// By how much.
        by_minor: i64,
    },
    /// A charge or refund began.
    Moved(Movement),
    /// A charge or refund is this far.
    MovementSet {
        /// Which one.
        key: Key,
        /// How far.
        status: MovementStatus,
    },
    /// Less of a charge is taken than was set aside.
    ChargeLowered {
        /// Which one.
        key: Key,
        /// By how much; less than all of it.
        by_minor: i64,
    },
    /// A parcel left.
    Shipped(Shipment),
    /// It arrived.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// It was called off.
    Cancelled {
        /// Why.
        reason: Option<String>,
    },
    /// Something happened.
    Noted(HistoryEntry),
    /// Whoever placed it as a guest turned out to be this one.
    OwnerSet(Owner),
}

impl OrderLine {
    /// What is paid for so many more pieces that come back.
    pub fn returned_minor(&self, quantity: u32) -> i64 {
        units_share(self.paid_minor, self.quantity, self.returned, quantity)
    }

    /// What all pieces cost after discounts, before taxes that come on top.
    pub fn net_minor(&self) -> i64 {
        self.unit_minor * i64::from(self.quantity) - self.discount_minor
    }

    /// Pieces that the shopper has and could send back.
    pub fn kept(&self) -> u32 {
        self.quantity - self.returned.min(self.quantity)
    }
}

impl Order {
    /// How often something happened.
    pub fn count(&self, event: Event) -> u32 {
        self.history.iter().filter(|entry| entry.event == event).count() as u32
    }

    /// What the order was first paid with.
    pub fn original_method(&self) -> Option<&MethodId> {
        let charges = self.movements.iter().filter(|charge| charge.direction == Direction::Charge);
        let replaced = charges.clone().rfind(|charge| charge.replaces && charge.is_secured());
        let first = charges.clone().find(|charge| charge.is_live_charge());
        replaced.or(first).or_else(|| charges.clone().next()).map(|charge| &charge.method)
    }

    /// The line of this number.
    pub fn line(&self, number: u32) -> Option<&OrderLine> {
        self.lines.iter().find(|line| line.number == number)
    }

    /// An amount of this order as a shopper reads it.
    pub fn money(&self, amount_minor: i64) -> Money {
        Money::new(amount_minor, self.currency)
    }

    /// The use of its limited price rules, or (below zero) that they are given back.
    pub(crate) fn rules_used(&self, times: i32) -> impl Iterator<Item = Change> {
        self.limited_rules.iter().map(move |rule| Change::RuleUsed {
            rule: rule.clone(),
            owner: self.owner.clone(),
            mail: Redeemer::mail(&self.contact),
            times,
        })
    }

    pub(crate) fn next_number(&self) -> u32 {
        self.lines.iter().map(|line| line.number).max().unwrap_or(0) + 1
    }

    fn apply(&mut self, change: &OrderChange) {
        match change {
            OrderChange::Placed(order) => *self = (**order).clone(),
            OrderChange::StatusSet(status) => self.status = *status,
            OrderChange::AddressSet(address) => self.address = address.clone(),
            OrderChange::LinesReplaced { numbers, by } => {
                self.lines.retain(|line| !numbers.contains(&line.number));
                self.lines.extend(by.iter().cloned());
                self.lines.sort_by_key(|line| line.number);
            }
            OrderChange::LinesDeliveredFree { numbers } => {
                self.delivery.get_or_insert_default().free_lines.extend(numbers);
            }
            OrderChange::LineReturned { number, quantity } => {
                if let Some(line) = self.lines.iter_mut().find(|line| line.number == *number) {
                    line.returned += quantity;
                }
            }
            OrderChange::ShippingRepriced { shipping_minor } => self.shipping_minor = *shipping_minor,
            OrderChange::TotalMoved { by_minor } => self.total_minor += by_minor,
            OrderChange::Moved(movement) => self.movements.push(movement.clone()),
            OrderChange::MovementSet { key, status } => {
                if let Some(movement) = self.movements.iter_mut().find(|movement| movement.key == *key) {
                    movement.status = status.clone();
                }
            }
            OrderChange::ChargeLowered { key, by_minor } => {
                if let Some(movement) = self.movements.iter_mut().find(|movement| movement.key == *key) {
                    movement.amount_minor -= by_minor;
                }
            }
            OrderChange::Shipped(shipment) => {
                for (number, quantity) in &shipment.lines {
                    if let Some(line) = self.lines.iter_mut().find(|line| line.number == *number) {
                        line.shipped += quantity;
                    }
                }
                self.shipments.push(shipment.clone());
            }
            OrderChange::Delivered { at } => {
                let parcels: Vec<bool> =
                    self.shipments.iter().map(|parcel| self.is_on_the_way(parcel)).collect();
                for (parcel, _) in self.shipments.iter_mut().zip(parcels).filter(|(_, is_coming)| *is_coming)
                {
                    parcel.delivered_at = Some(*at);
                }
                self.status = OrderStatus::Delivered;
                self.delivered_at.get_or_insert(*at);
            }
            OrderChange::Cancelled { reason } => {
                self.status = OrderStatus::Cancelled;
                self.cancel_reason = reason.clone();
                self.total_minor = 0;
            }
            OrderChange::Noted(entry) => self.history.push(entry.clone()),
            OrderChange::OwnerSet(owner) => self.owner = owner.clone(),
        }
    }
}

impl OrderStatus {
    /// Its name, as in policies and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::PartlyShipped => "partly_shipped",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }

    /// As a shopper reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Placed => "waiting for its payment",
            Self::Paid => "being prepared",
            Self::PartlyShipped => "partly on its way",
            Self::Shipped => "on its way",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Lays a change over an order.
pub(crate) fn apply(state: &mut State, id: &OrderId, change: &OrderChange) {
    if let OrderChange::Placed(order) = change {
        state.orders.insert(id.clone(), (**order).clone());
    } else if let Some(order) = state.orders.get_mut(id) {
        order.apply(change);
    }
}

/// Decides a command on an order.
pub(crate) fn plan(case: &Case<'_>, id: &OrderId, command: &OrderCommand) -> Result<Plan, Refusal> {
    let order = case.actor.order(case.state, case.policy, id)?;
    match command {
        OrderCommand::Cancel { reason, also } => cancel::plan(case, (order, also), reason.as_deref()),
        OrderCommand::ChangeAddress { address } => address::plan(case, order, address),
        OrderCommand::ChangePayment { pay_with } => payment_method::plan(case, order, pay_with),
        OrderCommand::ChangeItems { swaps, settle_with } => items::plan(case, order, swaps, settle_with),
        OrderCommand::Ship { items, carrier, tracking } => ship::plan(case, order, items, carrier, tracking),
        OrderCommand::Deliver => deliver::plan(case, order),
        OrderCommand::Lapse => cancel::lapse(case, order),
    }
}

/// An entry of an order's history.
pub(crate) fn noted(case: &Case<'_>, id: &OrderId, event: Event) -> Change {
    let entry = HistoryEntry { at: case.now, event };
    Change::Order { order: id.clone(), change: OrderChange::Noted(entry) }
}
