//! Values of one row in one unit, so that they can be read beside each other.

use commerce::{Quantity, Unit, UnitSystem, Value};

use crate::voice::{self, Voice};

/// A list of values is told up to here.
const MAX_LISTED: usize = 6;
/// Values longer than this are no facts but prose.
const MAX_CHARS: usize = 90;

/// The unit for a row: the one that most of its quantities would be shown in, of several the largest.
pub(super) fn common(quantities: &[Quantity], system: UnitSystem) -> Option<Unit> {
    let shown: Vec<Unit> = quantities.iter().map(|quantity| quantity.shown_in(system).unit).collect();
    let count = |unit: &Unit| shown.iter().filter(|other| *other == unit).count();
    let better =
        |a: &Unit, b: &Unit| count(a).cmp(&count(b)).then_with(|| a.to_base(1.0).total_cmp(&b.to_base(1.0)));
    shown.iter().copied().max_by(|a, b| better(a, b))
}

/// A quantity in a unit of its dimension: as stated where it is in it, else to three digits.
pub(super) fn in_unit(quantity: Quantity, unit: Unit) -> Quantity {
    if quantity.unit == unit || quantity.dimension() != unit.dimension() {
        return quantity;
    }
    Quantity::new(to_three_digits(unit.of_base(quantity.base())), unit)
}

/// The quantities of a value.
pub(super) fn quantities(value: &Value) -> Vec<Quantity> {
    match value {
        Value::Quantity(quantity) => vec![*quantity],
        Value::Range(range) => vec![range.low, range.high],
        _ => Vec::new(),
    }
}

/// Values as a shopper reads them, quantities in this unit; `None` where they are prose.
pub(super) fn text(voice: Voice, values: &[Value], unit: Option<Unit>) -> Option<String> {
    let told: Vec<String> = values.iter().map(|value| voice.value(&one(value, unit))).collect();
    if told.iter().any(|text| text.chars().count() > MAX_CHARS) {
        return None;
    }
    let more = told.len().saturating_sub(MAX_LISTED);
    let shown = told[..told.len() - more].join(", ");
    let and_more = || voice.say(voice::Line::AndMore, &[&shown, &more.to_string()]);
    Some(if more == 0 { shown.clone() } else { and_more() })
}

fn one(value: &Value, unit: Option<Unit>) -> String {
    match (value, unit) {
        (Value::Quantity(quantity), Some(unit)) => in_unit(*quantity, unit).to_string(),
        (Value::Range(range), Some(unit)) => {
            format!("{} to {}", in_unit(range.low, unit), in_unit(range.high, unit))
        }
        (value, _) => value.display(),
    }
}

/// Rounded to three significant digits, as a shopper would.
pub(super) fn to_three_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10_f64.powi(2 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_unit() {
        let read = |text: &str| Quantity::parse(text).unwrap();
        let (light, heavy) = (read("780 g"), read("1.32 kg"));
        let unit = common(&[light, heavy], UnitSystem::Metric).unwrap();
        assert_eq!(in_unit(light, unit).to_string(), "0.78 kg");
        assert_eq!(in_unit(heavy, unit).to_string(), "1.32 kg");
        let unit = common(&[light, heavy], UnitSystem::Imperial).unwrap();
        assert_eq!(in_unit(light, unit).to_string(), "1.72 lb");
    }
}
