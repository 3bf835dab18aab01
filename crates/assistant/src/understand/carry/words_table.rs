//! Words that bind a text to what was said before, in English.

/// What a text begins with that goes on with what was said, longer phrases first.
pub(super) const LEADING: &[&str] = &[
    "what about",
    "how about",
    "in that case",
    "do you have any",
    "do you have them",
    "do you have some",
    "do you have these",
    "do you have one",
    "are there any",
    "is there one",
    "it should be",
    "they should be",
    "it must be",
    "it has to be",
    "it must not",
    "make it",
    "make that",
    "and",
    "but",
    "or",
    "no",
    "nope",
    "ok",
    "okay",
    "all right",
    "alright",
    "well",
    "actually",
    "then",
    "hmm",
    "maybe",
    "rather",
    "ideally",
    "preferably",
    "also",
    "now",
    "so",
    "please",
];

/// Words of them that deny what follows, unless a pause or a bound does.
pub(super) const DENYING: &[&str] = &["no", "nope"];
/// Words that open a bound.
pub(super) const BOUNDS: &[&str] =
    &["under", "over", "below", "above", "less", "more", "in", "at", "up", "i", "the", "not", "only", "for"];

/// Words that stand for one or some of a list.
pub(super) const OF_LIST: &[&str] = &[
    "which", "other", "others", "compare", "choose", "decide", "first", "second", "third", "fourth", "fifth",
    "last", "cheaper", "cheapest",
];

/// What a text ends with that says nothing of what is meant.
pub(super) const TRAILING: &[&str] =
    &["then", "please", "instead", "though", "too", "now", "maybe", "rather"];

/// First words of what is asked for beside what was said: `under 50`, `something lighter`.
pub(super) const CONTINUING: &[&str] = &[
    "in",
    "for",
    "with",
    "without",
    "under",
    "over",
    "below",
    "above",
    "up",
    "at",
    "less",
    "more",
    "only",
    "not",
    "no",
    "any",
    "anything",
    "something",
    "one",
    "ones",
    "cheaper",
    "smaller",
    "bigger",
    "larger",
    "lighter",
    "heavier",
    "from",
    "max",
    "between",
    "around",
    "about",
    "size",
    "i",
    "it",
    "my",
    "lower",
    "higher",
    "budget",
];

/// First words of a question.
pub(super) const ASKING: &[&str] = &[
    "what", "whats", "which", "who", "where", "when", "why", "how", "is", "are", "do", "does", "did", "can",
    "could", "will", "would", "has", "have", "was", "were", "should", "may", "tell", "explain",
];

/// Phrases that go back to what was looked for before.
pub(super) const BACK: &[&str] = &[
    "back to",
    "go back to",
    "lets go back to",
    "let us go back to",
    "return to",
    "again",
    "show me again",
    "once more",
];

/// Words that say what counts in a decision.
pub(super) const COUNTING: &[&str] =
    &["matters", "matter", "important", "if", "must", "needs", "care", "prefer", "counts", "priority"];

/// Phrases that take a condition away, before what it is about.
pub(super) const FORGET: &[&str] = &[
    "forget about",
    "forget",
    "never mind about",
    "never mind",
    "nevermind",
    "drop",
    "remove",
    "ignore",
    "leave out",
    "any",
    "no matter",
    "regardless of",
    "i dont care about",
    "i do not care about",
    "dont care about",
    "without a",
    "without the",
];

/// The same behind it.
pub(super) const NO_MATTER: &[&str] = &[
    "doesnt matter",
    "does not matter",
    "dont matter",
    "do not matter",
    "is not important",
    "isnt important",
    "is no object",
    "no object",
    "is fine",
    "is ok",
];

/// Words for all conditions at once.
pub(super) const EVERYTHING: &[&str] =
    &["everything", "all", "all that", "all of it", "it all", "that", "what i said"];

/// What shoppers call a field, beside its own name.
pub(super) const FIELDS: &[(&str, &[&str])] = &[
    (
        "price",
        &["price", "prices", "budget", "cost", "money", "limit", "price limit", "maximum", "price range"],
    ),
    ("brand", &["brand", "brands", "maker", "make"]),
    ("rating", &["rating", "ratings", "stars"]),
    ("color", &["colour", "colours", "colors"]),
    ("colour", &["color", "colors", "colours"]),
];

/// Phrases that turn a product down, before it is named or pointed at.
pub(super) const TURNING_DOWN: &[&str] = &[
    "not",
    "i dont like",
    "i do not like",
    "dont like",
    "i didnt like",
    "i dont want",
    "i do not want",
    "dont want",
    "dont show me",
    "i hate",
    "not a fan of",
    "i am not a fan of",
    "im not a fan of",
    "skip",
    "anything but",
    "not keen on",
    "im not keen on",
    "leave out",
    "hide",
    "i already have",
    "i have",
    "none of",
];

/// Words that point at one product.
pub(super) const THAT_ONE: &[&str] = &["that one", "this one", "that", "this", "it", "the one"];

/// Words that point at all that was shown.
pub(super) const ALL_OF_THEM: &[&str] = &[
    "those",
    "these",
    "them",
    "any of them",
    "any of these",
    "any of those",
    "of these",
    "of those",
    "of them",
];

/// Texts that turn down all that was shown.
pub(super) const OTHERS: &[&str] = &[
    "something else",
    "anything else",
    "show me others",
    "show me other ones",
    "show me something else",
    "other ones",
    "others",
    "none of these",
    "none of them",
    "none of those",
    "different ones",
    "show me more",
    "more options",
    "what else",
    "what else do you have",
    "next",
];
