//! Money of an order: each charge and refund is a movement with a state of its own. What goes back is never more than
//! what came in.

mod charge;
mod give_back;

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Order;
use crate::payment::Operation;
use crate::plan::{Case, Plan};
use crate::policy::{Capture, RefundTo};
use crate::shopper::ShopperChange;
use crate::{Change, Key, MethodId, MethodKind, OrderStatus, Owner, Policy, Refusal};

pub(crate) use charge::{Charge, charge, covers, method};
pub(crate) use give_back::{give_back, give_back_all, pay_back, refund_to};

/// One charge or refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// What it is known by, here and to the provider.
    pub key: Key,
    /// Between the shop and what.
    pub method: MethodId,
    /// What kind of method that is.
    pub kind: MethodKind,
    /// What a shopper recognises it by.
    pub label: String,
    /// To the shop or back.
    pub direction: Direction,
    /// Above zero; for a charge that is not taken yet, what will be.
    pub amount_minor: i64,
    /// How far it is.
    pub status: MovementStatus,
    /// For a refund, the charge that it gives back, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Key>,
    /// Whether the other charges go back once this one is sure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaces: bool,
}

/// Which way money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the shopper to the shop.
    Charge,
    /// From the shop to the shopper.
    Refund,
}

/// How far a movement is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementStatus {
    /// The provider is asked to set the amount aside.
    Authorising,
    /// The shopper has to prove themself.
    Challenged {
        /// Where.
        url: String,
    },
    /// Set aside.
    Authorised,
    /// The provider is asked to take it.
    Capturing,
    /// Taken.
    Captured,
    /// The provider is asked to let go of it.
    Voiding,
    /// Let go.
    Voided,
    /// The provider is asked to pay back.
    Refunding,
    /// Paid back.
    Refunded,
    /// The provider said no.
    Declined {
        /// In its words.
        reason: String,
    },
    /// The answer was lost.
    Unclear {
        /// To what.
        operation: Operation,
    },
}

/// What somebody pays with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tender {
    /// A method of their account.
    Saved(MethodId),
    /// A token that the provider's form gave, for this order only. Never a gift card.
    Token {
        /// The token.
        method: MethodId,
        /// What kind of method it stands for.
        kind: MethodKind,
        /// What the shopper recognises it by.
        label: String,
    },
    /// An amount with one way to pay, such as what is left on a gift card, and the rest with another.
    Split {
        /// What pays the amount.
        part: Box<Tender>,
        /// How much; less than all.
        amount: Money,
        /// What pays the rest.
        rest: Box<Tender>,
    },
}

impl MovementStatus {
    /// The state in which an operation has been asked for.
    pub(crate) fn asking(operation: Operation) -> Self {
        match operation {
            Operation::Authorise => Self::Authorising,
            Operation::Capture => Self::Capturing,
            Operation::Void => Self::Voiding,
            Operation::Refund => Self::Refunding,
        }
    }

    /// The operation whose answer is awaited.
    pub(crate) fn operation(&self) -> Option<Operation> {
        match self {
            Self::Authorising | Self::Challenged { .. } => Some(Operation::Authorise),
            Self::Capturing => Some(Operation::Capture),
            Self::Voiding => Some(Operation::Void),
            Self::Refunding => Some(Operation::Refund),
            Self::Unclear { operation } => Some(*operation),
            Self::Authorised | Self::Captured | Self::Voided | Self::Refunded | Self::Declined { .. } => None,
        }
    }

    /// What the provider should do now, and whether it is only to be asked.
    pub(crate) fn asked(&self) -> Option<(Operation, bool)> {
        match self {
            // The shopper is at the provider's page; its webhook will come.
            Self::Challenged { .. } => None,
            Self::Unclear { operation } => Some((*operation, true)),
            status => status.operation().map(|operation| (operation, false)),
        }
    }
}

impl Movement {
    /// Whether this is a charge that was not declined or let go.
    pub fn is_live_charge(&self) -> bool {
        let is_gone = matches!(
            self.status,
            MovementStatus::Declined { .. }
                | MovementStatus::Voided
                | MovementStatus::Voiding
                | MovementStatus::Unclear { operation: Operation::Void }
        );
        self.direction == Direction::Charge && !is_gone
    }

    /// Whether the amount is set aside or taken.
    pub fn is_secured(&self) -> bool {
        let is_sure = matches!(
            self.status,
            MovementStatus::Authorised
                | MovementStatus::Capturing
                | MovementStatus::Captured
                | MovementStatus::Unclear { operation: Operation::Capture }
        );
        self.direction == Direction::Charge && is_sure
    }

