//! Actions on the cart.

use checkout::Item;
use checkout::cart::CartLine;
use checkout::order::Tender;
use checkout::tool::ToolName;
use serde_json::json;

use super::{Scene, Step, ToolCall, call, goods, say};
use crate::{Action, Reference, Which};

/// Goods that are put into the cart by one word, at most.
const MAX_ALL: usize = 8;

/// Said to a number of pieces that there cannot be.
const HOW_MANY: &str = "How many would you like? One or more.";

pub(super) fn add(what: &Reference, scene: &Scene<'_>) -> Step {
    if what.which == Which::All {
        return add_all(what.quantity, scene);
    }
    match goods::shown(what, scene) {
        Ok(item) => match what.quantity.unwrap_or(1) {
            ..=0 => say(HOW_MANY),
            quantity => variant_call(ToolName::AddToCart, item, quantity.unsigned_abs(), scene),
        },
        Err(step) => step,
    }
}

/// All that was shown, which are so many where that was said.
fn add_all(many: Option<i32>, scene: &Scene<'_>) -> Step {
    let count = scene.shown.len();
    let is_said = many.is_none_or(|many| usize::try_from(many) == Ok(count));
    let each = |place: usize| {
        let which = Which::Place(u32::try_from(place).unwrap_or(u32::MAX), None);
        Action::Add(Reference { which, options: Vec::new(), quantity: None })
    };
    match count {
        0 => Step::Point("Which product do you mean?".to_owned()),
        2..=MAX_ALL if is_said => Step::Instead(Box::new(Action::Each((1..=count).map(each).collect()))),
        1 if is_said => Step::Instead(Box::new(each(1))),
        _ => Step::Point(format!("I have shown you {count}. Which one do you mean?")),
    }
}

/// Something out of the cart: so many pieces of it, where that was said, else all.
pub(super) fn remove(what: &Reference, scene: &Scene<'_>) -> Step {
    let held =
        |item: &&Item| scene.lines.iter().find(|line| line.variant == item.variant).map(|line| line.quantity);
    let left = match (what.quantity, &fitting(what, scene)[..]) {
        (Some(pieces), [item]) => held(item).unwrap_or(0).saturating_sub(pieces.unsigned_abs()),
        _ => 0,
    };
    set(what, i32::try_from(left).unwrap_or(i32::MAX), scene)
}

/// So many of something that is in the cart.
pub(super) fn set(what: &Reference, quantity: i32, scene: &Scene<'_>) -> Step {
    let Ok(quantity) = u32::try_from(quantity) else { return say(HOW_MANY) };
    let fitting = fitting(what, scene);
    match fitting[..] {
        // "Change it to 42" is the size where it comes in 42.
        [item] if version(item, quantity, scene).is_some() => {
            swap_call(item, version(item, quantity, scene).unwrap_or(item), scene)
        }
        [item] => variant_call(ToolName::SetCartQuantity, item, quantity, scene),
        [] if matches!(what.which, Which::Named(_)) => Step::Nothing,
        [] => match (&what.which, in_cart(scene)) {
            (Which::Most(words), goods) if !goods.is_empty() => goods::seek(what, words, goods),
            _ => say("That is not in your cart."),
        },
        _ => {
            let names: Vec<String> = fitting.iter().map(|item| item.name()).collect();
            Step::Point(format!("Which one do you mean: {}?", names.join(" or ")))
        }
    }
}

/// So many more of what was talked about last, if it is in the cart, else of what was put into it last.
pub(super) fn more(quantity: i32, scene: &Scene<'_>) -> Step {
    let Some(quantity) = u32::try_from(quantity).ok().filter(|quantity| *quantity > 0) else {
        return say(HOW_MANY);
    };
    let it = Reference { which: Which::It, options: Vec::new(), quantity: None };
    match fitting(&it, scene).first() {
        Some(item) => variant_call(ToolName::AddToCart, item, quantity, scene),
        None => Step::Nothing,
    }
}

/// Everything out of the cart.
pub(super) fn empty(scene: &Scene<'_>) -> Step {
    if scene.lines.is_empty() {
        return say("Your cart is empty.");
    }
    let out = |line: &CartLine| ToolCall {
        tool: ToolName::SetCartQuantity,
        input: json!({ "cart": scene.cart, "variant": line.variant, "quantity": 0 }),
    };
    Step::Calls(scene.lines.iter().map(out).collect())
}

