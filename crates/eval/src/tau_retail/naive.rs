//! The world's rules, executed straight on its file: short, slow, and without a line of `checkout`.

use super::task::Action;
use super::world::{World, WorldItem, WorldPayment, WorldUser};

/// What the actions of a task give.
pub(super) struct Executed {
    pub(super) world: World,
    /// Names of actions that the rules forbid.
    pub(super) refused: Vec<String>,
}

/// Executes the actions of a task one after the other; what the rules forbid changes nothing.
pub(super) fn execute(world: &World, actions: &[Action]) -> Executed {
    let mut world = world.clone();
    let mut refused = Vec::new();
    let mut helped: Option<String> = None;
    for action in actions {
        // One user per conversation: the first who is found, or whose business comes first.
        helped = helped.or_else(|| named(&world, action));
        let mut next = world.clone();
        match act(&mut next, action, helped.as_deref()) {
            Some(()) => world = next,
            None => refused.push(action.name.clone()),
        }
    }
    Executed { world, refused }
}

/// The user that an action finds or is about.
fn named(world: &World, action: &Action) -> Option<String> {
    let is_meant = |user: &&WorldUser| match action.name.as_str() {
        "find_user_id_by_email" => user.email.eq_ignore_ascii_case(action.text("email")),
        "find_user_id_by_name_zip" => {
            let is_name = |own: &str, name| own.eq_ignore_ascii_case(action.text(name));
            is_name(&user.name.first_name, "first_name")
                && is_name(&user.name.last_name, "last_name")
                && user.address.zip == action.text("zip")
        }
        _ => user.user_id == owner(world, action),
    };
    world.users.values().find(is_meant).map(|user| user.user_id.clone())
}

/// Whose order or profile an action is about; empty for none.
fn owner<'a>(world: &'a World, action: &'a Action) -> &'a str {
    world.orders.get(action.text("order_id")).map_or(action.text("user_id"), |order| &order.user_id)
}

/// One action; `None` where it is forbidden. What only reads is left out.
fn act(world: &mut World, action: &Action, helped: Option<&str>) -> Option<()> {
    let is_change =
        ["cancel_", "modify_", "return_", "exchange_"].iter().any(|verb| action.name.starts_with(verb));
    if is_change && helped != Some(owner(world, action)) {
        return None;
    }
    match action.name.as_str() {
        "cancel_pending_order" => cancel(world, action),
        "modify_pending_order_address" => {
            let order =
                world.orders.get_mut(action.text("order_id")).filter(|order| order.status == "pending")?;
            order.address = action.address();
            Some(())
        }
        "modify_pending_order_payment" => change_payment(world, action),
        "modify_pending_order_items" => change_items(world, action),
        "return_delivered_order_items" => give_back(world, action),
        "exchange_delivered_order_items" => exchange(world, action),
        "modify_user_address" => {
            world.users.get_mut(action.text("user_id"))?.address = action.address();
            Some(())
        }
        _ => Some(()),
    }
}

fn cancel(world: &mut World, action: &Action) -> Option<()> {
    let reason = action.text("reason");
    let order = world.orders.get_mut(action.text("order_id")).filter(|order| order.status == "pending")?;
    if reason != "no longer needed" && reason != "ordered by mistake" {
        return None;
    }
    let user = world.users.get_mut(&order.user_id)?;
    for payment in still_paid(&order.payment_history) {
        let method = user.payment_methods.get_mut(&payment.payment_method_id)?;
        method.balance = method.balance.map(|balance| balance + payment.amount);
        order.payment_history.push(WorldPayment { transaction_type: "refund".to_owned(), ..payment });
    }
    order.status = "cancelled".to_owned();
    order.cancel_reason = Some(reason.to_owned());
    Some(())
}

/// What was paid and has not gone back: after the payment was changed, the old one has.
fn still_paid(history: &[WorldPayment]) -> Vec<WorldPayment> {
    let mut paid: Vec<WorldPayment> = Vec::new();
    for payment in history {
        let is_same = |known: &WorldPayment| {
            (&known.payment_method_id, known.amount) == (&payment.payment_method_id, payment.amount)
        };
        match payment.transaction_type.as_str() {
            "payment" => paid.push(payment.clone()),
            _ => {
                if let Some(place) = paid.iter().position(is_same) {
                    paid.remove(place);
                }
            }
        }
    }
    paid
}

