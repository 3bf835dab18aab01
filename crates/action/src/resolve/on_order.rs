//! Actions on orders: how far they are, calling them off, sending things back.

use checkout::tool::ToolName;
use checkout::{Item, Order, OrderLine, OrderStatus};
use serde_json::json;

use super::{Scene, Step, ToolCall, call, goods, reason, say};
use crate::{OrderReference, Reference, Which};

/// Orders of a guest that are shown together at most.
const MAX_SHOWN: usize = 3;

pub(super) fn list(scene: &Scene<'_>) -> Step {
    match scene.shopper {
        Some(shopper) => call(ToolName::ListOrders, json!({ "shopper": shopper })),
        // What they placed here, or have proved.
        None if !scene.orders.is_empty() => {
            let one =
                |order: &Order| ToolCall { tool: ToolName::ShowOrder, input: json!({ "order": order.id }) };
            Step::Calls(scene.orders.iter().take(MAX_SHOWN).map(one).collect())
        }
        None => unknown(),
    }
}

pub(super) fn show(order: &OrderReference, scene: &Scene<'_>) -> Step {
    match find(order, scene, |_| true) {
        Ok(order) => call(ToolName::ShowOrder, json!({ "order": order.id })),
        Err(step) => step,
    }
}

pub(super) fn cancel(order: &OrderReference, scene: &Scene<'_>) -> Step {
    match find(order, scene, |order| matches!(order.status, OrderStatus::Placed | OrderStatus::Paid)) {
        Ok(order) => call(ToolName::CancelOrder, json!({ "order": order.id })),
        Err(step) => step,
    }
}

pub(super) fn give_back(
    (what, order): (&Reference, Option<&OrderReference>),
    reason: Option<&str>,
    scene: &Scene<'_>,
) -> Step {
    let (order, line) = match ordered(what, order, scene) {
        Ok(found) => found,
        Err(step) => return step,
    };
    let Some(method) = order.original_method() else { return say("Nothing was paid for that order.") };
    let quantity = match pieces(what) {
        Ok(quantity) => quantity,
        Err(step) => return step,
    };
    let input = json!({
        "order": order.id,
        "items": [{ "variant": line.item.variant, "quantity": quantity }],
        "refund_to": method,
        "reason": reason::of_policy(reason, scene),
    });
    call(ToolName::ReturnItems, input)
}

pub(super) fn exchange(
    (what, order): (&Reference, Option<&OrderReference>),
    wanted: &[String],
    reason: Option<&str>,
    scene: &Scene<'_>,
) -> Step {
    let (order, line) = match ordered(what, order, scene) {
        Ok(found) => found,
        Err(step) => return step,
    };
    let others: Vec<&Item> = scene.ordered.iter().filter(|item| item.product == line.item.product).collect();
    let to = match goods::like(&line.item, &others, wanted) {
        Ok(item) => item.variant.clone(),
        Err(step) => return step,
    };
    let Some(method) = order.original_method() else { return say("Nothing was paid for that order.") };
    let quantity = match pieces(what) {
        Ok(quantity) => quantity,
        Err(step) => return step,
    };
    if matches!(order.status, OrderStatus::Placed | OrderStatus::Paid) {
        // What has not left is changed and need not come back.
        let swaps = json!([{ "variant": line.item.variant, "to": to, "quantity": quantity }]);
        let input = json!({ "order": order.id, "swaps": swaps, "settle_with": method });
        return call(ToolName::ChangeOrderItems, input);
    }
    let input = json!({
        "order": order.id,
        "items": [{ "variant": line.item.variant, "to": to, "quantity": quantity }],
        "settle_with": method,
        "reason": reason::of_policy(reason, scene),
    });
    call(ToolName::ExchangeItems, input)
}

/// Sends an order elsewhere.
pub(super) fn readdress(order: &OrderReference, to: Option<&str>, scene: &Scene<'_>) -> Step {
    match find(order, scene, |order| matches!(order.status, OrderStatus::Placed | OrderStatus::Paid)) {
        Ok(order) => Step::Readdress { order: order.id.clone(), to: to.map(str::to_owned) },
        Err(step) => step,
    }
}

