//! Goods that a question speaks of as known, by their kind: `can I use the stove indoors` in a shop of two stoves.

use commerce::Product;
use search::{Query, analyse::Word};

use super::mentions;
use crate::lexicon::stem_list;
use crate::{Ask, AskError, Snapshot};

/// Products of a kind that are answered for one by one; of more, nobody knows which are meant.
const MAX_MEANT: usize = 3;
/// Titles that are looked at, best match first.
const CANDIDATES: usize = 24;
/// Words before goods that are known.
const KNOWN: &[&str] = &["the", "your", "those"];
/// Words of the longest description of a kind.
const LONGEST: usize = 5;

/// Goods with the places of the words that speak of them.
pub(super) struct Meant {
    pub(super) products: Vec<Product>,
    pub(super) places: Vec<usize>,
}

/// The goods behind the first `the` that leads to a kind of which the shop has few, with what else is said of them: `the beige sofa`.
/// Of several, those that were shown last are meant, and of these the one that was talked about.
pub(super) fn find(snapshot: &Snapshot, ask: &Ask, words: &[Word]) -> Result<Option<Meant>, AskError> {
    let leads = words.iter().enumerate().filter(|(_, word)| KNOWN.contains(&word.text.as_str()));
    for start in leads.map(|(place, _)| place + 1) {
        let run = &words[start..words.len().min(start + LONGEST)];
        let query = Query {
            text: run.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
            limit: CANDIDATES,
            ..Query::default()
        };
        let mut fitting: Vec<(usize, Product)> = Vec::new();
        for hit in snapshot.index.search(&query, None)?.hits {
            let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
            if let Some(length) = described(&product, run) {
                fitting.push((length, product));
            }
        }
        let longest = fitting.iter().map(|(length, _)| *length).max().unwrap_or(0);
        let products =
            fitting.into_iter().filter(|(length, _)| *length == longest).map(|(_, product)| product);
        let products = said_before(ask, products.collect());
        if (1..=MAX_MEANT).contains(&products.len()) {
            return Ok(Some(Meant { products, places: (start..start + longest).collect() }));
        }
    }
    Ok(None)
}

/// How many words of a run speak of a product: all up to the last that says what kind it is, where each of them is in its title,
/// its category or what it comes in.
fn described(product: &Product, run: &[Word]) -> Option<usize> {
    let heads: Vec<String> = [mentions::head(&product.title)]
        .into_iter()
        .chain(product.categories.iter().map(|path| path.leaf()))
        .filter_map(|name| stem_list(name).pop())
        .collect();
    let choices = product.variants.iter().flat_map(|variant| variant.options.values());
    let names = product.categories.iter().map(|path| path.leaf()).chain([product.title.as_str()]);
    let said: Vec<String> = names.chain(choices.map(|choice| choice.as_str())).flat_map(stem_list).collect();
    let length = run.iter().take_while(|word| said.contains(&word.stem)).count();
    run[..length].iter().rposition(|word| heads.contains(&word.stem)).map(|last| last + 1)
}

/// Those that were talked about or shown last, where some were.
fn said_before(ask: &Ask, products: Vec<Product>) -> Vec<Product> {
    let among = |ids: &[String]| -> Vec<Product> {
        products.iter().filter(|product| ids.contains(&product.source_id)).cloned().collect()
    };
    let topic: Vec<String> = ask.thread.topic.iter().cloned().collect();
    [among(&topic), among(&ask.shown)].into_iter().find(|known| !known.is_empty()).unwrap_or(products)
}
