//! From a cart to an order: goods are held for a while, and one set of changes holds them for good, makes the order and
//! asks for its payment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cart::{Cart, CartChange, Quote, QuoteLine, combined_rate, is_used_up, open_cart, quote};
use crate::exact::shown;
use crate::order::{Event, Order, OrderChange, OrderLine, OrderStatus, Tender, money, noted};
use crate::plan::{Case, Plan};
use crate::stock::{self, Hold};
use crate::{Address, CartId, Change, Contact, Holder, OrderId, Owner, PriceRule, Refusal};

/// What can be done on the way from a cart to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlacementCommand {
    /// Holds the goods while somebody is about to pay.
    Hold,
    /// Lets them go.
    Release,
    /// Places the order.
    Place {
        /// The number that the order gets.
        order: OrderId,
        /// What pays it.
        pay_with: Tender,
    },
}

/// An order that is to be made of a cart.
pub(crate) struct Draft<'a> {
    pub(crate) id: &'a OrderId,
    pub(crate) cart: &'a Cart,
    pub(crate) cart_id: Option<&'a CartId>,
    pub(crate) pay_with: &'a Tender,
}

/// Decides a command on the way from a cart to an order.
pub(crate) fn plan(case: &Case<'_>, id: &CartId, command: &PlacementCommand) -> Result<Plan, Refusal> {
    let cart = open_cart(case, id)?;
    let mut plan = Plan::default();
    match command {
        PlacementCommand::Hold => hold(case, id, cart, &mut plan)?,
        PlacementCommand::Release => {
            stock::release_all(case.state, &mut plan, &Holder::Cart(id.clone()));
            plan.push(Change::Cart { cart: id.clone(), change: CartChange::Held(None) });
            plan.tell(|mood| {
                let held = mood.of("are no longer held", "would no longer be held");
                format!("The goods in your cart {held} for you.")
            });
        }
        PlacementCommand::Place { order, pay_with } => {
            let draft = Draft { id: order, cart, cart_id: Some(id), pay_with };
            place(case, &draft, &mut plan)?;
            plan.push(Change::Cart { cart: id.clone(), change: CartChange::Ordered(order.clone()) });
        }
    }
    Ok(plan)
}

fn hold(case: &Case<'_>, id: &CartId, cart: &Cart, plan: &mut Plan) -> Result<(), Refusal> {
    if cart.lines.is_empty() {
        return Err(Refusal::CartEmpty);
    }
    let window = case.policy.stock.reserve_for;
    let until = window.after(case.now);
    for line in &cart.lines {
        let wanted = Hold { quantity: line.quantity, until: Some(until) };
        stock::hold(case, plan, &line.variant, &[Holder::Cart(id.clone())], wanted)?;
    }
    plan.push(Change::Cart { cart: id.clone(), change: CartChange::Held(Some(until)) });
    plan.tell(|mood| {
        format!("The goods in your cart {} held for you for {window}.", mood.of("are", "would be"))
    });
    Ok(())
}

/// Makes the order, holds its goods and asks for its payment, all or nothing. Gives what it costs.
pub(crate) fn place(case: &Case<'_>, draft: &Draft<'_>, plan: &mut Plan) -> Result<i64, Refusal> {
    let (address, contact) = ready(case, draft)?;
    let quote = quote(case.state, case.policy, draft.cart, case.now);
    if !quote.price_changes.is_empty() {
        return Err(Refusal::PricesChanged);
    }
    if let Some(gone) =
        quote.unavailable.iter().find(|variant| case.state.items.get(variant).is_none_or(|i| !i.is_available))
    {
        let item = case.item(gone).map_or_else(|_| "One of the items".to_owned(), crate::Item::name);
        return Err(Refusal::OutOfStock { item, left: 0 });
    }
    if !case.policy.shipping.methods.is_empty() && quote.shipping.is_none() {
        return Err(Refusal::ShippingMissing);
    }
    let order = order(case, draft, &quote, address, contact)?;
    hold_for_order(case, draft, plan)?;
    tell(case, (draft.cart, &quote), address, plan)?;
    plan.push(Change::Order {
        order: order.id.clone(),
        change: OrderChange::Placed(Box::new(order.clone())),
    });
    plan.push(noted(case, &order.id, Event::Placed));
    plan.changes.extend(order.rules_used(1));
    pay(case, draft, &order, plan)?;
    Ok(quote.total_minor)
}

fn ready<'a>(case: &Case<'_>, draft: &Draft<'a>) -> Result<(&'a Address, &'a Contact), Refusal> {
    let cart = draft.cart;
    if cart.lines.is_empty() {
        return Err(Refusal::CartEmpty);
    }
    if case.state.orders.contains_key(draft.id) {
        return Err(Refusal::IdTaken { id: draft.id.to_string() });
    }
    let address = cart.address.as_ref().ok_or(Refusal::AddressMissing)?;
    let contact = cart.contact.as_ref().ok_or(Refusal::ContactMissing)?;
    case.policy.checked(address)?;
    Ok((address, contact))
}

