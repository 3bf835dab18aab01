//! Random commands of shoppers, staff, a provider that loses its answers, and a clock; after each one the books are
//! checked against a ledger that the test keeps itself.

use std::collections::BTreeMap;

use checkout::order::{Direction, OrderCommand, Swap, Tender};
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand, ProviderCommand, outstanding};
use checkout::policy::Capture;
use checkout::returns::{ExchangePick, ItemCondition, ReturnCommand, ReturnPick};
use checkout::*;
use commerce::VariantId;
use proptest::prelude::*;

use crate::shop::{Shop, address, order_id, return_id, saved, shopper, variant};

#[derive(Clone, Debug)]
enum Step {
    Place { who: bool, goods: Vec<(u8, u8)>, method: u8 },
    Cancel(u8, Vec<u8>),
    Lapse(u8),
    Readdress(u8, u8),
    Repay(u8, u8),
    Swap { order: u8, from: u8, to: u8, quantity: u8, method: u8 },
    Ship { order: u8, all: bool, from: u8 },
    Deliver(u8),
    Return { order: u8, goods: u8, quantity: u8, method: u8, is_defective: bool },
    Exchange { order: u8, from: u8, to: u8, method: u8 },
    Receive { number: u8, restock: bool },
    Withdraw(u8),
    Answer { which: u8, how: u8 },
    AnswerOld { which: u8, how: u8 },
    Retry(u8, u8),
    Wait(u8),
    Reprice(u8, u16),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let small = 0u8..6;
    let step = prop_oneof![
        6 => (any::<bool>(), prop::collection::vec((0u8..5, 1u8..4), 1..3), 0u8..5)
            .prop_map(|(who, goods, method)| Step::Place { who, goods, method }),
        2 => (small.clone(), prop::collection::vec(small.clone(), 0..3))
            .prop_map(|(order, also)| Step::Cancel(order, also)),
        1 => small.clone().prop_map(Step::Lapse),
        1 => (small.clone(), 0u8..3).prop_map(|(o, a)| Step::Readdress(o, a)),
        2 => (small.clone(), 0u8..3).prop_map(|(o, m)| Step::Repay(o, m)),
        3 => (small.clone(), 0u8..5, 0u8..5, 1u8..3, 0u8..3)
            .prop_map(|(order, from, to, quantity, method)| Step::Swap { order, from, to, quantity, method }),
        5 => (small.clone(), any::<bool>(), 0u8..5).prop_map(|(order, all, from)| Step::Ship { order, all, from }),
        5 => small.clone().prop_map(Step::Deliver),
        4 => (small.clone(), 0u8..5, 1u8..3, 0u8..3, any::<bool>())
            .prop_map(|(order, goods, quantity, method, is_defective)| Step::Return { order, goods, quantity, method, is_defective }),
        3 => (small.clone(), 0u8..5, 0u8..5, 0u8..3)
            .prop_map(|(order, from, to, method)| Step::Exchange { order, from, to, method }),
        4 => (small.clone(), any::<bool>()).prop_map(|(number, restock)| Step::Receive { number, restock }),
        1 => small.clone().prop_map(Step::Withdraw),
        12 => (small.clone(), 0u8..12).prop_map(|(which, how)| Step::Answer { which, how }),
        2 => (any::<u8>(), 0u8..12).prop_map(|(which, how)| Step::AnswerOld { which, how }),
        1 => (small.clone(), 0u8..3).prop_map(|(o, m)| Step::Retry(o, m)),
        1 => (0u8..40).prop_map(Step::Wait),
        2 => (0u8..5, 1u16..6000).prop_map(|(goods, price)| Step::Reprice(goods, price)),
    ];
    prop::collection::vec(step, 1..60)
}

/// What the provider has done, under each key, whatever it has said about it.
#[derive(Default)]
struct Provider {
    done: BTreeMap<String, (ProviderCommand, bool)>,
    asked: Vec<ProviderCommand>,
}

impl Provider {
    /// Does what it is asked, once, or declines for good; the answer may be lost or come later.
    fn answer(&mut self, asked: &ProviderCommand, how: u8) -> PaymentAnswer {
        let is_declined = how == 0 && matches!(asked.operation, Operation::Authorise);
        if how == 1 && !self.done.contains_key(&asked.key) {
            return if asked.only_ask { PaymentAnswer::NeverSeen } else { PaymentAnswer::Unclear };
        }
        let (_, is_done) = self.done.entry(asked.key.clone()).or_insert((asked.clone(), !is_declined));
        match how {
            2 => PaymentAnswer::Unclear,
            3 if asked.operation == Operation::Authorise => {
                PaymentAnswer::Challenge { url: "https://bank.example".to_owned() }
            }
            _ if *is_done => PaymentAnswer::Succeeded,
            _ => PaymentAnswer::Declined { reason: "no".to_owned() },
        }
    }

