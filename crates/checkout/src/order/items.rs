//! Other variants of the same products in place of what was ordered, with the difference in price.

use commerce::VariantId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Event, Order, OrderChange, OrderLine, Tender, allowed, money, noted};
use crate::cart::buyable_price;
use crate::exact::{Rounding, units_share};
use crate::plan::{Case, Plan};
use crate::{Change, Holder, Item, MethodId, MethodKind, Refusal, stock};

/// Pieces of one variant that become another, or leave the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// What was ordered.
    pub variant: VariantId,
    /// What is wanted in its place; `None`: nothing, and its price goes back.
    #[serde(default)]
    pub to: Option<VariantId>,
    /// How many pieces; left out: one.
    #[serde(default = "one")]
    pub quantity: u32,
}

pub(super) fn plan(
    case: &Case<'_>,
    order: &Order,
    swaps: &[Swap],
    settle_with: &MethodId,
) -> Result<Plan, Refusal> {
    let policy = &case.policy.orders.change_items;
    allowed(case, order, (Event::ItemsChanged, policy))?;
    if order.shipments.iter().any(|shipment| !shipment.lines.is_empty()) {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    let mut plan = Plan::default();
    if swaps.iter().any(|swap| swap.to.is_none()) && !policy.takes_out {
        return Err(Refusal::OnlyVariants);
    }
    let mut left = order.lines.clone();
    let swapped = swap_lines(case, order, &mut left, swaps, false, &mut plan)?;
    let mut numbers: Vec<u32> = swapped.taken.iter().map(|(number, _)| *number).collect();
    numbers.dedup();
    let mut by = swapped.lines;
    by.extend(rest_of(order, &numbers, &left));
    let is_emptied = by.is_empty() && order.lines.iter().all(|line| numbers.contains(&line.number));
    if is_emptied {
        return Err(Refusal::NothingLeft { order: order.id.clone() });
    }
    rehold(case, order, &numbers, &by, &mut plan)?;
    let free_lines = free_lines(order, &swapped.replaced);
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::LinesReplaced { numbers, by } });
    if !free_lines.is_empty() {
        let change = OrderChange::LinesDeliveredFree { numbers: free_lines };
        plan.push(Change::Order { order: order.id.clone(), change });
    }
    settle(case, order, swapped.difference_minor, settle_with, &mut plan)?;
    plan.push(noted(case, &order.id, Event::ItemsChanged));
    if policy.is_final {
        plan.tell(|mood| {
            format!("After this the order {} no longer be changed or cancelled.", mood.of("can", "could"))
        });
    }
    Ok(plan)
}

/// New lines in the place of those that a rule delivered for nothing: what it gave stays.
fn free_lines(order: &Order, swapped: &[(u32, u32)]) -> Vec<u32> {
    let Some(terms) = &order.delivery else { return Vec::new() };
    swapped.iter().filter(|(old, _)| terms.free_lines.contains(old)).map(|(_, new)| *new).collect()
}

/// Pieces that give way, lines that take their place, and what the order costs more (or, below zero, less).
pub(crate) struct Swapped {
    /// Numbers of lines with pieces.
    pub(crate) taken: Vec<(u32, u32)>,
    /// Numbers of lines with those of the lines that take their place.
    replaced: Vec<(u32, u32)>,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) difference_minor: i64,
}

/// Works out a list of swaps of the pieces in `left`. Each piece can be named once.
pub(crate) fn swap_lines(
    case: &Case<'_>,
    order: &Order,
    left: &mut [OrderLine],
    swaps: &[Swap],
    same_variant: bool,
    plan: &mut Plan,
) -> Result<Swapped, Refusal> {
    let mut done =
        Swapped { taken: Vec::new(), replaced: Vec::new(), lines: Vec::new(), difference_minor: 0 };
    if swaps.is_empty() {
        return Err(Refusal::NothingToChange);
    }
    for swap in swaps {
        for (number, quantity) in pick(left, &swap.variant, swap.quantity)? {
            let old = order.line(number).ok_or(Refusal::NotInOrder)?;
            let still = left.iter().find(|line| line.number == number).map_or(0, |line| line.quantity);
            let was_minor =
                units_share(old.paid_minor, old.quantity, old.quantity - still - quantity, quantity);
            done.taken.push((number, quantity));
            let Some(to) = &swap.to else {
                done.difference_minor -= was_minor;
                let (old, was) = (old.item.name(), order.money(was_minor));
                plan.tell(|mood| {
                    let (leaves, costs) = (mood.of("leaves", "would leave"), mood.of("cost", "cost"));
                    format!("{quantity} × {old} {leaves} the order; it {costs} {was}.")
                });
                continue;
            };
            let item = case.variant_of(&old.item.product, to)?;
            if item.variant == old.item.variant && !same_variant {
                return Err(Refusal::SameVariant { item: item.name() });
            }
            let unit_minor = buyable_price(case, item)?;
            let number_of_new = order.next_number() + done.lines.len() as u32;
            let line = replaced(case, old, item, quantity, unit_minor, number_of_new);
            done.difference_minor += line.paid_minor - was_minor;
            let prices = (order.money(line.paid_minor), order.money(was_minor));
            plan.tell(|mood| {
                let (becomes, old) = (mood.of("becomes", "would become"), old.item.name());
                let new = item.name();
                format!("{quantity} × {old} {becomes} {new}, {} in place of {}.", prices.0, prices.1)
            });
            done.replaced.push((number, line.number));
            done.lines.push(line);
        }
    }
    Ok(done)
}

