//! Other people's orders and profiles, orders that do not exist, people who are not known, tools that are not theirs.

use checkout::order::OrderCommand;
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand};
use checkout::shopper::ProfileCommand;
use checkout::{Actor, Command, Key, OrderId, OrderProof, OrderStatus, PersonProof, identify};

use super::super::replay::nobody;
use super::{Attempt, Ground, cancel, change_items, exchange, move_to, on, original, pay_with, send_back};

pub(super) fn attempts(ground: &mut Ground<'_>) {
    foreign_orders(ground);
    unknown_orders(ground);
    guests(ground);
    profiles(ground);
    proofs(ground);
    tools_of_the_shop(ground);
}

fn foreign_orders(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (stranger, other) = ground.stranger(order);
        let method = other.methods.keys().next().cloned().unwrap_or_else(|| original(order));
        let item = &order.lines[0].item.variant;
        let commands = [
            cancel(order, "no longer needed"),
            move_to(order, "1 Elsewhere Street"),
            pay_with(order, &method),
            change_items(order, item, item, &method),
        ];
        for command in &commands {
            ground.attempt("another person's order", "order_not_found", &stranger, command);
        }
    }
    for order in ground.orders(OrderStatus::Delivered) {
        let (stranger, _) = ground.stranger(order);
        let (item, method) = (&order.lines[0].item.variant, original(order));
        for command in [send_back(order, item, 1, &method, "r"), exchange(order, item, item, &method, "r")] {
            ground.attempt("another person's order", "order_not_found", &stranger, &command);
        }
    }
}

fn unknown_orders(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (owner, _) = ground.owner(order);
        let unknown = OrderId::parse(&format!("{}0", order.id)).expect("a short text");
        let command = on(
            &unknown,
            OrderCommand::Cancel { reason: Some("no longer needed".to_owned()), also: Vec::new() },
        );
        ground.attempt("an order that does not exist", "order_not_found", &owner, &command);
    }
}

fn guests(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let command = cancel(order, "no longer needed");
        ground.attempt("nobody has said who they are", "order_not_found", &nobody(), &command);
        let Actor::Guest { session, .. } = nobody() else { continue };
        let who = PersonProof::Email(order.contact.email.clone());
        let proof = Some(OrderProof { order: order.id.clone(), who });
        let guest = Actor::Guest { session, proof };
        ground.attempt("a proof that the rules do not take", "order_not_found", &guest, &command);
    }
}

fn profiles(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (stranger, _) = ground.stranger(order);
        let (_, owner) = ground.owner(order);
        let address = order.address.clone();
        let command = Command::Profile(ProfileCommand::ChangeAddress { shopper: owner.id.clone(), address });
        ground.attempt("another person's profile", "shopper_not_found", &stranger, &command);
    }
}

fn proofs(ground: &mut Ground<'_>) {
    let people: Vec<_> = ground.state.shoppers.values().take(super::MOST).collect();
    for person in people {
        let postcode = person.address.as_ref().map_or("", |address| address.postcode.as_str());
        let wrong = [
            PersonProof::Email(format!("x{}", person.email)),
            PersonProof::NameAndPostcode { name: person.name.clone(), postcode: format!("{postcode}9") },
            PersonProof::NameAndPostcode { name: String::new(), postcode: postcode.to_owned() },
        ];
        for proof in wrong {
            let refusal = identify(ground.state, ground.policy, &proof).err();
            let (kind, expected) = ("details that fit nobody", "shopper_not_found");
            ground.attempts.push(Attempt { kind, what: format!("{proof:?}"), expected, refusal });
        }
    }
}

fn tools_of_the_shop(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (owner, _) = ground.owner(order);
        let ship = OrderCommand::Ship {
            items: Vec::new(),
            carrier: "a friend".to_owned(),
            tracking: "1".to_owned(),
        };
        let answer = PaymentCommand::Answer {
            movement: Key::parse("payment").expect("a short text"),
            operation: Operation::Refund,
            answer: PaymentAnswer::Succeeded,
        };
        let answer = Command::Payment { order: order.id.clone(), command: answer };
        for command in [on(&order.id, ship), on(&order.id, OrderCommand::Deliver), answer] {
            ground.attempt("what only the shop may do", "staff_only", &owner, &command);
        }
    }
}
