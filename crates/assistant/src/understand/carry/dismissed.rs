//! Products that are turned down: `not that one`, `I don’t like the first one`, `something else`.

use super::words_table::{ALL_OF_THEM, OTHERS, THAT_ONE, TURNING_DOWN};
use super::{Said, behind};
use crate::lexicon::stem_list;
use crate::{Ask, AskError, Request, Snapshot};

/// Source ids of the products that a text turns down.
pub(super) fn ids(ask: &Ask, said: &Said<'_>, request: &Request) -> Option<Vec<String>> {
    let shown = &ask.shown;
    let is_others = |words: &[&str]| OTHERS.contains(&words.join(" ").as_str());
    if is_others(&said.all()) || is_others(&said.rest()) {
        return Some(shown.clone()).filter(|shown| !shown.is_empty());
    }
    let (all, rest) = (said.all(), said.rest());
    let all = all.strip_prefix(&["no"]).unwrap_or(&all);
    let about = behind(all, TURNING_DOWN).or_else(|| behind(&rest, TURNING_DOWN))?.join(" ");
    if THAT_ONE.contains(&about.as_str()) {
        return ask.thread.topic.clone().or_else(|| shown.first().cloned()).map(|id| vec![id]);
    }
    if ALL_OF_THEM.contains(&about.as_str()) {
        return Some(shown.clone()).filter(|shown| !shown.is_empty());
    }
    let named: Vec<String> = request.products.iter().map(|product| product.source_id.clone()).collect();
    (!named.is_empty() && is_only_name(request, &about)).then_some(named)
}

/// Whether words are no more than the name or the place of products.
fn is_only_name(request: &Request, about: &str) -> bool {
    let titles = request
        .products
        .iter()
        .flat_map(|product| stem_list(&format!("{} {}", product.title, product.brand)));
    let titles: Vec<String> = titles.collect();
    let is_place = |stem: &String| {
        let places =
            ["the", "one", "first", "second", "third", "fourth", "fifth", "last", "two", "and", "by", "from"];
        places.iter().any(|place| stem_list(place).contains(stem))
    };
    stem_list(about).iter().all(|stem| titles.contains(stem) || is_place(stem))
}

/// The kind of goods that they are, where nothing else says what is looked for.
pub(super) fn kind(snapshot: &Snapshot, ids: &[String]) -> Result<Option<String>, AskError> {
    for source_id in ids {
        let product = match snapshot.index.find(source_id)? {
            Some(id) => snapshot.index.product(&id)?,
            None => None,
        };
        if let Some(path) = product.and_then(|product| product.categories.into_iter().next()) {
            return Ok(Some(path.leaf().to_owned()));
        }
    }
    Ok(None)
}
