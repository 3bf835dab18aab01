//! The products that are of the kind asked for: those whose title or category has the word that says what is looked for,
//! or a word that stands for it.
//!
//! They are what constraints are held against. Whatever else is given up, a jacket is not a light bulb that is "great with
//! a jacket" in its description.

use crate::analyse::words_in;
use crate::filter::Documents;
use crate::part::Part;
use crate::snapshot::Snapshot;
use crate::{Query, SearchError};

/// The texts of [`crate::schema::TEXTS`] that say what a product is: title and category.
const TELLING: [usize; 2] = [0, 2];
/// Another word stands for the kind only where it is worth at least this much.
const MIN_WEIGHT: f32 = 0.5;

/// What is of the kind asked for.
pub(crate) struct Kinds {
    /// For each part its living documents; empty where the query names no kind or no product is of it.
    parts: Vec<Documents>,
}

impl Kinds {
    /// Looks up what the query asks for.
    pub(crate) fn new(snapshot: &Snapshot, query: &Query) -> Result<Self, SearchError> {
        let phrases = phrases(snapshot, query, &query.head);
        let mut parts = Vec::new();
        for part in snapshot.parts.iter().filter(|_| !phrases.is_empty()) {
            let mut any = Documents::none(part);
            for phrase in &phrases {
                any.join(&documents_with(snapshot, part, phrase)?);
            }
            if part.has_dead() {
                any.retain(|doc| part.is_alive(doc));
            }
            parts.push(any);
        }
        if parts.iter().all(|documents| documents.iter().next().is_none()) {
            parts.clear();
        }
        Ok(Self { parts })
    }

    /// Whether no kind is asked for that anything is of.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a document is of the kind; `false` where none is asked for.
    pub(crate) fn has(&self, part: usize, doc: u32) -> bool {
        self.parts.get(part).is_some_and(|documents| documents.has(doc))
    }

    /// The places among all documents, in order.
    pub(crate) fn places(&self, snapshot: &Snapshot) -> Vec<u32> {
        let parts = snapshot.parts.iter().zip(&self.parts);
        parts.flat_map(|(part, documents)| documents.iter().map(|doc| part.base + doc)).collect()
    }
}

/// The stems of a name of goods, and those of every phrase that stands for it.
pub(crate) fn phrases(snapshot: &Snapshot, query: &Query, name: &str) -> Vec<Vec<String>> {
    let stems = |text: &str| -> Vec<String> {
        words_in(snapshot.state.language, text).into_iter().map(|word| word.stem).collect()
    };
    let head = stems(name);
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

/// The documents that have all stems of a phrase in the texts that say what they are.
pub(crate) fn documents_with(
    snapshot: &Snapshot,
    part: &Part,
    stems: &[String],
) -> Result<Documents, SearchError> {
    let mut all: Option<Documents> = None;
    for stem in stems {
        let own = Documents::having(snapshot, part, stem, TELLING)?;
        match &mut all {
            Some(all) => all.meet(&own),
            None => all = Some(own),
        }
    }
    Ok(all.unwrap_or_else(|| Documents::none(part)))
}
