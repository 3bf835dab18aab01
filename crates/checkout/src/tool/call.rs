//! From a tool's name and input to a command or a query.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ToolName, input};
use crate::alert::AlertCommand;
use crate::cart::CartCommand;
use crate::mandate::MandateCommand;
use crate::notice::NoticeCommand;
use crate::order::OrderCommand;
use crate::payment::PaymentCommand;
use crate::placement::PlacementCommand;
use crate::price_history::PriceCommand;
use crate::query::Query;
use crate::returns::ReturnCommand;
use crate::shopper::ProfileCommand;
use crate::stock::StockCommand;
use crate::{AlertId, CartId, Command, MandateId, OrderId, ReturnId};

/// What a tool call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// It only reads.
    Query(Query),
    /// It changes something, if it is decided so.
    Command(Command),
}

/// Ids for what a call makes. A shell draws them once and keeps them with the call, so that the same call makes the same
/// things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// For a cart.
    pub cart: CartId,
    /// For an order.
    pub order: OrderId,
    /// For a return or exchange.
    pub return_id: ReturnId,
    /// For an alert.
    pub alert: AlertId,
    /// For a mandate.
    pub mandate: MandateId,
}

/// Why an input is not one of its tool's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputFault {
    /// There is no tool of this name.
    NoSuchTool(String),
    /// The input does not fit its schema.
    Mismatch {
        /// The tool.
        tool: ToolName,
        /// What is wrong, with its place.
        what: String,
    },
}

/// The command or query that a tool call is.
pub fn call(name: &str, given: Value, fresh: Fresh) -> Result<Call, InputFault> {
    let tool =
        ToolName::parse(name).ok_or_else(|| InputFault::NoSuchTool(name.chars().take(80).collect()))?;
    match super::Effect::Read == tool.effect() {
        true => query(tool, given).map(Call::Query),
        false => command(tool, given, fresh).map(Call::Command),
    }
}

fn read<T: DeserializeOwned>(tool: ToolName, given: Value) -> Result<T, InputFault> {
    serde_json::from_value(given).map_err(|error| InputFault::Mismatch { tool, what: error.to_string() })
}

fn query(tool: ToolName, given: Value) -> Result<Query, InputFault> {
    Ok(match tool {
        ToolName::FindShopper => Query::FindShopper(read::<input::FindShopper>(tool, given)?.proof),
        ToolName::ShowProfile => Query::Profile(read::<input::OfShopper>(tool, given)?.shopper),
        ToolName::ListOrders => Query::Orders(read::<input::OfShopper>(tool, given)?.shopper),
        ToolName::ShowOrder => Query::Order(read::<input::OfOrder>(tool, given)?.order),
        ToolName::ShowProduct => Query::Product(read::<input::OfProduct>(tool, given)?.product),
        ToolName::ShowItem => Query::Item(read::<input::OfVariant>(tool, given)?.variant),
        ToolName::ShowCart => Query::Cart(read::<input::OfCart>(tool, given)?.cart),
        ToolName::ListShipping => Query::Shipping(read::<input::OfCart>(tool, given)?.cart),
        ToolName::ShowPrices => Query::Prices(read::<input::OfVariant>(tool, given)?.variant),
        _ => {
            read::<input::Nothing>(tool, given)?;
            Query::Alerts
        }
    })
}

