//! What can be done, as data: a name, what it does, how far it can be taken back, and the JSON Schema of its input. An
//! agent shows these to a model; what comes back becomes a command or a query here, and nothing else.

mod call;
pub mod input;
#[path = "tool/tool_table.rs"]
mod tool_table;

use schemars::Schema;
use serde::{Deserialize, Serialize};

pub use call::{Call, Fresh, InputFault, call};
pub use tool_table::{NAMES, ToolName, tools};

use crate::cart::CartCommand;
use crate::order::OrderCommand;
use crate::payment::PaymentCommand;
use crate::placement::PlacementCommand;
use crate::returns::ReturnCommand;
use crate::shopper::ProfileCommand;
use crate::{Command, alert, mandate};

/// How far the effect of a tool can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It only reads.
    Read,
    /// Another call undoes it.
    Reversible,
    /// It moves money or goods, or ends something: a yes to its summary is needed.
    Irreversible,
}

/// Who a tool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Shoppers and guests, on what is theirs.
    Shopper,
    /// People who work for the shop, and its own programs.
    Shop,
}

/// A tool.
#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: ToolName,
    /// What it does and when to use it, for a model.
    pub description: &'static str,
    /// How far it can be taken back.
    pub effect: Effect,
    /// Who it is for.
    pub scope: Scope,
    /// The JSON Schema of its input.
    pub input: Schema,
}

impl Command {
    /// The tool that this command is.
    pub fn tool(&self) -> ToolName {
        match self {
            Self::Cart { command, .. } => cart_tool(command),
            Self::Placement { command, .. } => match command {
                PlacementCommand::Hold => ToolName::HoldCart,
                PlacementCommand::Release => ToolName::ReleaseCart,
                PlacementCommand::Place { .. } => ToolName::PlaceOrder,
            },
            Self::Order { command, .. } => match command {
                OrderCommand::Cancel { .. } => ToolName::CancelOrder,
                OrderCommand::ChangeAddress { .. } => ToolName::ChangeOrderAddress,
                OrderCommand::ChangePayment { .. } => ToolName::ChangeOrderPayment,
                OrderCommand::ChangeItems { .. } => ToolName::ChangeOrderItems,
                OrderCommand::Ship { .. } => ToolName::ShipOrder,
                OrderCommand::Deliver => ToolName::DeliverOrder,
                OrderCommand::Lapse => ToolName::LapseOrder,
            },
            Self::Payment { command, .. } => match command {
                PaymentCommand::Answer { .. } => ToolName::AnswerPayment,
                PaymentCommand::Retry { .. } => ToolName::RetryPayment,
                PaymentCommand::RetryRefund { .. } => ToolName::RetryRefund,
            },
            Self::Return { command, .. } => match command {
                ReturnCommand::Request { .. } => ToolName::ReturnItems,
                ReturnCommand::Exchange { .. } => ToolName::ExchangeItems,
                ReturnCommand::Withdraw => ToolName::WithdrawReturn,
                ReturnCommand::SendLabel { .. } => ToolName::SendLabel,
                ReturnCommand::Receive { .. } => ToolName::ReceiveReturn,
                ReturnCommand::Reject => ToolName::RejectReturn,
            },
            Self::Profile(ProfileCommand::ChangeAddress { .. }) => ToolName::ChangeProfileAddress,
            Self::Profile(ProfileCommand::TakeOver { .. }) => ToolName::TakeOverOrders,
            Self::Stock(_) => ToolName::CountStock,
            Self::Alert { command: alert::AlertCommand::Set { .. }, .. } => ToolName::SetAlert,
            Self::Alert { command: alert::AlertCommand::Drop, .. } => ToolName::DropAlert,
            Self::Mandate { command, .. } => match command {
                mandate::MandateCommand::Sign { .. } => ToolName::SignMandate,
                mandate::MandateCommand::Agree { .. } => ToolName::GiveMandate,
                mandate::MandateCommand::Revoke => ToolName::RevokeMandate,
                mandate::MandateCommand::Act { .. } => ToolName::ActOnMandate,
                mandate::MandateCommand::Lapse => ToolName::LapseMandate,
            },
            Self::Price(_) => ToolName::NotePrice,
            Self::Notices(_) => ToolName::TakeNotices,
        }
    }
}

fn cart_tool(command: &CartCommand) -> ToolName {
    match command {
        CartCommand::Open => ToolName::OpenCart,
        CartCommand::Add { .. } => ToolName::AddToCart,
        CartCommand::SetQuantity { .. } => ToolName::SetCartQuantity,
        CartCommand::Swap { .. } => ToolName::SwapInCart,
        CartCommand::AddCoupon { .. } => ToolName::AddCoupon,
        CartCommand::DropCoupon { .. } => ToolName::DropCoupon,
        CartCommand::AcceptPrices => ToolName::AcceptPrices,
        CartCommand::TakeOver { .. } => ToolName::TakeOverCart,
        CartCommand::SetAddress { .. } => ToolName::SetCartAddress,
        CartCommand::SetContact { .. } => ToolName::SetCartContact,
        CartCommand::ChooseShipping { .. } => ToolName::ChooseShipping,
    }
}
