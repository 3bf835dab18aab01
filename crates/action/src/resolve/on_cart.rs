//! Actions on the cart.

use checkout::Item;
use checkout::order::Tender;
use checkout::tool::ToolName;
use serde_json::json;

use super::{Scene, Step, call, goods, say};
use crate::{Reference, Which};

/// Said to a number of pieces that there cannot be.
const HOW_MANY: &str = "How many would you like? One or more.";

pub(super) fn add(what: &Reference, scene: &Scene<'_>) -> Step {
    match goods::shown(what, scene) {
        Ok(item) => match what.quantity.unwrap_or(1) {
            ..=0 => say(HOW_MANY),
            quantity => variant_call(ToolName::AddToCart, item, quantity.unsigned_abs(), scene),
        },
        Err(step) => step,
    }
}

/// So many of something that is in the cart.
pub(super) fn set(what: &Reference, quantity: i32, scene: &Scene<'_>) -> Step {
    let Ok(quantity) = u32::try_from(quantity) else { return say(HOW_MANY) };
    let known = scene.shown.iter().flatten().chain(scene.ordered);
    let in_cart: Vec<&Item> = scene
        .lines
        .iter()
        .filter_map(|line| known.clone().find(|item| item.variant == line.variant))
        .collect();
    let fitting: Vec<&Item> = match &what.which {
        Which::Named(name) => {
            in_cart.into_iter().filter(|item| goods::is_called(&item.title, name)).collect()
        }
        Which::It => in_cart.into_iter().rev().take(1).collect(),
        Which::Place(place, _) => goods::nth(in_cart, *place).into_iter().collect(),
        Which::Last(_) => in_cart.into_iter().rev().take(1).collect(),
    };
    let fitting: Vec<&Item> =
        fitting.into_iter().filter(|item| goods::has_all(item, &what.options)).collect();
    match fitting[..] {
        [item] => variant_call(ToolName::SetCartQuantity, item, quantity, scene),
        [] if matches!(what.which, Which::Named(_)) => Step::Nothing,
        [] => say("That is not in your cart."),
        _ => {
            let names: Vec<String> = fitting.iter().map(|item| item.name()).collect();
            say(format!("Which one do you mean: {}?", names.join(" or ")))
        }
    }
}

pub(super) fn coupon(code: &str, scene: &Scene<'_>) -> Step {
    if scene.lines.is_empty() {
        return say("Your cart is empty.");
    }
    call(ToolName::AddCoupon, json!({ "cart": scene.cart, "code": code }))
}

pub(super) fn show(scene: &Scene<'_>) -> Step {
    call(ToolName::ShowCart, json!({ "cart": scene.cart }))
}

/// Places the order with the way to pay that was used last. A page asks for what is missing.
pub(super) fn place(scene: &Scene<'_>) -> Step {
    if scene.lines.is_empty() {
        return say("Your cart is empty.");
    }
    let last = scene.orders.iter().find_map(|order| order.original_method());
    match last.filter(|_| scene.shopper.is_some()) {
        Some(method) => {
            let pay_with = Tender::Saved(method.clone());
            call(ToolName::PlaceOrder, json!({ "cart": scene.cart, "pay_with": pay_with }))
        }
        None => show(scene),
    }
}

fn variant_call(tool: ToolName, item: &Item, quantity: u32, scene: &Scene<'_>) -> Step {
    call(tool, json!({ "cart": scene.cart, "variant": item.variant, "quantity": quantity }))
}
