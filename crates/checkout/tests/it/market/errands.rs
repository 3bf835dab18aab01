//! What goes on in the shop by itself: the worker that asks the provider, parcels, returned goods, another shopper, prices.

use agent::sim::Random;
use checkout::order::{OrderCommand, Pick};
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand, ProviderCommand, outstanding};
use checkout::returns::{ItemCondition, ReturnCommand};
use checkout::stock::StockCommand;
use checkout::*;
use commerce::VariantId;

use super::provider::Mood;
use super::{Market, Mischief, wants};
use crate::shop::{order_id, saved, shopper, usd};

impl Market {
    pub(crate) fn errands(&mut self, is_calm: bool, random: &mut Random) {
        let mood = match self.mischief {
            Mischief::ProviderForgets => Mood::Forgetful,
            _ if is_calm => Mood::Calm,
            _ => Mood::Moody,
        };
        self.pass_on(mood, random);
        self.send_parcels(random);
        self.take_returns(random);
        if random.percent(30) {
            self.somebody_else(random);
        }
        if random.percent(8) {
            let goods = wants::goods(random);
            if let Some(item) = self.state.items.get_mut(&goods) {
                item.price = Some(usd(200 + random.below(5_000) as i64));
            }
        }
        if random.percent(5) {
            let (variant, quantity) = (wants::goods(random), 1 + random.below(2) as u32);
            if let Some(pieces) = self.shelf.get_mut(&variant) {
                *pieces += i64::from(quantity);
                self.staff(Command::Stock(StockCommand::Receive { variant, quantity })).unwrap();
            }
        }
    }

    /// Asks the provider all that is outstanding, and takes late answers in, some of them twice.
    fn pass_on(&mut self, mood: Mood, random: &mut Random) {
        for asked in outstanding(&self.state) {
            for answer in self.provider.ask(&asked, mood, random) {
                self.note(&asked, answer);
            }
        }
        if !self.provider.late.is_empty() && (mood == Mood::Calm || random.percent(50)) {
            let place = random.below(self.provider.late.len() as u64) as usize;
            let (asked, answer) = self.provider.late.swap_remove(place);
            for _ in 0..1 + u64::from(random.percent(20)) {
                self.note(&asked, answer.clone());
            }
        }
    }

    fn note(&mut self, asked: &ProviderCommand, answer: PaymentAnswer) {
        let is_lied_about =
            self.mischief == Mischief::RefundNotRecorded && asked.operation == Operation::Refund;
        let answer = match answer {
            PaymentAnswer::Succeeded if is_lied_about => {
                PaymentAnswer::Declined { reason: "who knows".to_owned() }
            }
            answer => answer,
        };
        let (movement, operation) = (asked.movement.clone(), asked.operation);
        let command = PaymentCommand::Answer { movement, operation, answer };
        let noted = self.run(&Actor::System, Command::Payment { order: asked.order.clone(), command });
        if let Err(refusal) = noted {
            self.faults.insert(format!("an answer of the provider is refused: {refusal}"));
        }
    }

    /// The provider answers until it is asked nothing more.
    pub(crate) fn settle(&mut self, random: &mut Random) {
        for _ in 0..40 {
            let late = std::mem::take(&mut self.provider.late);
            late.into_iter().for_each(|(asked, answer)| self.note(&asked, answer));
            self.pass_on(Mood::Calm, random);
        }
    }

    fn send_parcels(&mut self, random: &mut Random) {
        let orders: Vec<(OrderId, OrderStatus)> =
            self.state.orders.values().map(|order| (order.id.clone(), order.status)).collect();
        for (order, status) in orders {
            let is_late = random.percent(5);
            match status {
                OrderStatus::Placed if is_late => {
                    let _ = self.staff(Command::Order { order, command: OrderCommand::Lapse });
                }
                OrderStatus::Paid | OrderStatus::PartlyShipped | OrderStatus::Delivered
                    if random.percent(15) =>
                {
                    self.pack(&order, random.percent(70));
                }
                OrderStatus::PartlyShipped | OrderStatus::Shipped if random.percent(40) => {
                    let _ = self.staff(Command::Order { order, command: OrderCommand::Deliver });
                }
                _ => {}
            }
        }
    }

    /// Packs what has not left of an order, or one piece of it. What is in the parcel is gone from the shelf.
    pub(crate) fn pack(&mut self, order: &OrderId, whole: bool) {
        let lines = self.state.orders[order].lines.iter().filter(|line| line.shipped < line.quantity);
        let mut items: Vec<Pick> = Vec::new();
        for line in lines {
            let (variant, quantity) = (line.item.variant.clone(), line.quantity - line.shipped);
            match items.iter_mut().find(|pick| pick.variant == variant) {
                Some(pick) => pick.quantity += quantity,
                None => items.push(Pick { variant, quantity }),
            }
        }
        if !whole {
            items.truncate(1);
            items.iter_mut().for_each(|pick| pick.quantity = 1);
        }
        let Some(first) = items.first() else { return };
        let tracking = format!("T {}", first.quantity);
        let command = OrderCommand::Ship { items: items.clone(), carrier: "Post".to_owned(), tracking };
        if self.staff(Command::Order { order: order.clone(), command }).is_ok() {
            items.iter().for_each(|pick| self.reach(&pick.variant, -i64::from(pick.quantity)));
        }
    }

    fn reach(&mut self, variant: &VariantId, by: i64) {
        if let Some(pieces) = self.shelf.get_mut(variant) {
            *pieces += by;
        }
    }

    fn take_returns(&mut self, random: &mut Random) {
        let open = self.state.returns.iter().filter(|(_, known)| known.is_open());
        let open: Vec<(ReturnId, Return)> = open.map(|(id, known)| (id.clone(), known.clone())).collect();
        for (id, known) in open {
            if random.percent(80) {
                continue;
            }
            let restock = random.percent(70);
            let command = match random.below(10) {
                0 => ReturnCommand::Reject,
                1 => ReturnCommand::SendLabel { carrier: "Post".to_owned(), tracking: "L".to_owned() },
                _ => ReturnCommand::Receive { restock },
            };
            let is_received = matches!(command, ReturnCommand::Receive { .. });
            let variants: Vec<_> = known
                .items
                .iter()
                .filter(|item| item.condition != Some(ItemCondition::Defective))
                .filter_map(|item| {
                    let line = self.state.orders[&known.order].line(item.number)?;
                    Some((line.item.variant.clone(), i64::from(item.quantity)))
                })
                .collect();
            let is_done = self.staff(Command::Return { id, command }).is_ok();
            if is_done && is_received && restock {
                variants.iter().for_each(|(variant, pieces)| self.reach(variant, *pieces));
            }
        }
    }

    /// Another shopper wants the same goods.
    fn somebody_else(&mut self, random: &mut Random) {
        let bob = shopper("bob");
        let own = self.state.orders.values().filter(|order| bob.is_owner(&order.owner));
        let own: Vec<OrderId> = own.map(|order| order.id.clone()).collect();
        if random.percent(40) {
            let order = own[random.below(own.len() as u64) as usize].clone();
            let _ = self.run(
                &bob,
                Command::Order { order, command: OrderCommand::Cancel { reason: None, also: Vec::new() } },
            );
            return;
        }
        let goods = [(wants::goods(random), 1 + random.below(3) as u32)];
        let name = format!("b{}", own.len() + 1 + self.requests as usize);
        if self.state.orders.contains_key(&order_id(&name)) {
            return;
        }
        let with = if random.percent(30) { "gift" } else { "card" };
        let _ = self.buy(&bob, &name, &goods, saved(with));
    }
}
