//! `Anything cheaper than this?` on the page of a product: a wish for goods of its kind that cost less.

use commerce::Product;
use search::analyse::Word;
use search::{Understood, Vocabulary};

/// Words for a lower price.
const CHEAPER: &[&str] = &["cheaper", "cheapest", "inexpensive", "affordable", "budget"];
/// Words behind `less` and `lower`, and behind `too`, by which something cheaper is wished for.
const LESS: &[&str] = &["expensive", "money", "price", "dear", "costly"];
const TOO: &[&str] = &["expensive", "dear", "pricey", "costly", "much"];
/// Words for other goods.
const OTHERS: &[&str] = &[
    "anything",
    "something",
    "any",
    "other",
    "others",
    "another",
    "alternative",
    "alternatives",
    "else",
    "similar",
    "one",
    "ones",
];

/// Whether words wish for a lower price: `cheaper`, `for less`, `at a lower price`, `too dear`.
pub(crate) fn is_less_wished(words: &[Word]) -> bool {
    let is_pair = |pair: &[Word]| {
        let (first, second) = (pair[0].text.as_str(), pair[1].text.as_str());
        matches!(first, "less" | "lower") && LESS.contains(&second)
            || first == "too" && TOO.contains(&second)
            || matches!(first, "for" | "cost" | "costs") && second == "less"
    };
    words.iter().any(|word| CHEAPER.contains(&word.text.as_str())) || words.windows(2).any(is_pair)
}

/// The need for goods of the page's kind, where a question wishes for cheaper ones.
pub(super) fn need(vocabulary: &Vocabulary, words: &[Word], page: Option<&Product>) -> Option<Understood> {
    let page = page?;
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.text.as_str()));
    let kind = page.categories.first()?.leaf();
    (is_less_wished(words) && has(OTHERS)).then(|| search::understand(vocabulary, kind))
}