/// Pieces of lines that were not swapped keep their line, at their share of what was paid.
fn rest_of(order: &Order, numbers: &[u32], left: &[OrderLine]) -> Vec<OrderLine> {
    let rest = left.iter().filter(|rest| rest.quantity > 0 && numbers.contains(&rest.number));
    rest.filter_map(|rest| {
        let old = order.line(rest.number)?;
        let share = |minor| minor - units_share(minor, old.quantity, 0, old.quantity - rest.quantity);
        Some(OrderLine {
            quantity: rest.quantity,
            discount_minor: share(old.discount_minor),
            tax_minor: share(old.tax_minor),
            paid_minor: share(old.paid_minor),
            ..old.clone()
        })
    })
    .collect()
}

/// Takes so many pieces of a variant from lines, the first ones first; says from which.
pub(crate) fn pick(
    lines: &mut [OrderLine],
    variant: &VariantId,
    quantity: u32,
) -> Result<Vec<(u32, u32)>, Refusal> {
    if quantity == 0 {
        return Err(Refusal::QuantityZero);
    }
    let mut picked = Vec::new();
    let mut wanted = quantity;
    for line in lines.iter_mut().filter(|line| line.item.variant == *variant) {
        let taken = wanted.min(line.quantity);
        if taken > 0 {
            line.quantity -= taken;
            picked.push((line.number, taken));
            wanted -= taken;
        }
    }
    if wanted > 0 { Err(Refusal::NotInOrder) } else { Ok(picked) }
}

/// The line that takes the place of pieces of another: it keeps their share of the discount and bears the same taxes.
fn replaced(
    case: &Case<'_>,
    old: &OrderLine,
    item: &Item,
    quantity: u32,
    unit_minor: i64,
    number: u32,
) -> OrderLine {
    let gross = unit_minor * i64::from(quantity);
    let discount_minor = units_share(old.discount_minor, old.quantity, 0, quantity).min(gross);
    let net = gross - discount_minor;
    let tax = &case.policy.tax;
    let (tax_minor, on_top) = match tax.prices_include_tax {
        true => (old.tax_rate.within(net, Rounding::HalfUp), 0),
        false => {
            let amount = old.tax_rate.of(net, tax.rounding);
            (amount, amount)
        }
    };
    OrderLine {
        number,
        item: item.clone(),
        quantity,
        unit_minor,
        discount_minor,
        tax_minor,
        tax_rate: old.tax_rate,
        paid_minor: net + on_top,
        shipped: 0,
        returned: 0,
        in_place_of: old.in_place_of,
    }
}

/// Holds what the order will have in place of what it has.
fn rehold(
    case: &Case<'_>,
    order: &Order,
    numbers: &[u32],
    by: &[OrderLine],
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let mut after = order.clone();
    after.apply(&OrderChange::LinesReplaced { numbers: numbers.to_vec(), by: by.to_vec() });
    let (before, after) = (order.unshipped(), after.unshipped());
    let holder = Holder::Order(order.id.clone());
    for (variant, _) in before.iter().filter(|(variant, _)| !after.iter().any(|(kept, _)| kept == variant)) {
        if case.state.stock.contains_key(variant) {
            let change = stock::StockChange::Released(holder.clone());
            plan.push(Change::Stock { variant: variant.clone(), change });
        }
    }
    for (variant, quantity) in after.iter().filter(|entry| !before.contains(entry)) {
        let is_more = before.iter().find(|(known, _)| known == variant).is_none_or(|(_, had)| had < quantity);
        let until =
            case.state.stock.get(variant).and_then(|level| level.held.get(&holder)).and_then(|h| h.until);
        let wanted = stock::Hold { quantity: *quantity, until };
        if is_more {
            stock::hold(case, plan, variant, std::slice::from_ref(&holder), wanted)?;
        } else if case.state.stock.contains_key(variant) {
            let change = stock::StockChange::Held(holder.clone(), wanted);
            plan.push(Change::Stock { variant: variant.clone(), change });
        }
    }
    Ok(())
}

/// Charges or refunds what an order costs more or less.
pub(crate) fn settle(
    case: &Case<'_>,
    order: &Order,
    difference_minor: i64,
    with: &MethodId,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let tender = Tender::Saved(with.clone());
    let (id, method) = money::method(case, &order.owner, Some(order), &tender)?;
    let shown = order.money(difference_minor.abs());
    match difference_minor {
        1.. => {
            let charge =
                money::Charge { order, amount_minor: difference_minor, name: "difference", replaces: false };
            money::charge(case, &order.owner, &tender, charge, plan)?;
            plan.tell(|mood| format!("{} {} charged {shown}.", method.label, mood.of("is", "would be")));
        }
        ..=-1 => {
            money::give_back(case, order, (id, method.kind, method.label), -difference_minor, plan)?;
        }
        0 => plan.tell(|mood| format!("The price {} the same.", mood.of("stays", "would stay"))),
    }
    plan.push(Change::Order {
        order: order.id.clone(),
        change: OrderChange::TotalMoved { by_minor: difference_minor },
    });
    Ok(())
}

/// Refuses where a method could not settle a difference now.
pub(crate) fn could_settle(
    case: &Case<'_>,
    order: &Order,
    difference_minor: i64,
    with: &MethodId,
) -> Result<String, Refusal> {
    let (_, method) = money::method(case, &order.owner, Some(order), &Tender::Saved(with.clone()))?;
    if difference_minor > 0 && method.kind == MethodKind::GiftCard {
        money::covers(&method, difference_minor, order)?;
    }
    Ok(method.label)
}

fn one() -> u32 {
    1
}
