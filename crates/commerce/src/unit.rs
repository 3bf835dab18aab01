//! Units and the dimensions that they measure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::UnitSystem;

#[path = "unit_table.rs"]
mod unit_table;

use unit_table::UNITS;

/// What a unit measures. Two quantities can be compared when they share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Base: metre.
    Length,
    /// Base: square metre.
    Area,
    /// Base: kilogram.
    Mass,
    /// Base: litre.
    Volume,
    /// Base: second.
    Time,
    /// Base: degree Celsius.
    Temperature,
    /// Base: watt.
    Power,
    /// Base: watt-hour.
    Energy,
    /// Base: milliampere-hour.
    Charge,
    /// Base: volt.
    Voltage,
    /// Base: ampere.
    Current,
    /// Base: byte.
    Data,
    /// Base: hertz.
    Frequency,
    /// Base: bar.
    Pressure,
    /// Base: metre per second.
    Speed,
    /// Base: lumen.
    Light,
    /// Base: decibel.
    Sound,
    /// Base: pixel.
    Pixels,
    /// Base: gram per square metre.
    FabricWeight,
    /// Base: degree.
    Angle,
    /// Base: percent.
    Share,
    /// Base: person.
    People,
    /// Base: piece.
    Pieces,
    /// Base: newton metre.
    Torque,
    /// Base: megabit per second.
    DataRate,
    /// Base: kelvin, as light is described by it.
    ColorTemperature,
    /// Base: candela per square metre.
    Luminance,
    /// Base: ohm.
    Resistance,
    /// Base: litre per minute.
    Flow,
    /// Base: volt-ampere.
    ApparentPower,
    /// Base: newton.
    Force,
    /// Base: lux.
    Illuminance,
    /// Base: dots per inch.
    Resolution,
    /// Base: tog.
    Insulation,
}

/// A unit of measure: an entry of the unit table, known by its symbol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Unit(u8);

/// One row of the unit table.
struct Entry {
    symbol: &'static str,
    dimension: Dimension,
    /// Base units in one of this unit.
    factor: f64,
    /// Base units at zero of this unit (temperatures only).
    offset: f64,
    system: Option<UnitSystem>,
    /// Spellings in lower case, besides the symbol; a plural `s` is understood. One with capitals is read with them alone.
    names: &'static [&'static str],
}

impl Unit {
    /// The unit of a spelling, such as `kg`, `Kilograms`, `fl oz` or `"`. Symbols are read with their case first
    /// (`Mb/s` and `MB/s` differ), then everything in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if let Some(place) =
            UNITS.iter().position(|entry| entry.symbol == text || entry.names.contains(&text))
        {
            return Some(Self(place as u8));
        }
        let lower = text.to_lowercase();
        let singular = lower.strip_suffix('s').filter(|rest| rest.len() > 1);
        UNITS
            .iter()
            .position(|entry| {
                entry.names.contains(&lower.as_str())
                    || singular.is_some_and(|singular| entry.names.contains(&singular))
                    || entry.symbol.len() > 1 && entry.symbol.to_lowercase() == lower
            })
            .map(|place| Self(place as u8))
    }

    /// The symbol that stands after a number: `kg`, `in`, `°C`.
    pub fn symbol(self) -> &'static str {
        self.entry().symbol
    }

    /// What it measures.
    pub fn dimension(self) -> Dimension {
        self.entry().dimension
    }

    /// The system that it belongs to; `None` where both use it.
    pub fn system(self) -> Option<UnitSystem> {
        self.entry().system
    }

    /// A value in this unit as a value in the base unit of the dimension.
    pub fn to_base(self, value: f64) -> f64 {
        value * self.entry().factor + self.entry().offset
    }

    /// A value in the base unit of the dimension as a value in this unit.
    pub fn of_base(self, base: f64) -> f64 {
        (base - self.entry().offset) / self.entry().factor
    }

    /// From how many on people say it in this unit: a table is 70 inches long and a rope 20 feet.
    pub(crate) fn shown_from(self) -> f64 {
        if self.symbol() == "ft" { 10.0 } else { 1.0 }
    }

    /// The units of a dimension in this system, the ones used for showing, smallest first.
    pub(crate) fn shown(dimension: Dimension, system: UnitSystem) -> impl Iterator<Item = Self> {
        let symbols: &[&str] = match (dimension, system) {
            (Dimension::Length, UnitSystem::Metric) => &["mm", "cm", "m", "km"],
            (Dimension::Length, UnitSystem::Imperial) => &["in", "ft", "mi"],
            (Dimension::Area, UnitSystem::Metric) => &["cm²", "m²"],
            (Dimension::Area, UnitSystem::Imperial) => &["in²", "ft²"],
            (Dimension::Mass, UnitSystem::Metric) => &["g", "kg"],
            (Dimension::Mass, UnitSystem::Imperial) => &["oz", "lb"],
            (Dimension::Volume, UnitSystem::Metric) => &["ml", "l"],
            (Dimension::Volume, UnitSystem::Imperial) => &["fl oz", "gal"],
            (Dimension::Temperature, UnitSystem::Metric) => &["°C"],
            (Dimension::Temperature, UnitSystem::Imperial) => &["°F"],
            (Dimension::Speed, UnitSystem::Metric) => &["km/h"],
            (Dimension::Speed, UnitSystem::Imperial) => &["mph"],
            (Dimension::Pressure, UnitSystem::Metric) => &["bar"],
            (Dimension::Pressure, UnitSystem::Imperial) => &["psi"],
            (Dimension::Torque, UnitSystem::Metric) => &["Nm"],
            (Dimension::Torque, UnitSystem::Imperial) => &["ft-lb"],
            (Dimension::Flow, UnitSystem::Metric) => &["l/min"],
            (Dimension::Flow, UnitSystem::Imperial) => &["gpm"],
            (Dimension::FabricWeight, UnitSystem::Metric) => &["g/m²"],
            (Dimension::FabricWeight, UnitSystem::Imperial) => &["oz/yd²"],
            _ => &[],
        };
        symbols.iter().filter_map(|symbol| Self::parse(symbol))
    }

    fn entry(self) -> &'static Entry {
        &UNITS[self.0 as usize]
    }
}

impl std::fmt::Debug for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.symbol())
    }
}

impl TryFrom<String> for Unit {
    type Error = String;

    fn try_from(symbol: String) -> Result<Self, Self::Error> {
        Self::parse(&symbol).ok_or_else(|| format!("\"{symbol}\" is no known unit"))
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.symbol().to_owned()
    }
}
