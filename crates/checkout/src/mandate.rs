//! Standing orders: buy this once it costs so much or less. The shopper signs the terms, or where the shop's policy takes
//! that says yes to them; they can be taken back until they act, and they act once.

mod signature;

use commerce::{Money, VariantId};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use signature::{Signature, canonical_bytes};

use crate::cart::{Cart, CartLine, Contact, quote};
use crate::order::{Order, Tender};
use crate::placement::{Draft, place};
use crate::plan::{Case, Plan};
use crate::{
    Actor, Address, Change, MandateId, MethodId, MethodKind, OrderId, Owner, Policy, Refusal, Shopper,
    ShopperId, State,
};

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
    /// An earlier order of theirs: what their account does not hold of a way to pay, an address and an e-mail address is as
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_order: Option<OrderId>,
}

/// A standing order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// What is permitted.
    pub terms: MandateTerms,
    /// By which signature; `None` where a yes to the summary took its place, which the ledger has under the key of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// How far it is.
    pub status: MandateStatus,
    /// Whether the shopper was told that it bought.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_told: bool,
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
    /// Its time was over before it could buy.
    RanOut,
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
    /// Gives it by a yes to what it says.
    Agree {
        /// What is permitted.
        terms: MandateTerms,
    },
    /// Takes it back.
    Revoke,
    /// Buys. Only the shop does, once the price is there.
    Act {
        /// The number that the order gets.
        order: OrderId,
    },
    /// Ends it, because its time is over. Only the shop does.
    Lapse,
}

/// What became of a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateChange {
    /// It was given.
    Signed(Box<Mandate>),
    /// It is this far.
    StatusSet(MandateStatus),
    /// The shopper was told that it bought, or that its time is over.
    Told,
}

/// Lays a change over a mandate.
pub(crate) fn apply(state: &mut State, id: &MandateId, change: &MandateChange) {
    match change {
        MandateChange::Signed(mandate) => {
            state.mandates.insert(id.clone(), (**mandate).clone());
        }
        MandateChange::StatusSet(status) => {
            if let Some(mandate) = state.mandates.get_mut(id) {
                mandate.status = status.clone();
            }
        }
        MandateChange::Told => {
            if let Some(mandate) = state.mandates.get_mut(id) {
                mandate.is_told = true;
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

/// Mandates whose time is over and that nobody has ended; a shell sends [`MandateCommand::Lapse`] for each.
pub fn run_out(state: &State, now: Timestamp) -> Vec<MandateId> {
    let is_over =
        |mandate: &Mandate| mandate.status == MandateStatus::Waiting && mandate.terms.valid_until <= now;
    state.mandates.iter().filter(|(_, mandate)| is_over(mandate)).map(|(id, _)| id.clone()).collect()
}

/// Decides a command on a mandate.
pub(crate) fn plan(case: &Case<'_>, id: &MandateId, command: &MandateCommand) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    let change = match command {
        MandateCommand::Sign { terms, signature } => {
            let shopper = checked(case, id, terms)?;
            signature.verify(terms, &shopper.mandate_keys)?;
            given(case, terms, Some(signature), &mut plan)?
        }
        MandateCommand::Agree { terms } => {
            if !case.policy.mandates.by_yes {
                return Err(Refusal::SignatureInvalid);
            }
            let shopper = checked(case, id, terms)?;
            let at = address_of(case, terms, shopper).ok_or(Refusal::AddressMissing)?;
            case.policy.checked(&at)?;
            let change = given(case, terms, None, &mut plan)?;
            plan.tell(|mood| format!("It {} to {}.", mood.of("goes", "would go"), at.one_line()));
            change
        }
        MandateCommand::Revoke => {
            waiting(case, id)?;
            plan.tell(|mood| format!("The standing order {} off.", mood.of("is", "would be")));
            MandateChange::StatusSet(MandateStatus::Revoked)
        }
        MandateCommand::Act { order } => {
            if !case.actor.is_shop() {
                return Err(Refusal::StaffOnly);
            }
            act(case, &waiting(case, id)?.terms, order, &mut plan)?;
            MandateChange::StatusSet(MandateStatus::Acted { order: order.clone() })
        }
        MandateCommand::Lapse => {
            if !case.actor.is_shop() {
                return Err(Refusal::StaffOnly);
            }
            // One that still counts is left alone.
            if waiting(case, id)?.terms.valid_until > case.now {
                return Err(Refusal::NothingToChange);
            }
            plan.tell(|mood| format!("The standing order {} over.", mood.of("is", "would be")));
            MandateChange::StatusSet(MandateStatus::RanOut)
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
        MandateStatus::RanOut => Err(Refusal::MandateExpired),
    }
}

/// Refuses terms that the shop does not take from this actor; gives who they are.
fn checked<'a>(case: &Case<'a>, id: &MandateId, terms: &MandateTerms) -> Result<&'a Shopper, Refusal> {
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
    tender(case, terms, shopper)?;
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
    Ok(shopper)
}

/// The mandate with its summary.
fn given(
    case: &Case<'_>,
    terms: &MandateTerms,
    signature: Option<&Signature>,
    plan: &mut Plan,
) -> Result<MandateChange, Refusal> {
    let (pieces, item) = (terms.quantity, case.item(&terms.variant)?.name());
    let (each, all, until) = (terms.unit_cap, terms.total_cap, last_moment(terms.valid_until));
    plan.tell(|mood| {
        let is = mood.of("is", "would be");
        format!(
            "{pieces} × {item} {is} bought once it costs {each} or less, for at most {all} in all, until {until}."
        )
    });
    let shopper = case.state.shoppers.get(&terms.shopper).ok_or(Refusal::ShopperNotFound)?;
    let (_, label) = tender(case, terms, shopper)?;
    plan.tell(|mood| format!("It {} paid with {label}.", mood.of("is", "would be")));
    plan.tell(|mood| format!("You {} take this back until it happens.", mood.of("can", "could")));
    let (terms, signature) = (terms.clone(), signature.cloned());
    let given = Mandate { terms, signature, status: MandateStatus::Waiting, is_told: false };
    Ok(MandateChange::Signed(Box::new(given)))
}

/// The last moment as people say it: a day as a whole where it ends with one.
pub fn last_moment(until: Timestamp) -> String {
    let day = SignedDuration::from_hours(24);
    let is_midnight = until.as_second().rem_euclid(day.as_secs()) == 0 && until.subsec_nanosecond() == 0;
    match until.checked_sub(day) {
        Ok(last) if is_midnight => format!("the end of {}", last.strftime("%-d %B %Y")),
        _ => until.strftime("%-d %B %Y, %H:%M UTC").to_string(),
    }
}

/// The earlier order that the terms go by, if it is the shopper's.
fn as_order<'a>(state: &'a State, terms: &MandateTerms) -> Option<&'a Order> {
    let order = state.orders.get(terms.as_order.as_ref()?)?;
    (order.owner == Owner::Shopper(terms.shopper.clone())).then_some(order)
}

