//! What the words of a need ask of goods, in English: a measure in one direction, or a matter that has to be stated.

use crate::table::Better;

/// A row: the words, the concept, and for a measure which way is better.
#[derive(Debug)]
pub(crate) struct Want {
    pub(crate) phrases: &'static [&'static str],
    pub(crate) concept: &'static str,
    /// `None` where it only has to be stated.
    pub(crate) better: Option<Better>,
}

const fn less(concept: &'static str, phrases: &'static [&'static str]) -> Want {
    Want { phrases, concept, better: Some(Better::Less) }
}

const fn more(concept: &'static str, phrases: &'static [&'static str]) -> Want {
    Want { phrases, concept, better: Some(Better::More) }
}

const fn states(concept: &'static str, phrases: &'static [&'static str]) -> Want {
    Want { phrases, concept, better: None }
}

/// All rows whose words stand in the need count.
pub(crate) const WANTS: &[Want] = &[
    less(
        "weight",
        &[
            "light",
            "lightweight",
            "lighter",
            "weight",
            "carry",
            "travel",
            "travelling",
            "hiking",
            "backpacking",
            "trekking",
            "climbing",
            "commute",
            "commuting",
            "on the go",
        ],
    ),
    less("noise", &["quiet", "quieter", "silent", "noise", "bedroom", "at night", "open office"]),
    more("battery life", &["battery", "battery life", "all day", "last long", "lasts long"]),
    less("charging time", &["charging", "fast charging", "charge fast", "quick charge"]),
    more("power", &["powerful", "power", "strong motor", "heavy duty"]),
    more("torque", &["powerful", "torque", "heavy duty"]),
    more("speed", &["fast", "speed"]),
    more("brightness", &["bright", "brightness"]),
    more(
        "capacity",
        &[
            "roomy",
            "spacious",
            "big",
            "large",
            "capacity",
            "family",
            "room inside",
            "about space",
            "about room",
            "space inside",
            "space matters",
            "more space",
            "most space",
            "lots of space",
            "much space",
            "the space",
            "volume",
        ],
    ),
    more("load", &["heavy load", "load", "strong", "sturdy"]),
    more("screen size", &["big screen", "large screen", "screen size"]),
    more("storage", &["storage", "photos", "many files"]),
    more("refresh rate", &["gaming", "games"]),
    more("range", &["range", "long range", "far"]),
    more("coverage", &["big house", "large area", "coverage"]),
    more("warranty", &["warranty", "guarantee"]),
    less("width", &["narrow", "compact", "small flat", "small kitchen", "little space", "small room"]),
    less("depth", &["compact", "small flat", "small kitchen", "little space", "small room", "shallow"]),
    less("dimensions", &["compact", "small", "little space", "fits anywhere"]),
    less("temperature", &["cold", "winter", "freezing", "frost"]),
    less("sugar", &["low sugar", "less sugar", "sugar", "diabetic"]),
    less("calories", &["low calorie", "calories", "diet", "lose weight"]),
    more("protein", &["protein", "muscle"]),
    less("caffeine", &["low caffeine", "less caffeine", "evening"]),
    states("waterproof", &["rain", "rainy", "wet", "waterproof", "downpour"]),
    states("warm", &["winter", "cold", "snow", "freezing", "warm"]),
    states("breathable", &["running", "sweat", "hot weather", "breathable"]),
    states("windproof", &["wind", "windy"]),
    states("machine washable", &["machine washable", "easy to wash"]),
    states("dishwasher safe", &["dishwasher"]),
    states("foldable", &["fold", "foldable"]),
];

/// Words for the price and for what buyers think, where they are said to matter.
pub(crate) const PRICE_WORDS: &[&str] =
    &["price", "cheap", "budget", "affordable", "cost", "money", "value", "inexpensive"];
/// The same for ratings.
pub(crate) const RATING_WORDS: &[&str] =
    &["rating", "ratings", "reviews", "rated", "popular", "reliable", "reviewers", "what buyers say"];

/// Words around a matter that make it the first of all.
pub(crate) const FOREMOST: &[&str] = &[
    "most important",
    "matters most",
    "above all",
    "most of all",
    "mainly",
    "priority",
    "really important",
    "care most",
    "as possible",
];
/// Words that leave nothing beside a matter, with one of those that say that it matters.
pub(crate) const ONLY: &[&str] =
    &["only", "solely", "purely", "just", "nothing but", "nothing else", "all i", "all that", "alone"];
pub(crate) const CARING: &[&str] =
    &["care", "cares", "matters", "matter", "counts", "important", "interested", "interests"];
/// Words around a matter that take it out.
pub(crate) const NO_MATTER: &[&str] = &[
    "no object",
    "not important",
    "doesnt matter",
    "does not matter",
    "dont care",
    "do not care",
    "no matter",
    "regardless",
    "no issue",
    "isnt important",
    "doesnt count",
    "does not count",
    "is irrelevant",
    "whatever",
];
