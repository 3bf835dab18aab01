//! Money and stock through state machines: carts, orders, payments, returns, price alerts and standing orders, with the
//! shop's policy as data.
//!
//! [`decide`] says what follows from a [`Request`]: a list of [`Change`]s, or a [`Refusal`]. [`apply`] lays a change over
//! the [`State`]. [`preview`] says in words what would happen; a yes to those words, and to no others, is what an
//! irreversible step needs.
//!
//! **Invariant**: nothing moves money or goods but a change that `decide` gave; refunds are never more than payments,
//! stock is never below zero, sums are exact integers; whoever asks sees only what is theirs. No clock, no randomness, no
//! I/O: time and ids come in with the request.

mod actor;
pub mod alert;
pub mod cart;
mod change;
mod command;
mod decide;
pub mod exact;
pub mod goods;
mod id;
mod item;
pub mod mandate;
pub mod notice;
pub mod order;
pub mod payment;
pub mod placement;
mod plan;
pub mod policy;
pub mod price_history;
pub mod price_rule;
pub mod query;
mod refusal;
pub mod returns;
pub mod shopper;
mod state;
pub mod stock;
pub mod tool;
mod touched;

pub use actor::{Actor, OrderProof, Owner, PersonProof, identify};
pub use alert::Alert;
pub use cart::{Cart, Contact};
pub use change::{Change, apply};
pub use command::{Command, Confirmation, Request};
pub use decide::{Summary, decide, preview};
pub use exact::{Percent, Rounding};
pub use goods::Goods;
pub use id::{
    AlertId, CartId, GuestId, Key, MAX_ID_BYTES, MandateId, MethodId, OrderId, ReturnId, ShopperId, StaffId,
};
pub use item::Item;
pub use mandate::Mandate;
pub use order::{Order, OrderLine, OrderStatus};
pub use policy::Policy;
pub use price_rule::PriceRule;
pub use refusal::Refusal;
pub use returns::{ItemCondition, Return};
pub use shopper::{Address, Method, MethodKind, Shopper};
pub use state::{Redeemer, RuleUses, State};
pub use stock::{Holder, StockLevel};
pub use touched::{Touched, changed, touched, touched_by_query};
