//! `Anything cheaper than this?` on the page of a product: a wish for goods of its kind that cost less.

use commerce::Product;
use search::analyse::Word;
use search::{Understood, Vocabulary};

/// Words for a lower price.
const CHEAPER: &[&str] = &["cheaper", "cheapest", "inexpensive", "affordable", "budget"];
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

/// The need for goods of the page's kind, where a question wishes for cheaper ones.
pub(super) fn need(vocabulary: &Vocabulary, words: &[Word], page: Option<&Product>) -> Option<Understood> {
    let page = page?;
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.text.as_str()));
    let is_less = words
        .windows(2)
        .any(|pair| pair[0].text == "less" && matches!(pair[1].text.as_str(), "expensive" | "money"));
    let kind = page.categories.first()?.leaf();
    ((has(CHEAPER) || is_less) && has(OTHERS)).then(|| search::understand(vocabulary, kind))
}
