//! What the weather is like where and when: monthly normals of cities, the places for which a city is taken, and seasons.
//!
//! The figures are facts that come with the program and not from the shop; each month of a city is a row of evidence of
//! its own. See `climate/normals.txt` for their source.

mod evidence;
mod normals;
mod places;
mod seasons;
mod weather;

pub(crate) use evidence::rule;
pub(crate) use normals::{City, MONTHS, Normal};
pub(crate) use places::{Spot, find};
pub use seasons::Season;
pub(crate) use weather::{Basis, Weather, weather};

use std::sync::LazyLock;

/// Where the figures come from, as a shopper reads it.
pub(crate) const SOURCE: &str = "monthly climate normals, github.com/michaelx/climate, indicative";

static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| normals::parse(include_str!("climate/normals.txt")));

#[cfg(test)]
mod tests;