    fn sum(&self, order: &OrderId, operation: Operation) -> i64 {
        let done = self.done.values().filter(|(asked, is_done)| *is_done && asked.order == *order);
        done.filter(|(asked, _)| asked.operation == operation)
            .map(|(asked, _)| asked.amount.amount_minor)
            .sum()
    }
}

struct Simulation {
    shop: Shop,
    provider: Provider,
    orders: u32,
    returns: u32,
}

fn goods(number: u8) -> VariantId {
    let all = [("Tee", "S"), ("Tee", "M"), ("Tee", "L"), ("Mug", "blue"), ("Lamp", "old")];
    let (product, name) = all[usize::from(number) % all.len()];
    variant(product, name)
}

fn method(number: u8) -> &'static str {
    ["card", "gift", "other"][usize::from(number) % 3]
}

/// Some payments are split in two.
fn tender(number: u8) -> Tender {
    match number {
        3 => split("gift", 1_000, "card"),
        4 => split("card", 700, "other"),
        _ => saved(method(number)),
    }
}

fn split(part: &str, minor: i64, rest: &str) -> Tender {
    Tender::Split {
        part: Box::new(saved(part)),
        amount: crate::shop::usd(minor),
        rest: Box::new(saved(rest)),
    }
}

fn who(is_ann: bool) -> Actor {
    shopper(if is_ann { "ann" } else { "bob" })
}

impl Simulation {
    fn order(&self, number: u8) -> (OrderId, Actor) {
        let id = order_id(&format!("o{}", u32::from(number) % self.orders.max(1)));
        let owner = self.shop.state.orders.get(&id).map(|order| order.owner.clone());
        let actor = match owner {
            Some(Owner::Shopper(id)) => Actor::Shopper(id),
            _ => shopper("ann"),
        };
        (id, actor)
    }

    fn on(&mut self, number: u8, by_staff: bool, command: OrderCommand) {
        let (order, actor) = self.order(number);
        let actor = if by_staff { Actor::Staff(StaffId::parse("sam").unwrap()) } else { actor };
        let _ = self.shop.run(&actor, Command::Order { order, command });
    }

    fn on_return(&mut self, actor: Actor, number: u32, command: ReturnCommand) {
        let _ = self.shop.run(&actor, Command::Return { id: return_id(&format!("r{number}")), command });
    }

    fn step(&mut self, step: &Step) {
        match step.clone() {
            Step::Place { who: is_ann, goods: wanted, method: with } => {
                let mut wanted: Vec<_> = wanted.iter().map(|(g, q)| (goods(*g), u32::from(*q))).collect();
                wanted.dedup_by(|a, b| a.0 == b.0);
                let name = format!("o{}", self.orders);
                let _ = self.shop.place(&who(is_ann), &name, &wanted, tender(with));
                // The cart of an order that was refused stays behind, so its name is not used again.
                self.orders += 1;
            }
            Step::Cancel(order, also) => {
                let also = also.into_iter().map(|number| self.order(number).0).collect();
                self.on(order, false, OrderCommand::Cancel { reason: None, also });
            }
            Step::Lapse(order) => self.on(order, true, OrderCommand::Lapse),
            Step::Readdress(order, place) => {
                let address = address(&format!("{place} New Street"));
                self.on(order, false, OrderCommand::ChangeAddress { address });
            }
            Step::Repay(order, with) => {
                self.on(order, false, OrderCommand::ChangePayment { pay_with: saved(method(with)) });
            }
            Step::Swap { order, from, to, quantity, method: with } => {
                let swaps =
                    vec![Swap { variant: goods(from), to: Some(goods(to)), quantity: u32::from(quantity) }];
                let settle_with = MethodId::parse(method(with)).unwrap();
                self.on(order, false, OrderCommand::ChangeItems { swaps, settle_with });
            }
            Step::Ship { order, all, from } => {
                let one = vec![order::Pick { variant: goods(from), quantity: 1 }];
                let items = if all { Vec::new() } else { one };
                let (carrier, tracking) = ("Post".to_owned(), "T".to_owned());
                self.on(order, true, OrderCommand::Ship { items, carrier, tracking });
            }
            Step::Deliver(order) => self.on(order, true, OrderCommand::Deliver),
            Step::Return { order, goods: what, quantity, method: with, is_defective } => {
                let (order, actor) = self.order(order);
                let condition = is_defective.then_some(ItemCondition::Defective);
                let items =
                    vec![ReturnPick { variant: goods(what), quantity: u32::from(quantity), condition }];
                let refund_to = MethodId::parse(method(with)).unwrap();
                self.returns += 1;
                let command = ReturnCommand::Request { order, items, refund_to, reason: None };
                self.on_return(actor, self.returns, command);
            }
            Step::Exchange { order, from, to, method: with } => {
                let (order, actor) = self.order(order);
                let items =
                    vec![ExchangePick { variant: goods(from), to: goods(to), quantity: 1, condition: None }];
                let settle_with = MethodId::parse(method(with)).unwrap();
                self.returns += 1;
                let command = ReturnCommand::Exchange { order, items, settle_with, reason: None };
                self.on_return(actor, self.returns, command);
            }
            Step::Receive { number, restock } => {
                let staff = Actor::Staff(StaffId::parse("sam").unwrap());
                let number = self.returns.saturating_sub(u32::from(number));
                self.on_return(staff, number, ReturnCommand::Receive { restock });
            }
            Step::Withdraw(number) => {
                let number = self.returns.saturating_sub(u32::from(number));
                self.on_return(shopper("ann"), number, ReturnCommand::Withdraw);
            }
            Step::Answer { which, how } => {
                let open = outstanding(&self.shop.state);
                if let Some(asked) = open.get(usize::from(which) % open.len().max(1)) {
                    self.answer(&asked.clone(), how);
                }
            }
            Step::AnswerOld { which, how } => {
                // A webhook that comes again, or late.
                let asked =
                    self.provider.asked.get(usize::from(which) % self.provider.asked.len().max(1)).cloned();
                if let Some(asked) = asked.filter(|asked| self.provider.done.contains_key(&asked.key)) {
                    self.answer(&asked, how.max(4));
                }
            }
            Step::Retry(order, with) => {
                let (order, actor) = self.order(order);
                let command =
                    PaymentCommand::Retry { pay_with: tender(with + u8::from(order.as_str() == "o0")) };
                let _ = self.shop.run(&actor, Command::Payment { order, command });
            }
            Step::Wait(minutes) => self.shop.wait(i64::from(minutes)),
            Step::Reprice(what, price) => {
                let item = self.shop.state.items.get_mut(&goods(what)).unwrap();
                item.price = Some(crate::shop::usd(i64::from(price)));
            }
        }
    }

