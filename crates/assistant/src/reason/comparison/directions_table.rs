//! Which way of a measure is better, as general knowledge of quantities: a rating of what is measured, never of a store.

use crate::table::Better;

/// When a direction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// For all goods that state it.
    Always,
    /// For goods that are carried, worn or held.
    Carried,
    /// Where the need asks for it: a larger pot is no better pot.
    Asked,
}

/// Told by the label of the attribute: `with more floor area`.
pub(crate) const BY_LABEL: &str = "";

/// A row: the concept, which way is better and when, how much it counts beside a price of 1, and how it is told.
#[derive(Debug)]
pub(crate) struct Direction {
    pub(crate) concept: &'static str,
    pub(crate) better: Better,
    pub(crate) when: When,
    pub(crate) weight: f64,
    /// How one is told that has less.
    pub(crate) less: &'static str,
    /// How one is told that has more.
    pub(crate) more: &'static str,
}

const fn row(
    concept: &'static str,
    better: Better,
    when: When,
    weight: f64,
    less: &'static str,
    more: &'static str,
) -> Direction {
    Direction { concept, better, when, weight, less, more }
}

/// The first row whose concept an attribute states counts.
pub(crate) const DIRECTIONS: &[Direction] = &[
    row("load", Better::More, When::Asked, 0.5, "made for less weight", "made for more weight"),
    row("weight", Better::Less, When::Carried, 0.5, "lighter", "heavier"),
    row("charging time", Better::Less, When::Always, 0.3, "quicker to charge", "slower to charge"),
    row("battery life", Better::More, When::Always, 0.6, "shorter-lasting", "longer-lasting"),
    row("battery capacity", Better::More, When::Always, 0.4, "smaller in battery", "larger in battery"),
    row("warranty", Better::More, When::Always, 0.3, "under a shorter warranty", "under a longer warranty"),
    row("noise", Better::Less, When::Always, 0.4, "quieter", "louder"),
    row("brightness", Better::More, When::Always, 0.4, "dimmer", "brighter"),
    row("torque", Better::More, When::Always, 0.4, "lower in torque", "higher in torque"),
    row("storage", Better::More, When::Always, 0.5, "smaller in storage", "larger in storage"),
    row("refresh rate", Better::More, When::Always, 0.3, "slower to refresh", "quicker to refresh"),
    row("resolution", Better::More, When::Always, 0.4, "coarser", "sharper"),
    row("range", Better::More, When::Always, 0.4, "shorter in range", "longer in range"),
    // A floor and a vestibule are areas: which one is told by its label.
    row("coverage", Better::More, When::Always, 0.4, BY_LABEL, BY_LABEL),
    row("power", Better::More, When::Asked, 0.4, "less powerful", "more powerful"),
    row("speed", Better::More, When::Asked, 0.4, "slower", "faster"),
    row("capacity", Better::More, When::Asked, 0.5, "smaller inside", "larger inside"),
    row("screen size", Better::More, When::Asked, 0.4, "smaller in screen", "larger in screen"),
    row("temperature", Better::Less, When::Asked, 0.6, "made for colder days", "made for milder days"),
    row("sugar", Better::Less, When::Asked, 0.5, "lower in sugar", "higher in sugar"),
    row("calories", Better::Less, When::Asked, 0.5, "lower in calories", "higher in calories"),
    row("protein", Better::More, When::Asked, 0.5, "lower in protein", "higher in protein"),
    row("caffeine", Better::Less, When::Asked, 0.5, "lower in caffeine", "higher in caffeine"),
    row("alcohol", Better::Less, When::Asked, 0.5, "lower in alcohol", "higher in alcohol"),
    row("thread count", Better::More, When::Asked, 0.4, "coarser", "finer"),
    row("thickness", Better::More, When::Asked, 0.4, "thinner", "thicker"),
    row("width", Better::Less, When::Asked, 0.4, "narrower", "wider"),
    row("depth", Better::Less, When::Asked, 0.4, "less deep", "deeper"),
    row("height", Better::Less, When::Asked, 0.4, "lower", "taller"),
    row("length", Better::More, When::Asked, 0.4, "shorter", "longer"),
    row("dimensions", Better::Less, When::Asked, 0.4, "smaller", "larger"),
];

/// Words in titles and categories of goods that are carried, worn or held, so that less weight is better.
pub(crate) const CARRIED: &[&str] = &[
    "backpack",
    "rucksack",
    "daypack",
    "bag",
    "tent",
    "sleeping bag",
    "tarp",
    "hammock",
    "stove",
    "laptop",
    "notebook",
    "tablet",
    "phone",
    "smartphone",
    "headphone",
    "earbud",
    "shoe",
    "boot",
    "sneaker",
    "jacket",
    "coat",
    "vest",
    "camera",
    "lens",
    "tripod",
    "bicycle",
    "bike",
    "stroller",
    "pushchair",
    "umbrella",
    "trekking pole",
    "luggage",
    "suitcase",
    "carrier",
    "helmet",
    "drill",
    "screwdriver",
    "power tool",
    "vacuum",
    "watch",
    "racket",
];
