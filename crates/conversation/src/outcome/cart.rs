//! Carts in words and as facts.

use std::collections::BTreeMap;

use checkout::cart::{Quote, ShippingOption};
use checkout::query::{Query, View};
use checkout::{Actor, Cart, CartId, Item};
use commerce::{Money, VariantId};

use super::Outcome;
use crate::Counter;

/// What is said of a cart with nothing in it.
pub(super) const EMPTY: &str = "Your cart is empty.";

/// A cart with what it costs.
pub(super) async fn outcome(
    counter: &Counter,
    actor: &Actor,
    query: &Query,
    (cart, quote): (&Cart, &Quote),
) -> Outcome {
    let id = if let Query::Cart(id) = query { Some(id) } else { None };
    let items = items(counter, actor, cart).await;
    let facts = facts(counter, id, (cart, quote), &items);
    let last = cart.lines.last().and_then(|line| items.get(&line.variant));
    Outcome {
        text: text(&facts, quote, &items),
        product: last.map(|item| item.product.clone()),
        cart: Some(facts),
        orders: Vec::new(),
    }
}

/// What is said after a change: what it was, and what the cart costs now.
pub(super) fn changed(outcome: &Outcome, told: &str) -> String {
    let Some(cart) = &outcome.cart else { return told.to_owned() };
    let pieces: u32 = cart.lines.iter().map(|line| line.quantity).sum();
    let sum = match (pieces, cart.total) {
        (0, _) | (_, None) => EMPTY.to_owned(),
        (1, Some(total)) => format!("Your cart has 1 piece for {total}."),
        (pieces, Some(total)) => format!("Your cart has {pieces} pieces for {total}."),
    };
    if told.is_empty() { sum } else { format!("{told} {sum}") }
}

/// The ways of delivery in words.
pub(super) fn deliveries(counter: &Counter, options: &[ShippingOption]) -> String {
    if options.is_empty() {
        return "There is no way of delivery to this address.".to_owned();
    }
    let lines = options.iter().map(|option| {
        let price = Money::new(option.price_minor, counter.policy.currency);
        let [least, most] = option.days;
        format!("- {}, {least} to {most} business days: {price}", option.title)
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn items(counter: &Counter, actor: &Actor, cart: &Cart) -> BTreeMap<VariantId, Item> {
    let mut items = BTreeMap::new();
    for line in &cart.lines {
        if let Ok(View::Items(found)) = counter.view(actor, &Query::Item(line.variant.clone())).await {
            items.extend(found.into_iter().map(|(item, _)| (item.variant.clone(), item)));
        }
    }
    items
}

fn facts(
    counter: &Counter,
    id: Option<&CartId>,
    (cart, quote): (&Cart, &Quote),
    items: &BTreeMap<VariantId, Item>,
) -> wire::Cart {
    let money = |minor: i64| Money::new(minor, quote.currency);
    let some = |minor: i64| (minor != 0).then(|| money(minor));
    let lines = quote.lines.iter().filter_map(|row| {
        let item = items.get(row.variant.as_ref()?)?;
        Some(wire::CartLine {
            source_id: item.sku.clone(),
            title: item.title.clone(),
            options: item.options.values().cloned().collect::<Vec<_>>().join(", "),
            quantity: row.quantity,
            unit_price: money(row.unit_minor),
            total: money(row.net_minor),
        })
    });
    let has_goods = !quote.lines.is_empty();
    wire::Cart {
        id: id.map(ToString::to_string).unwrap_or_default(),
        lines: lines.collect(),
        subtotal: has_goods.then(|| money(quote.subtotal_minor)),
        discount: some(quote.discount_minor),
        delivery: quote.shipping.as_ref().map(|row| money(row.net_minor)),
        tax: some(quote.tax_minor),
        total: has_goods.then(|| money(quote.total_minor)),
        coupons: cart.coupons.clone(),
        address: cart.address.as_ref().map(|address| address.one_line()).unwrap_or_default(),
        missing: missing(counter, cart, quote),
    }
}

/// What has to be known before the order can be placed.
fn missing(counter: &Counter, cart: &Cart, quote: &Quote) -> Vec<String> {
    let needs_delivery = !counter.policy.shipping.methods.is_empty() && quote.shipping.is_none();
    let missing = [
        ("prices", !quote.price_changes.is_empty()),
        ("address", cart.address.is_none()),
        ("contact", cart.contact.is_none()),
        ("delivery", needs_delivery),
        ("payment", true),
    ];
    missing.iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| (*name).to_owned()).collect()
}

fn text(facts: &wire::Cart, quote: &Quote, items: &BTreeMap<VariantId, Item>) -> String {
    let Some(total) = facts.total else { return EMPTY.to_owned() };
    let mut lines = vec!["Your cart:".to_owned()];
    for line in &facts.lines {
        let options = if line.options.is_empty() { String::new() } else { format!(" ({})", line.options) };
        lines.push(format!("- {} × {}{options}: {}", line.quantity, line.title, line.total));
    }
    let sums = [("Discount", facts.discount), ("Delivery", facts.delivery), ("Tax", facts.tax)];
    lines.extend(sums.iter().filter_map(|(name, sum)| Some(format!("{name}: {}", (*sum)?))));
    lines.push(format!("Total: {total}"));
    for added in &quote.surcharges {
        let amount = Money::new(added.amount_minor, quote.currency);
        lines.push(format!("Of the delivery, {amount} is for “{}”.", added.title));
    }
    for change in &quote.price_changes {
        let name = items.get(&change.variant).map(Item::name).unwrap_or_default();
        let money = |minor| Money::new(minor, quote.currency);
        let (now, seen) = (money(change.now_minor), money(change.seen_minor));
        lines.push(format!("{name} costs {now} now; it was {seen} when you added it."));
    }
    for variant in &quote.unavailable {
        let name = items.get(variant).map_or_else(|| "One of the items".to_owned(), Item::name);
        lines.push(format!("{name} is not available in this quantity any more."));
    }
    lines.join("\n")
}
