//! Words that compare with a number, in English.

use commerce::Dimension;

use super::bounds::Side;

/// What a comparing phrase says: on which side of the number, and of what where the phrase tells.
pub(super) struct Comparator {
    pub(super) phrase: &'static str,
    pub(super) side: Side,
    pub(super) measures: Measures,
}

/// What a comparing phrase measures.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Measures {
    /// Whatever the number has a unit of.
    Anything,
    /// A price.
    Price,
    /// One of these dimensions.
    Of(&'static [Dimension]),
}

const fn row(phrase: &'static str, side: Side, measures: Measures) -> Comparator {
    Comparator { phrase, side, measures }
}

use Dimension::{
    Charge, Data, FabricWeight, Length, Light, Mass, Power, Sound, Speed, Temperature, Time, Volume,
};
use Measures::{Anything, Of, Price};
use Side::{Above, Around, Below};

/// Before the number. Longer phrases stand before their parts.
pub(super) const BEFORE: &[Comparator] = &[
    row("no more than", Below, Anything),
    row("not more than", Below, Anything),
    row("no less than", Above, Anything),
    row("not less than", Above, Anything),
    row("no heavier than", Below, Of(&[Mass])),
    row("not heavier than", Below, Of(&[Mass])),
    row("less expensive than", Below, Price),
    row("more expensive than", Above, Price),
    row("more powerful than", Above, Of(&[Power])),
    row("less than", Below, Anything),
    row("fewer than", Below, Anything),
    row("more than", Above, Anything),
    row("greater than", Above, Anything),
    row("cheaper than", Below, Price),
    row("lighter than", Below, Of(&[Mass, FabricWeight])),
    row("heavier than", Above, Of(&[Mass, FabricWeight])),
    row("longer than", Above, Of(&[Length, Time])),
    row("shorter than", Below, Of(&[Length, Time])),
    row("taller than", Above, Of(&[Length])),
    row("higher than", Above, Anything),
    row("lower than", Below, Anything),
    row("wider than", Above, Of(&[Length])),
    row("narrower than", Below, Of(&[Length])),
    row("thicker than", Above, Of(&[Length])),
    row("thinner than", Below, Of(&[Length])),
    row("deeper than", Above, Of(&[Length])),
    row("bigger than", Above, Of(&[Volume, Length, Data, Charge])),
    row("larger than", Above, Of(&[Volume, Length, Data, Charge])),
    row("smaller than", Below, Of(&[Volume, Length, Data, Charge])),
    row("brighter than", Above, Of(&[Light])),
    row("quieter than", Below, Of(&[Sound])),
    row("louder than", Above, Of(&[Sound])),
    row("faster than", Above, Of(&[Speed])),
    row("slower than", Below, Of(&[Speed])),
    row("warmer than", Above, Of(&[Temperature])),
    row("colder than", Below, Of(&[Temperature])),
    row("better than", Above, Anything),
    row("at most", Below, Anything),
    row("at least", Above, Anything),
    row("up to", Below, Anything),
    row("starting at", Above, Anything),
    row("starting from", Above, Anything),
    row("minimum of", Above, Anything),
    row("maximum of", Below, Anything),
    row("budget of", Below, Price),
    row("budget is", Below, Price),
    row("budget", Below, Price),
    row("down to", Below, Of(&[Temperature])),
    row("under", Below, Anything),
    row("below", Below, Anything),
    row("beneath", Below, Anything),
    row("within", Below, Anything),
    row("max", Below, Anything),
    row("maximum", Below, Anything),
    row("min", Above, Anything),
    row("minimum", Above, Anything),
    row("over", Above, Anything),
    row("above", Above, Anything),
    row("from", Above, Anything),
    row("around", Around, Anything),
    row("about", Around, Anything),
    row("approximately", Around, Anything),
    row("roughly", Around, Anything),
    row("circa", Around, Anything),
    row("near", Around, Anything),
];

/// After the number.
pub(super) const AFTER: &[Comparator] = &[
    row("or less", Below, Anything),
    row("or under", Below, Anything),
    row("or below", Below, Anything),
    row("or cheaper", Below, Price),
    row("or lighter", Below, Of(&[Mass])),
    row("or fewer", Below, Anything),
    row("or smaller", Below, Anything),
    row("at most", Below, Anything),
    row("max", Below, Anything),
    row("maximum", Below, Anything),
    row("tops", Below, Anything),
    row("or more", Above, Anything),
    row("or above", Above, Anything),
    row("or over", Above, Anything),
    row("or bigger", Above, Anything),
    row("or larger", Above, Anything),
    row("or longer", Above, Anything),
    row("and up", Above, Anything),
    row("and over", Above, Anything),
    row("at least", Above, Anything),
    row("minimum", Above, Anything),
    row("plus", Above, Anything),
    row("stars and up", Above, Anything),
];

/// Words that name money after or before a bare number.
pub(super) const MONEY_WORDS: &[(&str, &str)] = &[
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("buck", "USD"),
    ("usd", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("gbp", "GBP"),
    ("quid", "GBP"),
    ("yen", "JPY"),
    ("jpy", "JPY"),
    ("chf", "CHF"),
    ("francs", "CHF"),
];

/// Words that a key of an attribute has when a comparing word is about it.
pub(super) const DIMENSION_KEYS: &[(Dimension, &[&str])] = &[
    (Mass, &["weight", "mass"]),
    (Length, &["length", "height", "width", "size", "screen"]),
    (Volume, &["capacity", "volume"]),
    (Time, &["battery_life", "runtime", "time", "duration", "warranty"]),
    (Temperature, &["comfort", "temperature", "limit"]),
    (Power, &["power", "wattage"]),
    (Data, &["storage", "memory", "capacity"]),
    (Charge, &["battery", "capacity", "charge"]),
    (Light, &["brightness", "lumens", "light", "output"]),
    (Sound, &["noise", "sound"]),
];
