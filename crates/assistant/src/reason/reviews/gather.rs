//! The reviews that a question is about, sentence by sentence, and the corpus that they are mined from.

use std::collections::{BTreeMap, BTreeSet};

use commerce::{Product, ProductId, Value};
use insight::{Aspect, Corpus, Insight, Options, Review};
use jiff::Timestamp;
use search::{
    Constraint, EvidenceKind, EvidenceQuery, EvidenceRow, Field, Hit, Language, Query, Test, analyse,
};

use crate::directive::is_quotable;
use crate::gloss::{self, Reading};
use crate::lexicon::stem_list;
use crate::relevance::Need;
use crate::request::ReviewsAsked;
use crate::{AskError, Snapshot};

/// Sentences that are mined for one question, of the newest reviews.
pub(super) const MAX_ROWS: usize = 1_500;
/// Products of a kind whose reviews are read.
const MAX_PRODUCTS: usize = 40;
/// Sentences of other products of the category that are learned from.
const MAX_PEER_ROWS: usize = 300;
/// Where a product has so many sentences of its own, its peers teach nothing more.
const ENOUGH_ROWS: usize = 300;
/// Reviews of which one voice makes an aspect; of more, two must.
const FEW: usize = 12;

/// Reviews at hand.
pub(super) struct Gathered {
    /// Their sentences, review by review.
    pub(super) rows: Vec<EvidenceRow>,
    /// In the order of their sentences.
    pub(super) reviews: Vec<Said>,
    /// How many products they are about.
    pub(super) products: usize,
    /// How each sentence reads in English; empty where the catalog is English.
    readings: Vec<Reading>,
    corpus: Corpus,
    names: Vec<String>,
    /// Words that the shop describes the goods by.
    known: Vec<String>,
}

/// One review.
pub(super) struct Said {
    pub(super) rating: Option<f32>,
    pub(super) written: Option<Timestamp>,
    /// Its sentences among the rows.
    pub(super) rows: std::ops::Range<usize>,
}

/// The goods that words name, with what is said of them.
pub(super) struct Kind {
    pub(super) gathered: Gathered,
    pub(super) hits: Vec<Hit>,
    /// Stems of the words that name them.
    pub(super) names: BTreeSet<String>,
}

/// The reviews of one product.
pub(super) fn of_product(snapshot: &Snapshot, product: &Product) -> Result<Gathered, AskError> {
    let mut rows = snapshot.index.evidence_of(&product.id)?;
    rows.retain(|row| row.kind == EvidenceKind::Review && is_quotable(row));
    let language = snapshot.vocabulary.language();
    let mut corpus = Corpus::new(insight::Language::English);
    if rows.len() < ENOUGH_ROWS {
        for review in grouped(peers(snapshot, product)?) {
            let read: Vec<String> = review.iter().map(|row| gloss::statement(language, &row.quote)).collect();
            corpus.learn(facts(&review), read.iter().map(String::as_str));
        }
    }
    let known = described(language, product);
    Ok(Gathered::new(language, corpus, rows, names(language, product), known))
}

/// The reviews of the goods that the words name; `None` where they name no kind of goods.
pub(super) fn of_kind(snapshot: &Snapshot, asked: &ReviewsAsked) -> Result<Option<Kind>, AskError> {
    if asked.goods.is_empty() {
        return Ok(None);
    }
    let understood = search::understand(&snapshot.vocabulary, &asked.goods);
    let need = Need::new(snapshot, &understood);
    let found = snapshot.index.search(&understood.query(MAX_PRODUCTS), None)?;
    let language = snapshot.vocabulary.language();
    let mut hits = Vec::new();
    let mut names: BTreeSet<String> = stem_list(&understood.head).into_iter().collect();
    let mut words: Vec<String> = words(&understood.head);
    let mut known = Vec::new();
    for hit in found.hits {
        let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
        if need.is_kind(&product) == Some(true) {
            let leaves = product.categories.iter().map(|path| path.leaf());
            names.extend(leaves.clone().flat_map(stem_list));
            words.extend(leaves.flat_map(|leaf| words_of_name(language, leaf)));
            known.extend(described(language, &product));
            hits.push(hit);
        }
    }
    let products: Vec<ProductId> = hits.iter().map(|hit| hit.product_id.clone()).collect();
    if products.is_empty() {
        return Ok(None);
    }
    let rows = of_products(snapshot, products, MAX_ROWS)?;
    let corpus = Corpus::new(insight::Language::English);
    Ok(Some(Kind { gathered: Gathered::new(language, corpus, rows, words, known), hits, names }))
}

/// Sentences of reviews of other products of the same category.
fn peers(snapshot: &Snapshot, product: &Product) -> Result<Vec<EvidenceRow>, AskError> {
    let Some(leaf) = product.categories.first().map(|path| path.leaf()) else { return Ok(Vec::new()) };
    let category = Constraint::filter(Field::Category, Test::AnyOf(vec![leaf.to_owned()]));
    let query = Query { constraints: vec![category], limit: MAX_PRODUCTS, ..Query::default() };
    let hits = snapshot.index.search(&query, None)?.hits;
    let others = hits.into_iter().map(|hit| hit.product_id).filter(|id| *id != product.id).collect();
    of_products(snapshot, others, MAX_PEER_ROWS)
}