fn order(
    case: &Case<'_>,
    draft: &Draft<'_>,
    quote: &Quote,
    address: &Address,
    contact: &Contact,
) -> Result<Order, Refusal> {
    let mut lines = Vec::new();
    for (place, row) in quote.lines.iter().enumerate() {
        lines.push(line(case, row, address, place as u32 + 1)?);
    }
    let is_limited = |id: &str| {
        let rule = case.policy.price_rules.iter().find(|rule| rule.id == id);
        rule.is_some_and(crate::PriceRule::is_limited)
    };
    let used = quote.rules.iter().map(|rule| rule.id.clone());
    let chosen = draft.cart.shipping.as_deref().unwrap_or_default();
    let method = case.policy.shipping.methods.iter().find(|method| method.id == chosen);
    Ok(Order {
        id: draft.id.clone(),
        owner: draft.cart.owner.clone(),
        contact: contact.clone(),
        address: address.clone(),
        currency: quote.currency,
        lines,
        shipping_minor: quote.shipping.as_ref().map_or(0, |row| row.total_minor),
        shipping_title: method.map_or_else(String::new, |method| method.title.clone()),
        total_minor: quote.total_minor,
        status: OrderStatus::Placed,
        movements: Vec::new(),
        shipments: Vec::new(),
        placed_at: Some(case.now),
        delivered_at: None,
        cancel_reason: None,
        cart: draft.cart_id.cloned(),
        delivery: Some(quote.delivery_terms.clone()),
        limited_rules: used.filter(|id| is_limited(id)).collect(),
        history: Vec::new(),
    })
}

fn line(case: &Case<'_>, row: &QuoteLine, address: &Address, number: u32) -> Result<OrderLine, Refusal> {
    let item = case.item(row.variant.as_ref().ok_or(Refusal::ItemNotFound)?)?;
    Ok(OrderLine {
        number,
        item: item.clone(),
        quantity: row.quantity,
        unit_minor: row.unit_minor,
        discount_minor: row.gross_minor - row.net_minor,
        tax_minor: row.tax_minor,
        tax_rate: combined_rate(&case.policy.tax, Some(address), item),
        paid_minor: row.total_minor,
        shipped: 0,
        returned: 0,
        in_place_of: None,
    })
}

/// What was held for the cart is held for the order; the payment has as long as a cart has.
fn hold_for_order(case: &Case<'_>, draft: &Draft<'_>, plan: &mut Plan) -> Result<(), Refusal> {
    let mut holders = vec![Holder::Order(draft.id.clone())];
    holders.extend(draft.cart_id.map(|cart| Holder::Cart(cart.clone())));
    let until = Some(case.policy.stock.reserve_for.after(case.now));
    for line in &draft.cart.lines {
        stock::hold(case, plan, &line.variant, &holders, Hold { quantity: line.quantity, until })?;
    }
    if let Some(cart) = draft.cart_id {
        stock::release_all(case.state, plan, &Holder::Cart(cart.clone()));
    }
    Ok(())
}

fn tell(
    case: &Case<'_>,
    (cart, quote): (&Cart, &Quote),
    address: &Address,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let money = |minor| shown(minor, quote.currency);
    for row in &quote.lines {
        let item = case.item(row.variant.as_ref().ok_or(Refusal::ItemNotFound)?)?;
        plan.say(format!("{} × {}: {}.", row.quantity, item.name(), money(row.gross_minor)));
        let was = cart.line(&item.variant).and_then(|line| line.added_minor);
        if let Some(was) = was.filter(|was| *was != row.unit_minor) {
            let (now, was) = (money(row.unit_minor), money(was));
            plan.say(format!("One costs {now} now; it was {was} when you put it into your cart."));
        }
    }
    for rule in quote.rules.iter().filter(|rule| rule.discount_minor > 0) {
        plan.say(format!("{}: -{}.", rule.title, money(rule.discount_minor)));
    }
    let is_spent =
        |rule: &&PriceRule, code: &str| rule.takes_coupon(code) && is_used_up(case.state, rule, cart);
    for code in &cart.coupons {
        if case.policy.price_rules.iter().any(|rule| is_spent(&rule, code)) {
            plan.say(format!("The code {code} has been used before and takes nothing off."));
        }
    }
    if let Some(row) = &quote.shipping {
        plan.say(format!("Delivery: {}.", money(row.net_minor)));
    }
    for added in &quote.surcharges {
        plan.say(format!("Of the delivery, {} is for “{}”.", money(added.amount_minor), added.title));
    }
    for tax in &quote.taxes {
        let how = if case.policy.tax.prices_include_tax { " is in the prices" } else { "" };
        plan.say(format!("{} {}{how}: {}.", tax.name, tax.percent, money(tax.amount_minor)));
    }
    plan.tell(|mood| format!("It {} to {}.", mood.of("goes", "would go"), address.one_line()));
    Ok(())
}

fn pay(case: &Case<'_>, draft: &Draft<'_>, order: &Order, plan: &mut Plan) -> Result<(), Refusal> {
    let owner: &Owner = &draft.cart.owner;
    if order.total_minor > 0 {
        let charge = money::Charge { order, amount_minor: order.total_minor, name: "order", replaces: false };
        let label = money::charge(case, owner, draft.pay_with, charge, plan)?;
        let total = shown(order.total_minor, order.currency);
        plan.tell(|mood| format!("You {} {total} with {label}.", mood.of("pay", "would pay")));
    }
    let secured_minor: i64 = plan.changes.iter().filter_map(secured_minor).sum();
    if secured_minor >= order.total_minor {
        let until = None;
        let holder = Holder::Order(order.id.clone());
        for line in &order.lines {
            if case.state.stock.contains_key(&line.item.variant) {
                let hold = Hold { quantity: line.quantity, until };
                let change = stock::StockChange::Held(holder.clone(), hold);
                plan.push(Change::Stock { variant: line.item.variant.clone(), change });
            }
        }
        let change = OrderChange::StatusSet(OrderStatus::Paid);
        plan.push(Change::Order { order: order.id.clone(), change });
        plan.push(noted(case, &order.id, Event::Paid));
    }
    Ok(())
}

/// What a change makes sure at once, as a gift card does.
fn secured_minor(change: &Change) -> Option<i64> {
    match change {
        Change::Order { change: OrderChange::Moved(movement), .. } if movement.is_secured() => {
            Some(movement.amount_minor)
        }
        _ => None,
    }
}