/// What pays, and what it is called.
fn tender(case: &Case<'_>, terms: &MandateTerms, shopper: &Shopper) -> Result<(Tender, String), Refusal> {
    let method = terms.pay_with.clone();
    let unknown = match shopper.method(&method) {
        Ok(known) => return Ok((Tender::Saved(method), known.label.clone())),
        Err(unknown) => unknown,
    };
    let movements = as_order(case.state, terms).into_iter().flat_map(|order| &order.movements);
    let mut charges = movements.filter(|charge| charge.is_secured() && charge.kind != MethodKind::GiftCard);
    let used = charges.find(|charge| charge.method == method).ok_or(unknown)?;
    let (kind, label) = (used.kind, used.label.clone());
    Ok((Tender::Token { method, kind, label: label.clone() }, label))
}

/// Where it goes.
fn address_of(case: &Case<'_>, terms: &MandateTerms, shopper: &Shopper) -> Option<Address> {
    shopper.address.clone().or_else(|| as_order(case.state, terms).map(|order| order.address.clone()))
}

/// Who is told; `None` where the account is not known.
pub(crate) fn contact_of(state: &State, terms: &MandateTerms) -> Option<Contact> {
    let shopper = state.shoppers.get(&terms.shopper)?;
    Some(match as_order(state, terms) {
        Some(order) if shopper.email.is_empty() || shopper.name.is_empty() => order.contact.clone(),
        _ => Contact { name: shopper.name.clone(), email: shopper.email.clone() },
    })
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
    (cart.address, cart.contact) = (address_of(case, terms, shopper), contact_of(case.state, terms));
    cart.shipping = terms.shipping.clone();
    let seen_minor = price.amount_minor;
    cart.lines.push(CartLine::new(terms.variant.clone(), terms.quantity, seen_minor));
    let total = Money::new(quote(case.state, case.policy, &cart, case.now).total_minor, case.policy.currency);
    if !is_within(total, terms.total_cap) {
        return Err(Refusal::AboveCap { price: total, cap: terms.total_cap });
    }
    let (pay_with, _) = tender(case, terms, shopper)?;
    place(case, &Draft { id: order, cart: &cart, cart_id: None, pay_with: &pay_with }, plan)?;
    Ok(())
}

fn is_within(amount: Money, cap: Money) -> bool {
    amount.currency == cap.currency && amount.amount_minor <= cap.amount_minor
}
