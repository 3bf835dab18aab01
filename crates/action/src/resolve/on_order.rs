//! Actions on orders: how far they are, calling them off, sending things back.

use checkout::tool::ToolName;
use checkout::{Item, ItemCondition, Order, OrderLine, OrderStatus};
use serde_json::{Value, json};

use super::{Scene, Step, Subject, ToolCall, call, goods, on_cart, reason, refund, say};
use crate::{Action, OrderReference, Reference, Which, condition, condition_of};

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
        None => unknown(scene),
    }
}

pub(super) fn show(order: &OrderReference, scene: &Scene<'_>) -> Step {
    match find(order, scene, |_| true) {
        Ok(order) => call(ToolName::ShowOrder, json!({ "order": order.id })),
        Err(step) => step,
    }
}

pub(super) fn cancel(order: &OrderReference, scene: &Scene<'_>) -> Step {
    match order {
        OrderReference::All | OrderReference::These(None) => cancel_these(&undelivered(scene), scene),
        OrderReference::SoMany(many) | OrderReference::These(Some(many)) => cancel_many(*many, scene),
        OrderReference::Newest(many) => {
            let newest = scene.orders.iter().filter(|order| order.status != OrderStatus::Cancelled);
            cancel_these(&newest.take(*many as usize).collect::<Vec<_>>(), scene)
        }
        OrderReference::Numbers(numbers) => {
            let named = numbers.iter().map(|number| {
                let number = OrderReference::Number(number.clone());
                find(&number, scene, |_| true)
            });
            match named.collect::<Result<Vec<_>, _>>() {
                Ok(orders) => cancel_these(&orders, scene),
                Err(step) => step,
            }
        }
        order => match find(order, scene, is_open) {
            Ok(order) => cancel_call(order),
            Err(step) => step,
        },
    }
}

/// Orders that are not there yet: those that can be called off, and after them those on their way, of which the books say that
/// they cannot.
fn undelivered<'a>(scene: &Scene<'a>) -> Vec<&'a Order> {
    let is_coming =
        |order: &&Order| matches!(order.status, OrderStatus::PartlyShipped | OrderStatus::Shipped);
    let open = scene.orders.iter().filter(|order| is_open(order));
    open.chain(scene.orders.iter().filter(is_coming)).collect()
}

/// So many orders, where there are so many that can be called off, or that are not there yet; else asks which.
fn cancel_many(many: u32, scene: &Scene<'_>) -> Step {
    let all = undelivered(scene);
    let open = all.iter().take_while(|order| is_open(order)).count();
    match many as usize {
        many if many == open || all.len() < 2 => cancel_these(&all[..open.max(1).min(all.len())], scene),
        many if many == all.len() => cancel_these(&all, scene),
        _ => say(format!("Which orders do you mean: {}? Tell me their numbers.", numbers(&all))),
    }
}

/// These orders by one yes, those first that can be called off.
fn cancel_these(orders: &[&Order], scene: &Scene<'_>) -> Step {
    match orders {
        [] => scene.orders.first().map_or_else(|| unknown(scene), cancel_call),
        [only] => cancel_call(only),
        [first, also @ ..] => {
            let also: Vec<_> = also.iter().map(|order| &order.id).collect();
            call(ToolName::CancelOrder, json!({ "order": first.id, "also": also }))
        }
    }
}

/// Whether an order has not left yet.
pub(super) fn is_open(order: &Order) -> bool {
    matches!(order.status, OrderStatus::Placed | OrderStatus::Paid)
}

fn cancel_call(order: &Order) -> Step {
    call(ToolName::CancelOrder, json!({ "order": order.id }))
}

/// Orders by their numbers.
fn numbers(orders: &[&Order]) -> String {
    orders.iter().map(|order| order.id.to_string()).collect::<Vec<_>>().join(" or ")
}

/// What comes back of an order.
pub(super) struct GivenBack<'a> {
    pub(super) what: &'a Reference,
    pub(super) also: &'a [Reference],
    pub(super) order: Option<&'a OrderReference>,
    pub(super) reason: Option<&'a str>,
    /// Where the money goes, in the shopper's words.
    pub(super) refund_to: Option<&'a str>,
    /// In which condition all of it is, where it was said.
    pub(super) condition: Option<ItemCondition>,
}

