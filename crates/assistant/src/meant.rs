//! The product that an order to act points at without saying more: by a name, or by what it has most or least of, as in `the
//! cheapest ladder`, `the lighter one`, `the cheaper of the two`.

use commerce::{Product, ProductId};
use search::analyse::{self, Word};

use crate::lexicon::stem_list;
use crate::reason::{self, Comparative, comparative_asked};
use crate::{Ask, AskError, Intent, Snapshot, understand};

/// Words that say how much, beside the quality.
const DEGREES: &[&str] = &["most", "more", "least", "less"];
/// Words for one of those at hand, which name no kind of goods.
const STAND_INS: &[&str] =
    &["one", "ones", "of", "the", "two", "three", "four", "both", "them", "these", "those", "first", "last"];

/// The products that the words of a question mean. `shown` holds those among which one is meant. One where it is clear; several
/// where whoever said it has to be asked, for one of those shown is meant or another one of the shop; none where they mean
/// none.
pub fn meant(snapshot: &Snapshot, ask: &Ask) -> Result<Vec<ProductId>, AskError> {
    let snapshot = &snapshot.at(ask.now);
    let ask = &understand::heard(snapshot, ask)?;
    let words = analyse::words(&ask.text);
    match comparative_asked(&ask.text) {
        Some(asked) => most(snapshot, ask, asked, &words),
        None => named(snapshot, &ask.text, &words),
    }
}

/// The products whose names are said, where nothing is said beside.
fn named(snapshot: &Snapshot, text: &str, words: &[Word]) -> Result<Vec<ProductId>, AskError> {
    let with_article = format!("the {text}");
    let mut found = understand::named(snapshot, &with_article)?;
    found.retain(|product| {
        let own = own_words(product);
        words.iter().all(|word| analyse::is_stop_word(&word.text) || own.contains(&word.stem))
    });
    Ok(found.into_iter().map(|product| product.id).collect())
}

/// Whether a search finds anything that such words may mean.
pub fn is_sold(snapshot: &Snapshot, ask: &Ask) -> Result<bool, AskError> {
    let snapshot = &snapshot.at(ask.now);
    let ask = &understand::heard(snapshot, &Ask { shown: Vec::new(), ..ask.clone() })?;
    let request = understand::understand(snapshot, ask)?;
    if !request.products.is_empty() {
        return Ok(true);
    }
    let found = reason::find::find(snapshot, ask, &crate::Request { intent: Intent::Find, ..request })?;
    Ok(!found.products.is_empty())
}

/// The products of the kind that words name and nothing else, those that fit best first; none where they name no kind.
pub fn of_kind(snapshot: &Snapshot, ask: &Ask) -> Result<Vec<ProductId>, AskError> {
    let snapshot = &snapshot.at(ask.now);
    let ask = &understand::heard(snapshot, &Ask { shown: Vec::new(), ..ask.clone() })?;
    let words = analyse::words(&ask.text);
    let kind: Vec<&str> = words
        .iter()
        .filter(|word| !analyse::is_stop_word(&word.text))
        .map(|word| word.stem.as_str())
        .collect();
    let request = understand::understand(snapshot, ask)?;
    if kind.is_empty() || !request.products.is_empty() {
        return Ok(Vec::new());
    }
    let found = reason::find::find(snapshot, ask, &crate::Request { intent: Intent::Find, ..request })?;
    let mut goods = Vec::new();
    for shown in found.products {
        let product = snapshot.index.product(&shown.hit.product_id)?;
        let is_one = |product: &Product| {
            let own = own_words(product);
            kind.iter().all(|stem| own.iter().any(|word| word == stem))
        };
        if product.is_some_and(|product| is_one(&product)) {
            goods.push(shown.hit.product_id);
        }
    }
    Ok(goods)
}

/// All words that may stand in the name of a product: of its title, its maker, its kind and its variants.
fn own_words(product: &Product) -> Vec<String> {
    let kinds = product.categories.iter().map(|path| path.leaf());
    let variants = product.variants.iter().map(|variant| variant.title.as_str());
    let options =
        product.variants.iter().flat_map(|variant| variant.options.values().map(|value| value.as_str()));
    let all = [product.title.as_str(), product.brand.as_str()].into_iter();
    all.chain(kinds).chain(variants).chain(options).flat_map(stem_list).collect()
}

/// The one that has most or least: among those shown where no kind is named, else of its kind.
fn most(
    snapshot: &Snapshot,
    ask: &Ask,
    asked: &'static Comparative,
    words: &[Word],
) -> Result<Vec<ProductId>, AskError> {
    let is_said = |word: &&Word| {
        let of_phrase = |phrase: &str| phrase.split(' ').any(|part| part == word.text);
        asked.phrases.iter().any(|phrase| of_phrase(phrase)) || DEGREES.contains(&word.text.as_str())
    };
    let is_kind = |word: &&Word| !is_said(word) && !STAND_INS.contains(&word.text.as_str());
    let kind: Vec<String> = words.iter().filter(is_kind).map(|word| word.stem.clone()).collect();
    let shown = understand::products_of(snapshot, &ask.shown)?;
    let is_of_kind = |product: &Product| {
        let own = own_words(product);
        kind.iter().all(|stem| own.contains(stem))
    };
    let shown: Vec<Product> = shown.into_iter().filter(|product| is_of_kind(product)).collect();
    let mut meant: Vec<ProductId> = match shown.is_empty() {
        true => Vec::new(),
        false => understand::first_in(snapshot, ask, asked, shown)?.into_iter().map(|own| own.id).collect(),
    };
    if !kind.is_empty()
        && let Some(first) = first_of_shop(snapshot, ask, is_of_kind)?
        && !meant.contains(&first)
    {
        meant.push(first);
    }
    Ok(meant)
}

/// The first one that a search in that order finds of the kind.
fn first_of_shop(
    snapshot: &Snapshot,
    ask: &Ask,
    is_of_kind: impl Fn(&Product) -> bool,
) -> Result<Option<ProductId>, AskError> {
    let ask = Ask { shown: Vec::new(), ..ask.clone() };
    let request = understand::understand(snapshot, &ask)?;
    if !request.products.is_empty() {
        return Ok(None);
    }
    let found = reason::find::find(snapshot, &ask, &crate::Request { intent: Intent::Find, ..request })?;
    for shown in found.products {
        let product = snapshot.index.product(&shown.hit.product_id)?;
        if product.is_some_and(|product| is_of_kind(&product)) {
            return Ok(Some(shown.hit.product_id));
        }
    }
    Ok(None)
}