fn change_payment(world: &mut World, action: &Action) -> Option<()> {
    let order = world.orders.get_mut(action.text("order_id")).filter(|order| order.status == "pending")?;
    let user = world.users.get_mut(&order.user_id)?;
    let new = action.text("payment_method_id");
    let [old] = order.payment_history.as_slice() else { return None };
    let old = old.clone();
    if old.payment_method_id == new {
        return None;
    }
    let method = user.payment_methods.get_mut(new)?;
    if let Some(balance) = &mut method.balance {
        *balance = (*balance >= old.amount).then_some(*balance - old.amount)?;
    }
    let before = user.payment_methods.get_mut(&old.payment_method_id)?;
    before.balance = before.balance.map(|balance| balance + old.amount);
    let payment_method_id = new.to_owned();
    let new = WorldPayment { payment_method_id, ..old.clone() };
    order.payment_history.push(new);
    order.payment_history.push(WorldPayment { transaction_type: "refund".to_owned(), ..old });
    Some(())
}

/// The items that take the place of others, and what they cost more.
fn swapped(world: &World, order: &str, action: &Action) -> Option<(Vec<WorldItem>, i64)> {
    let (old, new) = (action.texts("item_ids"), action.texts("new_item_ids"));
    if old.len() != new.len() || old.is_empty() {
        return None;
    }
    let mut items = world.orders.get(order)?.items.clone();
    let mut difference = 0;
    let mut changed = Vec::new();
    for (old, new) in old.iter().zip(&new) {
        let place = items.iter().position(|item| item.item_id == *old)?;
        let item = items.remove(place);
        let variant = world.products.get(&item.product_id)?.variants.get(new)?;
        if !variant.available || old == new {
            return None;
        }
        difference += variant.price - item.price;
        changed.push(WorldItem {
            item_id: new.clone(),
            price: variant.price,
            options: variant.options.clone(),
            ..item
        });
    }
    items.extend(changed);
    Some((items, difference))
}

fn change_items(world: &mut World, action: &Action) -> Option<()> {
    let id = action.text("order_id");
    let (items, difference) = swapped(world, id, action)?;
    let order = world.orders.get_mut(id).filter(|order| order.status == "pending")?;
    let user = world.users.get_mut(&order.user_id)?;
    let method = user.payment_methods.get_mut(action.text("payment_method_id"))?;
    if let Some(balance) = &mut method.balance {
        *balance = (*balance >= difference).then_some(*balance - difference)?;
    }
    if difference != 0 {
        let transaction_type = if difference > 0 { "payment" } else { "refund" }.to_owned();
        let payment_method_id = action.text("payment_method_id").to_owned();
        order.payment_history.push(WorldPayment {
            transaction_type,
            amount: difference.abs(),
            payment_method_id,
        });
    }
    order.items = items;
    order.status = "pending (item modified)".to_owned();
    Some(())
}

fn give_back(world: &mut World, action: &Action) -> Option<()> {
    let order = world.orders.get_mut(action.text("order_id")).filter(|order| order.status == "delivered")?;
    let user = world.users.get(&order.user_id)?;
    let to = action.text("payment_method_id");
    let is_gift_card = user.payment_methods.get(to)?.source == "gift_card";
    let is_original = order.payment_history.first()?.payment_method_id == to;
    if !is_gift_card && !is_original {
        return None;
    }
    let mut left: Vec<&String> = order.items.iter().map(|item| &item.item_id).collect();
    let mut items = action.texts("item_ids");
    for item in &items {
        let place = left.iter().position(|known| *known == item)?;
        left.remove(place);
    }
    items.sort();
    order.returned = Some((items, to.to_owned()));
    order.status = "return requested".to_owned();
    Some(())
}

fn exchange(world: &mut World, action: &Action) -> Option<()> {
    let id = action.text("order_id");
    let (_, difference) = swapped(world, id, action)?;
    let order = world.orders.get_mut(id).filter(|order| order.status == "delivered")?;
    let with = action.text("payment_method_id");
    let method = world.users.get(&order.user_id)?.payment_methods.get(with)?;
    if method.balance.is_some_and(|balance| balance < difference) {
        return None;
    }
    let (mut old, mut new) = (action.texts("item_ids"), action.texts("new_item_ids"));
    old.sort();
    new.sort();
    order.exchanged = Some((old, new, with.to_owned(), difference));
    order.status = "exchange requested".to_owned();
    Some(())
}