pub(super) fn give_back(back: &GivenBack<'_>, scene: &Scene<'_>) -> Step {
    let (order, items) = match back.items(scene) {
        Ok(found) => found,
        Err(step) => return step,
    };
    let Some(original) = order.original_method() else { return say("Nothing was paid for that order.") };
    let method = match back.refund_to.map(|words| refund::method(words, order, scene)) {
        None => original,
        Some(Ok(method)) => method,
        Some(Err(step)) => return step,
    };
    let said = back.condition.or_else(|| defective(back.reason));
    let item = |(line, quantity, own): &(&OrderLine, u32, Option<ItemCondition>)| {
        let item = json!({ "variant": line.item.variant, "quantity": quantity });
        in_condition(item, own.or(said))
    };
    let items: Vec<Value> = items.iter().map(item).collect();
    let input = json!({
        "order": order.id,
        "items": items,
        "refund_to": method,
        "reason": reason::of_policy(back.reason, scene),
    });
    call(ToolName::ReturnItems, input)
}

/// An item of a call with its condition, where that is known.
fn in_condition(mut item: Value, condition: Option<ItemCondition>) -> Value {
    if let Some(condition) = condition {
        item["condition"] = json!(condition);
    }
    item
}

/// A reason may say that something is broken; in which condition it is otherwise, it does not.
fn defective(reason: Option<&str>) -> Option<ItemCondition> {
    condition_of(reason?).filter(|condition| *condition == ItemCondition::Defective)
}

/// An order with pieces of its lines, and the condition that the name of each told: `the unopened headphones`.
type Pieces<'a> = (&'a Order, Vec<(&'a OrderLine, u32, Option<ItemCondition>)>);

/// The line of an order that is meant. Where nothing has the whole name, a condition in it is none of the name.
fn found<'a>(
    what: &Reference,
    order: Option<&OrderReference>,
    scene: &Scene<'a>,
) -> Result<(&'a Order, &'a OrderLine, Option<ItemCondition>), Step> {
    match ordered(what, order, scene) {
        Err(Step::Nothing) => {
            let Which::Named(name) = &what.which else { return Err(Step::Nothing) };
            let (condition, name) = condition::in_name(name).ok_or(Step::Nothing)?;
            let bare = Reference { which: Which::Named(name), ..what.clone() };
            let (order, line) = ordered(&bare, order, scene)?;
            Ok((order, line, Some(condition)))
        }
        found => found.map(|(order, line)| (order, line, None)),
    }
}

impl GivenBack<'_> {
    /// The lines that come back and how many pieces of each, all of one order.
    fn items<'a>(&self, scene: &Scene<'a>) -> Result<Pieces<'a>, Step> {
        if self.what.which == Which::All {
            let mine = OrderReference::Mine;
            let order =
                find(self.order.unwrap_or(&mine), scene, |order| order.status == OrderStatus::Delivered)?;
            let kept = order.lines.iter().map(|line| (line, line.kept(), None));
            let kept: Vec<_> = kept.filter(|(_, pieces, _)| *pieces > 0).collect();
            return match kept.is_empty() {
                true => Err(say(format!("Nothing of order {} is left to come back.", order.id))),
                false => Ok((order, kept)),
            };
        }
        let (order, line, condition) = found(self.what, self.order, scene)?;
        let mut items = vec![(line, pieces(self.what)?, condition)];
        let same = OrderReference::Number(order.id.to_string());
        for what in self.also {
            let (_, line, condition) = found(what, Some(&same), scene).map_err(|step| match step {
                // An answer would be about the first of them.
                Step::Point(text) => Step::Say(text),
                step => step,
            })?;
            items.push((line, pieces(what)?, condition));
        }
        Ok((order, items))
    }
}

/// What was ordered before goes into the cart again; something that was not is something new.
pub(super) fn again(what: Option<&Reference>, named: Option<&OrderReference>, scene: &Scene<'_>) -> Step {
    let order = match named.map(|order| find(order, scene, |_| true)).transpose() {
        Ok(order) => order,
        Err(step) => return step,
    };
    let Some(what) = what else {
        let Some(order) = order.or(scene.orders.first()) else { return unknown(scene) };
        let add = |line: &OrderLine| add_call(line, line.quantity, scene);
        return Step::Calls(order.lines.iter().filter(|line| line.in_place_of.is_none()).map(add).collect());
    };
    let is_meant = |line: &&OrderLine| {
        let is_it = match &what.which {
            Which::Named(name) | Which::Most(name) => goods::is_item(&line.item, name),
            Which::It => scene.focus.is_some_and(|focus| line.item.product == *focus),
            _ => false,
        };
        is_it && goods::has_all(&line.item, &what.options)
    };
    let orders: Vec<&Order> = order.map_or_else(|| scene.orders.iter().collect(), |order| vec![order]);
    for order in orders {
        let lines: Vec<&OrderLine> = order.lines.iter().filter(is_meant).collect();
        if let [line] = lines[..] {
            return match pieces(what) {
                Ok(quantity) => Step::Call(add_call(line, quantity, scene)),
                Err(step) => step,
            };
        }
    }
    on_cart::add(what, scene)
}

