//! Numbers with a unit, read from the text of feeds and shoppers.

use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Dimension, Unit, UnitSystem};

mod alike;
mod scan;

/// A number with a unit, as it was written: `Quantity { value: 1.2, unit: kg }`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
}

/// From one quantity to another of the same dimension, such as `10-15 kg`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuantityRange {
    /// The lower end, included.
    pub low: Quantity,
    /// The upper end, included.
    pub high: Quantity,
}

impl Quantity {
    /// A number of these units.
    pub fn new(value: f64, unit: Unit) -> Self {
        Self { value, unit }
    }

    /// Reads text that is one quantity and nothing else: `1.2 kg`, `32 fl. oz.`, `15.6-inch`, `10 000 mAh`,
    /// `5 ft 4 in`, `3 1/2 lb`, `3-person`, `+5 °C`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix('.').filter(|text| text.ends_with(char::is_alphabetic)).unwrap_or(text);
        let starts_with_word = text.starts_with(char::is_alphabetic);
        match scan::scan(text, 0)? {
            (found, quantity) if found == (0..text.len()) && !starts_with_word => Some(quantity),
            _ => None,
        }
    }

    /// Every quantity in running text with the bytes it stands in, from left to right.
    pub fn find_all(text: &str) -> Vec<(Range<usize>, Self)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((range, quantity)) = scan::scan(text, from) {
            from = range.end;
            found.push((range, quantity));
        }
        found
    }

    /// What is measured.
    pub fn dimension(self) -> Dimension {
        self.unit.dimension()
    }

    /// The value in the base unit of the dimension: kilograms, metres, litres (see [`Dimension`]).
    pub fn base(self) -> f64 {
        self.unit.to_base(self.value)
    }

    /// The same quantity in the shopper's units: unchanged where it is in them already, else in the unit that shows
    /// it shortest, rounded to three significant digits.
    pub fn shown_in(self, system: UnitSystem) -> Self {
        if self.unit.system().is_none_or(|own| own == system) {
            return self;
        }
        let base = self.base();
        let units: Vec<Unit> = Unit::shown(self.dimension(), system).collect();
        let is_usual = |unit: &&Unit| unit.of_base(base).abs() >= unit.shown_from();
        let unit = units.iter().rev().find(is_usual).or(units.first());
        unit.map_or(self, |unit| Self { value: round_to_three(unit.of_base(base)), unit: *unit })
    }
}

/// Reads a number whose separators leave no doubt: `1,299.00`, `1.299,00`, `1,5`. A lone comma before three digits may
/// be either.
pub(crate) fn plain_number(text: &str) -> Option<f64> {
    let (_, decimals) = text.rsplit_once(['.', ','])?;
    let is_certain =
        decimals.len() != 3 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    scan::number(text).filter(|_| is_certain)
}

/// Reads `550 mm (22 in)`: a quantity with the same in other units behind it.
pub(crate) fn with_equivalent(text: &str) -> Option<Quantity> {
    const MAX_DEVIATION: f64 = 0.05;
    let (first, second) = text.strip_suffix(')')?.split_once(" (")?;
    let (first, second) = (Quantity::parse(first)?, Quantity::parse(second)?);
    let is_same = first.dimension() == second.dimension()
        && (first.base() - second.base()).abs() <= MAX_DEVIATION * first.base().abs();
    is_same.then_some(first)
}

/// Rounds to three significant digits, and to whole numbers from 100 on.
fn round_to_three(value: f64) -> f64 {
    if value == 0.0 || value.abs() >= 100.0 {
        return value.round();
    }
    let digits = 2 - value.abs().log10().floor() as i32;
    let scale = 10f64.powi(digits);
    (value * scale).round() / scale
}

impl QuantityRange {
    /// Reads text that is a range and nothing else: `10-15 kg`, `5 to 10 °C`, `-5 °C – 10 °C`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let separators = [" to ", " - ", " – ", "–", " bis ", "-"];
        separators.iter().find_map(|separator| {
            text.match_indices(separator).find_map(|(place, _)| {
                let (left, right) = (&text[..place], &text[place + separator.len()..]);
                let high = Quantity::parse(right)?;
                let low = match scan::number(left.trim()) {
                    Some(value) => Quantity::new(value, high.unit),
                    None => Quantity::parse(left)?,
                };
                let is_range = low.dimension() == high.dimension() && low.base() < high.base();
                is_range.then_some(Self { low, high })
            })
        })
    }

    /// The same range in the shopper's units.
    pub fn shown_in(self, system: UnitSystem) -> Self {
        Self { low: self.low.shown_in(system), high: self.high.shown_in(system) }
    }
}

/// `1.2 kg`, `15.6 in`, `5 °C`, `30%`, `3 people`, `1 person`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbol = self.unit.symbol();
        let symbol = match (symbol, self.value == 1.0) {
            ("people", true) => "person",
            ("days" | "weeks" | "months" | "years" | "pieces", true) => &symbol[..symbol.len() - 1],
            _ => symbol,
        };
        let value = (self.value * 1e6).round() / 1e6;
        match symbol {
            "%" | "°" => write!(f, "{value}{symbol}"),
            _ => write!(f, "{value} {symbol}"),
        }
    }
}

/// `10–15 kg`, or both units where they differ.
impl fmt::Display for QuantityRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low.unit == self.high.unit {
            write!(f, "{}–{}", (self.low.value * 1e6).round() / 1e6, self.high)
        } else {
            write!(f, "{} – {}", self.low, self.high)
        }
    }
}

#[cfg(test)]
mod tests;