    fn answer(&mut self, asked: &ProviderCommand, how: u8) {
        self.provider.asked.push(asked.clone());
        let answer = self.provider.answer(asked, how);
        self.shop.answer(asked, answer);
    }

    /// The provider answers until it is asked nothing more, challenges included.
    fn settle(&mut self) {
        for _ in 0..40 {
            for asked in outstanding(&self.shop.state) {
                self.answer(&asked, 9);
            }
        }
        assert!(outstanding(&self.shop.state).is_empty());
    }

    fn check(&self) {
        let state = &self.shop.state;
        for (variant, level) in &state.stock {
            let held: u32 =
                level.held.values().filter(|hold| hold.until.is_none()).map(|hold| hold.quantity).sum();
            assert!(held <= level.on_hand, "{variant}: {held} promised of {}", level.on_hand);
            let lines = state.orders.values().flat_map(|order| &order.lines);
            let left: u32 = lines.filter(|line| line.item.variant == *variant).map(|line| line.shipped).sum();
            assert_eq!(level.on_hand + left, 5 + self.came_back(variant), "{variant}: what left was there");
        }
        for order in state.orders.values() {
            assert!(order.refunded_minor() <= order.captured_minor(), "{order:#?}");
            assert!(order.total_minor >= 0 && order.lines.iter().all(|line| line.returned <= line.quantity));
            assert!(order.lines.iter().all(|line| line.shipped <= line.quantity), "{order:#?}");
            assert!(order.lines.iter().all(|line| order.arrived(line) <= line.quantity), "{order:#?}");
        }
        for name in ["ann", "bob"] {
            assert!(self.shop.balance(name) >= 0);
            assert_eq!(self.shop.balance(name), 20_000 - self.on_gift_card(name), "gift card of {name}");
        }
    }

    /// Pieces that were put on the shelf again.
    fn came_back(&self, variant: &VariantId) -> u32 {
        let added = self.shop.journal.iter().filter_map(|change| match change {
            Change::Stock { variant: of, change: stock::StockChange::Added(pieces) } if of == variant => {
                Some(*pieces)
            }
            _ => None,
        });
        added.sum()
    }

    fn on_gift_card(&self, name: &str) -> i64 {
        let owner = Owner::Shopper(ShopperId::parse(name).unwrap());
        let orders = self.shop.state.orders.values().filter(|order| order.owner == owner);
        let movements = orders.flat_map(|order| &order.movements).filter(|m| m.kind == MethodKind::GiftCard);
        movements
            .map(|m| if m.direction == Direction::Charge { m.amount_minor } else { -m.amount_minor })
            .sum()
    }