fn add_call(line: &OrderLine, quantity: u32, scene: &Scene<'_>) -> ToolCall {
    let input = json!({ "cart": scene.cart, "variant": line.item.variant, "quantity": quantity });
    ToolCall { tool: ToolName::AddToCart, input }
}

/// Something into an order. One that is placed takes nothing more; where none is open, "my order" is what is in the cart.
pub(super) fn add(what: &[Reference], order: &OrderReference, scene: &Scene<'_>) -> Step {
    let is_cart = match order {
        OrderReference::Number(_) => false,
        _ if scene.subject == Some(Subject::Order) => false,
        _ => !scene.lines.is_empty() || !scene.orders.iter().any(is_open),
    };
    if is_cart {
        let adds = what.iter().cloned().map(Action::Add).collect();
        return Step::Instead(Box::new(Action::Each(adds)));
    }
    let order = match find(order, scene, is_open) {
        Ok(order) => order,
        Err(step) => return step,
    };
    let again = |what: &Reference| {
        let what = match &what.which {
            // "A second mug" is one more of those in it.
            Which::Place(2.., Some(name)) if !called(order.lines.iter().collect(), name).is_empty() => {
                Reference { which: Which::Named(name.clone()), ..what.clone() }
            }
            _ => what.clone(),
        };
        Action::Reorder { what: Some(what), order: Some(OrderReference::Number(order.id.to_string())) }
    };
    let instead = Box::new(Action::Each(what.iter().map(again).collect()));
    Step::NewOrder { order: order.id.clone(), instead }
}

/// Something out of an order that has not left; where it is all of it, the order is called off.
pub(super) fn take_out(what: &Reference, order: &OrderReference, scene: &Scene<'_>) -> Step {
    let order = match find(order, scene, is_open) {
        Ok(order) => order,
        Err(step) => return step,
    };
    let same = OrderReference::Number(order.id.to_string());
    let (order, line) = match ordered(what, Some(&same), scene) {
        Ok(found) => found,
        Err(step) => return step,
    };
    let quantity = what.quantity.map_or(Ok(line.quantity), |_| pieces(what));
    let quantity = match quantity {
        Ok(quantity) => quantity,
        Err(step) => return step,
    };
    let pieces: u32 = order.lines.iter().map(|line| line.quantity).sum();
    if quantity == pieces {
        return cancel_call(order);
    }
    let Some(method) = order.original_method() else { return say("Nothing was paid for that order.") };
    let swaps = json!([{ "variant": line.item.variant, "to": null, "quantity": quantity }]);
    call(ToolName::ChangeOrderItems, json!({ "order": order.id, "swaps": swaps, "settle_with": method }))
}

pub(super) fn exchange(
    (what, order): (&Reference, Option<&OrderReference>),
    wanted: &[String],
    (reason, condition): (Option<&str>, Option<ItemCondition>),
    scene: &Scene<'_>,
) -> Step {
    let (order, line, own) = match found(what, order, scene) {
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
    let item = json!({ "variant": line.item.variant, "to": to, "quantity": quantity });
    let input = json!({
        "order": order.id,
        "items": [in_condition(item, own.or(condition).or_else(|| defective(reason)))],
        "settle_with": method,
        "reason": reason::of_policy(reason, scene),
    });
    call(ToolName::ExchangeItems, input)
}

/// Sends an order elsewhere.
pub(super) fn readdress(order: &OrderReference, to: Option<&str>, scene: &Scene<'_>) -> Step {
    match find(order, scene, is_open) {
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
        _ => {
            let talked = scene.orders.iter().find(|known| Some(&known.id) == scene.order);
            talked.or_else(|| scene.orders.iter().find(|known| fits(known))).or(scene.orders.first())
        }
    };
    found.ok_or_else(|| unknown(scene))
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
            Which::All => lines,
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
        _ if scene.orders.is_empty() => unknown(scene),
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

/// Whoever is signed in need not be told to sign in.
fn unknown(scene: &Scene<'_>) -> Step {
    if scene.shopper.is_some() {
        return say("You have no orders.");
    }
    say("I do not see an order of yours. Sign in, or tell me its number and your e-mail address.")
}
