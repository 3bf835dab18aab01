//! Words that ask to compare, to decide, and that stand for several products, in English.

/// Phrases that ask for products side by side.
pub(super) const COMPARE: &[&str] = &[
    "compare",
    "compared",
    "comparing",
    "comparison",
    "versus",
    "vs",
    "side by side",
    "difference between",
    "differences between",
    "what is the difference",
    "whats the difference",
    "what are the differences",
    "how do they differ",
    "how do these differ",
    "how does it compare",
    "how do they compare",
    "stack up",
];

/// Phrases that ask for a decision.
pub(super) const DECIDE: &[&str] = &[
    "help me decide",
    "help me choose",
    "help me pick",
    "help deciding",
    "help choosing",
    "cant decide",
    "cant make up my mind",
    "can not decide",
    "cannot decide",
    "cant choose",
    "can not choose",
    "cannot choose",
    "hard to choose",
    "hard to decide",
    "undecided",
    "torn between",
    "make up my mind",
    "choose for me",
    "decide for me",
    "pick for me",
    "pick one for me",
    "which one should i",
    "which should i",
    "which of these should i",
    "which of them should i",
    "what would you pick",
    "what would you choose",
    "which would you",
    "which one would you",
];

/// Phrases that ask for a decision where several products are at hand.
pub(super) const DECIDE_AMONG: &[&str] = &[
    "should i buy",
    "should i get",
    "should i take",
    "should i choose",
    "should i go for",
    "which is better",
    "which is best",
    "which one is better",
    "which one is best",
    "which of these is better",
    "which of these is best",
    "which of them is best",
    "better choice",
    "best choice",
    "better buy",
    "best buy",
    "better one",
    "best one",
    "better for",
    "best for",
    "recommend",
];

/// Two products at hand.
pub(super) const BOTH: &str = "both";

/// Phrases for all products at hand.
pub(super) const ALL: &[&str] = &[
    "these two",
    "those two",
    "the two",
    BOTH,
    "these three",
    "those three",
    "the three",
    "these four",
    "all of them",
    "all of these",
    "all of those",
    "of these",
    "of those",
    "of them",
    "between them",
];

/// Words for all products at hand where no page is open that they could stand for: `do they run small`.
pub(super) const ALL_IF_NO_PAGE: &[&str] = &["these", "those", "them", "they"];

/// Words for one of those at hand.
pub(super) const ONE_OF: &[&str] = &["one", "these", "those", "them", "any of"];

/// Verbs behind `which should I`.
pub(super) const TAKING: &[&str] = &["buy", "get", "take", "pick", "choose", "order", "go", "now", "today"];

/// Words behind what asks for a decision that open a need and no name of goods.
pub(super) const BEFORE_NEED: &[&str] =
    &["for", "if", "when", "because", "which", "what", "between", "by", "from", "among", "i", "please", "in"];

/// Words between the names of products.
pub(super) const SEPARATORS: &[&str] =
    &["and", "or", "with", "versus", "vs", "to", "against", "between", "than"];

/// Words that open what products are compared for.
pub(super) const NEED_OPENINGS: &[&str] = &["for", "in", "when", "if", "because", "regarding", "by"];

/// Words for the product on the page.
pub(super) const PAGE: &[&str] = &["this", "it", "this one"];

/// Places in a list, by name.
pub(super) const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Numbers, by name.
pub(super) const COUNTS: &[(&str, usize)] = &[
    ("two", 2),
    ("2", 2),
    ("three", 3),
    ("3", 3),
    ("four", 4),
    ("4", 4),
    ("five", 5),
    ("5", 5),
    ("six", 6),
    ("6", 6),
    ("seven", 7),
    ("7", 7),
    ("eight", 8),
    ("8", 8),
];

/// Words before a number that begin at the top of a list.
pub(super) const TOPS: &[&str] = &["first", "top", "best", "your"];

/// Words that only bind what is asked of a set, and say nothing of a need.
pub(super) const BINDING: &[&str] = &[
    "and", "or", "with", "to", "between", "against", "the", "a", "an", "please", "me", "i", "can", "could",
    "you", "which", "what", "is", "are", "one", "ones", "of", "should", "buy", "get", "better", "best",
    "how", "do", "does", "than",
];

/// Words that ask for no more than to see what is pointed at.
pub(super) const SHOWING: &[&str] = &[
    "show",
    "tell",
    "about",
    "more",
    "see",
    "details",
    "detail",
    "info",
    "information",
    "describe",
    "open",
    "what",
    "whats",
    "let",
    "look",
    "at",
    "on",
    "again",
    "then",
    "now",
    "ok",
    "okay",
    "and",
    "it",
];
