//! Standing orders: buy this once it costs so much or less. The shopper signs the terms, can take them back until they
//! act, and they act once.

mod signature;

use commerce::{Money, VariantId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use signature::{Signature, canonical_bytes};

use crate::cart::{Cart, CartLine, Contact, quote};
use crate::order::Tender;
use crate::placement::{Draft, place};
use crate::plan::{Case, Plan};
use crate::{Actor, Change, MandateId, MethodId, OrderId, Owner, Policy, Refusal, ShopperId, State};

/// What a shopper permits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MandateTerms {
    /// Who permits it.
    pub shopper: ShopperId,
    /// What is bought.
    pub variant: VariantId,
    /// How many pieces.
    pub quantity: u32,
    /// What one may cost.
    pub unit_cap: Money,
    /// What all may cost, delivery and taxes included.
    pub total_cap: Money,
    /// What pays.
    pub pay_with: MethodId,
    /// The way of delivery; left out where the shop has none to choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<String>,
    /// Until when, not included.
    #[schemars(with = "String")]
    pub valid_until: Timestamp,
}

/// A standing order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// What is permitted.
    pub terms: MandateTerms,
    /// By which signature.
    pub signature: Signature,
    /// How far it is.
    pub status: MandateStatus,
}

/// How far a mandate is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateStatus {
    /// It waits for its price.
    Waiting,
    /// It was taken back.
    Revoked,
    /// It bought.
    Acted {
        /// This order.
        order: OrderId,
    },
}

/// What can be done to a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MandateCommand {
    /// Gives it.
    Sign {
        /// What is permitted.
        terms: MandateTerms,
        /// The shopper's signature under the terms.
        signature: Signature,
    },
    /// Takes it back.
    Revoke,
    /// Buys. Only the shop does, once the price is there.
    Act {
        /// The number that the order gets.
        order: OrderId,
    },
}

/// What became of a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateChange {
    /// It was given.
    Signed(Mandate),
    /// It is this far.
    StatusSet(MandateStatus),
}

/// Lays a change over a mandate.
pub(crate) fn apply(state: &mut State, id: &MandateId, change: &MandateChange) {
    match change {
        MandateChange::Signed(mandate) => {
            state.mandates.insert(id.clone(), mandate.clone());
        }
        MandateChange::StatusSet(status) => {
            if let Some(mandate) = state.mandates.get_mut(id) {
                mandate.status = status.clone();
            }
        }
    }
}

/// Mandates whose price is there; a shell sends [`MandateCommand::Act`] for each. One that could not buy is refused
/// there and stays.
pub fn due(state: &State, policy: &Policy, now: Timestamp) -> Vec<MandateId> {
    let is_due = |mandate: &Mandate| {
        let price = state.items.get(&mandate.terms.variant).and_then(|item| item.price);
        mandate.status == MandateStatus::Waiting
            && policy.mandates.is_offered
            && now < mandate.terms.valid_until
            && price.is_some_and(|price| is_within(price, mandate.terms.unit_cap))
    };
    state.mandates.iter().filter(|(_, mandate)| is_due(mandate)).map(|(id, _)| id.clone()).collect()
}

/// Decides a command on a mandate.
pub(crate) fn plan(case: &Case<'_>, id: &MandateId, command: &MandateCommand) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    let change = match command {
        MandateCommand::Sign { terms, signature } => {
            let mandate = sign(case, id, terms, signature)?;
            plan.say(format!(
                "{} × {} is bought once it costs {} or less, for at most {} in all, until {}.",
                terms.quantity,
                case.item(&terms.variant)?.name(),
                terms.unit_cap,
                terms.total_cap,
                terms.valid_until,
            ));
            plan.say("You can take this back until it happens.".to_owned());
            MandateChange::Signed(mandate)
        }
        MandateCommand::Revoke => {
            waiting(case, id)?;
            plan.say("The standing order is off.".to_owned());
            MandateChange::StatusSet(MandateStatus::Revoked)
        }
        MandateCommand::Act { order } => {
            if !case.actor.is_shop() {
                return Err(Refusal::StaffOnly);
            }
            act(case, &waiting(case, id)?.terms, order, &mut plan)?;
            MandateChange::StatusSet(MandateStatus::Acted { order: order.clone() })
        }
    };
    plan.push(Change::Mandate { mandate: id.clone(), change });
    Ok(plan)
}

