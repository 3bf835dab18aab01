//! Words that say nothing of a product by themselves, which a model may add freely.

/// In alphabetical order.
pub(super) const PLAIN_WORDS: &[&str] = &[
    "according", "added", "adds", "also", "although", "among", "and", "another", "answer", "asked", "available", "because", "both", "bought", "but", "buy", "buyer", "buyers", "choose", "comes", "comparison", "cost", "costs", "customer", "customers", "description", "different", "either", "fits", "following", "given", "gives", "has", "have", "here", "however", "in", "include", "included", "includes", "is", "it", "its", "itself", "made", "make", "makes", "mention", "mentions", "noted", "notes", "of", "offered", "offers", "on", "one", "only", "others", "overall", "price", "priced", "product", "products", "rated", "rating", "reads", "reported", "reports", "review", "reviewer", "reviewers", "reviews", "said", "say", "says", "shop", "shopper", "shoppers", "since", "so", "stated", "states", "store", "that", "their", "them", "there", "these", "they", "this", "those", "too", "two", "under", "using", "well", "what", "which", "while", "who", "with", "you", "your",
];
