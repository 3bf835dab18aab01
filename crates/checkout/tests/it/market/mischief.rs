//! Mistakes that are made on purpose, so that the books' own invariants are seen to notice them.

use checkout::order::OrderChange;
use checkout::placement::PlacementCommand;
use checkout::returns::ReturnCommand;
use checkout::stock::StockChange;
use checkout::{Change, Command, Request};

use crate::shop::{order_id, return_id};

/// A mistake of the shop's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mischief {
    /// None.
    None,
    /// A call that comes again under its key is done again.
    DoesTwice,
    /// A call that was refused is looked at anew when it comes again under its key. What had a yes stays once and whole, so
    /// that only the runtime's own invariants notice.
    ForgetsRefusals,
    /// What the provider paid back is noted as declined.
    RefundNotRecorded,
    /// The provider does what it is asked as often as it is asked, whatever the key.
    ProviderForgets,
    /// Of what a request changes only the first part is stored.
    HalfStored,
    /// What leaves the house is not taken from the stock.
    ShelfForgotten,
    /// What nobody waits for any more is not let go.
    HoldsForgotten,
    /// Money of an order that was called off stays where it is.
    KeepsMoney,
}

impl Mischief {
    /// All mistakes.
    pub(crate) const ALL: [Self; 8] = [
        Self::ForgetsRefusals,
        Self::DoesTwice,
        Self::RefundNotRecorded,
        Self::ProviderForgets,
        Self::HalfStored,
        Self::ShelfForgotten,
        Self::HoldsForgotten,
        Self::KeepsMoney,
    ];

    /// What is made of the changes of a request.
    pub(crate) fn tamper(self, request: &Request, changes: &mut Vec<Change>) {
        match self {
            Self::HalfStored if request.key.as_str().ends_with('7') => {
                let handled = changes.pop();
                changes.truncate(changes.len().div_ceil(2));
                changes.extend(handled);
            }
            Self::ShelfForgotten => changes
                .retain(|change| !matches!(change, Change::Stock { change: StockChange::Taken(..), .. })),
            Self::HoldsForgotten => changes
                .retain(|change| !matches!(change, Change::Stock { change: StockChange::Released(_), .. })),
            Self::KeepsMoney if matches!(request.command, Command::Order { .. }) => {
                changes.retain(|change| {
                    let moves = |change: &OrderChange| {
                        matches!(change, OrderChange::Moved(_) | OrderChange::MovementSet { .. })
                    };
                    !matches!(change, Change::Order { change, .. } if moves(change))
                })
            }
            _ => {}
        }
    }
}

/// The same once more, as somebody who has forgotten the first time would do it.
pub(crate) fn again(command: Command) -> Command {
    match command {
        Command::Placement { cart, command: PlacementCommand::Place { order, pay_with } } => {
            let order = order_id(&format!("{order} again"));
            Command::Placement { cart, command: PlacementCommand::Place { order, pay_with } }
        }
        Command::Return {
            id,
            command: command @ (ReturnCommand::Request { .. } | ReturnCommand::Exchange { .. }),
        } => Command::Return { id: return_id(&format!("{id} again")), command },
        other => other,
    }
}
