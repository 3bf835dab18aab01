//! Whether a rule is for the goods of the question: `Car seats can be returned within 14 days` for who asks about a car seat, and not for
//! who asks about a cot.

use commerce::Product;
use search::{Query, Vocabulary, analyse};

use crate::Snapshot;
use crate::lexicon::stem_list;

/// Words of a sentence among which it says what it is about.
const SUBJECT: usize = 6;
/// Words before goods that are only mentioned: `in the original box`.
const ASIDE: &[&str] =
    &["in", "with", "original", "by", "using", "as", "than", "gift", "its", "their", "every", "each"];

/// Words for all there is.
const WHOLES: &[&str] = &["everything", "anything", "all", "any", "every", "each"];

/// Goods of a kind that are looked at for the categories that they stand in.
const SAMPLE: usize = 5;

/// The goods that a question is about, as stems; empty where it is about none.
#[derive(Clone, Debug, Default)]
pub(super) struct Goods(Vec<String>);

impl Goods {
    /// Those of the products, and the kinds that the text names, with the categories that goods of these stand in: boots are footwear.
    pub(super) fn of(snapshot: &Snapshot, text: &str, products: &[Product]) -> Self {
        let vocabulary = &snapshot.vocabulary;
        let categories =
            products.iter().flat_map(|product| product.categories.iter().flat_map(|path| path.names()));
        let named: Vec<String> =
            stem_list(text).into_iter().filter(|stem| vocabulary.is_kind(stem)).collect();
        let own = products.iter().map(|product| product.title.as_str()).chain(categories.map(String::as_str));
        let above = named.iter().flat_map(|kind| above(snapshot, kind));
        Self(own.flat_map(stem_list).chain(above).chain(named.iter().cloned()).collect())
    }

    /// Whether a sentence is about these goods; `None` where it names none.
    pub(super) fn are_meant(&self, vocabulary: &Vocabulary, quote: &str) -> Option<bool> {
        if self.0.is_empty() {
            return None;
        }
        let words = analyse::words(quote);
        let told: Vec<_> = words
            .iter()
            .filter(|word| !analyse::is_stop_word(&word.text) || WHOLES.contains(&word.text.as_str()))
            .take(SUBJECT)
            .collect();
        // What holds for everything holds for these goods as well.
        if told.iter().any(|word| WHOLES.contains(&word.text.as_str())) {
            return None;
        }
        let is_aside = |start: usize| {
            let before = words.iter().take_while(|word| word.start < start);
            let before = before.filter(|word| !matches!(word.text.as_str(), "a" | "an" | "the")).last();
            before.is_some_and(|word| ASIDE.contains(&word.text.as_str()))
        };
        let named: Vec<&String> = told
            .into_iter()
            .filter(|word| vocabulary.is_kind(&word.stem) && !is_aside(word.start))
            .map(|word| &word.stem)
            .collect();
        if named.is_empty() { None } else { Some(named.iter().any(|kind| self.0.contains(kind))) }
    }
}

/// Stems of the categories in which goods of a kind stand.
fn above(snapshot: &Snapshot, kind: &str) -> Vec<String> {
    let query = Query { text: kind.to_owned(), limit: SAMPLE, ..Query::default() };
    let hits = snapshot.index.search(&query, None).map(|found| found.hits).unwrap_or_default();
    let products = hits.iter().filter_map(|hit| snapshot.index.product(&hit.product_id).ok().flatten());
    let names = products.flat_map(|product| {
        let names = product.categories.iter().flat_map(|path| path.names()).cloned();
        names.collect::<Vec<String>>()
    });
    names.filter(|name| !name.is_empty()).flat_map(|name| stem_list(&name)).collect()
}
