//! Values as a shopper reads them.

use commerce::{Availability, Locale, Money, Product, Quantity, Unit, Value, Variant};
use jiff::Timestamp;

/// A value in the shopper's units.
pub(crate) fn value(value: &Value, locale: &Locale) -> String {
    match value {
        Value::Quantity(quantity) => quantity.shown_in(locale.units).to_string(),
        Value::Range(range) => range.shown_in(locale.units).to_string(),
        other => other.display(),
    }
}

/// A value in a unit that was asked for, with what is stated behind it: `4.22 kg (9.3 lb)`. `None` where it measures
/// something else, or is in that unit already.
pub(crate) fn in_unit(value: &Value, unit: Unit) -> Option<String> {
    let convert = |quantity: Quantity| {
        let is_other = quantity.dimension() == unit.dimension() && quantity.unit != unit;
        is_other.then(|| Quantity::new(to_three_digits(unit.of_base(quantity.base())), unit).to_string())
    };
    match value {
        Value::Quantity(quantity) => Some(format!("{} ({quantity})", convert(*quantity)?)),
        Value::Range(range) => Some(format!("{} to {} ({range})", convert(range.low)?, convert(range.high)?)),
        _ => None,
    }
}

/// Rounded to three significant digits, as a shopper would.
fn to_three_digits(value: f64) -> f64 {
    if value == 0.0 {
        return value;
    }
    let scale = 10_f64.powi(2 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

/// Words joined as a list: `a, b and c`.
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The cheapest and the dearest price of the variants now.
pub(crate) fn prices(product: &Product, now: Timestamp) -> Option<(Money, Money)> {
    let prices: Vec<Money> =
        product.variants.iter().filter_map(|variant| variant.offer.price_at(now)).collect();
    let low = prices.iter().min_by_key(|price| price.amount_minor)?;
    let high = prices.iter().max_by_key(|price| price.amount_minor)?;
    Some((*low, *high))
}

/// `$52.00`, or `$45.00 to $60.00` where variants differ.
pub(crate) fn price(product: &Product, now: Timestamp) -> Option<String> {
    let (low, high) = prices(product, now)?;
    Some(if low == high { low.to_string() } else { format!("{low} to {high}") })
}

/// The regular price, where every variant is on sale now from the same one.
pub(crate) fn regular_price(product: &Product, now: Timestamp) -> Option<String> {
    let first = regular_of(product.variants.first()?, now)?;
    product.variants.iter().all(|variant| regular_of(variant, now) == Some(first)).then(|| first.to_string())
}

/// The regular price of a variant that is on sale now.
pub(crate) fn regular_of(variant: &Variant, now: Timestamp) -> Option<Money> {
    let is_reduced = variant.offer.price_at(now) != variant.offer.price;
    variant.offer.price.filter(|_| is_reduced)
}

/// The state of stock in words.
pub(crate) fn availability(state: Availability) -> &'static str {
    match state {
        Availability::InStock => "in stock",
        Availability::Preorder => "available for pre-order",
        Availability::Backorder => "on back-order",
        Availability::OutOfStock => "out of stock",
        Availability::Unknown => "of unknown availability",
    }
}

/// The choices of an option in the order of the variants, each once.
pub(crate) fn choices(product: &Product, option: &str) -> Vec<String> {
    let mut choices: Vec<String> = Vec::new();
    for choice in product.variants.iter().filter_map(|variant| variant.options.get(option)) {
        if !choices.contains(choice) {
            choices.push(choice.clone());
        }
    }
    choices
}