    fn is_live_refund(&self) -> bool {
        self.direction == Direction::Refund && !matches!(self.status, MovementStatus::Declined { .. })
    }

    pub(crate) fn attempt_name(&self, operation: Operation) -> &'static str {
        match operation {
            Operation::Authorise => "authorise",
            Operation::Capture => "capture",
            Operation::Void => "void",
            Operation::Refund => "refund",
        }
    }
}

impl Order {
    /// What is set aside or taken, less what goes back.
    pub fn secured_minor(&self) -> i64 {
        self.sum(Movement::is_secured) - self.refunded_minor()
    }

    /// What was taken for good.
    pub fn captured_minor(&self) -> i64 {
        self.sum(|movement| {
            movement.direction == Direction::Charge && movement.status == MovementStatus::Captured
        })
    }

    /// What went back or is on its way.
    pub fn refunded_minor(&self) -> i64 {
        self.sum(Movement::is_live_refund)
    }

    /// Whether a charge that was under way came too late: the order was called off, or something else pays for it.
    pub(crate) fn is_unwanted(&self, charge: &Movement) -> bool {
        let mut later = self.movements.iter().skip_while(|known| known.key != charge.key).skip(1);
        self.status == OrderStatus::Cancelled || later.any(|known| known.replaces && known.is_secured())
    }

    /// Refuses while another payment is about to replace this order's: what it costs must not move meanwhile.
    pub(crate) fn not_replacing(&self) -> Result<(), Refusal> {
        let is_open = |movement: &Movement| {
            movement.replaces && movement.status.operation() == Some(Operation::Authorise)
        };
        match self.movements.iter().any(is_open) {
            true => Err(Refusal::PaymentUnderWay { order: self.id.clone() }),
            false => Ok(()),
        }
    }

    /// What came in or is still wanted, beyond what the order costs and what went back.
    pub(crate) fn surplus_minor(&self) -> i64 {
        let counts =
            |charge: &Movement| charge.is_secured() || charge.is_live_charge() && !self.is_unwanted(charge);
        self.sum(counts) - self.refunded_minor() - self.total_minor
    }

    /// What can still go back of one charge.
    pub(crate) fn refundable_minor(&self, charge: &Movement) -> i64 {
        let of = |movement: &Movement| movement.is_live_refund() && movement.of.as_ref() == Some(&charge.key);
        charge.amount_minor - self.sum(of)
    }

    /// Whether a refund of the order may go to a method.
    pub fn may_receive(&self, allowed: &[RefundTo], id: &MethodId, kind: MethodKind) -> bool {
        let is_original = self.original_method() == Some(id);
        allowed.iter().any(|to| match to {
            RefundTo::Original => is_original,
            RefundTo::GiftCard => kind == MethodKind::GiftCard,
            RefundTo::OtherMethod => true,
        })
    }

    /// Charges that are this far.
    fn charges(&self, status: MovementStatus) -> impl Iterator<Item = &Movement> {
        let is_so =
            move |charge: &&Movement| charge.direction == Direction::Charge && charge.status == status;
        self.movements.iter().filter(is_so)
    }

    fn sum(&self, which: impl Fn(&Movement) -> bool) -> i64 {
        self.movements.iter().filter(|movement| which(movement)).map(|movement| movement.amount_minor).sum()
    }
}

/// What becomes of a charge that is authorised.
pub(crate) fn after_authorising(policy: &Policy, order: &Order) -> MovementStatus {
    let has_left =
        matches!(order.status, OrderStatus::PartlyShipped | OrderStatus::Shipped | OrderStatus::Delivered);
    match policy.payment.capture {
        Capture::AtShipping if !has_left => MovementStatus::Authorised,
        Capture::AtOrder | Capture::AtShipping => MovementStatus::Capturing,
    }
}

fn move_balance(owner: &Owner, method: &MethodId, by_minor: i64, plan: &mut Plan) {
    if let Owner::Shopper(shopper) = owner {
        let change = ShopperChange::BalanceMoved { method: method.clone(), by_minor };
        plan.push(Change::Shopper { shopper: shopper.clone(), change });
    }
}

/// A key that is the same whenever the same request is decided again.
fn movement_key(case: &Case<'_>, name: &str) -> Key {
    let digest = crate::decide::fingerprint(&[case.key.as_str(), name]);
    Key::parse(&format!("pay_{}", &digest[..24])).expect("a short text without control characters")
}
