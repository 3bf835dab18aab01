//! Money of an order: each charge and refund is a movement with a state of its own. What goes back is never more than
//! what came in.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Order, OrderChange};
use crate::payment::Operation;
use crate::plan::{Case, Plan};
use crate::policy::{Capture, RefundTo};
use crate::shopper::ShopperChange;
use crate::{Change, Key, Method, MethodId, MethodKind, OrderStatus, Owner, Policy, Refusal};

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

/// A charge that is to be made.
#[derive(Clone, Copy)]
pub(crate) struct Charge<'a> {
    pub(crate) order: &'a Order,
    pub(crate) amount_minor: i64,
    /// What tells it from other charges of the same request.
    pub(crate) name: &'a str,
    pub(crate) replaces: bool,
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

/// Charges an amount, and gives the label of the method, or of both where it is split. A gift card is charged at once and
/// must cover it.
pub(crate) fn charge(
    case: &Case<'_>,
    owner: &Owner,
    tender: &Tender,
    charge: Charge<'_>,
    plan: &mut Plan,
) -> Result<String, Refusal> {
    charge.order.not_replacing()?;
    let Tender::Split { part, amount, rest } = tender else {
        return charge_one(case, owner, tender, charge, plan);
    };
    let is_part =
        amount.currency == charge.order.currency && (1..charge.amount_minor).contains(&amount.amount_minor);
    // Two charges that replace others would replace each other.
    if !is_part || charge.replaces || part == rest {
        return Err(Refusal::SplitNotTaken);
    }
    let name = format!("{}-part", charge.name);
    let first = Charge { amount_minor: amount.amount_minor, name: &name, ..charge };
    let second = Charge { amount_minor: charge.amount_minor - amount.amount_minor, ..charge };
    let shown = (amount, Money::new(second.amount_minor, charge.order.currency));
    let first = charge_one(case, owner, part, first, plan)?;
    let second = charge_one(case, owner, rest, second, plan)?;
    Ok(format!("{first} ({}) and {second} ({})", shown.0, shown.1))
}

fn charge_one(
    case: &Case<'_>,
    owner: &Owner,
    tender: &Tender,
    charge: Charge<'_>,
    plan: &mut Plan,
) -> Result<String, Refusal> {
    let (id, method) = method(case, owner, Some(charge.order), tender)?;
    if !case.policy.payment.kinds.contains(&method.kind) {
        return Err(Refusal::KindNotTaken { method: method.label });
    }
    let mut status = MovementStatus::Authorising;
    if method.kind == MethodKind::GiftCard {
        covers(&method, charge.amount_minor, charge.order)?;
        move_balance(owner, &id, -charge.amount_minor, plan);
        status = MovementStatus::Captured;
    }
    let movement = Movement {
        key: movement_key(case, charge.name),
        method: id,
        kind: method.kind,
        label: method.label.clone(),
        direction: Direction::Charge,
        amount_minor: charge.amount_minor,
        status,
        of: None,
        replaces: charge.replaces,
    };
    plan.push(Change::Order { order: charge.order.id.clone(), change: OrderChange::Moved(movement.clone()) });
    if charge.replaces && movement.is_secured() {
        give_back_all(case, charge.order, Some(&movement.key), plan);
    }
    Ok(method.label)
}

/// Refuses where a gift card holds less than an amount.
pub(crate) fn covers(method: &Method, amount_minor: i64, order: &Order) -> Result<(), Refusal> {
    let balance = method.balance_minor.unwrap_or(0);
    if balance >= amount_minor {
        return Ok(());
    }
    Err(Refusal::GiftCardTooLow {
        method: method.label.clone(),
        balance: Money::new(balance, order.currency),
        needed: Money::new(amount_minor, order.currency),
    })
}

/// The method that a tender names: of the account, or one that the order was paid with.
pub(crate) fn method(
    case: &Case<'_>,
    owner: &Owner,
    order: Option<&Order>,
    tender: &Tender,
) -> Result<(MethodId, Method), Refusal> {
    match tender {
        Tender::Split { .. } => Err(Refusal::SplitNotTaken),
        Tender::Token { method, kind: MethodKind::GiftCard, .. } => {
            Err(Refusal::MethodNotFound { method: method.clone() })
        }
        Tender::Token { method, kind, label } => {
            let label = label.chars().filter(|c| !c.is_control()).take(60).collect();
            Ok((method.clone(), Method { kind: *kind, label, balance_minor: None }))
        }
        Tender::Saved(id) => {
            if let Some(method) = case.account(owner).and_then(|account| account.method(id).ok()) {
                return Ok((id.clone(), method.clone()));
            }
            let used = order
                .into_iter()
                .flat_map(|order| &order.movements)
                .find(|used| used.method == *id && used.kind != MethodKind::GiftCard);
            let used = used.ok_or_else(|| Refusal::MethodNotFound { method: id.clone() })?;
            Ok((id.clone(), Method { kind: used.kind, label: used.label.clone(), balance_minor: None }))
        }
    }
}

/// Pays a charge back, or so much of it as has not gone back yet and `most_minor` allows; says how much.
pub(crate) fn pay_back(
    case: &Case<'_>,
    order: &Order,
    charge: &Movement,
    most_minor: i64,
    plan: &mut Plan,
) -> i64 {
    let amount_minor = most_minor.min(order.refundable_minor(charge));
    if amount_minor <= 0 {
        return 0;
    }
    let to = (charge.method.clone(), charge.kind, charge.label.clone());
    refund(case, order, to, amount_minor, Some(&charge.key), plan);
    amount_minor
}

