//! Products that a comparison names by less than would tell them from all others elsewhere: `Aurora versus Borea`.

use commerce::Product;
use search::{Query, analyse};

use super::words_table::{BINDING, COMPARE, DECIDE, NEED_OPENINGS, SEPARATORS};
use super::{Named, places_of};
use crate::lexicon::stem_list;
use crate::model_name::ModelName;
use crate::reason::comparative_asked;
use crate::understand::asked;
use crate::{AskError, Snapshot};

/// Names looked up in one text.
const MAX_PARTS: usize = 8;
/// Words of the longest name.
const MAX_WORDS: usize = 10;
/// Hits among which a name has to fit just one.
const CANDIDATES: usize = 5;

/// All products that are named, in the order of the text; the places of the names that were found are added.
pub(super) fn find(
    snapshot: &Snapshot,
    named: &mut Named<'_>,
    free: &[String],
) -> Result<Vec<Product>, AskError> {
    let mut found: Vec<(usize, Product)> = Vec::new();
    let parts = parts(named, free);
    if parts.len() + named.products.len() < 2 {
        return Ok(named.products.to_vec());
    }
    for part in parts.into_iter().take(MAX_PARTS) {
        let texts: Vec<&str> = part.iter().map(|place| named.words[*place].text.as_str()).collect();
        if let Some(product) = only(snapshot, &texts.join(" "))?
            && !named.products.iter().any(|known| known.id == product.id)
        {
            found.push((part[0], product));
            named.places.extend(part);
        }
    }
    // The places of the named products are not known one by one; one product is all there can be.
    let own = named.places.iter().min().copied().unwrap_or(0);
    found.extend(named.products.iter().map(|product| (own, product.clone())));
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, product)| product).collect())
}

/// The models that a comparison names, each by the offer that says most of it, with the places of the words; fewer than two where
/// its parts are no names of models.
pub(super) fn by_model(
    snapshot: &Snapshot,
    named: &Named<'_>,
) -> Result<Vec<(Vec<usize>, Product)>, AskError> {
    let all: Vec<String> = named.words.iter().map(|word| word.text.clone()).collect();
    let mut found: Vec<(Vec<usize>, Product)> = Vec::new();
    for part in parts(named, &all).into_iter().take(MAX_PARTS) {
        let is_of_name = |place: &usize| {
            let word = &named.words[*place];
            !asked::knows(&word.text) && snapshot.vocabulary.attribute_named(&word.stem).is_none()
        };
        let part: Vec<usize> = part.into_iter().filter(is_of_name).collect();
        let texts: Vec<&str> = part
            .iter()
            .map(|place| &named.text[named.words[*place].start..named.words[*place].end])
            .collect();
        let Some(model) = ModelName::read(&snapshot.vocabulary, &texts.join(" "), false) else { continue };
        let Some(telling) = model.offers(snapshot)?.into_iter().next() else { continue };
        if !found.iter().any(|(_, known)| known.id == telling.id) {
            found.push((part, telling));
        }
    }
    Ok(found)
}

/// Runs of free words between separators, without what asks for the comparison and what it is for.
fn parts(named: &Named<'_>, free: &[String]) -> Vec<Vec<usize>> {
    let compared = comparative_asked(named.text).map_or(&[][..], |asked| asked.phrases);
    let asking = places_of(free, COMPARE.iter().chain(DECIDE).chain(compared));
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut is_need = false;
    for (place, word) in free.iter().enumerate() {
        let follows_comma = place > 0
            && named
                .text
                .get(named.words[place - 1].end..named.words[place].start)
                .is_some_and(|gap| gap.contains(','));
        let separates = word.is_empty() || SEPARATORS.contains(&word.as_str()) || asking.contains(&place);
        is_need = is_need && !separates && !follows_comma || NEED_OPENINGS.contains(&word.as_str());
        if separates || follows_comma {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| !separates && !is_need)
            && (!part.is_empty() || !BINDING.contains(&word.as_str()))
        {
            part.push(place);
        }
    }
    parts.retain(|part| (1..=MAX_WORDS).contains(&part.len()));
    parts
}

/// The one product whose title or maker has all words of a name, among those that fit it best.
fn only(snapshot: &Snapshot, name: &str) -> Result<Option<Product>, AskError> {
    let words: Vec<String> = analyse::words(name)
        .into_iter()
        .filter(|word| !analyse::is_stop_word(&word.text))
        .map(|word| word.stem)
        .collect();
    if words.is_empty() {
        return Ok(None);
    }
    let query = Query { text: name.to_owned(), limit: CANDIDATES, ..Query::default() };
    let mut fitting = Vec::new();
    for hit in snapshot.index.search(&query, None)?.hits {
        let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
        let title = stem_list(&format!("{} {}", product.title, product.brand));
        if words.iter().all(|word| title.contains(word)) {
            fitting.push(product);
        }
    }
    Ok(if fitting.len() == 1 { fitting.pop() } else { None })
}