fn waiting<'a>(case: &Case<'a>, id: &MandateId) -> Result<&'a Mandate, Refusal> {
    let is_own = |mandate: &&Mandate| case.actor.is_owner(&Owner::Shopper(mandate.terms.shopper.clone()));
    let mandate = case.state.mandates.get(id).filter(is_own).ok_or(Refusal::MandateNotFound)?;
    match &mandate.status {
        MandateStatus::Waiting => Ok(mandate),
        MandateStatus::Revoked => Err(Refusal::MandateRevoked),
        MandateStatus::Acted { order } => Err(Refusal::MandateActed { order: order.clone() }),
    }
}

fn sign(
    case: &Case<'_>,
    id: &MandateId,
    terms: &MandateTerms,
    signature: &Signature,
) -> Result<Mandate, Refusal> {
    let policy = &case.policy.mandates;
    if !policy.is_offered {
        return Err(Refusal::MandatesNotOffered);
    }
    if *case.actor != Actor::Shopper(terms.shopper.clone()) {
        return Err(Refusal::MandateNotFound);
    }
    if case.state.mandates.contains_key(id) {
        return Err(Refusal::IdTaken { id: id.to_string() });
    }
    let shopper = case.state.shoppers.get(&terms.shopper).ok_or(Refusal::ShopperNotFound)?;
    shopper.method(&terms.pay_with)?;
    case.item(&terms.variant)?;
    let most = policy.max_total.as_ref().map_or(0, |cap| cap.minor());
    let is_currency =
        [terms.unit_cap, terms.total_cap].iter().all(|cap| cap.currency == case.policy.currency);
    let caps = [terms.unit_cap.amount_minor, terms.total_cap.amount_minor];
    if !is_currency || caps.iter().any(|cap| *cap <= 0) {
        return Err(Refusal::AmountNotTaken { currency: case.policy.currency });
    }
    if terms.total_cap.amount_minor > most {
        return Err(Refusal::MandateTooLarge { most: Money::new(most, case.policy.currency) });
    }
    if terms.quantity == 0 || terms.quantity > policy.max_quantity {
        return Err(Refusal::MandateQuantity { most: policy.max_quantity });
    }
    let longest = policy.max_validity.map_or(case.now, |window| window.after(case.now));
    if terms.valid_until <= case.now || terms.valid_until > longest {
        return Err(Refusal::MandateTooLong);
    }
    signature.verify(terms, &shopper.mandate_keys)?;
    Ok(Mandate { terms: terms.clone(), signature: signature.clone(), status: MandateStatus::Waiting })
}

fn act(case: &Case<'_>, terms: &MandateTerms, order: &OrderId, plan: &mut Plan) -> Result<(), Refusal> {
    if terms.valid_until <= case.now {
        return Err(Refusal::MandateExpired);
    }
    let item = case.item(&terms.variant)?;
    let price = item.price.ok_or_else(|| Refusal::NoPrice { item: item.name() })?;
    if !is_within(price, terms.unit_cap) {
        return Err(Refusal::AboveCap { price, cap: terms.unit_cap });
    }
    let shopper = case.state.shoppers.get(&terms.shopper).ok_or(Refusal::ShopperNotFound)?;
    let mut cart = Cart::new(Owner::Shopper(terms.shopper.clone()));
    cart.address = shopper.address.clone();
    cart.contact = Some(Contact { name: shopper.name.clone(), email: shopper.email.clone() });
    cart.shipping = terms.shipping.clone();
    let seen_minor = price.amount_minor;
    cart.lines.push(CartLine { variant: terms.variant.clone(), quantity: terms.quantity, seen_minor });
    let total = Money::new(quote(case.state, case.policy, &cart, case.now).total_minor, case.policy.currency);
    if !is_within(total, terms.total_cap) {
        return Err(Refusal::AboveCap { price: total, cap: terms.total_cap });
    }
    let pay_with = Tender::Saved(terms.pay_with.clone());
    place(case, &Draft { id: order, cart: &cart, cart_id: None, pay_with: &pay_with }, plan)?;
    Ok(())
}

fn is_within(amount: Money, cap: Money) -> bool {
    amount.currency == cap.currency && amount.amount_minor <= cap.amount_minor
}