fn of_products(
    snapshot: &Snapshot,
    products: Vec<ProductId>,
    limit: usize,
) -> Result<Vec<EvidenceRow>, AskError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let query =
        EvidenceQuery { products, kinds: vec![EvidenceKind::Review], limit, ..EvidenceQuery::default() };
    let rows = snapshot.index.evidence(&query)?.into_iter().map(|hit| hit.row);
    Ok(rows.filter(is_quotable).collect())
}

/// Rows by review, the sentences of each in their order.
fn grouped(rows: Vec<EvidenceRow>) -> Vec<Vec<EvidenceRow>> {
    let mut reviews: BTreeMap<(Option<ProductId>, String), Vec<EvidenceRow>> = BTreeMap::new();
    for row in rows {
        reviews.entry((row.product.clone(), row.source.clone())).or_default().push(row);
    }
    reviews.values_mut().for_each(|rows| rows.sort_by_key(|row| row.position));
    reviews.into_values().collect()
}

fn facts(review: &[EvidenceRow]) -> Review {
    Review { rating: review.first().and_then(|row| row.rating) }
}

/// Words that a product goes by: its brand and category, and how its title begins and ends.
fn names(language: Language, product: &Product) -> Vec<String> {
    let title = words(&product.title);
    let ends = title.first().into_iter().chain(title.last());
    let ends = ends.flat_map(|word| words_of_name(language, word)).collect::<Vec<_>>();
    let leaves = product.categories.iter().flat_map(|path| words_of_name(language, path.leaf()));
    words(&product.brand).into_iter().chain(leaves).chain(ends).collect()
}

/// Words that a shop describes a product by: of its title, its text, its facts and what can be chosen of it.
fn described(language: Language, product: &Product) -> Vec<String> {
    let variants = product.variants.iter().flat_map(|variant| variant.attributes.iter());
    let facts = product.attributes.iter().chain(variants).flat_map(|fact| {
        let values = fact.values.iter().filter_map(|value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        });
        values.chain([fact.label.clone()])
    });
    let own = [product.title.clone(), product.description.clone()].into_iter().chain(facts);
    own.flat_map(|text| words_of_name(language, &text)).collect()
}

/// The words of a name, and those that it reads as in English.
fn words_of_name(language: Language, name: &str) -> Vec<String> {
    let mut all = words(name);
    if language != Language::English {
        all.extend(words(&gloss::statement(language, name)));
    }
    all
}

fn words(text: &str) -> Vec<String> {
    analyse::words(text).into_iter().map(|word| word.text).collect()
}

impl Gathered {
    fn new(
        language: Language,
        mut corpus: Corpus,
        rows: Vec<EvidenceRow>,
        names: Vec<String>,
        known: Vec<String>,
    ) -> Self {
        let mut reviews = grouped(rows);
        reviews.sort_by_key(|review| std::cmp::Reverse(review.first().and_then(|row| row.written)));
        let mut gathered = Vec::new();
        let mut said = Vec::new();
        let mut readings = Vec::new();
        for review in reviews {
            if gathered.len() + review.len() > MAX_ROWS {
                break;
            }
            if language == Language::English {
                corpus.review(facts(&review), review.iter().map(|row| row.quote.as_str()));
            } else {
                let read: Vec<Reading> = review.iter().map(|row| gloss::read(language, &row.quote)).collect();
                corpus.review(facts(&review), read.iter().map(|reading| reading.english.as_str()));
                readings.extend(read);
            }
            let start = gathered.len();
            let (rating, written) = review.first().map_or((None, None), |row| (row.rating, row.written));
            gathered.extend(review);
            said.push(Said { rating, written, rows: start..gathered.len() });
        }
        let products: BTreeSet<_> = gathered.iter().map(|row| row.product.clone()).collect();
        Self { rows: gathered, reviews: said, products: products.len(), readings, corpus, names, known }
    }

    /// A sentence as it reads in English.
    pub(super) fn english(&self, row: usize) -> &str {
        self.readings.get(row).map_or(self.rows[row].quote.as_str(), |reading| &reading.english)
    }

    /// What reviewers call an aspect in their own language.
    pub(super) fn name(&self, aspect: &Aspect) -> String {
        let mentions = aspect.voices.iter().flat_map(|voice| &voice.mentions);
        let own = mentions
            .filter_map(|mention| self.readings.get(mention.sentence))
            .map(|reading| reading.own_words(&aspect.name))
            .find(|own| *own != aspect.name);
        own.unwrap_or_else(|| aspect.name.clone())
    }

    /// Mines the reviews that pass. The number of a sentence is the place of its row.
    pub(super) fn mine(&self, passes: &[bool]) -> Insight {
        let count = passes.iter().filter(|passes| **passes).count();
        let least_reviews = if count < FEW { 1 } else { 2 };
        let known = Some(self.known.clone());
        let options = Options { least_reviews, names: self.names.clone(), known, ..Options::default() };
        self.corpus.mine(&options, |review| passes[review])
    }
}
