//! What can be asked of the machines: one closed enum, and the request that carries it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert::AlertCommand;
use crate::cart::CartCommand;
use crate::mandate::MandateCommand;
use crate::notice::NoticeCommand;
use crate::order::OrderCommand;
use crate::payment::PaymentCommand;
use crate::placement::PlacementCommand;
use crate::price_history::PriceCommand;
use crate::returns::ReturnCommand;
use crate::shopper::ProfileCommand;
use crate::stock::StockCommand;
use crate::{Actor, AlertId, CartId, Key, MandateId, OrderId, ReturnId};

/// One command, with the thing that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// On a cart.
    Cart {
        /// Which one.
        cart: CartId,
        /// What.
        command: CartCommand,
    },
    /// From a cart to an order.
    Placement {
        /// Which cart.
        cart: CartId,
        /// What.
        command: PlacementCommand,
    },
    /// On an order.
    Order {
        /// Which one.
        order: OrderId,
        /// What.
        command: OrderCommand,
    },
    /// On the payments of an order.
    Payment {
        /// Which order.
        order: OrderId,
        /// What.
        command: PaymentCommand,
    },
    /// On a return or exchange.
    Return {
        /// Which one.
        id: ReturnId,
        /// What.
        command: ReturnCommand,
    },
    /// On a profile.
    Profile(ProfileCommand),
    /// On the stock.
    Stock(StockCommand),
    /// On a price alert.
    Alert {
        /// Which one.
        alert: AlertId,
        /// What.
        command: AlertCommand,
    },
    /// On a standing order.
    Mandate {
        /// Which one.
        mandate: MandateId,
        /// What.
        command: MandateCommand,
    },
    /// A price was seen.
    Price(PriceCommand),
    /// On what somebody was not told yet.
    Notices(NoticeCommand),
}

/// A command with who sends it and when. Time comes in with the request, so that the same journal always gives the same
/// state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Sending the same request under the same key again changes nothing.
    pub key: Key,
    /// Who asks.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// What for.
    pub command: Command,
    /// The yes to a summary, where one is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
}

/// An explicit yes to a summary that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmation {
    /// [`crate::Summary::digest`] of what was shown.
    pub digest: String,
}
