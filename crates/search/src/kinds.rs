//! The products that are of the kind asked for: those whose title or category has the word that says what is looked for,
//! or a word that stands for it.
//!
//! They are what constraints are held against. Whatever else is given up, a jacket is not a light bulb that is "great with
//! a jacket" in its description.

use tantivy::Term;

use crate::analyse::words_in;
use crate::snapshot::Snapshot;
use crate::{Query, SearchError};

/// The texts of [`crate::schema::TEXTS`] that say what a product is: title and category.
const TELLING: [usize; 2] = [0, 2];
/// Another word stands for the kind only where it is worth at least this much.
const MIN_WEIGHT: f32 = 0.5;

/// The places among all documents, in order; empty where the query names no kind or no product is of it.
pub(crate) fn kinds(snapshot: &Snapshot, query: &Query) -> Result<Vec<u32>, SearchError> {
    let mut places = Vec::new();
    for phrase in phrases(snapshot, query) {
        places.extend(places_with(snapshot, &phrase)?);
    }
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// The stems of the head, and those of every phrase that stands for it.
fn phrases(snapshot: &Snapshot, query: &Query) -> Vec<Vec<String>> {
    let stems = |text: &str| -> Vec<String> {
        words_in(snapshot.state.language, text).into_iter().map(|word| word.stem).collect()
    };
    let head = stems(&query.head);
    if head.is_empty() {
        return Vec::new();
    }
    let stands_for_head = |word: &str| stems(word).iter().any(|stem| head.contains(stem));
    let fitting =
        query.alternatives.iter().filter(|other| other.weight >= MIN_WEIGHT && stands_for_head(&other.word));
    let others: Vec<Vec<String>> =
        fitting.flat_map(|other| other.others.iter().map(|other| stems(other))).collect();
    std::iter::once(head.clone()).chain(others).collect()
}

/// The living documents that have all stems of a phrase in the texts that say what they are.
fn places_with(snapshot: &Snapshot, stems: &[String]) -> Result<Vec<u32>, SearchError> {
    let mut all: Option<Vec<u32>> = None;
    for stem in stems {
        let mut own = Vec::new();
        for part in snapshot.parts.iter() {
            for text in TELLING {
                let term = Term::from_field_text(snapshot.fields.texts[text], stem);
                part.each_posting(text, &term, |docs, _| {
                    own.extend(docs.iter().filter(|doc| part.is_alive(**doc)).map(|doc| part.base + doc));
                })?;
            }
        }
        own.sort_unstable();
        own.dedup();
        if let Some(all) = all {
            own.retain(|place| all.binary_search(place).is_ok());
        }
        all = Some(own);
    }
    Ok(all.unwrap_or_default())
}
