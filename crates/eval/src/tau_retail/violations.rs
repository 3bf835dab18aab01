//! What the world's rules forbid, tried on the world's own orders and people: every attempt has to be refused with the
//! code that is due, and the sentence of the refusal is kept.

mod confirmation;
mod goods;
mod identity;
mod money;
mod stages;

use checkout::order::{OrderCommand, Swap};
use checkout::returns::{ExchangePick, ReturnCommand, ReturnPick};
use checkout::{
    Actor, Change, Command, MethodId, Order, OrderId, OrderStatus, Owner, Policy, Refusal, ReturnId, Shopper,
    State, apply,
};
use commerce::VariantId;

use super::replay::{confirmed, settle};

/// How many attempts of a kind are made at most.
const MOST: usize = 40;

/// Something forbidden that was tried.
pub(super) struct Attempt {
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) expected: &'static str,
    /// `None` where it was not refused.
    pub(super) refusal: Option<Refusal>,
}

/// What attempts are made on.
pub(super) struct Ground<'a> {
    state: &'a State,
    policy: &'a Policy,
    attempts: Vec<Attempt>,
}

/// All attempts on a world.
pub(super) fn all(state: &State, policy: &Policy) -> Vec<Attempt> {
    let mut ground = Ground { state, policy, attempts: Vec::new() };
    identity::attempts(&mut ground);
    stages::attempts(&mut ground);
    goods::attempts(&mut ground);
    money::attempts(&mut ground);
    confirmation::attempts(&mut ground);
    ground.attempts
}

impl<'a> Ground<'a> {
    /// Tries a command on the world as it is, with a yes to its summary.
    fn attempt(&mut self, kind: &'static str, expected: &'static str, actor: &Actor, command: &Command) {
        let outcome = confirmed(self.state, self.policy, actor, "attempt", command);
        self.note(kind, expected, command, outcome);
    }

    /// Does one thing that is allowed, and then tries a command.
    fn attempt_after(
        &mut self,
        kind: &'static str,
        expected: &'static str,
        actor: &Actor,
        first: &Command,
        command: &Command,
    ) {
        let Ok(changes) = confirmed(self.state, self.policy, actor, "first", first) else { return };
        let mut state = self.small(actor);
        changes.iter().for_each(|change| apply(&mut state, change));
        settle(&mut state, self.policy);
        let outcome = confirmed(&state, self.policy, actor, "attempt", command);
        self.note(kind, expected, command, outcome);
    }

    fn note(
        &mut self,
        kind: &'static str,
        expected: &'static str,
        command: &Command,
        outcome: Result<Vec<Change>, Refusal>,
    ) {
        let what = serde_json::to_string(command).unwrap_or_default();
        self.attempts.push(Attempt { kind, what, expected, refusal: outcome.err() });
    }

    /// Only what a command of one person can touch: a shell loads no more either.
    fn small(&self, actor: &Actor) -> State {
        let owner = actor.owner();
        let orders = self.state.orders.iter().filter(|(_, order)| Some(&order.owner) == owner.as_ref());
        State {
            items: self.state.items.clone(),
            shoppers: self.state.shoppers.clone(),
            orders: orders.map(|(id, order)| (id.clone(), order.clone())).collect(),
            ..State::default()
        }
    }

    /// Orders of a state, not more than are tried.
    fn orders(&self, status: OrderStatus) -> Vec<&'a Order> {
        self.state.orders.values().filter(|order| order.status == status).take(MOST).collect()
    }

    fn all_orders(&self, status: OrderStatus) -> impl Iterator<Item = &'a Order> + use<'a> {
        self.state.orders.values().filter(move |order| order.status == status)
    }

    fn owner(&self, order: &Order) -> (Actor, &'a Shopper) {
        let Owner::Shopper(id) = &order.owner else { unreachable!("the world has no guests") };
        (Actor::Shopper(id.clone()), &self.state.shoppers[id])
    }

    /// Somebody else than the owner of an order.
    fn stranger(&self, order: &Order) -> (Actor, &'a Shopper) {
        let other =
            self.state.shoppers.values().find(|other| Owner::Shopper(other.id.clone()) != order.owner);
        let other = other.expect("the world has more than one user");
        (Actor::Shopper(other.id.clone()), other)
    }

    /// Another variant of the product of a line that can be had.
    fn sibling(&self, order: &Order, line: usize) -> Option<VariantId> {
        let item = &order.lines.get(line)?.item;
        let mut items = self.state.items.values();
        let other = items.find(|other| {
            other.product == item.product && other.variant != item.variant && other.is_available
        });
        other.map(|other| other.variant.clone())
    }
}

fn cancel(order: &Order, reason: &str) -> Command {
    on(&order.id, OrderCommand::Cancel { reason: Some(reason.to_owned()), also: Vec::new() })
}

fn on(order: &OrderId, command: OrderCommand) -> Command {
    Command::Order { order: order.clone(), command }
}

fn move_to(order: &Order, line1: &str) -> Command {
    let address = checkout::Address { line1: line1.to_owned(), ..order.address.clone() };
    on(&order.id, OrderCommand::ChangeAddress { address })
}

fn pay_with(order: &Order, method: &MethodId) -> Command {
    let pay_with = checkout::order::Tender::Saved(method.clone());
    on(&order.id, OrderCommand::ChangePayment { pay_with })
}

fn change_items(order: &Order, from: &VariantId, to: &VariantId, settle_with: &MethodId) -> Command {
    let swaps = vec![Swap { variant: from.clone(), to: Some(to.clone()), quantity: 1 }];
    on(&order.id, OrderCommand::ChangeItems { swaps, settle_with: settle_with.clone() })
}

fn send_back(order: &Order, variant: &VariantId, quantity: u32, to: &MethodId, id: &str) -> Command {
    let items = vec![ReturnPick { variant: variant.clone(), quantity, condition: None }];
    let command =
        ReturnCommand::Request { order: order.id.clone(), items, refund_to: to.clone(), reason: None };
    Command::Return { id: ReturnId::parse(id).expect("a short text"), command }
}

fn exchange(order: &Order, from: &VariantId, to: &VariantId, settle_with: &MethodId, id: &str) -> Command {
    let items = vec![ExchangePick { variant: from.clone(), to: to.clone(), quantity: 1, condition: None }];
    let (order, settle_with) = (order.id.clone(), settle_with.clone());
    let command = ReturnCommand::Exchange { order, items, settle_with, reason: None };
    Command::Return { id: ReturnId::parse(id).expect("a short text"), command }
}

/// What the order was paid with.
fn original(order: &Order) -> MethodId {
    order.original_method().cloned().expect("every order of the world was paid")
}
