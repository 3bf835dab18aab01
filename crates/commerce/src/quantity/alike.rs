//! Newton metres and nanometres differ in a capital letter that feeds and shoppers do not keep to: a drill has "60 nm", a
//! lamp shines at "365NM". What the words around the number speak of decides; where they speak of neither, the letter does.

use super::Quantity;
use crate::{Dimension, Unit};

/// What turns.
const TURNING: &[&str] = &[
    "torque",
    "drehmoment",
    "anzugsmoment",
    "couple de",
    "couple max",
    "par de",
    "par máx",
    "newton",
    "koppel",
];
/// What has a wavelength or is that small.
const SMALL: &[&str] = &[
    "wavelength",
    "wellenlänge",
    "longueur d'onde",
    "longitud de onda",
    "laser",
    "láser",
    "infrared",
    "infrarot",
    "ultraviolet",
    "nanomet",
    "chip",
    "process",
    "lithograph",
];

impl Quantity {
    /// The quantity as the words around it mean it: in newton metres where they speak of torque, in nanometres where they
    /// speak of light.
    pub(crate) fn among(self, words: &str) -> Self {
        match self.unit.symbol() {
            "nm" | "Nm" => {}
            _ => return self,
        }
        let words = words.to_lowercase();
        let speaks = |of: &[&str]| of.iter().any(|word| words.contains(word));
        match (speaks(TURNING), speaks(SMALL), self.dimension()) {
            (true, false, Dimension::Length) => self.counted_in("Nm"),
            (false, true, Dimension::Torque) => self.counted_in("nm"),
            _ => self,
        }
    }

    /// The quantity as a shopper means it whose catalog states torques: nobody who types `60 nm` minds the capital. Words
    /// that speak of light keep the nanometres.
    pub fn for_catalog_with_torque(self, words: &str) -> Self {
        let torque = if self.unit.symbol() == "nm" { self.counted_in("Nm") } else { self };
        torque.among(words)
    }

    fn counted_in(self, symbol: &str) -> Self {
        Unit::parse(symbol).map_or(self, |unit| Self { unit, ..self })
    }
}