    /// What was set aside and neither will be taken nor is let go by a command: the provider lets go of it when it takes the
    /// rest.
    fn lowered_minor(&self, id: &OrderId) -> i64 {
        let lowered = self.shop.journal.iter().filter_map(|change| match change {
            Change::Order { order: of, change: order::OrderChange::ChargeLowered { by_minor, .. } }
                if of == id =>
            {
                Some(*by_minor)
            }
            _ => None,
        });
        lowered.sum()
    }

    /// When all answers are in, what the provider has taken and the gift cards have paid is what each order costs.
    fn check_books(&self) {
        for order in self.shop.state.orders.values() {
            let by_provider = |operation| self.provider.sum(&order.id, operation);
            let gift: i64 = order
                .movements
                .iter()
                .filter(|m| m.kind == MethodKind::GiftCard)
                .map(|m| if m.direction == Direction::Charge { m.amount_minor } else { -m.amount_minor })
                .sum();
            let taken = by_provider(Operation::Capture) - by_provider(Operation::Refund) + gift;
            assert_eq!(taken, order.captured_minor() - order.refunded_minor(), "{order:#?}");
            let is_unpaid =
                order.movements.iter().any(|m| matches!(m.status, order::MovementStatus::Declined { .. }));
            let has_gone = by_provider(Operation::Authorise) - by_provider(Operation::Void);
            let in_all = by_provider(Operation::Capture) + self.lowered_minor(&order.id);
            assert_eq!(has_gone - in_all, order.set_aside(), "{order:#?}");
            if order.status == OrderStatus::Cancelled {
                assert_eq!(taken, 0, "{order:#?}");
            } else if order.status != OrderStatus::Placed && !is_unpaid && order.set_aside() == 0 {
                assert_eq!(taken, order.total_minor, "{order:#?}");
            }
        }
    }
}

trait SetAside {
    fn set_aside(&self) -> i64;
}

impl SetAside for Order {
    /// What is authorised and will be taken later.
    fn set_aside(&self) -> i64 {
        let waits = self.movements.iter().filter(|m| m.status == order::MovementStatus::Authorised);
        waits.map(|m| m.amount_minor).sum()
    }
}

fn simulate(steps: &[Step], capture: Capture) {
    let mut shop = Shop::new();
    shop.policy.payment.capture = capture;
    let start = shop.state.clone();
    let mut simulation = Simulation { shop, provider: Provider::default(), orders: 0, returns: 0 };
    for step in steps {
        simulation.step(step);
        simulation.check();
    }
    // Who is at the bank's page comes back from it.
    let challenged: Vec<ProviderCommand> = simulation.provider.asked.clone();
    for asked in challenged {
        if asked.operation == Operation::Authorise && simulation.provider.done.contains_key(&asked.key) {
            simulation.answer(&asked, 9);
        }
    }
    simulation.settle();
    simulation.check();
    simulation.check_books();
    let text = serde_json::to_string(&simulation.shop.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&text).unwrap(), simulation.shop.state);
    let mut replayed = start;
    replayed.items = simulation.shop.state.items.clone();
    simulation.shop.journal.iter().for_each(|change| apply(&mut replayed, change));
    assert_eq!(replayed, simulation.shop.state, "the changes alone give the same state");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn money_in_is_money_out_and_stock_is_never_below_zero(steps in steps(), at_shipping in any::<bool>()) {
        simulate(&steps, if at_shipping { Capture::AtShipping } else { Capture::AtOrder });
    }
}

/// Only the type of a tender that a shopper may not make up.
#[test]
fn a_made_up_gift_card_pays_nothing() {
    let mut shop = Shop::new();
    let (method, kind) = (MethodId::parse("gift").unwrap(), MethodKind::GiftCard);
    let token = Tender::Token { method, kind, label: "free money".to_owned() };
    let refusal = shop.place(&shopper("ann"), "1", &[(goods(0), 1)], token).unwrap_err();
    assert_eq!(refusal.code(), "method_not_found");
}

/// What random commands have found.
#[test]
fn a_replaced_payment_goes_back_whatever_else_happens() {
    let place = |goods, method| Step::Place { who: false, goods: vec![goods], method };
    let swap = |from, method| Step::Swap { order: 0, from, to: 0, quantity: 1, method };
    let yes = Step::Answer { which: 0, how: 4 };
    let found = [
        vec![place((0, 1), 2), yes.clone(), Step::Repay(0, 1)],
        vec![place((2, 1), 2), yes, Step::Repay(0, 1), swap(2, 2)],
        vec![place((1, 2), 1), Step::Repay(0, 0), swap(1, 0), Step::Lapse(0)],
    ];
    for steps in found {
        simulate(&steps, Capture::AtOrder);
    }
}