fn command(tool: ToolName, given: Value, fresh: Fresh) -> Result<Command, InputFault> {
    use ToolName as T;
    match tool {
        T::OpenCart
        | T::AddToCart
        | T::SetCartQuantity
        | T::SwapInCart
        | T::AddCoupon
        | T::DropCoupon
        | T::AcceptPrices
        | T::SetCartAddress
        | T::SetCartContact
        | T::ChooseShipping
        | T::TakeOverCart => on_cart(tool, given, fresh),
        T::HoldCart | T::ReleaseCart | T::PlaceOrder => on_placement(tool, given, fresh),
        T::ReturnItems
        | T::ExchangeItems
        | T::WithdrawReturn
        | T::SendLabel
        | T::ReceiveReturn
        | T::RejectReturn => on_return(tool, given, fresh),
        T::SetAlert
        | T::DropAlert
        | T::SignMandate
        | T::GiveMandate
        | T::RevokeMandate
        | T::LapseMandate
        | T::ActOnMandate => on_wish(tool, given, fresh),
        T::TakeNotices => read(tool, given).map(|input::Nothing {}| Command::Notices(NoticeCommand::Take)),
        T::CountStock => read(tool, given).map(|input::CountStock { variant, on_hand }| {
            Command::Stock(StockCommand::Count { variant, on_hand })
        }),
        T::NotePrice => read(tool, given)
            .map(|input::NotePrice { variant, price }| Command::Price(PriceCommand::Seen { variant, price })),
        T::ChangeProfileAddress => read(tool, given).map(|input::ProfileAddress { shopper, address }| {
            Command::Profile(ProfileCommand::ChangeAddress { shopper, address })
        }),
        T::TakeOverOrders => read(tool, given).map(|input::TakeOverOrders { shopper, guest }| {
            Command::Profile(ProfileCommand::TakeOver { shopper, guest })
        }),
        _ => on_order(tool, given),
    }
}

fn on_cart(tool: ToolName, given: Value, fresh: Fresh) -> Result<Command, InputFault> {
    use ToolName as T;
    let (cart, command) = match tool {
        T::OpenCart => {
            read::<input::Nothing>(tool, given)?;
            (fresh.cart, CartCommand::Open)
        }
        T::AddToCart | T::SetCartQuantity => {
            let input::VariantInCart { cart, variant, quantity } = read(tool, given)?;
            let adds = tool == T::AddToCart;
            let set = CartCommand::SetQuantity { variant: variant.clone(), quantity };
            (cart, if adds { CartCommand::Add { variant, quantity } } else { set })
        }
        T::SwapInCart => {
            let input::SwapInCart { cart, variant, to } = read(tool, given)?;
            (cart, CartCommand::Swap { variant, to })
        }
        T::AddCoupon | T::DropCoupon => {
            let input::CouponInCart { cart, code } = read(tool, given)?;
            let adds = tool == T::AddCoupon;
            (cart, if adds { CartCommand::AddCoupon { code } } else { CartCommand::DropCoupon { code } })
        }
        T::SetCartAddress => {
            let input::CartAddress { cart, address } = read(tool, given)?;
            (cart, CartCommand::SetAddress { address })
        }
        T::SetCartContact => {
            let input::CartContact { cart, contact } = read(tool, given)?;
            (cart, CartCommand::SetContact { contact })
        }
        T::TakeOverCart => {
            let input::TakeOverCart { cart, from } = read(tool, given)?;
            (cart, CartCommand::TakeOver { from })
        }
        T::ChooseShipping => {
            let input::CartShipping { cart, method } = read(tool, given)?;
            (cart, CartCommand::ChooseShipping { method })
        }
        _ => (read::<input::OfCart>(tool, given)?.cart, CartCommand::AcceptPrices),
    };
    Ok(Command::Cart { cart, command })
}

fn on_placement(tool: ToolName, given: Value, fresh: Fresh) -> Result<Command, InputFault> {
    if tool == ToolName::PlaceOrder {
        let input::PlaceOrder { cart, pay_with } = read(tool, given)?;
        let command = PlacementCommand::Place { order: fresh.order, pay_with };
        return Ok(Command::Placement { cart, command });
    }
    let input::OfCart { cart } = read(tool, given)?;
    let holds = tool == ToolName::HoldCart;
    let command = if holds { PlacementCommand::Hold } else { PlacementCommand::Release };
    Ok(Command::Placement { cart, command })
}