/// A code that is not to count any more.
pub(super) fn drop_coupon(code: Option<&str>, scene: &Scene<'_>) -> Step {
    let is_it = |known: &&String| code.is_none_or(|code| known.eq_ignore_ascii_case(code));
    let fitting: Vec<&String> = scene.coupons.iter().filter(is_it).collect();
    match fitting[..] {
        [] => say("There is no such code in your cart."),
        [only] => call(ToolName::DropCoupon, json!({ "cart": scene.cart, "code": only })),
        _ => {
            let drop = |code: &&String| ToolCall {
                tool: ToolName::DropCoupon,
                input: json!({ "cart": scene.cart, "code": code }),
            };
            Step::Calls(fitting.iter().map(drop).collect())
        }
    }
}

/// So many of what was talked about last, if it is in the cart; else the number is no action.
pub(super) fn pieces(quantity: i32, scene: &Scene<'_>) -> Step {
    let is_focus = |item: &&Item| Some(&item.product) == scene.focus;
    match in_cart(scene).into_iter().rev().find(is_focus) {
        Some(item) => {
            let it = Reference { which: Which::It, options: Vec::new(), quantity: Some(quantity) };
            match u32::try_from(quantity).ok().and_then(|number| version(item, number, scene)) {
                Some(other) => swap_call(item, other, scene),
                None => set(&it, quantity, scene),
            }
        }
        None => Step::Nothing,
    }
}

/// Another variant of something in the cart; `None` where nothing in it is meant.
pub(super) fn swap(what: &Reference, wanted: &[String], scene: &Scene<'_>) -> Option<Step> {
    let is_meant = match &what.which {
        Which::It => in_cart(scene).iter().any(|item| Some(&item.product) == scene.focus),
        _ => true,
    };
    let fitting = fitting(what, scene);
    let [item] = fitting[..] else { return None };
    if !is_meant || wanted.is_empty() {
        return None;
    }
    Some(match goods::like(item, &others(item, scene), wanted) {
        Ok(other) => swap_call(item, other, scene),
        Err(step) => step,
    })
}

fn in_cart<'a>(scene: &Scene<'a>) -> Vec<&'a Item> {
    let known = scene.shown.iter().flatten().chain(scene.ordered);
    let item = |line: &CartLine| known.clone().find(|item| item.variant == line.variant);
    scene.lines.iter().filter_map(item).collect()
}

/// What of the cart is meant.
fn fitting<'a>(what: &Reference, scene: &Scene<'a>) -> Vec<&'a Item> {
    let in_cart = in_cart(scene);
    let focus = |item: &&Item| Some(&item.product) == scene.focus;
    let fitting: Vec<&Item> = match &what.which {
        Which::Named(name) => in_cart.into_iter().filter(|item| goods::is_item(item, name)).collect(),
        // "The navy one" is the one in navy.
        Which::It if !what.options.is_empty() => in_cart,
        Which::It => {
            let talked = in_cart.iter().rev().copied().find(focus);
            talked.or(in_cart.last().copied()).into_iter().collect()
        }
        Which::Place(place, name) => goods::nth(of_name(in_cart, name), *place).into_iter().collect(),
        Which::Last(name) => of_name(in_cart, name).into_iter().rev().take(1).collect(),
        Which::All => in_cart,
        Which::Most(_) => Vec::new(),
    };
    fitting.into_iter().filter(|item| goods::has_all(item, &what.options)).collect()
}

/// Those of a name, where one was said.
fn of_name<'a>(items: Vec<&'a Item>, name: &Option<String>) -> Vec<&'a Item> {
    let fits = |item: &&Item| name.as_ref().is_none_or(|name| goods::is_item(item, name));
    items.into_iter().filter(fits).collect()
}

/// All variants of the product of an item.
fn others<'a>(item: &Item, scene: &Scene<'a>) -> Vec<&'a Item> {
    let mut known: Vec<&Item> = Vec::new();
    for other in scene.shown.iter().flatten().chain(scene.ordered) {
        if other.product == item.product && !known.iter().any(|item| item.variant == other.variant) {
            known.push(other);
        }
    }
    known
}

/// The other variant that this number is an option of, where there is exactly one like that.
fn version<'a>(item: &Item, number: u32, scene: &Scene<'a>) -> Option<&'a Item> {
    let wanted = [number.to_string()];
    let all = others(item, scene);
    let other = goods::like(item, &all, &wanted).ok()?;
    (other.variant != item.variant && goods::has_all(other, &wanted)).then_some(other)
}

fn swap_call(item: &Item, to: &Item, scene: &Scene<'_>) -> Step {
    call(ToolName::SwapInCart, json!({ "cart": scene.cart, "variant": item.variant, "to": to.variant }))
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
