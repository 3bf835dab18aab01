//! The shopper's language and units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What decides how facts are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Locale {
    /// A BCP 47 language tag, such as `en` or `en-GB`.
    pub language: String,
    /// The units that lengths, masses, volumes and temperatures are shown in.
    pub units: UnitSystem,
}

/// The two systems that shoppers read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitSystem {
    /// Metres, kilograms, litres, degrees Celsius.
    #[default]
    Metric,
    /// Feet, pounds, fluid ounces, degrees Fahrenheit (United States customary).
    Imperial,
}

impl Default for Locale {
    fn default() -> Self {
        Self { language: "en".to_owned(), units: UnitSystem::Metric }
    }
}

impl Locale {
    /// The locale of a BCP 47 tag: the units are those of its region (United States, Liberia and Myanmar are not
    /// metric).
    pub fn parse(tag: &str) -> Self {
        let tag = tag.replace('_', "-");
        let units = match tag.rsplit('-').next() {
            Some("US" | "LR" | "MM") => UnitSystem::Imperial,
            _ => UnitSystem::Metric,
        };
        Self { language: tag, units }
    }
}
