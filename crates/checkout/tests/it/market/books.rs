//! What must hold of the books, whatever broke: against the provider's accounts, the shelf, and what the session had a yes
//! for.

use checkout::order::{Direction, Movement, MovementStatus, OrderChange};
use checkout::payment::{Operation, outstanding};
use checkout::tool::ToolName;
use checkout::*;

use super::Market;
use crate::shop::shopper;

/// What each gift card held at first.
const GIFT_CARD_MINOR: i64 = 20_000;

impl Market {
    /// What must hold after each request.
    pub(crate) fn check(&mut self) {
        let mut faults = Vec::new();
        for (variant, level) in &self.state.stock {
            let promised = level.promised();
            if promised > level.on_hand {
                faults.push(format!("{variant}: {promised} promised of {}", level.on_hand));
            }
        }
        for order in self.state.orders.values() {
            let (taken, back) = (order.captured_minor(), order.refunded_minor());
            if back > taken {
                faults.push(format!("{}: {back} goes back of {taken}", order.id));
            }
            if self.provider.sum(&order.id, Operation::Refund)
                > self.provider.sum(&order.id, Operation::Capture) + gift(order)
            {
                faults.push(format!("{}: the provider paid back more than was paid", order.id));
            }
            if order.total_minor < 0 {
                faults.push(format!("{} costs {}", order.id, order.total_minor));
            }
            for line in &order.lines {
                if line.returned > line.quantity || line.shipped > line.quantity {
                    faults.push(format!("{}: more left or came back than was ordered", order.id));
                }
            }
        }
        for (id, shopper) in &self.state.shoppers {
            if shopper.methods.values().any(|method| method.balance_minor.is_some_and(|minor| minor < 0)) {
                faults.push(format!("the gift card of {id} holds less than nothing"));
            }
        }
        self.faults.extend(faults);
    }

    /// What must hold when all answers are in.
    pub(crate) fn check_at_end(&mut self) {
        self.check();
        let mut faults = Vec::new();
        for asked in outstanding(&self.state) {
            faults.push(format!("the provider is still asked to {:?} for {}", asked.operation, asked.order));
        }
        self.check_goods(&mut faults);
        self.check_money(&mut faults);
        self.check_yeses(&mut faults);
        let mut replayed = State { items: self.state.items.clone(), ..self.began.clone() };
        self.changes.iter().for_each(|change| apply(&mut replayed, change));
        if replayed != self.state {
            faults.push("the changes alone give another state".to_owned());
        }
        self.faults.extend(faults);
    }

    /// What is in the house is what the books say, and nothing is held for what nobody waits for.
    fn check_goods(&self, faults: &mut Vec<String>) {
        for (variant, level) in &self.state.stock {
            let there = self.shelf.get(variant).copied().unwrap_or_default();
            if there < 0 || i64::from(level.on_hand) != there {
                faults.push(format!("{variant}: {} in the books, {there} on the shelf", level.on_hand));
            }
            let orders = self
                .state
                .orders
                .values()
                .filter(|order| !matches!(order.status, OrderStatus::Placed | OrderStatus::Cancelled));
            let lines = orders.flat_map(|order| &order.lines).filter(|line| line.item.variant == *variant);
            let waited: u32 = lines.map(|line| line.quantity - line.shipped).sum();
            let exchanges = self.state.returns.values().filter(|known| known.is_open() && !known.is_settled);
            let wanted = exchanges.filter_map(|known| match &known.kind {
                returns::ReturnKind::Exchange { lines, .. } => Some(lines),
                returns::ReturnKind::Refund { .. } => None,
            });
            let of_variant = wanted.flatten().filter(|line| line.item.variant == *variant);
            let waited = waited + of_variant.map(|line| line.quantity).sum::<u32>();
            if level.promised() != waited {
                faults.push(format!("{variant}: {} promised, {waited} waited for", level.promised()));
            }
        }
    }

    /// What shoppers paid is what orders cost and what went back.
    fn check_money(&self, faults: &mut Vec<String>) {
        let orders = self.state.orders.values();
        let kept: i64 = orders.clone().map(|order| order.captured_minor() - order.refunded_minor()).sum();
        let gift_cards: i64 = orders.clone().map(gift).sum();
        let balances = self.state.shoppers.values().flat_map(|shopper| shopper.methods.values());
        let balances: i64 =
            balances.filter_map(|method| method.balance_minor.map(|left| GIFT_CARD_MINOR - left)).sum();
        if balances != gift_cards || self.provider.taken() + balances != kept {
            let taken = self.provider.taken();
            faults.push(format!("{taken} and {balances} of gift cards were paid, the orders hold {kept}"));
        }
        for order in orders {
            let by_provider = |operation| self.provider.sum(&order.id, operation);
            let taken = by_provider(Operation::Capture) - by_provider(Operation::Refund) + gift(order);
            if taken != order.captured_minor() - order.refunded_minor() {
                faults.push(format!("{}: {taken} was taken and its books say otherwise", order.id));
            }
            let let_go = by_provider(Operation::Authorise) - by_provider(Operation::Void);
            let used = by_provider(Operation::Capture) + self.lowered_minor(&order.id) + set_aside(order);
            if let_go != used {
                faults.push(format!("{}: {let_go} set aside, {used} accounted for", order.id));
            }
            let is_unpaid =
                order.movements.iter().any(|m| matches!(m.status, MovementStatus::Declined { .. }));
            let costs = match order.status {
                OrderStatus::Cancelled => 0,
                OrderStatus::Placed => continue,
                _ if is_unpaid || set_aside(order) > 0 => continue,
                _ => order.total_minor,
            };
            if taken != costs {
                faults.push(format!("{} ({:?}) costs {costs}, {taken} was taken", order.id, order.status));
            }
        }
    }

    /// Each order and each return of the session's has its one yes.
    fn check_yeses(&self, faults: &mut Vec<String>) {
        let (ann, began) = (shopper("ann"), |tools: &[ToolName]| {
            self.carried.values().filter(|tool| tools.contains(tool)).count()
        });
        let own = self.state.orders.values().filter(|order| ann.is_owner(&order.owner)).count();
        // Two orders and a return are from before.
        let (yeses, orders) = (began(&[ToolName::PlaceOrder]), own - 2);
        if yeses != orders {
            faults.push(format!("{yeses} yeses for {orders} orders"));
        }
        let (yeses, returns) =
            (began(&[ToolName::ReturnItems, ToolName::ExchangeItems]), self.state.returns.len() - 1);
        if yeses != returns {
            faults.push(format!("{yeses} yeses for {returns} returns"));
        }
    }

    /// What was set aside and is neither taken nor let go of by a command: less of it is taken.
    fn lowered_minor(&self, id: &OrderId) -> i64 {
        let lowered = self.changes.iter().filter_map(|change| match change {
            Change::Order { order, change: OrderChange::ChargeLowered { by_minor, .. } } if order == id => {
                Some(*by_minor)
            }
            _ => None,
        });
        lowered.sum()
    }
}

/// What gift cards have paid for an order.
fn gift(order: &Order) -> i64 {
    let of_cards = order.movements.iter().filter(|m| m.kind == MethodKind::GiftCard);
    of_cards.map(signed).sum()
}

fn signed(movement: &Movement) -> i64 {
    match movement.direction {
        Direction::Charge => movement.amount_minor,
        Direction::Refund => -movement.amount_minor,
    }
}

/// What is authorised and will be taken later.
fn set_aside(order: &Order) -> i64 {
    let waits = order.movements.iter().filter(|m| m.status == MovementStatus::Authorised);
    waits.map(|m| m.amount_minor).sum()
}