/// Lets every charge go back but one: void what is set aside, refund what is taken, together no more than came in. What
/// is still under way goes back when its answer comes.
pub(crate) fn give_back_all(case: &Case<'_>, order: &Order, but: Option<&Key>, plan: &mut Plan) {
    let is_kept = |charge: &&Movement| Some(&charge.key) != but && charge.direction == Direction::Charge;
    let mut left = order.captured_minor() - order.refunded_minor();
    for charge in order.movements.iter().filter(is_kept) {
        match charge.status {
            MovementStatus::Authorised => {
                let change =
                    OrderChange::MovementSet { key: charge.key.clone(), status: MovementStatus::Voiding };
                plan.push(Change::Order { order: order.id.clone(), change });
            }
            MovementStatus::Captured => left -= pay_back(case, order, charge, left, plan),
            _ => {}
        }
    }
}

/// Whether a refund of the order may go to a method.
pub(crate) fn may_receive(order: &Order, allowed: &[RefundTo], id: &MethodId, kind: MethodKind) -> bool {
    let is_original = order.original_method() == Some(id);
    allowed.iter().any(|to| match to {
        RefundTo::Original => is_original,
        RefundTo::GiftCard => kind == MethodKind::GiftCard,
        RefundTo::OtherMethod => true,
    })
}

/// Gives an amount back, with words for it: what is only set aside is taken for less, and what was taken goes to a method.
pub(crate) fn give_back(
    case: &Case<'_>,
    order: &Order,
    to: (MethodId, MethodKind, String),
    amount_minor: i64,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let (time, label) = (case.policy.payment.refund_time(to.1), to.2.clone());
    let lowered = refund_to(case, order, to, amount_minor, plan)?;
    for (label, minor) in &lowered {
        let less = order.money(*minor);
        plan.tell(|mood| format!("{label} {} charged {less} less.", mood.of("is", "would be")));
    }
    let back_minor = amount_minor - lowered.iter().map(|(_, minor)| minor).sum::<i64>();
    if back_minor > 0 {
        let back = order.money(back_minor);
        plan.tell(|mood| format!("{back} {} back to {label} {time}.", mood.of("goes", "would go")));
    }
    Ok(())
}

/// Refunds an amount to a method, as far as more was taken than went back. Money that is only set aside is never taken just
/// to go back: less of it is taken later. Gives the labels and amounts of what is taken for less.
pub(crate) fn refund_to(
    case: &Case<'_>,
    order: &Order,
    to: (MethodId, MethodKind, String),
    amount_minor: i64,
    plan: &mut Plan,
) -> Result<Vec<(String, i64)>, Refusal> {
    order.not_replacing()?;
    let taken_minor = order.captured_minor() - order.refunded_minor();
    let is_own = |charge: &&Movement| charge.method == to.0;
    let is_other = |charge: &&Movement| charge.method != to.0;
    let (mut left, mut room, mut lowered) = (amount_minor, taken_minor, Vec::new());
    lower(order, is_own, &mut left, &mut lowered, plan);
    let before_own = left;
    for charge in order.charges(MovementStatus::Captured).filter(is_own) {
        let part = left.min(room).min(order.refundable_minor(charge));
        if part > 0 {
            refund(case, order, to.clone(), part, Some(&charge.key), plan);
            left -= part;
            room -= part;
        }
    }
    // A provider pays back no more than it took; what is left goes to what else the order was paid with.
    let was_charged = left < before_own;
    lower(order, is_other, &mut left, &mut lowered, plan);
    if was_charged && to.1 != MethodKind::GiftCard {
        for charge in order.charges(MovementStatus::Captured).filter(is_other) {
            let part = pay_back(case, order, charge, left.min(room), plan);
            left -= part;
            room -= part;
        }
    }
    if left > room && amount_minor <= order.secured_minor() {
        return Err(Refusal::PaymentUnderWay { order: order.id.clone() });
    }
    if left > room {
        let paid = taken_minor + order.sum(|charge| charge.status == MovementStatus::Authorised);
        return Err(Refusal::RefundExceedsPaid {
            asked: Money::new(amount_minor, order.currency),
            paid: Money::new(paid, order.currency),
        });
    }
    if left > 0 {
        refund(case, order, to, left, None, plan);
    }
    Ok(lowered)
}

/// Takes less of what is set aside, up to an amount; a charge of which nothing is left is let go.
fn lower(
    order: &Order,
    which: impl Fn(&&Movement) -> bool,
    left: &mut i64,
    lowered: &mut Vec<(String, i64)>,
    plan: &mut Plan,
) {
    for charge in order.charges(MovementStatus::Authorised).filter(which) {
        let by_minor = charge.amount_minor.min(*left);
        if by_minor == 0 {
            continue;
        }
        let key = charge.key.clone();
        let change = match by_minor == charge.amount_minor {
            true => OrderChange::MovementSet { key, status: MovementStatus::Voiding },
            false => OrderChange::ChargeLowered { key, by_minor },
        };
        plan.push(Change::Order { order: order.id.clone(), change });
        *left -= by_minor;
        lowered.push((charge.label.clone(), by_minor));
    }
}

fn refund(
    case: &Case<'_>,
    order: &Order,
    (method, kind, label): (MethodId, MethodKind, String),
    amount_minor: i64,
    of: Option<&Key>,
    plan: &mut Plan,
) {
    let mut status = MovementStatus::Refunding;
    if kind == MethodKind::GiftCard {
        move_balance(&order.owner, &method, amount_minor, plan);
        status = MovementStatus::Refunded;
    }
    let name = format!("refund-{}", plan.changes.len());
    let movement = Movement {
        key: movement_key(case, &name),
        method,
        kind,
        label,
        direction: Direction::Refund,
        amount_minor,
        status,
        of: of.cloned(),
        replaces: false,
    };
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::Moved(movement) });
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