/// The order that is meant, if it is the shopper's. Where none is named: the one talked about, else the newest that `fits`,
/// else the newest.
pub(super) fn find<'a>(
    order: &OrderReference,
    scene: &Scene<'a>,
    fits: impl Fn(&Order) -> bool,
) -> Result<&'a Order, Step> {
    let bare = |id: &str| id.trim_start_matches('#').to_lowercase();
    let found = match order {
        OrderReference::Number(number) => {
            let is_it = |known: &&Order| bare(known.id.as_str()) == bare(number);
            let found = scene.orders.iter().find(is_it);
            return found.ok_or_else(|| say(format!("I find no order {number} of yours.")));
        }
        OrderReference::Mine | OrderReference::It => {
            let talked = scene.orders.iter().find(|known| Some(&known.id) == scene.order);
            talked.or_else(|| scene.orders.iter().find(|known| fits(known))).or(scene.orders.first())
        }
    };
    found.ok_or_else(unknown)
}

/// The line of an order that is meant, newest order first: of what was delivered, else of what is on its way.
fn ordered<'a>(
    what: &Reference,
    named: Option<&OrderReference>,
    scene: &Scene<'a>,
) -> Result<(&'a Order, &'a OrderLine), Step> {
    let named = named.map(|order| find(order, scene, |_| true)).transpose()?;
    let is_named = |order: &&Order| named.is_none_or(|named| named.id == order.id);
    let is_delivered = |order: &&Order| order.status == OrderStatus::Delivered;
    let delivered = scene.orders.iter().filter(is_delivered);
    let rest =
        scene.orders.iter().filter(|order| !is_delivered(order) && order.status != OrderStatus::Cancelled);
    for order in delivered.chain(rest).filter(is_named) {
        let is_talked_about = named.is_some() || scene.order.is_none_or(|id| *id == order.id);
        let lines: Vec<&OrderLine> = order.lines.iter().filter(|line| line.kept() > 0).collect();
        let fitting: Vec<&OrderLine> = match &what.which {
            Which::Named(name) | Which::Most(name) => called(lines, name),
            Which::Place(place, Some(name)) => goods::nth(called(lines, name), *place).into_iter().collect(),
            Which::Last(Some(name)) => called(lines, name).into_iter().rev().take(1).collect(),
            _ if !is_talked_about => Vec::new(),
            Which::It => {
                match scene.focus.filter(|focus| lines.iter().any(|line| line.item.product == **focus)) {
                    Some(focus) => lines.into_iter().filter(|line| line.item.product == *focus).collect(),
                    None => lines,
                }
            }
            Which::Place(place, None) => goods::nth(lines, *place).into_iter().collect(),
            Which::Last(None) => lines.into_iter().rev().take(1).collect(),
        };
        let fitting: Vec<&OrderLine> =
            fitting.into_iter().filter(|line| goods::has_all(&line.item, &what.options)).collect();
        match fitting[..] {
            [only] => return Ok((order, only)),
            [] => {}
            _ => {
                let names: Vec<String> = fitting.iter().map(|line| line.item.name()).collect();
                return Err(Step::Point(format!("Which one do you mean: {}?", names.join(" or "))));
            }
        }
    }
    Err(match &what.which {
        Which::Named(_) if !scene.orders.is_empty() => Step::Nothing,
        _ if scene.orders.is_empty() => unknown(),
        _ => say("Which item do you mean?"),
    })
}

fn called<'a>(lines: Vec<&'a OrderLine>, name: &str) -> Vec<&'a OrderLine> {
    lines.into_iter().filter(|line| goods::is_item(&line.item, name)).collect()
}

/// How many pieces are meant.
fn pieces(what: &Reference) -> Result<u32, Step> {
    let quantity = u32::try_from(what.quantity.unwrap_or(1)).ok().filter(|quantity| *quantity > 0);
    quantity.ok_or_else(|| say("How many do you mean? One or more."))
}

fn unknown() -> Step {
    say("I do not see an order of yours. Sign in, or tell me its number and your e-mail address.")
}
