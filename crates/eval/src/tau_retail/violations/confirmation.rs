//! Actions without a yes, with a yes to something else, and with a yes to what was true before.

use checkout::{Command, Confirmation, Key, OrderStatus, Request, State, apply, decide, preview};

use super::super::replay::now;
use super::{Ground, cancel, change_items, move_to, original, send_back};

pub(super) fn attempts(ground: &mut Ground<'_>) {
    let mut all: Vec<(checkout::Actor, Command)> = Vec::new();
    for order in ground.orders(OrderStatus::Paid) {
        let (owner, _) = ground.owner(order);
        all.push((owner.clone(), cancel(order, "no longer needed")));
        all.push((owner, move_to(order, "1 Elsewhere Street")));
    }
    for order in ground.orders(OrderStatus::Delivered) {
        let (owner, _) = ground.owner(order);
        all.push((owner, send_back(order, &order.lines[0].item.variant, 1, &original(order), "r")));
    }
    for (place, (actor, command)) in all.iter().enumerate() {
        let request = request(actor, command, None);
        let outcome = decide(ground.state, ground.policy, &request);
        ground.note("no yes", "confirmation_missing", command, outcome);
        // A yes that was given to the next person's action.
        let (other_actor, other) = &all[(place + 1) % all.len()];
        let other = preview(ground.state, ground.policy, &self::request(other_actor, other, None));
        let digest = other.map(|summary| summary.digest).unwrap_or_default();
        let outcome = decide(ground.state, ground.policy, &self::request(actor, command, Some(digest)));
        ground.note("a yes to something else", "summary_outdated", command, outcome);
    }
    outdated(ground);
}

/// A price that changes between the summary and the yes.
fn outdated(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (actor, _) = ground.owner(order);
        let Some(other) = ground.sibling(order, 0) else { continue };
        let command = change_items(order, &order.lines[0].item.variant, &other, &original(order));
        let Ok(summary) = preview(ground.state, ground.policy, &request(&actor, &command, None)) else {
            continue;
        };
        let mut state: State = ground.small(&actor);
        if let Some(price) = state.items.get_mut(&other).and_then(|item| item.price.as_mut()) {
            price.amount_minor -= 1;
        }
        let outcome = decide(&state, ground.policy, &request(&actor, &command, Some(summary.digest)));
        for change in outcome.iter().flatten() {
            apply(&mut state, change);
        }
        ground.note("a yes to what is no longer so", "summary_outdated", &command, outcome);
    }
}

fn request(actor: &checkout::Actor, command: &Command, digest: Option<String>) -> Request {
    Request {
        key: Key::parse("attempt").expect("a short text"),
        actor: actor.clone(),
        at: now(),
        command: command.clone(),
        confirmation: digest.map(|digest| Confirmation { digest }),
    }
}
