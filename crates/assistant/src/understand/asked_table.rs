//! Words that ask for a kind of fact, in English.

use commerce::Dimension;

/// One row: when all words of a phrase stand in the question, it asks for attributes of these keys or dimensions.
pub(super) struct Row {
    pub(super) phrases: &'static [&'static str],
    pub(super) keys: &'static [&'static str],
    pub(super) dimensions: &'static [Dimension],
}

const fn row(
    phrases: &'static [&'static str],
    keys: &'static [&'static str],
    dimensions: &'static [Dimension],
) -> Row {
    Row { phrases, keys, dimensions }
}

/// Attributes by the words that ask for them. Words are compared by stem.
pub(super) const ATTRIBUTES: &[Row] = &[
    row(&["weigh", "heavy", "how light", "weight"], &["weight", "mass"], &[Dimension::Mass]),
    row(
        &["dimensions", "measurements", "how big", "how large", "how small", "what size", "size of"],
        &["dimension", "dimensions", "size", "length", "width", "height", "depth", "diameter", "measurements"],
        &[],
    ),
    row(&["how tall", "how high", "height"], &["height", "tall"], &[]),
    row(&["how wide", "width"], &["width", "wide"], &[]),
    row(&["how deep", "depth"], &["depth"], &[]),
    row(&["how thick", "thickness"], &["thickness", "thick"], &[]),
    row(&["how long is", "what length", "length"], &["length"], &[]),
    row(
        &["capacity", "how much hold", "how much does hold", "volume", "how many liters", "how many litres"],
        &["capacity", "volume"],
        &[Dimension::Volume],
    ),
    row(&["how many people", "sleeps", "how many persons"], &["capacity", "people", "sleeps", "persons"], &[Dimension::People]),
    row(
        &["battery last", "battery life", "run time", "runtime", "how long charge", "how long last", "playtime"],
        &["battery", "runtime", "playtime", "life"],
        &[],
    ),
    row(&["made of", "made from", "material", "fabric", "what is made"], &["material", "materials", "fabric", "composition", "shell", "upper"], &[]),
    row(&["color", "colour", "colors", "colours"], &["color", "colour"], &[]),
    row(&["what sizes", "which sizes", "sizes"], &["size"], &[]),
    row(&["made in", "country", "where made", "origin", "manufactured"], &["country", "origin", "made"], &[]),
    row(&["warranty", "guarantee"], &["warranty", "guarantee"], &[]),
    row(&["wash", "clean", "care", "dishwasher", "iron", "laundry"], &["care", "washing", "cleaning", "dishwasher"], &[]),
    row(&["power", "watt", "wattage", "watts"], &["power", "wattage"], &[Dimension::Power]),
    row(&["bright", "lumens", "brightness"], &["brightness", "lumens", "output", "luminous"], &[Dimension::Light]),
    row(&["noise", "how loud", "decibel", "decibels"], &["noise", "sound"], &[Dimension::Sound]),
    row(&["storage", "memory", "how many gb"], &["storage", "memory"], &[Dimension::Data]),
    row(&["screen", "display"], &["screen", "display"], &[]),
    row(&["how cold", "temperature", "how warm", "lowest temperature"], &["temperature", "comfort", "limit"], &[Dimension::Temperature]),
    row(&["thread count"], &["thread"], &[]),
    row(&["ingredients", "contain", "contains"], &["ingredients", "ingredient", "contains", "allergens"], &[]),
    row(&["age", "years old"], &["age"], &[]),
];

/// Words that ask for the price.
pub(super) const PRICE: &[&str] = &["price", "cost", "costs", "how much is", "how much are", "expensive", "on sale", "discount"];

/// Words that ask whether it can be bought.
pub(super) const AVAILABILITY: &[&str] = &["in stock", "available now", "availability", "sold out", "out of stock", "still available"];

/// Words that ask for the maker.
pub(super) const BRAND: &[&str] = &["brand", "who makes", "manufacturer", "maker", "who made"];

/// Words that ask what reviewers say.
pub(super) const OPINION: &[&str] = &[
    "people say", "reviewers", "reviews", "review", "customers say", "customers like", "people like", "people think",
    "customers think", "complaints", "complain", "opinions", "buyers", "feedback", "worth it", "worth the",
];

/// Words that ask for the rating.
pub(super) const RATING: &[&str] = &["rating", "rated", "stars", "how good"];

/// Words that are about a rule of the shop.
pub(super) const POLICY: &[&str] = &[
    "return", "returns", "refund", "refunds", "exchange", "send back", "ship", "shipping", "shipped", "deliver", "delivery",
    "delivered", "postage", "pay", "payment", "paypal", "credit card", "gift card", "privacy", "personal data", "cookies",
    "cancel", "order status", "track my order", "warranty", "guarantee", "contact", "customer service", "customer support",
    "opening hours", "phone number", "restocking", "policy", "policies", "discount code", "promo code", "newsletter",
    "my account", "my data", "store credit", "pickup", "pick up", "customs", "duties", "international",
];

/// Words of questions that decide nothing, besides stop words.
pub(super) const QUESTION_WORDS: &[&str] = &[
    "actually", "after", "again", "all", "allow", "also", "anyone", "anything", "available", "because", "before", "between",
    "both", "come", "comes", "customer", "customers", "different", "during", "each", "either", "else", "enough", "ever",
    "exactly", "feature", "features", "first", "good", "got", "great", "happen", "happens", "here", "include", "included",
    "includes", "item", "items", "know", "long", "lot", "made", "make", "makes", "many", "mean", "more", "most", "much",
    "need", "now", "offer", "offers", "okay", "only", "other", "own", "people", "per", "possible", "product", "products",
    "purchase", "purchased", "question", "quite", "real", "really", "reviewer", "reviewers", "reviews", "right", "same",
    "say", "says", "sell", "since", "still", "store", "such", "suit", "suitable", "sure", "take", "takes", "tell", "then",
    "thing", "think", "through", "time", "too", "type", "until", "used", "using", "usually", "want", "way", "well", "when",
    "while", "why", "within", "work", "works", "year", "yes", "yet", "big", "heavy", "high", "how", "kind",
];