fn on_order(tool: ToolName, given: Value) -> Result<Command, InputFault> {
    use ToolName as T;
    let (order, command) = match tool {
        T::CancelOrder => {
            let input::CancelOrder { order, reason, also } = read(tool, given)?;
            (order, OrderCommand::Cancel { reason, also })
        }
        T::ChangeOrderAddress => {
            let input::OrderAddress { order, address } = read(tool, given)?;
            (order, OrderCommand::ChangeAddress { address })
        }
        T::ChangeOrderPayment => {
            let input::OrderPayment { order, pay_with } = read(tool, given)?;
            (order, OrderCommand::ChangePayment { pay_with })
        }
        T::ChangeOrderItems => {
            let input::OrderItems { order, swaps, settle_with } = read(tool, given)?;
            (order, OrderCommand::ChangeItems { swaps, settle_with })
        }
        T::ShipOrder => {
            let input::ShipOrder { order, items, carrier, tracking } = read(tool, given)?;
            (order, OrderCommand::Ship { items, carrier, tracking })
        }
        T::RetryPayment => {
            let input::OrderPayment { order, pay_with } = read(tool, given)?;
            return Ok(Command::Payment { order, command: PaymentCommand::Retry { pay_with } });
        }
        T::RetryRefund => {
            let input::RetryRefund { order, movement, to } = read(tool, given)?;
            return Ok(Command::Payment { order, command: PaymentCommand::RetryRefund { movement, to } });
        }
        T::AnswerPayment => {
            let input::AnswerPayment { order, movement, operation, answer } = read(tool, given)?;
            let command = PaymentCommand::Answer { movement, operation, answer };
            return Ok(Command::Payment { order, command });
        }
        T::DeliverOrder => (read::<input::OfOrder>(tool, given)?.order, OrderCommand::Deliver),
        _ => (read::<input::OfOrder>(tool, given)?.order, OrderCommand::Lapse),
    };
    Ok(Command::Order { order, command })
}

fn on_return(tool: ToolName, given: Value, fresh: Fresh) -> Result<Command, InputFault> {
    use ToolName as T;
    let (id, command) = match tool {
        T::ReturnItems => {
            let input::ReturnItems { order, items, refund_to, reason } = read(tool, given)?;
            (fresh.return_id, ReturnCommand::Request { order, items, refund_to, reason })
        }
        T::ExchangeItems => {
            let input::ExchangeItems { order, items, settle_with, reason } = read(tool, given)?;
            (fresh.return_id, ReturnCommand::Exchange { order, items, settle_with, reason })
        }
        T::SendLabel => {
            let input::SendLabel { id, carrier, tracking } = read(tool, given)?;
            (id, ReturnCommand::SendLabel { carrier, tracking })
        }
        T::ReceiveReturn => {
            let input::ReceiveReturn { id, restock } = read(tool, given)?;
            (id, ReturnCommand::Receive { restock })
        }
        T::RejectReturn => (read::<input::OfReturn>(tool, given)?.id, ReturnCommand::Reject),
        _ => (read::<input::OfReturn>(tool, given)?.id, ReturnCommand::Withdraw),
    };
    Ok(Command::Return { id, command })
}

fn on_wish(tool: ToolName, given: Value, fresh: Fresh) -> Result<Command, InputFault> {
    use ToolName as T;
    Ok(match tool {
        T::SetAlert => {
            let input::SetAlert { variant, at_or_below } = read(tool, given)?;
            Command::Alert { alert: fresh.alert, command: AlertCommand::Set { variant, at_or_below } }
        }
        T::DropAlert => {
            Command::Alert { alert: read::<input::OfAlert>(tool, given)?.alert, command: AlertCommand::Drop }
        }
        T::SignMandate => {
            let input::SignMandate { terms, signature } = read(tool, given)?;
            Command::Mandate { mandate: fresh.mandate, command: MandateCommand::Sign { terms, signature } }
        }
        T::GiveMandate => {
            let input::GiveMandate { terms } = read(tool, given)?;
            Command::Mandate { mandate: fresh.mandate, command: MandateCommand::Agree { terms } }
        }
        T::RevokeMandate => {
            let input::OfMandate { mandate } = read(tool, given)?;
            Command::Mandate { mandate, command: MandateCommand::Revoke }
        }
        T::LapseMandate => {
            let input::OfMandate { mandate } = read(tool, given)?;
            Command::Mandate { mandate, command: MandateCommand::Lapse }
        }
        _ => {
            let input::OfMandate { mandate } = read(tool, given)?;
            Command::Mandate { mandate, command: MandateCommand::Act { order: fresh.order } }
        }
    })
}

impl fmt::Display for InputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchTool(name) => write!(f, "there is no tool \"{name}\""),
            Self::Mismatch { tool, what } => write!(f, "the input of {} does not fit: {what}", tool.as_str()),
        }
    }
}

impl std::error::Error for InputFault {}
