//! Values as a shopper reads them.

use commerce::{Availability, Locale, Money, Product, Quantity, Unit, Value, Variant};
use jiff::Timestamp;

use crate::Ask;
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::voice::{Line, Voice};

/// A value in the shopper's units and language.
pub(crate) fn value(value: &Value, locale: &Locale) -> String {
    Voice::of(locale).value(&match value {
        Value::Quantity(quantity) => quantity.shown_in(locale.units).to_string(),
        Value::Range(range) => range.shown_in(locale.units).to_string(),
        other => other.display(),
    })
}

/// Words in names of what all the world measures in one unit.
const IN_ONE_UNIT: &[&str] = &[
    "waterproof",
    "hydrostatic",
    "water column",
    // What is in food and medicine is told by the gram everywhere.
    "per 100",
    "per serving",
    "per portion",
    "per bar",
    "per bag",
    "per tablet",
    "per capsule",
    "per piece",
    "per cup",
    "protein",
    "fat",
    "saturates",
    "saturated",
    "sugar",
    "sugars",
    "salt",
    "sodium",
    "fibre",
    "fiber",
    "carbohydrate",
    "carbohydrates",
    "carbs",
    "caffeine",
    "nutrition",
    "dose",
    "dosage",
    "active ingredient",
];

/// Whether what an attribute of this name measures is told as it is stated: a water column in millimetres.
pub(crate) fn is_in_one_unit(name: &str) -> bool {
    let name = stem_list(&name.replace('_', " "));
    IN_ONE_UNIT.iter().any(|words| has_phrase(&name, &stems(words)))
}

/// A value of an attribute as the shopper reads it.
pub(crate) fn value_of(key: &str, value: &Value, locale: &Locale) -> String {
    if is_in_one_unit(key) { Voice::of(locale).value(&value.display()) } else { self::value(value, locale) }
}

/// A value in a unit that was asked for, with what is stated behind it: `4.22 kg (9.3 lb)`. `None` where it measures
/// something else, or is in that unit already.
pub(crate) fn in_unit(value: &Value, unit: Unit, locale: &Locale) -> Option<String> {
    let voice = Voice::of(locale);
    let convert = |quantity: Quantity| {
        let is_other = quantity.dimension() == unit.dimension() && quantity.unit != unit;
        is_other.then(|| {
            let shown = Quantity::new(to_three_digits(unit.of_base(quantity.base())), unit);
            voice.figures(&shown.to_string())
        })
    };
    match value {
        Value::Quantity(quantity) => {
            Some(in_brackets(&convert(*quantity)?, &voice.figures(&quantity.to_string())))
        }
        Value::Range(range) => {
            let converted = voice.say(Line::Span, &[&convert(range.low)?, &convert(range.high)?]);
            Some(in_brackets(&converted, &voice.figures(&range.to_string())))
        }
        _ => None,
    }
}

fn in_brackets(text: &str, behind: &str) -> String {
    format!("{text} ({behind})")
}

/// Rounded to three significant digits, as a shopper would.
fn to_three_digits(value: f64) -> f64 {
    if value == 0.0 {
        return value;
    }
    let scale = 10_f64.powi(2 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
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
pub(crate) fn price(product: &Product, ask: &Ask) -> Option<String> {
    let voice = Voice::of(&ask.locale);
    let (low, high) = prices(product, ask.now)?;
    let (least, most) = (voice.money(low), voice.money(high));
    Some(if low == high { least } else { voice.say(Line::Span, &[&least, &most]) })
}

/// The regular price, where every variant is on sale now from the same one.
pub(crate) fn regular_price(product: &Product, ask: &Ask) -> Option<String> {
    let first = regular_of(product.variants.first()?, ask.now)?;
    let is_one = product.variants.iter().all(|variant| regular_of(variant, ask.now) == Some(first));
    is_one.then(|| Voice::of(&ask.locale).money(first))
}

/// The regular price of a variant that is on sale now.
pub(crate) fn regular_of(variant: &Variant, now: Timestamp) -> Option<Money> {
    let is_reduced = variant.offer.price_at(now) != variant.offer.price;
    variant.offer.price.filter(|_| is_reduced)
}

/// The state of stock in words.
pub(crate) fn availability(state: Availability, locale: &Locale) -> String {
    Voice::of(locale).word(availability_word(state))
}

/// The English words for a state of stock.
pub(crate) fn availability_word(state: Availability) -> &'static str {
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
